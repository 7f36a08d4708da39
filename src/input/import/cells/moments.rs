//! Times of an export. The form of a column is decided from all its cells, never from one: `1/2/26` may be a day of January or of February.

use crate::input::cell::date_form::DateForm;
use crate::input::cell::no_value::is_nothing;
use crate::input::cell::time_range::{range, span};
use crate::time::{ClockTime, DateOrder, Written, place_of_clock, read_date, read_written};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use std::borrow::Cow;

/// Form of a cell that says when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::input) enum Shape {
    /// A date with a time.
    Stamp,
    Date,
    Clock,
    /// An hour of the day as a bare number.
    Hour,
    /// Seconds since 1970, of UTC.
    Epoch,
    /// Milliseconds since 1970, of UTC.
    EpochMillis,
    /// Days since 1899-12-30, as spreadsheets count them.
    Serial,
    /// Eight digits with the year last: `10122026`.
    DigitsYearLast,
    /// A part of a day, as spreadsheets hold a time: `0.375`.
    Fraction,
    /// Minutes or seconds since midnight: only a whole column shows them.
    MinuteOfDay,
    SecondOfDay,
    /// Numbers of intervals, the same.
    Slot,
    Other,
}

/// First and last serial day of the years 1990 to 2199.
const SERIALS: std::ops::Range<f64> = 32_874.0..109_575.0;

/// Form of a cell; `None` where it is blank.
pub(in crate::input) fn shape_of(text: &str) -> Option<Shape> {
    if is_nothing(text) {
        return None;
    }
    let bytes = text.as_bytes();
    if iso(bytes).is_some() {
        return Some(Shape::Stamp);
    }
    if bytes.iter().all(u8::is_ascii_digit) {
        return Some(match bytes.len() {
            1 | 2 if hour_of(text).is_some() => Shape::Hour,
            3 | 4 if text.parse::<ClockTime>().is_ok() => Shape::Clock,
            5 | 6 if is_serial(text) => Shape::Serial,
            8 if read_date(text).is_some() => Shape::Date,
            8 if digits_year_last(text).is_some() => Shape::DigitsYearLast,
            10 => Shape::Epoch,
            12 | 14 if read_written(text).is_ok() => Shape::Stamp,
            13 => Shape::EpochMillis,
            _ => Shape::Other,
        });
    }
    if bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') && text.matches('.').count() == 1 {
        let whole = text.find('.').unwrap_or(0);
        return match whole {
            5 | 6 if is_serial(text) => Some(Shape::Serial),
            10 => Some(Shape::Epoch),
            // spreadsheets and some databases hold hours as 9.0
            1 | 2 if hour_of(text).is_some() => Some(Shape::Hour),
            0 | 1 if fraction(text).is_some() => Some(Shape::Fraction),
            1 | 2 if text.parse::<ClockTime>().is_ok() => Some(Shape::Clock),
            _ => Some(Shape::Other),
        };
    }
    if hour_of(text).is_some() {
        return Some(Shape::Hour);
    }
    let text = plain(text);
    if is_date(&text) {
        return Some(Shape::Date);
    }
    if is_clock(&text) {
        return Some(Shape::Clock);
    }
    let Some((date, clock)) = split(&text) else { return Some(Shape::Other) };
    Some(if is_date(date) && (is_clock(clock) || is_offset_clock(&text)) { Shape::Stamp } else { Shape::Other })
}

/// An hour of the day as a number, with its end or the sign of hours: `9`, `9.0`, `9h`, `9-10`.
fn hour_of(text: &str) -> Option<u32> {
    let is_short = text.len() <= 5 && text.starts_with(|letter: char| letter.is_ascii_digit());
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|hour| hour.fract() == 0.0 && (0.0..=24.0).contains(hour));
    let (start, end) = text.split_once(['-', '–', '~', '－']).filter(|_| is_short).map_or((text, None), |(start, end)| (start, Some(end)));
    let hour = number(start.strip_suffix(['h', 'H']).unwrap_or(start)).filter(|_| is_short)? as u32;
    let fits = |end: &str| number(end).is_some_and(|end| end as u32 == hour + 1 || hour == 23 && end == 0.0);
    end.is_none_or(fits).then_some(hour)
}

/// A part of a day as minutes, where it is whole ones: `0.375`.
fn fraction(text: &str) -> Option<u32> {
    let minutes = text.parse::<f64>().ok().filter(|part| (0.0..1.0).contains(part))? * 1440.0;
    ((minutes - minutes.round()).abs() < 0.02).then_some(minutes.round() as u32)
}

fn is_serial(text: &str) -> bool {
    text.parse::<f64>().is_ok_and(|days| SERIALS.contains(&days))
}

fn is_date(text: &str) -> bool {
    read_date(text).is_some() || !DateOrder::readings(text).is_empty()
}

fn is_clock(text: &str) -> bool {
    text.parse::<ClockTime>().is_ok() || interval(text).is_some()
}

fn is_offset_clock(text: &str) -> bool {
    matches!(read_written(&year_first_of_any(text)), Ok(Written::Utc(_)))
}

/// A text whose date, where its order leaves a doubt, is in any of them: its form alone is asked.
fn year_first_of_any(text: &str) -> Cow<'_, str> {
    let order = split(text).and_then(|(date, _)| DateOrder::readings(date).first().map(|(order, _)| *order));
    order.and_then(|order| DateForm::In(order).year_first(text)).unwrap_or(Cow::Borrowed(text))
}

/// Date and time of a stamp, without the comma that some programs put between them.
pub(in crate::input) fn split(text: &str) -> Option<(&str, &str)> {
    let clock = place_of_clock(text)?;
    Some((text[..clock].trim_end_matches([' ', 'T', ',']), text[clock..].trim()))
}

/// The start that a text names, without the day of the week beside its date, the end of its interval or the name of its zone behind an
/// offset: `Mon, 12 Oct 2026`, `2026-10-12 (周一) 09:00`, `2026-10-12 09:00 - 2026-10-12 09:30`, `…+08:00[Asia/Shanghai]`.
pub(in crate::input) fn plain(text: &str) -> Cow<'_, str> {
    if let Some(stamp) = of_digits(text) {
        return Cow::Owned(stamp);
    }
    let is_plain = |byte: u8| byte.is_ascii_digit() || b"-/:.TZ+".contains(&byte);
    if text.bytes().filter(|byte| *byte == b' ').count() < 2 && text.bytes().all(|byte| byte == b' ' || is_plain(byte)) {
        return Cow::Borrowed(text);
    }
    let text = span(text).map_or(text, |(start, _)| start);
    let text = text.strip_suffix(']').and_then(|text| text.split_once('[')).map_or(text, |(stamp, _)| stamp);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_offset =
        |word: &str| word.len() > 2 && word.starts_with(['+', '-']) && word[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let is_zone = |place: usize| {
        place > 1 && place + 1 == words.len() && is_offset(words[place - 1]) && words[place].bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let is_left_out = |place: usize| words.len() > 1 && is_weekday(words[place]) || is_zone(place);
    if !(0..words.len()).any(is_left_out) {
        return Cow::Borrowed(text);
    }
    Cow::Owned((0..words.len()).filter(|place| !is_left_out(*place)).map(|place| words[place]).collect::<Vec<_>>().join(" "))
}

/// A stamp of digits alone, `202610120900` or `20261012T090000`, with the usual signs between them.
fn of_digits(text: &str) -> Option<String> {
    let digits = text.as_bytes();
    let has_sign = digits.get(8).is_some_and(|sign| matches!(sign, b' ' | b'T'));
    let clock = digits.get(8 + usize::from(has_sign)..).filter(|clock| matches!(clock.len(), 4 | 6))?;
    let is_whole = digits[..8].iter().chain(clock).all(u8::is_ascii_digit);
    let date = text.get(..8).filter(|date| is_whole && read_date(date).is_some())?;
    let clock = &text[text.len() - clock.len()..];
    Some(format!("{}-{}-{} {}:{}", &date[..4], &date[4..6], &date[6..], &clock[..2], &clock[2..4]))
}

/// Whether a word is a day of the week: `Mon,`, `(Monday)`, `周一`.
fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_matches(['(', ')', '（', '）', ',']).to_ascii_lowercase();
    let chinese = word.strip_prefix('周').or_else(|| word.strip_prefix("星期"));
    word.len() > 2 && DAYS.iter().any(|day| day.starts_with(word.as_str())) || chinese.is_some_and(|day| day.chars().count() == 1)
}

/// The two numbers and the year of eight digits with the year last.
pub(in crate::input) fn digits_year_last(text: &str) -> Option<String> {
    let spread = format!("{}/{}/{}", text.get(..2)?, text.get(2..4)?, text.get(4..)?);
    (!DateOrder::readings(&spread).is_empty()).then_some(spread)
}

/// A stamp in the form of most exports, `2026-10-12T09:00` or `2026-10-12 09:00:00`, without more: a log of ten million contacts passes
/// through here.
pub(in crate::input) fn iso(bytes: &[u8]) -> Option<NaiveDateTime> {
    let number = |from: usize, to: usize| {
        let digits = bytes.get(from..to)?;
        digits.iter().try_fold(0_u32, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
    };
    let sign = |place: usize, of: &[u8]| bytes.get(place).is_some_and(|byte| of.contains(byte));
    if !(matches!(bytes.len(), 16 | 19) && sign(4, b"-/") && sign(7, b"-/") && sign(10, b"T ") && sign(13, b":")) {
        return None;
    }
    if bytes.len() == 19 && !(sign(16, b":") && number(17, 19)? < 60) {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(number(0, 4)? as i32, number(5, 7)?, number(8, 10)?)?;
    date.and_hms_opt(number(11, 13)?, number(14, 16)?, 0)
}

/// Start of an interval within a day, and whether its end stands behind it: `09:00-09:30`, `1:00 - 1:30PM` (the mark holds for both).
fn interval(text: &str) -> Option<ClockTime> {
    if let Some((start, true)) = range(text) {
        return start.parse().ok();
    }
    let (start, end) = ["-", "–", "—", "~", "～", "－", "至", "到", " to "].iter().find_map(|sign| text.split_once(sign))?;
    let (start, end) = (start.trim(), end.trim());
    let mark = end.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ':').trim();
    if mark.is_empty() || start.contains(char::is_alphabetic) {
        return None;
    }
    let to: ClockTime = end.parse().ok()?;
    let fits = |from: &ClockTime| {
        let length = (to.minutes() + 24 * 60 - from.minutes()) % (24 * 60);
        (1..=120).contains(&length)
    };
    ["AM", "PM"].iter().filter_map(|half| format!("{start} {half}").parse().ok()).find(fits)
}

/// A time as written, and whether more of it must be known to read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) struct Moment {
    /// In local time or in UTC.
    pub(in crate::input) written: Written,
    /// Whether it has a time of day.
    pub(in crate::input) has_clock: bool,
}

/// Form of the times of a column.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Form {
    pub(in crate::input) shape: Shape,
    pub(in crate::input) dates: DateForm,
}

impl Form {
    /// The date of a cell.
    pub(in crate::input) fn date(self, text: &str) -> Option<NaiveDate> {
        match self.shape {
            Shape::Serial => serial(text).map(|moment| moment.date()),
            Shape::DigitsYearLast => read_date(&self.dates.year_first(&digits_year_last(text)?)?),
            _ => {
                let text = plain(text);
                let text = split(&text).map_or(&*text, |(date, _)| date);
                read_date(&self.dates.year_first(text)?)
            }
        }
    }

    /// The time of a cell with a date.
    pub(in crate::input) fn moment(self, text: &str) -> Option<Moment> {
        if let Some(stamp) = iso(text.as_bytes()) {
            return Some(Moment { written: Written::Local(stamp), has_clock: true });
        }
        let local = |stamp| Some(Moment { written: Written::Local(stamp), has_clock: true });
        let utc = |stamp| Some(Moment { written: Written::Utc(stamp), has_clock: true });
        match self.shape {
            Shape::Epoch => utc(DateTime::from_timestamp(text.parse::<f64>().ok()? as i64, 0)?.naive_utc()),
            Shape::EpochMillis => utc(DateTime::from_timestamp_millis(text.parse().ok()?)?.naive_utc()),
            Shape::Serial => local(serial(text)?),
            _ => {
                let whole = plain(text);
                let Some((date, clock)) = split(&whole).filter(|(date, _)| is_date(date)) else {
                    let date = self.date(text)?;
                    return Some(Moment { written: Written::Local(date.and_hms_opt(0, 0, 0)?), has_clock: false });
                };
                let date = read_date(&self.dates.year_first(date)?)?;
                match clock_of(clock).filter(|_| !ends_in_offset(&whole, clock)) {
                    Some(clock) => local(clock.on(date)),
                    None => Some(Moment { written: read_written(&format!("{date} {clock}")).ok()?, has_clock: true }),
                }
            }
        }
    }
}

/// A time in the form that a map names: a date and time, with or without an offset, or a date alone.
pub(in crate::input) fn by_format(text: &str, format: &str) -> Option<Moment> {
    let utc = DateTime::parse_from_str(text, format).ok().map(|stamp| Written::Utc(stamp.naive_utc()));
    let date = || NaiveDate::parse_from_str(text, format).ok().map(|date| date.and_time(NaiveTime::MIN));
    let written = utc.or_else(|| NaiveDateTime::parse_from_str(text, format).ok().or_else(date).map(Written::Local))?;
    Some(Moment { written, has_clock: true })
}

/// Whether a stamp ends in an offset that could be the end of an interval too: `2026-10-12T03:00:00-05:00`.
fn ends_in_offset(stamp: &str, clock: &str) -> bool {
    let Some((start, end)) = clock.rsplit_once('-') else { return false };
    end.len() == 5 && end.as_bytes()[2] == b':' && (start.len() == 8 || stamp.as_bytes().get(10) == Some(&b'T'))
}

/// A moment of UTC without the part of a minute.
fn serial(text: &str) -> Option<NaiveDateTime> {
    let days: f64 = text.parse().ok().filter(|days| SERIALS.contains(days))?;
    let minutes = (days * 1440.0 + 1e-3).floor();
    NaiveDate::from_ymd_opt(1899, 12, 30)?.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::minutes(minutes as i64))
}

/// Time of day of a cell: a clock time, the start of an interval, or an hour.
pub(in crate::input) fn clock_of(text: &str) -> Option<ClockTime> {
    match shape_of(text) {
        Some(Shape::Hour) => return ClockTime::from_minutes(hour_of(text)? * 60),
        Some(Shape::Fraction) => return ClockTime::from_minutes(fraction(text)?),
        _ => {}
    }
    text.parse().ok().or_else(|| interval(text)).or_else(|| {
        // a clock time after a date that says the same again
        let (_, clock) = split(text)?;
        clock.parse().ok()
    })
}

/// A local time with a time of day.
pub(in crate::input) fn local(stamp: NaiveDateTime) -> Moment {
    Moment { written: Written::Local(stamp), has_clock: true }
}
