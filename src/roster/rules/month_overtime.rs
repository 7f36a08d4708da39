//! Overtime of a calendar month: at most `most_overtime_month` beyond the regular hours of the day and of the week.
//!
//! State: regular minutes of the week (or longer averaging period) so far in the low 16 bits, overtime minutes of the month in the high 16;
//! 0 where the limit is too far away to bind.

use super::rule::{Day, Rule, pack, unpack};
use super::terms::Terms;
use crate::roster::count::averaging_period::{ends_period, is_long, regular_hours_of, worked_before};
use crate::roster::count::regular_hours::counted;
use crate::roster::model::choice::Choice;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::time_account::TimeAccount;
use crate::units::Hours;
use chrono::Datelike;

pub(in crate::roster) struct MonthOvertime;

/// Overtime of a shift, and of the month including it.
fn overtime(state: u32, terms: &Terms, day: &Day, choice: &Choice) -> (u32, u32) {
    let regular_left = regular_hours_of(&terms.contract).minutes().saturating_sub(unpack(state).0);
    let regular = counted(&terms.contract, day.rules, choice.paid).minutes().min(regular_left);
    let beyond = choice.paid.minutes().saturating_sub(regular);
    (beyond, so_far(state, day) + beyond)
}

/// Overtime of the month before a day; that before the horizon comes from the account, whatever the date.
fn so_far(state: u32, day: &Day) -> u32 {
    if day.date.day() == 1 && day.date != day.first { 0 } else { unpack(state).1 }
}

impl Rule for MonthOvertime {
    fn enters(&self, state: u32, problem: &RosterProblem, person: &Person, terms: &Terms) -> u32 {
        if !terms.overtime_counts {
            return state;
        }
        let balance = if is_long(&terms.contract) { worked_before(problem, person).minutes() } else { unpack(state).0 };
        pack(balance, TimeAccount::overtime_before(problem, person).minutes())
    }

    fn allows(&self, state: u32, terms: &Terms, day: &Day, choice: &Choice) -> bool {
        let Some(most) = day.rules.most_overtime_month.filter(|_| terms.overtime_counts) else { return true };
        let (beyond, of_month) = overtime(state, terms, day, choice);
        beyond == 0 || of_month <= most.minutes()
    }

    fn next(&self, state: u32, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        if !terms.overtime_counts {
            return (0, Hours::ZERO);
        }
        let of_month = choice.map_or(so_far(state, day), |choice| overtime(state, terms, day, choice).1);
        let regular = choice.map_or(0, |choice| counted(&terms.contract, day.rules, choice.paid).minutes());
        let of_balance = if ends_period(&terms.contract, day.date) { 0 } else { unpack(state).0 + regular };
        (pack(of_balance, of_month), Hours::ZERO)
    }
}
