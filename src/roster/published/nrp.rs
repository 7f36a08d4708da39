//! The shift-scheduling instances 1 to 24 of Curtois & Qu (2014): "Computational results on new staff scheduling benchmark
//! instances", with at most one shift a day, runs, weekends and requests, and numbers of people wanted by day and shift type.

use super::runs::{RunRules, RunSpace, ShiftClass};
use super::{Answer, AnswerRow};
use crate::budget::Budget;
use crate::roster::engine::Duty;
use crate::roster::engine::DutyPrices;
use crate::roster::engine::Member;
use crate::roster::engine::Model;
use crate::roster::engine::PenaltyStep;
use crate::roster::engine::ShiftWork;
use crate::roster::engine::Solution;
use crate::roster::engine::TourSpace;
use crate::roster::engine::search;
use num_integer::gcd;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An instance as its file states it. Days and shifts are numbered from 0; the first day is a Monday.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NrpInstance {
    /// Days of the horizon.
    pub days: usize,
    /// The shift types.
    pub shifts: Vec<NrpShift>,
    /// The people.
    pub staff: Vec<NrpEmployee>,
    /// Shifts asked for: (person, day, shift, weight if not granted).
    pub wishes: Vec<(usize, usize, usize, f64)>,
    /// Shifts asked to be spared: (person, day, shift, weight if assigned).
    pub aversions: Vec<(usize, usize, usize, f64)>,
    /// People wanted: (day, shift, number, price of each missing, price of each too many).
    pub cover: Vec<(usize, usize, f64, f64, f64)>,
}

/// A shift type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NrpShift {
    /// Its code.
    pub id: String,
    /// Its length in minutes.
    pub minutes: usize,
    /// Types that may not be worked the day after.
    pub not_followed_by: Vec<usize>,
}

/// A person with her limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NrpEmployee {
    /// Who.
    pub id: String,
    /// The most shifts of each type.
    pub most_shifts: Vec<usize>,
    /// The most minutes in all.
    pub most_minutes: usize,
    /// The least minutes in all.
    pub least_minutes: usize,
    /// The most shifts running.
    pub most_running: usize,
    /// The least shifts running; a run that touches an end of the horizon may be shorter.
    pub least_running: usize,
    /// The least days off running; with the same exception.
    pub least_off: usize,
    /// The most weekends with a shift.
    pub most_weekends: usize,
    /// Days not to be worked.
    pub days_off: Vec<usize>,
}

impl NrpInstance {
    /// Rosters everybody within a budget.
    #[must_use]
    pub fn solve(&self, seed: u64, budget: &Budget) -> Answer {
        let model = self.model();
        let (solution, bound) = search(&model, seed, budget);
        answer(&solution, bound)
    }

    fn model(&self) -> Model {
        let mut kinds: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        let mut spaces: Vec<Arc<dyn TourSpace>> = Vec::new();
        let mut people = Vec::new();
        for (person, employee) in self.staff.iter().enumerate() {
            let space = *kinds.entry(self.kind(employee)).or_insert_with(|| {
                spaces.push(Arc::new(RunSpace::new(self.rules(employee), self.shifts.len())));
                spaces.len() - 1
            });
            people.push(Member {
                space,
                start: 0,
                scale: 1.0,
                set: 0,
                effectiveness: 1.0,
                prices: self.prices_of(person, employee),
                kept: Vec::new(),
                own_work: BTreeMap::new(),
            });
        }
        // what wishes cost if none is granted; granting one pays its weight back
        let mut demand = vec![Vec::new(); self.days * self.shifts.len()];
        for &(day, shift, wanted, under, over) in &self.cover {
            let row: &mut Vec<PenaltyStep> = &mut demand[day * self.shifts.len() + shift];
            row.push(PenaltyStep { queue: 0, width: wanted, price: under });
            row.push(PenaltyStep { queue: 0, width: f64::INFINITY, price: -over });
        }
        Model {
            days: self.days,
            rows_per_day: self.shifts.len(),
            work_rows: self.shifts.len(),
            demand,
            queues: 1,
            sets: vec![1],
            shifts: (0..self.shifts.len()).map(|shift| ShiftWork { rows: vec![(shift as i32, 1)], breaks: Vec::new() }).collect(),
            shares: vec![1.0],
            spaces,
            people,
            tie_break: Vec::new(),
            fixed_cost: self.wishes.iter().map(|(.., weight)| weight).sum(),
            week: 7,
            couplings: Vec::new(),
            in_common: Vec::new(),
        }
    }

    fn prices_of(&self, person: usize, employee: &NrpEmployee) -> DutyPrices {
        let mut prices = DutyPrices::free(self.days, self.shifts.len());
        for &(_, day, shift, weight) in self.wishes.iter().filter(|(wisher, ..)| *wisher == person) {
            prices.add(day, Some(shift as u16), -weight);
        }
        for &(_, day, shift, weight) in self.aversions.iter().filter(|(averse, ..)| *averse == person) {
            prices.add(day, Some(shift as u16), weight);
        }
        for day in 0..self.days {
            for (shift, &most) in employee.most_shifts.iter().enumerate() {
                if most == 0 || employee.days_off.contains(&day) {
                    prices.set(day, Some(shift as u16), f64::INFINITY);
                }
            }
        }
        prices
    }

    /// All that makes an employee's rules differ from another's.
    fn kind(&self, employee: &NrpEmployee) -> Vec<usize> {
        let limits =
            (0..self.shifts.len()).map(|shift| if self.is_limited(employee, shift) { employee.most_shifts[shift] } else { usize::MAX });
        let NrpEmployee { most_minutes, least_minutes, most_running, least_running, least_off, most_weekends, .. } = *employee;
        limits.chain([most_minutes, least_minutes, most_running, least_running, least_off, most_weekends]).collect()
    }

    /// Whether the number of shifts of a type can bind; a type that is never worked is priced out instead.
    fn is_limited(&self, employee: &NrpEmployee, shift: usize) -> bool {
        let most = employee.most_shifts[shift];
        most > 0 && most < self.days.min(employee.most_minutes / self.shifts[shift].minutes.max(1))
    }

    fn rules(&self, employee: &NrpEmployee) -> RunRules {
        let unit = self.shifts.iter().map(|shift| shift.minutes).fold(0, gcd).max(1);
        let follows = |before: usize, after: usize| !self.shifts[before].not_followed_by.contains(&after);
        let alike = |a: usize, b: usize| {
            self.shifts[a].minutes == self.shifts[b].minutes
                && !self.is_limited(employee, a)
                && !self.is_limited(employee, b)
                && (0..self.shifts.len()).all(|other| follows(a, other) == follows(b, other) && follows(other, a) == follows(other, b))
        };
        let (mut classes, mut limits): (Vec<ShiftClass>, Vec<usize>) = (Vec::new(), Vec::new());
        for shift in 0..self.shifts.len() {
            if let Some(class) = classes.iter_mut().find(|class| alike(usize::from(class.shifts[0]), shift)) {
                class.shifts.push(shift as u16);
                continue;
            }
            let limit = self.is_limited(employee, shift).then(|| {
                limits.push(employee.most_shifts[shift]);
                limits.len() - 1
            });
            classes.push(ShiftClass { shifts: vec![shift as u16], units: self.shifts[shift].minutes / unit, limit });
        }
        let first = |class: &ShiftClass| usize::from(class.shifts[0]);
        RunRules {
            days: self.days,
            follows: classes.iter().map(|before| classes.iter().map(|after| follows(first(before), first(after))).collect()).collect(),
            classes,
            most_running: employee.most_running,
            least_running: employee.least_running,
            least_off: employee.least_off,
            least_units: employee.least_minutes.div_ceil(unit),
            most_units: employee.most_minutes / unit,
            most_weekends: employee.most_weekends,
            limits,
        }
    }
}

fn answer(solution: &Solution, bound: f64) -> Answer {
    let row = |(person, day, duty): (usize, usize, Duty)| AnswerRow { person, day, shift: usize::from(duty.shift), breaks: Vec::new() };
    Answer { rows: solution.duties().map(row).collect(), cost: solution.cost(), bound }
}
