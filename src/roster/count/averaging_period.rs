//! Averaging period of hours: the week or, under comprehensive hours, the month or quarter.
//!
//! Within the period every hour counts alike: a long day or week is no overtime as long as the period stays within its regular hours, and
//! a short one costs nothing as long as it can be made up.

use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::time_account::TimeAccount;
use crate::time::week_of;
use crate::units::{Hours, Share};
use crate::workforce::{AveragingPeriod, Contract};
use chrono::{Datelike, Months, NaiveDate};

/// First day of the averaging period that contains a date.
pub(in crate::roster) fn period_of(contract: &Contract, date: NaiveDate) -> NaiveDate {
    let month = |month: u32| NaiveDate::from_ymd_opt(date.year(), month, 1).unwrap_or(date);
    match contract.balance {
        AveragingPeriod::Week => week_of(date),
        AveragingPeriod::Month => month(date.month()),
        AveragingPeriod::Quarter => month((date.month() - 1) / 3 * 3 + 1),
    }
}

/// First day after the averaging period that contains a date.
fn period_end(contract: &Contract, date: NaiveDate) -> NaiveDate {
    let first = period_of(contract, date);
    match contract.balance {
        AveragingPeriod::Week => first + chrono::Days::new(7),
        AveragingPeriod::Month => first + Months::new(1),
        AveragingPeriod::Quarter => first + Months::new(3),
    }
}

/// Whether a date is the last of its averaging period.
pub(in crate::roster) fn ends_period(contract: &Contract, date: NaiveDate) -> bool {
    date.succ_opt() == Some(period_end(contract, date))
}

/// Whether the averaging period is longer than a week.
pub(in crate::roster) fn is_long(contract: &Contract) -> bool {
    contract.balance != AveragingPeriod::Week
}

/// Hours of an averaging period paid at the base rate.
pub(in crate::roster) fn regular_hours_of(contract: &Contract) -> Hours {
    if is_long(contract) { contract.regular_hours_balance } else { contract.regular_hours_week }
}

/// Part of a week's hours that falls on so many days.
pub(in crate::roster) fn on_days(week: Hours, days: i64) -> Hours {
    week * days as u32 / 7
}

/// Hours of a long averaging period that are paid whether worked or not.
fn paid_hours_of(contract: &Contract, date: NaiveDate) -> Hours {
    let days = (period_end(contract, date) - period_of(contract, date)).num_days();
    on_days(contract.paid_hours_week, days).min(regular_hours_of(contract))
}

/// Hours of a long averaging period that must have been worked by the end of a day or are paid all the same: all of them at its end,
/// before that those that the days left cannot make up.
pub(in crate::roster) fn due_hours(contract: &Contract, last: NaiveDate) -> Hours {
    let days_left = (period_end(contract, last) - last).num_days() - 1;
    paid_hours_of(contract, last).beyond(on_days(contract.most_hours_week, days_left))
}

/// Hours of a long averaging period worked before the horizon: from the account, else in proportion to the days elapsed.
pub(in crate::roster) fn worked_before(problem: &RosterProblem, person: &Person) -> Hours {
    let (contract, first) = (&person.employee.contract, problem.horizon.first);
    let begin = period_of(contract, first);
    let TimeAccount { balance, balance_hours, .. } = person.account;
    let gone = (first - begin).num_days() as f64 / (period_end(contract, first) - begin).num_days() as f64;
    let gone = Share::new(gone).expect("the first day lies in its period");
    let hours = if balance == Some(begin) { balance_hours } else { paid_hours_of(contract, first) * gone };
    // the search counts in whole minutes
    Hours::from_minutes(hours.minutes())
}

/// Whether the horizon can reach the regular hours of a long averaging period, its end, or hours that can no longer be made up.
pub(in crate::roster) fn period_binds(problem: &RosterProblem, person: &Person) -> bool {
    let contract = &person.employee.contract;
    let first = problem.horizon.first;
    let last = problem.horizon.end().pred_opt().unwrap_or(first);
    // a fortnight from a Tuesday touches three weeks, each with its own maximum
    let weeks = (week_of(last) - week_of(first)).num_weeks() + 1;
    let (before, most) = (worked_before(problem, person), contract.most_hours_week * weeks as u32);
    let reaches_end = period_end(contract, first) <= problem.horizon.end();
    is_long(contract) && (reaches_end || before + most > regular_hours_of(contract) || before < due_hours(contract, last))
}
