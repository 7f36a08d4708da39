//! Shift-scheduling instances 1 to 24 of Curtois & Qu (2014), "Computational results on new staff scheduling benchmark instances": at
//! most one shift per day, limits on runs and weekends, requests, and required headcount by day and shift type.

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

/// An instance as stated in its file. Days and shifts are numbered from 0; the first day is a Monday.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NrpInstance {
    /// Days of the horizon.
    pub days: usize,
    /// Shift types.
    pub shifts: Vec<NrpShift>,
    /// Employees.
    pub staff: Vec<NrpEmployee>,
    /// Requests to work a shift: (person, day, shift, weight if refused).
    pub wishes: Vec<(usize, usize, usize, f64)>,
    /// Requests not to work a shift: (person, day, shift, weight if assigned).
    pub aversions: Vec<(usize, usize, usize, f64)>,
    /// Required headcount: (day, shift, number, penalty per person below, penalty per person above).
    pub cover: Vec<(usize, usize, f64, f64, f64)>,
}

/// A shift type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NrpShift {
    /// Code.
    pub id: String,
    /// Length in minutes.
    pub minutes: usize,
    /// Types that may not be worked the next day.
    pub not_followed_by: Vec<usize>,
}

/// An employee with their limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NrpEmployee {
    /// Code of the employee.
    pub id: String,
    /// Maximum number of shifts of each type.
    pub most_shifts: Vec<usize>,
    /// Maximum minutes over the horizon.
    pub most_minutes: usize,
    /// Minimum minutes over the horizon.
    pub least_minutes: usize,
    /// Maximum number of consecutive shifts.
    pub most_running: usize,
    /// Minimum number of consecutive shifts; a run that touches an end of the horizon may be shorter.
    pub least_running: usize,
    /// Minimum number of consecutive days off; with the same exception.
    pub least_off: usize,
    /// Maximum number of weekends with a shift.
    pub most_weekends: usize,
    /// Days that must be off.
    pub days_off: Vec<usize>,
}

impl NrpInstance {
    /// Solves the instance within a budget.
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
            // the cost if no request is granted; granting one subtracts its weight
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

    /// Key of an employee's rules; employees with equal keys share a space of tours.
    fn kind(&self, employee: &NrpEmployee) -> Vec<usize> {
        let limits =
            (0..self.shifts.len()).map(|shift| if self.is_limited(employee, shift) { employee.most_shifts[shift] } else { usize::MAX });
        let NrpEmployee { most_minutes, least_minutes, most_running, least_running, least_off, most_weekends, .. } = *employee;
        limits.chain([most_minutes, least_minutes, most_running, least_running, least_off, most_weekends]).collect()
    }

    /// Whether the limit of a shift type can bind; a type with limit 0 is priced out instead.
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
