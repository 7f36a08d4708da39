//! Rows of the model: intervals of the desk, and parts of the day with minimum staffing.

use crate::roster::count::minimum_staffing::parts_of_day;
use crate::roster::engine::PenaltyStep;
use crate::roster::model::minimum_staffing::hours_of;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::time::DAY_MINUTES;

/// Rows of each day: the intervals of the desk, then the parts of the day for each minimum-staffing constraint.
pub(in crate::roster) struct Rows {
    intervals: u32,
    minimum_staffing: u32,
    /// Parts of a day, from-to in minutes after midnight; empty without minimum staffing.
    parts: Vec<(u32, u32)>,
}

impl Rows {
    pub(in crate::roster) fn of(problem: &RosterProblem) -> Self {
        Self {
            intervals: problem.grid.interval().per_day() as u32,
            minimum_staffing: problem.minimum_staffing.len() as u32,
            parts: parts_of_day(problem),
        }
    }

    pub(in crate::roster) fn per_day(&self) -> usize {
        (self.intervals + self.minimum_staffing * self.parts.len() as u32) as usize
    }

    /// Row of an interval, both counted from the first of a day.
    pub(in crate::roster) fn of_interval(&self, interval: i32) -> i32 {
        let intervals = self.intervals as i32;
        interval.div_euclid(intervals) * self.per_day() as i32 + interval.rem_euclid(intervals)
    }

    /// Minimum-staffing rows that a shift covers, counted from the first row of its day.
    pub(in crate::roster) fn of_minimums(&self, problem: &RosterProblem, shift: &ShiftTemplate) -> Vec<i32> {
        let (start, end) = shift.by_desk();
        let day_minutes = DAY_MINUTES as i32;
        let mut rows = Vec::new();
        for (number, _) in problem.minimum_staffing.iter().enumerate().filter(|(_, minimum)| minimum.counts_by(shift)) {
            for day in start.div_euclid(day_minutes)..=end.div_euclid(day_minutes) {
                let within = |part: &(u32, u32)| start <= day * day_minutes + part.0 as i32 && day * day_minutes + part.1 as i32 <= end;
                let first = day * self.per_day() as i32 + self.intervals as i32 + (number * self.parts.len()) as i32;
                rows.extend((0..).zip(&self.parts).filter(|(_, part)| within(part)).map(|(place, _)| first + place));
            }
        }
        rows
    }

    /// Penalty steps of each row, given those of the desk's intervals; minimum-staffing constraints are queues after the desk's.
    pub(in crate::roster) fn demand(&self, problem: &RosterProblem, desk: Vec<Vec<PenaltyStep>>) -> Vec<Vec<PenaltyStep>> {
        let mut desk = desk.into_iter();
        let mut demand = Vec::with_capacity(problem.horizon.days * self.per_day());
        for date in problem.horizon.dates() {
            demand.extend(desk.by_ref().take(self.intervals as usize));
            for (number, minimum) in problem.minimum_staffing.iter().enumerate() {
                demand.extend(self.parts.iter().map(|&part| {
                    let step = PenaltyStep {
                        queue: problem.demand.len() + number,
                        width: f64::from(minimum.least),
                        price: (hours_of(part) * minimum.missing_hour).get(),
                    };
                    if minimum.wants(date, part) { vec![step] } else { Vec::new() }
                }));
            }
        }
        demand
    }
}

/// Minimum-staffing constraints for which a person counts, as bits after those of the queues.
pub(in crate::roster) fn minimums_of(person: &Person, problem: &RosterProblem) -> u32 {
    let counts = problem.minimum_staffing.iter().enumerate().filter(|(_, minimum)| minimum.counts(&person.employee));
    counts.fold(0, |set, (number, _)| set | 1 << (problem.demand.len() + number))
}
