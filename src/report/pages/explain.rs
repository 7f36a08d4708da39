//! Explanation of a plan in words: `explain.md`.

use super::markdown::escaped;
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Planned};
use crate::report::figures::summary::Summary;
use crate::report::texts::activities::activity_lines;
use crate::report::texts::advice::relief_lines;
use crate::report::texts::cost::solved_lines;
use crate::report::texts::peaks::peak_lines;
use crate::report::texts::people::{block_lines, minimum_staffing_lines, shared_time_lines};
use crate::report::texts::sharing::{pooling_lines, windows_lines};
use crate::report::texts::sites::site_lines;
use crate::report::texts::summary::{assurance_text, attainment_text, target_text, world_lines};
use crate::report::texts::warnings::{method_lines, shortage_lines, warning_lines};
use std::fmt::Write;

/// Explanation of a plan in words: `explain.md`.
#[must_use]
pub fn explain(inputs: &Inputs, planned: &Planned, summary: &Summary, lang: Lang) -> String {
    let mut text = format!("# {} {}\n\n", escaped(&summary.name), summary.first_day);
    let _ = writeln!(text, "## {}\n", say(lang, Part::Text, "cost_title", &[]));
    let mut lines = solved_lines(&planned.solved, planned.interrupted, &inputs.currency, lang);
    lines.push(assurance_text(summary, lang));
    lines.extend(world_lines(summary, lang));
    lines.iter().for_each(|line| {
        let _ = writeln!(text, "{}\n", escaped(line));
    });
    text += &service_table(inputs, summary, lang);
    text + &sections(inputs, planned, summary, lang).iter().map(|section| section.text(lang)).collect::<String>()
}

/// Targets and service of each queue.
fn service_table(inputs: &Inputs, summary: &Summary, lang: Lang) -> String {
    let word = |key: &str| say(lang, Part::Text, key, &[]);
    let mut text = format!("## {}\n\n", word("service_table_title"));
    let _ = writeln!(
        text,
        "| {} | {} | {} | {} | {} | {} |",
        word("queue"),
        word("target"),
        word("required_hours"),
        word("short_hours"),
        word("simulated"),
        word("simulated_where_covered")
    );
    let _ = writeln!(text, "|---|---|---|---|---|---|");
    for (of, queue) in inputs.queues.iter().zip(&summary.queues) {
        let service = &queue.service;
        let (all, covered) = [&service.simulated, &service.simulated_without_shortage]
            .map(|of_runs| escaped(&attainment_text(&of.queue, of_runs, lang)))
            .into();
        let _ = writeln!(
            text,
            "| {} | {} | {:.1} | {:.1} | {all} | {covered} |",
            escaped(&service.name),
            escaped(&target_text(&of.queue, lang)),
            service.required_hours,
            service.short_hours
        );
    }
    let _ = writeln!(text, "\n{}\n", word("definitions"));
    text
}

/// A titled list.
struct Section {
    title: &'static str,
    lines: Vec<String>,
    /// Replacement of an empty list; with `None` an empty list has no title either.
    none: Option<&'static str>,
}

impl Section {
    fn text(&self, lang: Lang) -> String {
        let word = |key: &str| say(lang, Part::Text, key, &[]);
        if self.lines.is_empty() && self.none.is_none() {
            return String::new();
        }
        let mut text = format!("## {}\n\n", word(self.title));
        self.lines.iter().for_each(|line| {
            let _ = writeln!(text, "- {}", escaped(line));
        });
        if let (true, Some(none)) = (self.lines.is_empty(), self.none) {
            let _ = writeln!(text, "{}", word(none));
        }
        text.push('\n');
        text
    }
}

/// All lists of the page, in order.
fn sections(inputs: &Inputs, planned: &Planned, summary: &Summary, lang: Lang) -> Vec<Section> {
    let (problem, made) = (&planned.problem, &planned.solved.roster);
    let section = |title, lines| Section { title, lines, none: None };
    let shortages = shortage_lines(inputs, &planned.advice.shortages, lang);
    let reliefs = planned.advice.reliefs.iter().flat_map(|reliefs| relief_lines(inputs, reliefs, lang)).collect();
    vec![
        section("peak_title", peak_lines(inputs, planned, lang)),
        section("windows_title", windows_lines(inputs, planned, lang)),
        section("pooling_title", pooling_lines(inputs, planned, lang)),
        Section { title: "shortages_title", lines: shortages, none: Some("no_shortage") },
        section("relief_title", reliefs),
        section("sites_title", site_lines(inputs, problem, made, &planned.coverage, lang)),
        section("presence_title", minimum_staffing_lines(inputs, planned, lang)),
        section("blocks_title", block_lines(inputs, planned, lang)),
        section("company_title", shared_time_lines(inputs, planned, lang)),
        section("activities_title", activity_lines(problem, made, lang)),
        section("warnings_title", warning_lines(inputs, planned, lang)),
        section("method_title", method_lines(summary, lang)),
    ]
}
