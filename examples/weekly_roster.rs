//! Weekly planning: reads the folder, plans the week, writes all files.
//!
//! `cargo run --release --example weekly_roster -- OUT` plans `data/tiny` into OUT.

use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::plan;
use peakshift::report::{Summary, plan_files, summary_text};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out: PathBuf = std::env::args().nth(1).map_or_else(|| std::env::temp_dir().join("peakshift-weekly"), PathBuf::from);
    let reading = Folder::named(Path::new("data/tiny")).read();
    let inputs = reading.inputs.ok_or("the folder has problems: run 'peakshift check'")?;
    let planned = plan(&inputs, &Budget::of_effort(10))?;
    print!("{}", summary_text(&inputs, &planned, &Summary::of(&inputs, &planned), Lang::En));
    for path in plan_files(&inputs, &planned, Lang::En).into_output(&out).write()? {
        println!("{}", path.display());
    }
    Ok(())
}
