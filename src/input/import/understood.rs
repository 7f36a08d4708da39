//! What was understood of an export: nothing is guessed in silence.

use crate::input::import::headers::kinds::Meaning;
use crate::input::import::rows::counted::Counted;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};

/// A column that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRead {
    /// Its name in the file.
    pub name: String,
    /// Key of what it says in the catalogue of messages: `start`, `queue`, `offered`, `handled`, `abandoned`, `handling`, `wait` …
    pub says: &'static str,
    /// A cell of it.
    pub example: String,
}

/// What was understood of an export.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understood {
    /// Line of the header.
    pub header_line: usize,
    /// Sheet of the workbook.
    pub sheet: Option<String>,
    /// Sheets that are read as one table.
    pub joined: Vec<String>,
    /// What a map said: its keys with their values as TOML writes them.
    pub said: Vec<(&'static str, String)>,
    /// Columns that are read.
    pub columns: Vec<ColumnRead>,
    /// Columns that are not read.
    pub unread: Vec<String>,
    /// Columns with personal data, which are dropped unread.
    pub dropped: Vec<String>,
    /// Rows read, and the intervals of all queues that they belong to.
    pub rows: usize,
    /// Intervals of all queues.
    pub intervals: usize,
    /// Rows left out as sums or means of others, with their words.
    pub summaries: Vec<(String, usize)>,
    /// Rows left out as outgoing contacts.
    pub outgoing: usize,
    /// Rows left out by a map's filter, or calls without an end in the log.
    pub filtered: usize,
    /// Further rows of contacts already counted.
    pub repeated: usize,
    /// Rows that repeat another in every cell.
    pub same_again: usize,
    /// Columns that are not read and tell rows of one interval apart, with the number of their words.
    pub telling: Vec<String>,
    /// What the figures decided and a header left open, by the code of its notice: `ends_read`, `two_parts_guessed`, `total_guessed`.
    pub decided: Vec<&'static str>,
    /// What numbers of intervals stand for, as a map says it.
    pub slots: Option<String>,
    /// Seconds of a unit of handling time, where the cells alone show it.
    pub unit_guessed: Option<f64>,
    /// Whether each row is a contact.
    pub is_log: bool,
    /// Number of blank cells that count as none, with the line and the column of the first.
    pub blanks: Option<(usize, usize, String)>,
    /// Line of a last row that is cut off, which is left out.
    pub cut_off: Option<usize>,
}

/// Key of a meaning in the catalogue of messages.
pub(in crate::input) fn key_of(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Begins | Meaning::Later => "start",
        Meaning::Queue | Meaning::QueueCode | Meaning::Channel => "queue",
        Meaning::Offered => "offered",
        Meaning::Handled => "handled",
        Meaning::Abandoned => "abandoned",
        Meaning::Handling | Meaning::TotalHandling => "handling",
        Meaning::Talk | Meaning::TotalTalk => "talk",
        Meaning::Hold | Meaning::TotalHold => "hold",
        Meaning::Wrap | Meaning::TotalWrap => "wrap",
        Meaning::Wait => "wait",
        Meaning::ContactKey => "contact_key",
        Meaning::Direction => "direction",
        Meaning::Outcome => "outcome",
        Meaning::Unread => "unread",
    }
}

impl Understood {
    /// Takes over what reading the rows has counted.
    pub(in crate::input) fn of_rows(&mut self, counted: &Counted) {
        self.rows = counted.rows;
        self.intervals = counted.tallies.values().map(std::collections::BTreeMap::len).sum();
        self.summaries = counted.summaries.iter().map(|(word, rows)| (word.clone(), *rows)).collect();
        self.outgoing = counted.outgoing;
        self.filtered = counted.filtered;
        self.repeated = counted.repeated;
        self.same_again = counted.same_again;
        self.blanks = counted.blanks.first.clone().map(|(line, column)| (counted.blanks.cells, line, column));
        self.cut_off = counted.cut_off;
    }

    /// Reports what was understood, each thing once.
    pub(in crate::input) fn tell(&self, file: &str, problems: &mut Problems) {
        let mut note = |code, value, expected| problems.push(self.notice(file, code, value, expected));
        let read: Vec<String> = self.columns.iter().map(|column| format!("{} = {}", column.says, column.name)).collect();
        note("export_read", read.join("; "), self.rows.to_string());
        if !self.unread.is_empty() {
            note("columns_unread", self.unread.join(", "), self.unread.len().to_string());
        }
        if !self.dropped.is_empty() {
            note("columns_dropped", self.dropped.join(", "), String::new());
        }
        self.tell_of_rows(file, problems);
    }

    fn notice(&self, file: &str, code: &'static str, value: String, expected: String) -> Problem {
        let line = Some(self.header_line).filter(|line| *line > 0);
        Problem { is_warning: true, line, value, expected, ..of_file(file, code) }
    }

    /// Reports what was done with rows and figures, whose columns are shown elsewhere.
    pub(in crate::input) fn tell_of_rows(&self, file: &str, problems: &mut Problems) {
        let mut note = |code, value, expected| problems.push(self.notice(file, code, value, expected));
        if !self.joined.is_empty() {
            note("sheets_joined", self.joined.join(", "), self.joined.len().to_string());
        }
        if !self.summaries.is_empty() {
            let words: Vec<&str> = self.summaries.iter().map(|(word, _)| word.as_str()).collect();
            let rows: usize = self.summaries.iter().map(|(_, rows)| rows).sum();
            note("summaries_left_out", rows.to_string(), words.join(", "));
        }
        if !self.is_log && self.rows > self.intervals {
            let by = if self.telling.is_empty() { String::new() } else { format!(" ({})", self.telling.join("; ")) };
            note("rows_summed", format!("{} → {}", self.rows, self.intervals), by);
        }
        for (code, rows) in [
            ("contacts_outgoing", self.outgoing),
            ("rows_filtered", self.filtered),
            ("contacts_repeated", self.repeated),
            ("rows_same_again", self.same_again),
        ] {
            if rows > 0 {
                note(code, rows.to_string(), String::new());
            }
        }
        if let Some((cells, line, column)) = &self.blanks {
            let notice = self.notice(file, "counts_blank", cells.to_string(), String::new());
            problems.push(Problem { line: Some(*line), column: column.clone(), ..notice });
        }
        let mut note = |code, value, expected| problems.push(self.notice(file, code, value, expected));
        if let Some(line) = self.cut_off {
            note("row_cut_off", line.to_string(), String::new());
        }
        self.decided.iter().for_each(|code| note(code, String::new(), String::new()));
        let are_said = self.said.iter().any(|(key, _)| *key == "slots");
        if let Some(slots) = self.slots.as_ref().filter(|_| !are_said) {
            note("slots_read", slots.clone(), String::new());
        }
        if let Some(unit) = self.unit_guessed {
            note("unit_guessed", unit.to_string(), String::new());
        }
    }
}
