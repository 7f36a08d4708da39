//! Cells common to several tables.

use super::sheet::Cell;
use crate::staffing::Performance;
use chrono::{NaiveDate, NaiveDateTime};

pub(in crate::report) fn stamp(time: NaiveDateTime) -> Cell {
    Cell::text(time.format("%Y-%m-%dT%H:%M"))
}

pub(in crate::report) fn date(date: NaiveDate) -> Cell {
    Cell::text(date)
}

/// Service level, ASA, abandonment and occupancy.
pub(super) fn promise_cells(promise: Performance) -> [Cell; 4] {
    [promise.service_level, promise.asa, promise.abandonment, promise.occupancy].map(|figure| Cell::number(figure, 4))
}
