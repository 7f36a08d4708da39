//! A finished roster: who works when, with meals and rests, at what pay; what it costs and what no roster could undercut.

use super::pattern::Break;
use super::problem::{Person, RosterProblem};
use super::team::{Plan, Team};
use crate::calendar::Calendar;
use crate::service::QueueId;
use crate::units::{Factor, Hours, Money};
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
    /// The queues she may serve, in routing order.
    pub queues: Vec<QueueId>,
    /// Paid hours.
    pub paid: Hours,
    /// Whether a planner fixed it.
    pub pinned: bool,
}

impl Assignment {
    /// Whether she is at the desk at a time.
    #[must_use]
    pub fn at_desk(&self, time: NaiveDateTime) -> bool {
        let away = |pause: &Break| pause.start <= time && time < pause.end();
        self.start <= time && time < self.end && !self.meals.iter().any(away) && !self.rests.iter().any(away)
    }

    /// The stretches of a shift between which she is at the desk.
    #[must_use]
    pub fn desk_stretches(&self) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let mut pauses: Vec<Break> = self.meals.iter().chain(&self.rests).copied().collect();
        pauses.sort();
        let mut from = self.start;
        let mut stretches = Vec::new();
        for pause in pauses {
            if pause.start > from {
                stretches.push((from, pause.start.min(self.end)));
            }
            from = from.max(pause.end());
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
    /// No legal roster costs less.
    pub bound: Money,
    /// Pay that no roster can avoid: contracts' hours that are paid whether worked or not.
    pub unavoidable: Money,
}

impl Solved {
    pub(super) fn new(problem: &RosterProblem, roster: Roster, cost: f64, bound: f64) -> Self {
        let money = |amount| Money::new(amount).unwrap_or_default();
        let weeks = week_settlements(problem);
        let sunk = |person: &Person| person.employee.contract.paid_hours_week.get() * person.employee.pay.get() * weeks as f64;
        let unavoidable = problem.people.iter().map(sunk).sum();
        Self { roster, cost: money(cost), bound: money(bound), unavoidable: money(unavoidable) }
    }

    /// Cost / bound − 1; `None` if nothing was proven.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        (self.bound.get() > 0.0).then(|| self.cost.get() / self.bound.get() - 1.0)
    }

    /// (Cost − bound) / (cost − unavoidable pay): the gap in what a roster can change; `None` where it can change nothing.
    #[must_use]
    pub fn avoidable_gap(&self) -> Option<f64> {
        let avoidable = self.cost.get() - self.unavoidable.get();
        (avoidable > 1e-9 && self.bound.get() > 0.0).then(|| (self.cost.get() - self.bound.get()) / avoidable)
    }
}

fn week_settlements(problem: &RosterProblem) -> usize {
    use chrono::{Datelike, Weekday};
    let last = problem.horizon.days.checked_sub(1).map(|day| problem.horizon.date(day));
    problem.horizon.dates().filter(|date| date.weekday() == Weekday::Sun || Some(*date) == last).count()
}

impl Roster {
    pub(super) fn of_plan(team: &Team, plan: &Plan) -> Self {
        let problem = team.problem;
        let mut assignments = Vec::new();
        for (person, column) in problem.people.iter().zip(&plan.tours) {
            let Some(column) = column else { continue };
            for (date, duty) in problem.horizon.dates().zip(&column.tour.0) {
                let Some(duty) = duty else { continue };
                let shift = &problem.shifts[duty.shift];
                let start = shift.start_on(date);
                let at = |offset: u32| start + TimeDelta::minutes(i64::from(offset));
                let placed = || team.windows[duty.shift].iter().zip(&duty.breaks);
                let of_kind = |meal: bool| {
                    placed()
                        .filter(move |(window, _)| window.is_meal == meal)
                        .map(|(window, &offset)| Break { start: at(offset), minutes: window.minutes })
                        .collect()
                };
                assignments.push(Assignment {
                    date,
                    agent: person.employee.id.clone(),
                    shift: shift.id.clone(),
                    start,
                    end: shift.end_on(date),
                    meals: of_kind(true),
                    rests: of_kind(false),
                    queues: served_queues(person, &shift.queues, problem),
                    paid: shift.paid,
                    pinned: false,
                });
            }
        }
        assignments.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
        Self { assignments }
    }

    /// The assignments of a person in order of date.
    pub fn of_agent<'a>(&'a self, agent: &'a AgentId) -> impl Iterator<Item = &'a Assignment> {
        self.assignments.iter().filter(move |assignment| &assignment.agent == agent)
    }
}

fn served_queues(person: &Person, _only: &[QueueId], problem: &RosterProblem) -> Vec<QueueId> {
    person.employee.skills.iter().filter(|queue| problem.queue_index(queue).is_some()).cloned().collect()
}

/// A stretch of an assignment at one pay rate.
#[derive(Clone, Debug, PartialEq)]
pub struct PaidStretch {
    /// When it starts.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Paid hours in it.
    pub paid: Hours,
    /// Of these, hours beyond the regular ones.
    pub overtime: Hours,
    /// The multiple of the base rate.
    pub rate: Factor,
}

/// What a person's assignments are paid, stretch by stretch: public holidays by clock hour, beyond the regular hours of a day
/// at the overtime rate, beyond those of a week at the rest-day rate. One list for each assignment, in their order.
#[must_use]
pub fn paid_stretches(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Vec<PaidStretch>> {
    let mut regular_of_week: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    assignments
        .iter()
        .map(|assignment| {
            let worked = regular_of_week.entry(crate::time::week_of(assignment.date)).or_default();
            let day = problem.rules.regular_hours_day.get();
            let week_left = (person.employee.contract.regular_hours_week.get() - *worked).max(0.0);
            *worked += assignment.paid.get().min(day);
            let borders = [day.min(week_left), day];
            split(assignment, &borders, &problem.calendar, [problem.prices.rest_day, problem.prices.overtime])
        })
        .collect()
}

/// Cuts a shift where its pay rate changes: after so many paid hours (`borders`), and at midnight before or after a holiday.
fn split(assignment: &Assignment, borders: &[f64; 2], calendar: &Calendar, rates: [Factor; 2]) -> Vec<PaidStretch> {
    let mut cuts = vec![assignment.start, assignment.end];
    cuts.extend(assignment.start.date().iter_days().skip(1).take(2).map(|date| date.and_time(chrono::NaiveTime::MIN)));
    cuts.extend(borders.iter().map(|&hours| moment_after(assignment, hours)));
    cuts.retain(|cut| (assignment.start..=assignment.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut stretches: Vec<PaidStretch> = Vec::new();
    let mut paid_before = 0.0;
    for pair in cuts.windows(2) {
        let paid = paid_between(assignment, pair[0], pair[1]);
        let place = borders.iter().filter(|&&border| paid_before + 1e-9 >= border).count();
        let premium = [Factor::ONE, rates[0], rates[1]][place];
        let holiday = calendar.pay_rate(pair[0].date());
        let rate = if holiday > premium { holiday } else { premium };
        let overtime = if place > 0 { paid } else { 0.0 };
        paid_before += paid;
        match stretches.last_mut() {
            Some(last) if last.rate == rate && (last.overtime.get() > 0.0) == (overtime > 0.0) => {
                last.end = pair[1];
                last.paid += hours(paid);
                last.overtime += hours(overtime);
            }
            _ => stretches.push(PaidStretch { start: pair[0], end: pair[1], paid: hours(paid), overtime: hours(overtime), rate }),
        }
    }
    stretches
}

fn hours(hours: f64) -> Hours {
    Hours::new(hours.max(0.0)).unwrap_or_default()
}

/// Paid hours of a shift between two moments: all but its meals.
fn paid_between(assignment: &Assignment, from: NaiveDateTime, to: NaiveDateTime) -> f64 {
    let inside = |start: NaiveDateTime, end: NaiveDateTime| (end.min(to) - start.max(from)).num_minutes().max(0);
    let meals: i64 = assignment.meals.iter().map(|meal| inside(meal.start, meal.end())).sum();
    (inside(assignment.start, assignment.end) - meals) as f64 / 60.0
}

/// The moment at which so many paid hours of a shift are done.
fn moment_after(assignment: &Assignment, hours: f64) -> NaiveDateTime {
    let mut moment = assignment.start + TimeDelta::minutes((hours * 60.0).round() as i64);
    for meal in &assignment.meals {
        if meal.start < moment {
            moment += TimeDelta::minutes(i64::from(meal.minutes));
        }
    }
    moment
}
