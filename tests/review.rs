//! After an event: lifts that were learned, the file that holds them, and what was missed for which cause.

use peakshift::budget::Budget;
use peakshift::hindsight::{Missed, Why, lifts, missed};
use peakshift::history::{Handled, RawCount};
use peakshift::input::Folder;
use peakshift::plan::{Inputs, Published, forecast, require, roster};
use peakshift::time::ClockTime;
use peakshift::units::Seconds;
use peakshift::workforce::Absence;
use std::path::Path;

fn folder(name: &str) -> Folder {
    Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name))
}

#[test]
fn lifts_of_double_11_are_near_those_it_was_made_with() {
    let inputs = folder("qinghe/double11.toml").read().inputs.unwrap();
    let learned = lifts(&inputs).unwrap();
    let volume = |name: &str| {
        let lift = learned.iter().find(|lift| lift.event.name == name).unwrap();
        (if lift.alone { lift.multiplier() } else { lift.over_ordinary() }, lift.alone)
    };
    // each was drawn off by a lognormal 8 %: two and a half deviations
    let within = 0.2;
    for (name, made) in [("D11-2026 first_hours", 9.0), ("D11-2026 main", 5.0), ("D11-2026 phone", 1.6)] {
        let (volume, alone) = volume(name);
        assert!(alone && (volume / made - 1.0).abs() < within, "{name}: {volume} against {made}");
    }
    // the returns of one day lie in the days of parcels underway
    let (together, alone) = volume("D11-2026 returns");
    assert!(!alone && together > 1.9, "{together}");
}

#[test]
fn what_was_learned_stands_in_the_file_and_nothing_else_changes() {
    let folder = folder("qinghe/double11.toml");
    let inputs = folder.read().inputs.unwrap();
    let learned = lifts(&inputs).unwrap();
    let (path, bytes) = folder.promotions_with(&learned, false).unwrap().unwrap();
    let (before, after) = (std::fs::read_to_string(&path).unwrap(), String::from_utf8(bytes).unwrap());
    assert_eq!(before.lines().count(), after.lines().count());
    let changed: Vec<(&str, &str)> = before.lines().zip(after.lines()).filter(|(before, after)| before != after).collect();
    let alone = learned.iter().filter(|lift| lift.alone).count();
    assert_eq!(changed.len(), alone, "each event that was on by itself, and no other");
    for (before, after) in changed {
        let differ: Vec<usize> =
            before.split(',').zip(after.split(',')).enumerate().filter(|(_, (a, b))| a != b).map(|(place, _)| place).collect();
        assert_eq!(differ, [5], "its volume alone, for nothing else was told: {after}");
    }
}

#[test]
fn the_next_years_event_has_all_phases_with_what_was_learned() {
    let folder = folder("qinghe/double11.toml");
    let learned = lifts(&folder.read().inputs.unwrap()).unwrap();
    let text = |next_year| String::from_utf8(folder.promotions_with(&learned, next_year).unwrap().unwrap().1).unwrap();
    let (now, later) = (text(false), text(true));
    assert!(later.starts_with(&now), "what is there stays");
    let of_year = |text: &str, year: &str| -> Vec<String> {
        let rows = text.lines().filter(|line| line.starts_with(&format!("D11-{year},")));
        rows.map(|line| line.replace(year, "YEAR")).collect()
    };
    assert_eq!(of_year(&later, "2027"), of_year(&now, "2026"), "the same phases, dates and numbers");
    assert_eq!(of_year(&later, "2027").len(), 11);
    assert!(!later.contains("618-2027"), "no other event");
}

/// The smallest example with counts of its day: as many calls as forecast, times `calls`, each taking `seconds`.
fn counted(calls: f64, seconds: f64) -> (Inputs, Published) {
    let mut inputs = folder("tiny").read().inputs.unwrap();
    let forecasts = forecast(&inputs).unwrap();
    let made = roster(&inputs, &require(&inputs, &forecasts), &Budget::of_effort(1)).solved.roster;
    let mean = &forecasts[0].offered.mean;
    for slot in (0..mean.grid().len()).filter(|&slot| mean[slot].get() > 0.0) {
        let contacts = mean[slot].get() * calls;
        let handled = Some(Handled { contacts, mean: Seconds::new(seconds).unwrap() });
        inputs.queues[0].counts.push(RawCount { start: mean.grid().start(slot), contacts, by_bots: None, handled });
    }
    (inputs, Published { roster: made, ..Published::default() })
}

fn hours(missed: &[Missed], why: Why) -> f64 {
    missed.iter().filter(|of| of.why == why).map(|of| of.hours).sum()
}

#[test]
fn each_cause_has_its_own_part() {
    let (as_planned, published) = counted(1.0, 600.0);
    let none = missed(&as_planned, &as_planned, &published).unwrap();
    for why in [Why::Forecast, Why::Handling, Why::Absence] {
        assert!(hours(&none, why).abs() < 0.3, "{why:?}: {none:?}");
    }
    let (busy, published) = counted(1.6, 600.0);
    let more = missed(&busy, &busy, &published).unwrap();
    assert!(hours(&more, Why::Forecast) > 1.0 && hours(&more, Why::Absence) == 0.0, "{more:?}");
    assert_eq!(hours(&more, Why::Rule), hours(&none, Why::Rule), "the plan is the same");
    let (slow, published) = counted(1.0, 900.0);
    let longer = missed(&slow, &slow, &published).unwrap();
    assert!(hours(&longer, Why::Handling) > 1.0 && hours(&longer, Why::Forecast).abs() < 0.3, "{longer:?}");
    let mut away = as_planned.clone();
    let duty = &published.roster.assignments[0];
    let (start, end) = (ClockTime::MIDNIGHT.on(duty.date), ClockTime::DAY_END.on(duty.date));
    away.absences.push(Absence { agent: duty.agent.clone(), start, end, kind: "sick".into() });
    let fewer = missed(&as_planned, &away, &published).unwrap();
    assert!(hours(&fewer, Why::Absence) > 1.0, "{fewer:?}");
    assert!(fewer.iter().map(|of| of.price).sum::<f64>() > none.iter().map(|of| of.price).sum::<f64>());
}

#[test]
fn days_that_are_not_counted_yet_have_missed_nothing() {
    let inputs = folder("tiny").read().inputs.unwrap();
    assert!(missed(&inputs, &inputs, &Published::default()).unwrap().is_empty());
}
