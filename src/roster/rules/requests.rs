//! Days off that were asked for: working on one has a price.

use crate::roster::problem::{Person, Prices};
use chrono::NaiveDate;

/// The price of working on a day, in money.
pub(in crate::roster) fn refusal(person: &Person, date: NaiveDate, prices: &Prices) -> f64 {
    if person.employee.days_off.contains(&date) { prices.refused_day_off.get() } else { 0.0 }
}
