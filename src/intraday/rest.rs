//! Intraday re-planning against a published roster: updated requirements, agents present, and overtime and voluntary-time-off offers.

use super::{Actuals, Alarm, IntradayForecast, Served, alarms};
use crate::plan::{Inputs, PlanError, Published, QueueRequirement, asked_of, forecast, require, require_for};
use crate::roster::{Offer, QueueCoverage, RosterProblem, coverage, offers};
use crate::time::{ClockTime, Horizon, Series};
use crate::units::{Hours, Money};
use chrono::NaiveDateTime;

/// Maximum number of offers in a day.
const MOST_ASKED: usize = 12;

/// Rest of a day of a roster.
///
/// ```
/// use peakshift::{budget::Budget, history::RawCount, input::Folder, intraday::{Actuals, reforecast, rest_of}};
/// use peakshift::plan::{Published, forecast, require, roster};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, six calls an hour
/// let roster = roster(&inputs, &require(&inputs, &forecast(&inputs)?), &Budget::of_effort(1)).solved.roster;
/// let (published, grid) = (Published { roster, ..Published::default() }, inputs.horizon.grid(inputs.interval));
/// let rest = |calls| {
///     let counts = [(inputs.queues[0].queue.id.clone(), (9..13).map(|hour| RawCount::of(grid.start(hour), calls)).collect())].into();
///     let today = reforecast(&inputs, &counts, grid.start(13)).unwrap();
///     rest_of(&inputs, &today, &Actuals { counts, ..Actuals::default() }, &published, grid.start(13)).unwrap().expect("a planned day")
/// };
/// assert!(rest(12.0).missing > rest(6.0).missing); // agent-hours until the evening, and their penalty
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Rest {
    /// Alarms of each queue.
    pub alarms: Vec<Vec<Alarm>>,
    /// Understaffed agent-hours until the end of the day, and their penalty.
    pub missing: (Hours, Money),
    /// Offers, in order of preference.
    pub asks: Vec<Offer>,
}

/// Alarms without a known roster.
#[must_use]
pub fn alarms_of(inputs: &Inputs, intraday: &[IntradayForecast], actuals: &Actuals, at: NaiveDateTime) -> Vec<Vec<Alarm>> {
    inputs.queues.iter().zip(intraday).map(|(of, intraday)| alarms(of, intraday, served(actuals, intraday), None, at)).collect()
}

fn served<'a>(actuals: &'a Actuals, intraday: &IntradayForecast) -> &'a [Served] {
    actuals.served.get(&intraday.queue).map_or(&[], Vec::as_slice)
}

/// The rest of the day of `at` with the people of a roster; `None` if that is no day of the plan.
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast.
pub fn rest_of(
    inputs: &Inputs,
    intraday: &[IntradayForecast],
    actuals: &Actuals,
    published: &Published,
    at: NaiveDateTime,
) -> Result<Option<Rest>, PlanError> {
    if inputs.horizon.day_of(at.date()).is_none() {
        return Ok(None);
    }
    let requirements = required_now(inputs, intraday, at)?;
    let problem = asked_of(inputs, &requirements, published);
    let day_end = ClockTime::DAY_END.on(at.date());
    let covered = coverage(&problem, &published.roster);
    let grid = problem.grid;
    let alarms = (0..inputs.queues.len()).map(|queue| {
        let able = Series::from_fn(grid, |slot| covered[queue].served[slot]);
        alarms(&inputs.queues[queue], &intraday[queue], served(actuals, &intraday[queue]), Some((&requirements[queue], &able)), at)
    });
    Ok(Some(Rest {
        alarms: alarms.collect(),
        missing: missing_until(&problem, &covered, at, day_end),
        asks: offers(&problem, &published.roster, at, at..day_end, MOST_ASKED),
    }))
}

/// Requirements of the plan's days, with the rest of today as projected at `at`.
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast.
pub fn required_now(inputs: &Inputs, intraday: &[IntradayForecast], at: NaiveDateTime) -> Result<Vec<QueueRequirement>, PlanError> {
    let planned = require(inputs, &forecast(inputs)?);
    let day = Inputs { horizon: Horizon { first: at.date(), days: 1 }, ..inputs.clone() };
    let now = planned.into_iter().zip(intraday).zip(&day.queues).map(|((planned, intraday), of)| {
        let rest = require_for(&day, of, &intraday.now.mean);
        let (grid, first) = (planned.need.grid(), rest.grid());
        let now = |slot: usize| first.index_of(grid.start(slot)).filter(|_| grid.start(slot) >= at).map(|slot| rest[slot]);
        QueueRequirement { queue: planned.queue, need: Series::from_fn(grid, |slot| now(slot).unwrap_or(planned.need[slot])) }
    });
    Ok(now.collect())
}

fn missing_until(problem: &RosterProblem, covered: &[QueueCoverage], from: NaiveDateTime, until: NaiveDateTime) -> (Hours, Money) {
    let grid = problem.grid;
    let slots = || (0..grid.len()).filter(|&slot| (from..until).contains(&grid.start(slot)));
    let each = covered.iter().map(|of| of.missing_in(slots(), &problem.prices, grid.interval()));
    each.fold((Hours::ZERO, Money::ZERO), |(short, price), (more, costs)| (short + more, price + costs))
}
