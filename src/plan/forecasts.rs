//! Demand forecast of each queue: history and facts in, offered contacts and the demand on people out.

use super::demand::{bots_of, demand_of, handling_of};
use super::inputs::{Inputs, QueueInputs, events_of};
use crate::capacity::Unsolved;
use crate::forecast::{self, Caveat, Facts, Forecast, ForecastError};
use crate::history::{ContactHistory, Finding};
use crate::service::QueueId;
use crate::staffing::Demand;
use crate::time::Series;
use crate::units::{Contacts, Factor, Share};
use crate::zone::LocalTime;

/// Reason for which there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// A queue without usable history.
    #[error("queue {queue}: {source}")]
    Forecast {
        /// The queue.
        queue: QueueId,
        /// The forecast error.
        source: ForecastError,
    },
    /// A capacity plan that the solver cannot work on.
    #[error(transparent)]
    Unsolved(#[from] Unsolved),
}

/// Forecast of a queue and its demand on people.
///
/// ```
/// use peakshift::{input::Folder, plan::{forecast, human_contacts}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let forecasts = forecast(&inputs)?;
/// assert_eq!(human_contacts(&forecasts[0]).get().round(), 48.0); // six calls an hour, eight hours
/// assert!(forecasts[0].offered.at_level(0.9).unwrap()[9] >= forecasts[0].offered.mean[9]);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct QueueForecast {
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Offered contacts, before bots, with planners' corrections.
    pub offered: Forecast,
    /// Offered contacts without planners' corrections.
    pub modelled: Forecast,
    /// Bot containment: share of contacts that bots answer in full.
    pub bots: Series<Share>,
    /// Handling time relative to the queue's own.
    pub handling: Series<Factor>,
    /// Contacts that reach people, with their handling time relative to the queue's own.
    pub demand: Series<Demand>,
    /// Anomalies of the history.
    pub findings: Vec<Finding>,
    /// Caveats of the forecast.
    pub caveats: Vec<Caveat>,
}

/// Forecasts of all queues.
///
/// # Errors
/// [`PlanError`] if a queue has no history before the horizon.
pub fn forecast(inputs: &Inputs) -> Result<Vec<QueueForecast>, PlanError> {
    inputs.queues.iter().map(|of| Ok(expected(inputs, of, model(inputs, of)?))).collect()
}

/// Model forecast of a queue, in the plan's intervals.
#[derive(Clone, Debug)]
pub(super) struct Modelled {
    pub(super) forecast: Forecast,
    pub(super) findings: Vec<Finding>,
    pub(super) caveats: Vec<Caveat>,
}

pub(super) fn model(inputs: &Inputs, of: &QueueInputs) -> Result<Modelled, PlanError> {
    let queue = of.queue.id.clone();
    let events = events_of(inputs, &queue);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let fail = |source| PlanError::Forecast { queue: queue.clone(), source };
    let (history, findings) =
        ContactHistory::from_counts_by(inputs.zone.as_ref(), &of.counts, of.counted_every, &events, inputs.history_until)
            .ok_or_else(|| fail(ForecastError::NoHistory))?;
    let history = history.without_closed_hours(inputs.horizon, |time| of.takes_contacts(time));
    let caveats = caveats_of(inputs, of, &history, &facts);
    let known = forecast::forecast(&history, &facts, inputs.horizon).map_err(fail)?;
    let opened =
        of.opens_by_hours().then(|| history.with_new_hours(inputs.horizon, |time| of.opens_plainly(time, &events), &events)).flatten();
    let coarse = match opened {
        Some(opened) => {
            let filled = forecast::forecast(&opened, &facts, inputs.horizon).map_err(fail)?;
            known.with_new_hours(filled, |start| opened.stands_in_at(start, |time| of.queue.hours.is_open(time)))
        }
        None => known,
    };
    let never_comes = |start| inputs.zone.as_ref().is_some_and(|zone| zone.local_time(start) == LocalTime::Skipped);
    Ok(Modelled { forecast: as_planned(inputs, of, coarse).without(never_comes), findings, caveats })
}

/// Caveats of a queue's forecast, including hours newly opened by the plan.
///
/// ```
/// use peakshift::{forecast::{Caveat, Facts}, history::ContactHistory, input::Folder, plan::caveats_of, service::OpeningHours};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let mut phone = inputs.queues[0].clone();
/// let (events, until) = (&inputs.events, inputs.history_until);
/// let (history, _) = ContactHistory::from_counts_by(None, &phone.counts, phone.counted_every, events, until).unwrap();
/// phone.queue.hours = OpeningHours::daily("09:00".parse()?, "19:00".parse()?); // two hours longer than ever counted
/// let facts = Facts { calendar: &inputs.calendar, events, drivers: &inputs.drivers };
/// assert!(caveats_of(&inputs, &phone, &history, &facts).iter().any(|caveat| matches!(caveat, Caveat::NewHours(_))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn caveats_of(inputs: &Inputs, of: &QueueInputs, history: &ContactHistory, facts: &Facts) -> Vec<Caveat> {
    let mut caveats = forecast::caveats(history, facts, inputs.horizon);
    if of.opens_by_hours() {
        let hours = history.new_hours(inputs.horizon, |time| of.opens_plainly(time, facts.events));
        caveats.extend((!hours.is_empty() && !caveats.contains(&Caveat::NoContacts)).then_some(Caveat::NewHours(hours)));
    }
    caveats
}

/// Forecast of a queue and its demand on people.
pub(super) fn expected(inputs: &Inputs, of: &QueueInputs, modelled: Modelled) -> QueueForecast {
    let Modelled { forecast: modelled, findings, caveats } = modelled;
    let events = events_of(inputs, &of.queue.id);
    let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
    let offered = modelled.clone().overridden(&of.overrides, |start| of.takes_contacts(start));
    let bots = bots_of(inputs, of, &facts);
    let handling = handling_of(inputs, of, &facts, &bots);
    let demand = demand_of(&of.queue, &offered.mean, &bots, &handling);
    QueueForecast { queue: of.queue.id.clone(), offered, modelled, bots, handling, demand, findings, caveats }
}

/// A forecast in the history's intervals converted to the plan's, allocated over opening hours.
///
/// ```
/// use peakshift::{input::Folder, plan::{as_planned, forecast}, time::Interval};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let hourly = forecast(&inputs)?.remove(0).modelled;
/// let finer = peakshift::plan::Inputs { interval: Interval::HALF_HOUR, ..inputs };
/// let planned = as_planned(&finer, &finer.queues[0], hourly.clone());
/// let [first, second] = [18, 19].map(|slot| planned.mean[slot].get()); // the half hours from 09:00 to 10:00
/// assert!(first > 0.0 && (first + second - hourly.mean[9].get()).abs() < 1e-9);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn as_planned(inputs: &Inputs, of: &QueueInputs, forecast: Forecast) -> Forecast {
    forecast.at_interval(inputs.interval, |start| f64::from(of.queue.hours.is_open(start)))
}

/// Total contacts that reach the queue's people.
#[must_use]
pub fn human_contacts(forecast: &QueueForecast) -> Contacts {
    forecast.demand.values().iter().map(|slot| slot.contacts).sum()
}
