//! Least agents for all service targets of a queue.

use super::least_agents::{Requirement, least_agents};
use super::priority::{Class, ClassTarget, TwoClasses};
use super::steady::steady;
use super::waiting_line::ServiceLevelDefinition;
use crate::service::{Channel, Queue, ReplyFigure, ServiceTarget, Vip};
use crate::units::{Agents, Erlangs, Seconds, Share};
use chrono::NaiveDateTime;

/// Least agents for all targets that apply to contacts arriving at `start`: the queue's, platforms' reply figures, and those of VIPs.
pub(super) fn least_for_each(queue: &Queue, load: Erlangs, handling: Seconds, start: NaiveDateTime) -> Option<Agents> {
    let figures = queue.replies.iter().filter(|figure| figure.counts(start)).filter_map(|figure| reply_requirement(queue, figure));
    let requirements: Vec<Requirement> = queue.targets.iter().filter_map(as_requirement).chain(figures).collect();
    let for_all = least_agents(&requirements, load, |agents| steady(queue, load, handling, agents))?;
    let for_vips = queue.vip.as_ref().and_then(|vip| least_for_vips(queue, vip, load, handling));
    Some(for_vips.map_or(for_all, |agents| if agents > for_all { agents } else { for_all }))
}

/// A platform's reply figure as a bound, with later replies evaluated at full concurrency.
fn reply_requirement(queue: &Queue, figure: &ReplyFigure) -> Option<Requirement> {
    let Channel::Chat(concurrency) = &queue.channel else { return None };
    let later = figure.later_in_time(concurrency, concurrency.windows());
    Some(Requirement::Replies { within: figure.within, share: figure.share.get(), rounds: figure.rounds, later })
}

/// Least agents for the VIPs of a voice queue, by the two-class formula without abandonment. There is no formula for chats with two
/// classes.
fn least_for_vips(queue: &Queue, vip: &Vip, load: Erlangs, handling: Seconds) -> Option<Agents> {
    if queue.channel != Channel::Voice {
        return None;
    }
    let part = |share: Share| Erlangs::new(load.get() * share.get()).expect("a share of a load is a load");
    let as_class_target = |target: &ServiceTarget| match *target {
        ServiceTarget::MeanWait(wait) => Some(ClassTarget::MeanWait(wait.get())),
        ServiceTarget::AnsweredWithin { within, share } => Some(ClassTarget::AnsweredWithin(within, share.get())),
        _ => None,
    };
    let targets: Vec<(Class, ClassTarget)> = vip.targets.iter().filter_map(as_class_target).map(|target| (Class::High, target)).collect();
    TwoClasses::least_agents(part(vip.share), part(vip.share.rest()), handling, &targets)
}

fn as_requirement(target: &ServiceTarget) -> Option<Requirement> {
    match *target {
        ServiceTarget::MeanWait(wait) => Some(Requirement::Asa(wait.get())),
        ServiceTarget::AnsweredWithin { within, share } => {
            Some(Requirement::ServiceLevel { within, share: share.get(), definition: ServiceLevelDefinition::Offered })
        }
        ServiceTarget::Abandonment(share) => Some(Requirement::Abandonment(share.get())),
        ServiceTarget::Occupancy(share) => Some(Requirement::Occupancy(share.get())),
        ServiceTarget::DoneWithin { .. } => None,
    }
}
