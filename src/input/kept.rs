//! Kept forecasts, as written by `forecast` and `plan`.

use crate::input::cell::from_utc::FromUtc;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::roster::written_with::WrittenWith;
use crate::input::table::file::Table;
use crate::input::text::file::read_text;
use crate::manifest::KEPT_FORECASTS;
use crate::plan::Inputs;
use crate::review::{KeptForecast, KeptInterval};
use crate::service::QueueId;
use crate::time::read_date;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

const KEPT: Shape = Shape {
    required: &["start", "queue", "volume"],
    optional: &["q0.1", "q0.9", "before_override", "to_people", "handling_seconds"],
    numbers: Numbers::Of(&["volume", "q0.1", "q0.9", "before_override", "to_people", "handling_seconds"]),
    closed: false,
};
/// The forecast that `plan` writes beside its roster.
const FORECAST_FILE: &str = "forecast.csv";
const ANY: std::ops::RangeInclusive<f64> = 0.0..=1e9;

/// All kept forecasts of a folder for the queues of a plan, oldest first.
#[must_use]
pub fn read_kept(folder: &Path, inputs: &Inputs) -> (Vec<KeptForecast>, Problems) {
    let mut problems = Problems::default();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let tables = entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ending| ending == "csv"));
    let mut names: Vec<String> = tables.filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    // of several forecasts of one day, the later ones have a number
    names.sort_by_cached_key(|name| numbered(name));
    let kept = names.iter().filter_map(|name| {
        let text = read_text(folder, name, &mut problems)?;
        parse(&text, name, inputs, &mut problems)
    });
    (kept.collect(), problems)
}

/// Forecast of a plan's days from the time the roster was made: the table written with it, else the last one kept beside it or in another
/// folder.
#[must_use]
pub fn read_forecast_of(roster: &Path, kept: &Path, inputs: &Inputs) -> Option<KeptForecast> {
    let is_of_these_days = |kept: &KeptForecast| {
        let starts = kept.queues.iter().flat_map(|(_, rows)| rows).map(|row| row.start.date());
        starts.clone().all(|date| inputs.horizon.day_of(date).is_some()) && starts.clone().min() == Some(inputs.horizon.first)
    };
    let mut unread = Problems::default();
    let beside = WrittenWith::of(roster).as_written(FORECAST_FILE);
    let written =
        beside.and_then(|path| parse(&read_text(Path::new(""), &path.to_string_lossy(), &mut unread)?, FORECAST_FILE, inputs, &mut unread));
    let last_in = |folder: &Path| read_kept(folder, inputs).0.into_iter().rfind(is_of_these_days);
    let earlier = || last_in(&roster.with_file_name(KEPT_FORECASTS)).or_else(|| last_in(kept));
    written.filter(is_of_these_days).or_else(earlier)
}

pub(super) fn parse(text: &str, name: &str, inputs: &Inputs, problems: &mut Problems) -> Option<KeptForecast> {
    let table = Table::parse(name, text, KEPT, problems)?.in_clocks(FromUtc::of_inputs(inputs));
    let mut queues: BTreeMap<QueueId, Vec<KeptInterval>> = BTreeMap::new();
    for row in table.rows() {
        let queue = row.queue("queue", problems);
        if queue.as_ref().is_some_and(|queue| !inputs.queues.iter().any(|of| of.queue.id == *queue)) {
            row.note(problems, "unknown_queue", "queue", Names::of(inputs.queues.iter().map(|of| &of.queue.id)).listed());
            continue;
        }
        let (start, published) = (row.stamp("start", problems), row.required_number("volume", ANY, problems));
        let mut number = |column| row.number(column, ANY, problems);
        let (low, high, model) = (number("q0.1"), number("q0.9"), number("before_override"));
        let (to_people, handling) = (number("to_people"), number("handling_seconds"));
        if let (Some(queue), Some(start), Some(published)) = (queue, start, published) {
            let (model, band) = (model.unwrap_or(published), low.zip(high));
            let interval = KeptInterval { start, published, model, band, to_people: to_people.zip(handling) };
            queues.entry(queue).or_default().push(interval);
        }
    }
    let first = queues.values().flatten().map(|row| row.start.date()).min()?;
    Some(KeptForecast { name: name.to_owned(), known_until: known_until(name).unwrap_or(first), queues: queues.into_iter().collect() })
}

/// A name without extension and number, and the number: `…_2.csv` was kept after `….csv`.
fn numbered(name: &str) -> (String, u32) {
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    let split = stem.rsplit_once('_').and_then(|(before, number)| Some((before.to_owned(), number.parse().ok()?)));
    split.unwrap_or_else(|| (stem.to_owned(), 1))
}

/// The date in a name such as `2026-11-30_7_days_known_before_2026-11-30.csv`, with or without a number at its end.
fn known_until(name: &str) -> Option<NaiveDate> {
    read_date(numbered(name).0.rsplit_once("known_before_")?.1)
}
