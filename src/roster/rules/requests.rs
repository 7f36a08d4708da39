//! What people ask for and what is fair, as prices: a request for a day off or a shift that is refused, another shift than the one she
//! likes best, a burden of which she has had more than others.

use crate::roster::model::choice::Choice;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::time_account::Burdens;
use crate::workforce::Request;
use chrono::NaiveDate;

/// The price of what a person asked for on a day and does not get by a shift, or by a day off.
pub(in crate::roster) fn refused(problem: &RosterProblem, person: &Person, shift: Option<&str>, date: NaiveDate) -> f64 {
    let refused = person.employee.requests.iter().filter(|request| request.date == date && !request.is_granted_by(shift));
    let price = |request: &Request| {
        let of_kind = if request.shift.is_none() { problem.prices.refused_day_off } else { problem.prices.refused_shift };
        request.weight.get() * of_kind.get()
    };
    refused.map(price).sum()
}

/// The price of a shift on a day beyond its pay, in money, where people have had `average` burdens.
pub(in crate::roster) fn dislike(problem: &RosterProblem, person: &Person, choice: &Choice, date: NaiveDate, average: &Burdens) -> f64 {
    let (employee, prices) = (&person.employee, &problem.prices);
    let other = employee.preferred_shift.as_ref().is_some_and(|preferred| *preferred != choice.shift);
    let unfair = person.account.burdens.unfairness(average, &Burdens::of_shift(problem, date, choice));
    refused(problem, person, Some(&choice.shift), date)
        + if other { prices.other_shift.get() } else { 0.0 }
        + unfair * prices.unfair_shift.get()
}
