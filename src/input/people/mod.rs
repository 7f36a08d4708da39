//! People: team, absences, requests and time accounts.

pub(super) mod absences;
pub(super) mod accounts;
pub(super) mod agents;
mod mentors;
pub(super) mod requests;
