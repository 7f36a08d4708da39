//! `peakshift capacity`: hiring plan over months.

use crate::cli::failure::{Failure, write_set};
use crate::cli::options::{self, Out, PlanDir, Work};
use crate::cli::printing::print;
use crate::cli::terminal::list;
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::messages::Lang;
use peakshift::plan::hiring;
use peakshift::report::{ResultSet, capacity_files, capacity_text};
use std::process::ExitCode;

/// Plan hiring, temps and overtime months ahead, with attrition and training lag.
#[derive(Args, Debug)]
#[command(after_help = "Writes capacity.csv and a chart.\n\nExample:\n  peakshift capacity data/qinghe --months 12")]
pub(crate) struct Capacity {
    #[command(flatten)]
    plan: PlanDir,
    /// Number of months, 3 to 18.
    #[arg(long, value_parser = |text: &str| options::whole_number::<u32>(text, 3..=18))]
    months: u32,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl Capacity {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let output = self.out.claim(ResultSet::Capacity, (&folder, &inputs), None, &[], lang)?;
        let clock = self.work.clock(lang);
        let hiring = hiring(&inputs, self.months, &clock.budget()).map_err(Failure::unplanned)?;
        let files = capacity_files(&inputs, &hiring, lang).map_err(Failure::undrawn("chart_of_months", lang))?;
        let written = write_set(files, output, lang)?;
        clock.finish();
        print!("{}", capacity_text(&inputs, &hiring, lang));
        list(&written);
        Ok(Clock::exit_code())
    }
}
