//! An importer's template in a workbook: titles in one row, to be filled in below. Titles differ between versions and are found by their
//! words.

use super::book::{self, Page};
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::sheet::name_of;
use crate::workbook::{GivenTemplate, TemplateField};
use std::collections::BTreeMap;
use std::path::Path;

/// Reads a workbook with one row of these titles and nothing below it.
#[must_use]
pub fn read_template(path: &Path, fields: &[TemplateField]) -> (Option<GivenTemplate>, Problems) {
    let mut problems = Problems::default();
    let template = book::read(path, &mut problems).and_then(|book| {
        let rows = book.pages.iter().flat_map(|page| page.texts.keys().map(move |(row, _)| (page, *row)));
        let mut rows: Vec<(&Page, u32)> = rows.collect();
        rows.dedup_by_key(|(page, row)| (page.name.clone(), *row));
        let titled = |(page, row): &(&Page, u32)| fields.iter().filter(|field| field.2).all(|field| !columns(page, *row, field).is_empty());
        let found: Vec<(&Page, u32)> = rows.into_iter().filter(titled).collect();
        let error = |problems: &mut Problems, code, value: String, expected: String| {
            problems.push(Problem { value, expected, ..of_file(&path.to_string_lossy(), code) });
        };
        let [(page, row)] = found.as_slice() else {
            let needed = fields.iter().filter(|field| field.2).map(|field| field.0).collect::<Vec<_>>().join(", ");
            let places: Vec<String> = found.iter().map(|(page, row)| name_of(&page.name, *row, 0)).collect();
            error(&mut problems, if found.is_empty() { "template_missing" } else { "template_twice" }, places.join(", "), needed);
            return None;
        };
        let mut named = BTreeMap::new();
        for field in fields {
            match columns(page, *row, field).as_slice() {
                [] => {}
                [column] => drop(named.insert(field.0, *column)),
                several => {
                    let places: Vec<String> = several.iter().map(|column| name_of(&page.name, *row, *column)).collect();
                    error(&mut problems, "template_title_twice", places.join(", "), String::new());
                }
            }
        }
        if let Some((row, column)) = page.texts.keys().find(|(below, column)| below > row && named.values().any(|of| of == column)) {
            error(&mut problems, "template_filled", name_of(&page.name, *row, *column), String::new());
        }
        let template = GivenTemplate { book: book.bytes.clone(), sheet: page.name.clone(), columns: named, first_row: row + 1 };
        (!problems.has_errors()).then_some(template)
    });
    (template, problems)
}

/// Columns of a row whose titles are those of a field.
fn columns(page: &Page, row: u32, field: &TemplateField) -> Vec<u32> {
    let plain = |text: &str| text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    page.row(row).filter(|(_, text)| field.1.contains(&plain(text).as_str())).map(|(column, _)| column).collect()
}
