//! Speed and accuracy of the simulator: M/M/50+M against Erlang A, and beside Ciw in the same run.
//!
//! `cargo bench --bench simulate`. With `PEAKSHIFT_BENCH_PYTHON=PYTHON`, a Python with `benches/peers/requirements.txt`, Ciw runs the same
//! queue. An event is an arrival, a completion or an abandonment. See `benches/README.md`.

use peakshift::budget::Budget;
use peakshift::simulate::{Arrivals, DeskPeriod, SimAgent, SimModel, SimQueue, Work, simulate};
use peakshift::staffing::erlang_a;
use peakshift::time::{Horizon, Interval, read_date};
use peakshift::units::{Agents, Erlangs, Seconds};
use std::time::Instant;

const AGENTS: u32 = 50;
const HANDLING_SECONDS: f64 = 180.0;
const PATIENCE_SECONDS: f64 = 120.0;
const CONTACTS_PER_HOUR: f64 = 1000.0;
const DAYS: usize = 14;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().unwrap();
    let seconds = |value| Seconds::new(value).unwrap();
    let grid = Horizon { first: read_date("2026-11-02").unwrap(), days: DAYS }.grid(Interval::HALF_HOUR);
    let line = SimQueue {
        arrivals: Arrivals::Means(vec![CONTACTS_PER_HOUR / 2.0; grid.len()]),
        open: vec![true; grid.len()],
        handling_factor: vec![1.0; grid.len()],
        work: Work::Call(seconds(HANDLING_SECONDS)),
        patience: Some(seconds(PATIENCE_SECONDS)),
        within: seconds(20.0),
        rank: 0,
        backlog: 0,
        replies: vec![],
        variation: 1.0,
        vips: None,
    };
    let always = SimAgent { periods: vec![DeskPeriod { from: 0.0, to: DAYS as f64 * 86_400.0, queues: vec![0] }], effectiveness: 1.0 };
    let desk = SimModel { grid, queues: vec![line], agents: vec![always; AGENTS as usize] };
    let runs = 16;
    let _warm = simulate(&desk, 2, 7, &Budget::of_effort(1));
    let began = Instant::now();
    let attained = simulate(&desk, runs, 1, &Budget::of_effort(1));
    let elapsed = began.elapsed().as_secs_f64();
    // each contact arrives, and is finished or abandons
    let events = 2.0 * attained[0].offered(0..grid.len()).value * runs as f64;
    let ours = events / elapsed;
    println!("M/M/{AGENTS}+M, {events:.0} events: {ours:.3e} events a second on one core");
    let load = Erlangs::new(CONTACTS_PER_HOUR * HANDLING_SECONDS / 3600.0).unwrap();
    let exact = erlang_a(load, seconds(HANDLING_SECONDS), Agents::whole(AGENTS), seconds(PATIENCE_SECONDS));
    let level = attained[0].service_level(0..grid.len());
    let formula = exact.service_level(seconds(20.0), peakshift::staffing::ServiceLevelDefinition::Offered);
    println!("answered in 20 s over offered: {:.4} ± {:.4} simulated, {formula:.4} by Erlang A", level.value, level.half_width);
    let abandoned = attained[0].abandonment(0..grid.len());
    println!("given up: {:.4} ± {:.4} simulated, {:.4} by Erlang A", abandoned.value, abandoned.half_width, exact.abandonment());
    let Some(python) = std::env::var_os("PEAKSHIFT_BENCH_PYTHON") else { return };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/simulate_peers.py");
    let numbers = [f64::from(AGENTS), HANDLING_SECONDS, PATIENCE_SECONDS, CONTACTS_PER_HOUR].map(|number| number.to_string());
    let output = std::process::Command::new(python).arg(script).args(numbers).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let peer: f64 = String::from_utf8(output.stdout).unwrap().trim().parse().unwrap();
    println!("Ciw: {peer:.3e} events a second; ours is faster by {:.0} ×", ours / peer);
}
