//! Cost breakdown of a roster, and the reason for an early end in file notation.

use crate::budget::Interruption;
use crate::roster::CostParts;
use serde::Serialize;

/// Cost breakdown of a plan.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PartsSummary {
    /// Base pay of the hours worked.
    pub base_pay: f64,
    /// Base pay of guaranteed hours that are not worked.
    pub guaranteed_pay: f64,
    /// Premiums: pay above the base rate.
    pub premiums: f64,
    /// Penalty on understaffing at the desk.
    pub understaffing_penalty: f64,
    /// Penalty on hours below minimum staffing.
    pub minimum_staffing: f64,
    /// Penalty on refused requests and other unmet preferences.
    pub wishes: f64,
    /// Penalty on missing shared hours.
    pub apart: f64,
    /// Billing of minimum blocks beyond the seats filled.
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

/// Name in files of the reason for which work ended early.
pub(in crate::report) fn interruption_name(interruption: Interruption) -> &'static str {
    match interruption {
        Interruption::TimeLimit => "time_limit",
        Interruption::Asked => "request",
    }
}
