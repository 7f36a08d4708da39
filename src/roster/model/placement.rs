//! Assignments with placed breaks.

use super::assignment::{Assignment, Stint};
use super::breaks::{Break, BreakWindow};
use super::problem::{Person, RosterProblem};
use super::shift::ShiftTemplate;
use crate::service::QueueId;
use chrono::{NaiveDate, TimeDelta};

impl Assignment {
    /// Assignment of a person's shift on a date, given the start of each break in minutes after the start of the shift.
    pub(in crate::roster) fn with_breaks(
        problem: &RosterProblem,
        person: &Person,
        shift: &ShiftTemplate,
        date: NaiveDate,
        breaks: &[(&BreakWindow, u32)],
    ) -> Self {
        let (start, end) = (shift.start_on(date), shift.end_on(date));
        let of_kind = |meal: bool| {
            let placed = breaks.iter().filter(|(window, _)| window.is_meal == meal);
            placed
                .map(|(window, offset)| Break { start: start + TimeDelta::minutes(i64::from(*offset)), minutes: window.minutes })
                .collect()
        };
        Self {
            date,
            agent: person.employee.id.clone(),
            shift: shift.id.clone(),
            start,
            end,
            meals: of_kind(true),
            rests: of_kind(false),
            offline_activities: shift.reserve_on(date).into_iter().collect(),
            stints: vec![Stint { start, end, queues: served_queues(person, problem) }],
            paid: shift.paid_on(date, person.zone.as_ref()),
            pinned: person.pinned(date).is_some_and(|pin| pin.shift.as_ref() == Some(&shift.id)),
        }
    }
}

/// Assignment of a person's shift on a date, each break at its earliest start.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// // a meal of an hour, three or four hours after the start
/// let shift = ShiftTemplate::new("D", "09:00".parse()?, 9 * 60).with_meal(60, &[180, 240]);
/// let duty = with_shift(&problem, &problem.people[0], &shift, first);
/// assert_eq!((duty.meals[0].start - duty.start, duty.paid), (chrono::TimeDelta::hours(3), Hours::new(8.0)?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn with_shift(problem: &RosterProblem, person: &Person, shift: &ShiftTemplate, date: NaiveDate) -> Assignment {
    let windows = shift.break_windows_on(date, person.zone.as_ref());
    let earliest: Vec<_> = windows.iter().filter_map(|window| Some((window, *window.offsets.first()?))).collect();
    Assignment::with_breaks(problem, person, shift, date, &earliest)
}

fn served_queues(person: &Person, problem: &RosterProblem) -> Vec<QueueId> {
    person.employee.skills.iter().filter(|queue| problem.queue_index(queue).is_some()).cloned().collect()
}
