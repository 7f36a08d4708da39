//! Exports on the command line: what was understood of each, and the queues that they hold.

use crate::history::RawCount;
use crate::input::import::columns::map::{Map, word_of_order};
use crate::input::import::export::{Export, Known, interval_of_all, read};
use crate::input::import::folder::learned::{LearnedQueue, learned};
use crate::input::import::understood::Understood;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::problem::way::Way;
use crate::time::{DateOrder, Interval};
use crate::zone::Zone;
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};

/// What is said of exports beside their files.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Zone of the team.
    pub zone: Option<Zone>,
    /// Sheet of the workbook.
    pub sheet: Option<String>,
    /// Interval to which single contacts are brought; half an hour where nothing is said.
    pub interval: Option<Interval>,
    /// Name of the queue of rows that name none.
    pub queue: Option<String>,
    /// What is said of the columns of each file.
    pub maps: Maps,
}

/// What planners say of the columns of exports, by file.
#[derive(Clone, Debug, Default)]
pub struct Maps(pub(in crate::input) Vec<Map>);

impl Maps {
    /// The map of a file, by its name.
    fn of(&self, file: &Path) -> Option<&Map> {
        self.0.iter().find(|map| Path::new(&map.file).file_name() == file.file_name())
    }

    /// Takes over a reading of a doubtful value of a file: read again, the file has this doubt no more.
    pub fn choose(&mut self, file: &Path, reading: &Way) {
        let place = self.0.iter().position(|map| Path::new(&map.file).file_name() == file.file_name());
        let place = place.unwrap_or_else(|| {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.0.push(Map { file: name, ..Map::default() });
            self.0.len() - 1
        });
        for (key, text) in &reading.said {
            // the words of a reading are those of a map
            let _ = self.0[place].say(key, text);
        }
    }
}

/// Exports as counts by queue.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Rows by queue, in the order of their starts; of an interval in several files the one of the last file.
    pub counts: BTreeMap<String, Vec<RawCount>>,
    /// What the rows teach about each queue.
    pub queues: Vec<LearnedQueue>,
    /// What was understood of each file.
    pub understood: Vec<(PathBuf, Understood)>,
}

/// Rows of one start, of which an hour that clocks repeat has two.
struct OfStart {
    /// Minutes of the interval that begins here.
    minutes: u32,
    rows: Vec<RawCount>,
}

impl OfStart {
    /// Whether its interval shares time with one of a later file, which counts alone: hours and their halves are not added up.
    fn overlaps(&self, start: NaiveDateTime, later: &BTreeMap<NaiveDateTime, Self>, minutes: u32) -> bool {
        let begins_before = start - TimeDelta::minutes(minutes.into());
        let ends = start + TimeDelta::minutes(self.minutes.into());
        later.range((Bound::Excluded(begins_before), Bound::Excluded(ends))).next().is_some()
    }
}

/// Intervals of an earlier file that a later one counts too, from which on they show whether the two are of the same contacts.
const TELLING: usize = 10;

/// Tells of intervals that an earlier file counted too. Where most counts differ, the files may be of different queues: that is a question.
fn note_replaced(
    queue: &str,
    file: &Path,
    (earlier, later, minutes): (&BTreeMap<NaiveDateTime, OfStart>, &BTreeMap<NaiveDateTime, OfStart>, u32),
    problems: &mut Problems,
) {
    let replaced: Vec<(&NaiveDateTime, &OfStart)> = earlier.iter().filter(|(start, of)| of.overlaps(**start, later, minutes)).collect();
    if replaced.is_empty() {
        return;
    }
    let contacts = |of: &OfStart| of.rows.iter().map(|row| row.contacts).sum::<f64>();
    let differs = |(start, of): &&(&NaiveDateTime, &OfStart)| {
        later.get(*start).is_some_and(|other| other.minutes == of.minutes && contacts(other) != contacts(of))
    };
    let differing = replaced.iter().filter(differs).count();
    let file = file.to_string_lossy();
    let of = Problem { value: queue.to_owned(), expected: replaced.len().to_string(), ..of_file(&file, "counted_in_earlier_file") };
    problems.push(if replaced.len() >= TELLING && differing * 2 > replaced.len() {
        Problem { code: "counted_otherwise_in_earlier_file", ..of }
    } else {
        Problem { is_warning: true, ..of }
    });
}

/// Name of the queue of exports that name none.
const ONLY_QUEUE: &str = "contacts";

/// An export, and what was found in reading it.
struct OfFile<'a> {
    file: &'a Path,
    map: Map,
    export: Option<Export>,
    problems: Problems,
}

impl<'a> OfFile<'a> {
    fn read(file: &'a Path, map: Map, known: &Known) -> Self {
        let mut problems = Problems::default();
        let known = Known { map: Some(&map).filter(|map| **map != Map::default()), ..known.clone() };
        let export = read(Path::new(""), &file.to_string_lossy(), &known, &mut problems);
        Self { file, map, export, problems }
    }

    /// Names of the columns that were read.
    fn columns(&self) -> Option<Vec<&str>> {
        Some(self.export.as_ref()?.understood.columns.iter().map(|column| column.name.as_str()).collect())
    }

    /// Whether nothing is open but the order of its dates.
    fn lacks_date_order(&self) -> bool {
        let mut errors = self.problems.iter().filter(|problem| !problem.is_warning).peekable();
        errors.peek().is_some() && errors.all(|problem| problem.code == "date_order_doubtful")
    }
}

/// Reads files whose dates have no certain order in the order of another file with the same columns: the first days of a month do not show
/// it, those after the twelfth do.
fn order_dates(read: &mut [OfFile], known: &Known) {
    let of = |other: &OfFile| Some((other.columns()?.into_iter().map(str::to_owned).collect::<Vec<_>>(), other.export.as_ref()?.dates?));
    let shown: Vec<(Vec<String>, DateOrder)> = read.iter().filter_map(of).collect();
    for own in read.iter_mut().filter(|own| own.lacks_date_order()) {
        let mut orders: Vec<DateOrder> = shown.iter().map(|(_, order)| *order).collect();
        orders.dedup();
        let [order] = orders[..] else { return };
        let again = OfFile::read(own.file, Map { dates: Some(order), ..own.map.clone() }, known);
        if again.columns().is_some_and(|columns| shown.iter().any(|(of_other, _)| *of_other == columns)) {
            *own = again;
            let value = word_of_order(order).to_owned();
            own.problems.push(Problem { is_warning: true, value, ..of_file(&own.file.to_string_lossy(), "date_order_of_other_file") });
        }
    }
}

/// Reads exports; all reasons for which one cannot be read without doubt are among the problems.
#[must_use]
pub fn read_exports(files: &[PathBuf], options: &ImportOptions) -> (Imported, Problems) {
    let mut problems = Problems::default();
    let known = Known {
        zone: options.zone.as_ref(),
        only_queue: options.queue.clone().unwrap_or_else(|| ONLY_QUEUE.to_owned()),
        interval: options.interval,
        drops_personal: true,
        ..Known::default()
    };
    let map = |file: &Path| {
        let of_file = options.maps.of(file).cloned().unwrap_or_default();
        Map { sheet: options.sheet.clone().or(of_file.sheet.clone()), ..of_file }
    };
    let mut read: Vec<OfFile> = files.iter().map(|file| OfFile::read(file, map(file), &known)).collect();
    order_dates(&mut read, &known);
    let mut imported = Imported::default();
    let mut by_start: BTreeMap<String, BTreeMap<NaiveDateTime, OfStart>> = BTreeMap::new();
    let mut patience = BTreeMap::new();
    for OfFile { file, export, problems: of_reading, .. } in read {
        problems.extend(of_reading);
        let Some(export) = export else { continue };
        let Export { counts, patience: of_file, understood, .. } = export;
        let minutes = interval_of_all(&counts).unwrap_or(Interval::HALF_HOUR).minutes();
        for (queue, rows) in counts {
            let mut of_file: BTreeMap<NaiveDateTime, OfStart> = BTreeMap::new();
            let of_start = || OfStart { minutes, rows: Vec::new() };
            rows.into_iter().for_each(|row| of_file.entry(row.start).or_insert_with(of_start).rows.push(row));
            let of_queue = by_start.entry(queue.clone()).or_default();
            note_replaced(&queue, file, (&*of_queue, &of_file, minutes), &mut problems);
            of_queue.retain(|start, of| !of.overlaps(*start, &of_file, minutes));
            of_queue.extend(of_file);
        }
        patience.extend(of_file);
        understood.tell_of_rows(&file.to_string_lossy(), &mut problems);
        imported.understood.push((file.to_owned(), understood));
    }
    imported.counts = by_start.into_iter().map(|(queue, rows)| (queue, rows.into_values().flat_map(|of| of.rows).collect())).collect();
    imported.queues = imported.counts.iter().filter_map(|(queue, rows)| learned(queue, rows, patience.get(queue).copied())).collect();
    (imported, problems)
}
