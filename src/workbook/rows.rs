//! The rows of a sheet, copied but for some cells.

use super::fault::BookFault;
use super::filling::Value;
use super::place::{extended, name, place};
use super::tags::{attribute, prefix, start_tag};
use quick_xml::Reader;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::fmt::{Arguments, Write};
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
                    let of = self.prefix.clone();
                    self.write(format_args!("</{of}sheetData>"));
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

    fn write(&mut self, text: Arguments) {
        self.copy.write_fmt(text).expect("writing to memory does not fail");
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
                let of = self.prefix.clone();
                self.write(format_args!("</{of}row>"));
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
        let end = if is_empty { span.end } else { self.end_of_cell(column)? };
        self.copy_until(span.start, end);
        self.write_cell(column, value, attribute(tag, "s"));
        Ok(())
    }

    /// End of the cell that the reader has begun.
    fn end_of_cell(&mut self, column: u32) -> Result<usize, BookFault> {
        loop {
            match self.reader.read_event()? {
                Event::Start(inner) | Event::Empty(inner) if inner.local_name().as_ref() == "f" => {
                    return Err(BookFault::Formula(name((self.row.number.unwrap_or_default(), column))));
                }
                Event::End(inner) if inner.local_name().as_ref() == "c" => return Ok(self.position()),
                Event::Eof => return Err(BookFault::Xml("end of the sheet within a cell".into())),
                _ => {}
            }
        }
    }

    /// Writes the rows that the sheet does not have, up to one that it has.
    fn write_rows_before(&mut self, number: u32) {
        while let Some((next, cells)) = self.cells.pop_first() {
            if next >= number {
                self.cells.insert(next, cells);
                return;
            }
            self.row = Row { number: Some(next), cells, ..Row::default() };
            let of = self.prefix.clone();
            self.write(format_args!("<{of}row r=\"{}\">", next + 1));
            self.write_cells_before(u32::MAX);
            let of = self.prefix.clone();
            self.write(format_args!("</{of}row>"));
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
        let written = match value {
            Value::Number(number) => format!("><{of}v>{number}</{of}v>"),
            Value::Text(text) => format!(" t=\"inlineStr\"><{of}is><{of}t>{}</{of}t></{of}is>", partial_escape(text.as_str())),
        };
        let cell = format!("<{of}c r=\"{cell}\"{format}{written}</{of}c>");
        self.copy += &cell;
    }

    fn ask_for_calculation(&mut self, calculates: bool) {
        if calculates && !self.xml.contains("sheetCalcPr") {
            let of = self.prefix.clone();
            self.write(format_args!("<{of}sheetCalcPr fullCalcOnLoad=\"1\"/>"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(xml: &str, cells: &[(u32, u32, &str)], calculates: bool) -> String {
        let values: Vec<Value> = cells.iter().map(|(_, _, text)| Value::Text((*text).to_owned())).collect();
        let mut rows: BTreeMap<u32, Cells> = BTreeMap::new();
        for ((row, column, _), value) in cells.iter().zip(&values) {
            rows.entry(*row).or_default().insert(*column, value);
        }
        Rows::of(xml, rows).rewritten(calculates).unwrap()
    }

    fn text(cell: &str, text: &str) -> String {
        format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    #[test]
    fn cells_are_replaced_or_put_in_order_and_the_rest_is_copied() {
        let xml = "<worksheet><sheetData>\n <row r=\"2\" spans='2:4' ht=\"9\"><c r=\"B2\" s=\"7\" t=\"s\"><v>3</v></c><c r=\"D2\"/></row> <row r='5'/></sheetData><x/></worksheet>";
        let cells =
            [(0, 0, "a"), (1, 0, "b"), (1, 1, "c & <d>"), (1, 2, "e"), (1, 3, "f"), (1, 9, "g"), (3, 1, "h"), (4, 0, "i"), (8, 0, "j")];
        let row = |name: &str, cells: String| format!("<row {name}>{cells}</row>");
        let second = [
            text("A2", "b"),
            text("B2", "c &amp; &lt;d&gt;").replace("\" t", "\" s=\"7\" t"),
            text("C2", "e"),
            text("D2", "f"),
            text("J2", "g"),
        ];
        let wanted = [
            "<worksheet><sheetData>\n ".to_owned(),
            row("r=\"1\"", text("A1", "a")),
            row("r=\"2\" ht=\"9\"", second.concat()),
            " ".to_owned(),
            row("r=\"4\"", text("B4", "h")),
            row("r=\"5\"", text("A5", "i")),
            row("r=\"9\"", text("A9", "j")),
            "</sheetData><x/></worksheet>".to_owned(),
        ];
        assert_eq!(filled(xml, &cells, false), wanted.concat());
    }

    #[test]
    fn prefixes_empty_sheets_and_cells_without_names_are_understood() {
        let xml = "\u{feff}<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"m\"><x:dimension ref=\"A1\"/><x:sheetData/></x:worksheet>";
        let wanted = "<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"m\"><x:dimension ref=\"A1:B3\"/><x:sheetData><x:row r=\"3\"><x:c r=\"B3\" t=\"inlineStr\"><x:is><x:t>v</x:t></x:is></x:c></x:row></x:sheetData><x:sheetCalcPr fullCalcOnLoad=\"1\"/></x:worksheet>";
        assert_eq!(filled(xml, &[(2, 1, "v")], true), wanted);
        let xml = "<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>";
        let wanted = format!(
            "<worksheet><sheetData><row><c><v>1</v></c>{}</row><row><c><v>3</v></c>{}</row></sheetData></worksheet>",
            text("B1", "x"),
            text("B2", "y")
        );
        assert_eq!(filled(xml, &[(0, 1, "x"), (1, 1, "y")], false), wanted);
    }

    #[test]
    fn new_cells_look_like_their_row_or_column() {
        let xml = "<worksheet><cols><col min=\"2\" max=\"3\" style=\"4\"/></cols><sheetData><row r=\"1\" s=\"9\" customFormat=\"1\"/><row r=\"2\" s=\"9\"/></sheetData></worksheet>";
        let copy = filled(xml, &[(0, 1, "a"), (1, 1, "b"), (1, 5, "c")], false);
        for cell in ["<c r=\"B1\" s=\"9\" t", "<c r=\"B2\" s=\"4\" t", "<c r=\"F2\" t"] {
            assert!(copy.contains(cell), "{copy}");
        }
    }

    #[test]
    fn a_formula_is_never_written_over() {
        let xml = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>";
        let value = Value::Number(1.0);
        let rows = || BTreeMap::from([(0, Cells::from([(0, &value)]))]);
        assert_eq!(Rows::of(xml, rows()).rewritten(false), Err(BookFault::Formula("A1".into())));
        assert!(matches!(Rows::of("<worksheet><sheetData><row><c>", rows()).rewritten(false), Err(BookFault::Xml(_))));
    }
}
