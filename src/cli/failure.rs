//! Why a command could not do its work, and the words for it.

use super::printing::note;
use chrono::NaiveDate;
use peakshift::input::Problems;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::PlanError;
use peakshift::report::{DrawError, OutputError};
use peakshift::time::Horizon;

/// Bad input or usage: exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The inputs have problems, all of them listed.
    Input(Box<Problems>, Lang),
    /// One sentence, and what to do.
    Usage(String, String),
    /// There is no plan.
    Unplanned(PlanError),
}

impl Failure {
    /// Cause and cure from the catalogue of words.
    pub(crate) fn said(code: &str, fill: &[&str], lang: Lang) -> Self {
        Self::Usage(say(lang, Part::Cause, code, fill), say(lang, Part::Cure, code, fill))
    }

    /// A day that the plan does not hold.
    pub(crate) fn no_day(day: NaiveDate, horizon: Horizon, lang: Lang) -> Self {
        Self::said("no_day_of_plan", &[&day.to_string(), &horizon.to_string()], lang)
    }

    /// Results that are not written, in words.
    pub(crate) fn unwritten(lang: Lang) -> impl Fn(OutputError) -> Self {
        move |error| {
            let (cause, cure) = error.describe(lang);
            Self::Usage(cause, cure)
        }
    }

    /// The same of a single table, which `--output` names.
    pub(crate) fn unwritten_table(lang: Lang) -> impl Fn(OutputError) -> Self {
        move |error| match &error {
            OutputError::Unwritable { path, error } => {
                Self::said("output_file_unwritable", &[&path.display().to_string(), &error.to_string()], lang)
            }
            _ => Self::unwritten(lang)(error),
        }
    }

    /// The same of a folder that an argument names.
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

    /// Everything on standard error.
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

/// What was read though something is odd in it.
pub(crate) fn warn_of_all(problems: &Problems, lang: Lang) {
    problems.iter().for_each(|problem| note("warning", &problem.describe(lang), lang));
}
