//! Requests and fairness as prices: refused requests for a day off or a shift, shifts other than the preferred one, and burdens of which
//! an agent has had more than others.

use crate::roster::model::choice::Choice;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::time_account::Burdens;
use crate::units::Money;
use crate::workforce::Request;
use chrono::NaiveDate;

/// Penalty of the requests of a date that a shift, or a day off (`None`), refuses.
pub(in crate::roster) fn refused(problem: &RosterProblem, person: &Person, shift: Option<&str>, date: NaiveDate) -> Money {
    let refused = person.employee.requests.iter().filter(|request| request.date == date && !request.is_granted_by(shift));
    let price = |request: &Request| {
        let of_kind = if request.shift.is_none() { problem.prices.refused_day_off } else { problem.prices.refused_shift };
        of_kind * request.weight
    };
    refused.map(price).sum()
}

/// Penalty of a shift on a date beyond its pay, given the `average` burdens of everybody.
pub(in crate::roster) fn dislike(problem: &RosterProblem, person: &Person, choice: &Choice, date: NaiveDate, average: &Burdens) -> Money {
    let (employee, prices) = (&person.employee, &problem.prices);
    let other = employee.preferred_shift.as_ref().is_some_and(|preferred| *preferred != choice.shift);
    let unfair = person.account.burdens.unfairness(average, &Burdens::of_shift(problem, date, choice));
    refused(problem, person, Some(&choice.shift), date)
        + if other { prices.other_shift } else { Money::ZERO }
        + prices.unfair_shift * unfair
}
