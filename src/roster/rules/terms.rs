//! Terms of a person: all that the rules over days depend on.

use crate::roster::count::averaging_period::{is_long, period_binds};
use crate::roster::count::guarantee::Guarantee;
use crate::roster::count::regular_hours::ROUNDING;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::time_account::TimeAccount;
use crate::units::Hours;
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
                .is_some_and(|most| TimeAccount::overtime_before(problem, person) + most_overtime(problem, person) > most + ROUNDING),
            balance_counts: !is_long(&person.employee.contract) || guarantee.has_leave() || period_binds(problem, person),
            guarantee,
        }
    }
}

/// Upper bound on a person's overtime over the horizon, other rules aside.
fn most_overtime(problem: &RosterProblem, person: &Person) -> Hours {
    let contract = &person.employee.contract;
    let weeks = problem.horizon.days.div_ceil(7) as u32 + 1;
    if is_long(contract) {
        // once its regular hours are full, every hour is overtime
        return if period_binds(problem, person) { contract.most_hours_week * weeks } else { Hours::ZERO };
    }
    let longest = problem.shifts.iter().map(|shift| shift.paid).fold(Hours::ZERO, Hours::max);
    // a night on which clocks go back is an hour longer
    let longest = if person.zone.is_some() { longest + Hours::from_minutes(60) } else { longest };
    let of_day = longest.min(contract.most_hours_day).beyond(problem.rules.regular_hours_day);
    let of_week = contract.most_hours_week.beyond(contract.regular_hours_week);
    of_day * problem.horizon.days as u32 + of_week * weeks
}
