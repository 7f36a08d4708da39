//! A 人×日 matrix as planners edit it, in CSV or XLSX: what differs from a roster becomes pins.

use super::pins::broken;
use crate::identifier::folded;
use crate::input::cell::no_value::error_code;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::header::synonyms::kind_of;
use crate::input::naming::names::Names;
use crate::input::naming::weekdays::weekday;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::shifts::wish::{Wish, wish, wished};
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::input::table::sheet;
use crate::input::text::bytes::bytes_of;
use crate::input::text::file::read_text;
use crate::plan::{Inputs, roster_problem};
use crate::roster::Roster;
use crate::time::DateOrder;
use crate::workforce::{AgentId, Pin};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const MATRIX: Shape = Shape { required: &["agent_id"], optional: &["team"], numbers: Numbers::Of(&[]), closed: false };
/// A workbook of more bytes is no matrix.
const MOST_BYTES: u64 = 64 << 20;

/// Pins for every cell that says something else than the roster, but those that nobody has touched; a cell that breaks a rule by itself or beside the
/// others is noted.
pub(in crate::input) fn read(
    path: &Path,
    inputs: &Inputs,
    roster: &Roster,
    is_untouched: &dyn Fn(&Pin) -> bool,
    problems: &mut Problems,
) -> Vec<Pin> {
    let name = path.to_string_lossy();
    let here = Path::new("");
    if path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("xlsx")) {
        let sheet = bytes_of(here, &name, MOST_BYTES, problems).and_then(|bytes| sheet::read(&name, bytes, problems));
        let table = sheet.and_then(|sheet| Table::of_sheet(&name, sheet, MATRIX, problems));
        table.map_or_else(Vec::new, |table| pins(&table, inputs, roster, is_untouched, problems))
    } else {
        let text = read_text(here, &name, problems);
        let table = text.as_deref().and_then(|text| Table::parse(&name, text, MATRIX, problems));
        table.map_or_else(Vec::new, |table| pins(&table, inputs, roster, is_untouched, problems))
    }
}

fn pins(table: &Table, inputs: &Inputs, roster: &Roster, is_untouched: &dyn Fn(&Pin) -> bool, problems: &mut Problems) -> Vec<Pin> {
    let before = problems.len();
    let note = |problems: &mut Problems, code, column: &str, value: &str, expected: String| {
        let (column, value) = (column.to_owned(), value.to_owned());
        problems.push(Problem { line: Some(table.form.header_line), column, value, expected, ..of_file(&table.form.file, code) });
    };
    let order = match order_of(&table.form.columns, inputs) {
        Ok(order) => order,
        Err((column, read)) => {
            note(problems, "date_order_doubtful", &column, &column, read.map(|date| date.to_string()).join(", "));
            return Vec::new();
        }
    };
    let day_of = |column: &str| date_of(column, order, inputs);
    let days: Vec<(&String, NaiveDate)> = table.form.columns.iter().filter_map(|column| Some((column, day_of(column)?))).collect();
    if days.is_empty() {
        let other = kind_of(&table.form.columns).filter(|kind| *kind != "roster_matrix.csv");
        let (code, expected) = other.map_or(("matrix_without_days", inputs.horizon.to_string()), |_| ("other_kind", first_days(inputs)));
        note(problems, code, "", other.unwrap_or(""), expected);
        return Vec::new();
    }
    let mut dates = BTreeSet::new();
    for (column, date) in &days {
        if !dates.insert(date) {
            note(problems, "column_twice", column, column, date.to_string());
        }
    }
    for (column, date) in &days {
        // is it the day or the date that is meant?
        if weekday(parts_of(column).1).is_some_and(|weekday| weekday != date.weekday()) {
            note(problems, "weekday_contradicts", column, column, format!("{date} {}", date.weekday()));
        }
    }
    for column in table.form.columns.iter().filter(|column| day_of(column).is_none() && *column != "agent_id") {
        // what was typed under it would be lost without a word
        let is_shift = |text: &str| matches!(wish(text, &inputs.shifts), Wish::Shift(_));
        if table.rows().any(|row| row.get(column).is_some_and(is_shift)) {
            note(problems, "matrix_other_day", column, column, inputs.horizon.to_string());
        }
    }
    // a day that is missing may stand under a header that is no day
    let is_sound = problems.len() == before;
    let respelt = note_respelt(table, inputs, problems);
    note_missing(table, if is_sound { &days } else { &[] }, &respelt, inputs, problems);
    let of_agent = roster.by_agent();
    let known: BTreeSet<&AgentId> = inputs.employees.iter().map(|employee| &employee.id).collect();
    let (mut pins, mut legal): (Vec<Pin>, Vec<Pin>) = (Vec::new(), Vec::new());
    let mut unpinned = roster_problem(inputs, &[]);
    unpinned.people.iter_mut().for_each(|person| person.pins.clear());
    let mut seen: BTreeMap<AgentId, usize> = BTreeMap::new();
    for row in table.rows() {
        let Some(agent) = row.agent("agent_id", problems) else { continue };
        if let Some(line) = seen.insert(agent.clone(), row.line) {
            row.note(problems, "twice", "agent_id", line);
            continue;
        }
        if respelt.contains_key(&agent) {
            continue;
        }
        if !known.contains(&agent) {
            row.note(problems, "unknown_agent", "agent_id", "");
            continue;
        }
        for &(column, date) in &days {
            let Some(pin) = pin(&row, column, &agent, date, inputs, problems) else { continue };
            let before = of_agent.get(&agent).and_then(|duties| duties.iter().find(|assignment| assignment.date == date));
            if before.map(|assignment| &assignment.shift) == pin.shift.as_ref() || is_untouched(&pin) {
                continue;
            }
            match broken(&unpinned, legal.iter(), &pin) {
                Some(rule) => row.note_as(problems, "edit_illegal", column, rule, true),
                None => legal.push(pin.clone()),
            }
            pins.push(pin);
        }
    }
    pins
}

/// How a matrix begins its header.
fn first_days(inputs: &Inputs) -> String {
    let days: String = inputs.horizon.dates().take(2).map(|date| date.format(", %m-%d").to_string()).collect();
    format!("agent_id{days} …")
}

/// Numbers in the matrix that differ from somebody's by case or width alone, with hers.
type Respelt = BTreeMap<AgentId, AgentId>;

/// Notes numbers that differ from those of the agents file by case or width, all of them at once: whoever types one so types all so.
fn note_respelt(table: &Table, inputs: &Inputs, problems: &mut Problems) -> Respelt {
    let known: BTreeMap<String, &AgentId> = inputs.employees.iter().map(|employee| (folded(employee.id.as_str()), &employee.id)).collect();
    let mut respelt = Respelt::new();
    let mut first = None;
    for row in table.rows() {
        let Some(agent) = row.get("agent_id").and_then(|text| AgentId::parse(text).ok()) else { continue };
        if let Some(meant) = known.get(&folded(agent.as_str())).filter(|meant| ***meant != agent) {
            first = first.or(Some(row.line));
            respelt.insert(agent, (*meant).clone());
        }
    }
    if first.is_some() {
        let listed = |ids: &mut dyn Iterator<Item = &AgentId>| ids.map(AgentId::as_str).collect::<Vec<_>>().join(", ");
        let (value, expected) = (listed(&mut respelt.keys()), listed(&mut respelt.values()));
        problems.push(Problem {
            line: first,
            column: "agent_id".into(),
            value,
            expected,
            ..of_file(&table.form.file, "agents_in_other_case")
        });
    }
    respelt
}

/// Notes the people without a row and the days without a column, of which the matrix says nothing.
fn note_missing(table: &Table, days: &[(&String, NaiveDate)], respelt: &Respelt, inputs: &Inputs, problems: &mut Problems) {
    let mut note = |code, missing: Vec<String>| {
        if !missing.is_empty() {
            problems.push(Problem { is_warning: true, value: missing.join(", "), ..of_file(&table.form.file, code) });
        }
    };
    let rows = table.names("agent_id", |text| AgentId::parse(text).is_ok());
    let is_respelt = |id: &&str| respelt.values().any(|meant| meant.as_str() == *id);
    let without_row = inputs.employees.iter().map(|employee| employee.id.as_str()).filter(|id| rows.lack(id) && !is_respelt(id));
    note("matrix_without_person", without_row.map(str::to_owned).collect());
    let has_column = |date: &NaiveDate| days.is_empty() || days.iter().any(|(_, day)| day == date);
    note("matrix_without_day", inputs.horizon.dates().filter(|date| !has_column(date)).map(|date| date.to_string()).collect());
}

/// How a day may be written, beside with slashes; as spreadsheets turn dates into, too.
const DAYS: [&str; 8] = ["%F", "%m-%d", "%-m-%-d", "%Y-%-m-%-d", "%-m月%-d日", "%Y年%-m月%-d日", "%-d-%b", "%d-%b"];

/// A header's day, and what stands after it: `12-01 周二`, `12-01(Tue)`, `12月1日 星期二`.
fn parts_of(column: &str) -> (&str, &str) {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | '（' | '[' | '周' | '星' | '礼');
    let column = column.trim();
    let (day, rest) = column.split_at(column.find(ends).unwrap_or(column.len()));
    (day, rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '[' | ')' | '）' | ']')))
}

/// The day of the horizon that a column is for: `12-01 周二`, `12-01 Tue`, `2026-12-01`, `1-Dec`, `12月1日`, `30/11/2026`.
fn date_of(column: &str, order: DateOrder, inputs: &Inputs) -> Option<NaiveDate> {
    let day = parts_of(column).0.replace('/', "-");
    let plain = inputs.horizon.dates().find(|date| DAYS.iter().any(|form| date.format(form).to_string() == day));
    plain.or_else(|| date_in(column, order, inputs))
}

/// The same of one whose year does not stand first.
fn date_in(column: &str, order: DateOrder, inputs: &Inputs) -> Option<NaiveDate> {
    order.read(parts_of(column).0).filter(|date| inputs.horizon.day_of(*date).is_some())
}

/// The order in which most headers whose year does not stand first name a day of the plan; where two orders name as many, the header that
/// tells them apart.
fn order_of(columns: &[String], inputs: &Inputs) -> Result<DateOrder, (String, [NaiveDate; 2])> {
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

/// What a cell says, if it says anything; an empty one says a day off.
fn pin(row: &Row, column: &str, agent: &AgentId, date: NaiveDate, inputs: &Inputs, problems: &mut Problems) -> Option<Pin> {
    let pin = |shift: Option<String>| Some(Pin { agent: agent.clone(), date, shift });
    let Some(text) = row.get(column) else { return pin(None) };
    if let Some(code) = error_code(text) {
        row.note(problems, code, column, "");
        return None;
    }
    let wish = wished(row, column, text, (&inputs.shifts, &Names::none()), problems);
    if wish.is_clear() { pin(wish.code()) } else { None }
}
