//! Events of one family, however each row writes its name, and how large one may be against the others.

use crate::event::{Event, Family};
use crate::identifier::folded;
use crate::input::problem::collected::Problems;
use crate::input::table::row::Row;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// Families by what their names have in common, as they are first written.
pub(super) type Families = HashMap<String, (usize, String)>;

/// Takes a family that is written in other letters before for that one.
pub(super) fn same_family(row: &Row, event: &mut Event, families: &mut Families, problems: &mut Problems) {
    let Family::Lift(name) = &event.family else { return };
    let (line, first) = families.entry(folded(name)).or_insert_with(|| (row.line, name.clone()));
    if first != name {
        row.note_as(problems, "family_in_other_letters", "family", format!("{first} ({line})"), true);
        event.family = Family::Lift(first.clone());
    }
}

/// Sizes are against others of the family, in a unit of the planner's: orders, money, recipients.
pub(super) const SIZES: RangeInclusive<f64> = 0.0..=1e6;
