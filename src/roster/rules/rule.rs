//! A rule as an automaton over days.

use super::terms::Terms;
use crate::calendar::Calendar;
use crate::roster::model::choice::Choice;
use crate::roster::model::prices::Prices;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::rules::Rules;
use crate::units::Hours;
use chrono::NaiveDate;

/// Context of the day over which a rule steps.
#[derive(Clone, Copy, Debug)]
pub(in crate::roster) struct Day<'a> {
    pub(in crate::roster) date: NaiveDate,
    /// First day of the horizon.
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

/// A rule as an automaton over days.
pub(in crate::roster) trait Rule: Sync {
    /// State at the start of the horizon, where the days before it led to `state`.
    fn enters(&self, state: u32, _problem: &RosterProblem, _person: &Person, _terms: &Terms) -> u32 {
        state
    }

    /// Whether a state permits `choice`; a day off is always permitted.
    fn allows(&self, state: u32, terms: &Terms, day: &Day, choice: &Choice) -> bool;

    /// State after the day, and the day's pay in hours at the base rate.
    fn next(&self, state: u32, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours);
}

/// Consecutive weekends considered together.
pub(in crate::roster) const WEEKENDS: u32 = 4;

/// Packs two small numbers into one state, the first in the low 16 bits.
pub(in crate::roster) fn pack(low: u32, high: u32) -> u32 {
    low.min(LOW) | high.min(LOW) << 16
}

pub(in crate::roster) fn unpack(state: u32) -> (u32, u32) {
    (state & LOW, state >> 16)
}

const LOW: u32 = 0xffff;
