//! `peakshift drill`: a surprise simulated on a roster.

use crate::cli::failure::{Failure, warn_of_all, write_set};
use crate::cli::options::{Out, PlanDir, Work};
use crate::cli::printing::{print, println};
use crate::cli::terminal::list;
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::budget::Cut;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::report::{ResultSet, drill_files, drill_text, interrupted_text};
use peakshift::scenario::drill;
use std::path::PathBuf;
use std::process::ExitCode;

/// Test a roster against surprises: service, time to recover, whom to call in.
#[derive(Args, Debug)]
#[command(
    after_help = "Writes service.csv, recovery.csv, reserve.csv (agents who could be asked, with effect and pay) and a chart.\n\nExample:\n  peakshift drill data/qinghe/double11.toml --roster out/roster.csv --surprise data/qinghe/surprise.toml"
)]
pub(crate) struct DrillCommand {
    #[command(flatten)]
    plan: PlanDir,
    /// Roster file.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    /// Surprise file.
    #[arg(long, value_name = "S.toml")]
    surprise: PathBuf,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl DrillCommand {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let output = self.out.claim(ResultSet::Drill, (&folder, &inputs), Some(&self.roster), &[Some(&self.surprise)], lang)?;
        let (roster, mut problems) = Folder::read_roster(&self.roster, &inputs);
        let (surprises, of_surprises) = folder.read_surprises(&self.surprise, &inputs);
        problems.extend(of_surprises);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        let (clock, cut) = (self.work.clock(lang), Cut::default());
        let drills = drill(&inputs, &roster, &surprises, &clock.budget().noting(&cut)).map_err(Failure::unplanned)?;
        let files = drill_files(&drills, lang).map_err(Failure::undrawn("chart_of_surprises", lang))?;
        let written = write_set(files, output, lang)?;
        clock.finish();
        cut.interruption().into_iter().for_each(|why| println!("{}", interrupted_text(why, lang)));
        print!("{}", drill_text(&drills, lang));
        list(&written);
        Ok(Clock::exit_code())
    }
}
