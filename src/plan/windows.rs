//! How many chats at a time, where a queue leaves that to the plan.

use super::forecasts::{expected, model};
use super::{Inputs, PlanError};
use crate::service::Windows;
use crate::staffing::{best_windows, windows_needs};

/// The inputs with windows planned for every queue that leaves their number to the plan: the fewest that need hardly more agent-hours
/// than any other number within the queue's limit, and with which its targets and platforms' figures can be met.
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
