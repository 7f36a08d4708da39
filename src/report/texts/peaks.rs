//! Staffing of each queue's highest peak, and of looser targets, in words.

use super::summary::promise_text;
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Peak, Planned, peaks};
use crate::report::figures::days::day_text;

/// One line for each queue with a peak.
pub(in crate::report) fn peak_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let line = |peak: &Peak| {
        let each = peak.promises.iter().filter_map(|(promise, agents)| {
            let promise = promise_text(promise, lang)?;
            Some(say(lang, Part::Text, "peak_promise", &[&format!("{agents:.0}"), &promise]))
        });
        let fill = [
            inputs.queue_name(&peak.queue).to_owned(),
            day_text(peak.from.date(), lang),
            peak.from.format("%H:%M").to_string(),
            peak.until.format("%H:%M").to_string(),
            each.collect::<Vec<_>>().join(&say(lang, Part::Text, "peak_or", &[])),
            format!("{:.1}", peak.rostered),
        ];
        say(lang, Part::Text, "peak_line", &fill.each_ref().map(String::as_str))
    };
    peaks(inputs, planned).iter().map(line).collect()
}
