//! One entry of a calendar: a shift as it was published, or that it is cancelled.

use super::content::{Content, escaped, named};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use std::ops::RangeInclusive;

/// End of the identifier of every entry.
const OURS: &str = "@peakshift";
/// Form of stamps, in UTC.
const STAMP: &str = "%Y%m%dT%H%M%SZ";
/// Property of an entry's state, and its values.
const STATUS: &str = "STATUS";
const CANCELLED: &str = "CANCELLED";
const CONFIRMED: &str = "CONFIRMED";
/// Years of entries: others are no shift's.
const YEARS: RangeInclusive<i32> = 1970..=9990;

/// An entry of a calendar: a shift that starts on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Day on which the shift starts; with the agent's number the entry's identifier (UID), which outlives every change of the shift.
    pub date: NaiveDate,
    /// Number of the version (SEQUENCE).
    pub sequence: u32,
    /// When the version was made (DTSTAMP), in UTC.
    pub stamp: NaiveDateTime,
    /// Everything else.
    content: Content,
}

impl Entry {
    /// The first version of a shift.
    #[must_use]
    pub fn new(date: NaiveDate, stamp: NaiveDateTime, content: &Content) -> Self {
        Self { date, sequence: 0, stamp, content: content.with(STATUS, CONFIRMED) }
    }

    /// Whether the shift is cancelled.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.content.says(STATUS, CANCELLED)
    }

    /// Its content lines.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// The version after an earlier one: both its number and its stamp are greater.
    pub(super) fn after(self, earlier: &Self) -> Self {
        Self { sequence: earlier.sequence.saturating_add(1), stamp: self.stamp.max(earlier.stamp + TimeDelta::seconds(1)), ..self }
    }

    /// The version that cancels it, made at `stamp` or later.
    pub(super) fn cancelled(&self, stamp: NaiveDateTime) -> Self {
        Self { date: self.date, sequence: 0, stamp, content: self.content.with(STATUS, CANCELLED) }.after(self)
    }

    /// Identifier of a person's entry of a date.
    fn uid(agent: &str, date: NaiveDate) -> String {
        format!("{}-{date}{OURS}", escaped(agent))
    }

    /// Lines of the entry in a person's calendar.
    pub(super) fn lines(&self, agent: &str) -> Vec<String> {
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", Self::uid(agent, self.date)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", self.stamp.format(STAMP)),
        ];
        lines.extend(self.content.lines().iter().cloned());
        lines.push("END:VEVENT".to_owned());
        lines
    }

    /// An entry of a person from its lines; `None` for one that is not of a shift of theirs.
    pub(super) fn of_lines(agent: &str, lines: &[String]) -> Option<Self> {
        let value = |name: &str| lines.iter().map(|line| named(line)).find(|(found, _)| *found == name).map(|(_, value)| value);
        let uid = value("UID")?;
        let date: NaiveDate = uid.strip_suffix(OURS)?.get(escaped(agent).len() + 1..)?.parse().ok()?;
        let stamp = NaiveDateTime::parse_from_str(value("DTSTAMP")?, STAMP).ok()?;
        let mut content = Content::default();
        let of_version = |line: &&String| !["UID", "SEQUENCE", "DTSTAMP"].contains(&named(line).0);
        lines.iter().filter(of_version).for_each(|line| content.line(line));
        // earlier releases wrote no number
        let sequence = value("SEQUENCE").map_or(Some(0), |number| number.parse().ok())?;
        let is_plausible = uid == Self::uid(agent, date) && [date.year(), stamp.year()].iter().all(|year| YEARS.contains(year));
        is_plausible.then_some(Self { date, sequence, stamp, content })
    }
}
