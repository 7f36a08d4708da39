//! A sick call at 9:30: repair of the published roster with the fewest changes.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{Asked, Limits, Published, plan, repair};
use peakshift::report::mended_text;
use peakshift::time::ClockTime;
use peakshift::workforce::Absence;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut inputs = Folder::named(Path::new("data/tiny")).read().inputs.ok_or("the folder has problems")?;
    let budget = Budget::of_effort(10);
    let planned = plan(&inputs, &budget)?;
    let sick = &planned.solved.roster.assignments[0];
    let (start, end) = (ClockTime::MIDNIGHT.on(sick.date), ClockTime::DAY_END.on(sick.date));
    inputs.absences.push(Absence { agent: sick.agent.clone(), start, end, kind: "sick".into() });
    let from = ClockTime::MIDNIGHT.on(inputs.horizon.first);
    let limits = Limits { asked: Asked::Holes, from, most_changes: None, most_people: None };
    let published = Published { roster: planned.solved.roster, ..Published::default() };
    let mended = repair(&inputs, &planned.requirements, &published, &limits, &budget);
    println!("{}", mended_text(&mended, &inputs.currency, Lang::En));
    for change in &mended.repaired.changes {
        let shift = |shift: &Option<String>| shift.clone().unwrap_or_else(|| "off".into());
        println!("{} {}: {} instead of {}", change.date, change.agent, shift(&change.after), shift(&change.before));
    }
    Ok(())
}
