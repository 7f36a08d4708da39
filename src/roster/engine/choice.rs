//! Integer program that selects one of a few tours for each person.
//!
//! minimise Σ own cost·x + Σ price·u + Σ price·v, over x (person, tour) ∈ {0, 1}, flows f (skill set, queue, row) ≥ 0, shortages u (row,
//! step) within each step's width and, where agents beyond the requirement have a price, surpluses v ≥ 0, subject to
//!   Σ x = 1 for each person (*one tour*);
//!   `Σ_queue` f ≤ Σ effectiveness·presence·x for each skill set and row (*supply*);
//!   `Σ_set` f + Σ u ≥ requirement, or with surpluses `Σ_set` f + Σ u − v = requirement, for each queue and row (*demand*).

use super::column::Column;
use super::model::Model;
use super::split::serves;
use crate::budget::Budget;
use crate::outcome::Outcome;
use good_lp::{Constraint, Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable, constraint, highs, variable};

/// Relative gap at which branch and bound stops.
const CLOSE_ENOUGH: f64 = 1e-6;

/// Limit of branch and bound.
#[derive(Clone, Copy, Debug)]
pub(in crate::roster) struct Patience {
    /// Seconds, where the budget has a time limit.
    pub(in crate::roster) seconds: Option<f64>,
    /// Nodes, where it has none: equal work gives equal choices on any machine.
    pub(in crate::roster) nodes: i32,
}

impl Patience {
    /// Limit of `seconds` within what a budget has left, or of `nodes` where it has no time limit.
    pub(in crate::roster) fn of(budget: &Budget, seconds: f64, nodes: i32) -> Self {
        Self { seconds: budget.time_left().map(|left| left.as_secs_f64().min(seconds).max(0.05)), nodes }
    }
}

/// Best tours found by branch and bound over a pool per person, of which the first is the start. Optimality is not reported: the choice is
/// priced anew, and a proof would hold for these tours only.
pub(in crate::roster) fn choose(model: &Model, pool: Vec<Vec<Column>>, patience: Patience) -> Outcome<Vec<Column>> {
    let mut program = Program::default();
    let mut present = vec![vec![Expression::default(); model.sets.len()]; model.rows()];
    let taken: Vec<Vec<Variable>> =
        pool.iter().enumerate().map(|(person, tours)| program.take(model, person, tours, &mut present)).collect();
    for (row, present) in present.into_iter().enumerate() {
        let served = program.split(model, present);
        served.into_iter().enumerate().for_each(|(queue, served)| program.want(model, row, queue, served));
    }
    let stated = program.variables.minimise(program.cost).using(highs).with_all(program.rules);
    let limited = match patience.seconds {
        Some(seconds) => stated.set_time_limit(seconds),
        None => stated.set_option("mip_max_nodes", patience.nodes),
    };
    let limited = limited.set_threads(1).set_option("mip_rel_gap", CLOSE_ENOUGH);
    let solution = match limited.solve() {
        Ok(solution) => solution,
        Err(ResolutionError::Infeasible) => return Outcome::Infeasible,
        Err(ResolutionError::Other("NoSolutionFound")) => return Outcome::Stopped { found: None },
        Err(other) => return Outcome::Failed(other.to_string()),
    };
    let choice = |(mut tours, taken): (Vec<Column>, Vec<Variable>)| {
        let place = taken.into_iter().position(|takes| solution.value(takes) > 0.5)?;
        Some(tours.swap_remove(place))
    };
    Outcome::Stopped { found: pool.into_iter().zip(taken).map(choice).collect() }
}

#[derive(Default)]
struct Program {
    variables: ProblemVariables,
    cost: Expression,
    rules: Vec<Constraint>,
}

impl Program {
    /// Adds the choice of one of a person's tours, with its presence by row and skill set.
    fn take(&mut self, model: &Model, person: usize, tours: &[Column], present: &mut [Vec<Expression>]) -> Vec<Variable> {
        let set = model.people[person].set;
        let mut taken = Vec::with_capacity(tours.len());
        for (place, column) in tours.iter().enumerate() {
            let choice = self.variables.add(variable().binary().initial(u32::from(place == 0)));
            self.cost.add_mul(column.own_cost, choice);
            model.presence(person, &column.tour, |row, agents| present[row][set].add_mul(agents, choice));
            taken.push(choice);
        }
        self.rules.push(constraint!(taken.iter().sum::<Expression>() == 1.0));
        taken
    }

    /// Adds the split of the people present in a row over the queues.
    fn split(&mut self, model: &Model, present: Vec<Expression>) -> Vec<Expression> {
        let mut served = vec![Expression::default(); model.queues];
        for (&set, present) in model.sets.iter().zip(present) {
            let queues = (0..model.queues).filter(|&queue| serves(set, queue));
            if model.queues == 1 {
                queues.for_each(|queue| served[queue] += &present);
                continue;
            }
            let mut flows = Expression::default();
            for queue in queues {
                let flow = self.variables.add(variable().min(0.0));
                flows += flow;
                served[queue] += flow;
            }
            self.rules.push(constraint!(flows <= present));
        }
        served
    }

    /// Adds the demand of a queue in a row, given those who serve it.
    fn want(&mut self, model: &Model, row: usize, queue: usize, mut served: Expression) {
        let (mut wanted, mut surplus_costs) = (0.0, false);
        for step in model.demand[row].iter().filter(|step| step.queue == queue) {
            if step.price > 0.0 {
                let short = self.variables.add(variable().min(0.0).max(step.width));
                self.cost.add_mul(step.price, short);
                served += short;
                wanted += step.width;
            } else if step.price < 0.0 {
                let over = self.variables.add(variable().min(0.0));
                self.cost.add_mul(-step.price, over);
                served -= over;
                surplus_costs = true;
            }
        }
        if surplus_costs {
            self.rules.push(constraint!(served == wanted));
        } else if wanted > 0.0 {
            self.rules.push(constraint!(served >= wanted));
        }
    }
}
