//! Shortages and warnings in words.

use super::activities::activity_lines;
use super::advice::{day_text, relief_lines, whereabouts_text};
use super::cost::solved_lines;
use super::markdown::escaped;
use super::peaks::peak_lines;
use super::sites::site_lines;
use super::summary::{Summary, assurance_text, attainment_text, target_text, world_lines};
use crate::calendar::CalendarDoubt;
use crate::forecast::Caveat;
use crate::plan::{EXPLAINED, Inputs, Planned, pooling};
use crate::roster::{Absent, Company, Presence, Shortage, SmallBlock, absent, company, small_blocks};
use crate::service::{Channel, Windows};
use crate::staffing::windows_needs;
use crate::words::{Lang, Part, say};
use crate::workforce::AgentId;
use std::fmt::Write;

/// Every stretch of shortage in words, the dearest first, with where the queue's people are.
#[must_use]
pub fn shortage_lines(inputs: &Inputs, shortages: &[Shortage], lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = shortages.iter().take(EXPLAINED).map(|shortage| line(inputs, shortage, lang)).collect();
    if let Some(others) = shortages.get(EXPLAINED..).filter(|others| !others.is_empty()) {
        let hours: f64 = others.iter().map(|shortage| shortage.short_hours).sum();
        lines.push(say(lang, Part::Text, "more_lines", &[&others.len().to_string(), &format!("{hours:.1}")]));
    }
    lines
}

fn line(inputs: &Inputs, shortage: &Shortage, lang: Lang) -> String {
    let hours = (shortage.end - shortage.start).num_minutes() as f64 / 60.0;
    let end = if shortage.end.date() > shortage.start.date() { "24:00".to_owned() } else { shortage.end.format("%H:%M").to_string() };
    let fill = [
        day_text(shortage.start.date(), lang),
        shortage.start.format("%H:%M").to_string(),
        end,
        inputs.queues[shortage.queue].queue.name.clone(),
        format!("{:.1}", shortage.short_hours / hours),
        format!("{:.1}", shortage.required_hours / hours),
        format!("{:.1}", shortage.short_hours),
        format!("{:.0}", shortage.cost),
        inputs.currency.clone(),
    ];
    let line = say(lang, Part::Text, "shortage_line", &fill.each_ref().map(String::as_str));
    if shortage.whereabouts.is_empty() { line } else { line + &whereabouts_text(shortage, lang) }
}

/// How the forecasts were made.
#[must_use]
pub fn method_lines(summary: &Summary, lang: Lang) -> Vec<String> {
    let line = |of: &super::summary::QueueSummary| match of.held_back_wape {
        Some(wape) => say(lang, Part::Text, "method_line", &[&of.service.name, &of.method, &format!("{:.1}", wape * 100.0)]),
        None => say(lang, Part::Text, "method_short_line", &[&of.service.name, &of.method]),
    };
    summary.queues.iter().map(line).collect()
}

/// What weakens a forecast, as a sentence.
#[must_use]
pub fn caveat_text(caveat: &Caveat, lang: Lang) -> String {
    let (key, fill) = caveat.words();
    say(lang, Part::Text, key, &fill.iter().map(String::as_str).collect::<Vec<_>>())
}

/// What the calendar does not say, as a sentence.
fn calendar_line(doubt: &CalendarDoubt, lang: Lang) -> String {
    let (code, value, expected) = doubt.words();
    let fill = [value.as_str(), expected.as_str()];
    format!("{} — {}", say(lang, Part::Cause, code, &fill), say(lang, Part::Cure, code, &fill))
}

/// Forecasts that stand on little, requirements that cannot be met or that change too fast for a formula.
#[must_use]
pub fn warning_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = inputs.calendar_doubts().iter().map(|doubt| calendar_line(doubt, lang)).collect();
    for (of, forecast) in inputs.queues.iter().zip(&planned.forecasts) {
        lines.extend(forecast.caveats.iter().map(|caveat| format!("{}: {}", of.queue.name, caveat_text(caveat, lang))));
    }
    for (of, requirement) in inputs.queues.iter().zip(&planned.requirements) {
        if let Some((start, _)) = requirement.need.iter().find(|(_, need)| !need.feasible) {
            lines.push(say(lang, Part::Text, "infeasible_line", &[&of.queue.name, &start.format("%Y-%m-%d %H:%M").to_string()]));
        }
        let apart =
            |need: &&crate::staffing::IntervalNeed| (need.required.get() - need.required_stationary.get()).abs() > need.load.get().sqrt();
        let fast = requirement.need.values().iter().filter(apart).count();
        if fast > 0 {
            lines.push(say(lang, Part::Text, "load_warning", &[&of.queue.name, &fast.to_string()]));
        }
    }
    lines
}

/// What each number of chats at a time would need, where agents may have more than are planned.
fn windows_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let mut lines = Vec::new();
    for (of, forecast) in inputs.queues.iter().zip(&planned.forecasts) {
        let Channel::Chat(concurrency) = &of.queue.channel else { continue };
        if of.queue.wider.is_none() && of.queue.windows == Windows::Given {
            continue;
        }
        lines.extend(windows_needs(&of.queue, &forecast.demand).iter().map(|need| {
            let is_planned = need.windows == concurrency.windows();
            let planned = if is_planned { say(lang, Part::Text, "windows_planned", &[]) } else { String::new() };
            let later = |share: f64| say(lang, Part::Text, "windows_replies", &[&format!("{:.1}", share * 100.0)]);
            let mut quality = need.later_in_time.map_or_else(String::new, later);
            if !need.feasible {
                quality += &say(lang, Part::Text, "windows_infeasible", &[]);
            }
            let fill = [of.queue.name.clone(), need.windows.to_string(), planned, format!("{:.1}", need.agent_hours), quality];
            say(lang, Part::Text, "windows_line", &fill.each_ref().map(String::as_str))
        }));
    }
    lines
}

/// What sharing people saves against dedicated groups, and what a team of people with all skills would.
fn pooling_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let pay = inputs.employees.iter().map(|employee| employee.pay.get()).sum::<f64>() / inputs.employees.len().max(1) as f64;
    let line = |group: &crate::plan::Pooling| {
        let names: Vec<&str> = group.queues.iter().map(|&queue| inputs.queues[queue].queue.name.as_str()).collect();
        let asked = group.queues.iter().flat_map(|&queue| &planned.problem.demand[queue].required).sum::<f64>() * inputs.interval.hours();
        let hours = [group.dedicated.get(), asked, group.pooled.get()];
        let mut fill = vec![names.join(" + ")];
        fill.extend(hours.map(|hours| format!("{hours:.1}")));
        fill.extend([format!("{:.0}", group.flexible_share * 100.0), format!("{pay:.1}"), inputs.currency.clone()]);
        fill.extend(hours.map(|hours| format!("{:.0}", hours * pay)));
        say(lang, Part::Text, "pooling_line", &fill.iter().map(String::as_str).collect::<Vec<_>>())
    };
    pooling(inputs, &planned.requirements, &planned.problem).iter().map(line).collect()
}

/// Stretches of each demand for people at work that are named one by one.
const NAMED: usize = 8;

/// When too few people of a kind are at work.
fn presence_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let absent = absent(&planned.problem, &planned.solved.roster);
    let line = |(number, presence): (usize, &Presence)| {
        let of: Vec<&Absent> = absent.iter().filter(|of| of.presence == number).collect();
        if of.is_empty() {
            return say(lang, Part::Text, "presence_met", &[&presence.name]);
        }
        let stretch = |of: &&Absent| {
            let times = [of.start, of.end].map(|time| time.format("%H:%M").to_string());
            let fill =
                [day_text(of.start.date(), lang), times[0].clone(), times[1].clone(), of.there.to_string(), presence.least.to_string()];
            say(lang, Part::Text, "presence_stretch", &fill.each_ref().map(String::as_str))
        };
        let mut stretches: Vec<String> = of.iter().take(NAMED).map(stretch).collect();
        if of.len() > NAMED {
            stretches.push("…".to_owned());
        }
        let (hours, price) = of.iter().fold((0.0, 0.0), |(hours, price), of| (hours + of.missing.get(), price + of.price.get()));
        let fill = [presence.name.clone(), format!("{hours:.1}"), format!("{price:.0}"), inputs.currency.clone(), stretches.join(", ")];
        say(lang, Part::Text, "presence_line", &fill.each_ref().map(String::as_str))
    };
    planned.problem.presences.iter().enumerate().map(line).collect()
}

/// Who was at work with whom she should be, and for what share of their hours.
fn company_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    let line = |of: &Company| {
        let followers: Vec<&str> = of.followers.iter().map(AgentId::as_str).collect();
        let (hours, shared) = (of.hours.get(), of.shared.get());
        let share = if hours > 0.0 { shared / hours } else { 1.0 };
        let fill = [
            of.leader.to_string(),
            followers.join(", "),
            format!("{shared:.1}"),
            format!("{hours:.1}"),
            percent(share),
            percent(of.asked.get()),
        ];
        let line = say(lang, Part::Text, "company_line", &fill.each_ref().map(String::as_str));
        let price = of.price.get();
        line + &if price > 0.0 {
            say(lang, Part::Text, "company_price", &[&format!("{price:.0}"), &inputs.currency])
        } else {
            String::new()
        }
    };
    company(&planned.problem, &planned.solved.roster).iter().map(line).collect()
}

/// Shifts to which an outsourcer sends fewer people than are billed.
fn block_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let line = |block: &SmallBlock| {
        let shift = format!("{} {}", block.date, block.shift);
        let fill = [
            block.contract.clone(),
            block.people.to_string(),
            shift,
            block.least.to_string(),
            format!("{:.0}", block.price.get()),
            inputs.currency.clone(),
        ];
        say(lang, Part::Text, "block_line", &fill.each_ref().map(String::as_str))
    };
    small_blocks(&planned.problem, &planned.solved.roster).iter().map(line).collect()
}

/// The plan in words: `explain.md`.
#[must_use]
pub fn explain(inputs: &Inputs, planned: &Planned, summary: &Summary, lang: Lang) -> String {
    let word = |key: &str| say(lang, Part::Text, key, &[]);
    let mut text = format!("# {} {}\n\n", escaped(&summary.name), summary.first_day);
    let _ = writeln!(text, "## {}\n", word("cost_title"));
    solved_lines(&planned.solved, planned.interrupted, &inputs.currency, lang).iter().for_each(|line| {
        let _ = writeln!(text, "{}\n", escaped(line));
    });
    let _ = writeln!(text, "{}\n", escaped(&assurance_text(summary, lang)));
    world_lines(summary, lang).iter().for_each(|line| {
        let _ = writeln!(text, "{}\n", escaped(line));
    });
    let _ = writeln!(text, "## {}\n", word("service_table_title"));
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
    let mut section = |title: &str, lines: Vec<String>, none: Option<&str>| {
        if lines.is_empty() && none.is_none() {
            return;
        }
        let _ = writeln!(text, "## {}\n", word(title));
        lines.iter().for_each(|line| {
            let _ = writeln!(text, "- {}", escaped(line));
        });
        if let (true, Some(none)) = (lines.is_empty(), none) {
            let _ = writeln!(text, "{}", word(none));
        }
        text.push('\n');
    };
    section("peak_title", peak_lines(inputs, planned, lang), None);
    section("windows_title", windows_lines(inputs, planned, lang), None);
    section("pooling_title", pooling_lines(inputs, planned, lang), None);
    section("shortages_title", shortage_lines(inputs, &planned.advice.shortages, lang), Some("no_shortage"));
    section("relief_title", planned.advice.reliefs.iter().flat_map(|reliefs| relief_lines(inputs, reliefs, lang)).collect(), None);
    section("sites_title", site_lines(inputs, &planned.problem, &planned.solved.roster, &planned.coverage, lang), None);
    section("presence_title", presence_lines(inputs, planned, lang), None);
    section("blocks_title", block_lines(inputs, planned, lang), None);
    section("company_title", company_lines(inputs, planned, lang), None);
    section("activities_title", activity_lines(&planned.problem, &planned.solved.roster, lang), None);
    section("warnings_title", warning_lines(inputs, planned, lang), None);
    section("method_title", method_lines(summary, lang), None);
    text
}
