//! What to say about a roster: where people are missing, what would help, why somebody works when she does.

use super::{Inputs, Published, QueueRequirement, repair};
use crate::budget::Budget;
use crate::roster::{self, Alternative, Assignment, QueueCoverage, Reliefs, Roster, RosterProblem, Shortage, Swap, Trial};
use crate::workforce::AgentId;
use chrono::NaiveDate;

/// Stretches of shortage that are explained one by one.
pub const EXPLAINED: usize = 25;
/// People up to whom relaxations are tried: each takes the time of mending a roster.
const MOST_PEOPLE: usize = 300;

/// What there is to say about a roster that is short.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// Every stretch of shortage, the dearest first.
    pub shortages: Vec<Shortage>,
    /// What would help; none where nobody is missing, or the team is too large to try.
    pub reliefs: Option<Reliefs>,
}

/// Looks for what would help a roster.
#[must_use]
pub fn advise(problem: &RosterProblem, roster: &Roster, coverage: &[QueueCoverage], seed: u64, budget: &Budget) -> Advice {
    let shortages = roster::shortages(problem, roster, coverage, EXPLAINED);
    let few = problem.people.len() <= MOST_PEOPLE;
    let reliefs = if few && !shortages.is_empty() { roster::reliefs(problem, roster, seed, budget) } else { None };
    Advice { shortages, reliefs }
}

/// Why somebody does on a day what she does.
#[derive(Clone, Debug)]
pub struct Why {
    /// Who.
    pub agent: AgentId,
    /// The day.
    pub date: NaiveDate,
    /// Her days as they are.
    pub now: Vec<Assignment>,
    /// The price of what would be missing if she did not come that day, all else as it is.
    pub worth: f64,
    /// Her best days otherwise.
    pub next_best: Option<Alternative>,
    /// Whoever could change places with her, the cheapest change first.
    pub swaps: Vec<Swap>,
}

/// Why somebody of a roster does on a day what she does.
#[must_use]
pub fn why(inputs: &Inputs, requirements: &[QueueRequirement], published: &Published, agent: &AgentId, date: NaiveDate) -> Why {
    let (problem, roster) = (repair::asked_of(inputs, requirements, published), &published.roster);
    let without = Roster { assignments: roster.assignments.iter().filter(|of| (&of.agent, of.date) != (agent, date)).cloned().collect() };
    let price = |roster: &Roster| roster::missing(&roster::coverage(&problem, roster), inputs.interval.hours()).1;
    let trial = Trial::of(&problem, roster);
    Why {
        agent: agent.clone(),
        date,
        now: roster.of_agent(agent).cloned().collect(),
        worth: price(&without) - price(roster),
        next_best: trial.next_best(agent, date),
        swaps: trial.swaps(agent, date),
    }
}
