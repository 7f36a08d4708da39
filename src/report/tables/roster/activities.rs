//! Schedule of offline activities.

use crate::report::tables::cells::{date, stamp};
use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{Roster, RosterProblem, attended};

/// `activity,week,agent_id,team,date,start,end,attended`: everybody's part in every activity; no time where none was found.
pub(in crate::report) fn activities(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let mut sheet = Sheet::new("activities", &["activity", "week", "agent_id", "team", "date", "start", "end", "attended"]);
    for part in attended(problem, roster) {
        let employee = &part.person.employee;
        let mut row = vec![Cell::text(&part.activity.id), date(part.week), Cell::text(&employee.id), Cell::text(&employee.team)];
        row.extend(match &part.offline {
            Some(offline) => [date(offline.start.date()), stamp(offline.start), stamp(offline.end)],
            None => [Cell::Empty, Cell::Empty, Cell::Empty],
        });
        row.push(Cell::text(if part.was_there { "yes" } else { "no" }));
        sheet.rows.push(row);
    }
    sheet
}
