//! The weighted mean of several methods: held-back origins choose the weights.
//!
//! Errors of different methods partly cancel, and weights near equal are hard to beat (Bates & Granger 1969; Timmermann 2006). A
//! few held-back weeks cannot tell close rivals apart, so the weights, in quarters, start from what did well on other series and
//! move only as far as the evidence pays for it.

use super::{BacktestRow, DayShares, Facts, Fitted, methods};
use crate::history::ContactHistory;
use crate::time::Horizon;
use ndarray::{Array, Dimension};

/// Methods whose weighted mean is the forecast; the weights add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mix(Vec<(&'static str, f64)>);

/// Weights are multiples of one part in so many.
const PARTS: usize = 4;
/// Every method that may take part, the most trusted first.
const NAMES: [&str; 5] = ["structured", "svd", "trees", "mean_of_4_weeks", "last_week"];
/// Days of history with which trees are trusted as much as the structured model; with fewer, in proportion.
const DAYS_OF_TREES: f64 = 900.0;

/// Where a method's weight starts: for series of intervals and for daily ones of so many days.
fn belief(name: &str, daily: bool, days: usize) -> f64 {
    let trees = 0.5 * (days as f64 / DAYS_OF_TREES).min(1.0);
    match (name, daily) {
        ("structured" | "svd", false) => 0.5,
        ("structured", true) => 1.0 - trees,
        ("trees", true) => trees,
        _ => 0.0,
    }
}

/// The gain in error, as a share, that pays for moving the weights by a squared distance of 1, on one held-back origin; on more
/// origins so much less.
const PRICE_OF_MOVING: f64 = 6.0;

/// Errors below this share of the contacts are none.
const EXACT: f64 = 1e-9;

impl Mix {
    /// The weights with the least error over the held-back rows; where nothing could be held back, the first method of the
    /// belief that can be fitted at all.
    pub(super) fn choose(rows: &[BacktestRow], history: &ContactHistory, facts: &Facts) -> Option<Self> {
        let often = |name: &str| rows.iter().filter(|row| row.method == name).count();
        let most = NAMES.iter().map(|name| often(name)).max().unwrap_or(0);
        if most == 0 {
            return Self::first_that_fits(history, facts);
        }
        // a method too young for half of the origins has not been tried
        let names: Vec<&'static str> = NAMES.into_iter().filter(|name| 2 * often(name) > most).collect();
        let daily = history.interval().per_day() == 1;
        let belief: Vec<f64> = names.iter().map(|name| belief(name, daily, history.counted_days().len())).collect();
        let believed: f64 = belief.iter().sum();
        let origins = Self(names.iter().map(|name| (*name, 1.0)).collect()).rows(rows);
        // the plainest method that is never wrong needs no company
        let plain = Self(vec![("mean_of_4_weeks", 1.0)]);
        if names.contains(&"mean_of_4_weeks") && plain.error(rows, &origins) <= EXACT * plain.contacts(rows) {
            return Some(plain);
        }
        let price = PRICE_OF_MOVING / origins.len().max(1) as f64;
        let scored = compositions(PARTS, names.len()).into_iter().map(|parts| {
            let weights: Vec<f64> = parts.iter().map(|&part| part as f64 / PARTS as f64).collect();
            let moved: f64 = weights.iter().zip(&belief).map(|(weight, belief)| (weight - belief / believed.max(1e-9)).powi(2)).sum();
            let mix = Self(names.iter().copied().zip(weights).filter(|(_, weight)| *weight > 0.0).collect());
            (mix.error(rows, &origins), price * moved, mix)
        });
        let scored: Vec<(f64, f64, Self)> = scored.collect();
        let least = scored.iter().map(|(error, ..)| *error).fold(f64::INFINITY, f64::min).max(1e-9);
        let cost = |(error, moved, _): &(f64, f64, Self)| error / least + moved;
        scored.into_iter().reduce(|best, next| if cost(&next) < cost(&best) { next } else { best }).map(|(_, _, mix)| mix)
    }

    fn first_that_fits(history: &ContactHistory, facts: &Facts) -> Option<Self> {
        let fits = |name: &str| methods().into_iter().any(|method| method.name() == name && method.fit(history, facts).is_some());
        let simple = NAMES.into_iter().filter(|name| !matches!(*name, "svd" | "trees"));
        simple.into_iter().find(|name| fits(name)).map(|name| Self(vec![(name, 1.0)]))
    }

    /// Its methods with their weights, such as `0.5 structured + 0.5 svd`.
    pub(super) fn name(&self) -> String {
        match self.0.as_slice() {
            [(only, _)] => (*only).to_owned(),
            several => several.iter().map(|(name, weight)| format!("{weight} {name}")).collect::<Vec<_>>().join(" + "),
        }
    }

    /// Its methods, fitted, with their weights; those that the history is too short for are left out.
    pub(super) fn fit(&self, history: &ContactHistory, facts: &Facts) -> FittedMix {
        let fit = |(name, weight): &(&str, f64)| {
            let method = methods().into_iter().find(|method| method.name() == *name)?;
            Some((method.fit(history, facts)?, *weight))
        };
        FittedMix(self.0.iter().filter_map(fit).collect())
    }

    /// What it would have forecast from each origin that all its methods have a row for.
    pub(super) fn rows(&self, rows: &[BacktestRow]) -> Vec<BacktestRow> {
        let find = |name: &str, of: &BacktestRow| rows.iter().find(|row| row.method == name && row.origin == of.origin);
        let leaders = rows.iter().filter(|row| self.0.first().is_some_and(|(name, _)| row.method == *name));
        let mean = |leader: &BacktestRow| {
            let parts: Option<Vec<(&BacktestRow, f64)>> =
                self.0.iter().map(|(name, weight)| Some((find(name, leader)?, *weight))).collect();
            Some(mean_row(&parts?))
        };
        leaders.filter_map(mean).collect()
    }

    fn contacts(&self, rows: &[BacktestRow]) -> f64 {
        self.rows(rows).iter().flat_map(|row| row.days.iter().flatten()).map(|one| one.count).sum()
    }

    fn error(&self, rows: &[BacktestRow], origins: &[BacktestRow]) -> f64 {
        let common = |row: &BacktestRow| origins.iter().any(|other| other.origin == row.origin);
        self.rows(rows).iter().filter(|row| common(row)).flat_map(|row| row.days.iter().flatten()).map(|one| one.error().abs()).sum()
    }
}

/// Every way to share `parts` among `among`.
fn compositions(parts: usize, among: usize) -> Vec<Vec<usize>> {
    if among <= 1 {
        return vec![vec![parts; among]];
    }
    let with_first = |first: usize| {
        compositions(parts - first, among - 1).into_iter().map(move |mut rest| {
            rest.insert(0, first);
            rest
        })
    };
    (0..=parts).rev().flat_map(with_first).collect()
}

fn mean_row(parts: &[(&BacktestRow, f64)]) -> BacktestRow {
    let mut mean = parts[0].0.clone();
    for (number, day) in mean.days.iter_mut().enumerate() {
        for (place, one) in day.iter_mut().enumerate() {
            one.forecast = parts.iter().map(|(row, weight)| row.days[number][place].forecast * weight).sum();
        }
    }
    mean
}

/// Fitted methods with their weights.
pub(super) struct FittedMix(Vec<(Box<dyn Fitted>, f64)>);

impl FittedMix {
    /// What the first method that can tell says of each day.
    pub(super) fn explain(&self, horizon: Horizon) -> Vec<DayShares> {
        self.0.iter().find_map(|(method, _)| method.explain(horizon)).unwrap_or_default()
    }

    /// The weighted mean of what they say.
    pub(super) fn mean<D: Dimension>(&self, say: impl Fn(&dyn Fitted) -> Array<f64, D>) -> Array<f64, D> {
        let all: f64 = self.0.iter().map(|(_, weight)| weight).sum();
        let sum = self.0.iter().map(|(method, weight)| say(method.as_ref()) * (weight / all)).reduce(|sum, next| sum + next);
        sum.unwrap_or_default()
    }
}
