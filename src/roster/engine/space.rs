//! A space of legal tours, in which the cheapest is found.

use super::prices::DutyPrices;

/// The legal tours of people who are under the same rules.
pub(in crate::roster) trait TourSpace: Send + Sync + std::fmt::Debug {
    /// The tour with the least sum of its own cost, times `scale`, and of the prices of what is done on each day, from one of the
    /// space's beginnings: the shift of each day, its own cost and that sum. `None` if no tour has a finite price.
    fn cheapest(&self, start: usize, scale: f64, prices: &DutyPrices, memory: &mut Memory) -> Option<Found>;

    /// The same among the tours that differ from a legal one within a window only; the prices of the days around it do not count.
    fn within(&self, start: usize, scale: f64, prices: &DutyPrices, window: &Window, memory: &mut Memory) -> Option<Found>;
}

/// Memory that searches use again and again.
#[derive(Debug, Default)]
pub(in crate::roster) struct Memory {
    /// Numbers that nobody relies on.
    pub(in crate::roster) values: Vec<f64>,
    /// Infinite numbers: whoever changes some makes them infinite again.
    pub(in crate::roster) infinite: Vec<f64>,
    /// Places in these.
    pub(in crate::roster) reached: Vec<u32>,
}

/// Days that may change, within a tour.
#[derive(Clone, Debug)]
pub(in crate::roster) struct Window<'a> {
    pub(in crate::roster) days: std::ops::Range<usize>,
    pub(in crate::roster) around: &'a [Option<u16>],
}

/// A tour found.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Found {
    /// The shift of each day, `None` for a day off.
    pub(in crate::roster) shifts: Vec<Option<u16>>,
    /// What the tour itself costs under the space's rules, scaled.
    pub(in crate::roster) own_cost: f64,
    /// Own cost and the prices of all days.
    pub(in crate::roster) price: f64,
}
