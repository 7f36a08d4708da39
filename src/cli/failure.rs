//! Failures of commands, with their messages.

use super::printing::note;
use chrono::NaiveDate;
use peakshift::input::Problems;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::PlanError;
use peakshift::report::{DrawError, Files, Output, OutputError};
use peakshift::time::Horizon;
use std::path::PathBuf;

/// Bad input or usage: exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Problems of the inputs, all listed.
    Input(Box<Problems>, Lang),
    /// A sentence and a remedy.
    Usage(String, String),
    /// There is no plan.
    Unplanned(PlanError),
}

impl Failure {
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
        move |error| Self::said("folder_unwritable", &[&error.describe(lang).0], lang)
    }

    /// A queue that cannot be forecast, or a hiring plan that cannot be found.
    pub(crate) fn unplanned(error: PlanError) -> Self {
        Self::Unplanned(error)
    }

    /// A chart that cannot be drawn, by the code of what would help.
    pub(crate) fn undrawn(code: &'static str, lang: Lang) -> impl Fn(DrawError) -> Self {
        move |error| Self::said(code, &[error.reason()], lang)
    }

    /// Prints the failure on standard error.
    pub(crate) fn print(&self, lang: Lang) {
        match self {
            Self::Input(problems, lang) => {
                for problem in problems.iter() {
                    note(if problem.is_warning { "warning" } else { "error" }, &problem.describe(*lang), *lang);
                }
                note("hint", &say(*lang, Part::Text, "fix_problems", &[&problems.errors().to_string()]), *lang);
            }
            Self::Usage(error, hint) => {
                note("error", error, lang);
                note("hint", hint, lang);
            }
            Self::Unplanned(error) => {
                let (code, fill) = match error {
                    PlanError::Forecast { queue, .. } => ("no_history", queue.to_string()),
                    PlanError::Unsolved(why) => ("no_hiring_plan", why.0.clone()),
                };
                Self::said(code, &[&fill], lang).print(lang);
            }
        }
    }
}

/// Prints warnings about readable inputs.
pub(crate) fn warn_of_all(problems: &Problems, lang: Lang) {
    problems.iter().for_each(|problem| note("warning", &problem.describe(lang), lang));
}

/// Writes a command's files as one set, and warns of those that could not be made.
pub(crate) fn write_set(files: Files, output: Output, lang: Lang) -> Result<Vec<PathBuf>, Failure> {
    files.warnings(lang).iter().for_each(|line| note("warning", line, lang));
    files.fill(output).write().map_err(Failure::unwritten(lang))
}
