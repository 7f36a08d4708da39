//! Sheets of one header, such as one for each month, as one table.

use crate::input::import::grid::layout::Layout;
use crate::input::import::grid::lines::{Grid, Part};

/// The first of several sheets with the rows of the others below its own, where all have one header and state the same above it.
pub(in crate::input) fn joined<'t>(found: &[(Grid<'t>, Layout)]) -> Option<Grid<'t>> {
    let (_, first) = found.first()?;
    let is_like = |layout: &Layout| {
        let of = |layout: &Layout| (layout.names.clone(), layout.groups.clone(), layout.above.clone(), layout.zone.clone());
        of(layout) == of(first)
    };
    if found.len() < 2 || !found.iter().all(|(_, layout)| is_like(layout)) {
        return None;
    }
    let mut parts = Vec::new();
    for (place, (grid, layout)) in found.iter().enumerate() {
        let Grid::Sheet { name, rows } = grid else { return None };
        // the header of the first stands for all
        let rows = rows.iter().filter(|(line, _)| place == 0 || *line > layout.header_line).cloned().collect();
        parts.push(Part { name: name.clone(), rows });
    }
    Some(Grid::Joined(parts))
}
