//! Prices of couplings: a new hire and their mentor, a leader and their team, BPO seats in minimum-size blocks.
//!
//! A coupling ties tours to one another, which rows of demand cannot express. Its price in a solution is exact; a person's search sees
//! it as prices of days, given the tours of the others. Bounds ignore couplings, so they stay valid.

use super::column::{Column, Duty};
use super::coupling::{Coupling, Others, SharedHours};
use super::model::{Model, Scratch};
use super::prices::DutyPrices;
use std::ops::Range;

impl Coupling {
    /// Price of the coupling's shortfall.
    pub(super) fn cost(&self, model: &Model, tours: Others) -> f64 {
        match self {
            Self::SharedHours(shared) => shared.price * shared.missing(model, tours).max(0.0),
            Self::Block(block) => block.cost(model, tours),
        }
    }

    /// Adds to a person's prices the effect of each shift on that shortfall.
    fn add_prices(&self, model: &Model, person: usize, others: Others, prices: &mut DutyPrices) {
        match self {
            Self::SharedHours(shared) => shared.add_prices(model, person, others, prices),
            Self::Block(block) => block.add_prices(model, person, others, prices),
        }
    }
}

impl SharedHours {
    /// Hours of the followers that are missing to the share; negative if there are more than enough.
    fn missing(&self, model: &Model, tours: Others) -> f64 {
        let leader = tours(self.leader);
        let of_follower = |follower: usize| {
            let days = tours(follower).into_iter().flatten().enumerate();
            let of_day = |(day, duty): (usize, &Option<Duty>)| {
                let shift = duty.as_ref()?.shift;
                let led = leader.and_then(|tour| tour[day]).map_or(0.0, |duty| model.overlap(shift, duty.shift));
                Some(self.share * model.overlap(shift, shift) - led)
            };
            days.filter_map(of_day).sum::<f64>()
        };
        self.followers.iter().map(|&follower| of_follower(follower)).sum()
    }

    /// Adds the price of each shift of a person, as if every missing hour counted.
    fn add_prices(&self, model: &Model, person: usize, others: Others, prices: &mut DutyPrices) {
        for day in 0..model.days {
            let duty_of = |other: usize| others(other).and_then(|tour| tour[day]);
            for shift in 0..model.shifts.len() as u16 {
                let missing = if self.leader == person {
                    let shared = self.followers.iter().filter_map(|&follower| duty_of(follower));
                    -shared.map(|duty| model.overlap(duty.shift, shift)).sum::<f64>()
                } else {
                    let led = duty_of(self.leader).map_or(0.0, |duty| model.overlap(shift, duty.shift));
                    self.share * model.overlap(shift, shift) - led
                };
                prices.add(day, Some(shift), self.price * missing);
            }
        }
    }
}

impl Model {
    /// Hours that two shifts of a day have in common.
    fn overlap(&self, one: u16, other: u16) -> f64 {
        self.in_common[usize::from(one) * self.shifts.len() + usize::from(other)]
    }

    /// Couplings that involve a person.
    pub(super) fn couplings_of(&self, person: usize) -> impl Iterator<Item = (usize, &Coupling)> {
        self.couplings.iter().enumerate().filter(move |(_, coupling)| coupling.ties(person))
    }
}

impl Model {
    /// Better of two tours of a person: the best at the current prices, and the best with coupling prices added. Both are compared at the
    /// exact price of their couplings.
    pub(super) fn best_coupled(
        &self,
        person: usize,
        days: Range<usize>,
        around: &[Option<Duty>],
        others: Others,
        scratch: &mut Scratch,
    ) -> Option<Column> {
        let whole = |column: &Column, price: f64| {
            let tours = |other: usize| if other == person { Some(&column.tour[..]) } else { others(other) };
            price + self.couplings_of(person).map(|(_, coupling)| coupling.cost(self, &tours)).sum::<f64>()
        };
        let (alone, price) = self.cheapest(person, days.clone(), around, scratch)?;
        let alone_price = whole(&alone, price);
        let mut drawn = DutyPrices::free(self.days, self.shifts.len());
        self.couplings_of(person).for_each(|(_, coupling)| coupling.add_prices(self, person, others, &mut drawn));
        scratch.add_prices(&drawn);
        let (together, price) = self.cheapest(person, days.clone(), around, scratch)?;
        let drawn: f64 = days.map(|day| drawn.of(day, together.tour[day].map(|duty| duty.shift))).sum();
        Some(if whole(&together, price - drawn) < alone_price { together } else { alone })
    }
}
