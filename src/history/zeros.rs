//! Exports that omit empty intervals: at low volumes a missing row may be a zero.

use super::{Finding, FindingKind};
use crate::time::Interval;
use chrono::{Datelike, Days, NaiveDate};
use ndarray::Array2;

/// Minimum number of missing rows that suggests a habit of the export.
const LEAST_MISSING: f64 = 20.0;
/// Maximum ratio of missing rows to the zeros of Poisson counts with the same mean; contacts come in clusters.
const MOST_OVER_POISSON: f64 = 3.0;
/// Mean count above which a missing row is a gap.
const QUIET: f64 = 6.0;
/// Days on which a weekday's interval must have been counted; fewer are exceptions, not opening hours.
const LEAST_SEEN: f64 = 2.0;

/// One interval of one weekday over all weeks.
#[derive(Clone, Copy, Default)]
struct Cell {
    seen: f64,
    missing: f64,
    contacts: f64,
}

impl Cell {
    /// Poisson mean from the mean of the positive counts: λ / (1 − e^−λ), solved by iteration.
    fn rate(&self) -> f64 {
        let of_positive = self.contacts / self.seen;
        (0..50).fold(of_positive, |rate, _| of_positive * (1.0 - (-rate).exp()))
    }

    fn may_be_zero(&self) -> bool {
        self.seen >= LEAST_SEEN && self.missing > 0.0 && self.rate() <= QUIET
    }
}

/// Fills in zeros where an export omits quiet intervals on the days it has; `None` if the export does not.
pub(super) fn fill_zeros(counts: &mut Array2<f64>, first: NaiveDate, interval: Interval) -> Option<Finding> {
    let (days, slots) = counts.dim();
    if slots == 1 || counts.iter().any(|count| *count == 0.0) {
        return None;
    }
    let is_counted: Vec<bool> = counts.rows().into_iter().map(|row| row.iter().any(|count| !count.is_nan())).collect();
    let weekday = |day: usize| (first + Days::new(day as u64)).weekday().num_days_from_monday() as usize;
    let mut cells = vec![[Cell::default(); 7]; slots];
    for day in (0..days).filter(|&day| is_counted[day]) {
        for (slot, count) in counts.row(day).iter().enumerate() {
            let cell = &mut cells[slot][weekday(day)];
            if count.is_nan() {
                cell.missing += 1.0;
            } else {
                cell.seen += 1.0;
                cell.contacts += count;
            }
        }
    }
    let quiet = || cells.iter().flatten().filter(|cell| cell.may_be_zero());
    let missing: f64 = quiet().map(|cell| cell.missing).sum();
    let expected: f64 = quiet().map(|cell| (cell.seen + cell.missing) * (-cell.rate()).exp()).sum();
    if missing < LEAST_MISSING || missing > MOST_OVER_POISSON * expected {
        return None;
    }
    let mut start = None;
    for day in (0..days).filter(|&day| is_counted[day]) {
        for slot in 0..slots {
            if counts[(day, slot)].is_nan() && cells[slot][weekday(day)].may_be_zero() {
                counts[(day, slot)] = 0.0;
                start.get_or_insert((day, slot));
            }
        }
    }
    let (day, slot) = start?;
    let midnight = (first + Days::new(day as u64)).and_time(chrono::NaiveTime::MIN);
    let start = midnight + chrono::TimeDelta::minutes(slot as i64 * i64::from(interval.minutes()));
    Some(Finding { kind: FindingKind::ZerosLeftOut, start, intervals: missing as usize, count: 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::read_date;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, Poisson};

    /// Ten weeks of hours 9 to 16 with Poisson counts and the rows selected by `has_row`.
    fn filled(mean: f64, has_row: impl Fn(f64, f64) -> bool) -> (Array2<f64>, Option<Finding>) {
        let mut random = ChaCha8Rng::seed_from_u64(3);
        let poisson = Poisson::new(mean).unwrap();
        let mut counts = Array2::from_elem((70, 24), f64::NAN);
        for count in &mut counts.slice_mut(ndarray::s![.., 9..17]) {
            let came: f64 = poisson.sample(&mut random);
            if came > 0.0 && has_row(came, random.random()) {
                *count = came;
            }
        }
        let found = fill_zeros(&mut counts, read_date("2026-08-03").unwrap(), Interval::from_minutes(60).unwrap());
        (counts, found)
    }

    #[test]
    fn an_export_without_empty_hours_is_completed_and_nights_stay_closed() {
        let (counts, found) = filled(1.5, |_, _| true);
        let zeros = counts.iter().filter(|count| **count == 0.0).count();
        assert_eq!(found.map(|found| (found.kind, found.intervals)), Some((FindingKind::ZerosLeftOut, zeros)));
        assert!(counts.column(3).iter().all(|count| count.is_nan()) && counts.column(12).iter().all(|count| !count.is_nan()));
    }

    #[test]
    fn rows_lost_by_chance_are_gaps() {
        assert_eq!(filled(4.0, |_, chance| chance < 0.65).1, None);
        assert_eq!(filled(20.0, |_, chance| chance < 0.65).1, None);
    }
}
