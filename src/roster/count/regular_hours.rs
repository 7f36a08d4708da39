//! Regular hours, and the rates of hours beyond them.

use super::averaging_period::{is_long, period_of, regular_hours_of, worked_before};
use crate::calendar::Calendar;
use crate::roster::model::assignment::Assignment;
use crate::roster::model::choice::Choice;
use crate::roster::model::prices::Prices;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::rules::Rules;
use crate::time::week_of;
use crate::units::{Factor, Hours};
use crate::workforce::Contract;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Paid hours of a shift weighted by their rates, after `worked` regular hours of the averaging period. Where a meal may lie before or
/// after a midnight between different rates, the cheaper case counts: the search must not overstate a cost, or its bound would fail.
pub(in crate::roster) fn weighted_hours(
    choice: &Choice,
    worked: Hours,
    contract: &Contract,
    rules: &Rules,
    prices: &Prices,
    calendar: &Calendar,
) -> Hours {
    let limits = Limits::of(worked, contract, rules);
    let first_day = choice.start.date();
    let [date, next] = [first_day, first_day + chrono::Days::new(1)].map(|date| calendar.pay_rate(date));
    let paid = choice.paid;
    // all hours on the costlier side of midnight cost more, so one of the extremes is cheapest
    let weighted = |before: Hours| {
        let [day, balance] = [limits.day, limits.balance].map(|limit| limit.unwrap_or(paid));
        let mut cuts = [Hours::ZERO, before, day, balance, paid].map(|cut| cut.min(paid));
        cuts.sort_by(Hours::total_cmp);
        let of_date = |from: Hours| if reaches(from, before) { next } else { date };
        let rate = |from: Hours| of_date(from).max(limits.rate(from, prices));
        cuts.windows(2).filter(|pair| pair[1] > pair[0]).map(|pair| pair[1].beyond(pair[0]) * rate(pair[0])).sum::<Hours>()
    };
    let [least, most] = choice.paid_first_day.map(weighted);
    least.min(most)
}

/// Tolerance of comparisons for rounding.
pub(in crate::roster) const ROUNDING: Hours = Hours::constant(1e-9);

/// Whether hours come up to a limit.
pub(in crate::roster) fn reaches(hours: Hours, limit: Hours) -> bool {
    hours + ROUNDING >= limit
}

/// Paid hours of a shift after which regular hours end; `None` where that is not within the shift.
#[derive(Clone, Copy, Debug)]
pub(in crate::roster) struct Limits {
    /// Limit of the day.
    pub(in crate::roster) day: Option<Hours>,
    /// Limit of the week, or of a longer averaging period.
    pub(in crate::roster) balance: Option<Hours>,
    /// Whether the averaging period is longer than a week.
    pub(in crate::roster) is_long: bool,
}

impl Limits {
    /// Limits of a shift after `worked` regular hours of its averaging period.
    pub(in crate::roster) fn of(worked: Hours, contract: &Contract, rules: &Rules) -> Self {
        let left = regular_hours_of(contract).beyond(worked);
        if is_long(contract) {
            return Self { day: None, balance: Some(left), is_long: true };
        }
        let day = rules.regular_hours_day;
        Self { day: Some(day), balance: (!reaches(left, day)).then_some(left), is_long: false }
    }

    /// Paid hours after which overtime begins.
    pub(in crate::roster) fn first(&self) -> Option<Hours> {
        self.day.into_iter().chain(self.balance).reduce(Hours::min)
    }

    /// Rate of an hour that follows `paid_before` paid hours of its shift, holidays aside.
    pub(in crate::roster) fn rate(&self, paid_before: Hours, prices: &Prices) -> Factor {
        let beyond = |limit: Option<Hours>| limit.is_some_and(|limit| reaches(paid_before, limit));
        let of_day = if beyond(self.day) { prices.overtime } else { Factor::ONE };
        let of_balance = match (beyond(self.balance), self.is_long) {
            (false, _) => Factor::ONE,
            (true, true) => prices.overtime,
            (true, false) => prices.rest_day,
        };
        of_day.max(of_balance)
    }
}

/// Regular hours used in each averaging period, by its first day, from the past and the assignments.
pub(in crate::roster) fn regular_hours(
    problem: &RosterProblem,
    person: &Person,
    assignments: &[&Assignment],
) -> BTreeMap<NaiveDate, Hours> {
    let contract = &person.employee.contract;
    let mut balances: BTreeMap<NaiveDate, Hours> = BTreeMap::new();
    if is_long(contract) {
        balances.insert(period_of(contract, problem.horizon.first), worked_before(problem, person));
    } else {
        let past = past_days(person).into_iter();
        past.for_each(|(date, paid)| *balances.entry(week_of(date)).or_default() += counted(contract, &problem.rules, paid));
    }
    for assignment in assignments {
        *balances.entry(period_of(contract, assignment.date)).or_default() += counted(contract, &problem.rules, assignment.paid);
    }
    balances
}

/// Paid hours of each day before the horizon.
pub(in crate::roster) fn past_days(person: &Person) -> BTreeMap<NaiveDate, Hours> {
    let mut days: BTreeMap<NaiveDate, Hours> = BTreeMap::new();
    person.past.iter().for_each(|duty| *days.entry(duty.date).or_default() += duty.paid);
    days
}

/// Paid hours of a shift that count towards the regular hours of its averaging period, in whole minutes as in the search.
pub(in crate::roster) fn counted(contract: &Contract, rules: &Rules, paid: Hours) -> Hours {
    let regular = if is_long(contract) { paid } else { paid.min(rules.regular_hours_day) };
    Hours::from_minutes(regular.minutes())
}

/// Overtime on known days before the horizon, from a date on.
pub(in crate::roster) fn overtime_of_past(problem: &RosterProblem, person: &Person, from: NaiveDate) -> Hours {
    // of a long averaging period only the total is known
    if is_long(&person.employee.contract) {
        return Hours::ZERO;
    }
    let mut regular_of_week: BTreeMap<NaiveDate, Hours> = BTreeMap::new();
    let mut overtime = Hours::ZERO;
    let contract = &person.employee.contract;
    for (date, paid) in past_days(person) {
        let worked = regular_of_week.entry(week_of(date)).or_default();
        let beyond = Limits::of(*worked, contract, &problem.rules).first().map_or(Hours::ZERO, |limit| paid.beyond(limit));
        *worked += counted(contract, &problem.rules, paid);
        overtime += if date >= from { beyond } else { Hours::ZERO };
    }
    overtime
}
