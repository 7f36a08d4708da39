//! All rules at once, for everybody on the same terms.

use super::{Choice, Day, State, rest, step};
use crate::roster::engine::{TourRules, Transition};
use crate::roster::problem::{Person, RosterProblem};
use crate::time::{ClockTime, week_of};
use crate::workforce::Contract;

/// What rules over days ask of a person.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Terms {
    pub(in crate::roster) contract: Contract,
    /// No hour beyond the regular ones.
    pub(in crate::roster) no_overtime: bool,
    /// Whether days of the horizon's first week are known that lie before it.
    pub(in crate::roster) known_before: bool,
}

impl Terms {
    pub(in crate::roster) fn of(problem: &RosterProblem, person: &Person) -> Self {
        let first = problem.horizon.first;
        Self {
            contract: person.employee.contract.clone(),
            no_overtime: person.employee.protection.no_overtime,
            known_before: person.past.iter().any(|duty| (week_of(first)..first).contains(&duty.date)),
        }
    }
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
            let choice = |(shift, template): (usize, &crate::roster::ShiftTemplate)| {
                let choice = Choice {
                    start: template.start_on(date),
                    end: template.end_on(date),
                    paid_hours: template.paid.get(),
                    next_day_off: template.volunteers_only,
                };
                (shift as u16, choice)
            };
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
            Some(Transition { shift: Some((*shift, start)), ready: rest::ready(day, choice), after, cost })
        });
        off.into_iter().chain(work).collect()
    }
}
