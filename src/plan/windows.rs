//! Choice of chat concurrency, where a queue leaves it to the plan.

use super::forecasts::{expected, model};
use super::{Inputs, PlanError};
use crate::service::Windows;
use crate::staffing::{best_windows, windows_needs};

/// The inputs with the concurrency of every queue that leaves it to the plan: the lowest that needs hardly more agent-hours than any other
/// within the queue's limit, and that can meet its targets and reply figures.
///
/// ```
/// use peakshift::{input::Folder, plan::with_windows_chosen, service::*, units::Seconds};
/// let mut inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// // one chat at a time so far, 600 s each; two at a time take 700 s each
/// let both = Concurrency::new([600.0, 700.0].map(|time| Seconds::new(time).unwrap()).to_vec()).unwrap();
/// let mut chat = Queue::chat("chat", both.up_to(1)).with_target(ServiceTarget::MeanWait(Seconds::new(60.0)?));
/// (chat.wider, chat.windows) = (Some(both.clone()), Windows::Best);
/// inputs.queues[0].queue = chat;
/// assert_eq!(with_windows_chosen(inputs)?.queues[0].queue.channel, Channel::Chat(both)); // two need fewer agents
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
