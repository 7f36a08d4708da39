//! What the sections of a plan file are called, those that are refused included.

use super::strays::Strays;
use crate::identifier::identifier;
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::settings::document::Document;
use crate::input::settings::section::Section;

/// What sections of a plan file are called, those that are refused included.
#[derive(Clone, Debug)]
pub(in crate::input) struct PlanNames {
    pub(in crate::input) queues: Names,
    pub(in crate::input) contracts: Names,
    pub(in crate::input) sites: Names,
}

/// What the sections of a list are called. Where one has lost its header or its form, it may be called anything.
pub(super) fn names(document: &Document, strays: &Strays, (list, sections): (&str, &[Section])) -> Names {
    let is_torn = !document.is_whole || strays.rob(list) || sections.is_empty() && document.root().has(list);
    if is_torn {
        return Names::default();
    }
    let mut names = Names::none();
    for section in sections {
        names.add(section.text("id", &mut Problems::default()).and_then(|id| identifier(id).ok()));
    }
    names
}
