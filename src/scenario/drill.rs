//! Drill: a surprise simulated on a published roster, with its effect on service, the recovery, and people who could be called in.

use super::apply::apply_beside;
use super::{Change, Scenario};
use crate::budget::Budget;
use crate::plan::{Inputs, PlanError, QueueRequirement, expected_arrivals, forecast, require, roster_problem, simulate_arrivals, verdict};
use crate::roster::{Assignment, Offer, QueueCoverage, Roster, RosterProblem, Stint, coverage, offers};
use crate::service::{Channel, Queue, QueueId, ServiceTarget};
use crate::simulate::{Attained, Figure, Verdict};
use crate::time::ClockTime;
use crate::units::Hours;
use chrono::NaiveDateTime;
use std::ops::Range;

/// Result of a drill.
#[derive(Clone, Debug)]
pub struct Drill {
    /// Name of the surprise.
    pub name: String,
    /// Inputs under the surprise.
    pub inputs: Inputs,
    /// Requirements under the surprise.
    pub requirements: Vec<QueueRequirement>,
    /// Coverage of those with the people present.
    pub coverage: Vec<QueueCoverage>,
    /// Service under the surprise.
    pub attained: Vec<Attained>,
    /// Service without it, for the same contacts.
    pub undisturbed: Vec<Attained>,
    /// Recovery of each affected queue.
    pub recoveries: Vec<Recovery>,
    /// Absent people who would have worked.
    pub away: usize,
    /// Offers to come or to stay, in order of preference.
    pub reserve: Vec<Offer>,
}

/// An affected queue and its recovery.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovery {
    /// Identifier of the queue.
    pub queue: QueueId,
    /// Start of the surprise there.
    pub struck: NaiveDateTime,
    /// End of the surprise: contacts and people are as planned again.
    pub over: NaiveDateTime,
    /// Time from which, until the queue closes, no interval misses a target that it would have met anyway; `None` if there is none before
    /// it closes.
    pub recovered: Option<NaiveDateTime>,
    /// Interval with the largest share of contacts outside the service-level threshold.
    pub worst: NaiveDateTime,
    /// Service level of that interval: contacts answered within the queue's time over contacts offered.
    pub worst_level: f64,
    /// Mean wait of that interval in seconds.
    pub worst_wait: f64,
}

/// Maximum number of offers after a surprise.
const MOST_ASKED: usize = 12;

/// Simulates surprises, one at a time, on a roster. Their changes of contacts, handling times, bots and people apply; changed rules have no
/// effect on a published roster. Added people are at the desk from their first moment to their last.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, plan::{forecast, require, roster}, time::read_stamp, units::Factor};
/// use peakshift::scenario::{Change, Scenario, When, drill};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let budget = Budget::of_effort(1);
/// let roster = roster(&inputs, &require(&inputs, &forecast(&inputs)?), &budget).solved.roster;
/// let when = When { from: Some(read_stamp("2026-11-30T11:00")?), until: Some(read_stamp("2026-11-30T12:00")?), ..When::default() };
/// let surge = Change::Volume { queue: None, when, factor: Factor::new(4.0)? };
/// let drills = drill(&inputs, &roster, &[Scenario { name: "surge".into(), changes: vec![surge] }], &budget)?;
/// let hurt = &drills[0].recoveries[0];
/// assert_eq!(hurt.over, read_stamp("2026-11-30T12:00")?);
/// assert!(hurt.recovered.is_some_and(|back| back > hurt.over)); // the queue of callers outlasts the surge
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`PlanError`] if a queue cannot be forecast.
pub fn drill(inputs: &Inputs, roster: &Roster, surprises: &[Scenario], budget: &Budget) -> Result<Vec<Drill>, PlanError> {
    let requirements = require(inputs, &forecast(inputs)?);
    let problem = roster_problem(inputs, &requirements);
    let planned = Planned { inputs, cover: coverage(&problem, roster), attained: play(inputs, &requirements, &problem, roster, budget) };
    surprises.iter().map(|surprise| planned.drill(&requirements, roster, surprise, budget)).collect()
}

fn play(inputs: &Inputs, requirements: &[QueueRequirement], problem: &RosterProblem, roster: &Roster, budget: &Budget) -> Vec<Attained> {
    simulate_arrivals(inputs, requirements, problem, roster, expected_arrivals, budget)
}

/// Days as planned.
struct Planned<'a> {
    inputs: &'a Inputs,
    cover: Vec<QueueCoverage>,
    attained: Vec<Attained>,
}

impl Planned<'_> {
    fn drill(&self, before: &[QueueRequirement], roster: &Roster, surprise: &Scenario, budget: &Budget) -> Result<Drill, PlanError> {
        let inputs = apply_beside(self.inputs, surprise, Some(roster));
        let requirements = require(&inputs, &forecast(&inputs)?);
        let problem = roster_problem(&inputs, &requirements);
        let present = present(&inputs, roster);
        let away = roster.assignments.len() - present.assignments.len();
        let there = joined_by(self.inputs, &inputs, surprise, &present);
        let attained = play(&inputs, &requirements, &problem, &there, budget);
        let covered = coverage(&problem, &there);
        let recovery = |queue: usize| {
            let changed = |slot: &usize| {
                let (was, is) = (&before[queue].need[*slot], &requirements[queue].need[*slot]);
                let others = (self.cover[queue].able[*slot] - covered[queue].able[*slot]).abs() > 1e-9;
                was.contacts != is.contacts || (is.contacts.get() > 0.0 && (was.handling != is.handling || others))
            };
            let slots: Vec<usize> = (0..problem.grid.len()).filter(changed).collect();
            let struck = slots.first().copied()?..slots.last().copied()? + 1;
            Some(self.recovery(queue, &inputs, &requirements[queue], &attained[queue], struck))
        };
        let recoveries: Vec<Recovery> = (0..inputs.queues.len()).filter_map(recovery).flatten().collect();
        let reserve = reserve(&problem, &present, &recoveries);
        Ok(Drill {
            name: surprise.name.clone(),
            requirements,
            coverage: covered,
            attained,
            undisturbed: self.attained.clone(),
            recoveries,
            away,
            reserve,
            inputs,
        })
    }

    /// `None` if the queue is not affected.
    fn recovery(
        &self,
        queue: usize,
        inputs: &Inputs,
        requirement: &QueueRequirement,
        attained: &Attained,
        struck: Range<usize>,
    ) -> Option<Recovery> {
        let (of, grid) = (&inputs.queues[queue].queue, requirement.need.grid());
        // occupancy is no measure of service
        let served = Queue {
            targets: of.targets.iter().filter(|target| !matches!(target, ServiceTarget::Occupancy(_))).copied().collect(),
            ..of.clone()
        };
        let before = &self.attained[queue];
        let missed = |attained: &Attained, slot: usize| {
            requirement.need[slot].contacts.get() > 0.0 && verdict(&served, attained, slot) >= Verdict::LikelyMissed
        };
        let is_worse = |slot: usize| {
            let more = |figure| attained.difference(before, figure, |other| other == slot);
            let (level, wait) = (more(Figure::ServiceLevel), more(Figure::MeanWait));
            (level.value < 0.0 && level.is_significant()) || (wait.value > 0.0 && wait.is_significant())
        };
        let is_hurt = |slot: &usize| missed(attained, *slot) && (!missed(before, *slot) || is_worse(*slot));
        // deferred work continues on the next day; all else ends with the day's last contact
        let closes = |slot: &usize| !of.hours.is_open(grid.start(*slot)) && *slot >= struck.end;
        let end = (struck.end..grid.len()).find(|slot| of.channel != Channel::Deferred && closes(slot)).unwrap_or(grid.len());
        let hurt: Vec<usize> = (struck.start..end).filter(is_hurt).collect();
        let last = *hurt.last()?;
        let late = |slot: usize| attained.service_level(slot..slot + 1).value;
        let worst = hurt.iter().copied().min_by(|a, b| late(*a).total_cmp(&late(*b)))?;
        Some(Recovery {
            queue: of.id.clone(),
            struck: grid.start(struck.start),
            over: grid.end(struck.end - 1),
            recovered: (last + 1 < end).then(|| grid.end(last)),
            worst: grid.start(worst),
            worst_level: late(worst),
            worst_wait: attained.asa(worst..worst + 1).value,
        })
    }
}

/// Offers from the first moment that a queue is affected until all have recovered.
fn reserve(problem: &RosterProblem, present: &Roster, recoveries: &[Recovery]) -> Vec<Offer> {
    let Some(from) = recoveries.iter().map(|recovery| recovery.struck).min() else { return Vec::new() };
    let day_end = |of: &Recovery| ClockTime::DAY_END.on(of.over.date().max(of.struck.date()));
    let until = recoveries.iter().map(|of| of.recovered.unwrap_or_else(|| day_end(of)).max(of.over)).max().unwrap_or(from);
    // offers are made before the day begins
    let asked = ClockTime::MIDNIGHT.on(from.date());
    offers(problem, present, asked, from..until, MOST_ASKED).into_iter().filter(|offer| offer.hours > 0.0).collect()
}

/// The roster without the shifts of absent people and leavers.
fn present(inputs: &Inputs, roster: &Roster) -> Roster {
    let is_there = |duty: &&Assignment| inputs.employees.iter().any(|employee| employee.id == duty.agent) && !inputs.is_away(duty);
    Roster { assignments: roster.assignments.iter().filter(is_there).cloned().collect() }
}

/// The roster with the people added by a surprise.
fn joined_by(before: &Inputs, inputs: &Inputs, surprise: &Scenario, present: &Roster) -> Roster {
    let (first, end) = (ClockTime::MIDNIGHT.on(inputs.horizon.first), ClockTime::MIDNIGHT.on(inputs.horizon.end()));
    let known = before.employees.len().min(inputs.employees.len());
    let mut roster = present.clone();
    let mut added = inputs.employees[known..].iter();
    for change in &surprise.changes {
        let Change::ExtraPeople(recruits) = change else { continue };
        let (start, end) = (recruits.from.unwrap_or(first).max(first), recruits.until.unwrap_or(end).min(end));
        roster.assignments.extend(added.by_ref().take(recruits.count).filter(|_| start < end).map(|extra| Assignment {
            date: start.date(),
            agent: extra.id.clone(),
            shift: String::new(),
            start,
            end,
            meals: Vec::new(),
            rests: Vec::new(),
            offline_activities: Vec::new(),
            stints: vec![Stint { start, end, queues: extra.skills.clone() }],
            paid: Hours::new((end - start).num_minutes() as f64 / 60.0).expect("a shift ends after it begins"),
            pinned: false,
        }));
    }
    roster
}
