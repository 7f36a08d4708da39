//! Weighted mean of several methods, with weights from held-back origins.
//!
//! Errors of different methods partly cancel, and near-equal weights are hard to beat (Bates & Granger 1969; Timmermann 2006). A few
//! held-back weeks cannot distinguish close rivals. The weights therefore start from a prior based on other series, and move only where
//! the gain on the held-back origins exceeds chance (the standard-error rule of Breiman, Friedman, Olshen & Stone 1984, § 3.4.3, on
//! differences paired by origin).

use super::backtest::BacktestRow;
use crate::event::Event;
use crate::forecast::knowledge::known::Known;
use crate::forecast::methods::catalogue::methods;
use crate::forecast::methods::fitted::{DayShares, Fitted};
use crate::time::Horizon;
use chrono::NaiveDate;
use ndarray::{Array, Dimension};

/// Methods with their weights, which add up to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mix(Vec<(&'static str, f64)>);

/// Number of equal parts into which the weights are divided.
const PARTS: usize = 4;
/// All candidate methods, most trusted first.
const NAMES: [&str; 5] = ["structured", "svd", "trees", "mean_of_4_weeks", "last_week"];
/// Days of history with which trees are trusted as much as the structured model; with fewer, proportionally less.
const DAYS_OF_TREES: f64 = 700.0;

/// Prior weight of a method, for daily series and for series of shorter intervals, given the days of history.
fn belief(name: &str, daily: bool, days: usize) -> f64 {
    let trees = 0.5 * (days as f64 / DAYS_OF_TREES).min(1.0);
    match (name, daily) {
        ("structured" | "svd", false) => 0.5,
        ("structured", true) => 1.0 - trees,
        ("trees", true) => trees,
        _ => 0.0,
    }
}

/// Weeks of counts averaged by a method that has no level.
fn weeks_meant(name: &str) -> usize {
    match name {
        "mean_of_4_weeks" => 4,
        "last_week" => 1,
        _ => 0,
    }
}

/// Standard errors by which a gain over the prior weights must exceed 0.
const STANDARD_ERRORS: f64 = 2.0;
/// Prior variance of the gain between origins, as a share of the error, at a squared distance of 1 from the prior weights. It is added to
/// the observed variance, since two or three agreeing origins prove little.
const PRIOR_VARIANCE: f64 = 0.01;

/// Share of the contacts below which errors count as zero.
const EXACT: f64 = 1e-9;

impl Mix {
    /// Weights supported by the held-back rows. Without any rows, the first simple method that can be fitted.
    pub(super) fn choose(rows: &[BacktestRow], known: &Known, horizon: Horizon) -> Option<Self> {
        let history = known.history;
        let often = |name: &str| rows.iter().filter(|row| row.method == name).count();
        let most = NAMES.iter().map(|name| often(name)).max().unwrap_or(0);
        if most == 0 {
            return Self::first_that_fits(known);
        }
        // methods with too short a history for half of the origins are untested; a mean of weeks on both sides of a shift fits neither
        // level, and methods without event effects cannot forecast events
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
        // a naive method without any error is used alone
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

    /// Methods with their weights, such as `0.50 structured + 0.50 svd`.
    pub(super) fn name(&self) -> String {
        match self.0.as_slice() {
            [(only, _)] => (*only).to_owned(),
            several => several.iter().map(|(name, weight)| format!("{weight:.2} {name}")).collect::<Vec<_>>().join(" + "),
        }
    }

    /// The fitted methods with their weights; those whose history is too short are left out.
    pub(super) fn fit(&self, known: &Known) -> FittedMix {
        let fit = |(name, weight): &(&str, f64)| {
            let method = methods().into_iter().find(|method| method.name() == *name)?;
            Some((method.fit(known)?, *weight))
        };
        FittedMix(self.0.iter().filter_map(fit).collect())
    }

    /// Its forecast from each origin for which all its methods have a row.
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

/// Rows of several methods from the origins that all of them share: one list per origin, one row per method.
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

    /// Sum of absolute errors of a weighted mean, by origin.
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

/// Lower bound on the relative gain over the prior weights: mean gain over the origins less its standard errors.
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

/// All ways to distribute `parts` among `among`.
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
    /// Decomposition of each day by the first method that gives one.
    pub(super) fn explain(&self, horizon: Horizon) -> Vec<DayShares> {
        self.0.iter().find_map(|(method, _)| method.explain(horizon)).unwrap_or_default()
    }

    /// Weighted mean of the methods' results.
    pub(super) fn mean<D: Dimension>(&self, say: impl Fn(&dyn Fitted) -> Array<f64, D>) -> Array<f64, D> {
        let all: f64 = self.0.iter().map(|(_, weight)| weight).sum();
        let sum = self.0.iter().map(|(method, weight)| say(method.as_ref()) * (weight / all)).reduce(|sum, next| sum + next);
        sum.unwrap_or_default()
    }
}
