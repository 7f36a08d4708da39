//! All rules at once, for everybody on the same terms.

use super::{Choice, Day, State, rest, step};
use crate::roster::account::Account;
use crate::roster::balance::{balance_binds, is_long};
use crate::roster::engine::{TourRules, Transition};
use crate::roster::leave::Leave;
use crate::roster::pattern::ShiftTemplate;
use crate::roster::pay::leaves;
use crate::roster::problem::{Person, RosterProblem};
use crate::time::{ClockTime, week_of};
use crate::workforce::Contract;
use crate::zone::{Clocks, Zone};
use chrono::NaiveDate;

/// What rules over days ask of a person.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::roster) struct Terms {
    pub(in crate::roster) contract: Contract,
    /// Clocks that are not the desk's: shifts of their own.
    pub(in crate::roster) clocks: Option<Clocks>,
    /// The zone in which shifts are as long as they take.
    pub(in crate::roster) zone: Option<Zone>,
    /// No hour beyond the regular ones.
    pub(in crate::roster) no_overtime: bool,
    /// Whether the limit on a month's overtime is near enough to bind.
    pub(in crate::roster) overtime_counts: bool,
    /// Whether what was worked of the balance matters.
    pub(in crate::roster) balance_counts: bool,
    /// Whether days of the horizon's first week are known that lie before it.
    pub(in crate::roster) known_before: bool,
    /// Leave by the day on which the balance that it belongs to is settled.
    leave: Vec<(NaiveDate, Leave)>,
}

impl Terms {
    pub(in crate::roster) fn of(problem: &RosterProblem, person: &Person) -> Self {
        let first = problem.horizon.first;
        let known_before = person.past.iter().any(|duty| (week_of(first)..first).contains(&duty.date));
        let leave = leaves(problem, person, known_before);
        Self {
            contract: person.employee.contract.clone(),
            clocks: person.employee.clocks().cloned(),
            zone: person.zone.clone(),
            no_overtime: person.employee.protection.no_overtime,
            overtime_counts: problem
                .rules
                .most_overtime_month
                .is_some_and(|most| Account::overtime_before(problem, person) + most_overtime(problem, person) > most.get() + 1e-9),
            balance_counts: !is_long(&person.employee.contract) || !leave.is_empty() || balance_binds(problem, person),
            known_before,
            leave,
        }
    }

    /// The leave of the balance that is settled on a day.
    pub(in crate::roster) fn leave_until(&self, last: NaiveDate) -> Leave {
        self.leave.iter().find(|(settled, _)| *settled == last).map(|(_, leave)| *leave).unwrap_or_default()
    }
}

/// Hours beyond the regular ones that a person could work over the horizon, other rules aside.
fn most_overtime(problem: &RosterProblem, person: &Person) -> f64 {
    let contract = &person.employee.contract;
    let weeks = (problem.horizon.days.div_ceil(7) + 1) as f64;
    if is_long(contract) {
        // once its regular hours are full, every hour is overtime
        return if balance_binds(problem, person) { contract.most_hours_week.get() * weeks } else { 0.0 };
    }
    let longest = problem.shifts.iter().map(|shift| shift.paid.get()).fold(0.0, f64::max);
    // a night on which clocks go back is an hour longer
    let longest = (longest + f64::from(u8::from(person.zone.is_some()))).min(contract.most_hours_day.get());
    let of_day = (longest - problem.rules.regular_hours_day.get()).max(0.0);
    let of_week = (contract.most_hours_week.get() - contract.regular_hours_week.get()).max(0.0);
    of_day * problem.horizon.days as f64 + of_week * weeks
}

/// The rules of everybody on the same terms, with the shifts that any of them may work on each day.
#[derive(Debug)]
pub(in crate::roster) struct TermsRules<'a> {
    terms: &'a Terms,
    days: Vec<(Day<'a>, Vec<(u16, Choice)>)>,
}

impl<'a> TermsRules<'a> {
    /// `allowed` says of a day and a shift whether anybody may work it.
    pub(in crate::roster) fn new(problem: &'a RosterProblem, terms: &'a Terms, allowed: impl Fn(usize, usize) -> bool) -> Self {
        let of_day = |(number, date)| {
            let shifts = problem.shifts.iter().enumerate().filter(|(shift, _)| allowed(number, *shift));
            let choice = |(shift, template): (usize, &ShiftTemplate)| (shift as u16, template.choice_on(date, terms.zone.as_ref()));
            (Day::of(problem, date), shifts.map(choice).collect())
        };
        Self { terms, days: problem.horizon.dates().enumerate().map(of_day).collect() }
    }
}

impl TourRules for TermsRules<'_> {
    type State = State;

    fn transitions(&self, day: usize, state: &State) -> Vec<Transition<State>> {
        let (day, choices) = &self.days[day];
        let off = step(*state, self.terms, day, None).map(|(after, cost)| Transition { shift: None, ready: 0, after, cost });
        let work = choices.iter().filter_map(|(shift, choice)| {
            let (after, cost) = step(*state, self.terms, day, Some(choice))?;
            let start = (choice.start - ClockTime::MIDNIGHT.on(day.date)).num_minutes() as u32;
            Some(Transition { shift: Some((*shift, start)), ready: rest::ready(day, choice, self.terms.zone.as_ref()), after, cost })
        });
        off.into_iter().chain(work).collect()
    }
}
