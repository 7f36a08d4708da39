//! Couplings between the tours of several people.

use super::column::Duty;

/// A soft constraint on the tours of several people, with its price.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) enum Coupling {
    SharedHours(SharedHours),
    Block(Block),
}

/// Shared hours: a leader who should be at work with followers.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct SharedHours {
    pub(in crate::roster) leader: usize,
    pub(in crate::roster) followers: Vec<usize>,
    /// Share of the followers' hours that the leader should be at work with them.
    pub(in crate::roster) share: f64,
    /// Price of a missing hour.
    pub(in crate::roster) price: f64,
}

/// Block: a shift is worked by none or by at least `least` of some people.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Block {
    pub(in crate::roster) people: Vec<usize>,
    pub(in crate::roster) least: usize,
    /// Price of a missing person, by shift.
    pub(in crate::roster) prices: Vec<f64>,
}

/// Tour of each other person, if any.
pub(in crate::roster) type Others<'a> = &'a dyn Fn(usize) -> Option<&'a [Option<Duty>]>;

impl Coupling {
    pub(super) fn ties(&self, person: usize) -> bool {
        match self {
            Self::SharedHours(shared) => shared.leader == person || shared.followers.contains(&person),
            Self::Block(block) => block.people.contains(&person),
        }
    }
}
