//! Matrices edited in spreadsheets: every unreliable cell is named by sheet and cell, and no workbook takes more memory than its sheet may
//! have.

#[path = "support/damage.rs"]
mod damage;

use damage::{Damage, damaged};
use peakshift::input::{Folder, Problems};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

/// XML of a sheet around its rows.
fn sheet(dimension: &str, rows: &str) -> String {
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    format!("<worksheet xmlns=\"{space}\"><dimension ref=\"{dimension}\"/><sheetData>{rows}</sheetData></worksheet>")
}

/// A workbook of one sheet, with its shared strings.
fn book(name: &str, sheet: &str, strings: &str) -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org";
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{space}/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inside: String| format!("<Relationships xmlns=\"{space}/package/2006/relationships\">{inside}</Relationships>");
    let workbook = format!(
        "<workbook xmlns=\"{space}/spreadsheetml/2006/main\" xmlns:r=\"{space}/officeDocument/2006/relationships\"><sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{space}/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    );
    let parts = [
        ("_rels/.rels", relations(relation("r1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", workbook),
        (
            "xl/_rels/workbook.xml.rels",
            relations(
                [
                    relation("r1", "worksheet", "worksheets/sheet1.xml"),
                    relation("r2", "sharedStrings", "sharedStrings.xml"),
                    relation("r3", "styles", "styles.xml"),
                ]
                .concat(),
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_owned()),
        ("xl/sharedStrings.xml", strings.to_owned()),
        ("xl/styles.xml", styles),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const NO_STRINGS: &str = "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"></sst>";

fn text(cell: &str, text: &str) -> String {
    format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A matrix of one person and day, with the given XML as cell B2.
fn with_cell(cell: &str) -> Vec<u8> {
    let rows = format!("<row r=\"1\">{}{}</row><row r=\"2\">{}{cell}</row>", text("A1", "agent_id"), text("B1", "11-30"), text("A2", "A1"));
    book("Sheet1", &sheet("A1:B2", &rows), NO_STRINGS)
}

/// Problems of a workbook used for the repair of the example's roster, and the number of pins.
fn read(book: &[u8]) -> (usize, Problems) {
    read_for(book, 1)
}

/// As [`read`], for the first `people` of the team: the matrix leaves the others open.
fn read_for(book: &[u8], people: usize) -> (usize, Problems) {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    let mut inputs = Folder::named(&tiny).read().inputs.unwrap();
    inputs.employees.truncate(people);
    let folder = tempfile::tempdir().unwrap();
    let (path, roster) = (folder.path().join("edited.xlsx"), folder.path().join("roster.csv"));
    fs::write(&path, book).unwrap();
    let row = "2026-11-30,A1,D,2026-11-30T09:00,2026-11-30T17:00,7";
    fs::write(&roster, format!("date,agent_id,shift,start,end,paid_hours\n{row}\n")).unwrap();
    let (_, problems) = Folder::read_mending(&roster, None, Some(&path), &mut inputs);
    (inputs.pins.len(), problems)
}

fn told(book: &[u8]) -> Vec<(&'static str, Option<usize>, String)> {
    read(book).1.iter().map(|problem| (problem.code, problem.line, problem.column.clone())).collect()
}

#[test]
fn cells_that_say_nothing_sure_are_named_by_sheet_and_cell() {
    for (cell, code) in [
        ("<c r=\"B2\" t=\"e\"><v>#N/A</v></c>", "error_cell"),
        ("<c r=\"B2\" t=\"e\"><f>Z1</f><v>#REF!</v></c>", "error_cell"),
        ("<c r=\"B2\" t=\"e\"><v>#VALUE!</v></c>", "error_cell"),
        ("<c r=\"B2\" t=\"str\"><v>#NAME?</v></c>", "error_cell"),
        ("<c r=\"B2\"><f>VLOOKUP(A2,Z:Z,1)</f></c>", "formula_without_value"),
        ("<c r=\"B2\"><f>A1</f><v></v></c>", "formula_without_value"),
        ("<c r=\"B2\"><v>9</v></c>", "unknown_shift"),
        ("<c r=\"B2\"><v>0.5</v></c>", "unknown_shift"),
        ("<c r=\"B2\" s=\"1\"><v>46356</v></c>", "unknown_shift"),
        ("<c r=\"B2\" t=\"b\"><v>1</v></c>", "unknown_shift"),
    ] {
        assert_eq!(told(&with_cell(cell)), [(code, Some(2), "Sheet1!B2".to_owned())], "{cell}");
    }
    for (cell, pins) in [
        ("<c r=\"B2\" s=\"1\"/>", 1),
        (&*text("B2", "休"), 1),
        (&*text("B2", "V"), 1),
        (&*text("B2", "D"), 0),
        ("<c r=\"B2\" t=\"str\"><f>A1</f><v>D</v></c>", 0),
    ] {
        let (found, problems) = read(&with_cell(cell));
        assert!(problems.is_empty() && found == pins, "{cell}: {found} {problems:?}");
    }
}

#[test]
fn a_sheet_that_begins_lower_and_further_right_keeps_its_own_rows_and_columns() {
    for (first_row, first_column, name, shown) in
        [(1, 'A', "Sheet1", "Sheet1"), (4, 'C', "班表", "班表"), (30, 'F', "my week", "'my week'")]
    {
        let next = char::from(first_column as u8 + 1);
        let row = |number: u32, cells: [String; 2]| format!("<row r=\"{number}\">{}</row>", cells.concat());
        let rows = [
            row(first_row, [text(&format!("{first_column}{first_row}"), "agent_id"), text(&format!("{next}{first_row}"), "11-30")]),
            row(first_row + 2, [text(&format!("{first_column}{}", first_row + 2), "A1"), text(&format!("{next}{}", first_row + 2), "Z")]),
        ];
        let book = book(name, &sheet("A1", &rows.concat()), NO_STRINGS);
        assert_eq!(told(&book), [("unknown_shift", Some(first_row as usize + 2), format!("{shown}!{next}{}", first_row + 2))]);
    }
}

#[test]
fn a_formula_nobody_computed_beside_the_days_changes_nothing() {
    let rows = format!(
        "<row r=\"1\">{}{}{}</row><row r=\"2\">{}{}<c r=\"C2\"><f>SUM(1)</f></c></row>",
        text("A1", "agent_id"),
        text("B1", "11-30"),
        text("C1", "total"),
        text("A2", "A1"),
        text("B2", "D")
    );
    assert!(read(&book("Sheet1", &sheet("A1:C2", &rows), NO_STRINGS)).1.is_empty());
}

#[test]
fn a_workbook_that_states_more_than_it_holds_is_read_or_refused_in_little_memory() {
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row>",
        text("A1", "agent_id"),
        text("B1", "11-30"),
        text("A2", "A1"),
        text("B2", "D")
    );
    let wide = sheet("A1:XFD1048576", &rows);
    assert!(read(&book("Sheet1", &wide, NO_STRINGS)).1.is_empty(), "what a sheet says of its size is no matter");
    let far = format!("{rows}<row r=\"1048576\">{}</row>", text("XFD1048576", "x"));
    let table = told(&book("Sheet1", &sheet("A1", &far), NO_STRINGS));
    assert!(
        table.iter().all(|(code, ..)| ["row_length", "column_unknown", "too_many_columns"].contains(code)) && !table.is_empty(),
        "{table:?}"
    );
    let diagonal: String = (3..200).map(|n| format!("<row r=\"{}\"><c r=\"XFD{}\"><v>1</v></c></row>", n * 5000, n * 5000)).collect();
    assert_eq!(told(&book("Sheet1", &sheet("A1", &format!("{rows}{diagonal}")), NO_STRINGS))[0].0, "sheet_too_large");
    let beyond = format!("{rows}<row r=\"4000000000\"><c r=\"A4000000000\"><v>1</v></c></row>");
    assert_eq!(told(&book("Sheet1", &sheet("A1", &beyond), NO_STRINGS))[0].0, "sheet_too_large");
    let strings = NO_STRINGS.replace("<sst ", "<sst count=\"1\" uniqueCount=\"20000000000\" ");
    assert_eq!(told(&book("Sheet1", &sheet("A1", &rows), &strings))[0].0, "workbook_too_large");
    let formula = format!("{rows}<row r=\"3\"><c r=\"A3\"><f t=\"shared\" ref=\"A3:B9\" si=\"99999999999\">B1</f><v>1</v></c></row>");
    assert!(told(&book("Sheet1", &sheet("A1", &formula), NO_STRINGS)).iter().all(|(code, ..)| *code == "unknown_agent"));
    let bomb = NO_STRINGS.replace("</sst>", &format!("{}</sst>", "<si><t></t></si>".repeat(20_000_000)));
    assert_eq!(told(&book("Sheet1", &sheet("A1", &rows), &bomb))[0].0, "workbook_too_large");
}

#[test]
fn a_damaged_workbook_is_read_or_refused() {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/tiny");
    let inputs = Folder::named(&tiny).read().inputs.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (path, roster) = (folder.path().join("edited.xlsx"), folder.path().join("roster.csv"));
    fs::write(&roster, "date,agent_id,shift,start,end,paid_hours\n2026-11-30,A1,D,2026-11-30T09:00,2026-11-30T17:00,7\n").unwrap();
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\" t=\"s\"><v>0</v></c></row><row r=\"3\">{}<c r=\"B3\" s=\"1\"><f t=\"shared\" ref=\"B3:B9\" si=\"0\">A1</f><v>46356</v></c></row>",
        text("A1", "agent_id"),
        text("B1", "11-30"),
        text("A2", "A1"),
        text("A3", "A2")
    );
    let sheet = sheet("A1:B3", &rows);
    let strings = NO_STRINGS.replace("<sst ", "<sst count=\"1\" uniqueCount=\"1\" ").replace("</sst>", "<si><t>D</t></si></sst>");
    let valid = book("Sheet1", &sheet, &strings);
    assert!(read_for(&valid, 2).1.iter().all(|problem| problem.code == "unknown_shift"));
    let inputs = std::panic::AssertUnwindSafe(inputs);
    // damage to the sheet, to its strings, to the archive itself
    bolero::check!().with_iterations(300).with_max_len(64).with_type::<(u8, Vec<Damage>)>().for_each(
        |(part, damage): &(u8, Vec<Damage>)| {
            let damage = &damage[..damage.len().min(12)];
            let of = |text: &str| String::from_utf8_lossy(&damaged(text, damage)).into_owned();
            let bytes = match part % 4 {
                0 | 1 => book("Sheet1", &of(&sheet), &strings),
                2 => book("Sheet1", &sheet, &of(&strings)),
                _ => {
                    let mut bytes = valid.clone();
                    for &(_, place, number) in damage {
                        let place = usize::from(place) * bytes.len() / 65_536;
                        bytes[place] = number;
                    }
                    bytes
                }
            };
            fs::write(&path, bytes).unwrap();
            drop(Folder::read_mending(&roster, None, Some(&path), &mut inputs.clone()));
        },
    );
}
