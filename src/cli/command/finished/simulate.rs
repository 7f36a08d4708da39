//! `peakshift simulate`: service attained by a roster file.

use crate::cli::failure::{Failure, warn_of_all};
use crate::cli::options::{Out, PlanDir, Work};
use crate::cli::printing::{print, println};
use crate::cli::terminal::list;
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::budget::Cut;
use peakshift::input::Folder;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{forecast, measured_by, promised_through, require, simulate};
use peakshift::report::{self, ResultSet};
use peakshift::roster::coverage;
use std::path::PathBuf;
use std::process::ExitCode;

/// Simulate the service that a roster attains, with confidence intervals beside the formula.
#[derive(Args, Debug)]
#[command(
    after_help = "Understaffing is measured against requirement.csv beside the roster (against coverage.csv if another command has rewritten it), \
    without either against each queue's own requirement. Writes service.csv.\n\nExample:\n  peakshift simulate data/qinghe --roster data/qinghe/out/roster.csv"
)]
pub(crate) struct Simulate {
    #[command(flatten)]
    plan: PlanDir,
    /// Roster file.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl Simulate {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let mut output = self.out.claim(ResultSet::Simulate, (&folder, &inputs), Some(&self.roster), &[], lang)?;
        let (published, problems) = Folder::read_published(&self.roster, &inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        let (clock, cut) = (self.work.clock(lang), Cut::default());
        let forecasts = forecast(&inputs).map_err(Failure::unplanned)?;
        let requirements = require(&inputs, &forecasts);
        let (problem, roster) = (measured_by(&inputs, &requirements, &published), &published.roster);
        let attained = simulate(&inputs, &requirements, &problem, roster, &clock.budget().noting(&cut));
        let cover = coverage(&problem, roster);
        output.add(
            "service.csv",
            report::service(&inputs, &requirements, &cover, &promised_through(&inputs, &requirements, &cover), &attained).csv(),
        );
        let written = output.write().map_err(Failure::unwritten(lang))?;
        clock.finish();
        cut.interruption().into_iter().for_each(|why| println!("{}", report::interrupted_text(why, lang)));
        print!("{}", report::service_text(&inputs, &report::queue_services(&inputs, &requirements, &cover, &attained), lang));
        match &published.required {
            Some(of) => println!("{}", say(lang, Part::Text, "measured_by_plan", &[of.file])),
            None => println!("{}", say(lang, Part::Text, "measured_by_need", &[])),
        }
        list(&written);
        Ok(Clock::exit_code())
    }
}
