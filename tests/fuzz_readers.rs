//! Random damage to valid files of every kind: whatever a file holds, its reader ends with inputs or with problems, without a panic.
//!
//! A short run here. For a longer one set `BOLERO_RANDOM_ITERATIONS` (and `BOLERO_RANDOM_TEST_TIME_MS`), or run a target with a coverage-guided engine: `cargo bolero test
//! --release a_damaged_history_is_read_or_refused`. With `FUZZ_REPORT` set, each target prints how often it ran and the slowest of its runs.

#[path = "support/damage.rs"]
mod damage;

use damage::{Damage, damaged};
use peakshift::input::{Folder, read_erlang_batch, read_flat, read_kept, read_nrp_instance, read_tour_instance};
use peakshift::plan::Inputs;
use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Runs of each target in the ordinary tests.
const RUNS: usize = 150;

/// A folder with a valid file of every kind, small so that many of them are read in a second.
fn folder() -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    for entry in fs::read_dir(tiny).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    let write = |file: &str, text: &str| fs::write(copy.path().join(file), text).unwrap();
    let history = fs::read_to_string(copy.path().join("history.csv")).unwrap();
    let rows: Vec<&str> = history.lines().enumerate().filter(|(line, _)| *line == 0 || line % 8 == 1).map(|(_, row)| row).collect();
    write("history.csv", &rows.join("\n"));
    let plan = fs::read_to_string(copy.path().join("plan.toml")).unwrap();
    let more = "[[site]]\nid = \"hub\"\nopen = \"08:00\"\nclose = \"20:00\"\n[[activity]]\nid = \"talk\"\nattend = \"alone\"\nminutes = 60\n\
        [[presence]]\nid = \"seniors\"\nlevels = [\"senior\"]\n[capacity]\nnew_hire_speed = [0.6]\nnew_hire_weeks = [4]\n";
    write("plan.toml", &plan.replace("[costs]", &format!("{more}[costs]")).replace("[files]", "[files]\ndrivers = \"drivers.csv\""));
    write("drivers.csv", "start,visits\n2026-11-02,100\n2026-11-03,120\n");
    write("pins.csv", "date,agent_id,shift,reason,author\n2026-11-30,A1,D,so,ann\n2026-11-30,A3,off,,\n");
    write("requests.csv", "agent_id,date,wish,weight\nA1,2026-11-30,D,2\nA2,2026-12-05,休,3\n");
    write(
        "overrides.csv",
        "when,end,queue,factor,value,author,reason\n2026-11-30T10:00,,phone,1.5,,ann,\"letter, sent\"\n2026-11-30T12:00,,,,9,ann,x\n",
    );
    write("accounts.csv", "agent_id,month,overtime_hours,late_shifts,balance_from,balance_hours\nA1,2026-11,12.5,3,2026-10-01,100\n");
    let roster = "date,agent_id,shift,start,end,meal_start,breaks,activity,queue,paid_hours,pinned\n2026-11-30,A1,D,2026-11-30T09:00,2026-11-30T17:00,11:00/60,10:00/15,work,phone,7,no\n";
    write("roster.csv", roster);
    write("requirement.csv", "start,queue,added_by_simulation\n2026-11-30T10:00,phone,1\n");
    write("matrix.csv", "agent_id,team,11-30 Mon\nA1,one,D\nA2,one,off\nA3,one,evening\n");
    write(
        "batch.csv",
        "model,load_erlangs,handling_seconds,agents,target,target_value\nerlang_c,10,180,,service_level;asa,0.8;20\nchat,5,180;200,4,,\n",
    );
    write("events.csv", "event,family,start,end,size\nsale,sale,2026-12-10,2026-12-11,1\n");
    write("kept_2026-11-30_7_days_known_before_2026-11-30.csv", "start,queue,volume,q0.1,q0.9\n2026-11-30T09:00,phone,6,4,8\n");
    write(
        "instance.txt",
        "SECTION_HORIZON\n7\n\nSECTION_SHIFTS\nE,480,\nL,480,E\n\nSECTION_STAFF\nA,E=7|L=7,2400,1440,5,1,1,1\n\nSECTION_DAYS_OFF\nA,0\n\nSECTION_SHIFT_ON_REQUESTS\nA,1,L,3\n\nSECTION_COVER\n0,E,1,100,1\n",
    );
    let required = vec!["1"; 7 * 48].join(",");
    write(
        "tour.json",
        &format!(
            "{{\"step_min\":30,\"days\":7,\n\"required\":[[{required}]],\n\"shifts\":[{{\"start\":8,\"span\":8,\"paid\":7,\"meal\":1,\"meal_win\":[6,10],\"rests\":[[2,4]],\"night\":0,\"rdy\":0,\"band\":1}}],\n\"agents\":[{{\"id\":\"a\",\"hmin\":20,\"hreg\":40,\"hmax\":48,\"spans\":[8],\"skills\":[0],\"max_nights_week\":2,\"days_off\":[1],\"consec_before\":0}}],\n\"rules\":{{\"max_consecutive\":6,\"out_of_band_penalty\":1,\"no_two_off_penalty\":2,\"overtime_factor\":1.5,\"shortage_weights_per_agent_hour\":[1,2,3],\"shortage_segments\":[0.1,0.2]}}}}"
        ),
    );
    copy
}

/// Damages a file again and again and gives it to its reader.
fn damage(file: &str, read: impl Fn(&Path, &Path, &Inputs) + std::panic::RefUnwindSafe) {
    let folder = folder();
    let reading = Folder::named(folder.path()).read();
    let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
    let path: PathBuf = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    let worst = RefCell::new((0_u64, Duration::ZERO, Vec::new()));
    let worst = std::panic::AssertUnwindSafe(worst);
    let inputs = std::panic::AssertUnwindSafe(inputs);
    bolero::check!().with_iterations(RUNS).with_max_len(64).with_type::<Vec<Damage>>().for_each(|damage: &Vec<Damage>| {
        fs::write(&path, damaged(&text, &damage[..damage.len().min(12)])).unwrap();
        let began = Instant::now();
        read(folder.path(), &path, &inputs);
        let (took, mut worst) = (began.elapsed(), worst.borrow_mut());
        worst.0 += 1;
        if took > worst.1 {
            (worst.1, worst.2) = (took, damage.clone());
        }
    });
    if std::env::var_os("FUZZ_REPORT").is_some() {
        let (runs, slowest, damage) = &*worst.borrow();
        println!("{file}: {runs} runs, the slowest {slowest:?}: {damage:?}");
    }
}

/// The whole folder is read again.
fn as_plan(folder: &Path, _: &Path, _: &Inputs) {
    let reading = Folder::named(folder).read();
    assert!(reading.inputs.is_some() != reading.problems.has_errors());
    reading.problems.iter().for_each(|problem| assert!(!problem.describe(peakshift::words::Lang::En).contains('\n')));
}

macro_rules! targets {
    ($($name:ident: $file:literal, $read:expr;)*) => {
        $(#[test]
        fn $name() {
            damage($file, $read);
        })*
    };
}

targets! {
    a_damaged_plan_is_read_or_refused: "plan.toml", as_plan;
    a_damaged_history_is_read_or_refused: "history.csv", as_plan;
    a_damaged_agents_file_is_read_or_refused: "agents.csv", as_plan;
    a_damaged_absences_file_is_read_or_refused: "absences.csv", as_plan;
    a_damaged_shifts_file_is_read_or_refused: "shifts.csv", as_plan;
    damaged_promotions_are_read_or_refused: "promotions.csv", as_plan;
    a_damaged_calendar_is_read_or_refused: "calendar.csv", as_plan;
    damaged_day_curves_are_read_or_refused: "day_curves.csv", as_plan;
    damaged_drivers_are_read_or_refused: "drivers.csv", as_plan;
    damaged_pins_are_read_or_refused: "pins.csv", as_plan;
    damaged_requests_are_read_or_refused: "requests.csv", as_plan;
    damaged_overrides_are_read_or_refused: "overrides.csv", as_plan;
    damaged_accounts_are_read_or_refused: "accounts.csv", as_plan;
    a_damaged_previous_roster_is_read_or_refused: "previous_roster.csv", as_plan;
    damaged_scenarios_are_read_or_refused: "scenarios.toml", |folder, path, inputs| drop(Folder::named(folder).read_scenarios(path, inputs));
    damaged_surprises_are_read_or_refused: "surprise.toml", |folder, path, inputs| drop(Folder::named(folder).read_surprises(path, inputs));
    counts_of_today_that_are_damaged_are_read_or_refused: "history.csv", |_, path, inputs| drop(Folder::read_actuals(path, inputs));
    a_damaged_roster_is_read_or_refused: "roster.csv", |_, path, inputs| drop(Folder::read_roster(path, inputs));
    a_damaged_requirement_is_read_or_refused: "requirement.csv", |folder, _, inputs| drop(Folder::read_mending(&folder.join("roster.csv"), None, None, &mut inputs.clone()));
    a_damaged_matrix_is_read_or_refused: "matrix.csv", |folder, path, inputs| drop(Folder::read_mending(&folder.join("roster.csv"), None, Some(path), &mut inputs.clone()));
    a_damaged_batch_of_questions_is_read_or_refused: "batch.csv", |_, path, _| drop(read_erlang_batch(path));
    a_damaged_flat_history_is_read_or_refused: "history.csv", |folder, path, _| drop(read_flat(path, Some(&folder.join("events.csv")), Some(&folder.join("drivers.csv"))));
    damaged_flat_events_are_read_or_refused: "events.csv", |folder, path, _| drop(read_flat(&folder.join("history.csv"), Some(path), None));
    a_damaged_kept_forecast_is_read_or_refused: "kept_2026-11-30_7_days_known_before_2026-11-30.csv", |folder, _, inputs| drop(read_kept(folder, inputs));
    a_damaged_nrp_instance_is_read_or_refused: "instance.txt", |_, path, _| drop(read_nrp_instance(path));
    a_damaged_tour_instance_is_read_or_refused: "tour.json", |_, path, _| drop(read_tour_instance(path));
}
