//! Rows of an export to counts by queue and interval.

use crate::input::cell::no_value::{error_code, is_nothing};
use crate::input::cell::twelve_hours::half_within;
use crate::input::import::cells::durations::Read;
use crate::input::import::cells::moments::{by_format, local};
use crate::input::import::cells::numbered::whole;
use crate::input::import::columns::said::{Roles, When, Wide};
use crate::input::import::grid::body::{Record, for_each};
use crate::input::import::grid::layout::Layout;
use crate::input::import::grid::lines::{Grid, Line};
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::rows::blocks::{Blocks, Whose};
use crate::input::import::rows::clocks::Clocks;
use crate::input::import::rows::contacts::{Legs, OUTGOING, SENT_AWAY, digest, is_of};
use crate::input::import::rows::counted::Counted;
use crate::input::import::rows::dated::{Dated, are_sums};
use crate::input::import::rows::tally::{Start, Tally, on_grid};
use crate::input::import::rows::times::Times;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::service::OpenSpan;
use crate::time::{ClockTime, DAY_MINUTES, Interval, Written};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// A time of a day by its minutes; more than a day has are of the next.
fn at(date: NaiveDate, minutes: u32) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes.into())
}

/// A reader of rows.
pub(in crate::input) struct Reader<'a> {
    pub(in crate::input) file: &'a str,
    pub(in crate::input) layout: &'a Layout,
    pub(in crate::input) roles: &'a Roles,
    pub(in crate::input) clocks: &'a Clocks,
    /// The queue of rows that name none.
    pub(in crate::input) only_queue: &'a str,
    pub(in crate::input) queue_names: &'a BTreeMap<String, String>,
    /// Grid to which contacts are brought; `None` for intervals as they are.
    pub(in crate::input) grid: Option<Interval>,
    /// Number of rows, of which each may be a contact.
    pub(in crate::input) rows: usize,
    pub(in crate::input) times: Times,
    /// Whether its header stands between the rows again, and nothing says that all are of one queue.
    pub(in crate::input) has_blocks: bool,
    /// Parts of the day in which all times lie, for clocks of twelve hours.
    pub(in crate::input) twelve_hours: Option<&'a [OpenSpan]>,
}

/// What rows have been read.
#[derive(Default)]
struct Seen {
    legs: Legs,
    /// Digests of whole lines, and what repeated ones say.
    lines: HashSet<u64>,
    again: Vec<(String, Start, Tally)>,
    /// Least number of cells of a row.
    cells: usize,
    blocks: Blocks,
}

impl Reader<'_> {
    /// Reads all rows; every unreadable cell is reported.
    pub(in crate::input) fn counted(&self, grid: &Grid, problems: &mut Problems) -> Counted {
        let mut counted = Counted { is_daily: matches!(self.roles.when, When::Day(..) | When::Across), ..Counted::default() };
        let mut seen = Seen::default();
        if self.roles.key.is_some() {
            seen.legs.reserve(self.rows);
        }
        let last = grid.last_without_end();
        for_each(grid, self.layout, |record, above| match record {
            Record::Row(line) if last == Some(line.number) && line.cells.len() < seen.cells => counted.cut_off = Some(line.number),
            Record::Row(line) => {
                seen.cells = if counted.rows == 0 { line.cells.len() } else { seen.cells.min(line.cells.len()) };
                let (date, queue) = (above.stated(Meaning::Begins), above.stated(Meaning::Queue));
                self.enter(line, (date, queue), &mut seen, &mut counted, problems);
            }
            Record::Summary(word) => *counted.summaries.entry(word.clone()).or_default() += 1,
            Record::HeaderAgain(number) => seen.blocks.begin(*number),
            Record::Stated(_) | Record::Between(_) | Record::OtherHeader(_) => {}
            Record::Faulty(fault) => problems.push(Problem { line: Some(fault.line), ..of_file(self.file, fault.code()) }),
        });
        if self.has_blocks {
            seen.blocks.ask(self.file, problems);
        }
        self.enter_repeated(seen.again, &mut counted);
        self.leave_out_sums(&mut counted, problems);
        counted
    }

    /// Leaves out rows with a date alone that sum up others; else it is not known what they are.
    fn leave_out_sums(&self, counted: &mut Counted, problems: &mut Problems) {
        let dated = std::mem::take(&mut counted.dated);
        let are_sums = are_sums(&dated, &counted.tallies);
        for Dated { line, place, value, .. } in dated {
            if are_sums {
                *counted.summaries.entry(value).or_default() += 1;
            } else {
                let column = self.layout.names.get(place).cloned().unwrap_or_default();
                problems.push(Problem { line: Some(line), column, value, ..of_file(self.file, "date_without_time") });
            }
        }
    }

    /// Enters rows that repeat others in every cell, unless each interval has one row but for those: then the export stands there twice.
    fn enter_repeated(&self, again: Vec<(String, Start, Tally)>, counted: &mut Counted) {
        let intervals: usize = counted.tallies.values().map(BTreeMap::len).sum();
        if counted.rows == intervals || !matches!(self.roles.wide, Wide::No) {
            counted.same_again = again.len();
            return;
        }
        counted.rows += again.len();
        again.into_iter().for_each(|(queue, start, tally)| self.add(counted, Cow::Owned(queue), start, tally));
    }

    fn is_left_out(&self, line: &Line, counted: &mut Counted) -> bool {
        let roles = self.roles;
        let is_among = |(place, values): &(usize, Vec<String>)| values.iter().any(|value| value == line.at(*place));
        if !roles.filters.iter().all(is_among) || roles.exceptions.iter().any(is_among) {
            counted.filtered += 1;
            return true;
        }
        let is_outgoing = roles.direction.is_some_and(|place| is_of(line.at(place), &OUTGOING));
        counted.outgoing += usize::from(is_outgoing);
        is_outgoing
    }

    fn enter(&self, line: &Line, stated: (Option<&str>, Option<&str>), seen: &mut Seen, counted: &mut Counted, problems: &mut Problems) {
        let roles = self.roles;
        if self.is_left_out(line, counted) {
            return;
        }
        // a row with more cells than the header has moved
        if line.cells.iter().skip(self.layout.names.len()).any(|cell| !cell.is_empty()) {
            let (value, expected) = (line.cells.len().to_string(), self.layout.names.len().to_string());
            problems.push(Problem { line: Some(line.number), value, expected, ..of_file(self.file, "row_length") });
            return;
        }
        let Some(start) = self.start(line, stated, counted, problems) else { return };
        let span = counted.spans.entry(line.part).or_insert((start.local, start.local));
        *span = (span.0.min(start.local), span.1.max(start.local));
        let queue = self.queue(line, stated.1);
        if roles.is_log {
            let tally = self.contact(line, problems);
            self.enter_contact(line, (queue, start), tally, seen, counted);
            return;
        }
        let is_again = self.grid.is_none() && !seen.lines.insert(digest(&(start, &*queue, &line.cells)));
        if self.has_blocks && self.grid.is_none() && !is_again {
            self.see_block(line, (&queue, start), stated.1, seen);
        }
        let mut add = |counted: &mut Counted, queue: Cow<str>, start: Start, tally: Tally| {
            if is_again {
                seen.again.push((queue.into_owned(), start, tally));
            } else {
                self.add(counted, queue, start, tally);
            }
        };
        match &roles.wide {
            Wide::No => {
                let Some(tally) = self.interval(line, &roles.measures, (&queue, counted), problems) else { return };
                add(counted, queue, start, tally);
            }
            Wide::Hours(places) => {
                for (place, clock) in places {
                    let offered = self.count_or_blank(line, *place, counted, problems);
                    let Some(start) = self.start_of_head(start, *clock) else { continue };
                    add(counted, queue.clone(), start, Tally::of(offered));
                }
            }
            Wide::Days(places) => {
                let clock = start.local - start.local.date().and_time(NaiveTime::MIN);
                for (place, date) in places {
                    let offered = self.count_or_blank(line, *place, counted, problems);
                    add(counted, queue.clone(), Start::of(date.and_time(NaiveTime::MIN) + clock), Tally::of(offered));
                }
            }
            Wide::Queues(queues) => {
                for (name, measures) in queues {
                    let Some(tally) = self.interval(line, measures, (name, counted), problems) else { continue };
                    add(counted, self.named(name), start, tally);
                }
            }
        }
        counted.rows += usize::from(!is_again);
    }

    fn see_block(&self, line: &Line, of: (&str, Start), stated: Option<&str>, seen: &mut Seen) {
        let is_own = self.roles.queue.is_some_and(|place| !is_nothing(line.at(place)));
        let whose = if is_own { Whose::Row } else { stated.map_or(Whose::Nobody, Whose::Stated) };
        seen.blocks.see(line.number, of, whose);
    }

    /// Start of the interval of a head, on the day of its row.
    fn start_of_head(&self, start: Start, clock: ClockTime) -> Option<Start> {
        let local = start.local + TimeDelta::minutes(clock.minutes().into());
        // a date alone is of no zone before it has a time
        let is_day = matches!(self.roles.when, When::Day(..));
        if is_day { self.clocks.local(Written::Local(local)) } else { Some(Start { local, ..start }) }
    }

    /// Enters a row of a log, which may be a further leg of a contact.
    fn enter_contact(&self, line: &Line, (queue, start): (Cow<str>, Start), tally: Tally, seen: &mut Seen, counted: &mut Counted) {
        let key = self.roles.key.map(|place| line.at(place)).filter(|key| !key.is_empty());
        let slot = || self.grid.map_or(start.local, |grid| on_grid(start.local, grid));
        if key.is_some_and(|key| seen.legs.join(key, &queue, (start, slot()), &tally, &mut counted.tallies)) {
            counted.repeated += 1;
            return;
        }
        if let Some(Read::Seconds(seconds)) = self.roles.wait.map(|wait| wait.form.seconds(line.at(wait.place))) {
            let is_sent_away = || self.roles.outcome.is_some_and(|place| is_of(line.at(place), &SENT_AWAY));
            let has_given_up = tally.handled == 0.0 && !is_sent_away();
            match counted.waits.get_mut(&*queue) {
                Some(waits) => waits.see(seconds, has_given_up),
                None => counted.waits.entry(queue.clone().into_owned()).or_default().see(seconds, has_given_up),
            }
        }
        counted.rows += 1;
        self.add(counted, queue, start, tally);
    }

    fn add(&self, counted: &mut Counted, queue: Cow<str>, start: Start, tally: Tally) {
        let start = Start { local: self.grid.map_or(start.local, |grid| on_grid(start.local, grid)), ..start };
        if let Some(of_queue) = counted.tallies.get_mut(&*queue) {
            of_queue.entry(start).or_default().add(tally);
        } else {
            counted.tallies.entry(queue.into_owned()).or_default().insert(start, tally);
        }
    }

    pub(super) fn note(&self, line: &Line, place: usize, code: &'static str, problems: &mut Problems) {
        let (column, value) = (self.layout.names.get(place).cloned().unwrap_or_default(), line.at(place).to_owned());
        let code = error_code(line.at(place)).unwrap_or(if value.is_empty() { "cell_empty" } else { code });
        problems.push(Problem { line: Some(line.number), column, value, ..of_file(self.file, code) });
    }

    /// The cell of a time; an interval may stand in three columns: `9:00`, `-`, `9:30AM`.
    fn time_cell<'l>(&self, line: &'l Line, place: usize) -> Cow<'l, str> {
        let is_unnamed = |place: usize| self.layout.names.get(place).is_some_and(String::is_empty);
        let is_sign = |text: &str| ["-", "–", "—", "~", "to", "至"].contains(&text);
        if is_unnamed(place + 1) && is_unnamed(place + 2) && is_sign(line.at(place + 1)) {
            return Cow::Owned(format!("{}-{}", line.at(place), line.at(place + 2)));
        }
        Cow::Borrowed(line.at(place))
    }

    /// Start of a row in the plan's local time.
    fn start(&self, line: &Line, stated: (Option<&str>, Option<&str>), counted: &mut Counted, problems: &mut Problems) -> Option<Start> {
        let (place, moment) = match &self.roles.when {
            When::Stamp(place, _) if self.roles.format.is_some() => {
                (*place, self.roles.format.as_deref().and_then(|format| by_format(line.at(*place), format)))
            }
            When::Stamp(place, form) => (*place, self.times.moment(*form, line.at(*place))),
            When::Day(place, form) => {
                let date = self.times.date(*form, line.at(*place));
                return date.map(|date| Start::of(date.and_time(NaiveTime::MIN))).or_else(|| {
                    self.note(line, *place, "not_a_date", problems);
                    None
                });
            }
            When::Across => return Some(Start::of(NaiveDate::default().and_time(NaiveTime::MIN))),
            When::Clock(time) => {
                let since = self.minutes_or_note(line, *time, problems)?;
                let written = self.of_day((line, *time), at(NaiveDate::default(), since), counted, problems)?;
                let Written::Local(stamp) = written else { return None };
                return Some(Start::of(stamp));
            }
            When::DateAndTime((date, _), time) if self.roles.format.is_some() => {
                let both = format!("{} {}", line.at(*date), line.at(*time));
                (*date, self.roles.format.as_deref().and_then(|format| by_format(&both, format)))
            }
            When::DateAndTime((date, form), time) => {
                if is_nothing(&self.time_cell(line, *time))
                    && let Some(date) = self.times.date(*form, line.at(*date))
                {
                    self.see_dated(line, (*time, date), stated.1, counted, problems);
                    return None;
                }
                let since = self.minutes_or_note(line, *time, problems)?;
                (*date, self.times.date(*form, line.at(*date)).map(|date| local(at(date, since))))
            }
            When::BelowDate(form, time) => {
                let since = self.minutes(line, *time);
                (*time, since.zip(stated.0.and_then(|date| form.date(date))).map(|(since, date)| local(at(date, since))))
            }
        };
        let Some(moment) = moment else {
            self.note(line, place, "not_a_date", problems);
            return None;
        };
        if !moment.has_clock && !self.roles.dates_are_midnights {
            if let Written::Local(stamp) = moment.written {
                self.see_dated(line, (place, stamp.date()), stated.1, counted, problems);
            }
            return None;
        }
        let written = match moment.written {
            Written::Local(stamp) => self.of_day((line, place), stamp, counted, problems)?,
            utc @ Written::Utc(_) => utc,
        };
        let start = self.clocks.local(written);
        if start.is_none() {
            problems.push(of_file(self.file, "utc_times"));
        }
        start
    }

    /// Minutes from the beginning of its day to the time of a row.
    fn minutes(&self, line: &Line, place: usize) -> Option<u32> {
        let cell = self.time_cell(line, place);
        let hour = match self.roles.numbering {
            Some(numbering) => numbering.minutes(&cell)?,
            None => self.times.clock(&cell)?.minutes(),
        };
        match self.roles.minute {
            Some(place) => {
                let minute = whole(line.at(place)).filter(|minute| *minute < 60 && hour + minute <= DAY_MINUTES)?;
                Some(hour + minute)
            }
            None => Some(hour),
        }
    }

    /// The same; a time that cannot be read is reported.
    fn minutes_or_note(&self, line: &Line, place: usize, problems: &mut Problems) -> Option<u32> {
        let minutes = self.minutes(line, place);
        if minutes.is_none() {
            self.note(line, place, "not_a_time", problems);
        }
        minutes
    }

    /// A local time in the half of its day that is meant. Numbers of intervals and minutes since midnight are of no clock.
    fn of_day(
        &self,
        (line, place): (&Line, usize),
        stamp: NaiveDateTime,
        counted: &mut Counted,
        problems: &mut Problems,
    ) -> Option<Written> {
        if self.roles.numbering.is_some() {
            return Some(Written::Local(stamp));
        }
        if self.twelve_hours.is_none() {
            counted.twelve_hours.see(stamp);
        }
        self.within_hours(line, place, stamp, problems)
    }

    /// Remembers a row with a date alone.
    fn see_dated(
        &self,
        line: &Line,
        (place, date): (usize, NaiveDate),
        stated: Option<&str>,
        counted: &mut Counted,
        problems: &mut Problems,
    ) {
        let measures = &self.roles.measures;
        let [offered, handled, abandoned] =
            [measures.offered, measures.handled, measures.abandoned].map(|place| self.count(line, place, problems));
        let queue = self.queue(line, stated).into_owned();
        let offered = offered.or_else(|| Some(handled? + abandoned?));
        let value = if is_nothing(line.at(place)) { date.to_string() } else { line.at(place).to_owned() };
        counted.dated.push(Dated { line: line.number, place, value, date, queue, offered });
    }

    /// A time of a clock with twelve hours and no mark, in the half of the day in which the team is open.
    fn within_hours(&self, line: &Line, place: usize, stamp: NaiveDateTime, problems: &mut Problems) -> Option<Written> {
        let Some(hours) = self.twelve_hours else { return Some(Written::Local(stamp)) };
        let Some(time) = half_within(hours, stamp.hour() * 60 + stamp.minute()) else {
            self.note(line, place, "half_of_day_doubtful", problems);
            return None;
        };
        Some(Written::Local(time.on(stamp.date())))
    }

    fn queue<'l>(&'l self, line: &'l Line, stated: Option<&'l str>) -> Cow<'l, str> {
        let name = self.roles.queue.map(|place| line.at(place)).filter(|name| !is_nothing(name)).or(stated).unwrap_or(self.only_queue);
        self.named(name)
    }

    /// The queue that the map means by a name.
    fn named<'l>(&'l self, name: &'l str) -> Cow<'l, str> {
        Cow::Borrowed(self.queue_names.get(name).map_or(name, String::as_str))
    }
}
