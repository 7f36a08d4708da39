//! Tables of one header below one another: parts of one report, or one for each queue, which nothing may say.

use crate::input::import::rows::tally::Start;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use std::collections::HashMap;

/// Who says of which queue a row is.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) enum Whose<'a> {
    /// The row itself.
    Row,
    /// A line above it.
    Stated(&'a str),
    Nobody,
}

/// A table below a header.
#[derive(Debug, Default)]
struct Block {
    /// Line of its header, which repeats an earlier one.
    line: usize,
    /// Intervals of earlier tables that come again with other cells.
    again: usize,
    /// Whether a row of it has the interval of another.
    has_several: bool,
    /// Line of a row whose queue nothing states, and the queue that a line states for another.
    unnamed: Option<usize>,
    named: Option<(usize, String)>,
}

/// What tells the tables of a file apart.
#[derive(Debug, Default)]
pub(in crate::input) struct Blocks {
    blocks: Vec<Block>,
    /// The table in which an interval of a queue was seen last.
    seen: HashMap<(String, Start), usize>,
}

impl Blocks {
    /// A header that stands there again.
    pub(in crate::input) fn begin(&mut self, line: usize) {
        self.blocks.push(Block { line, ..Block::default() });
    }

    /// A row that repeats no other in all cells.
    pub(in crate::input) fn see(&mut self, line: usize, (queue, start): (&str, Start), whose: Whose) {
        if self.blocks.is_empty() {
            self.begin(0);
        }
        let place = self.blocks.len() - 1;
        let block = &mut self.blocks[place];
        match whose {
            Whose::Stated(name) if block.named.is_none() => block.named = Some((line, name.to_owned())),
            Whose::Nobody if block.unnamed.is_none() => block.unnamed = Some(line),
            _ => {}
        }
        match self.seen.insert((queue.to_owned(), start), place) {
            Some(before) if before == place => block.has_several = true,
            Some(_) => block.again += 1,
            None => {}
        }
    }

    /// Reports tables of which nothing says whose they are. An interval with several rows may go on below a header, as on a new page.
    pub(in crate::input) fn ask(&self, file: &str, problems: &mut Problems) {
        let are_whole = self.blocks.iter().all(|block| !block.has_several);
        let is_another = |block: &&Block| block.again > 1 || block.again == 1 && are_whole;
        if let Some(block) = self.blocks.iter().find(is_another) {
            problems.push(Problem { line: Some(block.line), value: block.again.to_string(), ..of_file(file, "blocks_unnamed") });
        }
        let named = self.blocks.iter().find_map(|block| block.named.clone());
        if let Some((line, value)) = named.filter(|_| self.blocks.len() > 1 && self.blocks.iter().any(|block| block.unnamed.is_some())) {
            problems.push(Problem { line: Some(line), value, ..of_file(file, "blocks_half_named") });
        }
    }
}
