//! Review of events: effect of their phases, and causes of understaffing.

use super::cells::{date, stamp};
use super::sheet::{Cell, Sheet};
use crate::review::{Lift, Missed};

/// `event,start,end,queue,came,ordinary,times_ordinary,expected_multiplier,volume_multiplier,handle_time_multiplier,bot_deflection,
/// alone,whole`: actual contacts over those expected in the same hours without the event, and the multiplier with which the file would have
/// forecast them; empty where the export has no data.
#[must_use]
pub fn lifts_table(lifts: &[Lift]) -> Sheet {
    let columns = [
        "event",
        "start",
        "end",
        "queue",
        "came",
        "ordinary",
        "times_ordinary",
        "expected_multiplier",
        "volume_multiplier",
        "handle_time_multiplier",
        "bot_deflection",
        "alone",
        "whole",
    ];
    let mut sheet = Sheet::new("lifts", &columns);
    for lift in lifts {
        let known = |figure: Option<f64>| figure.map_or(Cell::Empty, |figure| Cell::number(figure, 3));
        sheet.rows.push(vec![
            Cell::text(&lift.event.name),
            stamp(lift.event.start),
            stamp(lift.event.end),
            Cell::text(&lift.queue),
            Cell::number(lift.came, 1),
            Cell::number(lift.ordinary, 1),
            known(Some(lift.over_ordinary())),
            known(lift.event.expected.volume.map(crate::units::Factor::get)),
            known(Some(lift.multiplier())),
            known(lift.handling),
            known(lift.bot_share),
            yes_or_no(lift.alone),
            yes_or_no(lift.whole),
        ]);
    }
    sheet
}

fn yes_or_no(is_so: bool) -> Cell {
    Cell::text(if is_so { "yes" } else { "no" })
}

/// `date,queue,cause,short_hours,short_cost`: understaffed agent-hours by cause and their penalty; the causes of a day add up to its final
/// understaffing.
#[must_use]
pub fn missed_table(missed: &[Missed]) -> Sheet {
    let mut sheet = Sheet::new("missed", &["date", "queue", "cause", "short_hours", "short_cost"]);
    let row = |of: &Missed| {
        vec![date(of.date), Cell::text(&of.queue), Cell::text(of.why.name()), Cell::number(of.hours, 2), Cell::number(of.price.get(), 2)]
    };
    sheet.rows = missed.iter().map(row).collect();
    sheet
}
