//! `peakshift plan`: the whole pipeline.

use crate::cli::failure::{Failure, write_set};
use crate::cli::options::{Out, PlanDir, Work};
use crate::cli::printing::{eprintln, note, print, println};
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::input::read_diaries;
use peakshift::messages::{Lang, Part, say};
use peakshift::report::{self, ResultSet};
use std::process::ExitCode;

/// Plan from history to verified roster and report: forecast, requirement, roster, simulation.
#[derive(Args, Debug)]
#[command(
    after_help = "Writes roster.csv, roster_matrix.csv and .xlsx, report.html, explain.md, summary.json, the forecast, coverage, service, payroll and fairness\ntables, charts and a calendar per agent.\n\nExample:\n  peakshift plan data/qinghe --lang zh"
)]
pub(crate) struct Plan {
    #[command(flatten)]
    folder: PlanDir,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
    /// Exit with code 1 if any interval is understaffed or a target is missed.
    #[arg(long)]
    strict: bool,
}

impl Plan {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.folder.load(lang)?;
        self.work.seed(&mut inputs);
        let output = self.out.claim(ResultSet::Plan, (&folder, &inputs), None, &[], lang)?;
        let clock = self.work.clock(lang);
        let planned = peakshift::plan::plan(&inputs, &clock.budget()).map_err(Failure::unplanned)?;
        let files = report::plan_files(&inputs, &planned, lang).following(read_diaries([output.folder()]));
        let written = write_set(files, output, lang)?;
        let seconds = clock.finish();
        let summary = report::Summary::of(&inputs, &planned);
        print!("{}", report::summary_text(&inputs, &planned, &summary, lang));
        for name in ["roster.csv", "roster_matrix.csv", "report.html"] {
            if let Some(path) = written.iter().find(|path| path.ends_with(name)) {
                println!("{}", path.display());
            }
        }
        eprintln!("{}", say(lang, Part::Text, "planned_in", &[&format!("{seconds:.1}")]));
        if summary.violations > 0 {
            note("error", &say(lang, Part::Text, "rules_broken", &[&summary.violations.to_string()]), lang);
            note("hint", &say(lang, Part::Text, "run_verify", &[]), lang);
            return Ok(ExitCode::from(1));
        }
        Ok(match (Clock::was_stopped(), self.strict && summary.has_warnings()) {
            (true, _) => ExitCode::from(130),
            (false, true) => ExitCode::from(1),
            (false, false) => ExitCode::SUCCESS,
        })
    }
}
