//! Intervals that opened in the course of the history: empty at first, then with contacts throughout.
//!
//! Exports write closed hours as zeros or not at all. Either shows when the hours began, not the demand in them, so earlier zeros are
//! treated as missing. Weekdays are examined together, so that a few days suffice.

use chrono::{Datelike, Days, NaiveDate};
use ndarray::Array2;

/// Maximum probability that all days with contacts lie at the end by chance.
const CHANCE: f64 = 0.001;
/// Minimum share of later days with contacts, apart from days that are empty by chance.
const THROUGHOUT: f64 = 0.9;

/// A day examined, its weekday, and its contacts; `None` without contacts.
pub(super) type Looked = (usize, usize, Option<f64>);

/// First day of an interval with contacts. For each weekday, whether it has contacts since then but not from the first; `None` if it has
/// not occurred since.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Begun {
    pub(super) day: usize,
    pub(super) weekdays: [Option<bool>; 7],
}

impl Begun {
    /// Opening found in `days`, which are in order; in reverse order, it is a closure. Weekdays with contacts from the first are excluded
    /// if they hide an opening on the others.
    pub(super) fn of(days: &[Looked]) -> Option<Self> {
        let from_the_first =
            |of: usize| days.iter().find(|(_, weekday, _)| *weekday == of).is_some_and(|(.., contacts)| contacts.is_some());
        let left_out = || std::array::from_fn(|of| from_the_first(of).then_some(false));
        Self::among(days, [None; 7]).or_else(|| Self::among(days, left_out()))
    }

    /// Opening among the weekdays not yet decided.
    fn among(days: &[Looked], mut weekdays: [Option<bool>; 7]) -> Option<Self> {
        let days: Vec<Looked> = days.iter().copied().filter(|(_, of, _)| weekdays[*of].is_none()).collect();
        let first = days.iter().position(|(.., contacts)| contacts.is_some()).filter(|first| *first > 0)?;
        let (before, since) = days.split_at(first);
        for (_, of, contacts) in since {
            weekdays[*of] = Some(weekdays[*of] == Some(true) || contacts.is_some());
        }
        // a weekday without contacts since then says nothing about them
        let of_hours = |days: &[Looked]| days.iter().filter(|(_, of, _)| weekdays[*of] != Some(false)).count() as f64;
        let (closed, counted) = (of_hours(before), of_hours(since));
        let came: Vec<f64> = since.iter().filter_map(|(_, _, contacts)| *contacts).collect();
        let mean = came.iter().sum::<f64>() / counted;
        // Poisson counts of the same mean leave some days empty
        let is_throughout = came.len() as f64 >= THROUGHOUT * (1.0 - (-mean).exp()) * counted;
        // with all orders of the days equally likely, the hypergeometric probability that those with contacts lie among the last
        let by_chance: f64 = (0..came.len()).map(|drawn| (counted - drawn as f64) / (counted + closed - drawn as f64)).product();
        (is_throughout && by_chance <= CHANCE).then_some(Self { day: days[first].0, weekdays })
    }
}

/// Marks zeros before an interval began as missing; `is_plain` selects dates without events.
pub(super) fn forget_zeros_before(counts: &mut Array2<f64>, first: NaiveDate, is_plain: impl Fn(NaiveDate) -> bool) {
    let of_weekday = |day: usize| weekday(first + Days::new(day as u64));
    let plain: Vec<usize> = (0..counts.nrows()).filter(|&day| is_plain(first + Days::new(day as u64))).collect();
    for mut counts in counts.columns_mut() {
        let counted = plain.iter().filter(|&&day| !counts[day].is_nan());
        let days: Vec<_> = counted.map(|&day| (day, of_weekday(day), Some(counts[day]).filter(|count| *count > 0.0))).collect();
        let Some(begun) = Begun::of(&days) else { continue };
        for day in (0..begun.day).filter(|&day| begun.weekdays[of_weekday(day)] != Some(false)) {
            if counts[day] == 0.0 {
                counts[day] = f64::NAN;
            }
        }
    }
}

pub(super) fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Opening in daily contacts of one interval, from a Monday on.
    fn begun(contacts: impl IntoIterator<Item = f64>) -> Option<Begun> {
        let day = |(day, count): (usize, f64)| (day, day % 7, Some(count).filter(|count| *count > 0.0));
        Begun::of(&contacts.into_iter().enumerate().map(day).collect::<Vec<_>>())
    }

    #[test]
    fn three_days_after_twelve_weeks_tell_and_one_or_a_few_here_and_there_do_not() {
        let after = |closed: usize, open: usize| begun((0..closed + open).map(|day| if day < closed { 0.0 } else { 9.0 }));
        assert_eq!(after(84, 3).map(|begun| begun.day), Some(84));
        assert_eq!(after(84, 3).unwrap().weekdays, [Some(true), Some(true), Some(true), None, None, None, None]);
        assert_eq!((after(84, 1), after(0, 84), after(84, 0), after(6, 6)), (None, None, None, None));
        assert_eq!(begun((0..90).map(|day| if day > 40 && day % 5 == 0 { 3.0 } else { 0.0 })), None, "now and then");
        assert_eq!(begun((0..90).map(|day| if (60..70).contains(&day) { 9.0 } else { 0.0 })), None, "for a while");
        let workdays = begun((0..90).map(|day| if day > 60 && day % 7 < 5 { 9.0 } else { 0.0 })).unwrap();
        assert_eq!((workdays.day, workdays.weekdays[5]), (63, Some(false)));
        let but_sundays = begun((0..90).map(|day| if day > 80 || day % 7 == 6 { 9.0 } else { 0.0 })).unwrap();
        assert_eq!((but_sundays.day, but_sundays.weekdays[5], but_sundays.weekdays[6]), (81, Some(true), Some(false)));
    }
}
