//! Construction of the rostering problem.

use super::inputs::Inputs;
use super::pricing::worth;
use super::requirements::QueueRequirement;
use crate::roster::{Person, QueueDemand, RosterProblem};
use crate::service::Queue;
use crate::staffing::{self, IntervalNeed};
use crate::time::Series;
use crate::workforce::Employee;

/// The rostering problem: requirements as plain numbers, people with their effectiveness at the desk.
///
/// ```
/// use peakshift::{input::Folder, plan::{forecast, require, roster_problem}, staffing::Cause, units::Share};
/// let mut inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// inputs.shrinkage.0.push(Cause { name: "system down".into(), share: Share::new(0.1)? });
/// let problem = roster_problem(&inputs, &require(&inputs, &forecast(&inputs)?));
/// // lost time makes people less effective and leaves the requirement as it is
/// assert_eq!((problem.people[0].effectiveness.get(), problem.demand[0].required[9]), (0.9, 3.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn roster_problem(inputs: &Inputs, requirements: &[QueueRequirement]) -> RosterProblem {
    let person = |employee: &Employee| Person {
        effectiveness: employee.speed * inputs.shrinkage.left(),
        absences: inputs.absences.iter().filter(|absence| absence.agent == employee.id).cloned().collect(),
        past: inputs.past.get(&employee.id).cloned().unwrap_or_default(),
        account: inputs.accounts.get(&employee.id).copied().unwrap_or_default(),
        pins: inputs.pins.iter().filter(|pin| pin.agent == employee.id).cloned().collect(),
        excused: inputs.excused.iter().filter(|duty| duty.agent == employee.id).cloned().collect(),
        zone: employee.clocks().map(|clocks| clocks.zone().clone()).or_else(|| inputs.zone.clone()),
        ..Person::new(employee.clone())
    };
    RosterProblem {
        horizon: inputs.horizon,
        grid: inputs.horizon.grid(inputs.interval),
        demand: inputs.queues.iter().zip(requirements).map(|(of, need)| demand(inputs, &of.queue, &need.need)).collect(),
        people: inputs.employees.iter().map(person).collect(),
        shifts: crate::roster::at_all_clocks(&inputs.shifts, &inputs.employees, inputs.horizon),
        activities: inputs.activities.clone(),
        minimum_staffing: inputs.minimum_staffing.clone(),
        rules: inputs.rules.clone(),
        prices: inputs.prices.clone(),
        calendar: inputs.calendar.clone(),
    }
}

/// Demand of a queue: the requirement, and for a target over a day or a week the service value of agents.
fn demand(inputs: &Inputs, queue: &Queue, need: &Series<IntervalNeed>) -> QueueDemand {
    QueueDemand {
        queue: queue.id.clone(),
        required: need.values().iter().map(|need| need.required.get()).collect(),
        worth: staffing::service_curve(queue, need).map(|curve| worth(&inputs.prices, curve)),
    }
}
