//! What is wrong with a header, and whether rows can be read by it.

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

/// How a header reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Header {
    OfThisKind,
    /// A column is there under a misspelt name.
    Misspelt,
    /// It is no table of this kind at all.
    OfAnotherKind,
}

/// A table has no more columns than this.
const MOST_COLUMNS: usize = 1000;

impl Header {
    /// How a header of these names, which mean these columns, reads, and whether rows can be read by it; what is wrong with it is noted.
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
        // of one column that is missing more can be said than what the file looks like
        let other_kind = kind_of(names).filter(|_| lacking.len() > 1);
        let mut places: HashMap<&str, usize> = HashMap::new();
        // of two columns that mean one, the one of another name may be meant for the only one that is missing
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

/// Whether a header has every column that there must be, none twice, and none that a spreadsheet could not compute.
fn is_sound((names, columns): (&[String], &[String]), shape: Shape) -> bool {
    let has_all = shape.required.iter().all(|name| columns.iter().any(|column| column == name));
    let is_twice = |place: usize| shape.reads(&columns[place]) && columns[..place].contains(&columns[place]);
    let is_computed = |name: &String| shape.header_error(name).is_none();
    has_all && names.len() <= MOST_COLUMNS && names.iter().all(is_computed) && !(0..names.len()).any(is_twice)
}

/// By their place the headers that are likely to be meant for a column that is not there, with that column and whether no row can
/// be read without it; and the columns that must be and are meant by none.
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
            // without it the rows say something else
            found.insert(place, (own, is_slip_of(name, own)));
        }
    }
    (found, required)
}

impl Shape {
    /// Whether a record names every column that there must be.
    pub(in crate::input) fn is_met_by(self, names: &[String]) -> bool {
        let known: Vec<&str> = self.known().collect();
        let mut columns: Vec<String> = names.iter().map(|name| canonical(name, &known)).collect();
        split_times::find(names, &mut columns, self);
        self.required.iter().all(|own| columns.iter().any(|column| column == own))
    }

    /// The problem with a header that a spreadsheet could not compute, where it may have been that of a column of ours; an export may
    /// have any beside ours.
    fn header_error(self, name: &str) -> Option<&'static str> {
        error_code(name).filter(|_| self.closed || self.about() == About::OwnColumns)
    }

    /// Whether a header is one of personal data.
    pub(in crate::input) fn is_private(self, name: &str) -> bool {
        is_personal(name, self.about()) || looks_personal(name)
    }

    /// What its rows are about.
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
