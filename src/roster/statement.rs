//! A plan's roster problem as the search sees it.
//!
//! People on the same terms share one graph of legal tours, whose costs are hours at the base rate; pay scales them. What concerns
//! one person on one day (absence, protection, skills, a day off she asked for) is a price of hers, infinite where she may not.

use super::account::Burdens;
use super::engine::{BreakOption, Column, Duty, DutyPrices, Member, Model, Placing, ShiftWork, StateGraph, TourSpace};
use super::pattern::{BreakWindow, ShiftTemplate};
use super::problem::{Person, RosterProblem};
use super::result::Assignment;
use super::rules::{Terms, TermsRules, dislike, may_work, state_before};
use super::split::{queues_of, skill_sets, steps};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Between tours of equal cost, the one that works more paid hours wins: they are paid anyhow.
const IDLE_HOUR: f64 = 1e-6;

/// A roster problem with its model.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) problem: &'a RosterProblem,
    pub(super) model: Model,
    /// Break windows of each shift.
    pub(super) windows: Vec<Vec<BreakWindow>>,
}

impl<'a> Statement<'a> {
    pub(super) fn of(problem: &'a RosterProblem) -> Self {
        let windows: Vec<Vec<BreakWindow>> = problem.shifts.iter().map(ShiftTemplate::break_windows).collect();
        let shares = Shares::of(problem, &windows);
        let kinds = Kinds::of(problem);
        let sets = skill_sets(problem);
        let average = Burdens::average(problem.people.iter().map(|person| &person.account.burdens));
        let member = |(person, of): (&Person, &Place)| Member {
            space: of.kind,
            start: of.beginning,
            scale: person.employee.pay.get(),
            set: sets.binary_search(&queues_of(person, problem)).unwrap_or_default(),
            strength: person.strength,
            prices: prices(problem, person, &average),
            kept: Vec::new(),
        };
        let model = Model {
            days: problem.horizon.days,
            rows_per_day: problem.grid.interval().per_day(),
            demand: steps(problem),
            queues: problem.demand.len(),
            people: problem.people.par_iter().zip(&kinds.places).map(member).collect(),
            sets,
            shifts: problem.shifts.iter().zip(&windows).map(|(shift, windows)| shares.work(shift, windows)).collect(),
            shares: shares.values(),
            spaces: kinds.spaces,
            tie_break: problem.shifts.iter().map(|shift| IDLE_HOUR * shift.paid.get()).collect(),
            fixed_cost: -problem.forgiven(),
            week: 7,
        };
        Self { problem, model, windows }
    }

    /// The assignments of a person's tour.
    pub(super) fn assignments<'b>(&'b self, person: usize, column: &'b Column) -> impl Iterator<Item = Assignment> + 'b {
        let days = self.problem.horizon.dates().zip(&column.tour);
        days.filter_map(move |(date, duty)| {
            let duty = (*duty)?;
            let shift = usize::from(duty.shift);
            let placed = self.windows[shift].iter().zip(self.model.placed(duty));
            let breaks: Vec<(&BreakWindow, u32)> = placed.map(|(window, place)| (window, window.offsets[place])).collect();
            Some(Assignment::with_breaks(self.problem, &self.problem.people[person], &self.problem.shifts[shift], date, &breaks))
        })
    }

    /// An assignment as the search sees it, with its breaks where they may be: as near as possible to where they are. `None` if there is
    /// no such shift.
    pub(super) fn duty(&self, assignment: &Assignment) -> Option<Duty> {
        let shift = self.problem.shifts.iter().position(|shift| shift.id == assignment.shift)?;
        let (mut meals, mut rests) = (assignment.meals.iter(), assignment.rests.iter());
        let placing = Placing::of(self.windows[shift].iter().map(|window| {
            let pause = if window.is_meal { meals.next() } else { rests.next() };
            let wanted = pause.map_or(0, |pause| (pause.start - assignment.start).num_minutes());
            let nearest = window.offsets.iter().enumerate().min_by_key(|(_, offset)| (i64::from(**offset) - wanted).abs());
            (nearest.map_or(0, |(place, _)| place), window.offsets.len())
        }));
        Some(Duty { shift: shift as u16, placing })
    }
}

/// What each shift on each day costs a person beyond her pay.
fn prices(problem: &RosterProblem, person: &Person, average: &Burdens) -> DutyPrices {
    let mut prices = DutyPrices::free(problem.horizon.days, problem.shifts.len());
    for (day, date) in problem.horizon.dates().enumerate() {
        for (number, shift) in problem.shifts.iter().enumerate() {
            let may = may_work(person, shift, date, &problem.rules).is_none();
            let price = if may { dislike(problem, person, &shift.choice_on(date), date, average) } else { f64::INFINITY };
            prices.set(day, Some(number as u16), price);
        }
        if let Some(pin) = person.pinned(date) {
            let number = |code: &String| problem.shifts.iter().position(|shift| shift.id == *code).map(|number| number as u16);
            let choice = pin.shift.as_ref().and_then(number);
            // a shift she may not work by now cannot be kept
            if pin.shift.is_some() == choice.is_some() && prices.of(day, choice).is_finite() {
                prices.fix(day, choice);
            }
        }
    }
    prices
}

/// A person's kind of terms, and where in its tours she begins.
struct Place {
    kind: usize,
    beginning: usize,
}

/// The terms there are, each with its graph of tours.
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

/// The legal tours of people on the same terms; each has a beginning of her own.
fn space(problem: &RosterProblem, terms: &Terms, people: &[&Person]) -> Arc<dyn TourSpace> {
    let dates: Vec<NaiveDate> = problem.horizon.dates().collect();
    let anybody = |day: usize, shift: usize| {
        people.iter().any(|person| may_work(person, &problem.shifts[shift], dates[day], &problem.rules).is_none())
    };
    let rules = TermsRules::new(problem, terms, anybody);
    let beginnings: Vec<_> = people.iter().map(|person| state_before(problem, person, terms)).collect();
    Arc::new(StateGraph::build(&rules, dates.len(), problem.shifts.len(), &beginnings, None))
}

/// The parts of an interval, in minutes, that somebody can be at the desk: smallest first.
struct Shares {
    interval: u32,
    minutes: Vec<u32>,
}

impl Shares {
    fn of(problem: &RosterProblem, windows: &[Vec<BreakWindow>]) -> Self {
        let interval = problem.grid.interval().minutes();
        let mut minutes: BTreeSet<u32> = BTreeSet::new();
        for (shift, windows) in problem.shifts.iter().zip(windows) {
            let (start, end) = of_day(shift);
            minutes.extend(rows(interval, start, end).map(|(_, inside)| inside));
            for (window, &offset) in windows.iter().flat_map(|window| window.offsets.iter().map(move |offset| (window, offset))) {
                let from = start + offset;
                let paused = rows(interval, from, from + window.minutes);
                minutes.extend(paused.filter_map(|(row, away)| inside(interval, row, start, end).checked_sub(away)));
            }
        }
        minutes.remove(&0);
        Self { interval, minutes: minutes.into_iter().collect() }
    }

    fn values(&self) -> Vec<f64> {
        self.minutes.iter().map(|&minutes| f64::from(minutes) / f64::from(self.interval)).collect()
    }

    /// The number of a share after 0.
    fn number(&self, minutes: u32) -> u8 {
        self.minutes.binary_search(&minutes).map_or(0, |place| place as u8 + 1)
    }

    fn work(&self, shift: &ShiftTemplate, windows: &[BreakWindow]) -> ShiftWork {
        let (start, end) = of_day(shift);
        let option = |window: &BreakWindow, offset: u32| -> BreakOption {
            let paused = rows(self.interval, start + offset, start + offset + window.minutes);
            let change = |(row, away): (u32, u32)| {
                let without = inside(self.interval, row, start, end);
                (row, self.number(without), self.number(without.saturating_sub(away)))
            };
            paused.map(change).collect()
        };
        ShiftWork {
            rows: rows(self.interval, start, end).map(|(row, inside)| (row, self.number(inside))).collect(),
            breaks: windows.iter().map(|window| window.offsets.iter().map(|&offset| option(window, offset)).collect()).collect(),
        }
    }
}

/// Start and end in minutes after the day's midnight.
fn of_day(shift: &ShiftTemplate) -> (u32, u32) {
    (shift.start.minutes(), shift.start.minutes() + shift.span_minutes)
}

/// The minutes of an interval that lie in a stretch.
fn inside(interval: u32, row: u32, from: u32, to: u32) -> u32 {
    to.min((row + 1) * interval).saturating_sub(from.max(row * interval))
}

/// The intervals that a stretch touches, with the minutes in each.
fn rows(interval: u32, from: u32, to: u32) -> impl Iterator<Item = (u32, u32)> {
    (from / interval..to.div_ceil(interval)).map(move |row| (row, inside(interval, row, from, to))).filter(|(_, inside)| *inside > 0)
}
