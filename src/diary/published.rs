//! A person's calendar, and how it follows those published before.
//!
//! A calendar program that has taken an entry before takes another version of it only where SEQUENCE is greater, or DTSTAMP where SEQUENCE is
//! equal (RFC 5546, 2.1.5); one that imports files forgets an entry only where it says `STATUS:CANCELLED`. So every change raises both, an
//! unchanged entry keeps both, and a shift that is no longer worked stays as cancelled.
//!
//! DTSTAMP is no reading of a clock, so that one plan gives the same bytes whenever it is made. RFC 5545, 3.8.7.2, wants the time at which the
//! entry was last revised; what its readers do with it is compare versions. It is the day up to which the plan knows counts, and a second
//! more than the version before where that is not greater.

use super::entry::Entry;
use chrono::{Days, NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;
use std::ops::Range;

/// Days before a plan of which entries are kept, as many as `previous_roster.csv` holds.
const KEPT_DAYS: u64 = 28;

/// Calendars published earlier, by agent; several where a roster was repaired into a folder of its own.
pub type Earlier = BTreeMap<String, Vec<Diary>>;

/// A person's calendar: at most one entry for each day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diary {
    pub(super) entries: BTreeMap<NaiveDate, Entry>,
}

impl Diary {
    /// A calendar of entries.
    #[must_use]
    pub fn of(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self { entries: entries.into_iter().map(|entry| (entry.date, entry)).collect() }
    }

    /// The entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Whether it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// This calendar of a plan's days as the next version of earlier ones; `stamp` is the plan's.
    ///
    /// Entries that the earlier ones agree on and that did not change are kept as they are, changed ones are later than all earlier
    /// versions, missing ones of the plan's days are cancelled. Earlier entries of other days stay, those of the distant past excepted.
    ///
    /// ```
    /// use peakshift::{diary::{Content, Diary, Entry}, time::read_date};
    /// let [monday, tuesday, wednesday] = ["2026-11-30", "2026-12-01", "2026-12-02"].map(|date| read_date(date).unwrap());
    /// let stamp = monday.and_hms_opt(0, 0, 0).unwrap();
    /// let shift = |date, name: &str| {
    ///     let mut content = Content::default();
    ///     content.text("SUMMARY", name);
    ///     Entry::new(date, stamp, &content)
    /// };
    /// let published = Diary::of([shift(monday, "Early"), shift(tuesday, "Early")]);
    /// let next = Diary::of([shift(monday, "Late")]).following(&[published], monday..wednesday, stamp);
    /// let told: Vec<_> = next.entries().map(|entry| (entry.sequence, entry.is_cancelled())).collect();
    /// assert_eq!(told, [(1, false), (1, true)]);
    /// ```
    #[must_use]
    pub fn following(mut self, earlier: &[Self], days: Range<NaiveDate>, stamp: NaiveDateTime) -> Self {
        for (date, versions) in latest(earlier) {
            let Some(last) = versions.first().copied() else { continue };
            let is_told = |content| versions.iter().all(|version| version.content() == content);
            let next = match self.entries.remove(&date) {
                Some(entry) if is_told(entry.content()) => last.clone(),
                Some(entry) => entry.after(last),
                None if !days.contains(&date) && date + Days::new(KEPT_DAYS) < days.start => continue,
                None if !days.contains(&date) || versions.iter().all(|version| version.is_cancelled()) => last.clone(),
                None => last.cancelled(stamp),
            };
            self.entries.insert(date, next);
        }
        self
    }
}

/// The latest versions of each entry: several where calendars differ under one number.
fn latest(earlier: &[Diary]) -> BTreeMap<NaiveDate, Vec<&Entry>> {
    let mut latest: BTreeMap<NaiveDate, Vec<&Entry>> = BTreeMap::new();
    for entry in earlier.iter().flat_map(Diary::entries) {
        let versions = latest.entry(entry.date).or_default();
        let order = |of: &Entry| (of.sequence, of.stamp);
        match versions.first().map(|found| order(entry).cmp(&order(found))) {
            Some(std::cmp::Ordering::Less) => {}
            Some(std::cmp::Ordering::Equal) => versions.push(entry),
            Some(std::cmp::Ordering::Greater) | None => *versions = vec![entry],
        }
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diary::Content;
    use proptest::prelude::*;

    /// Days of the tested calendars.
    const DAYS: u64 = 5;

    fn first() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()
    }

    /// A calendar of shifts; `None` is a day off.
    fn diary(shifts: &[Option<u8>], stamp: NaiveDateTime) -> Diary {
        let entry = |(day, shift): (u64, &Option<u8>)| {
            let mut content = Content::default();
            content.text("SUMMARY", &format!("shift {}", (*shift)?));
            Some(Entry::new(first() + Days::new(day), stamp, &content))
        };
        Diary::of((0..).zip(shifts).filter_map(entry))
    }

    proptest! {
        /// Over any sequence of rosters, numbers and stamps never fall, rise exactly where something changed, and what is cancelled is
        /// exactly what was published and is no longer worked.
        #[test]
        fn versions_rise_where_something_changed_and_there_alone(
            rosters in prop::collection::vec((prop::collection::vec(prop::option::of(0_u8..3), DAYS as usize), 0_i64..3), 1..8)
        ) {
            let mut published = Diary::default();
            for (shifts, plan) in rosters {
                let stamp = (first() + chrono::TimeDelta::days(plan - 1)).and_hms_opt(0, 0, 0).unwrap();
                let before = published.clone();
                published = diary(&shifts, stamp).following(std::slice::from_ref(&before), first()..first() + Days::new(DAYS), stamp);
                let read = Diary::read("A,1", &published.text("A,1"));
                prop_assert_eq!(&read, &published, "what is written is read back");
                for (day, shift) in (0..).zip(&shifts) {
                    let date = first() + Days::new(day);
                    let (earlier, now) = (before.entries.get(&date), published.entries.get(&date));
                    prop_assert_eq!(now.is_some(), shift.is_some() || earlier.is_some());
                    let Some(now) = now else { continue };
                    prop_assert_eq!(now.is_cancelled(), shift.is_none());
                    let Some(earlier) = earlier else { continue };
                    let is_same = earlier.content() == now.content();
                    prop_assert_eq!(is_same, earlier.sequence == now.sequence && earlier.stamp == now.stamp);
                    prop_assert!(is_same || now.sequence == earlier.sequence + 1 && now.stamp > earlier.stamp);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_followed_without_a_panic(
            lines in prop::collection::vec(prop::sample::select(vec![
                "BEGIN:VEVENT", "END:VEVENT", "UID:A-2026-11-30@peakshift", "UID:A-+262142-12-31@peakshift", "UID:A", "UID:B-2026-11-30@peakshift",
                "SEQUENCE:4294967295", "SEQUENCE:x", "DTSTAMP:99991231T235960Z", "DTSTAMP:20261130T000000Z", "DTSTART;TZID=Europe/Berlin:1", "DTEND;TZID=", " ", "",
            ]), 0..30)
        ) {
            let stamp = first().and_hms_opt(0, 0, 0).unwrap();
            let earlier = Diary::read("A", &lines.join("\r\n"));
            let next = diary(&[Some(1)], stamp).following(&[earlier], first()..first() + Days::new(1), stamp);
            prop_assert!(next.text("A").ends_with("END:VCALENDAR\r\n"));
        }
    }

    #[test]
    fn entries_of_other_weeks_stay_until_they_are_long_past() {
        let stamp = first().and_hms_opt(0, 0, 0).unwrap();
        let published = diary(&[Some(1); 3], stamp);
        let next_plan = |weeks: u64| {
            let start = first() + Days::new(7 * weeks);
            Diary::default().following(std::slice::from_ref(&published), start..start + Days::new(7), stamp)
        };
        assert_eq!(next_plan(1), published, "another week's plan cancels none of this one");
        assert_eq!(next_plan(5), Diary::default());
    }

    #[test]
    fn of_two_repairs_that_differ_a_third_is_later_than_both() {
        let stamp = first().and_hms_opt(0, 0, 0).unwrap();
        let days = || first()..first() + Days::new(DAYS);
        let published = [diary(&[Some(0)], stamp)];
        let repaired = |shift| diary(&[Some(shift)], stamp).following(&published, days(), stamp);
        let told = [repaired(1), repaired(2)];
        for shift in [0, 1, 2] {
            let next = diary(&[Some(shift)], stamp).following(&told, days(), stamp);
            assert!(next.entries().all(|entry| entry.sequence == 2), "somebody's telephone has the other one");
        }
    }
}
