//! What did promotions do? Each against the same clock hours of ordinary days, as an event file states it.

use super::onto;
use crate::event::Event;
use crate::history::{ContactHistory, RawCount, usual_handling};
use crate::plan::{Inputs, PlanError, QueueInputs, events_of, forecast};
use crate::service::QueueId;
use crate::time::ClockTime;
use chrono::{NaiveDate, TimeDelta};
use std::collections::BTreeSet;

/// What an event did to a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Lift {
    /// The event as the file has it.
    pub event: Event,
    /// The queue.
    pub queue: QueueId,
    /// Contacts that came while it was on.
    pub came: f64,
    /// Contacts of the same hours had they been ordinary, as forecast from before the plan's first day.
    pub ordinary: f64,
    /// Contacts of the same hours as forecast with the event as the file has it.
    pub forecast: f64,
    /// Handling time against the usual, where the export tells.
    pub handling: Option<f64>,
    /// The share of contacts that bots answered, where the export tells.
    pub bot_share: Option<f64>,
    /// Whether it was on alone; else the others of its hours have a part in it.
    pub alone: bool,
    /// Whether every day of it is planned and counted; else its other days may tell otherwise.
    pub whole: bool,
}

impl Lift {
    /// Contacts that came over those of ordinary hours.
    #[must_use]
    pub fn over_ordinary(&self) -> f64 {
        self.came / self.ordinary
    }

    /// Whether it is the event's own and of all of it: what a file may say of the event.
    #[must_use]
    pub const fn is_learned(&self) -> bool {
        self.alone && self.whole
    }

    /// The multiplier with which the file would have forecast what came. Where the event has a day curve of its own that is not quite the
    /// same as how many times an ordinary day's contacts came: the curve moves some into the event's hours.
    #[must_use]
    pub fn multiplier(&self) -> f64 {
        self.event.expected.volume.map_or_else(|| self.over_ordinary(), |expected| expected.get() * self.came / self.forecast)
    }
}

/// What each event of the plan's days did, as far as its hours are counted by now.
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

/// What came in the plan's intervals, shared as forecast where it was counted in longer ones; `None` if nothing was counted.
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

/// The share of contacts that bots answered, where the export tells.
pub(super) fn bot_share<'a>(counts: impl Iterator<Item = &'a RawCount>) -> Option<f64> {
    let told = counts.filter_map(|count| Some((count.by_bots?, count.contacts)));
    let (by_bots, all) = told.fold((0.0, 0.0), |(by_bots, all), (some, of)| (by_bots + some, all + of));
    (all > 0.0).then(|| by_bots / all)
}
