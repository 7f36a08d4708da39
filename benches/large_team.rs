//! A large team through the whole pipeline: 2,000 people, 12 queues (six of calls, five of chats, one of tickets), 400 days of half-hours.
//!
//! `cargo bench --bench large_team` generates the plan folder (identical in every run), plans the week after its history, and reports the
//! time from history to roster, the gap to the bound, and that no rule is broken. Everything is synthetic: a day has a peak before noon and
//! one in the evening, counts are Poisson, and there are slightly fewer people than required.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::plan::plan;
use peakshift::report::Summary;
use peakshift::roster::check;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Poisson};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

const PEOPLE: usize = 2_000;
const QUEUES: usize = 12;
const DAYS: u64 = 400;
/// Contacts of a queue on an ordinary day.
const CONTACTS: f64 = 15_500.0;
const PLAN: &str = r#"
[plan]
name = "Two thousand people"
first_day = 2026-11-30
days = 7
interval_minutes = 30
currency = "CNY"

[files]
history = ["history.csv"]
agents = "agents.csv"
shifts = "shifts.csv"

[[contract]]
id = "full"
paid_hours_week = 40
regular_hours_week = 40
most_hours_week = 48

[costs]
pay_per_hour = 30
shortage_per_hour = [60, 150, 360]
shortage_steps = [0.10, 0.15]

[rules]
pack = "cn"

[shrinkage]
in_shift = 0.07
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("large_team");
    write_folder(&folder)?;
    let started = Instant::now();
    let reading = Folder::named(&folder).read();
    let inputs = reading.inputs.ok_or_else(|| format!("{:?}", reading.problems))?;
    let planned = plan(&inputs, &Budget::of_effort(Budget::DEFAULT_EFFORT))?;
    let seconds = started.elapsed().as_secs_f64();
    let summary = Summary::of(&inputs, &planned);
    let required: f64 = summary.queues.iter().map(|queue| queue.service.required_hours).sum();
    let short: f64 = summary.queues.iter().map(|queue| queue.service.short_hours).sum();
    println!("{PEOPLE} people, {QUEUES} queues: history to roster {seconds:.1} s");
    println!("required {required:.0} agent-hours, short {short:.0}");
    println!(
        "cost {:.0}, bound {:.0}, gap {:.2} %, rules broken {}",
        summary.cost,
        summary.bound.unwrap_or(f64::NAN),
        summary.gap.unwrap_or(f64::NAN) * 100.0,
        check(&planned.problem, &planned.solved.roster).len()
    );
    Ok(())
}

/// Calls, chats with a concurrency of three, and one queue of tickets.
fn queue_section(number: usize) -> String {
    let served = match number {
        0..6 => "channel = \"voice\"\nhandling_seconds = 240\npatience_seconds = 90\ntargets = { mean_wait_seconds = 20 }",
        6..11 => {
            "channel = \"chat\"\nhandling_seconds = 420\nwindows = 3\nslowdown_per_window = 0.12\npatience_seconds = 120\n\
             targets = { answer_within_seconds = 30, answer_share = 0.9 }"
        }
        _ => "channel = \"deferred\"\nhandling_seconds = 300\ntargets = { done_within_hours = 24, done_share = 0.9 }",
    };
    format!("\n[[queue]]\nid = \"q{number:02}\"\nopen = \"08:00\"\nclose = \"24:00\"\n{served}\n")
}

fn write_folder(folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let sections: String = (0..QUEUES).map(queue_section).collect();
    std::fs::write(folder.join("plan.toml"), format!("{PLAN}{sections}"))?;
    std::fs::write(folder.join("history.csv"), history()?)?;
    std::fs::write(folder.join("agents.csv"), agents()?)?;
    std::fs::write(folder.join("shifts.csv"), shifts()?)?;
    Ok(())
}

/// Half-hour counts of every queue up to the day before the plan.
fn history() -> Result<String, Box<dyn Error>> {
    let mut random = ChaCha8Rng::seed_from_u64(2_000);
    let first = chrono::NaiveDate::from_ymd_opt(2026, 11, 30).ok_or("no date")? - chrono::Days::new(DAYS);
    let bump = |hour: f64, at: f64, width: f64| (-((hour - at) / width).powi(2)).exp();
    let shape = |hour: f64| 0.3 + bump(hour, 10.5, 2.0) + 1.2 * bump(hour, 20.5, 2.2);
    let whole: f64 = (16..48).map(|slot| shape(f64::from(slot) / 2.0)).sum();
    let mut history = String::from("start,queue,offered\n");
    for (day, date) in first.iter_days().take(DAYS as usize).enumerate() {
        let of_weekday = [1.1, 1.04, 1.0, 0.98, 0.96, 0.92, 1.0][day % 7];
        for queue in 0..QUEUES {
            let of_day = CONTACTS * of_weekday * (1.0 - 0.04 * queue as f64) * random.random_range(0.94..1.06);
            for slot in 16..48 {
                let count = Poisson::new(of_day * shape(f64::from(slot) / 2.0) / whole)?.sample(&mut random);
                writeln!(history, "{date}T{:02}:{:02},q{queue:02},{count}", slot / 2, slot % 2 * 30)?;
            }
        }
    }
    Ok(history)
}

/// Everybody serves two or three neighbouring queues of a kind; one in twelve the tickets too.
fn agents() -> Result<String, Box<dyn Error>> {
    let mut agents = String::from("agent_id,contract,skills\n");
    for number in 0..PEOPLE {
        let skills = match number % 11 {
            of @ 0..6 => format!("q{of:02};q{:02}", (of + 1) % 6),
            of => format!("q{of:02};q{:02};q11", 6 + (of - 5) % 5),
        };
        writeln!(agents, "P{number:04},full,{skills}")?;
    }
    Ok(agents)
}

/// Ten shifts of eight paid hours between 08:00 and 24:00, two short ones.
fn shifts() -> Result<String, Box<dyn Error>> {
    let mut shifts = String::from("shift,start,end,paid_hours,meal_windows,meal_minutes,rests\n");
    for (number, start) in (16..=30).step_by(2).enumerate() {
        let (from, to) = (start / 2, start / 2 + 9);
        writeln!(shifts, "S{number},{from:02}:00,{to:02}:00,8,{:02}:00|{:02}:00|{:02}:00,60,2", from + 3, from + 4, from + 5)?;
    }
    writeln!(shifts, "H1,09:00,13:00,4,,,1\nH2,19:00,23:00,4,,,1")?;
    Ok(shifts)
}
