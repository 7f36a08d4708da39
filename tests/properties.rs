//! Properties for arbitrary input.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use peakshift::calendar::Calendar;
use peakshift::forecast::{Facts, forecast};
use peakshift::history::{ContactHistory, RawCount};
use peakshift::service::Concurrency;
use peakshift::staffing::{ServiceLevelDefinition, chat, deferred_flow, erlang_a, erlang_c};
use peakshift::time::{Horizon, Interval};
use peakshift::units::{Agents, Erlangs, Seconds};
use proptest::prelude::*;

fn seconds(value: f64) -> Seconds {
    Seconds::new(value).unwrap()
}

fn history(counts: &[u16]) -> ContactHistory {
    let first = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let at = |index: usize| (first + Days::new(index as u64 / 4)).and_time(NaiveTime::MIN) + TimeDelta::hours(8 + (index % 4) as i64);
    let raw: Vec<RawCount> = counts.iter().enumerate().map(|(index, &count)| RawCount::of(at(index), f64::from(count))).collect();
    ContactHistory::from_counts(&raw, Interval::from_minutes(60).unwrap(), &[], first + Days::new(1000)).unwrap().0
}

proptest! {
    #[test]
    fn more_agents_never_lower_the_service_level(load in 0.1..80.0_f64, handling in 30.0..900.0_f64, extra in 0_u32..30, patience in 5.0..3600.0_f64) {
        let load = Erlangs::new(load).unwrap();
        let agents = load.get() as u32 + extra;
        let level = |agents: u32| erlang_a(load, seconds(handling), Agents::whole(agents), seconds(patience)).service_level(seconds(20.0), ServiceLevelDefinition::Offered);
        prop_assert!(level(agents + 1) >= level(agents) - 1e-12);
        let wait = |agents: u32| erlang_c(load, seconds(handling), Agents::whole(agents)).asa();
        prop_assert!(wait(agents + 1) <= wait(agents));
    }

    #[test]
    fn a_chat_of_one_window_is_a_call(load in 0.1..40.0_f64, handling in 60.0..900.0_f64, extra in 1_u32..10) {
        let load = Erlangs::new(load).unwrap();
        let agents = Agents::whole(load.get() as u32 + extra);
        let one = Concurrency::new(vec![seconds(handling)]).unwrap();
        let (chats, calls) = (chat(load, &one, agents, None), erlang_c(load, seconds(handling), agents));
        prop_assert!((chats.p_wait() - calls.p_wait()).abs() < 1e-10);
        prop_assert!((chats.occupancy() - calls.occupancy()).abs() < 1e-10);
    }

    #[test]
    fn deferred_work_is_neither_lost_nor_made(work in prop::collection::vec((0.0..20.0_f64, 0.0..20.0_f64), 1..60)) {
        let (arrivals, capacity): (Vec<f64>, Vec<f64>) = work.into_iter().unzip();
        let flow = deferred_flow(&arrivals, &capacity, 5.0, 3);
        let (came, done) = (arrivals.iter().sum::<f64>() + 5.0, flow.done.iter().sum::<f64>());
        prop_assert!((came - done - flow.backlog.last().unwrap()).abs() < 1e-9);
        prop_assert!(flow.in_window.iter().flatten().all(|share| (0.0..=1.0).contains(share)));
    }

    #[test]
    fn quantiles_never_cross_and_every_figure_is_finite(counts in prop::collection::vec(0_u16..500, 1..400)) {
        let history = history(&counts);
        let calendar = Calendar::default();
        let horizon = Horizon { first: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(), days: 9 };
        if let Ok(forecast) = forecast(&history, &Facts { calendar: &calendar, events: &[], drivers: &[] }, horizon) {
            for (quantiles, mean) in forecast.quantiles.values().iter().zip(forecast.mean.values()) {
                prop_assert!(mean.get().is_finite());
                prop_assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1]));
            }
        }
    }
}
