//! Paid and unpaid leave.
//!
//! Sick leave and granted leave are paid at the base rate. A day away counts as the contract's hours of a day, a part of a day as its
//! length up to these, as long as they and the hours worked do not exceed the regular hours of the week (or longer averaging period). A
//! contract's paid hours cover leave already; people paid by the hour get it on top. Whole days of an unpaid kind of absence reduce the
//! contract's paid hours in proportion.

use crate::roster::model::problem::{Person, RosterProblem};
use crate::time::{ClockTime, DAY_MINUTES};
use crate::workforce::{Absence, Contract};
use chrono::NaiveDate;

/// Days of a week over which a contract's hours are spread where nothing else says how long a day is.
const WORKING_DAYS_WEEK: f64 = 5.0;

/// Leave on some days of an averaging period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::roster) struct Leave {
    /// Hours paid as if worked.
    pub(in crate::roster) paid_hours: f64,
    /// Contract hours that are not paid.
    pub(in crate::roster) unpaid_hours: f64,
}

/// Leave of a person between two dates, both included; only planned days are paid as leave.
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

/// Whether the shift that the absence prevented is known and paid as such.
fn is_excused(person: &Person, date: NaiveDate) -> bool {
    person.excused.iter().any(|duty| duty.date == date)
}

/// Contract hours of a day.
fn hours_of_day(problem: &RosterProblem, contract: &Contract) -> f64 {
    let (of_day, of_week) = (problem.rules.regular_hours_day.get(), contract.regular_hours_week.get());
    let of_day = if of_day < f64::from(DAY_MINUTES) / 60.0 { of_day } else { of_week / WORKING_DAYS_WEEK };
    of_day.min(contract.most_hours_day.get()).min(of_week)
}
