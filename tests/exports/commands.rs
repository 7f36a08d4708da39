//! `peakshift export` as planners use it: where files go, what is refused, and that what is personal is shown nowhere.

use assert_cmd::Command;
use rust_xlsxwriter::Workbook;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn run(arguments: &[&str]) -> (i32, String) {
    let output = Command::cargo_bin("peakshift").unwrap().args(["--lang", "en"]).args(arguments).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(told).unwrap())
}

/// A planned folder of the smallest example, in a zone.
pub(crate) fn planned() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("team");
    assert_eq!(run(&["init", plan.to_str().unwrap(), "--example", "tiny"]).0, 0);
    let file = plan.join("plan.toml");
    let text = fs::read_to_string(&file).unwrap().replace("[plan]\n", "[plan]\nzone = \"Asia/Shanghai\"\n");
    fs::write(file, text).unwrap();
    assert_eq!(run(&["plan", plan.to_str().unwrap()]).0, 0);
    (folder, plan)
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn export(plan: &Path, more: &[&str]) -> (i32, String) {
    let roster = plan.join("out/roster.csv");
    run(&[&["export", text(plan), "--roster", text(&roster)], more].concat())
}

#[test]
fn each_form_has_its_file_and_replaces_only_itself() {
    let (_folder, plan) = planned();
    let out = plan.join("out/export");
    assert_eq!(export(&plan, &["--as", "tidy", "--as", "google"]).0, 0);
    let tidy = fs::read_to_string(out.join("tidy.csv")).unwrap();
    assert!(tidy.starts_with("agent_id,date,start,end,activity,paid,paid_hours,shift,queue\nA1,2026-11-30,2026-11-30T09:00,2026-11-30T11:00,work,yes,2,D,phone\nA1,2026-11-30,2026-11-30T11:00,2026-11-30T12:00,meal,no,0,D,\n"), "{tidy}");
    let google = fs::read_to_string(out.join("google.csv")).unwrap();
    assert!(google.contains("A1 day,11/30/2026,9:00 AM,11/30/2026,5:00 PM,False,meal 11:00–12:00,,False\n"), "{google}");
    assert_eq!(export(&plan, &["--as", "tidy", "--bom"]).0, 0);
    assert_eq!(fs::read(out.join("tidy.csv")).unwrap(), [b"\xef\xbb\xbf", tidy.as_bytes()].concat());
    assert!(out.join("google.csv").exists(), "another form is another set");
}

#[test]
fn a_mark_for_excel_is_asked_for_and_stops_nothing() {
    let (_folder, plan) = planned();
    let (out, starts) = (plan.join("out"), |path: &Path| fs::read(path).unwrap().starts_with(b"\xef\xbb\xbf"));
    assert!(!starts(&out.join("roster.csv")) && !starts(&out.join("roster_matrix.csv")));
    assert_eq!(run(&["plan", text(&plan), "--bom"]).0, 0);
    assert!(["roster.csv", "roster_matrix.csv", "forecast.csv"].iter().all(|name| starts(&out.join(name))));
    let kept = fs::read_dir(out.join("forecasts")).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    assert!(kept.len() == 1 && !starts(&kept[0]), "{kept:?}");
    let (code, told) = run(&["verify", text(&plan), "--roster", text(&out.join("roster.csv"))]);
    assert!(code == 0 && told.contains("0 rule violations"), "{told}");
    assert_eq!(run(&["plan", text(&plan)]).0, 0, "nothing was edited");
}

#[test]
fn side_files_are_used_and_never_shown_or_kept() {
    let (folder, plan) = planned();
    let ids = folder.path().join("ids.csv");
    fs::write(&ids, "agent_id,outside_id,group\nA1,Ann.Secret@Example.com,g1\nA2,ben.secret@example.com,\nA3,cyd.secret@example.com,g1\n")
        .unwrap();
    let (code, told) = export(&plan, &["--as", "cxone", "--ids", text(&ids)]);
    assert!(code == 0 && !told.to_lowercase().contains("secret"), "{told}");
    let lines = fs::read_to_string(plan.join("out/export/cxone.csv")).unwrap();
    let line =
        "ann.secret@example.com,11/30/2026 09:00:00,11/30/2026 17:00:00,UTC+08:00,day,phone,11/30/2026 11:00:00,11/30/2026 12:00:00,meal";
    assert!(lines.contains(line), "{lines}");
    assert_eq!(export(&plan, &["--as", "teams", "--ids", text(&ids)]).0, 0);
    assert!(!fs::read_to_string(plan.join("out/export/peakshift.json")).unwrap().to_lowercase().contains("secret"));
    // all who lack an identifier, in one line
    fs::write(&ids, "agent_id,outside_id\nA2,ben.secret@example.com\n").unwrap();
    let (code, told) = export(&plan, &["--as", "teams", "--ids", text(&ids), "--out", text(&folder.path().join("nothing"))]);
    assert!(code == 2 && told.contains("A1, A3") && !told.contains("secret") && !folder.path().join("nothing").exists(), "{told}");
    for (rows, word) in [
        ("A1,x.secret@e.com\nA1,y.secret@e.com\n", "ids_twice"),
        ("A1,x.secret@e.com\nA2,X.Secret@e.com\n", "ids_twice"),
        ("x.secret@e.com/é,y.secret@e.com\n", "ids_agent_unclear"),
    ] {
        fs::write(&ids, format!("agent_id,outside_id\n{rows}")).unwrap();
        let (code, told) = export(&plan, &["--as", "teams", "--ids", text(&ids)]);
        assert!(code == 2 && told.contains(word) && !told.to_lowercase().contains("secret"), "{rows}: {told}");
    }
    fs::write(&ids, b"agent_id,outside_id\nA1,M\xfcller.secret@e.com\n").unwrap();
    let (code, told) = export(&plan, &["--as", "teams", "--ids", text(&ids)]);
    assert!(code == 2 && !told.contains("secret"), "{told}");
    // not in a folder that is copied and passed on
    for place in [plan.join("ids.csv"), plan.join("out/ids.csv")] {
        fs::write(&place, "agent_id,outside_id\nA1,a.secret@e.com\n").unwrap();
        let (code, told) = export(&plan, &["--as", "teams", "--ids", text(&place)]);
        assert!(code == 2 && told.contains("ids_in_folder"), "{told}");
        fs::remove_file(place).unwrap();
    }
}

#[test]
fn a_grid_is_filled_in_as_a_new_file() {
    let (folder, plan) = planned();
    let given = folder.path().join("ours.xlsx");
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write_string(0, 0, "姓名").unwrap().write_string(0, 1, "工号").unwrap().write_string(0, 2, "11-30").unwrap();
    page.write_string(1, 0, "Secret Name").unwrap().write_string(1, 1, "A1").unwrap();
    page.write_string(2, 0, "Other Name").unwrap().write_string(2, 1, "13800138000").unwrap();
    book.save(&given).unwrap();
    let before = fs::read(&given).unwrap();
    let (code, told) = export(&plan, &["--as", "grid", "--fill", text(&given)]);
    assert!(code == 0 && told.contains("1 cell filled in") && told.contains("Sheet1!B3") && told.contains("A2, A3"), "{told}");
    assert!(!told.contains("13800138000") && !told.contains("Name"), "{told}");
    assert_eq!(fs::read(&given).unwrap(), before);
    assert!(plan.join("out/export/grid.xlsx").exists());
    let again = plan.join("out/export/grid.xlsx");
    let (code, told) = export(&plan, &["--as", "grid", "--fill", text(&again)]);
    assert!(code == 0 && plan.join("out/export-2/grid.xlsx").exists(), "what is read is not written over: {told}");
}

#[test]
fn options_that_do_not_go_together_are_refused() {
    let (folder, plan) = planned();
    let ids = folder.path().join("ids.csv");
    fs::write(&ids, "agent_id,outside_id\nA1,a\nA2,b\nA3,c\n").unwrap();
    for arguments in [
        vec!["--as", "grid"],
        vec!["--as", "teams"],
        vec!["--as", "tidy", "--ids", text(&ids)],
        vec!["--as", "tidy", "--fill", text(&ids)],
        vec!["--as", "teams", "--as", "cxone", "--ids", text(&ids)],
        vec!["--as", "teams", "--as", "grid", "--ids", text(&ids), "--fill", text(&ids)],
        vec!["--as", "nothing"],
        vec![],
    ] {
        assert_eq!(export(&plan, &arguments).0, 2, "{arguments:?}");
        assert!(!plan.join("out/export").exists(), "{arguments:?}");
    }
    // without a zone nobody knows how far a shift is from UTC
    let file = plan.join("plan.toml");
    let without = fs::read_to_string(&file).unwrap().replace("zone = \"Asia/Shanghai\"\n", "");
    fs::write(&file, without).unwrap();
    let (code, told) = export(&plan, &["--as", "cxone", "--ids", text(&ids)]);
    assert!(code == 2 && told.contains("plan.zone"), "{told}");
}
