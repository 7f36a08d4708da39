//! `peakshift review`: review of planned days.

use crate::cli::failure::{Failure, warn_of_all};
use crate::cli::options::{Out, PlanDir};
use crate::cli::printing::{note, print};
use crate::cli::terminal::list;
use clap::Args;
use peakshift::input::{Folder, read_forecast_of};
use peakshift::messages::{Lang, Part, say};
use peakshift::report::{ResultSet, check_rewrite, lifts_table, missed_table, review_text, rewrite_file};
use peakshift::review::{lifts, missed};
use std::path::PathBuf;
use std::process::ExitCode;

/// Review a past event: the multiplier of each phase, the understaffing and its causes.
#[derive(Args, Debug)]
#[command(
    after_help = "Run this command once the history contains the days. Writes lifts.csv, missed.csv and promotions.csv with the learned multipliers.\n\nExample:\n  peakshift review data/qinghe/double11.toml --roster out/roster.csv --absences who_was_away.csv"
)]
pub(crate) struct Review {
    #[command(flatten)]
    plan: PlanDir,
    /// Roster that was worked.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    /// Absences that the plan did not know.
    #[arg(long, value_name = "A.csv")]
    absences: Option<PathBuf>,
    /// Write the learned multipliers into the plan's promotions file instead of a copy among the results.
    #[arg(long)]
    write_back: bool,
    /// Add the event's phases on the same dates of the next year, with the learned multipliers.
    #[arg(long)]
    next_year: bool,
    #[command(flatten)]
    out: Out,
}

impl Review {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, known) = self.plan.load(lang)?;
        let bad = |problems| Failure::Input(Box::new(problems), lang);
        if self.write_back {
            folder.check_write_back().map_err(bad)?;
        }
        let absences = [self.absences.as_deref()];
        let mut output = self.out.claim(ResultSet::Review, (&folder, &known), Some(&self.roster), &absences, lang)?;
        let mut inputs = known.clone();
        let (published, problems) = Folder::read_mending(&self.roster, self.absences.as_deref(), None, &mut inputs);
        if problems.has_errors() {
            return Err(bad(problems));
        }
        warn_of_all(&problems, lang);
        let kept = read_forecast_of(&self.roster, &folder.default_output().join("forecasts"), &known);
        if kept.is_none() {
            note("warning", &say(lang, Part::Text, "review_forecast_again", &[]), lang);
        }
        let lifts = lifts(&known).map_err(Failure::unplanned)?;
        let missed = missed(&known, &inputs, &published, kept.as_ref()).map_err(Failure::unplanned)?;
        if missed.is_empty() {
            return Err(Failure::said("not_counted_after", &[&known.horizon.first.to_string()], lang));
        }
        for sheet in [lifts_table(&lifts), missed_table(&missed)] {
            output.add(format!("{}.csv", sheet.name), sheet.csv());
        }
        let learned = folder.promotions_with(&lifts, self.next_year).map_err(bad)?;
        if let Some((_, bytes)) = learned.as_ref().filter(|_| !self.write_back) {
            output.add("promotions.csv", bytes.clone());
        }
        // results come first: if stopped before the file is written, a repeated review writes both
        let learned = learned.filter(|_| self.write_back);
        learned.iter().try_for_each(|(path, _)| check_rewrite(path)).map_err(Failure::unwritten(lang))?;
        let mut written = output.write().map_err(Failure::unwritten(lang))?;
        if let Some((path, bytes)) = learned {
            let backup = rewrite_file(&path, &bytes).map_err(Failure::unwritten(lang))?;
            written.extend([path].into_iter().chain(backup));
        }
        print!("{}", review_text(&known, &lifts, &missed, lang));
        list(&written);
        Ok(ExitCode::SUCCESS)
    }
}
