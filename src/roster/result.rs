//! A finished roster: who works when, with meals and rests, at what pay; what it costs and what no roster could undercut.

use super::activity::Occupation;
use super::cost::CostParts;
use super::engine::{Column, Lineup};
use super::pattern::{Break, BreakWindow, ShiftTemplate};
use super::pay::guaranteed_total;
use super::problem::{Person, RosterProblem};
use super::rules::Choice;
use super::statement::Statement;
use crate::service::QueueId;
use crate::units::{Hours, Money};
use crate::workforce::AgentId;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// A person's shift on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The day the shift starts.
    pub date: NaiveDate,
    /// Who.
    pub agent: AgentId,
    /// The code of the shift.
    pub shift: String,
    /// When it starts.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Unpaid meals, in order.
    pub meals: Vec<Break>,
    /// Paid rests, in order.
    pub rests: Vec<Break>,
    /// What she does away from the desk in it, in order.
    pub occupations: Vec<Occupation>,
    /// The queues she may serve, in routing order.
    pub queues: Vec<QueueId>,
    /// Paid hours.
    pub paid: Hours,
    /// Whether a planner fixed it.
    pub pinned: bool,
}

impl Assignment {
    /// A shift of a person on a date, with the beginning of each break in minutes after the shift's.
    pub(super) fn with_breaks(
        problem: &RosterProblem,
        person: &Person,
        shift: &ShiftTemplate,
        date: NaiveDate,
        breaks: &[(&BreakWindow, u32)],
    ) -> Self {
        let start = shift.start_on(date);
        let of_kind = |meal: bool| {
            let placed = breaks.iter().filter(|(window, _)| window.is_meal == meal);
            placed
                .map(|(window, offset)| Break { start: start + TimeDelta::minutes(i64::from(*offset)), minutes: window.minutes })
                .collect()
        };
        Self {
            date,
            agent: person.employee.id.clone(),
            shift: shift.id.clone(),
            start,
            end: shift.end_on(date),
            meals: of_kind(true),
            rests: of_kind(false),
            occupations: shift.reserve_on(date).into_iter().collect(),
            queues: served_queues(person, problem),
            paid: shift.paid_on(date, person.zone.as_ref()),
            pinned: person.pinned(date).is_some_and(|pin| pin.shift.as_ref() == Some(&shift.id)),
        }
    }

    /// The shift as rules see it.
    pub(super) fn choice(&self) -> Choice {
        let paid_hours = self.paid.get();
        Choice {
            shift: self.shift.clone(),
            start: self.start,
            end: self.end,
            paid_hours,
            paid_first_day: [paid_hours; 2],
            next_day_off: false,
        }
    }

    /// Whether she is at the desk at a time.
    #[must_use]
    pub fn at_desk(&self, time: NaiveDateTime) -> bool {
        let away = |pause: &Break| pause.start <= time && time < pause.end();
        let occupied = |occupation: &Occupation| occupation.start <= time && time < occupation.end;
        let is_away = self.meals.iter().chain(&self.rests).any(away) || self.occupations.iter().any(occupied);
        self.start <= time && time < self.end && !is_away
    }

    /// The stretches of a shift between which she is at the desk.
    #[must_use]
    pub fn desk_stretches(&self) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let pauses = self.meals.iter().chain(&self.rests).map(|pause| (pause.start, pause.end()));
        let occupied = self.occupations.iter().map(|occupation| (occupation.start, occupation.end));
        let mut away: Vec<(NaiveDateTime, NaiveDateTime)> = pauses.chain(occupied).collect();
        away.sort_unstable();
        let mut from = self.start;
        let mut stretches = Vec::new();
        for (start, end) in away {
            if from < start.min(self.end) {
                stretches.push((from, start.min(self.end)));
            }
            from = from.max(end);
        }
        if from < self.end {
            stretches.push((from, self.end));
        }
        stretches
    }
}

/// Everybody's shifts, by date and person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    /// In order of date, then person.
    pub assignments: Vec<Assignment>,
}

/// A roster with its cost and proven bound, in the plan's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Solved {
    /// Who works when.
    pub roster: Roster,
    /// Pay, premiums, refused requests and the price of what is missing.
    pub cost: Money,
    /// The same, part by part.
    pub parts: CostParts,
    /// No legal roster costs less; `None` where that was not shown of anything.
    pub bound: Option<Money>,
    /// Pay that no roster can avoid: contracts' hours that are paid whether worked or not.
    pub unavoidable: Money,
    /// The roster as the search sees it.
    pub(super) columns: Vec<Option<Column>>,
}

impl Solved {
    pub(super) fn new(statement: &Statement, lineup: &Lineup, bound: Option<f64>) -> Self {
        let problem = statement.problem;
        let money = |amount| Money::new(amount).unwrap_or_default();
        let sunk = |person: &Person| guaranteed_total(problem, person) * person.employee.pay.get();
        let unavoidable = problem.people.iter().map(sunk).sum();
        let roster = Roster::of_tours(statement, &lineup.columns);
        let parts = CostParts::of(statement, &lineup.columns, &roster);
        let cost = parts.total();
        Self {
            roster,
            cost,
            parts,
            bound: bound.filter(|bound| bound.is_finite()).map(|bound| money(bound.min(cost.get()))),
            unavoidable: money(unavoidable),
            columns: lineup.columns.clone(),
        }
    }

    /// Cost / bound − 1; `None` if nothing was proven, or nothing but that a roster costs something.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        let bound = self.bound?.get();
        if self.cost.get() <= bound { Some(0.0) } else { (bound > 0.0).then(|| self.cost.get() / bound - 1.0) }
    }

    /// (Cost − bound) / (cost − unavoidable pay): the gap in what a roster can change; `None` where it can change nothing.
    #[must_use]
    pub fn avoidable_gap(&self) -> Option<f64> {
        let avoidable = self.cost.get() - self.unavoidable.get();
        (avoidable > 1e-9 && self.gap().is_some()).then(|| (self.cost.get() - self.bound.map_or(0.0, Money::get)) / avoidable)
    }
}

impl Roster {
    fn of_tours(statement: &Statement, columns: &[Option<Column>]) -> Self {
        let of_person = |(person, column)| statement.assignments(person, column);
        let with_tour = columns.iter().enumerate().filter_map(|(person, column)| Some((person, column.as_ref()?)));
        let mut assignments: Vec<Assignment> = with_tour.flat_map(of_person).collect();
        assignments.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
        Self { assignments }
    }

    /// The assignments of each person who has any, in their order.
    #[must_use]
    pub fn by_agent(&self) -> BTreeMap<&AgentId, Vec<&Assignment>> {
        let mut by_agent: BTreeMap<&AgentId, Vec<&Assignment>> = BTreeMap::new();
        self.assignments.iter().for_each(|assignment| by_agent.entry(&assignment.agent).or_default().push(assignment));
        by_agent
    }

    /// The assignments of a person in order of date.
    pub fn of_agent<'a>(&'a self, agent: &'a AgentId) -> impl Iterator<Item = &'a Assignment> {
        self.assignments.iter().filter(move |assignment| &assignment.agent == agent)
    }
}

/// A person's shift on a date with each break as early as it may be.
#[must_use]
pub fn with_shift(problem: &RosterProblem, person: &Person, shift: &ShiftTemplate, date: NaiveDate) -> Assignment {
    let windows = shift.break_windows_on(date, person.zone.as_ref());
    let earliest: Vec<_> = windows.iter().filter_map(|window| Some((window, *window.offsets.first()?))).collect();
    Assignment::with_breaks(problem, person, shift, date, &earliest)
}

fn served_queues(person: &Person, problem: &RosterProblem) -> Vec<QueueId> {
    person.employee.skills.iter().filter(|queue| problem.queue_index(queue).is_some()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::read_stamp;

    #[test]
    fn rests_after_the_end_of_a_shift_are_no_time_at_the_desk() {
        let at = |time: &str| read_stamp(&format!("2026-11-30T{time}")).unwrap();
        let rest = |time: &str| Break { start: at(time), minutes: 15 };
        let assignment = Assignment {
            date: at("09:00").date(),
            agent: AgentId::new("E1"),
            shift: "S".into(),
            start: at("09:00"),
            end: at("13:00"),
            meals: vec![],
            rests: vec![rest("10:00"), rest("14:00"), rest("15:00")],
            occupations: vec![],
            queues: vec![],
            paid: Hours::default(),
            pinned: false,
        };
        assert_eq!(assignment.desk_stretches(), [(at("09:00"), at("10:00")), (at("10:15"), at("13:00"))]);
    }
}
