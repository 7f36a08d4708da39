//! Copies of the project's examples, for tests that change one.

use std::fs;
use std::path::Path;

/// Copies the files of the smallest example into a folder, which is created if necessary.
pub(crate) fn copy_tiny(into: &Path) {
    fs::create_dir_all(into).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny")).unwrap().flatten() {
        if entry.path().is_file() {
            fs::copy(entry.path(), into.join(entry.file_name())).unwrap();
        }
    }
}
