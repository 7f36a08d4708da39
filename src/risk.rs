//! What does it cost to staff for more, or for less, than is expected? Each level's expected shortage and idle time, priced.

use crate::plan::{Inputs, QueueForecast, QueueRequirement, require, require_at_level};
use crate::units::Money;

/// What comes of staffing every interval for one level of contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffingRisk {
    /// The probability that no more contacts come than are staffed for; none for the mean.
    pub level: Option<f64>,
    /// Agent-hours required at the desk.
    pub agent_hours: f64,
    /// Agent-hours that are expected to be missing.
    pub short_hours: f64,
    /// Their price, by the plan's prices of a missing agent-hour.
    pub short_cost: Money,
    /// Agent-hours that are expected to be more than needed.
    pub idle_hours: f64,
    /// Their base pay, with the paid time that is lost inside shifts.
    pub idle_cost: Money,
}

impl StaffingRisk {
    /// Shortage and idle time together.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.short_cost.get() + self.idle_cost.get()
    }
}

/// What may come: as many equally likely worlds.
const WORLDS: usize = 10;

/// The expected costs of staffing for each level, interval by interval: what is required at the level against what would be
/// required in each of ten equally likely worlds.
///
/// # Errors
/// A level outside the forecast's quantiles.
pub fn staffing_risks(inputs: &Inputs, forecasts: &[QueueForecast], levels: &[Option<f64>]) -> Result<Vec<StaffingRisk>, f64> {
    let world = |number: usize| require_at_level(inputs, forecasts, (number as f64 + 0.5) / WORLDS as f64);
    let worlds: Vec<Vec<QueueRequirement>> = (0..WORLDS).map(world).collect::<Result<_, _>>()?;
    levels.iter().map(|&level| risk(inputs, forecasts, level, &worlds)).collect()
}

fn risk(inputs: &Inputs, forecasts: &[QueueForecast], level: Option<f64>, worlds: &[Vec<QueueRequirement>]) -> Result<StaffingRisk, f64> {
    let staffed = level.map_or_else(|| Ok(require(inputs, forecasts)), |level| require_at_level(inputs, forecasts, level))?;
    let hours = inputs.interval.hours();
    let share = hours / worlds.len() as f64;
    let (mut agent_hours, mut short_hours, mut short_cost, mut idle_hours) = (0.0, 0.0, 0.0, 0.0);
    for (queue, staffed) in staffed.iter().enumerate() {
        for (index, here) in staffed.need.values().iter().enumerate() {
            agent_hours += here.required.get() * hours;
            for world in worlds {
                let needed = world[queue].need[index].required.get();
                let missing = needed - here.required.get();
                short_hours += missing.max(0.0) * share;
                short_cost += inputs.prices.shortage_cost(needed * hours, missing.max(0.0) * hours).get() / worlds.len() as f64;
                idle_hours += (-missing).max(0.0) * share;
            }
        }
    }
    let idle_cost = Money::new(idle_hours * paid_for_a_desk_hour(inputs)).unwrap_or_default();
    Ok(StaffingRisk { level, agent_hours, short_hours, short_cost: Money::new(short_cost).unwrap_or_default(), idle_hours, idle_cost })
}

/// Mean base pay of the team for an hour at the desk.
fn paid_for_a_desk_hour(inputs: &Inputs) -> f64 {
    let pay = inputs.employees.iter().map(|employee| employee.pay.get()).sum::<f64>();
    pay / inputs.employees.len().max(1) as f64 / inputs.shrinkage.left().get().max(1e-9)
}
