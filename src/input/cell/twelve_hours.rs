//! Times of a clock with twelve hours whose AM and PM were lost: the afternoon would be read as night.

use chrono::{NaiveDateTime, Timelike};

/// Evidence from the times of a file, in their order.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct TwelveHours {
    /// A bit for each hour of the day that occurs.
    hours: u32,
    before: Option<NaiveDateTime>,
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

/// Bits of the hours from one to twelve.
const ONE_TO_TWELVE: u32 = 0b1_1111_1111_1110;

impl TwelveHours {
    pub(in crate::input) fn see(&mut self, time: NaiveDateTime) {
        self.hours |= 1 << time.hour();
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
    pub(in crate::input) fn found(&self) -> Option<NaiveDateTime> {
        if self.hours == 0 || self.hours & !ONE_TO_TWELVE != 0 {
            return None;
        }
        let has_gap = self.hours & (1 << 1) != 0 && self.hours & (1 << 12) != 0 && self.hours != ONE_TO_TWELVE;
        self.falls_back.or(self.first_one.filter(|_| has_gap))
    }

    /// The hour on a face of twelve with which the day's work begins, 0 for twelve: the one after the longest part of the face without a
    /// time, or that with which every day begins; `None` where nothing tells.
    pub(in crate::input) fn first_hour(&self) -> Option<u32> {
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
    pub(in crate::input) fn whole_half(&self) -> Option<NaiveDateTime> {
        self.first_one.filter(|_| self.hours == ONE_TO_TWELVE)
    }
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
