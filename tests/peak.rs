//! The peak hour: agents required by its target, and by a looser one.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::plan::{Inputs, peaks, plan};
use peakshift::service::ServiceTarget;
use peakshift::time::{Horizon, read_date};
use std::path::Path;

fn double_11(first: &str, days: usize) -> Inputs {
    let inputs = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/qinghe/double11.toml")).read().inputs.unwrap();
    Inputs { horizon: Horizon { first: read_date(first).unwrap(), days }, replications: 10, ..inputs }
}

#[test]
fn the_first_hours_of_double_11_are_told_with_what_patience_would_save() {
    let inputs = double_11("2026-11-10", 2);
    let planned = plan(&inputs, &Budget::of_effort(1)).unwrap();
    let found = peaks(&inputs, &planned);
    let peak = found.iter().find(|peak| peak.queue.as_str() == "presale_chat").unwrap();
    assert_eq!(peak.from.format("%m-%d %H:%M").to_string(), "11-10 20:00");
    assert!(peak.until > peak.from && (peak.until - peak.from).num_hours() <= 4);
    assert!(matches!(peak.promises[0].0, ServiceTarget::AnsweredWithin { within, .. } if within.get() == 30.0), "its own promise first");
    let highest = planned.requirements[0].need.values().iter().map(|need| need.required.get()).fold(0.0, f64::max);
    assert_eq!(peak.promises[0].1, highest);
    assert!(peak.promises.len() > 1 && peak.promises.windows(2).all(|pair| pair[1].1 < pair[0].1), "{:?}", peak.promises);
    assert!(peak.rostered > 0.0);
}

#[test]
fn an_ordinary_day_has_no_peak_to_tell() {
    let inputs = double_11("2026-11-05", 1);
    let ordinary = Inputs { events: Vec::new(), ..inputs };
    assert!(peaks(&ordinary, &plan(&ordinary, &Budget::of_effort(1)).unwrap()).is_empty());
}
