//! Steady state of a queue for a number of agents.

use super::erlang::{SteadyQueue, chat, erlang_a, erlang_c};
use crate::service::{Channel, Queue, Vip};
use crate::units::{Agents, Erlangs, Factor, Seconds};

/// Default answer-within time in seconds, for queues whose targets have none.
pub const DEFAULT_WITHIN_SECONDS: f64 = 20.0;

/// Answer-within time of a queue's service level; [`DEFAULT_WITHIN_SECONDS`] if its targets have none.
///
/// ```
/// use peakshift::{service::{Queue, ServiceTarget}, staffing::within, units::{Seconds, Share}};
/// let (calls, half_a_minute) = (Queue::voice("phone", Seconds::new(180.0)?), Seconds::new(30.0)?);
/// assert_eq!(within(&calls).get(), 20.0);
/// let target = ServiceTarget::AnsweredWithin { within: half_a_minute, share: Share::new(0.8)? };
/// assert_eq!(within(&calls.with_target(target)), half_a_minute);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn within(queue: &Queue) -> Seconds {
    queue
        .answer_within()
        .map_or_else(|| Seconds::new(DEFAULT_WITHIN_SECONDS).expect("the constant is a number of seconds"), |(within, _)| within)
}

/// Answer-within time of a queue's VIPs; the queue's own if their targets have none.
///
/// ```
/// use peakshift::{service::{Queue, ServiceTarget, Vip}, staffing::within_of, units::{Seconds, Share}};
/// let (calls, within) = (Queue::voice("phone", Seconds::new(180.0)?), Seconds::new(10.0)?);
/// let vip = Vip { share: Share::new(0.1)?, targets: vec![ServiceTarget::AnsweredWithin { within, share: Share::new(0.9)? }] };
/// assert_eq!(within_of(&vip, &calls), within);
/// assert_eq!(within_of(&Vip { targets: vec![], ..vip }, &calls).get(), 20.0);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn within_of(vip: &Vip, queue: &Queue) -> Seconds {
    vip.answer_within().unwrap_or_else(|| within(queue))
}

/// Steady state by the channel's formula: Erlang A with patience, else Erlang C; chats by their concurrency.
pub(super) fn steady(queue: &Queue, load: Erlangs, handling: Seconds, agents: Agents) -> SteadyQueue {
    match (&queue.channel, queue.patience) {
        (Channel::Chat(concurrency), patience) => {
            let factor = Factor::new(handling.get() / concurrency.chat_time(1).get()).expect("chat times are above zero");
            chat(load, &concurrency.scaled(factor), agents, patience)
        }
        (_, Some(patience)) => erlang_a(load, handling, agents, patience),
        (_, None) => erlang_c(load, handling, agents),
    }
}
