//! Tables of agents by days on the sheets of a workbook: where their headings, numbers and days stand.

use super::book::Page;
use crate::input::header::synonyms::canonical;
use crate::input::roster::matrix_days::{date_of, order_of, parts_of};
use crate::plan::Inputs;
use crate::time::DateOrder;
use crate::workforce::AgentId;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Rows above and below the days in which the numbers' heading may stand.
const NEAR: u32 = 2;

/// A table of agents by days on a sheet.
pub(super) struct Found<'b> {
    pub(super) page: &'b Page,
    /// Row of the days.
    pub(super) heading: u32,
    /// Columns of days of the plan, in order.
    pub(super) days: Vec<(u32, NaiveDate)>,
    /// Columns whose headings are other days.
    pub(super) others: Vec<u32>,
    /// Headings with two possible days.
    pub(super) doubtful: Option<(String, [NaiveDate; 2])>,
    /// Columns that may hold the numbers.
    pub(super) numbers: Vec<u32>,
    /// Rows below the heading, up to the next table.
    pub(super) rows: std::ops::Range<u32>,
}

/// The numbers of a plan's agents as they stand in cells.
pub(super) fn known(inputs: &Inputs) -> BTreeMap<&str, &AgentId> {
    inputs.employees.iter().map(|employee| (employee.id.as_str(), &employee.id)).collect()
}

/// All tables on a sheet.
pub(super) fn tables<'b>(page: &'b Page, inputs: &Inputs) -> Vec<Found<'b>> {
    let known = known(inputs);
    let is_known = |text: &str| known.contains_key(text);
    let rows: BTreeSet<u32> = page.texts.keys().map(|(row, _)| *row).collect();
    // a row with somebody's number is theirs, whatever dates it holds
    let headings: Vec<Found> =
        rows.iter().filter(|row| !page.row(**row).any(|(_, text)| is_known(text))).filter_map(|row| heading(page, *row, inputs)).collect();
    let ends: Vec<u32> = headings.iter().skip(1).map(|next| next.heading).chain([u32::MAX]).collect();
    let mut found = Vec::new();
    for (mut table, end) in headings.into_iter().zip(ends) {
        table.rows = table.heading + 1..end;
        table.numbers = number_columns(&table, &rows, &is_known);
        if !table.numbers.is_empty() {
            found.push(table);
        }
    }
    found
}

/// A row whose cells name days of the plan.
fn heading<'b>(page: &'b Page, row: u32, inputs: &Inputs) -> Option<Found<'b>> {
    let cells: Vec<(u32, &str)> = page.row(row).collect();
    let texts: Vec<String> = cells.iter().map(|(_, text)| (*text).to_owned()).collect();
    let (order, doubtful) = match order_of(&texts, inputs) {
        Ok(order) => (order, None),
        Err(doubtful) => (DateOrder::MonthFirst, Some(doubtful)),
    };
    let days: Vec<(u32, NaiveDate)> = cells.iter().filter_map(|(column, text)| Some((*column, date_of(text, order, inputs)?))).collect();
    let is_other = |text: &str| date_of(text, order, inputs).is_none() && is_day(text, order, inputs.horizon.first.year());
    let others = cells.iter().filter(|(_, text)| is_other(text)).map(|(column, _)| *column).collect();
    (!days.is_empty() || doubtful.is_some()).then_some(Found {
        page,
        heading: row,
        days,
        others,
        doubtful,
        numbers: Vec::new(),
        rows: 0..0,
    })
}

/// Whether a text names a day, of any week.
fn is_day(text: &str, order: DateOrder, year: i32) -> bool {
    let day = parts_of(text).0.replace('/', "-");
    let read = |text: &str| ["%Y-%m-%d", "%Y-%m月%d日", "%Y年%m月%d日"].iter().any(|form| NaiveDate::parse_from_str(text, form).is_ok());
    read(&day) || read(&format!("{year}-{day}")) || order.read(parts_of(text).0).is_some()
}

/// Columns of numbers: those headed so in which somebody's number stands, else all in which one does.
fn number_columns(table: &Found, rows: &BTreeSet<u32>, is_known: &dyn Fn(&str) -> bool) -> Vec<u32> {
    let is_day = |column: u32| table.days.iter().any(|(day, _)| *day == column);
    let mut columns = BTreeSet::new();
    for row in rows.range(table.rows.clone()) {
        columns.extend(table.page.row(*row).filter(|(column, text)| !is_day(*column) && is_known(text)).map(|(column, _)| column));
    }
    let near = table.heading.saturating_sub(NEAR)..=table.heading + NEAR;
    let is_headed = |column: &&u32| near.clone().any(|row| table.page.text(row, **column).is_some_and(is_number_heading));
    let headed: Vec<u32> = columns.iter().filter(is_headed).copied().collect();
    if headed.is_empty() { columns.into_iter().collect() } else { headed }
}

fn is_number_heading(text: &str) -> bool {
    canonical(text, &["agent_id"]) == "agent_id"
}
