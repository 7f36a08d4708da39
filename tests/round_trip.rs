//! Round trip of a hand-edited matrix: differences become pins, nothing else is touched, and unreadable content is refused.

use peakshift::budget::Budget;
use peakshift::input::{Folder, Problems};
use peakshift::messages::Lang;
use peakshift::plan::{Asked, Inputs, Limits, forecast, repair, require, roster_problem};
use peakshift::report::{Cell, Sheet, marked, matrix, roster, roster_files};
use peakshift::roster::{Assignment, Reason, Roster, RosterProblem, check, coverage, draft, with_shift};
use peakshift::time::ClockTime;
use peakshift::workforce::Pin;
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The worked example with a roster from a very short search.
struct Example {
    inputs: Inputs,
    problem: RosterProblem,
    roster: Roster,
    folder: tempfile::TempDir,
}

impl Example {
    fn get() -> &'static Self {
        static EXAMPLE: OnceLock<Example> = OnceLock::new();
        EXAMPLE.get_or_init(|| {
            let inputs = Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/qinghe")).read().inputs.unwrap();
            let requirements = require(&inputs, &forecast(&inputs).unwrap());
            let problem = roster_problem(&inputs, &requirements);
            let made = draft(&problem, 1, &Budget::of_effort(1)).roster;
            let folder = tempfile::tempdir().unwrap();
            let covered = coverage(&problem, &made);
            roster_files(&inputs, &requirements, &problem, &made, &covered, Lang::Zh).into_output(folder.path()).write().unwrap();
            fs::write(folder.path().join("published.csv"), roster(&problem, &made).csv()).unwrap();
            Self { inputs, problem, roster: made, folder }
        })
    }

    /// Pins of a matrix beside those present before.
    fn pins(&self, matrix: &Path) -> (Vec<Pin>, Problems) {
        let mut inputs = Inputs { pins: Vec::new(), ..self.inputs.clone() };
        let (_, problems) = Folder::read_mending(&self.folder.path().join("published.csv"), None, Some(matrix), &mut inputs);
        (inputs.pins, problems)
    }

    /// Pins of a matrix in memory.
    fn pins_of(&self, sheet: &Sheet) -> (Vec<Pin>, Problems) {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), marked(sheet.csv())).unwrap();
        self.pins(file.path())
    }
}

/// Hand-edited cells of the matrix: row, day, code.
type Edit = (usize, usize, &'static str);
const CODES: [&str; 7] = ["早", "正常", "中", "晚", "早班", "休", ""];
/// Columns before the first day.
const BEFORE: usize = 2;

/// The matrix with some cells overwritten, and the expected pins.
fn edited(example: &Example, edits: &[Edit]) -> (Sheet, Vec<Pin>) {
    let mut sheet = matrix(&example.problem, &example.roster, Lang::Zh);
    let mut wanted: Vec<Pin> = Vec::new();
    for &(row, day, code) in edits {
        sheet.rows[row][BEFORE + day] = Cell::text(code);
        let (agent, date) = (example.problem.people[row].employee.id.clone(), example.inputs.horizon.date(day));
        wanted.retain(|pin| (&pin.agent, pin.date) != (&agent, date));
        let shift = example.inputs.shifts.iter().find(|shift| !code.is_empty() && shift.goes_by(code)).map(|shift| shift.id.clone());
        let before = example.roster.of_agent(&agent).find(|duty| duty.date == date).map(|duty| duty.shift.clone());
        if shift != before {
            wanted.push(Pin { agent, date, shift });
        }
    }
    (sheet, wanted)
}

fn sorted(mut pins: Vec<Pin>) -> Vec<Pin> {
    pins.sort_by(|a, b| (&a.agent, a.date).cmp(&(&b.agent, b.date)));
    pins
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn a_thousand_edits_come_back_as_they_were_made(
        edits in prop::collection::vec((0..58usize, 0..7usize, prop::sample::select(CODES.to_vec())), 10)
    ) {
        let example = Example::get();
        let (sheet, wanted) = edited(example, &edits);
        let (pins, problems) = example.pins_of(&sheet);
        prop_assert!(!problems.has_errors(), "{problems:?}");
        prop_assert_eq!(sorted(pins), sorted(wanted));
    }
}

#[test]
fn a_matrix_that_nobody_has_touched_pins_nothing() {
    let example = Example::get();
    for name in ["roster_matrix.csv", "roster_matrix.xlsx"] {
        let (pins, problems) = example.pins(&example.folder.path().join(name));
        assert!(!problems.has_errors() && pins.is_empty(), "{name}: {problems:?} {pins:?}");
    }
}

/// A workbook of a matrix, optionally with merged cells.
fn saved(sheet: &Sheet, merged: bool) -> (tempfile::TempDir, PathBuf) {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (column, title) in (0..).zip(&sheet.columns) {
        page.write_string(0, column, title).unwrap();
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            page.write_string(row, column, cell.show()).unwrap();
        }
    }
    if merged {
        page.merge_range(3, 2, 3, 4, "早", &Format::new()).unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edited.xlsx");
    book.save(&path).unwrap();
    (folder, path)
}

#[test]
fn an_edited_workbook_is_read_and_one_with_merged_cells_is_not() {
    let example = Example::get();
    let (sheet, wanted) = edited(example, &[(3, 1, "晚"), (4, 2, "休"), (5, 3, "早")]);
    let (_folder, path) = saved(&sheet, false);
    let (pins, problems) = example.pins(&path);
    assert!(!problems.has_errors(), "{problems:?}");
    assert_eq!(sorted(pins), sorted(wanted));
    let (_folder, path) = saved(&sheet, true);
    let (_, problems) = example.pins(&path);
    let found: Vec<_> = problems.iter().map(|problem| (problem.code, problem.value.as_str())).collect();
    assert_eq!(found, [("merged_cells", "C4:E4")]);
}

/// Twelve changes that break no rule: six days off, six early shifts that begin an hour later, each of a different person.
fn twelve_changes(example: &Example) -> Vec<Edit> {
    let broken = |roster: &Roster| check(&example.problem, roster).len();
    let before = broken(&example.roster);
    let mut edits: Vec<Edit> = Vec::new();
    for (row, person) in example.problem.people.iter().enumerate() {
        let (code, shift) = if edits.len() < 6 { ("休", None) } else { ("正常", Some("N")) };
        let of_early = |duty: &&Assignment| duty.agent == person.employee.id && (shift.is_none() || duty.shift == "E");
        let Some(place) = example.roster.assignments.iter().position(|duty| of_early(&duty)) else { continue };
        let mut roster = example.roster.clone();
        let duty = roster.assignments.remove(place);
        if let Some(later) = shift.and_then(|code| example.problem.shifts.iter().find(|shift| shift.id == code)) {
            roster.assignments.insert(place, with_shift(&example.problem, person, later, duty.date));
        }
        if edits.len() < 12 && broken(&roster) <= before {
            edits.push((row, example.inputs.horizon.day_of(duty.date).unwrap(), code));
        }
    }
    edits
}

#[test]
fn twelve_changes_by_hand_are_all_kept() {
    let example = Example::get();
    let edits = twelve_changes(example);
    assert_eq!(edits.len(), 12);
    let (sheet, wanted) = edited(example, &edits);
    let (_folder, path) = saved(&sheet, false);
    let mut inputs = Inputs { pins: Vec::new(), ..example.inputs.clone() };
    let published = example.folder.path().join("published.csv");
    let (published, problems) = Folder::read_mending(&published, None, Some(&path), &mut inputs);
    assert!(!problems.has_errors(), "{problems:?}");
    assert_eq!(sorted(inputs.pins.clone()), sorted(wanted.clone()));
    let requirements = require(&inputs, &forecast(&inputs).unwrap());
    let from = ClockTime::MIDNIGHT.on(inputs.horizon.first);
    let limits = Limits { asked: Asked::Edits, from, most_changes: None, most_people: None };
    let mended = repair(&inputs, &requirements, &published, &limits, &Budget::of_effort(2));
    let roster = &mended.repaired.solved.roster;
    for pin in &wanted {
        let works = roster.of_agent(&pin.agent).find(|duty| duty.date == pin.date).map(|duty| &duty.shift);
        assert_eq!(works, pin.shift.as_ref(), "{pin:?}");
    }
    assert!(check(&mended.problem, roster).is_empty());
    let pinned = mended.repaired.changes.iter().filter(|change| change.reason == Reason::Pinned).count();
    assert_eq!(pinned, 12, "each is told as what it is");
}

#[test]
fn people_and_codes_that_nobody_knows_are_named_with_their_place() {
    let example = Example::get();
    let mut sheet = matrix(&example.problem, &example.roster, Lang::Zh);
    sheet.rows[0][BEFORE + 2] = Cell::text("夜宵");
    sheet.rows[1][0] = Cell::text("CS999");
    sheet.rows[3][0] = sheet.rows[2][0].clone();
    let (_, problems) = example.pins_of(&sheet);
    let found: Vec<_> = problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(found, [(Some(2), "unknown_shift"), (Some(3), "unknown_agent"), (Some(5), "twice")]);
}

#[test]
fn each_person_has_a_calendar_of_her_shifts() {
    let example = Example::get();
    let agent = &example.roster.assignments[0].agent;
    let text = fs::read_to_string(example.folder.path().join(format!("calendars/{agent}.ics"))).unwrap();
    let duties: Vec<_> = example.roster.of_agent(agent).collect();
    assert_eq!(text.matches("BEGIN:VEVENT").count(), duties.len());
    for duty in duties {
        assert!(text.contains(&format!("DTSTART:{}", duty.start.format("%Y%m%dT%H%M%S"))), "{duty:?}");
        assert!(text.contains(&format!("UID:{agent}-{}@peakshift", duty.date)));
    }
    assert!(text.lines().all(|line| line.len() <= 75), "lines are folded");
}
