//! Failures of commands, with their messages.

use super::printing::eprintln;
use chrono::NaiveDate;
use peakshift::input::Problems;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::PlanError;
use peakshift::report::{Files, Output, OutputError};
use peakshift::time::Horizon;
use std::path::PathBuf;

/// Bad input or usage: exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Problems of the inputs, all listed.
    Input(Box<Problems>, Lang),
    /// A sentence and a remedy.
    Usage(String, String),
}

impl Failure {
    /// A sentence and its remedy.
    pub(crate) fn usage(error: impl ToString, hint: impl ToString) -> Self {
        Self::Usage(error.to_string(), hint.to_string())
    }

    /// Cause and remedy from the message catalogue.
    pub(crate) fn said(code: &str, fill: &[&str], lang: Lang) -> Self {
        Self::Usage(say(lang, Part::Cause, code, fill), say(lang, Part::Cure, code, fill))
    }

    /// A day outside the plan.
    pub(crate) fn no_day(day: NaiveDate, horizon: Horizon, lang: Lang) -> Self {
        Self::said("no_day_of_plan", &[&day.to_string(), &horizon.to_string()], lang)
    }

    /// Results that cannot be written.
    pub(crate) fn unwritten(lang: Lang) -> impl Fn(OutputError) -> Self {
        move |error| {
            let (cause, cure) = error.describe(lang);
            Self::Usage(cause, cure)
        }
    }

    /// A single table named by `--output` that cannot be written.
    pub(crate) fn unwritten_table(lang: Lang) -> impl Fn(OutputError) -> Self {
        move |error| match &error {
            OutputError::Unwritable { path, error } => {
                Self::said("output_file_unwritable", &[&path.display().to_string(), &error.to_string()], lang)
            }
            _ => Self::unwritten(lang)(error),
        }
    }

    /// A folder named by an argument that cannot be written.
    pub(crate) fn unwritten_folder(lang: Lang) -> impl Fn(OutputError) -> Self {
        move |error| Self::usage(error.describe(lang).0, "name another folder; nothing was overwritten")
    }

    /// A queue that cannot be forecast.
    pub(crate) fn unplanned(error: PlanError) -> Self {
        Self::usage(error, "run 'peakshift check' on the folder")
    }

    /// Prints the failure on standard error.
    pub(crate) fn print(&self) {
        match self {
            Self::Input(problems, lang) => {
                for problem in problems.iter() {
                    eprintln!("{}: {}", if problem.is_warning { "warning" } else { "error" }, problem.describe(*lang));
                }
                let errors = problems.errors();
                eprintln!("hint: {errors} problems to mend; nothing was written");
            }
            Self::Usage(error, hint) => {
                eprintln!("error: {error}");
                eprintln!("hint: {hint}");
            }
        }
    }
}

/// Prints warnings about readable inputs.
pub(crate) fn warn_of_all(problems: &Problems, lang: Lang) {
    problems.iter().for_each(|problem| eprintln!("warning: {}", problem.describe(lang)));
}

/// Writes a command's files as one set, and warns of those that could not be made.
pub(crate) fn write_set(files: Files, output: Output, lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    files.warnings(lang).iter().for_each(|line| eprintln!("warning: {line}"));
    files.fill(output).write().map_err(Failure::unwritten(lang))
}
