//! Drill a week before a promotion: surprises on the roster, recovery of service, and people to call in.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::plan;
use peakshift::report::drill_text;
use peakshift::scenario::drill;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::named(Path::new("data/tiny"));
    let inputs = folder.read().inputs.ok_or("the folder has problems")?;
    let (surprises, problems) = folder.read_surprises(Path::new("data/tiny/surprise.toml"), &inputs);
    if problems.has_errors() {
        return Err("the surprises have problems".into());
    }
    let budget = Budget::of_effort(10);
    let roster = plan(&inputs, &budget)?.solved.roster;
    print!("{}", drill_text(&drill(&inputs, &roster, &surprises, &budget)?, Lang::En));
    Ok(())
}
