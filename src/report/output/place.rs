//! Location of a folder of results, with links resolved, and its lock.

use super::error::OutputError;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

/// A folder of results, existing or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Nearest existing folder that contains it, without links; the folder itself if it is a root.
    pub(super) parent: PathBuf,
    /// Name of the folder in `parent`, or of the first folder to be created; `None` for a root.
    pub(super) name: Option<OsString>,
    /// Folders to be created below that, the last for the results.
    pub(super) below: PathBuf,
    /// Whether the folder exists.
    pub(super) is_there: bool,
}

impl Place {
    /// Locates a folder.
    ///
    /// # Errors
    /// [`OutputError::NoFolder`] where a file or a dangling link is in the way.
    pub(super) fn of(folder: &Path) -> Result<Self, OutputError> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(real) = fs::canonicalize(folder) {
            if !real.is_dir() {
                return Err(OutputError::NoFolder(folder.to_owned()));
            }
            let name = real.file_name().map(OsStr::to_owned);
            return Ok(Self { parent: real.parent().unwrap_or(&real).to_owned(), name, below: PathBuf::new(), is_there: true });
        }
        let mut missing: Vec<&OsStr> = Vec::new();
        let mut above = folder;
        loop {
            let is_link = fs::symlink_metadata(above).is_ok();
            let (Some(Component::Normal(name)), false) = (above.components().next_back(), is_link) else {
                return Err(OutputError::NoFolder(above.to_owned()));
            };
            missing.push(name);
            above = above.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
            if let Ok(real) = fs::canonicalize(above) {
                if !real.is_dir() {
                    return Err(OutputError::NoFolder(above.to_owned()));
                }
                let name = missing.pop().map(OsStr::to_owned);
                return Ok(Self { parent: real, name, below: missing.iter().rev().collect(), is_there: false });
            }
        }
    }

    /// Path of the folder.
    pub(super) fn folder(&self) -> PathBuf {
        let top = self.name.as_ref().map_or_else(|| self.parent.clone(), |name| self.parent.join(name));
        if self.below.as_os_str().is_empty() { top } else { top.join(&self.below) }
    }
}

/// Attempts to lock a folder that another run holds.
const TRIES: u32 = 600;
/// Pause between two attempts.
const PAUSE: Duration = Duration::from_millis(50);

/// Locks a folder against other runs of peakshift until the lock is dropped or the program ends, in any way. `None` where the folder cannot
/// be opened or the file system has no locks.
///
/// # Errors
/// [`OutputError::Busy`] if another run holds the lock for half a minute.
pub(super) fn lock(folder: &Path) -> Result<Option<File>, OutputError> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
    Err(OutputError::Busy(folder.to_owned()))
}

/// Whether two paths lead to one file or folder, through any links or spellings.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let of = |path: &Path| fs::metadata(path).map(|found| (found.dev(), found.ino()));
        matches!((of(one), of(other)), (Ok(one), Ok(other)) if one == other)
    }
    #[cfg(not(unix))]
    {
        matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
    }
}
