//! Ordinary intervals of each weekday and their usual counts.

use super::begun::{Begun, weekday};
use chrono::{Days, NaiveDate};
use ndarray::Array2;

/// Share of days on which an interval must be counted to be ordinary, relative to the typical one.
const ORDINARY_SHARE: f64 = 0.5;
/// Share of recent days that must be counted for a weekday to be open, or the number of latest ones in a row.
const OPEN_SHARE: f64 = 0.25;
const LATEST_DAYS: usize = 2;
/// Days of a weekday in a row on which hours must be missing to count as closed: closing them early would hide contacts.
const LATEST_MISSING: usize = 3;
/// Minimum number of other weekdays counted meanwhile.
const MOST_WEEKDAYS: usize = 3;
/// Share of open intervals counted from which an export is complete; changes on a weekday's latest days are then new hours.
const WHOLE_EXPORT: f64 = 0.8;
/// Share of the earlier days on which added hours must have been missing, and removed ones counted.
const BEFORE_SHARE: f64 = 0.9;
/// Days that count as recent.
pub(super) const RECENT_DAYS: usize = 84;
/// Share of a day's ordinary contacts that its counted intervals must hold; the others are then estimated.
const NEARLY_COMPLETE: f64 = 0.75;

/// Ordinary intervals of Monday to Sunday.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ordinary {
    open: [Vec<bool>; 7],
    /// Mean recent count; 0 where an interval is not open.
    usual: [Vec<f64>; 7],
    /// First day of each interval that began lately; `None` for the others.
    began: Vec<Option<usize>>,
}

/// Days on which an interval of a weekday was counted lately, and contacts on them.
#[derive(Clone, Copy, Default)]
struct Seen {
    days: f64,
    contacts: f64,
}

impl Ordinary {
    /// Ordinary intervals learned from the latest days. A weekday not in the history is treated as all others pooled.
    pub(super) fn learn(counts: &Array2<f64>, first: NaiveDate) -> Self {
        let recent = Recent::of(counts, first);
        let begun = recent.begun();
        let open = recent.open(&begun);
        let usual = std::array::from_fn(|of| recent.usual(of, &open[of], &begun));
        Self { open, usual, began: begun.into_iter().map(|begun| Some(begun?.day)).collect() }
    }

    pub(super) fn open(&self, date: NaiveDate) -> &[bool] {
        &self.open[weekday(date)]
    }

    /// Factor from a day's counted contacts to its total; `None` if too many contacts were not counted.
    pub(super) fn completion(&self, day: usize, date: NaiveDate, is_counted: impl Fn(usize) -> bool) -> Option<f64> {
        let (open, usual) = (&self.open[weekday(date)], &self.usual[weekday(date)]);
        if (0..open.len()).all(|slot| !open[slot] || is_counted(slot)) {
            return Some(1.0);
        }
        let of = |slots: &dyn Fn(usize) -> bool| (0..usual.len()).filter(|&slot| slots(slot)).map(|slot| usual[slot]).sum::<f64>();
        let (all, counted, came) = (of(&|_| true), of(&is_counted), of(&|slot| is_counted(slot) || self.had_begun(slot, day)));
        (counted > 0.0 && counted >= NEARLY_COMPLETE * came).then(|| all / counted)
    }

    /// Whether an interval had already begun on a day; earlier, no count is missing.
    pub(super) fn had_begun(&self, slot: usize, day: usize) -> bool {
        self.began[slot].is_none_or(|began| began <= day)
    }

    /// Share of an interval in its day's contacts.
    pub(super) fn share(&self, date: NaiveDate, slot: usize) -> f64 {
        let usual = &self.usual[weekday(date)];
        usual[slot] / usual.iter().sum::<f64>().max(f64::MIN_POSITIVE)
    }
}

impl Seen {
    fn and(self, other: Self) -> Self {
        Self { days: self.days + other.days, contacts: self.contacts + other.contacts }
    }

    fn mean(self) -> f64 {
        if self.days > 0.0 { self.contacts / self.days } else { 0.0 }
    }
}

/// Latest days of a history.
struct Recent<'a> {
    counts: &'a Array2<f64>,
    /// Days with any count, in order, each with its weekday.
    days: Vec<(usize, usize)>,
    /// Whether each day was counted, by weekday and in order.
    has_count: [Vec<bool>; 7],
    /// Intervals by weekday.
    seen: [Vec<Seen>; 7],
}

impl<'a> Recent<'a> {
    fn of(counts: &'a Array2<f64>, first: NaiveDate) -> Self {
        let (all, slots) = counts.dim();
        let (mut days, mut has_count) = (Vec::new(), <[Vec<bool>; 7]>::default());
        let mut seen: [Vec<Seen>; 7] = std::array::from_fn(|_| vec![Seen::default(); slots]);
        for day in all.saturating_sub(RECENT_DAYS)..all {
            let of = weekday(first + Days::new(day as u64));
            let is_counted = counts.row(day).iter().any(|count| !count.is_nan());
            has_count[of].push(is_counted);
            days.extend(is_counted.then_some((day, of)));
            for (seen, &count) in seen[of].iter_mut().zip(counts.row(day)).filter(|(_, count)| !count.is_nan()) {
                *seen = seen.and(Seen { days: 1.0, contacts: count });
            }
        }
        Self { counts, days, has_count, seen }
    }

    /// Number of counted days of a weekday; of all weekdays, for one not met.
    fn counted(&self, of: usize) -> f64 {
        self.days.iter().filter(|(_, weekday)| *weekday == of || self.is_unmet(of)).count() as f64
    }

    fn is_unmet(&self, of: usize) -> bool {
        self.has_count[of].is_empty()
    }

    /// Intervals of a weekday; of all weekdays together, for one not met.
    fn seen(&self, of: usize) -> Vec<Seen> {
        if !self.is_unmet(of) {
            return self.seen[of].clone();
        }
        let anyday = |slot: usize| self.seen.iter().fold(Seen::default(), |sum, of| sum.and(of[slot]));
        (0..self.counts.ncols()).map(anyday).collect()
    }

    /// Intervals that began lately; none unless the export is nearly complete.
    fn begun(&self) -> Vec<Option<Begun>> {
        let of_slot = |slot: usize| {
            let days: Vec<_> = self.days.iter().map(|&(day, of)| (day, of, self.count(day, slot).filter(|count| *count > 0.0))).collect();
            Begun::of(&days)
        };
        let is_whole = self.typical_presence() >= WHOLE_EXPORT;
        (0..self.counts.ncols()).map(|slot| if is_whole { of_slot(slot) } else { None }).collect()
    }

    fn count(&self, day: usize, slot: usize) -> Option<f64> {
        Some(self.counts[(day, slot)]).filter(|count| !count.is_nan())
    }

    /// Mean share of counted days on which an interval is counted, weighted by counts: 1 in a complete export, less where rows were lost.
    fn typical_presence(&self) -> f64 {
        let (mut weighted, mut all) = (0.0, 0.0);
        for of in (0..7).filter(|&of| !self.is_unmet(of) && self.counted(of) > 0.0) {
            weighted += self.seen[of].iter().map(|seen| seen.days * seen.days / self.counted(of)).sum::<f64>();
            all += self.seen[of].iter().map(|seen| seen.days).sum::<f64>();
        }
        if all > 0.0 { weighted / all } else { 1.0 }
    }

    /// Open intervals of each weekday.
    fn open(&self, begun: &[Option<Begun>]) -> [Vec<bool>; 7] {
        let typical = self.typical_presence();
        let is_usual = |of: usize| -> Vec<bool> {
            let counted = self.counted(of);
            self.seen(of).iter().map(|seen| seen.days > 0.0 && seen.days >= ORDINARY_SHARE * typical * counted).collect()
        };
        let usual: [Vec<bool>; 7] = std::array::from_fn(is_usual);
        // weekdays with equal hours before have equal hours since
        let are_alike =
            |of: usize, other: usize| (0..begun.len()).all(|slot| begun[slot].is_some() || usual[of][slot] == usual[other][slot]);
        let began_on = |of: usize, begun: &Begun| {
            let alike = || (0..7).any(|other| begun.weekdays[other] == Some(true) && are_alike(of, other));
            begun.weekdays[of].unwrap_or_else(alike)
        };
        let is_open = |of: usize, slot: usize| {
            let begun = begun[slot].as_ref().is_some_and(|begun| began_on(of, begun));
            let changed = || changed_to(&self.presence(of, slot)).filter(|_| typical >= WHOLE_EXPORT);
            begun || changed().unwrap_or(usual[of][slot])
        };
        std::array::from_fn(|of| (0..begun.len()).map(|slot| self.opens(of) && is_open(of, slot)).collect())
    }

    /// Whether a weekday is open at all.
    fn opens(&self, of: usize) -> bool {
        let latest = self.has_count[of].ends_with(&[true; LATEST_DAYS]);
        let is_usual = self.counted(of) >= OPEN_SHARE * self.has_count[of].len() as f64;
        self.is_unmet(of) || (is_usual || latest) && !was_closed_lately(of, &self.has_count)
    }

    /// Whether an interval was counted, by counted day of its weekday.
    fn presence(&self, of: usize, slot: usize) -> Vec<bool> {
        self.days.iter().filter(|(_, weekday)| *weekday == of).map(|&(day, _)| self.count(day, slot).is_some()).collect()
    }

    /// Mean counts of a weekday's open intervals. One that began lately has its share of the others' contacts since then, independent of
    /// its earlier counts.
    fn usual(&self, of: usize, open: &[bool], begun: &[Option<Begun>]) -> Vec<f64> {
        let mut usual: Vec<f64> = self.seen(of).iter().zip(open).map(|(seen, open)| if *open { seen.mean() } else { 0.0 }).collect();
        let others: f64 = (0..usual.len()).filter(|&slot| begun[slot].is_none()).map(|slot| usual[slot]).sum();
        for slot in (0..usual.len()).filter(|&slot| open[slot]) {
            let over_others = self.over_others(of, slot, begun);
            usual[slot] = over_others.filter(|_| others > 0.0).map_or(usual[slot], |ratio| ratio * others);
        }
        usual
    }

    /// Ratio of contacts in an interval since it began to those in older intervals, on a weekday; all weekdays together count for one
    /// day.
    fn over_others(&self, of: usize, slot: usize, begun: &[Option<Begun>]) -> Option<f64> {
        let Begun { day: since, weekdays } = begun[slot].as_ref().filter(|begun| begun.weekdays[of] != Some(false))?;
        let older =
            |day: usize| (0..begun.len()).filter(|&slot| begun[slot].is_none()).filter_map(|slot| self.count(day, slot)).sum::<f64>();
        let days = self.days.iter().filter(|(day, of)| day >= since && weekdays[*of] == Some(true));
        let came: Vec<(usize, f64, f64)> = days.filter_map(|&(day, of)| Some((of, self.count(day, slot)?, older(day)))).collect();
        let sum = |(new, others): (f64, f64), (_, came, beside): &(usize, f64, f64)| (new + came, others + beside);
        let all = came.iter().fold((0.0, 0.0), sum);
        let one = (all.0 / came.len() as f64, all.1 / came.len() as f64);
        let (new, others) = came.iter().filter(|(weekday, ..)| *weekday == of).fold(one, sum);
        (others > 0.0).then(|| new / others)
    }
}

/// Whether a weekday was missing on its latest days while others were counted; weeks without any count close nothing.
fn was_closed_lately(of: usize, has_count: &[Vec<bool>; 7]) -> bool {
    let missing = has_count[of].iter().rev().take(LATEST_MISSING).filter(|counted| !**counted).count();
    let others = (0..7).filter(|&other| other != of && has_count[other].ends_with(&[true; LATEST_MISSING])).count();
    missing == LATEST_MISSING && others >= MOST_WEEKDAYS
}

/// New state of a weekday's interval, if its latest days differ from the earlier ones: open or closed.
fn changed_to(is_counted: &[bool]) -> Option<bool> {
    let now = *is_counted.last()?;
    let since = is_counted.iter().rposition(|counted| *counted != now)? + 1;
    let (before, latest) = is_counted.split_at(since);
    let opposite = before.iter().filter(|counted| **counted != now).count() as f64;
    let least = if now { LATEST_DAYS } else { LATEST_MISSING };
    (latest.len() >= least && opposite >= BEFORE_SHARE * before.len() as f64).then_some(now)
}

#[cfg(test)]
mod tests {
    use crate::history::{ContactHistory, RawCount};
    use crate::time::{Interval, read_date};

    /// Ten weeks of hours 9 to 16, ten contacts an hour and twenty at noon, with the rows selected by `has_row`.
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
