//! Hours paid though not worked: contract guarantees and leave.

use super::averaging_period::{due_hours, ends_period, is_long, on_days, period_of, regular_hours_of};
use super::leave::{Leave, leave};
use super::regular_hours::regular_hours;
use crate::roster::model::assignment::Assignment;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::time::week_of;
use crate::units::Hours;
use crate::workforce::Contract;
use chrono::NaiveDate;

/// Pay of a person that does not depend on work.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Guarantee {
    /// Whether days before the horizon are known in its first week.
    known_before: bool,
    /// Leave by settlement day of its averaging period; absent where it does not change pay.
    leave: Vec<(NaiveDate, Leave)>,
}

impl Guarantee {
    pub(in crate::roster) fn of(problem: &RosterProblem, person: &Person) -> Self {
        let (contract, first) = (&person.employee.contract, problem.horizon.first);
        let known_before = person.past.iter().any(|duty| (week_of(first)..first).contains(&duty.date));
        let of = |last: NaiveDate| {
            let from = if is_long(contract) { period_of(contract, last).max(first) } else { first_counted(known_before, last, first) };
            let mut leave = leave(problem, person, from, last);
            // the guarantee of a whole week covers it
            let is_covered = contract.paid_hours_week >= contract.regular_hours_week && (last - from).num_days() == 6;
            if !is_long(contract) && is_covered && leave.unpaid == Hours::ZERO {
                leave.paid = Hours::ZERO;
            }
            (last, leave)
        };
        let leave = settlements(problem, contract).map(of).filter(|(_, leave)| *leave != Leave::default()).collect();
        Self { known_before, leave }
    }

    /// Whether any leave changes pay.
    pub(in crate::roster) fn has_leave(&self) -> bool {
        !self.leave.is_empty()
    }

    /// Hours paid though not worked when an averaging period is settled on a day: the contract's guarantee and paid leave. `worked` are the
    /// hours that count towards its regular ones. The guarantee covers the days from Monday (or from the first day of the horizon, if
    /// nothing is known before it); in a long averaging period, the hours that must have been worked by then.
    pub(in crate::roster) fn idle_hours_on(&self, contract: &Contract, last: NaiveDate, horizon_first: NaiveDate, worked: Hours) -> Hours {
        let leave = self.leave.iter().find(|(settled, _)| *settled == last).map(|(_, leave)| *leave).unwrap_or_default();
        let regular = regular_hours_of(contract);
        let worked = worked.min(regular);
        let guaranteed = if is_long(contract) {
            due_hours(contract, last)
        } else {
            let days = (last - first_counted(self.known_before, last, horizon_first)).num_days() + 1;
            on_days(contract.paid_hours_week, days)
        };
        let due = guaranteed.beyond(leave.unpaid).max((worked + leave.paid).min(regular));
        due.beyond(worked)
    }
}

/// First day of a week for which contract hours are counted.
fn first_counted(known_before: bool, last: NaiveDate, horizon_first: NaiveDate) -> NaiveDate {
    if known_before { week_of(last) } else { week_of(last).max(horizon_first) }
}

/// Settlement days: the end of each averaging period, and of the horizon.
fn settlements<'a>(problem: &'a RosterProblem, contract: &'a Contract) -> impl Iterator<Item = NaiveDate> + 'a {
    let last = problem.horizon.days.checked_sub(1).map(|day| problem.horizon.date(day));
    problem.horizon.dates().filter(move |date| ends_period(contract, *date) || Some(*date) == last)
}

/// Hours paid to a person over the horizon whatever the roster.
pub(in crate::roster) fn guaranteed_total(problem: &RosterProblem, person: &Person) -> Hours {
    idle_hours(problem, person, &[])
}

/// Hours paid to a person though not worked: contract guarantees and leave.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// // four shifts of eight hours in a week of which the contract pays forty
/// let person = &problem.people[0];
/// let week: Vec<_> = problem.horizon.dates().take(4).map(|date| with_shift(&problem, person, &problem.shifts[0], date)).collect();
/// assert_eq!(idle_hours(&problem, person, &week.iter().collect::<Vec<_>>()), Hours::new(8.0)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn idle_hours(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Hours {
    let done: Vec<&Assignment> = assignments.iter().copied().chain(&person.excused).collect();
    let (worked, guarantee) = (regular_hours(problem, person, &done), Guarantee::of(problem, person));
    let contract = &person.employee.contract;
    let idle = |last: NaiveDate| {
        let worked = worked.get(&period_of(contract, last)).copied().unwrap_or(Hours::ZERO);
        guarantee.idle_hours_on(contract, last, problem.horizon.first, worked)
    };
    settlements(problem, contract).map(idle).sum()
}
