//! What an interval of a queue brings, and what it needs.

use crate::service::Queue;
use crate::units::{Agents, Contacts, Erlangs, Factor, Seconds};

/// What one interval of one queue needs, and what the formula promises with that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalNeed {
    /// Contacts that reach people.
    pub contacts: Contacts,
    /// Mean handling time (single chat) of these contacts.
    pub handling: Seconds,
    /// Offered load: arrivals × handling time.
    pub load: Erlangs,
    /// The greatest modified offered load of the interval: contacts in hand if nobody ever waited.
    pub changing_load: Erlangs,
    /// Standard-speed agents at the desk, by the modified offered load; 0 where the queue is closed. Where nobody comes: those who still have
    /// a contact of before in hand.
    pub required: Agents,
    /// The same by the interval's own load alone.
    pub required_stationary: Agents,
    /// Whether the target can be met at all (deferred work that finds no open desk in its window cannot).
    pub feasible: bool,
}

impl IntervalNeed {
    /// The load by which what agents attain is told, the one that asks for them: the interval's own where both loads ask for as many, else the
    /// modified offered load; where a promise is kept over a day or a week the greater of the two.
    #[must_use]
    pub fn deciding_load(&self, queue: &Queue) -> Erlangs {
        let own_is_greater = self.load > self.changing_load;
        match queue.promise_over_stretch() {
            Some(_) if own_is_greater => self.load,
            None if self.required == self.required_stationary => self.load,
            _ => self.changing_load,
        }
    }
}

/// One interval's demand as the forecast gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// Contacts that reach people.
    pub contacts: Contacts,
    /// Their handling time against ordinary.
    pub handling: Factor,
}
