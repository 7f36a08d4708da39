//! Effect of staffing to a level, or with agents more or fewer.

use super::cells::{promise_cells, stamp};
use super::sheet::{Cell, Sheet};
use crate::plan::{Inputs, QueueRequirement, promised};
use crate::risk::StaffingRisk;
use crate::service::Channel;

/// `staff_to,agent_hours,expected_short_hours,shortage_cost,expected_idle_hours,idle_cost,cost`: expected cost of staffing to each level.
#[must_use]
pub fn staffing_risk(risks: &[StaffingRisk]) -> Sheet {
    let columns = ["staff_to", "agent_hours", "expected_short_hours", "shortage_cost", "expected_idle_hours", "idle_cost", "cost"];
    let mut sheet = Sheet::new("staffing_risk", &columns);
    for risk in risks {
        let mut row = vec![Cell::text(risk.level.map_or_else(|| "mean".to_owned(), |level| format!("q{level}")))];
        let of = risk.mismatch;
        let figures = [risk.agent_hours, of.short_hours, of.short_cost, of.idle_hours, of.idle_cost, of.cost()];
        row.extend(figures.map(|figure| Cell::number(figure, 1)));
        sheet.rows.push(row);
    }
    sheet
}

/// Number of agents fewer and more than required that are shown.
const AROUND: i32 = 2;

/// `start,queue,agents,against_required,service_level,asa_seconds,abandonment,occupancy`: predicted performance of the steady-state formula
/// in each open interval with agents fewer and more than required (service level: answered within the queue's time over offered). Deferred
/// work has no such curve.
#[must_use]
pub fn staffing_curve(inputs: &Inputs, requirements: &[QueueRequirement]) -> Sheet {
    let columns = ["start", "queue", "agents", "against_required", "service_level", "asa_seconds", "abandonment", "occupancy"];
    let mut sheet = Sheet::new("staffing_curve", &columns);
    let immediate = inputs.queues.iter().zip(requirements).filter(|(of, _)| of.queue.channel != Channel::Deferred);
    for (of, requirement) in immediate {
        let open = requirement.need.iter().filter(|(start, need)| of.queue.hours.is_open(*start) && need.contacts.get() > 0.0);
        for (start, need) in open {
            for step in -AROUND..=AROUND {
                let agents = need.required.get() + f64::from(step);
                if agents < 0.0 {
                    continue;
                }
                let mut row = vec![stamp(start), Cell::text(&requirement.queue), Cell::number(agents, 4), Cell::number(f64::from(step), 0)];
                row.extend(promise_cells(promised(&of.queue, need, agents)));
                sheet.rows.push(row);
            }
        }
    }
    sheet
}
