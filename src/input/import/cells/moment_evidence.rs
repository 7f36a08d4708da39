//! Evidence of all times of a column: their form, the order of day, month and year, and whether they are starts, ends or moments between.

use crate::input::cell::date_form::DateForm;
use crate::input::cell::marks::has_mark;
use crate::input::import::cells::memory::{Memory, Within};
use crate::input::import::cells::moments::{Shape, clock_of, digits_year_last, iso, plain, shape_of, split};
use crate::input::import::cells::numbered::Seen;
use crate::input::import::headers::numbered::Numbers;
use crate::time::{ClockTime, DateOrder, has_seconds};
use chrono::{NaiveDate, NaiveDateTime, Timelike};

/// Minutes ahead of UTC at the end of a stamp: `+08:00`.
fn offset_of(text: &str) -> Option<i64> {
    let tail = text.len().checked_sub(6).and_then(|at| text.get(at..)).filter(|_| text.len() > 19)?;
    let sign = if tail.starts_with('+') { 1 } else { -1 };
    let (hours, minutes) = tail.strip_prefix(['+', '-'])?.split_once(':')?;
    Some(sign * (hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?))
}

/// Time of day of a stamp in the usual form, and whether it has seconds.
fn clock_of_iso(text: &str, stamp: NaiveDateTime) -> Option<(ClockTime, bool)> {
    let has_seconds = text.get(17..).is_some_and(|seconds| !seconds.is_empty() && seconds != "00");
    Some((ClockTime::from_minutes(stamp.hour() * 60 + stamp.minute())?, has_seconds))
}

/// Time of day of any other cell, and whether it has seconds.
fn clock_seen(text: &str, shape: Shape) -> Option<(ClockTime, bool)> {
    let of_seconds = |seconds: i64| {
        let seconds = seconds.rem_euclid(86_400) as u32;
        Some((ClockTime::from_minutes(seconds / 60)?, !seconds.is_multiple_of(60)))
    };
    match shape {
        Shape::Stamp => {
            let whole = plain(text);
            let (_, clock) = split(&whole)?;
            let before_offset = clock.find(['+', '−', 'Z']).map_or(clock, |end| &clock[..end]);
            let before_offset = before_offset.rsplit_once('-').map_or(before_offset, |(clock, _)| clock);
            Some((clock_of(clock).or_else(|| before_offset.trim().parse().ok())?, has_seconds(before_offset)))
        }
        Shape::Clock => Some((clock_of(text)?, has_seconds(text))),
        Shape::Hour | Shape::Fraction => Some((clock_of(text)?, false)),
        Shape::Epoch => of_seconds(text.parse::<f64>().ok()? as i64),
        Shape::EpochMillis => of_seconds(text.parse::<i64>().ok()? / 1000),
        Shape::Serial => {
            let minutes = text.parse::<f64>().ok()?.fract() * 1440.0;
            Some((ClockTime::from_minutes((minutes + 1e-3) as u32)?, (minutes - minutes.round()).abs() > 0.02))
        }
        Shape::Date | Shape::DigitsYearLast | Shape::MinuteOfDay | Shape::SecondOfDay | Shape::Slot | Shape::Other => None,
    }
}

/// Different times of day in a row that are kept: heads of a table have fewer.
const MOST_IN_ORDER: usize = 400;

/// Times of day of a column.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct OfDay {
    /// A bit for each hour of the day that occurs, and whether a time is between full hours.
    pub(in crate::input) hours: u32,
    pub(in crate::input) has_minutes: bool,
    /// Whether a time is marked as one of the morning or the afternoon.
    pub(in crate::input) has_mark: bool,
    /// Their minutes since midnight in their order, the first of them.
    pub(in crate::input) in_order: Vec<u32>,
}

impl OfDay {
    fn see(&mut self, clock: ClockTime) {
        self.hours |= 1 << (clock.minutes() / 60);
        self.has_minutes |= !clock.minutes().is_multiple_of(60);
        if self.in_order.len() < MOST_IN_ORDER && self.in_order.last() != Some(&clock.minutes()) {
            self.in_order.push(clock.minutes());
        }
    }
}

/// Evidence of a column's cells for its form.
#[derive(Clone, Debug)]
pub(in crate::input) struct Evidence {
    pub(in crate::input) shapes: Vec<(Shape, usize)>,
    /// Whether a cell has a time of day other than midnight.
    pub(in crate::input) has_clock: bool,
    /// Orders of day, month and year in which all dates can be read.
    orders: Vec<DateOrder>,
    /// Whether a date is not in the order year, month, day.
    has_order: bool,
    /// First date that no order reads which reads the others.
    pub(in crate::input) torn: Option<(usize, String)>,
    /// Minutes ahead of UTC that every stamp carries so far; `None` once two differ.
    offsets: Vec<Option<i64>>,
    /// A date that two orders read differently.
    pub(in crate::input) doubtful: Option<(usize, String)>,
    /// First and last date by each order.
    spans: [Option<(NaiveDate, NaiveDate)>; 3],
    /// Cells whose time lies between the multiples of five minutes: moments of contacts, not starts of intervals.
    pub(in crate::input) off_grid: usize,
    /// First cell at 24:00, which begins nothing, and whether another is at 0:00.
    pub(in crate::input) day_end: Option<(usize, String)>,
    pub(in crate::input) has_midnight: bool,
    /// First cell with a digit that is no time.
    pub(in crate::input) strange: Option<(usize, String)>,
    /// What its header says that numbers count, and the numbers.
    pub(in crate::input) named: Numbers,
    pub(in crate::input) numbers: Seen,
    pub(in crate::input) of_day: OfDay,
    /// What cells seen before are, by their full hours where they are stamps.
    known: Memory<Option<Known>>,
}

/// Form of a cell, and its time of day with whether it has seconds.
type Known = (Shape, Option<(ClockTime, bool)>);

impl Default for Evidence {
    fn default() -> Self {
        Self {
            shapes: Vec::new(),
            has_clock: false,
            orders: DateOrder::ALL.to_vec(),
            has_order: false,
            offsets: Vec::new(),
            torn: None,
            doubtful: None,
            spans: [None; 3],
            off_grid: 0,
            day_end: None,
            has_midnight: false,
            strange: None,
            named: Numbers::Unknown,
            numbers: Seen::default(),
            of_day: OfDay::default(),
            known: Memory::default(),
        }
    }
}

impl Evidence {
    /// No evidence so far, of a column whose header says what numbers in it count.
    pub(in crate::input) fn named(named: Numbers) -> Self {
        Self { named, ..Self::default() }
    }

    pub(in crate::input) fn see(&mut self, line: usize, text: &str) {
        let stamp = iso(text.as_bytes());
        let (seen, is_new) = match stamp {
            Some(stamp) => (Some((Shape::Stamp, clock_of_iso(text, stamp))), false),
            None => self.seen(text),
        };
        let Some((shape, clock)) = seen else { return };
        if !self.numbers.is_over() {
            self.numbers.see(text);
        }
        self.of_day.has_mark |= is_new && has_mark(text);
        match self.shapes.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, times)) => *times += 1,
            None => self.shapes.push((shape, 1)),
        }
        if shape == Shape::Stamp {
            let own = offset_of(text);
            // two different ones are as many as need be known
            if self.offsets.len() < 2 && !self.offsets.contains(&own) {
                self.offsets.push(own);
            }
        }
        if shape == Shape::Other && self.strange.is_none() && text.contains(|letter: char| letter.is_ascii_digit()) {
            self.strange = Some((line, text.to_owned()));
        }
        self.see_clock((line, text), shape, clock);
        // a date that was seen before says nothing new
        if matches!(shape, Shape::Date | Shape::Stamp | Shape::DigitsYearLast) && is_new {
            self.see_date(line, text, shape);
        }
    }

    /// What a cell in any but the usual form is, and whether none like it has been seen before.
    fn seen(&mut self, text: &str) -> (Option<Known>, bool) {
        let mut is_new = false;
        let mut read = |text: &str| {
            is_new = true;
            shape_of(text).map(|shape| (shape, clock_seen(text, shape)))
        };
        let seen = if text.bytes().all(|byte| byte.is_ascii_digit()) {
            read(text)
        } else {
            match self.known.of_hour(text, &mut read) {
                Some((Some((Shape::Stamp, Some((hour, is_odd)))), Within { minute, has_seconds })) => {
                    let clock = ClockTime::from_minutes(hour.minutes() + minute);
                    Some((Shape::Stamp, clock.map(|clock| (clock, is_odd || has_seconds))))
                }
                Some(_) => read(text),
                None => self.known.of(text, read),
            }
        };
        (seen, is_new)
    }

    fn see_clock(&mut self, (line, text): (usize, &str), shape: Shape, clock: Option<(ClockTime, bool)>) {
        let is_of_day = matches!(shape, Shape::Clock | Shape::Hour | Shape::Fraction | Shape::Epoch | Shape::EpochMillis);
        let Some((clock, has_seconds)) = clock else {
            self.has_clock |= is_of_day || shape == Shape::Stamp;
            return;
        };
        self.has_clock |= is_of_day || clock != ClockTime::MIDNIGHT;
        self.of_day.see(clock);
        self.off_grid += usize::from(has_seconds || !clock.minutes().is_multiple_of(5));
        self.has_midnight |= clock == ClockTime::MIDNIGHT;
        if clock == ClockTime::DAY_END {
            self.day_end.get_or_insert_with(|| (line, text.to_owned()));
        }
    }

    fn see_date(&mut self, line: usize, text: &str, shape: Shape) {
        let spread = if shape == Shape::DigitsYearLast { digits_year_last(text) } else { None };
        let text = plain(spread.as_deref().unwrap_or(text));
        let date = split(&text).map_or(&*text, |(date, _)| date);
        let readings = DateOrder::readings(date);
        if readings.is_empty() || self.torn.is_some() {
            return;
        }
        self.has_order = true;
        for (order, date) in &readings {
            let span = &mut self.spans[*order as usize];
            *span = Some(span.map_or((*date, *date), |(first, last)| (first.min(*date), last.max(*date))));
        }
        let fits = |order: &DateOrder| readings.iter().any(|(known, _)| known == order);
        if !self.orders.iter().any(fits) {
            self.torn = Some((line, date.to_owned()));
        }
        self.orders.retain(fits);
        if self.doubtful.is_none() && readings.iter().any(|(_, read)| *read != readings[0].1) {
            self.doubtful = Some((line, date.to_owned()));
        }
    }

    /// Minutes ahead of UTC that every stamp carries.
    pub(in crate::input) fn offset(&self) -> Option<i64> {
        if let [only] = self.offsets[..] { only } else { None }
    }

    /// Whether stamps are at several distances from UTC.
    pub(in crate::input) fn has_several_offsets(&self) -> bool {
        self.offsets.iter().flatten().count() > 1
    }

    /// What whole numbers count, where they are no hours.
    pub(in crate::input) fn counted(&self) -> Option<Shape> {
        self.numbers.shape(self.named)
    }

    /// Share of the cells that have one of these forms.
    pub(in crate::input) fn share(&self, shapes: &[Shape]) -> f64 {
        if let Some(shape) = self.counted() {
            return f64::from(u8::from(shapes.contains(&shape)));
        }
        let all: usize = self.shapes.iter().map(|(_, times)| times).sum();
        let of: usize = self.shapes.iter().filter(|(shape, _)| shapes.contains(shape)).map(|(_, times)| times).sum();
        of as f64 / all.max(1) as f64
    }

    /// The form that most cells have, and their share; `None` for a column without cells.
    pub(in crate::input) fn most(&self) -> Option<(Shape, f64)> {
        if let Some(shape) = self.counted() {
            return Some((shape, 1.0));
        }
        let all: usize = self.shapes.iter().map(|(_, times)| times).sum();
        let (shape, times) = self.shapes.iter().max_by_key(|(shape, times)| (*times, std::cmp::Reverse(*shape)))?;
        Some((*shape, *times as f64 / all as f64))
    }

    /// Order of the dates: only one is left, or all read them alike.
    ///
    /// # Errors
    /// The orders between which the cells do not decide.
    pub(in crate::input) fn dates(&self) -> Result<DateForm, Vec<DateOrder>> {
        let days = |order: DateOrder| self.spans[order as usize].map_or(0, |(first, last)| (last - first).num_days());
        // two digits of a year first would scatter the days of one export over many years
        let scatters = |order: DateOrder| days(order) > 1000 && self.orders.iter().any(|other| days(*other) * 10 < days(order));
        let orders: Vec<DateOrder> =
            self.orders.iter().copied().filter(|order| *order != DateOrder::YearFirst || !scatters(*order)).collect();
        match orders.as_slice() {
            _ if !self.has_order => Ok(DateForm::Plain),
            [only] => Ok(DateForm::In(*only)),
            [first, ..] if self.doubtful.is_none() => Ok(DateForm::In(*first)),
            orders => Err(orders.to_vec()),
        }
    }
}
