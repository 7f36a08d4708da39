//! `peakshift.json`: the record of which command wrote which files of a folder, shared by the code that writes results and the code that
//! reads them back.

use crate::identifier::folded;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// File name of the manifest.
pub const MANIFEST: &str = "peakshift.json";
/// Folder of people's calendars; a new set replaces all of them.
pub const CALENDARS: &str = "calendars/";
/// Folder of archived forecasts: none is replaced or removed, so no manifest lists them.
pub const KEPT_FORECASTS: &str = "forecasts/";
/// The file of every set that holds a roster.
pub const ROSTER: &str = "roster.csv";
/// Files of a set that outlive its roster: they do not describe it, or their readers check that themselves.
const OUTLIVE_ROSTER: [&str; 5] = ["forecast.csv", "forecast_explained.csv", "pins.csv", "absences.csv", "excused.csv"];

/// Shifts of a roster: the days of each person, `2026-11-30 E;2026-12-01 L`.
pub type WrittenShifts = BTreeMap<String, String>;

/// Content of a folder's manifest: identical for identical files, whenever and wherever they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// File names by command, `/` between folders.
    files_of_commands: BTreeMap<String, BTreeSet<String>>,
    /// Size and checksum of each file as written: a file that differs was edited since. Earlier versions did not record them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    written_as: BTreeMap<String, String>,
    /// Shifts of the roster as written: where its file differs, it was edited by hand. Earlier versions did not record them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shifts_written: Option<WrittenShifts>,
}

/// Size of a file and checksum of its bytes (CRC-32).
fn signature(bytes: &[u8]) -> String {
    format!("{}-{:08x}", bytes.len(), crc32fast::hash(bytes))
}

impl Manifest {
    /// Parses a manifest.
    ///
    /// # Errors
    /// The bytes are no manifest of this program.
    pub fn parse(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }

    /// Whether some command wrote a file of this name, ignoring case.
    #[must_use]
    pub fn lists(&self, name: &str) -> bool {
        let name = folded(name);
        self.names().any(|listed| folded(listed) == name)
    }

    /// The command that wrote a file.
    #[must_use]
    pub fn writer_of(&self, name: &str) -> Option<&str> {
        self.files_of_commands.iter().find(|(_, names)| names.contains(name)).map(|(command, _)| command.as_str())
    }

    /// Whether a file belongs with the folder's roster: one command wrote both, or the writer is unknown.
    #[must_use]
    pub fn goes_with_roster(&self, name: &str) -> bool {
        self.writer_of(name).is_none_or(|writer| self.files_of_commands.get(writer).is_some_and(|names| names.contains(ROSTER)))
    }

    /// Whether a file's bytes differ from those written; `false` for files without a record.
    #[must_use]
    pub fn differs(&self, name: &str, bytes: &[u8]) -> bool {
        self.written_as.get(name).is_some_and(|noted| noted.split(' ').all(|noted| noted != signature(bytes)))
    }

    /// Whether a record exists of how a file was written.
    #[must_use]
    pub fn notes(&self, name: &str) -> bool {
        self.written_as.contains_key(name)
    }

    /// Shifts of the roster as written, if recorded.
    #[must_use]
    pub fn shifts_written(&self) -> Option<&WrittenShifts> {
        self.shifts_written.as_ref()
    }

    /// Records a file of a command that is about to be replaced by these bytes; it belongs to the command whether or not the replacement
    /// completes.
    pub fn note_single(&mut self, command: &str, name: &str, before: Option<&[u8]>, bytes: &[u8]) {
        for names in self.files_of_commands.values_mut() {
            names.remove(name);
        }
        self.files_of_commands.retain(|_, names| !names.is_empty());
        self.files_of_commands.entry(command.to_owned()).or_default().insert(name.to_owned());
        let mut either: Vec<String> = before.into_iter().chain([bytes]).map(signature).collect();
        either.dedup();
        self.written_as.insert(name.to_owned(), either.join(" "));
        self.forget_what_is_gone();
    }

    /// Records how files are written, and drops records of files that no command lists any more.
    pub fn note(&mut self, files: &[(String, Vec<u8>)], shifts: Option<&WrittenShifts>) {
        let listed = self.forget_what_is_gone();
        let of_set = || files.iter().filter(|(name, _)| listed.contains(name));
        self.written_as.extend(of_set().map(|(name, bytes)| (name.clone(), signature(bytes))));
        if of_set().any(|(name, _)| name == ROSTER) {
            self.shifts_written = shifts.cloned();
        }
    }

    /// Drops records of files that no command lists; returns the listed names.
    fn forget_what_is_gone(&mut self) -> BTreeSet<String> {
        let listed: BTreeSet<String> = self.names().map(str::to_owned).collect();
        self.written_as.retain(|name, _| listed.contains(name));
        self.shifts_written.take_if(|_| !listed.contains(ROSTER));
        listed
    }

    /// All names of all commands.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files_of_commands.values().flatten().map(String::as_str)
    }

    /// The manifest after a command has written these files, and the files left without an owner: those the command wrote before and no
    /// longer does, and, where it wrote a roster over another command's, that command's calendars, reports and figures.
    #[must_use]
    pub fn after(&self, command: &str, names: &BTreeSet<String>) -> (Self, BTreeSet<String>) {
        let mut next = self.clone();
        let earlier = next.files_of_commands.insert(command.to_owned(), names.clone()).unwrap_or_default();
        let others = || self.files_of_commands.iter().filter(|(of, _)| *of != command).map(|(_, listed)| listed);
        // files that another command has written since belong to that command
        let mut left: BTreeSet<String> =
            earlier.difference(names).filter(|name| !others().any(|listed| listed.contains(*name))).cloned().collect();
        if let Some(replaced) = others().find(|listed| names.contains(ROSTER) && listed.contains(ROSTER)) {
            left.extend(replaced.difference(names).filter(|name| !OUTLIVE_ROSTER.contains(&name.as_str())).cloned());
        }
        for (_, listed) in next.files_of_commands.iter_mut().filter(|(of, _)| *of != command) {
            listed.retain(|name| !names.contains(name) && !left.contains(name));
        }
        next.files_of_commands.retain(|_, names| !names.is_empty());
        (next, left)
    }

    /// Bytes of the file.
    ///
    /// # Errors
    /// None known: strings always serialise.
    pub fn bytes(&self) -> serde_json::Result<Vec<u8>> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_belongs_to_the_command_that_wrote_it_last_and_goes_when_that_command_no_longer_writes_it() {
        let (plan, _) = Manifest::default().after("plan", &set(&["forecast.csv", "roster.csv", "activities.csv", "calendars/a.ics"]));
        let (both, left) = plan.after("forecast", &set(&["forecast.csv"]));
        assert!(left.is_empty() && both.lists("FORECAST.csv"));
        let (again, left) = both.after("plan", &set(&["roster.csv", "calendars/b.ics"]));
        assert_eq!(left, set(&["activities.csv", "calendars/a.ics"]), "forecast.csv is of forecast now");
        let (rostered, left) = again.after("roster", &set(&["roster.csv", "calendars/c.ics"]));
        assert_eq!(left, set(&["calendars/b.ics"]), "calendars are of one roster, whichever command made it");
        assert!(rostered.lists("forecast.csv") && !rostered.lists("calendars/b.ics"));
    }

    #[test]
    fn what_is_said_of_a_roster_goes_with_it() {
        let all = ["roster.csv", "forecast.csv", "report.html", "summary.json", "calendars/a.ics"];
        for command in ["roster", "repair"] {
            let (plan, _) = Manifest::default().after("plan", &set(&all));
            let (simulated, _) = plan.after("simulate", &set(&["service.csv"]));
            let (rostered, left) = simulated.after(command, &set(&["roster.csv", "pins.csv"]));
            assert_eq!(left, set(&["report.html", "summary.json", "calendars/a.ics"]));
            assert!(rostered.lists("forecast.csv") && rostered.lists("service.csv"));
            let (planned, left) = rostered.after("plan", &set(&all));
            assert!(left.is_empty() && planned.lists("pins.csv"), "{left:?}");
        }
    }

    #[test]
    fn a_file_is_edited_if_its_bytes_are_others_than_were_written() {
        let (mut manifest, _) = Manifest::default().after("plan", &set(&["a.csv", "b.csv", "gone.csv"]));
        manifest.note(&["a.csv", "b.csv", "gone.csv", "nobody's.csv"].map(|name| (name.to_owned(), b"one,two".to_vec())), None);
        for bytes in ["one,too", "one,two\n", "", "one,tw"] {
            assert!(manifest.differs("b.csv", bytes.as_bytes()), "{bytes:?}");
        }
        assert!(!manifest.differs("a.csv", b"one,two") && !manifest.differs("nobody's.csv", b"mine"));
        // files of another command are recorded anew, and removed files lose their record
        let (mut next, _) = manifest.after("plan", &set(&["b.csv"]));
        next.note(&[("b.csv".to_owned(), b"one,tw".to_vec())], None);
        assert!(!next.differs("b.csv", b"one,tw") && !next.notes("a.csv"));
        assert_eq!(Manifest::parse(&next.bytes().unwrap()).unwrap(), next);
        let earlier = Manifest::parse(br#"{"files_of_commands":{"plan":["a.csv"]}}"#).unwrap();
        assert!(earlier.lists("a.csv") && !earlier.differs("a.csv", b""), "of an earlier version");
    }

    #[test]
    fn what_goes_with_a_roster_was_written_with_it_or_is_nobodys() {
        let goes = |manifest: &Manifest, name: &str| manifest.goes_with_roster(name);
        let (plan, _) = Manifest::default().after("plan", &set(&["roster.csv", "requirement.csv", "coverage.csv"]));
        assert!(goes(&plan, "requirement.csv") && goes(&plan, "pins.csv") && goes(&Manifest::default(), "requirement.csv"));
        let (staffed, _) = plan.after("staff", &set(&["requirement.csv"]));
        assert!(!goes(&staffed, "requirement.csv") && goes(&staffed, "coverage.csv"));
        let (repaired, _) = staffed.after("repair", &set(&["roster.csv", "requirement.csv", "coverage.csv", "pins.csv"]));
        assert!(goes(&repaired, "requirement.csv") && goes(&repaired, "pins.csv"));
        let (planned, _) = repaired.after("plan", &set(&["roster.csv", "requirement.csv", "coverage.csv"]));
        assert!(goes(&planned, "requirement.csv") && !goes(&planned, "pins.csv"), "the pins are of a repair whose roster is gone");
    }

    #[test]
    fn a_single_file_is_known_before_and_after_it_is_replaced_and_shifts_go_with_their_roster() {
        let mut manifest = Manifest::default();
        manifest.note_single("forecast --output", "f.csv", None, b"one");
        manifest.note_single("forecast --output", "f.csv", Some(b"one"), b"two");
        assert!(!manifest.differs("f.csv", b"one") && !manifest.differs("f.csv", b"two") && manifest.differs("f.csv", b"three"));
        let shifts: WrittenShifts = [("A1".to_owned(), "2026-11-30 E".to_owned())].into();
        let (mut with_roster, _) = manifest.after("plan", &set(&["roster.csv"]));
        with_roster.note(&[("roster.csv".to_owned(), Vec::new())], Some(&shifts));
        let (mut staffed, _) = with_roster.after("staff", &set(&["requirement.csv"]));
        staffed.note(&[("requirement.csv".to_owned(), Vec::new())], None);
        assert_eq!(staffed.shifts_written(), Some(&shifts));
        let (mut emptied, _) = staffed.after("plan", &set(&["forecast.csv"]));
        emptied.note(&[], None);
        assert_eq!(emptied.shifts_written(), None);
    }
}
