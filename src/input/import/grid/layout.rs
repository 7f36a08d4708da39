//! Where the table of an export begins and what its columns are called. Above a header stand titles, filters and dates; some reports print
//! a table for each day, with titles of its own.

use crate::input::import::cells::moments::{Shape, clock_of, shape_of};
use crate::input::import::cells::zone_names::{ZoneStated, names_zone, zone_in_sentence};
use crate::input::import::columns::map::Map;
use crate::input::import::grid::lines::{Grid, Line};
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::meaning::meaning_of;
use crate::input::import::headers::words::Words;
use crate::time::ClockTime;

/// Number of records among which a header is looked for.
const MOST_ABOVE: usize = 100;

/// A table's header.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Layout {
    /// Line of the header; of two rows the second.
    pub(in crate::input) header_line: usize,
    /// Columns as named in the file.
    pub(in crate::input) names: Vec<String>,
    pub(in crate::input) meanings: Vec<Meaning>,
    /// What stands above: `Date: 10/12/2026`.
    pub(in crate::input) above: Vec<Stated>,
    /// The name of the group to which each column belongs, in the upper one of two rows; empty where there is none.
    pub(in crate::input) groups: Vec<String>,
    /// The time zone that a line above names.
    pub(in crate::input) zone: Option<String>,
    /// The zone of which a sentence above says that all times are in it.
    pub(in crate::input) zone_of_all: Option<ZoneStated>,
}

/// A value stated outside the table's cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) struct Stated {
    pub(in crate::input) meaning: Meaning,
    pub(in crate::input) value: String,
}

/// What a line outside the table states; `None` for a line with more than a name and a value.
pub(in crate::input) fn stated(line: &Line) -> Option<Stated> {
    let (name, value) = of_name(line).filter(|(name, _)| !names_zone(name) && sentence_of_zone(line).is_none())?;
    let meaning = meaning_of(name);
    (matches!(meaning, Meaning::Begins | Meaning::Queue) && !value.trim().is_empty())
        .then(|| Stated { meaning, value: value.trim().to_owned() })
}

/// The name and the value of a line with no more than both: `Date: 10/12/2026`.
fn of_name<'l>(line: &'l Line) -> Option<(&'l str, &'l str)> {
    let filled: Vec<&str> = line.filled().collect();
    match filled[..] {
        [text] => text.split_once([':', '：']),
        [name, value] if name.ends_with([':', '：']) || names_zone(name) => Some((name.trim_end_matches([':', '：']), value)),
        _ => None,
    }
}

impl Layout {
    /// Gives a column the meaning that a map names it for; how its handling time is measured its name may say more closely.
    fn mean(&mut self, name: &str, meaning: Meaning) {
        let Some(place) = self.names.iter().position(|own| own.trim() == name.trim()) else { return };
        let is_closer = meaning == Meaning::Handling && self.meanings[place].is_duration();
        if !is_closer {
            self.meanings[place] = meaning;
        }
    }

    /// Whether its columns are days.
    pub(in crate::input) fn has_days_across(&self) -> bool {
        self.names.iter().filter(|name| is_day(name)).count() > 2
    }
}

/// How many columns of a header are understood; `None` if it cannot be one, because it names no time or nothing that is counted.
pub(super) fn understood(line: &Line) -> Option<usize> {
    let names: Vec<&str> = line.filled().collect();
    if names.len() < 2 || names.iter().any(|name| name.len() > 200) {
        return None;
    }
    let dates = names.iter().filter(|name| is_day(name)).count();
    if dates > 2 && dates * 2 > names.len() {
        return Some(dates + 4);
    }
    let is_value = |cell: &str| matches!(shape_of(cell), Some(shape) if shape != Shape::Other) && !is_heading(cell);
    if names.iter().filter(|cell| is_value(cell)).count() > names.len() / 4 {
        return None;
    }
    let mut meanings: Vec<Meaning> = names.iter().map(|name| meaning_of(name)).filter(|meaning| *meaning != Meaning::Unread).collect();
    let headings = names.iter().filter(|name| is_heading(name)).count();
    let has = |wanted: &[Meaning]| meanings.iter().any(|meaning| wanted.contains(meaning));
    let counts = has(&[Meaning::Offered, Meaning::Handled, Meaning::Abandoned, Meaning::ContactKey, Meaning::Talk, Meaning::Handling]);
    let has_time = has(&[Meaning::Begins]) || names.iter().any(|name| is_end_of_interval(name));
    let is_header = has_time && (counts || headings > 2 || names.len() > meanings.len());
    meanings.sort_unstable();
    meanings.dedup();
    is_header.then_some(meanings.len() * 2 + headings + usize::from(counts) * 4)
}

/// Whether a column holds the ends of intervals.
pub(in crate::input) fn is_end_of_interval(name: &str) -> bool {
    let words = Words::of(name);
    meaning_of(name) == Meaning::Later && words.have(&["interval", "period", "slot", "时段", "时间段"])
}

/// Whether a header names a day: `2026-10-12`, `12 Oct 2026`.
pub(in crate::input) fn is_day(name: &str) -> bool {
    matches!(shape_of(name), Some(Shape::Date)) && name.len() > 5
}

/// Whether names are days without a year, `03/02`, `3月2日`, of which three make a row of dates.
pub(in crate::input) fn lack_year<T: AsRef<str>>(names: &[T]) -> bool {
    let is_number = |text: &str| (1..3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let lacks_year = |name: &str| {
        let parts = name.strip_suffix(['日', '号']).map_or_else(|| name.split_once(['/', '.']), |rest| rest.split_once('月'));
        parts.is_some_and(|(one, other)| is_number(one) && is_number(other.trim_end_matches('.')))
    };
    names.iter().filter(|name| lacks_year(name.as_ref().trim())).count() > 2
}

/// The first line of a grid without a table whose cells are days without a year.
pub(in crate::input) fn line_without_years(grid: &Grid) -> Option<usize> {
    let mut lines = grid.lines().filter_map(Result::ok).take(MOST_ABOVE);
    lines.find(|line| lack_year(&line.cells)).map(|line| line.number)
}

/// The part of the day that a header names: `9点`, `09:00`, `09:00-09:30`, `9`.
pub(in crate::input) fn heading(name: &str) -> Option<ClockTime> {
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
/// is counted. A record with all columns that a map names is the header whatever they are called.
pub(in crate::input) fn layout(grid: &Grid, map: Option<&Map>) -> Option<Layout> {
    let skip = map.map_or(0, |map| map.skip_rows);
    let lines: Vec<Line> = grid.lines().filter_map(Result::ok).filter(|line| line.number > skip).take(MOST_ABOVE).collect();
    let by_map = map.map(Map::named).unwrap_or_default();
    let place = place_of_named(&lines, &by_map).or_else(|| best_understood(&lines))?;
    let mut header = &lines[place];
    let mut names: Vec<String> = header.cells.iter().map(ToString::to_string).collect();
    let mut groups = vec![String::new(); names.len()];
    let mut from = place;
    // of two rows the upper one may be the better understood: what stands alone in a column is on either
    let is_second = |line: &Line| {
        line.filled().next().is_some()
            && line.filled().all(|cell| meaning_of(cell) != Meaning::Unread || !cell.contains(|c: char| c.is_ascii_digit()))
    };
    let is_upper =
        |first: &&Line| first.filled().count() > 1 && stated(first).is_none() && (has_twins(header) || fills_gaps(first, header));
    if let Some(second) =
        lines.get(place + 1).filter(|second| has_gaps(header) && second.cells.len() >= header.filled().count() && is_second(second))
    {
        (names, groups) = of_two_rows(header, second);
        header = second;
    } else if let Some(first) = place.checked_sub(1).and_then(|before| lines.get(before)).filter(is_upper) {
        (names, groups) = of_two_rows(first, header);
        from = place - 1;
    }
    let above = lines[..from].iter().filter_map(stated).collect();
    let zone = lines[..from].iter().filter_map(of_name).find(|(name, _)| names_zone(name)).map(|(_, value)| value.to_owned());
    let zone_of_all = lines[..from].iter().find_map(sentence_of_zone);
    let meanings = names.iter().map(|name| meaning_of(name)).collect();
    let mut layout = Layout { header_line: header.number, names, meanings, above, groups, zone, zone_of_all };
    by_map.iter().for_each(|(name, meaning)| layout.mean(name, *meaning));
    // a corner without a name stands above the times of day
    if layout.has_days_across() && layout.names[0].is_empty() {
        layout.meanings[0] = Meaning::Begins;
    }
    Some(layout)
}

/// The zone that a line outside the table states in a sentence, which may fall into cells at its commas.
pub(in crate::input) fn sentence_of_zone(line: &Line) -> Option<ZoneStated> {
    zone_in_sentence(&line.filled().collect::<Vec<_>>().join(", "))
}

/// The first record of which most is understood.
fn best_understood(lines: &[Line]) -> Option<usize> {
    let scores: Vec<Option<usize>> = lines.iter().map(understood).collect();
    let best = scores.iter().flatten().max()?;
    scores.iter().position(|score| score.as_ref() == Some(best))
}

/// The first record with all columns that a map names.
fn place_of_named(lines: &[Line], named: &[(&str, Meaning)]) -> Option<usize> {
    let has = |line: &Line, name: &str| line.filled().any(|cell| cell == name.trim());
    lines.iter().position(|line| !named.is_empty() && named.iter().all(|(name, _)| has(line, name)))
}

/// Whether an upper row names columns that a lower one leaves without a name.
fn fills_gaps(upper: &Line, lower: &Line) -> bool {
    (0..upper.cells.len()).any(|place| lower.at(place).is_empty() && meaning_of(upper.at(place)) != Meaning::Unread)
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

/// Names of columns over two rows with the groups that the upper row names; an empty cell of the upper row belongs to the name left of it.
/// A lower name that is understood by itself and stands once needs nothing before it.
fn of_two_rows(upper: &Line, lower: &Line) -> (Vec<String>, Vec<String>) {
    let mut over = String::new();
    let is_whole = |name: &str| {
        let is_vague = Words::of(name).are(&["avg", "average", "total", "count", "sum", "mean", "合计", "平均"]);
        !is_vague && meaning_of(name) != Meaning::Unread && lower.filled().filter(|other| *other == name).count() == 1
    };
    (0..upper.cells.len().max(lower.cells.len()))
        .map(|place| {
            if !upper.at(place).is_empty() {
                upper.at(place).clone_into(&mut over);
            }
            match (upper.at(place), lower.at(place)) {
                (name, "") => (name.to_owned(), String::new()),
                (_, name) if over.is_empty() || is_whole(name) => (name.to_owned(), over.clone()),
                (_, name) => (format!("{over} {name}"), over.clone()),
            }
        })
        .unzip()
}
