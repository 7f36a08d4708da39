//! A new folder of results beside the old one, with the old one's other files, and an atomic swap of the two.
//!
//! The new folder is named after the old one and its own inode number, `.out.peakshift-1a2b`. Before the swap its name contains its own
//! number, after it that of the other folder, which tells an unfinished set from an old one.

use super::changes::Changes;
use super::disk::Disk;
use super::leftover::Leftover;
use super::noted::manifest_of;
use super::place::Place;
use crate::manifest::MANIFEST;
use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// Maximum number of files outside the set; a folder with more is no folder of results and is not copied.
const MOST_FOREIGN: usize = 20_000;

/// Reason for which a folder was not swapped.
pub(super) enum Unswapped {
    /// Swapping is impossible: the files must be replaced one by one.
    Impossible,
    /// An I/O error, such as no space for a second set.
    Failed(io::Error),
}

impl From<io::Error> for Unswapped {
    fn from(error: io::Error) -> Self {
        // a full disk prevents the other way too
        let full = [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded];
        if full.contains(&error.kind()) { Self::Failed(error) } else { Self::Impossible }
    }
}

/// Prefix of the names of folders beside another.
pub(super) fn beside(name: &OsString) -> OsString {
    let mut begun = OsString::from(".");
    begun.push(name);
    begun.push(".peakshift-");
    begun
}

/// A number that no other existing folder has.
#[cfg(unix)]
fn number(folder: &Path) -> io::Result<u64> {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(folder).map(|found| found.ino())
}

#[cfg(not(unix))]
fn number(_folder: &Path) -> io::Result<u64> {
    Ok(1)
}

/// Creates an empty folder beside a place.
fn begin(disk: &mut Disk, place: &Place, name: &OsString) -> io::Result<PathBuf> {
    let named = |number: &str| {
        let mut name = beside(name);
        name.push(number);
        place.parent.join(name)
    };
    let unnumbered = named("new");
    disk.folder(&unnumbered)?;
    let numbered = named(&format!("{:x}", number(&unnumbered)?));
    disk.rename(&unnumbered, &numbered)?;
    Ok(numbered)
}

/// Writes a set to a folder that does not exist yet.
pub(super) fn appear(disk: &mut Disk, place: &Place, changes: &Changes) -> io::Result<()> {
    let Some(name) = &place.name else { return Err(io::ErrorKind::NotFound.into()) };
    let made = begin(disk, place, name)?;
    let folder = made.join(&place.below);
    let top = place.parent.join(name);
    let written = disk.folders(&made, &folder).and_then(|()| write(disk, &folder, changes)).and_then(|()| disk.rename(&made, &top));
    if written.is_err() {
        let _ = disk.remove_all(&made);
    }
    disk.settle(&place.parent);
    written
}

/// Writes a set to a folder beside the old one and swaps the two.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn swap(disk: &mut Disk, place: &Place, changes: &Changes) -> Result<(), Unswapped> {
    let old = place.folder();
    let Some(name) = place.name.as_ref().filter(|_| is_swappable(&old)) else { return Err(Unswapped::Impossible) };
    let made = begin(disk, place, name)?;
    let swapped = complete(disk, &old, &made, changes).and_then(|()| disk.exchange(&made, &old));
    if let Err(error) = swapped {
        let _ = disk.remove_all(&made);
        return Err(error.into());
    }
    disk.settle(&place.parent);
    // the set is in place: a remainder of the old one is no failure, the next run removes it
    let _ = retire(disk, &made, &old);
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn swap(_disk: &mut Disk, _place: &Place, _changes: &Changes) -> Result<(), Unswapped> {
    Err(Unswapped::Impossible)
}

/// Fills the new folder with the future contents of the old one.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn complete(disk: &mut Disk, old: &Path, made: &Path, changes: &Changes) -> io::Result<()> {
    write(disk, made, changes)?;
    for (name, _) in &changes.write {
        // a result whose permissions were restricted stays restricted
        if let Ok(earlier) = fs::symlink_metadata(old.join(name))
            .and_then(|found| if found.is_file() { Ok(found) } else { Err(io::ErrorKind::NotFound.into()) })
        {
            disk.permissions(&made.join(name), &earlier)?;
        }
    }
    carry(disk, (old, made), Path::new(""), changes)?;
    disk.settle(made);
    same_rights(disk, made, &fs::symlink_metadata(old)?)
}

/// Writes all files of a set, the manifest first.
fn write(disk: &mut Disk, folder: &Path, changes: &Changes) -> io::Result<()> {
    for (name, bytes) in changes.manifest_first() {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), |parent| disk.folders(folder, parent))?;
        disk.create(&path, bytes)?;
    }
    disk.settle(folder);
    Ok(())
}

/// Whether a folder may be swapped: it is not the working directory, it is writable, and it holds results and little else.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn is_swappable(folder: &Path) -> bool {
    let stands_in = std::env::current_dir().and_then(fs::canonicalize).map_or(true, |here| here.starts_with(folder));
    let mut left = MOST_FOREIGN;
    let is_closed = fs::metadata(folder).map_or(true, |found| found.permissions().readonly());
    !stands_in && !is_closed && !has_other_rights(folder) && is_small(folder, &mut left)
}

/// Whether a folder has access rights outside its mode, which a new folder would lack.
#[cfg(target_os = "linux")]
fn has_other_rights(folder: &Path) -> bool {
    ["system.posix_acl_access", "system.posix_acl_default"].iter().any(|name| rustix::fs::getxattr(folder, *name, &mut [0u8; 0]).is_ok())
}

#[cfg(target_os = "macos")]
fn has_other_rights(_folder: &Path) -> bool {
    false
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn is_small(folder: &Path, left: &mut usize) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    for entry in entries {
        let Ok(entry) = entry else { return false };
        let Some(fewer) = left.checked_sub(1) else { return false };
        *left = fewer;
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !is_small(&entry.path(), left) {
            return false;
        }
    }
    true
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn same_rights(disk: &mut Disk, made: &Path, old: &Metadata) -> io::Result<()> {
    disk.owner(made, old)?;
    disk.permissions(made, old)
}

/// Takes over everything outside the set: files as hard links, folders and links as new ones.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn carry(disk: &mut Disk, (old, made): (&Path, &Path), below: &Path, changes: &Changes) -> io::Result<()> {
    for entry in fs::read_dir(old.join(below))? {
        let entry = entry?;
        let name = below.join(entry.file_name());
        let (from, to) = (old.join(&name), made.join(&name));
        let kind = entry.file_type()?;
        if changes.touches(&name) || Leftover::of(&name).is_some() {
            continue;
        }
        if kind.is_dir() {
            let is_new = !to.is_dir();
            if is_new {
                disk.folder(&to)?;
            }
            carry(disk, (old, made), &name, changes)?;
            let is_emptied = is_new && fs::read_dir(&to)?.next().is_none() && fs::read_dir(&from)?.next().is_some();
            if is_emptied { disk.remove_folder(&to)? } else { same_rights(disk, &to, &entry.metadata()?)? }
        } else if kind.is_symlink() {
            disk.symbolic_link(&from, &to)?;
        } else {
            disk.link(&from, &to)?;
        }
    }
    Ok(())
}

/// Removes leftovers of earlier runs beside a place.
pub(super) fn clear(disk: &mut Disk, place: &Place) -> io::Result<()> {
    let Some(name) = &place.name else { return Ok(()) };
    let begun = beside(name);
    for entry in fs::read_dir(&place.parent)? {
        let entry = entry?;
        let found = entry.file_name();
        let (found, begun) = (found.as_encoded_bytes(), begun.as_encoded_bytes());
        let Some(suffix) = found.strip_prefix(begun) else { continue };
        let is_ours = suffix == b"new" || (!suffix.is_empty() && suffix.len() <= 16 && suffix.iter().all(u8::is_ascii_hexdigit));
        if !is_ours || !entry.file_type()?.is_dir() {
            continue;
        }
        let left = entry.path();
        let is_half_made = suffix == b"new" || format!("{:x}", number(&left)?).as_bytes() == suffix;
        let is_there = place.is_there && place.below.as_os_str().is_empty();
        if is_half_made || !is_there { disk.remove_all(&left)? } else { retire(disk, &left, &place.folder())? }
    }
    Ok(())
}

/// Removes an old folder after the swap. Files that appeared in it while the new one was being made are in neither set and move over, under
/// another name if theirs is taken.
fn retire(disk: &mut Disk, old: &Path, new: &Path) -> io::Result<()> {
    let listed = manifest_of(old).unwrap_or_default();
    move_over(disk, (old, new), Path::new(""), &|name| listed.lists(name) || name == MANIFEST)?;
    // the manifest goes last: if stopped before, the next run still knows the files of the set
    for entry in fs::read_dir(old)? {
        let entry = entry?;
        if entry.file_name() != MANIFEST {
            if entry.file_type()?.is_dir() { disk.remove_all(&entry.path())? } else { disk.remove(&entry.path())? }
        }
    }
    disk.remove_all(old)
}

fn move_over(disk: &mut Disk, (old, new): (&Path, &Path), below: &Path, is_listed: &dyn Fn(&str) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(old.join(below))? {
        let entry = entry?;
        let name = below.join(entry.file_name());
        let (from, to) = (old.join(&name), new.join(&name));
        if entry.file_type()?.is_dir() {
            move_over(disk, (old, new), &name, is_listed)?;
            continue;
        }
        let is_of_set = name.to_str().is_some_and(is_listed) || Leftover::of(&name).is_some();
        if is_of_set || is_same_entry(&from, &to) {
            continue;
        }
        to.parent().map_or(Ok(()), |parent| disk.folders(new, parent))?;
        disk.rename(&from, &super::single::free(&to))?;
    }
    Ok(())
}

/// Whether two entries are one file, or two links to one target.
fn is_same_entry(one: &Path, other: &Path) -> bool {
    let links = (fs::read_link(one), fs::read_link(other));
    match links {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), Err(_)) => super::place::is_same(one, other),
        _ => false,
    }
}
