//! Dates moved by a year in their written format.

use crate::time::{date_with_name, read_date};
use chrono::{Datelike, NaiveDate};
use std::ops::Range;

/// Start and end of an event on the same dates of the next year, in their own formats; `None` if either is no date.
///
/// Each date moves by its own year, so that an event over New Year ends after it starts. 29 February becomes the last day of February as a
/// start and 1 March as an end; an event on that day alone stays on one day. Every event keeps its length.
pub(super) fn a_year_later(start: &str, end: &str) -> Option<(String, String)> {
    let (from, until) = (date_of(start)?, date_of(end)?);
    let is_leap_day = |date: NaiveDate| (date.month(), date.day()) == (2, 29);
    let later = |date: NaiveDate, (month, day): (u32, u32)| {
        let year = date.year() + 1;
        date.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, month, day))
    };
    let last_of_february = (2, 28);
    let end_of_leap_day = if is_leap_day(from) && is_leap_day(until) { last_of_february } else { (3, 1) };
    Some((written(start, later(from, last_of_february)?)?, written(end, later(until, end_of_leap_day)?)?))
}

/// A name with the year of its event's start, and of its end, advanced by one.
pub(super) fn with_next_year(name: &str, years: [i32; 2]) -> String {
    let mut name = name.to_owned();
    let mut years = Vec::from(years);
    // the later first, so that 2026–2027 becomes 2027–2028
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    for year in years {
        for run in numbers(&name).into_iter().rev().filter(|run| run.len() == 4) {
            if name[run.clone()] == year.to_string() {
                if let Some(short) = end_of_season(&name, run.end, year) {
                    name.replace_range(short, &format!("{:02}", (year + 2).rem_euclid(100)));
                }
                name.replace_range(run, &(year + 1).to_string());
            }
        }
    }
    name
}

/// The two digits after a year that name the following year, as in `2026/27`.
fn end_of_season(name: &str, year_ends: usize, year: i32) -> Option<Range<usize>> {
    let after = &name[year_ends..];
    let sign = after.chars().next().filter(|sign| "/-–".contains(*sign))?;
    let runs = numbers(name);
    let short = runs.into_iter().find(|run| run.start == year_ends + sign.len_utf8() && run.len() == 2)?;
    // excludes the month of a date
    let is_last = !name[short.end..].starts_with(['/', '-', '–']);
    (is_last && name[short.clone()] == format!("{:02}", (year + 1).rem_euclid(100))).then_some(short)
}

/// Date of a time as tables write it.
pub(super) fn date_of(stamp: &str) -> Option<NaiveDate> {
    date_with_name(stamp.trim()).map(|(date, _)| date).or_else(|| read_date(stamp.trim().split(['T', ' ']).next()?))
}

/// A time with another date in the same format, with its signs between numbers and its leading zeros.
fn written(stamp: &str, date: NaiveDate) -> Option<String> {
    let runs = numbers(stamp);
    if let Some((_, clock)) = date_with_name(stamp) {
        return Some(format!("{date}{clock}"));
    }
    let [year, month, day] = runs.get(..3)? else { return None };
    if year.len() < 4 {
        // a year at the end: written in an unambiguous form
        return Some(format!("{date}{}", &stamp[stamp.find(['T', ' ']).unwrap_or(stamp.len())..]));
    }
    let is_padded = [month, day].iter().any(|run| stamp[(*run).clone()].starts_with('0'));
    let number = |run: &Range<usize>, value: u32| {
        let same_width = stamp[run.clone()].len() == value.to_string().len() && !stamp[run.clone()].starts_with('0');
        if is_padded && !same_width { format!("{value:02}") } else { value.to_string() }
    };
    let mut text = stamp.to_owned();
    text.replace_range(day.clone(), &number(day, date.day()));
    text.replace_range(month.clone(), &number(month, date.month()));
    text.replace_range(year.clone(), &format!("{:04}", date.year()));
    Some(text)
}

/// Ranges of all whole numbers in a text.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (place, _) in text.char_indices().filter(|(_, letter)| letter.is_ascii_digit()) {
        match runs.last_mut().filter(|run| run.end == place) {
            Some(run) => run.end = place + 1,
            None => runs.push(place..place + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_move_by_a_year_each_in_its_own_form() {
        for (start, end, later) in [
            ("2026-11-09T20:00", "2026-11-12", ("2027-11-09T20:00", "2027-11-12")),
            ("2026/11/9", "2026/11/9 08:30", ("2027/11/9", "2027/11/9 08:30")),
            ("2026年12月30日", "2027年1月2日", ("2027年12月30日", "2028年1月2日")),
            ("2026-12-31", "2027-01-01", ("2027-12-31", "2028-01-01")),
            ("2028-02-29", "2028-02-29", ("2029-02-28", "2029-02-28")),
            ("2028-02-29T08:00", "2028-02-29T18:00", ("2029-02-28T08:00", "2029-02-28T18:00")),
            ("2028-02-28T20:00", "2028-02-29T02:00", ("2029-02-28T20:00", "2029-03-01T02:00")),
            ("2028/2/29 20:00", "2028/3/1 02:00", ("2029/2/28 20:00", "2029/3/1 02:00")),
            ("2028/2/27", "2028/2/29", ("2029/2/27", "2029/3/1")),
            ("2027-02-28", "2027-03-01", ("2028-02-28", "2028-03-01")),
            ("2026.11.9 20:00", "2026.11.12", ("2027.11.9 20:00", "2027.11.12")),
            ("30.11.2026 20:00", "12/31/2026", ("2027-11-30 20:00", "2027-12-31")),
            ("30-Nov-26 20:00", "2 OCT 2027", ("2027-11-30 20:00", "2028-10-02")),
        ] {
            let made = a_year_later(start, end).unwrap();
            assert_eq!((made.0.as_str(), made.1.as_str()), later);
        }
        assert_eq!(a_year_later("soon", "later"), None);
    }

    #[test]
    fn the_year_of_a_name_moves_and_no_other_number() {
        assert_eq!(with_next_year("D11-2026 main", [2026, 2026]), "D11-2027 main");
        assert_eq!(with_next_year("2026-2027 sale", [2026, 2027]), "2027-2028 sale");
        assert_eq!(with_next_year("Winter 2026/27", [2026, 2027]), "Winter 2027/28");
        assert_eq!(with_next_year("2026–27 sale", [2026, 2026]), "2027–28 sale");
        assert_eq!(with_next_year("2011-12-24 sale", [2011, 2011]), "2012-12-24 sale");
        assert_eq!(with_next_year("NY-2027", [2026, 2027]), "NY-2028");
        assert_eq!(with_next_year("20261 and 618", [2026, 2026]), "20261 and 618");
    }
}
