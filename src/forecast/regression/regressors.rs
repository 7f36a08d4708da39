//! Day features known ahead, as columns of a regression on the log of a day's total.
//!
//! Weekday, month edges, days beside a closure, kinds of holidays, the yearly cycle. For each family of events: its days, lead and tail,
//! shared by all events of the family and scaled by size. Drivers with their lags, and planners' multipliers, whose column is the
//! expected log.

use super::event_columns::event_columns;
use super::fortnight;
use super::regressor::{Group, Hold, Kind, Part, Regressor};
use crate::calendar::DayKind;
use crate::event::Event;
use crate::forecast::knowledge::days::{DayTable, Phase, Side, events_of, families};
use crate::forecast::knowledge::facts::{Driver, Facts};
use crate::forecast::methods::profile::{Profiles, with_expectation};
use chrono::{Datelike, NaiveDate};
use std::f64::consts::TAU;

/// Usual variance of the log effects of weekdays and of days off.
const WEEKDAY_VARIANCE: f64 = 1.0;
const HOLIDAY_VARIANCE: f64 = 0.25;
/// Minimum days of history from which a yearly cycle can be separated from a trend.
const LEAST_SEASON_DAYS: usize = 365;
const TWO_SEASONS_DAYS: usize = 716;

/// Traits of a series on which its columns depend.
#[derive(Clone, Debug)]
pub(in crate::forecast) struct Traits {
    /// Log of each weekday over the quietest one.
    pub(in crate::forecast) weekday_drop: [f64; 7],
    /// Number of counted days.
    pub(in crate::forecast) counted: usize,
    /// Whether alternate weeks differ.
    pub(in crate::forecast) has_fortnight: bool,
}

/// All columns for the days of a table.
pub(in crate::forecast) fn regressors(table: &DayTable, facts: &Facts, profiles: &Profiles, traits: &Traits) -> Vec<Regressor> {
    let mut all = Vec::new();
    let days = || 0..table.len();
    let weekday = |day: usize| table.date(day).weekday().num_days_from_monday() as usize;
    let mut add = |part: Part, hold: Hold, value: &dyn Fn(usize) -> f64| {
        all.push(Regressor { part, hold, prior: 0.0, values: days().map(value).collect() });
    };
    let flag = f64::from;
    let edge = || Hold::Pooled(Group { name: (None, Kind::Edge), guess: Kind::Edge.guess() });
    for of in 1..7 {
        add(Part::Weekday, Hold::Usual(WEEKDAY_VARIANCE), &|day| flag(weekday(day) == of));
    }
    for side in [Side::Before, Side::After] {
        add(Part::Calendar, edge(), &|day| flag(table.is_beside_closure(day, side)));
    }
    let places: Vec<Option<(usize, usize)>> = days().map(|day| table.place_in_month(day)).collect();
    for number in 0..3 {
        add(Part::Calendar, edge(), &|day| flag(places[day].is_some_and(|(before, _)| before == number)));
    }
    for number in 0..2 {
        add(Part::Calendar, edge(), &|day| flag(places[day].is_some_and(|(_, after)| after == number)));
    }
    add(Part::Calendar, edge(), &|day| flag((14..=16).contains(&table.date(day).day())));
    for kind in [DayKind::Statutory, DayKind::BridgeOff, DayKind::MakeupWork] {
        add(Part::Calendar, Hold::Usual(HOLIDAY_VARIANCE), &|day| {
            flag(facts.calendar.special(table.date(day)).is_some_and(|special| special.kind == kind))
        });
    }
    if traits.counted >= LEAST_SEASON_DAYS {
        // a second year shows which finer waves of the first recur
        let waves = if traits.counted >= TWO_SEASONS_DAYS { 8 } else { 4 };
        for wave in 1..=waves {
            let ridge = if waves == 4 { 3.0 } else { 0.5 * f64::from(wave * wave) };
            let angle = |day: usize| TAU * f64::from(wave) * year_share(table.date(day));
            add(Part::Season, Hold::Days(ridge), &|day| angle(day).sin());
            add(Part::Season, Hold::Days(ridge), &|day| angle(day).cos());
        }
    }
    for driver in facts.drivers {
        let known = DriverDays::of(driver);
        for lag in DRIVER_LAGS {
            add(Part::Driver(driver.name.clone()), Hold::Days(0.3), &|day| known.log_over(table.date(day), lag));
        }
    }
    if traits.has_fortnight {
        all.extend(fortnight::columns(table));
    }
    all.extend(event_columns(table, facts, &traits.weekday_drop));
    // a planner's multiplier has coefficient 1 until past events of the family show otherwise
    for family in families(facts, |event| event.expected.volume.is_some()) {
        let values = table.dates().map(|date| log_expected(family, date, facts, profiles)).collect();
        all.push(Regressor { part: Part::Event(family.to_owned()), hold: Hold::Days(2.0), prior: 1.0, values });
    }
    all
}

/// Share of the year before a date.
pub(in crate::forecast) fn year_share(date: NaiveDate) -> f64 {
    f64::from(date.ordinal0()) / 365.25
}

/// Lags of a driver in days: the day itself, and the means over two earlier ranges.
const DRIVER_LAGS: [(u64, u64); 3] = [(0, 0), (1, 3), (4, 10)];

/// A driver prepared for lookup.
pub(in crate::forecast) struct DriverDays<'a> {
    driver: &'a Driver,
    middle: f64,
    /// Scale of drivers that are 0 on some days; `None` for others.
    scale: Option<f64>,
}

impl<'a> DriverDays<'a> {
    pub(in crate::forecast) fn of(driver: &'a Driver) -> Self {
        let mut values: Vec<f64> = driver.days.values().copied().collect();
        values.sort_by(f64::total_cmp);
        let middle = values.get(values.len() / 2).copied().unwrap_or(0.0);
        let sizes: Vec<f64> = values.iter().map(|value| value.abs()).filter(|size| *size > 0.0).collect();
        let mean = sizes.iter().sum::<f64>() / sizes.len().max(1) as f64;
        let always = values.first().is_some_and(|least| *least > 0.0);
        Self { driver, middle, scale: (!always).then_some(mean.max(f64::MIN_POSITIVE)) }
    }

    /// Mean over the days of a lag; a missing day counts as the median.
    pub(in crate::forecast) fn over(&self, date: NaiveDate, (from, to): (u64, u64)) -> f64 {
        let days = (from..=to).map(|lag| date - chrono::Days::new(lag));
        let sum: f64 = days.map(|day| self.driver.days.get(&day).copied().unwrap_or(self.middle)).sum();
        sum / (to - from + 1) as f64
    }

    fn log_over(&self, date: NaiveDate, lag: (u64, u64)) -> f64 {
        let value = self.over(date, lag);
        match self.scale {
            None => value.max(f64::MIN_POSITIVE).ln(),
            Some(scale) => value.signum() * (value.abs() / scale).ln_1p(),
        }
    }
}

fn log_expected(family: &str, date: NaiveDate, facts: &Facts, profiles: &Profiles) -> f64 {
    let of_family = |event: &&Event| matches!(&event.family, crate::event::Family::Lift(name) if name == family);
    let events: Vec<Event> = with_expectation(facts).filter(of_family).filter(|event| event.is_on_date(date)).cloned().collect();
    if events.is_empty() {
        return 0.0;
    }
    let shape = profiles.expected_shape(date, &Facts { events: &events, ..*facts });
    shape.iter().sum::<f64>().max(1e-3).ln()
}

/// Event phases by family, for methods that read phases instead of columns.
pub(in crate::forecast) fn phases_by_family(table: &DayTable, facts: &Facts) -> Vec<Vec<Phase>> {
    families(facts, |_| true).into_iter().map(|family| table.phases(events_of(facts, family))).collect()
}
