//! Assignment: which queues each person of several skills serves in which part of a shift.
//!
//! An agent with chats in hand is never free for a call, so people who are open to both channels at once serve the chats alone in busy
//! hours, whatever a formula for pools says. Here each part of a shift gets the queues that make the most contacts come in time: person by
//! person, an exact search over the parts of the shift with everybody else's fixed, until no one's change helps (coordinate ascent). The
//! simulation then judges the result beside the roster as it is and beside everybody's dedication to one queue; its misses weigh more in the
//! next search.

mod judged;
mod stints;
mod worth;

pub use judged::Judgement;

use super::simulation::{expected_arrivals, simulate, simulate_arrivals};
use super::{Inputs, QueueRequirement};
use crate::budget::Budget;
use crate::roster::{Roster, RosterProblem};
use crate::service::QueueId;
use crate::simulate::Attained;
use judged::judge;
use stints::Desk;
use tracing::info;
use worth::Worth;

/// Searches with weights learned from the misses of the one before.
const ROUNDS: usize = 8;

/// A roster with the queues of each part of each shift.
#[derive(Clone, Debug)]
pub struct Assigned {
    /// The roster.
    pub roster: Roster,
    /// Service in simulation.
    pub attained: Vec<Attained>,
    /// How its service compares with the targets.
    pub judgement: Judgement,
    /// Word for what was chosen: `as_given`, `dedicated` (to one queue throughout) or `by_period`.
    pub policy: &'static str,
}

/// The best of the roster as it is, everybody of several skills dedicated to one queue, and queues chosen for each part of a shift: as many
/// queues as possible hold their targets in simulation, then the largest shortfall is least. Shifts, breaks and pay stay as they are.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{assign, forecast, require, roster}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let (requirements, budget) = (require(&inputs, &forecast(&inputs)?), Budget::of_effort(1));
/// let rostered = roster(&inputs, &requirements, &budget);
/// let assigned = assign(&inputs, &requirements, &rostered.problem, &rostered.solved.roster, &budget);
/// assert_eq!((assigned.policy, &assigned.roster), ("as_given", &rostered.solved.roster)); // one skill leaves no choice
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn assign(inputs: &Inputs, requirements: &[QueueRequirement], problem: &RosterProblem, roster: &Roster, budget: &Budget) -> Assigned {
    let trial = Trial { inputs, requirements, problem, budget };
    let mut best = trial.of(roster.clone(), "as_given");
    let has_choice = problem.people.iter().any(|person| person.employee.skills.len() > 1);
    if has_choice && !best.judgement.is_held(inputs) {
        for queue in inputs.queues.iter().map(|of| &of.queue.id) {
            keep_better(&mut best, trial.of(dedicated(problem, roster, queue), "dedicated"));
        }
        trial.by_period(&mut best, roster);
    }
    // verdicts on what was chosen are to be certain
    let attained = simulate(inputs, requirements, problem, &best.roster, budget);
    Assigned { judgement: judge(inputs, requirements, &attained), attained, ..best }
}

/// A better assignment of a simulated roster, where a queue misses its targets over the horizon and somebody has a choice.
pub(super) fn assign_where_missed(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    (problem, roster): (&RosterProblem, &Roster),
    attained: &[Attained],
    budget: &Budget,
) -> Option<Assigned> {
    let is_held = attained.iter().all(|of| of.runs() > 0) && judge(inputs, requirements, attained).held == inputs.queues.len();
    let has_choice = problem.people.iter().any(|person| person.employee.skills.len() > 1);
    if is_held || !has_choice {
        return None;
    }
    let assigned = assign(inputs, requirements, problem, roster, budget);
    (assigned.policy != "as_given").then_some(assigned)
}

/// What an assignment is tried on.
struct Trial<'a> {
    inputs: &'a Inputs,
    requirements: &'a [QueueRequirement],
    problem: &'a RosterProblem,
    budget: &'a Budget<'a>,
}

impl Trial<'_> {
    fn of(&self, roster: Roster, policy: &'static str) -> Assigned {
        let attained = simulate_arrivals(self.inputs, self.requirements, self.problem, &roster, expected_arrivals, self.budget);
        let judgement = judge(self.inputs, self.requirements, &attained);
        info!(policy, held = judgement.held, largest_shortfall = judgement.largest_shortfall, "assignment tried");
        Assigned { roster, attained, judgement, policy }
    }

    /// Searches by period, each with weights learned from the misses of the one before, until all targets hold.
    fn by_period(&self, best: &mut Assigned, roster: &Roster) {
        let mut desk = Desk::of(self.inputs, self.problem, roster);
        let mut worth = Worth::of(self.inputs, self.requirements, &desk.most_agents());
        for _ in 0..ROUNDS {
            if best.judgement.is_held(self.inputs) || self.budget.is_spent() {
                return;
            }
            let by_period = self.of(desk.assigned(&worth), "by_period");
            by_period.judgement.weigh(self.inputs, &mut worth);
            keep_better(best, by_period);
        }
    }
}

fn keep_better(best: &mut Assigned, other: Assigned) {
    if other.judgement.is_better_than(&best.judgement) {
        *best = other;
    }
}

/// The roster with everybody who can serve a queue serving it alone.
fn dedicated(problem: &RosterProblem, roster: &Roster, queue: &QueueId) -> Roster {
    let mut roster = roster.clone();
    for assignment in &mut roster.assignments {
        let person = problem.people.iter().find(|person| person.employee.id == assignment.agent);
        if person.is_some_and(|person| person.employee.serves(queue)) {
            assignment.stints.iter_mut().for_each(|stint| stint.queues = vec![queue.clone()]);
        }
    }
    roster
}
