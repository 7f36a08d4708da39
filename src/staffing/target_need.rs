//! The least agents for all that a queue promises.

use super::least_agents::{Requirement, least_agents};
use super::priority::{Class, ClassTarget, TwoClasses};
use super::steady::steady;
use super::waiting_line::ServiceLevelDefinition;
use crate::service::{Channel, Queue, ReplyFigure, ServiceTarget, Vip};
use crate::units::{Agents, Erlangs, Seconds, Share};
use chrono::NaiveDateTime;

/// The least agents for all that a queue promises contacts that come at a time: its targets, platforms' figures, and those who go first.
pub(super) fn least_for_each(queue: &Queue, load: Erlangs, handling: Seconds, start: NaiveDateTime) -> Option<Agents> {
    let figures = queue.replies.iter().filter(|figure| figure.counts(start)).filter_map(|figure| reply_requirement(queue, figure));
    let requirements: Vec<Requirement> = queue.targets.iter().filter_map(as_requirement).chain(figures).collect();
    let for_all = least_agents(&requirements, load, |agents| steady(queue, load, handling, agents))?;
    let for_vips = queue.vip.as_ref().and_then(|vip| least_for_vips(queue, vip, load, handling));
    Some(for_vips.map_or(for_all, |agents| if agents > for_all { agents } else { for_all }))
}

/// A platform's figure as a bound: its later replies are counted as if every agent had all windows in use.
fn reply_requirement(queue: &Queue, figure: &ReplyFigure) -> Option<Requirement> {
    let Channel::Chat(concurrency) = &queue.channel else { return None };
    let later = figure.later_in_time(concurrency, concurrency.windows());
    Some(Requirement::Replies { within: figure.within, share: figure.share.get(), rounds: figure.rounds, later })
}

/// The least agents for those who go first, of calls: by the formula of two classes, in which nobody gives up. Chats of two classes have
/// no formula.
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
