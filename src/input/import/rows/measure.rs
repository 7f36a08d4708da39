//! Whether figures of handling time are means or sums, and their unit, where headers leave it open.

use crate::input::import::cells::plausible::is_plausible;
use crate::input::import::columns::map::{word_of_figures, word_of_unit};
use crate::input::import::rows::tally::Tally;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::problem::way::Way;

/// What headers, or a map, say of figures of handling time.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Stated {
    pub(in crate::input) is_total: bool,
    /// Whether they say so, or that the figures are means.
    pub(in crate::input) is_named: bool,
    pub(in crate::input) unit: Unit,
}

/// Who names the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Unit {
    Nobody,
    /// Headers or cells.
    File,
    /// A map: who says so knows.
    Map,
}

/// Other units than seconds.
const UNITS: [f64; 4] = [0.001, 60.0, 3600.0, 86_400.0];
/// Mean in seconds below which figures without a unit are none: the shortest messages take longer.
const NEVER_SECONDS: f64 = 10.0;

/// Meaning and unit of the figures of handling time: as the header says; where it does not say sums or means, as the figures go with the
/// contacts (`is_of_sums`); where it names no unit, the only reading by which a contact takes a time that contacts take.
pub(in crate::input) fn measure(
    file: &str,
    all: &Tally,
    stated: Stated,
    is_of_sums: Option<bool>,
    problems: &mut Problems,
) -> Option<(bool, f64)> {
    if all.timed == 0.0 {
        return Some((stated.is_total, 1.0));
    }
    let has_unit = stated.unit != Unit::Nobody;
    let mean = |(is_total, unit): (bool, f64)| all.seconds(is_total) * unit / all.timed;
    let measures = match is_of_sums {
        _ if stated.is_named => vec![stated.is_total],
        Some(is_total) => vec![is_total],
        // a unit that the file shows is not doubted without evidence
        None if stated.unit == Unit::File => vec![stated.is_total],
        None => vec![stated.is_total, !stated.is_total],
    };
    let all_of = |units: &[f64]| -> Vec<(bool, f64)> {
        units.iter().flat_map(|unit| measures.iter().map(move |is_total| (*is_total, *unit))).collect()
    };
    let fitting = |units: &[f64]| -> Vec<(bool, f64)> { all_of(units).into_iter().filter(|way| is_plausible(mean(*way))).collect() };
    let plain = fitting(&[1.0]);
    if let [only] = plain[..] {
        return Some(only);
    }
    if let ([only], true) = (&measures[..], stated.unit == Unit::Map) {
        return Some((*only, 1.0));
    }
    let others = if plain.is_empty() && !has_unit { fitting(&UNITS) } else { Vec::new() };
    // a chat of twelve seconds is rare, but a header without a unit means seconds
    let is_sure = |way: (bool, f64)| way.1 < 1.0 || mean((way.0, 1.0)) < NEVER_SECONDS;
    if let [only] = others[..]
        && is_sure(only)
    {
        return Some(only);
    }
    let fits = if plain.is_empty() { &others } else { &plain };
    let shown = |way: &(bool, f64)| format!("{:.0} s", mean(*way));
    let (value, expected) = (format!("{:.1} s", mean((stated.is_total, 1.0))), fits.iter().map(shown).collect::<Vec<_>>().join(", "));
    let as_stated = if plain.is_empty() { all_of(&[1.0]) } else { plain };
    let ways: Vec<Way> = as_stated.into_iter().chain(others).map(|way| reading(way, mean(way), stated.unit, measures.len() > 1)).collect();
    let readings = if ways.len() > 1 { ways } else { Vec::new() };
    problems.push(Problem { value, expected, readings, ..of_file(file, "handling_unit_doubtful") });
    None
}

/// A way to read the figures, by which contacts take so many seconds on average.
fn reading((is_total, unit): (bool, f64), seconds: f64, named: Unit, is_measure_open: bool) -> Way {
    let mut said = Vec::new();
    if is_measure_open {
        said.push(("figures", word_of_figures(is_total).to_owned()));
    }
    if named == Unit::Nobody {
        said.push(("unit", word_of_unit(unit).to_owned()));
    }
    Way { example: if seconds < 100.0 { format!("{seconds:.1} s") } else { format!("{seconds:.0} s") }, said }
}
