//! The first sheet of a workbook as rows of cells with their positions; its size is checked before it is read.

use crate::input::cell::no_value::UNCOMPUTED;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use calamine::{DataRef, DataType, Dimensions, ExcelDateTime, Reader, Xlsx};
use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

/// Maximum number of cells, from the first filled column to the last in all filled rows.
const MOST_CELLS: usize = 1_000_000;
/// Maximum unpacked size of a workbook, in bytes.
const MOST_UNPACKED: u64 = 256 << 20;
/// Maximum number of parts of a workbook.
const MOST_PARTS: usize = 10_000;

/// Names of the cells of a sheet.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct CellNames {
    sheet: String,
    /// Number of the first column, from 0.
    first_column: u32,
}

impl CellNames {
    /// Name of a cell in spreadsheets: `Sheet1!C7`.
    pub(in crate::input) fn of(&self, line: usize, place: usize) -> String {
        name_of(&self.sheet, line as u32 - 1, self.first_column + place as u32)
    }
}

/// A sheet from its first filled row and column on.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Sheet {
    cells: CellNames,
    header: (usize, Vec<String>),
    rows: Vec<(usize, Vec<String>)>,
}

impl Sheet {
    /// Names of its cells.
    pub(in crate::input) fn cells(&self) -> &CellNames {
        &self.cells
    }

    pub(in crate::input) fn header(&self) -> &[String] {
        &self.header.1
    }

    pub(in crate::input) fn header_line(&self) -> usize {
        self.header.0
    }

    /// Rows below the header, with their row numbers in the sheet.
    pub(in crate::input) fn rows(&self) -> impl Iterator<Item = (usize, &[String])> {
        self.rows.iter().map(|(line, cells)| (*line, cells.as_slice()))
    }
}

/// Name of a cell in spreadsheets.
pub(in crate::input) fn name_of(sheet: &str, row: u32, column: u32) -> String {
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_');
    let quoted = if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) };
    format!("{quoted}!{}", row_col_to_cell(row, u16::try_from(column).unwrap_or(u16::MAX)))
}

/// Opens a workbook of a size that may be read; what prevents it is reported.
pub(in crate::input) fn opened(file: &str, bytes: Vec<u8>, problems: &mut Problems) -> Option<Xlsx<Cursor<Vec<u8>>>> {
    if let Err(part) = unpacked_size(&bytes) {
        let expected = format!("{} MB", MOST_UNPACKED >> 20);
        problems.push(Problem { value: part, expected, ..of_file(file, "workbook_too_large") });
        return None;
    }
    match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => Some(book),
        Err(error) => {
            note_unreadable(file, problems, format!("XLSX ({error})"));
            None
        }
    }
}

fn note_unreadable(file: &str, problems: &mut Problems, why: String) {
    problems.push(Problem { expected: why, ..of_file(file, "file_unreadable") });
}

/// Reads the first sheet. Merged cells are refused, because only the first of them has content.
pub(in crate::input) fn read(file: &str, bytes: Vec<u8>, problems: &mut Problems) -> Option<Sheet> {
    let mut book = opened(file, bytes, problems)?;
    let unreadable = |problems: &mut Problems, why: String| note_unreadable(file, problems, why);
    let Some(name) = book.sheet_names().first().cloned() else {
        unreadable(problems, "XLSX".into());
        return None;
    };
    match book.merge_cells_by_sheet_id(0) {
        Ok(merged) if merged.is_empty() => {}
        Ok(merged) => {
            let column = |column: u32| u16::try_from(column).unwrap_or(u16::MAX);
            let name = |cells: &Dimensions| cell_range(cells.start.0, column(cells.start.1), cells.end.0, column(cells.end.1));
            let shown: Vec<String> = merged.iter().take(20).map(name).collect();
            problems.push(Problem { value: shown.join(", "), ..of_file(file, "merged_cells") });
            return None;
        }
        Err(error) => {
            unreadable(problems, format!("XLSX ({error})"));
            return None;
        }
    }
    match cells(&mut book, file, &name, problems) {
        Ok(cells) => arranged(file, name, cells?.0, problems),
        Err(error) => {
            unreadable(problems, format!("XLSX ({error})"));
            None
        }
    }
}

/// A date, a time of day, both, or a duration, as a person would write it.
pub(in crate::input) fn of_moment(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    let whole = (days * 86400.0).round().max(0.0) as u64;
    if !moment.is_datetime() || days < 1.0 {
        return format!("{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let (date, seconds) = (format!("{year:04}-{month:02}-{day:02}"), whole % 86400);
    if seconds == 0 { date } else { format!("{date} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60) }
}

/// Texts of cells by row and column.
pub(in crate::input) type Cells = BTreeMap<(u32, u32), String>;
/// Places of cells.
pub(in crate::input) type Places = BTreeSet<(u32, u32)>;

/// All filled cells of a sheet, and those with a formula; `None` if there are too many.
pub(in crate::input) fn cells(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    file: &str,
    name: &str,
    problems: &mut Problems,
) -> Result<Option<(Cells, Places)>, calamine::XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let (mut cells, mut formulas) = (Cells::new(), Places::new());
    let mut bytes = 0;
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = cell.pos;
        let refuse = |problems: &mut Problems, code, value: String| {
            let column = name_of(name, row, column);
            problems.push(Problem { line: Some(row as usize + 1), column, value, ..of_file(file, code) });
        };
        if row >= 1 << 20 || column >= 1 << 14 {
            refuse(problems, "sheet_too_large", String::new());
            return Ok(None);
        }
        if cell.formula.is_some() {
            formulas.insert((row, column));
        }
        let text = match &cell.value {
            // it depends on the column whether they matter
            DataRef::Empty if cell.formula.is_some() => UNCOMPUTED.to_owned(),
            DataRef::Error(error) => error.to_string(),
            DataRef::Empty => continue,
            DataRef::DateTime(moment) => of_moment(moment),
            DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            DataRef::DurationIso(_) => cell.value.as_f64().map_or_else(|| "time".into(), |value| value.to_string()),
            value => value.as_string().unwrap_or_default(),
        };
        bytes += text.len();
        cells.insert((row, column), text);
        if cells.len() > MOST_CELLS || bytes as u64 > MOST_UNPACKED {
            refuse(problems, "sheet_too_large", cells.len().to_string());
            return Ok(None);
        }
    }
    Ok(Some((cells, formulas)))
}

/// Cells as rows below a header; `None` if there are too many.
fn arranged(file: &str, name: String, cells: Cells, problems: &mut Problems) -> Option<Sheet> {
    let is_filled = |text: &String| !text.trim().is_empty();
    let filled = || cells.iter().filter(|(_, text)| is_filled(text)).map(|(place, _)| *place);
    let Some(first_row) = filled().map(|(row, _)| row).min() else {
        problems.push(of_file(file, "file_empty"));
        return None;
    };
    let (first_column, last_column) = filled().fold((u32::MAX, 0), |(first, last), (_, column)| (first.min(column), last.max(column)));
    let width = (last_column - first_column) as usize + 1;
    let rows: BTreeSet<u32> = filled().map(|(row, _)| row).collect();
    if rows.len() * width > MOST_CELLS {
        let value = cell_range(first_row, first_column as u16, rows.last().copied().unwrap_or(0), last_column as u16);
        problems.push(Problem { value, expected: MOST_CELLS.to_string(), ..of_file(file, "sheet_too_large") });
        return None;
    }
    let row_of = |row: u32| {
        let mut texts = vec![String::new(); width];
        cells
            .range((row, first_column)..=(row, last_column))
            .for_each(|((_, column), text)| texts[(column - first_column) as usize].clone_from(text));
        (row as usize + 1, texts)
    };
    let mut rows = rows.into_iter().map(row_of);
    let header = rows.next().unwrap_or_default();
    Some(Sheet { cells: CellNames { sheet: name, first_column }, header, rows: rows.collect() })
}

/// Checks that all parts of a workbook unpack within the limit, and that none states an impossible size that its reader would believe. The
/// error is the faulty part.
pub(in crate::input) fn unpacked_size(bytes: &[u8]) -> Result<(), String> {
    // opening the workbook reports an unreadable archive better
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    if archive.len() > MOST_PARTS {
        return Err(archive.len().to_string());
    }
    let mut left = MOST_UNPACKED;
    for place in 0..archive.len() {
        let Ok(part) = archive.by_index(place) else { continue };
        let name = part.name().map_or_else(|_| place.to_string(), std::borrow::Cow::into_owned);
        let mut content = Vec::new();
        // a part that cannot be unpacked counts up to its fault
        let _ = part.take(left + 1).read_to_end(&mut content);
        left = left.checked_sub(content.len() as u64).ok_or_else(|| name.clone())?;
        if !is_modest(&content) {
            return Err(name);
        }
    }
    Ok(())
}

/// Whether a part states no more strings than it has bytes: space for the stated number is reserved before the first is read.
fn is_modest(content: &[u8]) -> bool {
    const STATED: &[u8] = b"uniqueCount";
    let starts = content.windows(STATED.len()).enumerate().filter(|(_, window)| *window == STATED).map(|(place, _)| place + STATED.len());
    starts.into_iter().all(|start| {
        let digits =
            content[start..].iter().skip_while(|byte| !byte.is_ascii_digit() && **byte != b'>').take_while(|byte| byte.is_ascii_digit());
        let stated = digits.fold(0_usize, |number, digit| number.saturating_mul(10).saturating_add(usize::from(digit - b'0')));
        stated <= content.len()
    })
}
