//! Figures of a row: its counts, blanks among them, and its handling time.

use crate::input::cell::no_value::{is_dash, is_nothing};
use crate::input::import::cells::durations::Read;
use crate::input::import::columns::said::{Handling, Measures};
use crate::input::import::grid::lines::Line;
use crate::input::import::rows::contacts::{LOST, SENT_AWAY, is_of};
use crate::input::import::rows::counted::Counted;
use crate::input::import::rows::read::Reader;
use crate::input::import::rows::tally::Tally;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};

/// Largest plausible number of contacts of a row.
const MOST_CONTACTS: f64 = 1e9;

impl Reader<'_> {
    /// A count of a row; `None` where there is no column of it, and where its cell is blank: nothing says whether that is none or unknown.
    pub(super) fn count(&self, line: &Line, place: Option<usize>, problems: &mut Problems) -> Option<f64> {
        let place = place?;
        let text = line.at(place);
        if is_dash(text) {
            return Some(0.0);
        }
        if is_nothing(text) || text.eq_ignore_ascii_case("#n/a") {
            return None;
        }
        let count = self.roles.sign.count(text).filter(|count| *count <= MOST_CONTACTS);
        if count.is_none() {
            self.note(line, place, "not_a_number", problems);
        }
        count
    }

    pub(super) fn count_or_blank(&self, line: &Line, place: usize, counted: &mut Counted, problems: &mut Problems) -> f64 {
        let errors = problems.errors();
        let count = self.count(line, Some(place), problems);
        count.unwrap_or_else(|| if problems.errors() > errors { 0.0 } else { self.blank(line, place, counted) })
    }

    /// A blank in a row that counts nothing else: none, which is told.
    fn blank(&self, line: &Line, place: usize, counted: &mut Counted) -> f64 {
        counted.blanks.see(line.number, &self.layout.names[place]);
        0.0
    }

    /// Seconds of a row's handling time: the sum of its parts, of which one at least is filled.
    fn handling(&self, line: &Line, handling: &Handling, problems: &mut Problems) -> Option<f64> {
        let mut sum = None;
        for part in &handling.parts {
            match part.form.seconds(line.at(part.place)) {
                Read::Seconds(seconds) => sum = Some(sum.unwrap_or(0.0) + seconds),
                Read::Blank => {}
                Read::Unreadable => self.note(line, part.place, "not_a_duration", problems),
            }
        }
        sum
    }

    /// Contacts of a row of an interval.
    pub(super) fn interval(
        &self,
        line: &Line,
        measures: &Measures,
        (queue, counted): (&str, &mut Counted),
        problems: &mut Problems,
    ) -> Option<Tally> {
        let errors = problems.errors();
        let [offered, handled, abandoned] =
            [measures.offered, measures.handled, measures.abandoned].map(|place| self.count(line, place, problems));
        let seconds = self.handling(line, &measures.handling, problems);
        if problems.errors() > errors {
            return None;
        }
        let counts_else = [handled, abandoned, seconds].into_iter().flatten().any(|figure| figure > 0.0);
        let offered = match (offered, measures.offered) {
            (None, Some(place)) if counts_else => {
                let (column, value) = (self.layout.names[place].clone(), line.at(place).to_owned());
                problems.push(Problem { line: Some(line.number), column, value, ..of_file(self.file, "count_missing") });
                return None;
            }
            (None, Some(place)) => self.blank(line, place, counted),
            (None, None) if !counts_else => self.blank(line, measures.handled?, counted),
            (None, None) => handled.unwrap_or(0.0) + abandoned.unwrap_or(0.0),
            (Some(offered), _) => offered,
        };
        let abandoned_or_none = abandoned.unwrap_or(0.0);
        let handled = handled.unwrap_or((offered - abandoned_or_none).max(0.0));
        let (seconds, is_timed) = (seconds.unwrap_or(0.0), seconds.is_some_and(|seconds| seconds > 0.0) && handled > 0.0);
        if is_timed {
            match counted.growth.get_mut(queue) {
                Some(growth) => growth.see(handled, seconds),
                None => counted.growth.entry(queue.to_owned()).or_default().see(handled, seconds),
            }
        }
        Some(Tally {
            offered,
            handled,
            abandoned: abandoned_or_none,
            timed: if is_timed { handled } else { 0.0 },
            as_mean: if is_timed { handled * seconds } else { 0.0 },
            as_total: if is_timed { seconds } else { 0.0 },
            rows: 1,
        })
    }

    /// A contact of a log: lost where its outcome says so or nobody spoke.
    pub(super) fn contact(&self, line: &Line, problems: &mut Problems) -> Tally {
        let roles = self.roles;
        let says_lost = |place: Option<usize>| place.is_some_and(|place| is_of(line.at(place), &LOST) || is_of(line.at(place), &SENT_AWAY));
        let handling = &roles.measures.handling;
        let seconds = self.handling(line, handling, problems);
        let is_silent = !handling.parts.is_empty() && seconds.is_none_or(|seconds| seconds == 0.0) && roles.outcome.is_none();
        let is_lost = says_lost(roles.outcome) || says_lost(roles.direction) || is_silent;
        let handled = f64::from(!is_lost);
        let seconds = seconds.filter(|seconds| *seconds > 0.0 && !is_lost);
        Tally {
            offered: 1.0,
            handled,
            abandoned: 1.0 - handled,
            timed: f64::from(seconds.is_some()),
            as_mean: seconds.unwrap_or(0.0),
            as_total: seconds.unwrap_or(0.0),
            rows: 1,
        }
    }
}
