//! Pooled requirement of several queues served by fully cross-trained agents.

use super::need::{Demand, IntervalNeed};
use super::requirement::requirement;
use crate::service::{Channel, Concurrency, Queue, ServiceTarget};
use crate::time::Series;
use crate::units::{Contacts, Factor, Seconds};

/// Agents required in each interval by several queues of one kind (calls, or chats), pooled into one queue with all their contacts.
/// Handling times, slowdown and patience are averaged over contacts, and the least strict of their targets applies. Never more than the
/// sum of the separate requirements, which also applies where kinds are mixed or a queue has no contacts.
///
/// With mixed skills the true requirement lies between: no team needs fewer, and dedicated groups need no more (Wallace & Whitt 2005, *A
/// staffing algorithm for call centers with skill-based routing*, Manufacturing & Service Operations Management 7).
///
/// ```
/// # use peakshift::{service::{Over, Queue, ServiceTarget}, staffing::*};
/// # use peakshift::{time::{Horizon, Interval, Series, read_date}, units::{Agents, Contacts, Factor, Seconds, Share}};
/// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// let calls = Queue::voice("phone", Seconds::new(180.0)?).with_target(ServiceTarget::MeanWait(Seconds::new(20.0)?));
/// let demand = Series::from_fn(grid, |_| Demand { contacts: Contacts::new(100.0).unwrap(), handling: Factor::ONE });
/// let need = requirement(&calls, &demand);
/// let pooled = pooled_need(&[&calls, &calls], &[&need, &need]);
/// assert_eq!((pooled[24], 2.0 * need[24].required.get()), (24.0, 26.0)); // twenty erlangs in one line wait 13 s
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn pooled_need(queues: &[&Queue], needs: &[&Series<IntervalNeed>]) -> Vec<f64> {
    let Some(first) = needs.first() else { return Vec::new() };
    let grid = first.grid();
    let apart = |slot: usize| needs.iter().map(|need| need[slot].required.get()).sum::<f64>();
    let everybody_busy = |slot: usize| needs.iter().all(|need| need[slot].contacts > Contacts::ZERO && need[slot].required.get() > 0.0);
    let together = pool(queues, needs).map(|pool| {
        let demand = Series::from_fn(grid, |slot| {
            let contacts: f64 = needs.iter().map(|need| need[slot].contacts.get()).sum();
            let work: f64 = needs.iter().map(|need| need[slot].contacts.get() * need[slot].handling.get()).sum();
            Demand {
                contacts: Contacts::new(contacts).expect("contacts of several queues add up to contacts"),
                handling: mean_handling(work, contacts, pool.handling),
            }
        });
        requirement(&pool, &demand)
    });
    let need = |slot: usize| match &together {
        Some(together) if everybody_busy(slot) => together[slot].required.get().min(apart(slot)),
        _ => apart(slot),
    };
    (0..grid.len()).map(need).collect()
}

/// All queues as one; `None` for a mixture of calls and chats, or for deferred work.
fn pool(queues: &[&Queue], needs: &[&Series<IntervalNeed>]) -> Option<Queue> {
    let weights: Vec<f64> = needs.iter().map(|need| need.values().iter().map(|slot| slot.contacts.get()).sum()).collect();
    let total: f64 = weights.iter().sum();
    let mean: &Mean = &|of| queues.iter().zip(&weights).map(|(queue, weight)| of(queue) * weight).sum::<f64>() / total;
    let handling = Seconds::new(mean(&|queue| queue.handling.get())).ok().filter(|handling| *handling > Seconds::ZERO)?;
    let patience = queues.iter().all(|queue| queue.patience.is_some());
    let patience =
        patience.then(|| Seconds::new(mean(&|queue| queue.patience.map_or(0.0, Seconds::get))).expect("a mean of patiences is one"));
    let targets = least_strict(queues);
    Some(Queue {
        channel: pooled_channel(queues, mean)?,
        handling,
        patience,
        targets,
        replies: vec![],
        vip: None,
        ..(*queues.first()?).clone()
    })
}

/// Mean handling time of the pooled contacts, over that of the pool; 1 where no contacts arrive.
fn mean_handling(work: f64, contacts: f64, of_pool: Seconds) -> Factor {
    if contacts > 0.0 {
        Factor::new(work / contacts / of_pool.get()).expect("the mean of handling times over a positive one is a factor")
    } else {
        Factor::ONE
    }
}

/// Mean of a quantity over queues, weighted by contacts.
type Mean<'a> = dyn Fn(&dyn Fn(&Queue) -> f64) -> f64 + 'a;

fn pooled_channel(queues: &[&Queue], mean: &Mean) -> Option<Channel> {
    if queues.iter().all(|queue| queue.channel == Channel::Voice) {
        return Some(Channel::Voice);
    }
    let times = |queue: &Queue| if let Channel::Chat(times) = &queue.channel { Some(times.clone()) } else { None };
    let times_of: Vec<Concurrency> = queues.iter().map(|queue| times(queue)).collect::<Option<_>>()?;
    let windows = times_of.iter().map(Concurrency::windows).max()?;
    // concurrency beyond a queue's maximum finishes none of its chats earlier
    let beyond = |times: &Concurrency, chats: usize| (chats as f64 / times.windows() as f64).max(1.0);
    let of_queue = |queue: &Queue, chats: usize| times(queue).map_or(0.0, |times| times.chat_time(chats).get() * beyond(&times, chats));
    let time =
        |chats: usize| Seconds::new(mean(&|queue| of_queue(queue, chats))).expect("chat times have a mean where handling times have one");
    Concurrency::new((1..=windows).map(time).collect()).map(Channel::Chat)
}

/// The weakest target of each kind that all queues have.
fn least_strict(queues: &[&Queue]) -> Vec<ServiceTarget> {
    let Some((first, others)) = queues.split_first() else { return Vec::new() };
    let weaker = |target: ServiceTarget, other: &Queue| other.targets.iter().find_map(|theirs| target.weaker(*theirs));
    let of_all = |target: &ServiceTarget| others.iter().try_fold(*target, |target, other| weaker(target, other));
    first.targets.iter().filter_map(of_all).collect()
}
