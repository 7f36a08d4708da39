//! The simulator against known results: exact formulas, and the transient queue model.

use peakshift::budget::Budget;
use peakshift::service::{Concurrency, ServiceTarget};
use peakshift::simulate::{Arrivals, Attained, DeskPeriod, Figure, Replies, SimAgent, SimModel, SimQueue, Verdict, Vips, Work, simulate};
use peakshift::staffing::{ChangingLine, Class, Leavers, ServiceLevelDefinition, SteadyQueue, Stretch, TwoClasses, chat, erlang_a};
use peakshift::time::{Horizon, Interval, TimeGrid, read_date};
use peakshift::units::{Agents, Erlangs, Factor, Seconds};

fn seconds(value: f64) -> Seconds {
    Seconds::new(value).unwrap()
}

fn grid(days: usize) -> TimeGrid {
    Horizon { first: read_date("2026-11-02").unwrap(), days }.grid(Interval::HALF_HOUR)
}

/// A queue with `hourly` contacts an hour all day, with an answer-within time of 20 seconds.
fn queue(grid: TimeGrid, hourly: f64, work: Work) -> SimQueue {
    SimQueue {
        arrivals: Arrivals::Means(vec![hourly / 2.0; grid.len()]),
        open: vec![true; grid.len()],
        handling_factor: vec![1.0; grid.len()],
        work,
        patience: None,
        within: seconds(20.0),
        rank: 0,
        backlog: 0,
        replies: vec![],
        variation: 1.0,
        vips: None,
    }
}

/// `number` people who are always present and serve all the queues named.
fn people(grid: TimeGrid, number: usize, queues: &[usize]) -> Vec<SimAgent> {
    let to = grid.len() as f64 * grid.interval().seconds().get();
    let always = DeskPeriod { from: 0.0, to, queues: queues.to_vec() };
    vec![SimAgent { periods: vec![always], effectiveness: 1.0 }; number]
}

fn attained(desk: &SimModel, replications: usize) -> Vec<Attained> {
    simulate(desk, replications, 11, &Budget::of_effort(1))
}

/// Whether an interval lies after the initial transient.
fn settled(slot: usize) -> bool {
    slot >= 8
}

/// Four standard errors; the half-width is 1.96 of them.
fn four_errors(half_width: f64) -> f64 {
    4.0 / 1.96 * half_width
}

#[test]
fn fifty_lines_of_calls_agree_with_erlang_a() {
    let grid = grid(2);
    for case in 0..50 {
        let number = 3 + case * 2;
        let load = number as f64 * (0.7 + 0.6 * (case % 10) as f64 / 10.0);
        let (handling, patience) = (120.0 + 30.0 * (case % 7) as f64, 30.0 + 60.0 * (case % 5) as f64);
        let line = SimQueue { patience: Some(seconds(patience)), ..queue(grid, load * 3600.0 / handling, Work::Call(seconds(handling))) };
        let desk = SimModel { grid, queues: vec![line], agents: people(grid, number, &[0]) };
        let exact = erlang_a(Erlangs::new(load).unwrap(), seconds(handling), Agents::whole(number as u32), seconds(patience));
        agrees(&attained(&desk, 40)[0], &exact, &format!("{number} agents, {load} erlangs"));
    }
}

fn agrees(attained: &Attained, exact: &SteadyQueue, case: &str) {
    let level = attained.figure(Figure::ServiceLevel, settled);
    let formula = exact.service_level(seconds(20.0), ServiceLevelDefinition::Offered);
    assert!((level.value - formula).abs() <= four_errors(level.half_width), "{case}: {level:?}, {formula}");
    let abandoned = attained.figure(Figure::Abandonment, settled);
    assert!((abandoned.value - exact.abandonment()).abs() <= four_errors(abandoned.half_width), "{case}: {abandoned:?}");
    let asa = attained.figure(Figure::MeanWait, settled);
    assert!((asa.value - exact.asa()).abs() <= four_errors(asa.half_width), "{case}: {asa:?}, {}", exact.asa());
}

#[test]
fn chats_that_go_to_the_least_loaded_agent_are_within_a_point_of_the_evenly_spread_model() {
    let grid = grid(2);
    let concurrency = Concurrency::with_slowdown(seconds(300.0), 3, Factor::new(0.15).unwrap()).unwrap();
    for (number, hourly) in [(4_u32, 100.0), (12, 310.0), (30, 820.0)] {
        let line = queue(grid, hourly, Work::Chat(concurrency.clone()));
        let desk = SimModel { grid, queues: vec![line], agents: people(grid, number as usize, &[0]) };
        let load = Erlangs::new(hourly * 300.0 / 3600.0).unwrap();
        let model = chat(load, &concurrency, Agents::whole(number), None);
        let formula = model.service_level(seconds(20.0), ServiceLevelDefinition::Offered);
        let level = attained(&desk, 60)[0].figure(Figure::ServiceLevel, settled);
        assert!((level.value - formula).abs() <= 0.01 + four_errors(level.half_width), "{number} agents: {level:?}, {formula}");
    }
}

#[test]
fn of_two_ranks_the_first_waits_as_priority_theory_says() {
    let grid = grid(4);
    let of_rank = |rank, hourly| SimQueue { rank, ..queue(grid, hourly, Work::Call(seconds(180.0))) };
    let queues = vec![of_rank(0, 100.0), of_rank(1, 200.0)];
    let desk = SimModel { grid, queues, agents: people(grid, 18, &[1, 0]) };
    let exact = TwoClasses::new(Erlangs::new(5.0).unwrap(), Erlangs::new(10.0).unwrap(), seconds(180.0), Agents::whole(18));
    for (attained, class) in attained(&desk, 100).iter().zip([Class::High, Class::Low]) {
        let (asa, level) = (attained.figure(Figure::MeanWait, settled), attained.figure(Figure::ServiceLevel, settled));
        let formula = exact.service_level(class, seconds(20.0));
        assert!((asa.value - exact.mean_wait(class)).abs() <= four_errors(asa.half_width), "{class:?}: {asa:?}");
        assert!((level.value - formula).abs() <= four_errors(level.half_width), "{class:?}: {level:?}, {formula}");
    }
}

/// A promotion of an hour at eight in the evening with only 45 people, who all leave when it is over.
fn promotion_day() -> Vec<Stretch> {
    let contacts = |slot: usize| if (40..42).contains(&slot) { 400.0 } else { 100.0 };
    let agents = |slot: usize| if (40..42).contains(&slot) { 45.0 } else { 20.0 };
    (0..48).map(|slot| Stretch { contacts: contacts(slot), handling: 1.0, agents: agents(slot), leaving: 0.0 }).collect()
}

#[test]
fn the_chain_follows_the_simulator_through_a_promotion_and_the_leavers_after_it() {
    let (grid, stretches) = (grid(1), promotion_day());
    for patience in [f64::INFINITY, 120.0] {
        let line = ChangingLine {
            contact_seconds: vec![300.0],
            patience_seconds: patience,
            within_seconds: 20.0,
            interval_seconds: 1800.0,
            leavers: Leavers::Named,
            backlog: 0,
        };
        let calls = SimQueue {
            arrivals: Arrivals::Means(stretches.iter().map(|stretch| stretch.contacts).collect()),
            patience: Seconds::new(patience).ok(),
            ..queue(grid, 0.0, Work::Call(seconds(300.0)))
        };
        let helpers =
            SimAgent { periods: vec![DeskPeriod { from: 40.0 * 1800.0, to: 42.0 * 1800.0, queues: vec![0] }], effectiveness: 1.0 };
        let mut agents = people(grid, 20, &[0]);
        agents.extend(vec![helpers; 25]);
        let attained = attained(&SimModel { grid, queues: vec![calls], agents }, 400);
        for (slot, said) in line.follow(&stretches).iter().enumerate() {
            let (level, asa) = (attained[0].service_level(slot..slot + 1), attained[0].asa(slot..slot + 1));
            let off = (level.value - said.service_level).abs();
            assert!(off <= 0.015 + four_errors(level.half_width), "{patience} {slot}: {level:?}, {said:?}");
            let off = (asa.value - said.asa).abs();
            // the last contacts wait beyond the end of the day, when everybody has left
            assert!(slot > 43 || off <= 0.03 * said.asa + 1.0 + four_errors(asa.half_width), "{patience} {slot}: {asa:?}, {said:?}");
        }
    }
}

#[test]
fn replies_are_counted_by_round_and_who_gives_up_waited_in_vain() {
    let grid = grid(1);
    let figure = |rounds| Replies { within: seconds(60.0), rounds, reply: seconds(30.0), counts: (0..48).map(|slot| slot < 24).collect() };
    let chats = SimQueue {
        patience: Some(seconds(60.0)),
        replies: vec![figure(1.0), figure(6.0)],
        ..queue(grid, 100.0, Work::Chat(Concurrency::new(vec![seconds(180.0)]).unwrap()))
    };
    let desk = SimModel { grid, queues: vec![chats], agents: people(grid, 6, &[0]) };
    let attained = attained(&desk, 60);
    let (first, all) = (attained[0].replies_in_time(0), attained[0].replies_in_time(1));
    // first replies to the contacts of the first half of the day: answered within the minute over offered
    let exact = erlang_a(Erlangs::new(5.0).unwrap(), seconds(180.0), Agents::whole(6), seconds(60.0));
    let in_time = exact.service_level(seconds(60.0), ServiceLevelDefinition::Offered);
    assert!((first.value - in_time).abs() < 0.002 + four_errors(first.half_width), "{first:?} {in_time}");
    // each answered contact has five more, of which 1 − e^−2 come in time; one that abandons awaited a single reply
    let answered = 1.0 - exact.abandonment();
    let expected = (in_time + answered * 5.0 * (1.0 - (-2.0_f64).exp())) / (answered * 6.0 + exact.abandonment());
    assert!((all.value - expected).abs() < 0.002 + four_errors(all.half_width), "{all:?} {expected}");
    assert_eq!((attained[0].chance_to_miss(1, 0.2, 4.0), attained[0].chance_to_miss(1, 0.99, 4.0)), (0.0, 1.0));
    let even = attained[0].chance_to_miss(1, all.value, 4.0);
    assert!((even - 0.5).abs() < 1e-9, "{even}");
}

#[test]
fn two_desks_meet_the_same_contacts() {
    let grid = grid(1);
    let calls = SimQueue { patience: Some(seconds(60.0)), ..queue(grid, 200.0, Work::Call(seconds(180.0))) };
    let desk = |number| SimModel { grid, queues: vec![calls.clone()], agents: people(grid, number, &[0]) };
    let (few, many) = (attained(&desk(9), 10), attained(&desk(12), 10));
    for slot in 0..grid.len() {
        assert_eq!(few[0].offered(slot..slot + 1).value, many[0].offered(slot..slot + 1).value);
    }
    assert!(many[0].abandonment(0..48).value < few[0].abandonment(0..48).value);
}

#[test]
fn a_backlog_is_worked_off_before_anybody_else_is_answered() {
    let grid = grid(1);
    let one = |backlog| SimQueue { backlog, ..queue(grid, 1.0, Work::Call(seconds(60.0))) };
    let desk = |backlog| SimModel { grid, queues: vec![one(backlog)], agents: people(grid, 1, &[0]) };
    let (without, with) = (attained(&desk(0), 50), attained(&desk(30), 50));
    assert!(without[0].asa(0..1).value < 60.0);
    // thirty contacts of a minute each: an arrival in the first half-hour waits for the rest of them, a quarter of an hour on average
    let asa = with[0].asa(0..1);
    assert!((asa.value - 900.0).abs() < four_errors(asa.half_width) + 120.0, "{asa:?}");
}

#[test]
fn where_contacts_come_and_nobody_answers_a_mean_wait_is_missed_and_where_nobody_comes_it_is_met() {
    let grid = grid(1);
    let mut means = vec![0.0; grid.len()];
    means[20] = 5.0;
    let calls = SimQueue { arrivals: Arrivals::Means(means), ..queue(grid, 0.0, Work::Call(seconds(60.0))) };
    let attained = attained(&SimModel { grid, queues: vec![calls], agents: vec![] }, 10);
    let target = ServiceTarget::MeanWait(seconds(1e6));
    assert_eq!((attained[0].verdict(&target, 20), attained[0].verdict(&target, 21)), (Verdict::Missed, Verdict::Met));
    assert_eq!(attained[0].share_of_runs_that_meet(&[target]), 0.0);
}

#[test]
fn worlds_are_taken_in_turn() {
    let grid = grid(1);
    let sample_paths = vec![vec![10.0; grid.len()], vec![0.0; grid.len()]];
    let calls = SimQueue { arrivals: Arrivals::SamplePaths(sample_paths), ..queue(grid, 0.0, Work::Call(seconds(60.0))) };
    let half = attained(&SimModel { grid, queues: vec![calls], agents: people(grid, 2, &[0]) }, 40);
    let offered = half[0].offered(0..48);
    assert!((offered.value - 240.0).abs() < 20.0, "{offered:?}");
}

#[test]
fn deferred_work_fills_idle_time_and_waits_for_calls() {
    let grid = grid(1);
    let calls = queue(grid, 60.0, Work::Call(seconds(180.0)));
    let tickets = SimQueue { within: seconds(8.0 * 3600.0), ..queue(grid, 30.0, Work::Deferred(seconds(300.0))) };
    let alone = SimModel { grid, queues: vec![calls.clone()], agents: people(grid, 6, &[0]) };
    let both = SimModel { grid, queues: vec![calls, tickets], agents: people(grid, 6, &[0, 1]) };
    let (alone, both) = (attained(&alone, 60), attained(&both, 60));
    let (before, after) = (alone[0].service_level(0..48), both[0].service_level(0..48));
    assert!((before.value - after.value).abs() <= four_errors(before.half_width), "{before:?} {after:?}");
    assert!(both[1].service_level(0..32).value > 0.99);
}

#[test]
fn one_agent_waits_as_pollaczek_and_khinchine_say() {
    // mean wait = load / (1 − load) · (1 + variation²) / 2 · handling time, for any distribution
    let (grid, load, handling) = (grid(20), 0.7, 120.0);
    for variation in [0.0, 0.5, 1.0, 2.0] {
        let calls = SimQueue { variation, ..queue(grid, load * 3600.0 / handling, Work::Call(seconds(handling))) };
        let desk = SimModel { grid, queues: vec![calls], agents: people(grid, 1, &[0]) };
        let attained = &attained(&desk, 100)[0];
        let (asa, exact) =
            (attained.figure(Figure::MeanWait, settled), load / (1.0 - load) * f64::midpoint(1.0, variation * variation) * handling);
        // contacts still waiting at the end of the last day are not answered
        assert!((asa.value - exact).abs() <= 0.01 * exact + four_errors(asa.half_width), "{variation}: {asa:?}, {exact}");
        let occupancy = attained.figure(Figure::Occupancy, settled);
        assert!((occupancy.value - load).abs() <= 0.002 + four_errors(occupancy.half_width), "{variation}: {occupancy:?}");
    }
}

#[test]
fn vips_of_a_queue_go_before_the_others_and_all_together_wait_as_long_as_in_one_line() {
    let grid = grid(4);
    let calls = SimQueue { vips: Some(Vips { share: 0.3, within: seconds(5.0) }), ..queue(grid, 300.0, Work::Call(seconds(180.0))) };
    let attained = &attained(&SimModel { grid, queues: vec![calls], agents: people(grid, 17, &[0]) }, 100)[0];
    let exact = TwoClasses::new(Erlangs::new(4.5).unwrap(), Erlangs::new(10.5).unwrap(), seconds(180.0), Agents::whole(17));
    let (vips, all) = (attained.of_vips().asa(0..1), attained.figure(Figure::MeanWait, settled));
    assert!((vips.value - exact.mean_wait(Class::High)).abs() <= 0.2 + four_errors(vips.half_width), "{vips:?}");
    let (level, formula) = (attained.of_vips().service_level(0..1), exact.service_level(Class::High, seconds(5.0)));
    assert!((level.value - formula).abs() <= 0.005 + four_errors(level.half_width), "{level:?}, {formula}");
    let mean = 0.3 * exact.mean_wait(Class::High) + 0.7 * exact.mean_wait(Class::Low);
    assert!((all.value - mean).abs() <= four_errors(all.half_width), "{all:?}, {mean}");
    assert!((attained.of_vips().offered(0..1).value / attained.offered(0..grid.len()).value - 0.3).abs() < 0.01);
}

/// A day of a desk of calls and chats with changing volume, with contacts scaled by `volume` and `callers_desk` people for calls.
fn busy_day(volume: f64, callers_desk: usize) -> SimModel {
    let grid = grid(1);
    let concurrency = Concurrency::with_slowdown(seconds(300.0), 3, Factor::new(0.12).unwrap()).unwrap();
    let patient = |queue: SimQueue| SimQueue { patience: Some(seconds(120.0)), ..queue };
    let mut queues = vec![patient(queue(grid, 1.0, Work::Call(seconds(260.0)))), patient(queue(grid, 1.0, Work::Chat(concurrency)))];
    for (of, hourly) in queues.iter_mut().zip([100.0, 240.0]) {
        let wave = |slot: usize| 0.7 + 0.4 * (slot as f64 * std::f64::consts::PI / 12.0).sin();
        of.arrivals = Arrivals::Means((0..grid.len()).map(|slot| volume * hourly / 2.0 * wave(slot)).collect());
    }
    let agents = [people(grid, callers_desk, &[0]), people(grid, 8, &[1]), people(grid, 2, &[1, 0])].concat();
    SimModel { grid, queues, agents }
}

#[test]
fn differences_from_the_same_contacts_are_far_surer_than_those_of_independent_runs() {
    let played = |desk: &SimModel, seed| simulate(desk, 100, seed, &Budget::of_effort(1));
    let base = played(&busy_day(1.0, 7), 11);
    // half-widths of the difference of two independent runs over that of the paired ones
    let gain = |changed: &SimModel, figure: Figure| {
        let (paired, apart) = (played(changed, 11), played(changed, 12));
        let independent = base[0].figure(figure, |_| true).half_width.hypot(apart[0].figure(figure, |_| true).half_width);
        independent / paired[0].difference(&base[0], figure, |_| true).half_width
    };
    for (figure, least) in [(Figure::ServiceLevel, 3.0), (Figure::Abandonment, 3.0), (Figure::MeanWait, 2.5)] {
        let (busier, one_more) = (gain(&busy_day(1.05, 7), figure), gain(&busy_day(1.0, 8), figure));
        assert!(busier >= least && one_more >= 2.0, "{figure:?}: {busier:.1} and {one_more:.1} times narrower");
    }
}

#[test]
fn with_more_volume_the_same_contacts_come_and_others_beside_them() {
    let offered = |volume: f64| attained(&busy_day(volume, 7), 20)[1].clone();
    let (base, more) = (offered(1.0), offered(1.3));
    for slot in 0..48 {
        let (before, after) = (base.offered(slot..slot + 1).value, more.offered(slot..slot + 1).value);
        assert!(after >= before, "{slot}: {before} {after}");
    }
}
