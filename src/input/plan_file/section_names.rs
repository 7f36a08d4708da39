//! Names of the sections of a plan file, including refused ones.

use super::strays::Strays;
use crate::identifier::identifier;
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::settings::document::Document;
use crate::input::settings::section::Section;

/// Names of the sections of a plan file, including refused ones.
#[derive(Clone, Debug)]
pub(in crate::input) struct PlanNames {
    pub(in crate::input) queues: Names,
    pub(in crate::input) contracts: Names,
    pub(in crate::input) sites: Names,
}

/// Names of the sections of a list. A section that has lost its header or is malformed may have any name.
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
