//! `scenarios.toml` and files of surprises: their sections in order, and the settings of each.

use super::contradictions::contradictions;
use super::reader::Reader;
use crate::input::folder::place::Folder;
use crate::input::plan_file::resettings::{Setting, settings_of};
use crate::input::problem::collected::Problems;
use crate::input::settings::document::Document;
use crate::input::settings::section::Section;
use crate::input::text::file::read_text;
use crate::plan::Inputs;
use crate::scenario::{BASE, Change, Scenario, Scenarios};
use std::path::Path;

/// A scenario as stated in its section, before its settings are read.
struct Stated {
    line: usize,
    name: String,
    changes: Vec<Change>,
    settings: Vec<Setting>,
}

/// Reads the scenarios of a file; names in them are checked against the plan.
pub(super) fn read(folder: &Folder, file: &str, text: &str, inputs: &Inputs, problems: &mut Problems) -> Scenarios {
    let reader = Reader { folder, file, inputs };
    let (document, table) = parsed(file, text, problems);
    if !document.is_whole {
        return Scenarios::default();
    }
    let root = document.root();
    let (named, sweeps) = (root.sections("scenario", problems), root.sections("sweep", problems));
    root.finish_list("scenario", named.is_empty() && sweeps.is_empty(), problems);
    let stated = reader.stated(&named, &table, "scenario", problems);
    let mut all = Scenarios { sweeps: Vec::new(), named: Vec::new() };
    for (number, section) in sweeps.iter().enumerate() {
        all.sweeps.extend(reader.sweep(section, settings_of(&table, section, ("sweep", number), "vary"), problems));
    }
    all.named = reader.whole(stated, problems);
    all
}

/// Reads surprises for drills: scenarios restricted to changes that are possible under a published roster.
pub(super) fn read_surprises(folder: &Folder, file: &str, text: &str, inputs: &Inputs, problems: &mut Problems) -> Vec<Scenario> {
    let reader = Reader { folder, file, inputs };
    let (document, table) = parsed(file, text, problems);
    if !document.is_whole {
        return Vec::new();
    }
    let root = document.root();
    let named = root.sections("surprise", problems);
    root.finish_list("surprise", named.is_empty(), problems);
    let stated = reader.stated(&named, &table, "surprise", problems);
    reader.whole(stated, problems)
}

/// The file with the positions of its keys, and its values. The former reports syntax errors.
fn parsed<'a>(file: &'a str, text: &'a str, problems: &mut Problems) -> (Document<'a>, toml::Table) {
    (Document::parse(file, text, problems), toml::from_str(text).unwrap_or_default())
}

impl Reader<'_> {
    /// All sections of a kind, the later ones with the earlier ones that they combine.
    fn stated(&self, sections: &[Section], table: &toml::Table, kind: &str, problems: &mut Problems) -> Vec<Stated> {
        let mut stated: Vec<Stated> = Vec::new();
        for (number, section) in sections.iter().enumerate() {
            let settings = settings_of(table, section, (kind, number), "set");
            let scenario = self.scenario(section, settings, &stated, problems);
            stated.push(scenario);
        }
        stated
    }

    /// The scenarios with their settings; none if there were problems before.
    fn whole(&self, stated: Vec<Stated>, problems: &mut Problems) -> Vec<Scenario> {
        let stated = if problems.has_errors() { Vec::new() } else { stated };
        stated.into_iter().map(|scenario| self.with_settings(scenario, problems)).collect()
    }

    fn scenario(&self, section: &Section, mut settings: Vec<Setting>, above: &[Stated], problems: &mut Problems) -> Stated {
        section.require("name", problems);
        let name = section.name("name", problems).unwrap_or("").to_owned();
        let mut changes = Vec::new();
        for other in section.texts("combine", problems) {
            let Some(known) = above.iter().find(|known| known.name == other) else {
                let names: Vec<&str> = above.iter().map(|known| known.name.as_str()).filter(|name| !name.is_empty()).collect();
                let code = match names.as_slice() {
                    _ if other == name => "combines_itself",
                    [] => "nothing_to_combine",
                    _ => "unknown_word",
                };
                section.note(problems, code, "combine", other, names.join(", "));
                continue;
            };
            changes.extend(known.changes.iter().cloned());
            settings.extend(known.settings.iter().cloned());
        }
        // `set` is read like a plan file
        section.section("set", problems);
        changes.extend(self.changes(section, problems));
        section.finish(problems);
        if let Some(known) = above.iter().find(|known| known.name == name).filter(|_| !name.is_empty()) {
            section.note(problems, "twice", "name", &name, known.line);
        } else if name == BASE {
            section.note(problems, "twice", "name", &name, "—");
        }
        for (subject, what) in contradictions(&changes, &settings) {
            section.note(problems, "contradiction", &subject, what, "");
        }
        Stated { line: section.line, name, changes, settings }
    }

    /// The scenario with its settings, whose problems are reported where each stands.
    fn with_settings(&self, stated: Stated, problems: &mut Problems) -> Scenario {
        let Stated { line, name, mut changes, settings } = stated;
        changes.extend(self.settings(&settings, line, problems));
        Scenario { name, changes }
    }
}

impl Folder {
    /// Reads scenarios for this folder's plan; `path` is as given by the user.
    #[must_use]
    pub fn read_scenarios(&self, path: &Path, inputs: &Inputs) -> (Scenarios, Problems) {
        let mut problems = Problems::default();
        let name = path.to_string_lossy();
        let text = read_text(Path::new(""), &name, &mut problems);
        let scenarios = text.map(|text| read(self, &name, &text, inputs, &mut problems));
        (scenarios.unwrap_or_default(), problems)
    }

    /// Reads surprises for drills on a roster of this folder's plan; `path` is as given by the user.
    #[must_use]
    pub fn read_surprises(&self, path: &Path, inputs: &Inputs) -> (Vec<Scenario>, Problems) {
        let mut problems = Problems::default();
        let name = path.to_string_lossy();
        let text = read_text(Path::new(""), &name, &mut problems);
        let surprises = text.map(|text| read_surprises(self, &name, &text, inputs, &mut problems));
        (surprises.unwrap_or_default(), problems)
    }
}
