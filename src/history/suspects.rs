//! Suspected events not entered: days, or hours of a day, far off the same weekdays around them.

use super::health::{median, stamp};
use super::level_shifts::{LevelShift, level_shifts};
use super::levels::Levels;
use super::{ContactHistory, Finding, FindingKind};
use crate::event::Event;

/// Multiple of other weeks from which a day or an hour is suspected; for days, also its inverse.
const RATIO: f64 = 2.5;
/// Ratio below which days are alike.
const ALIKE: f64 = 1.5;
/// Minimum distance in standard deviations of a Poisson count.
const DEVIATIONS: f64 = 6.0;
/// Minimum length of a peak in minutes; shorter ones are attributed to chance.
const LEAST_PEAK_MINUTES: u32 = 60;

/// Days that look like events not entered, compared between level shifts.
pub(crate) fn suspected_between(history: &ContactHistory, events: &[Event], shifts: &[LevelShift]) -> Vec<usize> {
    Levels::of(history, events, shifts.iter().map(|shift| shift.day).collect()).odd_days().collect()
}

/// Suspected events and level shifts as findings: consecutive outlying days are one finding, a peak is its hours.
pub(super) fn suspects(history: &ContactHistory, events: &[Event]) -> Vec<Finding> {
    let per_day = history.interval().per_day();
    let shifts = level_shifts(history, events);
    let levels = Levels::of(history, events, shifts.iter().map(|shift| shift.day).collect());
    let mut findings: Vec<Finding> = Vec::new();
    let mut last_outlying = None;
    for day in levels.odd_days() {
        if levels.is_outlying(day) {
            let total = history.day_total(day).unwrap_or(0.0);
            if let Some(run) = findings.last_mut().filter(|_| last_outlying.is_some_and(|last| last + 1 == day)) {
                (run.intervals, run.count) = (run.intervals + per_day, run.count + total);
            } else {
                findings.push(Finding { kind: FindingKind::Outlier, start: stamp(history, day, 0), intervals: per_day, count: total });
            }
            last_outlying = Some(day);
        } else if let Some((slot, intervals)) = levels.peak(day) {
            let count = (slot..slot + intervals).filter_map(|slot| history.count(day, slot)).sum();
            findings.push(Finding { kind: FindingKind::Peak, start: stamp(history, day, slot), intervals, count });
        }
    }
    findings.extend(shifts.iter().enumerate().map(|(number, shift)| {
        let end = shifts.get(number + 1).map_or(history.days(), |next| next.day);
        let (start, intervals) = (stamp(history, shift.day, 0), (end - shift.day) * per_day);
        // the ratio to the previous level, not a number of contacts
        Finding { kind: FindingKind::LevelShift, start, intervals, count: shift.ratio }
    }));
    findings
}

impl Levels<'_> {
    /// Suspected days outside events.
    fn odd_days(&self) -> impl Iterator<Item = usize> {
        let is_odd = |day: &usize| self.is_outlying(*day) || self.peak(*day).is_some();
        (0..self.history.days()).filter(|&day| !self.is_event[day]).filter(is_odd)
    }

    fn is_outlying(&self, day: usize) -> bool {
        let Some(total) = self.history.day_total(day) else { return false };
        let totals = |weeks: usize| {
            let near = self.neighbours(day).filter(move |near| near.abs_diff(day).is_multiple_of(7 * weeks));
            near.filter_map(|near| self.history.day_total(near))
        };
        let times_off = |typical: f64| (total / typical).max(typical / total);
        let typical = median(totals(1));
        // days like those two and four weeks away belong to a rhythm
        let is_of_rhythm = || totals(2).count() >= 2 && times_off(median(totals(2))) < ALIKE;
        totals(1).count() >= 3
            && (total - typical).abs() > DEVIATIONS * typical.max(1.0).sqrt()
            && (total > typical * RATIO || total < typical / RATIO)
            && !is_of_rhythm()
    }

    /// First run of intervals of an hour or more far above the same intervals of nearly all other weeks.
    fn peak(&self, day: usize) -> Option<(usize, usize)> {
        let (slots, minutes) = (self.history.interval().per_day(), self.history.interval().minutes());
        if slots == 1 {
            return None;
        }
        let mut slot = 0;
        while slot < slots {
            let run = (slot..slots).take_while(|&at| self.is_far_above(day, at)).count();
            if run as u32 * minutes >= LEAST_PEAK_MINUTES {
                return Some((slot, run));
            }
            slot += run + 1;
        }
        None
    }

    fn is_far_above(&self, day: usize, slot: usize) -> bool {
        let Some(count) = self.history.count(day, slot) else { return false };
        let (mut known, mut exceeded) = (0, 0);
        for near in self.neighbours(day).filter_map(|near| self.history.count(near, slot)) {
            known += 1;
            exceeded += usize::from(count > near * RATIO && count - near > DEVIATIONS * near.max(1.0).sqrt());
        }
        known >= 3 && exceeded * 8 >= known * 7
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::RawCount;
    use crate::time::{Interval, read_date};

    fn suspected_days(history: &ContactHistory) -> Vec<usize> {
        suspected_between(history, &[], &level_shifts(history, &[]))
    }

    /// Ten weeks round the clock with 20 contacts an hour, except for the hours of day 40 given by the test.
    fn findings(of_day_40: impl Fn(u32) -> f64) -> (Vec<Finding>, Vec<usize>) {
        let first = read_date("2026-08-03").unwrap();
        let start = |day: usize, hour: u32| (first + chrono::Days::new(day as u64)).and_hms_opt(hour, 0, 0).unwrap();
        let usual = |day: usize, hour: u32| 20.0 + f64::from((day as u32 * 5 + hour * 3) % 7);
        let count = |day: usize, hour: u32| if day == 40 { of_day_40(hour) } else { usual(day, hour) };
        let rows: Vec<RawCount> = (0..70)
            .flat_map(|day| (0..24).map(move |hour| (day, hour)))
            .map(|(day, hour)| RawCount::of(start(day, hour), count(day, hour)))
            .collect();
        let (history, findings) =
            ContactHistory::from_counts(&rows, Interval::from_minutes(60).unwrap(), &[], first + chrono::Days::new(70)).unwrap();
        (findings, suspected_days(&history))
    }

    #[test]
    fn an_evening_that_nobody_announced_is_a_peak_of_its_hours() {
        let (findings, days) = findings(|hour| if (20..22).contains(&hour) { 150.0 } else { 20.0 + f64::from(hour % 3) });
        let [peak] = findings.as_slice() else { panic!("{findings:?}") };
        assert_eq!((peak.kind, peak.start.to_string(), peak.intervals), (FindingKind::Peak, "2026-09-12 20:00:00".into(), 2));
        assert_eq!(days, [40]);
    }

    /// Seventy days, with those in `busy` scaled by `times`.
    fn daily(busy: std::ops::Range<u64>, times: f64) -> (ContactHistory, Vec<Finding>) {
        let first = read_date("2026-08-03").unwrap();
        let count = |day: u64| (if busy.contains(&day) { times } else { 1.0 }) * (1000.0 + 10.0 * (day * 7 % 11) as f64);
        let row = |day: u64| RawCount::of((first + chrono::Days::new(day)).and_time(chrono::NaiveTime::MIN), count(day));
        let rows: Vec<RawCount> = (0..70).map(row).collect();
        ContactHistory::from_counts(&rows, Interval::DAY, &[], first + chrono::Days::new(70)).unwrap()
    }

    /// Days of level shifts, all of which have the ratio `times` or its inverse.
    fn shifts(history: &ContactHistory, times: f64) -> Vec<usize> {
        let shifts = level_shifts(history, &[]);
        let is_right = |ratio: f64| (ratio.ln().abs() - times.ln().abs()).abs() < 0.05;
        assert!(shifts.iter().all(|shift| is_right(shift.ratio)), "{times}: {shifts:?}");
        shifts.iter().map(|shift| shift.day).collect()
    }

    #[test]
    fn sixteen_days_ten_times_as_busy_are_a_level_of_their_own_and_three_are_suspected() {
        let (at_the_end, findings) = daily(54..70, 10.0);
        assert_eq!((shifts(&at_the_end, 10.0), suspected_days(&at_the_end)), (vec![54], vec![]));
        assert_eq!((findings[0].kind, findings[0].intervals), (FindingKind::LevelShift, 16));
        let (in_the_middle, _) = daily(26..42, 10.0);
        assert_eq!((shifts(&in_the_middle, 10.0), suspected_days(&in_the_middle)), (vec![26, 42], vec![]));
        let (three, _) = daily(40..43, 10.0);
        assert_eq!((shifts(&three, 10.0), suspected_days(&three)), (vec![], vec![40, 41, 42]));
    }

    #[test]
    fn the_recent_past_is_never_wholly_suspected_and_a_shift_is_found_at_its_day_both_ways() {
        for (since, times) in [(63, 1.5), (60, 0.4), (55, 1.25), (50, 3.0), (35, 0.7), (64, 8.0)] {
            let (history, _) = daily(since..70, times);
            assert_eq!((shifts(&history, times), suspected_days(&history)), (vec![since as usize], vec![]), "{since} {times}");
        }
    }

    #[test]
    fn days_of_a_rhythm_of_two_weeks_are_no_suspects_and_one_among_them_is() {
        let first = read_date("2026-08-03").unwrap();
        for times in [0.2, 0.34, 3.0, 5.0] {
            for (odd, found) in [(None, vec![]), (Some(75), vec![75]), (Some(80), vec![80])] {
                let count = |day: u64| {
                    let rhythm = if (day / 7).is_multiple_of(2) { times } else { 1.0 };
                    (1000.0 + 10.0 * (day * 7 % 11) as f64) * rhythm * if odd == Some(day) { 20.0 } else { 1.0 }
                };
                let row = |day: u64| RawCount::of((first + chrono::Days::new(day)).and_time(chrono::NaiveTime::MIN), count(day));
                let rows: Vec<RawCount> = (0..154).map(row).collect();
                let (history, _) = ContactHistory::from_counts(&rows, Interval::DAY, &[], first + chrono::Days::new(154)).unwrap();
                assert_eq!(suspected_days(&history), found, "× {times}");
            }
        }
    }

    #[test]
    fn a_day_three_times_as_busy_is_an_outlier_and_one_half_as_busy_again_is_none() {
        let (found, days) = findings(|hour| 66.0 + f64::from(hour % 3));
        assert_eq!((found[0].kind, found[0].intervals, days), (FindingKind::Outlier, 24, vec![40]));
        assert_eq!(findings(|hour| 33.0 + f64::from(hour % 3)), (vec![], vec![]));
    }
}
