//! `peakshift compare`: what-if scenarios.

use crate::cli::failure::{Failure, warn_of_all, write_set};
use crate::cli::options::{Out, PlanDir, Work};
use crate::cli::printing::println;
use crate::cli::terminal::{list, show};
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{Base, Inputs};
use peakshift::report::{ResultSet, comparison, comparison_files, comparison_totals, interrupted_text};
use peakshift::scenario::{Scenarios, compare, curves};
use std::path::PathBuf;
use std::process::ExitCode;

/// Number of scenarios above which confirmation is required.
const MANY: u64 = 200;
/// Approximate time of a scenario beside others, as a share of the base's.
const SHARE_OF_BASE: f64 = 0.55;

/// Compare what-if scenarios, each planned and simulated in full.
#[derive(Args, Debug)]
#[command(
    after_help = "Writes scenario_compare.csv, .xlsx and .html with two charts, and a curve for each sweep over one number.\n\nExample:\n  peakshift compare data/qinghe --scenarios data/qinghe/scenarios.toml --effort 30"
)]
pub(crate) struct Compare {
    #[command(flatten)]
    plan: PlanDir,
    /// Scenario file.
    #[arg(long, value_name = "S.toml")]
    scenarios: PathBuf,
    /// Run more than 200 scenarios without an estimate of the run time.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl Compare {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let output = self.out.claim(ResultSet::Compare, (&folder, &inputs), None, &[Some(&self.scenarios)], lang)?;
        let (scenarios, problems) = folder.read_scenarios(&self.scenarios, &inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        if scenarios.count() > MANY && !self.yes {
            return Err(self.too_many(&scenarios, &inputs, lang));
        }
        let clock = self.work.clock(lang);
        let all = scenarios.all();
        let outcomes = compare(&inputs, &all, &clock.budget()).map_err(Failure::unplanned)?;
        let sheet = comparison(&outcomes);
        let files = comparison_files(&inputs, &outcomes, &curves(&scenarios, &outcomes), &sheet, lang)
            .map_err(Failure::undrawn("chart_of_scenarios", lang))?;
        let written = write_set(files, output, lang)?;
        clock.finish();
        println!("{}", show(&comparison_totals(&sheet), lang));
        if let Some(why) = outcomes.iter().filter_map(|outcome| outcome.interrupted).max() {
            println!("{}", interrupted_text(why, lang));
        }
        if outcomes.len() <= all.len() {
            let (done, asked) = ((outcomes.len() - 1).to_string(), all.len().to_string());
            println!("{}", say(lang, Part::Text, "scenarios_left_out", &[&done, &asked]));
        }
        list(&written);
        Ok(Clock::exit_code())
    }

    /// Plans the base to estimate the time of a large sweep.
    fn too_many(&self, scenarios: &Scenarios, inputs: &Inputs, lang: Lang) -> Failure {
        let clock = self.work.clock(lang);
        if let Err(error) = Base::plan(inputs, &clock.budget()) {
            return Failure::unplanned(error);
        }
        let hours = clock.finish() * SHARE_OF_BASE * scenarios.count() as f64 / 3600.0;
        let (count, hours) = (scenarios.count().to_string(), format!("{hours:.1}"));
        Failure::said("too_many_scenarios", &[&count, &hours], lang)
    }
}
