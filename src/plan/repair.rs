//! A published roster mended after sick calls, hand edits or a new forecast.

use super::{Inputs, QueueRequirement, pooling, roster_problem};
use crate::budget::{Budget, Cut, Interruption};
use crate::roster::{
    self, Assignment, Change, Offer, OfferKind, QueueCoverage, Reach, Repaired, Restraint, Roster, RosterProblem, drop_impossible_pins,
    offers,
};
use crate::time::ClockTime;
use crate::workforce::{Absence, AgentId, Pin};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeSet;

/// A mended roster with what it was mended against.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The question put to the roster room.
    pub problem: RosterProblem,
    /// The roster and its changes.
    pub repaired: Repaired,
    /// Required against the roster as it was published.
    pub published: Vec<QueueCoverage>,
    /// Required against what it leaves once everybody is away who is.
    pub before: Vec<QueueCoverage>,
    /// Required against rostered.
    pub after: Vec<QueueCoverage>,
    /// What a planner has fixed and cannot be, beside what has begun and what else is fixed.
    pub unkept: Vec<Pin>,
    /// Absences that this repair and earlier ones were told of beside those of the plan.
    pub told: Vec<Absence>,
    /// Person-days that somebody had edited in the roster's file, as the mended roster keeps them.
    pub by_hand: Vec<Pin>,
    /// Those that it could not keep.
    pub undone: Vec<Change>,
    /// Who could be asked where more is missing than in the published roster, day by day; nobody has been.
    pub asks: Vec<Offer>,
    /// Why work on it was ended before it was done, if it was.
    pub interrupted: Option<Interruption>,
}

/// A roster that stands.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Who works when.
    pub roster: Roster,
    /// What its plan required; `None` if that is not known.
    pub required: Option<Required>,
    /// People of whom an absence is news: they are not asked again.
    pub called_in: BTreeSet<AgentId>,
    /// Absences that this repair and earlier ones are told of beside those of the plan, none over another.
    pub told: Vec<Absence>,
    /// Person-days that somebody has edited in the roster's file since it was written, as they stand now: a repair keeps them.
    pub by_hand: Vec<Pin>,
}

/// What the plan of a roster required.
#[derive(Clone, Debug)]
pub struct Required {
    /// The name of the file beside the roster that says it.
    pub file: &'static str,
    /// Agents beyond each queue's own need, below 0 where fewer were enough, by queue of the inputs and interval.
    pub added: Vec<Vec<f64>>,
    /// Agents in all, of the queues of which that is known.
    pub in_all: Vec<Option<Vec<f64>>>,
}

/// What is asked of a repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To keep what a planner has edited, and to change nothing else that no rule forces, but for holes that absences leave.
    Edits,
    /// To fill the holes that absences and a grown need leave.
    Holes,
    /// Whatever is worth its price.
    Anything,
}

/// How much a repair may change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// What it is asked for.
    pub asked: Asked,
    /// Days before, and shifts that have begun by then, stay.
    pub from: NaiveDateTime,
    /// Person-days that may change beside those that a planner has fixed; more only where absences and rules force more.
    pub most_changes: Option<usize>,
    /// People whose days may change so.
    pub most_people: Option<usize>,
}

/// Mends a roster of the inputs' people, absences and pins with few changes.
#[must_use]
pub fn repair(inputs: &Inputs, requirements: &[QueueRequirement], before: &Published, limits: &Limits, budget: &Budget) -> Mended {
    let mut problem = asked_of(inputs, requirements, before);
    pin_by_hand(&mut problem, &before.by_hand);
    let missed: Vec<&Assignment> = before.roster.assignments.iter().filter(|duty| inputs.is_away(duty)).collect();
    // what an unpaid absence takes is not done for pay
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

/// What somebody has edited in the roster's file is fixed, after all that is fixed already: an edit that cannot stand beside that, or breaks
/// a rule, gives way.
fn pin_by_hand(problem: &mut RosterProblem, by_hand: &[Pin]) {
    for person in &mut problem.people {
        let hers: Vec<&Pin> = by_hand.iter().filter(|pin| pin.agent == person.employee.id).collect();
        let is_edited = |pin: &Pin| hers.iter().any(|hand| hand.date == pin.date);
        let (replaced, mut pins): (Vec<Pin>, Vec<Pin>) = person.pins.drain(..).partition(is_edited);
        pins.extend(hers.into_iter().cloned());
        // what was fixed on such a day before holds where the edit cannot
        pins.extend(replaced);
        person.pins = pins;
    }
}

/// The edits that a mended roster does not keep, as changes, and those that it does.
fn kept_by_hand(repaired: &Repaired, by_hand: &[Pin]) -> (Vec<Change>, Vec<Pin>) {
    let is_of = |change: &Change, pin: &Pin| (change.date, &change.agent) == (pin.date, &pin.agent);
    let undone = repaired.changes.iter().filter(|change| by_hand.iter().any(|pin| is_of(change, pin))).cloned().collect();
    let is_kept = |pin: &&Pin| !repaired.changes.iter().any(|change| is_of(change, pin));
    (undone, by_hand.iter().filter(is_kept).cloned().collect())
}

/// Shifts that absences keep people from count as done.
fn excuse(problem: &mut RosterProblem, missed: &[&Assignment]) {
    for person in &mut problem.people {
        let known: BTreeSet<NaiveDate> = person.excused.iter().map(|duty| duty.date).collect();
        let hers = missed.iter().filter(|duty| duty.agent == person.employee.id && !known.contains(&duty.date));
        person.excused.extend(hers.map(|duty| (*duty).clone()));
        person.excused.sort_by_key(|duty| duty.start);
    }
}

/// Growth of a requirement, in agents, that is no rounding.
const GROWN: f64 = 0.01;

/// What may change beside what must. Holes are filled up to what the published roster gave each queue, or to the need where it has grown
/// since; where there are none, nothing is moved.
fn reach(problem: &RosterProblem, published: &Published, somebody_misses: bool, asked: Asked) -> Reach {
    match asked {
        Asked::Edits if !somebody_misses => return Reach::Forced,
        Asked::Anything => return Reach::Any,
        Asked::Edits | Asked::Holes => {}
    }
    // what a planner has taken away is no hole
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
            // over a longer stretch one interval makes up for another: what is wanted there is wanted as a whole
            if grown || demand.worth.is_some() { required } else { required.min(had.served[slot]) }
        };
        demand.required.iter().enumerate().map(of_slot).collect()
    });
    let wanted: Vec<Vec<f64>> = wanted.collect();
    if somebody_misses || has_grown { Reach::Holes(wanted) } else { Reach::Forced }
}

/// Days of which offers are looked for, and people who are named of each.
const DAYS_OFFERED: usize = 7;
const OFFERS_A_DAY: usize = 3;
/// Agent-hours missing that are none.
const NOT_MISSING: f64 = 0.01;

/// The first days on which more is missing than before.
fn days_shorter(problem: &RosterProblem, before: &[QueueCoverage], after: &[QueueCoverage], from: NaiveDate) -> Vec<NaiveDate> {
    let (grid, hours) = (problem.grid, problem.grid.interval().hours());
    let missing_on = |coverage: &[QueueCoverage], day: usize| {
        let slots = || (0..grid.len()).filter(move |&slot| grid.day_of(slot) == day);
        coverage.iter().map(|of| slots().map(|slot| of.short(slot)).sum::<f64>() * hours).sum::<f64>()
    };
    let days = (0..problem.horizon.days).filter(|&day| problem.horizon.date(day) >= from);
    let shorter = days.filter(|&day| missing_on(after, day) > missing_on(before, day) + NOT_MISSING);
    shorter.take(DAYS_OFFERED).map(|day| problem.horizon.date(day)).collect()
}

/// Who could be asked on a day, whoever costs least first; nobody who is spared, and nobody without notice.
fn asks(problem: &RosterProblem, roster: &Roster, restraint: &Restraint, date: NaiveDate) -> Vec<Offer> {
    let now = restraint.noticed_from();
    let when = now.max(ClockTime::MIDNIGHT.on(date))..ClockTime::DAY_END.on(date);
    if when.is_empty() {
        return Vec::new();
    }
    let mut asked = problem.clone();
    asked.people.retain(|person| !restraint.spared.contains(&person.employee.id));
    let all = offers(&asked, roster, now, when, OFFERS_A_DAY).into_iter();
    all.filter(|offer| offer.kind != OfferKind::VoluntaryTimeOff && offer.relieved > NOT_MISSING).take(OFFERS_A_DAY).collect()
}

/// What the service and the shortage of a roster are measured by: what its plan asked for; where that is not known, what each queue needs by
/// itself.
#[must_use]
pub fn measured_by(inputs: &Inputs, requirements: &[QueueRequirement], published: &Published) -> RosterProblem {
    if published.required.is_some() { asked_of(inputs, requirements, published) } else { roster_problem(inputs, requirements) }
}

/// What a roster that stands is asked for: what its plan asked for beside the needs of today. Where that is not known, each queue is asked
/// for as many agents as the roster gave it and no more than it needs by itself (what it did without before is no reason to change
/// anything), and where the need has grown, for at least what queues that share people need together.
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
