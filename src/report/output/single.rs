//! Atomic writes of single files.

use super::disk::{Disk, DiskStep};
use super::error::OutputError;
use super::noted::manifest_of;
use super::place::lock;
use crate::manifest::{MANIFEST, Manifest};
use std::ffi::{OsStr, OsString};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Maximum number of links followed, as in operating systems.
const MOST_LINKS: usize = 40;

/// Writes one file atomically; `-` is standard output. Links are followed, anything but a file, such as a pipe, is written directly, and a
/// file keeps its mode.
///
/// # Errors
/// [`OutputError`]: an I/O error, or another run that is writing there.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    write_to(path, bytes, &mut Disk::observed(&mut |_| {}, true))
}

/// Writes a table atomically like [`write_file`], and records its writer and checksum in the folder's `peakshift.json`: only such a table
/// is replaced by the next one.
///
/// # Errors
/// As [`write_file`].
pub fn write_table(path: &Path, writer: &str, bytes: &[u8]) -> Result<(), OutputError> {
    write_noted(path, Some(writer), bytes, &mut Disk::observed(&mut |_| {}, true))
}

/// Writes like [`write_table`] and notifies `observe` before each operation, as in
/// [`Output::write_observed`](super::Output::write_observed).
///
/// # Errors
/// As [`write_file`].
pub fn write_table_observed(path: &Path, writer: &str, bytes: &[u8], observe: &mut dyn FnMut(DiskStep)) -> Result<(), OutputError> {
    write_noted(path, Some(writer), bytes, &mut Disk::observed(observe, false))
}

/// Checks whether a table may be written to a path: it is free, no regular file, empty, or an unedited table of the same command.
///
/// # Errors
/// [`OutputError::ForeignFile`] if another file is there.
pub fn check_replace(path: &Path, writer: &str) -> Result<(), OutputError> {
    let is_full = |found: fs::Metadata| found.is_file() && found.len() > 0;
    if path == Path::new("-") || !fs::metadata(path).is_ok_and(is_full) {
        return Ok(());
    }
    let real = followed(path).map_err(OutputError::of(path))?;
    let manifest = manifest_of(folder_of(&real)).unwrap_or_default();
    if is_own(&manifest, &real, writer) { Ok(()) } else { Err(OutputError::ForeignFile(path.to_owned())) }
}

/// Whether a file is unchanged since the command wrote it.
fn is_own(manifest: &Manifest, path: &Path, writer: &str) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    let is_listed = |name: &&str| manifest.notes(name) && manifest.writer_of(name) == Some(writer);
    name.filter(is_listed).is_some_and(|name| fs::read(path).is_ok_and(|bytes| !manifest.differs(name, &bytes)))
}

/// Records a table in the manifest of its folder before it is written, so that it is known whenever the program is stopped. Nothing is
/// recorded in a folder whose `peakshift.json` is not ours.
fn note(disk: &mut Disk, path: &Path, writer: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let (Ok(mut manifest), Some(name)) = (manifest_of(folder), path.file_name().and_then(OsStr::to_str)) else { return Ok(()) };
    let before = if is_own(&manifest, path, writer) { fs::read(path).ok() } else { None };
    let earlier = manifest.clone();
    manifest.note_single(writer, name, before.as_deref(), bytes);
    if manifest == earlier { Ok(()) } else { replace(disk, &folder.join(MANIFEST), &manifest.bytes()?) }
}

/// Writes like [`write_file`] and notifies `observe` before each operation, as in
/// [`Output::write_observed`](super::Output::write_observed).
///
/// # Errors
/// As [`write_file`].
pub fn write_file_observed(path: &Path, bytes: &[u8], observe: &mut dyn FnMut(DiskStep)) -> Result<(), OutputError> {
    write_to(path, bytes, &mut Disk::observed(observe, false))
}

fn write_to(path: &Path, bytes: &[u8], disk: &mut Disk) -> Result<(), OutputError> {
    write_noted(path, None, bytes, disk)
}

fn write_noted(path: &Path, writer: Option<&str>, bytes: &[u8], disk: &mut Disk) -> Result<(), OutputError> {
    let of = OutputError::of(path);
    if path == Path::new("-") {
        return io::stdout().write_all(bytes).map_err(of);
    }
    let is_device =
        ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder)) || fs::metadata(path).is_ok_and(|found| !found.is_file());
    if is_device {
        return OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(bytes)).map_err(of);
    }
    let path = &followed(path).map_err(&of)?;
    let _lock = lock(folder_of(path))?;
    if fs::metadata(path).is_ok_and(|earlier| earlier.permissions().readonly()) {
        return Err(of(io::ErrorKind::PermissionDenied.into()));
    }
    writer.map_or(Ok(()), |writer| note(disk, path, writer, bytes)).map_err(&of)?;
    replace(disk, path, bytes).map_err(of)
}

/// Writes one file atomically like [`write_file`], with a backup of its earlier content: `promotions.csv.bak`, or `.bak2` and so on where
/// another backup exists. Returns the path of the backup; `None` if nothing changed.
///
/// # Errors
/// As [`write_file`].
pub fn rewrite_file(path: &Path, bytes: &[u8]) -> Result<Option<PathBuf>, OutputError> {
    rewrite_to(path, bytes, &mut Disk::observed(&mut |_| {}, true))
}

/// Writes like [`rewrite_file`] and notifies `observe` before each operation, as in
/// [`Output::write_observed`](super::Output::write_observed).
///
/// # Errors
/// As [`write_file`].
pub fn rewrite_file_observed(path: &Path, bytes: &[u8], observe: &mut dyn FnMut(DiskStep)) -> Result<Option<PathBuf>, OutputError> {
    rewrite_to(path, bytes, &mut Disk::observed(observe, false))
}

fn rewrite_to(path: &Path, bytes: &[u8], disk: &mut Disk) -> Result<Option<PathBuf>, OutputError> {
    let of = OutputError::of(path);
    let path = &followed(path).map_err(&of)?;
    let before = fs::read(path).map_err(&of)?;
    if before == bytes {
        return Ok(None);
    }
    let _lock = lock(folder_of(path))?;
    let backup = backup_of(path, &before);
    if !backup.exists() {
        replace(disk, &backup, &before).map_err(&of)?;
        fs::metadata(path).and_then(|found| disk.permissions(&backup, &found)).map_err(&of)?;
    }
    replace(disk, path, bytes).map_err(of)?;
    Ok(Some(backup))
}

/// Checks whether [`rewrite_file`] may write a file: it exists and is writable.
///
/// # Errors
/// [`OutputError::Unwritable`] if not.
pub fn check_rewrite(path: &Path) -> Result<(), OutputError> {
    let is_open = |found: fs::Metadata| if found.permissions().readonly() { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) };
    fs::metadata(path).and_then(is_open).map_err(OutputError::of(path))
}

/// First backup name that is free or already holds the same content.
fn backup_of(path: &Path, before: &[u8]) -> PathBuf {
    let named = |number: usize| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".bak");
        if number > 1 {
            name.push(number.to_string());
        }
        path.with_file_name(name)
    };
    let free = |backup: &PathBuf| fs::symlink_metadata(backup).is_err() || fs::read(backup).is_ok_and(|held| held == before);
    (1..=usize::MAX).map(named).find(free).unwrap_or_else(|| named(1))
}

/// The path itself, or the first free one with a number before its extension.
pub(super) fn free(path: &Path) -> PathBuf {
    let numbered = |number: usize| {
        let mut name = path.file_stem().unwrap_or_default().to_owned();
        name.push(format!("_{number}"));
        if let Some(ending) = path.extension() {
            name.push(".");
            name.push(ending);
        }
        path.with_file_name(name)
    };
    let paths = std::iter::once(path.to_owned()).chain((2..).map(numbered));
    paths.into_iter().find(|path| fs::symlink_metadata(path).is_err()).unwrap_or_else(|| path.to_owned())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Target of a path after following links; it need not exist.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many links"))
}

/// Draft of a file beside it. Its name is fixed, so that the next run removes what a kill left.
fn draft_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or(OsStr::new("file")));
    name.push(".peakshift");
    path.with_file_name(name)
}

fn replace(disk: &mut Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let earlier = fs::metadata(path).ok();
    if earlier.as_ref().is_some_and(|earlier| earlier.permissions().readonly()) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let draft = draft_of(path);
    if fs::symlink_metadata(&draft).is_ok() {
        disk.remove(&draft)?;
    }
    let written = drafted(disk, path, &draft, bytes, earlier.as_ref());
    if written.is_err() && fs::symlink_metadata(&draft).is_ok() {
        let _ = disk.remove(&draft);
    }
    written?;
    disk.settle(folder_of(path));
    Ok(())
}

fn drafted(disk: &mut Disk, path: &Path, draft: &Path, bytes: &[u8], earlier: Option<&fs::Metadata>) -> io::Result<()> {
    disk.create(draft, bytes)?;
    if let Some(earlier) = earlier {
        // a file of another owner becomes the writer's, as with every editor that saves beside the original
        #[cfg(unix)]
        let _ = disk.owner(draft, earlier);
        disk.permissions(draft, earlier)?;
    }
    disk.rename(draft, path)
}
