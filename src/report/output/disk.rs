//! File-system operations for writing results, one method each, so that a test can stop before any of them as a kill would.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// An operation about to be executed.
#[derive(Clone, Copy, Debug)]
pub struct DiskStep<'a> {
    /// The operation.
    pub action: &'static str,
    /// The file or folder it applies to.
    pub path: &'a Path,
}

/// The file system, with an observer that is notified before each operation.
pub(super) struct Disk<'a> {
    observe: &'a mut dyn FnMut(DiskStep),
    /// Whether to wait until written data would survive a power failure.
    waits: bool,
}

impl<'a> Disk<'a> {
    /// A file system with an observer. A test need not wait for the disk: stopping the program between two operations does not stop the
    /// machine.
    pub(super) fn observed(observe: &'a mut dyn FnMut(DiskStep), waits: bool) -> Self {
        Self { observe, waits }
    }

    fn tell(&mut self, action: &'static str, path: &Path) {
        (self.observe)(DiskStep { action, path });
    }

    /// Writes a new file and flushes it to the disk; the name must be free.
    pub(super) fn create(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.tell("create", path);
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let (first, rest) = bytes.split_at(bytes.len() / 2);
        file.write_all(first)?;
        self.tell("write", path);
        file.write_all(rest)?;
        if self.waits { file.sync_data() } else { Ok(()) }
    }

    pub(super) fn folder(&mut self, path: &Path) -> io::Result<()> {
        self.tell("create folder", path);
        fs::create_dir(path)
    }

    /// Creates the missing folders of a path below `top`.
    pub(super) fn folders(&mut self, top: &Path, path: &Path) -> io::Result<()> {
        if path == top || path.is_dir() {
            return Ok(());
        }
        path.parent().map_or(Ok(()), |parent| self.folders(top, parent))?;
        self.folder(path)
    }

    pub(super) fn link(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.tell("link", to);
        fs::hard_link(from, to)
    }

    #[cfg(unix)]
    pub(super) fn symbolic_link(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.tell("link", to);
        std::os::unix::fs::symlink(fs::read_link(from)?, to)
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.tell("rename", to);
        fs::rename(from, to)
    }

    /// Exchanges two folders atomically.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    pub(super) fn exchange(&mut self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        self.tell("exchange", other);
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    pub(super) fn permissions(&mut self, path: &Path, of: &fs::Metadata) -> io::Result<()> {
        self.tell("permit", path);
        fs::set_permissions(path, of.permissions())
    }

    /// Sets owner and group of a new file or folder to those of an old one, if they differ.
    #[cfg(unix)]
    pub(super) fn owner(&mut self, path: &Path, of: &fs::Metadata) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt, chown};
        let own = fs::symlink_metadata(path)?;
        if (own.uid(), own.gid()) == (of.uid(), of.gid()) {
            return Ok(());
        }
        self.tell("give", path);
        chown(path, Some(of.uid()), Some(of.gid()))
    }

    /// Removes a file or a link, if it still exists.
    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.tell("remove", path);
        fs::remove_file(path).or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
    }

    pub(super) fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        self.tell("remove folder", path);
        fs::remove_dir(path)
    }

    /// Removes a folder with its contents; links are not followed.
    pub(super) fn remove_all(&mut self, path: &Path) -> io::Result<()> {
        #[cfg(unix)]
        if fs::symlink_metadata(path)?.permissions().readonly() {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
        }
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() { self.remove_all(&entry.path())? } else { self.remove(&entry.path())? }
        }
        self.remove_folder(path)
    }

    /// Flushes the entries of a folder, so that they survive a power failure where the operating system supports it.
    pub(super) fn settle(&mut self, folder: &Path) {
        if cfg!(unix) && self.waits {
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
    }
}
