//! Results of a drill: service with and without the surprise, recovery, and offers.

use super::cells::stamp;
use super::offers::offers_sheet;
use super::service::service;
use super::sheet::{Cell, Sheet};
use crate::plan::promised_through;
use crate::scenario::Drill;
use crate::simulate::Attained;

/// Columns of `service.csv` (see [`service`]) for each surprise, with its name and the undisturbed figures.
pub(in crate::report) fn service_beside(drills: &[Drill]) -> Sheet {
    let mut all = Sheet::new("service", &[]);
    for drill in drills {
        let promised = promised_through(&drill.inputs, &drill.requirements, &drill.coverage);
        let table = |attained: &[Attained]| service(&drill.inputs, &drill.requirements, &drill.coverage, &promised, attained);
        let undisturbed = table(&drill.undisturbed).only(&["service_level", "asa_seconds"]);
        let mut disturbed = table(&drill.attained);
        for (row, before) in disturbed.rows.iter_mut().zip(undisturbed.rows) {
            row.push(Cell::text(&drill.name));
            row.extend(before);
        }
        all.columns = disturbed.columns;
        all.columns.extend(["surprise", "undisturbed_service_level", "undisturbed_asa_seconds"].map(String::from));
        all.rows.extend(disturbed.rows);
    }
    all
}

/// `surprise,queue,struck,over,recovered,minutes_to_recover,worst,worst_service_level,worst_asa_seconds`: affected queues. `recovered` is
/// the time from which no interval misses a target that it would have met anyway, empty if that is not before the queue closes; the minutes
/// count from `struck`.
pub(in crate::report) fn recovery(drills: &[Drill]) -> Sheet {
    let columns =
        ["surprise", "queue", "struck", "over", "recovered", "minutes_to_recover", "worst", "worst_service_level", "worst_asa_seconds"];
    let mut sheet = Sheet::new("recovery", &columns);
    for (drill, of) in drills.iter().flat_map(|drill| drill.recoveries.iter().map(move |of| (drill, of))) {
        let minutes = of.recovered.map(|back| (back - of.struck).num_minutes() as f64);
        sheet.rows.push(vec![
            Cell::text(&drill.name),
            Cell::text(&of.queue),
            stamp(of.struck),
            stamp(of.over),
            of.recovered.map_or(Cell::Empty, stamp),
            minutes.map_or(Cell::Empty, |minutes| Cell::number(minutes, 0)),
            stamp(of.worst),
            Cell::number(of.worst_level, 4),
            Cell::number(of.worst_wait, 2),
        ]);
    }
    sheet
}

/// `turn,agent_id,ask,shift,from,until,hours,pay,relieved_hours,saved,surprise`: offers, worthwhile ones first and numbered, the others by
/// pay for an hour. `relieved_hours` is the reduction of understaffed agent-hours, `saved` that of the penalty.
pub(in crate::report) fn reserve(drills: &[Drill]) -> Sheet {
    let mut sheet = offers_sheet("reserve", drills.iter().flat_map(|drill| &drill.reserve));
    sheet.columns.push("surprise".into());
    let names = drills.iter().flat_map(|drill| drill.reserve.iter().map(|_| &drill.name));
    sheet.rows.iter_mut().zip(names).for_each(|(row, name)| row.push(Cell::text(name)));
    sheet
}
