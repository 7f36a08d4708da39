//! Journalled replacement of files one by one, for folders that cannot be swapped. The whole set is first written to a folder of its own;
//! once its journal exists, this run or any later one moves every file to its place.

use super::changes::{Changes, is_inside};
use super::disk::Disk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// Folder of an unfinished set.
pub(super) const UNDERWAY: &str = ".peakshift-underway";
const JOURNAL: &str = "journal.json";
const DRAFT: &str = "journal.part";
const SET: &str = "set";

/// Remaining operations.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    write: Vec<String>,
    remove: BTreeSet<String>,
}

/// Replaces a set of files in an existing folder.
pub(super) fn replace(disk: &mut Disk, folder: &Path, changes: &Changes) -> io::Result<()> {
    let written = prepare(disk, folder, changes);
    if written.is_err() {
        let _ = disk.remove_all(&folder.join(UNDERWAY));
        return written;
    }
    finish(disk, folder)
}

fn prepare(disk: &mut Disk, folder: &Path, changes: &Changes) -> io::Result<()> {
    let under_way = folder.join(UNDERWAY);
    let set = under_way.join(SET);
    disk.folder(&under_way)?;
    disk.folder(&set)?;
    for (name, bytes) in changes.manifest_first() {
        let path = set.join(name);
        path.parent().map_or(Ok(()), |parent| disk.folders(&set, parent))?;
        disk.create(&path, bytes)?;
        if let Some(earlier) = fs::symlink_metadata(folder.join(name)).ok().filter(std::fs::Metadata::is_file) {
            disk.permissions(&path, &earlier)?;
        }
    }
    disk.settle(&set);
    // the manifest moves last: until then the old one tells who owns the new files
    let mut write: Vec<String> = changes.manifest_first().map(|(name, _)| name.to_owned()).collect();
    write.rotate_left(1);
    let journal = Journal { write, remove: changes.remove.clone() };
    disk.create(&under_way.join(DRAFT), &serde_json::to_vec(&journal)?)?;
    disk.rename(&under_way.join(DRAFT), &under_way.join(JOURNAL))?;
    disk.settle(&under_way);
    Ok(())
}

/// Finishes a set that a run left unfinished, or removes it if it was incomplete.
pub(super) fn finish(disk: &mut Disk, folder: &Path) -> io::Result<()> {
    let under_way = folder.join(UNDERWAY);
    if !fs::symlink_metadata(&under_way).is_ok_and(|found| found.is_dir()) {
        return Ok(());
    }
    if let Ok(bytes) = fs::read(under_way.join(JOURNAL)) {
        let journal: Journal = serde_json::from_slice(&bytes)?;
        let set = under_way.join(SET);
        for name in journal.write.iter().filter(|name| is_inside(name)) {
            let (from, to) = (set.join(name), folder.join(name));
            if from.is_file() {
                to.parent().map_or(Ok(()), |parent| disk.folders(folder, parent))?;
                disk.rename(&from, &to)?;
            }
        }
        for name in journal.remove.iter().filter(|name| is_inside(name)) {
            disk.remove(&folder.join(name))?;
            // folders left empty are removed too
            let is_empty = |parent: &&Path| fs::read_dir(parent).is_ok_and(|mut entries| entries.next().is_none());
            if let Some(parent) = folder.join(name).parent().filter(|parent| *parent != folder).filter(is_empty) {
                disk.remove_folder(parent)?;
            }
        }
        disk.settle(folder);
        if set.is_dir() {
            disk.remove_all(&set)?;
        }
    }
    disk.remove_all(&under_way)
}
