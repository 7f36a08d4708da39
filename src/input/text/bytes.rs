//! Bytes of a file, if it can be read to its end.

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use std::io::Read;
use std::path::Path;

/// Whether a path exists, as an entry of any kind.
pub(in crate::input) fn is_there(path: &Path) -> bool {
    !matches!(path.symlink_metadata(), Err(error) if error.kind() == std::io::ErrorKind::NotFound)
}

/// Bytes of a file (`-` is standard input) of at most `most` bytes; otherwise the reason is reported. Anything endless, or waiting for a
/// writer, is not opened.
pub(in crate::input) fn bytes_of(folder: &Path, file: &str, most: u64, problems: &mut Problems) -> Option<Vec<u8>> {
    let path = folder.join(file);
    if let Some(code) = unfit(file, &path) {
        // a path outside a folder came from an argument
        let is_argument = code == "file_missing" && folder == Path::new("");
        let expected = if code == "file_missing" { "plan.toml".to_owned() } else { String::new() };
        problems.push(Problem { expected, ..of_file(file, if is_argument { "argument_missing" } else { code }) });
        return None;
    }
    let mut bytes = Vec::new();
    let read = |reader: &mut dyn Read, bytes: &mut Vec<u8>| reader.take(most + 1).read_to_end(bytes);
    let result = if file == "-" {
        read(&mut std::io::stdin().lock(), &mut bytes)
    } else {
        std::fs::File::open(&path).and_then(|mut opened| {
            bytes.reserve_exact(opened.metadata().map_or(0, |data| data.len().min(most) as usize));
            read(&mut opened, &mut bytes)
        })
    };
    match result {
        Ok(_) if bytes.len() as u64 > most => {
            problems.push(Problem { expected: format!("{} MB", most >> 20), ..of_file(file, "file_too_large") });
            None
        }
        Ok(_) => Some(bytes),
        Err(error) => {
            problems.push(Problem { expected: error.to_string(), ..of_file(file, "file_unreadable") });
            None
        }
    }
}

/// Reason for which a path is not read: missing, a dangling link, a folder, a pipe or device. Descriptors passed open to the program,
/// standard input or a shell's `<(…)`, are read even as pipes.
fn unfit(file: &str, path: &Path) -> Option<&'static str> {
    let is_given_open = file == "-" || ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"].iter().any(|given| file.starts_with(given));
    if is_given_open {
        return None;
    }
    match path.metadata() {
        Ok(data) if data.is_file() => None,
        Ok(data) if data.is_dir() => Some("is_a_folder"),
        Ok(_) => Some("is_a_pipe"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && path.is_symlink() => Some("link_broken"),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some("file_missing"),
        // reading reports the reason
        Err(_) => None,
    }
}
