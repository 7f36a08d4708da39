//! What ties the tours of several people: a new hire and her mentor, a leader and her group, people who come in blocks.
//!
//! Such a wish ties tours to one another, which rows of demand cannot say. It is priced in a roster exactly; a person's search sees it
//! through prices of her days beside what the others do. No bound knows of it, so bounds stay below.

use super::column::{Column, Duty};
use super::coupling::{Coupling, Others, SharedHours};
use super::model::{Model, Scratch};
use super::prices::DutyPrices;
use std::ops::Range;

impl Coupling {
    /// The price of what is missing.
    pub(super) fn cost(&self, model: &Model, tours: Others) -> f64 {
        match self {
            Self::SharedHours(shared_time) => shared_time.price * shared_time.missing(model, tours).max(0.0),
            Self::Block(block) => block.cost(model, tours),
        }
    }

    /// Adds to a person's prices what each of her shifts adds to what is missing.
    fn add_prices(&self, model: &Model, person: usize, others: Others, prices: &mut DutyPrices) {
        match self {
            Self::SharedHours(shared_time) => shared_time.add_prices(model, person, others, prices),
            Self::Block(block) => block.add_prices(model, person, others, prices),
        }
    }
}

impl SharedHours {
    /// Hours of the followers that are missing to the share, or below 0 those that are more than enough.
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

    /// The price of a person's shifts, as though every hour missing counted.
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
    /// The hours that two shifts of a day have in common.
    fn overlap(&self, one: u16, other: u16) -> f64 {
        self.in_common[usize::from(one) * self.shifts.len() + usize::from(other)]
    }

    /// The bonds that tie a person.
    pub(super) fn couplings_of(&self, person: usize) -> impl Iterator<Item = (usize, &Coupling)> {
        self.couplings.iter().enumerate().filter(move |(_, coupling)| coupling.ties(person))
    }
}

impl Model {
    /// The better of a person's best tour, found at the prices at hand, and the one that is best where she is drawn to those she should
    /// be with; what is missing to bonds counts exactly.
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
