//! What somebody has had over months of the hours and shifts that nobody likes.

use crate::units::Hours;
use chrono::NaiveDate;

/// Counts that go on from week to week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TimeAccount {
    /// The first day of the month of `overtime`, if it is known.
    pub month: Option<NaiveDate>,
    /// Hours of that month beyond the regular ones.
    pub overtime: Hours,
    /// The first day of the balance of `balance_hours`, if hours balance over a month or quarter and it is known.
    pub balance: Option<NaiveDate>,
    /// Hours worked in that balance.
    pub balance_hours: Hours,
    /// What is to be shared fairly, so far.
    pub burdens: Burdens,
}

/// What is to be shared fairly: late shifts, night shifts, Saturdays and Sundays worked, night shifts on promotion days, and paid hours
/// on public holidays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Burdens(pub [f64; 5]);

/// As files call them.
pub const BURDENS: [&str; 5] = ["late_shifts", "night_shifts", "weekend_days", "promotion_nights", "holiday_hours"];
/// What counts as one shift.
const ONE_SHIFT: [f64; 5] = [1.0, 1.0, 1.0, 1.0, 8.0];

impl Burdens {
    /// The average over some people.
    pub(in crate::roster) fn average<'a>(of_people: impl Iterator<Item = &'a Self>) -> Self {
        let (mut sum, mut people) = (Self::default(), 0.0);
        for burdens in of_people {
            sum = sum.plus(burdens);
            people += 1.0;
        }
        Self(sum.0.map(|burden| burden / f64::max(people, 1.0)))
    }

    /// Both together.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|kind| self.0[kind] + other.0[kind]))
    }

    /// How unfair a shift's burdens are for somebody with these so far where others have `average`: for each kind the shifts she has had
    /// beyond the average, times those she would have more.
    pub(in crate::roster) fn unfairness(&self, average: &Self, of_shift: &Self) -> f64 {
        let beyond = |kind: usize| ((self.0[kind] - average.0[kind]) / ONE_SHIFT[kind]).max(0.0);
        (0..BURDENS.len()).map(|kind| beyond(kind) * of_shift.0[kind] / ONE_SHIFT[kind]).sum()
    }
}
