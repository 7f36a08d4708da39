//! Changes of a single number, and the notation of values in scenario names.

use crate::input::cell::percent::in_percent;
use crate::input::settings::values::MOST_FACTOR;
use crate::scenario::{Change, When};
use crate::service::QueueId;
use crate::units::{Factor, Seconds, Share};

/// Changes of a single number, for all queues or by queue, with the largest plausible value.
pub(super) const NUMBERS: [(&str, f64); 6] = [
    ("volume", MOST_FACTOR),
    ("handling", MOST_FACTOR),
    ("bot_share", 1.0),
    ("mean_wait_seconds", 1e5),
    ("answer_within_seconds", 1e5),
    ("answer_share", 1.0),
];

/// Those of them that are factors.
pub(super) const FACTORS: [&str; 2] = ["volume", "handling"];

pub(super) fn number(value: &toml::Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}

fn as_factor(value: f64) -> Factor {
    Factor::new(value).expect("its range was checked when it was read")
}

pub(super) fn absence(value: f64) -> Change {
    Change::Absence { share: Share::new(value).expect("its range was checked when it was read") }
}

/// The change of a key with a number.
pub(super) fn number_change(key: &str, queue: Option<QueueId>, value: f64) -> Option<Change> {
    let share = || Share::new(value).expect("its range was checked when it was read");
    let seconds = || Seconds::new(value).expect("its range was checked when it was read");
    Some(match key {
        "volume" => Change::Volume { queue, when: When::default(), factor: as_factor(value) },
        "handling" => Change::Handling { queue, factor: as_factor(value) },
        "bot_share" => Change::BotShare { queue, share: share() },
        "mean_wait_seconds" => Change::MeanWait { queue, wait: seconds() },
        "answer_within_seconds" => Change::AnswerWithin { queue, within: seconds() },
        "answer_share" => Change::AnswerShare { queue, share: share() },
        _ => return None,
    })
}

/// A value as shown in a scenario's name.
pub(super) fn shown(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A value of an axis as shown in scenario names: percentages become numbers, so that the axis makes a curve.
pub(super) fn shown_on(value: &toml::Value, is_number: bool) -> String {
    match number_in(value).filter(|_| is_number && value.is_str()) {
        Some(number) => number.to_string(),
        None => shown(value),
    }
}

/// A number, or a percentage as text.
pub(super) fn number_in(value: &toml::Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64)).or_else(|| in_percent(value.as_str()?))
}
