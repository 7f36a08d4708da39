//! The whole pipeline on one screen: the only module that knows the order.

mod advice;
mod assure;
mod desk;
mod hiring;
mod known_calendar;
mod peak;
mod pooling;
mod repair;
mod variant;
mod windows;

pub use advice::{Advice, EXPLAINED, Why, advise, why};
pub use assure::{Assurance, Rostered, roster};
pub use desk::{expected_arrivals, simulate, simulate_arrivals, simulate_worlds, verdict};
pub use hiring::{Hiring, QueueWeek, hiring};
pub use peak::{Peak, peaks};
pub use pooling::{Pooling, pooling};
pub use repair::{Asked, Limits, Mended, Published, Required, asked_of, measured_by, repair};
pub use variant::Base;
pub use windows::with_windows_chosen;

use crate::budget::{Budget, Cut, Interruption};
use crate::calendar::Calendar;
use crate::capacity::{Terms, Unsolved};
use crate::event::Event;
use crate::forecast::{self, Caveat, Driver, Facts, Forecast, ForecastError, HandlingTimes, Override};
use crate::history::{ContactHistory, Finding, RawCount};
use crate::roster::{
    Account, Activity, Assignment, PastDuty, Person, Presence, Prices, QueueCoverage, QueueDemand, RosterProblem, Rules, ShiftTemplate,
    Solved, Worth,
};
use crate::service::{Channel, Queue, QueueId};
use crate::simulate::Attained;
use crate::staffing::{self, Demand, IntervalNeed, Promise, ServiceCurve, Shrinkage};
use crate::time::{Horizon, Interval, Series};
use crate::units::{Agents, Contacts, Factor, Money, Seconds, Share};
use crate::workforce::{Absence, AgentId, Employee, Pin};
use crate::zone::{LocalTime, Zone};
use chrono::{NaiveDate, NaiveDateTime};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// All that a plan depends on, checked and in memory.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The name people see.
    pub name: String,
    /// The days to plan.
    pub horizon: Horizon,
    /// The first day whose history must not be used; the horizon's first day unless told otherwise.
    pub history_until: NaiveDate,
    /// The clocks by which the plan is told, where it says which; sites without clocks of their own go by them.
    pub zone: Option<Zone>,
    /// The interval of forecasts, requirements and coverage.
    pub interval: Interval,
    /// The queues, in order of importance.
    pub queues: Vec<QueueInputs>,
    /// Holidays.
    pub calendar: Calendar,
    /// The month of the year before in which the law's authority publishes a year's holidays and make-up days, where it does.
    pub holidays_published_month: Option<u32>,
    /// Promotions and closures.
    pub events: Vec<Event>,
    /// Numbers known ahead that move the contacts of every queue with them.
    pub drivers: Vec<Driver>,
    /// The team.
    pub employees: Vec<Employee>,
    /// When people are away.
    pub absences: Vec<Absence>,
    /// What planners have fixed.
    pub pins: Vec<Pin>,
    /// Published shifts that absences keep people from, as repairs before have noted them: their hours count as done.
    pub excused: Vec<Assignment>,
    /// What people have had before the horizon, over months.
    pub accounts: BTreeMap<AgentId, Account>,
    /// Shifts before the horizon.
    pub past: BTreeMap<AgentId, Vec<PastDuty>>,
    /// The shifts.
    pub shifts: Vec<ShiftTemplate>,
    /// What people do away from the desk every week.
    pub activities: Vec<Activity>,
    /// Who should be at work at all times.
    pub presences: Vec<Presence>,
    /// What must hold.
    pub rules: Rules,
    /// What things cost.
    pub prices: Prices,
    /// The currency people see.
    pub currency: String,
    /// The terms of hiring and of staying.
    pub terms: Terms,
    /// Paid time that is lost inside shifts, by cause.
    pub shrinkage: Shrinkage,
    /// Simulated repetitions of the horizon.
    pub replications: usize,
    /// The seed of everything random.
    pub seed: u64,
}

impl Inputs {
    /// Whether somebody is away from any part of a duty.
    #[must_use]
    pub fn is_away(&self, duty: &Assignment) -> bool {
        self.absences.iter().any(|absence| absence.agent == duty.agent && absence.overlaps(duty.start, duty.end))
    }

    /// Whether an absence of an unpaid kind takes any part of a duty.
    #[must_use]
    pub fn is_away_unpaid(&self, duty: &Assignment) -> bool {
        let takes_of_it = |absence: &Absence| absence.agent == duty.agent && absence.overlaps(duty.start, duty.end);
        self.absences.iter().any(|absence| takes_of_it(absence) && self.prices.is_unpaid(absence))
    }

    /// The name of a queue that people see; its own where none is known.
    #[must_use]
    pub fn queue_name<'a>(&'a self, id: &'a QueueId) -> &'a str {
        self.queues.iter().find(|of| of.queue.id == *id).map_or_else(|| id.as_str(), |of| of.queue.name.as_str())
    }

    /// Whether both ask for the same queues over the same intervals.
    #[must_use]
    pub fn asks_as(&self, other: &Self) -> bool {
        let ids = |inputs: &Self| inputs.queues.iter().map(|of| of.queue.id.clone()).collect::<Vec<_>>();
        (self.horizon, self.interval) == (other.horizon, other.interval) && ids(self) == ids(other)
    }
}

/// A queue with what is known of its past.
#[derive(Clone, Debug)]
pub struct QueueInputs {
    /// The queue.
    pub queue: Queue,
    /// Its counts.
    pub counts: Vec<RawCount>,
    /// The interval they were taken in.
    pub counted_every: Interval,
    /// Planners' corrections of its forecast, in the order they are applied.
    pub overrides: Vec<Override>,
    /// When its bots answer nobody, from-to.
    pub bots_down: Vec<(NaiveDateTime, NaiveDateTime)>,
}

/// What was forecast for a queue and what people will get of it.
#[derive(Clone, Debug)]
pub struct QueueForecast {
    /// Which queue.
    pub queue: QueueId,
    /// Offered contacts, before bots, with planners' corrections.
    pub offered: Forecast,
    /// The same before planners' corrections.
    pub modelled: Forecast,
    /// The share that bots answer in full.
    pub bots: Series<Share>,
    /// Handling time against the queue's own.
    pub handling: Series<Factor>,
    /// Contacts that reach people, with their handling time against the queue's own.
    pub demand: Series<Demand>,
    /// What was odd in the history.
    pub findings: Vec<Finding>,
    /// What weakens the forecast.
    pub caveats: Vec<Caveat>,
}

/// What a queue needs.
#[derive(Clone, Debug)]
pub struct QueueRequirement {
    /// Which queue.
    pub queue: QueueId,
    /// Interval by interval.
    pub need: Series<IntervalNeed>,
}

/// Everything a plan says.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What will come.
    pub forecasts: Vec<QueueForecast>,
    /// How many are needed.
    pub requirements: Vec<QueueRequirement>,
    /// The question put to the roster room.
    pub problem: RosterProblem,
    /// Who works when.
    pub solved: Solved,
    /// Required against rostered.
    pub coverage: Vec<QueueCoverage>,
    /// Service of every queue and interval by the line followed through time.
    pub promised: Vec<Vec<Promise>>,
    /// Service in simulation.
    pub attained: Vec<Attained>,
    /// What simulation asked for beyond the formulas.
    pub assurance: Assurance,
    /// Where people are missing and what would help.
    pub advice: Advice,
    /// Service in worlds of the forecast, its errors included.
    pub worlds: Vec<Attained>,
    /// Why work on the plan was ended before it was done, if it was.
    pub interrupted: Option<Interruption>,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A queue without usable history.
    #[error("queue {queue}: {source}")]
    Forecast {
        /// Which queue.
        queue: QueueId,
        /// Why.
        source: ForecastError,
    },
    /// A plan of months that the solver cannot work on.
    #[error(transparent)]
    Unsolved(#[from] Unsolved),
}

/// History in, verified roster out.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::plan};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let planned = plan(&inputs, &Budget::of_effort(1))?;
/// assert_eq!(planned.solved.roster.assignments.len(), 3);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast. Shortages and missed targets are results, not errors.
pub fn plan(inputs: &Inputs, budget: &Budget) -> Result<Planned, PlanError> {
    let forecasts = forecast(inputs)?;
    let requirements = require(inputs, &forecasts);
    let rostered = roster(inputs, &requirements, budget);
    let cut = Cut::default();
    let advice = advise(&rostered.problem, &rostered.solved.roster, &rostered.coverage, inputs.seed, &budget.noting(&cut));
    let interrupted = rostered.interrupted.max(cut.interruption());
    Ok(planned(inputs, forecasts, requirements, Rostered { interrupted, ..rostered }, advice, budget))
}

/// All that a plan says, with its roster followed through time and played in worlds of the forecast.
fn planned(
    inputs: &Inputs,
    forecasts: Vec<QueueForecast>,
    requirements: Vec<QueueRequirement>,
    rostered: Rostered,
    advice: Advice,
    budget: &Budget,
) -> Planned {
    let Rostered { problem, solved, coverage, attained, assurance, interrupted } = rostered;
    let cut = Cut::default();
    let worlds = simulate_worlds(inputs, &forecasts, &requirements, &problem, &solved.roster, &budget.noting(&cut));
    let interrupted = interrupted.max(cut.interruption());
    let promised = promised_through(inputs, &requirements, &coverage);
    Planned { forecasts, requirements, problem, solved, coverage, promised, attained, assurance, advice, worlds, interrupted }
}

/// What will come, queue by queue.
///
/// # Errors
/// [`PlanError`] if a queue has no history before the horizon.
pub fn forecast(inputs: &Inputs) -> Result<Vec<QueueForecast>, PlanError> {
    inputs.queues.iter().map(|of| Ok(expected(inputs, of, model(inputs, of)?))).collect()
}

/// What the models say of a queue, in the intervals of the plan.
#[derive(Clone, Debug)]
struct Modelled {
    forecast: Forecast,
    findings: Vec<Finding>,
    caveats: Vec<Caveat>,
}

fn model(inputs: &Inputs, of: &QueueInputs) -> Result<Modelled, PlanError> {
    let queue = of.queue.id.clone();
    let events = events_of(inputs, &queue);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let fail = |source| PlanError::Forecast { queue: queue.clone(), source };
    let (history, findings) =
        ContactHistory::from_counts_by(inputs.zone.as_ref(), &of.counts, of.counted_every, &events, inputs.history_until)
            .ok_or_else(|| fail(ForecastError::NoHistory))?;
    let history = history.without_closed_hours(inputs.horizon, |time| of.takes_contacts(time));
    let caveats = caveats_of(inputs, of, &history, &facts);
    let known = forecast::forecast(&history, &facts, inputs.horizon).map_err(fail)?;
    let opened =
        of.opens_by_hours().then(|| history.with_new_hours(inputs.horizon, |time| of.opens_plainly(time, &events), &events)).flatten();
    let coarse = match opened {
        Some(opened) => {
            let filled = forecast::forecast(&opened, &facts, inputs.horizon).map_err(fail)?;
            known.with_new_hours(filled, |start| opened.stands_in_at(start, |time| of.queue.hours.is_open(time)))
        }
        None => known,
    };
    let never_comes = |start| inputs.zone.as_ref().is_some_and(|zone| zone.local_time(start) == LocalTime::Skipped);
    Ok(Modelled { forecast: as_planned(inputs, of, coarse).without(never_comes), findings, caveats })
}

/// What weakens the forecast of a queue, hours that its plan opens anew among it.
#[must_use]
pub fn caveats_of(inputs: &Inputs, of: &QueueInputs, history: &ContactHistory, facts: &Facts) -> Vec<Caveat> {
    let mut caveats = forecast::caveats(history, facts, inputs.horizon);
    if of.opens_by_hours() {
        let hours = history.new_hours(inputs.horizon, |time| of.opens_plainly(time, facts.events));
        caveats.extend((!hours.is_empty() && !caveats.contains(&Caveat::NoContacts)).then_some(Caveat::NewHours(hours)));
    }
    caveats
}

impl QueueInputs {
    /// Whether the queue is open at a time for which planners state no curve of contacts.
    fn opens_plainly(&self, time: NaiveDateTime, events: &[Event]) -> bool {
        self.queue.hours.is_open(time) && !events.iter().any(|event| event.expected.curve.is_some() && event.is_on(time))
    }

    /// Whether contacts can come at a time.
    pub(crate) fn takes_contacts(&self, start: NaiveDateTime) -> bool {
        !self.opens_by_hours() || self.queue.hours.is_open(start)
    }

    /// Whether contacts come when the queue is open; deferred work comes at any time, and its hours say when it is done.
    fn opens_by_hours(&self) -> bool {
        !matches!(self.queue.channel, Channel::Deferred)
    }
}

/// What will come to a queue, and what of it people will get.
fn expected(inputs: &Inputs, of: &QueueInputs, modelled: Modelled) -> QueueForecast {
    let Modelled { forecast: modelled, findings, caveats } = modelled;
    let events = events_of(inputs, &of.queue.id);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let offered = modelled.clone().overridden(&of.overrides, |start| of.takes_contacts(start));
    let bots = bots_of(inputs, of, &facts);
    let handling = handling_of(inputs, of, &facts, &bots);
    let demand = demand_of(&of.queue, &offered.mean, &bots, &handling);
    QueueForecast { queue: of.queue.id.clone(), offered, modelled, bots, handling, demand, findings, caveats }
}

/// A forecast in the intervals of the history as one in those of the plan: shared over opening hours.
#[must_use]
pub fn as_planned(inputs: &Inputs, of: &QueueInputs, forecast: Forecast) -> Forecast {
    forecast.at_interval(inputs.interval, |start| f64::from(of.queue.hours.is_open(start)))
}

/// The share that bots answer: what planners state for events that are on, else for the queue, else as the history goes on; none while
/// they are down.
fn bots_of(inputs: &Inputs, of: &QueueInputs, facts: &Facts) -> Series<Share> {
    let grid = inputs.horizon.grid(inputs.interval);
    let learned = match of.queue.bot_share {
        Some(_) => None,
        None => forecast::bot_shares(&of.counts, facts, inputs.history_until, inputs.horizon),
    };
    Series::from_fn(grid, |index| {
        let start = grid.start(index);
        if of.bots_down.iter().any(|(from, to)| (*from..*to).contains(&start)) {
            return Share::ZERO;
        }
        let ordinary = of.queue.bot_share.or_else(|| learned.as_ref().map(|days| days[grid.day_of(index)])).unwrap_or_default();
        let on = |event: &Event| Some((event.expected.bot_share?, event.share_of(start, grid.end(index)))).filter(|(_, part)| *part > 0.0);
        let deepest = facts.events.iter().filter_map(on).reduce(|a, b| if b > a { b } else { a });
        deepest.map_or(ordinary, |(stated, part)| Share::new(stated.get() * part + ordinary.get() * (1.0 - part)).unwrap_or(stated))
    })
}

/// Handling time against the queue's own: as the history tells it by hour, weekday, event and bots, and as planners state it for
/// events.
fn handling_of(inputs: &Inputs, of: &QueueInputs, facts: &Facts, bots: &Series<Share>) -> Series<Factor> {
    let chats = matches!(of.queue.channel, Channel::Chat(_));
    let learned = HandlingTimes::learn(&of.counts, facts, inputs.history_until, chats);
    Series::from_fn(bots.grid(), |index| {
        let (start, end) = (bots.grid().start(index), bots.grid().end(index));
        let stated = || Factor::new(forecast::stated_handling(start, end, facts.events)).unwrap_or(Factor::ONE);
        learned.as_ref().map_or_else(stated, |times| times.factor((start, end), facts, bots[index]))
    })
}

/// What of the offered contacts reaches people, with their handling time.
#[must_use]
pub fn demand_of(queue: &Queue, offered: &Series<Contacts>, bots: &Series<Share>, handling: &Series<Factor>) -> Series<Demand> {
    let contacts = handed_over(queue, offered, bots);
    let demand = |index: usize| Demand { contacts: Contacts::new(contacts[index]).unwrap_or_default(), handling: handling[index] };
    Series::from_fn(offered.grid(), demand)
}

/// The contacts that bots hand over to people, as much later as they hold them.
fn handed_over(queue: &Queue, offered: &Series<Contacts>, bots: &Series<Share>) -> Vec<f64> {
    let grid = offered.grid();
    let human: Vec<f64> = offered.values().iter().zip(bots.values()).map(|(contacts, bots)| contacts.get() * bots.rest().get()).collect();
    if queue.handover == Seconds::ZERO {
        return human;
    }
    staffing::delayed(&human, queue.handover.get() / grid.interval().seconds(), |index| queue.hours.is_open(grid.start(index)))
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

/// The events that touch a queue.
#[must_use]
pub fn events_of(inputs: &Inputs, queue: &QueueId) -> Vec<Event> {
    inputs.events.iter().filter(|event| event.touches(queue)).cloned().collect()
}

/// What a queue would need of people if such contacts came in the inputs' horizon.
#[must_use]
pub fn require_for(inputs: &Inputs, of: &QueueInputs, offered: &Series<Contacts>) -> Series<IntervalNeed> {
    let events = events_of(inputs, &of.queue.id);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let bots = bots_of(inputs, of, &facts);
    staffing::requirement(&of.queue, &demand_of(&of.queue, offered, &bots, &handling_of(inputs, of, &facts, &bots)))
}

/// How many are needed, queue by queue.
#[must_use]
pub fn require(inputs: &Inputs, forecasts: &[QueueForecast]) -> Vec<QueueRequirement> {
    inputs.queues.iter().zip(forecasts).map(|(of, forecast)| require_queue(&of.queue, &forecast.demand)).collect()
}

/// What a queue needs for such a demand.
#[must_use]
pub fn require_queue(queue: &Queue, demand: &Series<Demand>) -> QueueRequirement {
    QueueRequirement { queue: queue.id.clone(), need: staffing::requirement(queue, demand) }
}

/// The question for the roster room: requirements as plain numbers, people with what they are worth at the desk.
#[must_use]
pub fn roster_problem(inputs: &Inputs, requirements: &[QueueRequirement]) -> RosterProblem {
    let person = |employee: &Employee| Person {
        strength: employee.speed.get() * inputs.shrinkage.left().get(),
        absences: inputs.absences.iter().filter(|absence| absence.agent == employee.id).cloned().collect(),
        past: inputs.past.get(&employee.id).cloned().unwrap_or_default(),
        account: inputs.accounts.get(&employee.id).copied().unwrap_or_default(),
        pins: inputs.pins.iter().filter(|pin| pin.agent == employee.id).cloned().collect(),
        occupations: Vec::new(),
        excused: inputs.excused.iter().filter(|duty| duty.agent == employee.id).cloned().collect(),
        zone: employee.clocks().map(|clocks| clocks.zone().clone()).or_else(|| inputs.zone.clone()),
        employee: employee.clone(),
    };
    RosterProblem {
        horizon: inputs.horizon,
        grid: inputs.horizon.grid(inputs.interval),
        demand: inputs.queues.iter().zip(requirements).map(|(of, need)| demand(inputs, &of.queue, &need.need)).collect(),
        people: inputs.employees.iter().map(person).collect(),
        shifts: crate::roster::at_all_clocks(&inputs.shifts, &inputs.employees, inputs.horizon),
        activities: inputs.activities.clone(),
        presences: inputs.presences.clone(),
        rules: inputs.rules.clone(),
        prices: inputs.prices.clone(),
        calendar: inputs.calendar.clone(),
    }
}

/// What the roster room is asked for: the requirement, and where a promise is kept over a day or a week, what agents are worth there.
fn demand(inputs: &Inputs, queue: &Queue, need: &Series<IntervalNeed>) -> QueueDemand {
    QueueDemand {
        queue: queue.id.clone(),
        required: need.values().iter().map(|need| need.required.get()).collect(),
        worth: staffing::service_curve(queue, need).map(|curve| worth(&inputs.prices, curve)),
    }
}

/// Agents beyond those required are worth at most this part of the price of the smallest shortage: less than anybody's pay, so that only
/// hours that are paid anyway go there.
const SPARE: f64 = 0.25;
/// What is worth less than this part of it is left out.
const LEAST_WORTH: f64 = 0.05;

/// The least of an interval at the plan's prices of a shortage; beyond it each agent by what one more takes off, such that the last of those
/// required is worth the price of the smallest.
fn worth(prices: &Prices, curve: ServiceCurve) -> Worth {
    let price = |step: Option<&(Share, Money)>| step.map_or(0.0, |(_, price)| price.get());
    let (lowest, highest) = (price(prices.shortage.first()), price(prices.shortage.last()));
    let last_taken = |slot: usize| {
        let taken = (curve.required[slot] - curve.least[slot]) as usize;
        taken.checked_sub(1).and_then(|last| curve.relief[slot].get(last)).copied()
    };
    let slots = 0..curve.least.len();
    // where the least is enough already, the first agent beyond it is the margin
    let margin = |stretch: usize| {
        let of_stretch = || slots.clone().filter(|&slot| curve.stretch[slot] == stretch);
        let first_beyond = || of_stretch().filter_map(|slot| curve.relief[slot].first().copied()).reduce(f64::max);
        of_stretch().filter_map(last_taken).reduce(f64::min).or_else(first_beyond).unwrap_or(f64::INFINITY)
    };
    let margins: Vec<f64> = (0..=curve.stretch.last().copied().unwrap_or(0)).map(margin).collect();
    let steps = slots.clone().map(|slot| {
        let taken = (curve.required[slot] - curve.least[slot]) as usize;
        let beyond = curve.relief[slot].iter().enumerate().map(|(agent, relief)| {
            let price = (lowest * relief / margins[curve.stretch[slot]]).min(highest);
            (1.0, if agent < taken { price } else { price.min(SPARE * lowest) })
        });
        prices.steps(curve.least[slot]).chain(beyond.take_while(|(_, price)| *price >= LEAST_WORTH * lowest)).collect()
    });
    Worth { steps: steps.collect(), least: curve.least.clone(), stretch: curve.stretch.clone() }
}

/// What every queue attains interval by interval with the people rostered for it, each line followed through time by itself.
#[must_use]
pub fn promised_through(inputs: &Inputs, requirements: &[QueueRequirement], coverage: &[QueueCoverage]) -> Vec<Vec<Promise>> {
    let of = |queue: usize| {
        let cover = &coverage[queue];
        staffing::promises(&inputs.queues[queue].queue, &requirements[queue].need, &cover.rostered, &cover.leaving)
    };
    (0..inputs.queues.len()).into_par_iter().map(of).collect()
}

/// What the formula promises in an interval for so many agents at the desk, by the load by which the required ones are found.
#[must_use]
pub fn promised(queue: &Queue, need: &IntervalNeed, agents: f64) -> Promise {
    staffing::promise(queue, need, Agents::new(agents.max(0.0)).unwrap_or_default())
}

/// Contacts a queue's people get in all.
#[must_use]
pub fn human_contacts(forecast: &QueueForecast) -> Contacts {
    forecast.demand.values().iter().map(|slot| slot.contacts).sum()
}
