//! Intraday forecast of one queue.

use crate::forecast::Forecast;
use crate::service::QueueId;

/// The day of one queue, part of it past.
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
