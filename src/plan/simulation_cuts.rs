//! Roster, simulate, and where a target is missed although nobody is missing, ask for a few more and mend the roster.
//!
//! The formulas see each queue by itself and in its long run; people of mixed skills, shifts that change at full hours and lines that are
//! carried over are for the simulation to judge. Its verdict comes back as cuts: a few agents more in each interval that fails (Atlason,
//! Epelman & Henderson 2008, *Optimizing call center staffing using simulation and analytic center cutting-plane methods*; Cezik &
//! L'Ecuyer 2008, *Staffing multiskill call centers via linear programming and simulation*).

use super::{Inputs, QueueRequirement, pooling, roster_problem, simulation};
use crate::budget::{Budget, Cut, Interruption};
use crate::roster::{self, QueueCoverage, Roster, RosterProblem, Solved};
use crate::simulate::{Attained, Verdict};
use crate::units::Hours;
use std::collections::BTreeSet;
use tracing::info;

/// A roster that was put to the test.
#[derive(Clone, Debug)]
pub struct Rostered {
    /// The question put to the roster room, with what simulation asked for.
    pub problem: RosterProblem,
    /// Who works when.
    pub solved: Solved,
    /// Required against rostered.
    pub coverage: Vec<QueueCoverage>,
    /// Service in simulation.
    pub attained: Vec<Attained>,
    /// What simulation asked for.
    pub assurance: Assurance,
    /// Why work on it was ended before it was done, if it was.
    pub interrupted: Option<Interruption>,
}

/// How a roster came to hold in simulation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assurance {
    /// How often agents were added and the roster made anew.
    pub rounds: usize,
    /// Agent-hours required beyond what the formulas say.
    pub added: Hours,
    /// Intervals, over all queues, that still miss a target although the roster reports no shortage in them.
    pub missed: usize,
}

/// The share of a requirement that is added where it was too little; one agent at least.
const A_FEW: f64 = 0.02;
/// The share of the time left after the draft that is kept for the proof and for what comes after.
const KEPT_FOR_PROOF: f64 = 0.4;
/// How often activities are placed and people drawn to them in turn.
const TIMETABLES: usize = 2;
/// Rounds in which less is asked for where promises hold though people seem to be missing; later it would only go back and forth.
const FORGIVING_ROUNDS: usize = 4;
/// More rounds than this have never been worth their time.
const MOST_ROUNDS: usize = 30;
/// Contacts played in all after which corrections of many people end: they gain little by the last rounds.
const MOST_PLAYED: f64 = 1e8;

/// Rosters everybody so that every queue meets its targets in simulation wherever the roster reports no shortage, the whole confidence
/// interval included. A roster is mended as soon as a target has little chance to be shown to hold in it. Where promises hold though people
/// seem to be missing, no more is asked for than is there. At the end it is proven how little any roster could cost that has all that was
/// asked for.
#[must_use]
pub fn roster(inputs: &Inputs, requirements: &[QueueRequirement], budget: &Budget) -> Rostered {
    let cut = Cut::default();
    let budget = &budget.noting(&cut);
    let problem = begin(inputs, requirements);
    let solved = roster::draft(&problem, inputs.seed, &budget.keeping(0.6));
    let rostered = assured(inputs, requirements, problem, solved, budget);
    Rostered { interrupted: cut.interruption(), ..rostered }
}

/// What another plan knows already.
pub(super) struct Known<'a> {
    pub(super) roster: &'a Roster,
    /// By how much simulation has changed what was asked for there, as a factor by queue and interval.
    pub(super) asked: &'a dyn Fn(usize, usize) -> f64,
}

/// The same from the roster of another plan, and with what simulation asked for there.
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

/// What is asked for at first.
pub(super) fn begin(inputs: &Inputs, requirements: &[QueueRequirement]) -> RosterProblem {
    let mut problem = roster_problem(inputs, requirements);
    pooling::begin_low(inputs, requirements, &mut problem);
    problem
}

/// A roster put to the test, and mended until it holds.
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
            return attempt.rostered(attained, budget);
        }
        if !attempt.may_go_on(correcting) {
            let attained = attempt.play(Some(attained), simulation::all_decided, correcting);
            attempt.put_back(&attempt.misses(&attained));
            attempt.assurance.missed = attempt.misses(&attained).len();
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

/// A roster on its way.
struct Attempt<'a> {
    inputs: &'a Inputs,
    requirements: &'a [QueueRequirement],
    problem: RosterProblem,
    solved: Solved,
    assurance: Assurance,
    /// Contacts played so far.
    played: f64,
}

impl Attempt<'_> {
    fn may_go_on(&self, budget: &Budget) -> bool {
        let has_played_enough = self.problem.people.len() > roster::MANY_PEOPLE && self.played > MOST_PLAYED;
        self.assurance.rounds < MOST_ROUNDS && !has_played_enough && !budget.is_spent()
    }

    /// What the roster attains, played on from `begun` until that is `enough`; the contacts played count.
    fn play(&mut self, begun: Option<Vec<Attained>>, enough: simulation::Enough, budget: &Budget) -> Vec<Attained> {
        let runs = |attained: &[Attained]| attained.first().map_or(0, Attained::runs);
        let before = begun.as_deref().map_or(0, runs);
        let trial =
            simulation::Trial { inputs: self.inputs, requirements: self.requirements, problem: &self.problem, roster: &self.solved.roster };
        let attained = simulation::simulate_until(&trial, begun, enough, budget);
        self.played += simulation::contacts(self.requirements) * (runs(&attained) - before) as f64;
        attained
    }

    /// Queue and interval of every promise that does not hold with certainty.
    fn misses(&self, attained: &[Attained]) -> BTreeSet<(usize, usize)> {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        places_not_met(simulation::verdicts(self.inputs, self.requirements, &coverage, attained))
    }

    /// Of these those that are foreseen not to hold after more repetitions either.
    fn projected_misses(&self, attained: &[Attained]) -> BTreeSet<(usize, usize)> {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        places_not_met(simulation::projected(self.inputs, self.requirements, &coverage, attained))
    }

    /// Requires a few agents more in each of these intervals, or what the queue needs by itself where even less is not there, and rosters
    /// anew with few changes: whether there were none.
    fn ask_for_more(&mut self, missed: &BTreeSet<(usize, usize)>, budget: &Budget) -> bool {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        let mut added = 0.0;
        for &(queue, slot) in missed {
            let demand = &mut self.problem.demand[queue];
            let by_itself = self.requirements[queue].need[slot].required.get();
            let a_few = (A_FEW * demand.required[slot]).round().max(1.0);
            let more = if coverage[queue].short(slot) > 0.0 { (by_itself - demand.required[slot]).max(0.0) } else { a_few };
            demand.raise(slot, more);
            added += more;
        }
        self.assurance.rounds += 1;
        info!(round = self.assurance.rounds, missed_intervals = missed.len(), added_agents = added, "simulation cuts");
        self.assurance.added += Hours::new(added * self.inputs.interval.hours()).expect("agents are only added");
        let seed = self.inputs.seed.wrapping_add(self.assurance.rounds as u64);
        let revised = roster::revise(&self.problem, &self.solved, seed, &budget.keeping(0.5));
        let is_as_before = revised.roster == self.solved.roster;
        self.solved = revised;
        is_as_before
    }

    /// Requires what each queue needs by itself where less was asked for and there is no time left to show that it is enough.
    fn put_back(&mut self, missed: &BTreeSet<(usize, usize)>) {
        for &(queue, slot) in missed {
            let demand = &mut self.problem.demand[queue];
            let by_itself = self.requirements[queue].need[slot].required.get();
            demand.raise(slot, (by_itself - demand.required[slot]).max(0.0));
        }
        self.solved = roster::priced_anew(&self.problem, &self.solved);
    }

    /// Requires no more than is there of every interval that keeps all its promises though people seemed to be missing.
    fn forgive(&mut self, attained: &[Attained]) {
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        for (queue, slot) in simulation::held_though_short(self.inputs, self.requirements, &coverage, attained) {
            self.problem.demand[queue].required[slot] = coverage[queue].served[slot];
        }
        self.solved = roster::priced_anew(&self.problem, &self.solved);
    }

    fn rostered(self, attained: Vec<Attained>, budget: &Budget) -> Rostered {
        let solved = roster::prove(&self.problem, &self.solved, budget);
        let coverage = roster::coverage(&self.problem, &self.solved.roster);
        Rostered { problem: self.problem, solved, coverage, attained, assurance: self.assurance, interrupted: None }
    }
}
