//! Model of a roster problem for the search.
//!
//! People on the same terms share one graph of legal tours. Its costs are hours at the base rate, scaled by each person's pay. What
//! concerns one person on one day (absence, protection, skills, a requested day off) is a price of that person, infinite if forbidden.

use super::couplings::{self, hours_in_common};
use super::offline::{OfflineShifts, OfflineTime, away, miss, offline_shifts};
use super::rows::{Rows, minimums_of};
use super::shares::Shares;
use super::spare::steps_with_spare;
use crate::roster::count::split::{queues_of, steps};
use crate::roster::engine::{Column, Duty, DutyPrices, Member, Model, PenaltyStep, Placing, StateGraph, TourSpace};
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::breaks::BreakWindow;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::roster::model::time_account::Burdens;
use crate::roster::rules::automaton::state_before;
use crate::roster::rules::requests::{dislike, refused};
use crate::roster::rules::shift_fit::may_work;
use crate::roster::rules::terms::Terms;
use crate::roster::rules::terms_rules::TermsRules;
use crate::units::Money;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Tie-break per paid hour: of tours of equal cost, the one that works more of the hours paid anyway wins.
const IDLE_HOUR: f64 = 1e-6;

/// A roster problem with its model.
#[derive(Debug)]
pub(in crate::roster) struct Formulation<'a> {
    pub(in crate::roster) problem: &'a RosterProblem,
    pub(in crate::roster) model: Model,
    /// Break windows of each shift.
    windows: Vec<Vec<BreakWindow>>,
    /// Shifts of each person with offline activities, by day.
    offline_shifts: Vec<OfflineShifts>,
}

impl<'a> Formulation<'a> {
    /// Formulation for the search, with a small value of spare agents where they are needed most.
    pub(in crate::roster) fn to_search(problem: &'a RosterProblem) -> Self {
        let (steps, spare) = steps_with_spare(problem);
        Self::with_steps(problem, steps, spare)
    }

    pub(in crate::roster) fn of(problem: &'a RosterProblem) -> Self {
        Self::with_steps(problem, steps(problem), Money::ZERO)
    }

    /// Formulation with these penalty steps; `spare` is the part of their value that is no shortage.
    fn with_steps(problem: &'a RosterProblem, steps: Vec<Vec<PenaltyStep>>, spare: Money) -> Self {
        let windows: Vec<Vec<BreakWindow>> = problem.shifts.iter().map(ShiftTemplate::break_windows).collect();
        let offline_shifts: Vec<_> = problem.people.par_iter().map(|person| offline_shifts(problem, person)).collect();
        let rows = Rows::of(problem);
        let shares = Shares::of(problem, &rows, &windows, &offline_shifts);
        let kinds = Kinds::of(problem);
        let set = |person: &Person| queues_of(person, problem) | minimums_of(person, problem);
        let sets: BTreeSet<u32> = problem.people.iter().map(set).collect();
        let sets: Vec<u32> = sets.into_iter().collect();
        let average = Burdens::average(problem.people.iter().map(|person| &person.account.burdens));
        let own_work = |((day, shift), of): (&(usize, u16), &OfflineTime)| {
            let (template, date) = (&problem.shifts[usize::from(*shift)], problem.horizon.date(*day));
            ((*day, *shift), shares.work(template, &of.windows, &away(template, date, &of.offline_activities)))
        };
        let member = |((person, of), offline_shifts): ((&Person, &Place), &OfflineShifts)| Member {
            space: of.kind,
            start: of.beginning,
            scale: person.employee.pay.get(),
            set: sets.binary_search(&set(person)).unwrap_or_default(),
            effectiveness: person.effectiveness.get(),
            prices: prices(problem, person, &average, offline_shifts),
            kept: Vec::new(),
            own_work: offline_shifts.iter().map(own_work).collect(),
        };
        let model = Model {
            days: problem.horizon.days,
            rows_per_day: rows.per_day(),
            work_rows: problem.grid.interval().per_day(),
            demand: rows.demand(problem, steps),
            queues: problem.demand.len() + problem.minimum_staffing.len(),
            people: problem.people.par_iter().zip(&kinds.places).zip(&offline_shifts).map(member).collect(),
            sets,
            shifts: problem.shifts.iter().zip(&windows).map(|(shift, windows)| shares.work(shift, windows, &[])).collect(),
            shares: shares.values(),
            spaces: kinds.spaces,
            tie_break: problem.shifts.iter().map(|shift| IDLE_HOUR * shift.paid.get()).collect(),
            fixed_cost: -problem.forgiven().get() - spare.get(),
            week: 7,
            couplings: couplings::of_shared_hours(problem).chain(couplings::of_blocks(problem)).collect(),
            in_common: hours_in_common(problem),
        };
        Self { problem, model, windows, offline_shifts }
    }

    /// Assignments of a person's tour.
    pub(in crate::roster) fn assignments<'b>(&'b self, person: usize, column: &'b Column) -> impl Iterator<Item = Assignment> + 'b {
        let days = self.problem.horizon.dates().enumerate().zip(&column.tour);
        days.filter_map(move |((day, date), duty)| {
            let duty = (*duty)?;
            let shift = usize::from(duty.shift);
            let placed = self.windows(person, day, duty.shift).iter().zip(self.model.placed(person, day, duty));
            let breaks: Vec<(&BreakWindow, u32)> = placed.map(|(window, place)| (window, window.offsets[place])).collect();
            let (of, template) = (&self.problem.people[person], &self.problem.shifts[shift]);
            let mut assignment = Assignment::with_breaks(self.problem, of, template, date, &breaks);
            let offline_shifts = self.offline_shifts[person].get(&(day, duty.shift));
            assignment.offline_activities.extend(offline_shifts.into_iter().flat_map(|of| of.offline_activities.iter().cloned()));
            Some(assignment)
        })
    }

    /// Break windows of a person's shift on a day.
    fn windows(&self, person: usize, day: usize, shift: u16) -> &[BreakWindow] {
        self.offline_shifts[person].get(&(day, shift)).map_or(&self.windows[usize::from(shift)], |offline_shifts| &offline_shifts.windows)
    }

    /// A person's assignment on a day as a duty of the model, each break at the permitted place nearest to its own. `None` if there is no
    /// such shift.
    pub(in crate::roster) fn duty(&self, person: usize, day: usize, assignment: &Assignment) -> Option<Duty> {
        let shift = self.problem.shift_number(&self.problem.people[person], assignment.date, &assignment.shift)? as u16;
        let (mut meals, mut rests) = (assignment.meals.iter(), assignment.rests.iter());
        let placing = Placing::of(self.windows(person, day, shift).iter().map(|window| {
            let pause = if window.is_meal { meals.next() } else { rests.next() };
            let wanted = pause.map_or(0, |pause| (pause.start - assignment.start).num_minutes());
            let nearest = window.offsets.iter().enumerate().min_by_key(|(_, offset)| (i64::from(**offset) - wanted).abs());
            (nearest.map_or(0, |(place, _)| place), window.offsets.len())
        }));
        Some(Duty { shift, placing })
    }
}

/// Price of each choice of each day for a person, beyond pay.
fn prices(problem: &RosterProblem, person: &Person, average: &Burdens, offline_shifts: &OfflineShifts) -> DutyPrices {
    let mut prices = DutyPrices::free(problem.horizon.days, problem.shifts.len());
    for (day, date) in problem.horizon.dates().enumerate() {
        for (number, shift) in problem.shifts.iter().enumerate() {
            let may = may_work(person, shift, date, &problem.rules).is_none();
            let disliked = || dislike(problem, person, &shift.choice_on(date, person.zone.as_ref()), date, average).get();
            prices.set(day, Some(number as u16), if may { disliked() } else { f64::INFINITY });
        }
        prices.set(day, None, refused(problem, person, None, date).get());
        miss(problem, person, day, offline_shifts, &mut prices);
        if let Some(pin) = person.pinned(date) {
            let number = |code: &String| problem.shift_number(person, date, code).map(|number| number as u16);
            let choice = pin.shift.as_ref().and_then(number);
            // a pinned shift that the person may no longer work cannot be kept
            if pin.shift.is_some() == choice.is_some() && prices.of(day, choice).is_finite() {
                prices.fix(day, choice);
            }
        }
    }
    prices
}

/// Index of a person's terms, and of their initial state in the graph of tours.
struct Place {
    kind: usize,
    beginning: usize,
}

/// Distinct terms, each with its graph of tours.
struct Kinds {
    spaces: Vec<Arc<dyn TourSpace>>,
    places: Vec<Place>,
}

impl Kinds {
    fn of(problem: &RosterProblem) -> Self {
        let mut kinds: Vec<(Terms, Vec<&Person>)> = Vec::new();
        let mut places = Vec::with_capacity(problem.people.len());
        for person in &problem.people {
            let terms = Terms::of(problem, person);
            let kind = kinds.iter().position(|(known, _)| *known == terms).unwrap_or_else(|| {
                kinds.push((terms, Vec::new()));
                kinds.len() - 1
            });
            places.push(Place { kind, beginning: kinds[kind].1.len() });
            kinds[kind].1.push(person);
        }
        Self { spaces: kinds.par_iter().map(|(terms, people)| space(problem, terms, people)).collect(), places }
    }
}

/// Graph of legal tours of people on the same terms, each with an initial state of their own.
fn space(problem: &RosterProblem, terms: &Terms, people: &[&Person]) -> Arc<dyn TourSpace> {
    let dates: Vec<NaiveDate> = problem.horizon.dates().collect();
    let anybody = |day: usize, shift: usize| {
        people.iter().any(|person| may_work(person, &problem.shifts[shift], dates[day], &problem.rules).is_none())
    };
    let rules = TermsRules::new(problem, terms, anybody);
    let beginnings: Vec<_> = people.iter().map(|person| state_before(problem, person, terms)).collect();
    Arc::new(StateGraph::build(&rules, dates.len(), problem.shifts.len(), &beginnings, None))
}

impl Roster {
    pub(in crate::roster) fn of_tours(formulation: &Formulation, columns: &[Option<Column>]) -> Self {
        let of_person = |(person, column)| formulation.assignments(person, column);
        let with_tour = columns.iter().enumerate().filter_map(|(person, column)| Some((person, column.as_ref()?)));
        let mut assignments: Vec<Assignment> = with_tour.flat_map(of_person).collect();
        assignments.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
        Self { assignments }
    }
}
