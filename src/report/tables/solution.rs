//! Solutions of benchmark instances, in the file formats of their scorers.

use super::sheet::{Cell, Sheet};
use crate::roster::published::{Answer, NrpInstance, TourInstance};

const NRP_SOLUTION: [&str; 3] = ["employee", "day", "shift"];
const TOUR_SOLUTION: [&str; 6] = ["agent_id", "day", "shift", "meal_offset", "rest1_offset", "rest2_offset"];

/// `employee,day,shift`: days from 0; days off have no row.
#[must_use]
pub fn nrp_solution(instance: &NrpInstance, answer: &Answer) -> Sheet {
    let mut sheet = Sheet::new("solution", &NRP_SOLUTION);
    sheet.rows.extend(
        answer
            .rows
            .iter()
            .map(|row| vec![Cell::text(&instance.staff[row.person].id), Cell::text(row.day), Cell::text(&instance.shifts[row.shift].id)]),
    );
    sheet
}

/// `agent_id,day,shift,meal_offset,rest1_offset,rest2_offset`: offsets in slots after the shift's start, empty where there is no such
/// break.
#[must_use]
pub fn tour_solution(instance: &TourInstance, answer: &Answer) -> Sheet {
    let mut sheet = Sheet::new("solution", &TOUR_SOLUTION);
    for row in &answer.rows {
        let mut breaks = row.breaks.iter().map(Cell::text);
        let meal = if instance.shifts[row.shift].meal > 0 { breaks.next() } else { None };
        let rests = [breaks.next(), breaks.next()];
        let offsets = std::iter::once(meal).chain(rests).map(|offset| offset.unwrap_or(Cell::Empty));
        let duty = [Cell::text(&instance.agents[row.person].id), Cell::text(row.day), Cell::text(row.shift)];
        sheet.rows.push(duty.into_iter().chain(offsets).collect());
    }
    sheet
}
