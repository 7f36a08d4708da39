//! Who could be asked to come in, to stay longer or to go home, what would it change and what would it cost?
//!
//! A roster that stands, a stretch of time and what is required in it now: every legal way to have one person more or fewer at the desk, each
//! judged by the price of what is then missing and by pay. Whom to ask first is found one by one, the best each time.

use crate::roster::check::check_person;
use crate::roster::count::coverage::{coverage, missing};
use crate::roster::count::pay::pay;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::breaks::Break;
use crate::roster::model::placement::with_shift;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::service::QueueId;
use crate::units::Hours;
use crate::workforce::AgentId;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

/// What somebody is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfferKind {
    /// To work a shift on a day that is free for her.
    ExtraShift,
    /// To stay after her shift.
    Overtime,
    /// To go home before her shift ends.
    VoluntaryTimeOff,
}

/// One thing that one person could be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Who.
    pub agent: AgentId,
    /// What for.
    pub kind: OfferKind,
    /// The shift she would work, stay after or leave.
    pub shift: String,
    /// From when it makes a difference, by her clocks.
    pub from: NaiveDateTime,
    /// Until when.
    pub until: NaiveDateTime,
    /// Hours that she works more; below 0 where she goes home.
    pub hours: f64,
    /// Agent-hours that are missing less; below 0 where more are missing.
    pub relieved: f64,
    /// The price of what is missing, less by so much.
    pub saved: f64,
    /// Pay that is due beyond what is due anyway; below 0 where less is.
    pub pay: f64,
    /// Whether she is to be asked, and as which one; `None` where it is not worth its pay, or others are asked before her who make it so.
    pub turn: Option<usize>,
    duty: Assignment,
    footprint: Footprint,
}

/// What an offer changes at the desk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Footprint {
    queues: Vec<QueueId>,
    /// The bits of what she is worth there.
    effectiveness: u64,
    /// When she is there without it and with it.
    before: Vec<(NaiveDateTime, NaiveDateTime)>,
    after: Vec<(NaiveDateTime, NaiveDateTime)>,
}

/// Steps in which a shift is made longer or shorter, and by how much it is made longer at most, in minutes.
const STEP: i64 = 60;
const MOST_LONGER: i64 = 180;
/// A price of nothing.
const NOTHING: f64 = 1e-6;

impl Offer {
    /// What it is worth less its pay.
    #[must_use]
    pub fn gain(&self) -> f64 {
        self.saved - self.pay
    }

    /// A roster with what she is asked for.
    #[must_use]
    pub fn taken(&self, roster: &Roster) -> Roster {
        let others = roster.assignments.iter().filter(|duty| (&duty.agent, duty.date) != (&self.agent, self.duty.date));
        Roster { assignments: others.cloned().chain([self.duty.clone()]).collect() }
    }
}

/// All that people could be asked for at a moment, `now`, that makes a difference in a stretch of time, `when`: who is to be asked first in
/// front, then whoever costs least for an hour. `asked` is how many are to be asked at most.
#[must_use]
pub fn offers(problem: &RosterProblem, roster: &Roster, now: NaiveDateTime, when: Range<NaiveDateTime>, asked: usize) -> Vec<Offer> {
    let all = problem.people.par_iter().flat_map_iter(|person| of_person(problem, roster, person, now, &when));
    let mut round = Round { problem, roster: of_days(problem, roster, &when), left: all.collect(), chosen: Vec::new() };
    round.judge_all();
    while round.chosen.len() < asked && round.choose() {}
    round.judge_all();
    let mut others = best_of_each(round.left);
    others.sort_by(|a, b| (a.pay / a.hours).total_cmp(&(b.pay / b.hours)).then_with(|| (&a.agent, a.kind).cmp(&(&b.agent, b.kind))));
    round.chosen.into_iter().chain(others).collect()
}

/// The part of a roster on which it depends what an offer changes: the days around the stretch; all of it where a promise is kept over more.
fn of_days(problem: &RosterProblem, roster: &Roster, when: &Range<NaiveDateTime>) -> Roster {
    let (first, last) = (when.start.date() - TimeDelta::days(2), when.end.date() + TimeDelta::days(2));
    let over_more = problem.demand.iter().any(|demand| demand.worth.is_some());
    let counts = |duty: &&Assignment| over_more || (first..=last).contains(&duty.date);
    Roster { assignments: roster.assignments.iter().filter(counts).cloned().collect() }
}

/// Offers that are taken one by one.
struct Round<'a> {
    problem: &'a RosterProblem,
    /// The roster with those that are taken.
    roster: Roster,
    left: Vec<Offer>,
    chosen: Vec<Offer>,
}

impl Round<'_> {
    /// Takes the best offer; whether there is one that is worth it. Whoever is taken leaves less to the others, so what was worked out for them
    /// before is the most that they can be worth: only the best is looked at anew, until it stays the best.
    fn choose(&mut self) -> bool {
        let before = missing(&coverage(self.problem, &self.roster), self.problem.grid.interval().hours());
        let mut fresh = vec![self.chosen.is_empty(); self.left.len()];
        loop {
            let worth_it = self.left.iter().enumerate().filter(|(_, offer)| is_worth_it(offer));
            // of equals the first, that is the one of the first person
            let best = worth_it.max_by(|a, b| a.1.gain().total_cmp(&b.1.gain()).then(b.0.cmp(&a.0))).map(|(place, _)| place);
            match best {
                Some(place) if fresh[place] => {
                    let mut offer = self.left.remove(place);
                    self.left.retain(|other| other.agent != offer.agent);
                    self.roster = offer.taken(&self.roster);
                    offer.turn = Some(self.chosen.len() + 1);
                    self.chosen.push(offer);
                    return true;
                }
                Some(place) => {
                    (self.left[place].relieved, self.left[place].saved) = self.changes(&self.left[place], before);
                    fresh[place] = true;
                }
                // some can also be worth more than before: who may go home now that another comes
                None if fresh.iter().any(|fresh| !fresh) => {
                    self.judge_all();
                    fresh = vec![true; self.left.len()];
                }
                None => return false,
            }
        }
    }

    /// Works out for each what it would change beside those that are taken; once for all whom nothing tells apart at the desk.
    fn judge_all(&mut self) {
        let before = missing(&coverage(self.problem, &self.roster), self.problem.grid.interval().hours());
        let mut alike: BTreeMap<&Footprint, Vec<usize>> = BTreeMap::new();
        for (place, offer) in self.left.iter().enumerate() {
            alike.entry(&offer.footprint).or_default().push(place);
        }
        let kinds: Vec<Vec<usize>> = alike.into_values().collect();
        let changes: Vec<(f64, f64)> = kinds.par_iter().map(|kind| self.changes(&self.left[kind[0]], before)).collect();
        for (kind, changes) in kinds.into_iter().zip(changes) {
            kind.into_iter().for_each(|place| (self.left[place].relieved, self.left[place].saved) = changes);
        }
    }

    /// By how much less is missing, in agent-hours and in money.
    fn changes(&self, offer: &Offer, (short, price): (f64, f64)) -> (f64, f64) {
        let covered = coverage(self.problem, &offer.taken(&self.roster));
        let (then_short, then_price) = missing(&covered, self.problem.grid.interval().hours());
        (short - then_short, price - then_price)
    }
}

/// Whoever comes or stays must be worth her pay; whoever goes home must save hers and not be missed.
fn is_worth_it(offer: &Offer) -> bool {
    offer.gain() > NOTHING && (offer.kind != OfferKind::VoluntaryTimeOff || offer.relieved > -NOTHING)
}

/// Of one person's ways to do the same, the one that is worth most.
fn best_of_each(offers: Vec<Offer>) -> Vec<Offer> {
    let mut best: BTreeMap<(AgentId, OfferKind), Offer> = BTreeMap::new();
    for offer in offers {
        match best.entry((offer.agent.clone(), offer.kind)) {
            Entry::Vacant(place) => {
                place.insert(offer);
            }
            Entry::Occupied(mut known) if offer.gain() > known.get().gain() => {
                known.insert(offer);
            }
            Entry::Occupied(_) => {}
        }
    }
    best.into_values().collect()
}

fn of_person(problem: &RosterProblem, roster: &Roster, person: &Person, now: NaiveDateTime, when: &Range<NaiveDateTime>) -> Vec<Offer> {
    let duties: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
    let candidate = Candidate { problem, person, duties: &duties };
    let mut offers = Vec::new();
    for date in problem.horizon.dates().filter(|date| *date <= when.end.date() && *date + TimeDelta::days(1) >= when.start.date()) {
        // by her own clocks
        let ahead = TimeDelta::minutes(i64::from(person.employee.ahead_on(date)));
        let (now, when) = (now + ahead, when.start + ahead..when.end + ahead);
        match duties.iter().find(|duty| duty.date == date) {
            Some(duty) if duty.start < when.end && duty.end > now => {
                let longer = (1..=MOST_LONGER / STEP).map(|step| duty.end + TimeDelta::minutes(step * STEP));
                let helps = longer.filter(|end| when.start < *end && *end <= when.end);
                offers.extend(helps.filter_map(|end| candidate.stay_on(duty, end)));
                offers.extend(candidate.go_home(duty, duty.start.max(now).max(when.start)));
            }
            Some(_) => {}
            None => offers.extend(candidate.come_in(date, now, &when)),
        }
    }
    // a night of the day before may reach into a day off, and end sooner
    offers.retain(|offer| offer.kind == OfferKind::VoluntaryTimeOff || !person.is_given_off(offer.from.date()));
    offers
}

/// Somebody who could be asked.
struct Candidate<'a> {
    problem: &'a RosterProblem,
    person: &'a Person,
    duties: &'a [&'a Assignment],
}

impl Candidate<'_> {
    /// Every shift of a free day that begins and helps in time.
    fn come_in(&self, date: NaiveDate, now: NaiveDateTime, when: &Range<NaiveDateTime>) -> Vec<Offer> {
        let ahead = self.person.employee.ahead_on(date);
        let shifts = self.problem.shifts.iter().filter(|shift| !shift.is_reserve && shift.ahead == ahead);
        let in_time = shifts.filter(|shift| shift.start_on(date) >= now && shift.start_on(date) < when.end);
        let duties = in_time.map(|shift| with_shift(self.problem, self.person, shift, date)).filter(|duty| duty.end > when.start);
        duties.filter_map(|duty| Some(self.offer(OfferKind::ExtraShift, (duty.start, duty.end), self.legal(duty)?))).collect()
    }

    fn stay_on(&self, duty: &Assignment, end: NaiveDateTime) -> Option<Offer> {
        let longer = Assignment { end, paid: plus(duty.paid, (end - duty.end).num_minutes()), ..duty.clone() };
        Some(self.offer(OfferKind::Overtime, (duty.end, end), self.legal(longer)?))
    }

    /// Home from the next full hour of her shift on, if an hour of it is left by then.
    fn go_home(&self, duty: &Assignment, from: NaiveDateTime) -> Option<Offer> {
        let worked = (from - duty.start).num_minutes();
        let end = duty.start + TimeDelta::minutes((worked + STEP - 1) / STEP * STEP);
        let left = (duty.end - end).num_minutes();
        let is_pause = duty.meals.iter().chain(&duty.rests).any(|pause| pause.start < end && end < pause.end());
        if left < STEP || end <= duty.start || is_pause || duty.pinned {
            return None;
        }
        let meals: i64 = duty.meals.iter().filter(|meal| meal.start >= end).map(|meal| i64::from(meal.minutes)).sum();
        let before = |pauses: &[Break]| pauses.iter().filter(|pause| pause.start < end).copied().collect();
        let mut shorter = Assignment { end, paid: plus(duty.paid, meals - left), ..duty.clone() };
        (shorter.meals, shorter.rests) = (before(&duty.meals), before(&duty.rests));
        shorter.offline_activities.retain(|offline| offline.end <= end);
        // nothing that she is needed for elsewhere is given up
        (shorter.offline_activities.len() == duty.offline_activities.len())
            .then(|| self.offer(OfferKind::VoluntaryTimeOff, (end, duty.end), shorter))
    }

    /// The duty, if with it no rule breaks that is kept without it; that it is longer than its shift is what she is asked for.
    fn legal(&self, duty: Assignment) -> Option<Assignment> {
        let broken = |duties: &[&Assignment]| {
            let violations = check_person(self.problem, self.person, duties).into_iter();
            violations.filter(|found| !["shift_times", "paid_hours"].contains(&found.rule)).count()
        };
        let with = self.with(&duty);
        (broken(&with) <= broken(self.duties)).then_some(duty)
    }

    fn with<'b>(&'b self, duty: &'b Assignment) -> Vec<&'b Assignment> {
        let mut duties: Vec<&Assignment> = self.duties.iter().copied().filter(|other| other.date != duty.date).chain([duty]).collect();
        duties.sort_by_key(|duty| duty.start);
        duties
    }

    fn offer(&self, kind: OfferKind, (from, until): (NaiveDateTime, NaiveDateTime), duty: Assignment) -> Offer {
        let known = self.duties.iter().find(|known| known.date == duty.date);
        let at_desk = |duty: &Assignment| self.person.desk_stretches(duty).collect::<Vec<_>>();
        let footprint = Footprint {
            queues: self.person.employee.skills.clone(),
            effectiveness: self.person.effectiveness.to_bits(),
            before: known.map_or_else(Vec::new, |known| at_desk(known)),
            after: at_desk(&duty),
        };
        let due = |duties: &[&Assignment]| pay(self.problem, self.person, duties);
        Offer {
            agent: self.person.employee.id.clone(),
            kind,
            shift: duty.shift.clone(),
            from,
            until,
            hours: duty.paid.get() - known.map_or(0.0, |known| known.paid.get()),
            relieved: 0.0,
            saved: 0.0,
            pay: due(&self.with(&duty)) - due(self.duties),
            turn: None,
            footprint,
            duty,
        }
    }
}

fn plus(hours: Hours, minutes: i64) -> Hours {
    Hours::new((hours.get() + minutes as f64 / 60.0).max(0.0)).expect("no less than no hours are left")
}
