//! Rostering problem: demand per interval and queue, people, shifts, rules, prices.

use super::activity::{Activity, OfflineActivity};
use super::assignment::{Assignment, Roster};
use super::minimum_staffing::MinimumStaffing;
use super::prices::Prices;
use super::rules::Rules;
use super::shift::ShiftTemplate;
use super::time_account::TimeAccount;
use crate::calendar::Calendar;
use crate::service::QueueId;
use crate::time::{Horizon, Interval, TimeGrid};
use crate::units::{Agents, Factor, HourlyPrice, Hours, Money};
use crate::workforce::{Absence, Employee, Pin};
use crate::zone::Zone;
use chrono::{Days, NaiveDate, NaiveDateTime};

/// Complete input of the rostering problem.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RosterProblem {
    /// Days to be rostered.
    pub horizon: Horizon,
    /// Intervals of the horizon.
    pub grid: TimeGrid,
    /// Requirement of each queue.
    pub demand: Vec<QueueDemand>,
    /// People who may be rostered.
    pub people: Vec<Person>,
    /// Shifts they may work: one copy of each per UTC offset, the desk's first.
    pub shifts: Vec<ShiftTemplate>,
    /// Weekly offline activities.
    pub activities: Vec<Activity>,
    /// Minimum-staffing constraints, by kind of agent.
    pub minimum_staffing: Vec<MinimumStaffing>,
    /// Scheduling rules.
    pub rules: Rules,
    /// Rates and penalties.
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

/// Requirement of one queue, interval by interval.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct QueueDemand {
    /// The queue.
    pub queue: QueueId,
    /// Standard-speed agents required on the desk, after breaks; one value per interval of the grid.
    pub required: Vec<f64>,
    /// Value of agents where the service target covers a day or longer; `None` prices each interval by [`Prices::shortage`].
    pub worth: Option<ServiceValue>,
}

/// Value of agents where one service target covers several intervals, so that surplus in one offsets a shortage in another.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceValue {
    /// Agents below which an interval is understaffed, whatever the other intervals have.
    pub least: Vec<f64>,
    /// Steps (agents, price per agent-hour) of each interval. They may extend beyond the requirement.
    pub steps: Vec<Vec<(Agents, HourlyPrice)>>,
    /// Index of the target period of each interval; the intervals of a period are contiguous.
    pub stretch: Vec<usize>,
}

impl QueueDemand {
    /// The demand of a queue, in standard-speed agents on duty in each interval.
    #[must_use]
    pub fn new(queue: &str, required: Vec<f64>) -> Self {
        Self { queue: QueueId::new(queue), required, worth: None }
    }

    /// Agents below which an interval is understaffed.
    #[must_use]
    pub fn least(&self, slot: usize) -> f64 {
        self.worth.as_ref().map_or(self.required[slot], |worth| worth.least[slot])
    }

    /// Raises the requirement of an interval by `by` agents, at the price of the smallest shortage.
    pub fn raise(&mut self, slot: usize, by: f64) {
        self.required[slot] += by;
        if let Some(worth) = &mut self.worth {
            worth.least[slot] += by;
            let wider = |width: Agents| Agents::new(width.get() + by).expect("no more agents are taken away than are required");
            worth.steps[slot].iter_mut().take(1).for_each(|(width, _)| *width = wider(*width));
        }
    }

    /// Periods over which understaffing is netted: (first, one past the last interval).
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

    /// Understaffing penalty of the queue, given the `prices` of its intervals. Within a target period surplus in one interval offsets
    /// a shortage in another.
    pub(in crate::roster) fn missing_price(&self, prices: &[Money]) -> Money {
        self.stretches().into_iter().map(|(first, end)| prices[first..end].iter().copied().sum::<Money>().max(Money::ZERO)).sum()
    }
}

/// An employee with the history that reaches into the horizon.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Person {
    /// Master data of the employee.
    pub employee: Employee,
    /// Work done on the desk relative to a standard agent who is never away: speed × the share of time not lost to shrinkage.
    pub effectiveness: Factor,
    /// Absences, in which the agent cannot work.
    pub absences: Vec<Absence>,
    /// Days worked before the horizon, in order.
    pub past: Vec<PastDuty>,
    /// Pins set by a planner, at most one per day.
    pub pins: Vec<Pin>,
    /// Balances of hours and burdens from the months before the horizon.
    pub account: TimeAccount,
    /// Offline activities at fixed times, attended if the agent is at work then; in order.
    pub offline_activities: Vec<OfflineActivity>,
    /// Published shifts that an absence prevents, in order of date: their hours count as worked and are paid.
    pub excused: Vec<Assignment>,
    /// Time zone of the workplace, where known. It sets the length of shifts over a clock change.
    pub zone: Option<Zone>,
}

impl Person {
    /// A person without a past, never absent, who loses no time on shift.
    #[must_use]
    pub fn new(employee: Employee) -> Self {
        Self {
            effectiveness: employee.speed,
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

    /// Time spans in which the agent is on the desk during a shift, by the desk's clocks.
    pub fn desk_stretches(&self, assignment: &Assignment) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        let by_desk = move |time| self.employee.desk_time(assignment.date, time);
        assignment.desk_stretches().into_iter().map(move |(from, to)| (by_desk(from), by_desk(to)))
    }

    /// Time spans in which the agent is on the desk during a shift, by the desk's clocks, with the queues that they serve.
    pub fn served_stretches<'a>(
        &'a self,
        assignment: &'a Assignment,
    ) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime, &'a [QueueId])> {
        let by_desk = move |time| self.employee.desk_time(assignment.date, time);
        let served = move |queues: &'a [QueueId]| if queues.is_empty() { self.employee.skills.as_slice() } else { queues };
        assignment.served_stretches().into_iter().map(move |(from, to, queues)| (by_desk(from), by_desk(to), served(queues)))
    }

    /// Pin on a date, if any.
    #[must_use]
    pub fn pinned(&self, date: NaiveDate) -> Option<&Pin> {
        self.pins.iter().find(|pin| pin.date == date)
    }

    /// Whether a pin gives the agent the day off.
    pub(in crate::roster) fn is_given_off(&self, date: NaiveDate) -> bool {
        self.pinned(date).is_some_and(|pin| pin.shift.is_none())
    }
}

/// A shift worked before the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct PastDuty {
    /// Code of the shift.
    pub shift: String,
    /// Date on which it started.
    pub date: NaiveDate,
    /// Start.
    pub start: NaiveDateTime,
    /// End.
    pub end: NaiveDateTime,
    /// Paid hours.
    pub paid: Hours,
}

impl RosterProblem {
    /// Time zone of the person if its clocks skip time in a shift that starts on a planned day. `None` spares the checks on nearly all
    /// days.
    pub(in crate::roster) fn skipping_zone<'p>(&self, person: &'p Person) -> Option<&'p Zone> {
        let (first, end) = (self.horizon.first, self.horizon.end() + Days::new(1));
        person.zone.as_ref().filter(|zone| zone.clock_changes(first, end).iter().any(|change| change.minutes > 0))
    }

    /// Steps (agents, price per agent-hour) of a queue in an interval. Plain shortage prices come cheapest first.
    pub(in crate::roster) fn steps(&self, queue: usize, slot: usize) -> Vec<(Agents, HourlyPrice)> {
        let demand = &self.demand[queue];
        match &demand.worth {
            Some(worth) => worth.steps[slot].clone(),
            None => self.prices.steps(Agents::new(demand.required[slot]).expect("a requirement is agents")).collect(),
        }
    }

    /// Understaffing penalty of a queue in an interval with `agents` staffed, which may be infinitely many. Negative where agents beyond
    /// the requirement have a value.
    pub(in crate::roster) fn interval_price(&self, queue: usize, slot: usize, agents: f64) -> Money {
        let demand = &self.demand[queue];
        let mut steps = self.steps(queue, slot);
        steps.sort_by(|a, b| b.1.total_cmp(&a.1));
        // agents fill the most costly steps first; what the full requirement would leave unfilled is no penalty
        let left = |agents: f64| {
            let mut agents = agents;
            let unfilled = steps.iter().map(|(width, price)| {
                let taken = agents.min(width.get());
                agents -= taken;
                (width.get() - taken) * price.get()
            });
            unfilled.sum::<f64>()
        };
        let an_hour = left(agents) - left(demand.required[slot]);
        Money::new(an_hour * self.grid.interval().hours().get()).expect("steps have finite widths and prices")
    }

    /// Total value of agents beyond the requirements, a constant subtracted from cost and bound.
    pub(in crate::roster) fn forgiven(&self) -> Money {
        let of_queue = |queue: usize| {
            let slots = if self.demand[queue].worth.is_some() { self.grid.len() } else { 0 };
            (0..slots).map(|slot| self.interval_price(queue, slot, f64::INFINITY)).sum::<Money>()
        };
        -(0..self.demand.len()).map(of_queue).sum::<Money>()
    }

    /// Replaces everybody's offline activities by those of a roster.
    pub fn keep_offline_activities(&mut self, roster: &Roster) {
        let of_agent = roster.by_agent();
        for person in &mut self.people {
            let duties = of_agent.get(&person.employee.id).into_iter().flatten();
            person.offline_activities = duties.flat_map(|duty| duty.offline_activities.iter().cloned()).collect();
            person.offline_activities.sort();
        }
    }

    /// Index in `shifts` of the shift with `code` that a person would work on a date, by the person's own clocks.
    pub(in crate::roster) fn shift_number(&self, person: &Person, date: NaiveDate, code: &str) -> Option<usize> {
        let ahead = person.employee.ahead_on(date);
        self.shifts.iter().position(|shift| shift.id == code && shift.ahead == ahead)
    }

    /// Shift with `code` that a person would work on a date, by the person's own clocks.
    #[must_use]
    pub fn shift_of(&self, person: &Person, date: NaiveDate, code: &str) -> Option<&ShiftTemplate> {
        self.shift_number(person, date, code).map(|number| &self.shifts[number])
    }

    /// One shift per code, regardless of UTC offset.
    pub fn shift_kinds(&self) -> impl Iterator<Item = &ShiftTemplate> {
        let first = self.shifts.first().map(|shift| shift.ahead);
        self.shifts.iter().filter(move |shift| Some(shift.ahead) == first)
    }

    /// Index of a queue in `demand`.
    #[must_use]
    pub fn queue_index(&self, queue: &QueueId) -> Option<usize> {
        self.demand.iter().position(|demand| &demand.queue == queue)
    }
}

impl Activity {
    /// Whether the person's contract includes the activity.
    pub(in crate::roster) fn is_for(&self, person: &Person) -> bool {
        self.contracts.is_empty() || self.contracts.contains(&person.employee.contract.id)
    }
}
