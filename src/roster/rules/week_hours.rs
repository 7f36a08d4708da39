//! Hours and pay of a week, Monday to Sunday.
//!
//! For the paid hours h of each shift, its regular part r = min(h, regular hours a day): Σh ≤ most hours of the contract's
//! week; the week costs pay × (max(paid hours, min(Σr, regular hours)) + rest-day rate × max(0, Σr − regular hours)
//! plus overtime rate × Σ(h − r)), and work on a public holiday costs (its rate − 1) × h more. At least the rules' number of days
//! of a week is free.
//!
//! State: regular quarter-hours of the week so far × 8 + days worked; overtime of a day is paid at once.

use super::{Choice, Day, Person, Rule};
use crate::units::Money;
use chrono::{Datelike, Weekday};

pub(super) struct WeekHours;

impl Rule for WeekHours {
    fn step(&self, state: u16, person: &Person, day: &Day, choice: Option<&Choice>) -> Option<(u16, Money)> {
        let contract = &person.employee.contract;
        let (mut regular, mut days) = (f64::from(state / 8) / 4.0, state % 8);
        let mut paid = 0.0;
        if let Some(choice) = choice {
            let hours = choice.paid_hours.min(day.rules.regular_hours_day.get());
            let overtime = choice.paid_hours - hours;
            let most_today = if person.employee.protection.no_overtime { hours } else { contract.most_hours_day.get() };
            regular += hours;
            days += 1;
            paid += overtime * day.prices.overtime.get() + choice.paid_hours * (day.calendar.pay_rate(day.date).get() - 1.0);
            let most_week = if person.employee.protection.no_overtime { contract.regular_hours_week } else { contract.most_hours_week };
            let most_days = 7 - day.rules.rest_days_week.min(7) as u16;
            if choice.paid_hours > most_today + 1e-9 || regular > most_week.get() + 1e-9 || days > most_days {
                return None;
            }
        }
        if day.settles {
            let beyond = (regular - contract.regular_hours_week.get()).max(0.0);
            paid += (regular - beyond).max(contract.paid_hours_week.get()) + beyond * day.prices.rest_day.get();
        }
        let after = if day.date.weekday() == Weekday::Sun { 0 } else { (regular * 4.0).round() as u16 * 8 + days };
        Some((after, Money::new(paid * person.employee.pay.get()).unwrap_or_default()))
    }
}
