//! Staffing requirement of each queue, and predicted performance with the rostered people.

use super::demand::{bots_of, demand_of, handling_of};
use super::forecasts::QueueForecast;
use super::inputs::{Inputs, QueueInputs, events_of};
use crate::forecast::Facts;
use crate::roster::QueueCoverage;
use crate::service::{Queue, QueueId};
use crate::staffing::{self, Demand, IntervalNeed, Performance};
use crate::time::Series;
use crate::units::{Agents, Contacts};
use rayon::prelude::*;

/// Requirement of a queue.
#[derive(Clone, Debug)]
pub struct QueueRequirement {
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Requirement by interval.
    pub need: Series<IntervalNeed>,
}

/// Requirements of all queues.
#[must_use]
pub fn require(inputs: &Inputs, forecasts: &[QueueForecast]) -> Vec<QueueRequirement> {
    inputs.queues.iter().zip(forecasts).map(|(of, forecast)| require_queue(&of.queue, &forecast.demand)).collect()
}

/// Requirements of all queues if demand came at its `level` quantile instead of its mean.
///
/// # Errors
/// The level itself, if the forecast's quantiles do not reach it.
pub fn require_at_level(inputs: &Inputs, forecasts: &[QueueForecast], level: f64) -> Result<Vec<QueueRequirement>, f64> {
    let pairs = inputs.queues.iter().zip(forecasts);
    pairs
        .map(|(of, forecast)| {
            let demand = demand_of(&of.queue, &forecast.offered.at_level(level)?, &forecast.bots, &forecast.handling);
            Ok(require_queue(&of.queue, &demand))
        })
        .collect()
}

/// Requirement of a queue for the given contacts over the inputs' horizon.
#[must_use]
pub fn require_for(inputs: &Inputs, of: &QueueInputs, offered: &Series<Contacts>) -> Series<IntervalNeed> {
    let events = events_of(inputs, &of.queue.id);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let bots = bots_of(inputs, of, &facts);
    staffing::requirement(&of.queue, &demand_of(&of.queue, offered, &bots, &handling_of(inputs, of, &facts, &bots)))
}

/// Requirement of a queue for a demand on people.
#[must_use]
pub fn require_queue(queue: &Queue, demand: &Series<Demand>) -> QueueRequirement {
    QueueRequirement { queue: queue.id.clone(), need: staffing::requirement(queue, demand) }
}

/// Predicted performance of every queue by interval with the rostered people, each queue followed through time separately.
#[must_use]
pub fn promised_through(inputs: &Inputs, requirements: &[QueueRequirement], coverage: &[QueueCoverage]) -> Vec<Vec<Performance>> {
    let of = |queue: usize| {
        let cover = &coverage[queue];
        staffing::performances(&inputs.queues[queue].queue, &requirements[queue].need, &cover.rostered, &cover.leaving)
    };
    (0..inputs.queues.len()).into_par_iter().map(of).collect()
}

/// Predicted performance in an interval with `agents` at the desk, at the load that determined the requirement.
#[must_use]
pub fn promised(queue: &Queue, need: &IntervalNeed, agents: f64) -> Performance {
    staffing::performance(queue, need, Agents::new(agents.max(0.0)).expect("no less than nobody is at the desk"))
}
