//! Never "infeasible": what could give way, what that would save and what it would cost.
//!
//! Each relaxation makes another problem of the one at hand; the roster is mended for it with few changes, as after a sick call, and what
//! differs is who would do what. What is found is a legal roster but for what gave way, so its savings are certain; a longer search could
//! find more. Those worth most are tried together, one after the other, as long as each adds something.

use super::courtesy::Restraint;
use super::repair::{Change, repair};
use crate::budget::Budget;
use crate::roster::count::coverage::{coverage, missing};
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::overlap;
use crate::roster::model::time_account::TimeAccount;
use crate::service::QueueId;
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{Factor, Hours};
use crate::workforce::{AgentId, Employee, Level, Protection};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Something that could give way. Law is not among them.
#[derive(Clone, Debug, PartialEq)]
pub enum Relaxation {
    /// One late shift a week more for everybody.
    LateShift,
    /// One day running more for everybody.
    DayRunning,
    /// Less rest between two shifts: so many hours.
    Rest(Hours),
    /// No weekend day off in two weeks.
    Weekend,
    /// One free weekend in four less.
    FreeWeekend,
    /// Training at another time.
    Training,
    /// So many trained people more like those of a contract who serve these queues.
    Hire {
        /// The contract's name.
        contract: String,
        /// What they serve.
        queues: Vec<QueueId>,
        /// How many.
        people: usize,
    },
    /// These people trained for one more queue.
    CrossTraining {
        /// The queue they could serve too.
        queue: QueueId,
        /// Who.
        agents: Vec<AgentId>,
    },
}

/// What relaxations are good for.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// What gives way, all at once.
    pub relaxations: Vec<Relaxation>,
    /// Who would do something else.
    pub changes: Vec<Change>,
    /// Agent-hours missing then.
    pub short: Hours,
    /// The price of what would be missing no more.
    pub saved: f64,
    /// What would be paid more.
    pub pay: f64,
}

impl Relief {
    /// What is saved beyond what is paid.
    #[must_use]
    pub fn worth(&self) -> f64 {
        self.saved - self.pay
    }
}

/// What a roster is short of and what would relieve it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliefs {
    /// Agent-hours missing now.
    pub short: Hours,
    /// Single relaxations that are worth something, the best first.
    pub alone: Vec<Relief>,
    /// The set that is worth most, of two or more; none where one alone is.
    pub together: Option<Relief>,
}

/// Work for each mended roster.
const EFFORT: u64 = 1;
/// People hired at most, and trained for another queue.
const MOST_HIRES: usize = 4;
const TRAINED: usize = 3;
/// Relaxations tried together, of those that are worth most alone.
const MOST_TOGETHER: usize = 4;
/// What is worth less than this share of the price of what is missing is not worth a sentence.
const LEAST_WORTH: f64 = 0.02;

/// What would relieve a roster that is short; `None` where nobody is missing.
#[must_use]
pub fn reliefs(problem: &RosterProblem, roster: &Roster, seed: u64, budget: &Budget) -> Option<Reliefs> {
    let trial = RelaxationTrial::of(problem, roster, seed, budget)?;
    let found: Vec<Relief> = relaxations(problem, &trial).into_par_iter().filter_map(|relaxation| trial.best_of(relaxation)).collect();
    let mut alone: Vec<Relief> = found.into_iter().filter(|relief| relief.worth() > LEAST_WORTH * trial.price).collect();
    alone.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
    let mut together = alone.first().cloned();
    for next in alone.iter().skip(1).take(MOST_TOGETHER - 1) {
        let Some(best) = &mut together else { break };
        let both = best.relaxations.iter().chain(&next.relaxations).cloned().collect();
        if let Some(relief) = trial.relief(both)
            && relief.worth() > best.worth() + LEAST_WORTH * trial.price
        {
            *best = relief;
        }
    }
    Some(Reliefs { short: trial.short, alone, together: together.filter(|best| best.relaxations.len() > 1) })
}

/// A roster beside which relaxations are tried.
struct RelaxationTrial<'a> {
    problem: &'a RosterProblem,
    roster: Roster,
    seed: u64,
    budget: Budget<'a>,
    /// Agent-hours missing by queue, interval by interval.
    lacking: Vec<Vec<f64>>,
    short: Hours,
    /// The price of what is missing, and everything else.
    price: f64,
    pay: f64,
}

impl<'a> RelaxationTrial<'a> {
    /// The roster as few changes would make it without relaxations: nothing else counts as relief.
    fn of(problem: &'a RosterProblem, roster: &Roster, seed: u64, budget: &Budget<'a>) -> Option<Self> {
        let budget = budget.with_effort(EFFORT).silent();
        let mended = repair(problem, roster, &restraint(problem), seed, &budget).solved;
        let covered = coverage(problem, &mended.roster);
        let hours = problem.grid.interval().hours();
        let lacking = covered.iter().map(|queue| (0..problem.grid.len()).map(|slot| queue.short(slot) * hours).collect()).collect();
        let (short, price) = missing(&covered, hours);
        let short = Hours::new(short).expect("what is missing is hours");
        let trial = Self { problem, seed, budget, lacking, short, price, pay: mended.cost.get() - price, roster: mended.roster };
        (trial.short > Hours::default()).then_some(trial)
    }

    /// A relaxation as far as it is worth something: with as many people as pay off.
    fn best_of(&self, relaxation: Relaxation) -> Option<Relief> {
        let Relaxation::Hire { contract, queues, .. } = relaxation else { return self.relief(vec![relaxation]) };
        let mut best: Option<Relief> = None;
        for people in 1..=MOST_HIRES {
            let hire = Relaxation::Hire { contract: contract.clone(), queues: queues.clone(), people };
            let relief = self.relief(vec![hire])?;
            if best.as_ref().is_some_and(|best| relief.worth() <= best.worth()) {
                break;
            }
            best = Some(relief);
        }
        best
    }

    /// What relaxations are good for all at once; `None` when there is no time left.
    fn relief(&self, relaxations: Vec<Relaxation>) -> Option<Relief> {
        if self.budget.is_spent() {
            return None;
        }
        let mut relaxed = self.problem.clone();
        relaxations.iter().for_each(|relaxation| relaxation.apply(&mut relaxed));
        let mended = repair(&relaxed, &self.roster, &restraint(self.problem), self.seed, &self.budget);
        let (short, price) = missing(&coverage(&relaxed, &mended.solved.roster), relaxed.grid.interval().hours());
        let short = Hours::new(short).expect("what is missing is hours");
        let pay = mended.solved.cost.get() - price - self.pay;
        Some(Relief { relaxations, changes: mended.changes, short, saved: self.price - price, pay })
    }
}

fn restraint(problem: &RosterProblem) -> Restraint {
    Restraint::open(problem.prices.changed_day, ClockTime::MIDNIGHT.on(problem.horizon.first))
}

/// All that could give way for a roster.
fn relaxations(problem: &RosterProblem, trial: &RelaxationTrial) -> Vec<Relaxation> {
    let mut all = vec![Relaxation::LateShift, Relaxation::DayRunning, Relaxation::Training];
    if problem.rules.weekend_day_off_in_two_weeks {
        all.push(Relaxation::Weekend);
    }
    if problem.rules.free_weekends_in_four > 0 {
        all.push(Relaxation::FreeWeekend);
    }
    all.extend(shorter_rest(problem).map(Relaxation::Rest));
    let short_of = |queue: &QueueId| problem.queue_index(queue).is_some_and(|queue| trial.lacking[queue].iter().any(|short| *short > 0.0));
    let kinds: BTreeSet<(&str, Vec<QueueId>)> =
        problem.people.iter().map(|person| (person.employee.contract.id.as_str(), served(problem, person))).collect();
    let helpful = kinds.into_iter().filter(|(_, queues)| queues.iter().any(short_of));
    all.extend(helpful.map(|(contract, queues)| Relaxation::Hire { contract: contract.to_owned(), queues, people: 1 }));
    all.extend(problem.demand.iter().map(|demand| &demand.queue).filter(|queue| short_of(queue)).filter_map(|queue| {
        let agents = likely_helpers(problem, trial, queue);
        (!agents.is_empty()).then(|| Relaxation::CrossTraining { queue: queue.clone(), agents })
    }));
    all
}

/// The longest rest below the rule's that lies between two of the shifts.
fn shorter_rest(problem: &RosterProblem) -> Option<Hours> {
    let ends = problem.shift_kinds().map(|shift| shift.start.minutes() + shift.span_minutes);
    let gaps = ends.flat_map(|end| problem.shift_kinds().map(move |next| (DAY_MINUTES + next.start.minutes()).saturating_sub(end)));
    let shorter = gaps.map(Hours::from_minutes).filter(|gap| *gap < problem.rules.rest && *gap > Hours::default());
    shorter.reduce(|longest, gap| if gap > longest { gap } else { longest })
}

/// Who does not serve a queue and is at the desk for most of the agent-hours it is short of.
fn likely_helpers(problem: &RosterProblem, trial: &RelaxationTrial, queue: &QueueId) -> Vec<AgentId> {
    let Some(lacking) = problem.queue_index(queue).map(|queue| &trial.lacking[queue]) else { return Vec::new() };
    let of_agent = trial.roster.by_agent();
    let others = problem.people.iter().filter(|person| !person.employee.serves(queue) && person.employee.level != Level::New);
    let there = |person: &Person| {
        let duties = of_agent.get(&person.employee.id).into_iter().flatten();
        let at_desk = duties.flat_map(|duty| person.desk_stretches(duty)).flat_map(|(from, to)| overlap(problem.grid, from, to));
        at_desk.map(|(slot, share)| share * lacking[slot]).sum::<f64>()
    };
    let mut helpers: Vec<(f64, &AgentId)> = others.map(|person| (there(person), &person.employee.id)).collect();
    helpers.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    helpers.into_iter().filter(|(hours, _)| *hours > 0.0).take(TRAINED).map(|(_, agent)| agent.clone()).collect()
}

impl Relaxation {
    /// Lets it give way.
    fn apply(&self, problem: &mut RosterProblem) {
        match self {
            Self::LateShift => problem.rules.most_late_shifts_week += 1,
            Self::DayRunning => problem.rules.most_days_running += 1,
            Self::Rest(rest) => problem.rules.rest = *rest,
            Self::Weekend => problem.rules.weekend_day_off_in_two_weeks = false,
            Self::FreeWeekend => problem.rules.free_weekends_in_four -= 1,
            Self::Training => problem.people.iter_mut().for_each(|person| person.absences.retain(|absence| !absence.is_training())),
            Self::Hire { contract, queues, people } => hire(problem, contract, queues, *people),
            Self::CrossTraining { queue, agents } => {
                let trained = problem.people.iter_mut().filter(|person| agents.contains(&person.employee.id));
                trained.for_each(|person| person.employee.skills.push(queue.clone()));
            }
        }
    }
}

/// The queues with demand that a person serves, in the problem's order.
fn served(problem: &RosterProblem, person: &Person) -> Vec<QueueId> {
    problem.demand.iter().map(|demand| &demand.queue).filter(|queue| person.employee.serves(queue)).cloned().collect()
}

/// More people like those at hand of a contract and with these queues: of their average strength, free of absences and requests.
fn hire(problem: &mut RosterProblem, contract: &str, queues: &[QueueId], people: usize) {
    let alike = |person: &&Person| person.employee.contract.id == contract && served(problem, person) == queues;
    let alike: Vec<&Person> = problem.people.iter().filter(alike).collect();
    let Some(first) = alike.first() else { return };
    let effectiveness = alike.iter().map(|person| person.effectiveness).sum::<f64>() / alike.len() as f64;
    let hired = |number: usize| Person {
        employee: Employee {
            id: AgentId::new(&format!("+{number}")),
            team: String::new(),
            level: Level::Regular,
            speed: Factor::ONE,
            leads: false,
            mentor: None,
            hired: None,
            preferred_shift: None,
            requests: Vec::new(),
            protection: Protection::default(),
            volunteers: false,
            ..first.employee.clone()
        },
        effectiveness,
        absences: Vec::new(),
        past: Vec::new(),
        pins: Vec::new(),
        account: TimeAccount::default(),
        offline_activities: Vec::new(),
        excused: Vec::new(),
        zone: first.zone.clone(),
    };
    let already = problem.people.iter().filter(|person| person.employee.id.as_str().starts_with('+')).count();
    let hired: Vec<Person> = (1..=people).map(|number| hired(already + number)).collect();
    problem.people.extend(hired);
}
