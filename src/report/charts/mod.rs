//! Charts, as SVG for browsers and as PNG.

pub(super) mod canvas;
pub(super) mod capacity;
pub(super) mod curves;
pub(super) mod decision;
pub(super) mod drill;
pub(super) mod plan;
pub(super) mod staffing;
