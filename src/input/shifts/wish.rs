//! Entry of a cell for a day: a shift by its code or name, or a day off.

use super::days_off::{is_away, is_taken};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::table::row::Row;
use crate::roster::ShiftTemplate;

/// Shifts to which a cell may refer, and the names of all, including refused ones.
pub(in crate::input) type Shifts<'s> = (&'s [ShiftTemplate], &'s Names);

/// Entry of a cell for a day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::input) enum Wish<'s> {
    Off,
    Shift(&'s ShiftTemplate),
    /// A name of several shifts, with their codes.
    Doubtful(Vec<&'s str>),
    Unknown,
}

impl Wish<'_> {
    /// Whether it is one shift or a day off.
    pub(in crate::input) fn is_clear(&self) -> bool {
        matches!(self, Self::Off | Self::Shift(_))
    }

    /// Code of the shift, if it is one.
    pub(in crate::input) fn code(&self) -> Option<String> {
        if let Self::Shift(shift) = self { Some(shift.id.clone()) } else { None }
    }
}

/// Interpretation of a text: a word for a day off, a shift's code, else an unambiguous name or short name of a shift.
pub(in crate::input) fn wish<'s>(text: &str, shifts: &'s [ShiftTemplate]) -> Wish<'s> {
    if is_taken(text) {
        return Wish::Off;
    }
    if let Some(coded) = shifts.iter().find(|shift| shift.id == text) {
        return Wish::Shift(coded);
    }
    let mut named: Vec<&ShiftTemplate> = shifts.iter().filter(|shift| shift.name == text).collect();
    if named.is_empty() {
        // short names, as used in matrices
        named = shifts.iter().filter(|shift| shift.short_name == text).collect();
    }
    match named.as_slice() {
        [] if is_away(text, shifts) => Wish::Off,
        [] => Wish::Unknown,
        [only] => Wish::Shift(only),
        several => Wish::Doubtful(several.iter().map(|shift| shift.id.as_str()).collect()),
    }
}

/// Reports a shift's code or name that means a day off wherever shifts are named.
pub(super) fn refuse_taken_words(row: &Row, problems: &mut Problems) {
    for column in ["shift", "name"] {
        if row.get(column).is_some_and(is_taken) {
            row.note(problems, "shift_word_taken", column, "");
        }
    }
}

/// Requested shift of a cell, reported if ambiguous.
pub(in crate::input) fn wished<'s>(
    row: &Row,
    column: &str,
    text: &str,
    (shifts, names): (&'s [ShiftTemplate], &Names),
    problems: &mut Problems,
) -> Wish<'s> {
    let wish = wish(text, shifts);
    match &wish {
        Wish::Doubtful(codes) => row.note(problems, "shift_doubtful", column, codes.join(", ")),
        Wish::Unknown if names.lack(text) => row.note(problems, "unknown_shift", column, ""),
        Wish::Off | Wish::Shift(_) | Wish::Unknown => {}
    }
    wish
}
