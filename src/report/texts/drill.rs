//! Results of a drill, in words.

use super::offers::offers_text;
use crate::messages::{Lang, Part, say};
use crate::scenario::{Drill, Recovery};
use chrono::NaiveDateTime;
use std::fmt::Write;

/// Key results: for each surprise the effect on each queue, its recovery and the first offers.
#[must_use]
pub fn drill_text(drills: &[Drill], lang: Lang) -> String {
    let mut text = String::new();
    for drill in drills {
        let away = drill.away.to_string();
        let _ = writeln!(text, "{}", say(lang, Part::Text, "drill_surprise", &[&drill.name, &away]));
        if drill.recoveries.is_empty() {
            let _ = writeln!(text, "  {}", say(lang, Part::Text, "drill_unhurt", &[]));
        }
        for of in &drill.recoveries {
            let _ = writeln!(text, "  {}", recovery_line(drill, of, lang));
        }
        let of_those = drill.reserve.iter().filter(|offer| offer.turn.is_some()).count();
        if of_those > 0 {
            let _ = writeln!(text, "  {}", say(lang, Part::Text, "drill_reserve", &[]));
        }
        text += &offers_text(&drill.reserve, &drill.inputs.currency, lang);
    }
    let _ = writeln!(text, "{}", say(lang, Part::Text, "drill_definitions", &[]));
    text
}

fn recovery_line(drill: &Drill, of: &Recovery, lang: Lang) -> String {
    let at = |time: NaiveDateTime| time.format("%m-%d %H:%M").to_string();
    let name = drill.inputs.queue_name(&of.queue);
    // without answered contacts there is no mean wait
    let figure = |value: f64| if value.is_finite() { format!("{value:.0}") } else { "–".to_owned() };
    let (level, wait) = (figure(of.worst_level * 100.0), figure(of.worst_wait));
    let back = match of.recovered {
        Some(back) => {
            let (total, after) = ((back - of.struck).num_minutes().to_string(), (back - of.over).num_minutes());
            let key = match after {
                0 => "drill_back_with",
                1.. => "drill_back_after",
                _ => "drill_back_before",
            };
            say(lang, Part::Text, key, &[&at(back), &total, &after.abs().to_string()])
        }
        None => say(lang, Part::Text, "drill_not_back", &[]),
    };
    say(lang, Part::Text, "drill_line", &[name, &at(of.struck), &at(of.over), &at(of.worst), &level, &wait, &back])
}
