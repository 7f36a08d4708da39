//! The catalogue of rules: one file a rule.
//!
//! A rule of a person's week is a small automaton over days. Its state says all that the days so far mean for the days to come;
//! a step either forbids a choice or gives the next state and what it costs. The search over whole tours walks the product of
//! all automata, the days before the horizon are walked first, and so one text serves search, carried-over state and bound.
//! Two kinds of rules are no automata: rest between shifts, which the search keeps by itself, and what concerns one person on one
//! day, which has a price. The independent checker (`check`) counts the same rules on dates and shares nothing with this folder but
//! the numbers.

mod days_off_running;
mod days_running;
mod free_weekends;
mod late_shifts;
mod month_overtime;
mod nights;
mod requests;
mod rest;
mod rest_days;
mod shift_fit;
mod start_change;
mod successions;
mod terms;
mod week_hours;
mod weekend;

pub(super) use requests::{dislike, refused};
pub use shift_fit::may_work;
pub(super) use terms::{Terms, TermsRules};

use super::problem::{Person, Prices, RosterProblem};
use crate::calendar::Calendar;
use crate::time::{ClockTime, DAY_MINUTES, week_of};
use crate::units::{Hours, Share};
use chrono::{NaiveDate, NaiveDateTime};

/// The numbers of the rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Rest between two shifts.
    pub rest: Hours,
    /// Days worked running, at most.
    pub most_days_running: u32,
    /// Late shifts a week (Monday to Sunday), at most.
    pub most_late_shifts_week: u32,
    /// A shift that ends after this clock time (or the next day) is late.
    pub late_after: ClockTime,
    /// Of the days of a week (Monday to Sunday), this many are free.
    pub rest_days_week: u32,
    /// In every two weeks running at least one Saturday or Sunday is free.
    pub weekend_day_off_in_two_weeks: bool,
    /// Of any four weekends running this many are wholly free: 0 to 3.
    pub free_weekends_in_four: u32,
    /// Hours a day beyond which is overtime.
    pub regular_hours_day: Hours,
    /// Night shifts a week (Monday to Sunday), at most.
    pub most_nights_week: u32,
    /// Hours a calendar month beyond the regular ones, at most.
    pub most_overtime_month: Option<Hours>,
    /// By how much the start may move from one day to the next.
    pub most_start_change: Option<Hours>,
    /// Pairs of shifts, by code, that must not follow one another on two days running.
    pub forbidden_successions: Vec<(String, String)>,
    /// In every week (Monday to Sunday) two days off follow one another.
    pub two_days_off_running: bool,
    /// The share of a new hire's hours that her mentor should be at work with her.
    pub mentor_share: Option<Share>,
    /// The share of a group's hours that its leader should be at work with it.
    pub leader_share: Option<Share>,
    /// Days on which promotion shifts may be worked.
    pub promotion_days: Vec<NaiveDate>,
    /// Notice of a change: a repair leaves shifts as they are that begin within so many hours, and gives no new one then.
    pub notice: Hours,
}

/// Weekends that are looked at together.
pub(super) const WEEKENDS: u32 = 4;

/// Shifts a week that nobody can reach: no limit.
pub const NO_LIMIT: u32 = 7;

/// A shift that a person could work on a day of the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its code.
    pub shift: String,
    /// When it starts.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Paid hours.
    pub paid_hours: f64,
    /// Of these, hours before its first midnight, at least and at most (meals may lie on either side of it).
    pub paid_first_day: [f64; 2],
    /// Whether the day after must be free.
    pub next_day_off: bool,
}

/// What a rule must know of the day it steps over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day<'a> {
    pub(super) date: NaiveDate,
    /// The first day of the horizon.
    pub(super) first: NaiveDate,
    /// Whether it is the last day of the horizon.
    pub(super) is_last: bool,
    pub(super) calendar: &'a Calendar,
    pub(super) rules: &'a Rules,
    pub(super) prices: &'a Prices,
}

impl<'a> Day<'a> {
    pub(super) fn of(problem: &'a RosterProblem, date: NaiveDate) -> Self {
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

/// All that past days mean for the future, one number a rule.
pub(super) type State = [u32; CATALOGUE.len()];

/// Two small numbers of one state: the first in the low 16 bits.
fn pack(low: u32, high: u32) -> u32 {
    low.min(LOW) | high.min(LOW) << 16
}

fn unpack(state: u32) -> (u32, u32) {
    (state & LOW, state >> 16)
}

const LOW: u32 = 0xffff;

fn minutes(hours: f64) -> u32 {
    (hours * 60.0).round() as u32
}

/// A rule as an automaton.
pub(super) trait Rule: Sync {
    /// The state in which a person enters the horizon, where the days before it led to `state`.
    fn enters(&self, state: u32, _problem: &RosterProblem, _person: &Person, _terms: &Terms) -> u32 {
        state
    }

    /// Whether a person in a state may work `choice`; a day off is always allowed.
    fn allows(&self, state: u32, terms: &Terms, day: &Day, choice: &Choice) -> bool;

    /// The state after the day and the hours, at the base rate, that the day is paid.
    fn next(&self, state: u32, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, f64);
}

const CATALOGUE: [&dyn Rule; 11] = [
    &month_overtime::MonthOvertime,
    &days_running::DaysRunning,
    &late_shifts::LateShifts,
    &nights::Nights,
    &week_hours::WeekHours,
    &rest_days::RestDays,
    &days_off_running::DaysOffRunning,
    &weekend::WeekendDayOff,
    &free_weekends::FreeWeekends,
    &start_change::StartChange,
    &successions::Successions,
];

/// One day further under all rules at once: the state and the paid hours, or `None` if a rule forbids the choice.
fn step(state: State, terms: &Terms, day: &Day, choice: Option<&Choice>) -> Option<(State, f64)> {
    let allowed = |choice: &Choice| CATALOGUE.iter().zip(state).all(|(rule, state)| rule.allows(state, terms, day, choice));
    if choice.is_some_and(|choice| !allowed(choice)) {
        return None;
    }
    Some(advance(state, terms, day, choice))
}

fn advance(state: State, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (State, f64) {
    let mut next = state;
    let mut paid = 0.0;
    for (rule, state) in CATALOGUE.iter().zip(&mut next) {
        let (after, hours) = rule.next(*state, terms, day, choice);
        *state = after;
        paid += hours;
    }
    (next, paid)
}

/// The state in which the days before the horizon leave a person, whether or not they kept the rules, and the earliest start of her
/// next shift in minutes after the first day's midnight.
pub(super) fn state_before(problem: &RosterProblem, person: &Person, terms: &Terms) -> (State, u32) {
    let (mut state, mut ready) = (State::default(), 0_u32);
    let first = problem.horizon.first;
    let start = person.past.iter().map(|duty| duty.date).min().map_or(first, |start| start.min(first)).min(week_of(first));
    for date in start.iter_days().take_while(|date| *date < first) {
        let day = Day::of(problem, date);
        let choice = past_choice(person, date);
        state = advance(state, terms, &day, choice.as_ref()).0;
        ready = choice.map_or(ready.saturating_sub(DAY_MINUTES), |choice| rest::ready(&day, &choice, terms.zone.as_ref()));
    }
    for (rule, state) in CATALOGUE.iter().zip(&mut state) {
        *state = rule.enters(*state, problem, person, terms);
    }
    (state, ready)
}

/// What was worked on a past date, two shifts taken as one.
fn past_choice(person: &Person, date: NaiveDate) -> Option<Choice> {
    let duties = || person.past.iter().filter(|duty| duty.date == date);
    Some(Choice {
        shift: duties().next_back()?.shift.clone(),
        start: duties().map(|duty| duty.start).min()?,
        end: duties().map(|duty| duty.end).max()?,
        paid_hours: duties().map(|duty| duty.paid_hours).sum(),
        // what the past cost is nobody's question any more
        paid_first_day: [duties().map(|duty| duty.paid_hours).sum(); 2],
        next_day_off: false,
    })
}

/// Whether a shift counts as late.
#[must_use]
pub fn is_late(rules: &Rules, date: NaiveDate, end: NaiveDateTime) -> bool {
    end > rules.late_after.on(date)
}

/// Whether at least two hours of a stretch lie between 22:00 and 06:00.
#[must_use]
pub fn is_night(start: NaiveDateTime, end: NaiveDateTime) -> bool {
    let clock = |hour: u32| ClockTime::from_minutes(hour * 60).unwrap_or(ClockTime::MIDNIGHT);
    let nights = start.date().iter_days().take(2).flat_map(|date| {
        let morning = (ClockTime::MIDNIGHT.on(date), clock(6).on(date));
        let evening = (clock(22).on(date), ClockTime::DAY_END.on(date));
        [morning, evening]
    });
    let minutes: i64 = nights.map(|(from, to)| (end.min(to) - start.max(from)).num_minutes().max(0)).sum();
    minutes >= 120
}
