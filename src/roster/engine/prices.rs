//! Prices of a person's choices, by day.

/// Prices of every shift and of a day off, day by day. An infinite price forbids a choice.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct DutyPrices {
    table: Vec<f64>,
    shifts: usize,
}

impl DutyPrices {
    /// Prices of 0 for every choice of every day.
    pub(in crate::roster) fn free(days: usize, shifts: usize) -> Self {
        Self { table: vec![0.0; days * (shifts + 2)], shifts }
    }

    /// Prices of a day: those of the shifts, that of a day off, and 0 for handing on.
    pub(super) fn day(&self, day: usize) -> &[f64] {
        &self.table[day * (self.shifts + 2)..][..self.shifts + 2]
    }

    /// Price of a choice: a shift, or `None` for a day off.
    pub(in crate::roster) fn of(&self, day: usize, shift: Option<u16>) -> f64 {
        self.day(day)[shift.map_or(self.shifts, usize::from)]
    }

    /// Sets the price of a choice.
    pub(in crate::roster) fn set(&mut self, day: usize, shift: Option<u16>, price: f64) {
        self.table[day * (self.shifts + 2) + shift.map_or(self.shifts, usize::from)] = price;
    }

    /// Adds to the price of a choice.
    pub(in crate::roster) fn add(&mut self, day: usize, shift: Option<u16>, price: f64) {
        self.table[day * (self.shifts + 2) + shift.map_or(self.shifts, usize::from)] += price;
    }

    /// Adds the prices of another table, choice by choice.
    pub(super) fn add_each(&mut self, others: &Self) {
        self.table.iter_mut().zip(&others.table).for_each(|(price, more)| *price += more);
    }

    /// Forbids all choices of a day but one.
    pub(in crate::roster) fn fix(&mut self, day: usize, choice: Option<u16>) {
        for other in std::iter::once(None).chain((0..self.shifts as u16).map(Some)).filter(|other| *other != choice) {
            self.set(day, other, f64::INFINITY);
        }
    }

    /// Whether a day has at most one permitted choice.
    pub(in crate::roster) fn is_fixed(&self, day: usize) -> bool {
        self.day(day)[..=self.shifts].iter().filter(|price| price.is_finite()).count() < 2
    }

    /// Total price of a tour.
    pub(in crate::roster) fn of_tour(&self, shifts: impl IntoIterator<Item = Option<u16>>) -> f64 {
        shifts.into_iter().enumerate().map(|(day, shift)| self.of(day, shift)).sum()
    }
}
