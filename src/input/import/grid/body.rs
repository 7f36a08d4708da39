//! Records below a header: rows, and the lines between them that are none.

use crate::input::cell::summary_words::sums_up;
use crate::input::import::cells::moments::{Shape, shape_of};
use crate::input::import::grid::layout::{Layout, Stated, stated};
use crate::input::import::grid::lines::{Grid, Line};
use crate::input::import::headers::kinds::Meaning;
use crate::input::table::records::Fault;

/// A record of the body.
pub(in crate::input) enum Record<'a> {
    Row(Line<'a>),
    /// A sum or mean of others, with the word that says so.
    Summary(String),
    /// The header again, a title or a date above the next rows.
    Between,
    Faulty(Fault),
}

/// Records below a header, and what the lines between them have stated so far.
pub(in crate::input) struct Body<'a> {
    lines: Box<dyn Iterator<Item = Result<Line<'a>, Fault>> + 'a>,
    layout: &'a Layout,
    pub(in crate::input) stated: Vec<Stated>,
    /// Number of rows in which a summary is looked for in every column; a log of contacts has summaries in its first column at most.
    is_log: bool,
}

/// Columns of a table in which two filled cells make no row.
const NARROW: usize = 3;

impl<'a> Body<'a> {
    pub(in crate::input) fn of(grid: &'a Grid<'a>, layout: &'a Layout) -> Self {
        let is_below = |line: &Result<Line, Fault>| match line {
            Ok(line) => line.number > layout.header_line,
            Err(fault) => fault.line > layout.header_line,
        };
        let counts = [Meaning::Offered, Meaning::Handled, Meaning::Abandoned];
        let is_log = !layout.meanings.iter().any(|meaning| counts.contains(meaning)) && layout.meanings.contains(&Meaning::ContactKey);
        Self { lines: Box::new(grid.lines().skip_while(move |line| !is_below(line))), layout, stated: layout.above.clone(), is_log }
    }

    /// The value stated last above the next row.
    pub(in crate::input) fn stated(&self, meaning: Meaning) -> Option<&str> {
        self.stated.iter().rev().find(|stated| stated.meaning == meaning).map(|stated| stated.value.as_str())
    }

    fn kind(&mut self, line: Line<'a>) -> Record<'a> {
        let is_header = |line: &Line| self.layout.names.iter().enumerate().all(|(place, name)| line.at(place) == name.as_str());
        if line.cells.first().is_some_and(|first| self.layout.names.first().is_some_and(|name| name == first)) && is_header(&line) {
            return Record::Between;
        }
        if self.layout.names.len() > NARROW && line.filled().nth(2).is_none() {
            if let Some(stated) = stated(&line) {
                self.stated.retain(|known| known.meaning != stated.meaning);
                self.stated.push(stated);
                return Record::Between;
            }
            if line.filled().nth(1).is_none() && !line.filled().any(sums_up) {
                return Record::Between;
            }
        }
        match self.summary(&line) {
            Some(word) => Record::Summary(word),
            None if self.is_remark(&line) => Record::Between,
            None => Record::Row(line),
        }
    }

    /// Whether a line counts nothing and is at no time: a remark below the rows that falls into cells at its commas.
    fn is_remark(&self, line: &Line) -> bool {
        let is_text = |place: usize| shape_of(line.at(place)).is_none_or(|shape| shape == Shape::Other);
        let says_nothing = |(place, meaning): (usize, &Meaning)| match meaning {
            Meaning::Begins | Meaning::Later => is_text(place),
            Meaning::Unread | Meaning::Queue | Meaning::QueueCode | Meaning::Channel => true,
            _ => !line.at(place).contains(|sign: char| sign.is_ascii_digit()),
        };
        let first = line.filled().next().unwrap_or("");
        let is_sentence = first.starts_with(['#', '*', '备', '注', '说']) || first.contains([':', '：', '=', ' ']);
        let has_times = self.layout.meanings.iter().any(|meaning| matches!(meaning, Meaning::Begins | Meaning::Later));
        is_sentence && has_times && self.layout.meanings.iter().enumerate().all(says_nothing)
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

impl<'a> Iterator for Body<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        Some(match self.lines.next()? {
            Ok(line) => self.kind(line),
            Err(fault) => Record::Faulty(fault),
        })
    }
}
