//! Dates whose month is a word: `02-Nov-26`, `2 November 2026`, `Nov 2, 2026`.

use super::orders::date_of;
use chrono::NaiveDate;

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/// Letters of the shortest name.
const SHORT: usize = 3;

/// Number of a month from its English name or an abbreviation.
fn month(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let place = MONTHS.iter().position(|name| word.len() >= SHORT && name.starts_with(word.as_str()))?;
    Some(place as u32 + 1)
}

/// The date at the beginning of a text and the text after it, if its month is a word. The year is the number of four digits, else the later
/// of the two numbers.
///
/// ```
/// use peakshift::time::{date_with_name, read_date};
/// let (date, clock) = date_with_name("2 November 2026 09:30").unwrap();
/// assert_eq!((Some(date), clock), (read_date("2026-11-02"), " 09:30"));
/// ```
#[must_use]
pub fn date_before(text: &str) -> Option<(NaiveDate, &str)> {
    // nearly every date has digits alone and skips the rest
    text.as_bytes().windows(SHORT).take(6).any(|letters| letters.iter().all(u8::is_ascii_alphabetic)).then_some(())?;
    let (mut parts, mut rest) = ([""; 3], text.trim_start());
    for (place, part) in parts.iter_mut().enumerate() {
        let is_end = |sign: char| !sign.is_ascii_alphanumeric();
        // `2026T09:00`: a time follows the last part
        let end = rest.find(is_end).unwrap_or(rest.len());
        let end = if place == 2 { rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len()) } else { end };
        *part = &rest[..end];
        rest = &rest[end..];
        if place < 2 {
            rest = rest.trim_start_matches([' ', '-', '/', '.', ',']);
        }
    }
    let (name, numbers) = match month(parts[0]) {
        Some(month) => (month, [parts[1], parts[2]]),
        None => (month(parts[1])?, [parts[0], parts[2]]),
    };
    let [day, year] = if numbers[0].len() == 4 { [numbers[1], numbers[0]] } else { numbers };
    let date = date_of(year, name, day)?;
    Some((date, rest))
}

#[cfg(test)]
mod tests {
    use super::super::{read_date, read_stamp};
    use super::*;
    use chrono::Datelike;

    #[test]
    fn every_day_of_two_years_is_read_with_the_name_of_its_month() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for date in first.iter_days().take(730) {
            for form in ["%d-%b-%y", "%-d-%b-%Y", "%d/%b/%Y", "%-d %B %Y", "%B %-d, %Y", "%b %d %Y", "%d.%b.%Y", "%Y-%b-%d"] {
                for text in [date.format(form).to_string(), date.format(form).to_string().to_uppercase()] {
                    assert_eq!(read_date(&text), Some(date), "{text}");
                    for clock in ["09:30", "9:30 AM", "09:30:00"] {
                        assert_eq!(read_stamp(&format!("{text} {clock}")).unwrap(), date.and_hms_opt(9, 30, 0).unwrap(), "{text} {clock}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["31-Nov-26", "02-Novo-26", "Nov", "Nov-26", "02-No-26", "2-Nov-126", "Mon 2 2026", "2-Nov-26x", "Nov 26", "may"] {
            assert_eq!(read_date(text), None, "{text}");
        }
        assert_eq!(read_date("29-Feb-28").map(|date| date.day()), Some(29));
        assert_eq!(read_date("29-Feb-27"), None);
    }
}
