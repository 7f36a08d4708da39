//! Maps of exports in a file of their own, or in a plan.

use crate::input::import::files::Maps;
use crate::input::plan_file::imports::map;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::of_file;
use crate::input::settings::document::Document;
use crate::input::text::file::read_text;
use std::path::Path;

/// Reads the `[[import]]` sections of a file, which may be a `plan.toml`.
#[must_use]
pub fn read_maps(path: &Path) -> (Maps, Problems) {
    let mut problems = Problems::default();
    let file = path.to_string_lossy();
    let Some(text) = read_text(Path::new(""), &file, &mut problems) else { return (Maps::default(), problems) };
    let document = Document::parse(&file, &text, &mut problems);
    let mut maps = Vec::new();
    for section in document.root().sections("import", &mut problems) {
        section.require("file", &mut problems);
        maps.push(map(&section, &mut problems));
        section.finish(&mut problems);
    }
    if maps.is_empty() && !problems.has_errors() {
        problems.push(of_file(&file, "no_map"));
    }
    (Maps(maps), problems)
}
