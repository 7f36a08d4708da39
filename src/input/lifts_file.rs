//! A promotions file with what its events did written back: the same rows, columns and words, other numbers.

use super::facts::PROMOTIONS;
use super::folder::read_text;
use super::headers::canonical;
use super::problem::Problems;
use super::text::separator;
use crate::hindsight::Lift;
use crate::service::QueueId;
use crate::time::read_stamp;
use std::path::Path;

/// The columns that are learned.
const LEARNED: [&str; 3] = ["volume_multiplier", "handle_time_multiplier", "bot_deflection"];

/// The text of a promotions file with the lifts in it, and, if asked for, all phases of their events a year later; `None` if it cannot be
/// read.
pub(super) fn with_lifts(folder: &Path, file: &str, lifts: &[Lift], next_year: bool) -> Option<Vec<u8>> {
    let text = read_text(folder, file, &mut Problems::default())?;
    let delimiter = separator(&text);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = reader.records().filter_map(Result::ok).map(|row| row.iter().map(str::to_owned).collect()).collect();
    let known: Vec<&str> = PROMOTIONS.required.iter().chain(PROMOTIONS.optional).copied().collect();
    let mut columns: Vec<String> = rows.first()?.iter().map(|name| canonical(name, &known)).collect();
    // a volume is always learned; the others only where the file has a place for them
    if !columns.iter().any(|column| column == LEARNED[0]) {
        columns.push(LEARNED[0].into());
        rows.first_mut()?.push(LEARNED[0].into());
    }
    for row in rows.iter_mut().skip(1) {
        row.resize(columns.len(), String::new());
        // what several events did together is no event's own
        let Some(lift) = lifts.iter().find(|lift| lift.alone && is_of(lift, &columns, row)) else { continue };
        let learned = [Some(lift.multiplier()), lift.handling, lift.bot_share];
        for (column, value) in LEARNED.iter().zip(learned) {
            if let (Some(place), Some(value)) = (columns.iter().position(|name| name == column), value) {
                row[place] = format!("{}", (value * 100.0).round() / 100.0);
            }
        }
    }
    if next_year {
        let later = a_year_later(&columns, &rows, lifts);
        rows.extend(later);
    }
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    rows.iter().try_for_each(|row| writer.write_record(row)).ok()?;
    writer.into_inner().ok()
}

/// Every phase of the events that lifts are of, on the same dates of the next year, but for those that are there already.
fn a_year_later(columns: &[String], rows: &[Vec<String>], lifts: &[Lift]) -> Vec<Vec<String>> {
    let place = |name: &str| columns.iter().position(|column| column == name);
    let (Some(event), Some(start), Some(end)) = (place("event"), place("start"), place("end")) else { return Vec::new() };
    let seen: Vec<&str> =
        rows.iter().filter(|row| lifts.iter().any(|lift| is_of(lift, columns, row))).map(|row| row[event].as_str()).collect();
    let later = |row: &Vec<String>| {
        // every way to write a date begins with its year
        let year: u32 = row[start].trim().get(..4)?.parse().ok()?;
        let (year, next) = (year.to_string(), (year + 1).to_string());
        let mut row = row.clone();
        [event, start, end].into_iter().for_each(|cell| row[cell] = row[cell].replacen(&year, &next, 1));
        Some(row)
    };
    let is_there = |row: &Vec<String>| rows.iter().any(|known| known[event] == row[event] && known[start] == row[start]);
    rows.iter().filter(|row| seen.contains(&row[event].as_str())).filter_map(later).filter(|row| !is_there(row)).collect()
}

/// Whether a row is of the event that a lift is of.
fn is_of(lift: &Lift, columns: &[String], row: &[String]) -> bool {
    let cell = |name: &str| columns.iter().position(|column| column == name).map_or("", |place| row[place].trim());
    let (event, phase) = (cell("event"), cell("phase"));
    let name = if phase.is_empty() || phase == event { event.to_owned() } else { format!("{event} {phase}") };
    let queue = Some(cell("queue")).filter(|name| !name.is_empty()).map(QueueId::new);
    lift.event.name == name && lift.event.queue == queue && read_stamp(cell("start")).is_ok_and(|start| start == lift.event.start)
}
