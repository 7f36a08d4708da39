//! An export of any system as counts by queue and interval.

use crate::history::{RawCount, interval_of};
use crate::input::import::columns::evidence::Evidence;
use crate::input::import::columns::examined::Examined;
use crate::input::import::columns::map::Map;
use crate::input::import::columns::said::{Handling, Roles, When, Wide};
use crate::input::import::grid::joined::joined;
use crate::input::import::grid::layout::{Layout, lack_year, layout, line_without_years};
use crate::input::import::grid::lines::Grid;
use crate::input::import::grid::merged::fill_down;
use crate::input::import::grid::source::{Content, Form, content};
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::rows::clocks::{Clocks, Source, common_offset, of_several_offsets, source, zone_stated};
use crate::input::import::rows::counted::Counted;
use crate::input::import::rows::halves::Halves;
use crate::input::import::rows::listed::understood;
use crate::input::import::rows::measure::{Stated, Unit, measure};
use crate::input::import::rows::queue_log::{self, is_queue_log};
use crate::input::import::rows::read::Reader;
use crate::input::import::rows::tally::{Growth, Tally, whole, whole_of_others};
use crate::input::import::rows::times::Times;
use crate::input::import::understood::Understood;
use crate::input::personal::columns::{About, is_personal};
use crate::input::personal::values::looks_personal;
use crate::input::problem::collected::{Problems, note_file};
use crate::input::problem::single::{Problem, of_file};
use crate::input::problem::way::Way;
use crate::service::OpenSpan;
use crate::time::{DateOrder, Interval, Written};
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
    /// When the queues are open.
    pub(in crate::input) hours: Option<Vec<OpenSpan>>,
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
    /// Order of day, month and year, where the dates show it.
    pub(in crate::input) dates: Option<DateOrder>,
    /// Whether sheets that would be joined are of the same time, and so of different things.
    are_sheets_mixed: bool,
}

/// Reads an export; all reasons for which it cannot be read without doubt are reported.
pub(in crate::input) fn read(folder: &Path, file: &str, known: &Known, problems: &mut Problems) -> Option<Export> {
    let errors = problems.errors();
    let form = known.map.map_or_else(Form::default, |map| Form { sheet: map.sheet.as_deref(), encoding: map.encoding });
    let content = content(folder, file, form, problems)?;
    if let Content::Text(text) = &content
        && is_queue_log(text)
    {
        return of_queue_log(file, text, known, problems);
    }
    let grids = content.grids();
    let with_tables = grids.iter().filter_map(|(grid, merged)| Some((grid.clone(), layout(grid, known.map)?, *merged)));
    let mut found: Vec<(Grid, Layout)> = Vec::new();
    let mut torn: Vec<(String, usize)> = Vec::new();
    for (mut grid, layout, merged) in with_tables {
        let name = grid.sheet().unwrap_or("").to_owned();
        torn.extend(fill_down(&mut grid, &layout, merged).err().map(|row| (name, row)));
        found.push((grid, layout));
    }
    if found.len() > 1 {
        found.retain(|(grid, layout)| has_times(grid, layout));
    }
    if let Some((value, row)) = torn.into_iter().find(|(name, _)| found.iter().any(|(grid, _)| grid.sheet() == Some(name.as_str()))) {
        problems.push(Problem { line: Some(row), value, ..of_file(file, "merged_cells") });
        return None;
    }
    let whole = joined(&found);
    if found.len() > 1 && whole.is_none() {
        several_sheets(file, &found, problems);
        return None;
    }
    let lacks_year = match found.first() {
        Some((_, layout)) => lack_year(&layout.names).then_some(layout.header_line),
        None => grids.iter().find_map(|(grid, _)| line_without_years(grid)),
    };
    if let Some(line) = lacks_year {
        problems.push(Problem { line: Some(line), ..of_file(file, "days_without_year") });
        return None;
    }
    let Some((grid, layout)) = found.first() else {
        let first = grids.first().and_then(|(grid, _)| grid.lines().find_map(Result::ok));
        let value = first.map(|line| line.filled().filter(|cell| !looks_personal(cell)).collect::<Vec<_>>().join(", ")).unwrap_or_default();
        problems.push(Problem { value, ..of_file(file, "table_not_found") });
        return None;
    };
    let (grid, mut layout) = (whole.as_ref().unwrap_or(grid), layout.clone());
    let dropped = drop_personal(file, grid, &mut layout, known, problems);
    let export = of_table(file, (grid, matches!(content, Content::Page(_))), &layout, known, problems);
    if export.as_ref().is_some_and(|export| export.are_sheets_mixed) {
        several_sheets(file, &found, problems);
    }
    let mut export = export.filter(|_| problems.errors() == errors)?;
    export.understood.unread.retain(|name| !dropped.contains(name));
    export.understood.dropped = dropped;
    export.understood.said = known.map.map(Map::lines).unwrap_or_default();
    Some(export)
}

/// Asks which of several sheets is meant, by the first cells of each.
fn several_sheets(file: &str, found: &[(Grid, Layout)], problems: &mut Problems) {
    let way = |(grid, layout): &(Grid, Layout)| {
        let name = grid.sheet()?;
        let first = grid.lines().filter_map(Result::ok).find(|line| line.number > layout.header_line);
        let is_shown = |cell: &&str| !looks_personal(cell);
        let cells = first.map(|line| line.filled().filter(is_shown).take(4).collect::<Vec<_>>().join(", ")).unwrap_or_default();
        Some(Way::of(format!("{name}: {cells} …"), "sheet", name))
    };
    let readings: Vec<Way> = found.iter().filter_map(way).collect();
    let value = found.iter().filter_map(|(grid, _)| grid.sheet()).collect::<Vec<_>>().join(", ");
    problems.push(Problem { value, readings, ..of_file(file, "several_sheets") });
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

fn examined<'a>(
    file: &'a str,
    (grid, is_page): (&Grid, bool),
    (layout, evidence): (&'a Layout, &'a Evidence),
    known: &'a Known,
) -> Examined<'a> {
    // numbers and dates of a workbook are such; those of a page are texts
    let is_sheet = !is_page && matches!(grid, Grid::Sheet { .. });
    let has_commas_between = !is_page && !matches!(grid, Grid::Text { separator, .. } if *separator != b',');
    let opens = known.hours.as_ref().and_then(|hours| hours.iter().map(|span| span.open).min());
    Examined { file, layout, evidence, map: known.map, has_commas_between, is_sheet, opens, known_queues: &known.queues }
}

fn of_table(file: &str, (grid, is_page): (&Grid, bool), layout: &Layout, known: &Known, problems: &mut Problems) -> Option<Export> {
    let evidence = Evidence::of(grid, layout);
    if evidence.rows == 0 {
        note_file(file, "no_rows", problems);
        return None;
    }
    if let Some((line, names)) = &evidence.other_header {
        let (value, expected) = (names.join(", "), layout.names.join(", "));
        problems.push(Problem { line: Some(*line), value, expected, ..of_file(file, "header_changes") });
        return None;
    }
    let examined = examined(file, (grid, is_page), (layout, &evidence), known);
    let sign = examined.sign(problems);
    let mut roles = examined.roles(sign, problems)?;
    let clocks = clocks(file, layout, &evidence, &roles, known, problems)?;
    let queue_names = known.map.map(|map| map.queues.clone()).unwrap_or_default();
    let only_queue = known.map.and_then(|map| map.fixed_queue.clone()).unwrap_or_else(|| known.only_queue.clone());
    let is_of_ones = roles.measures.offered.is_some_and(|place| evidence.columns[place].only_ones) && evidence.rows > 1;
    let halves = Halves::of(file, (layout, &evidence), &mut roles, (known.map, known.hours.as_deref()), problems)?;
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
        has_blocks: evidence.has_blocks && known.map.is_none_or(|map| map.fixed_queue.is_none()),
        twelve_hours: halves.spans.as_deref(),
    };
    let mut counted = reader.counted(grid, problems);
    let are_sheets_mixed = counted.are_sheets_mixed();
    leave_out_whole(&mut counted, &known.queues);
    halves.ask(file, &mut counted, (&clocks, known.hours.as_deref()), problems);
    let mut understood = understood(grid, layout, &evidence, &roles, &counted);
    let handling = handling_of(&roles);
    let stated = stated(handling, roles.is_log, known.map);
    let (is_total, unit) = measure(file, &whole(&counted.tallies), stated, Growth::is_of_sums(counted.growth.values()), problems)?;
    understood.unit_guessed = Some(unit).filter(|unit| *unit != 1.0);
    let decided = [
        (
            "two_parts_guessed",
            known.map.is_none_or(|map| map.durations.is_none())
                && handling.parts.iter().any(|part| evidence.columns[part.place].durations.is_open()),
        ),
        ("clock_by_order", halves.is_by_order),
        ("ends_read", roles.are_ends && known.map.is_none_or(|map| map.stamps_are_ends.is_none())),
        ("total_guessed", is_total && !stated.is_total),
    ];
    understood.decided = decided.into_iter().filter(|(_, is_so)| *is_so).map(|(code, _)| code).collect();
    let mut export = Export { are_sheets_mixed, dates: roles.when.date_order(), ..finished(counted, understood, is_total, unit) };
    if roles.are_ends {
        from_ends(&mut export.counts);
    }
    Some(export)
}

/// What headers and a map say of the figures of handling time.
fn stated(handling: &Handling, is_log: bool, map: Option<&Map>) -> Stated {
    let said = map.and_then(|map| map.are_sums);
    Stated {
        is_total: said.unwrap_or(handling.is_total),
        is_named: said.is_some() || handling.is_named || is_log || map.is_some_and(|map| map.handling.is_some()),
        unit: match map.and_then(|map| map.unit) {
            Some(_) => Unit::Map,
            None if handling.parts.iter().all(|part| part.has_unit) => Unit::File,
            None => Unit::Nobody,
        },
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
    Export { counts, is_daily: counted.is_daily, patience, understood, ..Export::default() }
}

/// Leaves out a queue that is the sum of all others, unless the plan has a queue of this name.
fn leave_out_whole(counted: &mut Counted, known: &[String]) {
    let Some(name) = whole_of_others(&counted.tallies).map(str::to_owned).filter(|name| !known.contains(name)) else { return };
    if let Some(of_whole) = counted.tallies.remove(&name) {
        *counted.summaries.entry(name).or_default() += of_whole.len();
    }
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
    if let (None, None, Some(example)) = (known.zone, ahead, of_several_offsets(evidence, layout)) {
        problems.push(Problem { value: example.to_owned(), ..of_file(file, "several_offsets") });
        return None;
    }
    let clocks = Clocks { source, target: known.zone.cloned(), ahead };
    let told = |code, value: &str| Problem { is_warning: true, value: value.to_owned(), ..of_file(file, code) };
    if let (Source::Local, Some(name)) = (&clocks.source, zone_stated(layout, evidence)) {
        problems.push(told("zone_not_understood", name));
    }
    if matches!((&roles.when, &roles.wide), (When::Day(..), Wide::No)) && clocks.moves_days() {
        problems.push(told("days_of_other_zone", ""));
    }
    Some(clocks)
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
