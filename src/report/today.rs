//! Today so far and the rest of it: one line for a chat group, and numbers for other programs.

use super::offers::offers_text;
use super::sheet::Sheet;
use super::tables::flat_forecast;
use crate::plan::Inputs;
use crate::today::{Alarm, Rest, Today};
use crate::words::{Lang, Part, say};
use chrono::NaiveDateTime;
use serde::Serialize;

/// The flat form of each queue's day as it looks now.
#[must_use]
pub fn today_forecast(today: &[Today]) -> Sheet {
    let forecasts: Vec<_> = today.iter().map(|today| (today.queue.to_string(), today.now.clone())).collect();
    flat_forecast(&forecasts)
}

#[derive(Serialize)]
struct TodaySummary {
    at: String,
    /// The highest of the queues' alert levels.
    alert_level: u8,
    queues: Vec<QueueToday>,
    /// Until the day ends, with the people of the roster; absent where no roster is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    rest_of_day: Option<RestOfDay>,
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
    alarms: Vec<AlarmToday>,
}

/// A figure against what it should be.
#[derive(Serialize)]
struct AlarmToday {
    level: u8,
    cause: &'static str,
    value: f64,
    threshold: Option<f64>,
}

#[derive(Serialize)]
struct RestOfDay {
    short_hours: f64,
    short_cost: f64,
    /// How many people are worth asking to come in, to stay longer or to go home early.
    people_to_ask: usize,
}

fn total(series: &crate::time::Series<crate::units::Contacts>) -> f64 {
    let sum: f64 = series.values().iter().map(|count| count.get()).sum();
    rounded(sum, 2)
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (value * scale).round() / scale
}

fn told(alarm: &Alarm) -> AlarmToday {
    let (cause, value, threshold) = match *alarm {
        Alarm::Volume { excess } => ("volume", excess, None),
        Alarm::Answered { share, target } => ("answered_last_hour", share, Some(target)),
        Alarm::Waits { seconds, target } => ("mean_wait_last_hour", seconds, Some(target)),
        Alarm::Replies { share, target } => ("replies_today", share, Some(target)),
        Alarm::Backlog { contacts, .. } => ("backlog_at_closing", contacts, None),
    };
    AlarmToday { level: alarm.level(), cause, value: rounded(value, 4), threshold }
}

fn level(alarms: &[Alarm]) -> u8 {
    alarms.iter().map(Alarm::level).max().unwrap_or(0)
}

fn highest(alarms: &[Vec<Alarm>]) -> u8 {
    alarms.iter().map(|of| level(of)).max().unwrap_or(0)
}

/// `summary.json` of a day that is partly over.
pub(super) fn today_summary(at: NaiveDateTime, today: &[Today], alarms: &[Vec<Alarm>], rest: Option<&Rest>) -> Vec<u8> {
    let queue = |(today, alarms): (&Today, &Vec<Alarm>)| QueueToday {
        queue: today.queue.to_string(),
        alert_level: level(alarms),
        recent_excess_share: today.recent_excess.map(|excess| rounded(excess, 4)),
        forecast_before: total(&today.before.mean),
        forecast_now: total(&today.now.mean),
        alarms: alarms.iter().map(told).collect(),
    };
    let rest_of_day = rest.map(|rest| RestOfDay {
        short_hours: rounded(rest.missing.0, 2),
        short_cost: rounded(rest.missing.1, 2),
        people_to_ask: rest.asks.iter().filter(|offer| offer.turn.is_some()).count(),
    });
    let summary = TodaySummary {
        at: at.format("%Y-%m-%dT%H:%M").to_string(),
        alert_level: highest(alarms),
        queues: today.iter().zip(alarms).map(queue).collect(),
        rest_of_day,
    };
    serde_json::to_vec_pretty(&summary).unwrap_or_default()
}

/// One line: the alert level, and of each queue the last two hours against the eve's forecast, the day's new total and what is alarming.
#[must_use]
pub fn today_line(inputs: &Inputs, at: NaiveDateTime, today: &[Today], alarms: &[Vec<Alarm>], lang: Lang) -> String {
    let queue = |((of, today), alarms): ((&crate::plan::QueueInputs, &Today), &Vec<Alarm>)| {
        let recent = today.recent_excess.map_or_else(|| "–".to_owned(), |excess| format!("{:+.0}", (excess * 100.0).round() + 0.0));
        let (before, now) = (format!("{:.0}", total(&today.before.mean)), format!("{:.0}", total(&today.now.mean)));
        let name = if of.queue.name.is_empty() { today.queue.as_str() } else { &of.queue.name };
        let volume = say(lang, Part::Text, "today_queue", &[name, &recent, &now, &before]);
        let others = alarms.iter().filter_map(|alarm| alarm_text(alarm, lang));
        std::iter::once(volume).chain(others).collect::<Vec<_>>().join(", ")
    };
    let queues: Vec<String> = inputs.queues.iter().zip(today).zip(alarms).map(queue).collect();
    let (time, level) = (at.format("%Y-%m-%d %H:%M").to_string(), highest(alarms).to_string());
    say(lang, Part::Text, "today_line", &[&time, &level, &queues.join("; ")])
}

/// An alarm beside that of volume, which every queue tells.
fn alarm_text(alarm: &Alarm, lang: Lang) -> Option<String> {
    let percent = |share: f64| format!("{:.1}", share * 100.0);
    let (key, fill) = match *alarm {
        Alarm::Volume { .. } => return None,
        Alarm::Answered { share, target } => ("alarm_answered", [percent(share), percent(target)]),
        Alarm::Waits { seconds, target } => ("alarm_waits", [format!("{seconds:.0}"), format!("{target:.0}")]),
        Alarm::Replies { share, target } => ("alarm_replies", [percent(share), percent(target)]),
        Alarm::Backlog { contacts, closing } => ("alarm_backlog", [format!("{contacts:.0}"), closing.format("%H:%M").to_string()]),
    };
    Some(say(lang, Part::Text, key, &fill.each_ref().map(String::as_str)))
}

/// What is missing until the day ends, and whom to ask first.
#[must_use]
pub fn asks_text(rest: &Rest, currency: &str, lang: Lang) -> String {
    let (short, price) = (format!("{:.1}", rest.missing.0), format!("{:.0}", rest.missing.1));
    let asked = rest.asks.iter().any(|offer| offer.turn.is_some());
    let head = say(lang, Part::Text, if asked { "asks_head" } else { "asks_nobody" }, &[&short, &price, currency]);
    format!("{head}\n{}", offers_text(&rest.asks, currency, lang))
}
