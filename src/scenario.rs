//! What if? Named changes to the inputs, each run through the same pipeline; no arithmetic of its own.

use crate::budget::Budget;
use crate::plan::{Inputs, PlanError, Planned, plan};
use crate::service::{Channel, Queue, QueueId, ServiceTarget};
use crate::staffing::Cause;
use crate::units::{Factor, Seconds, Share};
use crate::workforce::AgentId;

/// A named set of changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The name people gave it.
    pub name: String,
    /// What is different.
    pub changes: Vec<Change>,
}

/// One change to the inputs. A queue of `None` means every queue that the change can touch.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Offered contacts scaled.
    Volume {
        /// Which queue.
        queue: Option<QueueId>,
        /// By how much.
        factor: Factor,
    },
    /// Handling time scaled.
    Handling {
        /// Which queue.
        queue: Option<QueueId>,
        /// By how much.
        factor: Factor,
    },
    /// The share that bots answer in full, in ordinary times and in events.
    BotShare {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new share.
        share: Share,
    },
    /// More paid time lost.
    Absence {
        /// The share lost beside what is lost already.
        share: Share,
    },
    /// An event does not happen in the planned days.
    WithoutEvent {
        /// The beginning of its name.
        name: String,
    },
    /// Another mean wait promised, by queues that promise one.
    MeanWait {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new wait.
        wait: Seconds,
    },
    /// Another answer-within time, by queues that promise a share.
    AnswerWithin {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new time.
        within: Seconds,
    },
    /// Another share promised.
    AnswerShare {
        /// Which queue.
        queue: Option<QueueId>,
        /// The new share.
        share: Share,
    },
    /// More people.
    ExtraPeople {
        /// Whom they are like.
        like: AgentId,
        /// How many.
        count: usize,
    },
}

/// The inputs with a scenario's changes.
///
/// ```
/// use peakshift::{input::Folder, scenario::{Change, Scenario, apply}, units::Factor};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let change = Change::Volume { queue: None, factor: Factor::new(2.0)? };
/// let busier = apply(&inputs, &Scenario { name: "busier".into(), changes: vec![change] });
/// assert_eq!(busier.queues[0].volume.get(), 2.0);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn apply(inputs: &Inputs, scenario: &Scenario) -> Inputs {
    let mut changed = inputs.clone();
    scenario.changes.iter().for_each(|change| apply_one(&mut changed, change));
    changed
}

/// A plan for the inputs as they are (named `base`) and one for each scenario, with the same seed and effort.
///
/// # Errors
/// [`PlanError`] of the first scenario that cannot be planned.
pub fn compare(inputs: &Inputs, scenarios: &[Scenario], budget: &Budget) -> Result<Vec<(String, Inputs, Planned)>, PlanError> {
    let base = Scenario { name: "base".into(), changes: Vec::new() };
    let run = |scenario: &Scenario| {
        let changed = apply(inputs, scenario);
        let planned = plan(&changed, budget)?;
        Ok((scenario.name.clone(), changed, planned))
    };
    std::iter::once(&base).chain(scenarios).map(run).collect()
}

fn apply_one(inputs: &mut Inputs, change: &Change) {
    match change {
        Change::Volume { queue, factor } => {
            inputs.queues.iter_mut().filter(|of| is_meant(queue.as_ref(), &of.queue)).for_each(|of| {
                of.volume = Factor::new(of.volume.get() * factor.get()).unwrap_or(of.volume);
            });
        }
        Change::Handling { queue, factor } => queues(inputs, queue.as_ref()).for_each(|queue| scale_handling(queue, *factor)),
        Change::BotShare { queue, share } => {
            queues(inputs, queue.as_ref())
                .filter(|queue| matches!(queue.channel, Channel::Chat(_)))
                .for_each(|queue| queue.bot_share = Some(*share));
            for event in
                inputs.events.iter_mut().filter(|event| event.expected.bot_share.is_some() && (queue.is_none() || event.queue == *queue))
            {
                event.expected.bot_share = Some(*share);
            }
        }
        Change::Absence { share } => inputs.shrinkage.0.push(Cause { name: "absence".into(), share: *share }),
        Change::WithoutEvent { name } => {
            let first = crate::time::ClockTime::MIDNIGHT.on(inputs.horizon.first);
            inputs.events.retain(|event| !(event.name.starts_with(name.as_str()) && event.end > first));
        }
        Change::MeanWait { queue, wait } => set_targets(inputs, queue.as_ref(), |target| {
            if let ServiceTarget::MeanWait(promised) = target {
                *promised = *wait;
            }
        }),
        Change::AnswerWithin { queue, within: time } => set_targets(inputs, queue.as_ref(), |target| {
            if let ServiceTarget::AnsweredWithin { within, .. } = target {
                *within = *time;
            }
        }),
        Change::AnswerShare { queue, share: promised } => set_targets(inputs, queue.as_ref(), |target| {
            if let ServiceTarget::AnsweredWithin { share, .. } = target {
                *share = *promised;
            }
        }),
        Change::ExtraPeople { like, count } => {
            let Some(model) = inputs.employees.iter().find(|employee| &employee.id == like).cloned() else { return };
            for number in 1..=*count {
                let mut extra = model.clone();
                extra.id = AgentId::new(&format!("{like}+{number}"));
                extra.requests.clear();
                inputs.employees.push(extra);
            }
        }
    }
}

fn is_meant(meant: Option<&QueueId>, queue: &Queue) -> bool {
    meant.is_none_or(|meant| meant == &queue.id)
}

fn queues<'a>(inputs: &'a mut Inputs, meant: Option<&'a QueueId>) -> impl Iterator<Item = &'a mut Queue> {
    inputs.queues.iter_mut().map(|of| &mut of.queue).filter(move |queue| is_meant(meant, queue))
}

fn set_targets(inputs: &mut Inputs, meant: Option<&QueueId>, set: impl Fn(&mut ServiceTarget)) {
    queues(inputs, meant).flat_map(|queue| queue.targets.iter_mut()).for_each(set);
}

fn scale_handling(queue: &mut Queue, factor: Factor) {
    queue.handling = queue.handling * factor;
    if let Channel::Chat(concurrency) = &mut queue.channel {
        *concurrency = concurrency.scaled(factor);
    }
    queue.wider = queue.wider.as_ref().map(|wider| wider.scaled(factor));
}
