//! Application of a scenario's changes.

use super::{Change, Recruits, Scenario, When};
use crate::event::Event;
use crate::forecast::{Override, OverrideChange};
use crate::plan::{Inputs, QueueInputs};
use crate::roster::{Roster, ShiftTemplate};
use crate::service::{Channel, Queue, QueueId, ServiceTarget};
use crate::staffing::Cause;
use crate::time::ClockTime;
use crate::units::{Factor, Share};
use crate::workforce::{Absence, AgentId};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// The inputs with a scenario's changes.
///
/// ```
/// use peakshift::{input::Folder, scenario::{Change, Scenario, When, apply}, units::Factor};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let change = Change::Volume { queue: None, when: When::default(), factor: Factor::new(2.0)? };
/// let busier = apply(&inputs, &Scenario { name: "busier".into(), changes: vec![change] });
/// assert_eq!(busier.queues[0].overrides.len(), 1);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn apply(inputs: &Inputs, scenario: &Scenario) -> Inputs {
    apply_beside(inputs, scenario, None)
}

/// The inputs with a scenario's changes; with a known roster, sick people are drawn from those who would work.
pub(super) fn apply_beside(inputs: &Inputs, scenario: &Scenario, roster: Option<&Roster>) -> Inputs {
    let settings = scenario.changes.iter().find_map(|change| if let Change::Settings(read) = change { Some(&**read) } else { None });
    let mut changed = settings.unwrap_or(inputs).clone();
    scenario.changes.iter().for_each(|change| apply_one(&mut changed, change, &scenario.name, roster));
    changed
}

fn apply_one(inputs: &mut Inputs, change: &Change, scenario: &str, roster: Option<&Roster>) {
    match change {
        // the other changes apply on top of these inputs
        Change::Settings(_) => {}
        Change::Volume { queue, when, factor } => scale_volume(inputs, queue.as_ref(), when, *factor, scenario),
        Change::Handling { queue, factor } => queues(inputs, queue.as_ref()).for_each(|queue| scale_handling(queue, *factor)),
        Change::BotShare { queue, share } => set_bot_share(inputs, queue.as_ref(), *share),
        Change::BotsDown { queue, when } => {
            for (place, stretches) in when.stretches(inputs, queue.as_ref()) {
                inputs.queues[place].bots_down.extend(stretches);
            }
        }
        Change::Absence { share } => inputs.shrinkage.0.push(Cause { name: "absence".into(), share: *share }),
        Change::Sick { share, from, until } => {
            let stretch = When { from: *from, until: *until, ..When::default() }.of_days(inputs);
            call_in_sick(inputs, *share, stretch, roster);
        }
        Change::WithoutEvent { name } => {
            let first = inputs.horizon.first;
            inputs.events.retain(|event| !is_ahead(event, name, first));
        }
        Change::ResizedEvent { name, factor } => ahead(inputs, name).for_each(|event| resize(event, *factor)),
        Change::MovedEvent { name, by } => ahead(inputs, name).for_each(|event| {
            event.start += *by;
            event.end += *by;
        }),
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
        Change::ExtraPeople(recruits) => recruit(inputs, recruits),
        Change::WithoutPeople { agents } => inputs.employees.retain(|employee| !agents.contains(&employee.id)),
        Change::CrossTrained { agents, queue } => {
            let trained = inputs.employees.iter_mut().filter(|employee| agents.contains(&employee.id) && !employee.serves(queue));
            trained.for_each(|employee| employee.skills.push(queue.clone()));
        }
        Change::ExtraShift { like, id, start } => {
            let Some(model) = inputs.shifts.iter().find(|shift| &shift.id == like).cloned() else { return };
            inputs.shifts.push(ShiftTemplate { id: id.clone(), name: id.clone(), short_name: id.clone(), start: *start, ..model });
        }
        Change::WithoutShifts { codes } => inputs.shifts.retain(|shift| !codes.contains(&shift.id)),
    }
}

/// Start and end.
type Stretch = (NaiveDateTime, NaiveDateTime);

impl When {
    /// Selected queues, by position, with the selected periods of the planned days.
    fn stretches(&self, inputs: &Inputs, queue: Option<&QueueId>) -> Vec<(usize, Vec<Stretch>)> {
        let meant = inputs.queues.iter().enumerate().filter(|(_, of)| is_meant(queue, &of.queue));
        meant.map(|(place, of)| (place, self.of_queue(inputs, &of.queue.id))).collect()
    }

    /// Whether any selected queue takes contacts in any selected period.
    fn is_ever(&self, inputs: &Inputs, queue: Option<&QueueId>) -> bool {
        let grid = inputs.horizon.grid(inputs.interval);
        self.stretches(inputs, queue).into_iter().any(|(place, stretches)| {
            let is_meant = |start: NaiveDateTime| stretches.iter().any(|(from, until)| (*from..*until).contains(&start));
            (0..grid.len()).map(|slot| grid.start(slot)).any(|start| is_meant(start) && inputs.queues[place].takes_contacts(start))
        })
    }

    /// Start and end of the days that can be selected.
    fn of_days(&self, inputs: &Inputs) -> Stretch {
        let horizon = inputs.horizon;
        let (first, end) = (ClockTime::MIDNIGHT.on(horizon.first), ClockTime::MIDNIGHT.on(horizon.end()));
        (self.from.map_or(first, |from| from.max(first)), self.until.map_or(end, |until| until.min(end)))
    }

    fn of_queue(&self, inputs: &Inputs, queue: &QueueId) -> Vec<Stretch> {
        let horizon = inputs.horizon;
        let (first, end) = self.of_days(inputs);
        let of_days: Vec<Stretch> = match self.hours {
            Some((from, to)) => horizon.dates().map(|date| (from.on(date), to.on(date))).collect(),
            None => vec![(first, end)],
        };
        let of_events: Vec<Stretch> = match &self.event {
            Some(name) => inputs
                .events
                .iter()
                .filter(|event| event.touches(queue) && event.name.starts_with(name.as_str()))
                .map(|event| (event.start, event.end))
                .collect(),
            None => vec![(first, end)],
        };
        let both = |day: &Stretch| {
            let day = *day;
            of_events.iter().map(move |event| (day.0.max(event.0).max(first), day.1.min(event.1).min(end)))
        };
        joined(of_days.iter().flat_map(both).filter(|(from, to)| from < to).collect())
    }
}

/// Periods without overlaps: phases of an event may share hours, which must not be scaled twice.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut apart: Vec<Stretch> = Vec::new();
    for (from, to) in stretches {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

fn scale_volume(inputs: &mut Inputs, queue: Option<&QueueId>, when: &When, factor: Factor, scenario: &str) {
    for (place, stretches) in when.stretches(inputs, queue) {
        inputs.queues[place].overrides.extend(stretches.into_iter().map(|(start, end)| Override {
            start,
            end,
            change: OverrideChange::Factor(factor),
            author: String::new(),
            reason: scenario.to_owned(),
        }));
    }
}

fn set_bot_share(inputs: &mut Inputs, queue: Option<&QueueId>, share: Share) {
    let meant = meant_for_bots(inputs, queue);
    inputs.queues.iter_mut().map(|of| &mut of.queue).filter(|of| meant.contains(&of.id)).for_each(|of| of.bot_share = Some(share));
    let is_partly_meant = |event: &Event| event.queue.is_none() && meant.len() < inputs.queues.len();
    let events: Vec<Event> = inputs
        .events
        .iter()
        .flat_map(|event| match event.expected.bot_share {
            Some(_) if is_partly_meant(event) => {
                inputs.queues.iter().map(|of| Event { queue: Some(of.queue.id.clone()), ..event.clone() }).collect()
            }
            _ => vec![event.clone()],
        })
        .collect();
    inputs.events = events;
    let is_meant = |event: &&mut Event| event.expected.bot_share.is_some() && event.queue.as_ref().is_none_or(|of| meant.contains(of));
    inputs.events.iter_mut().filter(is_meant).for_each(|event| event.expected.bot_share = Some(share));
}

/// The named queue, whatever its channel; else the queues with bots, or all where there are none yet.
fn meant_for_bots(inputs: &Inputs, queue: Option<&QueueId>) -> Vec<QueueId> {
    let ids = |is_meant: &dyn Fn(&QueueInputs) -> bool| -> Vec<QueueId> {
        inputs.queues.iter().filter(|of| is_meant(of)).map(|of| of.queue.id.clone()).collect()
    };
    match queue {
        Some(_) => ids(&|of| is_meant(queue, &of.queue)),
        None => Some(ids(&|of| have_bots(inputs, of))).filter(|some| !some.is_empty()).unwrap_or_else(|| ids(&|_| true)),
    }
}

/// Whether bots answer any of a queue's contacts, by its plan, an event or its counts.
fn have_bots(inputs: &Inputs, of: &QueueInputs) -> bool {
    let of_event = |event: &Event| event.touches(&of.queue.id) && event.expected.bot_share.is_some_and(|share| share > Share::ZERO);
    of.queue.bot_share.is_some_and(|share| share > Share::ZERO)
        || inputs.events.iter().any(of_event)
        || of.counts.iter().any(|count| count.by_bots.is_some_and(|by_bots| by_bots > 0.0))
}

/// Reason for which a change has no effect on a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// None of its queues takes contacts then.
    Closed,
    /// No bots answer there.
    NoBots,
    /// None of its queues has such a target.
    NoPromise,
}

impl Change {
    /// The reason for which it has no effect on these inputs, if it has none.
    #[must_use]
    pub fn idle(&self, inputs: &Inputs) -> Option<Idle> {
        let promises = |queue: &Option<QueueId>, is_such: &dyn Fn(&ServiceTarget) -> bool| {
            let meant = inputs.queues.iter().filter(|of| is_meant(queue.as_ref(), &of.queue));
            (!meant.flat_map(|of| &of.queue.targets).any(is_such)).then_some(Idle::NoPromise)
        };
        match self {
            Self::Volume { queue, when, .. } => (!when.is_ever(inputs, queue.as_ref())).then_some(Idle::Closed),
            Self::BotsDown { queue, when } => {
                let meant = |of: &&QueueInputs| is_meant(queue.as_ref(), &of.queue);
                let have_bots = inputs.queues.iter().filter(meant).any(|of| have_bots(inputs, of));
                if have_bots { (!when.is_ever(inputs, queue.as_ref())).then_some(Idle::Closed) } else { Some(Idle::NoBots) }
            }
            Self::MeanWait { queue, .. } => promises(queue, &|target| matches!(target, ServiceTarget::MeanWait(_))),
            Self::AnswerWithin { queue, .. } | Self::AnswerShare { queue, .. } => {
                promises(queue, &|target| matches!(target, ServiceTarget::AnsweredWithin { .. }))
            }
            _ => None,
        }
    }
}

/// Whether an event has a name that begins with `name` and is not over before the planned days.
fn is_ahead(event: &Event, name: &str, first: NaiveDate) -> bool {
    event.name.starts_with(name) && event.last_date() >= first
}

fn ahead<'a>(inputs: &'a mut Inputs, name: &'a str) -> impl Iterator<Item = &'a mut Event> {
    let first = inputs.horizon.first;
    inputs.events.iter_mut().filter(move |event| is_ahead(event, name, first))
}

/// Scales what an event adds to an ordinary day: a learned lift by its size, a stated multiplier by its excess over 1.
fn resize(event: &mut Event, factor: Factor) {
    let size = event.size.get() * factor.get();
    event.size = Factor::new(size).unwrap_or(event.size);
    let larger = |volume: Factor| Factor::new((1.0 + (volume.get() - 1.0) * factor.get()).max(0.0)).unwrap_or(volume);
    event.expected.volume = event.expected.volume.map(larger);
}

/// Draws a share of the people who would work in a period; without a known roster, of all people.
fn call_in_sick(inputs: &mut Inputs, share: Share, (start, end): Stretch, roster: Option<&Roster>) {
    let works = |agent: &AgentId| roster.is_none_or(|roster| roster.of_agent(agent).any(|duty| duty.start < end && start < duty.end));
    let mut drawn: Vec<AgentId> = inputs.employees.iter().map(|employee| employee.id.clone()).filter(works).collect();
    let count = (share.get() * drawn.len() as f64).round() as usize;
    drawn.shuffle(&mut ChaCha8Rng::seed_from_u64(inputs.seed));
    inputs.absences.extend(drawn.into_iter().take(count).map(|agent| Absence { agent, start, end, kind: "sick".to_owned() }));
}

fn recruit(inputs: &mut Inputs, recruits: &Recruits) {
    let Some(model) = inputs.employees.iter().find(|employee| employee.id == recruits.like).cloned() else { return };
    let known = inputs.employees.len();
    for number in 1..=recruits.count {
        let mut extra = model.clone();
        extra.id = AgentId::new(&format!("{}+{}", recruits.like, known + number));
        extra.requests.clear();
        extra.leads = false;
        extra.skills = recruits.skills.clone().unwrap_or(extra.skills);
        extra.speed = recruits.speed.unwrap_or(extra.speed);
        inputs.absences.extend(not_there(inputs.horizon, recruits, &extra.id));
        inputs.employees.push(extra);
    }
}

/// Times at which a temporary recruit is not there.
fn not_there(horizon: crate::time::Horizon, recruits: &Recruits, agent: &AgentId) -> Vec<Absence> {
    let away = |start, end| Absence { agent: agent.clone(), start, end, kind: Absence::NOT_EMPLOYED.to_owned() };
    // one day more on each side, for shifts over midnight
    let (first, end) = (ClockTime::MIDNIGHT.on(horizon.first), ClockTime::MIDNIGHT.on(horizon.end()) + TimeDelta::days(1));
    let before = recruits.from.filter(|from| *from > first).map(|from| away(first, from));
    let after = recruits.until.filter(|until| *until < end).map(|until| away(until, end));
    before.into_iter().chain(after).collect()
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
