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
}
