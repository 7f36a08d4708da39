//! Time account: an agent's overtime, averaging-period hours and burdens before the horizon.

use crate::units::{Factor, Hours};
use chrono::NaiveDate;

/// Balances carried over from week to week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeAccount {
    /// First day of the month of `overtime`, if known.
    pub month: Option<NaiveDate>,
    /// Overtime hours of that month.
    pub overtime: Hours,
    /// First day of the averaging period of `balance_hours`; `None` if unknown or if hours are not averaged over a month or quarter.
    pub balance: Option<NaiveDate>,
    /// Hours worked in that averaging period.
    pub balance_hours: Hours,
    /// Burdens so far, to be shared fairly.
    pub burdens: Burdens,
}

/// Burdens to be shared fairly: late shifts, night shifts, Saturdays and Sundays worked, night shifts on promotion days, and paid hours
/// on public holidays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Burdens(pub [f64; 5]);

/// Names of the burdens in files.
pub const BURDENS: [&str; 5] = ["late_shifts", "night_shifts", "weekend_days", "promotion_nights", "holiday_hours"];
/// Amount of each burden that counts as one shift.
const ONE_SHIFT: [f64; 5] = [1.0, 1.0, 1.0, 1.0, 8.0];

impl Burdens {
    /// Average over people.
    pub(in crate::roster) fn average<'a>(of_people: impl Iterator<Item = &'a Self>) -> Self {
        let (mut sum, mut people) = (Self::default(), 0.0);
        for burdens in of_people {
            sum = sum.plus(burdens);
            people += 1.0;
        }
        Self(sum.0.map(|burden| burden / f64::max(people, 1.0)))
    }

    /// Sum of both, burden by burden.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|kind| self.0[kind] + other.0[kind]))
    }

    /// Unfairness of giving a shift with the burdens `of_shift` to an agent with these so far, where others have `average`: over all kinds,
    /// the agent's shifts beyond the average times the shifts added.
    pub(in crate::roster) fn unfairness(&self, average: &Self, of_shift: &Self) -> Factor {
        let beyond = |kind: usize| ((self.0[kind] - average.0[kind]) / ONE_SHIFT[kind]).max(0.0);
        let unfairness = (0..BURDENS.len()).map(|kind| beyond(kind) * of_shift.0[kind] / ONE_SHIFT[kind]).sum();
        Factor::new(unfairness).expect("shifts beyond the average are not negative")
    }
}
