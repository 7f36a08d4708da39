//! Forecast review: a kept forecast against actual contacts, in percent, agents and money, and the value of planners' corrections.
//!
//! Three forecasts are scored alike, so that each step shows its contribution (Gilliland 2002, *forecast value added*): the naive mean of
//! four weeks, the model, and the published forecast with planners' corrections.

mod lifts;
mod missed;

pub use lifts::{Lift, lifts};
pub use missed::{Missed, Why, missed};

use crate::forecast::{Accuracy, Compared, Facts, Known, MeanOfFourWeeks, Method, Override, accuracy};
use crate::history::ContactHistory;
use crate::plan::{Inputs, QueueInputs, events_of, require_for};
use crate::risk::Mismatch;
use crate::service::QueueId;
use crate::time::{Horizon, Series, TimeGrid};
use crate::units::Contacts;
use chrono::{NaiveDate, NaiveDateTime};

/// A forecast as published.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptForecast {
    /// File name.
    pub name: String,
    /// First date whose counts were not known.
    pub known_until: NaiveDate,
    /// Intervals by queue.
    pub queues: Vec<(QueueId, Vec<KeptInterval>)>,
}

/// An interval of a kept forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeptInterval {
    /// Start of the interval.
    pub start: NaiveDateTime,
    /// Published mean.
    pub published: f64,
    /// Mean before planners' corrections.
    pub model: f64,
    /// The 10 % and 90 % quantiles.
    pub band: Option<(f64, f64)>,
    /// Contacts that reach people and their handling time in seconds, where the file has them.
    pub to_people: Option<(f64, f64)>,
}

/// Source of a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The mean of the last four weeks.
    MeanOfFourWeeks,
    /// The model.
    Model,
    /// The published forecast: the model with planners' corrections.
    Published,
}

impl Said {
    /// Name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MeanOfFourWeeks => "mean_of_4_weeks",
            Self::Model => "model",
            Self::Published => "published",
        }
    }
}

/// Score of one forecast, for one queue or all together.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Source of the forecast.
    pub said: Said,
    /// The queue; `None` for all together.
    pub queue: Option<QueueId>,
    /// First counted day.
    pub first: NaiveDate,
    /// Last counted day.
    pub last: NaiveDate,
    /// Actual contacts.
    pub came: f64,
    /// Contacts forecast for the same intervals.
    pub forecast: f64,
    /// Errors over the counted intervals.
    pub accuracy: Accuracy,
    /// Share of counts inside the published central 80 %.
    pub within_band: Option<f64>,
    /// Agent-hours that the actual contacts needed.
    pub needed_hours: f64,
    /// Shortage and idle time of staffing to the forecast.
    pub mismatch: Mismatch,
}

/// Score of a planner's correction.
#[derive(Clone, Debug, PartialEq)]
pub struct OverrideScore {
    /// The correction.
    pub correction: Override,
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Actual contacts while it applied.
    pub came: f64,
    /// Contacts by the model.
    pub model: f64,
    /// Contacts as published.
    pub published: f64,
    /// Shortage and idle time of staffing to the model.
    pub model_mismatch: Mismatch,
    /// Shortage and idle time of staffing to the published forecast.
    pub published_mismatch: Mismatch,
}

impl OverrideScore {
    /// Whether the published total was nearer to the actual contacts than the model's.
    #[must_use]
    pub fn helped(&self) -> bool {
        (self.published - self.came).abs() < (self.model - self.came).abs()
    }

    /// Savings: mismatch cost of the model less that of the published forecast.
    #[must_use]
    pub fn saved(&self) -> f64 {
        self.model_mismatch.cost() - self.published_mismatch.cost()
    }
}

/// Review of a kept forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct ForecastReview {
    /// File name of the forecast.
    pub name: String,
    /// Scores, all queues together first; empty if nothing has been counted yet.
    pub scores: Vec<Score>,
    /// Corrections that applied to counted intervals.
    pub overrides: Vec<OverrideScore>,
}

/// Scores a kept forecast against the inputs' counts, staffed like the inputs' queues.
///
/// ```
/// use peakshift::{input::Folder, review::{KeptForecast, KeptInterval, Said, forecast_review}, time::{Horizon, read_date}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, six calls an hour
/// let last_monday = Horizon { first: read_date("2026-11-23").unwrap(), days: 1 }.grid(inputs.interval);
/// // the planner raised six calls an hour to nine, and six came
/// let kept = |hour| KeptInterval { start: last_monday.start(hour), published: 9.0, model: 6.0, band: None, to_people: None };
/// let queues = vec![(inputs.queues[0].queue.id.clone(), (9..17).map(kept).collect())];
/// let known_until = last_monday.date_of(0);
/// let scores = forecast_review(&inputs, &KeptForecast { name: "forecast.csv".into(), known_until, queues }).scores;
/// let of = |said| scores.iter().find(|score| score.said == said).unwrap();
/// assert!(of(Said::Model).mismatch.cost() < 1e-9 && of(Said::Published).mismatch.idle_cost > 0.0);
/// ```
#[must_use]
pub fn forecast_review(inputs: &Inputs, kept: &KeptForecast) -> ForecastReview {
    let looked_back = kept.queues.iter().filter_map(|(queue, rows)| {
        let of = inputs.queues.iter().find(|of| of.queue.id == *queue)?;
        LookedBack::at(inputs, of, rows, kept.known_until)
    });
    let queues: Vec<LookedBack> = looked_back.collect();
    let all = [Said::MeanOfFourWeeks, Said::Model, Said::Published];
    let together = all.into_iter().filter_map(|said| score(inputs, &queues.iter().collect::<Vec<_>>(), said, None));
    let each = queues.iter().flat_map(|one| all.map(|said| score(inputs, &[one], said, Some(one.queue.clone()))));
    ForecastReview {
        name: kept.name.clone(),
        scores: together.chain(each.flatten()).collect(),
        overrides: queues.iter().flat_map(|one| one.overrides(inputs)).collect(),
    }
}

/// Forecasts of a queue against actual contacts, on the plan's intervals.
struct LookedBack {
    queue: QueueId,
    grid: TimeGrid,
    /// `None` where nothing was counted.
    came: Vec<Option<f64>>,
    said: [Vec<f64>; 3],
    bands: Vec<Option<(f64, f64)>>,
    /// Agents needed for the actual contacts, where counted.
    needed: Vec<f64>,
    /// Agents required by each forecast.
    staffed: [Vec<f64>; 3],
    corrections: Vec<Override>,
}

impl LookedBack {
    fn at(inputs: &Inputs, of: &QueueInputs, rows: &[KeptInterval], known_until: NaiveDate) -> Option<Self> {
        let first = rows.iter().map(|row| row.start.date()).min()?;
        let last = rows.iter().map(|row| row.start.date()).max()?;
        let horizon = Horizon { first, days: (last - first).num_days() as usize + 1 };
        let grid = horizon.grid(inputs.interval);
        let (mut published, mut model, mut bands) = (vec![0.0; grid.len()], vec![0.0; grid.len()], vec![None; grid.len()]);
        for row in rows {
            if let Some(index) = grid.index_of(row.start) {
                (published[index], model[index], bands[index]) = (row.published, row.model, row.band);
            }
        }
        let events = events_of(inputs, &of.queue.id);
        let (history, _) = ContactHistory::from_counts_by(inputs.zone.as_ref(), &of.counts, of.counted_every, &events, horizon.end())?;
        let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
        let came = onto(grid, &published, |date, slot| history.day_of(date).and_then(|day| history.count(day, slot)), &history);
        came.iter().any(Option::is_some).then_some(())?;
        let past = history.day_of(known_until.min(first)).and_then(|day| history.before(day));
        let naive = past.and_then(|past| MeanOfFourWeeks.fit(&Known::of(&past, &facts))).map(|fitted| fitted.predict(horizon));
        let naive = naive.map_or_else(
            || vec![None; grid.len()],
            |naive| {
                let of_day = |date: NaiveDate, slot| Some(naive[((date - first).num_days() as usize, slot)]);
                onto(grid, &published, of_day, &history)
            },
        );
        let naive: Vec<f64> = naive.into_iter().map(Option::unwrap_or_default).collect();
        let then = Inputs { horizon, history_until: known_until.min(first), ..inputs.clone() };
        let required = |contacts: &[f64]| -> Vec<f64> {
            let offered = Series::from_fn(grid, |index| Contacts::new(contacts[index].max(0.0)).expect("no less than nobody comes"));
            require_for(&then, of, &offered).values().iter().map(|need| need.required.get()).collect()
        };
        let known: Vec<f64> = came.iter().zip(&published).map(|(came, published)| came.unwrap_or(*published)).collect();
        let needed = required(&known);
        let said = [naive, model, published];
        let staffed = [required(&said[0]), required(&said[1]), required(&said[2])];
        Some(Self { queue: of.queue.id.clone(), grid, came, bands, needed, staffed, said, corrections: of.overrides.clone() })
    }

    fn counted(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.came.iter().enumerate().filter_map(|(index, came)| Some((index, (*came)?)))
    }

    fn mismatch(&self, inputs: &Inputs, said: Said, within: impl Fn(usize) -> bool) -> Mismatch {
        let staffed = &self.staffed[said as usize];
        let counted = self.counted().filter(|(index, _)| within(*index));
        counted.map(|(index, _)| Mismatch::of(inputs, staffed[index], self.needed[index])).sum()
    }

    fn compared(&self, said: Said) -> Vec<Vec<Compared>> {
        let mut days: Vec<Vec<Compared>> = Vec::new();
        for (index, count) in self.counted() {
            let (day, slot) = (self.grid.day_of(index), self.grid.slot_of_day(index));
            days.resize_with(days.len().max(day + 1), Vec::new);
            days[day].push(Compared { slot, count, forecast: self.said[said as usize][index] });
        }
        days
    }

    fn overrides(&self, inputs: &Inputs) -> Vec<OverrideScore> {
        let score = |correction: &Override| {
            let holds = |index: usize| correction.covers(self.grid.start(index));
            let sum = |of: &dyn Fn(usize, f64) -> f64| {
                self.counted().filter(|(index, _)| holds(*index)).map(|(index, came)| of(index, came)).sum::<f64>()
            };
            self.counted().any(|(index, _)| holds(index)).then(|| OverrideScore {
                correction: correction.clone(),
                queue: self.queue.clone(),
                came: sum(&|_, came| came),
                model: sum(&|index, _| self.said[Said::Model as usize][index]),
                published: sum(&|index, _| self.said[Said::Published as usize][index]),
                model_mismatch: self.mismatch(inputs, Said::Model, holds),
                published_mismatch: self.mismatch(inputs, Said::Published, holds),
            })
        };
        self.corrections.iter().filter_map(score).collect()
    }
}

fn score(inputs: &Inputs, queues: &[&LookedBack], said: Said, queue: Option<QueueId>) -> Option<Score> {
    let days: Vec<Vec<Compared>> = queues.iter().flat_map(|one| one.compared(said)).collect();
    let dates = || queues.iter().flat_map(|one| one.counted().map(|(index, _)| one.grid.date_of(index)));
    let all = || days.iter().flatten();
    let banded = || queues.iter().flat_map(|one| one.counted().filter_map(|(index, came)| Some((came, one.bands[index]?))));
    let inside = banded().filter(|(came, (low, high))| (*low..=*high).contains(came)).count();
    Some(Score {
        said,
        queue,
        first: dates().min()?,
        last: dates().max()?,
        came: all().map(|one| one.count).sum(),
        forecast: all().map(|one| one.forecast).sum(),
        accuracy: accuracy(&days),
        within_band: (said == Said::Published && banded().count() > 0).then(|| inside as f64 / banded().count() as f64),
        needed_hours: queues.iter().flat_map(|one| one.counted().map(|(index, _)| one.needed[index])).sum::<f64>()
            * inputs.interval.hours().get(),
        mismatch: queues.iter().map(|one| one.mismatch(inputs, said, |_| true)).sum(),
    })
}

/// Values by day and slot of a history, on a plan's grid: each is allocated to the plan's intervals that it overlaps, in proportion to
/// `shape` (evenly where that is 0).
fn onto(grid: TimeGrid, shape: &[f64], value: impl Fn(NaiveDate, usize) -> Option<f64>, history: &ContactHistory) -> Vec<Option<f64>> {
    let (theirs, ours) = (history.interval().minutes() as usize, grid.interval().minutes() as usize);
    let mut values = vec![None; grid.len()];
    let per_day = grid.interval().per_day();
    for (day, date) in (0..grid.len() / per_day).map(|day| (day, grid.date_of(day * per_day))) {
        for slot in 0..history.interval().per_day() {
            let Some(value) = value(date, slot) else { continue };
            let (from, to) = (slot * theirs, (slot + 1) * theirs);
            let covered = from / ours..to.div_ceil(ours);
            let minutes = |at: usize| (to.min((at + 1) * ours) - from.max(at * ours)) as f64;
            let outline: f64 = covered.clone().map(|at| minutes(at) * shape[day * per_day + at]).sum();
            for at in covered {
                let index = day * per_day + at;
                let part = if outline > 0.0 { minutes(at) * shape[index] / outline } else { minutes(at) / theirs as f64 };
                *values[index].get_or_insert(0.0) += value * part;
            }
        }
    }
    values
}
