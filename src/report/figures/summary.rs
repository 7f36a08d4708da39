//! Key figures of a plan, as data.

use super::cost::{PartsSummary, interruption_name};
use crate::plan::{Inputs, Planned, QueueRequirement, human_contacts};
use crate::roster::QueueCoverage;
use crate::service::{Queue, ReplyFigure, Vip};
use crate::simulate::{Attained, Estimate, Figure, Verdict};
use crate::time::Interval;
use crate::units::{Agents, Money, Seconds};
use serde::Serialize;

/// Key figures of a plan.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Name of the plan.
    pub name: String,
    /// First day.
    pub first_day: String,
    /// Number of days.
    pub days: usize,
    /// Headcount.
    pub people: usize,
    /// Currency of all amounts.
    pub currency: String,
    /// Cost: pay, premiums, refused requests and understaffing penalty.
    pub cost: f64,
    /// Cost breakdown; the parts add up to `cost`.
    pub cost_parts: PartsSummary,
    /// Proven lower bound on the cost of every legal roster; absent where none was proven.
    pub bound: Option<f64>,
    /// Whether work on the plan ended early.
    pub interrupted: bool,
    /// Reason for the early end: `time_limit` or `request` (Ctrl-C).
    pub interrupted_by: Option<&'static str>,
    /// Cost / bound − 1; absent without a bound.
    pub gap: Option<f64>,
    /// (Cost − bound) / (cost − pay that no roster can avoid).
    pub avoidable_gap: Option<f64>,
    /// Pay that no roster can avoid.
    pub unavoidable_pay: f64,
    /// Understaffing penalty.
    pub shortage_cost: f64,
    /// Rule violations found by the independent check.
    pub violations: usize,
    /// Rounds of simulation cuts after which the roster was revised.
    pub simulation_rounds: usize,
    /// Agent-hours added by simulation cuts.
    pub simulation_added_hours: f64,
    /// Intervals, over all queues, that miss a target without understaffing.
    pub missed_intervals: usize,
    /// Figures by queue.
    pub queues: Vec<QueueSummary>,
}

/// Key figures of a queue.
#[derive(Clone, Debug, Serialize)]
pub struct QueueSummary {
    /// Identifier of the queue.
    pub queue: String,
    /// Contacts that reach people.
    pub contacts: f64,
    /// The chosen forecasting method.
    pub method: String,
    /// Its WAPE on held-back weeks, a share.
    pub held_back_wape: Option<f64>,
    /// Staffing and service.
    #[serde(flatten)]
    pub service: QueueService,
    /// Share of sample paths of the forecast on which its targets are met over the whole horizon.
    pub sample_paths_met_share: Option<f64>,
    /// Reply figures of platforms.
    pub replies: Vec<ReplySummary>,
    /// Figures of the queue's priority contacts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vip: Option<VipSummary>,
}

/// Priority contacts of a queue, in simulation over the horizon.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct VipSummary {
    /// Their share of the contacts.
    pub share_of_contacts: f64,
    /// The answer-within time of their service level.
    pub within_seconds: f64,
    /// Simulated service.
    pub simulated: Attainment,
    /// Whether all their targets are met with the whole confidence interval.
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

/// Reply figure of a platform for a queue, over sample paths of the forecast.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ReplySummary {
    /// Reply-within time.
    pub within_seconds: f64,
    /// Least share of replies in time.
    pub target_share: f64,
    /// Attained share over the horizon.
    pub share: Option<f64>,
    /// Days over which the platform counts.
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

/// Staffing and service of a queue.
#[derive(Clone, Debug, Serialize)]
pub struct QueueService {
    /// Display name.
    pub name: String,
    /// Agent-hours required.
    pub required_hours: f64,
    /// Understaffed agent-hours.
    pub short_hours: f64,
    /// Target share of the service level, if there is one.
    pub target_share: Option<f64>,
    /// Its answer-within time in seconds.
    pub target_within_seconds: Option<f64>,
    /// Target mean wait in seconds, if there is one.
    pub target_asa_seconds: Option<f64>,
    /// Service level and ASA over the horizon.
    pub simulated: Attainment,
    /// Service level and ASA over contacts that arrive in intervals without shortage.
    pub simulated_without_shortage: Attainment,
    /// Mean number of contacts still waiting at the end.
    pub left_over: f64,
    /// Whether the figures of intervals without shortage meet the targets with the whole confidence interval.
    pub target_met: bool,
}

/// Simulated service; ± is half the 95 % confidence interval.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Attainment {
    /// Contacts answered within the queue's time over contacts offered.
    pub share: Option<f64>,
    /// Half-width of the confidence interval of `share`.
    pub share_pm: Option<f64>,
    /// Mean wait of the answered contacts in seconds.
    pub asa_seconds: Option<f64>,
    /// Half-width of the confidence interval of `asa_seconds`.
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

/// Staffing and service of every queue.
#[must_use]
pub fn queue_services(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    coverage: &[QueueCoverage],
    attained: &[Attained],
) -> Vec<QueueService> {
    let of =
        |place: usize| service_of(&inputs.queues[place].queue, &requirements[place], &coverage[place], &attained[place], inputs.interval);
    (0..inputs.queues.len()).map(of).collect()
}

fn service_of(
    queue: &Queue,
    requirement: &QueueRequirement,
    cover: &QueueCoverage,
    attained: &Attained,
    interval: Interval,
) -> QueueService {
    let all = |_: usize| true;
    let covered = |slot: usize| cover.short(slot) == Agents::ZERO && requirement.need[slot].required.get() > 0.0;
    let simulated = Attainment::of(attained.figure(Figure::ServiceLevel, all), attained.figure(Figure::MeanWait, all));
    let without_shortage = Attainment::of(attained.figure(Figure::ServiceLevel, covered), attained.figure(Figure::MeanWait, covered));
    let feasible = requirement.need.values().iter().all(|need| need.feasible);
    QueueService {
        name: queue.name.clone(),
        required_hours: cover.required.iter().sum::<f64>() * interval.hours().get(),
        short_hours: cover.short_hours(interval).get(),
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
    /// Key figures of a plan.
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
            shortage_cost: crate::roster::missing(&planned.coverage, planned.problem.grid.interval()).1.get(),
            violations: crate::roster::check(&planned.problem, &planned.solved.roster).len(),
            simulation_rounds: planned.assurance.rounds,
            simulation_added_hours: planned.assurance.added.get(),
            missed_intervals: planned.assurance.missed,
            queues: planned.forecasts.iter().zip(services).enumerate().map(queue).collect(),
        }
    }

    /// Whether there is understaffing or a missed target.
    #[must_use]
    pub fn has_warnings(&self) -> bool {
        self.missed_intervals > 0 || self.queues.iter().any(|of| of.service.short_hours > 1e-6 || !of.service.target_met)
    }
}
