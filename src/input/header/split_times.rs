//! Dates and times in two columns, joined into one.

use super::halves::HALVES;
use super::plain::plain;
use super::shape::Shape;
use crate::input::cell::no_value::is_nothing;
use crate::input::cell::time_range::range;
use crate::time::{ClockTime, DateOrder, read_date};
use std::borrow::Cow;

/// Columns of ours that may be split, with the headers of exports for date and time.
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
/// Headers under which a bare number is an hour.
const HOURS: [&str; 2] = ["小时", "hour"];

/// Two columns that form one of ours.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Split {
    date: usize,
    time: usize,
    /// The one of the two that receives the joined text.
    into: usize,
    is_hour: bool,
    /// Whether a date alone is insufficient because counts need a start time.
    needs_time: bool,
}

/// Finds the pairs among the headers and renames their columns. An end given as a clock time alone is on the day of the start.
pub(in crate::input) fn find(names: &[String], columns: &mut [String], shape: Shape) -> Vec<Split> {
    let knows = |column: &str| shape.known().any(|known| known == column);
    // start and end of shifts and roster rows are clock times
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
    /// Joins the names of the two columns.
    pub(in crate::input) fn name(self, names: &mut [String]) {
        if self.into == self.date {
            names[self.date] = format!("{} + {}", names[self.date], names[self.time]);
        }
    }

    /// Joins both cells into one.
    pub(in crate::input) fn join(self, cells: &mut [Cow<str>]) {
        let both = cells.get(self.date).zip(cells.get(self.time)).and_then(|(date, time)| self.joined(date, time));
        if let (Some(both), Some(cell)) = (both, cells.get_mut(self.into)) {
            *cell = Cow::Owned(both);
        }
    }

    /// The position of the empty time cell where a row has a date without the required time.
    pub(in crate::input) fn lacks_time(self, cells: &[Cow<str>]) -> Option<usize> {
        let is_empty = |place: usize| cells.get(place).is_none_or(|cell| is_nothing(cell));
        (self.needs_time && is_empty(self.time) && !is_empty(self.date)).then_some(self.time)
    }

    fn joined(self, date: &str, time: &str) -> Option<String> {
        if is_nothing(date) || is_nothing(time) {
            return None;
        }
        // spreadsheets write midnight after a date
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
            // no table writes times in this form; after its usual sign the second part could be taken for a UTC offset
            Some((_, false)) => format!("{day}, {time}"),
            None => format!("{day} {time}{}", if is_number { ":00" } else { "" }),
        })
    }
}

/// The date before a clock time.
fn date_in(time: &str) -> Option<&str> {
    let first = time.split(['T', ' ']).next()?;
    (read_date(first).is_some() || !DateOrder::readings(first).is_empty()).then_some(first)
}
