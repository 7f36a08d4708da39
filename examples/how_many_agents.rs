//! The first question of every planner: agents required for 210 calls an hour, and the effect of one fewer.

use peakshift::staffing::{Requirement, ServiceLevelDefinition, erlang_a, least_agents};
use peakshift::units::{Agents, Contacts, Seconds};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (handling, patience, hour) = (Seconds::new(260.0)?, Seconds::new(75.0)?, Seconds::new(3600.0)?);
    let load = Contacts::new(210.0)?.load(handling, hour);
    let targets = [Requirement::Asa(15.0), Requirement::Abandonment(0.05), Requirement::Occupancy(0.85)];
    let enough =
        least_agents(&targets, load, |agents| erlang_a(load, handling, agents, patience)).ok_or("no number of agents is enough")?;
    for agents in [enough.get() - 1.0, enough.get(), enough.get() + 1.0] {
        let queue = erlang_a(load, handling, Agents::new(agents)?, patience);
        let level = queue.service_level(Seconds::new(20.0)?, ServiceLevelDefinition::Offered);
        println!(
            "{agents} agents: ASA {:.1} s, {:.1} % answered in 20 s of all offered, {:.1} % give up, occupancy {:.1} %",
            queue.asa(),
            level * 100.0,
            queue.abandonment() * 100.0,
            queue.occupancy() * 100.0
        );
    }
    Ok(())
}
