//! The planning pipeline; the only module that knows the order of its steps.

mod advice;
mod assign;
mod demand;
mod forecasts;
mod hiring;
mod inputs;
mod known_calendar;
mod peak;
mod pooling;
mod pricing;
mod question;
mod repair;
mod requirements;
mod simulation;
mod simulation_cuts;
mod variant;
mod windows;

pub use advice::{Advice, EXPLAINED, Why, advise, why};
pub use assign::{Assigned, Judgement, assign};
pub use demand::demand_of;
pub use forecasts::{PlanError, QueueForecast, as_planned, caveats_of, forecast, human_contacts};
pub use hiring::{Hiring, QueueWeek, hiring};
pub use inputs::{Inputs, QueueInputs, events_of};
pub use peak::{Peak, peaks};
pub use pooling::{Pooling, pooling};
pub use question::roster_problem;
pub use repair::{Asked, Limits, Mended, Published, Required, asked_of, measured_by, repair};
pub use requirements::{QueueRequirement, promised, promised_through, require, require_at_level, require_for, require_queue};
pub use simulation::{expected_arrivals, simulate, simulate_arrivals, simulate_sample_paths, verdict};
pub use simulation_cuts::{Assurance, Rostered, roster};
pub use variant::Base;
pub use windows::with_windows_chosen;

use crate::budget::{Budget, Cut, Interruption};
use crate::roster::{QueueCoverage, RosterProblem, Solved};
use crate::simulate::Attained;
use crate::staffing::Performance;
use tracing::info_span;

/// A complete plan.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Forecasts.
    pub forecasts: Vec<QueueForecast>,
    /// Requirements.
    pub requirements: Vec<QueueRequirement>,
    /// The rostering problem.
    pub problem: RosterProblem,
    /// The roster, with cost and bound.
    pub solved: Solved,
    /// Coverage: required against rostered agents.
    pub coverage: Vec<QueueCoverage>,
    /// Predicted performance of every queue and interval, from the transient queue model.
    pub promised: Vec<Vec<Performance>>,
    /// Service in simulation.
    pub attained: Vec<Attained>,
    /// Agents added by simulation cuts.
    pub assurance: Assurance,
    /// Understaffed periods and possible reliefs.
    pub advice: Advice,
    /// Service over sample paths of the forecast, forecast error included.
    pub sample_paths: Vec<Attained>,
    /// Reason for which the work ended early, if it did.
    pub interrupted: Option<Interruption>,
}

/// Plans the inputs, from history to verified roster.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::plan};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let planned = plan(&inputs, &Budget::of_effort(1))?;
/// assert_eq!(planned.solved.roster.assignments.len(), 3);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast. Shortages and missed targets are results, not errors.
pub fn plan(inputs: &Inputs, budget: &Budget) -> Result<Planned, PlanError> {
    let forecasts = info_span!("forecast").in_scope(|| forecast(inputs))?;
    let requirements = info_span!("requirement").in_scope(|| require(inputs, &forecasts));
    let rostered = info_span!("roster").in_scope(|| roster(inputs, &requirements, budget));
    let cut = Cut::default();
    let advice = info_span!("advice")
        .in_scope(|| advise(&rostered.problem, &rostered.solved.roster, &rostered.coverage, inputs.seed, &budget.noting(&cut)));
    let interrupted = rostered.interrupted.max(cut.interruption());
    Ok(planned(inputs, forecasts, requirements, Rostered { interrupted, ..rostered }, advice, budget))
}

/// A complete plan from its roster, followed through time and simulated on sample paths of the forecast.
fn planned(
    inputs: &Inputs,
    forecasts: Vec<QueueForecast>,
    requirements: Vec<QueueRequirement>,
    rostered: Rostered,
    advice: Advice,
    budget: &Budget,
) -> Planned {
    let Rostered { problem, solved, coverage, attained, assurance, interrupted } = rostered;
    let cut = Cut::default();
    let sample_paths = info_span!("sample paths")
        .in_scope(|| simulate_sample_paths(inputs, &forecasts, &requirements, &problem, &solved.roster, &budget.noting(&cut)));
    let interrupted = interrupted.max(cut.interruption());
    let promised = promised_through(inputs, &requirements, &coverage);
    Planned { forecasts, requirements, problem, solved, coverage, promised, attained, assurance, advice, sample_paths, interrupted }
}
