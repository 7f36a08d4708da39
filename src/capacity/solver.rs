//! Interface to `HiGHS`: the meaning of its numbers depends on how a run ended.

use crate::budget::Budget;
use crate::outcome::Outcome;
use highs::{HighsModelStatus, HighsSolutionStatus, HighsStatus, Model, RowProblem, Sense, SolvedModel};

/// Failure of the solver on a problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no plan of months: {0}")]
pub struct Unsolved(pub String);

/// Limits of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Branch-and-bound nodes; `None` for a linear program.
    pub(super) nodes: Option<i32>,
    /// Seconds; `None` without a time limit.
    pub(super) seconds: Option<f64>,
    /// Optimality gap that counts as none, as a share of the cost.
    pub(super) gap: f64,
}

impl Limits {
    /// No limits, for linear programs: solved to optimality, however long that takes.
    pub(super) const NONE: Self = Self { nodes: None, seconds: None, gap: 0.0 };

    /// The limits with the remaining time of a budget.
    pub(super) fn with_time_of(self, budget: &Budget) -> Self {
        Self { seconds: budget.time_left().map(|left| left.as_secs_f64()), ..self }
    }
}

/// Values of all columns at the lowest cost that `HiGHS` finds, from a starting solution if there is one.
pub(super) fn minimise(program: RowProblem, start: Option<&[f64]>, limits: Limits) -> Outcome<Vec<f64>> {
    let is_linear = limits.nodes.is_none();
    let refused = |status: HighsStatus| Outcome::Failed(format!("HiGHS refuses the problem ({status:?})"));
    run(program, start, limits).map_or_else(refused, |solved| read(&solved, is_linear))
}

/// The model without output and with one thread, so that equal work gives equal plans on any machine.
pub(super) fn stated(program: RowProblem) -> Result<Model, HighsStatus> {
    let mut model = program.try_optimise(Sense::Minimise)?;
    set(&mut model, "output_flag", false)?;
    set(&mut model, "threads", 1)?;
    Ok(model)
}

fn run(program: RowProblem, start: Option<&[f64]>, limits: Limits) -> Result<SolvedModel, HighsStatus> {
    let mut model = stated(program)?;
    set(&mut model, "mip_rel_gap", limits.gap)?;
    if let Some(nodes) = limits.nodes {
        set(&mut model, "mip_max_nodes", nodes)?;
    }
    if let Some(seconds) = limits.seconds {
        set(&mut model, "time_limit", seconds)?;
    }
    if start.is_some() {
        model.try_set_solution(start, None, None, None)?;
    }
    model.try_solve()
}

fn set<V: highs::HighsOptionValue>(model: &mut Model, option: &str, value: V) -> Result<(), HighsStatus> {
    model.try_set_option(option, value).map_err(|_| HighsStatus::Error)
}

/// Outcome of a run. A stopped run also reports a value and a point, 0 and one that violates rows, so only its statuses count.
fn read(solved: &SolvedModel, is_linear: bool) -> Outcome<Vec<f64>> {
    use HighsModelStatus as Status;
    // a status unknown to HiGHS is -1 here
    let is_feasible = solved.int_info_value(c"primal_solution_status") == Ok(HighsSolutionStatus::Feasible as i64);
    let found = is_feasible.then(|| solved.get_solution().columns().to_vec());
    match (solved.status(), found, proven(solved, is_linear)) {
        (Status::Optimal, Some(found), Some(bound)) => Outcome::Optimal { found, bound },
        (status, Some(found), Some(bound)) if was_stopped(status) => Outcome::Feasible { found, bound },
        (status, found, _) if was_stopped(status) => Outcome::Stopped { found },
        (Status::Infeasible, ..) => Outcome::Infeasible,
        (status, ..) => Outcome::Failed(format!("HiGHS ended with {status:?}")),
    }
}

fn was_stopped(status: HighsModelStatus) -> bool {
    use HighsModelStatus as Status;
    matches!(
        status,
        Status::ReachedTimeLimit
            | Status::ReachedIterationLimit
            | Status::ReachedSolutionLimit
            | Status::ReachedInterrupt
            | Status::ReachedMemoryLimit
    )
}

/// Proven lower bound: the optimum of a linear program, or the dual bound of an integer search so far. The latter is −∞ before the first
/// relaxation is solved, and 0 or −1 where there is nothing to read.
fn proven(solved: &SolvedModel, is_linear: bool) -> Option<f64> {
    if is_linear {
        return Some(solved.objective_value()).filter(|value| solved.status() == HighsModelStatus::Optimal && value.is_finite());
    }
    solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite())
}
