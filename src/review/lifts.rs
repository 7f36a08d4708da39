//! Measured effect of promotions, relative to the same clock hours of ordinary days, as event files state it.

use super::onto;
use crate::event::Event;
use crate::history::{ContactHistory, RawCount, usual_handling};
use crate::plan::{Inputs, PlanError, QueueInputs, events_of, forecast};
use crate::service::QueueId;
use crate::time::ClockTime;
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeSet;

/// Measured effect of an event on a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Lift {
    /// The event as stated in the file.
    pub event: Event,
    /// The queue.
    pub queue: QueueId,
    /// Actual contacts while it was active.
    pub came: f64,
    /// Contacts expected in those hours without the event, as forecast from before the plan's first day.
    pub ordinary: f64,
    /// Contacts forecast for those hours with the event as stated in the file.
    pub forecast: f64,
    /// Handling time relative to the usual, where the export has it.
    pub handling: Option<f64>,
    /// Bot containment, where the export has it.
    pub bot_share: Option<f64>,
    /// Whether the hours counted were the event's alone; otherwise overlapping events share in the effect.
    pub alone: bool,
    /// Whether every day of it is planned and counted; otherwise its other days may differ.
    pub whole: bool,
}

impl Lift {
    /// Actual contacts over those of ordinary hours.
    #[must_use]
    pub fn over_ordinary(&self) -> f64 {
        self.came / self.ordinary
    }

    /// Whether the effect is the event's alone and of all its days, so that a file may state it.
    #[must_use]
    pub const fn is_learned(&self) -> bool {
        self.alone && self.whole
    }

    /// Multiplier with which the file would have forecast the actual contacts. With an intraday profile of its own this is not quite
    /// [`Lift::over_ordinary`]: the profile moves some contacts into the event's hours.
    #[must_use]
    pub fn multiplier(&self) -> f64 {
        self.event.expected.volume.map_or_else(|| self.over_ordinary(), |expected| expected.get() * self.came / self.forecast)
    }
}

/// Measured effects of the events on the plan's days, over the hours counted by now.
///
/// ```
/// use peakshift::{input::Folder, review::lifts, time::{Horizon, read_date}};
/// let mut inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let monday = read_date("2026-11-23").unwrap();
/// (inputs.horizon, inputs.history_until) = (Horizon { first: monday, days: 1 }, monday);
/// let grid = inputs.horizon.grid(inputs.interval);
/// (inputs.events[0].start, inputs.events[0].end) = (grid.start(0), grid.end(23)); // a sale that Monday
/// let counts = inputs.queues[0].counts.iter_mut();
/// counts.filter(|count| count.start.date() == monday).for_each(|count| count.contacts = 15.0); // instead of six calls an hour
/// let found = &lifts(&inputs)?[0];
/// assert!((found.over_ordinary() - 2.5).abs() < 0.1 && found.is_learned());
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast without them.
pub fn lifts(inputs: &Inputs) -> Result<Vec<Lift>, PlanError> {
    let is_ahead = |event: &Event| event.is_lift() && event.end > ClockTime::MIDNIGHT.on(inputs.horizon.first);
    let ordinary = Inputs { events: inputs.events.iter().filter(|event| !is_ahead(event)).cloned().collect(), ..inputs.clone() };
    let (ordinary, stated) = (forecast(&ordinary)?, forecast(inputs)?);
    let mut lifts = Vec::new();
    for ((of, ordinary), stated) in inputs.queues.iter().zip(&ordinary).zip(&stated) {
        let events: Vec<Event> = events_of(inputs, &of.queue.id).into_iter().filter(is_ahead).collect();
        let mean = &ordinary.modelled.mean;
        let expected: Vec<f64> = mean.values().iter().map(|contacts| contacts.get()).collect();
        let Some(came) = counted(inputs, of, &expected) else { continue };
        for event in &events {
            let on: Vec<usize> = (0..came.len()).filter(|&slot| came[slot].is_some() && event.is_on(mean.grid().start(slot))).collect();
            let others = |slot: &usize| events.iter().any(|other| other != event && other.is_on(mean.grid().start(*slot)));
            let by_itself: Vec<usize> = on.iter().copied().filter(|slot| !others(slot)).collect();
            let alone = !by_itself.is_empty();
            let slots = if alone { by_itself } else { on };
            let total = |of: &dyn Fn(usize) -> f64| slots.iter().map(|&slot| of(slot)).sum::<f64>();
            let (came, ordinary) = (total(&|slot| came[slot].unwrap_or(0.0)), total(&|slot| expected[slot]));
            let forecast = total(&|slot| stated.modelled.mean[slot].get());
            if ordinary > 0.0 && forecast > 0.0 {
                let during: Vec<&RawCount> = of.counts.iter().filter(|count| event.is_on(count.start)).collect();
                let (handling, bot_share) = (handling(of, inputs, &during), bot_share(during.iter().copied()));
                let (event, queue) = (event.clone(), of.queue.id.clone());
                let whole = is_whole(&event, inputs, of);
                lifts.push(Lift { event, queue, came, ordinary, forecast, handling, bot_share, alone, whole });
            }
        }
    }
    Ok(lifts)
}

/// Whether every day of an event is planned and counted.
fn is_whole(event: &Event, inputs: &Inputs, of: &QueueInputs) -> bool {
    let last = (event.end - TimeDelta::minutes(1)).date();
    let counted: BTreeSet<NaiveDate> = of.counts.iter().map(|count| count.start.date()).collect();
    let days = event.start.date().iter_days().take_while(|date| *date <= last);
    days.into_iter().all(|date| inputs.horizon.day_of(date).is_some() && counted.contains(&date))
}

/// Actual contacts in the plan's intervals, allocated by `shape` where counted in longer ones; `None` if nothing was counted.
pub(super) fn counted(inputs: &Inputs, of: &QueueInputs, shape: &[f64]) -> Option<Vec<Option<f64>>> {
    let events = events_of(inputs, &of.queue.id);
    let (history, _) = ContactHistory::from_counts_by(inputs.zone.as_ref(), &of.counts, of.counted_every, &events, inputs.horizon.end())?;
    let value = |date, slot| history.day_of(date).and_then(|day| history.count(day, slot));
    let came = onto(inputs.horizon.grid(inputs.interval), shape, value, &history);
    came.iter().any(Option::is_some).then_some(came)
}

fn handling(of: &QueueInputs, inputs: &Inputs, during: &[&RawCount]) -> Option<f64> {
    let usual = usual_handling(&of.counts, inputs.horizon.first)?.get();
    let handled = during.iter().filter_map(|count| count.handled);
    let (contacts, time) = handled.fold((0.0, 0.0), |(contacts, time), of| (contacts + of.contacts, time + of.contacts * of.mean.get()));
    (contacts > 0.0 && usual > 0.0).then(|| time / contacts / usual)
}

/// Bot containment, where the export has it.
pub(super) fn bot_share<'a>(counts: impl Iterator<Item = &'a RawCount>) -> Option<f64> {
    let told = counts.filter_map(|count| Some((count.by_bots?, count.contacts)));
    let (by_bots, all) = told.fold((0.0, 0.0), |(by_bots, all), (some, of)| (by_bots + some, all + of));
    (all > 0.0).then(|| by_bots / all)
}
