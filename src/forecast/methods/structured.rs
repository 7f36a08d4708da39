//! The structured model: log day total = smoothed level + weekday + calendar + season + events + drivers, times a weekday profile.
//!
//! `level_regression.rs` estimates level and effects together.

use super::fitted::{DayShares, Fitted};
use super::profile::{Profiles, covers};
use crate::event::{Event, Family};
use crate::forecast::knowledge::days::{DayTable, UsualSizes, events_of, families};
use crate::forecast::knowledge::facts::{Facts, OwnedFacts, is_open_day};
use crate::forecast::regression::day_log::DayLog;
use crate::forecast::regression::event_columns::is_short;
use crate::forecast::regression::fortnight;
use crate::forecast::regression::level_regression::LevelRegression;
use crate::forecast::regression::regressor::{Kind, Part, Regressor};
use crate::forecast::regression::regressors::{Traits, regressors};
use crate::history::ContactHistory;
use crate::time::Horizon;
use chrono::{Datelike, NaiveDate};
use ndarray::Array2;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Minimum number of complete days from which effects are learned.
pub(in crate::forecast) const LEAST_DAYS: usize = 8;
/// Maximum correction of the log towards the mean.
const MOST_LIFT: f64 = 0.5;
/// Days on either side of a day that make up the level of the weeks around it.
const WEEKS_AROUND: usize = 14;
/// Prior of an event's departure from its prediction: variance of the log, and the number of events it counts for.
const DEPARTURE_VARIANCE: (f64, f64) = (0.04, 2.0);
/// Variance of the log for an event of a family never seen, without an expectation.
const UNKNOWN_EVENT_VARIANCE: f64 = 0.25;

/// Profiles learned from the days outside events.
pub(in crate::forecast) fn ordinary_profiles(history: &ContactHistory, facts: &Facts, usable: &[usize]) -> Profiles {
    let is_event = |day: usize| facts.events.iter().any(|event| event.is_on_date(history.date(day)));
    Profiles::learn(history, |day| is_event(day) || usable.binary_search(&day).is_err()).with_events(history, facts, usable)
}

/// The fitted structured model.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct FittedStructure {
    history: ContactHistory,
    facts: OwnedFacts,
    profiles: Profiles,
    days: Vec<usize>,
    /// First days of new levels.
    starts: Vec<usize>,
    scale: DayLog,
    totals: Vec<f64>,
    traits: Traits,
    regression: LevelRegression,
    /// Variance of the log by which the next event of a family may depart from its prediction. Used where planners state a multiplier and
    /// where events are too long to have a deviation of their own in the regression.
    departures: BTreeMap<String, f64>,
    sizes: UsualSizes,
}

impl FittedStructure {
    /// Model learned from `days`, with levels beginning anew at `starts`; `None` if there are too few days.
    pub(in crate::forecast) fn learn(history: &ContactHistory, facts: &Facts, days: Vec<usize>, starts: Vec<usize>) -> Option<Self> {
        if days.len() < LEAST_DAYS {
            return None;
        }
        let profiles = ordinary_profiles(history, facts, &days);
        let totals: Vec<f64> = days.iter().map(|&day| history.day_total(day).unwrap_or(0.0)).collect();
        let scale = DayLog::of(&totals);
        let totals: Vec<f64> = totals.into_iter().map(|total| scale.log(total)).collect();
        let traits = Traits {
            weekday_drop: weekday_drop(history, &days, &totals),
            counted: history.counted_days().len(),
            has_fortnight: fortnight::shows(history, facts.events, &days, &totals),
        };
        let table = DayTable::until(history, facts, history.date(history.days()));
        let columns = regressors(&table, facts, &profiles, &traits);
        let regression = LevelRegression::learn(&columns, &days, &totals, &starts, scale.fastest_smoothing())?;
        let departures = departures(history, facts, &days, &regression.surprises);
        Some(Self {
            history: history.clone(),
            facts: OwnedFacts::of(facts),
            profiles,
            days,
            starts,
            scale,
            totals,
            traits,
            regression,
            departures,
            sizes: table.sizes().clone(),
        })
    }

    /// Days learned from.
    pub(in crate::forecast) fn days(&self) -> &[usize] {
        &self.days
    }

    /// Log total minus the level `age` training days earlier, event and holiday effects removed; one value per training day.
    pub(in crate::forecast) fn ordinary_over_level(&self, age: usize) -> Vec<f64> {
        let level = |row: usize| self.regression.levels[row.saturating_sub(age)];
        let effects = self.event_logs(self.past());
        self.totals.iter().zip(&self.days).enumerate().map(|(row, (total, &day))| total - level(row) - effects[day]).collect()
    }

    /// Log of the level of the weeks around each training day over that of the last day's. Known effects are removed, and weeks do not
    /// extend beyond a level shift.
    pub(in crate::forecast) fn weeks_over_last(&self) -> BTreeMap<usize, f64> {
        let columns = self.columns(self.past());
        let effects = |day: usize| self.regression.effects(&columns, day).map(|(_, effect)| effect).sum::<f64>();
        let plain: Vec<f64> = self.totals.iter().zip(&self.days).map(|(total, &day)| total - effects(day)).collect();
        let part = |row: usize| self.starts.partition_point(|start| *start <= self.days[row]);
        let level = |row: usize| {
            let near = row.saturating_sub(WEEKS_AROUND)..(row + WEEKS_AROUND + 1).min(plain.len());
            let (sum, count) =
                near.filter(|&near| part(near) == part(row)).fold((0.0, 0.0), |(sum, count), near| (sum + plain[near], count + 1.0));
            sum / count
        };
        let last = self.days.len().checked_sub(1).map_or(0.0, level);
        self.days.iter().enumerate().map(|(row, &day)| (day, level(row) - last)).collect()
    }

    /// Effect of events and holidays on the log of each day's total, where planners state no multiplier.
    pub(in crate::forecast) fn event_logs(&self, horizon: Horizon) -> Vec<f64> {
        let columns = self.columns(horizon);
        self.numbers(horizon).map(|day| self.regression.pooled_effect(&columns, day)).collect()
    }

    /// Days of the history.
    pub(in crate::forecast) fn past(&self) -> Horizon {
        Horizon { first: self.history.first(), days: self.history.days() }
    }

    /// Traits of the series on which its columns depend.
    pub(in crate::forecast) const fn traits(&self) -> &Traits {
        &self.traits
    }

    /// Profiles of weekdays and event days.
    pub(in crate::forecast) fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// One-step errors of the log total, one per training day.
    pub(in crate::forecast) fn surprises(&self) -> &[f64] {
        &self.regression.surprises
    }

    /// Predicted log of each day's total.
    pub(in crate::forecast) fn logs(&self, horizon: Horizon) -> Vec<f64> {
        let (columns, towards_mean) = (self.columns(horizon), self.towards_mean());
        self.numbers(horizon).map(|day| self.regression.value(&columns, day, self.ahead(day)) + towards_mean).collect()
    }

    /// Facts the model was fitted with.
    pub(in crate::forecast) fn facts(&self) -> Facts<'_> {
        self.facts.borrow()
    }

    /// History the model was fitted to.
    pub(in crate::forecast) fn history(&self) -> &ContactHistory {
        &self.history
    }

    /// Share of an ordinary day's contacts in the hours that an event covers on a date; `None` if there are none.
    pub(in crate::forecast) fn share_covered(&self, event: &Event, date: NaiveDate) -> Option<f64> {
        let ordinary = self.profiles.of(date);
        let covered: f64 = covers(event, date, self.history.interval()).map(|(slot, share)| share * ordinary[slot]).sum();
        let all: f64 = ordinary.iter().sum();
        (covered > 0.0).then(|| covered / all)
    }

    /// Effect of a family's events on the log of each day's total, with the variance of one further event's effect.
    pub(in crate::forecast) fn family_logs(&self, family: &str, event: &Event, horizon: Horizon) -> Vec<(f64, f64)> {
        let columns = self.columns(horizon);
        let own = self.own_variance(event).unwrap_or(UNKNOWN_EVENT_VARIANCE);
        let of_family = |part: &Part| matches!(part, Part::Event(name) if name == family);
        let log = |day| self.regression.effects(&columns, day).filter(|(part, _)| of_family(part)).map(|(_, effect)| effect).sum();
        self.numbers(horizon).map(|day| (log(day), self.regression.effect_variance(&columns, day) + own)).collect()
    }

    /// Days from the end of the history to a day.
    pub(in crate::forecast) fn ahead(&self, day: usize) -> usize {
        (day + 1).saturating_sub(self.history.days())
    }

    /// Day features up to the end of a horizon.
    pub(in crate::forecast) fn table(&self, horizon: Horizon) -> DayTable {
        DayTable::until(&self.history, &self.facts(), horizon.end())
    }

    /// Contacts of each day of a horizon from the log of its total, spread over its intervals; 0 on closed days.
    pub(in crate::forecast) fn spread(&self, horizon: Horizon, log: impl Fn(usize) -> f64) -> Array2<f64> {
        let facts = self.facts();
        let mut contacts = Array2::zeros((horizon.days, self.history.interval().per_day()));
        for (ahead, date) in horizon.dates().enumerate().filter(|(_, date)| is_open_day(&self.history, &facts, *date)) {
            self.profiles.spread(self.scale.total(log(ahead)), date, &facts, contacts.row_mut(ahead));
        }
        contacts
    }

    /// One-day-ahead predictions for each training day, by interval.
    pub(in crate::forecast) fn days_ahead(&self) -> Vec<(usize, Vec<f64>)> {
        let facts = self.facts.borrow();
        let said = self.totals.iter().zip(&self.regression.surprises).map(|(total, surprise)| self.scale.total(total - surprise));
        let spread = |(&day, total): (&usize, f64)| {
            let mut row = ndarray::Array1::zeros(self.history.interval().per_day());
            self.profiles.spread(total, self.history.date(day), &facts, row.view_mut());
            (day, row.to_vec())
        };
        self.days.iter().zip(said).map(spread).collect()
    }

    /// Level of the log, without effects.
    pub(in crate::forecast) fn level(&self) -> f64 {
        self.regression.level
    }

    fn columns(&self, horizon: Horizon) -> Vec<Regressor> {
        regressors(&self.table(horizon), &self.facts(), &self.profiles, &self.traits)
    }

    /// Mean effects of weekday and drivers, which the reported level includes: planners do not think of a level without them.
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

    /// Day numbers of a horizon in the table, counted from the first day of the history.
    pub(in crate::forecast) fn numbers(&self, horizon: Horizon) -> Range<usize> {
        let first = self.history.day_of(horizon.first).unwrap_or(0);
        first..first + horizon.days
    }

    /// Correction from the exponential of a mean log to the mean: the ratio of counted to one-day-ahead predicted totals (the smearing
    /// factor of Duan 1983, as a ratio). Bounded, so that a few odd days do not lift all others.
    fn towards_mean(&self) -> f64 {
        let (came, said) = self
            .totals
            .iter()
            .zip(&self.regression.surprises)
            .fold((0.0, 0.0), |(came, said), (total, surprise)| (came + total.exp(), said + (total - surprise).exp()));
        if said > 0.0 { (came / said).ln().clamp(0.0, MOST_LIFT) } else { 0.0 }
    }
}

impl FittedStructure {
    /// Variance of the log by which an event may depart from its family's prediction; `None` if the event affects no contacts.
    fn own_variance(&self, event: &Event) -> Option<f64> {
        let Family::Lift(family) = &event.family else { return None };
        let has_own = event.expected.volume.is_none() && is_short(event);
        let own = has_own.then(|| self.regression.variance(&(Some(family.clone()), Kind::OneEvent))).flatten();
        let departure = || self.departures.get(family).copied();
        // a family never seen varies as families do
        let of_families = || self.regression.variance(&(None, Kind::Family));
        Some(own.or_else(departure).or_else(of_families).unwrap_or(UNKNOWN_EVENT_VARIANCE) * self.sizes.effect_size(event).powi(2))
    }
}

impl Fitted for Rc<FittedStructure> {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let logs = self.logs(horizon);
        self.spread(horizon, |ahead| logs[ahead])
    }

    fn effect_variance(&self, horizon: Horizon) -> Vec<f64> {
        let facts = self.facts.borrow();
        let columns = self.columns(horizon);
        let on = |date| facts.events.iter().filter(move |event| event.is_on_date(date));
        let of_events = |date| on(date).filter_map(|event| self.own_variance(event)).sum::<f64>();
        horizon
            .dates()
            .zip(self.numbers(horizon))
            .map(|(date, day)| {
                let wander = self.regression.wander_variance(day.saturating_sub(self.history.days()));
                self.regression.effect_variance(&columns, day) + of_events(date) + wander
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
                level: self.scale.total(self.regression.level + usual_sum + self.towards_mean()),
                factors: parts.into_iter().map(|(part, log)| (part.clone(), log.exp())).collect(),
                statements: Vec::new(),
            }
        };
        Some(horizon.dates().zip(self.numbers(horizon)).map(shares).collect())
    }
}

/// Median log of each weekday over that of the quietest one.
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

/// Variance of an event's departure from its prediction, by family: the mean square of past events' mean surprises, shrunk by a prior
/// worth a few events, plus the uncertainty of the mean. Families neither seen nor stated are left out.
fn departures(history: &ContactHistory, facts: &Facts, days: &[usize], surprises: &[f64]) -> BTreeMap<String, f64> {
    let (variance, worth) = DEPARTURE_VARIANCE;
    let mut variances = BTreeMap::new();
    for family in families(facts, |_| true) {
        let (mut squares, mut seen, mut stated) = (0.0, 0.0, false);
        for event in events_of(facts, family) {
            let on: Vec<f64> =
                days.iter().zip(surprises).filter(|(day, _)| event.is_on_date(history.date(**day))).map(|(_, off)| *off).collect();
            stated |= event.expected.volume.is_some();
            if !on.is_empty() {
                squares += (on.iter().sum::<f64>() / on.len() as f64).powi(2);
                seen += 1.0;
            }
        }
        if seen > 0.0 || stated {
            variances.insert(family.to_owned(), (worth * variance + squares) / (worth + seen) * (1.0 + 1.0 / f64::max(seen, 1.0)));
        }
    }
    variances
}
