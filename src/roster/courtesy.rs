//! Days that a repair may touch. What has begun stays, absent people are asked for nothing else, notice is given, and a planner's edit
//! changes only itself and what the rules force.
//!
//! First everybody is settled: on the published tour with the planner's edits and without what cannot be worked or, where no such tour
//! is legal, on the legal one with the fewest further changes. Only then may the search move those who may still be asked.

use crate::roster::engine::{Column, Duty, DutyPrices, Model, Solution, Tour};
use crate::roster::formulation::problem_model::Formulation;
use crate::roster::formulation::tours::Tours;
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::RosterProblem;
use crate::units::{Hours, Money};
use crate::workforce::{AgentId, Pin};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeSet;

/// Limits on the changes of a repair.
#[derive(Clone, Debug, PartialEq)]
pub struct Restraint {
    /// Price of a changed person-day.
    pub price: Money,
    /// Time from which changes are allowed. Earlier days and shifts begun by then stay unless rules force a change; no new shift begins
    /// before.
    pub from: NaiveDateTime,
    /// Notice after `from`: shifts that begin within it change only where rules force it, and no new ones begin within it, pins excepted.
    pub notice: Hours,
    /// People who are asked for nothing: they only lose the shifts they cannot work.
    pub spared: BTreeSet<AgentId>,
    /// Optional changes allowed beside the forced ones.
    pub reach: Reach,
    /// Maximum number of changed person-days, pinned ones excepted; exceeded only where absences and rules force it.
    pub most_changes: Option<usize>,
    /// Maximum number of people with such changes.
    pub most_people: Option<usize>,
}

/// Changes allowed beside those forced by edits, absences and rules.
#[derive(Clone, Debug, PartialEq)]
pub enum Reach {
    /// None.
    Forced,
    /// Those that restore these agents, by queue and interval; no other gain justifies a change.
    Holes(Vec<Vec<f64>>),
    /// All that are worth their price.
    Any,
}

impl Restraint {
    /// Allows every change from `from` on that is worth its price, for everybody and without notice.
    #[must_use]
    pub fn open(price: Money, from: NaiveDateTime) -> Self {
        let (notice, spared) = (Hours::default(), BTreeSet::new());
        Self { price, from, notice, spared, reach: Reach::Any, most_changes: None, most_people: None }
    }

    /// Earliest time of which notice can be given.
    #[must_use]
    pub fn noticed_from(&self) -> NaiveDateTime {
        self.from + TimeDelta::minutes(i64::from(self.notice.minutes()))
    }
}

/// Protection of each person's days from changes.
pub(super) struct Standing<'a> {
    pub(super) problem: &'a RosterProblem,
    pub(super) restraint: &'a Restraint,
}

impl Standing<'_> {
    /// Whether a shift of a day begins before a moment, by the desk's clocks.
    fn begins_before(&self, person: usize, day: usize, shift: u16, moment: NaiveDateTime) -> bool {
        let (of, date) = (&self.problem.people[person], self.problem.horizon.date(day));
        of.employee.desk_time(date, self.problem.shifts[usize::from(shift)].start_on(date)) < moment
    }

    /// Whether the duty of a day is over or has begun.
    fn has_begun(&self, person: usize, day: usize, was: Option<u16>) -> bool {
        let from = self.restraint.from;
        self.problem.horizon.date(day) < from.date() || was.is_some_and(|shift| self.begins_before(person, day, shift, from))
    }

    /// Whether the duty of a day begins too soon for notice of a change.
    fn is_near(&self, person: usize, day: usize, was: Option<u16>) -> bool {
        was.is_some_and(|shift| self.begins_before(person, day, shift, self.restraint.noticed_from()))
    }

    /// Whether a new duty would begin too soon for notice.
    pub(super) fn is_too_late(&self, person: usize, day: usize, choice: Option<u16>) -> bool {
        self.problem.horizon.date(day) < self.restraint.from.date() || self.is_near(person, day, choice)
    }

    /// Whether the search must leave a day as it is.
    pub(super) fn stands(&self, person: usize, day: usize, was: Option<u16>) -> bool {
        self.is_spared(person) || self.has_begun(person, day, was) || self.is_near(person, day, was)
    }

    fn is_spared(&self, person: usize) -> bool {
        self.restraint.spared.contains(&self.problem.people[person].employee.id)
    }

    fn is_pinned(&self, person: usize, day: usize) -> bool {
        self.problem.people[person].pinned(self.problem.horizon.date(day)).is_some()
    }
}

/// Weights of forced changes: any change, one at too short notice, and one of a duty that has begun (needed only if the published roster
/// breaks rules). Each exceeds all costs, and many changes of the weight before.
const CHANGE: f64 = 1e6;
const SHORT_NOTICE: f64 = 1e9;
const BEGUN: f64 = 1e12;

/// Tours of everybody with only the changes that edits, absences and rules force.
pub(super) fn settled(formulation: &Formulation, old: &Tours, standing: &Standing) -> Vec<Tour> {
    let model = &formulation.model;
    let as_before = |person: usize| old.columns[person].clone();
    let mut solution = Solution::of(model, (0..model.people.len()).map(as_before));
    let must_change: Vec<usize> = (0..model.people.len()).filter(|&person| old.columns[person].is_none()).collect();
    let mut penalised = model.clone();
    for (person, member) in penalised.people.iter_mut().enumerate().filter(|(person, _)| old.columns[*person].is_none()) {
        member.kept.clone_from(&old.tours[person]);
        member.prices = weighted(&member.prices, person, &old.tours[person], standing);
    }
    for person in must_change {
        if let Some(column) = respond(&penalised, person, &solution) {
            solution.insert(model, person, column);
        }
    }
    solution.columns.into_iter().map(|column| column.map_or_else(|| vec![None; model.days], |column| column.tour)).collect()
}

/// Best tour of a person, given those of the others.
fn respond(model: &Model, person: usize, solution: &Solution) -> Option<Column> {
    model.best_response(person, 0..model.days, &[], &solution.cover, &|other| solution.tour(other), &mut model.scratch())
}

/// Prices of a person with a weight on each change of the old duties.
fn weighted(own: &DutyPrices, person: usize, was: &[Option<Duty>], standing: &Standing) -> DutyPrices {
    let mut prices = own.clone();
    for (day, duty) in was.iter().enumerate() {
        let was = duty.map(|duty| duty.shift);
        // a duty that can no longer be worked gives way to the pin, else to a day off
        let fixed = || only_shift(own, day, standing.problem.shifts.len()).filter(|_| standing.is_pinned(person, day));
        let wanted = if own.of(day, was).is_finite() { was } else { fixed() };
        let weight = match () {
            () if standing.has_begun(person, day, was) => BEGUN,
            () if standing.is_near(person, day, was) => SHORT_NOTICE,
            () => CHANGE,
        };
        let is_barred = |choice: Option<u16>| {
            choice.is_some()
                && !standing.is_pinned(person, day)
                && (standing.is_spared(person) || standing.is_too_late(person, day, choice))
        };
        for choice in choices(standing.problem.shifts.len()).filter(|choice| *choice != wanted) {
            prices.add(day, choice, if is_barred(choice) { f64::INFINITY } else { weight });
        }
    }
    prices
}

fn choices(shifts: usize) -> impl Iterator<Item = Option<u16>> {
    (0..shifts as u16).map(Some).chain([None])
}

/// Only possible shift of a day; `None` if there are several choices or the only one is a day off.
fn only_shift(prices: &DutyPrices, day: usize, shifts: usize) -> Option<u16> {
    let mut possible = choices(shifts).filter(|choice| prices.of(day, *choice).is_finite());
    possible.next().filter(|_| possible.next().is_none()).flatten()
}

/// Removes pins that cannot be kept beside what has begun by `from` and beside the pins before them. Returns the removed pins that the
/// roster does not satisfy as it is.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// use peakshift::workforce::{AgentId, Pin};
/// // a late shift and the early one of the next day, though eleven hours of rest are required
/// problem.rules.rest = Hours::new(11.0)?;
/// problem.shifts = vec![ShiftTemplate::new("L", "15:00".parse()?, 8 * 60), ShiftTemplate::new("E", "07:00".parse()?, 8 * 60)];
/// let pin = |day, shift: &str| Pin { agent: AgentId::new("A"), date: week.date(day), shift: Some(shift.to_owned()) };
/// problem.people[0].pins = vec![pin(0, "L"), pin(1, "E")];
/// let restraint = Restraint::open(problem.prices.changed_day, problem.grid.start(0));
/// assert_eq!(drop_impossible_pins(&mut problem, &Roster::default(), &restraint), [pin(1, "E")]);
/// assert_eq!(problem.people[0].pins, [pin(0, "L")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn drop_impossible_pins(problem: &mut RosterProblem, before: &Roster, restraint: &Restraint) -> Vec<Pin> {
    if problem.people.iter().all(|person| person.pins.is_empty()) {
        return Vec::new();
    }
    let mut free = problem.clone();
    free.people.iter_mut().for_each(|person| person.pins.clear());
    let formulation = Formulation::of(&free);
    let old = Tours::of(&formulation, before);
    let standing = Standing { problem: &free, restraint };
    let mut dropped: Vec<Pin> = Vec::new();
    for (number, person) in problem.people.iter_mut().enumerate().filter(|(_, person)| !person.pins.is_empty()) {
        let mut trial = Trial { formulation: &formulation, person: number, prices: formulation.model.people[number].prices.clone() };
        trial.keep_begun(&old.tours[number], &standing, &person.pins);
        let mut kept: BTreeSet<NaiveDate> = BTreeSet::new();
        person.pins.retain(|pin| {
            // of several pins on a day, the first that can be kept applies
            if kept.contains(&pin.date) {
                return false;
            }
            let can_be_kept = trial.keep(pin);
            let published = before.of_agent(&pin.agent).find(|duty| duty.date == pin.date).map(|duty| &duty.shift);
            if can_be_kept {
                kept.insert(pin.date);
            } else if published != pin.shift.as_ref() {
                dropped.push(pin.clone());
            }
            can_be_kept
        });
    }
    dropped
}

/// Test of a person's pins, one after the other.
struct Trial<'a, 'b> {
    formulation: &'a Formulation<'b>,
    person: usize,
    prices: DutyPrices,
}

impl Trial<'_, '_> {
    /// Fixes what has begun, pinned days excepted, as far as possible.
    fn keep_begun(&mut self, was: &[Option<Duty>], standing: &Standing, pins: &[Pin]) {
        for (day, duty) in was.iter().enumerate() {
            let (was, date) = (duty.map(|duty| duty.shift), standing.problem.horizon.date(day));
            if standing.has_begun(self.person, day, was) && !pins.iter().any(|pin| pin.date == date) {
                self.fix(day, was);
            }
        }
    }

    /// Fixes a pin if it leaves a legal tour.
    fn keep(&mut self, pin: &Pin) -> bool {
        let problem = self.formulation.problem;
        let Some(day) = problem.horizon.day_of(pin.date) else { return false };
        let number = |code: &String| problem.shift_number(&problem.people[self.person], pin.date, code).map(|number| number as u16);
        let choice = pin.shift.as_ref().and_then(number);
        pin.shift.is_some() == choice.is_some() && self.fix(day, choice)
    }

    fn fix(&mut self, day: usize, choice: Option<u16>) -> bool {
        if !self.prices.of(day, choice).is_finite() {
            return false;
        }
        let mut prices = self.prices.clone();
        prices.fix(day, choice);
        let is_possible = self.formulation.model.has_tour(self.person, &prices);
        if is_possible {
            self.prices = prices;
        }
        is_possible
    }
}
