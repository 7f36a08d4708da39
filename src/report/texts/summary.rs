//! Key figures of a plan, in words.

use super::cost::solved_lines;
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Planned};
use crate::report::figures::summary::{Attainment, QueueService, Summary};
use crate::service::{Queue, ServiceTarget};
use std::fmt::Write;

/// Agents added by simulation cuts, and targets still missed.
pub(in crate::report) fn assurance_text(summary: &Summary, lang: Lang) -> String {
    let (rounds, missed) = (summary.simulation_rounds.to_string(), summary.missed_intervals.to_string());
    say(lang, Part::Text, "assurance_line", &[&format!("{:.1}", summary.simulation_added_hours), &rounds, &missed])
}

/// Share of sample paths of the forecast on which each queue meets its targets, and its reply figures.
pub(in crate::report) fn world_lines(summary: &Summary, lang: Lang) -> Vec<String> {
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let met = summary.queues.iter().map(|of| format!("{} {}", of.service.name, of.sample_paths_met_share.map_or("–".into(), percent)));
    let mut lines =
        vec![say(lang, Part::Text, "worlds_line", &[&met.collect::<Vec<_>>().join(&say(lang, Part::Text, "list_separator", &[]))])];
    for queue in &summary.queues {
        lines.extend(queue.replies.iter().map(|of| {
            let fill = [
                queue.service.name.clone(),
                of.within_seconds.to_string(),
                of.share.map_or("–".into(), |share| format!("{:.1}", share * 100.0)),
                percent(of.target_share),
                of.period_days.to_string(),
                of.chance_to_miss.map_or("–".into(), |chance| format!("{:.1}", chance * 100.0)),
            ];
            say(lang, Part::Text, "replies_line", &fill.each_ref().map(String::as_str))
        }));
        lines.extend(queue.vip.as_ref().map(|vip| {
            let fill = [
                queue.service.name.clone(),
                percent(vip.share_of_contacts),
                vip.within_seconds.to_string(),
                vip.simulated.share.map_or("–".into(), |level| format!("{:.1}", level * 100.0)),
                vip.simulated.asa_seconds.map_or("–".into(), |asa| format!("{asa:.1}")),
                say(lang, Part::Text, if vip.target_met { "target_held" } else { "target_not_held" }, &[]),
            ];
            say(lang, Part::Text, "vip_line", &fill.each_ref().map(String::as_str))
        }));
    }
    lines
}

/// The plan in a few lines.
#[must_use]
pub fn summary_text(inputs: &Inputs, planned: &Planned, summary: &Summary, lang: Lang) -> String {
    let mut text = String::new();
    let (people, days) = (summary.people.to_string(), summary.days.to_string());
    let _ = writeln!(text, "{}", say(lang, Part::Text, "people_line", &[&summary.name, &people, &days, &summary.first_day]));
    solved_lines(&planned.solved, planned.interrupted, &summary.currency, lang).iter().for_each(|line| {
        let _ = writeln!(text, "{line}");
    });
    let _ = writeln!(text, "{}", assurance_text(summary, lang));
    world_lines(summary, lang).iter().for_each(|line| {
        let _ = writeln!(text, "{line}");
    });
    let services: Vec<QueueService> = summary.queues.iter().map(|of| of.service.clone()).collect();
    text + &service_text(inputs, &services, lang)
}

/// Figures of each queue beside its targets.
#[must_use]
pub fn service_text(inputs: &Inputs, services: &[QueueService], lang: Lang) -> String {
    let mut text = String::new();
    for (of, service) in inputs.queues.iter().zip(services) {
        let fill = [
            service.name.clone(),
            format!("{:.1}", service.required_hours),
            format!("{:.1}", service.short_hours),
            target_text(&of.queue, lang),
            attainment_text(&of.queue, &service.simulated, lang),
            attainment_text(&of.queue, &service.simulated_without_shortage, lang),
        ];
        let _ = writeln!(text, "  {}", say(lang, Part::Text, "service_line", &fill.each_ref().map(String::as_str)));
    }
    let _ = writeln!(text, "  {}", say(lang, Part::Text, "definitions", &[]));
    text
}

/// Targets of a queue in words.
pub(in crate::report) fn target_text(queue: &Queue, lang: Lang) -> String {
    let targets: Vec<String> = queue.targets.iter().filter_map(|target| promise_text(target, lang)).collect();
    targets.join(&say(lang, Part::Text, "list_separator", &[]))
}

/// A target towards customers in words; `None` for occupancy, which is none.
pub(super) fn promise_text(target: &ServiceTarget, lang: Lang) -> Option<String> {
    let percent = |share: crate::units::Share| format!("{:.0}", share.get() * 100.0);
    match *target {
        ServiceTarget::MeanWait(wait) => Some(say(lang, Part::Text, "target_asa", &[&wait.get().to_string()])),
        ServiceTarget::AnsweredWithin { within, share } => {
            Some(say(lang, Part::Text, "target_share", &[&percent(share), &within.get().to_string()]))
        }
        ServiceTarget::DoneWithin { within, share } => {
            Some(say(lang, Part::Text, "target_done", &[&percent(share), &within.hours().get().to_string()]))
        }
        ServiceTarget::Abandonment(_) | ServiceTarget::Occupancy(_) => None,
    }
}

/// Simulated figures of a queue in words: the share for a service-level target, the ASA for a mean-wait target.
pub(in crate::report) fn attainment_text(queue: &Queue, figures: &Attainment, lang: Lang) -> String {
    let mut parts = Vec::new();
    if let (true, Some(share), Some(pm)) = (queue.answer_within().is_some(), figures.share, figures.share_pm) {
        parts.push(say(lang, Part::Text, "figure_share", &[&format!("{:.1}", share * 100.0), &format!("{:.1}", pm * 100.0)]));
    }
    if let (true, Some(asa), Some(pm)) = (queue.mean_wait().is_some(), figures.asa_seconds, figures.asa_pm) {
        parts.push(say(lang, Part::Text, "figure_asa", &[&format!("{asa:.1}"), &format!("{pm:.1}")]));
    }
    if parts.is_empty() { "–".into() } else { parts.join(&say(lang, Part::Text, "list_separator", &[])) }
}
