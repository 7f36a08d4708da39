//! Repair of a published roster after sick calls, hand edits or a new forecast.

use super::{Inputs, QueueRequirement, pooling, roster_problem};
use crate::budget::{Budget, Cut, Interruption};
use crate::roster::{
    self, Assignment, Change, Offer, OfferKind, QueueCoverage, Reach, Repaired, Restraint, Roster, RosterProblem, drop_impossible_pins,
    offers,
};
use crate::time::ClockTime;
use crate::units::{Agents, Hours};
use crate::workforce::{Absence, AgentId, Pin};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeSet;

/// A repaired roster and the problem it was repaired for.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The rostering problem.
    pub problem: RosterProblem,
    /// The roster and its changes.
    pub repaired: Repaired,
    /// Coverage of the roster as published.
    pub published: Vec<QueueCoverage>,
    /// Coverage of the published roster after absences.
    pub before: Vec<QueueCoverage>,
    /// Coverage of the repaired roster.
    pub after: Vec<QueueCoverage>,
    /// Pins that cannot be kept beside what has begun and other pins.
    pub unkept: Vec<Pin>,
    /// Absences reported to this repair and earlier ones, beside those of the plan.
    pub told: Vec<Absence>,
    /// Hand-edited person-days of the roster file, as the repaired roster keeps them.
    pub by_hand: Vec<Pin>,
    /// Hand edits that it could not keep.
    pub undone: Vec<Change>,
    /// Offers for days with more understaffing than the published roster; nobody has been asked.
    pub asks: Vec<Offer>,
    /// Reason for which the work ended early, if it did.
    pub interrupted: Option<Interruption>,
}

/// A published roster.
///
/// ```
/// use peakshift::{input::Folder, plan::{Published, Required, asked_of, forecast, measured_by, require}};
/// let inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap(); // three agents, one queue, one day
/// let requirements = require(&inputs, &forecast(&inputs)?);
/// // three agents are needed all day, and its plan asked for a fourth at 10:00, as simulation had shown
/// let mut added = vec![vec![0.0; 24]];
/// added[0][10] = 1.0;
/// let required = Some(Required { file: "requirement.csv", added, in_all: vec![None] });
/// let planned = Published { required, ..Published::default() };
/// assert_eq!(asked_of(&inputs, &requirements, &planned).demand[0].required[9..12], [3.0, 4.0, 3.0]);
/// assert_eq!(measured_by(&inputs, &requirements, &Published::default()).demand[0].required[9..12], [3.0; 3]); // of an unknown plan
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// The roster.
    pub roster: Roster,
    /// Requirement of its plan; `None` if unknown.
    pub required: Option<Required>,
    /// People with newly reported absences; they receive no offers.
    pub called_in: BTreeSet<AgentId>,
    /// Absences reported to this repair and earlier ones, beside those of the plan, without overlaps.
    pub told: Vec<Absence>,
    /// Person-days edited in the roster file since it was written, as they are now: a repair keeps them.
    pub by_hand: Vec<Pin>,
}

/// Requirement of a roster's plan.
#[derive(Clone, Debug)]
pub struct Required {
    /// Name of the file beside the roster that holds it.
    pub file: &'static str,
    /// Agents beyond each queue's own need, negative where fewer sufficed, by queue of the inputs and interval.
    pub added: Vec<Vec<f64>>,
    /// Total agents, for the queues for which they are known.
    pub in_all: Vec<Option<Vec<f64>>>,
}

/// Purpose of a repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Keep the planner's edits, and change nothing else except where rules force it or absences leave holes.
    Edits,
    /// Fill the holes left by absences and increased requirements.
    Holes,
    /// Any change worth its price.
    Anything,
}

/// Limits on the changes of a repair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Purpose.
    pub asked: Asked,
    /// Days before, and shifts that have begun by then, stay unchanged.
    pub from: NaiveDateTime,
    /// Maximum number of changed person-days, beside pinned ones; exceeded only where absences and rules force it.
    pub most_changes: Option<usize>,
    /// Maximum number of people with changed days, in the same sense.
    pub most_people: Option<usize>,
}

/// Repairs a roster for the inputs' people, absences and pins with few changes.
///
/// ```
/// use peakshift::{budget::Budget, input::Folder, roster::Reason, time::ClockTime, workforce::Absence};
/// use peakshift::plan::{Asked, Limits, Published, forecast, repair, require, roster};
/// let mut inputs = Folder::named("data/tiny".as_ref()).read().inputs.unwrap();
/// let (requirements, budget) = (require(&inputs, &forecast(&inputs)?), Budget::of_effort(1));
/// let roster = roster(&inputs, &requirements, &budget).solved.roster;
/// let (agent, start, end) = (roster.assignments[0].agent.clone(), roster.assignments[0].start, roster.assignments[0].end);
/// inputs.absences.push(Absence { agent, start, end, kind: "sick".into() });
/// let from = ClockTime::MIDNIGHT.on(inputs.horizon.first);
/// let limits = Limits { asked: Asked::Holes, from, most_changes: None, most_people: None };
/// let mended = repair(&inputs, &requirements, &Published { roster, ..Published::default() }, &limits, &budget);
/// // nobody is left to come instead
/// assert_eq!(mended.repaired.changes.iter().map(|change| change.reason).collect::<Vec<_>>(), [Reason::Away]);
/// # Ok::<(), peakshift::plan::PlanError>(())
/// ```
#[must_use]
pub fn repair(inputs: &Inputs, requirements: &[QueueRequirement], before: &Published, limits: &Limits, budget: &Budget) -> Mended {
    let mut problem = asked_of(inputs, requirements, before);
    pin_by_hand(&mut problem, &before.by_hand);
    let missed: Vec<&Assignment> = before.roster.assignments.iter().filter(|duty| inputs.is_away(duty)).collect();
    // hours lost to an unpaid absence do not count as worked
    let paid: Vec<&Assignment> = missed.iter().copied().filter(|duty| !inputs.is_away_unpaid(duty)).collect();
    excuse(&mut problem, &paid);
    let restraint = Restraint {
        price: inputs.prices.changed_day,
        from: limits.from,
        notice: inputs.rules.notice,
        spared: missed.iter().map(|duty| duty.agent.clone()).chain(before.called_in.iter().cloned()).collect(),
        reach: reach(&problem, before, !missed.is_empty(), limits.asked),
        most_changes: limits.most_changes,
        most_people: limits.most_people,
    };
    let unkept = drop_impossible_pins(&mut problem, &before.roster, &restraint);
    let present = before.roster.assignments.iter().filter(|duty| !inputs.is_away(duty));
    let present = Roster { assignments: present.cloned().collect() };
    let cut = Cut::default();
    let repaired = roster::repair(&problem, &before.roster, &restraint, inputs.seed, &budget.noting(&cut));
    let published = roster::coverage(&problem, &before.roster);
    let told = before.told.clone();
    let (undone, by_hand) = kept_by_hand(&repaired, &before.by_hand);
    let (before, after) = (roster::coverage(&problem, &present), roster::coverage(&problem, &repaired.solved.roster));
    let days = days_shorter(&problem, &published, &after, limits.from.date());
    let asks = days.into_iter().flat_map(|day| asks(&problem, &repaired.solved.roster, &restraint, day)).collect();
    Mended { problem, repaired, published, before, after, unkept, told, by_hand, undone, asks, interrupted: cut.interruption() }
}

/// Pins the hand edits of the roster file, after all existing pins: an edit that conflicts with those, or breaks a rule, gives way.
fn pin_by_hand(problem: &mut RosterProblem, by_hand: &[Pin]) {
    for person in &mut problem.people {
        let hers: Vec<&Pin> = by_hand.iter().filter(|pin| pin.agent == person.employee.id).collect();
        let is_edited = |pin: &Pin| hers.iter().any(|hand| hand.date == pin.date);
        let (replaced, mut pins): (Vec<Pin>, Vec<Pin>) = person.pins.drain(..).partition(is_edited);
        pins.extend(hers.into_iter().cloned());
        // an earlier pin of the day applies where the edit cannot
        pins.extend(replaced);
        person.pins = pins;
    }
}

/// Hand edits that a repaired roster does not keep, as changes, and those that it keeps.
fn kept_by_hand(repaired: &Repaired, by_hand: &[Pin]) -> (Vec<Change>, Vec<Pin>) {
    let is_of = |change: &Change, pin: &Pin| (change.date, &change.agent) == (pin.date, &pin.agent);
    let undone = repaired.changes.iter().filter(|change| by_hand.iter().any(|pin| is_of(change, pin))).cloned().collect();
    let is_kept = |pin: &&Pin| !repaired.changes.iter().any(|change| is_of(change, pin));
    (undone, by_hand.iter().filter(is_kept).cloned().collect())
}

/// Counts shifts prevented by absences as worked.
fn excuse(problem: &mut RosterProblem, missed: &[&Assignment]) {
    for person in &mut problem.people {
        let known: BTreeSet<NaiveDate> = person.excused.iter().map(|duty| duty.date).collect();
        let hers = missed.iter().filter(|duty| duty.agent == person.employee.id && !known.contains(&duty.date));
        person.excused.extend(hers.map(|duty| (*duty).clone()));
        person.excused.sort_by_key(|duty| duty.start);
    }
}

/// Smallest growth of a requirement, in agents, that is no rounding error.
const GROWN: f64 = 0.01;

/// Optional changes beside the forced ones. Holes are filled up to what the published roster gave each queue, or to the requirement where
/// it has grown since; without holes, nothing is moved.
fn reach(problem: &RosterProblem, published: &Published, somebody_misses: bool, asked: Asked) -> Reach {
    match asked {
        Asked::Edits if !somebody_misses => return Reach::Forced,
        Asked::Anything => return Reach::Any,
        Asked::Edits | Asked::Holes => {}
    }
    // a shift that the planner removed is no hole
    let pinned = |duty: &Assignment| {
        let person = problem.people.iter().find(|person| person.employee.id == duty.agent);
        person.and_then(|person| person.pinned(duty.date)).is_some_and(|pin| pin.shift.as_ref() != Some(&duty.shift))
    };
    let stands = published.roster.assignments.iter().filter(|duty| !pinned(duty)).cloned();
    let had = roster::coverage(problem, &Roster { assignments: stands.collect() });
    let mut has_grown = false;
    let wanted = problem.demand.iter().zip(&had).enumerate().map(|(queue, (demand, had))| {
        let known = published.required.as_ref().and_then(|of| of.in_all.get(queue)?.as_ref());
        let of_slot = |(slot, &required): (usize, &f64)| {
            let grown = asked == Asked::Holes && known.is_some_and(|known| required > known[slot] + GROWN);
            has_grown |= grown;
            // over a longer period one interval makes up for another, so its target counts as a whole
            if grown || demand.worth.is_some() { required } else { required.min(had.served[slot]) }
        };
        demand.required.iter().enumerate().map(of_slot).collect()
    });
    let wanted: Vec<Vec<f64>> = wanted.collect();
    if somebody_misses || has_grown { Reach::Holes(wanted) } else { Reach::Forced }
}

/// Number of days with offers, and of offers for each.
const DAYS_OFFERED: usize = 7;
const OFFERS_A_DAY: usize = 3;
/// Understaffed agent-hours below which a day counts as staffed.
const NOT_MISSING: Hours = Hours::constant(0.01);

/// The first days with more understaffing than before.
fn days_shorter(problem: &RosterProblem, before: &[QueueCoverage], after: &[QueueCoverage], from: NaiveDate) -> Vec<NaiveDate> {
    let (grid, length) = (problem.grid, problem.grid.interval().hours());
    let missing_on = |coverage: &[QueueCoverage], day: usize| {
        let slots = || (0..grid.len()).filter(move |&slot| grid.day_of(slot) == day);
        coverage.iter().map(|of| slots().map(|slot| of.short(slot)).sum::<Agents>() * length).sum::<Hours>()
    };
    let days = (0..problem.horizon.days).filter(|&day| problem.horizon.date(day) >= from);
    let shorter = days.filter(|&day| missing_on(after, day) > missing_on(before, day) + NOT_MISSING);
    shorter.take(DAYS_OFFERED).map(|day| problem.horizon.date(day)).collect()
}

/// Offers for a day, cheapest first, except to spared people and those without notice.
fn asks(problem: &RosterProblem, roster: &Roster, restraint: &Restraint, date: NaiveDate) -> Vec<Offer> {
    let now = restraint.noticed_from();
    let when = now.max(ClockTime::MIDNIGHT.on(date))..ClockTime::DAY_END.on(date);
    if when.is_empty() {
        return Vec::new();
    }
    let mut asked = problem.clone();
    asked.people.retain(|person| !restraint.spared.contains(&person.employee.id));
    let all = offers(&asked, roster, now, when, OFFERS_A_DAY).into_iter();
    all.filter(|offer| offer.kind != OfferKind::VoluntaryTimeOff && offer.relieved_hours > NOT_MISSING.get()).take(OFFERS_A_DAY).collect()
}

/// Problem against which a roster's service and shortage are measured: the requirement of its plan, or each queue's own need where that is
/// unknown.
#[must_use]
pub fn measured_by(inputs: &Inputs, requirements: &[QueueRequirement], published: &Published) -> RosterProblem {
    if published.required.is_some() { asked_of(inputs, requirements, published) } else { roster_problem(inputs, requirements) }
}

/// Problem of a published roster: the agents its plan added, on top of current needs. Where the plan is unknown, each queue requires as
/// many agents as the roster gave it, at most its own need (an old shortfall is no reason for changes), and where needs have grown, at
/// least the pooled need of queues with shared people.
#[must_use]
pub fn asked_of(inputs: &Inputs, requirements: &[QueueRequirement], published: &Published) -> RosterProblem {
    let mut problem = roster_problem(inputs, requirements);
    problem.keep_offline_activities(&published.roster);
    if let Some(Required { added, .. }) = &published.required {
        for (demand, added) in problem.demand.iter_mut().zip(added) {
            for (slot, &more) in added.iter().enumerate() {
                if demand.worth.is_none() || more > 0.0 {
                    demand.raise(slot, more.max(-demand.required[slot]));
                }
            }
        }
        return problem;
    }
    let had = roster::coverage(&problem, &published.roster);
    let needed = problem.demand.clone();
    pooling::begin_low(inputs, requirements, &mut problem);
    for ((demand, needed), had) in problem.demand.iter_mut().zip(&needed).zip(&had) {
        for (slot, required) in demand.required.iter_mut().enumerate().filter(|_| needed.worth.is_none()) {
            *required = had.served[slot].max(*required).min(needed.required[slot]);
        }
    }
    problem
}
