//! What a roster costs, part by part, and what ended the search, as files call it.

use crate::budget::Interruption;
use crate::roster::CostParts;
use serde::Serialize;

/// The parts of a plan's cost.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PartsSummary {
    /// Hours worked, at the base rate.
    pub base_pay: f64,
    /// Hours that contracts guarantee and nobody works, at the base rate.
    pub guaranteed_pay: f64,
    /// What rates above the base rate add.
    pub premiums: f64,
    /// The price of what is missing at the desk.
    pub understaffing_penalty: f64,
    /// The price of hours in which too few people of a kind are at work.
    pub minimum_staffing: f64,
    /// The price of requests refused and of other wishes not met.
    pub wishes: f64,
    /// The price of hours that people are apart who should be together.
    pub apart: f64,
    /// What is billed for blocks that are not full.
    pub blocks: f64,
}

impl From<&CostParts> for PartsSummary {
    fn from(parts: &CostParts) -> Self {
        Self {
            base_pay: parts.base_pay.get(),
            guaranteed_pay: parts.guaranteed_pay.get(),
            premiums: parts.premiums.get(),
            understaffing_penalty: parts.understaffing.get(),
            minimum_staffing: parts.minimum_staffing.get(),
            wishes: parts.wishes.get(),
            apart: parts.apart.get(),
            blocks: parts.blocks.get(),
        }
    }
}

/// What ended work before it was done, as files call it.
pub(in crate::report) fn interruption_name(interruption: Interruption) -> &'static str {
    match interruption {
        Interruption::TimeLimit => "time_limit",
        Interruption::Asked => "request",
    }
}
