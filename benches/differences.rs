//! Value of common random numbers: differences between two desks with the same contacts against those of independent runs.
//!
//! `cargo bench --bench differences` plans the worked example, simulates its roster with 5 % more contacts, with one agent more (a twin of
//! an existing one) and with one agent less, and reports the ratio of the confidence intervals' widths for the differences over the week to
//! those of two desks with independent contacts. No time is measured.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::plan::{Inputs, QueueRequirement, expected_arrivals, plan, simulate_arrivals};
use peakshift::roster::{Assignment, Roster, RosterProblem};
use peakshift::simulate::{Arrivals, Attained, Figure};
use peakshift::workforce::AgentId;
use std::error::Error;
use std::path::Path;

/// Agents that are duplicated or removed: of the pre-sale chat, the after-sale chat and the phone.
const AGENTS: [&str; 3] = ["CS005", "CS040", "CS047"];
/// Enough for two digits of a ratio of widths.
const REPETITIONS: usize = 1000;
const FIGURES: [(&str, Figure); 4] = [
    ("service level", Figure::ServiceLevel),
    ("mean wait", Figure::MeanWait),
    ("abandonment", Figure::Abandonment),
    ("occupancy", Figure::Occupancy),
];

fn main() -> Result<(), Box<dyn Error>> {
    let inputs = Folder::named(Path::new("data/qinghe")).read().inputs.ok_or("the worked example has problems")?;
    let planned = plan(&inputs, &Budget::of_effort(10))?;
    let inputs = Inputs { replications: REPETITIONS, ..inputs };
    let (problem, roster) = (&planned.problem, &planned.solved.roster);
    let play = |problem: &RosterProblem, roster: &Roster, arrivals: fn(&QueueRequirement) -> Arrivals| {
        simulate_arrivals(&inputs, &planned.requirements, problem, roster, arrivals, &Budget::of_effort(1))
    };
    let base = play(problem, roster, expected_arrivals);
    compare("5 % more contacts", &inputs, &base, &play(problem, roster, five_percent_more));
    for agent in AGENTS.map(AgentId::new) {
        let (problem_with, roster_with) = with_twin(problem, roster, &agent);
        compare(&format!("one more like {agent}"), &inputs, &base, &play(&problem_with, &roster_with, expected_arrivals));
        let without = Roster { assignments: roster.assignments.iter().filter(|of| of.agent != agent).cloned().collect() };
        compare(&format!("without {agent}"), &inputs, &base, &play(problem, &without, expected_arrivals));
    }
    Ok(())
}

fn five_percent_more(of: &QueueRequirement) -> Arrivals {
    Arrivals::Means(of.need.values().iter().map(|need| 1.05 * need.contacts.get()).collect())
}

/// Adds an agent with the skills, effectiveness and shifts of another.
fn with_twin(problem: &RosterProblem, roster: &Roster, agent: &AgentId) -> (RosterProblem, Roster) {
    let (mut problem, mut roster) = (problem.clone(), roster.clone());
    let twin = AgentId::new(&format!("{agent} twin"));
    let of_twin: Vec<_> = roster.of_agent(agent).map(|of| Assignment { agent: twin.clone(), ..of.clone() }).collect();
    roster.assignments.extend(of_twin);
    let people: Vec<_> = problem.people.iter().filter(|person| person.employee.id == *agent).cloned().collect();
    problem.people.extend(people.into_iter().map(|mut person| {
        person.employee.id = twin.clone();
        person
    }));
    (problem, roster)
}

fn compare(change: &str, inputs: &Inputs, base: &[Attained], changed: &[Attained]) {
    println!("{change}");
    for (queue, of) in inputs.queues.iter().enumerate() {
        for (name, figure) in FIGURES {
            let alone = |attained: &[Attained]| attained[queue].figure(figure, |_| true).half_width;
            let independent = alone(base).hypot(alone(changed));
            let common = changed[queue].difference(&base[queue], figure, |_| true);
            let narrower = independent / common.half_width;
            println!("  {} {name}: {:+.4} ± {:.4}, {narrower:.1} times narrower", of.queue.id, common.value, common.half_width);
        }
    }
}
