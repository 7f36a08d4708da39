//! `HiGHS` asked, and its answer read: what a number that it gives is worth depends on how it ended.

use crate::budget::Budget;
use crate::outcome::Outcome;
use highs::{HighsModelStatus, HighsSolutionStatus, HighsStatus, Model, RowProblem, Sense, SolvedModel};

/// The solver could not work on a problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no plan of months: {0}")]
pub struct Unsolved(pub String);

/// What a run may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Nodes of a search over whole numbers; `None` for a linear program.
    pub(super) nodes: Option<i32>,
    /// Seconds, if there is a clock.
    pub(super) seconds: Option<f64>,
    /// A gap that is as good as none, as a share of the cost.
    pub(super) gap: f64,
}

impl Limits {
    /// For a linear program: its optimum, however long that takes.
    pub(super) const NONE: Self = Self { nodes: None, seconds: None, gap: 0.0 };

    /// The clock of a budget.
    pub(super) fn with_time_of(self, budget: &Budget) -> Self {
        Self { seconds: budget.time_left().map(|left| left.as_secs_f64()), ..self }
    }
}

/// The values of all columns at the least cost that `HiGHS` finds, from a known solution on if there is one.
pub(super) fn minimise(program: RowProblem, start: Option<&[f64]>, limits: Limits) -> Outcome<Vec<f64>> {
    let is_linear = limits.nodes.is_none();
    let refused = |status: HighsStatus| Outcome::Failed(format!("HiGHS refuses the problem ({status:?})"));
    run(program, start, limits).map_or_else(refused, |solved| read(&solved, is_linear))
}

/// A program without output and with one thread, so that the same work gives the same plan on any machine.
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

/// A program that was stopped has a value and a point all the same, 0 and one that breaks rows: only its statuses say what they are worth.
fn read(solved: &SolvedModel, is_linear: bool) -> Outcome<Vec<f64>> {
    use HighsModelStatus as Status;
    // a status that HiGHS does not know of is -1 here
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

/// What no solution can undercut: of a linear program its optimum and nothing else, of one over whole numbers what its search has shown so
/// far. That is −∞ before the first linear program is solved, and 0 or −1 where there is nothing to read.
fn proven(solved: &SolvedModel, is_linear: bool) -> Option<f64> {
    if is_linear {
        return Some(solved.objective_value()).filter(|value| solved.status() == HighsModelStatus::Optimal && value.is_finite());
    }
    solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite())
}
