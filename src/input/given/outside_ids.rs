//! Side files: what another system calls each agent. Values are personal: problems name lines and columns, never what stands there.

use crate::input::header::synonyms::canonical;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::separators::separator;
use crate::input::text::file::read_text;
use crate::outside::{OutsideId, OutsideIds};
use crate::workforce::AgentId;
use std::collections::BTreeMap;
use std::path::Path;

const AGENT: &str = "agent_id";
const OUTSIDE: &str = "outside_id";
const GROUP: &str = "group";

/// Reads a side file (`agent_id,outside_id` and, where needed, `group`) of agents of this plan and others. One that lies in any of the
/// folders is refused: they are copied and passed on.
#[must_use]
pub fn read_outside_ids(path: &Path, folders: &[&Path]) -> (OutsideIds, Problems) {
    let (name, mut problems) = (path.to_string_lossy(), Problems::default());
    if let Some(folder) = folders.iter().find(|folder| is_within(path, folder)) {
        let value = folder.display().to_string();
        problems.push(Problem { value, ..of_file(&name, "ids_in_folder") });
        return (OutsideIds::new(), problems);
    }
    let text = read_text(Path::new(""), &name, &mut problems).unwrap_or_default();
    // what is said of an encoding shows words of the file
    if problems.iter().any(|problem| problem.code.starts_with("encoding") || problem.code.starts_with("byte")) {
        problems = Problems::default();
        problems.push(of_file(&name, "ids_unreadable"));
    }
    let ids = if problems.has_errors() { OutsideIds::new() } else { ids(&name, &text, &mut problems) };
    (ids, problems)
}

/// Whether a file lies in a folder or below it, through any links.
fn is_within(path: &Path, folder: &Path) -> bool {
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    matches!((path.canonicalize(), folder.canonicalize()), (Ok(path), Ok(folder)) if path.starts_with(&folder))
}

fn ids(file: &str, text: &str, problems: &mut Problems) -> OutsideIds {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(separator(text)).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().map(|row| row.iter().map(named).collect()).unwrap_or_default();
    let place = |column: &str| header.iter().position(|found| found == column);
    let (Some(agent_place), Some(id_place)) = (place(AGENT), place(OUTSIDE)) else {
        for expected in [AGENT, OUTSIDE].into_iter().filter(|column| place(column).is_none()) {
            problems.push(Problem { line: Some(1), expected: expected.to_owned(), ..of_file(file, "column_missing") });
        }
        return OutsideIds::new();
    };
    let (mut ids, mut lines) = (OutsideIds::new(), BTreeMap::<String, u64>::new());
    for record in reader.records() {
        let line = |at: &csv::Position| at.line();
        let note = |problems: &mut Problems, at: u64, column: &str, code, expected: String| {
            let (line, column) = (usize::try_from(at).ok(), column.to_owned());
            problems.push(Problem { line, column, expected, ..of_file(file, code) });
        };
        let Ok(record) = record else {
            problems.push(of_file(file, "ids_unreadable"));
            return OutsideIds::new();
        };
        let at = record.position().map_or(0, line);
        let cell = |place: usize| record.get(place).filter(|text| !text.is_empty());
        // somebody without an identifier is named where it is needed
        let (Some(agent), Some(id)) = (cell(agent_place), cell(id_place)) else { continue };
        let Ok(agent) = AgentId::parse(agent) else {
            note(problems, at, AGENT, "ids_agent_unclear", String::new());
            continue;
        };
        for (column, key) in [(AGENT, format!("agent {agent}")), (OUTSIDE, format!("outside {}", id.to_lowercase()))] {
            if let Some(earlier) = lines.insert(key, at) {
                note(problems, at, column, "ids_twice", earlier.to_string());
            }
        }
        let group = place(GROUP).and_then(cell).map(str::to_owned);
        ids.insert(agent, OutsideId { id: id.to_owned(), group });
    }
    ids
}

/// Our name of a column.
fn named(header: &str) -> String {
    match header.trim().to_lowercase().replace(' ', "_").as_str() {
        "outside_id" | "work_email" | "email" | "e-mail" | "username" | "user_name" | "邮箱" | "用户名" | "外部账号" => {
            OUTSIDE.to_owned()
        }
        "group" | "分组" | "组" => GROUP.to_owned(),
        _ => canonical(header, &[AGENT]),
    }
}
