//! Planning time: equal intervals on a grid, days of a horizon, clock times up to 24:00.
//!
//! Times are local to the plan, or to the place of a [`Clocks`](crate::zone::Clocks). Nothing here reads a clock.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use std::fmt;
use std::ops::{Index, IndexMut};

mod clock;
mod clock_words;
mod interval;
mod month_names;
mod orders;

pub use clock::{ClockTime, DAY_MINUTES, TimeError};
pub use interval::Interval;
pub use month_names::date_before as date_with_name;
pub use orders::DateOrder;

/// Days covered by a plan.
///
/// ```
/// use peakshift::time::{Horizon, Interval, read_date};
/// let week = Horizon { first: read_date("2026-11-30").unwrap(), days: 7 };
/// assert_eq!((week.dates().last(), week.end(), week.day_of(week.end())), (Some(week.date(6)), week.date(7), None));
/// let (grid, ten) = (week.grid(Interval::HALF_HOUR), week.date(1).and_hms_opt(10, 0, 0).unwrap());
/// assert_eq!((grid.len(), grid.index_of(ten)), (336, Some(48 + 20))); // ten o'clock on the second day
/// assert_eq!((grid.day_of(68), grid.slot_of_day(68), grid.start(68), grid.end(67)), (1, 20, ten, ten));
/// assert_eq!((grid.date_of(68), grid.horizon()), (week.date(1), week));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// The first day.
    pub first: NaiveDate,
    /// Number of days.
    pub days: usize,
}

impl fmt::Display for Horizon {
    /// Writes the first and the last day.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.date(self.days.saturating_sub(1)))
    }
}

impl Horizon {
    /// All days, in order.
    #[must_use]
    pub fn dates(self) -> impl DoubleEndedIterator<Item = NaiveDate> + Clone {
        (0..self.days).map(move |day| self.date(day))
    }

    /// The date of a day counted from 0.
    #[must_use]
    pub fn date(self, day: usize) -> NaiveDate {
        self.first + Days::new(day as u64)
    }

    /// The first day after it.
    #[must_use]
    pub fn end(self) -> NaiveDate {
        self.date(self.days)
    }

    /// The number of a date counted from the first day, if it lies inside.
    #[must_use]
    pub fn day_of(self, date: NaiveDate) -> Option<usize> {
        usize::try_from((date - self.first).num_days()).ok().filter(|&day| day < self.days)
    }

    /// The grid of its intervals.
    #[must_use]
    pub fn grid(self, interval: Interval) -> TimeGrid {
        TimeGrid { first: self.first, interval, len: self.days * interval.per_day() }
    }
}

/// Consecutive equal intervals from a midnight on. Its methods stand in the example of [`Horizon`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeGrid {
    first: NaiveDate,
    interval: Interval,
    len: usize,
}

impl TimeGrid {
    /// Length of each interval.
    #[must_use]
    pub const fn interval(self) -> Interval {
        self.interval
    }

    /// Number of intervals.
    #[must_use]
    pub const fn len(self) -> usize {
        self.len
    }

    /// Whether it has no interval.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// Start of an interval.
    #[must_use]
    pub fn start(self, index: usize) -> NaiveDateTime {
        self.first.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(self.interval.minutes()) * index as i64)
    }

    /// End of an interval.
    #[must_use]
    pub fn end(self, index: usize) -> NaiveDateTime {
        self.start(index + 1)
    }

    /// The interval that contains a time, if it lies on the grid.
    #[must_use]
    pub fn index_of(self, time: NaiveDateTime) -> Option<usize> {
        let minutes = (time - self.first.and_time(NaiveTime::MIN)).num_minutes();
        usize::try_from(minutes.div_euclid(i64::from(self.interval.minutes()))).ok().filter(|&index| index < self.len)
    }

    /// The day of an interval, counted from 0.
    #[must_use]
    pub fn day_of(self, index: usize) -> usize {
        index / self.interval.per_day()
    }

    /// The position of an interval in its day, counted from midnight.
    #[must_use]
    pub fn slot_of_day(self, index: usize) -> usize {
        index % self.interval.per_day()
    }

    /// The date of an interval.
    #[must_use]
    pub fn date_of(self, index: usize) -> NaiveDate {
        self.first + Days::new(self.day_of(index) as u64)
    }

    /// The days it covers, the last one possibly in part.
    #[must_use]
    pub fn horizon(self) -> Horizon {
        Horizon { first: self.first, days: self.len.div_ceil(self.interval.per_day()) }
    }
}

/// One value for every interval of a grid.
///
/// ```
/// use peakshift::time::{Horizon, Interval, Series, read_date};
/// let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// let calls = Series::from_fn(grid, |index| if index < 18 { 0 } else { 25 }); // from 09:00 on
/// assert_eq!(calls.map(|count| 2 * count).values()[16..20], [0, 0, 50, 50]);
/// assert_eq!((calls.iter().nth(18), calls[17]), (Some((grid.start(18), &25)), 0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Series<T> {
    grid: TimeGrid,
    values: Vec<T>,
}

impl<T> Series<T> {
    /// A series computed from interval numbers.
    pub fn from_fn(grid: TimeGrid, value: impl FnMut(usize) -> T) -> Self {
        Self { grid, values: (0..grid.len()).map(value).collect() }
    }

    /// The grid of the series.
    #[must_use]
    pub const fn grid(&self) -> TimeGrid {
        self.grid
    }

    /// Values in order of time.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// A series on the same grid with each value mapped.
    pub fn map<U>(&self, value: impl FnMut(&T) -> U) -> Series<U> {
        Series { grid: self.grid, values: self.values.iter().map(value).collect() }
    }

    /// Start and value of each interval, in order of time.
    pub fn iter(&self) -> impl Iterator<Item = (NaiveDateTime, &T)> {
        self.values.iter().enumerate().map(|(index, value)| (self.grid.start(index), value))
    }
}

impl<T> Index<usize> for Series<T> {
    type Output = T;
    fn index(&self, index: usize) -> &T {
        &self.values[index]
    }
}

impl<T> IndexMut<usize> for Series<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.values[index]
    }
}

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// In local time.
    Local(NaiveDateTime),
    /// In UTC, converted where an offset was written.
    Utc(NaiveDateTime),
}

/// Reads a date and time that may have a UTC offset: `2026-11-09T08:30Z`, `2026-11-09 08:30:00+08:00`, `… UTC+8`.
///
/// # Errors
/// [`TimeError::Stamp`] with the unreadable text.
///
/// ```
/// use peakshift::time::{Written, read_stamp, read_written};
/// assert_eq!(read_written("2026-11-09 08:30 UTC+8")?, Written::Utc(read_stamp("2026-11-09T00:30")?));
/// assert_eq!(read_written("202611090830")?, Written::Local(read_stamp("2026-11-09T08:30")?));
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
pub fn read_written(text: &str) -> Result<Written, TimeError> {
    let refuse = || TimeError::Stamp(text.to_owned());
    let whole = text.trim();
    if let Some((date, clock)) = month_names::date_before(whole) {
        return read_written(&format!("{date}{clock}")).map_err(|_| refuse());
    }
    // dates contain the same signs: an offset follows a clock time
    let Some(clock) = place_of_clock(whole) else { return read_stamp(whole).map(Written::Local) };
    let behind = ["Z", "z", " UTC", "UTC", " GMT", "GMT"].iter().find_map(|word| whole[clock..].strip_suffix(word));
    if let Some(before) = behind {
        return read_stamp(&whole[..clock + before.len()]).map(Written::Utc).map_err(|_| refuse());
    }
    let Some(sign) = whole[clock..].rfind(['+', '-', '−']).map(|place| clock + place) else {
        return read_stamp(whole).map(Written::Local);
    };
    let ahead = offset_minutes(&whole[sign..]).ok_or_else(refuse)?;
    let local = read_stamp(whole[..sign].trim_end_matches("UTC").trim_end_matches("GMT")).map_err(|_| refuse())?;
    Ok(Written::Utc(local - TimeDelta::minutes(ahead)))
}

/// Byte position of the clock time in a text that begins with a date.
///
/// ```
/// assert_eq!(peakshift::time::place_of_clock("2026-11-09T08:30"), Some(11));
/// ```
#[must_use]
pub fn place_of_clock(text: &str) -> Option<usize> {
    let date_ends = date_with_name(text).map(|(_, clock)| text.len() - clock.len());
    let sign = date_ends.map_or_else(|| text.find(['T', ' ']), |end| text[end..].starts_with(['T', ' ']).then_some(end));
    sign.map(|sign| sign + 1)
}

/// Minutes ahead of UTC: `+08:00`, `+0800`, `-5`.
fn offset_minutes(text: &str) -> Option<i64> {
    let (is_behind, digits) = text.strip_prefix('+').map(|rest| (false, rest)).or_else(|| Some((true, text.strip_prefix(['-', '−'])?)))?;
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(parts), _) => parts,
        (None, 1 | 2) => (digits, "0"),
        (None, 4) => digits.split_at_checked(2)?,
        _ => return None,
    };
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then_some(if is_behind { -1 } else { 1 } * (hours * 60 + minutes))
}

/// Reads a local date and time: `2026-11-09T08:30`, a form with a space or slashes as Excel writes it, `24:00`, digits alone
/// (`202611090830`), or a date alone (its midnight). Seconds are dropped.
///
/// # Errors
/// [`TimeError::Stamp`] with the unreadable text.
///
/// ```
/// use peakshift::time::read_stamp;
/// assert_eq!(read_stamp("2026/11/9 24:00")?, read_stamp("2026-11-10")?);
/// # Ok::<(), peakshift::time::TimeError>(())
/// ```
pub fn read_stamp(text: &str) -> Result<NaiveDateTime, TimeError> {
    let refuse = || TimeError::Stamp(text.to_owned());
    let text = text.trim();
    if let Some((date, clock)) = month_names::date_before(text) {
        return read_stamp(&format!("{date}{clock}")).map_err(|_| refuse());
    }
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (date, clock) = match text.split_once(['T', ' ']) {
        Some(parts) => parts,
        None if is_digits(text) && matches!(text.len(), 12 | 14) => text.split_at(8),
        None => text.split_once('日').filter(|(_, clock)| !clock.is_empty()).unwrap_or((text, "00:00")),
    };
    let date = read_date(date).ok_or_else(refuse)?;
    let clock = clock.trim();
    let with_sign = (is_digits(clock) && matches!(clock.len(), 4 | 6)).then(|| format!("{}:{}", &clock[..2], &clock[2..4]));
    let clock: ClockTime = with_sign.as_deref().unwrap_or(clock).parse().map_err(|_| refuse())?;
    Ok(clock.on(date))
}

/// Whether a text has a clock time with seconds other than 0, which no time of this program has.
///
/// ```
/// assert!(peakshift::time::has_seconds("08:30:15") && !peakshift::time::has_seconds("08:30:00"));
/// ```
#[must_use]
pub fn has_seconds(text: &str) -> bool {
    let seconds =
        |clock: &str| clock.split([':', '：']).nth(2).is_some_and(|seconds| seconds.contains(|digit| ('1'..='9').contains(&digit)));
    text.split(['T', ' ', ';', '/']).any(seconds)
}

/// Reads a date in the years 1990 to 2199: `2026-11-09`, `2026/11/9`, `2026.11.9`, `2026年11月9日` or `20261109`. A year at the end is read
/// only where day and month cannot be confused (`30.11.2026`, `11/30/2026`) or the month is a word (`30-Nov-26`, `Nov 30, 2026`).
///
/// ```
/// assert_eq!(peakshift::time::read_date("30-Nov-26"), peakshift::time::read_date("2026年11月30日"));
/// assert_eq!(peakshift::time::read_date("11/12/2026"), None); // in November or in December
/// ```
#[must_use]
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if let Some((date, rest)) = month_names::date_before(text) {
        return Some(date).filter(|_| rest.is_empty());
    }
    let is_digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let year_first = if is_digits {
        format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])
    } else {
        text.replace(['/', '.', '年', '月'], "-").replace(['日', '号'], "")
    };
    let date = NaiveDate::parse_from_str(&year_first, "%Y-%m-%d").ok().filter(|date| (1990..2200).contains(&date.year()));
    date.or_else(|| DateOrder::only_reading(text))
}

/// Reads a month as its first day: `2026-11`, `2026/11`, `2026年11月`, `202611`, or that day itself, as spreadsheets convert it.
///
/// ```
/// use peakshift::time::{read_date, read_month};
/// assert_eq!(read_month("2026年11月"), read_date("2026-11-01"));
/// assert_eq!(read_month("2026-11-02"), None);
/// ```
#[must_use]
pub fn read_month(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('月');
    let is_digits = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let month = if is_digits { format!("{text}01") } else { format!("{text}-01") };
    read_date(&month).or_else(|| read_date(text).filter(|date| date.day() == 1))
}

/// The Monday of a date's week.
///
/// ```
/// use peakshift::time::{read_date, week_of};
/// assert_eq!(Some(week_of(read_date("2026-12-02").unwrap())), read_date("2026-11-30"));
/// ```
#[must_use]
pub fn week_of(date: NaiveDate) -> NaiveDate {
    date.week(Weekday::Mon).first_day()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        read_date(text).unwrap()
    }

    #[test]
    fn twenty_four_oclock_is_the_next_midnight() {
        let end: ClockTime = "24:00".parse().unwrap();
        assert_eq!(end.on(date("2026-12-31")), read_stamp("2027-01-01T00:00").unwrap());
    }

    #[test]
    fn impossible_clock_times_are_refused() {
        for text in ["24:30", "25:00", "8", "12:60", "", "a:b"] {
            assert!(text.parse::<ClockTime>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_grid_finds_its_own_intervals() {
        let grid = Horizon { first: date("2026-11-30"), days: 7 }.grid(Interval::HALF_HOUR);
        assert_eq!(grid.len(), 336);
        for index in [0, 47, 48, 335] {
            assert_eq!(grid.index_of(grid.start(index)), Some(index));
        }
        assert_eq!(grid.index_of(read_stamp("2026-12-07").unwrap()), None);
        assert_eq!(grid.index_of(read_stamp("2026-11-29T23:59").unwrap()), None);
    }

    #[test]
    fn seven_minutes_do_not_divide_a_day() {
        assert_eq!(Interval::from_minutes(7), Err(TimeError::Interval(7)));
        assert_eq!(Interval::from_minutes(0), Err(TimeError::Interval(0)));
    }
}
