//! Records below a header: rows, and the lines between them that are none.

use crate::input::cell::summary_words::sums_up;
use crate::input::import::cells::moments::{Shape, shape_of};
use crate::input::import::grid::ahead::made_ahead;
use crate::input::import::grid::layout::{Layout, Stated, stated, understood};
use crate::input::import::grid::lines::{Grid, Line};
use crate::input::import::headers::kinds::Meaning;
use crate::input::table::records::Fault;

/// A record of the body.
pub(in crate::input) enum Record<'a> {
    Row(Line<'a>),
    /// A sum or mean of others, with the word that says so.
    Summary(String),
    /// A date or a queue of the next rows.
    Stated(Stated),
    /// The header again.
    HeaderAgain(usize),
    /// The header of another table.
    OtherHeader(Line<'a>),
    /// A title or a remark.
    Between(Line<'a>),
    Faulty(Fault),
}

/// What has been stated above a row.
pub(in crate::input) struct Above(Vec<Stated>);

impl Above {
    /// The value stated last.
    pub(in crate::input) fn stated(&self, meaning: Meaning) -> Option<&str> {
        self.0.iter().rev().find(|stated| stated.meaning == meaning).map(|stated| stated.value.as_str())
    }

    fn hear(&mut self, stated: &Stated) {
        self.0.retain(|known| known.meaning != stated.meaning);
        self.0.push(stated.clone());
    }
}

/// Columns of a table in which two filled cells make no row.
const NARROW: usize = 3;

/// Passes on the records below a header in their order, with what has been stated above each. Those of a long text are split into cells
/// by another thread.
pub(in crate::input) fn for_each(grid: &Grid, layout: &Layout, mut enter: impl FnMut(&Record, &Above)) {
    let is_below = |line: &Result<Line, Fault>| match line {
        Ok(line) => line.number > layout.header_line,
        Err(fault) => fault.line > layout.header_line,
    };
    let body = Body::of(layout);
    let lines = grid.lines().skip_while(|line| !is_below(line));
    let records = lines.map(|line| line.map_or_else(Record::Faulty, |line| body.kind(line)));
    let mut above = Above(layout.above.clone());
    let mut enter = |record: &Record| {
        if let Record::Stated(stated) = record {
            above.hear(stated);
        }
        enter(record, &above);
    };
    if grid.is_long() { made_ahead(records, enter) } else { records.for_each(|record| enter(&record)) }
}

/// What tells the records of a body apart.
struct Body<'a> {
    layout: &'a Layout,
    /// Whether each row is a contact: a log has summaries in its first columns at most.
    is_log: bool,
}

impl<'a> Body<'a> {
    fn of(layout: &'a Layout) -> Self {
        let counts = [Meaning::Offered, Meaning::Handled, Meaning::Abandoned];
        let is_log = !layout.meanings.iter().any(|meaning| counts.contains(meaning)) && layout.meanings.contains(&Meaning::ContactKey);
        Self { layout, is_log }
    }

    fn kind<'l>(&self, line: Line<'l>) -> Record<'l> {
        let is_header = |line: &Line| self.layout.names.iter().enumerate().all(|(place, name)| line.at(place) == name.as_str());
        if line.cells.first().is_some_and(|first| self.layout.names.first().is_some_and(|name| name == first)) && is_header(&line) {
            return Record::HeaderAgain(line.number);
        }
        if self.is_other_header(&line) {
            return Record::OtherHeader(line);
        }
        // of a narrow table a row has two cells
        if line.filled().nth(1).is_none()
            && let Some(stated) = stated(&line)
        {
            return Record::Stated(stated);
        }
        let is_title = || !line.filled().any(|cell| sums_up(cell) || cell.contains(|sign: char| sign.is_ascii_digit()));
        if line.filled().nth(1).is_none() && is_title() {
            return Record::Between(line);
        }
        if self.layout.names.len() > NARROW && line.filled().nth(2).is_none() {
            if let Some(stated) = stated(&line) {
                return Record::Stated(stated);
            }
            if line.filled().nth(1).is_none() && !line.filled().any(sums_up) {
                return Record::Between(line);
            }
        }
        match self.summary(&line) {
            Some(word) => Record::Summary(word),
            None if self.is_remark(&line) => Record::Between(line),
            None => Record::Row(line),
        }
    }

    /// Whether a line is the header of another table: without a time, it names columns of times and of counts.
    fn is_other_header(&self, line: &Line) -> bool {
        let is_time = |(_, meaning): &(usize, &Meaning)| **meaning == Meaning::Begins;
        let mut times = self.layout.meanings.iter().enumerate().filter(is_time).peekable();
        // nearly every row has a time with a digit
        times.peek().is_some()
            && times.all(|(place, _)| !line.at(place).contains(|sign: char| sign.is_ascii_digit()))
            && line.filled().nth(1).is_some()
            && understood(line).is_some()
    }

    /// Whether a line counts nothing and is at no time: a remark below the rows that falls into cells at its commas.
    fn is_remark(&self, line: &Line) -> bool {
        let is_text = |place: usize| shape_of(line.at(place)).is_none_or(|shape| shape == Shape::Other);
        let is_time = |meaning: &Meaning| matches!(meaning, Meaning::Begins | Meaning::Later);
        let counts_nothing = |(place, meaning): (usize, &Meaning)| match meaning {
            Meaning::Begins | Meaning::Later | Meaning::Unread | Meaning::Queue | Meaning::QueueCode | Meaning::Channel => true,
            _ => !line.at(place).contains(|sign: char| sign.is_ascii_digit()),
        };
        let first = line.filled().next().unwrap_or("");
        let is_sentence = first.starts_with(['#', '*', '备', '注', '说']) || first.contains([':', '：', '=', ' ']);
        let meanings = || self.layout.meanings.iter().enumerate();
        // times are slow to read, and nearly every row counts something
        is_sentence
            && meanings().any(|(_, meaning)| is_time(meaning))
            && meanings().all(counts_nothing)
            && meanings().all(|(place, meaning)| !is_time(meaning) || is_text(place))
    }

    /// The word that marks a row as a summary of others.
    fn summary(&self, line: &Line) -> Option<String> {
        let may_say = |(place, _): &(usize, &std::borrow::Cow<str>)| {
            let meaning = self.layout.meanings.get(*place).copied().unwrap_or(Meaning::Unread);
            matches!(meaning, Meaning::Begins | Meaning::Later | Meaning::Queue | Meaning::QueueCode)
                || !self.is_log && meaning == Meaning::Unread
        };
        let mut cells = line.cells.iter().enumerate().filter(may_say);
        cells.find(|(_, cell)| cell.len() < 60 && sums_up(cell)).map(|(_, cell)| cell.to_string())
    }
}
