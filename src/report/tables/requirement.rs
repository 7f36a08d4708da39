//! Requirement and coverage by interval.

use super::cells::{promise_cells, stamp};
use super::sheet::{Cell, Sheet};
use crate::plan::{Inputs, QueueRequirement, promised};
use crate::roster::{QueueCoverage, RosterProblem};
use crate::service::{Channel, Queue};
use crate::staffing::{IntervalNeed, Performance};

/// `start,queue,load_erlangs,required,required_stationary,service_level,asa_seconds,abandonment,occupancy,added_by_simulation,
/// changing_load_erlangs,asked_for`: the requirement, its predicted performance at the load that determined it (service level: answered
/// within the queue's time over offered), and the work for which agents are required. `asked` is the rostering problem, where simulation
/// cuts may have raised the formulas' requirement.
#[must_use]
pub fn requirement(inputs: &Inputs, requirements: &[QueueRequirement], asked: Option<&RosterProblem>) -> Sheet {
    let columns = [
        "start",
        "queue",
        "load_erlangs",
        "required",
        "required_stationary",
        "service_level",
        "asa_seconds",
        "abandonment",
        "occupancy",
        "added_by_simulation",
        "changing_load_erlangs",
        "asked_for",
    ];
    let mut sheet = Sheet::new("requirement", &columns);
    for (place, (of, requirement)) in inputs.queues.iter().zip(requirements).enumerate() {
        for (slot, need) in requirement.need.values().iter().enumerate() {
            let start = requirement.need.grid().start(slot);
            let is_open = of.queue.hours.is_open(start);
            if !is_open && need.contacts.get() == 0.0 {
                continue;
            }
            let required = asked.map_or(need.required.get(), |problem| problem.demand[place].required[slot]);
            let mut row = vec![stamp(start), Cell::text(&requirement.queue), Cell::number(need.load.get(), 6)];
            row.extend([required, need.required_stationary.get()].map(|agents| Cell::number(agents, 4)));
            row.extend(figures_with(&of.queue, need, if is_open { required } else { 0.0 }));
            // a requirement without a roster has no simulation cuts
            row.push(asked.map_or(Cell::Empty, |_| Cell::number(required - need.required.get(), 4)));
            row.push(Cell::number(need.changing_load.get(), 4));
            row.push(Cell::text(asked_for(&of.queue, need, required)));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// Predicted performance with the required agents. Empty where there is none: for deferred work, where arriving contacts require nobody,
/// where only contacts in hand do, and where the queue's own agents would not keep up without those of other queues.
fn figures_with(queue: &Queue, need: &IntervalNeed, required: f64) -> [Cell; 4] {
    let nobody_comes = need.contacts.get() == 0.0;
    if nobody_comes && required == 0.0 && queue.channel != Channel::Deferred {
        return promise_cells(Performance { service_level: 1.0, asa: 0.0, abandonment: 0.0, occupancy: 0.0 });
    }
    let has_formula = queue.channel != Channel::Deferred && required > 0.0 && !nobody_comes;
    let promise = has_formula.then(|| promised(queue, need, required)).filter(|promise| promise.asa.is_finite());
    promise.map_or([const { Cell::Empty }; 4], promise_cells)
}

/// Work for which agents are required in an interval.
fn asked_for(queue: &Queue, need: &IntervalNeed, required: f64) -> &'static str {
    match (&queue.channel, need.contacts.get() > 0.0) {
        _ if required == 0.0 => "",
        _ if need.required.get() == 0.0 => "simulation",
        (Channel::Deferred, _) => "waiting_work",
        (_, true) => "contacts",
        (_, false) => "in_hand",
    }
}

/// Agents that round to 0 at four decimals.
const ROUNDED_AWAY: f64 = 0.00005;

/// `start,queue,required,served,able,short_agents,added_by_simulation`: standard-speed agents at the desk, and the part of the requirement
/// that simulation cuts added to the queue's own need. It remains a measure of the roster when another command has replaced
/// `requirement.csv`.
#[must_use]
pub fn coverage(requirements: &[QueueRequirement], problem: &RosterProblem, coverage: &[QueueCoverage]) -> Sheet {
    let columns = ["start", "queue", "required", "served", "able", "short_agents", "added_by_simulation"];
    let mut sheet = Sheet::new("coverage", &columns);
    for (of, requirement) in coverage.iter().zip(requirements) {
        for (slot, need) in requirement.need.values().iter().enumerate() {
            let added = of.required[slot] - need.required.get();
            if of.required[slot] <= 0.0 && of.able[slot] <= 0.0 && added.abs() < ROUNDED_AWAY {
                continue;
            }
            let mut row = vec![stamp(problem.grid.start(slot)), Cell::text(&of.queue)];
            row.extend([of.required[slot], of.served[slot], of.able[slot], of.short(slot).get()].map(|agents| Cell::number(agents, 4)));
            row.push(Cell::number(added, 4));
            sheet.rows.push(row);
        }
    }
    sheet
}
