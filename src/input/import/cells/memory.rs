//! What has been read of a column's times. A log of ten million contacts has few days and hours, and any form but the usual one is slow
//! to read.

use std::collections::HashMap;

/// Different cells that are remembered: more than a day has seconds.
const MOST: usize = 100_000;

/// What a reader said of cells.
#[derive(Clone, Debug)]
pub(in crate::input) struct Memory<T> {
    known: HashMap<String, T>,
    /// The full hour of the stamp read last.
    hour: String,
}

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self { known: HashMap::new(), hour: String::new() }
    }
}

/// Time of a stamp since its full hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::input) struct Within {
    pub(in crate::input) minute: u32,
    pub(in crate::input) has_seconds: bool,
}

impl<T: Copy> Memory<T> {
    /// What `read` says of a cell.
    pub(in crate::input) fn of(&mut self, text: &str, read: impl FnOnce(&str) -> T) -> T {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let said = read(text);
        self.known.insert(text.to_owned(), said);
        said
    }

    /// What `read` says of the full hour of a stamp, with the time since then; `None` where the stamp may say more than one time.
    pub(in crate::input) fn of_hour(&mut self, text: &str, read: impl FnOnce(&str) -> T) -> Option<(T, Within)> {
        let mut hour = std::mem::take(&mut self.hour);
        let within = full_hour(text, &mut hour);
        let said = within.map(|within| (self.of(&hour, read), within));
        self.hour = hour;
        said
    }
}

/// Writes a stamp with zeros for its minutes and seconds; `None` where it is not a date before a time of day, with a mark such as PM, Z or
/// `+08:00` behind it at most.
fn full_hour(text: &str, hour: &mut String) -> Option<Within> {
    let bytes = text.as_bytes();
    let is_digit = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    let below_60 = |place: usize| {
        let number = |place: usize| u32::from(bytes[place] - b'0');
        (is_digit(place) && is_digit(place + 1)).then(|| number(place) * 10 + number(place + 1)).filter(|number| *number < 60)
    };
    let colon = bytes.iter().position(|byte| *byte == b':').filter(|colon| *colon > 7)?;
    let digits = (1..4).take_while(|before| is_digit(colon - before)).count();
    // an hour of 24 ends its day, and no minute follows it
    if !(digits == 1 || digits == 2 && below_60(colon - 2)? < 24) {
        return None;
    }
    let minute = below_60(colon + 1)?;
    let has_third = bytes.get(colon + 3) == Some(&b':');
    let mut end = colon + 3;
    if has_third {
        below_60(colon + 4)?;
        end = colon + 6;
        if bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
            end += 1 + bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        }
    }
    let behind = &bytes[end..];
    let is_offset = matches!(behind, [b'+' | b'-', rest @ ..] if has_third && matches!(rest.len(), 4 | 5))
        && behind[1..].iter().enumerate().all(|(place, byte)| byte.is_ascii_digit() || place == 2 && *byte == b':');
    if !is_offset && behind.iter().any(|byte| byte.is_ascii_digit() || *byte == b':') {
        return None;
    }
    hour.clear();
    hour.push_str(&text[..=colon]);
    hour.extend(text[colon + 1..end].chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }));
    hour.push_str(&text[end..]);
    let has_seconds = bytes[colon + 3..end].iter().any(|byte| matches!(byte, b'1'..=b'9'));
    Some(Within { minute, has_seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_one_hour_differ_in_minutes_and_seconds_alone() {
        let of = |text: &str| {
            let mut hour = String::new();
            full_hour(text, &mut hour).map(|within| (hour, within.minute, within.has_seconds))
        };
        let is = |hour: &str, minute: u32, has_seconds: bool| Some((hour.to_owned(), minute, has_seconds));
        assert_eq!(of("03/11/2025 09:05:42"), is("03/11/2025 09:00:00", 5, true));
        assert_eq!(of("11/3/2025 9:59 PM"), is("11/3/2025 9:00 PM", 59, false));
        assert_eq!(of("2025-11-03T09:05:00.250+08:00"), is("2025-11-03T09:00:00.000+08:00", 5, true));
        assert_eq!(of("2025年11月3日 9:05"), is("2025年11月3日 9:00", 5, false));
        // an end of an interval, or too large for a clock
        for text in [
            "2025-11-03 09:00-09:30",
            "2025-11-03 24:00",
            "03/11/2025 9:60",
            "09:05:42",
            "2025-11-03",
            "03/11/2025 9:05:1",
            "日期: 2025-11-03 9:05",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
