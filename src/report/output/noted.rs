//! What a folder's manifest notes.

use crate::manifest::{MANIFEST, Manifest};
use std::path::Path;
use std::{fs, io};

/// The manifest of a folder; an empty one if it has none.
///
/// # Errors
/// A file of its name that is no manifest: someone else's.
pub(super) fn manifest_of(folder: &Path) -> io::Result<Manifest> {
    match fs::read(folder.join(MANIFEST)) {
        Ok(bytes) => Ok(Manifest::parse(&bytes)?),
        Err(error) if [io::ErrorKind::NotFound, io::ErrorKind::NotADirectory].contains(&error.kind()) => Ok(Manifest::default()),
        Err(error) => Err(error),
    }
}

/// Whether somebody has edited a file of a folder since it was written. One that is gone was not.
pub(super) fn is_edited(manifest: &Manifest, folder: &Path, name: &str) -> bool {
    manifest.notes(name) && fs::read(folder.join(name)).is_ok_and(|bytes| manifest.differs(name, &bytes))
}
