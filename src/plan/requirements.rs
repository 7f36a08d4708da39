//! How many are needed, queue by queue, and what can be promised with the people there are.

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

/// What a queue needs.
#[derive(Clone, Debug)]
pub struct QueueRequirement {
    /// Which queue.
    pub queue: QueueId,
    /// Interval by interval.
    pub need: Series<IntervalNeed>,
}

/// How many are needed, queue by queue.
#[must_use]
pub fn require(inputs: &Inputs, forecasts: &[QueueForecast]) -> Vec<QueueRequirement> {
    inputs.queues.iter().zip(forecasts).map(|(of, forecast)| require_queue(&of.queue, &forecast.demand)).collect()
}

/// What each queue would need if its contacts came as they do with a probability of `level`, instead of as expected.
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

/// What a queue would need of people if such contacts came in the inputs' horizon.
#[must_use]
pub fn require_for(inputs: &Inputs, of: &QueueInputs, offered: &Series<Contacts>) -> Series<IntervalNeed> {
    let events = events_of(inputs, &of.queue.id);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let bots = bots_of(inputs, of, &facts);
    staffing::requirement(&of.queue, &demand_of(&of.queue, offered, &bots, &handling_of(inputs, of, &facts, &bots)))
}

/// What a queue needs for such a demand.
#[must_use]
pub fn require_queue(queue: &Queue, demand: &Series<Demand>) -> QueueRequirement {
    QueueRequirement { queue: queue.id.clone(), need: staffing::requirement(queue, demand) }
}

/// What every queue attains interval by interval with the people rostered for it, each line followed through time by itself.
#[must_use]
pub fn promised_through(inputs: &Inputs, requirements: &[QueueRequirement], coverage: &[QueueCoverage]) -> Vec<Vec<Performance>> {
    let of = |queue: usize| {
        let cover = &coverage[queue];
        staffing::performances(&inputs.queues[queue].queue, &requirements[queue].need, &cover.rostered, &cover.leaving)
    };
    (0..inputs.queues.len()).into_par_iter().map(of).collect()
}

/// What the formula promises in an interval for so many agents at the desk, by the load by which the required ones are found.
#[must_use]
pub fn promised(queue: &Queue, need: &IntervalNeed, agents: f64) -> Performance {
    staffing::performance(queue, need, Agents::new(agents.max(0.0)).expect("no less than nobody is at the desk"))
}
