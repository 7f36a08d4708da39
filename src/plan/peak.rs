//! Staffing of a peak: agents required by its service target, and by looser targets.

use super::{Inputs, Planned, require_queue};
use crate::service::{Channel, Queue, QueueId, ServiceTarget};
use crate::units::Seconds;
use chrono::NaiveDateTime;

/// The highest peak of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Peak {
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Start.
    pub from: NaiveDateTime,
    /// End.
    pub until: NaiveDateTime,
    /// Mean agents rostered at the desk for the queue during the peak.
    pub rostered: f64,
    /// Highest requirement within the peak for each target, the queue's own first.
    pub promises: Vec<(ServiceTarget, f64)>,
}

/// A peak extends as long as the requirement is at least this share of its maximum.
const OF_HIGHEST: f64 = 0.8;
/// A peak is reported if its requirement is at least this multiple of the median over open hours.
const OVER_MIDDLE: f64 = 1.5;
/// Multiples of the waiting time in looser targets.
const LONGER: [f64; 3] = [2.0, 3.0, 6.0];

/// The highest peak of each queue that has one during an event.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{peaks, plan}, time::read_stamp, units::Factor};
/// let mut inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let sale = &mut inputs.events[0];
/// (sale.start, sale.end) = (read_stamp("2026-11-30T11:00")?, read_stamp("2026-11-30T13:00")?);
/// (sale.expected.volume, sale.expected.curve) = (Some(Factor::new(4.0)?), None); // 24 calls an hour for two hours
/// let found = peaks(&inputs, &plan(&inputs, &Budget::of_effort(1))?);
/// assert_eq!((found[0].from, found[0].until), (inputs.events[0].start, read_stamp("2026-11-30T14:00")?)); // callers wait beyond its end
/// assert_eq!(found[0].promises.iter().map(|(_, agents)| *agents).collect::<Vec<_>>(), [6.0, 5.0]); // within one minute, within six
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn peaks(inputs: &Inputs, planned: &Planned) -> Vec<Peak> {
    (0..inputs.queues.len()).filter_map(|queue| peak(inputs, planned, queue)).collect()
}

fn peak(inputs: &Inputs, planned: &Planned, queue: usize) -> Option<Peak> {
    let (of, need) = (&inputs.queues[queue].queue, &planned.requirements[queue].need);
    if of.channel == Channel::Deferred {
        return None;
    }
    let grid = need.grid();
    let required: Vec<f64> = need.values().iter().map(|need| need.required.get()).collect();
    let mut open: Vec<f64> = required.iter().copied().filter(|agents| *agents > 0.0).collect();
    open.sort_by(f64::total_cmp);
    let is_event = |slot: &usize| inputs.events.iter().any(|event| event.touches(&of.id) && event.is_on(grid.start(*slot)));
    let highest = (0..required.len()).filter(is_event).max_by(|a, b| required[*a].total_cmp(&required[*b]).then(b.cmp(a)))?;
    if required[highest] < OVER_MIDDLE * open.get(open.len() / 2)? {
        return None;
    }
    let belongs = |slot: &usize| required[*slot] >= OF_HIGHEST * required[highest];
    let first = (0..=highest).rev().take_while(belongs).last()?;
    let last = (highest..required.len()).take_while(belongs).last()?;
    let stretch = first..=last;
    let most = |required: &dyn Fn(usize) -> f64| stretch.clone().map(required).fold(0.0, f64::max);
    let promise = waited(of)?;
    let mut promises = vec![(promise, most(&|slot| required[slot]))];
    for times in LONGER {
        let longer = longer(promise, times);
        let targets = of.targets.iter().map(|target| if *target == promise { longer } else { *target }).collect();
        let looser = require_queue(&Queue { targets, ..of.clone() }, &planned.forecasts[queue].demand);
        promises.push((longer, most(&|slot| looser.need[slot].required.get())));
    }
    // a looser target that saves no agents is not informative
    promises.dedup_by(|later, earlier| later.1 >= earlier.1);
    let rostered = stretch.clone().map(|slot| planned.coverage[queue].rostered[slot]).sum::<f64>() / stretch.count() as f64;
    Some(Peak { queue: of.id.clone(), from: grid.start(first), until: grid.end(last), rostered, promises })
}

/// The target for waiting times.
fn waited(queue: &Queue) -> Option<ServiceTarget> {
    let is_waited = |target: &&ServiceTarget| matches!(target, ServiceTarget::AnsweredWithin { .. } | ServiceTarget::MeanWait(_));
    queue.targets.iter().find(is_waited).copied()
}

fn longer(promise: ServiceTarget, times: f64) -> ServiceTarget {
    let times_longer = |wait: Seconds| Seconds::new(wait.get() * times).expect("a wait some times as long is a duration");
    match promise {
        ServiceTarget::MeanWait(wait) => ServiceTarget::MeanWait(times_longer(wait)),
        ServiceTarget::AnsweredWithin { within, share } => ServiceTarget::AnsweredWithin { within: times_longer(within), share },
        other => other,
    }
}
