//! Exports on the command line: what was understood of each, and the queues that they hold.

use crate::history::RawCount;
use crate::input::import::columns::map::Map;
use crate::input::import::export::{Export, Known, read};
use crate::input::import::folder::learned::{LearnedQueue, learned};
use crate::input::import::understood::Understood;
use crate::input::problem::collected::Problems;
use crate::input::problem::way::Way;
use crate::time::Interval;
use crate::zone::Zone;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;
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

/// Name of the queue of exports that name none.
const ONLY_QUEUE: &str = "contacts";

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
    let mut imported = Imported::default();
    let mut by_start: BTreeMap<String, BTreeMap<NaiveDateTime, Vec<RawCount>>> = BTreeMap::new();
    let mut patience = BTreeMap::new();
    for file in files {
        let of_file = options.maps.of(file).cloned().unwrap_or_default();
        let map = Map { sheet: options.sheet.clone().or(of_file.sheet.clone()), ..of_file };
        let known = Known { map: Some(&map).filter(|map| **map != Map::default()), ..known.clone() };
        let Some(export) = read(Path::new(""), &file.to_string_lossy(), &known, &mut problems) else { continue };
        let Export { counts, patience: of_file, understood, .. } = export;
        for (queue, rows) in counts {
            let of_queue = by_start.entry(queue).or_default();
            let mut of_file: BTreeMap<NaiveDateTime, Vec<RawCount>> = BTreeMap::new();
            rows.into_iter().for_each(|row| of_file.entry(row.start).or_default().push(row));
            of_queue.extend(of_file);
        }
        patience.extend(of_file);
        understood.tell_of_rows(&file.to_string_lossy(), &mut problems);
        imported.understood.push((file.clone(), understood));
    }
    imported.counts = by_start.into_iter().map(|(queue, rows)| (queue, rows.into_values().flatten().collect())).collect();
    imported.queues = imported.counts.iter().filter_map(|(queue, rows)| learned(queue, rows, patience.get(queue).copied())).collect();
    (imported, problems)
}
