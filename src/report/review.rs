//! After an event: what its phases did, and what the plan missed.

use super::sheet::{Cell, Sheet};
use super::tables::{date, stamp};
use crate::hindsight::{Lift, Missed, Why};
use crate::plan::Inputs;
use crate::words::{Lang, Part, say};
use std::fmt::Write;

/// `event,start,end,queue,came,ordinary,times_ordinary,expected_multiplier,volume_multiplier,handle_time_multiplier,bot_deflection,alone,whole`:
/// contacts that came over those of the same hours had they been ordinary, and the multiplier with which the file would have forecast them; empty
/// where the export does not tell.
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

/// `date,queue,cause,short_hours,short_cost`: agent-hours that were missing for each cause and their price; causes of a day add up to what was
/// missing in the end.
#[must_use]
pub fn missed_table(missed: &[Missed]) -> Sheet {
    let mut sheet = Sheet::new("missed", &["date", "queue", "cause", "short_hours", "short_cost"]);
    let row = |of: &Missed| {
        vec![date(of.date), Cell::text(&of.queue), Cell::text(of.why.name()), Cell::number(of.hours, 2), Cell::number(of.price, 2)]
    };
    sheet.rows = missed.iter().map(row).collect();
    sheet
}

/// What a planner reads first: each phase's lift against what was expected, and what was missed for which cause.
#[must_use]
pub fn review_text(inputs: &Inputs, lifts: &[Lift], missed: &[Missed], lang: Lang) -> String {
    let mut text = String::new();
    let mut tell = |key: &str, fill: &[&str]| {
        let _ = writeln!(text, "{}", say(lang, Part::Text, key, fill));
    };
    for lift in lifts {
        let expected = lift.event.expected.volume.map_or_else(|| "–".to_owned(), |factor| format!("{:.2}", factor.get()));
        let learned = format!("{:.2}", if lift.alone { lift.multiplier() } else { lift.over_ordinary() });
        let (queue, came, ordinary) = (inputs.queue_name(&lift.queue), format!("{:.0}", lift.came), format!("{:.0}", lift.ordinary));
        let key = match (lift.alone, lift.whole) {
            (true, true) => "review_lift",
            (true, false) => "review_lift_of_part",
            (false, _) => "review_lift_together",
        };
        tell(key, &[&lift.event.name, queue, &learned, &expected, &came, &ordinary]);
    }
    let total = |wanted: &dyn Fn(&Missed) -> bool| {
        missed.iter().filter(|of| wanted(of)).fold((0.0, 0.0), |(hours, price), of| (hours + of.hours, price + of.price))
    };
    let (hours, price) = total(&|_| true);
    tell("review_missed", &[&format!("{hours:.1}"), &format!("{price:.0}"), &inputs.currency]);
    for why in Why::ALL {
        let (hours, price) = total(&|of| of.why == why);
        let cause = say(lang, Part::Text, &format!("missed_{}", why.name()), &[]);
        tell("review_cause", &[&cause, &format!("{hours:+.1}"), &format!("{price:+.0}"), &inputs.currency]);
    }
    text
}
