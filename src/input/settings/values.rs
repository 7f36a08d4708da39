//! Values of keys: numbers, shares, factors, texts, dates and times, each validated when requested.

use super::section::Section;
use crate::input::cell::percent::{in_percent, is_change};
use crate::input::problem::collected::Problems;
use crate::time::{ClockTime, Written, read_date, read_stamp, read_written};
use crate::units::Factor;
use chrono::{NaiveDate, NaiveDateTime};
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::DeValue;

pub(in crate::input) const SHARE: std::ops::RangeInclusive<f64> = 0.0..=1.0;

fn as_number(value: &DeValue) -> Option<f64> {
    let text = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    text.replace('_', "").parse().ok().filter(|number: &f64| number.is_finite())
}

/// Largest upper limit of a share or factor that may be written in percent.
const MOST_IN_PERCENT: f64 = 10.0;
/// Largest such limit of a key that is known to be a factor.
pub(in crate::input) const MOST_FACTOR: f64 = 100.0;

/// A number, also as `"80%"` where its range is that of shares and factors.
fn as_share(value: &DeValue, range: &RangeInclusive<f64>, most: f64) -> Option<f64> {
    as_number(value).or_else(|| value.as_str().filter(|_| *range.end() <= most).and_then(in_percent))
}

fn as_date(value: &DeValue) -> Option<NaiveDate> {
    match value {
        DeValue::Datetime(datetime) => read_date(&datetime.date?.to_string()),
        DeValue::String(text) => read_date(text),
        _ => None,
    }
}

impl<'a> Section<'a> {
    pub(in crate::input) fn number(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        let value = self.find(key)?;
        self.number_of(key, value, as_share(value.get_ref(), &range, MOST_IN_PERCENT), range, problems)
    }

    fn number_of(
        &self,
        key: &str,
        value: &Spanned<DeValue>,
        read: Option<f64>,
        range: RangeInclusive<f64>,
        problems: &mut Problems,
    ) -> Option<f64> {
        let Some(number) = read else {
            self.wrong_type(problems, key, value, "a number");
            return None;
        };
        self.in_range(key, number, range, problems)
    }

    /// A factor.
    pub(in crate::input) fn factor(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<Factor> {
        if self.refuses_changes(key, problems) {
            return None;
        }
        let value = self.find(key)?;
        let read = as_share(value.get_ref(), &range, MOST_FACTOR);
        self.number_of(key, value, read, range, problems).and_then(|factor| Factor::new(factor).ok())
    }

    /// Reports a relative change where a factor is expected; returns whether there was one.
    pub(in crate::input) fn refuses_changes(&self, key: &str, problems: &mut Problems) -> bool {
        let Some(value) = self.find(key) else { return false };
        let written = |value| self.as_written(value);
        let by_name = value.get_ref().as_table().map_or_else(|| vec![written(value)], |table| table.values().map(written).collect());
        let changes: Vec<String> = by_name.into_iter().filter(|written| is_change(written)).collect();
        changes.iter().for_each(|change| self.note(problems, "change_not_factor", key, change, ""));
        !changes.is_empty()
    }

    fn in_range(&self, key: &str, number: f64, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        if range.contains(&number) {
            return Some(number);
        }
        self.note(problems, "out_of_range", key, number, format!("{} … {}", range.start(), range.end()));
        None
    }

    /// A whole number.
    pub(in crate::input) fn whole(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<u64> {
        let value = self.find(key)?;
        let Some(number) = as_number(value.get_ref()) else {
            self.wrong_type(problems, key, value, "a number");
            return None;
        };
        let number = self.in_range(key, number, range, problems)?;
        if number.fract() != 0.0 {
            self.note(problems, "not_whole", key, number, "");
            return None;
        }
        Some(number as u64)
    }

    pub(in crate::input) fn numbers(&self, key: &str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<Vec<f64>> {
        let value = self.find(key)?;
        let numbers: Option<Vec<f64>> = value
            .get_ref()
            .as_array()
            .and_then(|array| array.iter().map(|item| as_share(item.get_ref(), &range, MOST_IN_PERCENT)).collect());
        if numbers.is_none() {
            self.wrong_type(problems, key, value, "a list of numbers");
        }
        numbers?.into_iter().map(|number| self.in_range(key, number, range.clone(), problems)).collect()
    }

    pub(in crate::input) fn text(&self, key: &str, problems: &mut Problems) -> Option<&'a str> {
        let value = self.find(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong_type(problems, key, value, "text in quotes");
        }
        text
    }

    /// A list of texts; one text is a list of one.
    pub(in crate::input) fn texts(&self, key: &str, problems: &mut Problems) -> Vec<&'a str> {
        let Some(value) = self.find(key) else { return Vec::new() };
        if let Some(text) = value.get_ref().as_str() {
            return vec![text];
        }
        let texts: Option<Vec<&str>> =
            value.get_ref().as_array().and_then(|array| array.iter().map(|item| item.get_ref().as_str()).collect());
        if texts.is_none() {
            self.wrong_type(problems, key, value, "a list of texts");
        }
        texts.unwrap_or_default()
    }

    pub(in crate::input) fn yes(&self, key: &str, problems: &mut Problems) -> Option<bool> {
        let value = self.find(key)?;
        let yes = value.get_ref().as_bool();
        if yes.is_none() {
            self.wrong_type(problems, key, value, "true or false");
        }
        yes
    }

    pub(in crate::input) fn date(&self, key: &str, problems: &mut Problems) -> Option<NaiveDate> {
        let value = self.find(key)?;
        let date = as_date(value.get_ref());
        if date.is_none() {
            self.wrong_type(problems, key, value, "a date such as 2026-11-30");
        }
        date
    }

    pub(in crate::input) fn dates(&self, key: &str, problems: &mut Problems) -> Vec<NaiveDate> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let dates: Option<Vec<NaiveDate>> =
            value.get_ref().as_array().and_then(|array| array.iter().map(|item| as_date(item.get_ref())).collect());
        if dates.is_none() {
            self.wrong_type(problems, key, value, "a list of dates");
        }
        dates.unwrap_or_default()
    }

    pub(in crate::input) fn clock(&self, key: &str, problems: &mut Problems) -> Option<ClockTime> {
        let value = self.find(key)?;
        // an unquoted time is one of TOML's own
        if !matches!(value.get_ref(), DeValue::String(_) | DeValue::Integer(_) | DeValue::Datetime(_)) {
            self.wrong_type(problems, key, value, "text in quotes");
            return None;
        }
        let text = self.as_written(value);
        let time = text.parse().ok();
        if time.is_none() {
            self.note(problems, "not_a_time", key, text, "");
        }
        time
    }

    /// A date, or a date with a time, quoted or not.
    pub(in crate::input) fn moment(&self, key: &str, problems: &mut Problems) -> Option<NaiveDateTime> {
        let value = self.find(key)?;
        let text = self.as_written(value);
        let moment = read_stamp(&text).ok().or_else(|| Some(ClockTime::MIDNIGHT.on(read_date(&text)?)));
        if moment.is_none() {
            let is_offset = matches!(read_written(&text), Ok(Written::Utc(_)));
            self.note(problems, if is_offset { "local_time_only" } else { "not_a_date" }, key, text, "");
        }
        moment
    }

    /// A number for everything, or a section of numbers by name: pairs of name and number, with `None` for everything. Ranges up to those
    /// of factors are taken for factors.
    pub(in crate::input) fn numbers_by_name(
        &self,
        key: &str,
        range: RangeInclusive<f64>,
        problems: &mut Problems,
    ) -> Vec<(Option<&'a str>, f64)> {
        let Some(value) = self.find(key) else { return Vec::new() };
        if let Some(number) = as_share(value.get_ref(), &range, MOST_FACTOR) {
            return self.in_range(key, number, range, problems).map(|number| (None, number)).into_iter().collect();
        }
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(problems, key, value, "a number, or numbers by name");
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (name, value) in table {
            match as_share(value.get_ref(), &range, MOST_FACTOR) {
                Some(number) => {
                    pairs.extend(self.in_range(key, number, range.clone(), problems).map(|number| (Some(name.get_ref().as_ref()), number)));
                }
                None => self.wrong_type(problems, key, value, "a number"),
            }
        }
        pairs
    }
}

pub(in crate::input) const ANY: std::ops::RangeInclusive<f64> = 0.0..=1e9;
