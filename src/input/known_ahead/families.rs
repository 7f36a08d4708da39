//! Families of events across spelling variants, and the range of sizes within a family.

use crate::event::{Event, Family};
use crate::identifier::folded;
use crate::input::problem::collected::Problems;
use crate::input::table::row::Row;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// Families by normalised name, in their first spelling.
pub(super) type Families = HashMap<String, (usize, String)>;

/// Unifies the family with an earlier one that differs only in spelling.
pub(super) fn same_family(row: &Row, event: &mut Event, families: &mut Families, problems: &mut Problems) {
    let Family::Lift(name) = &event.family else { return };
    let (line, first) = families.entry(folded(name)).or_insert_with(|| (row.line, name.clone()));
    if first != name {
        row.note_as(problems, "family_in_other_letters", "family", format!("{first} ({line})"), true);
        event.family = Family::Lift(first.clone());
    }
}

/// Sizes are relative to others of the family, in a unit chosen by the planner: orders, money, recipients.
pub(super) const SIZES: RangeInclusive<f64> = 0.0..=1e6;
