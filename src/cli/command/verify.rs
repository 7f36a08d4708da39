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

/// Re-check a roster file, counted from its own rows and the plan folder; nothing of the search is used.
#[derive(Args, Debug)]
#[command(after_help = "Checked of each row: person, shift, date and times known and in keeping; rows that join without gap or overlap; \
    meals and rests at their times and in their row; activity; queues (those of her skills, in order); site; paid hours, overtime hours \
    and pay rate, minute by minute; pinned as pins.csv says (that of the plan, or of a repair beside the roster).\n\
    Checked of each person: contract, skills, protection, absences, first day, site hours; rest between shifts, days running, hours, \
    late and night shifts and rest days a week, weekends, overtime of the month, what must not follow; every pin kept; teams not away \
    at once.\n\
    Numbers are held to the decimals that are written, two at least. What the file has no column for is not checked and named; without \
    meal_start nor are hours and rates of rows.\n\
    A roster with a header and no rows is one on which nobody works. Exit 0: no rule broken; 1: some; 2: the file cannot be read.\n\n\
    Example:\n  peakshift verify data/qinghe --roster data/qinghe/out/roster.csv")]
pub(crate) struct Verify {
    #[command(flatten)]
    plan: PlanDir,
    /// The roster file.
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
    format!("{} {} {}: {rule} ({} / {})", violation.date, violation.agent, violation.rule, violation.found, violation.allowed)
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
