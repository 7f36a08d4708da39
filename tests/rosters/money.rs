//! Pay of work and leave, by hand; absent people save nothing.

use crate::support::{assigned, day, hours, person, problem, shift, team};
use peakshift::budget::Budget;
use peakshift::calendar::{DayKind, SpecialDay};
use peakshift::roster::{
    Assignment, MealWindow, Person, Roster, RosterProblem, check, idle_hours, overtime_hours, paid_stretches, pay, solve,
};
use peakshift::time::{ClockTime, read_date};
use peakshift::units::Factor;
use peakshift::workforce::{Absence, AgentId, AveragingPeriod, Pin};
use proptest::prelude::*;

/// A week with shifts of ten paid hours with a meal, at these rates.
fn long_days(overtime: f64, rest_day: f64) -> RosterProblem {
    let mut problem = problem();
    problem.horizon.days = 7;
    problem.grid = problem.horizon.grid(problem.grid.interval());
    problem.demand[0].required = vec![0.0; problem.grid.len()];
    problem.shifts = vec![shift("Z", "09:00", 11, true)];
    (problem.prices.overtime, problem.prices.rest_day) = (Factor::new(overtime).unwrap(), Factor::new(rest_day).unwrap());
    problem.people[0].employee.contract.most_hours_week = hours(60.0);
    problem
}

/// Base hours paid for a shift on each of some days, guaranteed hours excluded.
fn weighted(problem: &RosterProblem, days: &[u64]) -> f64 {
    let duties: Vec<Assignment> = days.iter().map(|number| assigned(problem, day(*number), "Z")).collect();
    let stretches = paid_stretches(problem, &problem.people[0], &duties.iter().collect::<Vec<_>>());
    stretches.iter().flatten().map(|of| of.paid.get() * of.rate.get()).sum()
}

#[test]
fn hours_beyond_the_day_on_a_rest_day_get_the_highest_of_their_rates() {
    // Monday to Friday 8 + 2 beyond the day; Saturday is beyond the week's 40, two of its hours beyond the day as well
    for (overtime, rest_day, by_hand) in [
        (1.5, 2.0, 5.0 * (8.0 + 2.0 * 1.5) + 10.0 * 2.0),
        (3.0, 2.0, 5.0 * (8.0 + 2.0 * 3.0) + 8.0 * 2.0 + 2.0 * 3.0),
        (1.5, 1.2, 5.0 * (8.0 + 2.0 * 1.5) + 8.0 * 1.2 + 2.0 * 1.5),
        (2.0, 2.0, 5.0 * (8.0 + 2.0 * 2.0) + 10.0 * 2.0),
    ] {
        assert!((weighted(&long_days(overtime, rest_day), &[0, 1, 2, 3, 4, 5]) - by_hand).abs() < 1e-9, "{overtime} {rest_day}");
    }
}

#[test]
fn the_week_may_end_within_a_shift_and_a_holiday_may_be_higher_still() {
    let mut problem = long_days(1.5, 2.0);
    problem.people[0].employee.contract.regular_hours_week = hours(36.0);
    // of Friday's shift four hours are left in the week, four are beyond it, two beyond the day too
    assert!((weighted(&problem, &[0, 1, 2, 3, 4]) - (4.0 * 11.0 + 4.0 + 6.0 * 2.0)).abs() < 1e-9);
    let holiday = SpecialDay { kind: DayKind::Statutory, name: "holiday".into(), overtime_rate: Factor::new(3.0).unwrap() };
    problem.calendar.enter(day(4), holiday).unwrap();
    assert!((weighted(&problem, &[0, 1, 2, 3, 4]) - (4.0 * 11.0 + 10.0 * 3.0)).abs() < 1e-9);
}

#[test]
fn over_a_month_hours_beyond_the_regular_ones_are_overtime_alone() {
    let mut problem = long_days(1.5, 2.0);
    let contract = &mut problem.people[0].employee.contract;
    (contract.balance, contract.regular_hours_balance) = (AveragingPeriod::Month, hours(25.0));
    // from Tuesday, the first of December: 25 regular hours, then overtime
    assert!((weighted(&problem, &[1, 2, 3, 4]) - (25.0 + 15.0 * 1.5)).abs() < 1e-9);
}

#[test]
fn the_search_finds_the_cost_that_the_roster_is_paid() {
    for (overtime, rest_day) in [(1.5, 2.0), (3.0, 1.5)] {
        let mut problem = long_days(overtime, rest_day);
        let pin = |number| Pin { agent: AgentId::new("A"), date: day(number), shift: Some("Z".into()) };
        problem.people[0].pins = (0..6).map(pin).collect();
        let solved = solve(&problem, 1, &Budget::of_effort(1));
        let duties: Vec<&Assignment> = solved.roster.assignments.iter().collect();
        assert_eq!(duties.len(), 6);
        assert!((solved.cost.get() - pay(&problem, &problem.people[0], &duties).get()).abs() < 1e-6);
        assert!(
            solved.bound.is_some_and(|bound| (bound.get() - solved.cost.get()).abs() < 1e-3),
            "nothing else is possible, and the proof knows"
        );
    }
}

fn away(from: u64, days: u64, kind: &str) -> Absence {
    let (start, end) = (ClockTime::MIDNIGHT.on(day(from)), ClockTime::MIDNIGHT.on(day(from + days)));
    Absence { agent: AgentId::new("A"), start, end, kind: kind.into() }
}

/// Hours paid without work in a fortnight, by contract and absence, with nobody at work.
fn idle(paid_week: f64, part_time: bool, absence: Absence) -> f64 {
    let mut problem = problem();
    let contract = &mut problem.people[0].employee.contract;
    contract.paid_hours_week = hours(paid_week);
    if part_time {
        (contract.regular_hours_week, contract.most_hours_day) = (hours(24.0), hours(4.0));
    }
    problem.people[0].absences = vec![absence];
    idle_hours(&problem, &problem.people[0], &[]).get()
}

#[test]
fn leave_is_paid_at_the_base_rate_unless_its_kind_is_not() {
    // a contract's paid hours cover a whole week's leave
    assert_eq!(idle(40.0, false, away(0, 2, "sick")), 80.0);
    // paid by the hour: eight hours a day, no more than the week's forty; part-time four, no more than its 24
    assert_eq!(idle(0.0, false, away(0, 2, "sick")), 16.0);
    assert_eq!(idle(0.0, false, away(0, 7, "年假")), 40.0);
    assert_eq!(idle(0.0, true, away(7, 3, "leave")), 12.0);
    assert_eq!(idle(0.0, true, away(0, 14, "leave")), 48.0);
    // unpaid absence reduces the contract's hours in proportion
    assert!((idle(40.0, false, away(0, 7, "unpaid")) - 40.0).abs() < 1e-9);
    assert!((idle(40.0, false, away(0, 2, "unpaid")) - (80.0 - 2.0 * 40.0 / 7.0)).abs() < 1e-9);
    assert_eq!(idle(0.0, false, away(0, 2, "unpaid")), 0.0);
    assert_eq!(idle(0.0, false, away(0, 2, Absence::NOT_EMPLOYED)), 0.0);
    // two hours of training are two hours
    let training = Absence { end: ClockTime::from_minutes(120).unwrap().on(day(0)), ..away(0, 1, "training") };
    assert_eq!(idle(0.0, false, training), 2.0);
}

#[test]
fn a_part_of_a_day_away_is_paid_as_long_as_it_takes() {
    let part = |from: i64, minutes: i64, kind: &str| {
        let whole = away(7, 1, kind);
        let start = whole.start + chrono::TimeDelta::minutes(from);
        Absence { start, end: start + chrono::TimeDelta::minutes(minutes), ..whole }
    };
    let a_day = idle(0.0, true, away(7, 1, "sick"));
    for minutes in [30, 60, 210] {
        for from in [0, 7 * 60, 23 * 60 - 210] {
            let hours = minutes as f64 / 60.0;
            assert_eq!(idle(0.0, true, part(from, minutes, "doctor")), hours.min(a_day), "{minutes} minutes from {from} on");
        }
    }
    assert_eq!(idle(0.0, true, part(0, 20 * 60, "sick")), a_day);
    // a night across two days
    assert_eq!(idle(0.0, true, part(22 * 60, 3 * 60, "sick")), 3.0);
}

#[test]
fn a_kind_of_absence_is_known_however_it_is_spelt() {
    let paid = |kind: &str| idle(0.0, true, away(7, 3, kind));
    for kind in ["unpaid", "Unpaid", "UNPAID", "ＵＮＰＡＩＤ", "un-paid"] {
        assert_eq!(paid(kind), 0.0, "{kind}");
    }
    for kind in ["Unpaid Leave", "unpaid-leave", "UNPAID_LEAVE", "unpaid  leave"] {
        assert!(away(7, 3, kind).is_of("unpaid_leave") && !away(7, 3, kind).is_of("unpaid"), "{kind}");
    }
    for kind in ["paid", "Paid Leave", "unpaid_leave_refused", "sick"] {
        assert!(paid(kind) > 0.0, "{kind}");
    }
}

#[test]
fn leave_and_work_together_are_paid_up_to_the_regular_hours() {
    let mut problem = problem();
    problem.people[0].employee.contract.paid_hours_week = hours(0.0);
    problem.people[0].absences = vec![away(5, 2, "leave")];
    let idle_beside = |shifts: u64| {
        let duties: Vec<Assignment> = (0..shifts).map(|number| assigned(&problem, day(number), "E")).collect();
        idle_hours(&problem, &problem.people[0], &duties.iter().collect::<Vec<_>>()).get()
    };
    assert_eq!([0, 3, 4, 5].map(idle_beside), [16.0, 16.0, 8.0, 0.0], "with five shifts the days away were her days off");
}

#[test]
fn one_planned_day_of_the_sick_is_paid_as_a_day() {
    let mut problem = problem();
    problem.horizon.days = 1;
    problem.people[0].absences = vec![away(0, 1, "sick")];
    assert_eq!(idle_hours(&problem, &problem.people[0], &[]), hours(8.0));
}

fn pay_of(problem: &RosterProblem, person: &Person, roster: &Roster) -> f64 {
    pay(problem, person, &roster.of_agent(&person.employee.id).collect::<Vec<_>>()).get()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn more_people_away_never_lower_pay(
        days in 1_usize..=14, contracts in prop::collection::vec((0..4_usize, 0..3_usize, any::<bool>()), 4),
        absences in prop::collection::vec((0..4_usize, 0..14_u64, 1..5_u64), 1..6), seed in 0_u64..100,
    ) {
        let mut problem = team();
        problem.people = ["A", "B", "C", "D"].map(person).to_vec();
        problem.horizon.days = days;
        problem.grid = problem.horizon.grid(problem.grid.interval());
        problem.demand[0].required.truncate(problem.grid.len());
        problem.shifts.retain(|shift| shift.paid.get() <= 8.0);
        // ordinary hours: no premiums are due for work not done
        (problem.prices.overtime, problem.prices.rest_day) = (Factor::ONE, Factor::ONE);
        for (person, (paid, regular, monthly)) in problem.people.iter_mut().zip(&contracts) {
            let contract = &mut person.employee.contract;
            contract.regular_hours_week = hours([24.0, 36.0, 40.0][*regular]);
            contract.most_hours_week = contract.regular_hours_week;
            contract.paid_hours_week = hours(contract.regular_hours_week.get() * [0.0, 0.25, 0.5, 1.0][*paid]);
            contract.regular_hours_balance = hours(contract.regular_hours_week.get() * 52.0 / 12.0);
            contract.balance = if *monthly { AveragingPeriod::Month } else { AveragingPeriod::Week };
        }
        let before = solve(&problem, seed, &Budget::of_effort(1)).roster;
        let mut sick = problem.clone();
        for (who, from, length) in absences {
            let agent = sick.people[who].employee.id.clone();
            sick.people[who].absences.push(Absence { agent, ..away(from, length, "sick") });
        }
        let is_away = |duty: &Assignment| {
            let person = sick.people.iter().find(|person| person.employee.id == duty.agent).unwrap();
            person.absences.iter().any(|absence| absence.overlaps(duty.start, duty.end))
        };
        let after = Roster { assignments: before.assignments.iter().filter(|duty| !is_away(duty)).cloned().collect() };
        for (well, ill) in problem.people.iter().zip(&sick.people) {
            // nor is overtime due that is not worked
            let overtime = (overtime_hours(&problem, well, &before) * well.employee.pay).get();
            let (before, after) = (pay_of(&problem, well, &before), pay_of(&sick, ill, &after));
            prop_assert!(after >= before - overtime - 1e-6, "{}: {before} of which {overtime}, {after}", well.employee.id);
        }
        // and the search prices it so: the pay of the remaining people is as it states
        let solved = solve(&sick, seed, &Budget::of_effort(1));
        let missing: f64 = peakshift::roster::coverage(&sick, &solved.roster).iter().map(|of| of.short_cost.get()).sum();
        let paid: f64 = sick.people.iter().map(|person| pay_of(&sick, person, &solved.roster)).sum();
        prop_assert!((solved.cost.get() - paid - missing).abs() < 1e-6);
        prop_assert!(solved.bound.is_none_or(|bound| bound <= solved.cost) && solved.unavoidable.get() <= paid + 1e-6);
    }
}

#[test]
fn a_night_is_paid_and_counted_as_long_as_it_takes() {
    // 22:00–06:00 with half an hour for a meal, over the last Sunday of October: nine hours elapse; over that of March seven
    for (date, paid) in [("2026-10-24", 8.5), ("2026-10-25", 7.5), ("2026-03-28", 6.5), ("2026-03-27", 7.5)] {
        let date = read_date(date).unwrap();
        let mut problem = problem();
        (problem.horizon.first, problem.horizon.days) = (date, 1);
        problem.grid = problem.horizon.grid(problem.grid.interval());
        problem.demand[0].required = vec![1.0; problem.grid.len()];
        let mut night = shift("N", "22:00", 8, false);
        (night.meals, night.paid) = (vec![MealWindow { minutes: 30, offsets: vec![120, 270] }], hours(7.5));
        problem.shifts = vec![night];
        problem.people[0].zone = Some("Europe/Berlin".parse().unwrap());
        problem.people[0].pins = vec![Pin { agent: AgentId::new("A"), date, shift: Some("N".into()) }];
        let solved = solve(&problem, 1, &Budget::of_effort(1));
        assert_eq!(solved.roster.assignments[0].paid, hours(paid), "{date}");
        assert_eq!(check(&problem, &solved.roster), []);
        let duties: Vec<&Assignment> = solved.roster.assignments.iter().collect();
        let stretches = paid_stretches(&problem, &problem.people[0], &duties);
        let worked: f64 = stretches.iter().flatten().map(|of| of.paid.get()).sum();
        assert!((worked - paid).abs() < 1e-9, "{date}: {stretches:?}");
        // hours beyond the day's eight are overtime
        let overtime: f64 = stretches.iter().flatten().map(|of| of.overtime.get()).sum();
        assert!((overtime - (paid - 8.0_f64).max(0.0)).abs() < 1e-9, "{date}");
        // a roster paid by clock times is caught
        let mut as_clocks_show = solved.roster.clone();
        as_clocks_show.assignments[0].paid = hours(7.5);
        let broken: Vec<&str> = check(&problem, &as_clocks_show).iter().map(|violation| violation.rule).collect();
        assert_eq!(broken.contains(&"paid_hours"), paid != 7.5, "{date}");
        // people exempt from overtime are spared the long night
        problem.people[0].employee.protection.no_overtime = true;
        problem.people[0].pins.clear();
        assert_eq!(solve(&problem, 1, &Budget::of_effort(1)).roster.assignments.len(), usize::from(paid <= 8.0), "{date}");
    }
}

#[test]
fn rest_between_shifts_is_time_that_passes() {
    // until 22:00 and from 08:00: ten hours by the clocks, eleven when they go back, nine when they go forward
    for (date, rest, legal) in
        [("2026-10-24", 11.0, true), ("2026-10-23", 11.0, false), ("2026-03-28", 10.0, false), ("2026-03-27", 10.0, true)]
    {
        let date = read_date(date).unwrap();
        let mut problem = problem();
        (problem.horizon.first, problem.horizon.days, problem.rules.rest) = (date, 2, hours(rest));
        problem.grid = problem.horizon.grid(problem.grid.interval());
        problem.demand[0].required = vec![1.0; problem.grid.len()];
        problem.shifts = vec![shift("L", "14:00", 8, false), shift("E", "08:00", 8, false)];
        problem.people[0].zone = Some("Europe/Berlin".parse().unwrap());
        let both = [(date, "L"), (date.succ_opt().unwrap(), "E")].map(|(date, id)| assigned(&problem, date, id));
        let broken: Vec<&str> = check(&problem, &Roster { assignments: both.to_vec() }).iter().map(|violation| violation.rule).collect();
        assert_eq!(!broken.contains(&"rest"), legal, "{date}");
        problem.people[0].pins =
            both.iter().map(|duty| Pin { agent: AgentId::new("A"), date: duty.date, shift: Some(duty.shift.clone()) }).collect();
        let solved = solve(&problem, 1, &Budget::of_effort(1)).roster.assignments.len();
        assert_eq!(solved == 2, legal, "{date}: the search counts alike");
    }
}
