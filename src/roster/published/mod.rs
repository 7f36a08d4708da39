//! Published benchmark instances, stated as models of the search.

mod answer;
mod nrp;
mod runs;
mod tour;

pub use answer::{Answer, AnswerRow};
pub use nrp::{NrpEmployee, NrpInstance, NrpShift};
pub use tour::{TourAgent, TourInstance, TourRulesSection, TourShift};
