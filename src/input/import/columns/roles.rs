//! Which column of an export says what: chosen from the meanings of the headers and the cells below them, or named by a map.

use crate::input::import::cells::numbered::Numbering;
use crate::input::import::cells::numbers::Sign;
use crate::input::import::columns::examined::Examined;
use crate::input::import::columns::map::Map;
use crate::input::import::columns::said::{Handling, Measures, Roles, When, Wide};
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::meaning::doubt_of;
use crate::input::import::headers::queue_names::names_figure;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};

/// What is found without a further error, which would only lead to others.
fn without_doubt<T>(problems: &mut Problems, find: impl FnOnce(&mut Problems) -> T) -> Option<T> {
    let errors = problems.errors();
    let found = find(problems);
    (problems.errors() == errors).then_some(found)
}

impl Examined<'_> {
    /// Columns by what they say; what cannot be decided is reported.
    pub(in crate::input) fn roles(&self, sign: Sign, problems: &mut Problems) -> Option<Roles> {
        let errors = problems.errors();
        let filters = self.filters(|map| &map.filter, problems);
        let exceptions = self.filters(|map| &map.except, problems);
        let when = self.when(problems);
        let named = |map: fn(&Map) -> &Option<String>| self.map.and_then(|of| map(of).as_deref());
        let queue = match named(|map| &map.queue) {
            Some(name) => self.place(name, problems),
            None => self.queue(),
        };
        let is_named = self.map.is_some_and(|map| map.offered.is_some() || map.handled.is_some());
        let mut wide = without_doubt(problems, |problems| self.times_across(when.as_ref(), problems))?;
        if matches!(wide, Wide::No) && !is_named {
            wide = self.queues_across(sign, problems);
        }
        self.lacks_one_figure(problems);
        let is_wide = !matches!(wide, Wide::No);
        let mut measures = if is_wide { Measures::default() } else { self.counts(problems) };
        let counts_nothing = measures.offered.is_none() && measures.handled.is_none() && measures.abandoned.is_none();
        let is_log = !is_wide && counts_nothing && when.as_ref().is_some_and(|when| self.is_of_contacts(when));
        if !is_log && !is_wide && measures.offered.is_none() && (measures.handled.is_none() || measures.abandoned.is_none()) {
            self.lacks(if measures.handled.is_some() { "only_handled" } else { "no_count_column" }, problems);
        }
        if !is_wide {
            measures.handling = self.handling(sign, is_log, problems);
        }
        let wait = self.best(&[Meaning::Wait]).map(|place| self.duration(place, sign, problems));
        let when = when?;
        let numbering = without_doubt(problems, |problems| self.numbering(&when, &wide, problems))?;
        let are_ends = !matches!(numbering, Some(Numbering::Slots(_))) && self.are_ends(&when, problems);
        let minute = self.minute_beside(&when);
        let format = self.format_of(&when);
        (problems.errors() == errors).then_some(Roles {
            format: format.map(str::to_owned),
            dates_are_midnights: self.is_sheet,
            when,
            queue,
            measures,
            wait: wait.filter(|_| is_log),
            key: self.best(&[Meaning::ContactKey]).filter(|_| is_log),
            direction: self.best(&[Meaning::Direction]),
            outcome: self.best(&[Meaning::Outcome]).filter(|_| is_log),
            numbering,
            minute,
            filters,
            exceptions,
            sign,
            wide,
            is_log,
            are_ends,
        })
    }

    fn format_of(&self, when: &When) -> Option<&str> {
        match when {
            When::Stamp(place, _) => self.format(&[*place]),
            When::DateAndTime((date, _), time) => self.format(&[*date, *time]),
            _ => None,
        }
    }

    /// Reports a column that names the figure of each row.
    fn lacks_one_figure(&self, problems: &mut Problems) {
        let is_varied = |place: &usize| names_figure(&self.layout.names[*place]) && !self.evidence.columns[*place].is_constant;
        let is_filtered = |place: &usize| self.map.is_some_and(|map| map.filter.contains_key(&self.layout.names[*place]));
        if let Some(place) = (0..self.layout.names.len()).find(|place| is_varied(place) && !is_filtered(place)) {
            let (line, column) = (Some(self.layout.header_line), self.layout.names[place].clone());
            let value = self.evidence.columns[place].example.clone();
            problems.push(Problem { line, column, value, ..of_file(self.file, "figures_in_rows") });
        }
    }

    /// The column of queues, else of their codes, else of several media.
    pub(in crate::input) fn queue(&self) -> Option<usize> {
        let media = || self.best(&[Meaning::Channel]).filter(|place| self.evidence.columns[*place].names.len() > 1);
        self.best(&[Meaning::Queue]).or_else(|| self.best(&[Meaning::QueueCode])).or_else(media)
    }

    /// Columns of counts, by the map or by their names.
    fn counts(&self, problems: &mut Problems) -> Measures {
        let named = |map: fn(&Map) -> &Option<String>| self.map.and_then(|of| map(of).as_deref());
        let offered = self.count(named(|map| &map.offered), Meaning::Offered, problems);
        // nobody handles more contacts than there are: figures of another kind
        let sum = |place: usize| self.evidence.columns[place].sum;
        let is_within = |place: &usize| self.map.is_some() || offered.is_none_or(|offered| sum(*place) <= 1.5 * sum(offered));
        let handled = self.count(named(|map| &map.handled), Meaning::Handled, problems);
        let handled = handled.filter(|place| Some(*place) != offered && is_within(place));
        let abandoned = self.count(named(|map| &map.abandoned), Meaning::Abandoned, problems);
        Measures { offered, handled, abandoned, handling: Handling::default() }
    }

    /// Whether rows without a count are contacts: they have keys, or begin between the starts of intervals.
    fn is_of_contacts(&self, when: &When) -> bool {
        let place = match when {
            When::Stamp(place, _) | When::DateAndTime(_, place) => *place,
            When::Day(..) | When::BelowDate(..) | When::Clock(_) | When::Across => return false,
        };
        let counts =
            |place: usize| self.layout.meanings[place] == Meaning::Offered && doubt_of(&self.layout.names[place], Meaning::Offered) < 2;
        if (0..self.layout.names.len()).any(counts) {
            return false;
        }
        self.best(&[Meaning::ContactKey]).is_some() || self.evidence.columns[place].moments.off_grid * 5 > self.evidence.rows
    }
}
