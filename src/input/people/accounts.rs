//! Time accounts over months in `accounts.csv`, or `fairness.csv`, as written by the preceding plan.

use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::roster::{BURDENS, Burdens, TimeAccount};
use crate::time::read_month;
use crate::units::Hours;
use crate::workforce::AgentId;
use chrono::{Months, NaiveDate};
use std::collections::BTreeMap;
use std::path::Path;

const ACCOUNTS: Shape = Shape {
    required: &["agent_id"],
    optional: &[
        "month",
        "overtime_hours",
        "balance_from",
        "balance_hours",
        "late_shifts",
        "night_shifts",
        "weekend_days",
        "promotion_nights",
        "holiday_hours",
        "late_shifts_so_far",
        "night_shifts_so_far",
        "weekend_days_so_far",
        "promotion_nights_so_far",
        "holiday_hours_so_far",
        "team",
        "shifts",
        "hours",
        "requests",
        "refused_requests",
        "preferred_shifts",
    ],
    numbers: Numbers::AllBut(&["agent_id", "month", "balance_from", "team"]),
    closed: true,
};
/// More than anybody accumulates in a working life.
const MOST: f64 = 100_000.0;
const MOST_OVERTIME: f64 = 400.0;
/// More hours than a quarter has.
const MOST_HOURS: f64 = 2300.0;

/// Reads `agent_id,month,overtime_hours` and the burdens so far, for known agents.
pub(in crate::input) fn read(
    folder: &Path,
    file: &str,
    (agents, first): (&Names, NaiveDate),
    problems: &mut Problems,
) -> BTreeMap<AgentId, TimeAccount> {
    let Some(table) = Table::read(folder, file, ACCOUNTS, problems) else { return BTreeMap::new() };
    let mut lines: BTreeMap<AgentId, usize> = BTreeMap::new();
    let mut accounts = BTreeMap::new();
    for row in table.rows() {
        let Some(agent) = row.agent("agent_id", problems) else { continue };
        if agents.lack(agent.as_str()) {
            // leavers may still be listed
            row.note_as(problems, "unknown_agent", "agent_id", "", true);
            continue;
        }
        if let Some(line) = lines.insert(agent.clone(), row.line) {
            row.note(problems, "twice", "agent_id", line);
            continue;
        }
        let account = account(&row, problems);
        // an account of the preceding month is accepted: its overtime rightly no longer counts
        let is_known = |month: &NaiveDate| *month <= first && *month + Months::new(2) > first;
        if account.overtime > Hours::default() && !account.month.is_none_or(|month| is_known(&month)) {
            row.note_as(problems, "account_of_other_month", "month", first, true);
        }
        accounts.insert(agent, account);
    }
    accounts
}

fn account(row: &Row, problems: &mut Problems) -> TimeAccount {
    let month = row.get("month").and_then(|text| {
        let month = read_month(text);
        if month.is_none() {
            row.note(problems, "not_a_month", "month", "");
        }
        month
    });
    let overtime = row.number("overtime_hours", 0.0..=MOST_OVERTIME, problems).unwrap_or(0.0);
    // beside the totals so far, `fairness.csv` has those of the preceding plan alone
    let mut so_far = |burden: &str| {
        let column = format!("{burden}_so_far");
        let column = if row.get(&column).is_some() { &column } else { burden };
        row.number(column, 0.0..=MOST, problems).unwrap_or(0.0)
    };
    let burdens = BURDENS.map(&mut so_far);
    let (balance, worked) = (row.date("balance_from", problems), row.number("balance_hours", 0.0..=MOST_HOURS, problems).unwrap_or(0.0));
    let hours = |hours| Hours::new(hours).expect("its range was checked when it was read");
    TimeAccount { month, overtime: hours(overtime), balance, balance_hours: hours(worked), burdens: Burdens(burdens) }
}
