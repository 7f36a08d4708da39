//! From raw counts to a history: sorted, completed where zeros were omitted, and examined.

use super::clock_changes::ClockChanges;
use super::{ContactHistory, Finding, RawCount, begun, health, regrid, suspects, zeros};
use crate::event::Event;
use crate::time::Interval;
use crate::zone::Zone;
use chrono::NaiveDate;
use ndarray::Array2;
use std::collections::BTreeSet;

impl ContactHistory {
    /// History and findings from raw counts before `until`: duplicates, impossible counts, gaps, zero-volume days, stuck values, and
    /// outliers outside all events. `None` if there are no counts.
    ///
    /// ```
    /// use peakshift::{history::{ContactHistory, RawCount}, time::{Interval, read_stamp}};
    /// let counts = [("2026-11-02T09:00", 4.0), ("2026-11-02T09:30", 6.0)]
    ///     .map(|(start, contacts)| RawCount::of(read_stamp(start).unwrap(), contacts));
    /// let end = read_stamp("2026-11-03").unwrap().date();
    /// let (history, findings) = ContactHistory::from_counts(&counts, Interval::HALF_HOUR, &[], end).unwrap();
    /// assert_eq!(history.day_total(0), Some(10.0));
    /// assert!(findings.is_empty());
    /// ```
    #[must_use]
    pub fn from_counts(raw: &[RawCount], interval: Interval, events: &[Event], until: NaiveDate) -> Option<(Self, Vec<Finding>)> {
        Self::from_counts_by(None, raw, interval, events, until)
    }

    /// [`Self::from_counts`] for local times of a zone: hours skipped or repeated by clock changes are reported as such, not as gaps or
    /// duplicates. The day keeps all contacts of a repeated hour; the hour's own count is the mean of both passes.
    ///
    /// ```
    /// use peakshift::{history::{ContactHistory, FindingKind, RawCount}, time::{Interval, read_date, read_stamp}};
    /// let night = ["01:00", "02:00", "02:00", "03:00"].map(|hour| read_stamp(&format!("2026-10-25T{hour}")).unwrap());
    /// let (counts, zone) = (night.map(|start| RawCount::of(start, 10.0)), "Europe/Berlin".parse()?);
    /// let (hour, until) = (Interval::from_minutes(60)?, read_date("2026-10-26").unwrap());
    /// let (history, findings) = ContactHistory::from_counts_by(Some(&zone), &counts, hour, &[], until).unwrap();
    /// assert_eq!((history.count(0, 2), history.day_total(0)), (Some(10.0), Some(40.0))); // clocks go back from 03:00 to 02:00
    /// assert_eq!(findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [FindingKind::HourTwice]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_counts_by(
        zone: Option<&Zone>,
        raw: &[RawCount],
        interval: Interval,
        events: &[Event],
        until: NaiveDate,
    ) -> Option<(Self, Vec<Finding>)> {
        let mut raw: Vec<RawCount> = raw.iter().copied().filter(|count| count.start.date() < until).collect();
        let clocks = ClockChanges::settle(&mut raw, zone);
        let (mut raw, changed) = regrid::regrid(&raw, interval);
        let not_open_yet = health::drop_before_opening(&mut raw);
        let first = raw.iter().map(|count| count.start.date()).min()?;
        let last = raw.iter().map(|count| count.start.date()).max()?;
        let days = (last - first).num_days() as usize + 1;
        let mut findings: Vec<Finding> = changed.into_iter().chain(not_open_yet).collect();
        let mut counts = Array2::from_elem((days, interval.per_day()), f64::NAN);
        for row in &raw {
            health::enter(&mut counts, first, interval, *row, &mut findings);
        }
        let beside = clocks.spread(&mut counts, first, interval);
        findings.extend(zeros::fill_zeros(&mut counts, first, interval));
        clocks.forget_skipped(&mut counts, first, interval);
        health::drop_spoilt(&mut counts, first, interval, events);
        health::drop_dead_days(&mut counts, first, interval, events, &mut findings);
        begun::forget_zeros_before(&mut counts, first, |date| !events.iter().any(|event| event.is_on_date(date)));
        let mut history = Self::of(first, interval, counts, Vec::new(), beside);
        history.closed = (0..days).map(|day| history.is_closed(history.date(day), events)).collect();
        let skipped: BTreeSet<(usize, usize)> = clocks.skipped(first, interval).collect();
        findings.extend(health::examine(&history, &skipped));
        let is_open = |day: usize, slot: usize| history.counted_days().contains(&day) && history.ordinary(history.date(day))[slot];
        findings.extend(clocks.findings(&history.counts, first, interval, is_open));
        findings.extend(suspects::suspects(&history, events));
        findings.sort_by_key(|finding| (finding.start, finding.kind));
        Some((history, findings))
    }
}
