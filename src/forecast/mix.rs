//! The weighted mean of several methods: held-back origins choose the weights.
//!
//! Errors of different methods partly cancel, and weights near equal are hard to beat (Bates & Granger 1969; Timmermann 2006). A
//! few held-back weeks cannot tell close rivals apart, so the weights start from what did well on other series and move only where
//! the held-back origins gain by it beyond chance (the rule of standard errors of Breiman, Friedman, Olshen & Stone 1984, § 3.4.3,
//! on differences paired by origin).

use super::backtest::BacktestRow;
use crate::event::Event;
use crate::forecast::knowledge::known::Known;
use crate::forecast::methods::catalogue::methods;
use crate::forecast::methods::fitted::{DayShares, Fitted};
use crate::time::Horizon;
use chrono::NaiveDate;
use ndarray::{Array, Dimension};

/// Methods whose weighted mean is the forecast; the weights add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mix(Vec<(&'static str, f64)>);

/// Weights that are tried are multiples of one part in so many.
const PARTS: usize = 4;
/// Every method that may take part, the most trusted first.
const NAMES: [&str; 5] = ["structured", "svd", "trees", "mean_of_4_weeks", "last_week"];
/// Days of history with which trees are trusted as much as the structured model; with fewer, in proportion.
const DAYS_OF_TREES: f64 = 700.0;

/// Where a method's weight starts: for series of intervals and for daily ones of so many days.
fn belief(name: &str, daily: bool, days: usize) -> f64 {
    let trees = 0.5 * (days as f64 / DAYS_OF_TREES).min(1.0);
    match (name, daily) {
        ("structured" | "svd", false) => 0.5,
        ("structured", true) => 1.0 - trees,
        ("trees", true) => trees,
        _ => 0.0,
    }
}

/// How many weeks of counts a method takes the mean of, if it knows no level.
fn weeks_meant(name: &str) -> usize {
    match name {
        "mean_of_4_weeks" => 4,
        "last_week" => 1,
        _ => 0,
    }
}

/// A gain over the belief must be so many of its standard errors.
const STANDARD_ERRORS: f64 = 2.0;
/// The variance from origin to origin of the gain, as a share of the error, by weights at a squared distance of 1 from the belief, on
/// top of what the origins show: two or three that happen to agree prove little.
const PRIOR_VARIANCE: f64 = 0.01;

/// Errors below this share of the contacts are none.
const EXACT: f64 = 1e-9;

impl Mix {
    /// The weights that the held-back rows speak for; where nothing could be held back, the first method of the belief that can be
    /// fitted at all.
    pub(super) fn choose(rows: &[BacktestRow], known: &Known, horizon: Horizon) -> Option<Self> {
        let history = known.history;
        let often = |name: &str| rows.iter().filter(|row| row.method == name).count();
        let most = NAMES.iter().map(|name| often(name)).max().unwrap_or(0);
        if most == 0 {
            return Self::first_that_fits(known);
        }
        // a method too young for half of the origins has not been tried; one that means weeks on both sides of a shift is of neither, and
        // none that knows no effects speaks of an event
        let weeks_since = known.shifts().last().map_or(usize::MAX, |shift| (history.days() - shift.day) / 7);
        let comes = |event: &Event| event.is_lift() && horizon.dates().any(|date| event.is_on_date(date));
        let has_event = known.facts.events.iter().any(comes);
        let is_fit = |name: &str| weeks_meant(name) == 0 || !has_event && weeks_since >= weeks_meant(name);
        let names: Vec<&'static str> = NAMES.into_iter().filter(|name| 2 * often(name) > most && is_fit(name)).collect();
        if names.is_empty() {
            return Self::first_that_fits(known);
        }
        let tried = Tried::of(&names, rows);
        let only = |name: &str| names.iter().map(|other| f64::from(*other == name)).collect::<Vec<f64>>();
        // the plainest method that is never wrong needs no company
        let plain = only("mean_of_4_weeks");
        let is_exact = || plain.contains(&1.0) && tried.errors(&plain).iter().sum::<f64>() <= EXACT * tried.contacts();
        if is_exact() {
            return Some(Self::of(&names, &plain));
        }
        let daily = history.interval().per_day() == 1;
        let belief: Vec<f64> = names.iter().map(|name| belief(name, daily, history.counted_days().len())).collect();
        let believed: f64 = belief.iter().sum();
        let belief = if believed > 0.0 { belief.iter().map(|weight| weight / believed).collect() } else { only(names[0]) };
        let of_belief = tried.errors(&belief);
        let in_parts = |parts: Vec<usize>| parts.iter().map(|&part| part as f64 / PARTS as f64).collect::<Vec<f64>>();
        let best = compositions(PARTS, names.len())
            .into_iter()
            .map(in_parts)
            .map(|weights| (sure_gain(&tried.errors(&weights), &of_belief, squared_distance(&weights, &belief)), weights))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let weights = best.filter(|(gain, _)| *gain > 0.0).map_or(belief, |(_, weights)| weights);
        Some(Self::of(&names, &weights))
    }

    fn of(names: &[&'static str], weights: &[f64]) -> Self {
        Self(names.iter().copied().zip(weights.iter().copied()).filter(|(_, weight)| *weight > 0.0).collect())
    }

    fn first_that_fits(known: &Known) -> Option<Self> {
        let fits = |name: &str| methods().into_iter().any(|method| method.name() == name && method.fit(known).is_some());
        let simple = NAMES.into_iter().filter(|name| !matches!(*name, "svd" | "trees"));
        simple.into_iter().find(|name| fits(name)).map(|name| Self(vec![(name, 1.0)]))
    }

    /// Its methods with their weights, such as `0.50 structured + 0.50 svd`.
    pub(super) fn name(&self) -> String {
        match self.0.as_slice() {
            [(only, _)] => (*only).to_owned(),
            several => several.iter().map(|(name, weight)| format!("{weight:.2} {name}")).collect::<Vec<_>>().join(" + "),
        }
    }

    /// Its methods, fitted, with their weights; those that the history is too short for are left out.
    pub(super) fn fit(&self, known: &Known) -> FittedMix {
        let fit = |(name, weight): &(&str, f64)| {
            let method = methods().into_iter().find(|method| method.name() == *name)?;
            Some((method.fit(known)?, *weight))
        };
        FittedMix(self.0.iter().filter_map(fit).collect())
    }

    /// What it would have forecast from each origin that all its methods have a row for.
    pub(super) fn rows(&self, rows: &[BacktestRow]) -> Vec<BacktestRow> {
        let find = |name: &str, of: &BacktestRow| rows.iter().find(|row| row.method == name && row.origin == of.origin);
        let leaders = rows.iter().filter(|row| self.0.first().is_some_and(|(name, _)| row.method == *name));
        let mean = |leader: &BacktestRow| {
            let parts: Option<Vec<(&BacktestRow, f64)>> =
                self.0.iter().map(|(name, weight)| Some((find(name, leader)?, *weight))).collect();
            Some(mean_row(&parts?))
        };
        leaders.filter_map(mean).collect()
    }
}

/// What several methods said from the origins that all of them have a row for: a list an origin, a row a method.
struct Tried<'a>(Vec<Vec<&'a BacktestRow>>);

impl<'a> Tried<'a> {
    fn of(names: &[&str], rows: &'a [BacktestRow]) -> Self {
        let at = |origin: NaiveDate| {
            let find = |name: &&str| rows.iter().find(|row| row.method == *name && row.origin == origin);
            names.iter().map(find).collect::<Option<Vec<&BacktestRow>>>()
        };
        let leaders = rows.iter().filter(|row| names.first().is_some_and(|name| row.method == *name));
        Self(leaders.filter_map(|row| at(row.origin)).collect())
    }

    fn contacts(&self) -> f64 {
        self.0.iter().flat_map(|methods| methods[0].days.iter().flatten()).map(|one| one.count).sum()
    }

    /// The sum of absolute errors of a weighted mean from each origin.
    fn errors(&self, weights: &[f64]) -> Vec<f64> {
        let error = |methods: &Vec<&BacktestRow>| mean_row(&methods.iter().copied().zip(weights.iter().copied()).collect::<Vec<_>>()).off();
        self.0.iter().map(error).collect()
    }
}

impl BacktestRow {
    fn off(&self) -> f64 {
        self.days.iter().flatten().map(|one| one.error().abs()).sum()
    }
}

/// By how much of the believed weights' error others do better for sure: their mean gain over the origins less its standard errors.
fn sure_gain(errors: &[f64], of_belief: &[f64], squared_distance: f64) -> f64 {
    let origins = errors.len() as f64;
    let usual = (of_belief.iter().sum::<f64>() / origins).max(f64::MIN_POSITIVE);
    let gains: Vec<f64> = of_belief.iter().zip(errors).map(|(believed, error)| (believed - error) / usual).collect();
    let mean = gains.iter().sum::<f64>() / origins;
    let variance = gains.iter().map(|gain| (gain - mean).powi(2)).sum::<f64>() / (origins - 1.0).max(1.0);
    mean - STANDARD_ERRORS * ((variance + PRIOR_VARIANCE * squared_distance) / origins).sqrt()
}

fn squared_distance(weights: &[f64], others: &[f64]) -> f64 {
    weights.iter().zip(others).map(|(weight, other)| (weight - other).powi(2)).sum()
}

/// Every way to share `parts` among `among`.
fn compositions(parts: usize, among: usize) -> Vec<Vec<usize>> {
    if among <= 1 {
        return vec![vec![parts; among]];
    }
    let with_first = |first: usize| {
        compositions(parts - first, among - 1).into_iter().map(move |mut rest| {
            rest.insert(0, first);
            rest
        })
    };
    (0..=parts).rev().flat_map(with_first).collect()
}

fn mean_row(parts: &[(&BacktestRow, f64)]) -> BacktestRow {
    let mut mean = parts[0].0.clone();
    for (number, day) in mean.days.iter_mut().enumerate() {
        for (place, one) in day.iter_mut().enumerate() {
            one.forecast = parts.iter().map(|(row, weight)| row.days[number][place].forecast * weight).sum();
        }
    }
    mean
}

/// Fitted methods with their weights.
pub(super) struct FittedMix(Vec<(Box<dyn Fitted>, f64)>);

impl FittedMix {
    /// What the first method that can tell says of each day.
    pub(super) fn explain(&self, horizon: Horizon) -> Vec<DayShares> {
        self.0.iter().find_map(|(method, _)| method.explain(horizon)).unwrap_or_default()
    }

    /// The weighted mean of what they say.
    pub(super) fn mean<D: Dimension>(&self, say: impl Fn(&dyn Fitted) -> Array<f64, D>) -> Array<f64, D> {
        let all: f64 = self.0.iter().map(|(_, weight)| weight).sum();
        let sum = self.0.iter().map(|(method, weight)| say(method.as_ref()) * (weight / all)).reduce(|sum, next| sum + next);
        sum.unwrap_or_default()
    }
}
