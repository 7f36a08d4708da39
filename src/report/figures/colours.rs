//! Shift colours, identical in every chart, workbook and page.

use crate::roster::RosterProblem;
use plotters::style::RGBColor;

/// A palette that is distinguishable with red-green colour blindness (Okabe & Ito 2008).
pub(in crate::report) const SHIFT_COLOURS: [RGBColor; 8] = [
    RGBColor(86, 180, 233),
    RGBColor(0, 158, 115),
    RGBColor(230, 159, 0),
    RGBColor(0, 114, 178),
    RGBColor(204, 121, 167),
    RGBColor(213, 94, 0),
    RGBColor(120, 94, 170),
    RGBColor(90, 90, 90),
];

/// Colours of the shifts in the Gantt chart, as `#rrggbb`, in the order of the shifts.
#[must_use]
pub fn shift_colours(problem: &RosterProblem) -> Vec<(String, String)> {
    let hex = |colour: RGBColor| format!("#{:02x}{:02x}{:02x}", colour.0, colour.1, colour.2);
    problem.shift_kinds().enumerate().map(|(index, shift)| (format!("{} {}", shift.id, shift.name), hex(shift_colour(index)))).collect()
}

/// Colour of a shift, by its position among the shifts.
pub(in crate::report) fn shift_colour(place: usize) -> RGBColor {
    SHIFT_COLOURS[place % SHIFT_COLOURS.len()]
}
