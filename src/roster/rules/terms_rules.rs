//! Product of all rules for people on the same terms.

use super::automaton::{State, step};
use super::rest;
use super::rule::Day;
use super::terms::Terms;
use crate::roster::engine::{TourRules, Transition};
use crate::roster::model::choice::Choice;
use crate::roster::model::problem::RosterProblem;
use crate::roster::model::shift::ShiftTemplate;
use crate::time::ClockTime;

/// Rules for people on the same terms, with the shifts that any of them may work on each day.
#[derive(Debug)]
pub(in crate::roster) struct TermsRules<'a> {
    terms: &'a Terms,
    days: Vec<(Day<'a>, Vec<(u16, Choice)>)>,
}

impl<'a> TermsRules<'a> {
    /// Rules of `terms`; `allowed` tells for a day and a shift whether anybody may work it.
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
        let off = step(*state, self.terms, day, None).map(|(after, paid)| Transition { shift: None, ready: 0, after, cost: paid.get() });
        let work = choices.iter().filter_map(|(shift, choice)| {
            let (after, paid) = step(*state, self.terms, day, Some(choice))?;
            let start = (choice.start - ClockTime::MIDNIGHT.on(day.date)).num_minutes() as u32;
            Some(Transition {
                shift: Some((*shift, start)),
                ready: rest::ready(day, choice, self.terms.zone.as_ref()),
                after,
                cost: paid.get(),
            })
        });
        off.into_iter().chain(work).collect()
    }
}
