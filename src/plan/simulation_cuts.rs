//! Simulation cuts: roster, simulate, and where a target is missed without understaffing, require a few more agents and repair the roster.
//!
//! The formulas see each queue alone and in its long run; multiskilled people, shifts that change at full hours and carried-over backlogs
//! are left to the simulation. Its verdict comes back as cuts: a few more agents in each interval that fails (Atlason, Epelman & Henderson
//! 2008, *Optimizing call center staffing using simulation and analytic center cutting-plane methods*; Cezik & L'Ecuyer 2008, *Staffing
//! multiskill call centers via linear programming and simulation*).

use super::assign::assign_where_missed;
use super::{Inputs, QueueRequirement, pooling, roster_problem, simulation};
use crate::budget::{Budget, Cut, Interruption};
use crate::roster::{self, QueueCoverage, Roster, RosterProblem, Solved};
use crate::simulate::{Attained, Verdict};
use crate::units::{Agents, Hours};
use std::collections::BTreeSet;
use tracing::info;

/// A simulated roster.
#[derive(Clone, Debug)]
pub struct Rostered {
    /// The rostering problem, including simulation cuts.
    pub problem: RosterProblem,
    /// The roster, with cost and bound.
    pub solved: Solved,
    /// Coverage: required against rostered agents.
    pub coverage: Vec<QueueCoverage>,
    /// Service in simulation.
    pub attained: Vec<Attained>,
    /// Agents added by simulation cuts.
    pub assurance: Assurance,
    /// Reason for which the work ended early, if it did.
    pub interrupted: Option<Interruption>,
}

/// Summary of the simulation cuts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assurance {
    /// Rounds of cuts and rostering.
    pub rounds: usize,
    /// Agent-hours required beyond the formulas.
    pub added: Hours,
    /// Intervals, over all queues, that still miss a target although the roster reports no shortage in them.
    pub missed: usize,
}

/// Share of a requirement added where it was too low; one agent at least.
const A_FEW: f64 = 0.02;
/// Share of the time left after the draft that is kept for the proof and later work.
const KEPT_FOR_PROOF: f64 = 0.4;
/// Alternations of placing offline activities and refitting the roster to them.
const TIMETABLES: usize = 2;
/// Rounds in which requirements are lowered where targets are met despite understaffing; in later rounds this would oscillate.
const FORGIVING_ROUNDS: usize = 4;
/// Maximum number of rounds; more have never been worth their time.
const MOST_ROUNDS: usize = 30;
/// Simulated contacts after which cuts for large teams end: the last rounds gain little.
const MOST_PLAYED: f64 = 1e8;

/// A roster in which every queue meets its targets in simulation wherever no shortage is reported, with the whole confidence interval. A
/// roster is repaired as soon as it is unlikely to be shown to meet a target. Where targets are met despite understaffing, the requirement
/// is lowered to the agents present. Finally a lower bound is proven on the cost of any roster that satisfies all requirements.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{forecast, require, roster}, roster::check};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let rostered = roster(&inputs, &require(&inputs, &forecast(&inputs)?), &Budget::of_effort(1));
/// assert!(check(&rostered.problem, &rostered.solved.roster).is_empty());
/// assert_eq!(rostered.assurance.missed, 0); // where three agents are there, their target is met in simulation
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn roster(inputs: &Inputs, requirements: &[QueueRequirement], budget: &Budget) -> Rostered {
    let cut = Cut::default();
    let budget = &budget.noting(&cut);
    let problem = begin(inputs, requirements);
    let solved = roster::draft(&problem, inputs.seed, &budget.keeping(0.6));
    let rostered = assured(inputs, requirements, problem, solved, budget);
    Rostered { interrupted: cut.interruption(), ..rostered }
}

/// Results of another plan.
pub(super) struct Known<'a> {
    pub(super) roster: &'a Roster,
    /// Factor by which simulation changed that plan's requirement, by queue and interval.
    pub(super) asked: &'a dyn Fn(usize, usize) -> f64,
}

/// A roster for the requirements, started from the roster and simulation cuts of another plan.
pub(super) fn roster_beside(inputs: &Inputs, requirements: &[QueueRequirement], known: &Known, budget: &Budget) -> Rostered {
    let cut = Cut::default();
    let budget = &budget.noting(&cut);
    let mut problem = begin(inputs, requirements);
    for (queue, demand) in problem.demand.iter_mut().enumerate().filter(|(_, demand)| demand.worth.is_none()) {
        demand.required.iter_mut().enumerate().for_each(|(slot, required)| *required *= (known.asked)(queue, slot));
    }
    let solved = roster::refit(&problem, known.roster, inputs.seed, &budget.keeping(0.6));
    let rostered = assured(inputs, requirements, problem, solved, budget);
    Rostered { interrupted: cut.interruption(), ..rostered }
}

/// The initial rostering problem.
pub(super) fn begin(inputs: &Inputs, requirements: &[QueueRequirement]) -> RosterProblem {
    let mut problem = roster_problem(inputs, requirements);
    pooling::begin_low(inputs, requirements, &mut problem);
    problem
}

/// Simulates a roster and repairs it until it meets its targets.
fn assured(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    mut problem: RosterProblem,
    mut solved: Solved,
    budget: &Budget,
) -> Rostered {
    let correcting = &budget.keeping(KEPT_FOR_PROOF);
    for _ in 0..TIMETABLES {
        if problem.activities.is_empty() {
            break;
        }
        roster::schedule_activities(&mut problem, &solved.roster);
        solved = roster::refit(&problem, &solved.roster, inputs.seed, &correcting.keeping(0.5));
    }
    let mut attempt = Attempt { inputs, requirements, problem, solved, assurance: Assurance::default(), played: 0.0 };
    let mut begun = None;
    loop {
        let attained = attempt.play(begun, simulation::decided_or_failing, correcting);
        if attempt.misses(&attained).is_empty() {
            attempt.forgive(&attained);
            let attained = attempt.assign(attained, correcting);
            return attempt.rostered(attained, budget);
        }
        if !attempt.may_go_on(correcting) {
            let attained = attempt.play(Some(attained), simulation::all_decided, correcting);
            attempt.put_back(&attempt.misses(&attained));
            let attained = attempt.assign(attained, correcting);
            return attempt.rostered(attained, budget);
        }
        if attempt.assurance.rounds < FORGIVING_ROUNDS {
            attempt.forgive(&attained);
        }
        let projected = attempt.projected_misses(&attained);
        let missed = if projected.is_empty() { attempt.misses(&attained) } else { projected };
        let is_as_before = attempt.ask_for_more(&missed, correcting);
        begun = Some(attained).filter(|_| is_as_before);
    }
}

fn places_not_met(verdicts: impl Iterator<Item = (usize, usize, Verdict)>) -> BTreeSet<(usize, usize)> {
    verdicts.filter(|(.., verdict)| *verdict != Verdict::Met).map(|(queue, slot, _)| (queue, slot)).collect()
}

/// State of the repair loop.
struct Attempt<'a> {
    inputs: &'a Inputs,
    requirements: &'a [QueueRequirement],
    problem: RosterProblem,
    solved: Solved,
    assurance: Assurance,
    /// Contacts simulated so far.
    played: f64,
}

impl Attempt<'_> {
    fn may_go_on(&self, budget: &Budget) -> bool {
        let has_played_enough = self.problem.people.len() > roster::MANY_PEOPLE && self.played > MOST_PLAYED;
        self.assurance.rounds < MOST_ROUNDS && !has_played_enough && !budget.is_spent()
    }

    /// Simulated service of the roster, continued from `begun` until `enough`; the contacts simulated are added up.
    fn play(&mut self, begun: Option<Vec<Attained>>, enough: simulation::Enough, budget: &Budget) -> Vec<Attained> {
        let runs = |attained: &[Attained]| attained.first().map_or(0, Attained::runs);
        let before = begun.as_deref().map_or(0, runs);
        let trial =
            simulation::Trial { inputs: self.inputs, requirements: self.requirements, problem: &self.problem, roster: &self.solved.roster };
        let attained = simulation::simulate_until(&trial, begun, enough, budget);
        self.played += simulation::contacts(self.requirements) * (runs(&attained) - before) as f64;
        attained
    }

    /// Queue and interval of every target that is not met with certainty.
    fn misses(&self, attained: &[Attained]) -> BTreeSet<(usize, usize)> {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        places_not_met(simulation::verdicts(self.inputs, self.requirements, &coverage, attained))
    }

    /// Those of the misses that are projected to remain after more replications.
    fn projected_misses(&self, attained: &[Attained]) -> BTreeSet<(usize, usize)> {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        places_not_met(simulation::projected(self.inputs, self.requirements, &coverage, attained))
    }

    /// Requires a few more agents in each of these intervals, or the queue's own need where even a lower requirement is understaffed, and
    /// repairs the roster with few changes. Returns whether the roster is unchanged.
    fn ask_for_more(&mut self, missed: &BTreeSet<(usize, usize)>, budget: &Budget) -> bool {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        let mut added = 0.0;
        for &(queue, slot) in missed {
            let demand = &mut self.problem.demand[queue];
            let by_itself = self.requirements[queue].need[slot].required.get();
            let a_few = (A_FEW * demand.required[slot]).round().max(1.0);
            let more = if coverage[queue].short(slot) > Agents::ZERO { (by_itself - demand.required[slot]).max(0.0) } else { a_few };
            demand.raise(slot, more);
            added += more;
        }
        self.assurance.rounds += 1;
        info!(round = self.assurance.rounds, missed_intervals = missed.len(), added_agents = added, "simulation cuts");
        self.assurance.added += Agents::new(added).expect("agents are only added") * self.inputs.interval.hours();
        let seed = self.inputs.seed.wrapping_add(self.assurance.rounds as u64);
        let revised = roster::revise(&self.problem, &self.solved, seed, &budget.keeping(0.5));
        let is_as_before = revised.roster == self.solved.roster;
        self.solved = revised;
        is_as_before
    }

    /// Restores each queue's own need where less was required and no time is left to show that it suffices.
    fn put_back(&mut self, missed: &BTreeSet<(usize, usize)>) {
        for &(queue, slot) in missed {
            let demand = &mut self.problem.demand[queue];
            let by_itself = self.requirements[queue].need[slot].required.get();
            demand.raise(slot, (by_itself - demand.required[slot]).max(0.0));
        }
        self.solved = roster::priced_anew(&self.problem, &self.solved);
    }

    /// Lowers the requirement to the agents present in every interval that meets all its targets despite understaffing.
    fn forgive(&mut self, attained: &[Attained]) {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        for (queue, slot) in simulation::held_though_short(self.inputs, self.requirements, &coverage, attained) {
            self.problem.demand[queue].required[slot] = coverage[queue].served[slot];
        }
        self.solved = roster::priced_anew(&self.problem, &self.solved);
    }

    /// Chooses the queues of each part of each shift where a queue would miss its targets over the horizon though people of several skills
    /// could serve it: the roster was built as if these were of use to all their queues at once.
    fn assign(&mut self, attained: Vec<Attained>, budget: &Budget) -> Vec<Attained> {
        let Self { inputs, requirements, problem, .. } = self;
        let Some(assigned) = assign_where_missed(inputs, requirements, (problem, &self.solved.roster), &attained, budget) else {
            return attained;
        };
        self.solved = roster::assigned(&self.problem, &self.solved, &assigned.roster);
        self.take_back();
        self.forgive(&assigned.attained);
        assigned.attained
    }

    /// Takes back what was required beyond a queue's own need where it is not there: it was asked of people who counted for several queues
    /// at once, and who does not any more would be missed twice. The roster still has the price of the former requirement.
    fn take_back(&mut self) {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        for (queue, demand) in self.problem.demand.iter_mut().enumerate() {
            for (slot, required) in demand.required.iter_mut().enumerate() {
                let by_itself = self.requirements[queue].need[slot].required.get();
                *required = required.min(by_itself.max(coverage[queue].served[slot]));
            }
        }
    }

    fn rostered(mut self, attained: Vec<Attained>, budget: &Budget) -> Rostered {
        self.assurance.missed = self.misses(&attained).len();
        let solved = roster::prove(&self.problem, &self.solved, budget);
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        Rostered { problem: self.problem, solved, coverage, attained, assurance: self.assurance, interrupted: None }
    }
}
