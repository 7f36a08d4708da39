//! Times of a clock with twelve hours whose AM and PM were lost: the afternoon would be read as night.

use crate::input::problem::single::{Problem, of_file};
use crate::input::problem::way::Way;
use crate::service::OpenSpan;
use crate::time::{ClockTime, DAY_MINUTES};
use chrono::{NaiveDate, NaiveDateTime, Timelike};

/// Evidence from the times of a file, in their order.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct TwelveHours {
    /// A bit for each hour of the day that occurs.
    hours: u32,
    before: Option<NaiveDateTime>,
    /// Days that occur, one after another.
    days: u32,
    /// First time at which one o'clock follows twelve o'clock on one day.
    falls_back: Option<NaiveDateTime>,
    /// First time in the hour after twelve.
    first_one: Option<NaiveDateTime>,
    /// A bit for each hour with which a day begins, in the order of the file.
    begins: u32,
    /// First hour of the day that is being read, and whether twelve o'clock has passed.
    of_day: (u32, bool),
    /// Whether times go back within a day other than at twelve, or come round to its first hour again.
    is_mixed: bool,
}

/// Minutes of half a day.
pub(in crate::input) const HALF: u32 = DAY_MINUTES / 2;

/// Bits of the hours from one to seven.
const ONE_TO_SEVEN: u32 = 0b1111_1110;
/// Bits of the hours from one to twelve.
const ONE_TO_TWELVE: u32 = 0b1_1111_1111_1110;

impl TwelveHours {
    pub(in crate::input) fn see(&mut self, time: NaiveDateTime) {
        self.hours |= 1 << time.hour();
        self.days += u32::from(self.before.is_none_or(|before| before.date() != time.date()));
        if self.hours & !ONE_TO_TWELVE != 0 {
            return;
        }
        let hour = time.hour() % 12;
        match self.before {
            Some(before) if before.date() == time.date() => {
                let goes_back = hour < before.hour() % 12;
                self.is_mixed |= goes_back && (before.hour() != 11 || self.of_day.1) || self.of_day.1 && hour >= self.of_day.0;
                self.of_day.1 |= goes_back;
            }
            _ => {
                self.begins |= 1 << hour;
                self.of_day = (hour, false);
            }
        }
        if time.hour() == 1 {
            self.first_one.get_or_insert(time);
            let follows = self.before.is_some_and(|before| before.date() == time.date() && before.hour() == 12);
            self.falls_back = self.falls_back.or(Some(time).filter(|_| follows));
        }
        self.before = Some(time);
    }

    /// A time whose half of the day is lost: no hour lies outside one to twelve, and one o'clock follows twelve, or the hours have a gap
    /// between one and twelve, over which no team works.
    fn found(&self) -> Option<NaiveDateTime> {
        if self.hours == 0 || self.hours & !ONE_TO_TWELVE != 0 {
            return None;
        }
        let has_gap = self.hours & (1 << 1) != 0 && self.hours & (1 << 12) != 0 && self.hours != ONE_TO_TWELVE;
        self.falls_back.or(self.first_one.filter(|_| has_gap))
    }

    /// The hour on a face of twelve with which the day's work begins, 0 for twelve: the one after the longest part of the face without a
    /// time, or that with which every day begins; `None` where nothing tells.
    fn first_hour(&self) -> Option<u32> {
        let is_seen = |hour: u32| self.hours & (1 << if hour.is_multiple_of(12) { 12 } else { hour % 12 }) != 0;
        let before = |hour: u32| (1..12).take_while(|back| !is_seen(hour + 12 - back)).count();
        let mut gaps: Vec<(usize, u32)> = (0..12).filter(|hour| is_seen(*hour)).map(|hour| (before(hour), hour)).collect();
        gaps.sort_unstable_by(|a, b| b.cmp(a));
        match gaps[..] {
            [(longest, hour), (next, _), ..] if longest > next => Some(hour),
            _ if self.begins.is_power_of_two() && !self.is_mixed => Some(self.begins.trailing_zeros()),
            _ => None,
        }
    }

    /// A time, where the hours from one to twelve all occur and no other: a day's work of a clock of twelve hours in any order of its rows.
    fn whole_half(&self) -> Option<NaiveDateTime> {
        self.first_one.filter(|_| self.hours == ONE_TO_TWELVE)
    }
}

/// The doubt about the half of the day in a file with these times by queue, where opening hours do not decide it.
pub(in crate::input) fn doubt_of_half(
    file: &str,
    queues: &[TwelveHours],
    (hours, is_local): (Option<&[OpenSpan]>, bool),
) -> Option<Problem> {
    let all = queues.iter().fold(0, |all, of| all | of.hours);
    if hours.is_some_and(|spans| is_of_24(all, spans)) {
        return None;
    }
    // a team may be open from one to twelve by UTC, but not by its own clock
    let of_half = || queues.iter().find_map(|of| of.whole_half().filter(|_| is_local && hours.is_none()));
    let twelve = queues.iter().find_map(|of| Some((of.found().or_else(of_half)?, of)));
    if let Some((time, of)) = twelve {
        let readings = of.first_hour().and_then(|hour| [hour, hour + 12].map(|first| way(time, first)).into_iter().collect());
        return Some(problem(file, "clock_of_twelve_hours", time, readings.unwrap_or_default()));
    }
    // of today the first hours alone may be known
    let days = queues.iter().map(|of| of.days).max().unwrap_or(0);
    let is_whole = hours.is_none() || days > 1;
    let first = all.trailing_zeros();
    let is_open = all & !ONE_TO_SEVEN == 0 || (1..5).contains(&first) && all & !ONE_TO_TWELVE == 0;
    let time = queues.iter().find_map(|of| of.before).filter(|_| is_local && is_whole && is_open)?;
    let readings = vec![Way::of(shown(time), "clock", "24h"), way(time, first + 12)?];
    Some(problem(file, "night_or_afternoon", time, readings))
}

fn problem(file: &str, code: &'static str, time: NaiveDateTime, readings: Vec<Way>) -> Problem {
    Problem { value: shown(time), readings, ..of_file(file, code) }
}

/// A time with its date, where it has one.
fn shown(time: NaiveDateTime) -> String {
    let format = if time.date() == NaiveDate::default() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    time.format(format).to_string()
}

/// The half of the day in which work that begins at an hour has a time.
fn way(time: NaiveDateTime, first: u32) -> Option<Way> {
    let begins_before = (time.hour() + 24 - first) % 24 < 12;
    let read = if begins_before { time } else { time.with_hour((time.hour() + 12) % 24)? };
    let first = ClockTime::from_minutes(first % 24 * 60)?;
    Some(Way::of(shown(read), "clock", format!("12h_from_{first}")))
}

/// Whether opening hours hold all hours that occur as they are written, and not those of them after noon that a clock of twelve hours would
/// mean.
fn is_of_24(hours: u32, spans: &[OpenSpan]) -> bool {
    let is_open = |hour: u32| {
        let minutes = [hour * 60, hour * 60 + 30].into_iter().filter_map(ClockTime::from_minutes);
        minutes.into_iter().any(|time| spans.iter().any(|span| span.contains(time)))
    };
    let seen = || (0..24).filter(|hour| hours & (1 << hour) != 0);
    seen().all(is_open) && !seen().filter(|hour| (1..8).contains(hour)).all(|hour| is_open(hour + 12))
}

/// The time of either half of the day that lies in some spans alone.
pub(in crate::input) fn half_within(spans: &[OpenSpan], minutes: u32) -> Option<ClockTime> {
    let halves = [minutes % HALF, minutes % HALF + HALF].map(ClockTime::from_minutes);
    let mut fits = halves.into_iter().flatten().filter(|time| spans.iter().any(|span| span.contains(*time)));
    fits.next().filter(|_| fits.next().is_none())
}

/// Minutes of heads in their order by a clock of twelve hours, where they rise and fall once, from twelve to one o'clock or past it: the
/// first are of the morning. `None` where the order shows no such clock.
pub(in crate::input) fn afternoon_by_order(heads: &[u32]) -> Option<Vec<u32>> {
    let (first, last) = (heads.first()?, heads.last()?);
    let is_of_twelve = heads.iter().all(|minutes| (60..13 * 60).contains(minutes));
    let falls = heads.windows(2).filter(|pair| pair[1] % HALF <= pair[0] % HALF).count();
    let length = HALF + last % HALF - first % HALF;
    let is_of_day = (5 * 60..12 * 60).contains(first) || length >= HALF;
    if heads.len() < 3 || !is_of_twelve || falls != 1 || !is_of_day {
        return None;
    }
    let mut is_later = false;
    let mut before = None;
    let meant = heads.iter().map(|minutes| {
        is_later |= before.is_some_and(|before| minutes % HALF <= before);
        before = Some(minutes % HALF);
        minutes % HALF + if is_later { HALF } else { 0 }
    });
    Some(meant.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn found(hours: impl Iterator<Item = u32>) -> bool {
        let mut evidence = TwelveHours::default();
        let day = NaiveDate::from_ymd_opt(2026, 11, 2).unwrap();
        hours.for_each(|hour| evidence.see(day.and_hms_opt(hour, 30, 0).unwrap()));
        evidence.found().is_some()
    }

    #[test]
    fn every_team_that_works_over_noon_is_recognised_by_a_clock_of_twelve_hours() {
        let twelve = |hour: u32| if hour.is_multiple_of(12) { 12 } else { hour % 12 };
        for open in 1..=12_u32 {
            for close in open + 1..=24_u32 {
                assert!(!found(open..close.min(24)), "{open} to {close} by a clock of 24 hours");
                if open <= 12 && close > 13 {
                    assert!(found((open..close).map(twelve)), "{open} to {close}");
                }
            }
        }
    }
}
