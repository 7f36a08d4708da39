//! What a rule says, and whose rule it is.

use crate::messages::Lang;
use crate::plan::Inputs;
use crate::workforce::AgentId;

/// What a rule says, with the article of the plan's rule pack that it comes from. Whose day breaks it may be known: her contract decides whether
/// the hours of a day are its own or the law's.
#[must_use]
pub fn rule_text(inputs: &Inputs, rule: &str, agent: Option<&AgentId>, lang: Lang) -> String {
    let employee = agent.and_then(|agent| inputs.employees.iter().find(|employee| employee.id == *agent));
    inputs.law.sentence(rule, employee.map(|employee| &employee.contract), lang)
}
