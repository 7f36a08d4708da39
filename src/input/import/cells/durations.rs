//! Durations of an export, `7.5`, `7:30`, `:12`, `0:07:30`, `2分30秒`, `28秒`, `1h 02m 03s`, in the unit that the whole column shows.

use crate::input::cell::no_value::is_nothing;
use crate::input::import::cells::numbers::{Sign, digits};
use crate::input::import::cells::plausible::is_plausible;

/// Form of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Number,
    /// Two numbers with a colon: minutes and seconds, or hours and minutes.
    TwoParts,
    /// Hours, minutes and seconds, or a colon before the seconds: nothing else can be meant.
    Clear,
}

/// Words of units, longest first where one begins another, in seconds.
const UNITS: [(&str, f64); 22] = [
    ("小时", 3600.0),
    ("时", 3600.0),
    ("分钟", 60.0),
    ("分", 60.0),
    ("毫秒", 0.001),
    ("秒钟", 1.0),
    ("秒", 1.0),
    ("天", 86400.0),
    ("days", 86400.0),
    ("day", 86400.0),
    ("hours", 3600.0),
    ("hour", 3600.0),
    ("hrs", 3600.0),
    ("hr", 3600.0),
    ("h", 3600.0),
    ("minutes", 60.0),
    ("minute", 60.0),
    ("mins", 60.0),
    ("min", 60.0),
    ("ms", 0.001),
    ("m", 60.0),
    ("d", 86400.0),
];
const SECONDS: [&str; 5] = ["seconds", "second", "secs", "sec", "s"];

/// Seconds of a duration whose parts name their units: `2分30秒`.
fn in_words(text: &str) -> Option<f64> {
    let text = text.trim();
    // ISO 8601: PT5M7S
    let (mut rest, mut seconds, mut parts) = (text.strip_prefix("PT").unwrap_or(text), 0.0, 0);
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let number: f64 = rest[..end].parse().ok()?;
        let behind = rest[end..].trim_start().to_lowercase();
        let known = UNITS.iter().copied().chain(SECONDS.map(|word| (word, 1.0)));
        let (word, size) = known.filter(|(word, _)| behind.starts_with(word)).max_by_key(|(word, _)| word.len())?;
        let skipped = rest[end..].len() - rest[end..].trim_start().len();
        rest = rest.get(end + skipped + word.len()..)?.trim_start_matches([' ', ',', '零']);
        seconds += number * size;
        parts += 1;
    }
    (parts > 0).then_some(seconds)
}

/// Numbers between colons, and how many there are.
#[derive(Clone, Copy, Debug)]
struct Parts {
    numbers: [f64; 4],
    len: usize,
}

/// Two to four numbers between colons; an empty first one is 0: `:12`.
fn parts(text: &str) -> Option<Parts> {
    let mut parts = Parts { numbers: [0.0; 4], len: 0 };
    let mut rest = Some(text);
    while let Some(text) = rest {
        let (part, behind) = text.split_once([':', '：']).map_or((text, None), |(part, behind)| (part, Some(behind)));
        let part = part.trim();
        let fits = part.bytes().all(|byte| byte.is_ascii_digit() || behind.is_none() && byte == b'.');
        let number = if part.is_empty() && parts.len == 0 { 0.0 } else { part.parse().ok().filter(|_| fits && !part.is_empty())? };
        *parts.numbers.get_mut(parts.len)? = number;
        parts.len += 1;
        rest = behind;
    }
    let most = |place: usize| if parts.len == 4 && place == 1 { 24.0 } else { 60.0 };
    let fits = parts.len > 1 && (1..parts.len).all(|place| parts.numbers[place] < most(place));
    fits.then_some(parts)
}

fn shape_of(text: &str) -> Shape {
    match parts(text) {
        Some(parts) if parts.len == 2 && !text.starts_with([':', '：']) && !text.contains('.') => Shape::TwoParts,
        Some(_) => Shape::Clear,
        None if in_words(text).is_some() => Shape::Clear,
        None => Shape::Number,
    }
}

/// Meaning of two numbers with a colon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::input) enum TwoParts {
    #[default]
    MinutesSeconds,
    HoursMinutes,
    /// Both are possible: the planner must say.
    Doubtful,
}

/// Number of cells with two parts after which further ones change no mean.
const ENOUGH: usize = 100_000;

/// Evidence of a column of durations.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Evidence {
    two_parts: usize,
    three_parts: usize,
    leading_colon: bool,
    /// Sum of all first and second parts of cells with two.
    sums: (f64, f64),
    first: Option<(usize, String)>,
}

impl Evidence {
    pub(in crate::input) fn see(&mut self, line: usize, text: &str) {
        if !text.contains([':', '：']) || self.two_parts > ENOUGH && text.matches(':').count() == 1 && !text.starts_with(':') {
            return;
        }
        match shape_of(text) {
            Shape::TwoParts => {
                let [first, second, ..] = parts(text).expect("two parts were found").numbers;
                self.sums = (self.sums.0 + first, self.sums.1 + second);
                self.two_parts += 1;
                self.first.get_or_insert_with(|| (line, text.to_owned()));
            }
            Shape::Clear if text.starts_with([':', '：']) => self.leading_colon = true,
            Shape::Clear => self.three_parts += 1,
            Shape::Number => {}
        }
    }

    /// Whether the column omits the minutes (`:12`) or writes hours elsewhere: two parts are minutes and seconds in the whole file.
    pub(in crate::input) fn shows_seconds(&self) -> bool {
        self.leading_colon || self.three_parts > 0
    }

    /// Meaning of two parts: where the file omits the minutes (`:12`) or writes hours elsewhere, minutes and seconds; else the reading whose
    /// mean handling time is one that people have.
    pub(in crate::input) fn two_parts(&self) -> TwoParts {
        if !self.is_open() {
            return TwoParts::MinutesSeconds;
        }
        let mean = |units: (f64, f64)| (self.sums.0 * units.0 + self.sums.1 * units.1) / self.two_parts as f64;
        match (is_plausible(mean((60.0, 1.0))), is_plausible(mean((3600.0, 60.0)))) {
            (true, false) => TwoParts::MinutesSeconds,
            (false, true) => TwoParts::HoursMinutes,
            _ => TwoParts::Doubtful,
        }
    }

    /// Whether only its mean tells what two parts are.
    pub(in crate::input) fn is_open(&self) -> bool {
        self.two_parts > 0 && !self.leading_colon && self.three_parts == 0
    }

    /// First cell with two parts.
    pub(in crate::input) fn example(&self) -> Option<&(usize, String)> {
        self.first.as_ref()
    }
}

/// Largest duration of a row, in its unit: a hundred million contacts of a day.
const MOST_SECONDS: f64 = 1e12;

/// Form of the durations of a column.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Form {
    /// Seconds of a bare number.
    pub(in crate::input) unit: f64,
    pub(in crate::input) two_parts: TwoParts,
    pub(in crate::input) sign: Sign,
}

/// A duration in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::input) enum Read {
    Blank,
    Seconds(f64),
    Unreadable,
}

impl Form {
    /// Seconds of a cell.
    pub(in crate::input) fn seconds(self, text: &str) -> Read {
        let read = |seconds: f64| if (0.0..=MOST_SECONDS).contains(&seconds) { Read::Seconds(seconds) } else { Read::Unreadable };
        if let Some(number) = digits(text) {
            return read(number * self.unit);
        }
        if is_nothing(text) || text.eq_ignore_ascii_case("#n/a") {
            return Read::Blank;
        }
        let has_parts = text.contains([':', '：']);
        if let Some(number) = if has_parts { None } else { self.sign.number(text) } {
            return read(number * self.unit);
        }
        let Some(parts) = parts(text) else { return in_words(text).map_or(Read::Unreadable, read) };
        let sizes: &[f64] = match (parts.len, self.two_parts) {
            (2, TwoParts::HoursMinutes) => &[3600.0, 60.0],
            (2, _) => &[60.0, 1.0],
            (3, _) => &[3600.0, 60.0, 1.0],
            _ => &[86400.0, 3600.0, 60.0, 1.0],
        };
        read(parts.numbers.iter().zip(sizes).map(|(number, size)| number * size).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Form = Form { unit: 1.0, two_parts: TwoParts::MinutesSeconds, sign: Sign::Point };

    #[test]
    fn every_duration_is_read_in_every_form_that_systems_write() {
        for seconds in (0..40_000).step_by(7) {
            let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
            let mut written = vec![
                format!("{h}:{m:02}:{s:02}"),
                format!("{h:02}:{m:02}:{s:02}"),
                format!("0:{h:02}:{m:02}:{s:02}"),
                format!("{}:{s:02}", seconds / 60),
                format!("{seconds}秒"),
                format!("{}分{s}秒", seconds / 60),
                format!("{h}小时{m}分钟{s}秒"),
                format!("{h}h {m:02}m {s:02}s"),
                format!("PT{h}H{m}M{s}S"),
                format!("{} min {s} sec", seconds / 60),
                format!("{h}:{m:02}:{s:02}.0"),
                seconds.to_string(),
            ];
            if seconds < 60 {
                written.extend([format!(":{s:02}"), format!("00:{s:02}")]);
            }
            for text in written {
                assert_eq!(PLAIN.seconds(&text), Read::Seconds(f64::from(seconds)), "{text}");
            }
        }
    }

    #[test]
    fn what_is_no_duration_is_not_read() {
        for text in ["abc", "1:60", "1:2:3:4:5", "-1:00", "12 apples", ":", "5分x", "1:30 PM", "2026-11-02"] {
            assert_eq!(PLAIN.seconds(text), Read::Unreadable, "{text}");
        }
        assert_eq!(["", "-", "--", "N/A"].map(|text| PLAIN.seconds(text)), [Read::Blank; 4]);
    }

    #[test]
    fn two_parts_are_what_the_column_says() {
        let of = |cells: &[&str]| {
            let mut evidence = Evidence::default();
            cells.iter().for_each(|cell| evidence.see(1, cell));
            evidence.two_parts()
        };
        assert_eq!(of(&["4:20", ":40"]), TwoParts::MinutesSeconds);
        assert_eq!(of(&["59:20", "1:02:40"]), TwoParts::MinutesSeconds);
        assert_eq!(of(&["4:20", "5:10"]), TwoParts::MinutesSeconds); // four hours for a contact are none
        assert_eq!(of(&["0:05", "0:06"]), TwoParts::HoursMinutes); // five seconds are none
        assert_eq!(of(&["0:50", "1:10"]), TwoParts::Doubtful);
    }
}
