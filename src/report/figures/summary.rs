//! The figures a planner looks at first, as data.

use super::cost::{PartsSummary, interruption_name};
use crate::plan::{Inputs, Planned, QueueRequirement, human_contacts};
use crate::roster::QueueCoverage;
use crate::service::{Queue, ReplyFigure, Vip};
use crate::simulate::{Attained, Estimate, Figure, Verdict};
use crate::units::{Money, Seconds};
use serde::Serialize;

/// A plan in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The plan's name.
    pub name: String,
    /// The first day.
    pub first_day: String,
    /// How many days.
    pub days: usize,
    /// How many people.
    pub people: usize,
    /// The currency of all money.
    pub currency: String,
    /// Pay, premiums, refused requests and the price of what is missing.
    pub cost: f64,
    /// The same, part by part: they add up to it.
    pub cost_parts: PartsSummary,
    /// No legal roster costs less; nothing where that was not shown of anything.
    pub bound: Option<f64>,
    /// Whether work on the plan was ended before it was done.
    pub interrupted: bool,
    /// What ended it then: `time_limit` or `request` (Ctrl-C).
    pub interrupted_by: Option<&'static str>,
    /// Cost / bound − 1; nothing without a bound.
    pub gap: Option<f64>,
    /// (Cost − bound) / (cost − pay that no roster can avoid).
    pub avoidable_gap: Option<f64>,
    /// Pay that no roster can avoid.
    pub unavoidable_pay: f64,
    /// The price of what is missing.
    pub shortage_cost: f64,
    /// Rules broken (by the independent check).
    pub violations: usize,
    /// How often the simulation asked for more people than the formulas and the roster was made anew.
    pub simulation_rounds: usize,
    /// Agent-hours that it asked for.
    pub simulation_added_hours: f64,
    /// Intervals of all queues in which a target is missed though nobody is missing.
    pub missed_intervals: usize,
    /// Queue by queue.
    pub queues: Vec<QueueSummary>,
}

/// A queue in numbers.
#[derive(Clone, Debug, Serialize)]
pub struct QueueSummary {
    /// Which queue.
    pub queue: String,
    /// Contacts that reach people.
    pub contacts: f64,
    /// The forecasting method that was chosen.
    pub method: String,
    /// Its WAPE on held-back weeks, a share.
    pub held_back_wape: Option<f64>,
    /// Its people and service.
    #[serde(flatten)]
    pub service: QueueService,
    /// Of worlds of the forecast, the share in which the targets hold over the whole horizon.
    pub sample_paths_met_share: Option<f64>,
    /// Platforms' figures.
    pub replies: Vec<ReplySummary>,
    /// Contacts that go before the others of the queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vip: Option<VipSummary>,
}

/// Contacts that go before the others of their queue, in simulation over the horizon.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct VipSummary {
    /// Their share of the contacts.
    pub share_of_contacts: f64,
    /// The time of their answered share.
    pub within_seconds: f64,
    /// What they attain.
    pub simulated: Attainment,
    /// Whether all that they are promised holds, the whole confidence interval.
    pub target_met: bool,
}

impl VipSummary {
    fn of(vip: &Vip, queue: &Queue, attained: &Attained) -> Self {
        let attained = attained.of_vips();
        Self {
            share_of_contacts: vip.share.get(),
            within_seconds: crate::staffing::within_of(vip, queue).get(),
            simulated: Attainment::of(attained.service_level(0..1), attained.asa(0..1)),
            target_met: vip.targets.iter().all(|target| attained.verdict(target, 0) == Verdict::Met),
        }
    }
}

/// A platform's figure of a queue, in worlds of the forecast.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ReplySummary {
    /// The time to reply in.
    pub within_seconds: f64,
    /// The least share of the replies.
    pub target_share: f64,
    /// The share attained over the horizon.
    pub share: Option<f64>,
    /// The days over which the platform counts.
    pub period_days: u32,
    /// Probability that the figure over such a period falls below its target.
    pub chance_to_miss: Option<f64>,
}

impl ReplySummary {
    fn of(figure: &ReplyFigure, number: usize, sample_paths: &Attained, days: usize) -> Self {
        let finite = |value: f64| value.is_finite().then_some(value);
        let horizons = f64::from(figure.period_days) / days.max(1) as f64;
        Self {
            within_seconds: figure.within.get(),
            target_share: figure.share.get(),
            share: finite(sample_paths.replies_in_time(number).value),
            period_days: figure.period_days,
            chance_to_miss: finite(sample_paths.chance_to_miss(number, figure.share.get(), horizons)),
        }
    }
}

/// A queue's people and what they attain.
#[derive(Clone, Debug, Serialize)]
pub struct QueueService {
    /// The name people see.
    pub name: String,
    /// Agent-hours required.
    pub required_hours: f64,
    /// Agent-hours missing.
    pub short_hours: f64,
    /// The share promised within the time, if one is.
    pub target_share: Option<f64>,
    /// That time in seconds.
    pub target_within_seconds: Option<f64>,
    /// The mean wait promised in seconds, if one is.
    pub target_asa_seconds: Option<f64>,
    /// Share in time and ASA over the horizon.
    pub simulated: Attainment,
    /// The same over contacts that arrive in intervals without shortage.
    pub simulated_without_shortage: Attainment,
    /// Contacts still waiting at the end, on average.
    pub left_over: f64,
    /// Whether the figures of intervals without shortage meet the targets, confidence interval included.
    pub target_met: bool,
}

/// Simulated figures; ± is half the 95 % confidence interval.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Attainment {
    /// Answered within the queue's time over offered.
    pub share: Option<f64>,
    /// ±
    pub share_pm: Option<f64>,
    /// Mean wait of the answered in seconds.
    pub asa_seconds: Option<f64>,
    /// ±
    pub asa_pm: Option<f64>,
}

impl Attainment {
    fn of(level: Estimate, asa: Estimate) -> Self {
        let finite = |value: f64| value.is_finite().then_some(value);
        Self {
            share: finite(level.value),
            share_pm: finite(level.half_width),
            asa_seconds: finite(asa.value),
            asa_pm: finite(asa.half_width),
        }
    }
}

/// Every queue's people and service.
#[must_use]
pub fn queue_services(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    coverage: &[QueueCoverage],
    attained: &[Attained],
) -> Vec<QueueService> {
    let hours = inputs.interval.hours();
    let of = |place: usize| service_of(&inputs.queues[place].queue, &requirements[place], &coverage[place], &attained[place], hours);
    (0..inputs.queues.len()).map(of).collect()
}

fn service_of(queue: &Queue, requirement: &QueueRequirement, cover: &QueueCoverage, attained: &Attained, hours: f64) -> QueueService {
    let all = |_: usize| true;
    let covered = |slot: usize| cover.short(slot) == 0.0 && requirement.need[slot].required.get() > 0.0;
    let simulated = Attainment::of(attained.figure(Figure::ServiceLevel, all), attained.figure(Figure::MeanWait, all));
    let without_shortage = Attainment::of(attained.figure(Figure::ServiceLevel, covered), attained.figure(Figure::MeanWait, covered));
    let feasible = requirement.need.values().iter().all(|need| need.feasible);
    QueueService {
        name: queue.name.clone(),
        required_hours: cover.required.iter().sum::<f64>() * hours,
        short_hours: cover.short_hours(hours),
        target_share: queue.answer_within().map(|(_, share)| share.get()),
        target_within_seconds: queue.answer_within().map(|(within, _)| within.get()),
        target_asa_seconds: queue.mean_wait().map(Seconds::get),
        simulated,
        simulated_without_shortage: without_shortage,
        left_over: attained.left_over(),
        target_met: feasible && queue.targets.iter().all(|target| attained.verdict_where(target, covered) == Verdict::Met),
    }
}

impl Summary {
    /// The figures of a plan.
    #[must_use]
    pub fn of(inputs: &Inputs, planned: &Planned) -> Self {
        let services = queue_services(inputs, &planned.requirements, &planned.coverage, &planned.attained);
        let queue = |(place, (forecast, service)): (usize, (&crate::plan::QueueForecast, QueueService))| QueueSummary {
            sample_paths_met_share: (planned.sample_paths[place].runs() > 0)
                .then(|| planned.sample_paths[place].share_of_runs_that_meet(&inputs.queues[place].queue.targets)),
            replies: inputs.queues[place]
                .queue
                .replies
                .iter()
                .enumerate()
                .map(|(number, figure)| ReplySummary::of(figure, number, &planned.sample_paths[place], inputs.horizon.days))
                .collect(),
            vip: {
                let queue = &inputs.queues[place].queue;
                queue.vip.as_ref().map(|vip| VipSummary::of(vip, queue, &planned.attained[place]))
            },
            queue: forecast.queue.to_string(),
            contacts: human_contacts(forecast).get(),
            method: forecast.offered.method.clone(),
            held_back_wape: forecast.offered.held_back_wape,
            service,
        };
        Self {
            name: inputs.name.clone(),
            first_day: inputs.horizon.first.to_string(),
            days: inputs.horizon.days,
            people: inputs.employees.len(),
            currency: inputs.currency.clone(),
            cost: planned.solved.cost.get(),
            cost_parts: PartsSummary::from(&planned.solved.parts),
            bound: planned.solved.bound.map(Money::get),
            interrupted: planned.interrupted.is_some(),
            interrupted_by: planned.interrupted.map(interruption_name),
            gap: planned.solved.gap(),
            avoidable_gap: planned.solved.avoidable_gap(),
            unavoidable_pay: planned.solved.unavoidable.get(),
            shortage_cost: crate::roster::missing(&planned.coverage, planned.problem.grid.interval().hours()).1,
            violations: crate::roster::check(&planned.problem, &planned.solved.roster).len(),
            simulation_rounds: planned.assurance.rounds,
            simulation_added_hours: planned.assurance.added.get(),
            missed_intervals: planned.assurance.missed,
            queues: planned.forecasts.iter().zip(services).enumerate().map(queue).collect(),
        }
    }

    /// Whether people are missing somewhere or a target is missed.
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        self.missed_intervals > 0 || self.queues.iter().any(|of| of.service.short_hours > 1e-6 || !of.service.target_met)
    }
}
