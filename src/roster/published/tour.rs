//! Call-centre tours: weeks of shifts with a meal and rests for agents of several contracts and skills, with convex understaffing
//! penalties.
//!
//! Hard: days off, spans of the contract, rest between shifts, at most six consecutive days including those before, most hours and most
//! nights per week. Cost of an agent and week: max(hours, least hours) + (factor − 1) · max(0, hours − regular hours), a penalty for each
//! shift outside the week's best start band and one for a week without two consecutive days off.

use super::{Answer, AnswerRow};
use crate::budget::Budget;
use crate::roster::engine::BreakOption;
use crate::roster::engine::Duty;
use crate::roster::engine::DutyPrices;
use crate::roster::engine::Member;
use crate::roster::engine::Model;
use crate::roster::engine::PenaltyStep;
use crate::roster::engine::ShiftWork;
use crate::roster::engine::Solution;
use crate::roster::engine::StartBands;
use crate::roster::engine::StateGraph;
use crate::roster::engine::TourRules;
use crate::roster::engine::TourSpace;
use crate::roster::engine::Transition;
use crate::roster::engine::search;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An instance as stated in its file; further fields are ignored.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct TourInstance {
    /// Minutes per slot: 15 or 30.
    pub step_min: u32,
    /// Days of the horizon, whole weeks.
    pub days: usize,
    /// Required agents, by skill and slot.
    pub required: Vec<Vec<f64>>,
    /// Shifts.
    pub shifts: Vec<TourShift>,
    /// Agents.
    pub agents: Vec<TourAgent>,
    /// Limits and prices.
    pub rules: TourRulesSection,
}

/// A shift; windows are in slots after its start, both ends included.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct TourShift {
    /// Start, as the hour of the day.
    pub start: u32,
    /// Hours from start to end.
    pub span: u32,
    /// Paid hours.
    pub paid: u32,
    /// Hours of the meal, 0 for none.
    pub meal: u32,
    /// Window of the meal's start.
    pub meal_win: Option<[usize; 2]>,
    /// Window of each rest's start.
    pub rests: Vec<[usize; 2]>,
    /// 1 for a night shift, else 0.
    pub night: u32,
    /// Earliest start on the next day, as the hour.
    pub rdy: u32,
    /// Start band.
    pub band: u8,
}

/// An agent; hours are per week.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct TourAgent {
    /// Code of the agent.
    pub id: String,
    /// Hours paid whether worked or not.
    pub hmin: u32,
    /// Hours beyond which overtime begins.
    pub hreg: u32,
    /// Maximum hours.
    pub hmax: u32,
    /// Permitted spans of shifts.
    pub spans: Vec<u32>,
    /// Indices of skills.
    pub skills: Vec<usize>,
    /// Maximum night shifts per week.
    pub max_nights_week: u32,
    /// Days that must be off.
    pub days_off: Vec<usize>,
    /// Consecutive days worked before the horizon.
    pub consec_before: u32,
}

/// Limits and prices.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct TourRulesSection {
    /// Maximum consecutive days worked.
    pub max_consecutive: u32,
    /// Penalty per shift outside the week's best band.
    pub out_of_band_penalty: f64,
    /// Penalty per week without two consecutive days off.
    pub no_two_off_penalty: f64,
    /// Rate of overtime.
    pub overtime_factor: f64,
    /// Penalties per missing agent-hour, cheapest first.
    pub shortage_weights_per_agent_hour: [f64; 3],
    /// Shares of the requirement to which the first two penalties apply.
    pub shortage_segments: [f64; 2],
}

impl TourInstance {
    /// Solves the instance within a budget.
    #[must_use]
    pub fn solve(&self, seed: u64, budget: &Budget) -> Answer {
        let model = self.model();
        let (solution, bound) = search(&model, seed, budget);
        self.answer(&model, &solution, bound)
    }

    fn answer(&self, model: &Model, solution: &Solution, bound: f64) -> Answer {
        let row = |(person, day, duty): (usize, usize, Duty)| {
            let shift = usize::from(duty.shift);
            let placed = model.placed(person, day, duty).zip(self.shifts[shift].windows());
            AnswerRow { person, day, shift, breaks: placed.map(|(place, (window, _))| window[0] + place).collect() }
        };
        Answer { rows: solution.duties().map(row).collect(), cost: solution.cost(), bound }
    }

    fn per_hour(&self) -> usize {
        60 / self.step_min as usize
    }

    fn model(&self) -> Model {
        let mut sets: Vec<u32> = self.agents.iter().map(TourAgent::skill_set).collect();
        sets.sort_unstable();
        sets.dedup();
        let (spaces, places) = self.spaces();
        let member = |(agent, (space, start)): (&TourAgent, (usize, usize))| Member {
            space,
            start,
            scale: 1.0,
            set: sets.binary_search(&agent.skill_set()).unwrap_or_default(),
            effectiveness: 1.0,
            prices: self.prices_of(agent),
            kept: Vec::new(),
            own_work: BTreeMap::new(),
        };
        Model {
            days: self.days,
            rows_per_day: 24 * self.per_hour(),
            work_rows: 24 * self.per_hour(),
            demand: self.demand(),
            queues: self.required.len(),
            people: self.agents.iter().zip(places).map(member).collect(),
            sets,
            shifts: self.shifts.iter().map(|shift| self.work(shift)).collect(),
            // a rest takes half of a 30-minute slot
            shares: vec![0.5, 1.0],
            spaces,
            fixed_cost: 0.0,
            week: 7,
            couplings: Vec::new(),
            in_common: Vec::new(),
            tie_break: self.shifts.iter().map(|shift| 1e-6 * f64::from(shift.paid)).collect(),
        }
    }

    /// Penalty steps of each slot by skill, most costly first.
    fn demand(&self) -> Vec<Vec<PenaltyStep>> {
        let hours = f64::from(self.step_min) / 60.0;
        let [first, second] = self.rules.shortage_segments;
        let shares = [1.0 - first - second, second, first];
        let slots = self.days * 24 * self.per_hour();
        let of_slot = |slot: usize| {
            let skills = self.required.iter().enumerate();
            let steps = skills.flat_map(|(queue, required)| {
                shares
                    .into_iter()
                    .zip(self.rules.shortage_weights_per_agent_hour.into_iter().rev())
                    .map(move |(share, price)| PenaltyStep { queue, width: required[slot] * share, price: price * hours })
            });
            steps.filter(|step| step.width > 0.0).collect()
        };
        (0..slots).map(of_slot).collect()
    }

    fn prices_of(&self, agent: &TourAgent) -> DutyPrices {
        let mut prices = DutyPrices::free(self.days, self.shifts.len());
        for day in 0..self.days {
            for (number, shift) in self.shifts.iter().enumerate() {
                if agent.days_off.contains(&day) || !agent.spans.contains(&shift.span) {
                    prices.set(day, Some(number as u16), f64::INFINITY);
                }
            }
        }
        prices
    }

    /// Space of legal tours of each contract, and the place of each agent.
    fn spaces(&self) -> (Vec<Arc<dyn TourSpace>>, Vec<Place>) {
        let mut kinds: BTreeMap<Contract, usize> = BTreeMap::new();
        let most_before = self.rules.max_consecutive;
        let places = self.agents.iter().map(|agent| {
            let fresh = kinds.len();
            (*kinds.entry(agent.contract()).or_insert(fresh), agent.consec_before.min(most_before) as usize)
        });
        let places = places.collect();
        let mut ordered: Vec<(&Contract, usize)> = kinds.iter().map(|(contract, kind)| (contract, *kind)).collect();
        ordered.sort_by_key(|(_, kind)| *kind);
        let bands =
            StartBands { of_shift: self.shifts.iter().map(|shift| shift.band).collect(), penalty: self.rules.out_of_band_penalty, week: 7 };
        let build = |(contract, _): (&Contract, usize)| -> Arc<dyn TourSpace> {
            let rules = WeekRules { instance: self, contract };
            let starts: Vec<(Week, u32)> = (0..=most_before).map(|run| (Week { run, ..Week::default() }, 0)).collect();
            Arc::new(StateGraph::build(&rules, self.days, self.shifts.len(), &starts, Some(&bands)))
        };
        (ordered.into_iter().map(build).collect(), places)
    }

    fn work(&self, shift: &TourShift) -> ShiftWork {
        let per_hour = self.per_hour();
        let from = shift.start as usize * per_hour;
        let rows = (from..from + shift.span as usize * per_hour).map(|row| (row as i32, 2)).collect();
        let rest_leaves = u8::from(self.step_min == 30);
        let option = |start: usize, meal: bool| -> BreakOption {
            let length = if meal { shift.meal as usize * per_hour } else { 1 };
            (from + start..from + start + length).map(|row| (row as i32, 2, if meal { 0 } else { rest_leaves })).collect()
        };
        let breaks = shift.windows().into_iter().map(|([first, last], meal)| (first..=last).map(|start| option(start, meal)).collect());
        ShiftWork { rows, breaks: breaks.collect() }
    }
}

impl TourShift {
    /// Window of each break, and whether it is the meal; the meal comes first.
    fn windows(&self) -> Vec<([usize; 2], bool)> {
        let meal = self.meal_win.filter(|_| self.meal > 0).map(|window| (window, true));
        meal.into_iter().chain(self.rests.iter().map(|window| (*window, false))).collect()
    }
}

/// Index of an agent's contract, and of the initial state in its tours.
type Place = (usize, usize);

/// Rules that agents may have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Contract {
    hmin: u32,
    hreg: u32,
    hmax: u32,
    nights: u32,
    spans: Vec<u32>,
}

impl TourAgent {
    fn skill_set(&self) -> u32 {
        self.skills.iter().fold(0, |set, skill| set | 1 << skill)
    }

    fn contract(&self) -> Contract {
        Contract { hmin: self.hmin, hreg: self.hreg, hmax: self.hmax, nights: self.max_nights_week, spans: self.spans.clone() }
    }
}

struct WeekRules<'a> {
    instance: &'a TourInstance,
    contract: &'a Contract,
}

/// State of the rules within a week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Week {
    hours: u32,
    nights: u32,
    two_off: bool,
    /// Whether the day before, if in this week, was off.
    day_off: bool,
    run: u32,
}

impl WeekRules<'_> {
    /// State after a day, and the cost of the week if it ends with the day.
    fn settled(&self, day: usize, week: Week) -> (Week, f64) {
        if !(day + 1).is_multiple_of(7) {
            return (week, 0.0);
        }
        let rules = &self.instance.rules;
        let hours = f64::from(week.hours.max(self.contract.hmin));
        let overtime = f64::from(week.hours.saturating_sub(self.contract.hreg));
        let no_two_off = if week.two_off { 0.0 } else { rules.no_two_off_penalty };
        (Week { run: week.run, ..Week::default() }, hours + (rules.overtime_factor - 1.0) * overtime + no_two_off)
    }
}

impl TourRules for WeekRules<'_> {
    type State = Week;

    fn transitions(&self, day: usize, state: &Week) -> Vec<Transition<Week>> {
        let two_off = state.two_off || state.day_off;
        let (after, cost) = self.settled(day, Week { two_off, day_off: true, run: 0, ..*state });
        let mut choices = vec![Transition { shift: None, ready: 0, after, cost }];
        for (number, shift) in self.instance.shifts.iter().enumerate() {
            let worked = Week {
                hours: state.hours + shift.paid,
                nights: state.nights + shift.night,
                day_off: false,
                run: state.run + 1,
                two_off: state.two_off,
            };
            let within = worked.hours <= self.contract.hmax
                && worked.nights <= self.contract.nights
                && worked.run <= self.instance.rules.max_consecutive
                && self.contract.spans.contains(&shift.span);
            if within {
                let (after, cost) = self.settled(day, worked);
                choices.push(Transition { shift: Some((number as u16, shift.start * 60)), ready: shift.rdy * 60, after, cost });
            }
        }
        choices
    }
}
