//! Tours and what they cost.

/// A shift on a day, with the chosen beginning of each break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::roster) struct Duty {
    /// The shift's number in the model.
    pub(in crate::roster) shift: u16,
    /// Which option each break takes: digits of a number whose bases are the numbers of options, first break first.
    pub(in crate::roster) placing: u64,
}

/// What a person does on each day.
pub(in crate::roster) type Tour = Vec<Option<Duty>>;

/// A tour with what it costs whatever others do.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Column {
    pub(in crate::roster) tour: Tour,
    pub(in crate::roster) own_cost: f64,
}
