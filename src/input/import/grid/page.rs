//! Tables of a web page, which many systems export under the ending of a workbook.

use crate::input::import::grid::lines::Grid;
use crate::input::import::grid::merged::Merged;
use crate::input::import::grid::workbook::{MOST_COLUMNS, OfWorkbook};
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use encoding_rs::Encoding;
use html5gum::{StartTag, Token, Tokenizer};

/// Bytes of a page's beginning by which it is recognised, and in which it states its encoding.
const BEGINNING: usize = 4096;

/// Whether a file begins as a web page with a table.
pub(in crate::input) fn is_page(bytes: &[u8]) -> bool {
    let begin = beginning(bytes);
    begin.starts_with('<') && (begin.contains("<table") || begin.contains("<html"))
}

/// The encoding that a page states.
pub(in crate::input) fn stated_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let begin = beginning(bytes);
    let (_, label) = begin.split_once("charset=")?;
    let is_sign = |letter: char| letter.is_ascii_alphanumeric() || "-_:".contains(letter);
    let label: String = label.trim_start_matches(['"', '\'']).chars().take_while(|letter| is_sign(*letter)).collect();
    Encoding::for_label(label.as_bytes())
}

fn beginning(bytes: &[u8]) -> String {
    let begin = String::from_utf8_lossy(bytes.get(..BEGINNING).unwrap_or(bytes));
    begin.replace(['\0', '\u{feff}', '\u{fffd}'], "").trim_start().to_lowercase()
}

/// A table under construction.
#[derive(Default)]
struct Table {
    rows: Vec<(usize, Vec<String>)>,
    cells: Vec<String>,
    /// The cell whose text is read, and the place of the next one.
    open: Option<usize>,
    next: usize,
    /// Rows, this one included, into which cells of earlier ones reach, by column.
    reaching: Vec<usize>,
    /// Cells that stand in several rows.
    merged: Vec<Merged>,
    /// Number of the row, from 1.
    number: usize,
    /// Whether it holds another table: then it is the frame of a page.
    is_frame: bool,
}

/// Number of columns or rows in which a cell stands.
fn span(tag: &StartTag<()>, name: &str) -> usize {
    let stated = tag.attributes.iter().find(|(own, _)| own.as_slice() == name.as_bytes());
    let number = stated.and_then(|(_, value)| std::str::from_utf8(value).ok()?.trim().parse().ok());
    number.unwrap_or(1).clamp(1, 10_000)
}

impl Table {
    fn begin_row(&mut self) {
        self.end_row();
        self.number += 1;
    }

    fn begin_cell(&mut self, tag: &StartTag<()>) {
        self.number = self.number.max(1);
        while self.reaching.get(self.next).is_some_and(|rows| *rows > 0) {
            self.next += 1;
        }
        let (place, rows) = (self.next, span(tag, "rowspan"));
        self.next = place + span(tag, "colspan");
        self.open = Some(place).filter(|place| *place < MOST_COLUMNS as usize);
        if self.open.is_none() {
            return;
        }
        self.cells.resize(self.cells.len().max(place + 1), String::new());
        if rows > 1 {
            let end = self.next.min(MOST_COLUMNS as usize);
            self.reaching.resize(self.reaching.len().max(end), 0);
            self.reaching[place..end].fill(rows);
            self.merged.push(Merged { rows: self.number..=self.number + rows - 1, places: place..=end.max(place + 1) - 1 });
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(cell) = self.open.and_then(|place| self.cells.get_mut(place)) {
            cell.push_str(text);
        }
    }

    fn end_row(&mut self) {
        self.reaching.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
        // spaces, tabs and line ends of a page are one space
        let tidy = |cell: String| cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let cells: Vec<String> = std::mem::take(&mut self.cells).into_iter().map(tidy).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.rows.push((self.number, cells));
        }
        (self.open, self.next) = (None, 0);
    }
}

/// All tables of a page with content, or the one of this number; otherwise the reason is reported.
pub(in crate::input) fn tables(file: &str, text: &str, only: Option<&str>, problems: &mut Problems) -> Vec<OfWorkbook> {
    let mut open: Vec<Table> = Vec::new();
    let mut found: Vec<Table> = Vec::new();
    let close = |table: Option<Table>, found: &mut Vec<Table>| {
        let Some(mut table) = table else { return };
        table.end_row();
        if !table.is_frame && !table.rows.is_empty() {
            found.push(table);
        }
    };
    for Ok(token) in Tokenizer::new(text) {
        match token {
            Token::StartTag(tag) => match (tag.name.as_slice(), open.last_mut()) {
                (b"table", around) => {
                    if let Some(around) = around {
                        around.is_frame = true;
                    }
                    open.push(Table::default());
                }
                (b"tr", Some(table)) => table.begin_row(),
                (b"td" | b"th", Some(table)) => table.begin_cell(&tag),
                (b"br" | b"p" | b"div", Some(table)) => table.add(" "),
                _ => {}
            },
            Token::EndTag(tag) => match (tag.name.as_slice(), open.last_mut()) {
                (b"table", Some(_)) => close(open.pop(), &mut found),
                (b"td" | b"th", Some(table)) => table.open = None,
                _ => {}
            },
            Token::String(text) => {
                if let Some(table) = open.last_mut() {
                    table.add(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }
    // a page that is cut off ends its tables too
    while !open.is_empty() {
        close(open.pop(), &mut found);
    }
    if found.is_empty() {
        problems.push(of_file(file, "html_page"));
    }
    chosen(file, found, only, problems)
}

/// The tables as grids, called by their numbers.
fn chosen(file: &str, found: Vec<Table>, only: Option<&str>, problems: &mut Problems) -> Vec<OfWorkbook> {
    let names: Vec<String> = (1..=found.len()).map(|number| number.to_string()).collect();
    if let Some(only) = only.filter(|only| !names.iter().any(|name| name == only)) {
        problems.push(Problem { value: only.to_owned(), expected: names.join(", "), ..of_file(file, "sheet_missing") });
    }
    let of = |(name, table): (String, Table)| OfWorkbook { grid: Grid::Sheet { name, rows: table.rows }, merged: table.merged };
    names.into_iter().zip(found).filter(|(name, _)| only.is_none_or(|only| only == name)).map(of).collect()
}
