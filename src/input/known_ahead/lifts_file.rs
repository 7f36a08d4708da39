//! Promotions file with measured effects written back: new numbers in existing cells, all else byte for byte.

use super::cells::{Record, records, rewritten, value};
use super::next_year::{a_year_later, date_of, with_next_year};
use super::promotions::PROMOTIONS;
use crate::input::cell::date_form::DateForm;
use crate::input::cell::decimals::{Decimals, read_number};
use crate::input::header::split_times;
use crate::input::header::split_times::Split;
use crate::input::header::synonyms::canonical;
use crate::input::header::units::unit;
use crate::input::naming::queue_names::QueueNames;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::separators::{MOST_ABOVE, declares_separator, separator};
use crate::review::Lift;
use crate::service::QueueId;
use crate::spreadsheet::restored;
use crate::time::read_stamp;
use chrono::{Datelike, TimeDelta};
use std::borrow::Cow;

/// Columns that are learned.
const LEARNED: [&str; 3] = ["volume_multiplier", "handle_time_multiplier", "bot_deflection"];
/// Smaller relative differences count as equal: a repeated review learns nothing new.
const SAME: f64 = 0.01;
/// Phases of one event begin within this number of days of one another; rows of the same name further off belong to other years.
const ONE_EVENT_DAYS: i64 = 183;

/// Text of a promotions file with the lifts and, on request, all phases of their events a year later; `None` if it is no table.
pub(in crate::input) fn with_lifts(text: &str, queues: QueueNames, lifts: &[Lift], next_year: bool) -> Option<String> {
    let separator = separator(text);
    let mut records = records(text, separator)?;
    records.drain(..usize::from(declares_separator(text)).min(records.len()));
    let cells = |record: &Record| -> Vec<String> { record.cells.iter().map(|cell| text[cell.clone()].to_owned()).collect() };
    let is_header = |record: &Record| PROMOTIONS.is_met_by(&cells(record).iter().map(|name| plain(name)).collect::<Vec<_>>());
    let above = records.iter().take(1 + MOST_ABOVE).position(is_header).unwrap_or(0);
    records.drain(..above);
    let (header, rows) = records.split_first()?;
    let known: Vec<&str> = PROMOTIONS.required.iter().chain(PROMOTIONS.optional).copied().collect();
    let mut head = cells(header);
    let names: Vec<String> = head.iter().map(|name| plain(name)).collect();
    let mut columns: Vec<String> = names.iter().map(|name| canonical(name, &known)).collect();
    let splits = split_times::find(&names, &mut columns, PROMOTIONS);
    let form = Table::parse("", text, PROMOTIONS, &mut Problems::default());
    let (dates, decimals) = form.map_or((DateForm::Plain, Decimals::Point), |table| (table.form.dates, table.form.decimals));
    let mut units: Vec<f64> = names.iter().zip(&columns).map(|(name, column)| unit(name, column).unwrap_or(1.0)).collect();
    // the volume is always learned, the other columns only where the file has them
    let mut rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    if !columns.iter().any(|column| column == LEARNED[0]) {
        columns.push(LEARNED[0].into());
        units.push(1.0);
        head.push(LEARNED[0].into());
        rows.iter_mut().for_each(|row| row.push(String::new()));
    }
    let mut sheet = PromotionSheet { queues, columns, rows, separator, splits, dates, decimals, units };
    sheet.learn(lifts);
    let later = if next_year { sheet.a_year_later(lifts) } else { Vec::new() };
    Some(joined(text, &records, std::iter::once(&head).chain(&sheet.rows), &later, separator))
}

/// The text with records replaced in place, and new ones appended after the last.
fn joined<'a>(
    text: &str,
    records: &[Record],
    written: impl Iterator<Item = &'a Vec<String>>,
    more: &[Vec<String>],
    separator: u8,
) -> String {
    let line = |cells: &Vec<String>| cells.join(&char::from(separator).to_string());
    let mut out = String::new();
    let mut place = 0;
    for (record, cells) in records.iter().zip(written) {
        out += &text[place..record.start()];
        out += &line(cells);
        place = record.end();
    }
    let rest = &text[records.first().map_or(0, Record::end)..];
    let line_end = if rest.starts_with("\r\n") {
        "\r\n"
    } else if rest.starts_with('\r') {
        "\r"
    } else {
        "\n"
    };
    for cells in more {
        out += line_end;
        out += &line(cells);
    }
    out + &text[place..]
}

/// A cell as its reader interprets it.
fn plain(cell: &str) -> String {
    restored(&value(cell)).trim().to_owned()
}

/// Rows of a promotions file as written, under our column names.
struct PromotionSheet {
    queues: QueueNames,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    separator: u8,
    splits: Vec<Split>,
    dates: DateForm,
    decimals: Decimals,
    /// Size of each column's unit in our units.
    units: Vec<f64>,
}

impl PromotionSheet {
    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }

    fn cell(&self, row: &[String], column: &str) -> String {
        self.place(column).and_then(|place| row.get(place)).map_or_else(String::new, |cell| plain(cell))
    }

    /// Start or end of a row's event, with the year first.
    fn time(&self, row: &[String], column: &str) -> String {
        let mut cells: Vec<Cow<str>> = row.iter().map(|cell| Cow::Owned(plain(cell))).collect();
        self.splits.iter().rev().for_each(|split| split.join(&mut cells));
        let text = self.place(column).and_then(|place| cells.get(place)).map_or("", |cell| cell);
        self.dates.year_first(text).map(Cow::into_owned).unwrap_or_default()
    }

    /// Whether a row describes the event of a lift.
    fn is_of(&self, lift: &Lift, row: &[String]) -> bool {
        let (event, phase) = (self.cell(row, "event"), self.cell(row, "phase"));
        let name = if phase.is_empty() || phase == event { event } else { format!("{event} {phase}") };
        let named = |name: String| self.queues.get(&name).cloned().unwrap_or_else(|| QueueId::new(&name));
        let queue = Some(self.cell(row, "queue")).filter(|name| !name.is_empty()).map(named);
        let start = read_stamp(&self.time(row, "start"));
        lift.event.name == name && lift.event.queue == queue && start.is_ok_and(|start| start == lift.event.start)
    }

    /// Writes the learned values; a cell with an equal value stays as it is.
    fn learn(&mut self, lifts: &[Lift]) {
        let places = LEARNED.map(|column| self.place(column));
        let mut rows = std::mem::take(&mut self.rows);
        for row in &mut rows {
            // a joint effect of several events belongs to none of them, and a part of an event is not the whole
            let Some(lift) = lifts.iter().find(|lift| lift.is_learned() && self.is_of(lift, row)) else { continue };
            // the file's own multiplier, if it would have forecast the actual contacts
            let is_known = |expected: f64| (lift.multiplier() / expected - 1.0).abs() < SAME;
            let volume = Some(lift.multiplier()).filter(|_| !lift.event.expected.volume.is_some_and(|expected| is_known(expected.get())));
            let learned = [volume, lift.handling, lift.bot_share];
            for (place, value) in places.iter().zip(learned) {
                let Some((place, value)) = place.zip(value) else { continue };
                let Some(cell) = row.get_mut(place) else { continue };
                let text = as_written(&plain(cell), value, self.units[place], self.decimals);
                if text != plain(cell) {
                    *cell = rewritten(cell, &text, self.separator);
                }
            }
        }
        self.rows = rows;
    }

    /// All phases of the lifts' events on the same dates of the next year, except those already present.
    fn a_year_later(&self, lifts: &[Lift]) -> Vec<Vec<String>> {
        let day = |row: &[String]| date_of(&self.time(row, "start"));
        let seen: Vec<(String, Option<chrono::NaiveDate>)> = self
            .rows
            .iter()
            .filter(|row| lifts.iter().any(|lift| self.is_of(lift, row)))
            .map(|row| (self.cell(row, "event"), day(row)))
            .collect();
        let is_phase = |row: &&Vec<String>| {
            let near = |start: Option<chrono::NaiveDate>| matches!((start, day(row)), (Some(one), Some(other)) if (one - other).abs() <= TimeDelta::days(ONE_EVENT_DAYS));
            seen.iter().any(|(event, start)| *event == self.cell(row, "event") && near(*start))
        };
        let key =
            |row: &[String]| (["event", "phase", "queue"].map(|column| self.cell(row, column)), read_stamp(&self.time(row, "start")).ok());
        let is_there = |row: &Vec<String>| self.rows.iter().any(|known| key(known) == key(row));
        self.rows.iter().filter(is_phase).filter_map(|row| self.moved(row)).filter(|row| !is_there(row)).collect()
    }

    /// A row moved by a year.
    fn moved(&self, row: &[String]) -> Option<Vec<String>> {
        let (start, end) = (self.place("start")?, self.place("end")?);
        let written = |place: usize| {
            let text = row.get(place).map_or_else(String::new, |cell| value(cell));
            self.dates.year_first(&text).map_or_else(|| text.clone(), Cow::into_owned)
        };
        let texts = [written(start), written(end)];
        let years = [date_of(&self.time(row, "start"))?.year(), date_of(&self.time(row, "end"))?.year()];
        // an end given as a clock time alone is on the day of the start
        let has_day = date_of(&texts[1]).is_some();
        let (new_start, new_end) = a_year_later(&texts[0], &texts[usize::from(has_day)])?;
        let new_end = if has_day { new_end } else { texts[1].clone() };
        let mut row = row.to_vec();
        for (place, text) in [(start, new_start), (end, new_end)] {
            row[place] = rewritten(&row[place], &text, self.separator);
        }
        for place in ["event", "phase"].iter().filter_map(|column| self.place(column)) {
            let named = with_next_year(&value(&row[place]), years);
            row[place] = rewritten(&row[place], &named, self.separator);
        }
        Some(row)
    }
}

/// A learned number to two decimals, in percent where the cell was, else in the unit of its column, with the table's decimal sign; the
/// cell's own text where the value is equal.
fn as_written(cell: &str, value: f64, unit: f64, decimals: Decimals) -> String {
    let value = (value * 100.0).round() / 100.0;
    let (digits, percent) = match cell.chars().last().filter(|letter| ['%', '％'].contains(letter)) {
        Some(letter) => (cell.trim_end_matches(letter), Some(letter)),
        None => (cell, None),
    };
    let scale = if percent.is_some() { 100.0 } else { unit.recip() };
    let new = (value * scale * 100.0).round() / 100.0;
    if read_number(digits, decimals).is_some_and(|old| old == new) {
        return cell.to_owned();
    }
    let number = if decimals == Decimals::Comma { new.to_string().replace('.', ",") } else { new.to_string() };
    format!("{number}{}", percent.map(String::from).unwrap_or_default())
}
