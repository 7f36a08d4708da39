//! Days of the columns of a matrix.

use crate::input::header::synonyms::kind_of;
use crate::input::naming::weekdays::weekday;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::shifts::wish::{Wish, wish};
use crate::input::table::file::Table;
use crate::plan::Inputs;
use crate::time::DateOrder;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// Columns of days; `None` where they are ambiguous. Their problems are reported.
pub(super) fn days_of<'t>(table: &'t Table, inputs: &Inputs, problems: &mut Problems) -> Option<Vec<(&'t String, NaiveDate)>> {
    let note = |problems: &mut Problems, code, column: &str, value: &str, expected: String| {
        let (column, value) = (column.to_owned(), value.to_owned());
        problems.push(Problem { line: Some(table.form.header_line), column, value, expected, ..of_file(&table.form.file, code) });
    };
    let order = match order_of(&table.form.columns, inputs) {
        Ok(order) => order,
        Err((column, read)) => {
            note(problems, "date_order_doubtful", &column, &column, read.map(|date| date.to_string()).join(", "));
            return None;
        }
    };
    let day_of = |column: &str| date_of(column, order, inputs);
    let days: Vec<(&String, NaiveDate)> = table.form.columns.iter().filter_map(|column| Some((column, day_of(column)?))).collect();
    if days.is_empty() {
        let other = kind_of(&table.form.columns).filter(|kind| *kind != "roster_matrix.csv");
        let (code, expected) = other.map_or(("matrix_without_days", inputs.horizon.to_string()), |_| ("other_kind", first_days(inputs)));
        note(problems, code, "", other.unwrap_or(""), expected);
        return None;
    }
    let mut dates = BTreeSet::new();
    for (column, date) in &days {
        if !dates.insert(date) {
            note(problems, "column_twice", column, column, date.to_string());
        }
    }
    for (column, date) in &days {
        // it is unclear whether the weekday or the date is meant
        if weekday(parts_of(column).1).is_some_and(|weekday| weekday != date.weekday()) {
            note(problems, "weekday_contradicts", column, column, format!("{date} {}", date.weekday()));
        }
    }
    for column in table.form.columns.iter().filter(|column| day_of(column).is_none() && *column != "agent_id") {
        // entries under it would be lost silently
        let is_shift = |text: &str| matches!(wish(text, &inputs.shifts), Wish::Shift(_));
        if table.rows().any(|row| row.get(column).is_some_and(is_shift)) {
            note(problems, "matrix_other_day", column, column, inputs.horizon.to_string());
        }
    }
    Some(days)
}

/// Expected beginning of a matrix's header.
fn first_days(inputs: &Inputs) -> String {
    let days: String = inputs.horizon.dates().take(2).map(|date| date.format(", %m-%d").to_string()).collect();
    format!("agent_id{days} …")
}

/// Formats of days, also with slashes, including those into which spreadsheets convert dates.
const DAYS: [&str; 8] = ["%F", "%m-%d", "%-m-%-d", "%Y-%-m-%-d", "%-m月%-d日", "%Y年%-m月%-d日", "%-d-%b", "%d-%b"];

/// The day of a header, and the text after it: `12-01 周二`, `12-01(Tue)`, `12月1日 星期二`.
pub(in crate::input) fn parts_of(column: &str) -> (&str, &str) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | '（' | '[' | '周' | '星' | '礼');
    let column = column.trim();
    let (day, rest) = column.split_at(column.find(ends).unwrap_or(column.len()));
    (day, rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '[' | ')' | '）' | ']')))
}

/// Day of the horizon in a column's header: `12-01 周二`, `12-01 Tue`, `2026-12-01`, `1-Dec`, `12月1日`, `30/11/2026`.
pub(in crate::input) fn date_of(column: &str, order: DateOrder, inputs: &Inputs) -> Option<NaiveDate> {
    let day = parts_of(column).0.replace('/', "-");
    let plain = inputs.horizon.dates().find(|date| DAYS.iter().any(|form| date.format(form).to_string() == day));
    plain.or_else(|| date_in(column, order, inputs))
}

/// Day of the horizon in a header whose year does not come first.
fn date_in(column: &str, order: DateOrder, inputs: &Inputs) -> Option<NaiveDate> {
    order.read(parts_of(column).0).filter(|date| inputs.horizon.day_of(*date).is_some())
}

/// The order in which most headers without a leading year name a day of the plan; where two orders name equally many, the header that
/// distinguishes them.
pub(in crate::input) fn order_of(columns: &[String], inputs: &Inputs) -> Result<DateOrder, (String, [NaiveDate; 2])> {
    let named = DateOrder::ALL.map(|order| columns.iter().filter(|column| date_in(column, order, inputs).is_some()).count());
    let most = named.into_iter().max().unwrap_or(0);
    let mut orders = DateOrder::ALL.into_iter().zip(named).filter(|(_, named)| *named == most).map(|(order, _)| order);
    let Some(order) = orders.next() else { return Ok(DateOrder::MonthFirst) };
    for other in orders {
        let both = |column: &String| {
            let dates = [date_in(column, order, inputs)?, date_in(column, other, inputs)?];
            (dates[0] != dates[1]).then(|| (column.clone(), dates))
        };
        if let Some(doubt) = columns.iter().find_map(both) {
            return Err(doubt);
        }
    }
    Ok(order)
}
