//! Which command wrote which files of a folder: `peakshift.json`, read before anything is replaced.

use crate::identifier::folded;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

/// The file's name.
pub(super) const MANIFEST: &str = "peakshift.json";
/// The folder of forecasts that are kept: none of them is replaced or removed, so no manifest lists them.
pub(super) const KEPT: &str = "forecasts/";
/// The folder of people's calendars, of which a new set replaces all.
pub(in crate::report) const CALENDARS: &str = "calendars/";

/// What a folder's manifest says: the same for the same files, whenever and wherever they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// For each command the names of its files, `/` between folders.
    files_of_commands: BTreeMap<String, BTreeSet<String>>,
    /// Each file's size and checksum as it was written: whatever differs was edited since. Earlier versions did not note them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    written_as: BTreeMap<String, String>,
}

/// The size of a file and the checksum of its bytes (CRC-32).
fn signature(bytes: &[u8]) -> String {
    format!("{}-{:08x}", bytes.len(), crc32fast::hash(bytes))
}

impl Manifest {
    /// The manifest of a folder; an empty one if it has none.
    ///
    /// # Errors
    /// A file of its name that is no manifest: someone else's.
    pub(super) fn read(folder: &Path) -> io::Result<Self> {
        match std::fs::read(folder.join(MANIFEST)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Whether some command wrote a file of this name, in whatever case.
    pub(super) fn lists(&self, name: &str) -> bool {
        let name = folded(name);
        self.names().any(|listed| folded(listed) == name)
    }

    /// Whether somebody has edited a file of the folder since it was written. One that is gone was not.
    pub(super) fn is_edited(&self, folder: &Path, name: &str) -> bool {
        let noted = self.written_as.get(name);
        noted.is_some_and(|noted| std::fs::read(folder.join(name)).is_ok_and(|bytes| signature(&bytes) != *noted))
    }

    /// Notes how files are written, and forgets those that are nobody's any more.
    pub(super) fn note(&mut self, files: &[(String, Vec<u8>)]) {
        let listed: BTreeSet<String> = self.names().map(str::to_owned).collect();
        self.written_as.retain(|name, _| listed.contains(name));
        let of_set = files.iter().filter(|(name, _)| listed.contains(name));
        self.written_as.extend(of_set.map(|(name, bytes)| (name.clone(), signature(bytes))));
    }

    /// Every name of every command.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files_of_commands.values().flatten().map(String::as_str)
    }

    /// The manifest once a command has written these files, and the files that then belong to nobody: what the command wrote before and
    /// no longer does, and calendars of an earlier set.
    pub(super) fn after(&self, command: &str, names: &BTreeSet<String>) -> (Self, BTreeSet<String>) {
        let mut next = self.clone();
        let earlier = next.files_of_commands.insert(command.to_owned(), names.clone()).unwrap_or_default();
        let mut left: BTreeSet<String> = earlier.difference(names).cloned().collect();
        if names.iter().any(|name| name.starts_with(CALENDARS)) {
            left.extend(self.names().filter(|name| name.starts_with(CALENDARS) && !names.contains(*name)).map(str::to_owned));
        }
        // what another command has written since is that command's
        let own: BTreeSet<&String> = earlier.iter().collect();
        let others: BTreeSet<String> =
            self.files_of_commands.iter().filter(|(of, _)| *of != command).flat_map(|(_, names)| names).cloned().collect();
        left.retain(|name| name.starts_with(CALENDARS) || (own.contains(name) && !others.contains(name)));
        for (_, listed) in next.files_of_commands.iter_mut().filter(|(of, _)| *of != command) {
            listed.retain(|name| !names.contains(name) && !left.contains(name));
        }
        next.files_of_commands.retain(|_, names| !names.is_empty());
        (next, left)
    }

    /// The file's bytes.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
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
    fn a_file_is_edited_if_its_bytes_are_others_than_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let (mut manifest, _) = Manifest::default().after("plan", &set(&["a.csv", "b.csv", "gone.csv"]));
        manifest.note(&["a.csv", "b.csv", "gone.csv", "nobody's.csv"].map(|name| (name.to_owned(), b"one,two".to_vec())));
        std::fs::write(at("a.csv"), "one,two").unwrap();
        for bytes in ["one,too", "one,two\n", "", "one,tw"] {
            std::fs::write(at("b.csv"), bytes).unwrap();
            assert!(manifest.is_edited(folder.path(), "b.csv"), "{bytes:?}");
        }
        assert!(!manifest.is_edited(folder.path(), "a.csv") && !manifest.is_edited(folder.path(), "gone.csv"));
        std::fs::write(at("nobody's.csv"), "mine").unwrap();
        assert!(!manifest.is_edited(folder.path(), "nobody's.csv"));
        // another command's files are noted anew, and nothing is noted of what goes
        let (mut next, _) = manifest.after("plan", &set(&["b.csv"]));
        next.note(&[("b.csv".to_owned(), b"one,tw".to_vec())]);
        assert!(!next.is_edited(folder.path(), "b.csv") && !next.written_as.contains_key("a.csv"));
        let again: Manifest = serde_json::from_slice(&next.bytes().unwrap()).unwrap();
        assert_eq!(again, next);
        let earlier: Manifest = serde_json::from_str(r#"{"files_of_commands":{"plan":["a.csv"]}}"#).unwrap();
        assert!(earlier.lists("a.csv") && !earlier.is_edited(folder.path(), "a.csv"), "of an earlier version");
    }
}
