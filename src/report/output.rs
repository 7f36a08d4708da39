//! Files that are whole or not there: written beside their place, then renamed into it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Files of a folder that appear together.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    files: Vec<(String, Vec<u8>)>,
}

impl Output {
    /// Nothing yet, for a folder.
    #[must_use]
    pub fn into_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), files: Vec::new() }
    }

    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.push((name.into(), bytes.into()));
    }

    /// Writes all files beside the folder's own, then renames them into it. Gives the paths.
    ///
    /// # Errors
    /// The first file that cannot be written; none is renamed then.
    pub fn write(self) -> io::Result<Vec<PathBuf>> {
        std::fs::create_dir_all(&self.folder)?;
        let beside = tempfile::Builder::new().prefix(".peakshift-").tempdir_in(&self.folder)?;
        let place = |name: &String| self.folder.join(name);
        for (name, bytes) in &self.files {
            let draft = beside.path().join(name);
            for folder in [draft.parent(), place(name).parent()].into_iter().flatten() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(draft, bytes)?;
        }
        for (name, _) in &self.files {
            std::fs::rename(beside.path().join(name), place(name))?;
        }
        Ok(self.files.iter().map(|(name, _)| place(name)).collect())
    }
}

/// Writes one file whole; `-` is standard output. A link is followed; what is no file, such as a pipe, is written to as it is.
///
/// # Errors
/// The operating system's refusal.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path == Path::new("-") {
        return io::stdout().write_all(bytes);
    }
    let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return std::fs::OpenOptions::new().write(true).open(path)?.write_all(bytes);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.persist(path).map_err(|refused| refused.error)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}
