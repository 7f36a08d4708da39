//! What a run that was stopped has left in a folder.

use super::in_place;
use std::path::Path;

/// What a run that was stopped has left in a folder.
pub(super) enum Leftover {
    /// A set under way.
    UnderWay,
    /// A folder of drafts of an earlier version.
    Drafts,
}

impl Leftover {
    /// The leftover that a name in a folder of results is of.
    pub(super) fn of(name: &Path) -> Option<Self> {
        let name = name.to_str()?;
        if name == in_place::UNDERWAY {
            return Some(Self::UnderWay);
        }
        let random = name.strip_prefix(".peakshift-")?;
        (random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(Self::Drafts)
    }
}
