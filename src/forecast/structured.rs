//! The structured model: log day total = smoothed level + weekday + calendar + season + events + drivers, times a weekday profile.
//!
//! The level follows simple exponential smoothing. Filtering the totals and every regressor with the same recursion and
//! regressing one on the other is generalised least squares in closed form (Harvey 1989, *Forecasting, structural time series
//! models*, ch. 7); Huber weights keep odd days from bending it. Several smoothing weights are tried and blended, those with less
//! mean error 1, 5 and 10 days ahead counting more.

use super::days::{DayTable, events_of, families};
use super::profile::Profiles;
use super::regressors::{Part, Regressor, regressors};
use super::{DayShares, Facts, Fitted, MOST_AHEAD, Method, OwnedFacts, is_open_day};
use crate::history::ContactHistory;
use crate::time::Horizon;
use chrono::Datelike;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};
use ndarray::Array2;
use std::collections::BTreeMap;
use std::ops::Range;

/// The structured model.
#[derive(Clone, Copy, Debug)]
pub struct Structured;

/// Complete days below which the model has nothing to learn a weekday from.
const LEAST_DAYS: usize = 15;
const SMOOTHING_WEIGHTS: [f64; 8] = [0.01, 0.03, 0.06, 0.1, 0.16, 0.25, 0.35, 0.5];
/// Smoothing weights are trusted nearly alike until so many days tell them apart; with five times as many, 4 % more error leaves a
/// third of the trust.
const DAYS_TO_TELL_APART: f64 = 100.0;
const STEPS: [usize; 3] = [1, 5, 10];
/// Residuals beyond so many robust standard deviations may count less; how many is for the residuals to say.
const HUBER: [f64; 6] = [1.2, 1.45, 1.7, 1.95, 2.2, 2.5];
/// The level moves by at most so many robust standard deviations a day.
const LEVEL_CLIP: f64 = 2.0;
/// No series is so noisy that its log deserves a larger correction towards the mean.
const MOST_LIFT: f64 = 0.5;
/// How far off one event of a family is from the next, before any was seen: the log's variance, and how many events it counts for.
const EVENT_VARIANCE: (f64, f64) = (0.04, 2.0);
/// The log's variance for an event of a family never seen, of which nothing is expected.
const UNKNOWN_EVENT_VARIANCE: f64 = 0.25;

impl Method for Structured {
    fn name(&self) -> &'static str {
        "structured"
    }

    fn fit(&self, history: &ContactHistory, facts: &Facts) -> Option<Box<dyn Fitted>> {
        Some(Box::new(FittedStructure::learn(history, facts)?))
    }
}

/// A day without contacts still has a logarithm.
fn log_total(total: f64) -> f64 {
    (total + 0.5).ln()
}

/// The total of a logarithm from [`log_total`].
fn total_of_log(log: f64) -> f64 {
    (log.min(25.0).exp() - 0.5).max(0.0)
}

/// The days a model of day totals learns from: complete ones that do not look like an event nobody entered.
pub(super) fn usable_days(history: &ContactHistory, facts: &Facts) -> Vec<usize> {
    let odd = outlying_days(history, facts);
    (0..history.days()).filter(|&day| history.day_total(day).is_some() && !history.was_closed(day) && !odd.contains(&day)).collect()
}

/// Days that look like an event nobody entered; where drivers are known, high days may be theirs and are kept.
fn outlying_days(history: &ContactHistory, facts: &Facts) -> Vec<usize> {
    if !facts.drivers.is_empty() {
        return Vec::new();
    }
    crate::history::suspected_days(history, facts.events)
}

/// Profiles learned from the days outside events.
pub(super) fn ordinary_profiles(history: &ContactHistory, facts: &Facts, usable: &[usize]) -> Profiles {
    let is_event = |day: usize| facts.events.iter().any(|event| event.is_on_date(history.date(day)));
    Profiles::learn(history, |day| is_event(day) || usable.binary_search(&day).is_err()).with_events(history, facts, usable)
}

/// The regression of one series of numbers, a number a usable day, on what is known of the days, around a smoothed level.
#[derive(Clone, Debug)]
pub(super) struct LevelRegression {
    /// Which columns vary over the days learned from.
    kept: Vec<bool>,
    coefficients: DVector<f64>,
    /// Of the estimate's coefficients, in units of the noise variance.
    precision: Option<Cholesky<f64, Dyn>>,
    /// The level after the last day.
    pub(super) level: f64,
    /// What the regressors and the level of the day before leave unexplained, a number a day.
    pub(super) surprises: Vec<f64>,
    /// The level before each day.
    pub(super) levels: Vec<f64>,
    error: f64,
    /// The variance by which the level wanders from one day to the next.
    drift: f64,
}

impl LevelRegression {
    /// Learns from `values` of the days numbered `days`; `None` if there are none.
    pub(super) fn learn(columns: &[Regressor], days: &[usize], values: &[f64]) -> Option<Self> {
        let varies = |column: &Regressor| {
            let first = days.first().map(|&day| column.values[day]);
            column.prior != 0.0 || days.iter().any(|&day| Some(column.values[day]) != first)
        };
        let kept: Vec<bool> = columns.iter().map(varies).collect();
        let used: Vec<&Regressor> = columns.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(column, _)| column).collect();
        let rows = DMatrix::from_fn(days.len(), used.len(), |row, column| used[column].values[days[row]]);
        let values = DVector::from_column_slice(values);
        let fits: Vec<Self> = SMOOTHING_WEIGHTS.iter().map(|&weight| Self::with_weight(weight, &rows, &values, &used, &kept)).collect();
        Self::blend(fits)
    }

    /// The mean of fits with several smoothing weights, those with less error counting more. All are linear, so are their sums.
    fn blend(mut fits: Vec<Self>) -> Option<Self> {
        let least = fits.iter().map(|fit| fit.error).fold(f64::INFINITY, f64::min).max(1e-9);
        let evidence = (fits[0].levels.len() as f64 / DAYS_TO_TELL_APART).powi(2);
        let trust: Vec<f64> = fits.iter().map(|fit| (-evidence * (fit.error / least - 1.0)).exp()).collect();
        let all: f64 = trust.iter().sum();
        let best = (0..fits.len()).min_by(|&a, &b| fits[a].error.total_cmp(&fits[b].error))?;
        let mean = |of: &dyn Fn(&Self) -> f64| fits.iter().zip(&trust).map(|(fit, trust)| of(fit) * trust / all).sum::<f64>();
        let level = mean(&|fit| fit.level);
        let coefficients = DVector::from_fn(fits[best].coefficients.len(), |row, _| mean(&|fit| fit.coefficients[row]));
        let levels = (0..fits[best].levels.len()).map(|day| mean(&|fit| fit.levels[day])).collect();
        let surprises = (0..fits[best].levels.len()).map(|day| mean(&|fit| fit.surprises[day])).collect();
        let drift = mean(&|fit| fit.drift);
        Some(Self { coefficients, level, surprises, levels, drift, ..fits.swap_remove(best) })
    }

    fn with_weight(weight: f64, rows: &DMatrix<f64>, values: &DVector<f64>, columns: &[&Regressor], kept: &[bool]) -> Self {
        let prior = DVector::from_iterator(columns.len(), columns.iter().map(|column| column.prior));
        let (coefficients, precision) = if columns.is_empty() {
            (prior, None)
        } else {
            let mut filtered = rows.clone();
            filtered.column_iter_mut().for_each(|mut column| column.copy_from(&innovations(&column.clone_owned(), weight)));
            let (departure, precision) = huber_ridge(&filtered, &innovations(&(values - rows * &prior), weight), columns);
            (prior + departure, precision)
        };
        let smoothed = smooth(&(values - rows * &coefficients), weight);
        Self {
            kept: kept.to_vec(),
            coefficients,
            precision,
            level: smoothed.level,
            drift: (weight * robust_scale(&smoothed.surprises)).powi(2),
            surprises: smoothed.surprises,
            levels: smoothed.levels,
            error: smoothed.error,
        }
    }

    /// The effect of each column that was kept on a day.
    pub(super) fn effects<'a>(&self, columns: &'a [Regressor], day: usize) -> impl Iterator<Item = (&'a Part, f64)> {
        let used = columns.iter().zip(&self.kept).filter(|(_, kept)| **kept);
        used.zip(self.coefficients.iter()).map(move |((column, _), coefficient)| (&column.part, column.values[day] * coefficient))
    }

    /// Level and effects together.
    pub(super) fn value(&self, columns: &[Regressor], day: usize) -> f64 {
        self.level + self.effects(columns, day).map(|(_, effect)| effect).sum::<f64>()
    }

    /// A robust standard deviation of the surprises.
    pub(super) fn deviation(&self) -> f64 {
        robust_scale(&self.surprises)
    }

    /// The variance that the level's wandering adds to a day so many days ahead, beyond those that held-back origins have shown.
    fn wander_variance(&self, ahead: usize) -> f64 {
        self.drift * ahead.saturating_sub(MOST_AHEAD) as f64
    }

    /// The variance of a day's effects of events, from how seldom the like was seen.
    fn effect_variance(&self, columns: &[Regressor], day: usize) -> f64 {
        let Some(precision) = &self.precision else { return 0.0 };
        let seldom = |column: &Regressor| matches!(column.part, Part::Event(_));
        let used = columns.iter().zip(&self.kept).filter(|(_, kept)| **kept).map(|(column, _)| column);
        let row: Vec<f64> = used.map(|column| if seldom(column) { column.values[day] } else { 0.0 }).collect();
        if row.iter().all(|value| *value == 0.0) {
            return 0.0;
        }
        let row = DVector::from_vec(row);
        row.dot(&precision.solve(&row)) * self.deviation().powi(2)
    }
}

/// One-step errors of exponential smoothing: a linear map, so it may be applied to each side of a regression.
fn innovations(series: &DVector<f64>, weight: f64) -> DVector<f64> {
    let mut level = opening_level(series);
    series.map(|value| {
        let innovation = value - level;
        level += weight * innovation;
        innovation
    })
}

fn opening_level(series: &DVector<f64>) -> f64 {
    let days = series.len().min(10);
    series.rows(0, days).mean()
}

struct Smoothed {
    level: f64,
    levels: Vec<f64>,
    surprises: Vec<f64>,
    error: f64,
}

/// The level before and after each day and the mean absolute 1-, 5- and 10-step error; odd days move it by a bounded amount.
fn smooth(remainder: &DVector<f64>, weight: f64) -> Smoothed {
    let bound = LEVEL_CLIP * robust_scale(innovations(remainder, weight).as_slice());
    let mut level = opening_level(remainder);
    let mut levels = Vec::with_capacity(remainder.len());
    for value in remainder {
        levels.push(level);
        level += weight * (value - level).clamp(-bound, bound);
    }
    let burn_in = remainder.len().min(20) / 2;
    let errors = STEPS
        .iter()
        .flat_map(|step| (burn_in..(remainder.len() + 1).saturating_sub(*step)).map(move |day| (day, day + step - 1)))
        .map(|(from, to)| (remainder[to] - levels[from]).abs());
    let (sum, count) = errors.fold((0.0, 0_usize), |(sum, count), error| (sum + error, count + 1));
    let surprises = remainder.iter().zip(&levels).map(|(value, level)| value - level).collect();
    Smoothed { level, levels, surprises, error: sum / count.max(1) as f64 }
}

/// Ridge regression with Huber weights, re-weighted three times, and the precision of the estimate. The ridge is in units of
/// the noise variance.
fn huber_ridge(rows: &DMatrix<f64>, totals: &DVector<f64>, columns: &[&Regressor]) -> (DVector<f64>, Option<Cholesky<f64, Dyn>>) {
    let mut weights = DVector::from_element(totals.len(), 1.0);
    let mut coefficients = DVector::zeros(columns.len());
    let mut precision = None;
    for _ in 0..4 {
        let mut weighted = rows.clone();
        weighted.column_iter_mut().for_each(|mut column| column.component_mul_assign(&weights));
        let mut normal = weighted.tr_mul(rows);
        for (column, regressor) in columns.iter().enumerate() {
            normal[(column, column)] += regressor.ridge;
        }
        if let Some(factor) = normal.cholesky() {
            coefficients = factor.solve(&weighted.tr_mul(totals));
            precision = Some(factor);
        }
        let errors = totals - rows * &coefficients;
        let bound = huber_bound(errors.as_slice());
        weights = errors.map(|error| if error.abs() <= bound { 1.0 } else { bound / error.abs() });
    }
    (coefficients, precision)
}

/// The bound with which the estimate varies least: heavy tails ask for a low one, light tails for a high one (Wang, Lin, Zhu & Bai
/// 2007, *Robust estimation using the Huber function with a data-dependent tuning constant*).
fn huber_bound(errors: &[f64]) -> f64 {
    let scale = robust_scale(errors);
    let variance = |bound: f64| {
        let (sum, within) = errors.iter().fold((0.0, 0_usize), |(sum, within), error| {
            (sum + error.abs().min(bound).powi(2), within + usize::from(error.abs() <= bound))
        });
        sum / (within.max(1) as f64).powi(2)
    };
    let bounds = HUBER.map(|deviations| (deviations * scale, variance(deviations * scale)));
    bounds.into_iter().reduce(|best, next| if next.1 < best.1 { next } else { best }).map_or(scale, |(bound, _)| bound)
}

/// 1.4826 × the median absolute value; never quite zero.
pub(super) fn robust_scale(errors: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    let middle = sizes.len() / 2;
    if sizes.is_empty() {
        return 1e-6;
    }
    let (_, median, _) = sizes.select_nth_unstable_by(middle, f64::total_cmp);
    (1.4826 * *median).max(1e-6)
}

/// What the model has learned.
#[derive(Clone, Debug)]
pub(super) struct FittedStructure {
    history: ContactHistory,
    facts: OwnedFacts,
    profiles: Profiles,
    days: Vec<usize>,
    totals: Vec<f64>,
    weekday_drop: [f64; 7],
    counted: usize,
    regression: LevelRegression,
    /// How much the next event of a family may depart from those before it, as variance of the log.
    event_variance: BTreeMap<String, f64>,
}

impl FittedStructure {
    pub(super) fn learn(history: &ContactHistory, facts: &Facts) -> Option<Self> {
        let days = usable_days(history, facts);
        if days.len() < LEAST_DAYS {
            return None;
        }
        let profiles = ordinary_profiles(history, facts, &days);
        let totals: Vec<f64> = days.iter().map(|&day| log_total(history.day_total(day).unwrap_or(0.0))).collect();
        let weekday_drop = weekday_drop(history, &days, &totals);
        let counted = history.counted_days().len();
        let table = DayTable::until(history, facts, history.date(history.days()));
        let columns = regressors(&table, facts, &profiles, &weekday_drop, counted);
        let regression = LevelRegression::learn(&columns, &days, &totals)?;
        let event_variance = event_variance(history, facts, &days, &regression.surprises);
        Some(Self {
            history: history.clone(),
            facts: OwnedFacts::of(facts),
            profiles,
            days,
            totals,
            weekday_drop,
            counted,
            regression,
            event_variance,
        })
    }

    /// The days learned from.
    pub(super) fn days(&self) -> &[usize] {
        &self.days
    }

    /// Of each day learned from, the log of its total over the level so many such days before.
    pub(super) fn totals_over_level(&self, age: usize) -> Vec<f64> {
        let level = |row: usize| self.regression.levels[row.saturating_sub(age)];
        self.totals.iter().enumerate().map(|(row, total)| total - level(row)).collect()
    }

    /// Of each day learned from, what the model on its eve leaves of the log of its total.
    pub(super) fn surprises(&self) -> &[f64] {
        &self.regression.surprises
    }

    /// What the model says of the log of each day's total.
    pub(super) fn logs(&self, horizon: Horizon) -> Vec<f64> {
        let (columns, towards_mean) = (self.columns(horizon), self.towards_mean());
        self.numbers(horizon).map(|day| self.regression.value(&columns, day) + towards_mean).collect()
    }

    /// What was known ahead.
    pub(super) fn facts(&self) -> Facts<'_> {
        self.facts.borrow()
    }

    /// What is known of each day up to the end of a horizon.
    pub(super) fn table(&self, horizon: Horizon) -> DayTable {
        DayTable::until(&self.history, &self.facts(), horizon.end())
    }

    /// Contacts of each day of a horizon from the log of its total, spread over its intervals; none where it is closed.
    pub(super) fn spread(&self, horizon: Horizon, log: impl Fn(usize) -> f64) -> Array2<f64> {
        let facts = self.facts();
        let mut contacts = Array2::zeros((horizon.days, self.history.interval().per_day()));
        for (ahead, date) in horizon.dates().enumerate().filter(|(_, date)| is_open_day(&self.history, &facts, *date)) {
            self.profiles.spread(total_of_log(log(ahead)), date, &facts, contacts.row_mut(ahead));
        }
        contacts
    }

    /// What the model would have said of each day learned from on the eve, interval by interval.
    pub(super) fn days_ahead(&self) -> Vec<(usize, Vec<f64>)> {
        let facts = self.facts.borrow();
        let said = self.totals.iter().zip(&self.regression.surprises).map(|(total, surprise)| total_of_log(total - surprise));
        let spread = |(&day, total): (&usize, f64)| {
            let mut row = ndarray::Array1::zeros(self.history.interval().per_day());
            self.profiles.spread(total, self.history.date(day), &facts, row.view_mut());
            (day, row.to_vec())
        };
        self.days.iter().zip(said).map(spread).collect()
    }

    /// The level of the log, without any effect.
    pub(super) fn level(&self) -> f64 {
        self.regression.level
    }

    fn columns(&self, horizon: Horizon) -> Vec<Regressor> {
        regressors(&self.table(horizon), &self.facts(), &self.profiles, &self.weekday_drop, self.counted)
    }

    /// What weekday and drivers add to the log of a mean day: a level that leaves them out is no level anybody knows.
    fn usual_effects<'a>(&self, columns: &'a [Regressor]) -> BTreeMap<&'a Part, f64> {
        let share = 1.0 / self.days.len().max(1) as f64;
        let mut usual = BTreeMap::new();
        for &day in &self.days {
            for (part, effect) in self.regression.effects(columns, day).filter(|(part, _)| matches!(part, Part::Weekday | Part::Driver(_)))
            {
                *usual.entry(part).or_default() += effect * share;
            }
        }
        usual
    }

    /// Numbers of the horizon's days in the table, counted from the history's first.
    pub(super) fn numbers(&self, horizon: Horizon) -> Range<usize> {
        let first = self.history.day_of(horizon.first).unwrap_or(0);
        first..first + horizon.days
    }

    /// What lifts the exponential of a mean log to the mean itself: what came over what was said on the eve, in all (the
    /// smearing factor of Duan 1983, as a ratio); within bounds, lest a few odd days lift every other.
    fn towards_mean(&self) -> f64 {
        let (came, said) = self
            .totals
            .iter()
            .zip(&self.regression.surprises)
            .fold((0.0, 0.0), |(came, said), (total, surprise)| (came + total.exp(), said + (total - surprise).exp()));
        if said > 0.0 { (came / said).ln().clamp(0.0, MOST_LIFT) } else { 0.0 }
    }
}

impl Fitted for FittedStructure {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let logs = self.logs(horizon);
        self.spread(horizon, |ahead| logs[ahead])
    }

    fn effect_variance(&self, horizon: Horizon) -> Vec<f64> {
        let facts = self.facts.borrow();
        let columns = self.columns(horizon);
        let of_families = |date| {
            let on = |family: &&str| events_of(&facts, family).any(|event| event.is_on_date(date));
            let variance = |family| self.event_variance.get(family).copied().unwrap_or(UNKNOWN_EVENT_VARIANCE);
            families(&facts, |_| true).into_iter().filter(on).map(variance).sum::<f64>()
        };
        horizon
            .dates()
            .zip(self.numbers(horizon))
            .map(|(date, day)| {
                let wander = self.regression.wander_variance(day.saturating_sub(self.history.days()));
                self.regression.effect_variance(&columns, day) + of_families(date) + wander
            })
            .collect()
    }

    fn explain(&self, horizon: Horizon) -> Option<Vec<DayShares>> {
        let facts = self.facts.borrow();
        let columns = self.columns(horizon);
        let usual = self.usual_effects(&columns);
        let usual_sum: f64 = usual.values().sum();
        let shares = |(date, day)| {
            let mut parts: BTreeMap<&Part, f64> = usual.iter().map(|(part, usual)| (*part, -usual)).collect();
            for (part, effect) in self.regression.effects(&columns, day) {
                *parts.entry(part).or_default() += effect;
            }
            DayShares {
                date,
                open: is_open_day(&self.history, &facts, date),
                level: total_of_log(self.regression.level + usual_sum + self.towards_mean()),
                factors: parts.into_iter().map(|(part, log)| (part.clone(), log.exp())).collect(),
            }
        };
        Some(horizon.dates().zip(self.numbers(horizon)).map(shares).collect())
    }
}

/// How far each weekday's median log lies above the quietest one's.
fn weekday_drop(history: &ContactHistory, days: &[usize], totals: &[f64]) -> [f64; 7] {
    let mut by_weekday: [Vec<f64>; 7] = std::array::from_fn(|_| Vec::new());
    for (&day, &total) in days.iter().zip(totals) {
        by_weekday[history.date(day).weekday().num_days_from_monday() as usize].push(total);
    }
    let medians = by_weekday.map(|mut totals| {
        totals.sort_by(f64::total_cmp);
        totals.get(totals.len() / 2).copied()
    });
    let least = medians.iter().flatten().copied().fold(f64::INFINITY, f64::min);
    medians.map(|median| median.map_or(0.0, |median| median - least))
}

/// Of each family, how much an event departs from what its family taught: the mean square of the past events' mean surprises,
/// with a few events' worth of caution, and the mean's own uncertainty.
fn event_variance(history: &ContactHistory, facts: &Facts, days: &[usize], surprises: &[f64]) -> BTreeMap<String, f64> {
    let mut variances = BTreeMap::new();
    for family in families(facts, |_| true) {
        let (mut squares, mut seen, mut expected) = (0.0, 0.0, false);
        for event in events_of(facts, family) {
            let on: Vec<f64> =
                days.iter().zip(surprises).filter(|(day, _)| event.is_on_date(history.date(**day))).map(|(_, off)| *off).collect();
            expected |= event.expected.volume.is_some();
            if !on.is_empty() {
                squares += (on.iter().sum::<f64>() / on.len() as f64).powi(2);
                seen += 1.0;
            }
        }
        let (variance, worth) = EVENT_VARIANCE;
        if seen > 0.0 || expected {
            let between = (worth * variance + squares) / (worth + seen);
            variances.insert(family.to_owned(), between * (1.0 + 1.0 / f64::max(seen, 1.0)));
        }
    }
    variances
}
