//! Key figures of a plan, comparable between plans.

use crate::budget::Interruption;
use crate::plan::{Inputs, Planned, QueueInputs};
use crate::roster::overtime_hours;
use crate::service::{Channel, QueueId};
use crate::simulate::{Attained, Estimate, Figure};
use crate::units::{Agents, Contacts, Hours, Money, Share};
use chrono::NaiveDate;
use std::ops::Range;

/// Key figures of a plan.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Name of the scenario.
    pub name: String,
    /// Headcount of the team.
    pub people: usize,
    /// Paid hours worked.
    pub worked: Hours,
    /// Of these, overtime hours.
    pub overtime: Hours,
    /// Cost: pay, premiums, refused requests and understaffing penalty.
    pub cost: Money,
    /// Proven lower bound on the cost of every legal roster; `None` where none was proven.
    pub bound: Option<Money>,
    /// Reason for which the work ended early, if it did.
    pub interrupted: Option<Interruption>,
    /// Understaffing penalty, part of the cost.
    pub short_cost: Money,
    /// Share of calls and chats outside their queue's service-level threshold, over sample paths of the forecast, its errors included.
    pub late: Share,
    /// Figures by queue.
    pub queues: Vec<QueueOutcome>,
}

/// Key figures of a queue.
#[derive(Clone, Debug)]
pub struct QueueOutcome {
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Display name.
    pub name: String,
    /// Figures over all planned days.
    pub all: Figures,
    /// Figures by day.
    pub days: Vec<(NaiveDate, Figures)>,
    /// Reply figures that platforms require of the queue.
    pub platforms: Vec<Platform>,
    /// Share of sample paths of the forecast on which its targets are met over all planned days.
    pub holds: f64,
}

/// Reply figure of a platform.
#[derive(Clone, Copy, Debug)]
pub struct Platform {
    /// Share of replies given in time over the planned days.
    pub in_time: Estimate,
    /// Probability that it falls below its target over the platform's period.
    pub chance_to_miss: f64,
}

/// Volume, staffing and service over a period.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Contacts that reach people.
    pub contacts: Contacts,
    /// Agent-hours required.
    pub required: Hours,
    /// Agent-hours rostered at the desk.
    pub rostered: Hours,
    /// Understaffed agent-hours.
    pub short: Hours,
    /// Understaffing penalty.
    pub short_cost: Money,
    /// Service level in simulation: contacts answered within the queue's time over contacts offered.
    pub service_level: Estimate,
    /// Mean wait of the answered contacts in seconds, in simulation.
    pub mean_wait: Estimate,
    /// Abandonment in simulation: share of the offered contacts.
    pub abandonment: Estimate,
    /// Difference from the base for the same contacts; `None` for the base itself.
    pub difference: Option<Difference>,
}

/// Simulated figures less those of the base.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// Service level.
    pub service_level: Estimate,
    /// Mean wait, in seconds.
    pub mean_wait: Estimate,
    /// Abandonment.
    pub abandonment: Estimate,
}

impl Outcome {
    pub(super) fn of(name: &str, inputs: &Inputs, planned: &Planned, base: Option<&Planned>) -> Self {
        let problem = &planned.problem;
        let overtime = problem.people.iter().map(|person| overtime_hours(problem, person, &planned.solved.roster)).sum();
        let queues = inputs.queues.iter().enumerate();
        Self {
            name: name.to_owned(),
            people: inputs.employees.len(),
            worked: planned.solved.roster.assignments.iter().map(|assignment| assignment.paid).sum(),
            overtime,
            cost: planned.solved.cost,
            bound: planned.solved.bound,
            interrupted: planned.interrupted,
            short_cost: planned.coverage.iter().map(|of| of.short_cost).sum(),
            late: late(inputs, &planned.sample_paths, problem.grid.len()),
            queues: queues.map(|(queue, of)| QueueOutcome::of(of, queue, planned, base)).collect(),
        }
    }

    /// Whether it is Pareto-efficient: none of `others` is at least as good in cost and lateness and better in one of them.
    #[must_use]
    pub fn is_efficient(&self, others: &[Self]) -> bool {
        let beats = |other: &Self| other.cost <= self.cost && other.late <= self.late && (other.cost < self.cost || other.late < self.late);
        !others.iter().any(beats)
    }
}

/// Share of all calls and chats outside their queue's service-level threshold.
fn late(inputs: &Inputs, sample_paths: &[Attained], slots: usize) -> Share {
    let judged = inputs.queues.iter().zip(sample_paths).filter(|(of, _)| of.queue.channel != Channel::Deferred);
    let (late, all) = judged.fold((0.0, 0.0), |(late, all), (_, sample_paths)| {
        let offered = sample_paths.offered(0..slots).value;
        let level = sample_paths.figure(Figure::ServiceLevel, |_| true).value;
        if level.is_nan() { (late, all) } else { (late + offered * (1.0 - level), all + offered) }
    });
    Share::new(if all > 0.0 { (late / all).clamp(0.0, 1.0) } else { 0.0 }).expect("it lies between 0 and 1")
}

impl QueueOutcome {
    fn of(of: &QueueInputs, queue: usize, planned: &Planned, base: Option<&Planned>) -> Self {
        let problem = &planned.problem;
        let per_day = problem.grid.interval().per_day();
        let figures = |slots: Range<usize>| Figures::of(queue, slots, planned, base);
        let days = problem.horizon.dates().enumerate();
        let sample_paths = &planned.sample_paths[queue];
        let platform = |(number, figure): (usize, &crate::service::ReplyFigure)| Platform {
            in_time: sample_paths.replies_in_time(number),
            chance_to_miss: sample_paths.chance_to_miss(
                number,
                figure.share.get(),
                f64::from(figure.period_days) / problem.horizon.days.max(1) as f64,
            ),
        };
        Self {
            queue: of.queue.id.clone(),
            name: of.queue.name.clone(),
            all: figures(0..problem.grid.len()),
            days: days.map(|(day, date)| (date, figures(day * per_day..(day + 1) * per_day))).collect(),
            platforms: of.queue.replies.iter().enumerate().map(platform).collect(),
            holds: sample_paths.share_of_runs_that_meet(&of.queue.targets),
        }
    }
}

impl Figures {
    fn of(queue: usize, slots: Range<usize>, planned: &Planned, base: Option<&Planned>) -> Self {
        let (cover, need, attained) = (&planned.coverage[queue], &planned.requirements[queue].need, &planned.attained[queue]);
        let hours = |agents: &dyn Fn(usize) -> f64| {
            Agents::new(slots.clone().map(agents).sum()).expect("agents add up to agents") * need.grid().interval().hours()
        };
        let meant = |slot: usize| slots.contains(&slot);
        let difference = |base: &Planned| {
            let of = |figure| attained.difference(&base.attained[queue], figure, meant);
            Difference { service_level: of(Figure::ServiceLevel), mean_wait: of(Figure::MeanWait), abandonment: of(Figure::Abandonment) }
        };
        Self {
            contacts: slots.clone().map(|slot| need[slot].contacts).sum(),
            required: hours(&|slot| cover.required[slot]),
            rostered: hours(&|slot| cover.rostered[slot]),
            short: hours(&|slot| cover.short(slot).get()),
            short_cost: cover.prices[slots.clone()].iter().copied().sum::<Money>().max(Money::ZERO),
            service_level: attained.figure(Figure::ServiceLevel, meant),
            mean_wait: attained.figure(Figure::MeanWait, meant),
            abandonment: attained.figure(Figure::Abandonment, meant),
            difference: base.map(difference),
        }
    }
}
