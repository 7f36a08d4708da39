//! Review of an event: learned lifts, the file that holds them, and understaffing by cause.

use chrono::TimeDelta;
use peakshift::budget::Budget;
use peakshift::history::{Handled, RawCount};
use peakshift::input::{Folder, read_forecast_of};
use peakshift::messages::Lang;
use peakshift::plan::{Inputs, Published, forecast, plan, require, roster};
use peakshift::report::plan_files;
use peakshift::review::{Lift, Missed, Why, lifts, missed};
use peakshift::time::{ClockTime, Horizon};
use peakshift::units::{Money, Seconds};
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
    // each was varied by a lognormal 8 %: two and a half deviations
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
    let known = learned.iter().filter(|lift| lift.is_learned()).count();
    assert_eq!(changed.len(), known, "each event that was on by itself and is over, and no other");
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

#[test]
fn a_part_of_an_event_is_not_written_for_all_of_it() {
    let whole = folder("qinghe/double11.toml").read().inputs.unwrap();
    let written = |inputs: &Inputs| -> Vec<String> {
        let learned = lifts(inputs).unwrap();
        learned.into_iter().filter(Lift::is_learned).map(|lift| format!("{} {}", lift.event.name, lift.queue)).collect()
    };
    let all = written(&whole);
    let of_main = |names: &[String]| names.iter().filter(|name| name.starts_with("D11-2026 main")).count();
    assert!(of_main(&all) > 0, "{all:?}");
    let main = whole.events.iter().find(|event| event.name == "D11-2026 main").unwrap().clone();
    // the plan ends before the event, begins after it began, or its last day is not counted yet
    let first = whole.horizon.first;
    let days = (main.end.date() - first).num_days() as usize;
    let shorter = Inputs { horizon: Horizon { first, days: days - 1 }, ..whole.clone() };
    let mut longer = whole.clone();
    longer
        .events
        .iter_mut()
        .filter(|event| event.name == main.name)
        .for_each(|event| event.start = ClockTime::MIDNIGHT.on(first) - TimeDelta::days(1));
    let mut uncounted = whole.clone();
    let last = (main.end - TimeDelta::minutes(1)).date();
    uncounted.queues.iter_mut().for_each(|of| of.counts.retain(|count| count.start.date() < last));
    for (name, inputs) in [("shorter", shorter), ("longer", longer), ("uncounted", uncounted)] {
        let learned = written(&inputs);
        assert_eq!(of_main(&learned), 0, "{name}: {learned:?}");
    }
}

/// The smallest example with counts of its day: the forecast calls times `calls`, each taking `seconds`.
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
    let none = missed(&as_planned, &as_planned, &published, None).unwrap();
    for why in [Why::Forecast, Why::Handling, Why::Absence] {
        assert!(hours(&none, why).abs() < 0.3, "{why:?}: {none:?}");
    }
    let (busy, published) = counted(1.6, 600.0);
    let more = missed(&busy, &busy, &published, None).unwrap();
    assert!(hours(&more, Why::Forecast) > 1.0 && hours(&more, Why::Absence) == 0.0, "{more:?}");
    assert_eq!(hours(&more, Why::Rule), hours(&none, Why::Rule), "the plan is the same");
    let (slow, published) = counted(1.0, 900.0);
    let longer = missed(&slow, &slow, &published, None).unwrap();
    assert!(hours(&longer, Why::Handling) > 1.0 && hours(&longer, Why::Forecast).abs() < 0.3, "{longer:?}");
    let mut away = as_planned.clone();
    let duty = &published.roster.assignments[0];
    let (start, end) = (ClockTime::MIDNIGHT.on(duty.date), ClockTime::DAY_END.on(duty.date));
    away.absences.push(Absence { agent: duty.agent.clone(), start, end, kind: "sick".into() });
    let fewer = missed(&as_planned, &away, &published, None).unwrap();
    assert!(hours(&fewer, Why::Absence) > 1.0, "{fewer:?}");
    assert!(fewer.iter().map(|of| of.price).sum::<Money>() > none.iter().map(|of| of.price).sum::<Money>());
}

#[test]
fn days_that_are_not_counted_yet_have_missed_nothing() {
    let inputs = folder("tiny").read().inputs.unwrap();
    assert!(missed(&inputs, &inputs, &Published::default(), None).unwrap().is_empty());
}

/// The smallest example in a folder, with a sale on its day given by this row.
fn with_sale(folder: &Path, row: &str) -> Inputs {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    for entry in std::fs::read_dir(example).unwrap().flatten().filter(|entry| !folder.join(entry.file_name()).exists()) {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let header = "event,phase,start,end,volume_multiplier,handle_time_multiplier";
    std::fs::write(folder.join("promotions.csv"), format!("{header}\n{row}\n")).unwrap();
    Folder::named(folder).read().inputs.unwrap()
}

#[test]
fn what_was_missed_is_the_same_story_after_the_file_has_learned() {
    let folder = tempfile::tempdir().unwrap();
    let before = with_sale(folder.path(), "sale-2026,main,2026-11-30,2026-11-30,2.0,1.0");
    let planned = plan(&before, &Budget::of_effort(1)).unwrap();
    let out = folder.path().join("out");
    plan_files(&before, &planned, Lang::En).into_output(&out).write().unwrap();
    let rows: String = (9..17).map(|hour| format!("2026-11-30T{hour:02}:00,phone,30\n")).collect();
    let history = folder.path().join("history.csv");
    std::fs::write(&history, std::fs::read_to_string(&history).unwrap() + &rows).unwrap();
    let published = Published { roster: planned.solved.roster, ..Published::default() };
    let story = |roster: &Path, row: &str| {
        let inputs = with_sale(folder.path(), row);
        let kept = read_forecast_of(roster, &out.join("forecasts"), &inputs);
        let missed = missed(&inputs, &inputs, &published, kept.as_ref()).unwrap();
        Why::ALL.map(|why| (hours(&missed, why) * 10.0).round())
    };
    let (roster, elsewhere) = (out.join("roster.csv"), folder.path().join("roster.csv"));
    let first = story(&roster, "sale-2026,main,2026-11-30,2026-11-30,2.0,1.0");
    assert!(first[Why::Forecast as usize] > 0.0, "{first:?}");
    let learned = "sale-2026,main,2026-11-30,2026-11-30,5.0,1.3";
    assert_eq!(story(&roster, learned), first, "by the table beside the roster");
    assert_eq!(story(&elsewhere, learned), first, "by the forecast that was kept");
    std::fs::remove_dir_all(out.join("forecasts")).unwrap();
    assert_ne!(story(&elsewhere, learned), first, "nothing was kept");
}
