//! Files beside a roster that belong to it: written with it, or by no command. A file that another command has put there since is not what
//! the roster was made for.

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::text::bytes::is_there;
use crate::manifest::{MANIFEST, Manifest, ROSTER, WrittenShifts};
use crate::plan::Inputs;
use crate::roster::Roster;
use crate::workforce::{AgentId, Pin};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A roster file with the manifest of its folder.
pub(in crate::input) struct WrittenWith<'p> {
    roster: &'p Path,
    manifest: Manifest,
}

impl<'p> WrittenWith<'p> {
    pub(in crate::input) fn of(roster: &'p Path) -> Self {
        let bytes = fs::read(roster.with_file_name(MANIFEST));
        let manifest = bytes.ok().and_then(|bytes| Manifest::parse(&bytes).ok()).unwrap_or_default();
        Self { roster, manifest }
    }

    /// A file beside the roster, if it exists. There is none beside standard input.
    pub(super) fn beside(&self, name: &str) -> Option<PathBuf> {
        let path = self.roster.with_file_name(name);
        (self.roster != Path::new("-") && is_there(&path)).then_some(path)
    }

    /// A file beside the roster that belongs to it. A repair's file whose roster was replaced since is reported.
    pub(super) fn kept_by_repairs(&self, name: &str, problems: &mut Problems) -> Option<PathBuf> {
        let path = self.beside(name)?;
        if self.goes_with(name) {
            return Some(path);
        }
        note(&path, "beside_replaced_roster", self.writer(name), problems);
        None
    }

    pub(super) fn goes_with(&self, name: &str) -> bool {
        self.manifest.goes_with_roster(name)
    }

    /// The command that wrote a file.
    pub(super) fn writer(&self, name: &str) -> &str {
        self.manifest.writer_of(name).unwrap_or_default()
    }

    /// A file beside the roster, unchanged since it was written with it.
    pub(in crate::input) fn as_written(&self, name: &str) -> Option<PathBuf> {
        let path = self.beside(name).filter(|_| self.manifest.notes(name) && self.goes_with(name))?;
        (!self.is_edited(&path)).then_some(path)
    }

    /// Whether a file beside the roster was edited after it was written.
    pub(super) fn is_edited(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        self.manifest.notes(name) && fs::read(path).is_ok_and(|bytes| self.manifest.differs(name, &bytes))
    }

    /// Person-days of the plan on which the roster differs from that written, with their current content.
    pub(in crate::input) fn by_hand(&self, inputs: &Inputs, roster: &Roster) -> Vec<Pin> {
        let is_named = self.roster.file_name().is_some_and(|name| name == ROSTER);
        let Some(written) = self.manifest.shifts_written().filter(|_| is_named && self.is_edited(self.roster)) else { return Vec::new() };
        let (of_agent, mut edited) = (roster.by_agent(), Vec::new());
        for employee in &inputs.employees {
            let before = days_of(written, &employee.id);
            for date in inputs.horizon.dates() {
                let duties = of_agent.get(&employee.id).into_iter().flatten();
                let now = duties.into_iter().find(|duty| duty.date == date).map(|duty| duty.shift.as_str());
                if before.get(&date).copied() != now {
                    edited.push(Pin { agent: employee.id.clone(), date, shift: now.map(str::to_owned) });
                }
            }
        }
        edited
    }

    /// Whether the roster as written agrees with a pin.
    pub(in crate::input) fn said(&self, pin: &Pin) -> bool {
        let written = self.manifest.shifts_written();
        written.is_some_and(|written| days_of(written, &pin.agent).get(&pin.date).copied() == pin.shift.as_deref())
    }
}

/// Shifts of a person by date.
fn days_of<'w>(written: &'w WrittenShifts, agent: &AgentId) -> BTreeMap<NaiveDate, &'w str> {
    let day = |text: &'w str| text.split_once(' ').and_then(|(date, shift)| Some((date.parse().ok()?, shift)));
    written.get(agent.as_str()).into_iter().flat_map(|days| days.split(';')).filter_map(day).collect()
}

/// Reports a file beside a roster that does not belong to it, or was changed.
pub(super) fn note(path: &Path, code: &'static str, value: &str, problems: &mut Problems) {
    problems.push(Problem { is_warning: true, value: value.to_owned(), ..of_file(&path.to_string_lossy(), code) });
}
