//! A date in one column and its time in another, read as one.

use super::halves::HALVES;
use super::plain::plain;
use super::shape::Shape;
use crate::input::cell::no_value::is_nothing;
use crate::input::cell::time_range::range;
use crate::time::{ClockTime, DateOrder, read_date};
use std::borrow::Cow;

/// Columns of ours that may stand in two, with what exports call the date and the time.
const IN_TWO: [(&str, &[&str], &[&str]); 3] = [
    ("start", &DATES, &TIMES),
    ("when", &DATES, &TIMES),
    ("end", &["结束日期", "截止日期", "enddate"], &["结束时间", "截止时间", "endtime"]),
];
const DATES: [&str; 9] = ["日期", "date", "day", "统计日期", "开始日期", "起始日期", "业务日期", "数据日期", "startdate"];
const TIMES: [&str; 13] = [
    "时间",
    "time",
    "时段",
    "时间段",
    "统计时段",
    "开始时间",
    "起始时间",
    "starttime",
    "interval",
    "intervalstart",
    "period",
    "小时",
    "hour",
];
/// Of these a number alone is an hour.
const HOURS: [&str; 2] = ["小时", "hour"];

/// Two columns that make one of ours.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Split {
    date: usize,
    time: usize,
    /// Which of the two holds both in the end.
    into: usize,
    is_hour: bool,
    /// Whether a date alone says nothing: what is counted is counted from some time on.
    needs_time: bool,
}

/// The pairs among headers; their columns are named anew. Where a clock time alone says when something ends, its day is that of the start.
pub(in crate::input) fn find(names: &[String], columns: &mut [String], shape: Shape) -> Vec<Split> {
    let knows = |column: &str| shape.known().any(|known| known == column);
    // of a shift and a row of a roster, start and end are clock times
    if knows("date") || knows("paid_hours") {
        return Vec::new();
    }
    let place_of = |headers: &[&str]| {
        let mut places = (0..names.len()).filter(|place| headers.contains(&plain(&names[*place]).as_str()));
        places.next().filter(|_| places.next().is_none())
    };
    let mut found: Vec<Split> = Vec::new();
    for ((own, dates, times), half) in IN_TWO.into_iter().zip(HALVES).filter(|((own, ..), _)| knows(own)) {
        let (own_date, time) = (place_of(dates), place_of(times));
        let shared = found.first().filter(|_| own == "end" && own_date.is_none()).map(|of_start| of_start.date);
        let (Some(date), Some(time)) = (own_date.or(shared), time) else { continue };
        let has_another = (0..names.len()).any(|place| columns[place] == own && ![date, time].contains(&place));
        if date == time || has_another {
            continue;
        }
        let into = if shared.is_some() { time } else { date };
        if shared.is_none() {
            half.clone_into(&mut columns[time]);
        }
        own.clone_into(&mut columns[into]);
        let is_hour = HOURS.contains(&plain(&names[time]).as_str());
        found.push(Split { date, time, into, is_hour, needs_time: !knows("end") });
    }
    found
}

impl Split {
    /// What its two columns together are called.
    pub(in crate::input) fn name(self, names: &mut [String]) {
        if self.into == self.date {
            names[self.date] = format!("{} + {}", names[self.date], names[self.time]);
        }
    }

    /// Writes both into one cell.
    pub(in crate::input) fn join(self, cells: &mut [Cow<str>]) {
        let both = cells.get(self.date).zip(cells.get(self.time)).and_then(|(date, time)| self.joined(date, time));
        if let (Some(both), Some(cell)) = (both, cells.get_mut(self.into)) {
            *cell = Cow::Owned(both);
        }
    }

    /// Where a row has a date without the time that it needs.
    pub(in crate::input) fn lacks_time(self, cells: &[Cow<str>]) -> Option<usize> {
        let is_empty = |place: usize| cells.get(place).is_none_or(|cell| is_nothing(cell));
        (self.needs_time && is_empty(self.time) && !is_empty(self.date)).then_some(self.time)
    }

    fn joined(self, date: &str, time: &str) -> Option<String> {
        if is_nothing(date) || is_nothing(time) {
            return None;
        }
        // spreadsheets write midnight behind a date
        let (day, clock) = date.split_once(['T', ' ']).unwrap_or((date, ""));
        let day = if clock.is_empty() || clock.trim().parse() == Ok(ClockTime::MIDNIGHT) { day } else { date };
        if let Some(of_time) = date_in(time) {
            let is_same = of_time == day || read_date(of_time).is_some_and(|of_time| Some(of_time) == read_date(day));
            if is_same || self.into == self.time {
                return Some(time.to_owned());
            }
        }
        let is_number = self.is_hour && time.len() <= 2 && time.bytes().all(|byte| byte.is_ascii_digit());
        Some(match range(time) {
            Some((start, true)) => format!("{day} {start}"),
            // no time of any table is written so: what stands behind the sign might be taken for a distance from UTC
            Some((_, false)) => format!("{day}, {time}"),
            None => format!("{day} {time}{}", if is_number { ":00" } else { "" }),
        })
    }
}

/// The date that stands before a clock time.
fn date_in(time: &str) -> Option<&str> {
    let first = time.split(['T', ' ']).next()?;
    (read_date(first).is_some() || !DateOrder::readings(first).is_empty()).then_some(first)
}
