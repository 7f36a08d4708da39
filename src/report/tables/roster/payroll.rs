//! Paid hours by rate.

use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{Assignment, PaidStretch, Roster, RosterProblem, excused_stretches, idle_hours, paid_stretches};

/// Paid hours by rate: base, 150, 200 and 300 %, total, overtime, and hours paid but not worked.
#[must_use]
pub fn payroll(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let columns = [
        "agent_id",
        "contract",
        "hours_100",
        "hours_150",
        "hours_200",
        "hours_300",
        "hours_worked",
        "overtime_hours",
        "hours_paid_not_worked",
        "base_pay_per_hour",
        "pay",
    ];
    let mut sheet = Sheet::new("payroll_hours", &columns);
    for person in &problem.people {
        let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
        let stretches: Vec<PaidStretch> = paid_stretches(problem, person, &assignments).into_iter().flatten().collect();
        let at = |rates: std::ops::Range<f64>| {
            stretches.iter().filter(|stretch| rates.contains(&stretch.rate.get())).map(|stretch| stretch.paid.get()).sum::<f64>()
        };
        let (base, plus50, plus100, plus200) = (at(0.0..1.25), at(1.25..1.75), at(1.75..2.5), at(2.5..99.0));
        let worked: f64 = stretches.iter().map(|stretch| stretch.paid.get()).sum();
        let overtime: f64 = stretches.iter().map(|stretch| stretch.overtime.get()).sum();
        let excused: Vec<PaidStretch> = excused_stretches(problem, person, &assignments).into_iter().flatten().collect();
        let idle = idle_hours(problem, person, &assignments).get() + excused.iter().map(|stretch| stretch.paid.get()).sum::<f64>();
        // hours of an absence are paid at the rates they would have had
        let raised: f64 = excused.iter().map(|stretch| stretch.paid.get() * (stretch.rate.get() - 1.0)).sum();
        let rated: f64 = raised + stretches.iter().map(|stretch| stretch.paid.get() * stretch.rate.get()).sum::<f64>();
        let rate = person.employee.pay.get();
        let mut row = vec![Cell::text(&person.employee.id), Cell::text(&person.employee.contract.id)];
        row.extend(
            [base, plus50, plus100, plus200, worked, overtime, idle, rate, (rated + idle) * rate].map(|hours| Cell::number(hours, 2)),
        );
        sheet.rows.push(row);
    }
    sheet
}
