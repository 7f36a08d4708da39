//! The question the solver answers: demand per interval and queue, people, shifts, rules, prices.

use super::activity::{Activity, OfflineActivity};
use super::assignment::{Assignment, Roster};
use super::minimum_staffing::MinimumStaffing;
use super::rules::Rules;
use super::shift::ShiftTemplate;
use super::time_account::TimeAccount;
use crate::calendar::Calendar;
use crate::service::QueueId;
use crate::time::{Horizon, Interval, TimeGrid};
use crate::units::{Factor, Money, Share};
use crate::workforce::{Absence, Employee, Pin};
use crate::zone::Zone;
use chrono::{Days, NaiveDate, NaiveDateTime};

/// Everything a roster depends on.
#[derive(Clone, Debug)]
pub struct RosterProblem {
    /// The days to be rostered.
    pub horizon: Horizon,
    /// Intervals of the horizon.
    pub grid: TimeGrid,
    /// What each queue needs.
    pub demand: Vec<QueueDemand>,
    /// Who may be rostered.
    pub people: Vec<Person>,
    /// The shifts they may work, those of each clock that differs from the desk's beside one another.
    pub shifts: Vec<ShiftTemplate>,
    /// What people do away from the desk every week.
    pub activities: Vec<Activity>,
    /// Who should be at work at all times.
    pub minimum_staffing: Vec<MinimumStaffing>,
    /// What must hold.
    pub rules: Rules,
    /// What things cost.
    pub prices: Prices,
    /// Holidays, which change pay.
    pub calendar: Calendar,
}

impl RosterProblem {
    /// A problem without demand, people or shifts yet; every interval of the horizon is `interval` long.
    #[must_use]
    pub fn new(horizon: Horizon, interval: Interval, rules: Rules, prices: Prices) -> Self {
        Self {
            horizon,
            grid: horizon.grid(interval),
            demand: Vec::new(),
            people: Vec::new(),
            shifts: Vec::new(),
            activities: Vec::new(),
            minimum_staffing: Vec::new(),
            rules,
            prices,
            calendar: Calendar::default(),
        }
    }
}

/// What a queue needs, interval by interval.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueDemand {
    /// Which queue.
    pub queue: QueueId,
    /// Standard-speed agents at the desk; one number for each interval of the grid.
    pub required: Vec<f64>,
    /// What agents are worth where a promise is kept over a day or longer; else every interval has the plan's prices of a shortage.
    pub worth: Option<ServiceValue>,
}

/// What agents are worth where several intervals keep a promise together: what one lacks another can make up for.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceValue {
    /// Agents without which people are missing in an interval, whatever the others have.
    pub least: Vec<f64>,
    /// Of each interval (agents, price an agent-hour), dearest first. They may reach beyond what is required.
    pub steps: Vec<Vec<(f64, f64)>>,
    /// The stretch that each interval belongs to; intervals of a stretch follow one another.
    pub stretch: Vec<usize>,
}

impl QueueDemand {
    /// The demand of a queue, in standard-speed agents on duty in each interval.
    #[must_use]
    pub fn new(queue: &str, required: Vec<f64>) -> Self {
        Self { queue: QueueId::new(queue), required, worth: None }
    }

    /// Agents without which people are missing in an interval.
    #[must_use]
    pub fn least(&self, slot: usize) -> f64 {
        self.worth.as_ref().map_or(self.required[slot], |worth| worth.least[slot])
    }

    /// Requires more agents in an interval, at the price of the smallest shortage.
    pub fn raise(&mut self, slot: usize, by: f64) {
        self.required[slot] += by;
        if let Some(worth) = &mut self.worth {
            worth.least[slot] += by;
            worth.steps[slot].iter_mut().take(1).for_each(|(width, _)| *width += by);
        }
    }

    /// The stretches over which what is missing adds up: (first, one past the last interval).
    fn stretches(&self) -> Vec<(usize, usize)> {
        let slots = self.required.len();
        let Some(worth) = &self.worth else { return (0..slots).map(|slot| (slot, slot + 1)).collect() };
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for slot in 0..slots {
            match stretches.last_mut().filter(|(first, _)| worth.stretch[*first] == worth.stretch[slot]) {
                Some((_, end)) => *end = slot + 1,
                None => stretches.push((slot, slot + 1)),
            }
        }
        stretches
    }

    /// The price of what is missing where the intervals' own prices are these: over a stretch what is over in some makes up for what
    /// others lack.
    pub(in crate::roster) fn missing_price(&self, prices: &[f64]) -> f64 {
        self.stretches().into_iter().map(|(first, end)| prices[first..end].iter().sum::<f64>().max(0.0)).sum()
    }
}

/// A person with what the days before the horizon left behind.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub employee: Employee,
    /// The work she does at the desk, against a standard agent who is never away: speed × the share of time not lost.
    pub effectiveness: f64,
    /// When she cannot work.
    pub absences: Vec<Absence>,
    /// Days worked before the horizon, in order.
    pub past: Vec<PastDuty>,
    /// What a planner has fixed, at most once a day.
    pub pins: Vec<Pin>,
    /// What she has had before the horizon, over months.
    pub account: TimeAccount,
    /// What she does away from the desk at set times, if she is at work then; in order.
    pub offline_activities: Vec<OfflineActivity>,
    /// Published shifts that an absence keeps her from, in order of date: their hours count as done and are paid.
    pub excused: Vec<Assignment>,
    /// The time zone in which she works, where it is known: over a change of clocks a shift is as long as it takes.
    pub zone: Option<Zone>,
}

impl From<Employee> for Person {
    /// A person without a past, never away, who loses no time on shift.
    fn from(employee: Employee) -> Self {
        Self {
            effectiveness: employee.speed.get(),
            employee,
            absences: Vec::new(),
            past: Vec::new(),
            pins: Vec::new(),
            account: TimeAccount::default(),
            offline_activities: Vec::new(),
            excused: Vec::new(),
            zone: None,
        }
    }
}

impl Person {
    /// The stretches of a shift of hers in which she is at the desk, by the desk's clocks.
    pub fn desk_stretches(&self, assignment: &Assignment) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        let by_desk = move |time| self.employee.desk_time(assignment.date, time);
        assignment.desk_stretches().into_iter().map(move |(from, to)| (by_desk(from), by_desk(to)))
    }

    /// What a planner has fixed on a day.
    #[must_use]
    pub fn pinned(&self, date: NaiveDate) -> Option<&Pin> {
        self.pins.iter().find(|pin| pin.date == date)
    }

    /// Whether a planner has given her a day off.
    pub(in crate::roster) fn is_given_off(&self, date: NaiveDate) -> bool {
        self.pinned(date).is_some_and(|pin| pin.shift.is_none())
    }
}

/// A shift worked before the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct PastDuty {
    /// The code of the shift.
    pub shift: String,
    /// The day it started.
    pub date: NaiveDate,
    /// When it started.
    pub start: NaiveDateTime,
    /// When it ended.
    pub end: NaiveDateTime,
    /// Paid hours.
    pub paid_hours: f64,
}

/// What things cost. All amounts are in the plan's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    /// The rate of hours beyond the regular ones of a day.
    pub overtime: Factor,
    /// The rate of hours beyond the regular ones of a week (work on a rest day).
    pub rest_day: Factor,
    /// A missing agent-hour, by how much of the requirement is missing: (share of the requirement, price), in order. The last
    /// step holds for the rest.
    pub shortage: Vec<(Share, Money)>,
    /// A day off that was asked for and not granted.
    pub refused_day_off: Money,
    /// A shift that was asked for and not granted.
    pub refused_shift: Money,
    /// An hour that somebody is not at work with whom she should be.
    pub apart_hour: Money,
    /// A person-day that differs from a published roster.
    pub changed_day: Money,
    /// A shift that is not the one a person likes best.
    pub other_shift: Money,
    /// A burden for somebody who has had one more of its kind than people have on average.
    pub unfair_shift: Money,
    /// Kinds of absence whose days are not paid.
    pub unpaid_absences: Vec<String>,
}

impl Prices {
    /// Whether days of an absence are not paid.
    #[must_use]
    pub fn is_unpaid(&self, absence: &Absence) -> bool {
        absence.is_of(Absence::NOT_EMPLOYED) || self.unpaid_absences.iter().any(|kind| absence.is_of(kind))
    }

    /// The price of being `short` agent-hours under a requirement of `required` agent-hours.
    ///
    /// ```
    /// use peakshift::{roster::Prices, units::{Factor, Money, Share}};
    /// let yuan = |amount| Money::new(amount).unwrap();
    /// let share = |part| Share::new(part).unwrap();
    /// let prices = Prices {
    ///     refused_shift: yuan(30.0), apart_hour: yuan(10.0), overtime: Factor::ONE, rest_day: Factor::ONE, refused_day_off: yuan(0.0), changed_day: yuan(30.0),
    ///     other_shift: yuan(0.0), unfair_shift: yuan(0.0), unpaid_absences: vec![],
    ///     shortage: vec![(share(0.1), yuan(60.0)), (share(0.15), yuan(150.0)), (share(0.75), yuan(360.0))],
    /// };
    /// assert_eq!(prices.shortage_cost(10.0, 2.0).get(), 60.0 + 150.0);
    /// ```
    #[must_use]
    pub fn shortage_cost(&self, required: f64, short: f64) -> Money {
        let mut left = short.max(0.0);
        let cost = self.steps(required).map(|(width, price)| {
            let taken = left.min(width);
            left -= taken;
            taken * price
        });
        Money::new(cost.sum()).expect("steps have finite widths and prices")
    }

    /// (width in agent-hours, price an agent-hour) of each step under a requirement, cheapest first; the last is as wide as is left.
    pub fn steps(&self, required: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let last = self.shortage.len().saturating_sub(1);
        let mut used = 0.0;
        self.shortage.iter().enumerate().map(move |(step, (share, price))| {
            let width = if step == last { required - used } else { (required * share.get()).min(required - used) };
            used += width;
            (width.max(0.0), price.get())
        })
    }
}

impl RosterProblem {
    /// A person's zone, if its clocks skip time in a shift that starts on a planned day: on nearly all days nobody need ask them.
    pub(in crate::roster) fn skipping_zone<'p>(&self, person: &'p Person) -> Option<&'p Zone> {
        let (first, end) = (self.horizon.first, self.horizon.end() + Days::new(1));
        person.zone.as_ref().filter(|zone| zone.clock_changes(first, end).iter().any(|change| change.minutes > 0))
    }

    /// What agents of a queue are worth in an interval: (agents, price an agent-hour), dearest last where it is the price of a shortage.
    pub(in crate::roster) fn steps(&self, queue: usize, slot: usize) -> Vec<(f64, f64)> {
        let demand = &self.demand[queue];
        match &demand.worth {
            Some(worth) => worth.steps[slot].clone(),
            None => self.prices.steps(demand.required[slot]).collect(),
        }
    }

    /// The price of what a queue lacks in an interval with so many agents, in money; below 0 where it has more than it requires and that
    /// is worth something.
    pub(in crate::roster) fn interval_price(&self, queue: usize, slot: usize, agents: f64) -> f64 {
        let demand = &self.demand[queue];
        let mut steps = self.steps(queue, slot);
        steps.sort_by(|a, b| b.1.total_cmp(&a.1));
        // agents take the dearest steps first; what they would still leave with all that is required is forgiven
        let left = |agents: f64| {
            let mut agents = agents;
            let unfilled = steps.iter().map(|(width, price)| {
                let taken = agents.min(*width);
                agents -= taken;
                (width - taken) * price
            });
            unfilled.sum::<f64>()
        };
        (left(agents) - left(demand.required[slot])) * self.grid.interval().hours()
    }

    /// What is forgiven in all: the worth of agents beyond those required.
    pub(in crate::roster) fn forgiven(&self) -> f64 {
        let of_queue = |queue: usize| {
            let slots = if self.demand[queue].worth.is_some() { self.grid.len() } else { 0 };
            (0..slots).map(|slot| self.interval_price(queue, slot, f64::INFINITY)).sum::<f64>()
        };
        -(0..self.demand.len()).map(of_queue).sum::<f64>()
    }

    /// Everybody is to do away from the desk what she does in a roster, and no more.
    pub fn keep_offline_activities(&mut self, roster: &Roster) {
        let of_agent = roster.by_agent();
        for person in &mut self.people {
            let duties = of_agent.get(&person.employee.id).into_iter().flatten();
            person.offline_activities = duties.flat_map(|duty| duty.offline_activities.iter().cloned()).collect();
            person.offline_activities.sort();
        }
    }

    /// The number of a person's shift of a code on a date, by her own clocks.
    pub(in crate::roster) fn shift_number(&self, person: &Person, date: NaiveDate, code: &str) -> Option<usize> {
        let ahead = person.employee.ahead_on(date);
        self.shifts.iter().position(|shift| shift.id == code && shift.ahead == ahead)
    }

    /// The same, whole.
    #[must_use]
    pub fn shift_of(&self, person: &Person, date: NaiveDate, code: &str) -> Option<&ShiftTemplate> {
        self.shift_number(person, date, code).map(|number| &self.shifts[number])
    }

    /// Each code's shift once, whatever the clocks.
    pub fn shift_kinds(&self) -> impl Iterator<Item = &ShiftTemplate> {
        let first = self.shifts.first().map(|shift| shift.ahead);
        self.shifts.iter().filter(move |shift| Some(shift.ahead) == first)
    }

    /// The number of a queue in `demand`.
    #[must_use]
    pub fn queue_index(&self, queue: &QueueId) -> Option<usize> {
        self.demand.iter().position(|demand| &demand.queue == queue)
    }
}

impl Activity {
    /// Whether somebody is to do it.
    pub(in crate::roster) fn is_for(&self, person: &Person) -> bool {
        self.contracts.is_empty() || self.contracts.contains(&person.employee.contract.id)
    }
}
