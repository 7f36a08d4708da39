//! Today so far and the rest of it: one line for a chat group, and numbers for other programs.

use crate::today::Today;
use crate::words::{Lang, Part, say};
use chrono::NaiveDateTime;
use serde::Serialize;

#[derive(Serialize)]
struct TodaySummary {
    at: String,
    /// The highest of the queues' alert levels.
    alert_level: u8,
    queues: Vec<QueueToday>,
}

#[derive(Serialize)]
struct QueueToday {
    queue: String,
    alert_level: u8,
    /// Contacts of the last two hours over the eve's forecast of them, less 1.
    recent_excess_share: Option<f64>,
    /// The whole day as forecast on the eve, in contacts.
    forecast_before: f64,
    /// The whole day as it looks now: counted so far and forecast for the rest.
    forecast_now: f64,
}

fn total(series: &crate::time::Series<crate::units::Contacts>) -> f64 {
    let sum: f64 = series.values().iter().map(|count| count.get()).sum();
    (sum * 100.0).round() / 100.0
}

/// `summary.json` of a day that is partly over.
#[must_use]
pub fn today_summary(at: NaiveDateTime, today: &[Today]) -> Vec<u8> {
    let queue = |today: &Today| QueueToday {
        queue: today.queue.to_string(),
        alert_level: today.alert(),
        recent_excess_share: today.recent_excess.map(|excess| (excess * 1e4).round() / 1e4),
        forecast_before: total(&today.before.mean),
        forecast_now: total(&today.now.mean),
    };
    let summary = TodaySummary {
        at: at.format("%Y-%m-%dT%H:%M").to_string(),
        alert_level: highest(today),
        queues: today.iter().map(queue).collect(),
    };
    serde_json::to_vec_pretty(&summary).unwrap_or_default()
}

fn highest(today: &[Today]) -> u8 {
    today.iter().map(Today::alert).max().unwrap_or(0)
}

/// One line: the alert level, and of each queue the last two hours against the eve's forecast and the day's new total.
#[must_use]
pub fn today_line(at: NaiveDateTime, today: &[Today], lang: Lang) -> String {
    let queue = |today: &Today| {
        let recent = today.recent_excess.map_or_else(|| "–".to_owned(), |excess| format!("{:+.0}", excess * 100.0));
        let (before, now) = (format!("{:.0}", total(&today.before.mean)), format!("{:.0}", total(&today.now.mean)));
        say(lang, Part::Text, "today_queue", &[today.queue.as_str(), &recent, &now, &before])
    };
    let queues: Vec<String> = today.iter().map(queue).collect();
    let (time, level) = (at.format("%Y-%m-%d %H:%M").to_string(), highest(today).to_string());
    say(lang, Part::Text, "today_line", &[&time, &level, &queues.join("; ")])
}
