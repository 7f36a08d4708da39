//! Joint evidence of a history's starts: whole days beside intervals, and ends taken for starts.

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::row::Row;
use crate::time::place_of_clock;

/// Evidence from the starts of a table: a line and its cell as written.
#[derive(Default)]
pub(super) struct Starts {
    /// First start that is a date alone.
    date_alone: Option<(usize, String)>,
    has_times: bool,
    /// First start that is 24:00 of its day.
    ends_at: Option<(usize, String)>,
}

impl Starts {
    /// Records a row; returns whether it is a whole day.
    pub(super) fn see(&mut self, row: &Row) -> bool {
        let written = || (row.line, row.get("start").unwrap_or("").to_owned());
        let is_whole_day = row.is_date_alone("start");
        if is_whole_day {
            self.date_alone.get_or_insert_with(written);
        } else {
            self.has_times = true;
        }
        if self.ends_at.is_none() && row.get("start").is_some_and(is_midnight_after) {
            self.ends_at = Some(written());
        }
        is_whole_day
    }

    pub(super) fn note(self, file: &str, problems: &mut Problems) {
        // it may be the sum of its day
        if let Some((line, value)) = self.date_alone.filter(|_| self.has_times) {
            problems.push(Problem { line: Some(line), column: "start".into(), value, ..of_file(file, "date_without_time") });
        }
        // no interval starts there
        if let Some((line, value)) = self.ends_at {
            problems.push(Problem { line: Some(line), column: "start".into(), value, ..of_file(file, "ends_for_starts") });
        }
    }
}

/// Whether a time is 24:00 of its day.
fn is_midnight_after(start: &str) -> bool {
    start.contains("24") && place_of_clock(start).is_some_and(|clock| start[clock..].trim_start().starts_with("24"))
}
