//! `peakshift assign`: which queues people of several skills serve in which part of a shift.

use crate::cli::failure::{Failure, warn_of_all};
use crate::cli::options::{Out, PlanDir, Work};
use crate::cli::printing::{print, println};
use crate::cli::terminal::list;
use crate::cli::watch::Clock;
use clap::Args;
use peakshift::budget::Cut;
use peakshift::input::Folder;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{assign, forecast, measured_by, promised_through, require, simulate};
use peakshift::report::{self, ResultSet};
use peakshift::roster::coverage;
use std::path::PathBuf;
use std::process::ExitCode;

/// Choose which queues agents of several skills serve in which part of a shift.
#[derive(Args, Debug)]
#[command(
    after_help = "Shifts, breaks and pay stay as they are. Queues change within a shift after an hour at the least. The simulation chooses: the roster as it is, everybody on one queue, or queues by period. Writes roster.csv, with a row for each part of a shift, and service.csv.\n\nExample:\n  peakshift assign my-team --roster my-team/out/roster.csv"
)]
pub(crate) struct Assign {
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

impl Assign {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let mut output = self.out.claim(ResultSet::Assign, (&folder, &inputs), Some(&self.roster), &[], lang)?;
        let (published, problems) = Folder::read_published(&self.roster, &inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        let (clock, cut) = (self.work.clock(lang), Cut::default());
        let budget = &clock.budget().noting(&cut);
        let forecasts = forecast(&inputs).map_err(Failure::unplanned)?;
        let requirements = require(&inputs, &forecasts);
        let problem = measured_by(&inputs, &requirements, &published);
        let before = simulate(&inputs, &requirements, &problem, &published.roster, budget);
        let assigned = assign(&inputs, &requirements, &problem, &published.roster, budget);
        let cover = coverage(&problem, &assigned.roster);
        let promised = promised_through(&inputs, &requirements, &cover);
        output.add("roster.csv", report::roster(&problem, &assigned.roster).csv());
        output.add("service.csv", report::service(&inputs, &requirements, &cover, &promised, &assigned.attained).csv());
        let written = output.write().map_err(Failure::unwritten(lang))?;
        clock.finish();
        cut.interruption().into_iter().for_each(|why| println!("{}", report::interrupted_text(why, lang)));
        let text = |key: &str| say(lang, Part::Text, key, &[]);
        println!("{}", text(&format!("assigned_{}", assigned.policy)));
        let tables = [("assign_before", &published.roster, &before), ("assign_after", &assigned.roster, &assigned.attained)];
        for (title, roster, attained) in tables {
            println!("{}", text(title));
            let services = report::queue_services(&inputs, &requirements, &coverage(&problem, roster), attained);
            print!("{}", report::service_text(&inputs, &services, lang));
        }
        list(&written);
        Ok(Clock::exit_code())
    }
}
