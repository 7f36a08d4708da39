//! Comparison of scenarios with one base.

use super::{BASE, Outcome, Scenario, apply};
use crate::budget::{Budget, Progress};
use crate::plan::{Base, Inputs, PlanError};
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Share of the time that is kept for the scenarios while the base is planned.
const KEPT_FOR_SCENARIOS: f64 = 0.7;

/// Outcomes of the unchanged inputs (named `base`) and of each scenario, with the same seed and effort: the base first, then the scenarios
/// in their order. Scenarios for which no time was left are omitted.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, scenario::{Change, Scenario, When, compare}, units::Factor};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let twice = Change::Volume { queue: None, when: When::default(), factor: Factor::new(2.0)? };
/// let busier = Scenario { name: "twice the calls".into(), changes: vec![twice] };
/// let [base, busier] = &compare(&inputs, &[busier], &Budget::of_effort(1))?[..] else { panic!("the base and one scenario") };
/// assert_eq!((base.name.as_str(), busier.name.as_str()), ("base", "twice the calls"));
/// assert_eq!(base.worked, busier.worked); // all three agents work all day in either
/// assert!(busier.short_cost > base.short_cost && busier.late > base.late);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`PlanError`] of the first scenario that cannot be planned.
pub fn compare(inputs: &Inputs, scenarios: &[Scenario], budget: &Budget) -> Result<Vec<Outcome>, PlanError> {
    let base = Base::plan(inputs, &if scenarios.is_empty() { *budget } else { budget.keeping(KEPT_FOR_SCENARIOS) })?;
    let (begun, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let run = |scenario: &Scenario| {
        if budget.is_spent() {
            return Ok(None);
        }
        // remaining time, if limited, is shared by scenarios not yet begun, as many at once as there are cores
        let waiting = scenarios.len().saturating_sub(begun.fetch_add(1, Ordering::Relaxed)).max(1);
        let share = (rayon::current_num_threads() as f64 / waiting as f64).min(1.0);
        let changed = apply(inputs, scenario);
        let planned = base.vary(&changed, &budget.keeping(1.0 - share).silent())?;
        let outcome = Outcome::of(&scenario.name, &changed, &planned, Some(base.planned()).filter(|_| changed.asks_as(inputs)));
        budget.report(Progress::Scenario { done: done.fetch_add(1, Ordering::Relaxed) + 1, of: scenarios.len() });
        Ok(Some(outcome))
    };
    // collected before the first error is taken, so that it is the same error whichever thread ends first
    let varied: Vec<Result<Option<Outcome>, PlanError>> = scenarios.par_iter().map(run).collect();
    let varied = varied.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(std::iter::once(Outcome::of(BASE, inputs, base.planned(), None)).chain(varied.into_iter().flatten()).collect())
}
