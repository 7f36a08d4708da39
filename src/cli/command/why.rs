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

/// Explain an agent's day: the value of the shift, the next-best week with its cost, and possible swaps.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift why data/qinghe --roster data/qinghe/out/roster.csv --agent CS017 --date 2026-12-04")]
pub(crate) struct WhyCommand {
    #[command(flatten)]
    plan: PlanDir,
    /// Published roster file.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    /// Agent number.
    #[arg(long, value_name = "ID", value_parser = options::parse_agent)]
    agent: AgentId,
    /// Date, such as 2026-12-04.
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
            return Err(Failure::said("nobody_of_number", &[agent.as_str()], lang));
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
