//! Calendars over a plan, its repair and the next plan: what a telephone that has taken one before is told.

use crate::commands::{planned, run, text};
use peakshift::diary::{Diary, Entry};
use std::fs;
use std::path::Path;

/// The only entry of an agent's calendar.
fn entry(folder: &Path, agent: &str) -> Entry {
    let diary = Diary::read(agent, &fs::read_to_string(folder.join(format!("calendars/{agent}.ics"))).unwrap());
    let entries: Vec<&Entry> = diary.entries().collect();
    assert_eq!(entries.len(), 1, "{agent}");
    entries[0].clone()
}

#[test]
fn a_repair_and_the_next_plan_are_later_versions_of_what_was_published() {
    let (folder, plan) = planned();
    let out = plan.join("out");
    let first = ["A1", "A2", "A3"].map(|agent| entry(&out, agent));
    assert!(first.iter().all(|entry| entry.sequence == 0 && !entry.is_cancelled()));
    let ics = fs::read_to_string(out.join("calendars/A1.ics")).unwrap();
    assert!(ics.contains("DTSTART;TZID=Asia/Shanghai:20261130T090000\r\n") && ics.contains("TZOFFSETTO:+0800"), "{ics}");
    assert!(ics.contains("SUMMARY:day\r\n") && ics.contains("DTSTAMP:20261130T000000Z"), "{ics}");
    // once more the same bytes
    assert_eq!(run(&["plan", text(&plan)]).0, 0);
    assert_eq!(fs::read_to_string(out.join("calendars/A1.ics")).unwrap(), ics);

    let absences = folder.path().join("sick.csv");
    fs::write(&absences, "agent_id,start,end,kind\nA1,2026-11-30,2026-11-30,sick\n").unwrap();
    let repair = || run(&["repair", text(&plan), "--roster", text(&out.join("roster.csv")), "--absences", text(&absences)]);
    assert_eq!(repair().0, 0);
    let repaired = ["A1", "A2", "A3"].map(|agent| entry(&out.join("repair"), agent));
    assert!(repaired[0].is_cancelled() && repaired[0].sequence == 1 && repaired[0].stamp > first[0].stamp);
    for (before, after) in first.iter().zip(&repaired).skip(1) {
        let is_same = before.content() == after.content();
        assert_eq!((after.sequence, after.stamp == before.stamp), (u32::from(!is_same), is_same));
    }
    assert_eq!(repair().0, 0);
    assert_eq!(["A1", "A2", "A3"].map(|agent| entry(&out.join("repair"), agent)), repaired, "the same repair once more changes nothing");

    // the next plan of the same days takes the shift up again, and everybody hears of it
    assert_eq!(run(&["plan", text(&plan)]).0, 0);
    let again = entry(&out, "A1");
    assert!(!again.is_cancelled() && again.sequence == 2 && again.stamp > repaired[0].stamp);

    // somebody who has left is told too
    for file in ["agents.csv", "absences.csv"] {
        let rows = fs::read_to_string(plan.join(file)).unwrap();
        let kept: Vec<&str> = rows.lines().filter(|line| !line.starts_with("A3,")).collect();
        fs::write(plan.join(file), kept.join("\n")).unwrap();
    }
    let (code, told) = run(&["plan", text(&plan)]);
    assert_eq!(code, 0, "{told}");
    assert!(entry(&out, "A3").is_cancelled());
}
