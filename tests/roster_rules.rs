//! Each rule alone: `check` reports a roster that breaks it and not one that just keeps it; and the search never breaks one.

mod support;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use peakshift::budget::Budget;
use peakshift::roster::{
    Assignment, PastDuty, Reason, Relaxation, Repaired, Restraint, Roster, RosterProblem, ServiceValue, TimeAccount, Trial, Whereabouts,
    check, coverage, reliefs, repair, shortages, solve,
};
use peakshift::service::QueueId;
use peakshift::time::{ClockTime, Interval};
use peakshift::units::{Agents, Factor, HourlyPrice, Money};
use peakshift::workforce::{Absence, AgentId, Pin, Protection, Request};
use proptest::prelude::*;
use support::{assigned, clock, day, hours, person, problem, team};

/// Rules broken by (day, shift) pairs.
fn broken(problem: &RosterProblem, duties: &[(u64, &str)]) -> Vec<&'static str> {
    let assignments = duties.iter().map(|(number, id)| assigned(problem, day(*number), id)).collect();
    let mut rules: Vec<&str> = check(problem, &Roster { assignments }).iter().map(|violation| violation.rule).collect();
    rules.dedup();
    rules
}

#[test]
fn eight_hours_between_two_shifts_are_too_few_and_twelve_are_not() {
    assert_eq!(broken(&problem(), &[(0, "L"), (1, "E")]), ["rest"]);
    assert_eq!(broken(&problem(), &[(0, "L"), (1, "Q")]), [""; 0]);
}

#[test]
fn a_seventh_day_running_is_too_many() {
    let seven: Vec<(u64, &str)> = (1..8).map(|number| (number, "Q")).collect();
    assert!(broken(&problem(), &seven).contains(&"days_running"));
    assert_eq!(broken(&problem(), &seven[..5]), [""; 0]);
}

#[test]
fn days_before_the_horizon_count() {
    let mut problem = problem();
    let past = |back: u64| {
        let date = day(0) - Days::new(back);
        PastDuty { shift: "Q".into(), date, start: clock("12:00").on(date), end: clock("20:00").on(date), paid: hours(8.0) }
    };
    problem.people[0].past = (1..=5).rev().map(past).collect();
    assert_eq!(broken(&problem, &[(0, "Q"), (1, "Q")]), ["days_running"]);
    assert_eq!(broken(&problem, &[(1, "Q")]), [""; 0]);
}

#[test]
fn a_week_holds_no_more_hours_than_the_contract() {
    let long: Vec<(u64, &str)> = (0..5).map(|number| (number, "G")).collect();
    assert_eq!(broken(&problem(), &long), ["week_hours"]);
    assert_eq!(broken(&problem(), &long[..4]), [""; 0]);
}

#[test]
fn a_fifth_late_shift_of_a_week_is_too_many() {
    let late: Vec<(u64, &str)> = (0..5).map(|number| (number, "L")).collect();
    assert_eq!(broken(&problem(), &late), ["late_shifts"]);
    assert_eq!(broken(&problem(), &late[..4]), [""; 0]);
}

#[test]
fn every_week_has_a_rest_day() {
    let mut problem = problem();
    problem.rules.most_days_running = 14;
    problem.people[0].employee.contract.most_hours_week = hours(80.0);
    let all: Vec<(u64, &str)> = (0..7).map(|number| (number, "Q")).collect();
    assert_eq!(broken(&problem, &all), ["rest_days"]);
}

#[test]
fn one_of_four_weekend_days_is_free() {
    assert_eq!(broken(&problem(), &[(5, "Q"), (6, "Q"), (12, "Q"), (13, "Q")]), ["weekends"]);
    assert_eq!(broken(&problem(), &[(5, "Q"), (6, "Q"), (12, "Q")]), [""; 0]);
}

#[test]
fn a_third_night_of_a_week_is_too_many_where_two_are_the_limit() {
    let mut problem = problem();
    problem.rules.most_nights_week = 2;
    assert_eq!(broken(&problem, &[(0, "S"), (2, "S"), (4, "S")]), ["nights"]);
    assert_eq!(broken(&problem, &[(0, "S"), (2, "S"), (7, "S")]), [""; 0]);
}

#[test]
fn a_month_holds_no_more_overtime_than_the_account_leaves() {
    let mut problem = problem();
    problem.rules.most_overtime_month = Some(hours(36.0));
    // Monday is the last day of November: 3 h of overtime fall in it, the next three shifts' 9 h in December
    let long: Vec<(u64, &str)> = (0..4).map(|number| (number, "G")).collect();
    assert_eq!(broken(&problem, &long), [""; 0]);
    let november = NaiveDate::from_ymd_opt(2026, 11, 1);
    problem.people[0].account = TimeAccount { month: november, overtime: hours(33.0), ..TimeAccount::default() };
    assert_eq!(broken(&problem, &long), [""; 0]);
    problem.people[0].account.overtime = hours(33.5);
    assert_eq!(broken(&problem, &long), ["month_overtime"]);
    assert_eq!(broken(&problem, &long[1..]), [""; 0]);
}

#[test]
fn starts_stay_steady_and_some_shifts_do_not_follow_others() {
    let mut problem = problem();
    problem.rules.most_start_change = Some(hours(4.0));
    assert_eq!(broken(&problem, &[(0, "E"), (1, "L")]), ["start_change"]);
    assert_eq!(broken(&problem, &[(0, "E"), (1, "Q")]), [""; 0]);
    assert_eq!(broken(&problem, &[(0, "E"), (2, "L")]), [""; 0]);
    problem.rules.forbidden_successions = vec![("E".into(), "Q".into())];
    assert_eq!(broken(&problem, &[(0, "E"), (1, "Q")]), ["successions"]);
    assert_eq!(broken(&problem, &[(0, "Q"), (1, "E")]), [""; 0]);
}

#[test]
fn two_days_off_in_a_row_are_asked_of_every_week() {
    let mut problem = problem();
    problem.rules.two_days_off_running = true;
    assert_eq!(broken(&problem, &[(0, "Q"), (2, "Q"), (4, "Q"), (6, "Q")]), ["days_off_running"]);
    assert_eq!(broken(&problem, &[(0, "Q"), (1, "Q"), (2, "Q"), (3, "Q"), (4, "Q")]), [""; 0]);
}

#[test]
fn burdens_go_to_whoever_has_had_fewer() {
    let mut problem = problem();
    problem.people.push(person("B"));
    problem.prices.unfair_shift = Money::new(5.0).unwrap();
    problem.people[1].account.burdens.0[0] = 20.0;
    let lates = |roster: &Roster, agent: &str| {
        roster.assignments.iter().filter(|duty| duty.agent == AgentId::new(agent) && duty.shift == "L").count()
    };
    // one person at a time is required in the evening, another in the morning
    for (slot, required) in problem.demand[0].required.iter_mut().enumerate() {
        *required = if (16..48).contains(&(slot % 48)) { 1.0 } else { 0.0 };
    }
    let roster = solve(&problem, 1, &Budget::of_effort(5)).roster;
    assert!(lates(&roster, "A") > lates(&roster, "B"), "{} {}", lates(&roster, "A"), lates(&roster, "B"));
    let after = TimeAccount::after(&problem, &problem.people[1], &roster.of_agent(&AgentId::new("B")).collect::<Vec<_>>());
    assert_eq!(after.burdens.0[0], 20.0 + lates(&roster, "B") as f64);
    assert_eq!(after.month, NaiveDate::from_ymd_opt(2026, 12, 1));
}

#[test]
fn between_equal_shifts_the_one_she_likes_best_wins() {
    let mut problem = problem();
    problem.prices.other_shift = Money::new(1.0).unwrap();
    problem.demand[0].required.fill(0.0);
    problem.people[0].employee.preferred_shift = Some("Q".into());
    let roster = solve(&problem, 1, &Budget::of_effort(1)).roster;
    assert!(!roster.assignments.is_empty() && roster.assignments.iter().all(|duty| duty.shift == "Q"));
}

#[test]
fn the_heavier_of_two_requests_is_granted() {
    let mut problem = problem();
    problem.people = ["A", "B"].map(person).to_vec();
    problem.horizon.days = 1;
    problem.grid = problem.horizon.grid(Interval::HALF_HOUR);
    problem.demand[0].required = (0..48).map(|slot| if (16..34).contains(&slot) { 1.0 } else { 0.0 }).collect();
    problem.prices.shortage.iter_mut().for_each(|(_, price)| *price = HourlyPrice::new(60.0).unwrap());
    let mut works = |weights: [f64; 2], shift: Option<&str>| {
        for (person, weight) in problem.people.iter_mut().zip(weights) {
            let weight = Factor::new(weight).unwrap();
            person.employee.requests = vec![Request { date: day(0), shift: shift.map(str::to_owned), weight }];
        }
        let roster = solve(&problem, 1, &Budget::of_effort(1)).roster;
        let of = |id: &str| roster.assignments.iter().find(|duty| duty.agent == AgentId::new(id)).map(|duty| duty.shift.clone());
        (of("A"), of("B"))
    };
    // one is required from 8 to 17, both have requested the day off
    assert_eq!(works([3.0, 1.0], None), (None, Some("E".into())));
    assert_eq!(works([1.0, 3.0], None), (Some("E".into()), None));
    // both have requested the shift
    assert_eq!(works([3.0, 1.0], Some("E")), (Some("E".into()), None));
    assert_eq!(works([1.0, 3.0], Some("E")), (None, Some("E".into())));
}

#[test]
fn protected_people_work_neither_late_nor_nights_nor_overtime() {
    let mut problem = problem();
    problem.people[0].employee.protection = Protection { no_late: true, no_night: true, no_overtime: true };
    assert_eq!(broken(&problem, &[(0, "L")]), ["protected_late", "protected_night"]);
    assert_eq!(broken(&problem, &[(0, "S")]), ["protected_night"]);
    assert_eq!(broken(&problem, &[(0, "G")]), ["protected_overtime"]);
    assert_eq!(broken(&problem, &[(0, "E")]), [""; 0]);
}

#[test]
fn nobody_works_during_an_absence_or_before_the_first_day() {
    let mut problem = problem();
    let away =
        Absence { agent: AgentId::new("A"), start: clock("13:00").on(day(0)), end: clock("14:00").on(day(0)), kind: "training".into() };
    problem.people[0].absences = vec![away];
    problem.people[0].employee.hired = Some(day(1));
    assert_eq!(broken(&problem, &[(0, "E")]), ["absent", "not_yet_hired"]);
    assert_eq!(broken(&problem, &[(1, "E")]), [""; 0]);
}

#[test]
fn shifts_for_others_are_refused() {
    let mut problem = problem();
    problem.shifts[0].contracts = vec!["part".into()];
    problem.shifts[1].queues = vec![QueueId::new("chat")];
    problem.shifts[2].promotion_only = true;
    problem.shifts[3].volunteers_only = true;
    for (id, rule) in [("E", "shift_contract"), ("L", "shift_skill"), ("Q", "promotion_only"), ("G", "volunteers_only")] {
        assert_eq!(broken(&problem, &[(0, id)]), [rule]);
    }
}

#[test]
fn the_day_after_a_volunteers_night_is_free() {
    let mut problem = problem();
    problem.shifts[4].volunteers_only = true;
    problem.people[0].employee.volunteers = true;
    assert_eq!(broken(&problem, &[(0, "S"), (1, "L")]), ["day_off_after_night"]);
}

#[test]
fn hand_made_rows_are_compared_with_the_shift() {
    let problem = problem();
    let honest = assigned(&problem, day(0), "E");
    let with = |change: &dyn Fn(&mut Assignment)| {
        let mut assignment = honest.clone();
        change(&mut assignment);
        check(&problem, &Roster { assignments: vec![assignment] }).first().map(|violation| violation.rule)
    };
    assert_eq!(with(&|_| ()), None);
    assert_eq!(with(&|row| row.shift = "Z".into()), Some("unknown_shift"));
    assert_eq!(with(&|row| row.agent = AgentId::new("Z")), Some("unknown_agent"));
    assert_eq!(with(&|row| row.end += TimeDelta::hours(1)), Some("shift_times"));
    assert_eq!(with(&|row| row.paid = hours(9.0)), Some("paid_hours"));
    assert_eq!(with(&|row| row.meals.clear()), Some("meals"));
    assert_eq!(with(&|row| row.meals[0].start += TimeDelta::hours(3)), Some("meals"));
    assert_eq!(with(&|row| row.stints[0].queues.push(QueueId::new("chat"))), Some("skill"));
    assert_eq!(with(&|row| row.date = day(20)), Some("outside_horizon"));
    let twice = vec![assigned(&problem, day(0), "S"), assigned(&problem, day(0), "L")];
    assert!(check(&problem, &Roster { assignments: twice }).iter().any(|violation| violation.rule == "two_shifts"));
}

#[test]
fn the_search_keeps_every_rule_and_its_bound() {
    let mut problem = problem();
    for (slot, required) in problem.demand[0].required.iter_mut().enumerate() {
        *required = if (16..44).contains(&(slot % 48)) { 1.0 } else { 0.0 };
    }
    problem.people = ["A", "B", "C", "D"].map(person).to_vec();
    problem.people[1].employee.protection = Protection { no_late: true, no_night: true, no_overtime: true };
    problem.people[2].employee.requests = vec![Request::day_off(day(2))];
    let solved = solve(&problem, 7, &Budget::of_effort(1));
    assert_eq!(check(&problem, &solved.roster), []);
    let bound = solved.bound.unwrap();
    assert!(solved.cost >= bound);
    assert!(bound >= solved.unavoidable);
    assert_eq!(solved, solve(&problem, 7, &Budget::of_effort(1)), "the same seed gives the same roster");
}

#[test]
fn people_without_demand_or_shifts_still_give_a_roster() {
    let mut idle = problem();
    idle.demand[0].required.fill(0.0);
    assert_eq!(check(&idle, &solve(&idle, 1, &Budget::of_effort(1)).roster), []);
    let mut shiftless = problem();
    shiftless.shifts.clear();
    assert_eq!(solve(&shiftless, 1, &Budget::of_effort(1)).roster, Roster::default());
    let mut nobody = problem();
    nobody.people.clear();
    assert_eq!(solve(&nobody, 1, &Budget::of_effort(1)).roster, Roster::default());
}

#[test]
fn what_an_interval_lacks_others_of_its_stretch_make_up_for() {
    let mut problem = problem();
    let slots = problem.grid.len();
    // one agent is required everywhere, which the team cannot provide round the clock; a second is worth as much as the first from noon to
    // eight
    let step = |slot: usize| {
        let busy = (24..40).contains(&(slot % 48));
        vec![(Agents::whole(1), HourlyPrice::new(60.0).unwrap()); if busy { 2 } else { 1 }]
    };
    let worth = ServiceValue {
        least: vec![0.0; slots],
        steps: (0..slots).map(step).collect(),
        stretch: (0..slots).map(|slot| slot / 48).collect(),
    };
    problem.people.push(person("B"));
    problem.demand[0].worth = Some(worth);
    let solved = solve(&problem, 1, &Budget::of_effort(2));
    assert!(check(&problem, &solved.roster).is_empty());
    assert!(solved.bound.is_some_and(|bound| bound <= solved.cost && bound.get() > 0.0));
    let cover = &coverage(&problem, &solved.roster)[0];
    assert!((0..slots).all(|slot| cover.short(slot) == Agents::ZERO), "nobody is missing below the least");
    // by hand: 60 an agent-hour of half an hour, less the value of the second agent
    let by_hand = |day: usize| {
        let price = |slot: usize| 30.0 * (1.0 - (cover.rostered[slot].min(if (24..40).contains(&(slot % 48)) { 2.0 } else { 1.0 })));
        (day * 48..(day + 1) * 48).map(price).sum::<f64>().max(0.0)
    };
    let expected: f64 = (0..14).map(by_hand).sum();
    assert!((cover.short_cost.get() - expected).abs() < 1e-6 * expected, "{} {expected}", cover.short_cost);
    assert!(cover.prices.iter().any(|price| *price < Money::ZERO), "somewhere two are there at noon");
}

fn pin(agent: &str, date: NaiveDate, shift: Option<&str>) -> Pin {
    Pin { agent: AgentId::new(agent), date, shift: shift.map(str::to_owned) }
}

#[test]
fn what_a_planner_fixed_stands() {
    let mut problem = team();
    problem.people[0].pins = vec![pin("A", day(1), Some("L")), pin("A", day(3), None)];
    let roster = solve(&problem, 1, &Budget::of_effort(1)).roster;
    assert_eq!(check(&problem, &roster), []);
    let of = |date| roster.assignments.iter().find(|duty| duty.agent == AgentId::new("A") && duty.date == date);
    assert!(of(day(1)).is_some_and(|duty| duty.shift == "L" && duty.pinned));
    assert!(of(day(3)).is_none());
    let other = Roster { assignments: roster.assignments.iter().filter(|duty| duty.date != day(1)).cloned().collect() };
    assert_eq!(check(&problem, &other).iter().map(|violation| violation.rule).collect::<Vec<_>>(), ["pin"]);
}

/// Three people fall sick on one day, all of them rostered on it.
fn fallen_ill(problem: &RosterProblem, roster: &Roster) -> RosterProblem {
    let mut ill = problem.clone();
    let away = roster.assignments.iter().filter(|duty| duty.date == day(8)).take(3);
    for duty in away {
        let sick =
            Absence { agent: duty.agent.clone(), start: clock("00:00").on(day(8)), end: clock("24:00").on(day(8)), kind: "sick".into() };
        ill.people.iter_mut().find(|person| person.employee.id == duty.agent).unwrap().absences.push(sick);
    }
    ill
}

fn mended(problem: &RosterProblem, roster: &Roster, price: f64, most_changes: Option<usize>, most_people: Option<usize>) -> Repaired {
    let open = Restraint::open(Money::new(price).unwrap(), ClockTime::MIDNIGHT.on(day(0)));
    let restraint = Restraint { most_changes, most_people, ..open };
    repair(problem, roster, &restraint, 1, &Budget::of_effort(5))
}

#[test]
fn a_repair_keeps_rules_and_caps_and_says_what_it_changes() {
    let problem = team();
    let roster = solve(&problem, 1, &Budget::of_effort(5)).roster;
    let ill = fallen_ill(&problem, &roster);
    for (price, changes, people) in [(30.0, None, None), (0.0, Some(5), None), (0.0, None, Some(4)), (1e6, None, None)] {
        let mended = mended(&ill, &roster, price, changes, people);
        assert_eq!(check(&ill, &mended.solved.roster), []);
        let differs = |one: &Roster, other: &Roster| {
            let has = |duty: &Assignment| {
                other.assignments.iter().any(|its| (its.date, &its.agent, &its.shift) == (duty.date, &duty.agent, &duty.shift))
            };
            let gone = one.assignments.iter().filter(|duty| !has(duty));
            gone.map(|duty| (duty.date, duty.agent.clone())).collect::<std::collections::BTreeSet<_>>()
        };
        let listed: std::collections::BTreeSet<_> = mended.changes.iter().map(|change| (change.date, change.agent.clone())).collect();
        let counted = &differs(&roster, &mended.solved.roster) | &differs(&mended.solved.roster, &roster);
        assert_eq!(listed, counted, "every difference is listed and nothing else");
        assert_eq!(mended.changes.iter().filter(|change| change.reason == Reason::Away).count(), 3);
        assert!(mended.changes.len() <= changes.unwrap_or(usize::MAX));
        let touched: std::collections::BTreeSet<_> = mended.changes.iter().map(|change| &change.agent).collect();
        assert!(touched.len() <= people.unwrap_or(usize::MAX));
        // an unchanged shift keeps its breaks
        for duty in &mended.solved.roster.assignments {
            let before = roster.assignments.iter().find(|its| (its.date, &its.agent, &its.shift) == (duty.date, &duty.agent, &duty.shift));
            assert!(before.is_none_or(|before| before.meals == duty.meals && before.rests == duty.rests));
        }
        if price > 1e5 {
            assert_eq!(mended.changes.len(), 3, "nothing but who is away where changes are beyond price");
        }
    }
}

#[test]
fn a_repair_in_the_middle_of_a_day_changes_nothing_that_has_begun() {
    let problem = team();
    let roster = solve(&problem, 1, &Budget::of_effort(5)).roster;
    let ill = fallen_ill(&problem, &roster);
    let start = |code: &str| problem.shifts.iter().find(|shift| shift.id == code).unwrap().start_on(day(8));
    let mut late_changes = 0;
    for time in ["00:00", "08:01", "12:00", "23:59"] {
        let from = clock(time).on(day(8));
        let restraint = Restraint::open(Money::ZERO, from);
        let mended = repair(&ill, &roster, &restraint, 1, &Budget::of_effort(5));
        assert_eq!(check(&ill, &mended.solved.roster), []);
        assert!(mended.changes.iter().all(|change| change.date >= day(8)), "days that are over stay");
        for change in mended.changes.iter().filter(|change| change.date == day(8)) {
            let stood = change.before.as_deref().filter(|_| change.reason != Reason::Away);
            assert!(stood.into_iter().chain(change.after.as_deref()).all(|code| start(code) >= from), "{time}: {change:?}");
            late_changes += usize::from(time == "12:00" && change.reason != Reason::Away);
        }
    }
    assert!(late_changes > 0, "who begins after noon can still be asked");
}

#[test]
fn a_repair_recovers_what_sick_calls_cost() {
    let problem = team();
    let roster = solve(&problem, 1, &Budget::of_effort(20)).roster;
    let ill = fallen_ill(&problem, &roster);
    let cost = |price: f64| mended(&ill, &roster, price, None, None).solved.cost.get();
    let (without, with, free) = (cost(1e6), cost(10.0), cost(0.0));
    assert!(with < without, "something is recovered");
    assert!(without - with >= 0.95 * (without - free), "{without} {with} {free}");
}

#[test]
fn what_gives_way_relieves_a_desk_that_is_short() {
    let mut problem = team();
    problem.people.truncate(6);
    problem.people[5].absences = vec![Absence {
        agent: AgentId::new("F"),
        start: clock("00:00").on(day(0)),
        end: clock("24:00").on(day(4)),
        kind: "training".into(),
    }];
    let roster = solve(&problem, 1, &Budget::of_effort(5)).roster;
    let reliefs = reliefs(&problem, &roster, 1, &Budget::of_effort(1)).unwrap();
    let found = |wanted: fn(&Relaxation) -> bool| reliefs.alone.iter().find(|relief| wanted(&relief.relaxations[0]));
    let hired = found(|relaxation| matches!(relaxation, Relaxation::Hire { .. })).expect("more people help six who are short");
    let moved = found(|relaxation| *relaxation == Relaxation::Training).expect("so does training at another time");
    for relief in [hired, moved] {
        assert!(relief.short < reliefs.short && relief.worth() > Money::ZERO && !relief.changes.is_empty());
    }
    assert!(reliefs.alone.windows(2).all(|pair| pair[0].worth() >= pair[1].worth()), "the best first");
    assert!(reliefs.together.is_none_or(|both| both.worth() > reliefs.alone[0].worth() && both.relaxations.len() > 1));
}

#[test]
fn weekends_worked_before_the_plan_count_among_the_four() {
    let mut problem = team();
    problem.rules.free_weekends_in_four = 2;
    problem.people.truncate(2);
    let saturdays = [2, 9].map(|back| day(0) - Days::new(back));
    let worked = |date: NaiveDate| PastDuty {
        shift: "E".into(),
        date,
        start: clock("08:00").on(date),
        end: clock("17:00").on(date),
        paid: hours(8.0),
    };
    problem.people[0].past = saturdays.into_iter().rev().map(worked).collect();
    let mut roster = solve(&problem, 1, &Budget::of_effort(1)).roster;
    assert_eq!(check(&problem, &roster), []);
    let weekend_days = |agent: &AgentId, roster: &Roster| {
        let of_agent = roster.assignments.iter().filter(|duty| duty.agent == *agent);
        of_agent.filter(|duty| matches!(duty.date.weekday(), Weekday::Sat | Weekday::Sun)).count()
    };
    let [tired, rested] = [0, 1].map(|number| problem.people[number].employee.id.clone());
    assert_eq!(weekend_days(&tired, &roster), 0);
    assert!(weekend_days(&rested, &roster) > 0, "short as the desk is");
    roster.assignments.retain(|duty| duty.agent != tired);
    let of_rested: Vec<Assignment> = roster.assignments.iter().filter(|duty| duty.date.weekday() == Weekday::Sat).cloned().collect();
    roster.assignments.extend(of_rested.into_iter().map(|duty| Assignment { agent: tired.clone(), ..duty }));
    assert!(check(&problem, &roster).iter().any(|violation| violation.rule == "free_weekends" && violation.agent == tired));
}

#[test]
fn a_desk_with_people_enough_needs_no_relief() {
    let mut problem = team();
    problem.demand[0].required.iter_mut().for_each(|required| *required = 0.0);
    let roster = solve(&problem, 1, &Budget::of_effort(1)).roster;
    assert_eq!(reliefs(&problem, &roster, 1, &Budget::of_effort(1)), None);
}

#[test]
fn everybody_who_could_serve_a_shortage_is_accounted_for() {
    let mut problem = team();
    problem.demand[0].required.iter_mut().for_each(|required| *required *= 3.0);
    problem.rules.most_late_shifts_week = 0;
    let roster = solve(&problem, 1, &Budget::of_effort(2)).roster;
    let short = shortages(&problem, &roster, &coverage(&problem, &roster), 3);
    assert!(short.len() > 3 && short.windows(2).all(|pair| pair[0].cost >= pair[1].cost));
    for shortage in &short[..3] {
        assert_eq!(shortage.whereabouts.values().sum::<usize>(), problem.people.len());
    }
    let evening = shortages(&problem, &roster, &coverage(&problem, &roster), usize::MAX);
    let late = evening.iter().find(|shortage| shortage.worst.time() >= clock("22:00").on(day(0)).time()).unwrap();
    assert!(late.whereabouts.get(&Whereabouts::KeptAway("late_shifts")).is_some_and(|people| *people > 0), "{late:?}");
}

#[test]
fn a_next_best_week_and_every_swap_keep_the_rules() {
    let problem = team();
    let roster = solve(&problem, 1, &Budget::of_effort(5)).roster;
    let duty = &roster.assignments[3];
    let trial = Trial::of(&problem, &roster);
    let other = trial.next_best(&duty.agent, duty.date).unwrap();
    let others = || roster.assignments.iter().filter(|its| its.agent != duty.agent).cloned();
    assert!(other.assignments.iter().all(|its| (its.date, &its.shift) != (duty.date, &duty.shift)));
    assert_eq!(check(&problem, &Roster { assignments: others().chain(other.assignments.clone()).collect() }), []);
    let swaps = trial.swaps(&duty.agent, duty.date);
    assert!(!swaps.is_empty() && swaps.windows(2).all(|pair| pair[0].price <= pair[1].price));
    for swap in &swaps {
        let mut swapped = roster.clone();
        for its in swapped.assignments.iter_mut().filter(|its| its.date == duty.date) {
            if its.agent == duty.agent {
                its.agent = swap.with.clone();
            } else if its.agent == swap.with {
                assert_eq!(Some(&its.shift), swap.shift.as_ref());
                its.agent = duty.agent.clone();
            }
        }
        assert_eq!(check(&problem, &swapped), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// For any rules, past and demand, the roster is legal by the independent checker and the bound below its cost.
    #[test]
    fn every_hard_rule_holds_on_random_problems(
        rest in 8_u32..16, running in 2_u32..7, lates in 0_u32..5, free in 1_u32..4, weekend: bool, overtime in 40_u32..60,
        protected in 0_usize..4, past in 0_u64..6, away in 0_u64..14, seed in 0_u64..1000,
    ) {
        let mut problem = team();
        problem.people.truncate(5);
        problem.rules.rest = hours(f64::from(rest)); problem.rules.most_days_running = running; problem.rules.most_late_shifts_week = lates; problem.rules.rest_days_week = free; problem.rules.weekend_day_off_in_two_weeks = weekend;
        for (number, person) in problem.people.iter_mut().enumerate() {
            person.employee.contract.most_hours_week = hours(f64::from(overtime));
            person.employee.protection = Protection { no_late: number < protected, no_night: number < protected, no_overtime: number + 1 < protected };
            let before = |back: u64| day(0) - Days::new(back);
            person.past = (1..=past.min(number as u64 + 2)).rev().map(|back| PastDuty { shift: "E".into(), date: before(back), start: clock("08:00").on(before(back)), end: clock("17:00").on(before(back)), paid: hours(8.0) }).collect();
        }
        problem.people[1].absences.push(Absence { agent: AgentId::new("B"), start: clock("12:00").on(day(away)), end: clock("24:00").on(day(away)), kind: "leave".into() });
        let solved = solve(&problem, seed, &Budget::of_effort(1));
        prop_assert_eq!(check(&problem, &solved.roster), vec![]);
        prop_assert!(solved.bound.is_some_and(|bound| bound <= solved.cost) && solved.unavoidable <= solved.cost);
    }

    /// As above, for rarer rules, on horizons that begin on any day of the week.
    #[test]
    fn every_rarer_rule_holds_on_random_problems(
        nights in 0_u32..4, change in 0_u32..8, pairs in 0_usize..4, two_off: bool, overtime in 0_u32..12, had in 0_u32..12,
        first in 0_u64..7, past in 0_u64..4, weekends in 0_u32..4, seed in 0_u64..1000,
    ) {
        let mut problem = team();
        problem.people.truncate(4);
        problem.horizon.first = day(first);
        problem.grid = problem.horizon.grid(Interval::HALF_HOUR);
        let all = [("E", "Q"), ("Q", "L"), ("G", "E"), ("E", "G")].map(|(before, after)| (before.to_owned(), after.to_owned()));
        problem.rules.most_nights_week = nights; problem.rules.most_start_change = Some(hours(f64::from(change))); problem.rules.forbidden_successions = all[..pairs].to_vec(); problem.rules.two_days_off_running = two_off; problem.rules.most_overtime_month = Some(hours(f64::from(overtime))); problem.rules.free_weekends_in_four = weekends;
        for (number, person) in problem.people.iter_mut().enumerate() {
            let before = |back: u64| day(first) - Days::new(back);
            let duty = |back: u64| PastDuty { shift: "G".into(), date: before(back), start: clock("09:00").on(before(back)), end: clock("21:00").on(before(back)), paid: hours(11.0) };
            person.past = (1..=past.min(number as u64)).rev().map(duty).collect();
            if number == 2 {
                person.account = TimeAccount { month: NaiveDate::from_ymd_opt(2026, 12, 1), overtime: hours(f64::from(had)), ..TimeAccount::default() };
            }
        }
        let solved = solve(&problem, seed, &Budget::of_effort(1));
        prop_assert_eq!(check(&problem, &solved.roster), vec![]);
        prop_assert!(solved.bound.is_some_and(|bound| bound <= solved.cost));
    }
}
