//! Rows that sum up others, as exports and pivot tables write them below or above their records.

use super::row::Row;
use crate::input::header::shape::Shape;

const WORDS: [&str; 29] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总和",
    "总数",
    "汇总",
    "汇总值",
    "均值",
    "平均",
    "平均值",
    "店铺汇总值",
    "店铺平均值",
    "全店汇总值",
    "全店平均值",
    "total",
    "totals",
    "grand total",
    "grandtotal",
    "subtotal",
    "sub total",
    "sub-total",
    "overall",
    "summary",
    "sum",
    "average",
    "avg",
    "mean",
    "all queues",
];
/// Columns of ours in which a word can stand for no record.
const TIMES: [&str; 5] = ["start", "end", "when", "date", "hour"];

/// Whether a cell says that its row sums up others: `合计`, `Total:`, `2026-11-02 Total`.
pub(in crate::input) fn sums_up(cell: &str) -> bool {
    let last = cell.chars().next_back();
    if last.is_none_or(|last| last.is_ascii_digit()) {
        return false;
    }
    let text = cell.trim_end_matches([':', '：']).to_lowercase();
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let behind = text.rsplit_once(char::is_whitespace).map(|(_, word)| word);
    WORDS.iter().any(|word| *word == text.trim() || *word == squeezed || behind == Some(word))
}

/// The columns that a record must fill.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Needed {
    /// By place, and whether it holds a time.
    places: Vec<(usize, bool)>,
}

impl Needed {
    pub(in crate::input) fn of(columns: &[String], shape: Shape) -> Self {
        let place = |own: &&str| columns.iter().position(|column| column == *own);
        let places = shape.required.iter().filter_map(|own| Some((place(own)?, TIMES.contains(own)))).collect();
        Self { places }
    }

    /// The cell that says that a row sums up others, if it can be no record: nothing but such a word stands where a record has its time or
    /// its number, or another cell that a record needs is empty.
    pub(in crate::input) fn summary(&self, row: &Row<'_>, columns: usize) -> Option<usize> {
        let cell = |place: usize| row.cells.get(place).map_or("", |cell| &**cell);
        let is_odd = |&(place, is_time): &(usize, bool)| {
            let text = cell(place);
            text.is_empty() || (is_time || self.places.len() == 1) && sums_up(text)
        };
        if row.cells.len() == columns && !self.places.iter().any(is_odd) {
            return None;
        }
        let first = (0..row.cells.len()).find(|place| !cell(*place).is_empty());
        self.places.iter().map(|(place, _)| *place).chain(first).find(|place| sums_up(cell(*place)))
    }
}
