//! Capacity plan by week.

use super::cells::date;
use super::sheet::{Cell, Sheet};
use crate::plan::{Hiring, Inputs, QueueWeek};

/// `week,queue,contacts,required_hours,need_hours,people,hired_people,hires,hire_by,in_training,temps,hours,own_hours,temp_hours,
/// overtime_hours,short_hours,short_cost,staff_cost,events`: `required_hours` and `short_hours` are agent-hours at the desk, the other
/// hours are paid hours at standard speed.
pub(in crate::report) fn capacity(hiring: &Hiring) -> Sheet {
    let columns = [
        "week",
        "queue",
        "contacts",
        "required_hours",
        "need_hours",
        "people",
        "hired_people",
        "hires",
        "hire_by",
        "in_training",
        "temps",
        "hours",
        "own_hours",
        "temp_hours",
        "overtime_hours",
        "short_hours",
        "short_cost",
        "staff_cost",
        "events",
    ];
    let mut sheet = Sheet::new("capacity", &columns);
    sheet.rows = hiring.weeks.iter().map(row).collect();
    sheet
}

fn row(of: &QueueWeek) -> Vec<Cell> {
    let whole = |count: u32| Cell::number(f64::from(count), 0);
    let mut row = vec![date(of.first), Cell::text(&of.queue), Cell::number(of.contacts, 1), Cell::number(of.required_hours, 2)];
    row.extend([of.need_hours, of.people, of.hired_people].map(|figure| Cell::number(figure, 2)));
    row.extend([whole(of.hires), of.hire_by.map_or(Cell::Empty, date), whole(of.in_training), whole(of.temps)]);
    let hours = [of.hours, of.own_hours, of.temp_hours, of.overtime, of.short_hours, of.short_cost, of.staff_cost];
    row.extend(hours.map(|figure| Cell::number(figure, 2)));
    row.push(Cell::text(of.events.join(";")));
    row
}

/// Weeks of a queue.
pub(in crate::report) fn weeks_of<'a>(hiring: &'a Hiring, inputs: &Inputs, queue: usize) -> Vec<&'a QueueWeek> {
    let id = &inputs.queues[queue].queue.id;
    hiring.weeks.iter().filter(|week| week.queue == *id).collect()
}
