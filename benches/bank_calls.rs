//! A real series through the whole pipeline: calls to a North American bank (Weinberg, Brown & Stroud 2007), 30-minute counts.
//!
//! `PEAKSHIFT_BENCH_DATA=FOLDER cargo bench --bench bank_calls` reads `bank_calls_30min.csv` from FOLDER, writes a plan folder
//! `PEAKSHIFT_BENCH_DATA=FOLDER cargo bench --bench bank_calls` reads `bank_calls_30min.csv` from FOLDER, writes a plan folder around it
//! (volume × 0.25, handling time 180 s, ASA ≤ 20 s, 110 generated people), plans the series' last two weeks from the weeks before, and
//! simulates the roster against the actual calls.

use peakshift::budget::Budget;
use peakshift::forecast::{Compared, accuracy};
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{Inputs, Planned, plan, simulate_arrivals};
use peakshift::report::{Summary, plan_files};
use peakshift::roster::check;
use peakshift::simulate::Arrivals;
use peakshift::time::read_stamp;
use peakshift::units::Contacts;
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

const SHARE: f64 = 0.25;
const PEOPLE: usize = 110;
const PLAN: &str = r#"
[plan]
name = "Bank calls"
first_day = 2003-10-13
days = 14
interval_minutes = 30
currency = "USD"
simulated_repetitions = 200

[files]
history = ["history.csv"]
agents = "agents.csv"
shifts = "shifts.csv"
promotions = "closures.csv"

[[queue]]
id = "calls"
channel = "voice"
open = "07:00"
close = "21:00"
weekdays = ["mon", "tue", "wed", "thu", "fri"]
handling_seconds = 180
targets = { mean_wait_seconds = 20 }

[[contract]]
id = "full"
most_hours_week = 40

[costs]
pay_per_hour = 20
shortage_per_hour = [60, 150, 360]
refused_day_off = 100
apart_per_hour = 10
unfair_shift = 5
other_shift = 1

[rules]
pack = "cn"
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(data) = std::env::var_os("PEAKSHIFT_BENCH_DATA").map(PathBuf::from) else {
        println!("bank_calls: set PEAKSHIFT_BENCH_DATA to a folder with bank_calls_30min.csv; nothing was measured");
        return Ok(());
    };
    let counts = scaled_counts(&data.join("bank_calls_30min.csv"))?;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bank_calls");
    write_folder(&folder, &counts)?;
    let started = Instant::now();
    let reading = Folder::named(&folder).read();
    let inputs = reading.inputs.ok_or_else(|| format!("{:?}", reading.problems))?;
    let planned = plan(&inputs, &Budget::of_effort(Budget::DEFAULT_EFFORT))?;
    let seconds = started.elapsed().as_secs_f64();
    plan_files(&inputs, &planned, Lang::En).into_output(&folder.join("out")).write()?;
    report(&inputs, &planned, &counts, seconds);
    println!("files: {}", folder.join("out").display());
    Ok(())
}

/// A quarter of the calls by start of the half-hour.
fn scaled_counts(path: &Path) -> Result<BTreeMap<String, f64>, Box<dyn Error>> {
    let mut counts = BTreeMap::new();
    for record in csv::Reader::from_path(path)?.records() {
        let record = record?;
        counts.insert(record[0][..16].to_owned(), (record[1].parse::<f64>()? * SHARE).round());
    }
    Ok(counts)
}

fn write_folder(folder: &Path, counts: &BTreeMap<String, f64>) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let history: String = counts.iter().map(|(start, count)| format!("{start},{count}\n")).collect();
    let mut agents = String::from("agent_id,contract,skills\n");
    for number in 1..=PEOPLE {
        writeln!(agents, "B{number:03},full,calls")?;
    }
    let mut shifts = String::from("shift,start,end,paid_hours,meal_windows,meal_minutes,rests\n");
    for (id, start, end) in [("A", 7, 16), ("B", 8, 17), ("C", 9, 18), ("D", 10, 19), ("E", 12, 21)] {
        writeln!(shifts, "{id},{start:02}:00,{end:02}:00,8,{:02}:00|{:02}:00|{:02}:00,60,2", start + 3, start + 4, start + 5)?;
    }
    let closures = "event,family,start,end\nMemorial Day,closed,2003-05-26,2003-05-26\nIndependence Day,closed,2003-07-04,2003-07-04\nLabor Day,closed,2003-09-01,2003-09-01\n";
    for (file, text) in [
        ("plan.toml", PLAN),
        ("history.csv", &format!("start,offered\n{history}")),
        ("agents.csv", &agents),
        ("shifts.csv", &shifts),
        ("closures.csv", closures),
    ] {
        std::fs::write(folder.join(file), text)?;
    }
    Ok(())
}

fn report(inputs: &Inputs, planned: &Planned, counts: &BTreeMap<String, f64>, seconds: f64) {
    let summary = Summary::of(inputs, planned);
    let came: BTreeMap<_, _> = counts.iter().filter_map(|(start, count)| Some((read_stamp(start).ok()?, *count))).collect();
    let mean = &planned.forecasts[0].offered.mean;
    let compared =
        |(slot, (start, mean)): (usize, (_, &Contacts))| Some(Compared { slot, count: *came.get(&start)?, forecast: mean.get() });
    let errors = accuracy(&[mean.iter().enumerate().filter_map(compared).collect()]);
    let real = simulate_arrivals(
        inputs,
        &planned.requirements,
        &planned.problem,
        &planned.solved.roster,
        |of| Arrivals::Counts(of.need.iter().map(|(start, _)| came.get(&start).map_or(0, |count| *count as u32)).collect()),
        &Budget::of_effort(1),
    );
    let all = 0..planned.problem.grid.len();
    let (asa, promised) = (real[0].asa(all.clone()), planned.attained[0].asa(all));
    println!("people {}, history to report {seconds:.1} s", inputs.employees.len());
    println!(
        "forecast of the last two weeks: {} {:.2} % WAPE, bias {:.2} %",
        summary.queues[0].method,
        errors.wape * 100.0,
        errors.bias * 100.0
    );
    println!("required {:.0} agent-hours, short {:.1}", summary.queues[0].service.required_hours, summary.queues[0].service.short_hours);
    println!(
        "roster: cost {:.0}, bound {:.0}, gap {:.3} %, rules broken {}",
        summary.cost,
        summary.bound.unwrap_or(f64::NAN),
        summary.gap.unwrap_or(f64::NAN) * 100.0,
        check(&planned.problem, &planned.solved.roster).len()
    );
    println!(
        "ASA in simulation: {:.1} ± {:.1} s against the forecast, {:.1} ± {:.1} s against the calls that came (target 20 s)",
        promised.value, promised.half_width, asa.value, asa.half_width
    );
}
