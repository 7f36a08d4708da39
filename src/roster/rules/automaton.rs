//! Product automaton of all rules, day by day.

use super::rule::{Day, Rule};
use super::terms::Terms;
use super::{
    days_off_running, days_running, free_weekends, late_shifts, month_overtime, nights, rest, rest_days, start_change, successions,
    week_hours, weekend,
};
use crate::roster::model::choice::Choice;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::time::{DAY_MINUTES, week_of};
use crate::units::Hours;
use chrono::NaiveDate;

/// Joint state of all rules, one number per rule.
pub(in crate::roster) type State = [u32; CATALOGUE.len()];

const CATALOGUE: [&dyn Rule; 11] = [
    &month_overtime::MonthOvertime,
    &days_running::DaysRunning,
    &late_shifts::LateShifts,
    &nights::Nights,
    &week_hours::WeekHours,
    &rest_days::RestDays,
    &days_off_running::DaysOffRunning,
    &weekend::WeekendDayOff,
    &free_weekends::FreeWeekends,
    &start_change::StartChange,
    &successions::Successions,
];

/// Transition of one day under all rules: the next state and the paid hours, or `None` if a rule forbids the choice.
pub(in crate::roster) fn step(state: State, terms: &Terms, day: &Day, choice: Option<&Choice>) -> Option<(State, Hours)> {
    let allowed = |choice: &Choice| CATALOGUE.iter().zip(state).all(|(rule, state)| rule.allows(state, terms, day, choice));
    if choice.is_some_and(|choice| !allowed(choice)) {
        return None;
    }
    Some(advance(state, terms, day, choice))
}

fn advance(state: State, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (State, Hours) {
    let mut next = state;
    let mut paid = Hours::ZERO;
    for (rule, state) in CATALOGUE.iter().zip(&mut next) {
        let (after, hours) = rule.next(*state, terms, day, choice);
        *state = after;
        paid += hours;
    }
    (next, paid)
}

/// State in which the days before the horizon leave a person, whether or not they kept the rules, and the earliest start of the
/// next shift in minutes after midnight of the first day.
pub(in crate::roster) fn state_before(problem: &RosterProblem, person: &Person, terms: &Terms) -> (State, u32) {
    let (mut state, mut ready) = (State::default(), 0_u32);
    let first = problem.horizon.first;
    let start = person.past.iter().map(|duty| duty.date).min().map_or(first, |start| start.min(first)).min(week_of(first));
    for date in start.iter_days().take_while(|date| *date < first) {
        let day = Day::of(problem, date);
        let choice = past_choice(person, date);
        state = advance(state, terms, &day, choice.as_ref()).0;
        ready = choice.map_or(ready.saturating_sub(DAY_MINUTES), |choice| rest::ready(&day, &choice, terms.zone.as_ref()));
    }
    for (rule, state) in CATALOGUE.iter().zip(&mut state) {
        *state = rule.enters(*state, problem, person, terms);
    }
    (state, ready)
}

/// Shift worked on a past date, two shifts merged into one.
fn past_choice(person: &Person, date: NaiveDate) -> Option<Choice> {
    let duties = || person.past.iter().filter(|duty| duty.date == date);
    Some(Choice {
        shift: duties().next_back()?.shift.clone(),
        start: duties().map(|duty| duty.start).min()?,
        end: duties().map(|duty| duty.end).max()?,
        paid: duties().map(|duty| duty.paid).sum(),
        // past pay is not split by day: nothing depends on it any more
        paid_first_day: [duties().map(|duty| duty.paid).sum(); 2],
        next_day_off: false,
    })
}
