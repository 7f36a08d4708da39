//! A team and its week, for the tests of rosters.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use chrono::{Days, NaiveDate, TimeDelta};
use peakshift::roster::{Assignment, Break, Person, Prices, QueueDemand, RosterProblem, Rules, ShiftTemplate, Stint};
use peakshift::service::{OpeningHours, Queue, QueueId};
use peakshift::time::{ClockTime, Horizon, Interval};
use peakshift::units::{Factor, HourlyPrice, Hours, Money, Seconds};
use peakshift::workforce::{AgentId, Contract, Employee};

pub(crate) fn clock(text: &str) -> ClockTime {
    text.parse().unwrap()
}

pub(crate) fn hours(value: f64) -> Hours {
    Hours::new(value).unwrap()
}

/// A value with some of its fields set anew.
pub(crate) fn changed<T>(mut value: T, change: impl FnOnce(&mut T)) -> T {
    change(&mut value);
    value
}

/// Monday 2026-11-30 and the days after it.
pub(crate) fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 30).unwrap() + Days::new(number)
}

/// Calls of 180 s from 09:00 to 13:00 without a target; nobody abandons.
pub(crate) fn queue() -> Queue {
    Queue::voice("phone", Seconds::new(180.0).unwrap()).with_hours(OpeningHours::daily(clock("09:00"), clock("13:00")))
}

pub(crate) fn shift(id: &str, start: &str, span_hours: u32, meal: bool) -> ShiftTemplate {
    let shift = ShiftTemplate::new(id, clock(start), span_hours * 60);
    if meal { shift.with_meal(60, &[240]) } else { shift }
}

pub(crate) fn person(id: &str) -> Person {
    let contract = changed(Contract::full_time(hours(40.0)), |contract| {
        (contract.most_hours_week, contract.most_hours_day) = (hours(48.0), hours(11.0));
    });
    Person::new(Employee::new(id, contract, HourlyPrice::new(30.0).unwrap(), &["phone"]))
}

/// One person, fourteen days, shifts E 08–17, L 15–24, Q 12–20 without a meal, G 09–21 (11 paid hours), S 00–08.
pub(crate) fn problem() -> RosterProblem {
    let horizon = Horizon { first: day(0), days: 14 };
    let rules = changed(Rules::default(), |rules| {
        rules.rest = hours(11.0);
        rules.most_days_running = 6;
        rules.most_late_shifts_week = 4;
        rules.rest_days_week = 1;
        rules.weekend_day_off_in_two_weeks = true;
        rules.regular_hours_day = hours(8.0);
    });
    let prices = changed(Prices::of_pay(HourlyPrice::new(30.0).unwrap()), |prices| {
        (prices.overtime, prices.rest_day) = (Factor::new(1.5).unwrap(), Factor::new(2.0).unwrap());
        (prices.other_shift, prices.unfair_shift) = (Money::ZERO, Money::ZERO);
    });
    let mut problem = RosterProblem::new(horizon, Interval::HALF_HOUR, rules, prices);
    problem.demand = vec![QueueDemand::new("phone", vec![1.0; problem.grid.len()])];
    problem.people = vec![person("A")];
    problem.shifts = vec![
        shift("E", "08:00", 9, true),
        shift("L", "15:00", 9, true),
        shift("Q", "12:00", 8, false),
        shift("G", "09:00", 12, true),
        shift("S", "00:00", 8, false),
    ];
    problem
}

pub(crate) fn assigned(problem: &RosterProblem, date: NaiveDate, id: &str) -> Assignment {
    let shift = problem.shifts.iter().find(|shift| shift.id == id).unwrap();
    let start = shift.start_on(date);
    let meals =
        shift.meals.iter().map(|meal| Break { start: start + TimeDelta::minutes(i64::from(meal.offsets[0])), minutes: meal.minutes });
    Assignment {
        date,
        agent: AgentId::new("A"),
        shift: id.into(),
        start,
        end: shift.end_on(date),
        meals: meals.collect(),
        rests: Vec::new(),
        offline_activities: Vec::new(),
        stints: vec![Stint { start, end: shift.end_on(date), queues: vec![QueueId::new("phone")] }],
        paid: shift.paid,
        pinned: false,
    }
}

/// Twelve people; one to four required at a time between 8 and 24.
pub(crate) fn team() -> RosterProblem {
    let mut problem = problem();
    for (slot, required) in problem.demand[0].required.iter_mut().enumerate() {
        *required = if (16..48).contains(&(slot % 48)) { 1.0 + ((slot / 4) % 4) as f64 } else { 0.0 };
    }
    problem.people = (b'A'..=b'L').map(|letter| person(&char::from(letter).to_string())).collect();
    problem
}
