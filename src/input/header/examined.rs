//! Validation of a header, which decides whether rows can be read by it.

use super::plain::plain;
use super::shape::Shape;
use super::split_times;
use super::synonyms::{canonical, is_slip_of, kind_of, meant};
use super::units::unit;
use crate::input::cell::no_value::error_code;
use crate::input::personal::columns::{About, is_personal};
use crate::input::personal::values::looks_personal;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use std::collections::HashMap;

/// Result of validating a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Header {
    OfThisKind,
    /// A column is present under a misspelt name.
    Misspelt,
    /// The table is of another kind.
    OfAnotherKind,
}

/// Maximum number of columns of a table.
const MOST_COLUMNS: usize = 1000;

impl Header {
    /// Validates a header with these names and the columns they stand for, and returns whether rows can be read by it; its faults are
    /// reported.
    pub(in crate::input) fn examined(
        (file, line): (&str, usize),
        (names, columns): (&[String], &[String]),
        shape: Shape,
        problems: &mut Problems,
    ) -> (Self, bool) {
        let known: Vec<&str> = shape.known().collect();
        let private: Vec<bool> = names.iter().map(|name| shape.is_private(name)).collect();
        let mut note = |code, is_warning, column: &str, value: &str, expected: &str| {
            let (column, value, expected) = (column.to_owned(), value.to_owned(), expected.to_owned());
            problems.push(Problem { is_warning, line: Some(line), column, value, expected, ..of_file(file, code) });
        };
        if names.len() > MOST_COLUMNS {
            note("too_many_columns", false, "", &names.len().to_string(), &MOST_COLUMNS.to_string());
        }
        let (mistyped, lacking) = mistyped(names, columns, &private, shape);
        // with one missing column, that column is a better diagnosis than another kind of file
        let other_kind = kind_of(names).filter(|_| lacking.len() > 1);
        let mut places: HashMap<&str, usize> = HashMap::new();
        // of two headers for one column, the one with another name may stand for the only missing column
        let means_another = |place: &usize| plain(&columns[*place]) != plain(&names[*place]);
        let is_taken = |place: &usize| {
            shape.reads(&columns[*place]) && (0..names.len()).any(|other| other != *place && columns[other] == columns[*place])
        };
        let mut places_taken = (0..names.len()).rev().filter(|place| lacking.len() == 1 && is_taken(place) && means_another(place));
        let taken = places_taken.next().map(|place| names[place].as_str());
        for (place, name) in names.iter().enumerate().filter(|_| other_kind.is_none()) {
            let is_known = shape.reads(&columns[place]);
            let is_twice = places.insert(&columns[place], place).is_some();
            if private[place] {
                note("personal_column", false, name, "", "");
            } else if let Some(code) = shape.header_error(name) {
                note(code, false, name, name, "");
            } else if is_known && is_twice && taken.is_none() {
                note("column_twice", false, name, name, &columns[place]);
            } else if let Err(code) = unit(name, &columns[place]) {
                note(code, false, name, name, "");
            } else if let Some((own, is_needed)) = mistyped.get(&place) {
                note("column_mistyped", !is_needed, name, name, own);
            } else if shape.closed && !is_known && !name.is_empty() && error_code(name).is_none() {
                note("column_unknown", true, name, name, &known.join(", "));
            }
        }
        match other_kind {
            Some(kind) => note("other_kind", false, "", kind, &shape.required.join(", ")),
            None if lacking.is_empty() => {}
            None if taken.is_some() => note("column_taken", false, taken.unwrap_or(""), taken.unwrap_or(""), lacking[0]),
            None => note("column_missing", false, &lacking.join(", "), "", &lacking.join(", ")),
        }
        let is_misspelt = mistyped.values().any(|(_, is_needed)| *is_needed);
        let header = match other_kind {
            Some(_) => Self::OfAnotherKind,
            None if is_misspelt => Self::Misspelt,
            None => Self::OfThisKind,
        };
        (header, header == Self::OfThisKind && !private.contains(&true) && is_sound((names, columns), shape))
    }
}

/// Whether a header has all required columns, none twice, and none that a spreadsheet could not compute.
fn is_sound((names, columns): (&[String], &[String]), shape: Shape) -> bool {
    let has_all = shape.required.iter().all(|name| columns.iter().any(|column| column == name));
    let is_twice = |place: usize| shape.reads(&columns[place]) && columns[..place].contains(&columns[place]);
    let is_computed = |name: &String| shape.header_error(name).is_none();
    has_all && names.len() <= MOST_COLUMNS && names.iter().all(is_computed) && !(0..names.len()).any(is_twice)
}

/// Headers that are probably misspelt names of absent columns, by position, with that column and whether rows are unreadable without it;
/// and the required columns for which no header was found.
fn mistyped(
    names: &[String],
    columns: &[String],
    private: &[bool],
    shape: Shape,
) -> (HashMap<usize, (&'static str, bool)>, Vec<&'static str>) {
    let is_absent = |own: &&&'static str| !columns.iter().any(|column| column == **own);
    let mut required: Vec<&'static str> = shape.required.iter().filter(is_absent).copied().collect();
    let mut optional: Vec<&'static str> = shape.optional.iter().filter(is_absent).copied().collect();
    let mut found = HashMap::new();
    for (place, name) in names.iter().enumerate() {
        let is_free = !shape.reads(&columns[place]) && error_code(name).is_none();
        if !is_free || private[place] {
            continue;
        }
        let of_optional = || meant(name, &optional).filter(|_| shape.closed);
        if let Some(own) = meant(name, &required) {
            required.retain(|column| *column != own);
            found.insert(place, (own, true));
        } else if let Some(own) = of_optional() {
            optional.retain(|column| *column != own);
            // without it the rows would be misread
            found.insert(place, (own, is_slip_of(name, own)));
        }
    }
    (found, required)
}

impl Shape {
    /// Whether a record names all required columns.
    pub(in crate::input) fn is_met_by(self, names: &[String]) -> bool {
        let known: Vec<&str> = self.known().collect();
        let mut columns: Vec<String> = names.iter().map(|name| canonical(name, &known)).collect();
        split_times::find(names, &mut columns, self);
        self.required.iter().all(|own| columns.iter().any(|column| column == own))
    }

    /// The problem with a header that a spreadsheet could not compute, where it may stand for one of our columns; an export may have any
    /// others.
    fn header_error(self, name: &str) -> Option<&'static str> {
        error_code(name).filter(|_| self.closed || self.about() == About::OwnColumns)
    }

    /// Whether a header names personal data.
    pub(in crate::input) fn is_private(self, name: &str) -> bool {
        is_personal(name, self.about()) || looks_personal(name)
    }

    /// Subject of its rows.
    fn about(self) -> About {
        if self.knows("name") {
            About::Things
        } else if self.knows("agent_id") || self.knows("offered") {
            About::People
        } else if self.known().count() == 1 {
            About::OwnColumns
        } else {
            About::Things
        }
    }
}
