//! A rule as an automaton over days.

use super::terms::Terms;
use crate::calendar::Calendar;
use crate::roster::model::choice::Choice;
use crate::roster::model::problem::{Person, Prices, RosterProblem};
use crate::roster::model::rules::Rules;
use chrono::NaiveDate;

/// What a rule must know of the day it steps over.
#[derive(Clone, Copy, Debug)]
pub(in crate::roster) struct Day<'a> {
    pub(in crate::roster) date: NaiveDate,
    /// The first day of the horizon.
    pub(in crate::roster) first: NaiveDate,
    /// Whether it is the last day of the horizon.
    pub(in crate::roster) is_last: bool,
    pub(in crate::roster) calendar: &'a Calendar,
    pub(in crate::roster) rules: &'a Rules,
    pub(in crate::roster) prices: &'a Prices,
}

impl<'a> Day<'a> {
    pub(in crate::roster) fn of(problem: &'a RosterProblem, date: NaiveDate) -> Self {
        Self {
            date,
            first: problem.horizon.first,
            is_last: date.succ_opt() == Some(problem.horizon.end()),
            calendar: &problem.calendar,
            rules: &problem.rules,
            prices: &problem.prices,
        }
    }
}

/// A rule as an automaton.
pub(in crate::roster) trait Rule: Sync {
    /// The state in which a person enters the horizon, where the days before it led to `state`.
    fn enters(&self, state: u32, _problem: &RosterProblem, _person: &Person, _terms: &Terms) -> u32 {
        state
    }

    /// Whether a person in a state may work `choice`; a day off is always allowed.
    fn allows(&self, state: u32, terms: &Terms, day: &Day, choice: &Choice) -> bool;

    /// The state after the day and the hours, at the base rate, that the day is paid.
    fn next(&self, state: u32, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, f64);
}

/// Weekends that are looked at together.
pub(in crate::roster) const WEEKENDS: u32 = 4;

/// Two small numbers of one state: the first in the low 16 bits.
pub(in crate::roster) fn pack(low: u32, high: u32) -> u32 {
    low.min(LOW) | high.min(LOW) << 16
}

pub(in crate::roster) fn unpack(state: u32) -> (u32, u32) {
    (state & LOW, state >> 16)
}

const LOW: u32 = 0xffff;

pub(in crate::roster) fn minutes(hours: f64) -> u32 {
    (hours * 60.0).round() as u32
}
