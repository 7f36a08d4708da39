//! Time accounts at the end of the horizon.

use super::averaging_period::{is_long, period_of, worked_before};
use super::leave::leave;
use super::pay::{excused_stretches, paid_stretches};
use super::regular_hours::overtime_of_past;
use crate::calendar::Calendar;
use crate::roster::model::assignment::Assignment;
use crate::roster::model::choice::Choice;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::rules::{is_late, is_night};
use crate::roster::model::time_account::{Burdens, TimeAccount};
use crate::units::Hours;
use chrono::{Datelike, NaiveDate, Weekday};

impl Burdens {
    /// Burdens of a shift on a date.
    pub(in crate::roster) fn of_shift(problem: &RosterProblem, date: NaiveDate, choice: &Choice) -> Self {
        let night = is_night(&problem.rules, choice.start, choice.end);
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let [late, night, weekend, promotion] =
            [is_late(&problem.rules, date, choice.end), night, weekend, night && problem.rules.promotion_days.contains(&date)]
                .map(|holds| f64::from(u8::from(holds)));
        Self([late, night, weekend, promotion, if is_holiday(&problem.calendar, date) { choice.paid.get() } else { 0.0 }])
    }
}

fn is_holiday(calendar: &Calendar, date: NaiveDate) -> bool {
    calendar.pay_rate(date).get() > 1.0
}

/// First day of the month of a date.
fn month_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

impl TimeAccount {
    /// Overtime before the horizon in the month of its first day: from the account, else from the known days before.
    pub(in crate::roster) fn overtime_before(problem: &RosterProblem, person: &Person) -> Hours {
        let month = month_of(problem.horizon.first);
        if person.account.month == Some(month) { person.account.overtime } else { overtime_of_past(problem, person, month) }
    }

    /// Account of a person at the end of the horizon, after these assignments.
    #[must_use]
    pub fn after(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Self {
        let last = problem.horizon.days.checked_sub(1).map_or(problem.horizon.first, |day| problem.horizon.date(day));
        let month = month_of(last);
        let before = if month == month_of(problem.horizon.first) { Self::overtime_before(problem, person) } else { Hours::ZERO };
        let paid = paid_stretches(problem, person, assignments);
        let excused = excused_stretches(problem, person, assignments);
        let done = assignments.iter().copied().zip(&paid).chain(person.excused.iter().zip(&excused));
        let of_month = done.filter(|(assignment, _)| month_of(assignment.date) == month);
        let overtime: Hours = of_month.flat_map(|(_, stretches)| stretches).map(|stretch| stretch.overtime).sum();
        let contract = &person.employee.contract;
        let balance = period_of(contract, last);
        let done = assignments.iter().copied().chain(&person.excused);
        let in_balance = done.filter(|assignment| period_of(contract, assignment.date) == balance);
        // paid leave counts as worked
        let on_leave = leave(problem, person, balance.max(problem.horizon.first), last).paid;
        let worked = in_balance.map(|assignment| assignment.paid).sum::<Hours>() + on_leave;
        let carried = if balance == period_of(contract, problem.horizon.first) { worked_before(problem, person) } else { Hours::ZERO };
        let burdens = assignments.iter().map(|assignment| Burdens::of_shift(problem, assignment.date, &assignment.choice()));
        Self {
            month: Some(month),
            overtime: before + overtime,
            balance: is_long(contract).then_some(balance),
            balance_hours: if is_long(contract) { carried + worked } else { Hours::ZERO },
            burdens: burdens.fold(person.account.burdens, |sum, burdens| sum.plus(&burdens)),
        }
    }
}
