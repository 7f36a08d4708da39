//! The parts of shifts and the queues served in each, chosen person by person.

use super::worth::Worth;
use crate::plan::Inputs;
use crate::roster::{Assignment, Person, Roster, RosterProblem, Stint};
use crate::service::{Channel, QueueId};
use crate::time::TimeGrid;
use chrono::{NaiveDateTime, TimeDelta};

/// Least length of a stint in minutes: changes between queues cost attention.
const LEAST_STINT_MINUTES: i64 = 60;
/// Contacts in time that a change between queues must gain.
const CHANGE: f64 = 0.3;
/// Passes over all shifts; later ones change next to nothing.
const PASSES: usize = 6;

/// Queues that may be served together in a stint.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offer {
    /// Queues that wait for this agent, preferred first.
    queues: Vec<usize>,
    /// Those that fill idle time.
    idle: Vec<usize>,
}

/// A shift of somebody with a choice.
struct Duty {
    /// Number of the assignment in the roster.
    assignment: usize,
    /// First interval, and the standard-speed agents that the person counts for in each from there on.
    first: usize,
    present: Vec<f64>,
    /// Moments of the beginning of each interval within the shift, and its end.
    edges: Vec<NaiveDateTime>,
    /// Intervals, from the first on, at whose start the queues may change.
    changes: Vec<bool>,
    offers: Vec<Offer>,
    /// Offer chosen in each interval.
    chosen: Vec<usize>,
}

/// The desk by queue and interval, and the shifts whose queues can be chosen.
pub(super) struct Desk<'a> {
    inputs: &'a Inputs,
    problem: &'a RosterProblem,
    roster: &'a Roster,
    grid: TimeGrid,
    /// Standard-speed agents by queue and interval.
    agents: Vec<Vec<f64>>,
    duties: Vec<Duty>,
}

impl<'a> Desk<'a> {
    pub(super) fn of(inputs: &'a Inputs, problem: &'a RosterProblem, roster: &'a Roster) -> Self {
        let grid = problem.grid;
        let agents = vec![vec![0.0; grid.len()]; problem.demand.len()];
        let mut desk = Self { inputs, problem, roster, grid, agents, duties: Vec::new() };
        for (number, assignment) in roster.assignments.iter().enumerate() {
            let Some(person) = problem.people.iter().find(|person| person.employee.id == assignment.agent) else { continue };
            let Some(duty) = desk.duty(number, assignment, person) else { continue };
            desk.give(&duty, 1.0);
            if duty.offers.len() > 1 {
                desk.duties.push(duty);
            }
        }
        desk
    }

    /// Upper bound on the agents of each queue in an interval.
    pub(super) fn most_agents(&self) -> Vec<usize> {
        let may_serve = |queue: usize, slot: usize| -> f64 {
            let others: f64 = self.agents[queue][slot];
            let choosing = self.duties.iter().filter(|duty| duty.offers.iter().any(|offer| offer.queues.contains(&queue)));
            others + choosing.filter_map(|duty| duty.present.get(slot.checked_sub(duty.first)?)).sum::<f64>()
        };
        let most = |queue: usize| (0..self.grid.len()).map(|slot| may_serve(queue, slot)).fold(0.0, f64::max);
        (0..self.agents.len()).map(|queue| most(queue).ceil() as usize + 1).collect()
    }

    /// A person's shift with the queues that they may serve together; `None` outside the horizon.
    fn duty(&self, number: usize, assignment: &Assignment, person: &Person) -> Option<Duty> {
        let start = person.employee.desk_time(assignment.date, assignment.start);
        let end = person.employee.desk_time(assignment.date, assignment.end);
        let slots: Vec<usize> = (0..self.grid.len()).filter(|&slot| self.grid.start(slot) < end && start < self.grid.end(slot)).collect();
        let (first, last) = (*slots.first()?, *slots.last()?);
        let stretches: Vec<(NaiveDateTime, NaiveDateTime)> = person.desk_stretches(assignment).collect();
        let share = |slot: usize| {
            let inside = |&(from, to): &(NaiveDateTime, NaiveDateTime)| {
                (to.min(self.grid.end(slot)) - from.max(self.grid.start(slot))).num_seconds()
            };
            let seconds: i64 = stretches.iter().map(inside).filter(|seconds| *seconds > 0).sum();
            seconds as f64 / self.grid.interval().seconds().get() * person.effectiveness.get()
        };
        let pauses = assignment.meals.iter().chain(&assignment.rests).map(|pause| (pause.start, pause.end()));
        let pauses: Vec<(NaiveDateTime, NaiveDateTime)> = pauses
            .map(|(from, to)| (person.employee.desk_time(assignment.date, from), person.employee.desk_time(assignment.date, to)))
            .collect();
        // a break lies in one stint as a whole
        let may_change = |slot: usize| !pauses.iter().any(|&(from, to)| from < self.grid.start(slot) && self.grid.start(slot) < to);
        let offers = self.offers(&person.employee.skills);
        if offers.is_empty() {
            return None;
        }
        Some(Duty {
            assignment: number,
            first,
            present: (first..=last).map(share).collect(),
            edges: (first..=last).map(|slot| self.grid.start(slot).max(start)).chain([end]).collect(),
            changes: (first..=last).map(may_change).collect(),
            chosen: vec![0; last + 1 - first],
            offers,
        })
    }

    /// What somebody with these skills may serve: the calls, the chats, each queue alone; deferred work in idle time.
    fn offers(&self, skills: &[QueueId]) -> Vec<Offer> {
        let skills: Vec<usize> = skills.iter().filter_map(|skill| self.problem.queue_index(skill)).collect();
        let channel = |queue: &usize| &self.inputs.queues[*queue].queue.channel;
        let of = |kind: fn(&Channel) -> bool| skills.iter().copied().filter(|queue| kind(channel(queue))).collect::<Vec<usize>>();
        let calls = of(|channel| matches!(channel, Channel::Voice));
        let chats = of(|channel| matches!(channel, Channel::Chat(_)));
        let idle = of(|channel| matches!(channel, Channel::Deferred));
        let alone = skills.iter().map(|&queue| vec![queue]);
        let sets = [calls, chats].into_iter().filter(|set| set.len() > 1).chain(alone);
        let offer = |queues: Vec<usize>| {
            let idle = idle.iter().copied().filter(|queue| !queues.contains(queue)).collect();
            Offer { queues, idle }
        };
        sets.map(offer).collect()
    }

    /// Adds a duty's agents to the queues of its chosen offers, or takes them away.
    fn give(&mut self, duty: &Duty, sign: f64) {
        for (place, present) in duty.present.iter().enumerate() {
            let queues = &duty.offers[duty.chosen[place]].queues;
            let each = sign * present / queues.len() as f64;
            queues.iter().for_each(|&queue| self.agents[queue][duty.first + place] += each);
        }
    }

    /// The roster with the queues that are worth most, everybody's chosen in turn until nobody's change helps.
    pub(super) fn assigned(&mut self, worth: &Worth) -> Roster {
        for _ in 0..PASSES {
            let mut is_settled = true;
            for number in 0..self.duties.len() {
                let mut duty = std::mem::replace(&mut self.duties[number], Duty::none());
                self.give(&duty, -1.0);
                let chosen = self.best(&duty, worth);
                is_settled &= chosen == duty.chosen;
                duty.chosen = chosen;
                self.give(&duty, 1.0);
                self.duties[number] = duty;
            }
            if is_settled {
                break;
            }
        }
        self.with_stints()
    }

    /// The best offer for each interval of a duty, with all others as they are.
    fn best(&self, duty: &Duty, worth: &Worth) -> Vec<usize> {
        let gain = |of: &Offer, place: usize| self.gain(&of.queues, duty.first + place, duty.present[place], worth);
        let gains = duty.offers.iter().map(|of| (0..duty.present.len()).map(|place| gain(of, place)).collect());
        best_of(duty, &gains.collect::<Vec<Vec<f64>>>())
    }

    /// Contacts in time that somebody adds to some queues in an interval; several share them evenly.
    fn gain(&self, queues: &[usize], slot: usize, present: f64, worth: &Worth) -> f64 {
        let each = present / queues.len() as f64;
        let of =
            |&queue: &usize| worth.value(queue, slot, self.agents[queue][slot] + each) - worth.value(queue, slot, self.agents[queue][slot]);
        queues.iter().map(of).sum()
    }

    /// The roster with stints by the chosen offers.
    fn with_stints(&self) -> Roster {
        let mut roster = self.roster.clone();
        for duty in &self.duties {
            let assignment = &mut roster.assignments[duty.assignment];
            let Some(person) = self.problem.people.iter().find(|person| person.employee.id == assignment.agent) else { continue };
            let ahead: TimeDelta = assignment.start - person.employee.desk_time(assignment.date, assignment.start);
            let mut stints: Vec<Stint> = Vec::new();
            for (place, &chosen) in duty.chosen.iter().enumerate() {
                let offer = &duty.offers[chosen];
                let id = |&queue: &usize| self.problem.demand[queue].queue.clone();
                let queues: Vec<QueueId> = offer.queues.iter().chain(&offer.idle).map(id).collect();
                let start = if place == 0 { assignment.start } else { self.grid.start(duty.first + place) + ahead };
                match stints.last_mut() {
                    Some(last) if last.queues == queues => {}
                    Some(last) => {
                        last.end = start;
                        stints.push(Stint { start, end: assignment.end, queues });
                    }
                    None => stints.push(Stint { start, end: assignment.end, queues }),
                }
            }
            assignment.stints = stints;
        }
        roster
    }
}

impl Duty {
    /// A place holder while a duty is changed.
    fn none() -> Self {
        Self {
            assignment: 0,
            first: 0,
            present: Vec::new(),
            edges: Vec::new(),
            changes: Vec::new(),
            offers: Vec::new(),
            chosen: Vec::new(),
        }
    }
}

/// Most that the first intervals gain if their last stint is of one offer, with the start of that stint and the offer before.
type Found = (f64, usize, usize);

/// The best offer for each interval of a duty, given what each offer gains in each: an exact search over stints of at least the least
/// length, which change where no break is under way.
fn best_of(duty: &Duty, gains: &[Vec<f64>]) -> Vec<usize> {
    let (slots, offers) = (gains[0].len(), gains.len());
    let is_long = |from: usize, to: usize| (duty.edges[to] - duty.edges[from]).num_minutes() >= LEAST_STINT_MINUTES;
    let mut so_far = vec![vec![0.0; slots + 1]; offers];
    for (so_far, gains) in so_far.iter_mut().zip(gains) {
        (0..slots).for_each(|place| so_far[place + 1] = so_far[place] + gains[place]);
    }
    let mut best: Vec<Vec<Option<Found>>> = vec![vec![None; offers]; slots + 1];
    for end in (1..=slots).filter(|&end| end == slots || duty.changes[end] && is_long(0, end)) {
        for offer in 0..offers {
            let of = |start: usize| so_far[offer][end] - so_far[offer][start];
            let mut found = (of(0), 0, offer);
            for start in (1..end).filter(|&start| is_long(start, end)) {
                for before in (0..offers).filter(|before| *before != offer) {
                    let Some((value, ..)) = best[start][before] else { continue };
                    let value = value + of(start) - CHANGE;
                    if value > found.0 {
                        found = (value, start, before);
                    }
                }
            }
            best[end][offer] = Some(found);
        }
    }
    trace(&best, slots)
}

/// Offers of each interval on the best way to the end.
fn trace(best: &[Vec<Option<Found>>], slots: usize) -> Vec<usize> {
    let mut chosen = vec![0; slots];
    let last = best[slots].iter().enumerate().filter_map(|(offer, of)| Some((offer, of.as_ref()?.0)));
    let Some((mut offer, _)) = last.reduce(|a, b| if b.1 > a.1 { b } else { a }) else { return chosen };
    let mut end = slots;
    while let Some((_, start, before)) = best[end][offer] {
        chosen[start..end].fill(offer);
        if start == 0 {
            break;
        }
        (end, offer) = (start, before);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Worth of a choice for each interval, changes deducted; `None` where a stint is too short or a change falls into a break.
    fn worth_of(chosen: &[usize], gains: &[Vec<f64>], duty: &Duty) -> Option<f64> {
        let changes: Vec<usize> = (1..chosen.len()).filter(|&place| chosen[place] != chosen[place - 1]).collect();
        let ends: Vec<usize> = [0].into_iter().chain(changes.iter().copied()).chain([chosen.len()]).collect();
        let is_long = |pair: &[usize]| (duty.edges[pair[1]] - duty.edges[pair[0]]).num_minutes() >= LEAST_STINT_MINUTES;
        let is_possible = changes.is_empty() || ends.windows(2).all(is_long) && changes.iter().all(|&place| duty.changes[place]);
        let gained: f64 = chosen.iter().enumerate().map(|(place, &offer)| gains[offer][place]).sum();
        is_possible.then_some(gained - CHANGE * changes.len() as f64)
    }

    proptest! {
        /// The search finds as much as trying every choice for every interval.
        #[test]
        fn the_best_stints_are_those_that_trying_all_finds(
            gains in proptest::collection::vec(proptest::collection::vec(0.0..3.0_f64, 7), 2..4),
            changes in proptest::collection::vec(any::<bool>(), 7),
            quarters in proptest::collection::vec(1_i64..=4, 7),
        ) {
            let mut edges = vec![NaiveDateTime::default()];
            quarters.iter().for_each(|quarters| edges.push(edges[edges.len() - 1] + TimeDelta::minutes(15 * quarters)));
            let duty = Duty { edges, changes, ..Duty::none() };
            let chosen = best_of(&duty, &gains);
            let offers = gains.len();
            let all = (0..offers.pow(7)).map(|number| (0..7).map(|place| number / offers.pow(place) % offers).collect::<Vec<usize>>());
            let most = all.filter_map(|chosen| worth_of(&chosen, &gains, &duty)).fold(f64::NEG_INFINITY, f64::max);
            let found = worth_of(&chosen, &gains, &duty).expect("stints that may be");
            prop_assert!((found - most).abs() < 1e-9, "{found} {most} {chosen:?}");
        }
    }
}
