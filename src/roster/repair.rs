//! Repair of a roster that no longer fits, with the fewest changes: every person-day that differs has a price, and breaks of all other
//! shifts stay.
//!
//! The search is the one that builds rosters; only the prices of its choices differ. Where more changes than allowed are worth their
//! price, the price rises until few enough are.

use super::cost::money;
use super::courtesy::{Reach, Restraint, Standing, settled};
use super::solved::Solved;
use crate::budget::Budget;
use crate::roster::count::pay::pay;
use crate::roster::engine::{self, Column, Duty, Model, Solution, Tour};
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::formulation::tours::Tours;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::{Person, QueueDemand, RosterProblem, ServiceValue};
use crate::roster::rules::shift_fit::may_work;
use crate::units::{Agents, Factor, HourlyPrice, Money};
use crate::workforce::AgentId;
use chrono::NaiveDate;

/// A repaired roster and its changes.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// The repaired roster; its cost excludes the price of changes.
    pub solved: Solved,
    /// Changes, by date and agent.
    pub changes: Vec<Change>,
}

/// A person-day that differs from the published roster.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The date.
    pub date: NaiveDate,
    /// The agent.
    pub agent: AgentId,
    /// Shift before, `None` for a day off.
    pub before: Option<String>,
    /// Shift after, `None` for a day off.
    pub after: Option<String>,
    /// Reason for the change.
    pub reason: Reason,
    /// Cost increase if all the agent's days were as before, the price of changes excluded; `None` where that is not possible.
    pub worth: Option<Money>,
    /// Change in the agent's pay; set on the agent's first change only.
    pub pay_change: Option<Money>,
}

/// Reason for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The agent is away, or may no longer work the shift.
    Away,
    /// Pinned by a planner.
    Pinned,
    /// Forced by a rule, given what a planner pinned.
    Forced,
    /// Covers a shortage on the desk.
    Covers,
    /// Frees the agent, or somebody else, for where they are needed more.
    GivesWay,
}

/// Multi-agent moves per unit of effort.
const MOVES_PER_EFFORT: u64 = 20;
/// Maximum number of raises of the price of a change, and the factor of each.
const RAISES: usize = 14;
const RAISE: Factor = Factor::constant(1.6);

/// Repairs a roster: forced changes first, then moves of the agents who may be asked, as far as `restraint.reach` allows.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// use peakshift::workforce::Absence;
/// // A and B are rostered; A calls in sick, so C comes instead
/// let duties = problem.people[..2].iter().map(|person| with_shift(&problem, person, &problem.shifts[0], first));
/// let published = Roster { assignments: duties.collect() };
/// let missed = &published.assignments[0];
/// problem.people[0].absences =
///     vec![Absence { agent: missed.agent.clone(), start: missed.start, end: missed.end, kind: "sick".into() }];
/// let restraint = Restraint::open(problem.prices.changed_day, problem.grid.start(0));
/// let repaired = repair(&problem, &published, &restraint, 1, &Budget::of_effort(1));
/// let changes = repaired.changes.iter().map(|change| (change.agent.as_str(), change.after.as_deref(), change.reason));
/// assert_eq!(changes.collect::<Vec<_>>(), [("A", None, Reason::Away), ("C", Some("D"), Reason::Covers)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn repair(problem: &RosterProblem, before: &Roster, restraint: &Restraint, seed: u64, budget: &Budget) -> Repaired {
    let plain = Formulation::of(problem);
    let old = Tours::of(&plain, before);
    let settled = settled(&plain, &old, &Standing { problem, restraint });
    let tours = match &restraint.reach {
        Reach::Forced => settled.clone(),
        Reach::Any => Search { formulation: &plain, old: &old, settled: &settled, restraint, seed, budget }.tours(),
        Reach::Holes(wanted) => {
            let mut holes = problem.clone();
            holes.demand = problem.demand.iter().zip(wanted).map(|(demand, wanted)| filled_to(problem, demand, wanted)).collect();
            let formulation = Formulation::of(&holes);
            let search = Search { formulation: &formulation, old: &old, settled: &settled, restraint, seed, budget };
            search.without_idle_changes(&plain, search.tours())
        }
    };
    let solution = Solution::of_tours(&plain.model, &tours);
    Repaired {
        changes: changes(&plain, before, &old, &settled, &solution),
        solved: Solved::new(&plain, &solution, None).with_stints_of(&plain, before),
    }
}

/// Demand in which the first `wanted` agents of each interval keep their price, most costly first, and further ones have none.
fn filled_to(problem: &RosterProblem, demand: &QueueDemand, wanted: &[f64]) -> QueueDemand {
    if demand.worth.is_some() {
        return demand.clone();
    }
    let agents = |number: f64| Agents::new(number).expect("what is required and what is wanted are agents");
    let steps = |(&required, &wanted): (&f64, &f64)| {
        let mut left = agents(wanted);
        let dearest_first = problem.prices.steps(agents(required)).collect::<Vec<_>>().into_iter().rev();
        let take = |(width, price): (Agents, HourlyPrice)| {
            let taken = width.min(left);
            left = left.beyond(taken);
            (taken, price)
        };
        dearest_first.map(take).filter(|(width, _)| *width > Agents::ZERO).collect()
    };
    let steps = demand.required.iter().zip(wanted).map(steps).collect();
    let worth = ServiceValue { least: wanted.to_vec(), steps, stretch: (0..wanted.len()).collect() };
    QueueDemand { queue: demand.queue.clone(), required: wanted.to_vec(), worth: Some(worth) }
}

/// Search for changes beyond the forced ones.
struct Search<'a> {
    /// The problem as the search sees it.
    formulation: &'a Formulation<'a>,
    old: &'a Tours,
    settled: &'a [Tour],
    restraint: &'a Restraint,
    seed: u64,
    budget: &'a Budget<'a>,
}

impl Search<'_> {
    /// Tours of everybody with at most the allowed number of changes.
    fn tours(&self) -> Vec<Tour> {
        let Restraint { most_changes, most_people, .. } = self.restraint;
        let mut frozen = vec![false; self.settled.len()];
        let mut price = self.restraint.price;
        let mut tours = self.mend(price, &frozen);
        if most_people.is_some() || most_changes.is_some() {
            frozen = self.others_than_most_worthy(&tours);
            if (0..tours.len()).any(|person| frozen[person] && changed(&tours[person], &self.settled[person]) > 0) {
                tours = self.mend(price, &frozen);
            }
        }
        let own_changes = |tours: &[Tour]| (0..tours.len()).map(|person| self.own_changes(person, &tours[person])).sum::<usize>();
        let are_too_many = |tours: &[Tour]| own_changes(tours) > most_changes.unwrap_or(usize::MAX);
        for _ in 0..RAISES {
            if !are_too_many(&tours) {
                return tours;
            }
            price = price.max(Money::constant(1.0)) * RAISE;
            tours = self.mend(price, &frozen);
        }
        if are_too_many(&tours) { self.settled.to_vec() } else { tours }
    }

    /// Number of a person's days that the repair itself changes: pinned days are the planner's own changes.
    fn own_changes(&self, person: usize, tour: &[Option<Duty>]) -> usize {
        let Formulation { problem, .. } = self.formulation;
        let is_own = |day: &usize| problem.people[person].pinned(problem.horizon.date(*day)).is_none();
        self.old.changed_days(person, tour).filter(is_own).count()
    }

    /// People who must not change further: all but those whose optional changes are worth most per day, within the limits on changes.
    fn others_than_most_worthy(&self, tours: &[Tour]) -> Vec<bool> {
        let (model, Restraint { most_changes, most_people, .. }) = (&self.formulation.model, self.restraint);
        let must: Vec<usize> = self.settled.iter().enumerate().map(|(person, tour)| self.own_changes(person, tour)).collect();
        let left = |most: Option<usize>, taken: usize| most.map_or(usize::MAX, |most| most.saturating_sub(taken));
        let mut days_left = left(*most_changes, must.iter().sum());
        let mut people_left = left(*most_people, must.iter().filter(|days| **days > 0).count());
        let mut solution = Solution::of_tours(model, tours);
        let mut moved: Vec<(f64, usize, usize)> = Vec::new();
        for (person, settled) in model.columns(self.settled).enumerate() {
            let days = changed(&tours[person], &self.settled[person]);
            if days > 0 {
                moved.push((solution.change_if(model, vec![(person, settled)]) / days as f64, days, person));
            }
        }
        moved.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        let mut frozen = vec![true; tours.len()];
        for (_, days, person) in moved {
            let people = usize::from(must[person] == 0);
            if people <= people_left && days <= days_left {
                frozen[person] = false;
                (people_left, days_left) = (people_left - people, days_left - days);
            }
        }
        frozen
    }

    /// Tours of everybody when each changed person-day costs `price` and the `frozen` people do not change.
    fn mend(&self, price: Money, frozen: &[bool]) -> Vec<Tour> {
        let standing = Standing { problem: self.formulation.problem, restraint: self.restraint };
        let mut model = self.formulation.model.clone();
        let shifts = model.shifts.len() as u16;
        for (person, member) in model.people.iter_mut().enumerate() {
            let (tour, old) = (&self.settled[person], &self.old.tours[person]);
            member.kept.clone_from(tour);
            for day in 0..tour.len() {
                let (is, was) = (tour[day].map(|duty| duty.shift), old[day].map(|duty| duty.shift));
                if frozen[person] || standing.stands(person, day, is) || standing.stands(person, day, was) {
                    member.prices.fix(day, is);
                    continue;
                }
                for choice in (0..shifts).map(Some).chain([None]).filter(|choice| *choice != was) {
                    let is_barred = choice != is && standing.is_too_late(person, day, choice);
                    member.prices.add(day, choice, if is_barred { f64::INFINITY } else { price.get() });
                }
            }
        }
        let start = Solution::of_tours(&model, self.settled);
        let moves = MOVES_PER_EFFORT.saturating_mul(self.budget.effort());
        let solution = engine::mend(&model, start, moves, self.seed, self.budget);
        let tour = |(person, column): (usize, Option<Column>)| column.map_or_else(|| self.settled[person].clone(), |of| of.tour);
        solution.columns.into_iter().enumerate().map(tour).collect()
    }

    /// Reverts the changes of each person who, at the true demand (`plain`), prevents less understaffing than their changes cost: saved pay
    /// is no reason to move anybody. Reverts all if together they do not help.
    fn without_idle_changes(&self, plain: &Formulation, tours: Vec<Tour>) -> Vec<Tour> {
        let model = &plain.model;
        let mut solution = Solution::of_tours(model, &tours);
        let back: Vec<_> = model.columns(self.settled).collect();
        loop {
            let mut least: Option<(f64, usize)> = None;
            for (person, then) in back.iter().enumerate() {
                let (Some(now), Some(then)) = (&solution.columns[person], then) else { continue };
                let days = changed(&now.tour, &then.tour);
                if days == 0 {
                    continue;
                }
                let kept = self.restraint.price.get() * days as f64 + NOTHING;
                let lost = solution.missing_if(model, person, then.clone()) - kept;
                if lost <= 0.0 && least.is_none_or(|(known, _)| lost < known) {
                    least = Some((lost, person));
                }
            }
            let Some((_, person)) = least else { break };
            solution.exchange(model, vec![(person, back[person].clone())]);
        }
        if solution.cover.cost() > Solution::of(model, back).cover.cost() + NOTHING {
            return self.settled.to_vec();
        }
        let tour = |(person, column): (usize, Option<Column>)| column.map_or_else(|| tours[person].clone(), |of| of.tour);
        solution.columns.into_iter().enumerate().map(tour).collect()
    }
}

/// Tolerance below which a price counts as zero.
const NOTHING: f64 = 1e-6;

/// Number of days on which the shifts of two tours differ.
fn changed(one: &[Option<Duty>], other: &[Option<Duty>]) -> usize {
    let shift = |duty: &Option<Duty>| duty.map(|duty| duty.shift);
    one.iter().zip(other).filter(|(one, other)| shift(one) != shift(other)).count()
}

/// Cost increase if a person's days were as before; `None` where that is not possible.
fn worth_of_changes(model: &Model, old: &Tours, solution: &mut Solution, person: usize) -> Option<Money> {
    let column = old.columns[person].clone()?;
    Some(money(solution.change_if(model, vec![(person, Some(column))])))
}

fn changes(plain: &Formulation, before: &Roster, old: &Tours, settled: &[Tour], solution: &Solution) -> Vec<Change> {
    let (problem, model) = (plain.problem, &plain.model);
    let mut solution = solution.clone();
    let code = |duty: &Option<Duty>| duty.map(|duty| problem.shifts[usize::from(duty.shift)].id.clone());
    let mut without_changes = Solution::of(model, old.columns.iter().cloned());
    let mut changes = Vec::new();
    for person in 0..model.people.len() {
        let Some(column) = solution.columns[person].clone() else { continue };
        let days: Vec<usize> = old.changed_days(person, &column.tour).collect();
        if days.is_empty() {
            continue;
        }
        let worth = worth_of_changes(model, old, &mut solution, person);
        let pay_change = pay_change(plain, old, before, &column, person);
        for (place, &day) in days.iter().enumerate() {
            let date = problem.horizon.date(day);
            let of = &problem.people[person];
            changes.push(Change {
                date,
                agent: of.employee.id.clone(),
                before: code(&old.tours[person][day]),
                after: code(&column.tour[day]),
                reason: if is_forced(plain, old, settled, person, day) {
                    Reason::Forced
                } else {
                    reason(plain, &mut without_changes, person, day, old.tours[person][day], column.tour[day])
                },
                worth,
                pay_change: (place == 0).then_some(pay_change),
            });
        }
    }
    changes.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
    changes
}

/// Change in a person's pay. Excused shifts are paid as before, so they make no difference.
fn pay_change(plain: &Formulation, old: &Tours, before: &Roster, column: &Column, person: usize) -> Money {
    let of = &plain.problem.people[person];
    if let Some(before) = old.columns[person].as_ref().filter(|_| of.excused.is_empty()) {
        return money(column.own_cost - before.own_cost);
    }
    let now: Vec<Assignment> = plain.assignments(person, column).collect();
    let then: Vec<&Assignment> = before.of_agent(&of.employee.id).collect();
    let stood = |excused: &&Assignment| then.iter().any(|duty| duty.date == excused.date);
    let excused = of.excused.iter().filter(|duty| !stood(duty)).cloned().collect();
    // absences known only now did not apply to the shifts then worked
    let absences = of.absences.iter().filter(|absence| !then.iter().any(|duty| absence.overlaps(duty.start, duty.end)));
    let well = Person { excused, absences: absences.cloned().collect(), ..of.clone() };
    pay(plain.problem, of, &now.iter().collect::<Vec<_>>()) - pay(plain.problem, &well, &then)
}

/// Whether a day differs because the rules leave nothing else, given what a planner pinned.
fn is_forced(plain: &Formulation, old: &Tours, settled: &[Tour], person: usize, day: usize) -> bool {
    let shift = |tour: &[Option<Duty>]| tour[day].map(|duty| duty.shift);
    let (was, of) = (shift(&old.tours[person]), &plain.problem.people[person]);
    let possible = plain.model.people[person].prices.of(day, was).is_finite();
    possible && of.pinned(plain.problem.horizon.date(day)).is_none() && shift(&settled[person]) != was
}

/// Reason why a person's day differs: covering if the change helps the desk as it was before, absent people left out.
fn reason(plain: &Formulation, before: &mut Solution, person: usize, day: usize, was: Option<Duty>, is: Option<Duty>) -> Reason {
    let (problem, model) = (plain.problem, &plain.model);
    let date = problem.horizon.date(day);
    let of = &problem.people[person];
    let possible = |duty: Duty| may_work(of, &problem.shifts[usize::from(duty.shift)], date, &problem.rules).is_none();
    if of.excused.iter().any(|duty| duty.date == date) && is.is_none() {
        return Reason::Away;
    }
    if of.pinned(date).is_some() {
        return Reason::Pinned;
    }
    if was.is_some_and(|duty| !possible(duty)) {
        return Reason::Away;
    }
    let alone = |duty: Option<Duty>| (0..model.days).map(|other| duty.filter(|_| other == day)).collect::<Vec<_>>();
    let now = before.cover.cost();
    model.put(&mut before.cover, person, &alone(was), -1.0);
    model.put(&mut before.cover, person, &alone(is), 1.0);
    let then = before.cover.cost();
    model.put(&mut before.cover, person, &alone(is), -1.0);
    model.put(&mut before.cover, person, &alone(was), 1.0);
    if then < now - 1e-6 { Reason::Covers } else { Reason::GivesWay }
}
