//! What other systems call people: an e-mail address, a user name. It is personal, so it is held for one file and shown nowhere.

use crate::workforce::AgentId;
use std::collections::BTreeMap;
use std::fmt;

/// What another system calls a person.
#[derive(Clone, PartialEq, Eq)]
pub struct OutsideId {
    /// Their e-mail address or user name.
    pub id: String,
    /// Their group there, where the system has groups.
    pub group: Option<String>,
}

impl fmt::Debug for OutsideId {
    /// Nothing of it: it is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OutsideId")
    }
}

/// What another system calls the people of a plan, by number.
///
/// ```
/// use peakshift::{outside::{OutsideId, OutsideIds}, workforce::AgentId};
/// let ann = OutsideId { id: "ann@example.com".into(), group: None };
/// let ids = OutsideIds::from([(AgentId::new("10234"), ann)]);
/// assert!(!format!("{ids:?}").contains("example.com"));
/// ```
pub type OutsideIds = BTreeMap<AgentId, OutsideId>;
