//! Grids of scenarios, generated one by one: a large sweep takes time, not memory.

use super::{Change, Scenario};

/// Scenarios of a file.
#[derive(Clone, Debug, Default)]
pub struct Scenarios {
    /// Named scenarios.
    pub named: Vec<Scenario>,
    /// Sweeps.
    pub sweeps: Vec<Sweep>,
}

impl Scenarios {
    /// Total number of scenarios.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.sweeps.iter().map(Sweep::count).fold(self.named.len() as u64, u64::saturating_add)
    }

    /// Named scenarios, then those of the sweeps.
    #[must_use]
    pub fn all(&self) -> Vec<Scenario> {
        self.named.iter().cloned().chain(self.sweeps.iter().flat_map(Sweep::scenarios)).collect()
    }
}

/// One varied setting.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Name in the file.
    pub name: String,
    /// Each value as written, with the change it stands for.
    pub values: Vec<(String, Change)>,
}

/// All combinations of the values of several axes.
///
/// ```
/// use peakshift::{scenario::{Axis, Change, Sweep, When}, units::{Factor, Share}};
/// let volume = |text: &str, factor| (text.to_owned(), Change::Volume { queue: None, when: When::default(), factor });
/// let absence = |text: &str, share| (text.to_owned(), Change::Absence { share });
/// let volumes = Axis { name: "volume".into(), values: vec![volume("1.0", Factor::ONE), volume("1.2", Factor::new(1.2)?)] };
/// let absences = Axis { name: "absence".into(), values: vec![absence("0.1", Share::new(0.1)?), absence("0.2", Share::new(0.2)?)] };
/// let sweep = Sweep { name: "winter".into(), axes: vec![volumes, absences] };
/// let names: Vec<String> = sweep.scenarios().map(|scenario| scenario.name).collect();
/// assert_eq!((sweep.count(), names[1].as_str()), (4, "winter: volume 1.0, absence 0.2"));
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Sweep {
    /// Name given by the user.
    pub name: String,
    /// The varied settings; never empty, nor is any axis.
    pub axes: Vec<Axis>,
}

impl Sweep {
    /// Number of combinations.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.axes.iter().map(|axis| axis.values.len() as u64).fold(1, u64::saturating_mul)
    }

    /// All combinations, the last axis varying fastest.
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
