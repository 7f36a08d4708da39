//! Decimal commas and points: a table's own cells determine their meaning, else it is reported as ambiguous.

#[path = "support/valid_folder.rs"]
mod valid_folder;

use peakshift::input::{Folder, read_erlang_batch};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use valid_folder::{TABLES, valid_folder};

/// Number format and separator of a program.
#[derive(Clone, Copy, Debug)]
struct Locale {
    decimal: char,
    grouping: Option<char>,
    separator: u8,
}

/// A number as its digits and the number of decimals.
#[derive(Clone, Copy, Debug)]
struct Number {
    digits: u32,
    decimals: u32,
}

impl Number {
    fn value(self) -> f64 {
        self.plain().parse().unwrap()
    }

    fn parts(self) -> (String, String) {
        let text = format!("{:0width$}", self.digits, width = self.decimals as usize + 1);
        let (whole, decimals) = text.split_at(text.len() - self.decimals as usize);
        (whole.to_owned(), decimals.to_owned())
    }

    fn plain(self) -> String {
        let (whole, decimals) = self.parts();
        if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") }
    }

    fn written(self, locale: Locale) -> String {
        let (whole, decimals) = self.parts();
        let mut text = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.extend(locale.grouping);
            }
            text.push(digit);
        }
        if !decimals.is_empty() {
            text.push(locale.decimal);
            text.push_str(&decimals);
        }
        text
    }

    /// Whether it has a single reading: its decimals are no group of three digits, or the part before them is none.
    fn is_clear(self, locale: Locale) -> bool {
        let (whole, decimals) = self.parts();
        let is_grouped = locale.grouping.is_some_and(|sign| sign.is_ascii_punctuation() && sign != '\'') && whole.len() > 3;
        let beyond_three = whole.len() > 3 && locale.grouping.is_none();
        !decimals.is_empty() && (decimals.len() != 3 || whole.starts_with('0') || is_grouped || beyond_three)
            || is_grouped && whole.len() > 6
    }
}

fn locales() -> impl Strategy<Value = Locale> {
    let other = |decimal| if decimal == ',' { '.' } else { ',' };
    let groupings = move |decimal| vec![None, Some(other(decimal)), Some(' '), Some('\u{a0}'), Some('\u{202f}'), Some('\''), Some('’')];
    let signs =
        prop::sample::select(vec!['.', ',']).prop_flat_map(move |decimal| (Just(decimal), prop::sample::select(groupings(decimal))));
    (signs, prop::sample::select(vec![b',', b';', b'\t'])).prop_map(|((decimal, grouping), separator)| Locale {
        decimal,
        grouping,
        separator,
    })
}

fn numbers() -> impl Strategy<Value = Vec<Number>> {
    let number = (prop_oneof![0_u32..2_000, 0_u32..900_000], prop::sample::select(vec![0_u32, 0, 0, 1, 2, 3, 3, 4]));
    prop::collection::vec(number.prop_map(|(digits, decimals)| Number { digits, decimals }), 1..12)
}

fn history(numbers: &[Number], locale: Locale) -> Vec<u8> {
    let mut rows = csv::WriterBuilder::new().delimiter(locale.separator).from_writer(Vec::new());
    rows.write_record(["start", "queue", "offered"]).unwrap();
    for (hour, number) in numbers.iter().enumerate() {
        rows.write_record([&format!("2026-11-02T{:02}:00", 8 + hour), "phone", &number.written(locale)]).unwrap();
    }
    rows.into_inner().unwrap()
}

/// The counts read from a history, or the reported ambiguities.
fn read(history: &[u8]) -> Result<Vec<f64>, Vec<String>> {
    let folder = valid_folder();
    fs::write(folder.path().join("history.csv"), history).unwrap();
    let reading = Folder::named(folder.path()).read();
    let errors = reading.problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code.to_owned()).collect();
    let counts = reading.inputs.map(|inputs| inputs.queues[0].counts.iter().map(|count| count.contacts).collect());
    counts.ok_or(errors)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_number_is_read_as_another_whatever_the_signs(locale in locales(), numbers in numbers()) {
        let is_clear = numbers.iter().any(|number| number.is_clear(locale));
        // where commas separate cells, `62,500` is the spreadsheet form of 62500, and `1.206` has a decimal point
        prop_assume!(locale.separator != b',' || locale.decimal == '.' || is_clear);
        let expected: Vec<f64> = numbers.iter().map(|number| number.value()).collect();
        match read(&history(&numbers, locale)) {
            Ok(found) => prop_assert_eq!(found, expected),
            Err(codes) => {
                prop_assert!(codes == ["decimal_doubtful"] || codes == ["decimals_mixed"], "{codes:?}");
                prop_assert!(!is_clear || locale.separator == b',', "{codes:?} though clear");
            }
        }
    }

    #[test]
    fn a_table_of_two_ways_is_asked_about(numbers in numbers(), of_each in (1_u32..9, 1_u32..9)) {
        let [point, comma] = [('.', of_each.0), (',', of_each.1)].map(|(decimal, digits)| {
            Number { digits, decimals: 2 }.written(Locale { decimal, grouping: None, separator: b';' })
        });
        let whole = numbers.iter().map(|number| Number { decimals: 0, ..*number }.plain());
        let cells: Vec<String> = whole.chain([point, comma]).collect();
        let rows: Vec<String> = cells.iter().enumerate().map(|(hour, cell)| format!("2026-11-02T{:02}:00;phone;{cell}", 8 + hour)).collect();
        let text = format!("start;queue;offered\n{}\n", rows.join("\n"));
        prop_assert_eq!(read(text.as_bytes()).unwrap_err(), ["decimals_mixed"]);
    }
}

/// A table separated by semicolons, with decimal commas.
fn with_commas(text: &str) -> String {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
    for record in reader.records().map(Result::unwrap) {
        let part = |part: &str| if part.parse::<f64>().is_ok() { part.replace('.', ",") } else { part.to_owned() };
        writer.write_record(record.iter().map(|cell| cell.split(';').map(part).collect::<Vec<_>>().join(";"))).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn rewrite(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap();
    let rewritten = with_commas(&text);
    fs::write(path, &rewritten).unwrap();
    rewritten.matches(',').count() > 0
}

#[test]
fn every_table_is_read_alike_with_decimal_commas() {
    let of = |folder: &Path| {
        let reading = Folder::named(folder).read();
        let problems: Vec<_> = reading.problems.iter().cloned().collect();
        (format!("{:?}", reading.inputs.unwrap_or_else(|| panic!("{problems:?}"))), problems)
    };
    let folder = valid_folder();
    let before = of(folder.path());
    for table in TABLES {
        rewrite(&folder.path().join(table));
        assert_eq!(of(folder.path()), before, "{table}");
    }
    assert!(
        ["agents.csv", "accounts.csv", "day_curves.csv"]
            .iter()
            .all(|table| { fs::read_to_string(folder.path().join(table)).unwrap().contains(',') })
    );
    let batch = folder.path().join("batch.csv");
    fs::write(&batch, "model,load_erlangs,handling_seconds,agents,target,target_value\nchat,5.5,180.5;200,4,service_level,82.5%\n")
        .unwrap();
    let rows = || {
        format!(
            "{:?}",
            read_erlang_batch(&batch)
                .unwrap()
                .1
                .iter()
                .map(|row| {
                    let asked = &row.question;
                    (asked.load, asked.model.clone(), asked.targets.clone())
                })
                .collect::<Vec<_>>()
        )
    };
    let before = rows();
    assert!(rewrite(&batch));
    fs::write(&batch, fs::read_to_string(&batch).unwrap().replace("82.5%", "82,5%")).unwrap();
    assert_eq!(rows(), before);
}
