//! The flat form of forecast and back-test: a history and perhaps events, no plan folder.

use super::folder::read_text;
use super::problem::Problems;
use super::{counts, facts};
use crate::event::Event;
use crate::history::RawCount;
use crate::service::QueueId;
use std::path::Path;

/// Counts by queue and events, as flat files hold them.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// Counts of each queue; one queue called `all` if the file has no queue column.
    pub counts: Vec<(QueueId, Vec<RawCount>)>,
    /// Events, which touch every queue.
    pub events: Vec<Event>,
}

/// Reads `start,volume[,queue]` and `event,family,start,end,size`.
///
/// # Errors
/// Every problem of both files.
pub fn read_flat(history: &Path, events: Option<&Path>) -> Result<Flat, Problems> {
    let mut problems = Problems::default();
    let mut parse = |path: &Path| {
        let name = path.to_string_lossy().into_owned();
        (read_text(Path::new(""), &name, &mut problems), name)
    };
    let (history, history_name) = parse(history);
    let events = events.map(&mut parse);
    let counts = history.map(|text| counts::parse(&text, &history_name, &mut problems)).unwrap_or_default();
    let events = events.and_then(|(text, name)| Some(facts::events(&text?, &name, &mut problems))).unwrap_or_default();
    if problems.has_errors() { Err(problems) } else { Ok(Flat { counts: counts.into_iter().collect(), events }) }
}
