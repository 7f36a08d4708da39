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
///
/// ```
/// use peakshift::{input::Folder, plan::{forecast, require, require_at_level, require_queue}, units::Agents};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let (queue, forecasts) = (&inputs.queues[0].queue, forecast(&inputs)?);
/// let mean = require(&inputs, &forecasts);
/// assert_eq!(mean[0].need[9].required, Agents::whole(3)); // one erlang waits 27 s with three agents, 200 s with two
/// assert_eq!(require_queue(queue, &forecasts[0].demand).need, mean[0].need);
/// let busy = require_at_level(&inputs, &forecasts, 0.9).unwrap();
/// assert!(busy[0].need[9].load > mean[0].need[9].load);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
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
///
/// ```
/// use peakshift::{input::Folder, plan::{forecast, require_for}, units::{Agents, Factor}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let twice = forecast(&inputs)?[0].offered.mean.map(|calls| *calls * Factor::new(2.0).unwrap());
/// let need = require_for(&inputs, &inputs.queues[0], &twice);
/// assert_eq!(need[9].required, Agents::whole(4)); // three for half as many: a larger line needs fewer for each call
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
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
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{forecast, promised_through, require, roster}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let requirements = require(&inputs, &forecast(&inputs)?);
/// let rostered = roster(&inputs, &requirements, &Budget::of_effort(1));
/// let waits = promised_through(&inputs, &requirements, &rostered.coverage).remove(0);
/// assert!(waits[12].asa > waits[10].asa); // one of three agents has a meal at noon
/// assert!(waits[14].asa > waits[15].asa); // callers left from noon are answered first
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn promised_through(inputs: &Inputs, requirements: &[QueueRequirement], coverage: &[QueueCoverage]) -> Vec<Vec<Performance>> {
    let of = |queue: usize| {
        let cover = &coverage[queue];
        staffing::performances(&inputs.queues[queue].queue, &requirements[queue].need, &cover.rostered, &cover.leaving)
    };
    (0..inputs.queues.len()).into_par_iter().map(of).collect()
}

/// Predicted performance in an interval with `agents` at the desk, at the load that determined the requirement.
///
/// ```
/// use peakshift::{input::Folder, plan::{forecast, promised, require}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let need = require(&inputs, &forecast(&inputs)?)[0].need[9];
/// let waits = [2.0, 3.0].map(|agents| promised(&inputs.queues[0].queue, &need, agents).asa);
/// assert!((waits[0] - 200.0).abs() < 2.0 && (waits[1] - 27.3).abs() < 0.3); // seconds, by Erlang C
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn promised(queue: &Queue, need: &IntervalNeed, agents: f64) -> Performance {
    staffing::performance(queue, need, Agents::new(agents.max(0.0)).expect("no less than nobody is at the desk"))
}
