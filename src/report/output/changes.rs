//! Changes that a run makes to a folder.

use crate::manifest::MANIFEST;
use std::collections::BTreeSet;
use std::path::{Component, Path};

/// Changes that a run makes to a folder.
pub(super) struct Changes {
    /// File names and contents, the manifest last.
    pub(super) write: Vec<(String, Vec<u8>)>,
    /// Files of earlier sets that belong to no set any more.
    pub(super) remove: BTreeSet<String>,
}

impl Changes {
    /// Whether a file of the folder is replaced or removed.
    pub(super) fn touches(&self, name: &Path) -> bool {
        name.to_str().is_some_and(|name| self.remove.contains(name) || self.write.iter().any(|(written, _)| written == name))
    }

    pub(super) fn manifest_first(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let (manifest, others): (Vec<_>, Vec<_>) = self.write.iter().partition(|(name, _)| name == MANIFEST);
        manifest.into_iter().chain(others).map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

/// Maximum length of a file name in bytes.
const MOST_NAME_BYTES: usize = 255;

/// Whether a name stays in its folder: plain parts, `/` between them, none too long.
pub(super) fn is_inside(name: &str) -> bool {
    let is_plain = |part: &str| Path::new(part).components().eq([Component::Normal(part.as_ref())]) && !part.contains('\\');
    name.split('/').all(|part| part.len() <= MOST_NAME_BYTES && is_plain(part)) && !name.chars().any(char::is_control)
}
