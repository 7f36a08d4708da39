//! Prices of BPO seats in minimum-size blocks: a shift is worked by nobody or by at least `least` people.

use super::coupling::{Block, Others};
use super::model::Model;
use super::prices::DutyPrices;

impl Block {
    /// Price of a shift worked by `there` of the people.
    fn of_shift(&self, shift: usize, there: usize) -> f64 {
        if there == 0 { 0.0 } else { self.least.saturating_sub(there) as f64 * self.prices[shift] }
    }

    /// Number of people on each shift of a day, without one of them.
    fn there(&self, day: usize, but: Option<usize>, tours: Others) -> Vec<usize> {
        let mut there = vec![0; self.prices.len()];
        for &person in self.people.iter().filter(|person| Some(**person) != but) {
            tours(person).and_then(|tour| tour[day]).into_iter().for_each(|duty| there[usize::from(duty.shift)] += 1);
        }
        there
    }

    /// Price of all seats below the minimum.
    pub(super) fn cost(&self, model: &Model, tours: Others) -> f64 {
        let of_day = |day: usize| {
            self.there(day, None, tours).into_iter().enumerate().map(|(shift, there)| self.of_shift(shift, there)).sum::<f64>()
        };
        (0..model.days).map(of_day).sum()
    }

    /// Adds the change that each shift of a person would cause.
    pub(super) fn add_prices(&self, model: &Model, person: usize, others: Others, prices: &mut DutyPrices) {
        for day in 0..model.days {
            for (shift, there) in self.there(day, Some(person), others).into_iter().enumerate() {
                prices.add(day, Some(shift as u16), self.of_shift(shift, there + 1) - self.of_shift(shift, there));
            }
        }
    }
}
