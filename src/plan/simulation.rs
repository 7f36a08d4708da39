//! The finished roster as a simulation model.

use super::demand::handed_over;
use super::{Inputs, QueueForecast, QueueRequirement};
use crate::budget::Budget;
use crate::forecast::{Forecast, joint_paths};
use crate::roster::{self, Person, QueueCoverage, Roster, RosterProblem};
use crate::service::{Channel, Queue, QueueId, ReplyFigure};
use crate::simulate::{self, Arrivals, Attained, DeskPeriod, ProjectedVerdict, Replies, SimAgent, SimModel, SimQueue, Verdict, Vips, Work};
use crate::staffing::{self, IntervalNeed};
use crate::time::Series;
use crate::units::{Agents, Contacts, Seconds};
use std::collections::BTreeSet;

/// Simulated contacts after which further replications of a large desk add little; ten are run in any case.
const MANY_CONTACTS: f64 = 12e6;
const LEAST_REPETITIONS: usize = 10;

/// Replications of a plan: the requested number, or fewer where each has so many contacts that fewer decide as well.
fn repetitions(inputs: &Inputs, requirements: &[QueueRequirement]) -> usize {
    ((MANY_CONTACTS / contacts(requirements).max(1.0)) as usize).max(LEAST_REPETITIONS).min(inputs.replications)
}

/// Contacts of all queues in one replication.
pub(super) fn contacts(requirements: &[QueueRequirement]) -> f64 {
    requirements.iter().flat_map(|of| of.need.values()).map(|need| need.contacts.get()).sum()
}

/// Multiple of the plan's replications up to which more are run while intervals with targets are undecided.
const MORE_REPETITIONS: usize = 4;

/// Service of a roster for the forecast's contacts: the requested replications, and more until every target is decided in every open
/// interval without reported shortage.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{forecast, require, roster, simulate}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let (requirements, budget) = (require(&inputs, &forecast(&inputs)?), Budget::of_effort(1));
/// let rostered = roster(&inputs, &requirements, &budget);
/// let attained = simulate(&inputs, &requirements, &rostered.problem, &rostered.solved.roster, &budget);
/// let wait = |hour: usize| attained[0].asa(hour..hour + 1).value;
/// assert!(wait(10) < 60.0 && wait(13) > 60.0); // from 11:00 on, one agent after the other has a meal
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn simulate(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    problem: &RosterProblem,
    roster: &Roster,
    budget: &Budget,
) -> Vec<Attained> {
    simulate_until(&Trial { inputs, requirements, problem, roster }, None, all_decided, budget)
}

/// Stopping criterion: whether the replications so far, for a roster with this coverage, are enough.
pub(super) type Enough = fn(&Inputs, &[QueueRequirement], &[QueueCoverage], &[Attained]) -> bool;

/// A roster to simulate.
#[derive(Clone, Copy)]
pub(super) struct Trial<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) requirements: &'a [QueueRequirement],
    pub(super) problem: &'a RosterProblem,
    pub(super) roster: &'a Roster,
}

/// Simulates until `enough`; results of the first replications with this very roster may be passed as `begun`.
pub(super) fn simulate_until(trial: &Trial, begun: Option<Vec<Attained>>, enough: Enough, budget: &Budget) -> Vec<Attained> {
    let Trial { inputs, requirements, problem, roster } = *trial;
    let coverage = roster::coverage(problem, roster);
    let sim_model = sim_model(inputs, requirements, problem, roster, expected_arrivals);
    let least = repetitions(inputs, requirements);
    let times = least..=MORE_REPETITIONS * least;
    simulate::simulate_until(&sim_model, begun, times, inputs.seed, budget, |attained| enough(inputs, requirements, &coverage, attained))
}

/// Whether every target is decided.
pub(super) fn all_decided(inputs: &Inputs, requirements: &[QueueRequirement], coverage: &[QueueCoverage], attained: &[Attained]) -> bool {
    verdicts(inputs, requirements, coverage, attained).all(|(.., verdict)| verdict.is_decided())
}

/// Whether every target is decided or one is projected to fail: a roster repair need not know by how much.
pub(super) fn decided_or_failing(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    coverage: &[QueueCoverage],
    attained: &[Attained],
) -> bool {
    all_decided(inputs, requirements, coverage, attained)
        || projected(inputs, requirements, coverage, attained).any(|(.., verdict)| verdict != Verdict::Met)
}

/// Arrivals of the forecast's contacts.
///
/// ```
/// use peakshift::{input::Folder, plan::{expected_arrivals, forecast, require}, simulate::Arrivals};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let requirements = require(&inputs, &forecast(&inputs)?);
/// let Arrivals::Means(means) = expected_arrivals(&requirements[0]) else { panic!("means are expected") };
/// assert!((means[9] - 6.0).abs() < 0.1 && means[8] == 0.0); // six calls an hour from 09:00 on
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn expected_arrivals(of: &QueueRequirement) -> Arrivals {
    Arrivals::Means(of.need.values().iter().map(|need| need.contacts.get()).collect())
}

/// Sample paths of the forecast on which a roster is simulated.
const SAMPLE_PATHS: usize = 100;

/// Service of a roster over sample paths of the forecast, including its errors, which queues share where they are correlated.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{forecast, require, roster, simulate_sample_paths}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let (forecasts, budget) = (forecast(&inputs)?, Budget::of_effort(1));
/// let requirements = require(&inputs, &forecasts);
/// let rostered = roster(&inputs, &requirements, &budget);
/// let (problem, roster) = (&rostered.problem, &rostered.solved.roster);
/// let worlds = simulate_sample_paths(&inputs, &forecasts, &requirements, problem, roster, &budget);
/// let in_time = worlds[0].share_of_runs_that_meet(&inputs.queues[0].queue.targets);
/// assert!(0.0 < in_time && in_time < 1.0); // the day meets its target in some of a hundred worlds, not in all
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn simulate_sample_paths(
    inputs: &Inputs,
    forecasts: &[QueueForecast],
    requirements: &[QueueRequirement],
    problem: &RosterProblem,
    roster: &Roster,
    budget: &Budget,
) -> Vec<Attained> {
    let offered: Vec<&Forecast> = forecasts.iter().map(|of| &of.offered).collect();
    let sample_paths = joint_paths(&offered, SAMPLE_PATHS, inputs.seed);
    let mut sim_model = sim_model(inputs, requirements, problem, roster, expected_arrivals);
    for (queue, of) in sim_model.queues.iter_mut().enumerate() {
        let human = |world: &Vec<Series<Contacts>>| handed_over(&inputs.queues[queue].queue, &world[queue], &forecasts[queue].bots);
        of.arrivals = Arrivals::SamplePaths(sample_paths.iter().map(human).collect());
    }
    simulate::simulate(&sim_model, SAMPLE_PATHS, inputs.seed, budget)
}

/// Service of a roster under other arrivals: actual contacts, or a surprise.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{forecast, require, roster, simulate_arrivals}, simulate::Arrivals};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let (requirements, budget) = (require(&inputs, &forecast(&inputs)?), Budget::of_effort(1));
/// let rostered = roster(&inputs, &requirements, &budget);
/// let (problem, roster) = (&rostered.problem, &rostered.solved.roster);
/// let counted = |calls: u32| move |_: &_| Arrivals::Counts((0..24).map(|hour| if (9..17).contains(&hour) { calls } else { 0 }).collect());
/// let quiet = simulate_arrivals(&inputs, &requirements, problem, roster, counted(6), &budget);
/// let busy = simulate_arrivals(&inputs, &requirements, problem, roster, counted(12), &budget);
/// assert!(busy[0].asa(9..17).value > 5.0 * quiet[0].asa(9..17).value); // twice the calls, far more than twice the wait
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn simulate_arrivals(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    problem: &RosterProblem,
    roster: &Roster,
    arrivals: impl Fn(&QueueRequirement) -> Arrivals,
    budget: &Budget,
) -> Vec<Attained> {
    let repetitions = repetitions(inputs, requirements);
    simulate::simulate(&sim_model(inputs, requirements, problem, roster, arrivals), repetitions, inputs.seed, budget)
}

/// Verdict on every queue and interval with a target: open intervals without shortage, and those that require less than the queue's own
/// need, which must be shown to suffice. Deferred work has its whole window and is not judged by intervals.
pub(super) fn verdicts<'a>(
    inputs: &'a Inputs,
    requirements: &'a [QueueRequirement],
    coverage: &'a [QueueCoverage],
    attained: &'a [Attained],
) -> impl Iterator<Item = (usize, usize, Verdict)> + 'a {
    verdicts_after(attained.first().map_or(0, Attained::runs), inputs, requirements, coverage, attained)
}

/// Verdicts projected to the maximum number of replications.
pub(super) fn projected<'a>(
    inputs: &'a Inputs,
    requirements: &'a [QueueRequirement],
    coverage: &'a [QueueCoverage],
    attained: &'a [Attained],
) -> impl Iterator<Item = (usize, usize, Verdict)> + 'a {
    verdicts_after(MORE_REPETITIONS * repetitions(inputs, requirements), inputs, requirements, coverage, attained)
}

fn verdicts_after<'a>(
    runs: usize,
    inputs: &'a Inputs,
    requirements: &'a [QueueRequirement],
    coverage: &'a [QueueCoverage],
    attained: &'a [Attained],
) -> impl Iterator<Item = (usize, usize, Verdict)> + 'a {
    let judged = inputs.queues.iter().enumerate().filter(|(queue, of)| is_judged(&of.queue, &attained[*queue]));
    judged.flat_map(move |(queue, of)| {
        let (need, cover, attained) = (&requirements[queue].need, &coverage[queue], &attained[queue]);
        if of.queue.promise_over_stretch().is_some() {
            return stretch_verdicts(&of.queue, queue, cover, need, attained, runs);
        }
        let is_shown = move |slot: usize| cover.short(slot) == Agents::ZERO || cover.required[slot] < need[slot].required.get();
        let promised = move |slot: &usize| cover.required[*slot] > 0.0 && need[*slot].feasible && is_shown(*slot);
        let judged = |slot: usize| (queue, slot, worst(&of.queue, attained.projected(runs), slot));
        (0..cover.required.len()).filter(promised).map(judged).collect::<Vec<_>>()
    })
}

/// Whether a queue is judged by intervals; a desk too large to simulate has no verdicts.
fn is_judged(queue: &Queue, attained: &Attained) -> bool {
    queue.channel != Channel::Deferred && attained.runs() > 0
}

/// The worst verdict over a queue's targets in an interval.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{forecast, require, roster, verdict}, simulate::Verdict};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let requirements = require(&inputs, &forecast(&inputs)?);
/// let rostered = roster(&inputs, &requirements, &Budget::of_effort(1));
/// let hours = [10, 13].map(|hour| verdict(&inputs.queues[0].queue, &rostered.attained[0], hour));
/// assert_eq!(hours, [Verdict::Met, Verdict::Missed]); // one agent of three has a meal at 13:00
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn verdict(queue: &Queue, attained: &Attained, slot: usize) -> Verdict {
    worst(queue, attained.projected(attained.runs()), slot)
}

fn worst(queue: &Queue, attained: ProjectedVerdict, slot: usize) -> Verdict {
    queue.targets.iter().map(|target| attained.verdict(target, slot)).max().unwrap_or(Verdict::Met)
}

/// Queue and interval of every target that is met with certainty although the roster reports a shortage there.
pub(super) fn held_though_short(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    coverage: &[QueueCoverage],
    attained: &[Attained],
) -> Vec<(usize, usize)> {
    let judged = |queue: usize| {
        let of = &inputs.queues[queue].queue;
        is_judged(of, &attained[queue]) && of.promise_over_stretch().is_none()
    };
    let held = |queue: usize, slot: usize| {
        requirements[queue].need[slot].feasible && verdict(&inputs.queues[queue].queue, &attained[queue], slot) == Verdict::Met
    };
    let of_queue = |queue: usize| (0..coverage[queue].required.len()).map(move |slot| (queue, slot));
    let all = (0..coverage.len()).filter(|&queue| judged(queue)).flat_map(of_queue);
    all.filter(|&(queue, slot)| coverage[queue].short(slot) > Agents::ZERO && held(queue, slot)).collect()
}

/// Share of a missed period's intervals, the worst ones, to which the miss is attributed.
const BLAMED: f64 = 0.25;

/// Verdicts of a queue with a target over a day or a week: the floor of every interval, and the period's own, which is attributed to the
/// intervals with the most contacts outside the service-level threshold or the most waiting.
fn stretch_verdicts(
    queue: &Queue,
    place: usize,
    cover: &QueueCoverage,
    need: &Series<IntervalNeed>,
    attained: &Attained,
    runs: usize,
) -> Vec<(usize, usize, Verdict)> {
    let Some(promise) = queue.promise_over_stretch() else { return Vec::new() };
    let judged: Vec<usize> = (0..cover.required.len())
        .filter(|&slot| cover.required[slot] > 0.0 && need[slot].feasible && cover.short(slot) == Agents::ZERO)
        .collect();
    let floor = queue.in_interval();
    let mut verdicts: Vec<(usize, usize, Verdict)> =
        judged.iter().map(|&slot| (place, slot, worst(&floor, attained.projected(runs), slot))).collect();
    let stretch = |slot: usize| need.grid().day_of(slot) / queue.over.days();
    let stretches: BTreeSet<usize> = judged.iter().map(|&slot| stretch(slot)).collect();
    for number in stretches {
        let mut slots: Vec<usize> = judged.iter().copied().filter(|&slot| stretch(slot) == number).collect();
        let verdict = attained.projected(runs).verdict_where(&promise, |slot| slots.contains(&slot));
        let burden = |slot: usize| attained.burden(&promise, slot);
        slots.sort_by(|&a, &b| burden(b).total_cmp(&burden(a)).then(a.cmp(&b)));
        slots.truncate((slots.len() as f64 * BLAMED).ceil() as usize);
        verdicts.extend(slots.into_iter().map(|slot| (place, slot, verdict)));
    }
    verdicts
}

fn sim_model(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    problem: &RosterProblem,
    roster: &Roster,
    arrivals: impl Fn(&QueueRequirement) -> Arrivals,
) -> SimModel {
    let queues = inputs.queues.iter().zip(requirements).map(|(of, requirement)| sim_queue(&of.queue, requirement, arrivals(requirement)));
    let agents = problem.people.iter().map(|person| sim_agent(problem, person, roster));
    SimModel { grid: problem.grid, queues: queues.collect(), agents: agents.collect() }
}

fn sim_queue(queue: &Queue, requirement: &QueueRequirement, arrivals: Arrivals) -> SimQueue {
    let factor = |need: &IntervalNeed| if queue.handling > Seconds::ZERO { need.handling.get() / queue.handling.get() } else { 1.0 };
    SimQueue {
        arrivals,
        open: requirement.need.iter().map(|(start, _)| queue.hours.is_open(start)).collect(),
        handling_factor: requirement.need.values().iter().map(factor).collect(),
        work: match &queue.channel {
            Channel::Voice => Work::Call(queue.handling),
            Channel::Chat(concurrency) => Work::Chat(concurrency.clone()),
            Channel::Deferred => Work::Deferred(queue.handling),
        },
        patience: queue.patience.filter(|_| queue.channel != Channel::Deferred),
        within: staffing::within(queue),
        rank: queue.rank,
        backlog: queue.backlog,
        replies: queue.replies.iter().map(|figure| replies(figure, requirement)).collect(),
        variation: queue.handling_variation,
        vips: queue.vip.as_ref().map(|vip| Vips { share: vip.share.get(), within: staffing::within_of(vip, queue) }),
    }
}

fn replies(figure: &ReplyFigure, requirement: &QueueRequirement) -> Replies {
    Replies {
        within: figure.within,
        rounds: figure.rounds,
        reply: figure.reply,
        counts: requirement.need.iter().map(|(start, _)| figure.counts(start)).collect(),
    }
}

fn sim_agent(problem: &RosterProblem, person: &Person, roster: &Roster) -> SimAgent {
    let start = problem.grid.start(0);
    let seconds = |time: chrono::NaiveDateTime| (time - start).num_seconds() as f64;
    let period = |(from, to, queues): (chrono::NaiveDateTime, chrono::NaiveDateTime, &[QueueId])| DeskPeriod {
        // a shift that began before the horizon is present from its start
        from: seconds(from).max(0.0),
        to: seconds(to),
        queues: queues.iter().filter_map(|queue| problem.queue_index(queue)).collect(),
    };
    let stretches = roster.of_agent(&person.employee.id).flat_map(|duty| person.served_stretches(duty));
    SimAgent {
        periods: stretches.map(period).filter(|period| period.from < period.to).collect(),
        effectiveness: person.effectiveness.get(),
    }
}
