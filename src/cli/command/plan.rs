//! `peakshift plan`: the whole pipeline.

use crate::cli::failure::{Failure, write_set};
use crate::cli::options::{Out, PlanDir, Work};
use crate::cli::printing::{eprintln, print, println};
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::messages::Lang;
use peakshift::report::{self, ResultSet};
use std::process::ExitCode;

/// History in, verified roster and report out.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift plan data/qinghe --lang zh")]
pub(crate) struct Plan {
    #[command(flatten)]
    folder: PlanDir,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
    /// A reported shortage or a missed target makes the exit code 1.
    #[arg(long)]
    strict: bool,
}

impl Plan {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.folder.load(lang)?;
        self.work.seed(&mut inputs);
        let output = self.out.claim(ResultSet::Plan, (&folder, &inputs), None, &[], lang)?;
        let clock = self.work.clock();
        let planned = peakshift::plan::plan(&inputs, &clock.budget()).map_err(Failure::unplanned)?;
        let files = report::plan_files(&inputs, &planned, lang);
        let written = write_set(files, output, lang)?;
        let seconds = clock.finish();
        let summary = report::Summary::of(&inputs, &planned);
        print!("{}", report::summary_text(&inputs, &planned, &summary, lang));
        for name in ["roster.csv", "roster_matrix.csv", "report.html"] {
            if let Some(path) = written.iter().find(|path| path.ends_with(name)) {
                println!("{}", path.display());
            }
        }
        eprintln!("planned in {seconds:.1} s");
        if summary.violations > 0 {
            eprintln!("error: the roster breaks {} rules; run 'peakshift verify' for the list", summary.violations);
            return Ok(ExitCode::from(1));
        }
        Ok(match (Clock::was_stopped(), self.strict && summary.has_warnings()) {
            (true, _) => ExitCode::from(130),
            (false, true) => ExitCode::from(1),
            (false, false) => ExitCode::SUCCESS,
        })
    }
}
