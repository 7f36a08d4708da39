//! Requirements for service targets: concurrency, reply figures, priority contacts, pooled queues, whole days.

mod support;

use peakshift::service::{Channel, Concurrency, Over, Queue, ReplyFigure, ServiceTarget, Vip};
use peakshift::staffing::{
    Class, ClassTarget, Demand, IntervalNeed, ServiceLevelDefinition, TwoClasses, best_windows, erlang_c, pooled_need, requirement,
    service_curve, windows_needs,
};
use peakshift::time::{ClockTime, Horizon, Interval, Series, TimeGrid, read_date};
use peakshift::units::{Agents, Contacts, Erlangs, Factor, Seconds, Share};

fn seconds(value: f64) -> Seconds {
    Seconds::new(value).unwrap()
}

fn share(value: f64) -> Share {
    Share::new(value).unwrap()
}

fn in_20_seconds(least: f64) -> ServiceTarget {
    ServiceTarget::AnsweredWithin { within: seconds(20.0), share: share(least) }
}

/// Calls of which 80 % are to be answered in 20 s.
fn calls() -> Queue {
    support::changed(support::queue(), |queue| queue.targets = vec![in_20_seconds(0.8)])
}

fn chats(times: &[f64], planned: usize) -> Queue {
    let times = Concurrency::new(times.iter().copied().map(seconds).collect()).unwrap();
    let (handling, wider) = (times.chat_time(1), Some(times.clone()));
    support::changed(calls(), |queue| {
        queue.channel = Channel::Chat(times.up_to(planned));
        queue.handling = handling;
        queue.wider = wider;
    })
}

fn grid() -> TimeGrid {
    Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::from_minutes(60).unwrap())
}

/// `hourly` contacts an hour from 09:00 on.
fn contacts(hourly: &[f64]) -> Series<Demand> {
    let of = |slot: usize| slot.checked_sub(9).and_then(|open| hourly.get(open)).copied().unwrap_or(0.0);
    Series::from_fn(grid(), |slot| Demand { contacts: Contacts::new(of(slot)).unwrap(), handling: Factor::ONE })
}

fn required(need: &Series<IntervalNeed>) -> f64 {
    need.values().iter().map(|slot| slot.required.get()).sum()
}

#[test]
fn the_fewest_windows_are_chosen_that_need_hardly_more_people() {
    // from the third chat on people finish hardly more chats an hour
    let queue = chats(&[300.0, 330.0, 360.0, 479.9, 599.8], 1);
    let needs = windows_needs(&queue, &contacts(&[300.0; 4]));
    assert_eq!(needs.len(), 5);
    assert!(needs.windows(2).all(|pair| pair[1].agent_hours <= pair[0].agent_hours));
    let chosen = best_windows(&needs).unwrap();
    let limit = 1.005 * needs[4].agent_hours;
    assert!(needs[chosen - 1].agent_hours <= limit && needs[chosen - 2].agent_hours > limit);
}

#[test]
fn windows_with_which_replies_come_too_late_are_not_chosen() {
    let mut queue = chats(&[300.0, 400.0, 500.0], 1);
    let figure = |reply: f64| ReplyFigure {
        within: seconds(180.0),
        share: share(0.9),
        rounds: 20.0,
        reply: seconds(reply),
        window: (ClockTime::MIDNIGHT, ClockTime::DAY_END),
        period_days: 30,
    };
    // alone 1 − e^(−180/70) = 92.4 % come in time, beside a second chat 1 − e^(−180/93.3) = 85.5 %
    queue.replies = vec![figure(70.0)];
    let needs = windows_needs(&queue, &contacts(&[60.0; 4]));
    assert!((needs[0].later_in_time.unwrap() - 0.923_6).abs() < 1e-4);
    assert_eq!(needs.iter().map(|need| need.feasible).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(best_windows(&needs), Some(1));
    queue.replies = vec![figure(10.0)];
    assert_eq!(best_windows(&windows_needs(&queue, &contacts(&[60.0; 4]))), Some(3));
}

#[test]
fn who_goes_first_can_need_more_than_all_together() {
    let demand = contacts(&[100.0; 4]);
    let plain = requirement(&calls(), &demand);
    let promise = |within: f64, least: f64| Vip {
        share: share(0.5),
        targets: vec![ServiceTarget::AnsweredWithin { within: seconds(within), share: share(least) }],
    };
    let easy = support::changed(calls(), |queue| queue.vip = Some(promise(20.0, 0.8)));
    assert_eq!(required(&requirement(&easy, &demand)), required(&plain), "the first half waits less than everybody");
    let hard = requirement(&support::changed(calls(), |queue| queue.vip = Some(promise(1.0, 0.97))), &demand);
    for slot in 9..13 {
        let half = Erlangs::new(hard[slot].changing_load.get() / 2.0).unwrap();
        let target = ClassTarget::AnsweredWithin(seconds(1.0), 0.97);
        let least = TwoClasses::least_agents(half, half, seconds(180.0), &[(Class::High, target)]).unwrap();
        assert!(least > plain[slot].required);
        assert_eq!(hard[slot].required, least);
    }
}

#[test]
fn two_queues_of_a_kind_pool_to_one_queue_with_the_contacts_of_both() {
    let (queue, demand) = (calls(), contacts(&[100.0, 150.0, 200.0, 50.0]));
    let need = requirement(&queue, &demand);
    let both = requirement(&queue, &contacts(&[200.0, 300.0, 400.0, 100.0]));
    let pooled = pooled_need(&[&queue, &queue], &[&need, &need]);
    for slot in 0..24 {
        assert_eq!(pooled[slot], both[slot].required.get());
        assert!(pooled[slot] <= 2.0 * need[slot].required.get());
    }
    assert!(pooled.iter().sum::<f64>() < 2.0 * required(&need), "a larger team keeps a smaller reserve");
    let slower = chats(&[300.0], 1);
    let mixed = pooled_need(&[&queue, &slower], &[&need, &requirement(&slower, &demand)]);
    assert_eq!(mixed.iter().sum::<f64>(), required(&need) + required(&requirement(&slower, &demand)), "calls and chats are not pooled");
}

/// Contacts of an interval outside the service-level threshold, by Erlang C.
fn late(need: &IntervalNeed, agents: f64) -> f64 {
    let state = erlang_c(need.changing_load, need.handling, Agents::new(agents).unwrap());
    need.contacts.get() * (1.0 - state.service_level(seconds(20.0), ServiceLevelDefinition::Offered))
}

#[test]
fn a_day_keeps_its_promise_with_the_fewest_agents_that_can() {
    let demand = contacts(&[40.0, 120.0, 90.0, 60.0]);
    let by_interval = requirement(&calls(), &demand);
    let queue = support::changed(calls(), |queue| {
        queue.over = Over::Day;
        queue.floor = Some(in_20_seconds(0.5));
    });
    let need = requirement(&queue, &demand);
    let curve = service_curve(&queue, &need).unwrap();
    let open = 9..13;
    let least: Vec<u32> = open.clone().map(|slot| curve.least[slot] as u32).collect();
    for (slot, &least) in open.clone().zip(&least) {
        let (floor, below) = (late(&need[slot], f64::from(least)), late(&need[slot], f64::from(least) - 1.0));
        assert!(floor <= 0.5 * need[slot].contacts.get() && below > 0.5 * need[slot].contacts.get());
    }
    let allowed: f64 = 0.2 * 310.0;
    let late_with = |agents: &[u32]| open.clone().zip(agents).map(|(slot, &agents)| late(&need[slot], f64::from(agents))).sum::<f64>();
    let chosen: Vec<u32> = open.clone().map(|slot| need[slot].required.get() as u32).collect();
    assert!(late_with(&chosen) <= allowed);
    assert!(required(&need) < required(&by_interval));
    // every allocation of one agent fewer in total has more contacts outside the threshold
    let beyond = chosen.iter().sum::<u32>() - least.iter().sum::<u32>() - 1;
    for first in 0..=beyond {
        for second in 0..=beyond - first {
            for third in 0..=beyond - first - second {
                let more = [first, second, third, beyond - first - second - third];
                let agents: Vec<u32> = least.iter().zip(more).map(|(least, more)| least + more).collect();
                assert!(late_with(&agents) > allowed, "{agents:?} would do");
            }
        }
    }
}

#[test]
fn a_floor_is_never_stricter_than_the_promise() {
    let queue = support::changed(calls(), |queue| {
        queue.over = Over::Day;
        queue.floor = Some(in_20_seconds(0.9));
    });
    assert_eq!(queue.in_interval().targets, [in_20_seconds(0.8)]);
    assert_eq!(calls().in_interval().targets, calls().targets);
}

#[test]
fn each_further_agent_takes_less_off_than_the_one_before() {
    let queue = support::changed(calls(), |queue| {
        queue.over = Over::Week;
        queue.targets = vec![ServiceTarget::MeanWait(seconds(15.0))];
    });
    let queue = support::changed(queue, |queue| queue.floor = Some(ServiceTarget::MeanWait(seconds(60.0))));
    let need = requirement(&queue, &contacts(&[40.0, 120.0, 0.0, 60.0]));
    let curve = service_curve(&queue, &need).unwrap();
    assert!(curve.relief.iter().all(|relief| relief.windows(2).all(|pair| pair[1] <= pair[0])));
    assert_eq!((curve.least[8], curve.required[8]), (0.0, 0.0), "nobody where the desk is closed");
    assert!(service_curve(&calls(), &need).is_none());
}
