//! Speed of the formulas: least agents by Erlang C, and Erlang A's service level, beside pyworkforce in the same run.
//!
//! `PEAKSHIFT_BENCH_PYTHON=PYTHON cargo bench --bench staffing`, with a Python with `benches/peers/requirements.txt`. See
//! `benches/README.md`.

use peakshift::staffing::{Requirement, ServiceLevelDefinition, erlang_a, least_agents_erlang_c};
use peakshift::units::{Agents, Erlangs, Seconds};
use std::hint::black_box;
use std::time::Instant;

/// Load in erlangs, and agents for the service level.
const CASES: [(f64, u32); 2] = [(100.0, 103), (1000.0, 1010)];

fn main() {
    let python = std::env::var_os("PEAKSHIFT_BENCH_PYTHON");
    println!("load   question              ours            pyworkforce       faster by");
    for (load, agents) in CASES {
        let peers = python.as_ref().map(|python| peer(python, load, agents));
        let ours = [least(load), level(load, agents)];
        for (question, name) in ["least agents, Erlang C", "service level, Erlang A"].into_iter().enumerate() {
            let (answer, seconds) = ours[question];
            print!("{load:5} {name}: {answer:.6} in {:.2} µs", 1e6 * seconds);
            match &peers {
                Some(peers) => {
                    println!("   {:.6} in {:.0} µs   {:.0} ×", peers[question].0, 1e6 * peers[question].1, peers[question].1 / seconds);
                }
                None => println!(),
            }
        }
    }
}

fn seconds(value: f64) -> Seconds {
    Seconds::new(value).unwrap()
}

/// Least agents for 80 % in 20 s with a handling time of 180 s.
fn least(load: f64) -> (f64, f64) {
    let target = Requirement::ServiceLevel { within: seconds(20.0), share: 0.8, definition: ServiceLevelDefinition::Offered };
    timed(|| {
        let load = Erlangs::new(black_box(load)).unwrap();
        least_agents_erlang_c(&[target], load, seconds(180.0)).unwrap().get()
    })
}

/// Share answered in 20 s with a patience of 120 s.
fn level(load: f64, agents: u32) -> (f64, f64) {
    timed(|| {
        let queue = erlang_a(Erlangs::new(black_box(load)).unwrap(), seconds(180.0), Agents::whole(agents), seconds(120.0));
        queue.service_level(seconds(20.0), ServiceLevelDefinition::Offered)
    })
}

/// The answer and the median seconds of a call.
fn timed(question: impl Fn() -> f64) -> (f64, f64) {
    let (rounds, calls) = (31, 200);
    let mut times: Vec<f64> = (0..rounds)
        .map(|_| {
            let began = Instant::now();
            (0..calls).for_each(|_| {
                black_box(question());
            });
            began.elapsed().as_secs_f64() / f64::from(calls)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (question(), times[times.len() / 2])
}

/// The peer's answers to both questions and its seconds a call.
fn peer(python: &std::ffi::OsStr, load: f64, agents: u32) -> [(f64, f64); 2] {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/staffing_peers.py");
    let output = std::process::Command::new(python).arg(script).args([load.to_string(), agents.to_string()]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<f64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
    [(numbers[0], numbers[1]), (numbers[2], numbers[3])]
}
