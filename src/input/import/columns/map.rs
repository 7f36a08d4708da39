//! A map: what the columns of an export mean, as its planner says it. What a map leaves open is guessed and told.

use crate::input::import::headers::meaning::Meaning;
use std::collections::BTreeMap;

/// Where a row says when it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) enum StartColumns {
    One(String),
    DateAndTime(String, String),
}

/// A map of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::input) struct Map {
    pub(in crate::input) file: String,
    pub(in crate::input) start: Option<StartColumns>,
    /// Form of the start, in the signs of `strftime`.
    pub(in crate::input) format: Option<String>,
    /// Zone of its times.
    pub(in crate::input) zone: Option<String>,
    /// Whether a stamp is the end of its interval.
    pub(in crate::input) stamps_are_ends: bool,
    pub(in crate::input) queue: Option<String>,
    /// The queue of every row.
    pub(in crate::input) fixed_queue: Option<String>,
    /// Our names of the file's queues.
    pub(in crate::input) queues: BTreeMap<String, String>,
    pub(in crate::input) offered: Option<String>,
    pub(in crate::input) handled: Option<String>,
    pub(in crate::input) abandoned: Option<String>,
    pub(in crate::input) handling: Option<String>,
    /// Seconds of a unit of the handling time.
    pub(in crate::input) unit: Option<f64>,
    /// Whether the handling time includes after-contact work.
    pub(in crate::input) includes_wrap: Option<bool>,
    /// Rows that count: the permitted values by column.
    pub(in crate::input) filter: BTreeMap<String, Vec<String>>,
    pub(in crate::input) skip_rows: usize,
    pub(in crate::input) sheet: Option<String>,
    pub(in crate::input) decimal: Option<char>,
    /// Whether its clock has twelve hours without a mark, so that opening hours decide.
    pub(in crate::input) clock_by_opening_hours: bool,
}

impl Map {
    /// Columns that it names for a meaning.
    pub(in crate::input) fn named(&self) -> Vec<(&str, Meaning)> {
        let starts: Vec<&str> = match &self.start {
            Some(StartColumns::One(start)) => vec![start],
            Some(StartColumns::DateAndTime(date, time)) => vec![date, time],
            None => Vec::new(),
        };
        let others = [
            (&self.queue, Meaning::Queue),
            (&self.offered, Meaning::Offered),
            (&self.handled, Meaning::Handled),
            (&self.abandoned, Meaning::Abandoned),
            (&self.handling, Meaning::Handling),
        ];
        let others = others.into_iter().filter_map(|(name, meaning)| Some((name.as_deref()?, meaning)));
        starts.into_iter().map(|name| (name, Meaning::Begins)).chain(others).collect()
    }
}
