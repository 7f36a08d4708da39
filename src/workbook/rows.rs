//! The rows of a sheet, copied but for some cells.

use super::fault::BookFault;
use super::fill::Value;
use super::place::{extended, name, place};
use super::tags::{attribute, prefix, start_tag};
use quick_xml::Reader;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::ops::Range;

/// Cells of a row, by column.
type Cells<'v> = BTreeMap<u32, &'v Value>;

/// A sheet's XML on its way to a copy.
pub(super) struct Rows<'x, 'v> {
    xml: &'x str,
    reader: Reader<&'x [u8]>,
    copy: String,
    /// How far it is copied.
    copied: usize,
    /// Cells still to be written, by row.
    cells: BTreeMap<u32, Cells<'v>>,
    /// Last place to be written, for the stated size of the sheet.
    last: (u32, u32),
    /// Prefix of the tags.
    prefix: String,
    /// Formats of columns: first, last, format.
    formats: Vec<(u32, u32, String)>,
    row: Row<'v>,
}

/// The row at which the reader is.
#[derive(Default)]
struct Row<'v> {
    /// Its number and the column of its last cell; `None` before the first.
    number: Option<u32>,
    column: Option<u32>,
    cells: Cells<'v>,
    /// Format of its cells that have none of their own.
    format: Option<String>,
}

impl<'x, 'v> Rows<'x, 'v> {
    pub(super) fn of(xml: &'x str, cells: BTreeMap<u32, Cells<'v>>) -> Self {
        let last_column = cells.values().filter_map(|row| row.keys().next_back()).max().copied().unwrap_or_default();
        let last = (cells.keys().next_back().copied().unwrap_or_default(), last_column);
        let (copy, prefix, formats, row) = (String::with_capacity(xml.len()), String::new(), Vec::new(), Row::default());
        // a mark at the beginning would shift the places that the reader states
        let body = xml.trim_start_matches('\u{feff}');
        Self { xml: body, reader: Reader::from_str(body), copy, copied: 0, cells, last, prefix, formats, row }
    }

    /// The sheet with the cells; `calculates` asks for a calculation when it is opened.
    pub(super) fn rewritten(mut self, calculates: bool) -> Result<String, BookFault> {
        let mut within = false;
        loop {
            let from = self.position();
            let event = self.reader.read_event()?;
            let tag = from..self.position();
            match event {
                Event::Eof => break,
                Event::Start(start) if start.local_name().as_ref() == "sheetData" => {
                    (within, self.prefix) = (true, prefix(&start));
                }
                Event::Empty(start) if start.local_name().as_ref() == "sheetData" => {
                    self.prefix = prefix(&start);
                    self.copy_until(tag.start, tag.end);
                    self.copy += &start_tag(&start, "");
                    self.write_rows_before(u32::MAX);
                    self.copy += &format!("</{}sheetData>", self.prefix);
                    self.ask_for_calculation(calculates);
                }
                Event::End(end) if end.local_name().as_ref() == "sheetData" => {
                    within = false;
                    self.copy_until(tag.start, tag.start);
                    self.write_rows_before(u32::MAX);
                    self.copy_until(tag.end, tag.end);
                    self.ask_for_calculation(calculates);
                }
                Event::Start(start) if within => self.inside(&start, tag, false)?,
                Event::Empty(start) if within => self.inside(&start, tag, true)?,
                Event::End(end) if within && end.local_name().as_ref() == "row" => self.end_row(tag.start),
                Event::Start(start) | Event::Empty(start) => self.before_rows(&start, tag),
                _ => {}
            }
        }
        self.copy_until(self.xml.len(), self.xml.len());
        Ok(self.copy)
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Copies up to `end`, and goes on at `next`.
    fn copy_until(&mut self, end: usize, next: usize) {
        self.copy += &self.xml[self.copied..end];
        self.copied = next;
    }

    /// A tag outside the rows: the stated size of the sheet, or the format of columns.
    fn before_rows(&mut self, tag: &BytesStart, span: Range<usize>) {
        let number = |name: &str| attribute(tag, name)?.parse::<u32>().ok();
        match tag.local_name().as_ref() {
            "dimension" => {
                let stated = attribute(tag, "ref").and_then(|stated| Some((extended(&stated, self.last)?, stated)));
                if let Some((next, stated)) = stated.filter(|(next, stated)| next != stated) {
                    let text = self.xml[span.clone()].replacen(&stated, &next, 1);
                    self.copy_until(span.start, span.end);
                    self.copy += &text;
                }
            }
            "col" => {
                if let (Some(first), Some(last), Some(format)) = (number("min"), number("max"), attribute(tag, "style")) {
                    self.formats.push((first.saturating_sub(1), last.saturating_sub(1), format));
                }
            }
            _ => {}
        }
    }

    /// A start tag inside the rows.
    fn inside(&mut self, tag: &BytesStart, span: Range<usize>, is_empty: bool) -> Result<(), BookFault> {
        match tag.local_name().as_ref() {
            "row" => {
                self.begin_row(tag, span, is_empty);
                Ok(())
            }
            "c" => self.cell(tag, span, is_empty),
            _ => Ok(()),
        }
    }

    fn begin_row(&mut self, tag: &BytesStart, span: Range<usize>, is_empty: bool) {
        let stated = attribute(tag, "r").and_then(|number| number.parse::<u32>().ok()?.checked_sub(1));
        let number = stated.unwrap_or_else(|| self.row.number.map_or(0, |number| number + 1));
        if self.cells.keys().next().is_some_and(|next| *next < number) {
            self.copy_until(span.start, span.start);
            self.write_rows_before(number);
        }
        let cells = self.cells.remove(&number).unwrap_or_default();
        let has_format = attribute(tag, "customFormat").is_some_and(|yes| yes == "1" || yes == "true");
        let format = attribute(tag, "s").filter(|_| has_format);
        self.row = Row { number: Some(number), column: None, cells, format };
        if !self.row.cells.is_empty() {
            // the columns that it states to span may be fewer than it now has
            self.copy_until(span.start, span.end);
            self.copy += &start_tag(tag, "spans");
            if is_empty {
                self.write_cells_before(u32::MAX);
                self.copy += &format!("</{}row>", self.prefix);
            }
        }
    }

    fn end_row(&mut self, end: usize) {
        if !self.row.cells.is_empty() {
            self.copy_until(end, end);
            self.write_cells_before(u32::MAX);
        }
    }

    fn cell(&mut self, tag: &BytesStart, span: Range<usize>, is_empty: bool) -> Result<(), BookFault> {
        let stated = attribute(tag, "r").and_then(|name| place(&name)).map(|(_, column)| column);
        let column = stated.unwrap_or_else(|| self.row.column.map_or(0, |column| column + 1));
        self.row.column = Some(column);
        if self.row.cells.keys().next().is_some_and(|next| *next < column) {
            self.copy_until(span.start, span.start);
            self.write_cells_before(column);
        }
        let Some(value) = self.row.cells.remove(&column) else { return Ok(()) };
        let mut end = span.end;
        while !is_empty {
            let event = self.reader.read_event()?;
            end = self.position();
            match event {
                Event::Start(inner) | Event::Empty(inner) if inner.local_name().as_ref() == "f" => {
                    return Err(BookFault::Formula(name((self.row.number.unwrap_or_default(), column))));
                }
                Event::End(inner) if inner.local_name().as_ref() == "c" => break,
                Event::Eof => return Err(BookFault::Xml("end of the sheet within a cell".into())),
                _ => {}
            }
        }
        self.copy_until(span.start, end);
        self.write_cell(column, value, attribute(tag, "s"));
        Ok(())
    }

    /// Writes the rows that the sheet does not have, up to one that it has.
    fn write_rows_before(&mut self, number: u32) {
        while let Some((next, cells)) = self.cells.pop_first() {
            if next >= number {
                self.cells.insert(next, cells);
                return;
            }
            self.row = Row { number: Some(next), cells, ..Row::default() };
            self.copy += &format!("<{}row r=\"{}\">", self.prefix, next + 1);
            self.write_cells_before(u32::MAX);
            self.copy += &format!("</{}row>", self.prefix);
        }
    }

    /// Writes the cells that the row does not have, up to one that it has.
    fn write_cells_before(&mut self, column: u32) {
        while let Some((next, value)) = self.row.cells.pop_first() {
            if next >= column {
                self.row.cells.insert(next, value);
                return;
            }
            let of_column = || self.formats.iter().find(|(first, last, _)| (*first..=*last).contains(&next)).map(|(_, _, format)| format);
            let format = self.row.format.clone().or_else(|| of_column().cloned());
            self.write_cell(next, value, format);
        }
    }

    fn write_cell(&mut self, column: u32, value: &Value, format: Option<String>) {
        let (of, cell) = (&self.prefix, name((self.row.number.unwrap_or_default(), column)));
        let format = format.map_or_else(String::new, |format| format!(" s=\"{}\"", partial_escape(format)));
        self.copy += &match value {
            Value::Number(number) => format!("<{of}c r=\"{cell}\"{format}><{of}v>{number}</{of}v></{of}c>"),
            Value::Text(text) => {
                let text = partial_escape(text.as_str());
                format!("<{of}c r=\"{cell}\"{format} t=\"inlineStr\"><{of}is><{of}t>{text}</{of}t></{of}is></{of}c>")
            }
        };
    }

    fn ask_for_calculation(&mut self, calculates: bool) {
        if calculates && !self.xml.contains("sheetCalcPr") {
            self.copy += &format!("<{}sheetCalcPr fullCalcOnLoad=\"1\"/>", self.prefix);
        }
    }
}
