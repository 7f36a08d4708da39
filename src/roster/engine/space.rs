//! Space of legal tours with an exact search.

use super::prices::DutyPrices;

/// Legal tours of people under the same rules.
pub(in crate::roster) trait TourSpace: Send + Sync + std::fmt::Debug {
    /// Cheapest tour from an initial state: least sum of its own cost, times `scale`, and the prices of its choices. `None` if no tour has
    /// a finite price.
    fn cheapest(&self, start: usize, scale: f64, prices: &DutyPrices, memory: &mut Memory) -> Option<Found>;

    /// Cheapest tour that differs from a legal one only within a window; days around it are not priced.
    fn within(&self, start: usize, scale: f64, prices: &DutyPrices, window: &Window, memory: &mut Memory) -> Option<Found>;
}

/// Reusable memory of a search.
#[derive(Debug, Default)]
pub(in crate::roster) struct Memory {
    /// Values without meaning between searches.
    pub(in crate::roster) values: Vec<f64>,
    /// Infinite values between searches: a search resets those it changes.
    pub(in crate::roster) infinite: Vec<f64>,
    /// Nodes reached.
    pub(in crate::roster) reached: Vec<u32>,
}

/// Days of a tour that may change; the tour around them is fixed.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Window<'a> {
    pub(in crate::roster) days: std::ops::Range<usize>,
    pub(in crate::roster) around: &'a [Option<u16>],
}

/// Result of a search.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Found {
    /// Shift of each day, `None` for a day off.
    pub(in crate::roster) shifts: Vec<Option<u16>>,
    /// Cost under the space's rules, scaled.
    pub(in crate::roster) own_cost: f64,
    /// Own cost plus the prices of all days.
    pub(in crate::roster) price: f64,
}
