//! Capacity plan of the coming months: weekly need against current headcount, and recommended hires.

use super::{Inputs, PlanError, QueueRequirement, forecast, require};
use crate::budget::{Budget, Cut, Interruption};
use crate::capacity::{CapacityPlan, CapacityProblem, HoursCurve, Pattern, Pool, Unsolved, Week, hours_curve, solve, without_hiring};
use crate::event::Event;
use crate::outcome::Outcome;
use crate::roster::{REST_MINUTES, ShiftTemplate};
use crate::service::QueueId;
use crate::time::{Horizon, TimeGrid};
use crate::units::HourlyPrice;
use crate::workforce::{Contract, Employee};
use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use rayon::prelude::*;

/// Capacity plan of a team.
#[derive(Clone, Debug)]
pub struct Hiring {
    /// Results by queue and week.
    pub weeks: Vec<QueueWeek>,
    /// Cost in money: hires, temps, overtime and understaffing penalty.
    pub cost: f64,
    /// Proven lower bound on the cost of every plan; `None` where none was proven.
    pub bound: Option<f64>,
    /// Reason for which the search ended early, if it did.
    pub interrupted: Option<Interruption>,
    /// Understaffing penalty with current headcount and its overtime alone, in money.
    pub cost_without: f64,
    /// Pay of current headcount, in money.
    pub own_pay: f64,
    /// Promotions repeated from the year before, under their names for the new year.
    pub repeated: Vec<Event>,
}

impl Hiring {
    /// Cost / bound − 1; `None` where no bound was proven. A plan that costs no more than its bound has gap 0, whatever the two are.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        let bound = self.bound?;
        Some(if self.cost <= bound { 0.0 } else { self.cost / bound - 1.0 }).filter(|gap| gap.is_finite() && *gap >= 0.0)
    }
}

/// A week of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueWeek {
    /// First day of the week.
    pub first: NaiveDate,
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Contacts that reach people.
    pub contacts: f64,
    /// Agent-hours required at the desk, at standard speed.
    pub required_hours: f64,
    /// Paid hours that are worth their pay: beyond them, shifts would cost more than they save.
    pub need_hours: f64,
    /// Current headcount with this as first queue, less leavers.
    pub people: f64,
    /// People hired before who are still there, including those in training.
    pub hired_people: f64,
    /// New hires.
    pub hires: u32,
    /// Last day for the hiring decision.
    pub hire_by: Option<NaiveDate>,
    /// People in training.
    pub in_training: u32,
    /// Temps.
    pub temps: u32,
    /// Paid hours for the queue, at standard speed, including overtime.
    pub hours: f64,
    /// Of these, hours of current headcount.
    pub own_hours: f64,
    /// Of these, hours of temps.
    pub temp_hours: f64,
    /// Hours beyond the regular ones.
    pub overtime: f64,
    /// Understaffed agent-hours at the desk.
    pub short_hours: f64,
    /// Understaffing penalty in money.
    pub short_cost: f64,
    /// Pay of hires, temps and overtime, plus the cost of hiring, in money.
    pub staff_cost: f64,
    /// Active events.
    pub events: Vec<String>,
}

/// Multiples of base pay at which the value of an hour is sampled.
const PRICES: [f64; 7] = [0.05, 0.5, 1.0, 1.5, 2.5, 4.0, 8.0];
/// A promotion of the year before is repeated unless one of its family has been entered within this number of days.
const NEAR: i64 = 60;

/// The capacity plan of the months from the plan's first day.
///
/// There is always a plan: if the budget ends before one with hires is found, the best without hires.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::hiring};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let plan = hiring(&inputs, 2, &Budget::of_effort(1))?;
/// // three agents are needed at the desk all week, and three are employed: for two months temps cost less than hires
/// assert!(plan.weeks.iter().all(|week| (week.hires, week.temps) == (0, 2)) && plan.cost < plan.cost_without);
/// assert!(plan.gap().is_some_and(|gap| gap < 0.01));
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast, or the solver cannot work on the numbers.
pub fn hiring(inputs: &Inputs, months: u32, budget: &Budget) -> Result<Hiring, PlanError> {
    let weeks = ((f64::from(months) * 365.25 / 12.0) / 7.0).round() as usize;
    let horizon = Horizon { first: inputs.horizon.first, days: weeks * 7 };
    let repeated = repeated_events(inputs, horizon);
    let events = inputs.events.iter().chain(&repeated).cloned().collect();
    let ahead = Inputs { horizon, events, ..inputs.clone() };
    let requirements = require(&ahead, &forecast(&ahead)?);
    let team = Team::of(&ahead);
    let problem = CapacityProblem {
        pools: team.pools(&ahead, weeks),
        recruits: ahead.queues.iter().map(|_| ahead.terms.recruit(team.hours_week, team.pay, weeks)).collect(),
        temp: ahead.terms.temp(team.hours_week),
        overtime: ahead.terms.overtime(team.pay, ahead.prices.overtime),
        needs: needs(&ahead, &requirements, team.pay)?,
    };
    let (cut, without) = (Cut::default(), solved(without_hiring(&problem))?);
    let (bound, found) = match solve(&problem, &budget.noting(&cut)) {
        outcome @ (Outcome::Optimal { .. } | Outcome::Feasible { .. } | Outcome::Stopped { .. }) => (outcome.bound(), outcome.found()),
        Outcome::Infeasible => return Err(Unsolved("no plan keeps all conditions".to_owned()).into()),
        Outcome::Failed(why) => return Err(Unsolved(why).into()),
    };
    // shown costs are recomputed from the plan, never taken from the solver
    let cost = |plan: &CapacityPlan| plan.cost(&problem).map_err(|broken| Unsolved(broken.to_string()));
    let cost_without = cost(&without)?;
    let (cost, plan) = match found.map(|plan| Ok::<_, Unsolved>((cost(&plan)?, plan))).transpose()? {
        Some((cost, plan)) if cost <= cost_without => (cost, plan),
        _ => (cost_without, without),
    };
    let own_pay = (0..weeks).map(|week| team.own_pay * ahead.terms.staying(week as f64)).sum();
    let weeks = told(&ahead, &requirements, &team, &problem, &plan);
    let bound = bound.map(|bound| bound.min(cost));
    Ok(Hiring { weeks, cost, bound, interrupted: cut.interruption(), cost_without, own_pay, repeated })
}

/// The solution of a problem that always has one.
fn solved(outcome: Outcome<CapacityPlan>) -> Result<CapacityPlan, Unsolved> {
    let why = if let Outcome::Failed(why) = &outcome { why.clone() } else { "nothing was found".to_owned() };
    outcome.found().ok_or(Unsolved(why))
}

/// Promotions of a year before the horizon's weeks that have no counterpart in them, moved by a year and named for the new year.
fn repeated_events(inputs: &Inputs, horizon: Horizon) -> Vec<Event> {
    let a_year_later = |event: &Event| {
        let (start, end) = (event.start.checked_add_months(Months::new(12))?, event.end.checked_add_months(Months::new(12))?);
        let (year, next) = (event.start.year().to_string(), (event.start.year() + 1).to_string());
        Some(Event { name: event.name.replace(&year, &next), start, end, ..event.clone() })
    };
    let is_known = |event: &Event, known: &[Event]| {
        let near = |other: &Event| (other.start - event.start).num_days().abs() <= NEAR;
        known.iter().any(|other| other.family == event.family && other.queue == event.queue && near(other))
    };
    let mut repeated: Vec<Event> = Vec::new();
    let mut last: Vec<Event> = inputs.events.iter().filter(|event| event.is_lift()).cloned().collect();
    while !last.is_empty() {
        last = last.iter().filter_map(a_year_later).filter(|event| event.start.date() < horizon.end()).collect();
        last.retain(|event| !is_known(event, &inputs.events));
        repeated.extend(last.iter().filter(|event| event.last_date() >= horizon.first).cloned());
    }
    repeated
}

/// Value of hours, by queue and week.
fn needs(inputs: &Inputs, requirements: &[QueueRequirement], pay: HourlyPrice) -> Result<Vec<Vec<HoursCurve>>, Unsolved> {
    let steps: Vec<(f64, f64)> = inputs.prices.shortage.iter().map(|(share, price)| (share.get(), price.get())).collect();
    let prices = PRICES.map(|times| times * pay.get());
    let weeks = inputs.horizon.days / 7;
    let curve = |(queue, week): (usize, usize)| {
        let need = &requirements[queue].need;
        let slots = 7 * inputs.interval.per_day();
        let id = &inputs.queues[queue].queue.id;
        let asked = inputs.terms.required_of(id.as_str());
        let required = (week * slots..(week + 1) * slots).map(|slot| need[slot].required.get() * asked).collect();
        let patterns = patterns(inputs, id, inputs.horizon.date(week * 7), need.grid());
        hours_curve(&Week { required, interval: inputs.interval.hours().get(), patterns }, &steps, &prices)
    };
    let all: Vec<(usize, usize)> = (0..requirements.len()).flat_map(|queue| (0..weeks).map(move |week| (queue, week))).collect();
    // collected before the first error is taken, so that it is the same error whichever thread ends first
    let curves: Vec<Result<HoursCurve, Unsolved>> = all.into_par_iter().map(curve).collect();
    let curves: Vec<HoursCurve> = curves.into_iter().collect::<Result<_, _>>()?;
    Ok(curves.chunks(weeks.max(1)).map(<[HoursCurve]>::to_vec).collect())
}

/// Shift patterns of a queue in a week: those of full-time people, on promotion days including the shifts for promotions only. Breaks are
/// spread over their permitted times; the part in the following week is left out.
fn patterns(inputs: &Inputs, queue: &QueueId, first: NaiveDate, grid: TimeGrid) -> Vec<Pattern> {
    let full_time = |shift: &ShiftTemplate| {
        let allowed = |contract: &Contract| !contract.part_time && (shift.contracts.is_empty() || shift.contracts.contains(&contract.id));
        inputs.employees.iter().any(|employee| allowed(&employee.contract))
    };
    let fits = |shift: &&ShiftTemplate| {
        !shift.is_reserve && !shift.volunteers_only && full_time(shift) && (shift.queues.is_empty() || shift.queues.contains(queue))
    };
    let promotion = |date: NaiveDate| inputs.events.iter().any(|event| event.touches(queue) && event.is_on_date(date));
    let days = (0..7).map(|day| (day, first + Days::new(day as u64)));
    let on_day = |(day, date): (usize, NaiveDate)| {
        let shifts = inputs.shifts.iter().filter(fits).filter(move |shift| !shift.promotion_only || promotion(date));
        shifts.map(move |shift| pattern(inputs, shift, day, grid)).collect::<Vec<_>>()
    };
    days.flat_map(on_day).collect()
}

fn pattern(inputs: &Inputs, shift: &ShiftTemplate, day: usize, grid: TimeGrid) -> Pattern {
    let minutes = grid.interval().minutes();
    let week = 7 * grid.interval().per_day();
    let begin = day as u32 * crate::time::DAY_MINUTES + shift.start.minutes();
    // the part of a period, in minutes after midnight of the week's first day, that lies in an interval
    let part = |slot: usize, from: f64, length: f64| {
        let (start, end) = (f64::from(slot as u32 * minutes), f64::from((slot as u32 + 1) * minutes));
        (end.min(from + length) - start.max(from)).max(0.0) / f64::from(minutes)
    };
    let rests = f64::from(REST_MINUTES) * shift.rests as f64 / f64::from(shift.span_minutes);
    let share = |slot: usize| {
        let there = part(slot, f64::from(begin), f64::from(shift.span_minutes));
        let meal = |meal: &crate::roster::MealWindow| {
            let each = meal.offsets.iter().map(|offset| part(slot, f64::from(begin + offset), f64::from(meal.minutes)));
            each.sum::<f64>() / meal.offsets.len().max(1) as f64
        };
        let meals: f64 = shift.meals.iter().map(meal).sum();
        (there * (1.0 - rests) - meals).max(0.0) * inputs.shrinkage.left().get()
    };
    let (first, last) = ((begin / minutes) as usize, ((begin + shift.span_minutes).div_ceil(minutes) as usize).min(week));
    Pattern { paid: shift.paid.get(), desk: (first..last).map(|slot| (slot, share(slot))).filter(|(_, share)| *share > 0.0).collect() }
}

/// The team on the first day.
struct Team {
    /// People by skill set: the queues and their weekly hours at standard speed.
    sets: Vec<(Vec<usize>, f64)>,
    /// People by first queue.
    people: Vec<f64>,
    /// Regular hours of a full-time week.
    hours_week: f64,
    /// Hourly base pay of a new hire.
    pay: HourlyPrice,
    /// Weekly pay of the team.
    own_pay: f64,
}

impl Team {
    fn of(inputs: &Inputs) -> Self {
        let place = |skill: &QueueId| inputs.queues.iter().position(|of| of.queue.id == *skill);
        let queues = |employee: &Employee| employee.skills.iter().filter_map(place).collect::<Vec<usize>>();
        let mut sets: Vec<(Vec<usize>, f64)> = Vec::new();
        let mut people = vec![0.0; inputs.queues.len()];
        for employee in &inputs.employees {
            let mut skills = queues(employee);
            let Some(&first) = skills.first() else { continue };
            people[first] += 1.0;
            skills.sort_unstable();
            let hours = employee.contract.regular_hours_week.get() * employee.speed.get();
            match sets.iter_mut().find(|(known, _)| *known == skills) {
                Some((_, known)) => *known += hours,
                None => sets.push((skills, hours)),
            }
        }
        let full_time = || inputs.employees.iter().filter(|employee| !employee.contract.part_time);
        let own_pay = inputs.employees.iter().map(|employee| employee.contract.regular_hours_week.get() * employee.pay.get()).sum();
        Self {
            sets,
            people,
            hours_week: full_time().map(|employee| employee.contract.regular_hours_week.get()).fold(0.0, f64::max),
            pay: full_time().map(|employee| employee.pay).reduce(|a, b| if b < a { b } else { a }).unwrap_or_default(),
            own_pay,
        }
    }

    fn pools(&self, inputs: &Inputs, weeks: usize) -> Vec<Pool> {
        let hours = |of_week: f64| (0..weeks).map(|week| of_week * inputs.terms.present() * inputs.terms.staying(week as f64)).collect();
        self.sets.iter().map(|(queues, of_week)| Pool { queues: queues.clone(), hours: hours(*of_week) }).collect()
    }
}

/// The plan in reporting form.
fn told(inputs: &Inputs, requirements: &[QueueRequirement], team: &Team, problem: &CapacityProblem, plan: &CapacityPlan) -> Vec<QueueWeek> {
    let (terms, weeks) = (&inputs.terms, inputs.horizon.days / 7);
    let slots = 7 * inputs.interval.per_day();
    let of_week = |week: usize, queue: usize| {
        let (first, id) = (inputs.horizon.date(week * 7), &inputs.queues[queue].queue.id);
        let need = || (week * slots..(week + 1) * slots).map(|slot| &requirements[queue].need[slot]);
        let (curve, hours, hires) = (&problem.needs[queue][week], plan.hours(problem, queue, week), &plan.newcomers.hires[queue]);
        let started = |since: usize| hires[(week + 1).saturating_sub(since)..=week].iter().sum::<u32>();
        let before = (0..=week).map(|start| f64::from(hires[start]) * terms.staying((week - start) as f64));
        let temps = plan.temps_there(problem, queue, week);
        let pay = (0..=week).map(|start| f64::from(hires[start]) * problem.recruits[queue].pay[week - start]).sum::<f64>();
        let last = first + Days::new(6);
        let on = |event: &&Event| event.touches(id) && event.start.date() <= last && event.last_date() >= first;
        let mut events: Vec<String> = inputs.events.iter().filter(on).map(|event| event.name.clone()).collect();
        events.dedup();
        QueueWeek {
            first,
            queue: id.clone(),
            contacts: need().map(|need| need.contacts.get()).sum(),
            required_hours: need().map(|need| need.required.get()).sum::<f64>()
                * inputs.interval.hours().get()
                * terms.required_of(id.as_str()),
            need_hours: curve.hours_at(team.pay.get()),
            people: team.people[queue] * terms.staying(week as f64),
            hired_people: before.sum(),
            hires: hires[week],
            hire_by: (hires[week] > 0).then(|| first - TimeDelta::days(i64::from(terms.hiring_days))),
            in_training: if terms.training_days > 0 { started(terms.training_weeks()) } else { 0 },
            temps,
            hours,
            own_hours: plan.own(queue, week),
            temp_hours: f64::from(temps) * problem.temp.hours,
            overtime: plan.overtime[queue][week],
            short_hours: curve.short_hours(hours),
            short_cost: curve.short_cost(hours),
            staff_cost: pay
                + f64::from(hires[week]) * problem.recruits[queue].once
                + f64::from(temps) * problem.temp.pay
                + plan.overtime[queue][week] * problem.overtime.pay,
            events,
        }
    };
    (0..weeks).flat_map(|week| (0..inputs.queues.len()).map(move |queue| of_week(week, queue))).collect()
}
