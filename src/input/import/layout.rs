//! Where the table of an export begins and what its columns are called. Above a header stand titles, filters and dates; some reports print
//! a table for each day, with titles of its own.

use super::grid::{Grid, Line};
use super::meaning::{Meaning, meaning_of};
use super::moments::{Shape, clock_of, shape_of};
use crate::time::ClockTime;

/// Number of records among which a header is looked for.
const MOST_ABOVE: usize = 100;

/// A table's header.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Line of the header; of two rows the second.
    pub(super) header_line: usize,
    /// Columns as named in the file.
    pub(super) names: Vec<String>,
    pub(super) meanings: Vec<Meaning>,
    /// What stands above: `Date: 10/12/2026`.
    pub(super) above: Vec<Stated>,
}

/// A value stated outside the table's cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) meaning: Meaning,
    pub(super) value: String,
}

/// What a line outside the table states; `None` for a line with more than a name and a value.
pub(super) fn stated(line: &Line) -> Option<Stated> {
    let filled: Vec<&str> = line.filled().collect();
    let (name, value) = match filled[..] {
        [text] => text.split_once([':', '：'])?,
        [name, value] if name.ends_with([':', '：']) => (name.trim_end_matches([':', '：']), value),
        _ => return None,
    };
    let meaning = meaning_of(name);
    (matches!(meaning, Meaning::Begins | Meaning::Queue) && !value.trim().is_empty())
        .then(|| Stated { meaning, value: value.trim().to_owned() })
}

/// How many columns of a header are understood; `None` if it cannot be one, because it names no time or nothing that is counted.
fn understood(line: &Line) -> Option<usize> {
    let is_value = |cell: &str| matches!(shape_of(cell), Some(shape) if shape != Shape::Other) && !is_heading(cell);
    let names: Vec<&str> = line.filled().collect();
    if names.len() < 2 || names.iter().filter(|cell| is_value(cell)).count() > names.len() / 4 || names.iter().any(|name| name.len() > 200)
    {
        return None;
    }
    let mut meanings: Vec<Meaning> = names.iter().map(|name| meaning_of(name)).filter(|meaning| *meaning != Meaning::Unread).collect();
    let headings = names.iter().filter(|name| is_heading(name)).count();
    let has = |wanted: &[Meaning]| meanings.iter().any(|meaning| wanted.contains(meaning));
    let counts = has(&[Meaning::Offered, Meaning::Handled, Meaning::Abandoned, Meaning::ContactKey, Meaning::Talk, Meaning::Handling]);
    let is_header = has(&[Meaning::Begins]) && (counts || headings > 2 || names.len() > meanings.len());
    meanings.sort_unstable();
    meanings.dedup();
    is_header.then_some(meanings.len() * 2 + headings + usize::from(counts) * 4)
}

/// The part of the day that a header names: `9点`, `09:00`, `09:00-09:30`, `9`.
pub(super) fn heading(name: &str) -> Option<ClockTime> {
    let hour = name.strip_suffix(['点', '时', 'h', 'H']).unwrap_or(name);
    match shape_of(hour) {
        Some(Shape::Clock | Shape::Hour) => clock_of(hour),
        _ => None,
    }
}

fn is_heading(name: &str) -> bool {
    heading(name).is_some()
}

/// The header of a grid: of the first records the one of which most is understood. `None` where no record names a time and something that
/// is counted.
pub(super) fn layout(grid: &Grid, skip: usize) -> Option<Layout> {
    let lines: Vec<Line> = grid.lines().filter_map(Result::ok).filter(|line| line.number > skip).take(MOST_ABOVE).collect();
    let scores: Vec<Option<usize>> = lines.iter().map(understood).collect();
    let best = scores.iter().flatten().max()?;
    let place = scores.iter().position(|score| score.as_ref() == Some(best))?;
    let mut header = &lines[place];
    let mut names: Vec<String> = header.cells.iter().map(|cell| cell.to_string()).collect();
    let mut from = place;
    // of two rows the upper one may be the better understood: what stands alone in a column is on either
    let is_second = |line: &Line| {
        line.filled().next().is_some()
            && line.filled().all(|cell| meaning_of(cell) != Meaning::Unread || !cell.contains(|c: char| c.is_ascii_digit()))
    };
    if let Some(second) =
        lines.get(place + 1).filter(|second| has_gaps(header) && second.cells.len() >= header.filled().count() && is_second(second))
    {
        names = of_two_rows(header, second);
        header = second;
    } else if let Some(first) = place
        .checked_sub(1)
        .and_then(|before| lines.get(before))
        .filter(|first| first.filled().count() > 1 && stated(first).is_none() && has_twins(header))
    {
        names = of_two_rows(first, header);
        from = place - 1;
    }
    let above = lines[..from].iter().filter_map(stated).collect();
    let meanings = names.iter().map(|name| meaning_of(name)).collect();
    Some(Layout { header_line: header.number, names, meanings, above })
}

/// Whether a name stands over several columns.
fn has_gaps(line: &Line) -> bool {
    let cells: Vec<bool> = line.cells.iter().map(|cell| cell.is_empty()).collect();
    cells.windows(2).any(|pair| !pair[0] && pair[1])
}

/// Whether two columns are called the same.
fn has_twins(line: &Line) -> bool {
    let names: Vec<&str> = line.filled().collect();
    names.iter().enumerate().any(|(place, name)| names[..place].contains(name))
}

/// Names of columns over two rows; an empty cell of the upper row belongs to the name left of it.
fn of_two_rows(upper: &Line, lower: &Line) -> Vec<String> {
    let mut over = String::new();
    (0..upper.cells.len().max(lower.cells.len()))
        .map(|place| {
            if !upper.at(place).is_empty() {
                upper.at(place).clone_into(&mut over);
            }
            match (upper.at(place), lower.at(place)) {
                (name, "") => name.to_owned(),
                (_, name) if over.is_empty() => name.to_owned(),
                (_, name) => format!("{over} {name}"),
            }
        })
        .collect()
}
