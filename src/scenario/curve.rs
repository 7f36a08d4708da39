//! Sensitivity to one number: cost and service at each value, and the marginal cost of a unit.

use super::{Outcome, Scenarios, Sweep};
use crate::service::QueueId;

/// Results of a sweep over one number, smallest value first.
#[derive(Clone, Debug)]
pub struct Curve<'a> {
    /// Name of the sweep.
    pub sweep: &'a str,
    /// The varied setting, as named in the file.
    pub axis: &'a str,
    /// The queue it belongs to, if any.
    pub queue: Option<QueueId>,
    /// Points in order of value.
    pub steps: Vec<CurvePoint<'a>>,
}

/// A value and its outcome.
#[derive(Clone, Copy, Debug)]
pub struct CurvePoint<'a> {
    /// The value.
    pub value: f64,
    /// The outcome.
    pub outcome: &'a Outcome,
    /// Marginal cost of a unit, from the value before; `None` for the first.
    pub cost_per_unit: Option<f64>,
    /// Service at this value.
    pub service: Bought,
}

/// Simulated service over all planned days: of the curve's queue, else of all calls and chats over sample paths of the forecast.
#[derive(Clone, Copy, Debug)]
pub struct Bought {
    /// Contacts answered within the queue's time over contacts offered.
    pub service_level: f64,
    /// Mean wait of the answered contacts in seconds; `None` over all queues.
    pub mean_wait: Option<f64>,
}

impl Bought {
    fn of(outcome: &Outcome, queue: Option<&QueueId>) -> Self {
        let queue = queue.and_then(|id| outcome.queues.iter().find(|of| of.queue == *id));
        match queue {
            Some(of) => Self { service_level: of.all.service_level.value, mean_wait: Some(of.all.mean_wait.value) },
            None => Self { service_level: outcome.late.rest().get(), mean_wait: None },
        }
    }

    /// Whether it is at least as good: by mean wait where known, else by service level.
    fn is_as_good_as(&self, other: &Self) -> bool {
        match (self.mean_wait, other.mean_wait) {
            (Some(wait), Some(other)) => wait <= other,
            _ => self.service_level >= other.service_level,
        }
    }
}

impl<'a> Curve<'a> {
    /// Least cost among values with service at least as good as the step's.
    #[must_use]
    pub fn cheapest(&self, step: &CurvePoint) -> f64 {
        let as_good = self.steps.iter().filter(|other| other.service.is_as_good_as(&step.service));
        as_good.map(|other| other.outcome.cost.get()).fold(step.outcome.cost.get(), f64::min)
    }

    /// Best service among values that cost no more than the step.
    #[must_use]
    pub fn best(&self, step: &CurvePoint<'a>) -> Bought {
        let affordable = self.steps.iter().filter(|other| other.outcome.cost <= step.outcome.cost);
        affordable.map(|other| other.service).fold(step.service, |best, of| if of.is_as_good_as(&best) { of } else { best })
    }
}

/// Curves of all sweeps that vary exactly one number.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, scenario::*, units::Factor};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let volume = |factor: &str| (factor.to_owned(), Change::Volume { queue: None, when: When::default(), factor: number(factor) });
/// # fn number(text: &str) -> Factor { Factor::new(text.parse().unwrap()).unwrap() }
/// let axis = Axis { name: "volume".into(), values: ["1.0", "2.0", "3.0"].map(volume).into() };
/// let scenarios = Scenarios { named: vec![], sweeps: vec![Sweep { name: "busier".into(), axes: vec![axis] }] };
/// let outcomes = compare(&inputs, &scenarios.all(), &Budget::of_effort(1))?;
/// let steps = &curves(&scenarios, &outcomes)[0].steps;
/// // each further call costs more than the one before
/// assert!(steps[0].cost_per_unit.is_none() && steps[1].cost_per_unit < steps[2].cost_per_unit);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn curves<'a>(scenarios: &'a Scenarios, outcomes: &'a [Outcome]) -> Vec<Curve<'a>> {
    scenarios.sweeps.iter().filter_map(|sweep| curve(sweep, outcomes)).collect()
}

fn curve<'a>(sweep: &'a Sweep, outcomes: &'a [Outcome]) -> Option<Curve<'a>> {
    let [axis] = &sweep.axes[..] else { return None };
    let values: Vec<f64> = axis.values.iter().filter_map(|(value, _)| value.parse().ok()).collect();
    if values.len() < axis.values.len() {
        return None;
    }
    let of_queue = |outcome: &Outcome, name: &str| outcome.queues.iter().find(|of| of.queue.as_str() == name).map(|of| of.queue.clone());
    let queue = axis.name.split_once('.').and_then(|(_, name)| of_queue(outcomes.first()?, name));
    let found = sweep.scenarios().zip(values).filter_map(|(scenario, value)| {
        let outcome = outcomes.iter().find(|outcome| outcome.name == scenario.name)?;
        Some(CurvePoint { value, outcome, cost_per_unit: None, service: Bought::of(outcome, queue.as_ref()) })
    });
    let mut steps: Vec<CurvePoint> = found.collect();
    steps.sort_by(|a, b| a.value.total_cmp(&b.value));
    for place in 1..steps.len() {
        let (before, step) = (steps[place - 1], &mut steps[place]);
        let more = step.value - before.value;
        step.cost_per_unit = (more > 0.0).then(|| (step.outcome.cost.get() - before.outcome.cost.get()) / more);
    }
    Some(Curve { sweep: &sweep.name, axis: &axis.name, queue, steps })
}
