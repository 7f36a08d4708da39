//! What columns of exports hold.

/// Meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::input) enum Meaning {
    /// A time, a date or both, at which something began.
    Begins,
    /// A time that ends an interval or a contact, or of something that happened later.
    Later,
    Queue,
    /// A number or code of the queue, read where its name is not given.
    QueueCode,
    /// The medium of the contacts, read as their queue where nothing else names one.
    Channel,
    Offered,
    Handled,
    Abandoned,
    /// Handling time with after-contact work, of a contact or a mean.
    Handling,
    /// Talk time, without hold and wrap-up.
    Talk,
    Hold,
    Wrap,
    /// The same as sums over the interval.
    TotalHandling,
    TotalTalk,
    TotalHold,
    TotalWrap,
    /// Wait in the queue, of one contact.
    Wait,
    /// Key of a contact.
    ContactKey,
    /// Whether it came in or went out.
    Direction,
    /// What became of a contact.
    Outcome,
    Unread,
}

impl Meaning {
    /// Whether it is a handling time, a part of it or a wait.
    pub(in crate::input) fn is_duration(self) -> bool {
        use Meaning::{Handling, Hold, Talk, TotalHandling, TotalHold, TotalTalk, TotalWrap, Wait, Wrap};
        matches!(self, Handling | Talk | Hold | Wrap | TotalHandling | TotalTalk | TotalHold | TotalWrap | Wait)
    }
}
