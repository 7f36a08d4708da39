//! Causes of understaffing: the shortage of a roster as planned, then with actual contacts, with actual handling times and without absent
//! people. Each step is compared with the one before, so that the parts add up.

use super::lifts::{bot_share, counted};
use super::{KeptForecast, KeptInterval};
use crate::plan::{Inputs, PlanError, Published, QueueForecast, QueueInputs, asked_of, demand_of, forecast, require_queue};
use crate::roster::{QueueCoverage, Roster, coverage};
use crate::service::{Queue, QueueId};
use crate::staffing::Demand;
use crate::time::Series;
use crate::units::{Contacts, Factor, Hours, Money, Share};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Cause of understaffing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The plan itself: rules and headcount allowed no better roster that was worth its pay.
    Rule,
    /// Contacts or bot containment differed from the forecast.
    Forecast,
    /// Handling times differed from the forecast.
    Handling,
    /// People were absent.
    Absence,
}

impl Why {
    /// All causes, in the order of the steps.
    pub const ALL: [Self; 4] = [Self::Rule, Self::Forecast, Self::Handling, Self::Absence];

    /// Name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Forecast => "forecast",
            Self::Handling => "handling",
            Self::Absence => "absence",
        }
    }
}

/// Understaffing of a queue on a day from one cause; negative where it made up for others.
#[derive(Clone, Debug, PartialEq)]
pub struct Missed {
    /// Date.
    pub date: NaiveDate,
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Cause.
    pub why: Why,
    /// Understaffed agent-hours.
    pub hours: f64,
    /// Understaffing penalty.
    pub price: Money,
}

/// Understaffed agent-hours and their penalty by queue and day.
type Shortage = Vec<Vec<(Hours, Money)>>;

/// Understaffing of a roster by cause, on the plan's days counted by now. `known` are the inputs at the time it was made, `inputs` those
/// with all absences. Its forecast is `kept`, or where none was kept, that of the inputs as they are now.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{Published, forecast, require, roster}, review::{Why, missed}};
/// use peakshift::{time::{Horizon, read_date}, workforce::Absence};
/// let mut known = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let monday = read_date("2026-11-23").unwrap();
/// (known.horizon, known.history_until) = (Horizon { first: monday, days: 1 }, monday);
/// let roster = roster(&known, &require(&known, &forecast(&known)?), &Budget::of_effort(1)).solved.roster;
/// let (agent, start, end) = (roster.assignments[0].agent.clone(), roster.assignments[0].start, roster.assignments[0].end);
/// let mut now = known.clone();
/// now.absences.push(Absence { agent, start, end, kind: "sick".into() }); // one of three agents called in
/// let causes = missed(&known, &now, &Published { roster, ..Published::default() }, None)?;
/// let most = causes.iter().max_by(|a, b| a.price.partial_cmp(&b.price).unwrap()).map(|of| of.why);
/// assert_eq!(most, Some(Why::Absence));
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast.
pub fn missed(known: &Inputs, inputs: &Inputs, published: &Published, kept: Option<&KeptForecast>) -> Result<Vec<Missed>, PlanError> {
    let mut forecasts = forecast(known)?;
    for (of, forecast) in known.queues.iter().zip(&mut forecasts) {
        let rows = kept.and_then(|kept| kept.queues.iter().find(|(queue, _)| *queue == of.queue.id));
        rows.into_iter().for_each(|(_, rows)| as_kept(forecast, &of.queue, rows));
    }
    let planned: Vec<_> = forecasts.iter().map(|forecast| forecast.demand.clone()).collect();
    let came: Vec<_> = known.queues.iter().zip(&forecasts).map(|(of, forecast)| as_came(known, of, forecast)).collect();
    let took: Vec<_> = known.queues.iter().zip(&came).map(|(of, came)| as_it_took(of, came)).collect();
    let there = Roster { assignments: published.roster.assignments.iter().filter(|duty| !inputs.is_away(duty)).cloned().collect() };
    let steps = [
        shortage(known, &planned, published, &published.roster),
        shortage(known, &came, published, &published.roster),
        shortage(known, &took, published, &published.roster),
        shortage(known, &took, published, &there),
    ];
    let mut all = Vec::new();
    for (queue, of) in known.queues.iter().enumerate() {
        for (day, date) in known.horizon.dates().enumerate().filter(|(_, date)| is_counted(of, *date)) {
            for (step, why) in Why::ALL.into_iter().enumerate() {
                let (hours, price) = steps[step][queue][day];
                let (before, price_before) = step.checked_sub(1).map_or((Hours::ZERO, Money::ZERO), |before| steps[before][queue][day]);
                all.push(Missed { date, queue: of.queue.id.clone(), why, hours: hours.get() - before.get(), price: price - price_before });
            }
        }
    }
    Ok(all)
}

/// Replaces a forecast by the kept one; intervals that were not kept had no contacts.
fn as_kept(forecast: &mut QueueForecast, queue: &Queue, rows: &[KeptInterval]) {
    let grid = forecast.demand.grid();
    let kept: BTreeMap<usize, &KeptInterval> = rows.iter().filter_map(|row| Some((grid.index_of(row.start)?, row))).collect();
    let told = |slot: usize| kept.get(&slot).and_then(|row| row.to_people);
    let contacts = |contacts: f64| Contacts::new(contacts).expect("counts and means are contacts");
    forecast.offered.mean = Series::from_fn(grid, |slot| contacts(kept.get(&slot).map_or(0.0, |row| row.published)));
    forecast.handling = Series::from_fn(grid, |slot| {
        let factor = told(slot).and_then(|(_, seconds)| Factor::new(seconds / queue.handling.get()).ok());
        factor.unwrap_or(forecast.handling[slot])
    });
    let modelled = demand_of(queue, &forecast.offered.mean, &forecast.bots, &forecast.handling);
    forecast.demand = Series::from_fn(grid, |slot| {
        told(slot).map_or(modelled[slot], |(people, _)| Demand { contacts: contacts(people), ..modelled[slot] })
    });
}

fn is_counted(of: &QueueInputs, date: NaiveDate) -> bool {
    of.counts.iter().any(|count| count.start.date() == date)
}

/// Actual demand on people: actual contacts less those that bots answered, from the export where available, else as forecast.
fn as_came(inputs: &Inputs, of: &QueueInputs, forecast: &QueueForecast) -> Series<Demand> {
    let mean = &forecast.offered.mean;
    let expected: Vec<f64> = mean.values().iter().map(|contacts| contacts.get()).collect();
    let Some(came) = counted(inputs, of, &expected) else { return forecast.demand.clone() };
    let offered = Series::from_fn(mean.grid(), |slot| {
        Contacts::new(came[slot].unwrap_or(expected[slot]).max(0.0)).expect("no less than nobody comes")
    });
    let bots = Series::from_fn(mean.grid(), |slot| {
        let date = mean.grid().date_of(slot);
        let told = bot_share(of.counts.iter().filter(|count| count.start.date() == date));
        told.and_then(|share| Share::new(share).ok()).unwrap_or(forecast.bots[slot])
    });
    demand_of(&of.queue, &offered, &bots, &forecast.handling)
}

/// Actual demand with each day's actual handling time, where the export has it.
fn as_it_took(of: &QueueInputs, came: &Series<Demand>) -> Series<Demand> {
    let grid = came.grid();
    let ratio = |date: NaiveDate| {
        let handled = of.counts.iter().filter(|count| count.start.date() == date).filter_map(|count| Some((count.start, count.handled?)));
        let (mut took, mut expected) = (0.0, 0.0);
        for (start, handled) in handled {
            let usual = grid.index_of(start).map_or(1.0, |slot| came[slot].handling.get()) * of.queue.handling.get();
            took += handled.contacts * handled.mean.get();
            expected += handled.contacts * usual;
        }
        if expected > 0.0 { took / expected } else { 1.0 }
    };
    let ratios: Vec<f64> = grid.horizon().dates().map(ratio).collect();
    Series::from_fn(grid, |slot| {
        let handling = came[slot].handling.get() * ratios[grid.day_of(slot)];
        Demand { handling: Factor::new(handling).unwrap_or(came[slot].handling), ..came[slot] }
    })
}

fn shortage(inputs: &Inputs, demands: &[Series<Demand>], published: &Published, roster: &Roster) -> Shortage {
    let requirements: Vec<_> = inputs.queues.iter().zip(demands).map(|(of, demand)| require_queue(&of.queue, demand)).collect();
    let problem = asked_of(inputs, &requirements, published);
    let covered = coverage(&problem, roster);
    let (interval, per_day) = (problem.grid.interval(), problem.grid.interval().per_day());
    let days = |of: &QueueCoverage| {
        (0..inputs.horizon.days).map(|day| of.missing_in(day * per_day..(day + 1) * per_day, &inputs.prices, interval)).collect()
    };
    covered.iter().map(days).collect()
}
