//! Pooling of queues by multiskilled people: its savings, and the low start of the search.

use super::{Inputs, QueueRequirement};
use crate::roster::{Person, RosterProblem};
use crate::service::{Channel, Queue};
use crate::staffing;
use crate::units::{Agents, Hours};

/// Agent-hours of queues with shared people, dedicated and pooled. Standard-speed agents at the desk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pooling {
    /// The queues, by their position in the inputs.
    pub queues: Vec<usize>,
    /// Requirement with every queue staffed separately.
    pub dedicated: Hours,
    /// Requirement if everybody could serve all of these queues.
    pub pooled: Hours,
    /// Share of the effectiveness on these queues that belongs to people with several of them.
    pub flexible_share: f64,
}

/// Groups of queues of one kind, calls or chats, with shared people.
///
/// ```
/// use peakshift::{input::Folder, plan::{forecast, pooling, require, roster_problem}, service::QueueId, units::Hours};
/// let mut inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let mut second = inputs.queues[0].clone();
/// second.queue.id = QueueId::new("orders"); // as many calls again, answered by the same people
/// inputs.employees.iter_mut().for_each(|employee| employee.skills.push(second.queue.id.clone()));
/// inputs.queues.push(second);
/// let requirements = require(&inputs, &forecast(&inputs)?);
/// let group = &pooling(&inputs, &requirements, &roster_problem(&inputs, &requirements))[0];
/// assert_eq!((group.dedicated, group.pooled), (Hours::new(8.0 * 6.0)?, Hours::new(8.0 * 4.0)?)); // three each, or four together
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn pooling(inputs: &Inputs, requirements: &[QueueRequirement], problem: &RosterProblem) -> Vec<Pooling> {
    let hours = |agents: f64| Agents::new(agents).expect("needs are agents") * inputs.interval.hours();
    let group = |queues: Vec<usize>| {
        let dedicated = queues.iter().flat_map(|&queue| requirements[queue].need.values()).map(|need| need.required.get()).sum();
        let pooled = pooled_need(inputs, requirements, &queues).iter().sum();
        Pooling { flexible_share: flexible_share(inputs, problem, &queues), queues, dedicated: hours(dedicated), pooled: hours(pooled) }
    };
    groups(inputs, problem).into_iter().map(group).collect()
}

/// Lowers the requirements to the start of the search: the pooled need of each group, as if everybody could serve all its queues, allocated
/// in proportion. A few flexible people achieve most of the pooling gain; where that falls short, the simulation shows it.
pub(super) fn begin_low(inputs: &Inputs, requirements: &[QueueRequirement], problem: &mut RosterProblem) {
    for queues in groups(inputs, problem) {
        for (slot, pooled) in pooled_need(inputs, requirements, &queues).into_iter().enumerate() {
            let apart: f64 = queues.iter().map(|&queue| problem.demand[queue].required[slot]).sum();
            let part = if apart > 0.0 { pooled / apart } else { 1.0 };
            queues.iter().for_each(|&queue| problem.demand[queue].required[slot] *= part);
        }
    }
}

fn pooled_need(inputs: &Inputs, requirements: &[QueueRequirement], queues: &[usize]) -> Vec<f64> {
    let of: Vec<&Queue> = queues.iter().map(|&queue| &inputs.queues[queue].queue).collect();
    let needs: Vec<_> = queues.iter().map(|&queue| &requirements[queue].need).collect();
    staffing::pooled_need(&of, &needs)
}

/// Queues of one kind that people link with one another, two or more; queues with a target over a day or a week are not pooled.
fn groups(inputs: &Inputs, problem: &RosterProblem) -> Vec<Vec<usize>> {
    let kind = |queue: usize| match inputs.queues[queue].queue.channel {
        Channel::Voice => Some(0),
        Channel::Chat(_) => Some(1),
        Channel::Deferred => None,
    };
    let alone = |queue: usize| inputs.queues[queue].queue.promise_over_stretch().is_some();
    let serves = |person: &Person, queue: usize| person.employee.serves(&inputs.queues[queue].queue.id);
    let linked = |a: usize, b: usize| kind(a) == kind(b) && problem.people.iter().any(|person| serves(person, a) && serves(person, b));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for queue in (0..inputs.queues.len()).filter(|&queue| kind(queue).is_some() && !alone(queue)) {
        let (joined, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.iter().any(|&other| linked(other, queue)));
        groups = apart;
        groups.push(joined.into_iter().flatten().chain([queue]).collect());
    }
    groups.retain(|group| group.len() > 1);
    groups
}

fn flexible_share(inputs: &Inputs, problem: &RosterProblem, queues: &[usize]) -> f64 {
    let served = |person: &Person| queues.iter().filter(|&&queue| person.employee.serves(&inputs.queues[queue].queue.id)).count();
    let effectiveness =
        |least: usize| problem.people.iter().filter(|person| served(person) >= least).map(|person| person.effectiveness.get()).sum::<f64>();
    let all = effectiveness(1);
    if all > 0.0 { effectiveness(2) / all } else { 0.0 }
}
