//! Flat input of forecast and back-test: a history, with optional events and drivers, without a plan folder.

use crate::event::Event;
use crate::forecast::Driver;
use crate::history::RawCount;
use crate::input::cell::from_utc::FromUtc;
use crate::input::history::counts;
use crate::input::known_ahead::{drivers, events};
use crate::input::problem::collected::Problems;
use crate::input::text::file::read_text;
use crate::service::QueueId;
use std::path::Path;

/// Counts by queue, events and drivers of flat files.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// Counts of each queue; one queue called `all` if the file has no queue column.
    pub counts: Vec<(QueueId, Vec<RawCount>)>,
    /// Events, which affect every queue.
    pub events: Vec<Event>,
    /// Leading indicators: numbers known ahead.
    pub drivers: Vec<Driver>,
}

/// Reads `start,volume[,queue]`, `event,family,start,end,size` and `start,NAME…`.
///
/// # Errors
/// All problems of all files.
pub fn read_flat(history: &Path, events: Option<&Path>, drivers: Option<&Path>) -> Result<Flat, Problems> {
    let mut problems = Problems::default();
    let mut parse = |path: &Path| {
        let name = path.to_string_lossy().into_owned();
        (read_text(Path::new(""), &name, &mut problems), name)
    };
    let (history, history_name) = parse(history);
    let events = events.map(&mut parse);
    let drivers = drivers.map(&mut parse);
    let counts = history.map(|text| counts::parse(&text, &history_name, &mut problems)).unwrap_or_default();
    let events = events.and_then(|(text, name)| Some(events::read(&text?, &name, &mut problems))).unwrap_or_default();
    let drivers = drivers.and_then(|(text, name)| Some(drivers::read(&text?, &name, FromUtc::Local, &mut problems))).unwrap_or_default();
    if problems.has_errors() { Err(problems) } else { Ok(Flat { counts: counts.into_iter().collect(), events, drivers }) }
}
