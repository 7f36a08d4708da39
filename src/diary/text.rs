//! Text of a calendar, out and in.

use super::clock_rules::clock_rules;
use super::content::{escaped, folded, unfolded};
use super::entry::Entry;
use super::published::Diary;
use crate::zone::Zone;
use std::collections::BTreeSet;

/// Interval after which a program that subscribes to a calendar asks for it again.
const ASK_AGAIN: &str = "PT4H";

impl Diary {
    /// Text of a person's calendar, with the rules of every zone that it names.
    #[must_use]
    pub fn text(&self, agent: &str) -> String {
        let name = escaped(agent);
        let mut lines = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Peakshift//Shifts//EN",
            "CALSCALE:GREGORIAN",
            &format!("NAME:{name}"),
            &format!("X-WR-CALNAME:{name}"),
            // the standard's property (RFC 7986) and the one that programs knew before
            &format!("REFRESH-INTERVAL;VALUE=DURATION:{ASK_AGAIN}"),
            &format!("X-PUBLISHED-TTL:{ASK_AGAIN}"),
        ]
        .map(str::to_owned)
        .to_vec();
        let zones: BTreeSet<&str> = self.entries().flat_map(|entry| entry.content().zones()).collect();
        if let (Some(first), Some(last)) = (self.entries.keys().next(), self.entries.keys().next_back()) {
            lines.extend(zones.iter().filter_map(|zone| zone.parse::<Zone>().ok()).flat_map(|zone| clock_rules(&zone, *first, *last)));
        }
        lines.extend(self.entries().flat_map(|entry| entry.lines(agent)));
        lines.push("END:VCALENDAR".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }

    /// A person's calendar from its text: the entries of their shifts, whatever else it holds.
    #[must_use]
    pub fn read(agent: &str, text: &str) -> Self {
        let lines = unfolded(text);
        let events = lines.split(|line| line == "BEGIN:VEVENT").skip(1);
        let inside = events.filter_map(|event| event.split(|line| line == "END:VEVENT").next());
        Self::of(inside.filter_map(|lines| Entry::of_lines(agent, lines)))
    }
}
