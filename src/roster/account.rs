//! What somebody has had over months of the hours and shifts that nobody likes.

use super::balance::{balance_of, is_long, worked_before};
use super::leave::leave;
use super::pay::{excused_stretches, overtime_of_past, paid_stretches};
use super::problem::{Person, RosterProblem};
use super::result::Assignment;
use super::rules::{Choice, is_late, is_night};
use crate::calendar::Calendar;
use crate::units::Hours;
use chrono::{Datelike, NaiveDate, Weekday};

/// Counts that go on from week to week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Account {
    /// The first day of the month of `overtime`, if it is known.
    pub month: Option<NaiveDate>,
    /// Hours of that month beyond the regular ones.
    pub overtime: Hours,
    /// The first day of the balance of `balance_hours`, if hours balance over a month or quarter and it is known.
    pub balance: Option<NaiveDate>,
    /// Hours worked in that balance.
    pub balance_hours: Hours,
    /// What is to be shared fairly, so far.
    pub burdens: Burdens,
}

/// What is to be shared fairly: late shifts, night shifts, Saturdays and Sundays worked, night shifts on promotion days, and paid hours
/// on public holidays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Burdens(pub [f64; 5]);

/// As files call them.
pub const BURDENS: [&str; 5] = ["late_shifts", "night_shifts", "weekend_days", "promotion_nights", "holiday_hours"];
/// What counts as one shift.
const ONE_SHIFT: [f64; 5] = [1.0, 1.0, 1.0, 1.0, 8.0];

impl Burdens {
    /// Those of a shift on a date.
    pub(super) fn of_shift(problem: &RosterProblem, date: NaiveDate, choice: &Choice) -> Self {
        let night = is_night(choice.start, choice.end);
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let [late, night, weekend, promotion] =
            [is_late(&problem.rules, date, choice.end), night, weekend, night && problem.rules.promotion_days.contains(&date)]
                .map(|holds| f64::from(u8::from(holds)));
        Self([late, night, weekend, promotion, if is_holiday(&problem.calendar, date) { choice.paid_hours } else { 0.0 }])
    }

    /// The average over some people.
    pub(super) fn average<'a>(of_people: impl Iterator<Item = &'a Self>) -> Self {
        let (mut sum, mut people) = (Self::default(), 0.0);
        for burdens in of_people {
            sum = sum.plus(burdens);
            people += 1.0;
        }
        Self(sum.0.map(|burden| burden / f64::max(people, 1.0)))
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|kind| self.0[kind] + other.0[kind]))
    }

    /// How unfair a shift's burdens are for somebody with these so far where others have `average`: for each kind the shifts she has had
    /// beyond the average, times those she would have more.
    pub(super) fn unfairness(&self, average: &Self, of_shift: &Self) -> f64 {
        let beyond = |kind: usize| ((self.0[kind] - average.0[kind]) / ONE_SHIFT[kind]).max(0.0);
        (0..BURDENS.len()).map(|kind| beyond(kind) * of_shift.0[kind] / ONE_SHIFT[kind]).sum()
    }
}

fn is_holiday(calendar: &Calendar, date: NaiveDate) -> bool {
    calendar.pay_rate(date).get() > 1.0
}

/// The first day of a date's month.
fn month_of(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

impl Account {
    /// Overtime before the horizon in the month of its first day: as the account says, else as the days known before it give.
    pub(super) fn overtime_before(problem: &RosterProblem, person: &Person) -> f64 {
        let month = month_of(problem.horizon.first);
        if person.account.month == Some(month) { person.account.overtime.get() } else { overtime_of_past(problem, person, month) }
    }

    /// A person's account at the end of the horizon, if she has worked these assignments by then.
    #[must_use]
    pub fn after(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Self {
        let last = problem.horizon.days.checked_sub(1).map_or(problem.horizon.first, |day| problem.horizon.date(day));
        let month = month_of(last);
        let before = if month == month_of(problem.horizon.first) { Self::overtime_before(problem, person) } else { 0.0 };
        let paid = paid_stretches(problem, person, assignments);
        let excused = excused_stretches(problem, person, assignments);
        let done = assignments.iter().copied().zip(&paid).chain(person.excused.iter().zip(&excused));
        let of_month = done.filter(|(assignment, _)| month_of(assignment.date) == month);
        let overtime: f64 = of_month.flat_map(|(_, stretches)| stretches).map(|stretch| stretch.overtime.get()).sum();
        let contract = &person.employee.contract;
        let balance = balance_of(contract, last);
        let done = assignments.iter().copied().chain(&person.excused);
        let in_balance = done.filter(|assignment| balance_of(contract, assignment.date) == balance);
        // paid leave counts as worked
        let on_leave = leave(problem, person, balance.max(problem.horizon.first), last).paid_hours;
        let worked: f64 = in_balance.map(|assignment| assignment.paid.get()).sum::<f64>() + on_leave;
        let carried = if balance == balance_of(contract, problem.horizon.first) { worked_before(problem, person) } else { 0.0 };
        let burdens = assignments.iter().map(|assignment| Burdens::of_shift(problem, assignment.date, &assignment.choice()));
        Self {
            month: Some(month),
            overtime: Hours::new(before + overtime).unwrap_or_default(),
            balance: is_long(contract).then_some(balance),
            balance_hours: if is_long(contract) { Hours::new(carried + worked).unwrap_or_default() } else { Hours::default() },
            burdens: burdens.fold(person.account.burdens, |sum, burdens| sum.plus(&burdens)),
        }
    }
}
