//! Test of the graph of legal tours against full enumeration.

use super::graph::{StartBands, StateGraph, TourRules, Transition};
use super::prices::DutyPrices;
use super::space::{Found, Memory, TourSpace, Window};
use proptest::prelude::*;

const DAYS: usize = 6;
const STARTS: [u32; 3] = [8 * 60, 14 * 60, 22 * 60];
const SHIFT_MINUTES: u32 = 8 * 60;
const REST_MINUTES: u32 = 11 * 60;
const DAY_MINUTES: u32 = 24 * 60;
const BANDS: StartBands = StartBands { of_shift: Vec::new(), penalty: 2.5, week: 3 };

/// At most three consecutive days, the first at a cost of 1, the second of 2, the third of 3.
struct Runs;

impl TourRules for Runs {
    type State = u8;

    fn transitions(&self, _: usize, running: &u8) -> Vec<Transition<u8>> {
        let off = Transition { shift: None, ready: 0, after: 0, cost: 0.0 };
        let works = STARTS.iter().zip(0..).map(|(&start, shift)| Transition {
            shift: Some((shift, start)),
            ready: (start + SHIFT_MINUTES + REST_MINUTES).saturating_sub(DAY_MINUTES),
            after: running + 1,
            cost: 1.0 + f64::from(*running),
        });
        std::iter::once(off).chain(works.filter(|_| *running < 3)).collect()
    }
}

/// Cost of a tour after two consecutive days worked, by definition; `None` if it is not legal.
fn cost(tour: &[Option<u16>], bands: &StartBands) -> Option<f64> {
    let (mut running, mut free_from, mut cost) = (2_u8, 0_u32, 0.0);
    for (day, shift) in tour.iter().enumerate() {
        let Some(shift) = *shift else {
            running = 0;
            continue;
        };
        let start = day as u32 * DAY_MINUTES + STARTS[usize::from(shift)];
        if running == 3 || start < free_from {
            return None;
        }
        cost += 1.0 + f64::from(running);
        running += 1;
        free_from = start + SHIFT_MINUTES + REST_MINUTES;
    }
    let outside =
        |week: &[Option<u16>], band: u8| week.iter().flatten().filter(|&&shift| bands.of_shift[usize::from(shift)] != band).count();
    let of_week = |week: &[Option<u16>]| (0..4).map(|band| outside(week, band)).min().unwrap_or(0) as f64 * bands.penalty;
    Some(cost + tour.chunks(bands.week).map(of_week).sum::<f64>())
}

fn every_tour() -> impl Iterator<Item = Vec<Option<u16>>> {
    (0..4_usize.pow(DAYS as u32)).map(|mut number| {
        let mut choice = || {
            let choice = number % 4;
            number /= 4;
            (choice < 3).then_some(choice as u16)
        };
        (0..DAYS).map(|_| choice()).collect()
    })
}

fn graph() -> (StateGraph, StartBands) {
    let bands = StartBands { of_shift: vec![0, 1, 2], ..BANDS };
    (StateGraph::build(&Runs, DAYS, STARTS.len(), &[(2, 0), (0, 0)], Some(&bands)), bands)
}

fn price_table() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-6.0..6.0_f64, DAYS * 4)
}

fn prices(table: &[f64]) -> DutyPrices {
    let mut prices = DutyPrices::free(DAYS, STARTS.len());
    for (place, &price) in table.iter().enumerate() {
        prices.set(place / 4, (place % 4 < 3).then_some((place % 4) as u16), price);
    }
    prices
}

/// Least price of the legal tours that satisfy `fits`; only days that satisfy `counts` are priced.
fn least(prices: &DutyPrices, bands: &StartBands, counts: impl Fn(usize) -> bool, fits: impl Fn(&[Option<u16>]) -> bool) -> f64 {
    let price = |tour: Vec<Option<u16>>| {
        let own = cost(&tour, bands).filter(|_| fits(&tour))?;
        Some(own + (0..DAYS).filter(|&day| counts(day)).map(|day| prices.of(day, tour[day])).sum::<f64>())
    };
    every_tour().filter_map(price).fold(f64::INFINITY, f64::min)
}

fn is_the_tour_of_its_cost(found: &Found, bands: &StartBands) -> bool {
    cost(&found.shifts, bands).is_some_and(|cost| (cost - found.own_cost).abs() < 1e-9)
}

/// Found tour; there always is one: everybody off.
fn found(tour: Option<Found>) -> Result<Found, TestCaseError> {
    tour.ok_or_else(|| TestCaseError::fail("no tour"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_legal_tour_is_cheaper_than_the_one_found(table in price_table()) {
        let ((graph, bands), prices) = (graph(), prices(&table));
        let found = found(graph.cheapest(0, 1.0, &prices, &mut Memory::default()))?;
        prop_assert!((found.price - least(&prices, &bands, |_| true, |_| true)).abs() < 1e-9);
        prop_assert!(is_the_tour_of_its_cost(&found, &bands));
    }

    #[test]
    fn within_a_window_the_days_around_stay(tables in proptest::collection::vec(price_table(), 2..5), first in 0..DAYS, length in 1..=DAYS) {
        let (graph, bands) = graph();
        let mut memory = Memory::default();
        let window = first..(first + length).min(DAYS);
        let mut around = found(graph.cheapest(0, 1.0, &prices(&tables[0]), &mut memory))?.shifts;
        // reuse of one memory: no search may leave anything behind
        for table in &tables {
            let prices = prices(table);
            let found = found(graph.within(0, 1.0, &prices, &Window { days: window.clone(), around: &around }, &mut memory))?;
            let stays = |tour: &[Option<u16>]| (0..DAYS).all(|day| window.contains(&day) || tour[day] == around[day]);
            prop_assert!((found.price - least(&prices, &bands, |day| window.contains(&day), stays)).abs() < 1e-9);
            prop_assert!(stays(&found.shifts) && is_the_tour_of_its_cost(&found, &bands));
            around = found.shifts;
        }
    }
}
