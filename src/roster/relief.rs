//! Relaxations of an understaffed roster: what could give way, the penalty it saves and the pay it costs.
//!
//! Each relaxation changes the problem; the roster is repaired for it with few changes, as after a sick call, and the changes say who would
//! do what. The result is legal but for what gave way, so its savings are certain; a longer search could find more. The best relaxations
//! are also tried together, added one by one as long as each improves the result.

use super::courtesy::Restraint;
use super::repair::{Change, repair};
use crate::budget::Budget;
use crate::roster::count::coverage::{coverage, missing};
use crate::roster::model::assignment::Roster;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::overlap;
use crate::service::QueueId;
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{Factor, Hours, Money, Share};
use crate::workforce::{AgentId, Employee, Level};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A rule or resource that could give way. Statutory rules are not among them.
#[derive(Clone, Debug, PartialEq)]
pub enum Relaxation {
    /// One more late shift per week for everybody.
    LateShift,
    /// One more consecutive working day for everybody.
    DayRunning,
    /// Rest between two shifts shortened to these hours.
    Rest(Hours),
    /// No weekend day off in two weeks.
    Weekend,
    /// One free weekend in four fewer.
    FreeWeekend,
    /// Training at another time.
    Training,
    /// More trained people of a contract with these skills.
    Hire {
        /// The contract's name.
        contract: String,
        /// Queues they serve.
        queues: Vec<QueueId>,
        /// Headcount.
        people: usize,
    },
    /// Cross-training of agents for one more queue.
    CrossTraining {
        /// Additional queue.
        queue: QueueId,
        /// Agents to be trained.
        agents: Vec<AgentId>,
    },
}

/// Effect of a set of relaxations.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// Relaxations applied together.
    pub relaxations: Vec<Relaxation>,
    /// Changes of the roster.
    pub changes: Vec<Change>,
    /// Understaffed agent-hours that remain.
    pub short: Hours,
    /// Understaffing penalty saved.
    pub saved: Money,
    /// Additional cost beside the understaffing penalty.
    pub pay: Money,
}

impl Relief {
    /// Penalty saved minus the additional cost.
    #[must_use]
    pub fn worth(&self) -> Money {
        self.saved - self.pay
    }
}

/// Understaffing of a roster and the relaxations that would reduce it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliefs {
    /// Understaffed agent-hours of the roster.
    pub short: Hours,
    /// Single relaxations with a net gain, best first.
    pub alone: Vec<Relief>,
    /// Most valuable set of two or more; `None` where no set beats the best single one.
    pub together: Option<Relief>,
}

/// Search effort for each repaired roster.
const EFFORT: u64 = 1;
/// Maximum number of people hired, and of people cross-trained.
const MOST_HIRES: usize = 4;
const TRAINED: usize = 3;
/// Number of relaxations tried together, the best single ones.
const MOST_TOGETHER: usize = 4;
/// Smallest gain reported, as a share of the understaffing penalty.
const LEAST_WORTH: Share = Share::constant(0.02);

/// Relaxations that would reduce understaffing; `None` where nobody is missing.
///
/// ```
/// # use peakshift::{budget::Budget, roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (day, hour) = (Horizon { first, days: 1 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(day, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// # problem.demand = vec![QueueDemand::new("phone", (0..24).map(|hour| if (9..17).contains(&hour) { 2.0 } else { 0.0 }).collect())];
/// // two agents are required from 09:00 to 17:00, and the team has one
/// problem.people.truncate(1);
/// let budget = Budget::of_effort(1);
/// let found = reliefs(&problem, &solve(&problem, 1, &budget).roster, 1, &budget).expect("an agent is missing");
/// assert_eq!(found.short, Hours::new(8.0)?);
/// assert!(matches!(found.alone[0].relaxations[..], [Relaxation::Hire { people: 1, .. }])); // a second hire would add nothing
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn reliefs(problem: &RosterProblem, roster: &Roster, seed: u64, budget: &Budget) -> Option<Reliefs> {
    let trial = RelaxationTrial::of(problem, roster, seed, budget)?;
    let found: Vec<Relief> = relaxations(problem, &trial).into_par_iter().filter_map(|relaxation| trial.best_of(relaxation)).collect();
    let mut alone: Vec<Relief> = found.into_iter().filter(|relief| relief.worth() > trial.price * LEAST_WORTH).collect();
    alone.sort_by(|a, b| b.worth().total_cmp(&a.worth()));
    let mut together = alone.first().cloned();
    for next in alone.iter().skip(1).take(MOST_TOGETHER - 1) {
        let Some(best) = &mut together else { break };
        let both = best.relaxations.iter().chain(&next.relaxations).cloned().collect();
        if let Some(relief) = trial.relief(both)
            && relief.worth() > best.worth() + trial.price * LEAST_WORTH
        {
            *best = relief;
        }
    }
    Some(Reliefs { short: trial.short, alone, together: together.filter(|best| best.relaxations.len() > 1) })
}

/// Evaluation of relaxations on a roster.
struct RelaxationTrial<'a> {
    problem: &'a RosterProblem,
    roster: Roster,
    seed: u64,
    budget: Budget<'a>,
    /// Understaffed agent-hours by queue and interval.
    lacking: Vec<Vec<Hours>>,
    short: Hours,
    /// Understaffing penalty, and all other cost.
    price: Money,
    pay: Money,
}

impl<'a> RelaxationTrial<'a> {
    /// Baseline: the roster after a repair without relaxations, whose gains count as no relief.
    fn of(problem: &'a RosterProblem, roster: &Roster, seed: u64, budget: &Budget<'a>) -> Option<Self> {
        let budget = budget.with_effort(EFFORT).silent();
        let mended = repair(problem, roster, &restraint(problem), seed, &budget).solved;
        let covered = coverage(problem, &mended.roster);
        let interval = problem.grid.interval();
        let length = interval.hours();
        let lacking = covered.iter().map(|queue| (0..problem.grid.len()).map(|slot| queue.short(slot) * length).collect()).collect();
        let (short, price) = missing(&covered, interval);
        let trial = Self { problem, seed, budget, lacking, short, price, pay: mended.cost - price, roster: mended.roster };
        (trial.short > Hours::default()).then_some(trial)
    }

    /// Effect of a relaxation; for hires with the number of people that pays off most.
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

    /// Effect of relaxations applied together; `None` when the budget is spent.
    fn relief(&self, relaxations: Vec<Relaxation>) -> Option<Relief> {
        if self.budget.is_spent() {
            return None;
        }
        let mut relaxed = self.problem.clone();
        relaxations.iter().for_each(|relaxation| relaxation.apply(&mut relaxed));
        let mended = repair(&relaxed, &self.roster, &restraint(self.problem), self.seed, &self.budget);
        let (short, price) = missing(&coverage(&relaxed, &mended.solved.roster), relaxed.grid.interval());
        let pay = mended.solved.cost - price - self.pay;
        Some(Relief { relaxations, changes: mended.changes, short, saved: self.price - price, pay })
    }
}

fn restraint(problem: &RosterProblem) -> Restraint {
    Restraint::open(problem.prices.changed_day, ClockTime::MIDNIGHT.on(problem.horizon.first))
}

/// Candidate relaxations for a roster.
fn relaxations(problem: &RosterProblem, trial: &RelaxationTrial) -> Vec<Relaxation> {
    let mut all = vec![Relaxation::LateShift, Relaxation::DayRunning, Relaxation::Training];
    if problem.rules.weekend_day_off_in_two_weeks {
        all.push(Relaxation::Weekend);
    }
    if problem.rules.free_weekends_in_four > 0 {
        all.push(Relaxation::FreeWeekend);
    }
    all.extend(shorter_rest(problem).map(Relaxation::Rest));
    let short_of =
        |queue: &QueueId| problem.queue_index(queue).is_some_and(|queue| trial.lacking[queue].iter().any(|short| *short > Hours::ZERO));
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

/// Longest gap between two shifts that is below the required rest.
fn shorter_rest(problem: &RosterProblem) -> Option<Hours> {
    let ends = problem.shift_kinds().map(|shift| shift.start.minutes() + shift.span_minutes);
    let gaps = ends.flat_map(|end| problem.shift_kinds().map(move |next| (DAY_MINUTES + next.start.minutes()).saturating_sub(end)));
    let shorter = gaps.map(Hours::from_minutes).filter(|gap| *gap < problem.rules.rest && *gap > Hours::default());
    shorter.reduce(|longest, gap| if gap > longest { gap } else { longest })
}

/// Agents who do not serve a queue and are on the desk for most of its understaffed agent-hours.
fn likely_helpers(problem: &RosterProblem, trial: &RelaxationTrial, queue: &QueueId) -> Vec<AgentId> {
    let Some(lacking) = problem.queue_index(queue).map(|queue| &trial.lacking[queue]) else { return Vec::new() };
    let of_agent = trial.roster.by_agent();
    let others = problem.people.iter().filter(|person| !person.employee.serves(queue) && person.employee.level != Level::New);
    let there = |person: &Person| {
        let duties = of_agent.get(&person.employee.id).into_iter().flatten();
        let at_desk = duties.flat_map(|duty| person.desk_stretches(duty)).flat_map(|(from, to)| overlap(problem.grid, from, to));
        at_desk.map(|(slot, share)| lacking[slot] * share).sum::<Hours>()
    };
    let mut helpers: Vec<(Hours, &AgentId)> = others.map(|person| (there(person), &person.employee.id)).collect();
    helpers.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    helpers.into_iter().filter(|(hours, _)| *hours > Hours::ZERO).take(TRAINED).map(|(_, agent)| agent.clone()).collect()
}

impl Relaxation {
    /// Applies the relaxation to a problem.
    fn apply(&self, problem: &mut RosterProblem) {
        match self {
            Self::LateShift => problem.rules.most_late_shifts_week += 1,
            Self::DayRunning => problem.rules.most_days_running += 1,
            Self::Rest(rest) => problem.rules.rest = *rest,
            Self::Weekend => problem.rules.weekend_day_off_in_two_weeks = false,
            Self::FreeWeekend => problem.rules.free_weekends_in_four -= 1,
            Self::Training => {
                let RosterProblem { people, rules, .. } = problem;
                people.iter_mut().for_each(|person| person.absences.retain(|absence| !rules.is_training(absence)));
            }
            Self::Hire { contract, queues, people } => hire(problem, contract, queues, *people),
            Self::CrossTraining { queue, agents } => {
                let trained = problem.people.iter_mut().filter(|person| agents.contains(&person.employee.id));
                trained.for_each(|person| person.employee.skills.push(queue.clone()));
            }
        }
    }
}

/// Queues with demand that a person serves, in the problem's order.
fn served(problem: &RosterProblem, person: &Person) -> Vec<QueueId> {
    problem.demand.iter().map(|demand| &demand.queue).filter(|queue| person.employee.serves(queue)).cloned().collect()
}

/// Adds people of a contract with these queues, of the average effectiveness of their peers and without absences or requests.
fn hire(problem: &mut RosterProblem, contract: &str, queues: &[QueueId], people: usize) {
    let alike = |person: &&Person| person.employee.contract.id == contract && served(problem, person) == queues;
    let alike: Vec<&Person> = problem.people.iter().filter(alike).collect();
    let Some(first) = alike.first() else { return };
    let effectiveness = alike.iter().map(|person| person.effectiveness.get()).sum::<f64>() / alike.len() as f64;
    let effectiveness = Factor::new(effectiveness).expect("a mean of factors is a factor");
    let Employee { site, contract, skills, pay, .. } = &first.employee;
    let hired = |number: usize| {
        let employee = Employee::new(&format!("+{number}"), contract.clone(), *pay, &[]);
        let employee = Employee { site: site.clone(), skills: skills.clone(), ..employee };
        Person { effectiveness, zone: first.zone.clone(), ..Person::new(employee) }
    };
    let already = problem.people.iter().filter(|person| person.employee.id.as_str().starts_with('+')).count();
    let hired: Vec<Person> = (1..=people).map(|number| hired(already + number)).collect();
    problem.people.extend(hired);
}
