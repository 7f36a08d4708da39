//! Drills on a roster: affected queues, recovery, and offers.

use peakshift::budget::Budget;
use peakshift::input::{Folder, Problems};
use peakshift::plan::{Inputs, forecast, require, roster, roster_problem};
use peakshift::roster::{OfferKind, Roster, check, draft, offers};
use peakshift::scenario::{Drill, drill};
use peakshift::time::ClockTime;
use peakshift::units::Money;
use std::fs;
use std::path::Path;

/// The smallest example, its roster, and drills for a file of surprises.
fn played(surprises: &str) -> (Inputs, Roster, Vec<Drill>) {
    let folder = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny"));
    let inputs = folder.read().inputs.unwrap();
    let requirements = require(&inputs, &forecast(&inputs).unwrap());
    let made = roster(&inputs, &requirements, &Budget::of_effort(1)).solved.roster;
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), surprises).unwrap();
    let (read, problems): (_, Problems) = folder.read_surprises(file.path(), &inputs);
    assert!(!problems.has_errors(), "{problems:?}");
    let drills = drill(&inputs, &made, &read, &Budget::of_effort(1)).unwrap();
    (inputs, made, drills)
}

#[test]
fn a_surge_hurts_from_its_beginning_and_is_over_after_its_end() {
    let surge = "[[surprise]]\nname = \"a\"\n[[surprise.surge]]\nfactor = 4\nfrom = 2026-11-30T11:00:00\nuntil = 2026-11-30T12:00:00\n";
    let (_, _, drills) = played(surge);
    let [drill] = &drills[..] else { panic!("one surprise, one drill") };
    let [hurt] = &drill.recoveries[..] else { panic!("one queue is hurt: {:?}", drill.recoveries) };
    let hour = |time: chrono::NaiveDateTime| time.format("%H:%M").to_string();
    assert_eq!((hour(hurt.struck), hour(hurt.over)), ("11:00".into(), "12:00".into()));
    assert!(hurt.worst >= hurt.struck, "those who wait are answered late in the hours after it too");
    assert!(hurt.recovered.is_some_and(|back| back >= hurt.over), "four times the calls are not answered within the hour");
    assert_eq!(drill.away, 0);
    let before = |slot: usize| drill.undisturbed[0].asa(slot..slot + 1).value;
    let after = |slot: usize| drill.attained[0].asa(slot..slot + 1).value;
    assert!(after(11) > 2.0 * before(11), "{} against {}", after(11), before(11));
    assert_eq!(after(10), before(10), "the same contacts until the surprise begins");
}

#[test]
fn a_surprise_that_changes_nothing_hurts_nobody() {
    let (_, _, drills) = played("[[surprise]]\nname = \"a\"\nvolume = 1.0\n");
    assert!(drills[0].recoveries.is_empty() && drills[0].reserve.is_empty());
    assert_eq!(drills[0].attained[0].asa(0..24), drills[0].undisturbed[0].asa(0..24));
}

#[test]
fn where_everybody_is_away_no_figure_is_no_number() {
    let (_, _, drills) = played("[[surprise]]\nname = \"a\"\n[[surprise.sick]]\nshare = 1\n");
    let text = peakshift::report::drill_text(&drills, peakshift::messages::Lang::En);
    assert!(text.contains("mean wait – s") && !text.contains("NaN"), "{text}");
}

#[test]
fn who_is_sick_is_one_of_those_who_would_work() {
    let (inputs, made, drills) = played("[[surprise]]\nname = \"a\"\n[[surprise.sick]]\nshare = 0.5\n");
    let expected = (made.assignments.len() as f64 * 0.5).round() as usize;
    assert_eq!(drills[0].away, expected);
    assert_eq!(drills[0].inputs.absences.len(), inputs.absences.len() + expected);
    let (_, _, again) = played("[[surprise]]\nname = \"a\"\n[[surprise.sick]]\nshare = 0.5\n");
    assert_eq!(again[0].inputs.absences, drills[0].inputs.absences, "the plan's seed draws them");
}

#[test]
fn whoever_is_asked_breaks_no_rule_and_is_worth_it() {
    let folder = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/qinghe"));
    let inputs = folder.read().inputs.unwrap();
    let requirements = require(&inputs, &forecast(&inputs).unwrap());
    let mut problem = roster_problem(&inputs, &requirements);
    let made = draft(&problem, 1, &Budget::of_effort(1)).roster;
    // an evening with twice the requirement
    let day = inputs.horizon.date(2);
    let slots = |of: &peakshift::roster::RosterProblem| {
        let (first, end) = (ClockTime::from_minutes(18 * 60).unwrap().on(day), ClockTime::DAY_END.on(day));
        of.grid.index_of(first).unwrap()..of.grid.index_of(end).unwrap()
    };
    for slot in slots(&problem) {
        problem.demand[0].required[slot] *= 2.0;
    }
    let now = ClockTime::MIDNIGHT.on(day);
    let evening = problem.grid.start(slots(&problem).start)..ClockTime::DAY_END.on(day);
    let all = offers(&problem, &made, now, evening.clone(), 5);
    let asked: Vec<_> = all.iter().take_while(|offer| offer.turn.is_some()).collect();
    assert_eq!(asked.len(), 5);
    let allowed = ["shift_times", "paid_hours"];
    let broken = |roster: &Roster| check(&problem, roster).into_iter().filter(|found| !allowed.contains(&found.rule)).count();
    let mut roster = made.clone();
    for (place, offer) in asked.iter().enumerate() {
        assert_eq!(offer.turn, Some(place + 1));
        assert!(offer.until > evening.start || offer.kind == OfferKind::VoluntaryTimeOff, "{offer:?} is of the evening");
        assert!(offer.kind == OfferKind::VoluntaryTimeOff || offer.saved > offer.pay, "{offer:?} is worth its pay");
        roster = offer.taken(&roster);
        assert!(broken(&roster) <= broken(&made), "{offer:?} breaks a rule");
    }
    let missing = |roster: &Roster| peakshift::roster::missing(&peakshift::roster::coverage(&problem, roster), problem.grid.interval()).1;
    let saved: Money = asked.iter().map(|offer| offer.saved).sum();
    assert!((missing(&made) - missing(&roster) - saved).get().abs() < 1e-6, "what each saves beside those before her adds up");
}

#[test]
fn what_is_wrong_with_a_surprise_is_named_with_its_line() {
    let folder = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny"));
    let inputs = folder.read().inputs.unwrap();
    let cases = [
        ("", 1, "key_missing"),
        ("[[scenario]]\nname = \"a\"\nvolume = 2\n", 1, "key_unknown"),
        ("[[surprise]]\nname = \"a\"\n[[surprise.sick]]\nfrom = 2026-11-30T08:00:00\n", 3, "key_missing"),
        ("[[surprise]]\nname = \"a\"\n[[surprise.sick]]\nshare = 10\n", 4, "out_of_range"),
        (
            "[[surprise]]\nname = \"a\"\n[[surprise.sick]]\nshare = 0.1\nfrom = 2026-11-30T08:00:00\nuntil = 2026-11-30T08:00:00\n",
            6,
            "end_before_start",
        ),
    ];
    for (text, line, code) in cases {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        let (read, problems) = folder.read_surprises(file.path(), &inputs);
        let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
        assert!(found.contains(&(code, Some(line))), "{text}: {found:?}");
        assert!(read.is_empty(), "{text}");
    }
}
