//! Evidence of a table's cells for the meaning and the form of each column.

use crate::input::cell::no_value::{error_code, is_nothing};
use crate::input::import::cells::durations;
use crate::input::import::cells::moment_evidence;
use crate::input::import::cells::numbers;
use crate::input::import::cells::zone_names::ZoneStated;
use crate::input::import::grid::body::{Record, for_each};
use crate::input::import::grid::layout::{Layout, sentence_of_zone};
use crate::input::import::grid::lines::Grid;
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::numbered::numbers_of;
use std::collections::BTreeSet;

/// Number of different texts of a column that are kept: more are no names of queues.
const MOST_NAMES: usize = 200;

/// Number of different texts of a column that is not read up to which it may tell parts of a queue apart.
pub(in crate::input) const FEW: usize = 24;

/// Number of cells after which it is clear whether a column that is not read has numbers.
const ENOUGH: usize = 50_000;

/// Evidence of a column.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Column {
    pub(in crate::input) moments: moment_evidence::Evidence,
    pub(in crate::input) durations: durations::Evidence,
    /// Cells with content, and among them those with a number.
    pub(in crate::input) filled: usize,
    pub(in crate::input) numerals: usize,
    /// Sum of its numbers.
    pub(in crate::input) sum: f64,
    /// Whether each number is 1.
    pub(in crate::input) only_ones: bool,
    /// Different texts, the first of them.
    pub(in crate::input) names: BTreeSet<String>,
    /// First cell with content, and whether all others are like it.
    pub(in crate::input) example: String,
    pub(in crate::input) is_constant: bool,
}

/// Evidence of a table.
#[derive(Debug)]
pub(in crate::input) struct Evidence {
    pub(in crate::input) columns: Vec<Column>,
    pub(in crate::input) numbers: numbers::Evidence,
    pub(in crate::input) rows: usize,
    /// Evidence of dates that are stated above the rows.
    pub(in crate::input) stated: moment_evidence::Evidence,
    /// Line and names of another table's header below it.
    pub(in crate::input) other_header: Option<(usize, Vec<String>)>,
    /// Whether its header stands between the rows again.
    pub(in crate::input) has_blocks: bool,
    /// The zone of which a sentence between or below the rows says that all times are in it.
    pub(in crate::input) zone_of_all: Option<ZoneStated>,
}

const COUNTS: [Meaning; 3] = [Meaning::Offered, Meaning::Handled, Meaning::Abandoned];
impl Evidence {
    /// Evidence of all rows of a table.
    pub(in crate::input) fn of(grid: &Grid, layout: &Layout) -> Self {
        let fresh = |name: &String| {
            let moments = moment_evidence::Evidence::named(numbers_of(name));
            Column { moments, only_ones: true, is_constant: true, ..Column::default() }
        };
        let columns = layout.names.iter().map(fresh).collect();
        let (numbers, stated) = (numbers::Evidence::new(), moment_evidence::Evidence::default());
        let mut evidence = Self { columns, numbers, rows: 0, stated, other_header: None, has_blocks: false, zone_of_all: None };
        let mut date = String::new();
        for_each(grid, layout, |record, above| {
            match record {
                Record::OtherHeader(line) if evidence.other_header.is_none() => {
                    evidence.other_header = Some((line.number, line.filled().map(str::to_owned).collect()));
                }
                Record::HeaderAgain(_) => evidence.has_blocks = true,
                _ => {}
            }
            if let Record::Between(line) = record {
                evidence.zone_of_all = evidence.zone_of_all.take().or_else(|| sentence_of_zone(line));
            }
            let Record::Row(line) = record else { return };
            evidence.rows += 1;
            if let Some(stated) = above.stated(Meaning::Begins).filter(|stated| *stated != date) {
                evidence.stated.see(line.number, stated);
                stated.clone_into(&mut date);
            }
            for (place, cell) in line.cells.iter().enumerate().take(layout.names.len()) {
                if !is_nothing(cell) {
                    evidence.see(place, layout.meanings[place], line.number, cell);
                }
            }
        });
        evidence
    }

    fn see(&mut self, place: usize, meaning: Meaning, line: usize, cell: &str) {
        let column = &mut self.columns[place];
        column.filled += 1;
        if column.example.is_empty() {
            cell.clone_into(&mut column.example);
        }
        column.is_constant = column.is_constant && column.example == cell;
        let is_count = COUNTS.contains(&meaning);
        match meaning {
            Meaning::Begins | Meaning::Later => column.moments.see(line, cell),
            Meaning::Queue | Meaning::QueueCode | Meaning::Channel | Meaning::Direction | Meaning::Outcome => {
                if column.names.len() <= MOST_NAMES && !column.names.contains(cell) {
                    column.names.insert(cell.to_owned());
                }
                column.see_number(cell);
            }
            Meaning::Unread if column.filled <= ENOUGH => {
                // a column without a known name may be a queue's, of counts
                if column.names.len() <= FEW && cell.len() < 60 && !column.names.contains(cell) {
                    column.names.insert(cell.to_owned());
                }
                column.see_number(cell);
            }
            _ if is_count || meaning.is_duration() => {
                if cell.contains(':') {
                    column.only_ones = false;
                    column.durations.see(line, cell);
                    return;
                }
                let number = numbers::Sign::Point.count(cell).or_else(|| numbers::Sign::Comma.count(cell));
                // what a spreadsheet could not compute is a figure all the same, and so is one that no count can be: `-5`, `NaN`
                let is_figure = number.is_some() || cell.parse::<f64>().is_ok() || error_code(cell).is_some();
                column.numerals += usize::from(is_figure);
                column.sum += number.unwrap_or(0.0);
                column.only_ones &= number == Some(1.0);
                self.numbers.see(line, cell, is_count);
            }
            _ => {}
        }
    }
}

impl Column {
    fn see_number(&mut self, cell: &str) {
        let number = numbers::Sign::Point.number(cell).filter(|_| cell.len() < 20);
        self.numerals += usize::from(number.is_some());
        self.sum += number.unwrap_or(0.0);
    }

    /// Whether nearly all its cells are numbers.
    pub(in crate::input) fn is_numeric(&self) -> bool {
        let seen = self.filled.min(self.numerals.max(ENOUGH));
        self.filled > 0 && self.numerals * 20 >= seen * 19
    }
}
