//! `peakshift roster`: named people, shifts, breaks.

use crate::cli::failure::{Failure, write_set};
use crate::cli::options::{Out, PlanDir, Work};
use crate::cli::printing::{eprintln, println};
use crate::cli::terminal::list;
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::input::read_diaries;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{forecast, require, roster};
use peakshift::report::{self, ResultSet};
use std::process::ExitCode;

/// Roster agents: shifts, breaks and offline activities, with a proven bound.
#[derive(Args, Debug)]
#[command(
    after_help = "Writes roster.csv, roster_matrix.csv and .xlsx, requirement.csv, coverage.csv, fairness.csv and a calendar per agent.\n\nExample:\n  peakshift roster data/qinghe --time-limit 20"
)]
pub(crate) struct RosterCommand {
    #[command(flatten)]
    plan: PlanDir,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl RosterCommand {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let output = self.out.claim(ResultSet::Roster, (&folder, &inputs), None, &[], lang)?;
        let clock = self.work.clock(lang);
        let forecasts = forecast(&inputs).map_err(Failure::unplanned)?;
        let requirements = require(&inputs, &forecasts);
        let rostered = roster(&inputs, &requirements, &clock.budget());
        let files = report::roster_files(&inputs, &requirements, &rostered.problem, &rostered.solved.roster, &rostered.coverage, lang);
        let files = files.following(read_diaries([output.folder()]));
        let written = write_set(files, output, lang)?;
        let seconds = clock.finish();
        for line in report::solved_lines(&rostered.solved, rostered.interrupted, &inputs.currency, lang) {
            println!("{line}");
        }
        list(&written);
        eprintln!("{}", say(lang, Part::Text, "rostered_in", &[&format!("{seconds:.1}")]));
        Ok(Clock::exit_code())
    }
}
