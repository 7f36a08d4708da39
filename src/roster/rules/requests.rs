//! What people ask for and what is fair, as prices: working on a day off that was asked for, another shift than the one she likes best,
//! a burden of which she has had more than others.

use super::Choice;
use crate::roster::account::Burdens;
use crate::roster::problem::{Person, RosterProblem};
use chrono::NaiveDate;

/// The price of a shift on a day beyond its pay, in money, where people have had `average` burdens.
pub(in crate::roster) fn dislike(problem: &RosterProblem, person: &Person, choice: &Choice, date: NaiveDate, average: &Burdens) -> f64 {
    let (employee, prices) = (&person.employee, &problem.prices);
    let refused = if employee.days_off.contains(&date) { prices.refused_day_off.get() } else { 0.0 };
    let other = employee.preferred_shift.as_ref().is_some_and(|preferred| *preferred != choice.shift);
    let unfair = person.account.burdens.unfairness(average, &Burdens::of_shift(problem, date, choice));
    refused + if other { prices.other_shift.get() } else { 0.0 } + unfair * prices.unfair_shift.get()
}
