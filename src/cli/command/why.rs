//! `peakshift why`: reasons for an assignment, and alternatives.

use crate::cli::failure::{Failure, warn_of_all};
use crate::cli::options::{self, PlanDir, whole};
use crate::cli::printing::println;
use chrono::NaiveDate;
use clap::Args;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{forecast, require, why};
use peakshift::report;
use peakshift::workforce::AgentId;
use std::path::PathBuf;
use std::process::ExitCode;

/// Why somebody works when she does, her next-best week, and who could change places with her.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift why data/qinghe --roster data/qinghe/out/roster.csv --agent CS017 --date 2026-12-04")]
pub(crate) struct WhyCommand {
    #[command(flatten)]
    plan: PlanDir,
    /// The published roster.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    /// Whose day it is.
    #[arg(long, value_name = "ID", value_parser = options::parse_agent)]
    agent: AgentId,
    /// The day.
    #[arg(long, value_name = "DATE", value_parser = super::forecast::parse_date)]
    date: NaiveDate,
}

impl WhyCommand {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (_, mut inputs) = self.plan.load(lang)?;
        whole(&self.roster, lang)?;
        let (published, problems) = Folder::read_mending(&self.roster, None, None, &mut inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        let agent = self.agent;
        if !inputs.employees.iter().any(|employee| employee.id == agent) {
            return Err(Failure::usage(format!("nobody in the plan's agents is called {agent}"), "use a number from the agents file"));
        }
        if inputs.horizon.day_of(self.date).is_none() {
            return Err(Failure::no_day(self.date, inputs.horizon, lang));
        }
        let forecasts = forecast(&inputs).map_err(Failure::unplanned)?;
        let answer = why(&inputs, &require(&inputs, &forecasts), &published, &agent, self.date);
        println!("{}", report::why_text(&inputs, &answer, lang));
        Ok(ExitCode::SUCCESS)
    }
}
