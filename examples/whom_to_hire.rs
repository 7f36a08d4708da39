//! Capacity plan of a year: hires, their deadlines, and the cost against hiring nobody.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::hiring;
use peakshift::report::capacity_text;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let inputs = Folder::named(Path::new("data/qinghe")).read().inputs.ok_or("the folder has problems")?;
    let year = hiring(&inputs, 12, &Budget::of_effort(50))?;
    print!("{}", capacity_text(&inputs, &year, Lang::En));
    Ok(())
}
