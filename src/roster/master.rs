//! The integer program: choose one tour for each person out of a pool, at the least pay and shortage.
//!
//! minimise Σ own cost·x + Σ price·u, over x (person, tour) ∈ {0, 1}, flows f (skill set, queue, interval) ≥ 0 and shortages u
//! (queue, interval, step) within each step's width, subject to
//!   Σ x = 1 for each person;
//!   `Σ_queue` f ≤ Σ strength·presence·x for each skill set and interval (*supply*);
//!   `Σ_set` f + Σ u ≥ requirement for each queue and interval (*demand*).
//! Its linear relaxation prices an agent at the desk: the duals of the demand rows drive column generation.

use super::problem::RosterProblem;
use super::team::{Column, Team};
use good_lp::solvers::highs::{HighsParallelType, HighsProblem, HighsSolverType};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, WithInitialSolution, constraint, highs, variable};
use std::time::Duration;

/// The tours each person may choose from.
pub(super) type Pool = Vec<Vec<Column>>;

/// What the linear relaxation says.
#[derive(Debug)]
pub(super) struct Relaxation {
    pub(super) cost: f64,
    /// What one more agent is worth, for each queue and interval.
    pub(super) worth: Vec<Vec<f64>>,
}

/// Solves the linear relaxation over a pool; `None` if `HiGHS` fails.
pub(super) fn relax(team: &Team, pool: &Pool) -> Option<Relaxation> {
    let program = Program::state(team, pool, false);
    let demand_rows = program.demand_rows.clone();
    let model = program.model.set_solver(HighsSolverType::Ipm).set_option("run_crossover", "off");
    let solution = model.solve().ok()?;
    let inner = solution.into_inner();
    let priced: f64 = inner.columns().iter().zip(&program.costs).map(|(value, cost)| value * cost).sum();
    let cost = priced - team.problem.forgiven();
    let duals = inner.dual_rows();
    let slots = team.problem.grid.len();
    let mut worth = vec![vec![0.0; slots]; team.problem.demand.len()];
    for (row, queue, slot) in demand_rows {
        worth[queue][slot] = duals.get(row).copied().unwrap_or(0.0).max(0.0);
    }
    Some(Relaxation { cost, worth })
}

/// Branch and bound over a pool within a number of nodes and perhaps a time; the first tour of each person is the start. Gives
/// which tour each takes; `None` if `HiGHS` fails.
pub(super) fn choose(team: &Team, pool: &Pool, nodes: i32, time: Option<Duration>) -> Option<Vec<usize>> {
    let program = Program::state(team, pool, true);
    let model = program.model.set_option("mip_max_nodes", nodes).set_option("mip_rel_gap", 1e-5);
    let first = program
        .choices
        .iter()
        .flat_map(|choices| choices.iter().enumerate().map(|(column, &choice)| (choice, f64::from(u8::from(column == 0)))));
    let mut model = model.with_initial_solution(first.collect::<Vec<_>>());
    if let Some(time) = time {
        model = model.set_time_limit(time.as_secs_f64().max(0.1));
    }
    let solution = model.solve().ok()?;
    program.choices.iter().map(|choices| choices.iter().position(|&choice| solution.value(choice) > 0.5)).collect()
}

struct Program {
    model: HighsProblem,
    choices: Vec<Vec<Variable>>,
    /// Objective coefficients in the order of the variables.
    costs: Vec<f64>,
    /// (row, queue, interval).
    demand_rows: Vec<(usize, usize, usize)>,
}

impl Program {
    fn state(team: &Team, pool: &Pool, whole: bool) -> Self {
        let mut variables = ProblemVariables::new();
        let mut costs = Vec::new();
        let mut new = |definition, cost| {
            costs.push(cost);
            variables.add(definition)
        };
        let choices: Vec<Vec<Variable>> = pool
            .iter()
            .map(|columns| {
                let choice = |_| if whole { variable().binary() } else { variable().min(0.0) };
                columns.iter().map(|column| new(choice(column), column.own_cost)).collect()
            })
            .collect();
        let mut rows = Rows::of(team, &mut new);
        for (person, columns) in pool.iter().enumerate() {
            for (column, &choice) in columns.iter().zip(&choices[person]) {
                for &(slot, share) in &column.presence {
                    if let Some(supply) = rows.supply[slot].get_mut(team.set_of[person]).and_then(Option::as_mut) {
                        supply.add_mul(-share * team.strength(person), choice);
                    }
                }
            }
        }
        let ordered: Vec<Variable> = variables.iter_variables_with_def().map(|(variable, _)| variable).collect();
        let objective: Expression = ordered.iter().zip(&costs).map(|(&variable, &cost)| cost * variable).sum();
        let mut model = variables.minimise(objective).using(highs).set_parallel(HighsParallelType::Off).set_threads(1);
        let mut demand_rows = Vec::new();
        for (row, (queue, slot, covered, required)) in rows.demand.into_iter().enumerate() {
            model.add_constraint(constraint!(covered >= required));
            demand_rows.push((row, queue, slot));
        }
        for supply in rows.supply.into_iter().flatten().flatten() {
            model.add_constraint(constraint!(supply <= 0.0));
        }
        for choices in &choices {
            let chosen: Expression = choices.iter().sum();
            model.add_constraint(constraint!(chosen == 1.0));
        }
        Self { model, choices, costs, demand_rows }
    }
}

struct Rows {
    /// (queue, interval, Σf + Σu, requirement).
    demand: Vec<(usize, usize, Expression, f64)>,
    /// Per interval and skill set: Σf, to which −Σ strength·presence·x is added; `None` where the set has nothing to serve.
    supply: Vec<Vec<Option<Expression>>>,
}

impl Rows {
    fn of(team: &Team, new: &mut impl FnMut(good_lp::VariableDefinition, f64) -> Variable) -> Self {
        let problem: &RosterProblem = team.problem;
        let hours = problem.grid.interval().hours();
        let mut demand = Vec::new();
        let mut supply: Vec<Vec<Option<Expression>>> = vec![vec![None; team.sets.len()]; problem.grid.len()];
        for (slot, supply) in supply.iter_mut().enumerate() {
            for queue in 0..problem.demand.len() {
                let steps = problem.steps(queue, slot);
                let wanted: f64 = steps.iter().map(|(width, _)| width).sum();
                if wanted <= 0.0 {
                    continue;
                }
                let mut covered = Expression::with_capacity(8);
                for (set, _) in team.sets.iter().enumerate().filter(|(_, skills)| **skills >> queue & 1 == 1) {
                    let flow = new(variable().min(0.0), 0.0);
                    covered.add_mul(1.0, flow);
                    supply[set].get_or_insert_with(|| Expression::with_capacity(16)).add_mul(1.0, flow);
                }
                for (width, price) in steps.into_iter().filter(|(width, _)| *width > 0.0) {
                    covered.add_mul(1.0, new(variable().min(0.0).max(width), price * hours));
                }
                demand.push((queue, slot, covered, wanted));
            }
        }
        Self { demand, supply }
    }
}
