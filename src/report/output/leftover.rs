//! Leftovers of an interrupted run.

use super::in_place;
use std::path::Path;

/// Leftover of an interrupted run in a folder.
pub(super) enum Leftover {
    /// An unfinished set.
    UnderWay,
    /// A folder of drafts of an earlier version.
    Drafts,
}

impl Leftover {
    /// The kind of leftover of a name in a folder of results, if any.
    pub(super) fn of(name: &Path) -> Option<Self> {
        let name = name.to_str()?;
        if name == in_place::UNDERWAY {
            return Some(Self::UnderWay);
        }
        let random = name.strip_prefix(".peakshift-")?;
        (random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(Self::Drafts)
    }
}
