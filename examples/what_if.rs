//! A planner's question: what do twice the calls cost, and one more agent?

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::scenario::compare;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs = Folder::named(Path::new("data/tiny")).read().inputs.ok_or("the folder has problems")?;
    let (scenarios, problems) = Folder::read_scenarios(Path::new("data/tiny/scenarios.toml"), &inputs);
    if problems.has_errors() {
        return Err("the scenarios have problems".into());
    }
    for (name, inputs, planned) in compare(&inputs, &scenarios, &Budget::of_effort(10))? {
        let short: f64 = planned.coverage.iter().map(|of| of.short_hours(inputs.interval.hours())).sum();
        println!(
            "{name}: {} people, cost {:.0} {}, {short:.1} agent-hours short",
            inputs.employees.len(),
            planned.solved.cost.get(),
            inputs.currency
        );
    }
    Ok(())
}
