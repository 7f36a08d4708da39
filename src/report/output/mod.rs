//! Atomic output: a set of files that is complete or absent, whenever the program is stopped.
//!
//! A set is written to a folder beside the old one and swapped with it in one step (`swap`); where that is impossible, file by file under a
//! journal (`in_place`). `peakshift.json` lists the files of each command and their checksums: only such files are replaced or removed, and
//! none that was edited since.

mod changes;
mod disk;
mod error;
mod in_place;
mod leftover;
mod noted;
mod place;
mod single;
mod swap;

pub use disk::DiskStep;
pub use error::{Clash, OutputError};
pub use single::{
    check_replace, check_rewrite, rewrite_file, rewrite_file_observed, write_file, write_file_observed, write_table, write_table_observed,
};

use crate::identifier::folded;
use crate::manifest::{KEPT_FORECASTS, MANIFEST, Manifest, WrittenShifts};
use changes::{Changes, is_inside};
use disk::Disk;
use leftover::Leftover;
use noted::{is_edited, manifest_of};
use place::{Place, is_same, lock};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use swap::Unswapped;

/// Files of a folder that appear together.
#[derive(Clone, Debug)]
pub struct Output {
    folder: PathBuf,
    command: &'static str,
    has_manifest: bool,
    /// Whether edited results may be replaced.
    replaces_edited: bool,
    /// Whether CSV files begin with a byte-order mark.
    has_mark: bool,
    plan_folder: Option<PathBuf>,
    inputs: Vec<PathBuf>,
    files: Vec<(String, Vec<u8>)>,
    /// Shifts of the set's roster, if it has one.
    shifts: Option<WrittenShifts>,
}

impl Output {
    /// An empty set for a folder.
    #[must_use]
    pub fn into_folder(folder: &Path) -> Self {
        let (plan_folder, inputs, files) = (None, Vec::new(), Vec::new());
        let (has_manifest, replaces_edited, has_mark) = (true, false, false);
        let (folder, command) = (folder.to_owned(), "results");
        Self { folder, command, has_manifest, replaces_edited, has_mark, plan_folder, inputs, files, shifts: None }
    }

    /// Sets the command that owns the set: its next set replaces this one.
    #[must_use]
    pub fn of_command(mut self, command: &'static str) -> Self {
        self.command = command;
        self
    }

    /// Makes the set the user's own: it is listed under no command, so nothing replaces it.
    #[must_use]
    pub fn for_the_user(mut self) -> Self {
        self.has_manifest = false;
        self
    }

    /// Sets whether results that were edited after they were written are replaced too.
    #[must_use]
    pub fn replacing_edited(mut self, replaces_edited: bool) -> Self {
        self.replaces_edited = replaces_edited;
        self
    }

    /// Sets whether CSV files begin with a byte-order mark, by which Excel recognises UTF-8. Kept forecasts, which programs compare and read,
    /// never do.
    #[must_use]
    pub fn with_mark(mut self, has_mark: bool) -> Self {
        self.has_mark = has_mark;
        self
    }

    /// Sets the plan folder and the files that the run reads: neither is written over.
    #[must_use]
    pub fn beside_inputs(mut self, plan_folder: Option<&Path>, inputs: Vec<PathBuf>) -> Self {
        self.plan_folder = plan_folder.map(Path::to_owned);
        self.inputs = inputs;
        self
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let (name, bytes) = (name.into(), bytes.into());
        let takes_mark =
            self.has_mark && Path::new(&name).extension().is_some_and(|ending| ending == "csv") && !name.starts_with(KEPT_FORECASTS);
        self.files.push((name, if takes_mark { marked(bytes) } else { bytes }));
    }

    /// Records the shifts of the set's roster, so that later hand edits can be recognised.
    pub fn note_shifts(&mut self, shifts: WrittenShifts) {
        self.shifts = Some(shifts);
    }

    /// Checks, before any work, whether files of these names may be written.
    ///
    /// # Errors
    /// [`OutputError`] if the folder is the plan's, if a file would replace an input, a file that peakshift did not write or one that was
    /// edited since, or if its name leaves the folder.
    pub fn check<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<(), OutputError> {
        let names: Vec<&str> = names.into_iter().collect();
        if let Some(name) = names.iter().find(|name| !is_inside(name)) {
            return Err(OutputError::Name((*name).to_owned()));
        }
        let place = Place::of(&self.folder)?;
        let folder = place.folder();
        if let Some(plan) =
            self.plan_folder.as_ref().filter(|plan| is_same(if plan.as_os_str().is_empty() { Path::new(".") } else { plan }, &folder))
        {
            return Err(OutputError::PlanFolder(plan.clone()));
        }
        if !place.is_there {
            return Ok(());
        }
        let foreign = |name: &str| OutputError::Foreign(self.folder.join(name));
        let manifest = manifest_of(&folder).map_err(|_| foreign(MANIFEST))?;
        let clashes = self.clashes(&folder, &names);
        if !clashes.is_empty() {
            return Err(OutputError::Inputs(clashes));
        }
        for name in &names {
            let (name, path) = (*name, folder.join(name));
            let above = Path::new(name).ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
            for above in above {
                if fs::symlink_metadata(folder.join(above)).is_ok_and(|found| !found.is_dir()) {
                    return Err(OutputError::Foreign(self.folder.join(above)));
                }
            }
            if fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir() || !manifest.lists(name)) && !name.starts_with(KEPT_FORECASTS) {
                return Err(foreign(name));
            }
        }
        let edited = self.edited(&folder, &manifest, &names);
        if edited.is_empty() { Ok(()) } else { Err(OutputError::Edited(edited)) }
    }

    /// Inputs that results would replace, in the order of the inputs.
    fn clashes(&self, folder: &Path, names: &[&str]) -> Vec<Clash> {
        let mut hit: BTreeSet<&str> = BTreeSet::new();
        let clash = |input: &PathBuf| {
            let name = names.iter().find(|name| is_same(input, &folder.join(name)))?;
            hit.insert(name).then(|| Clash { output: self.folder.join(name), input: input.clone() })
        };
        self.inputs.iter().filter_map(clash).collect()
    }

    /// Edited results of earlier sets that would be replaced or removed. While a set is unfinished this is unknown.
    fn edited(&self, folder: &Path, manifest: &Manifest, names: &[&str]) -> Vec<PathBuf> {
        if self.replaces_edited || !self.has_manifest || fs::symlink_metadata(folder.join(in_place::UNDERWAY)).is_ok() {
            return Vec::new();
        }
        let mut gone: BTreeSet<String> = names.iter().map(ToString::to_string).collect();
        let (_, left) = manifest.after(self.command, &gone);
        gone.extend(left);
        gone.iter().filter(|name| is_edited(manifest, folder, name)).map(|name| self.folder.join(name)).collect()
    }

    /// Writes all files, replacing the command's earlier set in one step, and returns their paths.
    ///
    /// # Errors
    /// [`OutputError`]; nothing has changed then.
    pub fn write(self) -> Result<Vec<PathBuf>, OutputError> {
        self.write_to(&mut Disk::observed(&mut |_| {}, true))
    }

    /// Writes like [`Output::write`] and notifies `observe` before each operation: a test that stops there stops as a kill would. It does
    /// not wait until the files would survive a power failure.
    ///
    /// # Errors
    /// As [`Output::write`].
    pub fn write_observed(self, observe: &mut dyn FnMut(DiskStep)) -> Result<Vec<PathBuf>, OutputError> {
        self.write_to(&mut Disk::observed(observe, false))
    }

    fn write_to(self, disk: &mut Disk) -> Result<Vec<PathBuf>, OutputError> {
        let of = OutputError::of(&self.folder);
        let (place, _locks) = self.claim()?;
        clear(disk, &place).map_err(&of)?;
        self.check(self.files.iter().map(|(name, _)| name.as_str()))?;
        let mut seen = BTreeSet::new();
        if let Some((name, _)) = self.files.iter().find(|(name, _)| !seen.insert(folded(name))) {
            return Err(OutputError::Name(name.clone()));
        }
        let (changes, written) = self.changes(&place.folder()).map_err(&of)?;
        if place.is_there { replace(disk, &place, &changes) } else { swap::appear(disk, &place, &changes) }.map_err(&of)?;
        Ok(written.into_iter().map(|name| self.folder.join(name)).collect())
    }

    /// Location of the folder, with the locks that exclude other runs.
    fn claim(&self) -> Result<(Place, Vec<fs::File>), OutputError> {
        loop {
            let place = Place::of(&self.folder)?;
            let beside = lock(&place.parent)?;
            let within = if place.is_there && beside.is_none() { lock(&place.folder())? } else { None };
            // the folder may have changed before it was locked
            if Place::of(&self.folder)? == place {
                return Ok((place, beside.into_iter().chain(within).collect()));
            }
        }
    }

    /// Changes to a folder, and the names of the set in it.
    fn changes(&self, folder: &Path) -> io::Result<(Changes, Vec<String>)> {
        let (kept, files): (Vec<_>, Vec<_>) = self.files.iter().cloned().partition(|(name, _)| name.starts_with(KEPT_FORECASTS));
        let listed: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let mut names: Vec<String> = Vec::new();
        let mut write: Vec<(String, Vec<u8>)> = Vec::new();
        for (name, bytes) in kept {
            let (name, is_new) = name_to_keep(folder, &name, &bytes);
            names.push(name.clone());
            if is_new {
                write.push((name, bytes));
            }
        }
        names.extend(files.iter().map(|(name, _)| name.clone()));
        write.extend(files);
        let mut remove = BTreeSet::new();
        if self.has_manifest {
            let (mut next, left) = manifest_of(folder)?.after(self.command, &listed);
            next.note(&write, self.shifts.as_ref());
            write.push((MANIFEST.to_owned(), next.bytes()?));
            remove = left;
        }
        Ok((Changes { write, remove }, names))
    }
}

/// Text in UTF-8 with a byte-order mark; bytes in another encoding as they are.
#[must_use]
pub fn marked(bytes: Vec<u8>) -> Vec<u8> {
    const MARK: &[u8] = b"\xef\xbb\xbf";
    let takes_mark = !bytes.starts_with(MARK) && std::str::from_utf8(&bytes).is_ok();
    if takes_mark { [MARK, &bytes].concat() } else { bytes }
}

/// Name under which a file is kept without replacing an earlier one, and whether it is new: identical bytes keep their name.
fn name_to_keep(folder: &Path, name: &str, bytes: &[u8]) -> (String, bool) {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let names = std::iter::once(name.to_owned()).chain((2..).map(|number: usize| format!("{stem}_{number}.{ending}")));
    for name in names {
        let path = folder.join(&name);
        if fs::symlink_metadata(&path).is_err() {
            return (name, true);
        }
        if fs::read(&path).is_ok_and(|held| held == bytes) {
            return (name, false);
        }
    }
    (name.to_owned(), true)
}

/// Replaces the files of an existing folder.
fn replace(disk: &mut Disk, place: &Place, changes: &Changes) -> io::Result<()> {
    match swap::swap(disk, place, changes) {
        Ok(()) => Ok(()),
        Err(Unswapped::Impossible) => in_place::replace(disk, &place.folder(), changes),
        Err(Unswapped::Failed(error)) => Err(error),
    }
}

/// Finishes or removes the leftovers of interrupted runs.
fn clear(disk: &mut Disk, place: &Place) -> io::Result<()> {
    // nothing was made beside a folder whose parent is not writable
    let _ = swap::clear(disk, place);
    if !place.is_there {
        return Ok(());
    }
    let folder = place.folder();
    in_place::finish(disk, &folder)?;
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        if matches!(Leftover::of(Path::new(&entry.file_name())), Some(Leftover::Drafts)) && entry.file_type()?.is_dir() {
            disk.remove_all(&entry.path())?;
        }
    }
    Ok(())
}

/// Finishes a set that an interrupted run left in the folder of a file, so that the files read there belong to one set.
///
/// # Errors
/// [`OutputError::Busy`] if another run is writing there.
pub fn finish_set_beside(file: &Path) -> Result<(), OutputError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if fs::symlink_metadata(folder.join(in_place::UNDERWAY)).is_err() {
        return Ok(());
    }
    let place = Place::of(folder)?;
    let _locks = (lock(&place.parent)?, lock(&place.folder())?);
    in_place::finish(&mut Disk::observed(&mut |_| {}, true), &place.folder()).map_err(OutputError::of(folder))
}

/// The first of a run's inputs that is the file to be written, if any.
#[must_use]
pub fn input_behind<'a>(output: &Path, inputs: &'a [PathBuf]) -> Option<&'a PathBuf> {
    inputs.iter().find(|input| is_same(input, output))
}
