//! What people are paid for days on which they are away.
//!
//! Wages of the sick and of granted leave are paid at the base rate: a day away counts as the contract's hours of a day, a part of one as long
//! as it takes up to these, as far as they and the hours worked do not exceed the regular hours of the week (or longer balance). A contract's paid hours cover them already; whoever is paid by the hour gets them on top. Whole days of an unpaid kind of
//! absence take their part of the contract's paid hours away.

use crate::roster::model::problem::{Person, RosterProblem};
use crate::time::ClockTime;
use crate::workforce::{Absence, Contract};
use chrono::NaiveDate;

/// Days away within some days of a balance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::roster) struct Leave {
    /// Hours that are paid as if they had been worked.
    pub(in crate::roster) paid_hours: f64,
    /// Hours of the contract that are not paid.
    pub(in crate::roster) unpaid_hours: f64,
}

/// A person's leave on days from a date to another, both included; only planned days are paid as leave.
pub(in crate::roster) fn leave(problem: &RosterProblem, person: &Person, from: NaiveDate, to: NaiveDate) -> Leave {
    let mut leave = Leave::default();
    if person.absences.is_empty() {
        return leave;
    }
    let contract = &person.employee.contract;
    let of_day = hours_of_day(problem, contract);
    for date in from.iter_days().take_while(|date| *date <= to) {
        let (start, end) = (ClockTime::MIDNIGHT.on(date), ClockTime::DAY_END.on(date));
        let away = || person.absences.iter().filter(|absence| absence.overlaps(start, end));
        let is_unpaid = |absence: &Absence| problem.prices.is_unpaid(absence);
        if away().any(|absence| is_unpaid(absence) && absence.start <= start && absence.end >= end) {
            leave.unpaid_hours += contract.paid_hours_week.get() / 7.0;
        } else if problem.horizon.day_of(date).is_some() && !is_excused(person, date) {
            let paid = away().filter(|absence| !is_unpaid(absence));
            let hours = paid.map(|absence| (absence.end.min(end) - absence.start.max(start)).num_minutes() as f64 / 60.0);
            leave.paid_hours += hours.sum::<f64>().min(of_day);
        }
    }
    leave
}

/// Whether what she would have worked on a date is known and paid as such.
fn is_excused(person: &Person, date: NaiveDate) -> bool {
    person.excused.iter().any(|duty| duty.date == date)
}

/// The contract's hours of a day.
fn hours_of_day(problem: &RosterProblem, contract: &Contract) -> f64 {
    problem.rules.regular_hours_day.get().min(contract.most_hours_day.get()).min(contract.regular_hours_week.get())
}
