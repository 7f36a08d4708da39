//! Who works here, who is away, what does everybody ask for, and what has everybody had?

pub(super) mod absences;
pub(super) mod accounts;
pub(super) mod agents;
mod mentors;
pub(super) mod requests;
