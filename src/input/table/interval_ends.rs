//! Meaning of the suffixes of a table's times, the end of an interval (`2026-11-02 09:00-09:30`) or a UTC offset (`2026-11-02
//! 09:00-05:00`): inferred from the whole table, else reported as ambiguous.

use super::form::{Form, Sample};
use super::row::Row;
use crate::input::cell::interval_end::{Behind, Shown, behind};
use crate::input::problem::collected::Problems;

/// Evidence from the times of a table.
#[derive(Debug, Default)]
pub(super) struct Intervals {
    ends: Option<Sample>,
    offsets: bool,
    either: Option<Sample>,
}

impl Intervals {
    pub(super) fn see(&mut self, row: &Row<'_>, places: &[usize]) {
        for (place, cell) in places.iter().filter_map(|place| Some((*place, row.cells.get(*place)?))) {
            let sample = || Sample { line: row.line, place, text: cell.to_string() };
            match behind(cell).map(|(_, shown)| shown) {
                None => {}
                Some(Shown::Offset) => self.offsets = true,
                Some(Shown::End) => drop(self.ends.get_or_insert_with(sample)),
                Some(Shown::Either) => drop(self.either.get_or_insert_with(sample)),
            }
        }
    }

    /// The joint evidence; an ambiguity is reported once.
    pub(super) fn form(self, form: &Form, problems: &mut Problems) -> Behind {
        let asked = match (self.ends, self.offsets) {
            (None, true) => return Behind::Offset,
            (Some(_), false) if !form.has("end") => return Behind::End,
            // a row with an end of its own has no interval as its start
            (ends, _) => ends.or(self.either),
        };
        let Some(asked) = asked else { return Behind::Offset };
        form.ask(&asked, "interval_or_offset", String::new(), problems);
        Behind::Doubtful
    }
}
