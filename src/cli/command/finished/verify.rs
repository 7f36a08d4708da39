//! `peakshift verify`: all rules, recounted on a roster file.

use crate::cli::failure::{Failure, warn_of_all};
use crate::cli::options::{PlanDir, whole};
use crate::cli::printing::println;
use clap::Args;
use peakshift::input::Folder;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{Inputs, roster_problem};
use peakshift::report::rule_text;
use peakshift::roster::{RosterFile, Violation, check_file};
use std::path::PathBuf;
use std::process::ExitCode;

/// Check a roster file against every rule, independently of the solver.
#[derive(Args, Debug)]
#[command(
    after_help = "Checked for each row: agent, shift, date and times; no gap or overlap between the rows of a shift; meals and rests; offline \
    activity; queues (the agent's skills or some of them); site; paid hours, overtime hours and pay rate, minute by minute; the pinned column \
    against pins.csv of the plan or of a repair beside the roster.\n\
    Checked for each agent: contract, skills, protection, absences, first day, site hours; rest between shifts, consecutive days, hours, \
    late and night shifts and rest days per week, weekends, overtime of the month, shift successions, pins, teams offline at the same time.\n\
    Numbers are compared to the decimals written, at least two. Columns that the file lacks are listed and not checked; without \
    meal_start the hours and rates of rows are not checked either.\n\
    A roster with a header and no rows is one in which nobody works.\n\
    Exit code 0: no violation, 1: violations, 2: the file cannot be read.\n\n\
    Example:\n  peakshift verify data/qinghe --roster data/qinghe/out/roster.csv"
)]
pub(crate) struct Verify {
    #[command(flatten)]
    plan: PlanDir,
    /// Roster file.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
}

impl Verify {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (_, mut inputs) = self.plan.load(lang)?;
        whole(&self.roster, lang)?;
        let (file, roster, problems) = Folder::read_roster_file(&self.roster, &mut inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        let problem = roster_problem(&inputs, &[]);
        let violations = check_file(&problem, &file, &roster);
        violations.iter().for_each(|violation| println!("{}", line(&inputs, violation, lang)));
        println!("{}", checked(&file, roster.assignments.len(), violations.len(), lang));
        Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

fn line(inputs: &Inputs, violation: &Violation, lang: Lang) -> String {
    let rule = rule_text(inputs, violation.rule, Some(&violation.agent), lang);
    let found = if violation.found.is_empty() { "–" } else { &violation.found };
    let key = if violation.allowed.is_empty() { "violation_found" } else { "violation_against" };
    let text = say(lang, Part::Text, key, &[&rule, found, &violation.allowed]);
    format!("{} {} {}: {text}", violation.date, violation.agent, violation.rule)
}

/// Keys of the checks that apply to every row, and of those that need a column of the file.
const ALWAYS: [&str; 5] = ["verify_person", "verify_shift", "verify_times", "verify_joined", "verify_paid_hours"];
const WHERE_TOLD: [(&str, &str); 8] = [
    ("meal_start", "verify_meals"),
    ("breaks", "verify_rests"),
    ("activity", "verify_activity"),
    ("queue", "verify_queues"),
    ("overtime_hours", "verify_overtime"),
    ("pay_rate", "verify_rate"),
    ("pinned", "verify_pinned"),
    ("site", "verify_site"),
];

/// Summary of the checks and of the columns that were not checked.
fn checked(file: &RosterFile, shifts: usize, broken: usize, lang: Lang) -> String {
    let text = |key, fill: &[&str]| say(lang, Part::Text, key, fill);
    let unchecked = file.unchecked();
    let told = WHERE_TOLD.into_iter().filter(|(column, _)| file.has(column) && !unchecked.contains(column)).map(|(_, key)| key);
    let of_rows: Vec<String> = ALWAYS.into_iter().chain(told).map(|key| text(key, &[])).collect();
    let mut lines = vec![
        text("verify_summary", &[&shifts.to_string(), &broken.to_string()]),
        text("verify_rows", &[&file.rows.len().to_string(), &of_rows.join(&text("verify_and", &[]))]),
        text("verify_people", &[]),
    ];
    if !unchecked.is_empty() {
        lines.push(text("verify_not_checked", &[&unchecked.join(", ")]));
    }
    lines.join("\n")
}
