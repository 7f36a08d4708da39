//! What a plan comes to, in numbers that can be set beside those of another.

use crate::budget::Interruption;
use crate::plan::{Inputs, Planned, QueueInputs};
use crate::roster::overtime_hours;
use crate::service::{Channel, QueueId};
use crate::simulate::{Attained, Estimate, Figure};
use crate::units::{Contacts, Hours, Money, Share};
use chrono::NaiveDate;
use std::ops::Range;

/// A plan in numbers.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The scenario's name.
    pub name: String,
    /// People of the team.
    pub people: usize,
    /// Paid hours worked.
    pub worked: Hours,
    /// Of these, hours beyond the regular ones.
    pub overtime: Hours,
    /// Pay, premiums, refused requests and the price of what is missing.
    pub cost: Money,
    /// No legal roster costs less; `None` where that was not shown of anything.
    pub bound: Option<Money>,
    /// Why work on the plan was ended before it was done, if it was.
    pub interrupted: Option<Interruption>,
    /// Of the cost, the price of what is missing.
    pub short_cost: Money,
    /// Of the calls and chats in worlds of the forecast, its errors included, the share that is not answered within its queue's time.
    pub late: Share,
    /// Queue by queue.
    pub queues: Vec<QueueOutcome>,
}

/// A queue in numbers.
#[derive(Clone, Debug)]
pub struct QueueOutcome {
    /// Which queue.
    pub queue: QueueId,
    /// The name people see.
    pub name: String,
    /// All planned days.
    pub all: Figures,
    /// Day by day.
    pub days: Vec<(NaiveDate, Figures)>,
    /// The figures that platforms hold the queue to.
    pub platforms: Vec<Platform>,
    /// In which share of the worlds of the forecast its targets hold over all planned days.
    pub holds: f64,
}

/// A platform's figure.
#[derive(Clone, Copy, Debug)]
pub struct Platform {
    /// The share of replies given in time over the planned days.
    pub in_time: Estimate,
    /// The probability that it falls below its target over the platform's period.
    pub chance_to_miss: f64,
}

/// Volume, people and service over some time.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    /// Contacts that reach people.
    pub contacts: Contacts,
    /// Agent-hours required.
    pub required: Hours,
    /// Agent-hours at the desk.
    pub rostered: Hours,
    /// Agent-hours missing.
    pub short: Hours,
    /// Their price.
    pub short_cost: Money,
    /// Answered within the queue's time over offered, in simulation.
    pub service_level: Estimate,
    /// Mean wait of the answered in seconds, in simulation.
    pub mean_wait: Estimate,
    /// Share of the offered that gave up, in simulation.
    pub abandonment: Estimate,
    /// Against the base, from the same contacts; `None` for the base itself.
    pub difference: Option<Difference>,
}

/// By how much simulated figures are above those of the base.
#[derive(Clone, Copy, Debug)]
pub struct Difference {
    /// Of the service level.
    pub service_level: Estimate,
    /// Of the mean wait, in seconds.
    pub mean_wait: Estimate,
    /// Of the share that gave up.
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
            overtime: Hours::new(overtime).expect("overtime adds up to hours"),
            cost: planned.solved.cost,
            bound: planned.solved.bound,
            interrupted: planned.interrupted,
            short_cost: planned.coverage.iter().map(|of| of.short_cost).sum(),
            late: late(inputs, &planned.sample_paths, problem.grid.len()),
            queues: queues.map(|(queue, of)| QueueOutcome::of(of, queue, planned, base)).collect(),
        }
    }

    /// Whether none of `others` is cheaper and less late, or as good in one and better in the other.
    #[must_use]
    pub fn is_efficient(&self, others: &[Self]) -> bool {
        let beats = |other: &Self| other.cost <= self.cost && other.late <= self.late && (other.cost < self.cost || other.late < self.late);
        !others.iter().any(beats)
    }
}

/// Of all calls and chats, the share not answered within its queue's time.
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
            Hours::new(slots.clone().map(agents).sum::<f64>() * need.grid().interval().hours()).expect("agents times hours are hours")
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
            short: hours(&|slot| cover.short(slot)),
            short_cost: Money::new(cover.prices[slots.clone()].iter().sum::<f64>().max(0.0)).expect("prices of intervals are finite"),
            service_level: attained.figure(Figure::ServiceLevel, meant),
            mean_wait: attained.figure(Figure::MeanWait, meant),
            abandonment: attained.figure(Figure::Abandonment, meant),
            difference: base.map(difference),
        }
    }
}
