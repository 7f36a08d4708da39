//! What repairs have noted beside a roster: what is fixed, who is away, and whose hours count as done.

use super::folder::{is_there, numbers_of};
use super::from_utc::FromUtc;
use super::names::Names;
use super::problem::Problems;
use super::roster_file::{self, Codes};
use super::{people, pins};
use crate::plan::Inputs;
use crate::time::ClockTime;
use crate::workforce::{Absence, Pin};
use std::path::Path;

/// Reads `pins.csv`, `absences.csv` and `excused.csv` beside a roster, where there are any, into the inputs. Gives the absences that repairs
/// were told of and the plan does not know.
pub(super) fn read(roster: &Path, inputs: &mut Inputs, problems: &mut Problems) -> Vec<Absence> {
    let beside = roster.parent().unwrap_or(Path::new(""));
    if is_there(&beside.join("pins.csv")) {
        read_pins(beside, inputs, problems);
    }
    let told = if is_there(&beside.join("absences.csv")) { read_absences(beside, inputs, problems) } else { Vec::new() };
    if is_there(&beside.join("excused.csv")) {
        read_excused(beside, inputs, problems);
    }
    told
}

/// What repairs pinned is later than what the plan did.
fn read_pins(beside: &Path, inputs: &mut Inputs, problems: &mut Problems) {
    // none of these is judged by what it replaces
    let earlier = std::mem::take(&mut inputs.pins);
    let mut pins = pins::read(beside, "pins.csv", inputs, (&numbers_of(inputs), &Names::none()), problems);
    let is_new = |pin: &Pin| !pins.iter().any(|later: &Pin| (later.date, &later.agent) == (pin.date, &pin.agent));
    let earlier: Vec<Pin> = earlier.into_iter().filter(is_new).collect();
    pins.extend(earlier);
    inputs.pins = pins;
}

/// Whoever was away for one repair is away for the next, with a shift on that day or without.
fn read_absences(beside: &Path, inputs: &mut Inputs, problems: &mut Problems) -> Vec<Absence> {
    let clocks = FromUtc::of_inputs(inputs);
    let mut told = people::absences((beside, "absences.csv"), clocks, &numbers_of(inputs), &[], problems);
    told.retain(|absence| !inputs.absences.iter().any(|known| known.holds(absence)));
    inputs.absences.extend(told.iter().cloned());
    told
}

/// Shifts that absences have kept people from: their hours count as done, and whoever was kept from one is not there for another of that day.
fn read_excused(beside: &Path, inputs: &mut Inputs, problems: &mut Problems) {
    let known = (&numbers_of(inputs), Codes::Any);
    inputs.excused = roster_file::read(beside, "excused.csv", Some(inputs.horizon), known, problems).assignments;
    let away = inputs.excused.iter().map(|duty| Absence {
        agent: duty.agent.clone(),
        start: ClockTime::MIDNIGHT.on(duty.date),
        end: ClockTime::DAY_END.on(duty.date).max(duty.end),
        kind: Absence::EXCUSED.to_owned(),
    });
    inputs.absences.extend(away);
}

/// Absences told earlier and now, none over another: the latest word counts.
pub(super) fn together(earlier: Vec<Absence>, now: Vec<Absence>) -> Vec<Absence> {
    let mut left = earlier;
    for later in &now {
        left = left.into_iter().flat_map(|absence| absence.outside(later)).collect();
    }
    left.extend(now);
    left
}
