//! Intraday management: counts so far against the forecast, an updated forecast for the rest of the day, and alerts.

mod alert;
mod day;
mod rest;

pub use alert::{Alarm, Served, alarms};
pub use day::IntradayForecast;
pub use rest::{Rest, alarms_of, required_now, rest_of};

use crate::forecast::{Facts, ForecastError, Revision, rest_of_day};
use crate::history::{ContactHistory, RawCount};
use crate::plan::{Inputs, PlanError, QueueInputs, as_planned, events_of};
use crate::service::QueueId;
use crate::time::{Horizon, Interval};
use crate::zone::{LocalTime, Zone};
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// Hours that count as recent.
const RECENT_HOURS: i64 = 2;

/// Counts by queue.
pub type Counts = BTreeMap<QueueId, Vec<RawCount>>;

/// Observations of today so far.
#[derive(Clone, Debug, Default)]
pub struct Actuals {
    /// Contacts, including those of days since the end of the history.
    pub counts: Counts,
    /// Observed service, where the export has it.
    pub served: BTreeMap<QueueId, Vec<Served>>,
}

/// Whether any contact was counted on the day of `at` before that time.
///
/// ```
/// use peakshift::{history::RawCount, intraday::is_counted, time::read_stamp};
/// let [yesterday, nine, ten] = ["2026-11-29T09:00", "2026-11-30T09:00", "2026-11-30T10:00"].map(|text| read_stamp(text).unwrap());
/// assert!(!is_counted([&vec![RawCount::of(yesterday, 6.0)]], ten));
/// assert!(is_counted([&vec![RawCount::of(nine, 6.0)]], ten) && !is_counted([&vec![RawCount::of(nine, 6.0)]], nine));
/// ```
#[must_use]
pub fn is_counted<'a>(counts: impl IntoIterator<Item = &'a Vec<RawCount>>, at: NaiveDateTime) -> bool {
    counts.into_iter().any(|counts| has_count(counts, at))
}

fn has_count(counts: &[RawCount], at: NaiveDateTime) -> bool {
    counts.iter().any(|count| count.start.date() == at.date() && count.start < at)
}

/// Queues without a count on the day of `at` before that time, though contacts were expected.
///
/// ```
/// use peakshift::{input::Folder, intraday::{Counts, reforecast, uncounted}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, six calls an hour
/// let grid = inputs.horizon.grid(inputs.interval);
/// let silent = |hour| {
///     let today = reforecast(&inputs, &Counts::new(), grid.start(hour)).unwrap();
///     uncounted(&today, &Counts::new(), grid.start(hour)).count()
/// };
/// assert_eq!((silent(9), silent(12)), (0, 1)); // calls were expected from 09:00 on: the export of the phone is missing
/// ```
pub fn uncounted<'a>(intraday: &'a [IntradayForecast], counts: &Counts, at: NaiveDateTime) -> impl Iterator<Item = &'a QueueId> {
    let was_expected = move |of: &IntradayForecast| of.before.mean.iter().any(|(start, mean)| start < at && mean.get() > 0.0);
    let is_silent = move |of: &&IntradayForecast| was_expected(of) && !counts.get(&of.queue).is_some_and(|counts| has_count(counts, at));
    intraday.iter().filter(is_silent).map(|of| &of.queue)
}

/// Forecasts the rest of the day of `at`, queue by queue, from the inputs' history and the `actuals` of that day and of days since.
///
/// # Errors
/// [`PlanError`] if a queue has no history before the day.
pub fn reforecast(inputs: &Inputs, actuals: &Counts, at: NaiveDateTime) -> Result<Vec<IntradayForecast>, PlanError> {
    inputs.queues.iter().map(|of| queue_intraday(inputs, of, actuals, at)).collect()
}

fn queue_intraday(inputs: &Inputs, of: &QueueInputs, actuals: &Counts, at: NaiveDateTime) -> Result<IntradayForecast, PlanError> {
    let queue = of.queue.id.clone();
    let events = events_of(inputs, &queue);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let known = of.counts.iter().filter(|count| count.start.date() < inputs.history_until);
    let mut counts: Vec<RawCount> = known.chain(actuals.get(&queue).into_iter().flatten()).copied().collect();
    counts.sort_by_key(|count| count.start);
    let fail = |source| PlanError::Forecast { queue: queue.clone(), source };
    let intraday = intraday_of(&queue, inputs.zone.as_ref(), &counts, of.counted_every, &facts, at).map_err(fail)?;
    let planned = |forecast| as_planned(inputs, of, forecast);
    Ok(IntradayForecast {
        before: planned(intraday.before).overridden(&of.overrides, |start| of.takes_contacts(start)),
        now: planned(intraday.now),
        ..intraday
    })
}

/// The day of `at` of one series, in the given zone's clock time if any. Counts before `at` are known, those of other days too.
///
/// ```
/// use peakshift::{forecast::Facts, history::RawCount, input::Folder, intraday::intraday_of};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, six calls an hour
/// let (phone, grid) = (&inputs.queues[0], inputs.horizon.grid(inputs.interval));
/// let mut counts = phone.counts.clone();
/// counts.extend((9..13).map(|hour| RawCount::of(grid.start(hour), 12.0)));
/// let facts = Facts { calendar: &inputs.calendar, events: &inputs.events, drivers: &inputs.drivers };
/// let today = intraday_of(&phone.queue.id, None, &counts, phone.counted_every, &facts, grid.start(13))?;
/// assert!(today.recent_excess.is_some_and(|excess| (excess - 1.0).abs() < 0.01)); // twelve calls an hour instead of six
/// # Ok::<(), peakshift::forecast::ForecastError>(())
/// ```
///
/// # Errors
/// [`ForecastError::NoHistory`] if nothing was counted before the day.
pub fn intraday_of(
    queue: &QueueId,
    zone: Option<&Zone>,
    counts: &[RawCount],
    interval: Interval,
    facts: &Facts,
    at: NaiveDateTime,
) -> Result<IntradayForecast, ForecastError> {
    let day = at.date();
    let (history, _) = ContactHistory::from_counts_by(zone, counts, interval, facts.events, day).ok_or(ForecastError::NoHistory)?;
    let minutes = i64::from(interval.minutes());
    let minute_of_day = |time: NaiveDateTime| (time - day.and_time(chrono::NaiveTime::MIN)).num_minutes();
    let over = (minute_of_day(at) / minutes) as usize;
    let mut so_far = vec![f64::NAN; over];
    let grid = Horizon { first: day, days: 1 }.grid(interval);
    // of two rows of one start the later counts, and their mean where clocks showed it twice; rows of a finer export add up
    let mut of_today: BTreeMap<NaiveDateTime, f64> = BTreeMap::new();
    for count in counts.iter().filter(|count| count.start.date() == day) {
        let came_twice = zone.is_some_and(|zone| zone.local_time(count.start) == LocalTime::Repeated);
        let before = of_today.get(&count.start).copied().filter(|_| came_twice);
        of_today.insert(count.start, before.map_or(count.contacts, |before| f64::midpoint(before, count.contacts)));
    }
    for (start, contacts) in of_today {
        if let Some(count) = so_far.get_mut((minute_of_day(start) / minutes) as usize) {
            *count = contacts.max(0.0) + if count.is_nan() { 0.0 } else { *count };
        }
    }
    let Revision { eve: before, now } = rest_of_day(&history, facts, day, &so_far)?;
    let recent = (0..over).filter(|&slot| grid.start(slot) >= at - TimeDelta::hours(RECENT_HOURS) && !so_far[slot].is_nan());
    let (came, expected) = recent.fold((0.0, 0.0), |(came, expected), slot| (came + so_far[slot], expected + before.mean[slot].get()));
    Ok(IntradayForecast { queue: queue.clone(), recent_excess: (expected > 0.0).then(|| came / expected - 1.0), before, now })
}
