//! Consistency of each interval in `requirement.csv`: the required agents keep up with the load that requires them.

mod support;

use peakshift::input::Folder;
use peakshift::plan::{forecast, require};
use peakshift::report;
use peakshift::service::{Channel, Concurrency, OpeningHours, Queue, ServiceTarget};
use peakshift::staffing::{Demand, performance, requirement};
use peakshift::time::{Horizon, Interval, Series, read_date};
use peakshift::units::{Contacts, Factor, Seconds, Share};
use proptest::prelude::*;
use std::fs;

fn seconds(value: f64) -> Seconds {
    Seconds::new(value).unwrap()
}

fn share(value: f64) -> Share {
    Share::new(value).unwrap()
}

fn queue(channel: Channel, handling: f64, patience: Option<f64>, target: ServiceTarget) -> Queue {
    let hours = OpeningHours::daily("06:00".parse().unwrap(), "22:00".parse().unwrap());
    let (handling, patience, targets) = (seconds(handling), patience.map(seconds), vec![target]);
    support::changed(support::queue(), |queue| {
        queue.channel = channel;
        queue.hours = hours;
        queue.handling = handling;
        queue.patience = patience;
        queue.targets = targets;
    })
}

/// A day by periods of eight intervals: quiet, closed down, an ordinary hour, a peak, overload.
fn shape(kinds: &[usize], interval: Interval, largest: f64) -> Series<Demand> {
    let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(interval);
    let of = |slot: usize| [0.0, 0.0, 0.2, 1.0, 0.01][kinds[slot / 4 % kinds.len()]] * largest;
    Series::from_fn(grid, |slot| Demand { contacts: Contacts::new(of(slot)).unwrap(), handling: Factor::ONE })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// For any day, channel and target, the required agents meet the target at the load that requires them; without arrivals only contacts
    /// in hand require agents.
    #[test]
    fn whoever_is_asked_for_meets_what_is_asked(
        kinds in prop::collection::vec(0_usize..5, 3..12),
        minutes in prop::sample::select(vec![5_u32, 15, 30, 60]),
        largest in 0.1..400.0_f64,
        handling in 20.0..4000.0_f64,
        patience in prop::option::of(5.0..900.0_f64),
        target in 0_usize..4,
        is_chat in any::<bool>(),
    ) {
        let channel = if is_chat { Channel::Chat(Concurrency::with_slowdown(seconds(handling), 3, Factor::new(0.2).unwrap()).unwrap()) } else { Channel::Voice };
        let target = [
            ServiceTarget::MeanWait(seconds(20.0)),
            ServiceTarget::AnsweredWithin { within: seconds(30.0), share: share(0.8) },
            ServiceTarget::Occupancy(share(0.85)),
            if patience.is_some() { ServiceTarget::Abandonment(share(0.05)) } else { ServiceTarget::AnsweredWithin { within: seconds(0.0), share: share(0.95) } },
        ][target];
        let queue = queue(channel, handling, patience, target);
        let needs = requirement(&queue, &shape(&kinds, Interval::from_minutes(minutes).unwrap(), largest));
        for (start, need) in needs.iter() {
            if !queue.hours.is_open(start) {
                prop_assert_eq!(need.required.get(), 0.0);
            } else if need.contacts.get() == 0.0 {
                prop_assert!(need.required.get() == 0.0 || (need.changing_load.get() >= 0.5 && need.required.get() < need.changing_load.get() + 1.0), "{:?}", need);
            } else {
                prop_assert!(need.required.get() > 0.0);
                let said = performance(&queue, need, need.required);
                prop_assert!(said.asa.is_finite() && (0.0..=1.0 + 1e-9).contains(&said.service_level), "{:?}: {:?}", need, said);
                prop_assert!((0.0..=1.0 + 1e-9).contains(&said.occupancy) && (0.0..=1.0).contains(&said.abandonment), "{:?}", said);
                let is_met = match target {
                    ServiceTarget::MeanWait(most) => said.asa <= most.get() + 1e-9,
                    ServiceTarget::AnsweredWithin { share, .. } => said.service_level >= share.get() - 1e-9,
                    ServiceTarget::Occupancy(most) => said.occupancy <= most.get() + 1e-6,
                    ServiceTarget::Abandonment(most) => said.abandonment <= most.get() + 1e-9,
                    ServiceTarget::DoneWithin { .. } => true,
                };
                prop_assert!(is_met, "{:?} {:?}: {:?}", target, need, said);
            }
        }
    }
}

/// `requirement.csv` of the tiny plan with another interval and handling time, by row and column.
fn rows(minutes: u32, handling: u32) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir("data/tiny").unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let plan = fs::read_to_string("data/tiny/plan.toml").unwrap();
    let plan = plan.replace("interval_minutes = 60", &format!("interval_minutes = {minutes}"));
    fs::write(folder.path().join("plan.toml"), plan.replace("handling_seconds = 600", &format!("handling_seconds = {handling}"))).unwrap();
    let inputs = Folder::named(folder.path()).read().inputs.unwrap();
    let requirements = require(&inputs, &forecast(&inputs).unwrap());
    let bytes: Vec<u8> = report::requirement(&inputs, &requirements, None).csv();
    let text = String::from_utf8(bytes).unwrap();
    text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn long_contacts_in_short_intervals_ask_for_people_who_keep_up() {
    for (minutes, handling) in [(15, 3000), (5, 1200), (30, 7200), (60, 600)] {
        let rows = rows(minutes, handling);
        let column = |name: &str| rows[0].iter().position(|column| column == name).unwrap();
        let mut asked = 0;
        for row in &rows[1..] {
            let number = |name: &str| row[column(name)].parse::<f64>().unwrap();
            assert_eq!(number("required") > 0.0, row[column("asked_for")] == "contacts", "{row:?}");
            assert!(number("service_level") > 0.0 && number("asa_seconds") <= 60.0 && number("occupancy") <= 1.0, "{row:?}");
            asked += u32::from(number("required") > 0.0);
        }
        assert!(asked > 0);
    }
}
