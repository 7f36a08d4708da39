//! What is ordinary for each weekday: which intervals have counts, and how many contacts.

use chrono::{Datelike, Days, NaiveDate};
use ndarray::Array2;

/// An interval is ordinary if it is counted on this share of the days on which the average count's interval is.
const ORDINARY_SHARE: f64 = 0.5;
/// A weekday is open if this share of the recent ones was counted at all, or so many of the latest in a row.
const OPEN_SHARE: f64 = 0.25;
const LATEST_DAYS: usize = 2;
/// Hours that go must have been missing so many days of the weekday in a row: closing them would hide contacts.
const LATEST_MISSING: usize = 3;
/// While so many other weekdays were counted.
const MOST_WEEKDAYS: usize = 3;
/// Where at least this share of what is open is counted, intervals that come or go on the latest days of a weekday are new hours.
const WHOLE_EXPORT: f64 = 0.8;
/// Before the latest days hours that come must have been missing, and those that go counted, on this share of the days.
const BEFORE_SHARE: f64 = 0.9;
/// How far back "recent" reaches, in days.
pub(super) const RECENT_DAYS: usize = 84;
/// A day is known whose counted intervals ordinarily hold this share of its contacts; the others' are then estimated.
const NEARLY_COMPLETE: f64 = 0.75;

/// The ordinary intervals of Monday to Sunday.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ordinary {
    open: [Vec<bool>; 7],
    /// The mean recent count, 0 where an interval is not open.
    usual: [Vec<f64>; 7],
}

/// How often an interval of a weekday was counted lately, and with how many contacts.
#[derive(Clone, Copy, Default)]
struct Seen {
    days: f64,
    contacts: f64,
}

impl Ordinary {
    /// Learns from the latest days. A weekday that the history has not met is like all others together.
    pub(super) fn learn(counts: &Array2<f64>, first: NaiveDate) -> Self {
        let (days, slots) = counts.dim();
        let mut seen = vec![vec![Seen::default(); slots]; 7];
        // of each weekday, whether it was counted at all and the rows of those that were, in order
        let (mut has_count, mut rows): ([Vec<bool>; 7], [Vec<usize>; 7]) = Default::default();
        let (mut counted, mut weeks) = ([0.0; 7], [0.0; 7]);
        for day in days.saturating_sub(RECENT_DAYS)..days {
            let of = weekday(first + Days::new(day as u64));
            weeks[of] += 1.0;
            let is_counted = counts.row(day).iter().any(|count| !count.is_nan());
            has_count[of].push(is_counted);
            if is_counted {
                rows[of].push(day);
                counted[of] += 1.0;
            }
            for (seen, count) in seen[of].iter_mut().zip(counts.row(day)).filter(|(_, count)| !count.is_nan()) {
                seen.days += 1.0;
                seen.contacts += count;
            }
        }
        let all: f64 = counted.iter().sum();
        let anyday: Vec<Seen> = (0..slots).map(|slot| seen.iter().fold(Seen::default(), |sum, of| sum.and(of[slot]))).collect();
        let typical = typical_presence(&seen, &counted);
        let is_open = |seen: &Seen, counted: f64| seen.days > 0.0 && seen.days >= ORDINARY_SHARE * typical * counted;
        let opens = |of: usize| {
            let latest = has_count[of].ends_with(&[true; LATEST_DAYS]);
            (counted[of] >= OPEN_SHARE * weeks[of] || latest) && !was_closed_lately(of, &has_count)
        };
        let of_weekday = |of: usize| if weeks[of] == 0.0 { (&anyday, all, true) } else { (&seen[of], counted[of], opens(of)) };
        let open: [Vec<bool>; 7] = std::array::from_fn(|of| {
            let (seen, counted, opens) = of_weekday(of);
            let lately = |slot: usize| {
                let is_counted: Vec<bool> = rows[of].iter().map(|&row| !counts[(row, slot)].is_nan()).collect();
                changed_to(&is_counted).filter(|_| typical >= WHOLE_EXPORT)
            };
            seen.iter().enumerate().map(|(slot, seen)| opens && lately(slot).unwrap_or_else(|| is_open(seen, counted))).collect()
        });
        let usual = std::array::from_fn(|of| {
            let mean = |(seen, open): (&Seen, &bool)| if *open { seen.contacts / seen.days } else { 0.0 };
            of_weekday(of).0.iter().zip(&open[of]).map(mean).collect()
        });
        Self { open, usual }
    }

    pub(super) fn open(&self, date: NaiveDate) -> &[bool] {
        &self.open[weekday(date)]
    }

    /// By what a day's counted contacts are to be multiplied for its total; `None` if too little of it was counted.
    pub(super) fn completion(&self, date: NaiveDate, is_counted: impl Fn(usize) -> bool) -> Option<f64> {
        let (open, usual) = (&self.open[weekday(date)], &self.usual[weekday(date)]);
        if (0..open.len()).all(|slot| !open[slot] || is_counted(slot)) {
            return Some(1.0);
        }
        let counted: f64 = (0..usual.len()).filter(|&slot| is_counted(slot)).map(|slot| usual[slot]).sum();
        let share = counted / usual.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        (share >= NEARLY_COMPLETE).then_some(1.0 / share)
    }

    /// The share of an interval in its day's contacts.
    pub(super) fn share(&self, date: NaiveDate, slot: usize) -> f64 {
        let usual = &self.usual[weekday(date)];
        usual[slot] / usual.iter().sum::<f64>().max(f64::MIN_POSITIVE)
    }
}

impl Seen {
    fn and(self, other: Self) -> Self {
        Self { days: self.days + other.days, contacts: self.contacts + other.contacts }
    }
}

/// Whether a weekday was missing on its latest days while others were counted; weeks without any count close nothing.
fn was_closed_lately(of: usize, has_count: &[Vec<bool>; 7]) -> bool {
    let missing = has_count[of].iter().rev().take(LATEST_MISSING).filter(|counted| !**counted).count();
    let others = (0..7).filter(|&other| other != of && has_count[other].ends_with(&[true; LATEST_MISSING])).count();
    missing == LATEST_MISSING && others >= MOST_WEEKDAYS
}

/// Whether an interval of a weekday is open now, if the latest days say otherwise than those before them.
fn changed_to(is_counted: &[bool]) -> Option<bool> {
    let now = *is_counted.last()?;
    let since = is_counted.iter().rposition(|counted| *counted != now)? + 1;
    let (before, latest) = is_counted.split_at(since);
    let opposite = before.iter().filter(|counted| **counted != now).count() as f64;
    let least = if now { LATEST_DAYS } else { LATEST_MISSING };
    (latest.len() >= least && opposite >= BEFORE_SHARE * before.len() as f64).then_some(now)
}

/// On which share of its counted weekdays the interval of the average count is counted: 1 in a whole export, less where rows were lost.
fn typical_presence(seen: &[Vec<Seen>], counted: &[f64; 7]) -> f64 {
    let (mut weighted, mut all) = (0.0, 0.0);
    for (of, counted) in seen.iter().zip(counted).filter(|(_, counted)| **counted > 0.0) {
        weighted += of.iter().map(|seen| seen.days * seen.days / counted).sum::<f64>();
        all += of.iter().map(|seen| seen.days).sum::<f64>();
    }
    if all > 0.0 { weighted / all } else { 1.0 }
}

fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}

#[cfg(test)]
mod tests {
    use crate::history::{ContactHistory, RawCount};
    use crate::time::{Interval, read_date};

    /// Ten weeks of hours 9 to 16, ten contacts an hour and twenty at noon; which rows are there, the test says.
    fn history(has_row: impl Fn(u64, u32) -> bool) -> ContactHistory {
        let first = read_date("2026-08-03").unwrap();
        let start = |day: u64, hour: u32| (first + chrono::Days::new(day)).and_hms_opt(hour, 0, 0).unwrap();
        let rows: Vec<RawCount> = (0..70)
            .flat_map(|day| (9..17).map(move |hour| (day, hour)))
            .filter(|(day, hour)| has_row(*day, *hour))
            .map(|(day, hour)| RawCount::of(start(day, hour), if hour == 12 { 20.0 } else { 10.0 }))
            .collect();
        let end = first + chrono::Days::new(70);
        ContactHistory::from_counts(&rows, Interval::from_minutes(60).unwrap(), &[], end).unwrap().0
    }

    #[test]
    fn a_desk_stays_open_where_half_of_its_rows_were_lost() {
        let kept = |day: u64, hour: u32| (day / 7 + day % 7 + u64::from(hour)).is_multiple_of(2);
        let history = history(kept);
        for day in 60..67 {
            let open: Vec<usize> = (0..24).filter(|&slot| history.ordinary(history.date(day))[slot]).collect();
            assert_eq!(open, (9..17).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_lost_hour_is_estimated_and_a_lost_half_day_is_not() {
        let history = history(|day, hour| !(day == 50 && hour == 10 || day == 57 && hour < 13));
        assert_eq!(history.day_total(49), Some(90.0));
        assert!((history.day_total(50).unwrap() - 90.0).abs() < 1e-9);
        assert!((history.count_or_estimate(50, 10).unwrap() - 10.0).abs() < 1e-9);
        assert_eq!((history.count(50, 10), history.count_or_estimate(50, 3)), (None, None));
        assert_eq!((history.day_total(57), history.count_or_estimate(57, 10)), (None, None));
    }
}
