//! Intraday status: one line for a chat group, and offers.

use super::offers::offers_text;
use crate::intraday::{Alarm, IntradayForecast, Rest};
use crate::messages::{Lang, Part, say};
use crate::plan::Inputs;
use crate::report::figures::intraday::{highest, total};
use chrono::NaiveDateTime;

/// One line: the alert level, and for each queue the last two hours against the forecast of the eve, the day's new total and its alarms.
#[must_use]
pub fn intraday_line(inputs: &Inputs, at: NaiveDateTime, intraday: &[IntradayForecast], alarms: &[Vec<Alarm>], lang: Lang) -> String {
    let queue = |((of, intraday), alarms): ((&crate::plan::QueueInputs, &IntradayForecast), &Vec<Alarm>)| {
        let recent = intraday.recent_excess.map_or_else(|| "–".to_owned(), |excess| format!("{:+.0}", (excess * 100.0).round() + 0.0));
        let (before, now) = (format!("{:.0}", total(&intraday.before.mean)), format!("{:.0}", total(&intraday.now.mean)));
        let name = if of.queue.name.is_empty() { intraday.queue.as_str() } else { &of.queue.name };
        let volume = say(lang, Part::Text, "today_queue", &[name, &recent, &now, &before]);
        let others = alarms.iter().filter_map(|alarm| alarm_text(alarm, lang));
        std::iter::once(volume).chain(others).collect::<Vec<_>>().join(&say(lang, Part::Text, "list_separator", &[]))
    };
    let queues: Vec<String> = inputs.queues.iter().zip(intraday).zip(alarms).map(queue).collect();
    let (time, level) = (at.format("%Y-%m-%d %H:%M").to_string(), highest(alarms).to_string());
    say(lang, Part::Text, "today_line", &[&time, &level, &queues.join(&say(lang, Part::Text, "sentence_separator", &[]))])
}

/// Text of an alarm; `None` for the volume, which is given for every queue.
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

/// Understaffing until the end of the day, and the first offers.
#[must_use]
pub fn asks_text(rest: &Rest, currency: &str, lang: Lang) -> String {
    let (short, price) = (format!("{:.1}", rest.missing.0.get()), format!("{:.0}", rest.missing.1));
    let asked = rest.asks.iter().any(|offer| offer.turn.is_some());
    let head = say(lang, Part::Text, if asked { "asks_head" } else { "asks_nobody" }, &[&short, &price, currency]);
    format!("{head}\n{}", offers_text(&rest.asks, currency, lang))
}
