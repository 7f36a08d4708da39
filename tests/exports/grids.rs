//! Grids of other systems, filled in: cells of agents and days say what the roster says, and nothing else is touched.

use calamine::{Data, Reader, Xlsx};
use chrono::{Datelike, Days, NaiveDate};
use peakshift::budget::Budget;
use peakshift::input::{Folder, Problems, read_grid, read_template};
use peakshift::messages::Lang;
use peakshift::outside::{OutsideId, OutsideIds};
use peakshift::plan::{Inputs, forecast, require, roster_problem};
use peakshift::report::{Schedule, TEAMS_FIELDS, filled_grid, teams_template};
use peakshift::roster::{Roster, RosterProblem, draft};
use peakshift::workforce::AgentId;
use quick_xml::Reader as Xml;
use quick_xml::events::Event;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Formula, Note, Workbook, Worksheet, utility::row_col_to_cell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::OnceLock;

/// The worked example with a roster from a very short search.
struct Example {
    inputs: Inputs,
    problem: RosterProblem,
    roster: Roster,
}

fn example() -> &'static Example {
    static EXAMPLE: OnceLock<Example> = OnceLock::new();
    EXAMPLE.get_or_init(|| {
        let inputs = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/qinghe")).read().inputs.unwrap();
        let requirements = require(&inputs, &forecast(&inputs).unwrap());
        let problem = roster_problem(&inputs, &requirements);
        let roster = draft(&problem, 1, &Budget::of_effort(1)).roster;
        Example { inputs, problem, roster }
    })
}

/// A random grid as another system may export it, and where its agents and days stand.
struct Drawn {
    book: Vec<u8>,
    people: BTreeMap<AgentId, u32>,
    days: BTreeMap<NaiveDate, u16>,
    has_strangers: bool,
    has_other_days: bool,
}

fn draw(seed: u64) -> Drawn {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut book = Workbook::new();
    if rng.random_bool(0.5) {
        let page = book.add_worksheet().set_name("说明").unwrap();
        page.write_string(0, 0, "请勿修改表头").unwrap().write_formula(1, 0, Formula::new("=1+1").set_result("2")).unwrap();
    }
    let page = book.add_worksheet().set_name("排班 1").unwrap();
    let (top, left) = (rng.random_range(0..4_u32), rng.random_range(0..3_u16));
    for row in 0..top {
        page.write_string(row, left, format!("title {row}")).unwrap();
    }
    if top > 0 && rng.random_bool(0.5) {
        page.merge_range(0, left, 0, left + 5, "December", &Format::new().set_bold()).unwrap();
    }
    page.write_string(top, left, "姓名")
        .unwrap()
        .write_string(top, left + 1, *["工号", "agent_id", "员工工号"].choose(&mut rng).unwrap())
        .unwrap();
    let tinted = Format::new().set_background_color(Color::RGB(0x00FF_EEDD)).set_num_format("@");
    let (days, has_other_days) = write_days(page, &mut rng, (top, left + 2), &tinted);
    let (people, has_strangers) = write_people(page, &mut rng, (top, left), &days, &tinted);
    page.set_column_width(left + 1, 23.5).unwrap().set_row_height(top + 2, 31.0).unwrap();
    page.insert_note(top + 1, left, &Note::new("a note")).unwrap();
    Drawn { book: book.save_to_buffer().unwrap(), people, days, has_strangers, has_other_days }
}

fn write_days(
    page: &mut Worksheet,
    rng: &mut ChaCha8Rng,
    (row, mut column): (u32, u16),
    format: &Format,
) -> (BTreeMap<NaiveDate, u16>, bool) {
    let horizon = example().inputs.horizon;
    let (skipped, more) = (rng.random_range(0..2_u64), rng.random_range(0..3_u64));
    let form = rng.random_range(0..5);
    let mut days = BTreeMap::new();
    for date in (horizon.first + Days::new(skipped)).iter_days().take(horizon.days - skipped as usize + more as usize) {
        let weekday = ["一", "二", "三", "四", "五", "六", "日"][date.weekday().num_days_from_monday() as usize];
        match form {
            0 => page.write_string(row, column, date.to_string()),
            1 => page.write_string(row, column, format!("{} 周{weekday}", date.format("%m-%d"))),
            2 => page.write_string(row, column, format!("{}\n星期{weekday}", date.format("%-m月%-d日"))),
            3 => page.write_string(row, column, date.format("%Y/%-m/%-d").to_string()),
            _ => {
                let day = ExcelDateTime::from_ymd(date.year() as u16, date.month() as u8, date.day() as u8).unwrap();
                page.write_datetime_with_format(row, column, &day, &Format::new().set_num_format("m/d"))
            }
        }
        .unwrap();
        if horizon.day_of(date).is_some() {
            days.insert(date, column);
        }
        column += 1;
    }
    // totals to the right of the days
    page.write_string_with_format(row, column, "合计", format).unwrap();
    (days, more > 0)
}

fn write_people(
    page: &mut Worksheet,
    rng: &mut ChaCha8Rng,
    (top, left): (u32, u16),
    days: &BTreeMap<NaiveDate, u16>,
    format: &Format,
) -> (BTreeMap<AgentId, u32>, bool) {
    let of = example();
    let mut agents: Vec<&AgentId> = of.inputs.employees.iter().map(|employee| &employee.id).collect();
    agents.shuffle(rng);
    agents.truncate(rng.random_range(1..=agents.len()));
    let words = ["早", "早班", "休", "年假", "", "  ", "晚班", "夜宵", "E"];
    let (mut people, mut row, mut has_strangers) = (BTreeMap::new(), top + 1, false);
    for agent in agents {
        row += u32::from(rng.random_bool(0.1));
        page.write_string(row, left, "张三").unwrap().write_string(row, left + 1, agent.as_str()).unwrap();
        if rng.random_bool(0.05) {
            page.write_string(row, left + 1, "X-unknown").unwrap();
            has_strangers = true;
        } else {
            people.insert((*agent).clone(), row);
        }
        for column in days.values() {
            let word = *words.choose(rng).unwrap();
            match rng.random_range(0..4) {
                0 => page.write_blank(row, *column, format).map(|_| ()).unwrap(),
                1 => page.write_string_with_format(row, *column, word, format).map(|_| ()).unwrap(),
                2 => set(page, row, *column, word),
                _ => {}
            }
        }
        let last = days.values().max().unwrap() + 4;
        let (from, to) = (row_col_to_cell(row, left + 2), row_col_to_cell(row, last - 1));
        page.write_formula(row, last, Formula::new(format!("=COUNTA({from}:{to})")).set_result("0")).unwrap();
        row += 1;
    }
    if people.is_empty() {
        // a grid has somebody
        let first = &of.inputs.employees[0].id;
        page.write_string(row, left + 1, first.as_str()).unwrap();
        people.insert(first.clone(), row);
    }
    (people, has_strangers)
}

fn parts(book: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut read = |place: usize| {
        let mut part = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..archive_len(book)).map(&mut read).collect()
}

fn archive_len(book: &[u8]) -> usize {
    zip::ZipArchive::new(Cursor::new(book)).unwrap().len()
}

/// Everything of a sheet's XML but some cells, empty rows, the stated size and the request to calculate.
fn without(xml: &str, cells: &BTreeSet<String>) -> Vec<String> {
    let mut reader = Xml::from_str(xml);
    let (mut kept, mut inside) = (Vec::new(), false);
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().unwrap();
        let text = &xml[from..reader.buffer_position() as usize];
        let named = |start: &quick_xml::events::BytesStart| {
            start.attributes().flatten().find(|of| of.key.as_ref() == "r").map(|of| of.value.into_owned()).unwrap_or_default()
        };
        match event {
            Event::Eof => return kept,
            Event::Start(start) if start.name().as_ref() == "c" && cells.contains(&named(&start)) => inside = true,
            Event::End(end) if end.name().as_ref() == "c" && inside => inside = false,
            Event::Empty(start) if start.name().as_ref() == "c" && cells.contains(&named(&start)) => {}
            Event::Empty(start) if ["sheetCalcPr", "dimension"].contains(&start.name().as_ref()) => {}
            // a row states which columns it spans
            Event::Start(start) | Event::Empty(start) if start.name().as_ref() == "row" && !inside => {
                let others = start.attributes().flatten().filter(|of| of.key.as_ref() != "spans");
                kept.push(others.map(|of| format!("{}={}", of.key.as_ref(), of.value)).collect::<Vec<_>>().join(" "));
            }
            Event::End(end) if end.name().as_ref() == "row" => {}
            _ if inside => {}
            _ => kept.push(text.to_owned()),
        }
    }
}

fn read(book: &[u8], inputs: &Inputs) -> (Option<peakshift::workbook::GivenGrid>, Problems) {
    let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
    file.write_all(book).unwrap();
    read_grid(file.path(), inputs)
}

fn codes(problems: &Problems) -> BTreeSet<&str> {
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn a_grid_says_what_the_roster_says_and_keeps_everything_else() {
    let of = example();
    for seed in 0..60 {
        let drawn = draw(seed);
        let (grid, problems) = read(&drawn.book, &of.inputs);
        let grid = grid.unwrap_or_else(|| panic!("seed {seed}: {problems:?}"));
        let found = codes(&problems);
        assert_eq!(found.contains("grid_people_unknown"), drawn.has_strangers, "seed {seed}: {problems:?}");
        assert_eq!(found.contains("grid_days_outside"), drawn.has_other_days, "seed {seed}: {problems:?}");
        assert_eq!(found.contains("grid_people_missing"), drawn.people.len() < of.inputs.employees.len(), "seed {seed}");
        assert_eq!(grid.people, drawn.people, "seed {seed}");
        assert_eq!(grid.days, drawn.days.iter().map(|(date, column)| (*date, u32::from(*column))).collect(), "seed {seed}");
        let filled = filled_grid(&of.problem, &Schedule::of(&of.problem, &of.roster), &grid, Lang::Zh).unwrap();
        assert_eq!(filled.changed + filled.kept, drawn.people.len() * drawn.days.len(), "seed {seed}");
        keeps_everything_else(&drawn, &filled.book, seed);
        says_the_roster(&drawn, &filled.book, seed);
        // once more changes nothing
        let (again, _) = read(&filled.book, &of.inputs);
        let again = filled_grid(&of.problem, &Schedule::of(&of.problem, &of.roster), &again.unwrap(), Lang::Zh).unwrap();
        assert!(again.changed == 0 && again.book == filled.book, "seed {seed}");
    }
}

fn keeps_everything_else(drawn: &Drawn, filled: &[u8], seed: u64) {
    let places = drawn.people.values().flat_map(|row| drawn.days.values().map(|column| row_col_to_cell(*row, *column)));
    let cells: BTreeSet<String> = places.collect();
    let (before, after) = (parts(&drawn.book), parts(filled));
    assert_eq!(before.len(), after.len());
    let mut changed = Vec::new();
    for ((name, bytes), (after_name, after_bytes)) in before.iter().zip(&after) {
        assert_eq!(name, after_name, "seed {seed}");
        if bytes != after_bytes {
            changed.push(name.as_str());
            let [before, after] = [bytes, after_bytes].map(|bytes| std::str::from_utf8(bytes).unwrap());
            let rows = |kept: Vec<String>| kept.into_iter().filter(|text| !text.is_empty() && !text.starts_with("r=")).collect::<Vec<_>>();
            assert_eq!(rows(without(before, &cells)), rows(without(after, &cells)), "seed {seed}");
            // formats of cells that had one
            let format_of = |xml: &str, cell: &str| {
                let start = xml.find(&format!("<c r=\"{cell}\""))?;
                let tag = &xml[start..start + xml[start..].find('>')?];
                Some(tag.split("s=\"").nth(1)?.split('"').next()?.to_owned())
            };
            for cell in &cells {
                assert!(format_of(before, cell).is_none() || format_of(before, cell) == format_of(after, cell), "seed {seed} {cell}");
            }
            assert!(after.contains("fullCalcOnLoad"), "totals are calculated anew");
        }
    }
    assert!(changed.len() <= 1 && changed.iter().all(|name| name.contains("worksheets/")), "seed {seed}: {changed:?}");
}

fn says_the_roster(drawn: &Drawn, filled: &[u8], seed: u64) {
    let of = example();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(filled)).unwrap();
    let range = book.worksheet_range("排班 1").unwrap();
    for (agent, row) in &drawn.people {
        for (date, column) in &drawn.days {
            let text = range.get_value((*row, u32::from(*column))).map(Data::to_string).unwrap_or_default();
            let duty = of.roster.of_agent(agent).find(|duty| duty.date == *date);
            let is_said = match duty {
                Some(duty) => of.inputs.shifts.iter().any(|shift| shift.id == duty.shift && shift.goes_by(&text)),
                None => ["休", "年假"].contains(&text.as_str()),
            };
            assert!(is_said, "seed {seed}: {agent} {date}: {text}, {duty:?}");
        }
    }
}

fn set(page: &mut Worksheet, row: u32, column: u16, text: impl Into<String>) {
    page.write_string(row, column, text).unwrap();
}

fn merge(page: &mut Worksheet, from: (u32, u16), to: (u32, u16)) {
    page.merge_range(from.0, from.1, to.0, to.1, "x", &Format::new()).unwrap();
}

/// A small grid with some change, and the codes of its errors.
fn refused(change: impl FnOnce(&mut Worksheet)) -> Vec<String> {
    let of = example();
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.write_string(2, 0, "工号").unwrap();
    for (column, date) in (1..).zip(of.inputs.horizon.dates()) {
        page.write_string(2, column, date.to_string()).unwrap();
    }
    for (row, employee) in (3..).zip(&of.inputs.employees) {
        page.write_string(row, 0, employee.id.as_str()).unwrap();
    }
    change(page);
    let (grid, problems) = read(&book.save_to_buffer().unwrap(), &of.inputs);
    let errors: Vec<String> = problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code.to_owned()).collect();
    assert_eq!(grid.is_none(), !errors.is_empty());
    errors
}

#[test]
fn a_grid_that_leaves_a_doubt_is_refused() {
    let of = example();
    let first = of.inputs.horizon.first;
    let agent = of.inputs.employees[0].id.clone();
    assert_eq!(refused(|_| {}), [""; 0]);
    assert_eq!(refused(|page| set(page, 2, 0, "something")), [""; 0], "known by its numbers");
    let second_column = |page: &mut Worksheet| {
        page.write_string(2, 20, "工号").unwrap().write_string(3, 20, agent.as_str()).unwrap();
    };
    assert_eq!(refused(second_column), ["grid_numbers_twice"]);
    assert_eq!(refused(|page| set(page, 2, 9, first.to_string())), ["grid_day_twice"]);
    assert_eq!(refused(|page| set(page, 2, 1, format!("{first} 周日"))), ["grid_weekday"]);
    assert_eq!(refused(|page| set(page, 80, 0, agent.as_str())), ["grid_agent_twice"]);
    assert_eq!(refused(|page| merge(page, (4, 2), (4, 3))), ["grid_merged"]);
    assert_eq!(refused(|page| merge(page, (4, 9), (5, 9))), [""; 0], "beside the days");
    assert_eq!(refused(|page| page.write_formula(4, 2, "=A1").map(|_| ()).unwrap()), ["grid_formulas"]);
    let below = |page: &mut Worksheet| {
        page.write_string(90, 0, "工号").unwrap().write_string(90, 1, first.to_string()).unwrap();
        page.write_string(91, 0, agent.as_str()).unwrap();
    };
    assert_eq!(refused(below), ["grid_twice"]);
    let other_week = |page: &mut Worksheet| {
        for column in 1..=8 {
            page.write_string(2, column, (first + Days::new(400 + u64::from(column))).to_string()).unwrap();
        }
    };
    assert_eq!(refused(other_week), ["grid_missing"]);
}

#[test]
fn what_is_no_workbook_of_a_grid_reaches_no_panic() {
    let (of, drawn) = (example(), draw(1));
    for cut in [0, 10, drawn.book.len() / 2, drawn.book.len() - 1] {
        assert!(read(&drawn.book[..cut], &of.inputs).1.has_errors());
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(read_grid(&folder.path().join("none.xlsx"), &of.inputs).1.has_errors());
}

/// A template with titles as one version writes them.
fn template(titles: &[&str], filled: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Instructions").unwrap().write_string(0, 0, "Fill in the next sheet").unwrap();
    let page = book.add_worksheet().set_name("Shifts").unwrap();
    for (column, title) in (0..).zip(titles) {
        page.write_string_with_format(0, column, *title, &Format::new().set_bold()).unwrap();
    }
    if filled {
        page.write_string(1, 1, "example").unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_template_of_teams_is_found_by_its_titles_and_filled_in() {
    let of = example();
    let ids: OutsideIds = of
        .inputs
        .employees
        .iter()
        .map(|employee| (employee.id.clone(), OutsideId { id: format!("{}@x.org", employee.id), group: None }))
        .collect();
    let versions = [
        vec![
            "Member",
            "Work Email",
            "Group",
            "Shift Start Date",
            "Shift Start Time",
            "Shift End Date",
            "Shift End Time",
            "Theme Color",
            "Custom Label",
            "Unpaid Break (minutes)",
            "Notes",
            "Shared",
        ],
        vec!["Work Email", "Start Date", "Start Time", "End Date", "End Time", "Shared"],
    ];
    for titles in versions {
        let read = |book: &[u8]| {
            let mut file = tempfile::Builder::new().suffix(".xlsx").tempfile().unwrap();
            file.write_all(book).unwrap();
            read_template(file.path(), &TEAMS_FIELDS)
        };
        let given = template(&titles, false);
        let (found, problems) = read(&given);
        let found = found.unwrap_or_else(|| panic!("{problems:?}"));
        let schedule = Schedule::of(&of.problem, &of.roster);
        let book = teams_template(&schedule, &ids, &found, Lang::En).unwrap();
        for ((name, before), (_, after)) in parts(&given).iter().zip(parts(&book)) {
            assert!(*before == after || name.contains("sheet2"), "{name}");
        }
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
        let range = book.worksheet_range("Shifts").unwrap();
        assert_eq!(range.height(), of.roster.assignments.len() + 1);
        let email = titles.iter().position(|title| *title == "Work Email").unwrap();
        let shared = titles.iter().position(|title| *title == "Shared").unwrap();
        for (cells, shift) in range.rows().skip(1).zip(&schedule.shifts) {
            assert_eq!(cells[email].to_string(), format!("{}@x.org", shift.assignment.agent));
            assert_eq!(cells[shared].to_string(), "2. Not Shared");
        }
        assert_eq!(codes(&read(&template(&titles, true)).1), ["template_filled"].into());
        assert_eq!(codes(&read(&template(&titles[1..titles.len() - 2], false)).1).len(), usize::from(titles.len() < 12));
    }
    let twice = template(&["Work Email", "Start Date", "Start Time", "End Date", "End Time", "End Time"], false);
    let file = tempfile::tempdir().unwrap();
    fs::write(file.path().join("t.xlsx"), twice).unwrap();
    assert_eq!(codes(&read_template(&file.path().join("t.xlsx"), &TEAMS_FIELDS).1), ["template_title_twice"].into());
}
