//! Cost of staffing above or below the expected demand: expected shortage and idle time of each staffing level, priced.

use crate::plan::{Inputs, QueueForecast, QueueRequirement, require, require_at_level};
use crate::units::Hours;

/// Expected result of staffing every interval for one quantile of demand.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffingRisk {
    /// Probability that demand stays within the staffed level; `None` for the mean.
    pub level: Option<f64>,
    /// Agent-hours required at the desk.
    pub agent_hours: f64,
    /// Expected shortage and idle time.
    pub mismatch: Mismatch,
}

/// Agents at the desk against agents needed: understaffing, overstaffing, and the cost of both.
///
/// ```
/// use peakshift::{input::Folder, risk::Mismatch};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// // an hour with two of three agents; the missing third has three prices, the deeper the dearer
/// let [missing, spare] = [2.0, 4.0].map(|staffed| Mismatch::of(&inputs, staffed, 3.0));
/// assert!((missing.short_cost - (0.3 * 60.0 + 0.45 * 150.0 + 0.25 * 360.0)).abs() < 1e-9);
/// assert_eq!((spare.idle_hours, spare.idle_cost), (1.0, 30.0)); // an hour's pay
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mismatch {
    /// Understaffed agent-hours.
    pub short_hours: f64,
    /// Understaffing penalty, at the plan's prices of a missing agent-hour.
    pub short_cost: f64,
    /// Overstaffed agent-hours.
    pub idle_hours: f64,
    /// Base pay of the overstaffed hours, including the paid time lost inside shifts.
    pub idle_cost: f64,
}

impl Mismatch {
    /// The mismatch of one interval.
    #[must_use]
    pub fn of(inputs: &Inputs, staffed: f64, needed: f64) -> Self {
        let hours = inputs.interval.hours().get();
        let (short_hours, idle_hours) = ((needed - staffed).max(0.0) * hours, (staffed - needed).max(0.0) * hours);
        let agent_hours = |hours: f64| Hours::new(hours).expect("agents times hours are hours");
        Self {
            short_hours,
            short_cost: inputs.prices.shortage_cost(agent_hours(needed * hours), agent_hours(short_hours)).get(),
            idle_hours,
            idle_cost: idle_hours * paid_for_a_desk_hour(inputs),
        }
    }

    /// Cost of shortage and idle time together.
    #[must_use]
    pub fn cost(&self) -> f64 {
        self.short_cost + self.idle_cost
    }

    fn over(self, sample_paths: usize) -> Self {
        let share = 1.0 / sample_paths.max(1) as f64;
        Self {
            short_hours: self.short_hours * share,
            short_cost: self.short_cost * share,
            idle_hours: self.idle_hours * share,
            idle_cost: self.idle_cost * share,
        }
    }
}

impl std::iter::Sum for Mismatch {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, next| Self {
            short_hours: sum.short_hours + next.short_hours,
            short_cost: sum.short_cost + next.short_cost,
            idle_hours: sum.idle_hours + next.idle_hours,
            idle_cost: sum.idle_cost + next.idle_cost,
        })
    }
}

/// Number of equally likely sample paths of demand.
const SAMPLE_PATHS: usize = 10;

/// Expected costs of staffing for each level, interval by interval: the requirement at the level against the requirement on each of ten
/// equally likely sample paths.
///
/// ```
/// use peakshift::{input::Folder, plan::forecast, risk::staffing_risks};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, six calls an hour
/// let risks = staffing_risks(&inputs, &forecast(&inputs)?, &[None, Some(0.9)]).unwrap();
/// let [mean, cautious] = [0, 1].map(|level: usize| risks[level].mismatch);
/// // agents for a busy day are missing less often and idle more often
/// assert!(cautious.short_hours < mean.short_hours && cautious.idle_hours > mean.idle_hours);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
///
/// # Errors
/// A level outside the forecast's quantiles.
pub fn staffing_risks(inputs: &Inputs, forecasts: &[QueueForecast], levels: &[Option<f64>]) -> Result<Vec<StaffingRisk>, f64> {
    let path = |number: usize| require_at_level(inputs, forecasts, (number as f64 + 0.5) / SAMPLE_PATHS as f64);
    let sample_paths: Vec<Vec<QueueRequirement>> = (0..SAMPLE_PATHS).map(path).collect::<Result<_, _>>()?;
    levels.iter().map(|&level| risk(inputs, forecasts, level, &sample_paths)).collect()
}

fn risk(
    inputs: &Inputs,
    forecasts: &[QueueForecast],
    level: Option<f64>,
    sample_paths: &[Vec<QueueRequirement>],
) -> Result<StaffingRisk, f64> {
    let staffed = level.map_or_else(|| Ok(require(inputs, forecasts)), |level| require_at_level(inputs, forecasts, level))?;
    let intervals = || staffed.iter().enumerate().flat_map(|(queue, of)| of.need.values().iter().enumerate().map(move |at| (queue, at)));
    let agent_hours = intervals().map(|(_, (_, here))| here.required.get() * inputs.interval.hours().get()).sum();
    let mismatch: Mismatch = intervals()
        .flat_map(|(queue, (index, here))| {
            sample_paths.iter().map(move |path| (here.required.get(), path[queue].need[index].required.get()))
        })
        .map(|(staffed, needed)| Mismatch::of(inputs, staffed, needed))
        .sum();
    Ok(StaffingRisk { level, agent_hours, mismatch: mismatch.over(sample_paths.len()) })
}

/// Mean base pay of the team for an hour at the desk.
fn paid_for_a_desk_hour(inputs: &Inputs) -> f64 {
    let pay = inputs.employees.iter().map(|employee| employee.pay.get()).sum::<f64>();
    pay / inputs.employees.len().max(1) as f64 / inputs.shrinkage.left().get().max(1e-9)
}
