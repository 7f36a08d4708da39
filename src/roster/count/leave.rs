//! Paid and unpaid leave.
//!
//! Sick leave and granted leave are paid at the base rate. A day away counts as the contract's hours of a day, a part of a day as its
//! length up to these, as long as they and the hours worked do not exceed the regular hours of the week (or longer averaging period). A
//! contract's paid hours cover leave already; people paid by the hour get it on top. Whole days of an unpaid kind of absence reduce the
//! contract's paid hours in proportion.

use crate::roster::model::problem::{Person, RosterProblem};
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::Hours;
use crate::workforce::{Absence, Contract};
use chrono::NaiveDate;

/// Days of a week over which a contract's hours are spread where nothing else says how long a day is.
const WORKING_DAYS_WEEK: u32 = 5;

/// Leave on some days of an averaging period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::roster) struct Leave {
    /// Hours paid as if worked.
    pub(in crate::roster) paid: Hours,
    /// Contract hours that are not paid.
    pub(in crate::roster) unpaid: Hours,
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
            leave.unpaid += contract.paid_hours_week / 7;
        } else if problem.horizon.day_of(date).is_some() && !is_excused(person, date) {
            let paid = away().filter(|absence| !is_unpaid(absence));
            let hours = paid.map(|absence| Hours::from_minutes((absence.end.min(end) - absence.start.max(start)).num_minutes() as u32));
            leave.paid += hours.sum::<Hours>().min(of_day);
        }
    }
    leave
}

/// Whether the shift that the absence prevented is known and paid as such.
fn is_excused(person: &Person, date: NaiveDate) -> bool {
    person.excused.iter().any(|duty| duty.date == date)
}

/// Contract hours of a day.
fn hours_of_day(problem: &RosterProblem, contract: &Contract) -> Hours {
    let (of_day, of_week) = (problem.rules.regular_hours_day, contract.regular_hours_week);
    let of_day = if of_day < Hours::from_minutes(DAY_MINUTES) { of_day } else { of_week / WORKING_DAYS_WEEK };
    of_day.min(contract.most_hours_day).min(of_week)
}
