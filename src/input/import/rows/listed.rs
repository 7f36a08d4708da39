//! What was understood of a table's columns.

use crate::input::import::cells::numbered::Numbering;
use crate::input::import::columns::evidence::{Evidence, FEW};
use crate::input::import::columns::said::{Roles, When, Wide};
use crate::input::import::grid::layout::Layout;
use crate::input::import::grid::lines::Grid;
use crate::input::import::rows::counted::Counted;
use crate::input::import::understood::{ColumnRead, Understood, key_of};
use crate::input::personal::values::looks_personal;

/// What was understood of a table, before its figures are.
pub(in crate::input) fn understood(grid: &Grid, layout: &Layout, evidence: &Evidence, roles: &Roles, counted: &Counted) -> Understood {
    let columns = columns_read(layout, evidence, roles);
    let mut understood = Understood {
        header_line: layout.header_line,
        sheet: grid.sheet().map(str::to_owned),
        joined: grid.parts().into_iter().map(str::to_owned).collect(),
        unread: columns_unread(layout, evidence, &columns),
        columns,
        is_log: roles.is_log,
        ..Understood::default()
    };
    understood.slots = match roles.numbering {
        Some(Numbering::Slots(slots)) => Some(slots.name()),
        _ => None,
    };
    understood.of_rows(counted);
    understood.telling = telling(layout, evidence, &understood.unread);
    understood
}

/// Unread columns by whose few words rows of one interval may differ, with the number of these.
fn telling(layout: &Layout, evidence: &Evidence, unread: &[String]) -> Vec<String> {
    let of = |place: usize| {
        let (name, column) = (&layout.names[place], &evidence.columns[place]);
        let is_telling = unread.contains(name) && (2..=FEW).contains(&column.names.len()) && column.names.len() * 2 <= column.filled;

        is_telling.then(|| format!("{name} ({})", column.names.len()))
    };
    (0..layout.names.len()).filter_map(of).collect()
}

/// Columns that are read, by what they say.
fn columns_read(layout: &Layout, evidence: &Evidence, roles: &Roles) -> Vec<ColumnRead> {
    let mut places: Vec<(usize, &'static str)> = match &roles.when {
        When::Stamp(place, _) => vec![(*place, "start")],
        When::Day(place, _) => vec![(*place, "date")],
        When::DateAndTime((date, _), time) => vec![(*date, "date"), (*time, "time")],
        When::BelowDate(_, time) | When::Clock(time) => vec![(*time, "time")],
        When::Across => Vec::new(),
    };
    let mut add = |place: Option<usize>, says| places.extend(place.map(|place| (place, says)));
    add(roles.minute, "minute");
    add(roles.queue, "queue");
    let queues = match &roles.wide {
        Wide::Queues(queues) => queues.iter().map(|(_, of)| of).collect(),
        _ => vec![&roles.measures],
    };
    for of in queues {
        add(of.offered, "offered");
        add(of.handled, "handled");
        add(of.abandoned, "abandoned");
        of.handling.parts.iter().for_each(|part| add(Some(part.place), key_of(layout.meanings[part.place])));
    }
    add(roles.wait.map(|wait| wait.place), "wait");
    add(roles.key, "contact_key");
    add(roles.direction, "direction");
    add(roles.outcome, "outcome");
    let wide: Vec<usize> = match &roles.wide {
        Wide::No | Wide::Queues(_) => Vec::new(),
        Wide::Hours(hours) => hours.iter().map(|(place, _)| *place).collect(),
        Wide::Days(days) => days.iter().map(|(place, _)| *place).collect(),
    };
    wide.into_iter().for_each(|place| add(Some(place), "offered"));
    let of = |(place, says): (usize, &'static str)| {
        let example = evidence.columns[place].example.clone();
        let example = if looks_personal(&example) { String::new() } else { example };
        ColumnRead { name: layout.names[place].clone(), says, example }
    };
    places.into_iter().map(of).collect()
}

/// Names of the other columns with content.
fn columns_unread(layout: &Layout, evidence: &Evidence, read: &[ColumnRead]) -> Vec<String> {
    let is_unread = |place: &usize| {
        let name = &layout.names[*place];
        !name.is_empty() && !read.iter().any(|column| column.name == *name) && evidence.columns[*place].filled > 0
    };
    (0..layout.names.len()).filter(is_unread).map(|place| layout.names[place].clone()).collect()
}
