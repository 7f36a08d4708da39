//! Who works here, who is away, what does everybody ask for, and what has everybody had?

pub(in crate::input) mod absences;
pub(in crate::input) mod accounts;
pub(in crate::input) mod agents;
pub(in crate::input) mod mentors;
pub(in crate::input) mod requests;
