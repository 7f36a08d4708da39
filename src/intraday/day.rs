//! Intraday forecast of one queue.

use crate::forecast::Forecast;
use crate::service::QueueId;

/// The day of one queue, part of it past.
///
/// ```
/// use peakshift::{history::RawCount, input::Folder, intraday::{Actuals, alarms_of, reforecast, required_now}, units::Agents};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, six calls an hour
/// // twelve calls an hour until 13:00
/// let (grid, queue) = (inputs.horizon.grid(inputs.interval), inputs.queues[0].queue.id.clone());
/// let counts = (9..13).map(|hour| RawCount::of(grid.start(hour), 12.0)).collect();
/// let (actuals, at) = (Actuals { counts: [(queue, counts)].into(), ..Actuals::default() }, grid.start(13));
/// let today = reforecast(&inputs, &actuals.counts, at)?;
/// assert!(today[0].now.mean[15] > today[0].before.mean[15]); // more calls are expected of the afternoon, too
/// assert!(required_now(&inputs, &today, at)?[0].need[15].required > Agents::whole(3));
/// assert_eq!(alarms_of(&inputs, &today, &actuals, at)[0][0].level(), 3); // twice the forecast
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct IntradayForecast {
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Forecast of the eve.
    pub before: Forecast,
    /// Updated forecast: counts where available, a new forecast for the rest.
    pub now: Forecast,
    /// Contacts of the last two hours over those forecast on the eve, less 1; `None` where none were expected.
    pub recent_excess: Option<f64>,
}
