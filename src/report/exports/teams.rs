//! Microsoft Teams Shifts' import: a row for each shift, in a workbook of its own or in the template that Shifts hands out.

use super::schedule::{Schedule, Shift};
use crate::messages::Lang;
use crate::outside::OutsideIds;
use crate::report::tables::workbook::begun;
use crate::workbook::{BookFault, Filling, GivenTemplate, TemplateField, Value, filled};
use chrono::NaiveDate;
use rust_xlsxwriter::XlsxError;

/// Fields of its template: our name, titles that are known, and whether no shift can be told without it.
pub const TEAMS_FIELDS: [TemplateField; 12] = [
    ("Member", &["member"], false),
    ("Work Email", &["workemail", "email"], true),
    ("Group", &["group"], false),
    ("Shift Start Date", &["shiftstartdate", "startdate"], true),
    ("Shift Start Time", &["shiftstarttime", "starttime"], true),
    ("Shift End Date", &["shiftenddate", "enddate"], true),
    ("Shift End Time", &["shiftendtime", "endtime"], true),
    ("Theme Color", &["themecolor", "themecolour"], false),
    ("Custom Label", &["customlabel"], false),
    ("Unpaid Break (minutes)", &["unpaidbreakminutes", "unpaidbreak"], false),
    ("Notes", &["notes"], false),
    ("Shared", &["shared"], false),
];

/// Words that the importer expects exactly so.
const COLOUR: &str = "7. Gray";
const NOT_SHARED: &str = "2. Not Shared";

/// A workbook with everybody's shifts, dated on a plan's first day.
///
/// # Errors
/// [`XlsxError`] if it cannot be packed.
pub fn teams_book(schedule: &Schedule, ids: &OutsideIds, first: NaiveDate, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = begun(first)?;
    let page = book.add_worksheet().set_name("Shifts")?;
    for (column, (title, _, _)) in (0..).zip(TEAMS_FIELDS) {
        page.write_string(0, column, title)?.set_column_width(column, 18)?;
    }
    for (row, values) in (1..).zip(rows(schedule, ids, lang)) {
        for (column, value) in (0..).zip(values) {
            match value {
                Value::Text(text) if text.is_empty() => {}
                Value::Text(text) => page.write_string(row, column, text).map(|_| ())?,
                Value::Number(number) => page.write_number(row, column, number).map(|_| ())?,
            }
        }
    }
    book.save_to_buffer()
}

/// A template with everybody's shifts; fields that it does not have are left out.
///
/// # Errors
/// [`BookFault`] if it cannot be filled in.
pub fn teams_template(schedule: &Schedule, ids: &OutsideIds, template: &GivenTemplate, lang: Lang) -> Result<Vec<u8>, BookFault> {
    let mut cells = Vec::new();
    for (row, values) in (template.first_row..).zip(rows(schedule, ids, lang)) {
        for ((field, _, _), value) in TEAMS_FIELDS.into_iter().zip(values) {
            let column = template.columns.get(field).filter(|_| value != Value::Text(String::new()));
            cells.extend(column.map(|column| Filling { row, column: *column, value }));
        }
    }
    filled(&template.book, &template.sheet, &cells)
}

/// Values of each shift, in the order of the fields.
fn rows(schedule: &Schedule, ids: &OutsideIds, lang: Lang) -> impl Iterator<Item = [Value; 12]> {
    schedule.shifts.iter().filter_map(move |shift: &Shift| {
        let (of, outside) = (shift.assignment, ids.get(&shift.assignment.agent)?);
        let text = |text: &str| Value::Text(text.to_owned());
        let (day, clock) = ("%-m/%-d/%Y", "%H:%M");
        Some([
            text(of.agent.as_str()),
            text(&outside.id),
            text(outside.group.as_deref().unwrap_or_default()),
            text(&of.start.format(day).to_string()),
            text(&of.start.format(clock).to_string()),
            text(&of.end.format(day).to_string()),
            text(&of.end.format(clock).to_string()),
            text(COLOUR),
            text(shift.name),
            Value::Number(shift.meal_minutes() as f64),
            text(&shift.notes(lang)),
            text(NOT_SHARED),
        ])
    })
}
