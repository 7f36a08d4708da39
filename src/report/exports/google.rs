//! Google Calendar's import: one event for each shift.

use super::schedule::Schedule;
use crate::messages::Lang;
use crate::outside::OutsideIds;
use crate::report::tables::sheet::{Cell, Sheet};
use chrono::NaiveDateTime;

/// `Subject,Start Date,Start Time,…`: the agent's outside name, where one is known, else their number, with the shift; times by the agent's
/// clocks. Everybody's events are for one shared calendar.
#[must_use]
pub fn google_calendar(schedule: &Schedule, ids: &OutsideIds, lang: Lang) -> Sheet {
    let columns = ["Subject", "Start Date", "Start Time", "End Date", "End Time", "All Day Event", "Description", "Location", "Private"];
    let mut sheet = Sheet::new("google", &columns);
    // the importer reads English dates whatever the calendar's language
    let moment = |time: NaiveDateTime| [Cell::text(time.format("%-m/%-d/%Y")), Cell::text(time.format("%-I:%M %p"))];
    for shift in &schedule.shifts {
        let of = shift.assignment;
        let who = ids.get(&of.agent).map_or(of.agent.as_str(), |outside| outside.id.as_str());
        let mut row = vec![Cell::text(format!("{who} {}", shift.name))];
        row.extend(moment(of.start));
        row.extend(moment(of.end));
        let place = shift.person.employee.site.as_ref().map_or("", |site| site.name.as_str());
        row.extend([Cell::text("False"), Cell::text(shift.notes(lang)), Cell::text(place), Cell::text("False")]);
        sheet.rows.push(row);
    }
    sheet
}
