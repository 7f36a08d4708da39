//! Worlds that may come: counts drawn together, not interval by interval, so that a bad day is bad all day.
//!
//! A Gaussian copula: each interval keeps its own quantiles, and the normal scores of two intervals correlate as their errors did
//! on held-back days (Nelsen 2006, *An introduction to copulas*, § 2.3).

use super::{Forecast, LEVELS};
use crate::time::Series;
use crate::units::Contacts;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};

impl Forecast {
    /// So many equally likely worlds, from a seed: the same seed gives the same worlds, and more of them begin with the same.
    #[must_use]
    pub fn paths(&self, worlds: usize, seed: u64) -> Vec<Series<Contacts>> {
        let normal = Normal::standard();
        let scores = LEVELS.map(|level| normal.inverse_cdf(level));
        (0..worlds).map(|world| self.path(seed, world as u64, &scores)).collect()
    }

    fn path(&self, seed: u64, world: u64, scores: &[f64; LEVELS.len()]) -> Series<Contacts> {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(world);
        let mut draw = || -> f64 { StandardNormal.sample(&mut random) };
        let (day, horizon) = (self.correlation.within_day, self.correlation.across_days);
        let whole = draw() * horizon.sqrt();
        let grid = self.mean.grid();
        let mut today = (usize::MAX, 0.0);
        Series::from_fn(grid, |index| {
            if today.0 != grid.day_of(index) {
                today = (grid.day_of(index), draw() * (day - horizon).max(0.0).sqrt());
            }
            let score = whole + today.1 + draw() * (1.0 - day).max(0.0).sqrt();
            Contacts::new(at_score(&self.quantiles[index], scores, score)).unwrap_or_default()
        })
    }
}

/// The quantile at a normal score: between the known ones, and beyond them with the outermost slope; never negative.
fn at_score(quantiles: &[Contacts; LEVELS.len()], scores: &[f64; LEVELS.len()], score: f64) -> f64 {
    let upper = scores.iter().position(|known| score <= *known).unwrap_or(LEVELS.len() - 1).max(1);
    let (low, high) = (quantiles[upper - 1].get(), quantiles[upper].get());
    let slope = (high - low) / (scores[upper] - scores[upper - 1]);
    (low + slope * (score - scores[upper - 1])).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::Correlation;
    use crate::time::{Horizon, Interval, read_date};

    #[test]
    fn worlds_keep_the_quantiles_and_days_hang_together() {
        let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 2 }.grid(Interval::from_minutes(60).unwrap());
        let normal = Normal::standard();
        let quantiles = LEVELS.map(|level| Contacts::new(100.0 + 10.0 * normal.inverse_cdf(level)).unwrap());
        let forecast = Forecast {
            mean: Series::from_fn(grid, |_| Contacts::new(100.0).unwrap()),
            quantiles: Series::from_fn(grid, |_| quantiles),
            expected: Series::from_fn(grid, |_| true),
            method: "structured".into(),
            held_back_wape: None,
            explained: Vec::new(),
            correlation: Correlation { within_day: 0.8, across_days: 0.3 },
        };
        let worlds = forecast.paths(4000, 7);
        assert_eq!(worlds, forecast.paths(4000, 7));
        let correlation = |a: usize, b: usize| {
            let of = |index: usize| worlds.iter().map(move |world| (world[index].get() - 100.0) / 10.0);
            of(a).zip(of(b)).map(|(a, b)| a * b).sum::<f64>() / worlds.len() as f64
        };
        // 4000 draws: a standard error of 0.016 or less for each of the three
        assert!((correlation(3, 3) - 1.0).abs() < 0.08);
        assert!((correlation(3, 20) - 0.8).abs() < 0.08);
        assert!((correlation(3, 30) - 0.3).abs() < 0.08);
    }
}
