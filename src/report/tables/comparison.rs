//! Scenario comparison: a table by queue and day, and its totals.

use super::cells::date;
use super::sheet::{Cell, Sheet};
use crate::report::figures::cost::interruption_name;
use crate::scenario::{BASE, Difference, Figures, Outcome, Platform, QueueOutcome};
use crate::simulate::Estimate;

const COLUMNS: [&str; 33] = [
    "scenario",
    "queue",
    "date",
    "contacts",
    "required_hours",
    "rostered_hours",
    "short_hours",
    "short_cost",
    "overtime_hours",
    "people",
    "hires",
    "cost",
    "cost_change",
    "bound",
    "interrupted",
    "late_share",
    "late_share_change",
    "efficient",
    "service_level",
    "service_level_pm",
    "service_level_change",
    "service_level_change_pm",
    "asa_seconds",
    "asa_pm",
    "asa_change_seconds",
    "asa_change_pm",
    "abandonment",
    "abandonment_change",
    "abandonment_change_pm",
    "significant",
    "reply_share",
    "chance_to_miss",
    "targets_hold_share",
];

/// One row for each scenario, queue and day, and with empty cells over all of them; the base comes first.
#[must_use]
pub fn comparison(outcomes: &[Outcome]) -> Sheet {
    let mut sheet = Sheet::new("scenario_compare", &COLUMNS);
    let base = outcomes.iter().find(|outcome| outcome.name == BASE);
    for outcome in outcomes {
        sheet.rows.push(row(&whole(outcome, base, outcomes)));
        for queue in &outcome.queues {
            let label = |date: Cell| vec![("scenario", Cell::text(&outcome.name)), ("queue", Cell::text(&queue.queue)), ("date", date)];
            sheet.rows.push(row(&[label(Cell::Empty), figures(&queue.all), promises(queue)].concat()));
            for (day, of_day) in &queue.days {
                sheet.rows.push(row(&[label(date(*day)), figures(of_day)].concat()));
            }
        }
    }
    sheet
}

/// Rows over all queues, with the columns filled for every scenario.
#[must_use]
pub fn comparison_totals(sheet: &Sheet) -> Sheet {
    only(sheet, |queue, day| !queue && !day)
}

/// Rows of queues over all days.
pub(in crate::report) fn comparison_queues(sheet: &Sheet) -> Sheet {
    only(sheet, |queue, day| queue && !day)
}

/// Rows of queues and days.
pub(in crate::report) fn comparison_days(sheet: &Sheet) -> Sheet {
    only(sheet, |queue, day| queue && day)
}

/// Rows selected by whether they have a queue and a day, with the columns filled in them.
fn only(sheet: &Sheet, wanted: impl Fn(bool, bool) -> bool) -> Sheet {
    let wanted = |row: &&Vec<Cell>| wanted(row[1] != Cell::Empty, row[2] != Cell::Empty);
    let rows = sheet.rows.iter().filter(wanted).cloned().collect();
    let mut part = Sheet { name: sheet.name, columns: sheet.columns.clone(), rows };
    part.drop_empty_columns();
    part
}

/// A row with these cells in their columns.
fn row(cells: &[(&str, Cell)]) -> Vec<Cell> {
    let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map_or(Cell::Empty, |(_, cell)| cell.clone());
    COLUMNS.iter().map(cell).collect()
}

type Cells = Vec<(&'static str, Cell)>;

fn whole(outcome: &Outcome, base: Option<&Outcome>, all: &[Outcome]) -> Cells {
    let sum = |of: fn(&Figures) -> f64| Cell::number(outcome.queues.iter().map(|queue| of(&queue.all)).sum(), 2);
    let against = |of: &dyn Fn(&Outcome) -> f64, decimals| match base.filter(|_| outcome.name != BASE) {
        Some(base) => Cell::number(of(outcome) - of(base), decimals),
        None => Cell::Empty,
    };
    vec![
        ("scenario", Cell::text(&outcome.name)),
        ("contacts", Cell::number(outcome.queues.iter().map(|queue| queue.all.contacts.get()).sum(), 1)),
        ("required_hours", sum(|of| of.required.get())),
        ("rostered_hours", Cell::number(outcome.worked.get(), 2)),
        ("short_hours", sum(|of| of.short.get())),
        ("short_cost", Cell::number(outcome.short_cost.get(), 2)),
        ("overtime_hours", Cell::number(outcome.overtime.get(), 2)),
        ("people", Cell::number(outcome.people as f64, 0)),
        ("hires", against(&|of| of.people as f64, 0)),
        ("cost", Cell::number(outcome.cost.get(), 2)),
        ("cost_change", against(&|of| of.cost.get(), 2)),
        ("bound", outcome.bound.map_or(Cell::Empty, |bound| Cell::number(bound.get(), 2))),
        ("interrupted", outcome.interrupted.map_or(Cell::Empty, |why| Cell::text(interruption_name(why)))),
        ("late_share", Cell::number(outcome.late.get(), 4)),
        ("late_share_change", against(&|of| of.late.get(), 4)),
        ("efficient", Cell::text(if outcome.is_efficient(all) { "yes" } else { "no" })),
    ]
}

fn figures(of: &Figures) -> Cells {
    let mut cells = vec![
        ("contacts", Cell::number(of.contacts.get(), 1)),
        ("required_hours", Cell::number(of.required.get(), 2)),
        ("rostered_hours", Cell::number(of.rostered.get(), 2)),
        ("short_hours", Cell::number(of.short.get(), 2)),
        ("short_cost", Cell::number(of.short_cost.get(), 2)),
        ("abandonment", Cell::number(of.abandonment.value, 4)),
    ];
    cells.extend(pair(["service_level", "service_level_pm"], of.service_level, 4));
    cells.extend(pair(["asa_seconds", "asa_pm"], of.mean_wait, 2));
    cells.extend(of.difference.iter().flat_map(differences));
    cells
}

fn differences(of: &Difference) -> Cells {
    let [level, wait, gone] = [of.service_level, of.mean_wait, of.abandonment];
    let names = [("service_level", level), ("asa", wait), ("abandonment", gone)];
    let significant: Vec<&str> = names.iter().filter(|(_, change)| change.is_significant()).map(|(name, _)| *name).collect();
    let mut cells = vec![("significant", Cell::text(significant.join(";")))];
    cells.extend(pair(["service_level_change", "service_level_change_pm"], level, 4));
    cells.extend(pair(["asa_change_seconds", "asa_change_pm"], wait, 2));
    cells.extend(pair(["abandonment_change", "abandonment_change_pm"], gone, 4));
    cells
}

fn pair(columns: [&'static str; 2], estimate: Estimate, decimals: usize) -> Cells {
    let [value, margin] = columns;
    vec![(value, Cell::number(estimate.value, decimals)), (margin, Cell::number(estimate.half_width, decimals))]
}

/// Reply figures over the platform's period, and the share of sample paths on which all targets are met over the planned days.
fn promises(queue: &QueueOutcome) -> Cells {
    let listed = |of: fn(&Platform) -> f64| {
        let all: Vec<String> = queue.platforms.iter().map(|platform| Cell::number(of(platform), 4).show()).collect();
        if all.is_empty() { Cell::Empty } else { Cell::text(all.join(";")) }
    };
    vec![
        ("reply_share", listed(|of| of.in_time.value)),
        ("chance_to_miss", listed(|of| of.chance_to_miss)),
        ("targets_hold_share", Cell::number(queue.holds, 2)),
    ]
}
