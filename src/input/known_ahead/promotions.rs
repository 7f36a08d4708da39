//! Promotions: known facts on extraordinary days.

use super::families::{Families, SIZES, same_family};
use crate::event::{DayCurve, Event, Expectation, Family};
use crate::identifier::folded;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::naming::queue_names::QueueNames;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::input::text::file::read_text;
use crate::units::{Factor, Share};
use std::collections::HashMap;
use std::path::Path;

pub(super) const PROMOTIONS: Shape = Shape {
    required: &["event", "start", "end"],
    optional: &["phase", "family", "queue", "size", "volume_multiplier", "handle_time_multiplier", "bot_deflection", "day_curve"],
    numbers: Numbers::Of(&["size", "volume_multiplier", "handle_time_multiplier", "bot_deflection"]),
    closed: true,
};

pub(in crate::input) fn read(folder: &Path, plan: &PlanFile, curves: &(Vec<DayCurve>, Names), problems: &mut Problems) -> Vec<Event> {
    let Some(file) = &plan.files.promotions else { return Vec::new() };
    read_text(folder, file, problems).map_or_else(Vec::new, |text| promotions_in(&text, file, plan, curves, problems))
}

/// Promotions of a text.
pub(in crate::input) fn promotions_in(
    text: &str,
    file: &str,
    plan: &PlanFile,
    curves: &(Vec<DayCurve>, Names),
    problems: &mut Problems,
) -> Vec<Event> {
    let Some(table) = Table::parse(file, text, PROMOTIONS, problems) else { return Vec::new() };
    let table = table.in_clocks(plan.clocks());
    let queues = plan.queue_names();
    let (mut events, mut of_name, mut families): (Vec<Event>, OfName, Families) = Default::default();
    for row in table.rows() {
        let Some(mut event) = promotion(&row, (&plan.names.queues, &queues), curves, problems) else { continue };
        same_family(&row, &mut event, &mut families, problems);
        let earlier = of_name.entry(folded(&event.name)).or_default();
        match clash(&event, earlier) {
            // its effect would count twice
            Some(Clash::Twice(line)) => row.note_as(problems, "event_twice", "event", line, true),
            Some(Clash::Contradiction(line)) => row.note(problems, "event_contradicts", "event", line),
            Some(Clash::Overlap(line)) => row.note(problems, "event_overlaps", "event", line),
            None => {
                earlier.push((row.line, event.clone()));
                events.push(event);
            }
        }
    }
    events
}

/// Events by name, each with its line.
type OfName = HashMap<String, Vec<(usize, Event)>>;

/// Conflict of an event with an earlier one of its name, on the given line.
enum Clash {
    Twice(usize),
    /// Different content for the same time.
    Contradiction(usize),
    /// An overlap in time, where it is ambiguous whether both apply.
    Overlap(usize),
}

fn clash(event: &Event, earlier: &[(usize, Event)]) -> Option<Clash> {
    earlier.iter().find_map(|(line, other)| {
        let is_same = (&other.family, &other.queue, other.start, other.end) == (&event.family, &event.queue, event.start, event.end);
        let meet = other.start < event.end && event.start < other.end;
        let share = other.queue.is_none() || event.queue.is_none() || other.queue == event.queue;
        // an event is learned from once, however many rows it has
        let is_stated = [other, event].iter().any(|event| event.expected != Expectation::default());
        match is_same {
            // names that differ only in spelling are equal
            true if *other == (Event { name: other.name.clone(), ..event.clone() }) => Some(Clash::Twice(*line)),
            true => Some(Clash::Contradiction(*line)),
            false => (meet && share && is_stated).then_some(Clash::Overlap(*line)),
        }
    })
}

/// Longest promotion or closure, in days: a year.
const MOST_DAYS: i64 = 366;

fn promotion(
    row: &Row,
    (queues, names): (&Names, &QueueNames),
    (curves, curve_names): &(Vec<DayCurve>, Names),
    problems: &mut Problems,
) -> Option<Event> {
    row.text("event", problems);
    let (name, phase) = (row.name("event", problems), row.name("phase", problems));
    let (start, end) = (row.stamp("start", problems), row.end_stamp("end", problems));
    let queue = row.queue_of("queue", names, problems);
    if queue.as_ref().is_some_and(|queue| queues.lack(queue.as_str())) {
        row.note(problems, "unknown_queue", "queue", queues.listed());
    }
    let mut factor = |column| row.factor(column, 0.0..=100.0, problems);
    let (volume, handling) = (factor("volume_multiplier"), factor("handle_time_multiplier"));
    let size = row.factor("size", SIZES, problems);
    let bot_share = row.number("bot_deflection", 0.0..=1.0, problems).and_then(|share| Share::new(share).ok());
    let curve_name = row.get("day_curve").filter(|name| *name != "normal");
    let curve = curve_name.and_then(|name| curves.iter().find(|curve| curve.name == name)).cloned();
    if curve_name.is_some_and(|name| curve_names.lack(name)) {
        row.note(problems, "unknown_curve", "day_curve", curve_names.listed());
    }
    let (name, start, end) = (name?, start?, end?);
    if end <= start {
        row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
        return None;
    }
    row.at_most_days(start, end, MOST_DAYS, problems);
    let phase = phase.unwrap_or(name);
    Some(Event {
        name: if phase == name { name.to_owned() } else { format!("{name} {phase}") },
        family: Family::of_name(row.get("family").unwrap_or(phase)),
        start,
        end,
        queue,
        size: size.unwrap_or(Factor::ONE),
        expected: Expectation { volume, handling, bot_share, curve },
    })
}
