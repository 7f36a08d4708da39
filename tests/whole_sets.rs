//! Atomic result sets: the run is stopped before every single change to the disk, and the folder then holds the old set or the new one,
//! with all its other files; the next run removes all remains of the stopped one.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{Asked, Inputs, Limits, Published, forecast, plan, repair, require};
use peakshift::report::{
    DiskStep, Files, Output, OutputError, SingleTable, check_replace, comparison, comparison_files, lifts_table, mended_files,
    missed_table, plan_files, rewrite_file_observed, write_file_observed, write_table, write_table_observed,
};
use peakshift::review::{lifts, missed};
use peakshift::roster::Roster;
use peakshift::scenario::compare;
use peakshift::time::ClockTime;
use peakshift::workforce::Absence;
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// All files below a folder with their bytes, and all links with their targets.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(top: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(top).unwrap().to_owned();
            if entry.file_type().unwrap().is_symlink() {
                found.insert(name, fs::read_link(&path).unwrap().to_string_lossy().into_owned().into_bytes());
            } else if path.is_dir() {
                walk(top, &path, found);
            } else {
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// Runs an operation that is stopped before step `step`, as by a kill: nothing is cleaned up. Returns whether it was stopped.
fn stopped_at(step: usize, run: impl FnOnce(&mut dyn FnMut(DiskStep))) -> bool {
    let mut steps = 0;
    let observe = &mut |_: DiskStep| {
        // suppresses the panic message for each of hundreds of stops
        if steps == step {
            std::panic::resume_unwind(Box::new("killed"));
        }
        steps += 1;
    };
    catch_unwind(AssertUnwindSafe(|| run(observe))).is_err()
}

/// A folder of results with other people's files.
fn with_others(folder: &Path) {
    fs::create_dir_all(folder.join("notes/deep")).unwrap();
    fs::create_dir_all(folder.join("empty")).unwrap();
    fs::write(folder.join("my own.txt"), "mine").unwrap();
    fs::write(folder.join("notes/deep/a.txt"), "deep").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../elsewhere", folder.join("link")).unwrap();
    let mut others = Output::into_folder(&folder.join("repair")).of_command("repair");
    others.add("changes.csv", "of another command");
    others.write_observed(&mut |_| {}).unwrap();
}

/// Stops the second of two sets before each step in turn; returns the number of steps.
fn killed_everywhere(command: &'static str, old: &Files, new: &Files) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let write = |files: &Files, at: &Path| files.clone().fill(Output::into_folder(at).of_command(command));
    let prepare = |at: &Path| {
        write(old, at).write_observed(&mut |_| {}).unwrap();
        with_others(at);
    };
    let (before, after) = (folder.path().join("before/out"), folder.path().join("after/out"));
    prepare(&before);
    prepare(&after);
    write(new, &after).write().unwrap();
    let (before, after) = (tree(&before), tree(&after));
    assert_ne!(before, after, "two different sets");
    for step in 0.. {
        let place = folder.path().join(step.to_string());
        let out = place.join("out");
        prepare(&out);
        let was_stopped = stopped_at(step, |observe| {
            write(new, &out).write_observed(observe).unwrap();
        });
        let found = tree(&out);
        assert!(found == before || found == after, "{command}, step {step}: {:?}", differing(&found, &before, &after));
        assert!(was_stopped || found == after);
        // the next run, of either set
        write(new, &out).write_observed(&mut |_| {}).unwrap();
        let found = tree(&out);
        assert!(found == after, "{command}, after step {step}: {:?}", differing(&found, &after, &after));
        assert_eq!(names_in(&place), ["out"], "{command}, after step {step}");
        assert!(out.join("empty").is_dir());
        fs::remove_dir_all(&place).unwrap();
        if !was_stopped {
            return step;
        }
    }
    unreachable!("the loop ends when nothing stops the run")
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn differing(found: &BTreeMap<PathBuf, Vec<u8>>, one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let differs = |name: &&PathBuf| found.get(*name) != one.get(*name) || found.get(*name) != other.get(*name);
    let names: std::collections::BTreeSet<&PathBuf> = found.keys().chain(one.keys()).chain(other.keys()).collect();
    names.iter().filter(|name| differs(name)).map(|name| (*name).clone()).collect()
}

fn tiny() -> (Folder, Inputs) {
    let folder = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny"));
    let inputs = folder.read().inputs.unwrap();
    (folder, inputs)
}

/// The day with one person fewer: they have no calendar, and all figures differ.
fn without_the_last(inputs: &Inputs) -> Inputs {
    let mut fewer = inputs.clone();
    let (agent, first) = (fewer.employees.last().unwrap().id.clone(), fewer.horizon.first);
    let (start, end) = (ClockTime::MIDNIGHT.on(first), ClockTime::DAY_END.on(fewer.horizon.end()));
    fewer.absences.push(Absence { agent, start, end, kind: "leave".into() });
    fewer
}

fn planned(inputs: &Inputs) -> Files {
    plan_files(inputs, &plan(inputs, &Budget::of_effort(1)).unwrap(), Lang::En)
}

fn mended(inputs: &Inputs, published: &Roster) -> Files {
    let requirements = require(inputs, &forecast(inputs).unwrap());
    let from = ClockTime::MIDNIGHT.on(inputs.horizon.first);
    let limits = Limits { asked: Asked::Holes, from, most_changes: None, most_people: None };
    let published = Published { roster: published.clone(), ..Published::default() };
    let made = repair(inputs, &requirements, &published, &limits, &Budget::of_effort(1));
    mended_files(inputs, &requirements, &made, Lang::En)
}

#[test]
fn plan_repair_and_compare_leave_a_whole_set_wherever_they_are_stopped() {
    let (folder, inputs) = tiny();
    let fewer = without_the_last(&inputs);
    let mut steps = killed_everywhere("plan", &planned(&inputs), &planned(&fewer));
    let published = plan(&inputs, &Budget::of_effort(1)).unwrap().solved.roster;
    steps += killed_everywhere("repair", &mended(&inputs, &published), &mended(&fewer, &published));
    let compared = |inputs: &Inputs| {
        let scenarios = folder.read_scenarios(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny/scenarios.toml"), inputs).0;
        let outcomes = compare(inputs, &scenarios.all(), &Budget::of_effort(1)).unwrap();
        comparison_files(inputs, &outcomes, &[], &comparison(&outcomes), Lang::En).unwrap()
    };
    steps += killed_everywhere("compare", &compared(&inputs), &compared(&fewer));
    assert!(steps >= 200, "{steps} stops");
}

/// The review of a day with more calls than planned, in a folder with a sale on that day.
fn reviewed(folder: &Path) -> (Files, PathBuf, Vec<u8>) {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    fs::create_dir_all(folder).unwrap();
    for entry in fs::read_dir(example).unwrap().flatten() {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let sale = "event,phase,start,end,volume_multiplier\nsale-2026,main,2026-11-30,2026-11-30,2.0\n";
    fs::write(folder.join("promotions.csv"), sale).unwrap();
    let rows: String = (9..17).map(|hour| format!("2026-11-30T{hour:02}:00,phone,14\n")).collect();
    fs::write(folder.join("history.csv"), fs::read_to_string(folder.join("history.csv")).unwrap() + &rows).unwrap();
    let plan_folder = Folder::named(folder);
    let inputs = plan_folder.read().inputs.unwrap();
    let published = Published { roster: plan(&inputs, &Budget::of_effort(1)).unwrap().solved.roster, ..Published::default() };
    let (learned, short) = (lifts(&inputs).unwrap(), missed(&inputs, &inputs, &published, None).unwrap());
    let mut files = Files::default();
    files.add("lifts.csv", lifts_table(&learned).csv());
    files.add("missed.csv", missed_table(&short).csv());
    let (path, bytes) = plan_folder.promotions_with(&learned, true).unwrap().unwrap();
    (files, path, bytes)
}

#[test]
fn a_review_that_writes_back_is_stopped_anywhere_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let plan_folder = folder.path().join("team");
    let (files, path, new) = reviewed(&plan_folder);
    let old = fs::read(&path).unwrap();
    assert_ne!(old, new);
    let out = plan_folder.join("out/review");
    let write = |observe: &mut dyn FnMut(DiskStep)| {
        files.clone().fill(Output::into_folder(&out).of_command("review")).write_observed(observe).unwrap();
        rewrite_file_observed(&path, &new, observe).unwrap();
    };
    for step in 0.. {
        let was_stopped = stopped_at(step, write);
        let (set, file) = (tree(&out), fs::read(&path).unwrap());
        assert!(set.is_empty() || set.len() == 3, "step {step}: {set:?}");
        assert!(file == old || (file == new && set.len() == 3), "step {step}: the results come first");
        write(&mut |_| {});
        assert_eq!(fs::read(&path).unwrap(), new);
        assert_eq!(fs::read(plan_folder.join("promotions.csv.bak")).unwrap(), old, "one backup of what was there");
        let left: Vec<String> = names_in(&plan_folder).into_iter().filter(|name| name.starts_with('.') || name.contains("bak2")).collect();
        assert!(left.is_empty() && names_in(&plan_folder.join("out")) == ["review"], "step {step}: {left:?}");
        fs::write(&path, &old).unwrap();
        fs::remove_file(plan_folder.join("promotions.csv.bak")).unwrap();
        fs::remove_dir_all(plan_folder.join("out")).unwrap();
        if !was_stopped {
            assert!(step > 15, "{step} stops");
            break;
        }
    }
}

#[test]
fn a_first_set_appears_whole_with_the_folders_above_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a/b/out");
    let output = || {
        let mut output = Output::into_folder(&out).of_command("staff");
        (0..5).for_each(|number| output.add(format!("{number}.csv"), vec![b'x'; 100]));
        output
    };
    for step in 0.. {
        let was_stopped = stopped_at(step, |observe| drop(output().write_observed(observe).unwrap()));
        let visible: Vec<String> = names_in(folder.path()).into_iter().filter(|name| !name.starts_with('.')).collect();
        assert!(visible.is_empty() || tree(&out).len() == 6, "step {step}: {visible:?}");
        output().write_observed(&mut |_| {}).unwrap();
        assert_eq!((names_in(folder.path()), tree(&out).len()), (vec!["a".to_owned()], 6), "after step {step}");
        fs::remove_dir_all(folder.path().join("a")).unwrap();
        if !was_stopped {
            break;
        }
    }
}

/// A set of a few files whose bytes contain its number.
fn numbered(out: &Path, number: u8) -> Output {
    let mut output = Output::into_folder(out).of_command("staff");
    for name in ["a.csv", "b.csv", "calendars/x.ics"] {
        output.add(name, vec![number; 50]);
    }
    output.add(format!("calendars/{number}.ics"), vec![number; 50]);
    output
}

#[cfg(unix)]
#[test]
fn where_a_folder_cannot_be_swapped_the_next_run_finishes_what_was_begun() {
    let folder = tempfile::tempdir().unwrap();
    for step in 0.. {
        let out = folder.path().join(format!("{step}/out"));
        numbered(&out, 1).write_observed(&mut |_| {}).unwrap();
        fs::write(out.join("mine.txt"), "mine").unwrap();
        // a file with the name of the swap's folder prevents creating it
        let blocked = out.with_file_name(".out.peakshift-new");
        fs::write(&blocked, "").unwrap();
        let before = tree(&out);
        let was_stopped = stopped_at(step, |observe| drop(numbered(&out, 2).write_observed(observe).unwrap()));
        // a set is finished before its files are read
        peakshift::report::finish_set_beside(&out.join("a.csv")).unwrap();
        let found = tree(&out);
        let is_new = found.get(Path::new("a.csv")) == Some(&vec![2; 50]);
        assert!(
            found == before || (is_new && found.len() == before.len() && !found.contains_key(Path::new("calendars/1.ics"))),
            "step {step}: {found:?}"
        );
        assert!(was_stopped || is_new);
        numbered(&out, 3).write_observed(&mut |_| {}).unwrap();
        assert_eq!(names_in(&out), ["a.csv", "b.csv", "calendars", "mine.txt", "peakshift.json"]);
        assert_eq!(names_in(&out.join("calendars")), ["3.ics", "x.ics"]);
        if !was_stopped {
            assert!(step > 20, "{step} stops");
            break;
        }
    }
}

#[test]
fn what_earlier_versions_left_is_cleared_and_a_folder_of_anothers_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir_all(out.join(".peakshift-aB3xY9/calendars")).unwrap();
    fs::write(out.join(".peakshift-aB3xY9/roster.csv"), "half").unwrap();
    fs::create_dir_all(out.join(".peakshift-notes")).unwrap();
    fs::write(out.join(".peakshift-notes/x"), "mine").unwrap();
    fs::create_dir_all(folder.path().join(".out.peakshift-mine")).unwrap();
    numbered(&out, 1).write().unwrap();
    assert!(!out.join(".peakshift-aB3xY9").exists() && out.join(".peakshift-notes/x").is_file());
    assert_eq!(names_in(folder.path()), [".out.peakshift-mine", "out"]);
}

#[test]
fn a_file_that_peakshift_did_not_write_is_refused_by_name_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    fs::create_dir_all(&out).unwrap();
    for (name, is_folder) in [("b.csv", false), ("a.csv", true), ("calendars", false), ("peakshift.json", false)] {
        if is_folder {
            fs::create_dir(out.join(name)).unwrap();
        } else {
            fs::write(out.join(name), "mine").unwrap();
        }
        let before = tree(folder.path());
        let refused = numbered(&out, 1).write().unwrap_err();
        assert!(matches!(&refused, OutputError::Foreign(path) if *path == out.join(name)), "{name}: {refused}");
        assert_eq!(tree(folder.path()), before, "{name}");
        if is_folder { fs::remove_dir(out.join(name)).unwrap() } else { fs::remove_file(out.join(name)).unwrap() }
    }
    numbered(&out, 1).write().unwrap();
    numbered(&out, 2).write().unwrap();
}

#[test]
fn no_name_leaves_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("deep/out");
    let long = "x".repeat(256);
    for name in ["../evil", "a/../../evil", "/evil", "", ".", "a//b", "./a", "a\\b", "line\nbreak", long.as_str(), "a/"] {
        let mut output = Output::into_folder(&out);
        output.add("good.csv", "x");
        output.add(name, "x");
        assert!(matches!(output.check([name]), Err(OutputError::Name(_))), "{name:?}");
        assert!(matches!(output.write(), Err(OutputError::Name(_))), "{name:?}");
    }
    assert_eq!(names_in(folder.path()), [""; 0], "nothing is written");
    let mut twins = Output::into_folder(&out);
    ["A.csv", "a.csv"].iter().for_each(|name| twins.add(*name, "x"));
    assert!(matches!(twins.write(), Err(OutputError::Name(_))), "one file on some disks");
}

#[test]
fn kept_forecasts_stand_beside_one_another_and_the_same_is_kept_once() {
    let folder = tempfile::tempdir().unwrap();
    let keep = |command: &'static str, bytes: &str| {
        let mut output = Output::into_folder(folder.path()).of_command(command);
        output.add("forecasts/week.csv", bytes);
        output.write().unwrap()
    };
    assert_eq!(keep("plan", "one"), [folder.path().join("forecasts/week.csv")]);
    assert_eq!(keep("forecast", "two"), [folder.path().join("forecasts/week_2.csv")]);
    assert_eq!(keep("plan", "three"), [folder.path().join("forecasts/week_3.csv")]);
    assert_eq!(keep("plan", "two"), [folder.path().join("forecasts/week_2.csv")]);
    assert_eq!(tree(&folder.path().join("forecasts")).into_values().collect::<Vec<_>>(), [&b"one"[..], b"two", b"three"]);
}

#[cfg(unix)]
#[test]
fn links_modes_and_a_folder_that_somebody_stands_in_stay_as_they_are() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real");
    numbered(&real, 1).write().unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o750)).unwrap();
    fs::set_permissions(real.join("a.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::create_dir(real.join("notes")).unwrap();
    fs::set_permissions(real.join("notes"), fs::Permissions::from_mode(0o700)).unwrap();
    fs::write(real.join("notes/n"), "n").unwrap();
    let of_note = fs::metadata(real.join("notes/n")).unwrap().ino();
    let link = folder.path().join("link");
    symlink("real", &link).unwrap();
    numbered(&link, 2).write().unwrap();
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777;
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!([mode(&real), mode(&real.join("a.csv")), mode(&real.join("notes"))], [0o750, 0o600, 0o700]);
    assert_eq!(fs::metadata(real.join("notes/n")).unwrap().ino(), of_note, "the very file");
    assert_eq!(fs::read(real.join("a.csv")).unwrap(), [2; 50]);
    // a dangling link and a file are no folders
    symlink("nowhere", folder.path().join("broken")).unwrap();
    for name in ["broken", "real/a.csv"] {
        assert!(matches!(numbered(&folder.path().join(name), 3).write(), Err(OutputError::NoFolder(_))), "{name}");
    }
    // a link in the folder is never written through
    let other = folder.path().join("other");
    fs::create_dir_all(&other).unwrap();
    let linked = folder.path().join("linked");
    fs::create_dir_all(&linked).unwrap();
    symlink("../other", linked.join("calendars")).unwrap();
    assert!(matches!(numbered(&linked, 1).write(), Err(OutputError::Foreign(_))));
    assert!(tree(&other).is_empty());
}

#[cfg(unix)]
#[test]
fn a_single_file_keeps_its_mode_follows_its_link_and_is_whole_wherever_it_is_stopped() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("real")).unwrap();
    symlink("real/table.csv", at("link.csv")).unwrap();
    for step in 0.. {
        fs::write(at("real/table.csv"), "old").unwrap();
        fs::set_permissions(at("real/table.csv"), fs::Permissions::from_mode(0o640)).unwrap();
        let was_stopped = stopped_at(step, |observe| write_file_observed(&at("link.csv"), b"new", observe).unwrap());
        assert!(["old", "new"].contains(&fs::read_to_string(at("real/table.csv")).unwrap().as_str()));
        write_file_observed(&at("link.csv"), b"next", &mut |_| {}).unwrap();
        assert_eq!(
            (names_in(folder.path()), names_in(&at("real"))),
            (vec!["link.csv".into(), "real".into()], vec!["table.csv".to_owned()])
        );
        assert_eq!(fs::metadata(at("real/table.csv")).unwrap().permissions().mode() & 0o777, 0o640);
        if !was_stopped {
            break;
        }
    }
    // a link to a missing target
    symlink("real/later.csv", at("later")).unwrap();
    write_file_observed(&at("later"), b"x", &mut |_| {}).unwrap();
    assert_eq!(fs::read(at("real/later.csv")).unwrap(), b"x");
    assert!(fs::symlink_metadata(at("later")).unwrap().is_symlink());
}

#[test]
fn what_somebody_has_edited_is_neither_replaced_nor_removed_unless_that_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    // the last belongs to the first set only: the next would remove it
    for edited in ["a.csv", "calendars/x.ics", "calendars/1.ics"] {
        numbered(&out, 1).write().unwrap();
        fs::write(out.join(edited), "edited").unwrap();
        let before = tree(&out);
        let refused = numbered(&out, 2).write().unwrap_err();
        assert!(matches!(&refused, OutputError::Edited(paths) if *paths == [out.join(edited)]), "{edited}: {refused}");
        let early = numbered(&out, 2).check(["a.csv", "b.csv", "calendars/x.ics"]).unwrap_err();
        assert!(matches!(&early, OutputError::Edited(paths) if *paths == [out.join(edited)]), "{edited}: known before any work");
        assert_eq!(tree(&out), before, "{edited}");
        numbered(&out, 2).replacing_edited(true).write().unwrap();
        assert_eq!(fs::read(out.join("a.csv")).unwrap(), [2; 50]);
        numbered(&out, 3).write().unwrap();
        fs::remove_dir_all(&out).unwrap();
    }
    // missing, or saved without a change, is not edited; other people's files are theirs
    numbered(&out, 1).write().unwrap();
    fs::remove_file(out.join("b.csv")).unwrap();
    fs::write(out.join("a.csv"), [1; 50]).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    numbered(&out, 2).write().unwrap();
    assert_eq!(fs::read(out.join("mine.txt")).unwrap(), b"mine");
}

#[test]
fn every_input_that_results_would_replace_is_named_those_first_that_were_named_first() {
    let folder = tempfile::tempdir().unwrap();
    numbered(folder.path(), 1).write().unwrap();
    let inputs = ["b.csv", "elsewhere.csv", "a.csv", "calendars/1.ics"].map(|name| folder.path().join(name));
    let refused = numbered(folder.path(), 1).beside_inputs(None, inputs.to_vec()).write().unwrap_err();
    let OutputError::Inputs(clashes) = &refused else { panic!("{refused}") };
    let named: Vec<&PathBuf> = clashes.iter().map(|clash| &clash.input).collect();
    assert_eq!(named, [&inputs[0], &inputs[2], &inputs[3]]);
    assert!(clashes.iter().all(|clash| refused.describe(Lang::En).0.contains(clash.input.to_str().unwrap())));
}

/// A table as written by a command, and hand edits of it: each is another file.
fn edits_of(table: &str) -> Vec<Vec<u8>> {
    let lines: Vec<&str> = table.lines().collect();
    let joined = |lines: &[String]| format!("{}\n", lines.join("\n"));
    let each = |change: &dyn Fn(usize, &str) -> String| {
        joined(&lines.iter().enumerate().map(|(number, line)| change(number, line)).collect::<Vec<_>>())
    };
    let cells = |line: &str, cell: usize, text: &str| {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells[cell] = text;
        cells.join(",")
    };
    let mut edits = vec![
        each(&|number, line| if number == 0 { format!("{line},note") } else { format!("{line},mine") }),
        each(&|number, line| if number == 0 { format!("note,{line}") } else { format!("mine,{line}") }),
        each(&|_, line| format!("{line},")),
        format!("{table}{}\n", lines[1]),
        format!("{table}\n"),
        format!("{table}total,,,\n"),
        table.replace('\n', "\r\n"),
        format!("\u{feff}{table}"),
        table.replace(',', ";"),
        table.trim_end().to_owned(),
        joined(&lines.iter().rev().map(ToString::to_string).collect::<Vec<_>>()),
        joined(&lines[..lines.len() - 1].iter().map(ToString::to_string).collect::<Vec<_>>()),
        lines[0].to_owned(),
    ];
    for cell in 0..lines[0].split(',').count() {
        edits.push(each(&|number, line| if number == 1 { cells(line, cell, "9") } else { line.to_owned() }));
        edits.push(each(&|number, line| if number == 0 { cells(line, cell, "other") } else { line.to_owned() }));
    }
    edits.into_iter().map(String::into_bytes).collect()
}

#[test]
fn a_single_table_replaces_nothing_but_what_its_command_wrote_and_nobody_touched() {
    let folder = tempfile::tempdir().unwrap();
    let table = "start,queue,volume\n2026-11-30T09:00,phone,12\n2026-11-30T10:00,phone,13.5\n";
    let foreign: [&[u8]; 8] = [
        b"my,notes\n",
        b"start,queue,offered\n2026-11-30T09:00,phone,12\n",
        b"{\"a\": 1}\n",
        b"\0\0\0\0",
        b"PK\x03\x04 a workbook",
        b"\xff\xfes\0t\0a\0r\0t\0",
        b"\n",
        b" ",
    ];
    for (number, kind) in SingleTable::ALL.into_iter().enumerate() {
        let at = folder.path().join(format!("t{number}.csv"));
        let write = |bytes: &[u8]| check_replace(&at, kind.writer()).map(|()| write_table(&at, kind.writer(), bytes).unwrap());
        // absent, empty, and as written, once and again
        write(table.as_bytes()).unwrap();
        write(b"start,queue,volume\n").unwrap();
        write(table.as_bytes()).unwrap();
        for other in SingleTable::ALL.into_iter().filter(|other| other.writer() != kind.writer()) {
            assert!(check_replace(&at, other.writer()).is_err(), "{other:?} does not replace a table of {kind:?}");
        }
        for edited in edits_of(table).iter().map(Vec::as_slice).chain(foreign) {
            assert_ne!(edited, table.as_bytes());
            fs::write(&at, edited).unwrap();
            let refused = write(b"new").unwrap_err();
            assert!(matches!(&refused, OutputError::ForeignFile(path) if *path == at), "{kind:?}: {refused}");
            assert_eq!(fs::read(&at).unwrap(), edited, "its bytes are as they were");
        }
        // saved without a change
        fs::write(&at, table).unwrap();
        write(table.as_bytes()).unwrap();
        fs::write(&at, "").unwrap();
        write(table.as_bytes()).unwrap();
        // the same bytes under another name are unknown
        let copy = folder.path().join(format!("copy{number}.csv"));
        fs::copy(&at, &copy).unwrap();
        assert!(check_replace(&copy, kind.writer()).is_err());
    }
    // a set of results is no single table, whatever its columns, and foreign manifests are left alone
    let out = folder.path().join("out");
    let mut set = Output::into_folder(&out).of_command("plan");
    set.add("forecast.csv", table);
    set.write().unwrap();
    assert!(check_replace(&out.join("forecast.csv"), SingleTable::Forecast.writer()).is_err());
    let theirs = folder.path().join("theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("peakshift.json"), "[1]").unwrap();
    write_table(&theirs.join("t.csv"), SingleTable::Forecast.writer(), b"x").unwrap();
    assert_eq!(fs::read(theirs.join("peakshift.json")).unwrap(), b"[1]");
    assert!(check_replace(&theirs.join("t.csv"), SingleTable::Forecast.writer()).is_err());
}

#[test]
fn a_single_table_is_its_commands_wherever_the_writing_was_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (at, writer) = (folder.path().join("t.csv"), SingleTable::Forecast.writer());
    for step in 0.. {
        fs::remove_file(&at).ok();
        fs::remove_file(folder.path().join("peakshift.json")).ok();
        write_table(&at, writer, b"old").unwrap();
        let was_stopped = stopped_at(step, |observe| write_table_observed(&at, writer, b"new", observe).unwrap());
        assert!([b"old", b"new"].contains(&fs::read(&at).unwrap().as_slice().try_into().unwrap()), "step {step}");
        check_replace(&at, writer).unwrap_or_else(|refused| panic!("step {step}: {refused}"));
        write_table(&at, writer, b"next").unwrap();
        assert_eq!(
            (fs::read(&at).unwrap(), names_in(folder.path())),
            (b"next".to_vec(), vec!["peakshift.json".into(), "t.csv".to_owned()])
        );
        if !was_stopped {
            assert!(step > 3, "{step}");
            break;
        }
    }
}
