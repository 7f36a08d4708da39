//! Naive benchmarks: the interval a week ago, and its mean over four weeks.

use super::fitted::Fitted;
use super::method::Method;
use super::profile::{covers, with_expectation};
use crate::event::{Event, Family, in_part};
use crate::forecast::knowledge::facts::{Facts, is_open_day};
use crate::forecast::knowledge::known::Known;
use crate::history::ContactHistory;
use crate::time::{Horizon, Interval};
use crate::units::Factor;
use chrono::{Datelike, NaiveDate, Weekday};
use ndarray::Array2;

/// The last counted day of the same weekday.
#[derive(Clone, Copy, Debug)]
pub struct LastWeek;

/// Mean of the last four counted days of the same weekday outside events.
#[derive(Clone, Copy, Debug)]
pub struct MeanOfFourWeeks;

impl Method for LastWeek {
    fn name(&self) -> &'static str {
        "last_week"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        WeekdayMeans::over(known.history, &known.facts, 1)
    }
}

impl Method for MeanOfFourWeeks {
    fn name(&self) -> &'static str {
        "mean_of_4_weeks"
    }

    fn fit(&self, known: &Known) -> Option<Box<dyn Fitted>> {
        WeekdayMeans::over(known.history, &known.facts, 4)
    }
}

struct WeekdayMeans {
    means: [Vec<f64>; 7],
    closed: Vec<NaiveDate>,
    interval: Interval,
    /// Events with a multiplier stated by planners: the only effects known without a past to learn from.
    stated: Vec<Event>,
}

impl WeekdayMeans {
    fn over(history: &ContactHistory, facts: &Facts, weeks: usize) -> Option<Box<dyn Fitted>> {
        let counted: Vec<usize> = history.counted_days().collect();
        (!counted.is_empty()).then_some(())?;
        let weekday = |day: usize| history.date(day).weekday().num_days_from_monday() as usize;
        let is_event = |day: usize| facts.events.iter().any(|event| event.is_lift() && event.is_on_date(history.date(day)));
        let means = std::array::from_fn(|of| {
            let mut recent: Vec<usize> = counted.iter().copied().rev().filter(|&day| weekday(day) == of).collect();
            // planners leave promotions out of a mean of weeks and rather take other weekdays; they take last week as it was
            if weeks > 1 && !recent.is_empty() {
                let ordinary = |days: &[usize]| days.iter().copied().filter(|&day| !is_event(day)).collect::<Vec<_>>();
                let latest: Vec<usize> = counted.iter().copied().rev().collect();
                let choices = [ordinary(&recent), ordinary(&latest)];
                recent = choices.into_iter().find(|days| !days.is_empty()).unwrap_or(recent);
            }
            if recent.is_empty() && counted.len() < 7 {
                recent = counted.iter().copied().rev().collect();
            }
            (0..history.interval().per_day())
                .map(|slot| {
                    let counts: Vec<f64> = recent.iter().filter_map(|&day| history.count(day, slot)).take(weeks).collect();
                    let ordinary = recent.first().is_some_and(|&day| history.ordinary(history.date(day))[slot]);
                    if ordinary && !counts.is_empty() { counts.iter().sum::<f64>() / counts.len() as f64 } else { 0.0 }
                })
                .collect()
        });
        let closed = closed_dates(history, facts);
        let stated = with_expectation(facts).cloned().collect();
        Some(Box::new(Self { means, closed, interval: history.interval(), stated }))
    }
}

impl Fitted for WeekdayMeans {
    fn predict(&self, horizon: Horizon) -> Array2<f64> {
        let slots = self.means[0].len();
        let mut contacts = Array2::from_shape_fn((horizon.days, slots), |(day, slot)| {
            let date = horizon.date(day);
            if self.closed.contains(&date) { 0.0 } else { self.means[weekday_index(date.weekday())][slot] }
        });
        for (ahead, date) in horizon.dates().enumerate() {
            for event in self.stated.iter().filter(|event| event.is_on_date(date)) {
                let multiplier = event.expected.volume.map_or(1.0, Factor::get);
                covers(event, date, self.interval).for_each(|(slot, share)| contacts[(ahead, slot)] *= in_part(multiplier, share));
            }
        }
        contacts
    }
}

fn weekday_index(weekday: Weekday) -> usize {
    weekday.num_days_from_monday() as usize
}

/// Dates of ordinary weekdays that events close.
fn closed_dates(history: &ContactHistory, facts: &Facts) -> Vec<NaiveDate> {
    let closures = facts.events.iter().filter(|event| event.family == Family::Closed);
    closures
        .flat_map(|event| event.start.date().iter_days().take_while(|date| *date <= event.last_date()))
        .filter(|date| history.is_ordinary_day(*date) && !is_open_day(history, facts, *date))
        .collect()
}
