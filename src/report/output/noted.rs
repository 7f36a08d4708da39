//! Reading the manifest of a folder.

use crate::manifest::{MANIFEST, Manifest};
use std::path::Path;
use std::{fs, io};

/// Manifest of a folder; empty if it has none.
///
/// # Errors
/// A file of that name that is no manifest of this program.
pub(super) fn manifest_of(folder: &Path) -> io::Result<Manifest> {
    match fs::read(folder.join(MANIFEST)) {
        Ok(bytes) => Ok(Manifest::parse(&bytes)?),
        Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => Ok(Manifest::default()),
        Err(error) => Err(error),
    }
}

/// Whether a file of a folder was edited after it was written; `false` for a missing file.
pub(super) fn is_edited(manifest: &Manifest, folder: &Path, name: &str) -> bool {
    manifest.notes(name) && fs::read(folder.join(name)).is_ok_and(|bytes| manifest.differs(name, &bytes))
}
