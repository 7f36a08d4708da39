//! Excel workbooks: tables with a frozen header, and totals by formula.

use super::sheet::{Cell, Sheet};
use crate::messages::Lang;
use chrono::NaiveDate;
use rust_xlsxwriter::{Color, DocProperties, Format, Formula, Workbook, Worksheet, XlsxError, utility::column_number_to_name};

/// Maximum column width, in characters.
const WIDEST: usize = 40;

/// Tables unchanged, each on a named sheet.
pub(in crate::report) fn workbook(made: NaiveDate, tables: &[(String, Sheet)], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = begun(made)?;
    for (name, table) in tables {
        add_table(book.add_worksheet().set_name(name)?, table, false, lang)?;
    }
    book.save_to_buffer()
}

/// An empty workbook dated on a plan's first day, so that one plan always gives the same bytes.
pub(in crate::report) fn begun(first: NaiveDate) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let midnight = first.and_time(chrono::NaiveTime::MIN);
    let made = rust_xlsxwriter::ExcelDateTime::parse_from_str(&midnight.format("%Y-%m-%dT%H:%M:%S").to_string())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

pub(super) fn head() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00DD_E6F0)).set_text_wrap()
}

/// A table with titles in a language, its head and first column in sight; with `totals` the sum of every column of hours, money or counts by formula.
pub(super) fn add_table(page: &mut Worksheet, sheet: &Sheet, totals: bool, lang: Lang) -> Result<(), XlsxError> {
    for (column, title) in (0..).zip(&sheet.titles(lang)) {
        page.write_string_with_format(0, column, title, &head())?;
        let longest = sheet.rows.iter().map(|row| width(&row[usize::from(column)].show())).chain([width(title).min(14)]).max();
        page.set_column_width(column, (longest.unwrap_or(0).min(WIDEST) + 2) as f64)?;
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Number(value, decimals) if value.is_finite() => {
                    let scale = 10f64.powi(*decimals as i32);
                    page.write_number(row, column, (value * scale).round() / scale)?;
                }
                Cell::Empty => {}
                // never read as a formula
                other => {
                    page.write_string(row, column, other.show())?;
                }
            }
        }
    }
    page.set_freeze_panes(1, 1)?;
    for_paper(page)?;
    let last = sheet.rows.len() as u32;
    if totals && last > 0 {
        for (column, title) in (0..).zip(&sheet.columns) {
            let amounts: Vec<f64> = sheet.rows.iter().filter_map(|row| amount(&row[usize::from(column)])).collect();
            // a rate has no total
            if amounts.len() == sheet.rows.len() && !title.contains("per_hour") {
                let name = column_number_to_name(column);
                let sum = Formula::new(format!("=SUM({name}2:{name}{})", last + 1));
                let known = Cell::number(amounts.iter().sum(), 2).show();
                page.write_formula_with_format(last + 1, column, sum.set_result(known), &head())?;
            }
        }
    }
    Ok(())
}

/// Sets a sheet up for paper: A4 landscape, as wide as the page, the head on every page.
pub(super) fn for_paper(page: &mut Worksheet) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    page.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?.set_footer("&L&A&R&P / &N");
    Ok(())
}

fn amount(cell: &Cell) -> Option<f64> {
    if let Cell::Number(value, _) = cell { Some(*value) } else { None }
}

/// Display width of a text in columns; Chinese characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}
