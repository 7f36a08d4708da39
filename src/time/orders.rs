//! Dates whose year does not come first, with the order of day and month to be determined.

use chrono::{Datelike, NaiveDate};

/// Order of the numbers in such a date.
///
/// ```
/// use peakshift::time::{DateOrder, read_date};
/// assert_eq!(DateOrder::MonthFirst.read("11/30/26"), read_date("2026-11-30"));
/// let readings = DateOrder::readings("11/12/2026"); // in December, or in November
/// assert_eq!(readings.iter().map(|(order, _)| *order).collect::<Vec<_>>(), [DateOrder::DayFirst, DateOrder::MonthFirst]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateOrder {
    /// `30.11.2026`, `30/11/26`.
    DayFirst,
    /// `11/30/2026`, `11/30/26`.
    MonthFirst,
    /// `26/11/30`.
    YearFirst,
}

/// Three numbers of one or two digits, the last possibly of four.
fn numbers(text: &str) -> Option<[&str; 3]> {
    let mark = text.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next().filter(|mark| ['.', '/', '-'].contains(mark))?;
    let mut parts = text.trim().split(mark);
    let numbers = [parts.next()?, parts.next()?, parts.next()?];
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let lengths = numbers.map(str::len);
    let fits = matches!(lengths, [1 | 2, 1 | 2, 2 | 4]) && numbers.iter().all(|number| is_number(number));
    (fits && parts.next().is_none()).then_some(numbers)
}

/// The date of a year of two or four digits, within the years that tables may hold.
pub(super) fn date_of(year: &str, month: u32, day: &str) -> Option<NaiveDate> {
    let century = match year.len() {
        2 => 2000,
        4 => 0,
        _ => return None,
    };
    let date = NaiveDate::from_ymd_opt(century + year.parse::<i32>().ok()?, month, day.parse().ok().filter(|_| day.len() <= 2)?)?;
    (1990..2200).contains(&date.year()).then_some(date)
}

impl DateOrder {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::DayFirst, Self::MonthFirst, Self::YearFirst];

    /// The date of a text in this order; `None` if its year comes first in four digits.
    #[must_use]
    pub fn read(self, text: &str) -> Option<NaiveDate> {
        let [first, second, third] = numbers(text)?;
        let (year, month, day) = match self {
            Self::DayFirst => (third, second, first),
            Self::MonthFirst => (third, first, second),
            Self::YearFirst => (first, second, third),
        };
        date_of(year, month.parse().ok()?, day)
    }

    /// Possible dates of a text, each with its order; none where it is no date or its year comes first in four digits.
    #[must_use]
    pub fn readings(text: &str) -> Vec<(Self, NaiveDate)> {
        Self::ALL.into_iter().filter_map(|order| Some((order, order.read(text)?))).collect()
    }

    /// The only possible date of a text; `None` if there are several.
    pub(super) fn only_reading(text: &str) -> Option<NaiveDate> {
        let readings = Self::readings(text);
        let (_, first) = *readings.first()?;
        readings.iter().all(|(_, date)| *date == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_date;
    use super::*;

    #[test]
    fn every_day_is_read_in_each_order_and_by_itself_only_where_no_other_is_meant() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for date in first.iter_days().take(365) {
            for (form, order) in
                [("%d.%m.%Y", DateOrder::DayFirst), ("%-d/%-m/%Y", DateOrder::DayFirst), ("%-m/%-d/%Y", DateOrder::MonthFirst)]
            {
                let text = date.format(form).to_string();
                assert_eq!(order.read(&text), Some(date), "{text}");
                let is_clear = date.day() > 12 || date.day() == date.month();
                assert_eq!(read_date(&text), is_clear.then_some(date), "{text}");
            }
            assert_eq!(DateOrder::MonthFirst.read(&date.format("%-m/%-d/%y").to_string()), Some(date));
            for form in ["%Y.%-m.%-d", "%Y.%m.%d", "%Y年%-m月%-d日", "%Y/%m/%d"] {
                let text = date.format(form).to_string();
                assert_eq!((read_date(&text), DateOrder::readings(&text).len()), (Some(date), 0), "{text}");
            }
        }
        for text in ["1.2", "1.2.3", "1.2.3.2026", "1/2-2026", "31.02.2026", "x.1.2026", "1.13.20266", ""] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }
}
