//! Errors in writing results.

use crate::messages::{Lang, Part, say};
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A result that would replace an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Path of the result.
    pub output: PathBuf,
    /// The input, as given.
    pub input: PathBuf,
}

/// Reason for which results are not written. Existing files are unchanged then.
#[derive(Debug, Error)]
pub enum OutputError {
    /// The folder for results is the plan folder.
    #[error("{} is the plan folder", .0.display())]
    PlanFolder(PathBuf),
    /// Results would replace files that the run reads.
    #[error("{} results would replace inputs", .0.len())]
    Inputs(Vec<Clash>),
    /// A file with a result's name that peakshift did not write, or a folder or link in its way.
    #[error("{} was not written by peakshift", .0.display())]
    Foreign(PathBuf),
    /// An existing file that is no table of the same command.
    #[error("{} is no such table", .0.display())]
    ForeignFile(PathBuf),
    /// Results that were edited after they were written.
    #[error("{} results were edited", .0.len())]
    Edited(Vec<PathBuf>),
    /// The path for results is a file, or a dangling link.
    #[error("{} is no folder", .0.display())]
    NoFolder(PathBuf),
    /// A result's name would leave the folder, or is too long for a file.
    #[error("{0} is no name of a result")]
    Name(String),
    /// Another run is writing there.
    #[error("another peakshift is writing to {}", .0.display())]
    Busy(PathBuf),
    /// An I/O error of the operating system.
    #[error("{} cannot be written: {error}", .path.display())]
    Unwritable {
        /// The path to be written.
        path: PathBuf,
        /// The error.
        error: io::Error,
    },
}

impl OutputError {
    pub(super) fn of(path: &Path) -> impl Fn(io::Error) -> Self {
        |error| Self::Unwritable { path: path.to_owned(), error }
    }

    /// Cause and remedy in words.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> (String, String) {
        let shown = |path: &PathBuf| path.display().to_string();
        let (code, fill) = match self {
            Self::PlanFolder(path) => ("output_plan_folder", vec![shown(path)]),
            Self::Inputs(clashes) => {
                let clash = |of: &Clash| say(lang, Part::Text, "is_the_input", &[&shown(&of.output), &shown(&of.input)]);
                (
                    "output_inputs",
                    vec![clashes.iter().map(clash).collect::<Vec<_>>().join(&say(lang, Part::Text, "sentence_separator", &[]))],
                )
            }
            Self::Foreign(path) => ("output_foreign", vec![shown(path)]),
            Self::ForeignFile(path) => ("output_foreign_file", vec![shown(path)]),
            Self::Edited(paths) => {
                ("output_edited", vec![paths.iter().map(shown).collect::<Vec<_>>().join(&say(lang, Part::Text, "list_separator", &[]))])
            }
            Self::NoFolder(path) => ("output_no_folder", vec![shown(path)]),
            Self::Name(name) => ("output_name", vec![name.clone()]),
            Self::Busy(path) => ("output_busy", vec![shown(path)]),
            Self::Unwritable { path, error } => ("output_unwritable", vec![shown(path), error.to_string()]),
        };
        let fill: Vec<&str> = fill.iter().map(String::as_str).collect();
        (say(lang, Part::Cause, code, &fill), say(lang, Part::Cure, code, &fill))
    }
}
