//! Which column of a table says what.

pub(in crate::input) mod evidence;
pub(in crate::input) mod examined;
pub(in crate::input) mod handled;
pub(in crate::input) mod map;
pub(in crate::input) mod numbered;
pub(in crate::input) mod roles;
pub(in crate::input) mod said;
pub(in crate::input) mod starts;
pub(in crate::input) mod wide;
