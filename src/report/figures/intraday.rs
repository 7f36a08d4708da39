//! Machine-readable summary of the intraday forecast.

use crate::intraday::{Alarm, IntradayForecast, Rest};
use chrono::NaiveDateTime;
use serde::Serialize;

#[derive(Serialize)]
struct IntradaySummary {
    at: String,
    /// Highest alert level of the queues.
    alert_level: u8,
    queues: Vec<QueueIntraday>,
    /// The rest of the day with the rostered people; absent without a known roster.
    #[serde(skip_serializing_if = "Option::is_none")]
    rest_of_day: Option<RestOfDay>,
}

#[derive(Serialize)]
struct QueueIntraday {
    queue: String,
    alert_level: u8,
    /// Contacts of the last two hours over those forecast on the eve, less 1.
    recent_excess_share: Option<f64>,
    /// Contacts of the whole day as forecast on the eve.
    forecast_before: f64,
    /// Contacts of the whole day as projected now: counted so far plus forecast for the rest.
    forecast_now: f64,
    alarms: Vec<AlarmToday>,
}

/// A figure and its target.
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
    /// Number of people with a worthwhile offer to come in, stay longer or go home early.
    people_to_ask: usize,
}

pub(in crate::report) fn total(series: &crate::time::Series<crate::units::Contacts>) -> f64 {
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

pub(in crate::report) fn highest(alarms: &[Vec<Alarm>]) -> u8 {
    alarms.iter().map(|of| level(of)).max().unwrap_or(0)
}

/// `summary.json` of a day in progress.
pub(in crate::report) fn intraday_summary(
    at: NaiveDateTime,
    intraday: &[IntradayForecast],
    alarms: &[Vec<Alarm>],
    rest: Option<&Rest>,
) -> Vec<u8> {
    let queue = |(intraday, alarms): (&IntradayForecast, &Vec<Alarm>)| QueueIntraday {
        queue: intraday.queue.to_string(),
        alert_level: level(alarms),
        recent_excess_share: intraday.recent_excess.map(|excess| rounded(excess, 4)),
        forecast_before: total(&intraday.before.mean),
        forecast_now: total(&intraday.now.mean),
        alarms: alarms.iter().map(told).collect(),
    };
    let rest_of_day = rest.map(|rest| RestOfDay {
        short_hours: rounded(rest.missing.0.get(), 2),
        short_cost: rounded(rest.missing.1.get(), 2),
        people_to_ask: rest.asks.iter().filter(|offer| offer.turn.is_some()).count(),
    });
    let summary = IntradaySummary {
        at: at.format("%Y-%m-%dT%H:%M").to_string(),
        alert_level: highest(alarms),
        queues: intraday.iter().zip(alarms).map(queue).collect(),
        rest_of_day,
    };
    serde_json::to_vec_pretty(&summary).expect("a summary holds numbers and texts")
}
