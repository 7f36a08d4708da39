//! Terms of a person: all that the rules over days depend on.

use crate::roster::count::averaging_period::{is_long, period_binds};
use crate::roster::count::guarantee::Guarantee;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::time_account::TimeAccount;
use crate::workforce::Contract;
use crate::zone::{Clocks, Zone};

/// Terms of a person under the rules over days; people on equal terms share one graph of tours.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Terms {
    pub(in crate::roster) contract: Contract,
    /// Clocks other than the desk's, which have their own copies of the shifts.
    pub(in crate::roster) clocks: Option<Clocks>,
    /// Time zone that sets the elapsed length of shifts.
    pub(in crate::roster) zone: Option<Zone>,
    /// Whether overtime is forbidden.
    pub(in crate::roster) no_overtime: bool,
    /// Whether the monthly overtime limit is near enough to bind.
    pub(in crate::roster) overtime_counts: bool,
    /// Whether the hours worked in the averaging period matter.
    pub(in crate::roster) balance_counts: bool,
    /// Hours paid whether worked or not.
    pub(in crate::roster) guarantee: Guarantee,
}

impl Terms {
    pub(in crate::roster) fn of(problem: &RosterProblem, person: &Person) -> Self {
        let guarantee = Guarantee::of(problem, person);
        Self {
            contract: person.employee.contract.clone(),
            clocks: person.employee.clocks().cloned(),
            zone: person.zone.clone(),
            no_overtime: person.employee.protection.no_overtime,
            overtime_counts: problem
                .rules
                .most_overtime_month
                .is_some_and(|most| TimeAccount::overtime_before(problem, person) + most_overtime(problem, person) > most.get() + 1e-9),
            balance_counts: !is_long(&person.employee.contract) || guarantee.has_leave() || period_binds(problem, person),
            guarantee,
        }
    }
}

/// Upper bound on a person's overtime over the horizon, other rules aside.
fn most_overtime(problem: &RosterProblem, person: &Person) -> f64 {
    let contract = &person.employee.contract;
    let weeks = (problem.horizon.days.div_ceil(7) + 1) as f64;
    if is_long(contract) {
        // once its regular hours are full, every hour is overtime
        return if period_binds(problem, person) { contract.most_hours_week.get() * weeks } else { 0.0 };
    }
    let longest = problem.shifts.iter().map(|shift| shift.paid.get()).fold(0.0, f64::max);
    // a night on which clocks go back is an hour longer
    let longest = (longest + f64::from(u8::from(person.zone.is_some()))).min(contract.most_hours_day.get());
    let of_day = (longest - problem.rules.regular_hours_day.get()).max(0.0);
    let of_week = (contract.most_hours_week.get() - contract.regular_hours_week.get()).max(0.0);
    of_day * problem.horizon.days as f64 + of_week * weeks
}
