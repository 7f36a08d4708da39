//! What work is paid: each hour at the highest of its rates.
//!
//! An hour beyond the regular ones of a day has the overtime rate, one beyond the regular ones of a week (work on a rest day) the
//! rest-day rate, one on a public holiday (by clock) the holiday's rate; rates do not add up. A contract's paid hours are paid
//! whether worked or not, in proportion to the days of the week that are planned. Under comprehensive hours there are regular hours of a
//! month or a quarter instead, and beyond them the overtime rate.

use super::balance::{balance_of, due_hours, ends_balance, is_long, regular_hours_of, worked_before};
use super::problem::{Person, Prices, RosterProblem};
use super::result::{Assignment, Roster};
use super::rules::{Choice, Rules, Terms};
use crate::calendar::Calendar;
use crate::time::week_of;
use crate::units::{Factor, Hours};
use crate::workforce::Contract;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// Paid hours of a shift, each weighted with its rate, after `worked` regular hours of the week. The search does not know where
/// meals lie, so hours before and after a midnight between different rates are in proportion to the clock.
pub(super) fn weighted_hours(
    choice: &Choice,
    worked: f64,
    contract: &Contract,
    rules: &Rules,
    prices: &Prices,
    calendar: &Calendar,
) -> f64 {
    let borders = borders(worked, contract, rules);
    let span = (choice.end - choice.start).num_minutes().max(1) as f64;
    let midnight = (choice.start.date() + chrono::Days::new(1)).and_time(chrono::NaiveTime::MIN).min(choice.end);
    let before = choice.paid_hours * (midnight - choice.start).num_minutes() as f64 / span;
    let mut cuts = [0.0, before, borders[0], borders[1], choice.paid_hours].map(|cut| cut.clamp(0.0, choice.paid_hours));
    cuts.sort_by(f64::total_cmp);
    let rate = |from: f64| {
        let date = if from + 1e-9 < before { choice.start.date() } else { midnight.date() };
        highest(calendar.pay_rate(date), premium(from, &borders, prices)).get()
    };
    cuts.windows(2).filter(|pair| pair[1] > pair[0]).map(|pair| (pair[1] - pair[0]) * rate(pair[0])).sum()
}

/// Paid hours of a shift after which the rest-day rate and the overtime rate begin; where hours balance over a month or quarter, the
/// overtime rate at once.
fn borders(worked: f64, contract: &Contract, rules: &Rules) -> [f64; 2] {
    let day = rules.regular_hours_day.get();
    let left = (regular_hours_of(contract) - worked).max(0.0);
    if is_long(contract) { [left, left] } else { [left.min(day), day] }
}

/// The rate of an hour after so many paid hours of its shift, holidays aside.
fn premium(paid_before: f64, borders: &[f64; 2], prices: &Prices) -> Factor {
    let passed = borders.iter().filter(|&&border| paid_before + 1e-9 >= border).count();
    [Factor::ONE, prices.rest_day, prices.overtime][passed]
}

fn highest(a: Factor, b: Factor) -> Factor {
    if a > b { a } else { b }
}

/// The contract's paid hours for the days of a week from Monday (or the horizon's first day, if nothing is known of the days
/// before) to `last`; where hours balance over a month or quarter, what must have been worked of it by then.
pub(super) fn guaranteed_hours(terms: &Terms, last: NaiveDate, horizon_first: NaiveDate) -> f64 {
    if is_long(&terms.contract) {
        return due_hours(&terms.contract, last);
    }
    let monday = week_of(last);
    let from = if terms.known_before { monday } else { monday.max(horizon_first) };
    let days = (last - from).num_days() + 1;
    terms.contract.paid_hours_week.get() * days as f64 / 7.0
}

/// Each day on which a balance is settled: its last, and the horizon's last.
fn settlements<'a>(problem: &'a RosterProblem, contract: &'a Contract) -> impl Iterator<Item = NaiveDate> + 'a {
    let last = problem.horizon.days.checked_sub(1).map(|day| problem.horizon.date(day));
    problem.horizon.dates().filter(move |date| ends_balance(contract, *date) || Some(*date) == last)
}

/// Hours that are paid to a person over the horizon whatever the roster.
pub(super) fn guaranteed_total(problem: &RosterProblem, person: &Person) -> f64 {
    let (past, terms) = (regular_hours(problem, person, &[]), Terms::of(problem, person));
    let contract = &person.employee.contract;
    let left = |last: NaiveDate| {
        (guaranteed_hours(&terms, last, problem.horizon.first) - past.get(&balance_of(contract, last)).copied().unwrap_or(0.0)).max(0.0)
    };
    settlements(problem, contract).map(left).sum()
}

/// Hours that are paid to a person though nothing was worked for them.
#[must_use]
pub fn idle_hours(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> f64 {
    let done: Vec<&Assignment> = assignments.iter().copied().chain(&person.excused).collect();
    let (worked, terms) = (regular_hours(problem, person, &done), Terms::of(problem, person));
    let contract = &person.employee.contract;
    let most = regular_hours_of(contract);
    let left = |last: NaiveDate| {
        let worked = worked.get(&balance_of(contract, last)).copied().unwrap_or(0.0).min(most);
        (guaranteed_hours(&terms, last, problem.horizon.first) - worked).max(0.0)
    };
    settlements(problem, contract).map(left).sum()
}

/// Hours of each balance that count against its regular ones, by its first day: those of the past and of the assignments.
fn regular_hours(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> BTreeMap<NaiveDate, f64> {
    let contract = &person.employee.contract;
    let mut balances = BTreeMap::new();
    if is_long(contract) {
        balances.insert(balance_of(contract, problem.horizon.first), worked_before(problem, person));
    } else {
        let past = person.past.iter().map(|duty| (duty.date, duty.paid_hours));
        past.for_each(|(date, paid)| *balances.entry(week_of(date)).or_default() += counted(contract, &problem.rules, paid));
    }
    for assignment in assignments {
        *balances.entry(balance_of(contract, assignment.date)).or_default() += counted(contract, &problem.rules, assignment.paid.get());
    }
    balances
}

/// The paid hours of a shift that count against the regular ones of its balance.
pub(super) fn counted(contract: &Contract, rules: &Rules, paid: f64) -> f64 {
    if is_long(contract) { paid } else { paid.min(rules.regular_hours_day.get()) }
}

/// Hours beyond the regular ones of the days known before the horizon, from a date on.
pub(super) fn overtime_of_past(problem: &RosterProblem, person: &Person, from: NaiveDate) -> f64 {
    // of a long balance nothing but its sum is known
    if is_long(&person.employee.contract) {
        return 0.0;
    }
    let mut regular_of_week: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    let mut overtime = 0.0;
    for duty in &person.past {
        let worked = regular_of_week.entry(week_of(duty.date)).or_default();
        let beyond = (duty.paid_hours - borders(*worked, &person.employee.contract, &problem.rules)[0]).max(0.0);
        *worked += duty.paid_hours.min(problem.rules.regular_hours_day.get());
        overtime += if duty.date >= from { beyond } else { 0.0 };
    }
    overtime
}

/// A stretch of an assignment in which one thing is done at one pay rate.
#[derive(Clone, Debug, PartialEq)]
pub struct PaidStretch {
    /// When it starts.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Paid hours in it.
    pub paid: Hours,
    /// Of these, hours beyond the regular ones.
    pub overtime: Hours,
    /// The multiple of the base rate.
    pub rate: Factor,
    /// What is done in it away from the desk.
    pub activity: Option<String>,
}

/// What a person's assignments are paid, stretch by stretch: public holidays by clock hour, beyond the regular hours of a day
/// at the overtime rate, beyond those of a week at the rest-day rate. One list for each assignment, in their order.
#[must_use]
pub fn paid_stretches(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Vec<PaidStretch>> {
    let contract = &person.employee.contract;
    let mut regular = regular_hours(problem, person, &[]);
    assignments
        .iter()
        .map(|assignment| {
            let worked = regular.entry(balance_of(contract, assignment.date)).or_default();
            let borders = borders(*worked + excused_before(problem, person, assignment.date), contract, &problem.rules);
            *worked += counted(contract, &problem.rules, assignment.paid.get());
            split(assignment, &borders, &problem.calendar, &problem.prices)
        })
        .collect()
}

/// What the shifts are paid that a person is excused from, as though she had worked them beside her assignments.
#[must_use]
pub fn excused_stretches(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<PaidStretch> {
    let contract = &person.employee.contract;
    let past = regular_hours(problem, person, &[]);
    let stretches = person.excused.iter().flat_map(|excused| {
        let balance = balance_of(contract, excused.date);
        let before = |of: &&&Assignment| of.date < excused.date && balance_of(contract, of.date) == balance;
        let worked: f64 = assignments.iter().filter(before).map(|of| counted(contract, &problem.rules, of.paid.get())).sum();
        let worked = worked + past.get(&balance).copied().unwrap_or(0.0) + excused_before(problem, person, excused.date);
        split(excused, &borders(worked, contract, &problem.rules), &problem.calendar, &problem.prices)
    });
    stretches.collect()
}

/// Hours of shifts a person is excused from that count against the regular ones of a date's balance before that date.
fn excused_before(problem: &RosterProblem, person: &Person, date: NaiveDate) -> f64 {
    let contract = &person.employee.contract;
    let balance = balance_of(contract, date);
    let before = person.excused.iter().filter(|excused| excused.date < date && balance_of(contract, excused.date) == balance);
    before.map(|excused| counted(contract, &problem.rules, excused.paid.get())).sum()
}

/// Hours of a person in a roster beyond the regular ones.
#[must_use]
pub fn overtime_hours(problem: &RosterProblem, person: &Person, roster: &Roster) -> f64 {
    let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
    paid_stretches(problem, person, &assignments).into_iter().flatten().map(|stretch| stretch.overtime.get()).sum()
}

/// What a person is paid for her assignments and for guaranteed hours that are not worked, in the plan's currency.
#[must_use]
pub fn pay(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> f64 {
    let excused = excused_stretches(problem, person, assignments);
    let stretches = paid_stretches(problem, person, assignments).into_iter().flatten().chain(excused);
    let rated: f64 = stretches.map(|stretch| stretch.paid.get() * stretch.rate.get()).sum();
    (rated + idle_hours(problem, person, assignments)) * person.employee.pay.get()
}

/// Cuts a shift where its pay rate changes, after so many paid hours (`borders`) and at midnight before or after a holiday, and where
/// something else is done.
fn split(assignment: &Assignment, borders: &[f64; 2], calendar: &Calendar, prices: &Prices) -> Vec<PaidStretch> {
    let mut cuts = vec![assignment.start, assignment.end];
    cuts.extend(assignment.start.date().iter_days().skip(1).take(2).map(|date| date.and_time(chrono::NaiveTime::MIN)));
    cuts.extend(borders.iter().map(|&hours| moment_after(assignment, hours)));
    cuts.extend(assignment.occupations.iter().flat_map(|occupation| [occupation.start, occupation.end]));
    cuts.retain(|cut| (assignment.start..=assignment.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut stretches: Vec<PaidStretch> = Vec::new();
    let mut paid_before = 0.0;
    for pair in cuts.windows(2) {
        let paid = paid_between(assignment, pair[0], pair[1]);
        let premium = premium(paid_before, borders, prices);
        let rate = highest(calendar.pay_rate(pair[0].date()), premium);
        let overtime = if paid_before + 1e-9 >= borders[0] { paid } else { 0.0 };
        let now = assignment.occupations.iter().find(|occupation| occupation.overlaps(pair[0], pair[1]));
        let activity = now.map(|occupation| occupation.activity.clone());
        paid_before += paid;
        match stretches.last_mut() {
            Some(last) if last.rate == rate && !begins_or_ends(assignment, pair[0]) && (last.overtime.get() > 0.0) == (overtime > 0.0) => {
                last.end = pair[1];
                last.paid += hours(paid);
                last.overtime += hours(overtime);
            }
            _ => {
                stretches.push(PaidStretch { start: pair[0], end: pair[1], paid: hours(paid), overtime: hours(overtime), rate, activity });
            }
        }
    }
    stretches
}

/// Whether something that is not done at the desk begins or ends at a moment.
fn begins_or_ends(assignment: &Assignment, moment: NaiveDateTime) -> bool {
    assignment.occupations.iter().any(|occupation| occupation.start == moment || occupation.end == moment)
}

fn hours(hours: f64) -> Hours {
    Hours::new(hours.max(0.0)).unwrap_or_default()
}

/// Paid hours of a shift between two moments: all but its meals.
fn paid_between(assignment: &Assignment, from: NaiveDateTime, to: NaiveDateTime) -> f64 {
    let inside = |start: NaiveDateTime, end: NaiveDateTime| (end.min(to) - start.max(from)).num_minutes().max(0);
    let meals: i64 = assignment.meals.iter().map(|meal| inside(meal.start, meal.end())).sum();
    pace(assignment) * (inside(assignment.start, assignment.end) - meals) as f64 / 60.0
}

/// Paid hours for an hour that is no meal: 1, but for shifts of a reserve that are paid in part.
fn pace(assignment: &Assignment) -> f64 {
    let meals: i64 = assignment.meals.iter().map(|meal| i64::from(meal.minutes)).sum();
    let hours = ((assignment.end - assignment.start).num_minutes() - meals).max(1) as f64 / 60.0;
    assignment.paid.get() / hours
}

/// The moment at which so many paid hours of a shift are done.
fn moment_after(assignment: &Assignment, hours: f64) -> NaiveDateTime {
    let mut moment = assignment.start + TimeDelta::minutes((hours / pace(assignment).max(1e-3) * 60.0).round() as i64);
    for meal in &assignment.meals {
        if meal.start < moment {
            moment += TimeDelta::minutes(i64::from(meal.minutes));
        }
    }
    moment
}
