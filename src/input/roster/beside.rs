//! Records of repairs beside a roster: pins, absences, and excused shifts.

use super::roster_file::Codes;
use super::written_with::WrittenWith;
use super::{pins, roster_file};
use crate::input::cell::from_utc::FromUtc;
use crate::input::naming::names::Names;
use crate::input::people::absences;
use crate::input::people::agents::numbers_of;
use crate::input::problem::collected::Problems;
use crate::plan::Inputs;
use crate::roster::Roster;
use crate::time::ClockTime;
use crate::workforce::{Absence, Pin};
use std::path::{Path, PathBuf};

/// Paths beside a roster are relative to the folder to which the roster's is.
const HERE: &str = "";

/// Reads `pins.csv`, `absences.csv` and `excused.csv` beside a roster, as far as they belong to it, into the inputs. Returns the absences
/// reported to repairs that the plan does not know. A file passed as `now` is reported only now, though it lies there.
pub(in crate::input) fn read(
    of: &WrittenWith,
    roster: &Roster,
    now: Option<&Path>,
    inputs: &mut Inputs,
    problems: &mut Problems,
) -> Vec<Absence> {
    let mut told = Vec::new();
    if let Some(path) = of.kept_by_repairs("pins.csv", problems) {
        read_pins(&path, inputs, problems);
    }
    let is_now = |path: &PathBuf| now.is_some_and(|now| now.canonicalize().ok() == path.canonicalize().ok());
    if let Some(path) = of.kept_by_repairs("absences.csv", problems).filter(|path| !is_now(path)) {
        told = read_absences(&path, inputs, problems);
    }
    if let Some(path) = of.kept_by_repairs("excused.csv", problems) {
        read_excused(&path, roster, inputs, problems);
    }
    told
}

/// Reads pins; those of repairs are later than the plan's.
fn read_pins(path: &Path, inputs: &mut Inputs, problems: &mut Problems) {
    // the pins read are not judged against those they replace
    let earlier = std::mem::take(&mut inputs.pins);
    let mut of_pins = Problems::default();
    let mut pins = pins::read(HERE.as_ref(), &path.to_string_lossy(), inputs, (&numbers_of(inputs), &Names::none()), &mut of_pins);
    // beside a roster in the plan folder lie the plan's own pins, whose problems were reported already
    if !pins.is_empty() && pins == earlier {
        inputs.pins = earlier;
        return;
    }
    problems.extend(of_pins);
    let is_new = |pin: &Pin| !pins.iter().any(|later: &Pin| (later.date, &later.agent) == (pin.date, &pin.agent));
    let earlier: Vec<Pin> = earlier.into_iter().filter(is_new).collect();
    pins.extend(earlier);
    inputs.pins = pins;
}

/// Reads absences: whoever was absent for one repair is absent for the next, with or without a shift on that day.
fn read_absences(path: &Path, inputs: &mut Inputs, problems: &mut Problems) -> Vec<Absence> {
    let clocks = FromUtc::of_inputs(inputs);
    let mut of_absences = Problems::default();
    let mut told = absences::read((HERE.as_ref(), &path.to_string_lossy()), clocks, &numbers_of(inputs), &[], &mut of_absences);
    let is_empty = told.is_empty();
    told.retain(|absence| !inputs.absences.iter().any(|known| known.holds(absence)));
    // the plan's own absences, whose problems were reported already
    if is_empty || !told.is_empty() {
        problems.extend(of_absences);
    }
    inputs.absences.extend(told.iter().cloned());
    told
}

/// Reads shifts prevented by absences: their hours count as worked, and the person is unavailable for another shift of that day, from the
/// end of the preceding night shift that they still worked.
fn read_excused(path: &Path, roster: &Roster, inputs: &mut Inputs, problems: &mut Problems) {
    let known = (&numbers_of(inputs), Codes::Any);
    inputs.excused = roster_file::read(HERE.as_ref(), &path.to_string_lossy(), Some(inputs.horizon), known, problems).assignments;
    let of_agent = roster.by_agent();
    let away = inputs.excused.iter().map(|duty| {
        let midnight = ClockTime::MIDNIGHT.on(duty.date);
        let before = of_agent.get(&duty.agent).into_iter().flatten().filter(|worked| worked.date < duty.date);
        let start = before.map(|worked| worked.end).max().unwrap_or(midnight).clamp(midnight, duty.start.max(midnight));
        Absence { agent: duty.agent.clone(), start, end: ClockTime::DAY_END.on(duty.date).max(duty.end), kind: Absence::EXCUSED.to_owned() }
    });
    inputs.absences.extend(away);
}

/// Absences reported earlier and now, without overlaps: the latest report counts.
pub(in crate::input) fn together(earlier: Vec<Absence>, now: Vec<Absence>) -> Vec<Absence> {
    let mut left = earlier;
    for later in &now {
        left = left.into_iter().flat_map(|absence| absence.outside(later)).collect();
    }
    left.extend(now);
    left
}
