//! `peakshift verify`: every rule, re-counted on a roster file.

use super::failure::Failure;
use super::options::{PlanDir, whole};
use anstream::println;
use clap::Args;
use peakshift::input::Folder;
use peakshift::plan::roster_problem;
use peakshift::roster::check;
use peakshift::words::{Lang, Part, say};
use std::path::PathBuf;
use std::process::ExitCode;

/// Re-check a roster file.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift verify data/qinghe --roster data/qinghe/out/roster.csv")]
pub(crate) struct Verify {
    #[command(flatten)]
    plan: PlanDir,
    /// The roster file.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
}

impl Verify {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (_, inputs) = self.plan.load(lang)?;
        whole(&self.roster, lang)?;
        let (roster, problems) = Folder::read_roster(&self.roster, &inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        let problem = roster_problem(&inputs, &[]);
        let violations = check(&problem, &roster);
        for violation in &violations {
            let rule = say(lang, Part::Rule, violation.rule, &[]);
            println!("{} {} {}: {rule} ({} / {})", violation.date, violation.agent, violation.rule, violation.found, violation.allowed);
        }
        let (shifts, broken) = (roster.assignments.len().to_string(), violations.len().to_string());
        println!("{}", say(lang, Part::Text, "verify_summary", &[&shifts, &broken]));
        Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
