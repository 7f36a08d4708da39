//! What ties the tours of several people.

use super::column::Duty;

/// A wish about the tours of several people, with its price.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) enum Coupling {
    SharedHours(SharedHours),
    Block(Block),
}

/// One person who should share the hours of others.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct SharedHours {
    pub(in crate::roster) leader: usize,
    pub(in crate::roster) followers: Vec<usize>,
    /// The share of the followers' hours that she should be at work with them.
    pub(in crate::roster) share: f64,
    /// The price of an hour missing to it.
    pub(in crate::roster) price: f64,
}

/// Some people, at least so many of whom share a shift if any of them has it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Block {
    pub(in crate::roster) people: Vec<usize>,
    pub(in crate::roster) least: usize,
    /// Of each shift the price of somebody missing to the block.
    pub(in crate::roster) prices: Vec<f64>,
}

/// What others do: the tour of a person, if she has one.
pub(in crate::roster) type Others<'a> = &'a dyn Fn(usize) -> Option<&'a [Option<Duty>]>;

impl Coupling {
    pub(super) fn ties(&self, person: usize) -> bool {
        match self {
            Self::SharedHours(shared_time) => shared_time.leader == person || shared_time.followers.contains(&person),
            Self::Block(block) => block.people.contains(&person),
        }
    }
}
