//! Advice on a roster: understaffed periods, possible reliefs, and the reasons for an assignment.

use super::{Inputs, Published, QueueRequirement, repair};
use crate::budget::Budget;
use crate::roster::{self, Alternative, Assignment, QueueCoverage, Reliefs, Roster, RosterProblem, Shortage, Swap, Trial};
use crate::units::Money;
use crate::workforce::AgentId;
use chrono::NaiveDate;

/// Maximum number of understaffed periods that are explained individually.
pub const EXPLAINED: usize = 25;
/// Largest team for which relaxations are tried: each takes the time of a roster repair.
const MOST_PEOPLE: usize = 300;

/// Advice on an understaffed roster.
#[derive(Clone, Debug, Default)]
pub struct Advice {
    /// All understaffed periods, most costly first.
    pub shortages: Vec<Shortage>,
    /// Reliefs that would help; `None` without understaffing, or for a team too large to try.
    pub reliefs: Option<Reliefs>,
}

/// Advice on a roster.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{advise, forecast, require, roster}, roster::Relaxation};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let (requirements, budget) = (require(&inputs, &forecast(&inputs)?), Budget::of_effort(1));
/// let rostered = roster(&inputs, &requirements, &budget);
/// let advice = advise(&rostered.problem, &rostered.solved.roster, &rostered.coverage, inputs.seed, &budget);
/// // three are required all day, and one after the other has a meal
/// assert_eq!(advice.shortages.iter().map(|of| (of.end - of.start).num_hours()).sum::<i64>(), 3);
/// let best = &advice.reliefs.expect("something would help").alone[0];
/// assert!(matches!(best.relaxations[..], [Relaxation::Hire { people: 1, .. }]) && best.saved > best.pay);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn advise(problem: &RosterProblem, roster: &Roster, coverage: &[QueueCoverage], seed: u64, budget: &Budget) -> Advice {
    let shortages = roster::shortages(problem, roster, coverage, EXPLAINED);
    let few = problem.people.len() <= MOST_PEOPLE;
    let reliefs = if few && !shortages.is_empty() { roster::reliefs(problem, roster, seed, budget) } else { None };
    Advice { shortages, reliefs }
}

/// Explanation of an agent's assignment on a day.
#[derive(Clone, Debug)]
pub struct Why {
    /// Number of the agent.
    pub agent: AgentId,
    /// The day.
    pub date: NaiveDate,
    /// The agent's current assignments.
    pub now: Vec<Assignment>,
    /// Understaffing penalty if the agent did not work that day, all else unchanged.
    pub worth: Money,
    /// The agent's best alternative.
    pub next_best: Option<Alternative>,
    /// Possible swaps, cheapest first.
    pub swaps: Vec<Swap>,
}

/// Explanation of an agent's assignment on a day of a published roster.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{Published, forecast, require, roster, why}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let requirements = require(&inputs, &forecast(&inputs)?);
/// let roster = roster(&inputs, &requirements, &Budget::of_effort(1)).solved.roster;
/// let duty = roster.assignments[0].clone();
/// let answer = why(&inputs, &requirements, &Published { roster, ..Published::default() }, &duty.agent, duty.date);
/// let instead = answer.next_best.expect("the day could be another");
/// assert!(instead.price.get() > 0.0 && instead.price < answer.worth); // worse than as it is, but better than nobody
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn why(inputs: &Inputs, requirements: &[QueueRequirement], published: &Published, agent: &AgentId, date: NaiveDate) -> Why {
    let (problem, roster) = (repair::asked_of(inputs, requirements, published), &published.roster);
    let without = Roster { assignments: roster.assignments.iter().filter(|of| (&of.agent, of.date) != (agent, date)).cloned().collect() };
    let price = |roster: &Roster| roster::missing(&roster::coverage(&problem, roster), inputs.interval).1;
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
