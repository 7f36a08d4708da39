//! Rosters of a plan folder's people and days, with the files beside them, for verification, repair and reports.

use super::place::Folder;
use crate::input::cell::from_utc::FromUtc;
use crate::input::naming::names::Names;
use crate::input::people::absences;
use crate::input::people::agents::numbers_of;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::roster::roster_file::Codes;
use crate::input::roster::slips::note_away;
use crate::input::roster::written_with::WrittenWith;
use crate::input::roster::{beside, matrix, requirement_file, roster_file};
use crate::plan::{Inputs, Published};
use crate::roster::{Roster, RosterFile};
use crate::time::ClockTime;
use crate::workforce::{Absence, Pin};
use std::collections::BTreeSet;
use std::path::Path;

/// A roster with the requirement of its plan beside it.
pub(super) fn published(of: &WrittenWith, roster: Roster, inputs: &Inputs, problems: &mut Problems) -> Published {
    Published { required: requirement_file::beside(of, inputs, problems), roster, ..Published::default() }
}

/// Whether an absence touches the plan's days.
pub(super) fn is_ahead(absence: &Absence, inputs: &Inputs) -> bool {
    absence.overlaps(ClockTime::MIDNIGHT.on(inputs.horizon.first), ClockTime::MIDNIGHT.on(inputs.horizon.end()))
}

/// Whether an absence touches the plan's days and is not fully known already.
fn is_news(absence: &Absence, inputs: &Inputs) -> bool {
    is_ahead(absence, inputs) && !inputs.absences.iter().any(|known| known.holds(absence))
}

impl Folder {
    /// Reads a roster file for this plan's days, people and shifts, and reports shifts of absent people; `path` is as given by the user.
    #[must_use]
    pub fn read_roster(path: &Path, inputs: &Inputs) -> (Roster, Problems) {
        let mut problems = Problems::default();
        let known = (&numbers_of(inputs), Codes::Known(inputs));
        let name = path.to_string_lossy();
        let (file, roster) = roster_file::read_rows(Path::new(""), &name, Some(inputs.horizon), known, &mut problems);
        note_away(&name, &file.rows, &inputs.absences, &mut problems);
        (roster, problems)
    }

    /// Reads a roster file with the requirement of its plan (`requirement.csv` beside it, or `coverage.csv`), if known.
    #[must_use]
    pub fn read_published(path: &Path, inputs: &Inputs) -> (Published, Problems) {
        let (roster, mut problems) = Self::read_roster(path, inputs);
        (published(&WrittenWith::of(path), roster, inputs, &mut problems), problems)
    }

    /// Reads a roster with its rows as written, for verification. The records of repairs beside it become part of the inputs.
    #[must_use]
    pub fn read_roster_file(path: &Path, inputs: &mut Inputs) -> (RosterFile, Roster, Problems) {
        let mut problems = Problems::default();
        let judged = (&Names::default(), Codes::Judged(&inputs.shifts));
        let (file, roster) = roster_file::read_rows(Path::new(""), &path.to_string_lossy(), Some(inputs.horizon), judged, &mut problems);
        beside::read(&WrittenWith::of(path), &roster, None, inputs, &mut problems);
        (file, roster, problems)
    }

    /// Reads a published roster of this plan's days and people for repair. The requirement of its plan (`requirement.csv`) and the records
    /// of repairs beside it, further absences and a hand-edited matrix all become part of the inputs; pins of the roster file stay pinned.
    /// Where the folder records the roster as written, its hand edits are known too. Paths are as given by the user.
    #[must_use]
    pub fn read_mending(path: &Path, absences: Option<&Path>, matrix: Option<&Path>, inputs: &mut Inputs) -> (Published, Problems) {
        let mut problems = Problems::default();
        let here = Path::new("");
        let known = numbers_of(inputs);
        let of = WrittenWith::of(path);
        let roster = roster_file::read(here, &path.to_string_lossy(), Some(inputs.horizon), (&known, Codes::Known(inputs)), &mut problems);
        let mut told = beside::read(&of, &roster, absences, inputs, &mut problems);
        let mut called_in = BTreeSet::new();
        if let Some(file) = absences {
            let now = absences::read((here, &file.to_string_lossy()), FromUtc::of_inputs(inputs), &known, &[], &mut problems);
            if !now.is_empty() && !now.iter().any(|absence| is_ahead(absence, inputs)) {
                let expected = inputs.horizon.to_string();
                problems.push(Problem { is_warning: true, expected, ..of_file(&file.to_string_lossy(), "absences_other_days") });
            }
            called_in.extend(now.iter().filter(|absence| is_news(absence, inputs)).map(|absence| absence.agent.clone()));
            inputs.absences.extend(now.iter().cloned());
            told = beside::together(told, now);
        }
        let mut by_hand = of.by_hand(inputs, &roster);
        let is_of = |pin: &Pin, other: &Pin| (pin.date, &pin.agent) == (other.date, &other.agent);
        // a matrix cell with the roster's content before its hand edits was not touched
        let is_older = |pin: &Pin| by_hand.iter().any(|hand| is_of(hand, pin)) && of.said(pin);
        let edited = matrix.map_or_else(Vec::new, |path| matrix::read(path, inputs, &roster, &is_older, &mut problems));
        by_hand.retain(|hand| !edited.iter().any(|pin| is_of(pin, hand)));
        let pinned = roster.assignments.iter().filter(|assignment| assignment.pinned);
        let pinned = pinned.map(|duty| Pin { agent: duty.agent.clone(), date: duty.date, shift: Some(duty.shift.clone()) });
        let known = std::mem::take(&mut inputs.pins);
        // the latest entry counts
        for pin in edited.into_iter().chain(pinned).chain(known) {
            if !inputs.pins.iter().any(|later| (later.date, &later.agent) == (pin.date, &pin.agent)) {
                inputs.pins.push(pin);
            }
        }
        (Published { called_in, told, by_hand, ..published(&of, roster, inputs, &mut problems) }, problems)
    }
}
