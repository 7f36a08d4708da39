//! Roster, simulate, and where a target is missed although nobody is missing, ask for one more and roster again.
//!
//! The formulas see each queue by itself and in its long run; people of mixed skills, shifts that change at full hours and lines that are
//! carried over are for the simulation to judge. Its verdict comes back as cuts: one agent more in each interval that fails (Atlason,
//! Epelman & Henderson 2008, *Optimizing call center staffing using simulation and analytic center cutting-plane methods*; Cezik &
//! L'Ecuyer 2008, *Staffing multiskill call centers via linear programming and simulation*).

use super::{Inputs, QueueRequirement, desk, roster_problem};
use crate::budget::Budget;
use crate::roster::{self, QueueCoverage, RosterProblem, Solved};
use crate::simulate::{Attained, Verdict};
use crate::units::Hours;

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

/// More rounds than this have never been worth their time.
const MOST_ROUNDS: usize = 20;
/// Rosters everybody so that every queue meets its targets in simulation wherever the roster reports no shortage. As long as the plan's
/// repetitions show a miss they are enough; then more are made, the roster is finished, and the whole confidence interval must hold.
#[must_use]
pub fn roster(inputs: &Inputs, requirements: &[QueueRequirement], budget: &Budget) -> Rostered {
    let mut problem = roster_problem(inputs, requirements);
    let mut solved = roster::draft(&problem, inputs.seed, &budget.keeping(0.6));
    let mut assurance = Assurance::default();
    let mut is_finished = false;
    loop {
        let arrivals = desk::expected_arrivals;
        let first = (!is_finished).then(|| desk::simulate_arrivals(inputs, requirements, &problem, &solved.roster, arrivals, budget));
        let may_go_on = assurance.rounds < MOST_ROUNDS && !budget.is_spent();
        let mut missed = Vec::new();
        if let Some(attained) = first.filter(|_| may_go_on) {
            missed = misses(inputs, requirements, &roster::coverage(&problem, &solved.roster), &attained, Verdict::LikelyMissed);
        }
        if missed.is_empty() {
            if !is_finished {
                solved = roster::finish(&problem, &solved, inputs.seed, &budget.keeping(0.3));
                is_finished = true;
            }
            let coverage = roster::coverage(&problem, &solved.roster);
            let attained = desk::simulate(inputs, requirements, &problem, &solved.roster, budget);
            missed = misses(inputs, requirements, &coverage, &attained, Verdict::LikelyMet);
            if missed.is_empty() || !may_go_on {
                assurance.missed = missed.len();
                return Rostered { problem, solved, coverage, attained, assurance };
            }
        }
        missed.iter().for_each(|&(queue, slot)| problem.demand[queue].required[slot] += 1.0);
        assurance.rounds += 1;
        assurance.added += Hours::new(missed.len() as f64 * inputs.interval.hours()).unwrap_or_default();
        let seed = inputs.seed.wrapping_add(assurance.rounds as u64);
        solved = roster::revise(&problem, &solved, seed, &budget.keeping(0.5));
    }
}

/// Queue and interval of every promise of which the verdict is so bad or worse.
fn misses(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    coverage: &[QueueCoverage],
    attained: &[Attained],
    least: Verdict,
) -> Vec<(usize, usize)> {
    let verdicts = desk::verdicts(inputs, requirements, coverage, attained);
    verdicts.filter(|(.., verdict)| *verdict >= least).map(|(queue, slot, _)| (queue, slot)).collect()
}
