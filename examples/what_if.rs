//! What-if comparison: cost of twice the calls, and of one more agent.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::scenario::compare;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::named(Path::new("data/tiny"));
    let inputs = folder.read().inputs.ok_or("the folder has problems")?;
    let (scenarios, problems) = folder.read_scenarios(Path::new("data/tiny/scenarios.toml"), &inputs);
    if problems.has_errors() {
        return Err("the scenarios have problems".into());
    }
    for outcome in compare(&inputs, &scenarios.all(), &Budget::of_effort(10))? {
        let short: f64 = outcome.queues.iter().map(|queue| queue.all.short.get()).sum();
        println!(
            "{}: {} people, cost {:.0} {}, {short:.1} agent-hours short, {:.1} % of the calls late",
            outcome.name,
            outcome.people,
            outcome.cost.get(),
            inputs.currency,
            outcome.late.get() * 100.0
        );
    }
    Ok(())
}
