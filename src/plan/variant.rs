//! Incremental re-planning from a base plan: unaffected steps are reused, and the search starts from the base's roster.

use super::forecasts::{Modelled, expected, model};
use super::{
    Advice, Inputs, PlanError, Planned, QueueForecast, QueueInputs, QueueRequirement, events_of, plan, planned, require_queue,
    simulation_cuts,
};
use crate::budget::Budget;
use crate::event::{Event, Expectation};

/// A plan that others are compared with.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::Base};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let base = Base::plan(&inputs, &Budget::of_effort(1))?;
/// let mut smaller = inputs.clone();
/// smaller.employees.pop();
/// let varied = base.vary(&smaller, &Budget::of_effort(1))?;
/// assert_eq!(varied.forecasts[0].demand, base.planned().forecasts[0].demand); // as before
/// assert!(varied.solved.parts.understaffing > base.planned().solved.parts.understaffing);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[derive(Debug)]
pub struct Base<'a> {
    inputs: &'a Inputs,
    planned: Planned,
    /// The initial requirements of its roster search, by queue and interval.
    begun: Vec<Vec<f64>>,
}

impl<'a> Base<'a> {
    /// Plans the inputs.
    ///
    /// # Errors
    /// [`PlanError`] as for [`plan`].
    pub fn plan(inputs: &'a Inputs, budget: &Budget) -> Result<Self, PlanError> {
        let planned = plan(inputs, budget)?;
        let begun = simulation_cuts::begin(inputs, &planned.requirements).demand.into_iter().map(|demand| demand.required).collect();
        Ok(Self { inputs, planned, begun })
    }

    /// The base plan.
    #[must_use]
    pub fn planned(&self) -> &Planned {
        &self.planned
    }

    /// A plan for other inputs, by the steps of the base except the advice on reliefs. Over other days or for other queues nothing is
    /// reused. Otherwise forecasts and requirements are reused where nothing they depend on has changed, and the roster search starts from
    /// the base's roster and simulation cuts.
    ///
    /// # Errors
    /// [`PlanError`] if a queue with changed facts cannot be forecast.
    pub fn vary(&self, inputs: &Inputs, budget: &Budget) -> Result<Planned, PlanError> {
        if !inputs.asks_as(self.inputs) {
            return plan(inputs, budget);
        }
        let queues = inputs.queues.iter().enumerate();
        let forecasts = queues.map(|(queue, of)| self.forecast(inputs, of, queue)).collect::<Result<Vec<_>, _>>()?;
        let requirements: Vec<QueueRequirement> =
            inputs.queues.iter().zip(&forecasts).enumerate().map(|(queue, (of, forecast))| self.require(of, forecast, queue)).collect();
        let known = simulation_cuts::Known { roster: &self.planned.solved.roster, asked: &|queue, slot| self.asked(queue, slot) };
        let rostered = simulation_cuts::roster_beside(inputs, &requirements, &known, budget);
        Ok(planned(inputs, forecasts, requirements, rostered, Advice::default(), budget))
    }

    fn forecast(&self, inputs: &Inputs, of: &QueueInputs, queue: usize) -> Result<QueueForecast, PlanError> {
        let known = &self.planned.forecasts[queue];
        let modelled = if self.comes_as_before(inputs, of, queue) {
            Modelled { forecast: known.modelled.clone(), findings: known.findings.clone(), caveats: known.caveats.clone() }
        } else {
            model(inputs, of)?
        };
        Ok(expected(inputs, of, modelled))
    }

    /// Whether all that the models of a queue's contacts depend on is unchanged.
    fn comes_as_before(&self, inputs: &Inputs, of: &QueueInputs, queue: usize) -> bool {
        let (before, was) = (self.inputs, &self.inputs.queues[queue]);
        let seen = |inputs: &Inputs| events_of(inputs, &of.queue.id).into_iter().map(as_models_see).collect::<Vec<_>>();
        inputs.history_until == before.history_until
            && of.queue.hours == was.queue.hours
            && of.counted_every == was.counted_every
            && inputs.drivers == before.drivers
            && inputs.calendar == before.calendar
            && of.counts == was.counts
            && seen(inputs) == seen(before)
    }

    fn require(&self, of: &QueueInputs, forecast: &QueueForecast, queue: usize) -> QueueRequirement {
        let is_as_before = of.queue == self.inputs.queues[queue].queue && forecast.demand == self.planned.forecasts[queue].demand;
        if is_as_before { self.planned.requirements[queue].clone() } else { require_queue(&of.queue, &forecast.demand) }
    }

    /// Factor by which simulation changed the requirement with which the search began.
    fn asked(&self, queue: usize, slot: usize) -> f64 {
        let (begun, asked) = (self.begun[queue][slot], self.planned.problem.demand[queue].required[slot]);
        if begun > 0.0 { asked / begun } else { 1.0 }
    }
}

/// An event without the fields on which only handling times and bots depend.
fn as_models_see(event: Event) -> Event {
    let Expectation { volume, curve, .. } = event.expected;
    Event { expected: Expectation { volume, curve, handling: None, bot_share: None }, ..event }
}
