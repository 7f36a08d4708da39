//! Eligibility of a person for a shift on a date, whatever the days around it: contract, skills, protection, absences, first day of
//! work, promotion days, volunteers.

use crate::roster::count::regular_hours::ROUNDING;
use crate::roster::model::problem::Person;
use crate::roster::model::rules::{Rules, is_late, is_night};
use crate::roster::model::shift::ShiftTemplate;
use chrono::NaiveDate;

/// Reason why a person may not work a shift on a date; `None` if they may.
///
/// ```
/// use peakshift::{roster::{Person, Rules, ShiftTemplate, may_work}, time::read_date, units::{HourlyPrice, Hours}};
/// use peakshift::workforce::{Contract, Employee};
/// let (day, night) = (ShiftTemplate::new("D", "09:00".parse()?, 8 * 60), ShiftTemplate::new("N", "22:00".parse()?, 8 * 60));
/// let mut nursing = Person::new(Employee::new("7", Contract::full_time(Hours::new(40.0)?), HourlyPrice::new(30.0)?, &["phone"]));
/// nursing.employee.protection.no_night = true;
/// let (rules, monday) = (Rules::default(), read_date("2026-11-30").unwrap());
/// assert_eq!(may_work(&nursing, &day, monday, &rules), None);
/// assert_eq!(may_work(&nursing, &night, monday, &rules), Some("protected_night"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn may_work(person: &Person, shift: &ShiftTemplate, date: NaiveDate, rules: &Rules) -> Option<&'static str> {
    let employee = &person.employee;
    let contract_fits =
        if shift.contracts.is_empty() { !employee.contract.part_time } else { shift.contracts.contains(&employee.contract.id) };
    let (start, end) = (shift.start_on(date), shift.end_on(date));
    let paid = shift.paid_on(date, person.zone.as_ref());
    let overtime = paid > rules.regular_hours_day;
    let checks = [
        (!contract_fits, "shift_not_for_contract"),
        (paid > employee.contract.most_hours_day + ROUNDING, "day_too_long"),
        (!shift.queues.is_empty() && !shift.queues.iter().any(|queue| employee.serves(queue)), "shift_not_for_skills"),
        (shift.ahead != employee.ahead_on(date), "other_clocks"),
        (employee.site.as_ref().is_some_and(|site| !site.is_open(start, end)), "site_closed"),
        (employee.hired.is_some_and(|first| date < first), "not_yet_hired"),
        (person.absences.iter().any(|absence| absence.overlaps(start, end)), "absent"),
        (employee.protection.no_late && is_late(rules, date, end), "protected_late"),
        (employee.protection.no_night && is_night(rules, start, end), "protected_night"),
        (employee.protection.no_overtime && overtime, "protected_overtime"),
        (shift.promotion_only && !rules.promotion_days.contains(&date), "not_a_promotion_day"),
        (shift.volunteers_only && !employee.volunteers, "not_a_volunteer"),
    ];
    checks.into_iter().find_map(|(broken, reason)| broken.then_some(reason))
}
