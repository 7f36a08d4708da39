//! A grid of scenarios, told one by one: a large sweep takes time, not memory.

use super::{Change, Scenario};

/// What a file of scenarios asks for.
#[derive(Clone, Debug, Default)]
pub struct Scenarios {
    /// One by one.
    pub named: Vec<Scenario>,
    /// Grids of them.
    pub sweeps: Vec<Sweep>,
}

impl Scenarios {
    /// How many there are in all.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.sweeps.iter().map(Sweep::count).fold(self.named.len() as u64, u64::saturating_add)
    }

    /// Those that are named, then those of the sweeps.
    #[must_use]
    pub fn all(&self) -> Vec<Scenario> {
        self.named.iter().cloned().chain(self.sweeps.iter().flat_map(Sweep::scenarios)).collect()
    }
}

/// One thing that varies.
#[derive(Clone, Debug)]
pub struct Axis {
    /// As the file names it.
    pub name: String,
    /// Each value as it is written, with the change it means.
    pub values: Vec<(String, Change)>,
}

/// All combinations of the values of some axes.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The name people gave it.
    pub name: String,
    /// What varies; never empty, nor is any axis.
    pub axes: Vec<Axis>,
}

impl Sweep {
    /// How many combinations there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.axes.iter().map(|axis| axis.values.len() as u64).fold(1, u64::saturating_mul)
    }

    /// The combinations, the last axis changing fastest.
    pub fn scenarios(&self) -> impl Iterator<Item = Scenario> + '_ {
        (0..self.count()).map(|number| self.scenario(number))
    }

    fn scenario(&self, mut number: u64) -> Scenario {
        let mut chosen: Vec<(&str, &(String, Change))> = Vec::new();
        for axis in self.axes.iter().rev() {
            let values = axis.values.len() as u64;
            chosen.push((&axis.name, &axis.values[(number % values) as usize]));
            number /= values;
        }
        chosen.reverse();
        let words: Vec<String> = chosen.iter().map(|(axis, (value, _))| format!("{axis} {value}")).collect();
        Scenario {
            name: format!("{}: {}", self.name, words.join(", ")),
            changes: chosen.into_iter().map(|(_, (_, change))| change.clone()).collect(),
        }
    }
}
