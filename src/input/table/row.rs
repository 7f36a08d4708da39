//! Rows of a table, whose cells are validated when requested.

use super::form::Form;
use crate::input::cell::decimals::{Decimals, read_number};
use crate::input::cell::durations::{base, is_doubtful, of_clock};
use crate::input::cell::from_utc::FromUtc;
use crate::input::cell::interval_end::Behind;
use crate::input::cell::no_value::UNCOMPUTED;
use crate::input::cell::percent::is_change;
use crate::input::cell::time_range::{range_end, span};
use crate::input::header::halves::half_of;
use crate::input::header::units::takes_percent;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::time::{ClockTime, Written, place_of_clock, read_date, read_stamp, read_written};
use crate::units::Factor;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// A row of a table.
#[derive(Clone, Debug)]
pub(in crate::input) struct Row<'a> {
    pub(in crate::input) form: &'a Form<'a>,
    pub(in crate::input) line: usize,
    pub(super) cells: Vec<Cow<'a, str>>,
}

/// Separators of a list in one cell.
const LIST: [char; 3] = [';', '；', '、'];

impl Row<'_> {
    /// Cells of numeric columns, with their positions.
    pub(super) fn numerals(&self) -> impl Iterator<Item = (usize, &str)> {
        let numeric = self.cells.iter().enumerate().filter(|(place, _)| self.form.numeric[*place]);
        numeric.flat_map(|(place, cell)| cell.split(LIST).map(move |part| (place, part)))
    }

    /// Text of a cell, if the column exists and the cell is not empty.
    pub(in crate::input) fn get(&self, column: &str) -> Option<&str> {
        self.place(column).and_then(|place| self.filled(place))
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.form.columns.iter().position(|name| name == column)
    }

    /// Text at a position, if not empty.
    fn filled(&self, place: usize) -> Option<&str> {
        self.cells.get(place).map(|cell| &**cell).filter(|text| !text.is_empty())
    }

    /// Name of a column in the file.
    fn label(&self, column: &str) -> String {
        self.place(column).map_or_else(|| column.to_owned(), |place| self.form.label(self.line, place))
    }

    /// Reports a problem with a cell.
    pub(in crate::input) fn note(&self, problems: &mut Problems, code: &'static str, column: &str, expected: impl ToString) {
        self.note_as(problems, code, column, expected, false);
    }

    /// Reports a problem with a part of a cell.
    pub(in crate::input) fn note_of(&self, problems: &mut Problems, code: &'static str, column: &str, value: String, expected: String) {
        let column = self.label(column);
        problems.push(Problem { line: Some(self.line), column, value, expected, ..of_file(&self.form.file, code) });
    }

    pub(in crate::input) fn note_as(
        &self,
        problems: &mut Problems,
        code: &'static str,
        column: &str,
        expected: impl ToString,
        is_warning: bool,
    ) {
        let value = self.get(column).filter(|value| *value != UNCOMPUTED).unwrap_or("").to_owned();
        let column = self.label(column);
        let expected = expected.to_string();
        problems.push(Problem { is_warning, line: Some(self.line), column, value, expected, ..of_file(&self.form.file, code) });
    }

    /// A cell that must not be empty.
    pub(in crate::input) fn text(&self, column: &str, problems: &mut Problems) -> Option<&str> {
        let text = self.get(column);
        if text.is_none() {
            self.note(problems, "cell_empty", column, "");
        }
        text
    }

    /// A number in a range; empty gives `None` without a problem.
    pub(in crate::input) fn number(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        let place = self.place(column)?;
        let (text, unit) = (self.filled(place)?, self.form.units[place]);
        let (digits, scale) = text.strip_suffix(['%', '％']).map_or((text, unit), |digits| (digits, 0.01));
        let written = self.numeral(digits).map(|number| times(number, scale));
        let Some(number) = written.or_else(|| of_clock(text, column)) else {
            if !self.is_asked(digits) {
                let code = if base(column).is_some() && is_doubtful(text) { "duration_doubtful" } else { "not_a_number" };
                self.note(problems, code, column, "");
            }
            return None;
        };
        if digits.len() < text.len() && !takes_percent(column) {
            self.note(problems, "percent_of_what", column, "");
            return None;
        }
        if !range.contains(&number) {
            let [least, most] = [range.start(), range.end()].map(|bound| times(*bound, unit.recip()));
            self.note(problems, "out_of_range", column, format!("{least} … {most}"));
            return None;
        }
        Some(number)
    }

    /// A number in the table's unit of a column, converted to ours.
    pub(in crate::input) fn in_our_units(&self, column: &str, number: f64) -> f64 {
        self.place(column).map_or(number, |place| times(number, self.form.units[place]))
    }

    /// A cell as written, or in our unit where its header names another.
    pub(in crate::input) fn in_own_units(&self, column: &str) -> String {
        let Some((place, text)) = self.place(column).and_then(|place| Some((place, self.filled(place)?))) else { return String::new() };
        let number = self.numeral(text).filter(|_| self.form.units[place] != 1.0).map(|number| times(number, self.form.units[place]));
        number.or_else(|| of_clock(text, column)).map_or_else(|| text.to_owned(), |number| number.to_string())
    }

    /// A number in the table's format.
    pub(in crate::input) fn numeral(&self, text: &str) -> Option<f64> {
        read_number(text, self.form.decimals)
    }

    /// Whether a number is ambiguous, which has been reported for the table as a whole.
    pub(in crate::input) fn is_asked(&self, number: &str) -> bool {
        self.form.decimals == Decimals::Doubtful
            && [Decimals::Point, Decimals::Comma].iter().any(|sign| read_number(number, *sign).is_some())
    }

    /// Number of decimals as written.
    pub(in crate::input) fn decimals(&self, column: &str) -> usize {
        let sign = if self.form.decimals == Decimals::Comma { ',' } else { '.' };
        let decimals = self.get(column).and_then(|text| text.split_once(sign)).map_or("", |(_, decimals)| decimals);
        decimals.chars().take_while(char::is_ascii_digit).count()
    }

    /// A factor; empty gives `None` without a problem.
    pub(in crate::input) fn factor(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<Factor> {
        if self.get(column).is_some_and(is_change) {
            self.note(problems, "change_not_factor", column, "");
            return None;
        }
        self.number(column, range, problems).and_then(|factor| Factor::new(factor).ok())
    }

    /// A whole number in a range; empty gives `None` without a problem.
    pub(in crate::input) fn whole(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<u32> {
        let number = self.number(column, range, problems)?;
        if number.fract() != 0.0 {
            self.note(problems, "not_whole", column, "");
            return None;
        }
        Some(number as u32)
    }

    /// A required number.
    pub(in crate::input) fn required_number(&self, column: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        self.text(column, problems)?;
        self.number(column, range, problems)
    }

    /// A date, possibly with a time, with its year first and without the end of an interval; `None` where either is ambiguous.
    pub(in crate::input) fn year_first<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        self.form.dates.year_first(self.form.behind.start_of(text)?)
    }

    /// A date and time; a date alone is its midnight.
    pub(in crate::input) fn stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.year_first(self.text(column, problems)?)?;
        match read_written(&text) {
            Ok(Written::Local(stamp)) => match self.form.ahead_of_utc {
                Some(minutes) => self.local(stamp - TimeDelta::minutes(minutes.into()), column, problems),
                None => Some(stamp),
            },
            Ok(Written::Utc(utc)) => self.local(utc, column, problems),
            Err(_) => {
                self.note(problems, "not_a_date", column, "");
                None
            }
        }
    }

    /// Whether a cell holds a date without a time.
    pub(in crate::input) fn is_date_alone(&self, column: &str) -> bool {
        let text = self.get(column).filter(|text| !text.contains(':')).and_then(|text| self.year_first(text));
        text.is_some_and(|text| read_date(&text).is_some())
    }

    /// End of an interval whose cell holds start and end: `10:00-12:00`.
    pub(in crate::input) fn until(&self, column: &str, start: NaiveDateTime) -> Option<NaiveDateTime> {
        let whole = self.get(column).filter(|_| self.form.behind == Behind::End);
        if let Some((_, end)) = whole.and_then(span) {
            // 9:59:59 is the last second of an interval that ends at 10:00; stamps have no seconds
            let is_last_second = end.ends_with(":59") && end.matches(':').count() == 2;
            return read_stamp(end).ok().map(|end| end + TimeDelta::minutes(is_last_second.into()));
        }
        let half = self.get(&half_of(column)).and_then(range_end);
        let end = half.or_else(|| range_end(&whole?[place_of_clock(whole?)?..]))?;
        Some(if end == ClockTime::MIDNIGHT { ClockTime::DAY_END } else { end }.on(start.date()))
    }

    /// A date and time as written, if it is one.
    pub(in crate::input) fn read(&self, column: &str) -> Option<NaiveDateTime> {
        match read_written(&self.year_first(self.get(column)?)?).ok()? {
            Written::Local(stamp) | Written::Utc(stamp) => Some(stamp),
        }
    }

    /// A time of UTC in the plan's local time.
    fn local(&self, utc: NaiveDateTime, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        match self.form.clocks {
            FromUtc::Unknown => {
                self.note(problems, "time_with_offset", column, "");
                None
            }
            FromUtc::Local => {
                self.note(problems, "local_time_only", column, "");
                None
            }
            // the plan's own problem has been reported
            FromUtc::Refused => None,
            clocks => Some(clocks.local(utc)),
        }
    }

    /// A date and time of UTC, by its own offset or its header's.
    pub(in crate::input) fn utc_stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.year_first(self.text(column, problems)?)?;
        match read_written(&text) {
            Ok(Written::Local(stamp)) => Some(stamp - TimeDelta::minutes(self.form.ahead_of_utc.unwrap_or(0).into())),
            Ok(Written::Utc(utc)) => Some(utc),
            Err(_) => {
                self.note(problems, "not_a_date", column, "");
                None
            }
        }
    }

    /// An end; a date alone includes that day.
    pub(in crate::input) fn end_stamp(&self, column: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let text = self.year_first(self.text(column, problems)?)?;
        match read_date(&text) {
            Some(date) => Some(ClockTime::DAY_END.on(date)),
            None => self.stamp(column, problems),
        }
    }

    /// Reports an implausibly long period.
    pub(in crate::input) fn at_most_days(&self, start: NaiveDateTime, end: NaiveDateTime, most: i64, problems: &mut Problems) {
        let days = (end - start).num_days();
        if days > most {
            let column = self.label("end");
            let (value, expected) = (days.to_string(), most.to_string());
            problems.push(Problem { line: Some(self.line), column, value, expected, ..of_file(&self.form.file, "too_long") });
        }
    }

    /// A date; empty gives `None` without a problem.
    pub(in crate::input) fn date(&self, column: &str, problems: &mut Problems) -> Option<NaiveDate> {
        let date = read_date(&self.year_first(self.get(column)?)?);
        if date.is_none() {
            self.note(problems, "not_a_date", column, "");
        }
        date
    }

    /// A required clock time.
    pub(in crate::input) fn clock(&self, column: &str, problems: &mut Problems) -> Option<ClockTime> {
        let time = self.text(column, problems)?.parse().ok();
        if time.is_none() {
            self.note(problems, "not_a_time", column, "");
        }
        time
    }

    /// Yes or no; empty is no.
    pub(in crate::input) fn yes(&self, column: &str, problems: &mut Problems) -> bool {
        match self.get(column).unwrap_or("no").to_lowercase().as_str() {
            "yes" | "y" | "true" | "1" | "是" => true,
            "no" | "n" | "false" | "0" | "否" => false,
            _ => {
                self.note(problems, "not_yes_no", column, "");
                false
            }
        }
    }

    /// Parts of a list in one cell, separated by `;` or `、`.
    pub(in crate::input) fn list(&self, column: &str) -> Vec<&str> {
        self.get(column).map_or_else(Vec::new, |text| text.split(LIST).map(str::trim).filter(|part| !part.is_empty()).collect())
    }
}

/// Product without binary rounding noise: 0.55 hours are exactly 33 minutes.
fn times(number: f64, scale: f64) -> f64 {
    if scale == 1.0 { number } else { (number * scale * 1e9).round() / 1e9 }
}
