//! `peakshift compare`: what if?

use super::failure::Failure;
use super::options::{Out, PlanDir, Work};
use super::terminal::show;
use super::watch::Clock;
use anstream::println;
use clap::Args;
use peakshift::input::Folder;
use peakshift::report::{self, Cell, Output, Sheet};
use peakshift::scenario::compare;
use peakshift::words::Lang;
use std::path::PathBuf;
use std::process::ExitCode;

/// Run named scenarios.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift compare data/qinghe --scenarios data/qinghe/scenarios.toml --effort 30")]
pub(crate) struct Compare {
    #[command(flatten)]
    plan: PlanDir,
    /// The scenarios.
    #[arg(long, value_name = "S.toml")]
    scenarios: PathBuf,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl Compare {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let (scenarios, problems) = Folder::read_scenarios(&self.scenarios, &inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        let clock = self.work.clock();
        let runs =
            compare(&inputs, &scenarios, &clock.budget()).map_err(|error| Failure::usage(error, "run 'peakshift check' on the folder"))?;
        let out = self.out.out.unwrap_or_else(|| folder.default_output());
        let sheet = report::comparison(&runs);
        let mut output = Output::into_folder(&out);
        output.add("scenario_compare.csv", sheet.csv());
        output.add("scenario_compare.html", report::comparison_html(&inputs, &runs, lang));
        let written = output.write().map_err(|error| Failure::unwritable(&out, &error))?;
        clock.finish();
        println!("{}", show(&totals(&sheet)));
        written.iter().for_each(|path| println!("{}", path.display()));
        Ok(if Clock::was_stopped() { ExitCode::from(130) } else { ExitCode::SUCCESS })
    }
}

/// The rows over all days.
fn totals(sheet: &Sheet) -> Sheet {
    let place = sheet.columns.iter().position(|column| column == "date").unwrap_or(0);
    let rows = sheet.rows.iter().filter(|row| row[place] == Cell::Empty).cloned().collect();
    Sheet { rows, ..sheet.clone() }
}
