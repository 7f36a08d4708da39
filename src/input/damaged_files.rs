//! Fuzz tests: random damage to one file at a time, passed to its reader alone. Whatever a file holds, the reader ends without a panic, and
//! each of its problems is one line.
//!
//! The tests do a short run. The long one, ten million executions per reader, keeps its files in memory:
//! `TMPDIR=/dev/shm FUZZ_REPORT=1 BOLERO_RANDOM_ITERATIONS=10000000 cargo test --release --lib damaged_files -- --nocapture`.

use crate::event::DayCurve;
use crate::input::calculator::batch::read_erlang_batch;
use crate::input::folder::place::Folder;
use crate::input::given::outside_ids::read_outside_ids;
use crate::input::history::counts;
use crate::input::history::exports::OfPlan;
use crate::input::history::today;
use crate::input::import::files::{ImportOptions, read_exports};
use crate::input::known_ahead::{calendar, day_curves, drivers, events, overrides, promotions};
use crate::input::naming::names::Names;
use crate::input::people::{absences, accounts, agents, requests};
use crate::input::plan_file::plan::PlanFile;
use crate::input::plan_file::sections;
use crate::input::problem::collected::Problems;
use crate::input::published::nrp::read_nrp_instance;
use crate::input::published::tour::read_tour_instance;
use crate::input::roster::{matrix, pins, requirement_file, roster_file};
use crate::input::shifts::shifts_file;
use crate::input::{flat, kept};
use crate::messages::Lang;
use crate::plan::Inputs;
use crate::roster::{Roster, ShiftTemplate};
use damage::{Damage, damaged};
use std::cell::RefCell;
use std::fs;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../tests/support/damage.rs"]
mod damage;
#[path = "../../tests/support/valid_folder.rs"]
mod valid_folder;

/// Executions of each reader in the ordinary tests.
const RUNS: usize = 2_000;
/// Maximum number of damages to one file.
const MOST_PIECES: usize = 12;

/// Content of the files beside the damaged one.
struct World<'a> {
    folder: &'a Path,
    named: &'a Folder,
    plan: PlanFile,
    inputs: Inputs,
    roster: Roster,
    shifts: (Vec<ShiftTemplate>, Names),
    agents: Names,
    curves: (Vec<DayCurve>, Names),
}

impl<'a> World<'a> {
    fn of(named: &'a Folder) -> Self {
        let folder = named.path();
        let reading = named.read();
        let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
        let mut problems = Problems::default();
        let plan = sections::read("plan.toml", &fs::read_to_string(folder.join("plan.toml")).unwrap(), &mut problems).unwrap();
        let shifts = shifts_file::read(folder, &plan, &mut problems);
        let (_, agents) = agents::read(folder, &plan, (&shifts.0, &shifts.1), &mut problems);
        let curves = day_curves::read(folder, &plan, &mut problems);
        let roster =
            roster_file::read(folder, "roster.csv", Some(inputs.horizon), (&agents, roster_file::Codes::Known(&inputs)), &mut problems);
        assert!(!problems.has_errors(), "{problems:?}");
        Self { folder, named, plan, inputs, roster, shifts, agents, curves }
    }

    fn shifts(&self) -> (&[ShiftTemplate], &Names) {
        (&self.shifts.0, &self.shifts.1)
    }
}

/// Damages a file repeatedly and passes it to its reader.
fn damage(file: &str, read: impl Fn(&World, &str) -> Problems) {
    let folder = valid_folder::valid_folder();
    let named = Folder::named(folder.path());
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    let context = AssertUnwindSafe((World::of(&named), read, RefCell::new(Executions::default())));
    bolero::check!().with_iterations(RUNS).with_max_len(64).with_type::<Vec<Damage>>().for_each(|damage: &Vec<Damage>| {
        let (world, read, executions) = &*context;
        fs::write(&path, damaged(&text, &damage[..damage.len().min(MOST_PIECES)])).unwrap();
        let began = Instant::now();
        let problems = read(world, file);
        problems.iter().for_each(|problem| assert!(!problem.describe(Lang::En).contains('\n'), "{problem:?}"));
        executions.borrow_mut().note(began.elapsed(), damage);
    });
    if std::env::var_os("FUZZ_REPORT").is_some() {
        context.2.borrow().print(file);
    }
}

/// Number of executions of a reader, and its slowest one.
#[derive(Default)]
struct Executions {
    number: u64,
    slowest: Duration,
    cause: Vec<Damage>,
}

impl Executions {
    fn note(&mut self, took: Duration, damage: &[Damage]) {
        self.number += 1;
        if took > self.slowest {
            (self.slowest, self.cause) = (took, damage.to_vec());
        }
    }

    fn print(&self, file: &str) {
        println!("{file}: {} executions, the slowest {:?}: {:?}", self.number, self.slowest, self.cause);
    }
}

/// Problems of a reader that collects them.
fn noted<T>(read: impl FnOnce(&mut Problems) -> T) -> Problems {
    let mut problems = Problems::default();
    drop(read(&mut problems));
    problems
}

/// Problems of a reader that returns them instead of a value.
fn refused<T>(read: Result<T, Problems>) -> Problems {
    read.err().unwrap_or_default()
}

macro_rules! readers {
    ($($name:ident: $file:literal, $read:expr;)*) => {
        $(#[test]
        fn $name() {
            damage($file, $read);
        })*
    };
}

readers! {
    plan: "plan.toml", |world, file| noted(|problems| sections::read(file, &world.named.text(file, problems)?, problems));
    history: "history.csv", |world, _| noted(|problems| counts::read(world.folder, &world.plan, problems));
    counts_of_today: "history.csv", |world, file| noted(|problems| today::read(world.folder, file, &OfPlan::of_file(&world.plan), None, problems));
    export_of_intervals: "history.csv", |world, file| read_exports(&[world.folder.join(file)], &ImportOptions::default()).1;
    export_of_contacts: "calls.csv", |world, file| read_exports(&[world.folder.join(file)], &ImportOptions::default()).1;
    queue_log: "queue_log", |world, file| read_exports(&[world.folder.join(file)], &ImportOptions { zone: "Europe/Berlin".parse().ok(), ..ImportOptions::default() }).1;
    agents: "agents.csv", |world, _| noted(|problems| agents::read(world.folder, &world.plan, world.shifts(), problems));
    absences: "absences.csv", |world, file| noted(|problems| absences::read((world.folder, file), world.plan.clocks(), &world.agents, &world.plan.leave_freeze, problems));
    shift_patterns: "shifts.csv", |world, _| noted(|problems| shifts_file::read(world.folder, &world.plan, problems));
    promotions: "promotions.csv", |world, _| noted(|problems| promotions::read(world.folder, &world.plan, &world.curves, problems));
    calendar: "calendar.csv", |world, _| noted(|problems| calendar::read(world.folder, &world.plan, problems));
    day_curves: "day_curves.csv", |world, _| noted(|problems| day_curves::read(world.folder, &world.plan, problems));
    drivers: "drivers.csv", |world, file| noted(|problems| Some(drivers::read(&world.named.text(file, problems)?, file, world.plan.clocks(), problems)));
    pinned_shifts: "pins.csv", |world, file| noted(|problems| pins::read(world.folder, file, &world.inputs, (&world.agents, &world.shifts.1), problems));
    wishes: "requests.csv", |world, file| noted(|problems| {
        requests::read(world.folder, file, world.shifts(), (world.plan.horizon, &world.plan.leave_freeze), (&mut world.inputs.employees.clone(), &world.agents), problems);
    });
    corrections: "overrides.csv", |world, file| noted(|problems| {
        Some(overrides::parse(&world.named.text(file, problems)?, file, &world.plan, problems))
    });
    time_accounts: "accounts.csv", |world, file| noted(|problems| accounts::read(world.folder, file, (&world.agents, world.plan.horizon.first), problems));
    past: "previous_roster.csv", |world, file| noted(|problems| roster_file::past(world.folder, file, world.plan.horizon, &world.agents, problems));
    roster: "roster.csv", |world, file| noted(|problems| roster_file::read_rows(world.folder, file, Some(world.plan.horizon), (&world.agents, roster_file::Codes::Known(&world.inputs)), problems));
    requirement: "requirement.csv", |world, file| noted(|problems| requirement_file::read(&world.folder.join(file), "requirement.csv", &world.inputs, problems));
    edited_matrix: "matrix.csv", |world, file| noted(|problems| matrix::read(&world.folder.join(file), &world.inputs, &world.roster, &|_| false, problems));
    side_file: "ids.csv", |world, file| read_outside_ids(&world.folder.join(file), &[]).1;
    scenarios: "scenarios.toml", |world, file| world.named.read_scenarios(&world.folder.join(file), &world.inputs).1;
    surprises: "surprise.toml", |world, file| world.named.read_surprises(&world.folder.join(file), &world.inputs).1;
    questions: "batch.csv", |world, file| refused(read_erlang_batch(&world.folder.join(file)));
    flat_history: "history.csv", |world, file| refused(flat::read_flat(&world.folder.join(file), None, None));
    flat_events: "events.csv", |world, file| noted(|problems| Some(events::read(&world.named.text(file, problems)?, file, problems)));
    kept_forecast: "kept_2026-11-30_7_days_known_before_2026-11-30.csv", |world, file| noted(|problems| {
        kept::parse(&world.named.text(file, problems)?, file, &world.inputs, problems)
    });
    nrp_instance: "instance.txt", |world, file| refused(read_nrp_instance(&world.folder.join(file)));
    tour_instance: "tour.json", |world, file| refused(read_tour_instance(&world.folder.join(file)));
}
