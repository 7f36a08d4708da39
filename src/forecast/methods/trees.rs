//! Gradient-boosted trees on day totals: calendar, phases of events, drivers, season.
//!
//! Two kinds, half and half. Some learn the log of a day's total against its smoothed level a few days before (trees cannot follow a
//! trend), so a forecast is the present level plus what they say of the day (Friedman 2001, *Greedy function approximation*): what the
//! structured model must assume, such as the effect of a holiday on each weekday, they find by themselves. Others learn what the
//! structured model leaves unexplained, and correct it: where its straight lines fit, as with a strong driver, little is left to do.
//! Both average well with it; alone they lose where few days are known.

use super::fitted::Fitted;
use super::method::Method;
use super::structured::FittedStructure;
use crate::calendar::DayKind;
use crate::forecast::boosting::bins::{Bins, Cuts};
use crate::forecast::boosting::booster::{Booster, Growth};
use crate::forecast::boosting::tree::Limits;
use crate::forecast::knowledge::days::{DayTable, Side};
use crate::forecast::knowledge::facts::Facts;
use crate::forecast::knowledge::known::Known;
use crate::forecast::regression::regressors::{DriverDays, phases_by_family, year_share};
use crate::time::Horizon;
use chrono::Datelike;
use ndarray::Array2;
use std::rc::Rc;

/// Gradient-boosted trees.
#[derive(Clone, Copy, Debug)]
pub struct Trees;

/// Days below which trees only learn noise.
const LEAST_DAYS: usize = 120;
/// The level a total is compared with is so many counted days older than the day before.
const LEVEL_AGE: usize = 2;
/// Ensembles of each kind, grown from different random parts of days and features; their mean varies less.
const ENSEMBLES: u64 = 2;
const BINS: usize = 48;
const GROWTH: Growth = Growth {
    rounds: 100,
    rate: 0.08,
    share_of_rows: 0.7,
    share_of_features: 0.5,
    limits: Limits { depth: 4, leaves: 12, least_leaf_rows: 6, penalty: 1.0 },
};
/// Stands for "no such event near".
const FAR: f64 = 99.0;

impl Method for Trees {
    fn name(&self) -> &'static str {
        "trees"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        let (structure, facts) = (known.structure()?, &known.facts);
        let days = structure.days();
        if days.len() < LEAST_DAYS {
            return None;
        }
        let table = DayTable::until(known.history, facts, known.history.date(known.history.days()));
        let rows = of_days(&features(&table, facts), days);
        let cuts = Cuts::of(&rows, BINS);
        let bins = cuts.bins(&rows);
        let ensembles = |targets: &[f64]| (0..ENSEMBLES).map(|seed| Booster::grow(&bins, targets, &GROWTH, seed)).collect();
        let of_totals = ensembles(&structure.ordinary_over_level(LEVEL_AGE));
        let of_surprises = ensembles(structure.surprises());
        Some(Box::new(FittedTrees { cuts, of_totals, of_surprises, structure }))
    }
}

/// Every feature, a value a day.
fn features(table: &DayTable, facts: &Facts) -> Vec<Vec<f64>> {
    let days = || 0..table.len();
    let of = |value: &dyn Fn(usize) -> f64| days().map(value).collect::<Vec<f64>>();
    let place = |day| table.place_in_month(day).map_or((FAR, FAR), |(before, after)| (before as f64, after as f64));
    let mut all = vec![
        of(&|day| f64::from(table.date(day).weekday().num_days_from_monday())),
        of(&|day| f64::from(table.date(day).day())),
        of(&|day| year_share(table.date(day))),
        of(&|day| place(day).0),
        of(&|day| place(day).1),
        of(&|day| f64::from(table.is_beside_closure(day, Side::Before))),
        of(&|day| f64::from(table.is_beside_closure(day, Side::After))),
        of(&|day| match facts.calendar.special(table.date(day)).map(|special| special.kind) {
            None => 0.0,
            Some(DayKind::MakeupWork) => 1.0,
            Some(DayKind::BridgeOff) => 2.0,
            Some(DayKind::Statutory) => 3.0,
        }),
    ];
    for phases in phases_by_family(table, facts) {
        let near = |place: Option<(usize, f64)>| place.map_or(FAR, |(days, _)| days as f64);
        all.push(phases.iter().map(|phase| phase.size).collect());
        all.push(phases.iter().map(|phase| if phase.is_on() { phase.since as f64 } else { FAR }).collect());
        all.push(phases.iter().map(|phase| if phase.is_on() { phase.left as f64 } else { FAR }).collect());
        all.push(phases.iter().map(|phase| near(phase.after)).collect());
        all.push(phases.iter().map(|phase| near(phase.before)).collect());
    }
    for driver in facts.drivers {
        let known = DriverDays::of(driver);
        for lag in [(0, 0), (1, 1), (2, 3), (1, 7)] {
            all.push(of(&|day| known.over(table.date(day), lag)));
        }
    }
    all
}

fn of_days(features: &[Vec<f64>], days: &[usize]) -> Vec<Vec<f64>> {
    features.iter().map(|feature| days.iter().map(|&day| feature[day]).collect()).collect()
}

struct FittedTrees {
    cuts: Cuts,
    /// They say the log of a day's total over the level, events aside: a promotion seen three times is no leaf of a tree.
    of_totals: Vec<Booster>,
    /// They say the log of a day's total over what the structured model says.
    of_surprises: Vec<Booster>,
    /// Whose level and profiles they share.
    structure: Rc<FittedStructure>,
}

impl Fitted for FittedTrees {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let facts = self.structure.facts();
        let features = features(&self.structure.table(horizon), &facts);
        let days: Vec<usize> = self.structure.numbers(horizon).collect();
        let bins = self.cuts.bins(&of_days(&features, &days));
        let (over_level, surprises) = (mean_of(&self.of_totals, &bins), mean_of(&self.of_surprises, &bins));
        let (structured, events) = (self.structure.logs(horizon), self.structure.event_logs(horizon));
        let by_level = self.structure.spread(horizon, |ahead| self.structure.level() + over_level[ahead] + events[ahead]);
        let corrected = self.structure.spread(horizon, |ahead| structured[ahead] + surprises[ahead]);
        (by_level + corrected) / 2.0
    }
}

/// What ensembles say of each row, on average.
fn mean_of(ensembles: &[Booster], bins: &Bins) -> Vec<f64> {
    let mean = |row| ensembles.iter().map(|ensemble| ensemble.says(bins, row)).sum::<f64>() / ensembles.len() as f64;
    (0..bins.rows()).map(mean).collect()
}
