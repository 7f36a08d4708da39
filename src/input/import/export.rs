//! An export of any system as counts by queue and interval.

use crate::history::{RawCount, interval_of};
use crate::input::import::cells::plausible::is_plausible;
use crate::input::import::columns::evidence::{Evidence, FEW};
use crate::input::import::columns::examined::Examined;
use crate::input::import::columns::map::Map;
use crate::input::import::columns::said::{Handling, Roles, When, Wide};
use crate::input::import::grid::layout::{Layout, layout};
use crate::input::import::grid::lines::Grid;
use crate::input::import::grid::source::{Content, content};
use crate::input::import::headers::meaning::Meaning;
use crate::input::import::rows::clocks::{Clocks, Source, common_offset, source};
use crate::input::import::rows::queue_log::{self, is_queue_log};
use crate::input::import::rows::read::{Counted, Reader};
use crate::input::import::rows::tally::{Growth, Tally, whole, whole_of_others};
use crate::input::import::rows::times::Times;
use crate::input::import::understood::{ColumnRead, Understood, key_of};
use crate::input::personal::columns::{About, is_personal};
use crate::input::personal::values::looks_personal;
use crate::input::problem::collected::{Problems, note_file};
use crate::input::problem::single::{Problem, of_file};
use crate::time::{Interval, Written};
use crate::zone::Zone;
use chrono::{NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;
use std::path::Path;

/// What is known beside an export.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Known<'a> {
    pub(in crate::input) map: Option<&'a Map>,
    /// Zone of the plan.
    pub(in crate::input) zone: Option<&'a Zone>,
    /// Minutes ahead of UTC of the plan, where it names no zone.
    pub(in crate::input) ahead: Option<i64>,
    /// Names by which queues may be called.
    pub(in crate::input) queues: Vec<String>,
    /// The queue of rows that name none.
    pub(in crate::input) only_queue: String,
    /// First opening and last closing of the queues, in minutes.
    pub(in crate::input) hours: Option<(u32, u32)>,
    /// Interval of the plan, to which contacts are brought.
    pub(in crate::input) interval: Option<Interval>,
    /// Whether columns of personal data are dropped unread; else they are refused.
    pub(in crate::input) drops_personal: bool,
}

/// Counts of an export, and what was understood of it.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Export {
    /// By the queue as the file names it.
    pub(in crate::input) counts: BTreeMap<String, Vec<RawCount>>,
    /// Whether each row is a whole day.
    pub(in crate::input) is_daily: bool,
    /// Mean patience by queue, in seconds, with the number of contacts who gave up.
    pub(in crate::input) patience: BTreeMap<String, (f64, u32)>,
    pub(in crate::input) understood: Understood,
}

/// Reads an export; all reasons for which it cannot be read without doubt are reported.
pub(in crate::input) fn read(folder: &Path, file: &str, known: &Known, problems: &mut Problems) -> Option<Export> {
    let errors = problems.errors();
    let sheet = known.map.and_then(|map| map.sheet.as_deref());
    let content = content(folder, file, sheet, problems)?;
    if let Content::Text(text) = &content
        && is_queue_log(text)
    {
        return of_queue_log(file, text, known, problems);
    }
    let grids = content.grids();
    let mut found: Vec<(&Grid, Layout, &[usize])> =
        grids.iter().filter_map(|(grid, merged)| Some((grid, layout(grid, known.map)?, *merged))).collect();
    if found.len() > 1 {
        found.retain(|(grid, layout, _)| has_times(grid, layout));
    }
    if found.len() > 1 {
        let sheets: Vec<&str> = found.iter().filter_map(|(grid, ..)| grid.sheet()).collect();
        problems.push(Problem { value: sheets.join(", "), ..of_file(file, "several_sheets") });
        return None;
    }
    let Some((grid, mut layout, merged)) = found.pop() else {
        let first = grids.first().and_then(|(grid, _)| grid.lines().find_map(Result::ok));
        let value = first.map(|line| line.filled().filter(|cell| !looks_personal(cell)).collect::<Vec<_>>().join(", ")).unwrap_or_default();
        problems.push(Problem { value, ..of_file(file, "table_not_found") });
        return None;
    };
    if let Some(row) = merged.iter().find(|row| **row > layout.header_line) {
        problems.push(Problem { line: Some(*row), value: grid.sheet().unwrap_or("").to_owned(), ..of_file(file, "merged_cells") });
        return None;
    }
    let dropped = drop_personal(file, grid, &mut layout, known, problems);
    let export = of_table(file, grid, &layout, known, problems);
    let mut export = export.filter(|_| problems.errors() == errors)?;
    export.understood.unread.retain(|name| !dropped.contains(name));
    export.understood.dropped = dropped;
    Some(export)
}

/// Whether rows below a header begin at times: a sheet that tells about the report has none.
fn has_times(grid: &Grid, layout: &Layout) -> bool {
    let evidence = Evidence::of(grid, layout);
    let is_time = |column: &crate::input::import::columns::evidence::Column| {
        column.moments.most().is_some_and(|(shape, share)| shape != crate::input::import::cells::moments::Shape::Other && share > 0.5)
    };
    evidence.rows > 1 && evidence.columns.iter().any(is_time)
}

/// Whether the first cells of a column are numbers: emails that are counted are no addresses.
fn is_of_numbers(grid: &Grid, header: usize, place: usize) -> bool {
    let lines = grid.lines().filter_map(Result::ok).filter(|line| line.number > header).take(20);
    lines.map(|line| line.at(place).to_owned()).all(|cell| cell.len() < 7 && cell.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Makes columns of personal data unread, and returns their names; where they are not dropped, they are reported.
fn drop_personal(file: &str, grid: &Grid, layout: &mut Layout, known: &Known, problems: &mut Problems) -> Vec<String> {
    let mut dropped = Vec::new();
    for (place, name) in layout.names.iter().enumerate() {
        let is_count = layout.meanings[place] == Meaning::Offered && is_of_numbers(grid, layout.header_line, place);
        let is_read = layout.meanings[place] == Meaning::Queue || is_count;
        if !is_read && (is_personal(name, About::People) || looks_personal(name)) {
            layout.meanings[place] = Meaning::Unread;
            dropped.push(name.clone());
            if !known.drops_personal {
                let (line, column) = (Some(layout.header_line), name.clone());
                problems.push(Problem { line, column, ..of_file(file, "personal_column") });
            }
        }
    }
    dropped
}

fn examined<'a>(file: &'a str, grid: &Grid, (layout, evidence): (&'a Layout, &'a Evidence), known: &'a Known) -> Examined<'a> {
    let is_sheet = matches!(grid, Grid::Sheet { .. });
    let has_commas_between = is_sheet || matches!(grid, Grid::Text { separator: b',', .. });
    Examined { file, layout, evidence, map: known.map, has_commas_between, is_sheet, known_queues: &known.queues }
}

fn of_table(file: &str, grid: &Grid, layout: &Layout, known: &Known, problems: &mut Problems) -> Option<Export> {
    let evidence = Evidence::of(grid, layout);
    if evidence.rows == 0 {
        note_file(file, "no_rows", problems);
        return None;
    }
    let examined = examined(file, grid, (layout, &evidence), known);
    let sign = examined.sign(problems);
    let roles = examined.roles(sign, problems)?;
    let clocks = clocks(file, layout, &evidence, &roles, known, problems)?;
    let queue_names = known.map.map(|map| map.queues.clone()).unwrap_or_default();
    let only_queue = known.map.and_then(|map| map.fixed_queue.clone()).unwrap_or_else(|| known.only_queue.clone());
    let is_of_ones = roles.measures.offered.is_some_and(|place| evidence.columns[place].only_ones) && evidence.rows > 1;
    let reader = Reader {
        file,
        layout,
        roles: &roles,
        clocks: &clocks,
        only_queue: &only_queue,
        queue_names: &queue_names,
        grid: (roles.is_log || is_of_ones).then(|| known.interval.unwrap_or(Interval::HALF_HOUR)),
        rows: evidence.rows,
        times: Times::default(),
        twelve_hours: known.hours.filter(|_| known.map.is_some_and(|map| map.clock_by_opening_hours)),
    };
    let mut counted = reader.counted(grid, problems);
    leave_out_whole(&mut counted, &known.queues);
    ask_for_half(file, &counted, (&clocks, known), problems);
    let columns = columns_read(layout, &evidence, &roles);
    let mut understood = Understood {
        header_line: layout.header_line,
        sheet: grid.sheet().map(str::to_owned),
        unread: columns_unread(layout, &evidence, &columns),
        columns,
        is_log: roles.is_log,
        ..Understood::default()
    };
    understood.of_rows(&counted);
    understood.telling = telling(layout, &evidence, &understood.unread);
    let handling = handling_of(&roles);
    let stated = Stated {
        is_total: handling.is_total,
        is_named: handling.is_named || roles.is_log || known.map.is_some_and(|map| map.handling.is_some()),
        has_unit: handling.parts.iter().all(|part| part.has_unit),
    };
    let (is_total, unit) = measure(file, &whole(&counted.tallies), stated, Growth::is_of_sums(counted.growth.values()), problems)?;
    understood.unit_guessed = Some(unit).filter(|unit| *unit != 1.0);
    let decided = [
        ("two_parts_guessed", handling.parts.iter().any(|part| evidence.columns[part.place].durations.is_open())),
        ("ends_read", roles.are_ends),
        ("total_guessed", is_total && !handling.is_total),
    ];
    understood.decided = decided.into_iter().filter(|(_, is_so)| *is_so).map(|(code, _)| code).collect();
    let mut export = finished(counted, understood, is_total, unit);
    if roles.are_ends || known.map.is_some_and(|map| map.stamps_are_ends) {
        from_ends(&mut export.counts);
    }
    Some(export)
}

/// Asks which half of the day is meant, where the times do not say.
fn ask_for_half(file: &str, counted: &Counted, (clocks, known): (&Clocks, &Known), problems: &mut Problems) {
    // a team may be open from one to twelve by UTC, but not by its own clock
    let of_half = counted.twelve_hours.whole_half().filter(|_| matches!(clocks.source, Source::Local) && known.hours.is_none());
    if let Some(time) = counted.twelve_hours.found().or(of_half) {
        let value = time.format("%Y-%m-%d %H:%M").to_string();
        problems.push(Problem { value, ..of_file(file, "clock_of_twelve_hours") });
    }
}

/// Columns of handling times: of the first queue that has them, where each queue has columns of its own.
fn handling_of(roles: &Roles) -> &Handling {
    let own = &roles.measures.handling;
    match &roles.wide {
        Wide::Queues(queues) => queues.iter().map(|(_, of)| &of.handling).find(|of| !of.parts.is_empty()).unwrap_or(own),
        _ => own,
    }
}

/// Interval of an export. A queue with few contacts does not show how long it is, so all queues do.
pub(in crate::input) fn interval_of_all(counts: &BTreeMap<String, Vec<RawCount>>) -> Option<Interval> {
    interval_of(&counts.values().flatten().copied().collect::<Vec<_>>())
}

/// Moves rows that carry the end of their interval to its start.
fn from_ends(counts: &mut BTreeMap<String, Vec<RawCount>>) {
    let length = interval_of_all(counts).unwrap_or(Interval::HALF_HOUR);
    counts.values_mut().flatten().for_each(|row| row.start -= TimeDelta::minutes(length.minutes().into()));
}

/// Unread columns by whose few words rows of one interval may differ, with the number of these.
fn telling(layout: &Layout, evidence: &Evidence, unread: &[String]) -> Vec<String> {
    let of = |place: usize| {
        let (name, column) = (&layout.names[place], &evidence.columns[place]);
        let is_telling = unread.contains(name) && (2..=FEW).contains(&column.names.len()) && column.names.len() * 2 <= column.filled;

        is_telling.then(|| format!("{name} ({})", column.names.len()))
    };
    (0..layout.names.len()).filter_map(of).collect()
}

/// Counts in the form of a history.
fn finished(counted: Counted, understood: Understood, is_total: bool, unit: f64) -> Export {
    let rows = |of: &BTreeMap<_, Tally>| {
        of.iter()
            .map(|(start, tally): (&crate::input::import::rows::tally::Start, &Tally)| tally.count(start.local, is_total, unit))
            .collect()
    };
    let counts = counted.tallies.iter().map(|(queue, of)| (queue.clone(), rows(of))).collect();
    let patience =
        counted.waits.iter().filter_map(|(queue, waits)| Some((queue.clone(), (waits.mean_patience()?, waits.given_up())))).collect();
    Export { counts, is_daily: counted.is_daily, patience, understood }
}

/// Leaves out a queue that is the sum of all others, unless the plan has a queue of this name.
fn leave_out_whole(counted: &mut Counted, known: &[String]) {
    let Some(name) = whole_of_others(&counted.tallies).map(str::to_owned).filter(|name| !known.contains(name)) else { return };
    if let Some(of_whole) = counted.tallies.remove(&name) {
        *counted.summaries.entry(name).or_default() += of_whole.len();
    }
}

/// What headers say of figures of handling time.
struct Stated {
    is_total: bool,
    /// Whether they say so, or that the figures are means.
    is_named: bool,
    has_unit: bool,
}

/// Meaning and unit of the figures of handling time: as the header says; where it does not say sums or means, as the figures go with the
/// contacts; where it names no unit, the only reading by which a contact takes a time that contacts take.
fn measure(file: &str, all: &Tally, stated: Stated, is_of_sums: Option<bool>, problems: &mut Problems) -> Option<(bool, f64)> {
    if all.timed == 0.0 {
        return Some((stated.is_total, 1.0));
    }
    let mean = |is_total: bool, unit: f64| all.seconds(is_total) * unit / all.timed;
    let measures = match is_of_sums {
        _ if stated.is_named => vec![stated.is_total],
        Some(is_total) => vec![is_total],
        // a unit that the file shows is not doubted without evidence
        None if stated.has_unit => vec![stated.is_total],
        None => vec![stated.is_total, !stated.is_total],
    };
    let fitting = |units: &[f64]| -> Vec<(bool, f64)> {
        let all = units.iter().flat_map(|unit| measures.iter().map(move |is_total| (*is_total, *unit)));
        all.filter(|(is_total, unit)| is_plausible(mean(*is_total, *unit))).collect()
    };
    let plain = fitting(&[1.0]);
    if let [only] = plain[..] {
        return Some(only);
    }
    let fits = if plain.is_empty() && !stated.has_unit { fitting(&[0.001, 60.0, 3600.0, 86400.0]) } else { plain };
    // minutes are asked: a chat of five seconds is rare, but a header without a unit means seconds
    if let [only] = fits[..]
        && only.1 < 1.0
    {
        return Some(only);
    }
    let shown = |(total, unit): &(bool, f64)| format!("{:.0} s", mean(*total, *unit));
    let (value, expected) = (format!("{:.1} s", mean(stated.is_total, 1.0)), fits.iter().map(shown).collect::<Vec<_>>().join(", "));
    problems.push(Problem { value, expected, ..of_file(file, "handling_unit_doubtful") });
    None
}

/// How the table's times become local ones.
fn clocks(file: &str, layout: &Layout, evidence: &Evidence, roles: &Roles, known: &Known, problems: &mut Problems) -> Option<Clocks> {
    let places: Vec<usize> = match &roles.when {
        When::Stamp(place, _) | When::Day(place, _) => vec![*place],
        When::DateAndTime((date, _), time) => vec![*date, *time],
        When::BelowDate(_, time) | When::Clock(time) => vec![*time],
        When::Across => Vec::new(),
    };
    let Some(source) = source(layout, evidence, &places, known.map) else {
        let value = known.map.and_then(|map| map.zone.clone()).unwrap_or_default();
        problems.push(Problem { value, ..of_file(file, "zone_unknown") });
        return None;
    };
    let ahead = known.ahead.or_else(|| common_offset(evidence, layout));
    let is_of_utc = matches!(source, Source::Ahead(_))
        || matches!(&roles.when, When::Stamp(_, form) if matches!(form.shape, crate::input::import::cells::moments::Shape::Epoch | crate::input::import::cells::moments::Shape::EpochMillis));
    if is_of_utc && known.zone.is_none() && ahead.is_none() {
        note_file(file, "utc_times", problems);
        return None;
    }
    Some(Clocks { source, target: known.zone.cloned(), ahead })
}

/// Columns that are read, by what they say.
fn columns_read(layout: &Layout, evidence: &Evidence, roles: &Roles) -> Vec<ColumnRead> {
    let mut places: Vec<(usize, &'static str)> = match &roles.when {
        When::Stamp(place, _) => vec![(*place, "start")],
        When::Day(place, _) => vec![(*place, "date")],
        When::DateAndTime((date, _), time) => vec![(*date, "date"), (*time, "time")],
        When::BelowDate(_, time) | When::Clock(time) => vec![(*time, "time")],
        When::Across => Vec::new(),
    };
    let mut add = |place: Option<usize>, says| places.extend(place.map(|place| (place, says)));
    add(roles.queue, "queue");
    let queues = match &roles.wide {
        Wide::Queues(queues) => queues.iter().map(|(_, of)| of).collect(),
        _ => vec![&roles.measures],
    };
    for of in queues {
        add(of.offered, "offered");
        add(of.handled, "handled");
        add(of.abandoned, "abandoned");
        of.handling.parts.iter().for_each(|part| add(Some(part.place), key_of(layout.meanings[part.place])));
    }
    add(roles.wait.map(|wait| wait.place), "wait");
    add(roles.key, "contact_key");
    add(roles.direction, "direction");
    add(roles.outcome, "outcome");
    let wide: Vec<usize> = match &roles.wide {
        Wide::No | Wide::Queues(_) => Vec::new(),
        Wide::Hours(hours) => hours.iter().map(|(place, _)| *place).collect(),
        Wide::Days(days) => days.iter().map(|(place, _)| *place).collect(),
    };
    wide.into_iter().for_each(|place| add(Some(place), "offered"));
    let of = |(place, says): (usize, &'static str)| {
        let example = evidence.columns[place].example.clone();
        let example = if looks_personal(&example) { String::new() } else { example };
        ColumnRead { name: layout.names[place].clone(), says, example }
    };
    places.into_iter().map(of).collect()
}

/// Names of the other columns with content.
fn columns_unread(layout: &Layout, evidence: &Evidence, read: &[ColumnRead]) -> Vec<String> {
    let is_unread = |place: &usize| {
        let name = &layout.names[*place];
        !name.is_empty() && !read.iter().any(|column| column.name == *name) && evidence.columns[*place].filled > 0
    };
    (0..layout.names.len()).filter(is_unread).map(|place| layout.names[place].clone()).collect()
}

/// Counts of Asterisk's log of queues.
fn of_queue_log(file: &str, text: &str, known: &Known, problems: &mut Problems) -> Option<Export> {
    let clocks = Clocks { source: Source::Local, target: known.zone.cloned(), ahead: known.ahead };
    let local = |utc: NaiveDateTime| clocks.local(Written::Utc(utc));
    let interval = known.interval.unwrap_or(Interval::HALF_HOUR);
    let Some(counted) = queue_log::counted(text, interval, local) else {
        note_file(file, "utc_times", problems);
        return None;
    };
    let mut understood = Understood { is_log: true, ..Understood::default() };
    understood.of_rows(&counted);
    Some(finished(counted, understood, false, 1.0))
}
