//! Choice of chat concurrency, where a queue leaves it to the plan.

use super::forecasts::{expected, model};
use super::{Inputs, PlanError};
use crate::service::Windows;
use crate::staffing::{best_windows, windows_needs};

/// The inputs with the concurrency of every queue that leaves it to the plan: the lowest that needs hardly more agent-hours than any other
/// within the queue's limit, and that can meet its targets and reply figures.
///
/// # Errors
/// [`PlanError`] if such a queue cannot be forecast.
pub fn with_windows_chosen(mut inputs: Inputs) -> Result<Inputs, PlanError> {
    for place in 0..inputs.queues.len() {
        let of = &inputs.queues[place];
        if of.queue.windows != Windows::Best {
            continue;
        }
        let needs = windows_needs(&of.queue, &expected(&inputs, of, model(&inputs, of)?).demand);
        if let Some(windows) = best_windows(&needs) {
            inputs.queues[place].queue = of.queue.with_windows(windows);
        }
    }
    Ok(inputs)
}
