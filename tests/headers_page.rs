//! `src/docs/headers.md` lists every header that tables may have, as `src/input` has them.
//!
//! `PEAKSHIFT_WRITE_GOLDEN=1 cargo test --release --test headers_page` writes the page anew.

#[path = "support/source.rs"]
mod source;

use source::{all_files, folder};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use syn::{Expr, ExprArray, Item, Lit};

/// Constants of `src/input` that hold a table's columns, each with the table's title and the page's note on it.
const TABLES: [(&str, &str, &str); 14] = [
    ("HISTORY", "History · 历史数据", "`files.history`; the counts of today (`--actuals`) and the flat form (`--history`) too."),
    ("AGENTS", "Agents · 人员表", "`files.agents`"),
    ("SHIFTS", "Shifts · 班次表", "`files.shifts`"),
    ("ABSENCES", "Absences · 请假表", "`files.absences`, `--absences`"),
    ("PROMOTIONS", "Promotions · 活动表", "`files.promotions`"),
    ("CALENDAR", "Calendar · 日历", "`files.calendar`"),
    ("CURVES", "Day curves · 日内曲线", "`files.day_curves`; every further column is a curve under its own name."),
    ("OVERRIDES", "Overrides · 人工修正", "`files.overrides`"),
    ("REQUESTS", "Requests · 员工意愿", "`files.requests`"),
    ("PINS", "Pins · 固定班次", "`files.pins`"),
    ("ROSTER", "Roster · 班表", "`--roster`, `files.previous_roster`"),
    ("ACCOUNTS", "Accounts · 累计账户", "`files.accounts`; normally written by the previous plan."),
    ("EVENTS", "Events of the flat form · 事件", "`--events`"),
    ("DRIVERS", "Drivers · 驱动因素", "`files.drivers`, `--drivers`; every further column is a driver under its own name."),
];
/// Tables that stand in `file_formats.md` alone: those that only peakshift writes, the matrix, whose columns are days, and the batch.
const ELSEWHERE: [&str; 4] = ["BATCH", "KEPT", "MATRIX", "REQUIREMENT"];

const HEAD: &str = "# Headers

Headers that Peakshift recognises, table by table. Columns may stand in any order. Case, spaces, underscores, hyphens, slashes and full-width
letters make no difference, and neither does what stands in brackets, except a unit: `AHT (min)`, `aht_ms`, `平均处理时长(分钟)`, `咨询量（万）`.
Columns in **bold** are required. A header that means two columns of one table is read as the one in whose row it stands here. What each
column holds is in `file_formats.md`.

本页列出各表可识别的表头。列的顺序、大小写、空格与全半角不限；括号内可写单位，如 `平均处理时长(分钟)`。**加粗**的列必填。

This page is generated from `src/input` by `tests/headers_page.rs`; do not edit it by hand.
";

/// Literals of the constants that the readers go by.
#[derive(Default)]
struct Constants {
    /// Required and optional columns by the name of the constant.
    shapes: BTreeMap<String, [Vec<String>; 2]>,
    /// Names of our columns, each with the headers that mean it, in the order in which they are tried.
    synonyms: Vec<(String, Vec<String>)>,
    /// Headers of the date and of the time where a time stands in two columns.
    lists: BTreeMap<String, Vec<String>>,
}

impl Constants {
    fn read() -> Self {
        let mut constants = Self::default();
        for path in all_files(&folder().join("input")) {
            for item in syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap().items {
                let Item::Const(item) = item else { continue };
                let name = item.ident.to_string();
                match &*item.expr {
                    Expr::Struct(shape) if shape.path.is_ident("Shape") => {
                        let columns = |field: &str| {
                            let value =
                                shape.fields.iter().find(|value| matches!(&value.member, syn::Member::Named(name) if name == field));
                            texts(&value.unwrap().expr)
                        };
                        constants.shapes.insert(name, ["required", "optional"].map(columns));
                    }
                    value if name == "SYNONYMS" => constants.synonyms = elements(value).iter().map(synonym).collect(),
                    value if path.ends_with("split_times.rs") && (name == "DATES" || name == "TIMES") => {
                        constants.lists.insert(name, texts(value));
                    }
                    _ => {}
                }
            }
        }
        constants
    }

    /// Headers that mean a column of a table, its own name left out.
    fn headers(&self, column: &str, table: &[String]) -> Vec<&str> {
        let is_another = |header: &&String| table.iter().any(|other| other != column && plain(other) == plain(header));
        let first = |header: &str| {
            let means = |(of, names): &&(String, Vec<String>)| table.contains(of) && names.iter().any(|name| plain(name) == plain(header));
            self.synonyms.iter().find(means).map(|(of, _)| of.as_str())
        };
        let names = self.synonyms.iter().filter(|(of, _)| of == column).flat_map(|(_, names)| names);
        names.filter(|header| !is_another(header) && first(header) == Some(column)).map(String::as_str).collect()
    }

    fn page(&self) -> String {
        let mut page = HEAD.to_owned();
        for (constant, title, note) in TABLES {
            let [required, optional] = &self.shapes[constant];
            let table: Vec<String> = required.iter().chain(optional).cloned().collect();
            write!(page, "\n## {title}\n\n{note}\n\n| column | accepted headers |\n|---|---|\n").unwrap();
            for column in &table {
                let name = if required.contains(column) { format!("**`{column}`**") } else { format!("`{column}`") };
                writeln!(page, "| {name} | {} |", self.headers(column, &table).join(" · ")).unwrap();
            }
        }
        let list = |name: &str| self.lists[name].join(" · ");
        page.push_str("\n## Date and time in two columns · 日期与时间分列\n\n");
        page.push_str("Where a table has a time as `start` or `when`, its date and its time may stand in two columns:\n\n");
        write!(page, "| half | accepted headers |\n|---|---|\n| date | {} |\n| time | {} |\n", list("DATES"), list("TIMES")).unwrap();
        page
    }
}

fn synonym(pair: &Expr) -> (String, Vec<String>) {
    let Expr::Tuple(pair) = pair else { panic!("synonyms are pairs") };
    (text(&pair.elems[0]), texts(&pair.elems[1]))
}

fn elements(list: &Expr) -> Vec<Expr> {
    match list {
        Expr::Reference(reference) => elements(&reference.expr),
        Expr::Array(ExprArray { elems, .. }) => elems.iter().cloned().collect(),
        _ => panic!("a list of literals is expected"),
    }
}

fn texts(list: &Expr) -> Vec<String> {
    elements(list).iter().map(text).collect()
}

fn text(value: &Expr) -> String {
    match value {
        Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => text.value(),
        _ => panic!("a text is expected"),
    }
}

/// A header as headers are compared.
fn plain(header: &str) -> String {
    header.to_lowercase().chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '_' | '-' | '/')).collect()
}

#[test]
fn the_page_of_headers_lists_what_is_read() {
    let constants = Constants::read();
    let listed: Vec<&str> = TABLES.iter().map(|(name, ..)| *name).chain(ELSEWHERE).collect();
    let unlisted: Vec<&String> = constants.shapes.keys().filter(|name| !listed.contains(&name.as_str())).collect();
    assert!(unlisted.is_empty(), "tables that the page lacks: {unlisted:?}");
    let page = constants.page();
    let path = folder().join("docs/headers.md");
    if std::env::var_os("PEAKSHIFT_WRITE_GOLDEN").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), page, "PEAKSHIFT_WRITE_GOLDEN=1 writes it anew");
}
