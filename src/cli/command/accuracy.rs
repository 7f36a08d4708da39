//! `peakshift accuracy`: kept forecasts against actual contacts.

use crate::cli::failure::Failure;
use crate::cli::options::{Out, PlanDir};
use crate::cli::printing::println;
use crate::cli::terminal::show;
use clap::Args;
use peakshift::input::read_kept;
use peakshift::messages::{Lang, Part, say};
use peakshift::report::{self, ResultSet};
use peakshift::review::{ForecastReview, forecast_review};
use std::process::ExitCode;

/// Score stored forecasts and overrides against actual contacts: error, bias, agent-hours and cost.
#[derive(Args, Debug)]
#[command(
    after_help = "Every 'forecast' and 'plan' stores its forecast in OUT/forecasts. Run this command once the history contains the days.\nWrites accuracy.csv and override_scores.csv.\n\nExample:\n  peakshift accuracy data/qinghe/double11.toml"
)]
pub(crate) struct AccuracyCommand {
    #[command(flatten)]
    plan: PlanDir,
    #[command(flatten)]
    out: Out,
}

/// Columns shown on the terminal: forecast, queue, percent, agent-hours, money.
const SHOWN: [&str; 9] =
    ["queue", "forecast", "contacts", "wape", "bias", "needed_agent_hours", "short_agent_hours", "idle_agent_hours", "cost"];

impl AccuracyCommand {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, inputs) = self.plan.load(lang)?;
        let out = self.out.folder(ResultSet::Accuracy, &folder, &[]);
        let mut output = self.out.claim(ResultSet::Accuracy, (&folder, &inputs), None, &[], lang)?;
        let (kept, problems) = read_kept(&out.join("forecasts"), &inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        if kept.is_empty() {
            return Err(Failure::said("no_kept_forecast", &[&out.join("forecasts").display().to_string()], lang));
        }
        let scored: Vec<ForecastReview> = kept.iter().map(|kept| forecast_review(&inputs, kept)).collect();
        for waiting in scored.iter().filter(|one| one.scores.is_empty()) {
            println!("{}: {}", waiting.name, say(lang, Part::Text, "not_counted_yet", &[]));
        }
        let table = report::accuracy_scores(&scored);
        for one in scored.iter().filter(|one| !one.scores.is_empty()) {
            println!("\n{}\n{}", one.name, show(&report::accuracy_scores(std::slice::from_ref(one)).only(&SHOWN), lang));
        }
        println!("{}", say(lang, Part::Text, "accuracy_defined", &[&inputs.currency]));
        for sheet in [table, report::override_scores(&scored)] {
            output.add(format!("{}.csv", sheet.name), sheet.csv());
        }
        for path in output.write().map_err(Failure::unwritten(lang))? {
            println!("{}", path.display());
        }
        Ok(ExitCode::SUCCESS)
    }
}
