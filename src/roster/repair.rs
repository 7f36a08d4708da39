//! A roster that no longer fits, mended with the fewest changes: every person-day that differs has a price, breaks of all others stay.
//!
//! The search is the one that makes rosters; only the prices of its choices differ. Where more changes than allowed are worth their
//! price, the price rises until they are not.

use super::engine::{self, Duty, Lineup, Model, Tour};
use super::problem::RosterProblem;
use super::result::{Roster, Solved};
use super::rules::may_work;
use super::statement::Statement;
use super::tours::Tours;
use crate::budget::Budget;
use crate::units::Money;
use crate::workforce::AgentId;
use chrono::{NaiveDate, NaiveDateTime};

/// How much may change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Restraint {
    /// The price of a changed person-day.
    pub price: Money,
    /// Days before, and shifts that have begun by then, stay as they are, as far as rules let them; nobody begins another before.
    pub from: NaiveDateTime,
    /// Person-days that may change, those that must among them; more only where rules force more.
    pub most_changes: Option<usize>,
    /// People whose days may change, those that must among them.
    pub most_people: Option<usize>,
}

/// A mended roster and what has changed.
#[derive(Clone, Debug)]
pub struct Repaired {
    /// Who works when now; its cost has no price of changes in it.
    pub solved: Solved,
    /// What differs, by date and person.
    pub changes: Vec<Change>,
}

/// A person-day that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The day.
    pub date: NaiveDate,
    /// Who.
    pub agent: AgentId,
    /// The shift before, `None` for a day off.
    pub before: Option<String>,
    /// The shift now.
    pub after: Option<String>,
    /// Why.
    pub reason: Reason,
    /// What the roster would cost more, changes' prices aside, if all days of the person were as before; `None` where they cannot be.
    pub worth: Option<f64>,
    /// What the person is paid more than before, in money; on the first of her changes only.
    pub pay_change: Option<f64>,
}

/// Why a person-day differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// She is away, or may not work the shift any more.
    Away,
    /// A planner has fixed it.
    Pinned,
    /// To be at the desk where people would be missing.
    Covers,
    /// So that she, or somebody else, can be where she is needed more.
    GivesWay,
}

/// Moves of a few people at a time for one unit of effort.
const MOVES_PER_EFFORT: u64 = 20;
/// How often the price of a change is raised at most, and by how much.
const RAISES: usize = 14;
const RAISE: f64 = 1.6;

/// Mends a roster.
#[must_use]
pub fn repair(problem: &RosterProblem, before: &Roster, restraint: &Restraint, seed: u64, budget: &Budget) -> Repaired {
    let plain = Statement::of(problem);
    let old = Tours::of(&plain, before);
    let mend = |price: f64, frozen: &[bool]| mend(&plain, &old, price, restraint.from, frozen, seed, budget);
    let mut frozen = vec![false; problem.people.len()];
    let mut price = restraint.price.get();
    let mut tours = mend(price, &frozen);
    if restraint.most_people.is_some() || restraint.most_changes.is_some() {
        frozen = others_than_most_worthy(&plain, &old, &tours, restraint);
        if (0..tours.len()).any(|person| frozen[person] && old.is_touched(person, &tours[person])) {
            tours = mend(price, &frozen);
        }
    }
    for _ in 0..RAISES {
        if old.changes(&tours) <= restraint.most_changes.unwrap_or(usize::MAX) {
            break;
        }
        price = RAISE * price.max(1.0);
        tours = mend(price, &frozen);
    }
    let lineup = Lineup::of_tours(&plain.model, &tours);
    Repaired { changes: changes(&plain, &old, &lineup), solved: Solved::new(&plain, &lineup, None) }
}

/// Everybody's tours when each changed person-day has a price and some people do not change.
fn mend(plain: &Statement, old: &Tours, price: f64, from: NaiveDateTime, frozen: &[bool], seed: u64, budget: &Budget) -> Vec<Tour> {
    let mut model = plain.model.clone();
    let problem = plain.problem;
    for (person, member) in model.people.iter_mut().enumerate() {
        let tour = &old.tours[person];
        member.kept.clone_from(tour);
        for (day, duty) in tour.iter().enumerate() {
            let was = duty.map(|duty| duty.shift);
            let (of, date) = (&problem.people[person], problem.horizon.date(day));
            let has_begun = |shift: u16| of.employee.desk_time(date, problem.shifts[usize::from(shift)].start_on(date)) < from;
            let is_over = date < from.date() || was.is_some_and(has_begun);
            let stays = is_over || old.columns[person].is_some() && frozen[person];
            if stays && member.prices.of(day, was).is_finite() {
                member.prices.fix(day, was);
            } else {
                let others = (0..model.shifts.len() as u16).map(Some).chain([None]).filter(|choice| *choice != was);
                let too_late = |choice: Option<u16>| of.pinned(date).is_none() && choice.is_some_and(has_begun);
                others.for_each(|choice| member.prices.add(day, choice, if too_late(choice) { f64::INFINITY } else { price }));
            }
        }
    }
    let start = beside_the_old(&model, old);
    let lineup = engine::mend(&model, start, MOVES_PER_EFFORT.saturating_mul(budget.effort()), seed, budget);
    lineup.columns.into_iter().map(|column| column.map_or_else(|| vec![None; model.days], |column| column.tour)).collect()
}

/// Old tours where they are legal, then the best of everybody else beside them.
fn beside_the_old<'a>(model: &'a Model, old: &Tours) -> Lineup<'a> {
    let mut lineup = Lineup::of(model, old.columns.iter().cloned());
    let mut scratch = model.scratch();
    for person in (0..model.people.len()).filter(|&person| old.columns[person].is_none()) {
        if let Some(column) = model.best_response(person, 0..model.days, &[], &lineup.cover, &|other| lineup.tour(other), &mut scratch) {
            lineup.insert(model, person, column);
        }
    }
    lineup
}

/// Whether each is somebody else than those who must change and those whose changes are worth most by the day, as many of them as may
/// change.
fn others_than_most_worthy(plain: &Statement, old: &Tours, tours: &[Tour], restraint: &Restraint) -> Vec<bool> {
    let model = &plain.model;
    let mut lineup = Lineup::of_tours(model, tours);
    let mut touched: Vec<(f64, usize, usize)> = Vec::new();
    for person in (0..tours.len()).filter(|&person| old.is_touched(person, &tours[person])) {
        let days = old.changed_days(person, &tours[person]).count();
        let worth = worth_of_changes(model, old, &mut lineup, person).unwrap_or(f64::INFINITY);
        touched.push((worth / days as f64, days, person));
    }
    touched.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
    let mut frozen = vec![true; tours.len()];
    let (mut people_left, mut days_left) = (restraint.most_people.unwrap_or(usize::MAX), restraint.most_changes.unwrap_or(usize::MAX));
    for (worth, days, person) in touched {
        if worth.is_infinite() || people_left > 0 && days <= days_left {
            frozen[person] = false;
            (people_left, days_left) = (people_left.saturating_sub(1), days_left.saturating_sub(days));
        }
    }
    frozen
}

/// What a roster would cost more if a person's days were as before; `None` where they cannot be.
fn worth_of_changes(model: &Model, old: &Tours, lineup: &mut Lineup, person: usize) -> Option<f64> {
    let column = old.columns[person].clone()?;
    Some(lineup.change_if(model, vec![(person, Some(column))]))
}

fn changes(plain: &Statement, old: &Tours, lineup: &Lineup) -> Vec<Change> {
    let (problem, model) = (plain.problem, &plain.model);
    let mut lineup = lineup.clone();
    let code = |duty: &Option<Duty>| duty.map(|duty| problem.shifts[usize::from(duty.shift)].id.clone());
    let mut without_changes = Lineup::of(model, old.columns.iter().cloned());
    let mut changes = Vec::new();
    for person in 0..model.people.len() {
        let Some(column) = lineup.columns[person].clone() else { continue };
        let days: Vec<usize> = old.changed_days(person, &column.tour).collect();
        if days.is_empty() {
            continue;
        }
        let worth = worth_of_changes(model, old, &mut lineup, person);
        let paid_before = old.columns[person].as_ref().map(|column| column.own_cost);
        for (place, &day) in days.iter().enumerate() {
            let date = problem.horizon.date(day);
            let of = &problem.people[person];
            changes.push(Change {
                date,
                agent: of.employee.id.clone(),
                before: code(&old.tours[person][day]),
                after: code(&column.tour[day]),
                reason: reason(plain, &mut without_changes, person, day, old.tours[person][day], column.tour[day]),
                worth,
                pay_change: paid_before.filter(|_| place == 0).map(|before| column.own_cost - before),
            });
        }
    }
    changes.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
    changes
}

/// Why a person does something else on a day: whether it would help the desk as it was before, whoever is away left out.
fn reason(plain: &Statement, before: &mut Lineup, person: usize, day: usize, was: Option<Duty>, is: Option<Duty>) -> Reason {
    let (problem, model) = (plain.problem, &plain.model);
    let date = problem.horizon.date(day);
    let of = &problem.people[person];
    let possible = |duty: Duty| may_work(of, &problem.shifts[usize::from(duty.shift)], date, &problem.rules).is_none();
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
