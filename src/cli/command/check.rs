//! `peakshift check`: all problems of all inputs, and the health of the history.

use crate::cli::health::findings_in_full;
use crate::cli::options::PlanDir;
use crate::cli::printing::{labelled, println};
use clap::Args;
use peakshift::forecast::Facts;
use peakshift::history::{ContactHistory, Figures};
use peakshift::law::Law;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{Inputs, caveats_of, events_of};
use peakshift::report::caveat_text;
use peakshift::zone::database_version;
use std::process::ExitCode;

/// Check every input file and the quality of the history.
#[derive(Args, Debug)]
#[command(
    after_help = "Lists every problem with file, line, column, cause and fix, then the findings in the history.\nExit code 0: usable, 2: errors.\n\nExample:\n  peakshift check data/qinghe"
)]
pub(crate) struct Check {
    #[command(flatten)]
    plan: PlanDir,
}

impl Check {
    pub(crate) fn run(self, lang: Lang) -> ExitCode {
        let reading = self.plan.folder().read();
        let text = |key: &str, fill: &[&str]| say(lang, Part::Text, key, fill);
        for problem in reading.problems.iter() {
            println!("{}", labelled(if problem.is_warning { "warning" } else { "error" }, &problem.describe(lang), lang));
        }
        let errors = reading.problems.errors();
        println!("{}", text("check_summary", &[&errors.to_string(), &(reading.problems.len() - errors).to_string()]));
        let Some(inputs) = reading.inputs else { return ExitCode::from(2) };
        println!();
        println!("{}", law_line(&inputs.law, lang));
        health(&inputs, lang);
        ExitCode::SUCCESS
    }
}

/// Which rule pack is in force; where the plan names none, what that means and how to name one.
fn law_line(law: &Law, lang: Lang) -> String {
    let text = |key, fill: &[&str]| say(lang, Part::Text, key, fill);
    if law.is_named {
        return text("law_in_force", &[&law.pack, law.title.in_language(lang)]);
    }
    text("law_not_named", &[]) + &law.suggested.as_ref().map_or_else(String::new, |pack| text("law_suggested", &[pack]))
}

/// What a planner of the queue knows by heart.
pub(crate) fn figures_line(figures: &Figures, lang: Lang) -> String {
    let text = |key, fill: &[&str]| say(lang, Part::Text, key, fill);
    let mut line = text("figures_contacts", &[&amount(figures.a_day.get()), &amount(figures.a_week.get())]);
    if let Some(hour) = figures.busiest_hour {
        line += &text("figures_hour", &[&hour.to_string()]);
    }
    if let Some(handling) = figures.handling {
        line += &text("figures_handling", &[&format!("{:.0}", handling.get())]);
    }
    line
}

/// A number of contacts, with decimals where it is small.
fn amount(contacts: f64) -> String {
    if contacts < 100.0 { format!("{contacts:.1}") } else { format!("{contacts:.0}") }
}

/// Prints the anomalies of each queue's counts.
fn health(inputs: &Inputs, lang: Lang) {
    if inputs.zone.is_some() {
        println!("{}", say(lang, Part::Text, "zone_database", &[database_version()]));
    }
    println!("{}", say(lang, Part::Text, "data_health", &[]));
    for of in &inputs.queues {
        let events = events_of(inputs, &of.queue.id);
        let Some((history, findings)) =
            ContactHistory::from_counts_by(inputs.zone.as_ref(), &of.counts, of.counted_every, &events, inputs.history_until)
        else {
            continue;
        };
        let days = history.days().to_string();
        let minutes = of.counted_every.minutes().to_string();
        let span = say(lang, Part::Text, "history_span", &[&history.first().to_string(), &days, &minutes, &findings.len().to_string()]);
        println!("{}", say(lang, Part::Text, "notice", &[of.queue.id.as_str(), &span]));
        if let Some(figures) = Figures::of(&of.counts, of.counted_every) {
            println!("  {}", figures_line(&figures, lang));
        }
        findings_in_full(&findings, lang);
        let facts = Facts { calendar: &inputs.calendar, events: &events, drivers: &inputs.drivers };
        caveats_of(inputs, of, &history, &facts).iter().for_each(|caveat| println!("  {}", caveat_text(caveat, lang)));
    }
}
