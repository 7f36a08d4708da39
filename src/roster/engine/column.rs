//! Tours with their costs.

/// A shift on a day, with its breaks placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::roster) struct Duty {
    /// Index of the shift in the model.
    pub(in crate::roster) shift: u16,
    /// Placement of the breaks.
    pub(in crate::roster) placing: Placing,
}

/// Options taken by the breaks of a shift, as a mixed-radix number with the first break as its lowest digit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::roster) struct Placing(u64);

impl Placing {
    /// Placement from the option that each break takes and its number of options.
    pub(in crate::roster) fn of(chosen: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let (mut number, mut base) = (0, 1_u64);
        for (option, options) in chosen {
            number += base * option as u64;
            base *= options as u64;
        }
        Self(number)
    }

    /// Option that each break takes, given its number of options.
    pub(in crate::roster) fn options(self, options: impl IntoIterator<Item = usize>) -> impl Iterator<Item = usize> {
        let mut number = self.0;
        options.into_iter().map(move |options| {
            let option = number % options as u64;
            number /= options as u64;
            option as usize
        })
    }
}

/// Duty of a person on each day, `None` for a day off.
pub(in crate::roster) type Tour = Vec<Option<Duty>>;

/// A tour with its own cost, independent of others.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Column {
    pub(in crate::roster) tour: Tour,
    pub(in crate::roster) own_cost: f64,
}
