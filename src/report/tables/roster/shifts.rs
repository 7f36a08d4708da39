//! Shifts and pay rates, in long form.

use crate::report::tables::cells::{date, stamp};
use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{Assignment, PaidStretch, Roster, RosterProblem, paid_stretches};
use crate::service::QueueId;
use chrono::NaiveDate;

/// The roster in long form: a row for each period of one activity and the same queues at one pay rate, in the work site's local time, with
/// the site last where there are sites. It can be read back without loss.
#[must_use]
pub fn roster(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let with_sites = problem.people.iter().any(|person| person.employee.site.is_some());
    let mut columns = vec![
        "date",
        "agent_id",
        "shift",
        "start",
        "end",
        "meal_start",
        "breaks",
        "activity",
        "queue",
        "paid_hours",
        "overtime_hours",
        "pay_rate",
        "pinned",
    ];
    columns.extend(with_sites.then_some("site"));
    let mut sheet = Sheet::new("roster", &columns);
    let mut rows: Vec<(NaiveDate, String, Vec<Cell>)> = Vec::new();
    for person in &problem.people {
        let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
        for (assignment, stretches) in assignments.iter().zip(paid_stretches(problem, person, &assignments)) {
            rows.extend(stretches.iter().map(|stretch| {
                let mut row = roster_row(assignment, stretch);
                row.extend(with_sites.then(|| person.employee.site.as_ref().map_or(Cell::Empty, |site| Cell::text(&site.id))));
                (assignment.date, assignment.agent.to_string(), row)
            }));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    sheet.rows = rows.into_iter().map(|(_, _, row)| row).collect();
    sheet
}

fn roster_row(assignment: &Assignment, stretch: &PaidStretch) -> Vec<Cell> {
    let inside = |pauses: &[crate::roster::Break]| {
        let pauses = pauses.iter().filter(|pause| stretch.start <= pause.start && pause.start < stretch.end);
        pauses.map(|pause| format!("{}/{}", pause.start.format("%H:%M"), pause.minutes)).collect::<Vec<_>>().join(";")
    };
    let queues: Vec<&str> = assignment.queues_at(stretch.start).iter().map(QueueId::as_str).collect();
    vec![
        date(assignment.date),
        Cell::text(&assignment.agent),
        Cell::text(&assignment.shift),
        stamp(stretch.start),
        stamp(stretch.end),
        Cell::text(inside(&assignment.meals)),
        Cell::text(inside(&assignment.rests)),
        Cell::text(stretch.activity.as_deref().unwrap_or("work")),
        Cell::text(queues.join(";")),
        Cell::number(stretch.paid.get(), 4),
        Cell::number(stretch.overtime.get(), 4),
        Cell::number(stretch.rate.get(), 2),
        Cell::text(if assignment.pinned { "yes" } else { "no" }),
    ]
}
