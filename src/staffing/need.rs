//! Demand of an interval of a queue, and the agents it needs.

use crate::service::Queue;
use crate::units::{Agents, Contacts, Erlangs, Factor, Seconds};

/// Demand and staffing requirement of one interval of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IntervalNeed {
    /// Contacts that reach agents.
    pub contacts: Contacts,
    /// Mean handling time (single chat) of these contacts.
    pub handling: Seconds,
    /// Offered load: arrivals × handling time.
    pub load: Erlangs,
    /// Maximum modified offered load of the interval: mean contacts in hand if nobody ever waited.
    pub changing_load: Erlangs,
    /// Standard-speed agents on the desk, from the modified offered load; 0 where the queue is closed. Without new contacts: agents with
    /// an earlier contact still in hand.
    pub required: Agents,
    /// Agents from the interval's own load alone.
    pub required_stationary: Agents,
    /// Whether the target can be met at all (deferred work without an open desk in its window cannot).
    pub feasible: bool,
}

impl IntervalNeed {
    /// Load from which performance is computed, the one that determines the requirement: the interval's own if both loads require equally
    /// many agents, else the modified offered load. With a target over a day or a week, the larger of the two.
    ///
    /// ```
    /// # use peakshift::{service::{Over, Queue, ServiceTarget}, staffing::*};
    /// # use peakshift::{time::{Horizon, Interval, Series, read_date}, units::{Agents, Contacts, Factor, Seconds, Share}};
    /// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
    /// # let calls = Queue::voice("phone", Seconds::new(180.0)?).with_target(ServiceTarget::MeanWait(Seconds::new(20.0)?));
    /// let contacts = |slot| Contacts::new(if slot == 24 { 100.0 } else { 0.0 }).unwrap();
    /// let need = requirement(&calls, &Series::from_fn(grid, |slot| Demand { contacts: contacts(slot), handling: Factor::ONE }));
    /// assert_eq!(need[24].deciding_load(&calls), need[24].load); // ten erlangs, whichever of the two loads is taken
    /// assert_eq!(need[25].deciding_load(&calls), need[25].changing_load); // no call comes, and 9.995 are in hand
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
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

/// Forecast demand of one interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// Contacts that reach agents.
    pub contacts: Contacts,
    /// Handling time relative to the ordinary one.
    pub handling: Factor,
}
