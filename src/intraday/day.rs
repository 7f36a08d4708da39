//! One day of one queue, part of it over.

use crate::forecast::Forecast;
use crate::service::QueueId;

/// One queue's day, part of it over.
#[derive(Clone, Debug)]
pub struct IntradayForecast {
    /// Which queue.
    pub queue: QueueId,
    /// The forecast of the eve.
    pub before: Forecast,
    /// The forecast now: counts where there are counts, the rest anew.
    pub now: Forecast,
    /// Contacts of the last two hours over those forecast on the eve, less 1; `None` where none were expected.
    pub recent_excess: Option<f64>,
}
