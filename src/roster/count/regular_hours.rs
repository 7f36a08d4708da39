//! Regular hours, and the rates of hours beyond them.

use super::averaging_period::{is_long, period_of, regular_hours_of, worked_before};
use crate::calendar::Calendar;
use crate::roster::model::assignment::Assignment;
use crate::roster::model::choice::Choice;
use crate::roster::model::prices::Prices;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::rules::Rules;
use crate::time::week_of;
use crate::units::Factor;
use crate::workforce::Contract;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Paid hours of a shift weighted by their rates, after `worked` regular hours of the averaging period. Where a meal may lie before or
/// after a midnight between different rates, the cheaper case counts: the search must not overstate a cost, or its bound would fail.
pub(in crate::roster) fn weighted_hours(
    choice: &Choice,
    worked: f64,
    contract: &Contract,
    rules: &Rules,
    prices: &Prices,
    calendar: &Calendar,
) -> f64 {
    let limits = Limits::of(worked, contract, rules);
    let first_day = choice.start.date();
    let [date, next] = [first_day, first_day + chrono::Days::new(1)].map(|date| calendar.pay_rate(date));
    let paid = choice.paid_hours;
    // all hours on the costlier side of midnight cost more, so one of the extremes is cheapest
    let weighted = |before: f64| {
        let mut cuts = [0.0, before, limits.day, limits.balance, paid].map(|cut| cut.clamp(0.0, paid));
        cuts.sort_by(f64::total_cmp);
        let rate = |from: f64| highest(if from + 1e-9 < before { date } else { next }, limits.rate(from, prices)).get();
        cuts.windows(2).filter(|pair| pair[1] > pair[0]).map(|pair| (pair[1] - pair[0]) * rate(pair[0])).sum::<f64>()
    };
    let [least, most] = choice.paid_first_day.map(weighted);
    least.min(most)
}

/// Paid hours of a shift after which regular hours end; infinite where that is not within the shift.
#[derive(Clone, Copy, Debug)]
pub(in crate::roster) struct Limits {
    /// Limit of the day.
    pub(in crate::roster) day: f64,
    /// Limit of the week, or of a longer averaging period.
    pub(in crate::roster) balance: f64,
    /// Whether the averaging period is longer than a week.
    pub(in crate::roster) is_long: bool,
}

impl Limits {
    /// Limits of a shift after `worked` regular hours of its averaging period.
    pub(in crate::roster) fn of(worked: f64, contract: &Contract, rules: &Rules) -> Self {
        let left = (regular_hours_of(contract) - worked).max(0.0);
        if is_long(contract) {
            return Self { day: f64::INFINITY, balance: left, is_long: true };
        }
        let day = rules.regular_hours_day.get();
        Self { day, balance: if left + 1e-9 < day { left } else { f64::INFINITY }, is_long: false }
    }

    /// Paid hours after which overtime begins.
    pub(in crate::roster) fn first(&self) -> f64 {
        self.day.min(self.balance)
    }

    /// Rate of an hour that follows `paid_before` paid hours of its shift, holidays aside.
    pub(in crate::roster) fn rate(&self, paid_before: f64, prices: &Prices) -> Factor {
        let beyond = |limit: f64| paid_before + 1e-9 >= limit;
        let of_day = if beyond(self.day) { prices.overtime } else { Factor::ONE };
        let of_balance = match (beyond(self.balance), self.is_long) {
            (false, _) => Factor::ONE,
            (true, true) => prices.overtime,
            (true, false) => prices.rest_day,
        };
        highest(of_day, of_balance)
    }
}

pub(in crate::roster) fn highest(a: Factor, b: Factor) -> Factor {
    if a > b { a } else { b }
}

/// Regular hours used in each averaging period, by its first day, from the past and the assignments.
pub(in crate::roster) fn regular_hours(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> BTreeMap<NaiveDate, f64> {
    let contract = &person.employee.contract;
    let mut balances = BTreeMap::new();
    if is_long(contract) {
        balances.insert(period_of(contract, problem.horizon.first), worked_before(problem, person));
    } else {
        let past = past_days(person).into_iter();
        past.for_each(|(date, paid)| *balances.entry(week_of(date)).or_default() += counted(contract, &problem.rules, paid));
    }
    for assignment in assignments {
        *balances.entry(period_of(contract, assignment.date)).or_default() += counted(contract, &problem.rules, assignment.paid.get());
    }
    balances
}

/// Paid hours of each day before the horizon.
pub(in crate::roster) fn past_days(person: &Person) -> BTreeMap<NaiveDate, f64> {
    let mut days = BTreeMap::new();
    person.past.iter().for_each(|duty| *days.entry(duty.date).or_default() += duty.paid_hours);
    days
}

/// Paid hours of a shift that count towards the regular hours of its averaging period, in whole minutes as in the search.
pub(in crate::roster) fn counted(contract: &Contract, rules: &Rules, paid: f64) -> f64 {
    let regular = if is_long(contract) { paid } else { paid.min(rules.regular_hours_day.get()) };
    (regular * 60.0).round() / 60.0
}

/// Overtime on known days before the horizon, from a date on.
pub(in crate::roster) fn overtime_of_past(problem: &RosterProblem, person: &Person, from: NaiveDate) -> f64 {
    // of a long averaging period only the total is known
    if is_long(&person.employee.contract) {
        return 0.0;
    }
    let mut regular_of_week: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    let mut overtime = 0.0;
    let contract = &person.employee.contract;
    for (date, paid) in past_days(person) {
        let worked = regular_of_week.entry(week_of(date)).or_default();
        let beyond = (paid - Limits::of(*worked, contract, &problem.rules).first()).max(0.0);
        *worked += counted(contract, &problem.rules, paid);
        overtime += if date >= from { beyond } else { 0.0 };
    }
    overtime
}
