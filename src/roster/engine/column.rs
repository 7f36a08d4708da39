//! Tours and what they cost.

/// A shift on a day, with the chosen beginning of each break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::roster) struct Duty {
    /// The shift's number in the model.
    pub(in crate::roster) shift: u16,
    /// Which option each break takes.
    pub(in crate::roster) placing: Placing,
}

/// Which option each break of a shift takes: digits of a number whose bases are the numbers of options, first break first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::roster) struct Placing(u64);

impl Placing {
    /// From the option that each break takes and how many it has.
    pub(in crate::roster) fn of(chosen: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let (mut number, mut base) = (0, 1_u64);
        for (option, options) in chosen {
            number += base * option as u64;
            base *= options as u64;
        }
        Self(number)
    }

    /// The option that each break takes, of so many each.
    pub(in crate::roster) fn options(self, options: impl IntoIterator<Item = usize>) -> impl Iterator<Item = usize> {
        let mut number = self.0;
        options.into_iter().map(move |options| {
            let option = number % options as u64;
            number /= options as u64;
            option as usize
        })
    }
}

/// What a person does on each day.
pub(in crate::roster) type Tour = Vec<Option<Duty>>;

/// A tour with what it costs whatever others do.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster) struct Column {
    pub(in crate::roster) tour: Tour,
    pub(in crate::roster) own_cost: f64,
}
