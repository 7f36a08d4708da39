//! Flat form of events: `event,family,start,end,size`.

use super::families::{Families, SIZES, same_family};
use crate::event::{Event, Expectation, Family};
use crate::input::header::shape::{Numbers, Shape};
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::units::Factor;

const EVENTS: Shape =
    Shape { required: &["event", "family", "start", "end"], optional: &["size"], numbers: Numbers::Of(&["size"]), closed: false };

/// Reads the flat form of events: `event,family,start,end,size`.
pub(in crate::input) fn read(text: &str, file: &str, problems: &mut Problems) -> Vec<Event> {
    let Some(table) = Table::parse(file, text, EVENTS, problems) else { return Vec::new() };
    let event = |row: &Row, problems: &mut Problems| {
        row.text("event", problems);
        let (name, family) = (row.name("event", problems), row.text("family", problems));
        let (start, end) = (row.stamp("start", problems), row.end_stamp("end", problems));
        let size = row.factor("size", SIZES, problems).unwrap_or(Factor::ONE);
        let (start, end) = (start?, end?);
        if end <= start {
            row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
            return None;
        }
        Some(Event {
            name: name?.to_owned(),
            family: Family::of_name(family?),
            start,
            end,
            queue: None,
            size,
            expected: Expectation::default(),
        })
    };
    let mut families = Families::default();
    let mut events = Vec::new();
    for row in table.rows() {
        let Some(mut event) = event(&row, problems) else { continue };
        same_family(&row, &mut event, &mut families, problems);
        events.push(event);
    }
    events
}
