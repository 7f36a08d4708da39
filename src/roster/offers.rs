//! Overtime and voluntary-time-off offers: whom to ask to come in, stay longer or go home, with the effect and the cost of each.
//!
//! For a standing roster, a time span and its current requirement, every legal way to have one agent more or fewer on the desk is judged
//! by the understaffing penalty and by pay. The order of asking is greedy: the best offer first, the others judged again after it.

use crate::roster::check::check_person;
use crate::roster::count::coverage::{coverage, missing};
use crate::roster::count::pay::pay;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::breaks::Break;
use crate::roster::model::placement::with_shift;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::service::QueueId;
use crate::units::{Hours, Money};
use crate::workforce::AgentId;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

/// Kind of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfferKind {
    /// A shift on the agent's free day.
    ExtraShift,
    /// Staying on after the shift.
    Overtime,
    /// Leaving before the end of the shift.
    VoluntaryTimeOff,
}

/// One offer to one agent.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The agent.
    pub agent: AgentId,
    /// Kind of the offer.
    pub kind: OfferKind,
    /// Code of the shift to work, extend or shorten.
    pub shift: String,
    /// Start of the difference, by the agent's clocks.
    pub from: NaiveDateTime,
    /// End of the difference.
    pub until: NaiveDateTime,
    /// Additional hours worked; negative for time off.
    pub hours: f64,
    /// Reduction of understaffed agent-hours; negative for an increase.
    pub relieved_hours: f64,
    /// Reduction of the understaffing penalty.
    pub saved: Money,
    /// Additional pay due; negative where less is due.
    pub pay: Money,
    /// Rank in the order of asking; `None` where the offer is not worth its pay, at least not after those ranked before it.
    pub turn: Option<usize>,
    duty: Assignment,
    footprint: Footprint,
}

/// Effect of an offer on the desk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Footprint {
    queues: Vec<QueueId>,
    /// Bits of the agent's effectiveness, which can be ordered.
    effectiveness: u64,
    /// Time spans on the desk without the offer and with it.
    before: Vec<(NaiveDateTime, NaiveDateTime)>,
    after: Vec<(NaiveDateTime, NaiveDateTime)>,
}

/// Step of lengthening or shortening a shift and longest extension, in minutes.
const STEP: i64 = 60;
const MOST_LONGER: i64 = 180;
/// Tolerances below which a price counts as zero, and hours.
const NO_MONEY: Money = Money::constant(1e-6);
const NO_HOURS: f64 = 1e-6;

impl Offer {
    /// Penalty saved minus pay.
    #[must_use]
    pub fn gain(&self) -> Money {
        self.saved - self.pay
    }

    /// Additional pay for each additional hour, or pay saved for each hour of time off.
    fn pay_an_hour(&self) -> f64 {
        self.pay.get() / self.hours
    }

    /// The roster with the offer accepted.
    #[must_use]
    pub fn taken(&self, roster: &Roster) -> Roster {
        let others = roster.assignments.iter().filter(|duty| (&duty.agent, duty.date) != (&self.agent, self.duty.date));
        Roster { assignments: others.cloned().chain([self.duty.clone()]).collect() }
    }
}

/// All offers possible at `now` that make a difference within `when`: first those to ask, at most `asked`, in order; then the others by
/// pay per hour.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// // two agents are required from 09:00 to 17:00, and one is there
/// let roster = Roster { assignments: vec![with_shift(&problem, &problem.people[0], &problem.shifts[0], first)] };
/// let (midnight, end) = (problem.grid.start(0), problem.grid.end(23));
/// let asked = offers(&problem, &roster, midnight, midnight..end, 1);
/// assert_eq!((asked[0].agent.as_str(), asked[0].kind, asked[0].turn), ("B", OfferKind::ExtraShift, Some(1)));
/// assert!(asked[0].saved > asked[0].pay); // a full desk is worth more than the agent's pay
/// assert!(check(&problem, &asked[0].taken(&roster)).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn offers(problem: &RosterProblem, roster: &Roster, now: NaiveDateTime, when: Range<NaiveDateTime>, asked: usize) -> Vec<Offer> {
    let all = problem.people.par_iter().flat_map_iter(|person| of_person(problem, roster, person, now, &when));
    let mut round = Round { problem, roster: of_days(problem, roster, &when), left: all.collect(), chosen: Vec::new() };
    round.judge_all();
    while round.chosen.len() < asked && round.choose() {}
    round.judge_all();
    let mut others = best_of_each(round.left);
    others.sort_by(|a, b| a.pay_an_hour().total_cmp(&b.pay_an_hour()).then_with(|| (&a.agent, a.kind).cmp(&(&b.agent, b.kind))));
    round.chosen.into_iter().chain(others).collect()
}

/// Assignments that determine the effect of an offer: those of the days around `when`, or all where a service target covers longer.
fn of_days(problem: &RosterProblem, roster: &Roster, when: &Range<NaiveDateTime>) -> Roster {
    let (first, last) = (when.start.date() - TimeDelta::days(2), when.end.date() + TimeDelta::days(2));
    let over_more = problem.demand.iter().any(|demand| demand.worth.is_some());
    let counts = |duty: &&Assignment| over_more || (first..=last).contains(&duty.date);
    Roster { assignments: roster.assignments.iter().filter(counts).cloned().collect() }
}

/// Greedy selection of offers.
struct Round<'a> {
    problem: &'a RosterProblem,
    /// The roster with the chosen offers accepted.
    roster: Roster,
    left: Vec<Offer>,
    chosen: Vec<Offer>,
}

impl Round<'_> {
    /// Chooses the best offer and returns whether any is worthwhile. Each choice leaves less for the others to gain, so their earlier
    /// values are upper bounds: only the best is re-evaluated, until it stays the best.
    fn choose(&mut self) -> bool {
        let before = missing(&coverage(self.problem, &self.roster), self.problem.grid.interval());
        let mut fresh = vec![self.chosen.is_empty(); self.left.len()];
        loop {
            let worth_it = self.left.iter().enumerate().filter(|(_, offer)| is_worth_it(offer));
            // ties go to the first offer, that of the first person
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
                    (self.left[place].relieved_hours, self.left[place].saved) = self.changes(&self.left[place], before);
                    fresh[place] = true;
                }
                // some offers gain value: time off becomes possible once another agent comes in
                None if fresh.iter().any(|fresh| !fresh) => {
                    self.judge_all();
                    fresh = vec![true; self.left.len()];
                }
                None => return false,
            }
        }
    }

    /// Evaluates every offer beside the chosen ones, once for all with the same footprint.
    fn judge_all(&mut self) {
        let before = missing(&coverage(self.problem, &self.roster), self.problem.grid.interval());
        let mut alike: BTreeMap<&Footprint, Vec<usize>> = BTreeMap::new();
        for (place, offer) in self.left.iter().enumerate() {
            alike.entry(&offer.footprint).or_default().push(place);
        }
        let kinds: Vec<Vec<usize>> = alike.into_values().collect();
        let changes: Vec<(f64, Money)> = kinds.par_iter().map(|kind| self.changes(&self.left[kind[0]], before)).collect();
        for (kind, changes) in kinds.into_iter().zip(changes) {
            kind.into_iter().for_each(|place| (self.left[place].relieved_hours, self.left[place].saved) = changes);
        }
    }

    /// Reduction of understaffing by an offer, in agent-hours and in money.
    fn changes(&self, offer: &Offer, (short, price): (Hours, Money)) -> (f64, Money) {
        let covered = coverage(self.problem, &offer.taken(&self.roster));
        let (then_short, then_price) = missing(&covered, self.problem.grid.interval());
        (short.get() - then_short.get(), price - then_price)
    }
}

/// Whether an offer pays off: extra work must be worth its pay; time off must save pay without adding to understaffing.
fn is_worth_it(offer: &Offer) -> bool {
    offer.gain() > NO_MONEY && (offer.kind != OfferKind::VoluntaryTimeOff || offer.relieved_hours > -NO_HOURS)
}

/// Best offer of each agent and kind.
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
        // by the agent's own clocks
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
    // a night shift of the day before may reach into a pinned day off, and may end sooner
    offers.retain(|offer| offer.kind == OfferKind::VoluntaryTimeOff || !person.is_given_off(offer.from.date()));
    offers
}

/// A person to whom offers may be made.
struct Candidate<'a> {
    problem: &'a RosterProblem,
    person: &'a Person,
    duties: &'a [&'a Assignment],
}

impl Candidate<'_> {
    /// Extra shifts on a free day that begin after `now` and reach into the time span.
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

    /// Time off from the next full hour of the shift on, if at least an hour is left by then.
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
        // no offline activity is given up
        (shorter.offline_activities.len() == duty.offline_activities.len())
            .then(|| self.offer(OfferKind::VoluntaryTimeOff, (end, duty.end), shorter))
    }

    /// The duty if it breaks no further rule. Exceeding its template's times is the point of the offer.
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
            effectiveness: self.person.effectiveness.get().to_bits(),
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
            relieved_hours: 0.0,
            saved: Money::ZERO,
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
