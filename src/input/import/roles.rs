//! Which column of an export says what: chosen from the meanings of the headers and the cells below them, or named by a map.

use super::durations;
use super::evidence::Evidence;
use super::layout::{Layout, is_end_of_interval};
use super::map::{Map, StartColumns};
use super::meaning::{Meaning, doubt_of, names_figure, names_measure};
use super::moments::{Form, Shape};
use super::numbers::{Decided, Sign};
use super::wide::{Measures, Wide};
use crate::input::header::units::seconds_of_header;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};

/// Where a row says when it begins.
#[derive(Clone, Debug)]
pub(super) enum When {
    Stamp(usize, Form),
    DateAndTime((usize, Form), usize),
    /// A date alone: a whole day.
    Day(usize, Form),
    /// A time of day below a date that is stated above the rows.
    BelowDate(Form, usize),
    /// A time of day alone, where each column is a day.
    Clock(usize),
    /// Nowhere: each column is a day.
    Across,
}

/// A column of durations.
#[derive(Clone, Copy, Debug)]
pub(super) struct Duration {
    pub(super) place: usize,
    pub(super) form: durations::Form,
    /// Whether the header names the unit, or the cells show it.
    pub(super) has_unit: bool,
}

/// Where a row says how long its contacts were handled.
#[derive(Clone, Debug, Default)]
pub(super) struct Handling {
    /// Columns that add up to the handling time.
    pub(super) parts: Vec<Duration>,
    /// Whether they are sums over the contacts of a row.
    pub(super) is_total: bool,
    /// Whether the headers say so, or that they are means.
    pub(super) is_named: bool,
}

/// Columns by what they say.
#[derive(Clone, Debug)]
pub(super) struct Roles {
    pub(super) when: When,
    pub(super) queue: Option<usize>,
    /// Figures of rows with one count.
    pub(super) measures: Measures,
    pub(super) wait: Option<Duration>,
    pub(super) key: Option<usize>,
    pub(super) direction: Option<usize>,
    pub(super) outcome: Option<usize>,
    /// Columns that a map filters, with their permitted values.
    pub(super) filters: Vec<(usize, Vec<String>)>,
    pub(super) sign: Sign,
    pub(super) wide: Wide,
    /// Whether each row is a contact.
    pub(super) is_log: bool,
    /// Whether its times are the ends of intervals.
    pub(super) are_ends: bool,
}

/// A table under examination.
pub(super) struct Examined<'a> {
    pub(super) file: &'a str,
    pub(super) layout: &'a Layout,
    pub(super) evidence: &'a Evidence,
    pub(super) map: Option<&'a Map>,
    pub(super) has_commas_between: bool,
    /// Names by which queues may be called.
    pub(super) known_queues: &'a [String],
}

impl Examined<'_> {
    /// Columns by what they say; what cannot be decided is reported.
    pub(super) fn roles(&self, sign: Sign, problems: &mut Problems) -> Option<Roles> {
        let errors = problems.errors();
        let filters = self.filters(problems);
        let when = self.when(problems);
        let named = |map: fn(&Map) -> &Option<String>| self.map.and_then(|of| map(of).as_deref());
        let queue = match named(|map| &map.queue) {
            Some(name) => self.place(name, problems),
            None => self.queue(),
        };
        let is_named = self.map.is_some_and(|map| map.offered.is_some() || map.handled.is_some());
        let mut wide = self.times_across(when.as_ref(), problems);
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
        let are_ends = self.are_ends(&when, problems);
        (problems.errors() == errors).then_some(Roles {
            when,
            queue,
            measures,
            wait: wait.filter(|_| is_log),
            key: self.best(&[Meaning::ContactKey]).filter(|_| is_log),
            direction: self.best(&[Meaning::Direction]),
            outcome: self.best(&[Meaning::Outcome]).filter(|_| is_log),
            filters,
            sign,
            wide,
            is_log,
            are_ends,
        })
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
    fn queue(&self) -> Option<usize> {
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

    /// Whether times are the ends of intervals: by the name of their column, or because one is at 24:00, where nothing begins, and none at
    /// 0:00.
    fn are_ends(&self, when: &When, problems: &mut Problems) -> bool {
        let place = match when {
            When::Stamp(place, _) | When::DateAndTime(_, place) | When::BelowDate(_, place) | When::Clock(place) => *place,
            When::Day(..) | When::Across => return false,
        };
        if self.map.is_some_and(|map| map.start.is_some()) {
            return false;
        }
        let moments = &self.evidence.columns[place].moments;
        if let Some(cell) = moments.day_end.as_ref().filter(|_| moments.has_midnight) {
            self.ask("ends_for_starts", place, cell, String::new(), problems);
        }
        self.layout.meanings[place] == Meaning::Later || moments.day_end.is_some()
    }

    /// Reports a problem with a column, by the example of a cell.
    fn ask(&self, code: &'static str, place: usize, (line, value): &(usize, String), expected: String, problems: &mut Problems) {
        let column = self.layout.names[place].clone();
        problems.push(Problem { line: Some(*line), column, value: value.clone(), expected, ..of_file(self.file, code) });
    }

    /// The column that a map names.
    fn place(&self, name: &str, problems: &mut Problems) -> Option<usize> {
        let place = self.layout.names.iter().position(|own| own.trim() == name.trim());
        if place.is_none() {
            let (line, expected) = (Some(self.layout.header_line), self.layout.names.join(", "));
            problems.push(Problem { line, value: name.to_owned(), expected, ..of_file(self.file, "map_column_missing") });
        }
        place
    }

    fn filters(&self, problems: &mut Problems) -> Vec<(usize, Vec<String>)> {
        let filters = self.map.iter().flat_map(|map| &map.filter);
        filters.filter_map(|(name, values)| Some((self.place(name, problems)?, values.clone()))).collect()
    }

    /// The column of one of these meanings that says it most surely and has cells; of equals the first.
    fn best(&self, meanings: &[Meaning]) -> Option<usize> {
        self.best_of(meanings, &|_| true)
    }

    /// The same of some columns.
    fn best_of(&self, meanings: &[Meaning], is_own: &dyn Fn(usize) -> bool) -> Option<usize> {
        let is_meant =
            |place: &usize| meanings.contains(&self.layout.meanings[*place]) && self.evidence.columns[*place].filled > 0 && is_own(*place);
        let places = (0..self.layout.names.len()).filter(is_meant);
        places.min_by_key(|place| (doubt_of(&self.layout.names[*place], self.layout.meanings[*place]), *place))
    }

    /// A column of counts.
    fn count(&self, named: Option<&str>, meaning: Meaning, problems: &mut Problems) -> Option<usize> {
        if let Some(name) = named {
            return self.place(name, problems);
        }
        let is_count = |place: &usize| self.layout.meanings[*place] == meaning && self.evidence.columns[*place].is_numeric();
        (0..self.layout.names.len()).filter(is_count).min_by_key(|place| (doubt_of(&self.layout.names[*place], meaning), *place))
    }

    /// Columns of times, with their most frequent form.
    fn times(&self, wanted: &[Shape]) -> Vec<(usize, Shape)> {
        let has_starts = (0..self.layout.names.len())
            .any(|place| self.layout.meanings[place] == Meaning::Begins && self.evidence.columns[place].moments.has_clock);
        // ends are read where there are no starts
        let is_end = !has_starts;
        let of = |place: usize| {
            let (shape, _) = self.evidence.columns[place].moments.most()?;
            // a constant number tells how long intervals are
            if shape == Shape::Hour && self.evidence.columns[place].is_constant && self.evidence.rows > 1 {
                return None;
            }
            let is_meant = self.layout.meanings[place] == Meaning::Begins || is_end && is_end_of_interval(&self.layout.names[place]);
            let share = self.evidence.columns[place].moments.share(wanted);
            (is_meant && share > 0.5 && wanted.contains(&shape)).then_some((place, shape))
        };
        let mut places: Vec<(usize, Shape)> = (0..self.layout.names.len()).filter_map(of).collect();
        // of two starts the local one counts, and the better named
        let is_utc = |place: usize| self.layout.names[place].to_lowercase().contains("utc");
        places.sort_by_key(|(place, _)| (is_utc(*place), doubt_of(&self.layout.names[*place], Meaning::Begins), *place));
        places
    }

    fn form(&self, place: usize, shape: Shape, problems: &mut Problems) -> Option<Form> {
        form_of(
            &self.evidence.columns[place].moments,
            shape,
            |code, cell, expected, problems| self.ask(code, place, cell, expected, problems),
            problems,
        )
    }

    fn when(&self, problems: &mut Problems) -> Option<When> {
        if let Some(start) = self.map.and_then(|map| map.start.as_ref()) {
            return self.when_named(start, problems);
        }
        let (stamps, dates, clocks) = (
            self.times(&[Shape::Stamp, Shape::Epoch, Shape::EpochMillis, Shape::Serial]),
            self.times(&[Shape::Date, Shape::DigitsYearLast]),
            self.times(&[Shape::Clock, Shape::Hour, Shape::Fraction]),
        );
        let has_clock = |place: usize| self.evidence.columns[place].moments.has_clock;
        let clock = clocks.first().map(|(place, _)| *place);
        let whole = stamps.iter().find(|(place, _)| has_clock(*place)).or(stamps.first().filter(|_| clock.is_none()));
        if let Some((place, shape)) = whole.filter(|(place, shape)| has_clock(*place) || *shape != Shape::Serial) {
            return Some(When::Stamp(*place, self.form(*place, *shape, problems)?));
        }
        let date = dates.first().or(stamps.first());
        match (date, clock) {
            (Some((date, shape)), Some(clock)) => Some(When::DateAndTime((*date, self.form(*date, *shape, problems)?), clock)),
            (Some((date, shape)), None) => {
                self.lacks_no_time(*date, problems);
                Some(When::Day(*date, self.form(*date, *shape, problems)?))
            }
            (None, Some(clock)) if !self.evidence.stated.shapes.is_empty() => {
                let ask = |code, cell: &(usize, String), expected, problems: &mut Problems| self.ask(code, clock, cell, expected, problems);
                Some(When::BelowDate(form_of(&self.evidence.stated, Shape::Date, ask, problems)?, clock))
            }
            (None, Some(clock)) if self.layout.has_days_across() => Some(When::Clock(clock)),
            (None, None) if self.layout.has_days_across() && self.queue().is_some() => Some(When::Across),
            _ => {
                self.lacks("no_start", problems);
                None
            }
        }
    }

    /// Reports a column of times that are in no known form: their rows would become whole days.
    fn lacks_no_time(&self, date: usize, problems: &mut Problems) {
        let others = (0..self.layout.names.len()).filter(|place| *place != date && self.layout.meanings[*place] == Meaning::Begins);
        for place in others {
            let column = &self.evidence.columns[place];
            let is_date = column.moments.share(&[Shape::Date, Shape::DigitsYearLast, Shape::Stamp]) > 0.5;
            let number = || column.moments.most().filter(|(shape, _)| *shape == Shape::Serial && !column.is_constant);
            let strange =
                column.moments.strange.clone().or_else(|| number().map(|_| (self.layout.header_line + 1, column.example.clone())));
            if let Some(strange) = strange.filter(|_| !is_date) {
                self.ask("not_a_time", place, &strange, String::new(), problems);
            }
        }
    }

    fn when_named(&self, start: &StartColumns, problems: &mut Problems) -> Option<When> {
        let shape = |place: usize| self.evidence.columns[place].moments.most().map_or(Shape::Other, |(shape, _)| shape);
        match start {
            StartColumns::One(name) => {
                let place = self.place(name, problems)?;
                let form = self.form(place, shape(place), problems)?;
                let is_day = !self.evidence.columns[place].moments.has_clock && self.map.is_some_and(|map| map.format.is_none());
                Some(if is_day { When::Day(place, form) } else { When::Stamp(place, form) })
            }
            StartColumns::DateAndTime(date, time) => {
                let (date, time) = (self.place(date, problems), self.place(time, problems));
                let (date, time) = (date?, time?);
                Some(When::DateAndTime((date, self.form(date, shape(date), problems)?), time))
            }
        }
    }

    /// Reports that no column says when, or what.
    pub(super) fn lacks(&self, code: &'static str, problems: &mut Problems) {
        let seen: Vec<&str> = self.layout.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        problems.push(Problem { line: Some(self.layout.header_line), value: seen.join(", "), ..of_file(self.file, code) });
    }

    /// Meaning of two parts in a column of durations, which have one form: that of the longest, because a hold of ten seconds looks like one
    /// of ten minutes.
    fn two_parts(&self, place: usize) -> durations::TwoParts {
        let is_long = |place: &usize| matches!(self.layout.meanings[*place], Meaning::Handling | Meaning::Talk);
        let own = &self.evidence.columns[place].durations;
        if self.evidence.columns.iter().any(|column| column.durations.shows_seconds()) {
            return durations::TwoParts::MinutesSeconds;
        }
        let is_sum = !is_long(&place) && !matches!(self.layout.meanings[place], Meaning::Hold | Meaning::Wrap | Meaning::Wait);
        if is_sum && own.is_open() {
            return durations::TwoParts::Doubtful;
        }
        let longest = (0..self.layout.names.len()).filter(is_long).map(|place| &self.evidence.columns[place].durations);
        let mut decided = longest.filter(|of| of.example().is_some()).map(durations::Evidence::two_parts);
        match decided.next().filter(|_| own.is_open()) {
            Some(first) if decided.all(|other| other == first) => first,
            _ => own.two_parts(),
        }
    }

    fn duration(&self, place: usize, sign: Sign, problems: &mut Problems) -> Duration {
        let (column, name) = (&self.evidence.columns[place], &self.layout.names[place]);
        let two_parts = self.two_parts(place);
        if let (durations::TwoParts::Doubtful, Some(example)) = (two_parts, column.durations.example()) {
            self.ask("duration_doubtful", place, example, String::new(), problems);
        }
        let of_map = self.map.and_then(|map| map.unit.filter(|_| map.handling.as_deref() == Some(name)));
        let unit = of_map.or_else(|| seconds_of_header(name));
        let form = durations::Form { unit: unit.unwrap_or(1.0), two_parts, sign };
        // a colon or a word in the cells shows the unit
        Duration { place, form, has_unit: unit.is_some() || !column.is_numeric() }
    }

    /// Handling time by the map, else by the names of all columns.
    fn handling(&self, sign: Sign, is_log: bool, problems: &mut Problems) -> Handling {
        use Meaning::{TotalHandling, TotalTalk, Wrap};
        let Some(map) = self.map.filter(|map| map.handling.is_some()) else { return self.handling_of(sign, is_log, &|_| true, problems) };
        let Some(place) = self.place(map.handling.as_deref().unwrap_or(""), problems) else { return Handling::default() };
        let mut parts = vec![self.duration(place, sign, problems)];
        if map.includes_wrap == Some(false) {
            parts.extend(self.best(&[Wrap]).map(|place| self.duration(place, sign, problems)));
        }
        let is_total = matches!(self.layout.meanings[place], TotalHandling | TotalTalk);
        Handling { parts, is_total, is_named: names_measure(&self.layout.names[place]) }
    }

    /// Handling time of some columns: as one column, else as talk, hold and wrap-up together; means before totals. A mean handling time
    /// includes after-contact work, so a column of it is not added.
    pub(super) fn handling_of(&self, sign: Sign, is_log: bool, is_own: &dyn Fn(usize) -> bool, problems: &mut Problems) -> Handling {
        use Meaning::{Handling as Whole, Hold, Talk, TotalHandling, TotalHold, TotalTalk, TotalWrap, Wrap};
        let best = |meaning: Meaning| self.best_of(&[meaning], is_own);
        let mut of = |meanings: &[Meaning], is_total: bool| {
            let places: Vec<usize> = meanings.iter().filter_map(|meaning| best(*meaning)).collect();
            let is_named = places.iter().any(|place| names_measure(&self.layout.names[*place]));
            Handling { parts: places.into_iter().map(|place| self.duration(place, sign, problems)).collect(), is_total, is_named }
        };
        match () {
            () if best(Whole).is_some() => of(&[Whole], false),
            () if best(TotalHandling).is_some() && !is_log => of(&[TotalHandling], true),
            () if best(Talk).is_some() => of(&[Talk, Hold, Wrap], false),
            () if best(TotalTalk).is_some() => of(&[TotalTalk, TotalHold, TotalWrap], !is_log),
            () if best(TotalHandling).is_some() => of(&[TotalHandling], !is_log),
            () => Handling::default(),
        }
    }

    /// Decimal sign of the numbers, by the map or from all of them.
    pub(super) fn sign(&self, problems: &mut Problems) -> Sign {
        match self.map.and_then(|map| map.decimal) {
            Some(',') => return Sign::Comma,
            Some(_) => return Sign::Point,
            None => {}
        }
        let column = |problem: Problem, problems: &mut Problems| problems.push(problem);
        match self.evidence.numbers.clone().decided(self.has_commas_between) {
            Decided::Sign(sign) => sign,
            Decided::Torn((line, value), (other, text)) => {
                let expected = format!("'{text}' (line {other})");
                column(Problem { line: Some(line), value, expected, ..of_file(self.file, "decimals_mixed") }, problems);
                Sign::Point
            }
            Decided::Doubtful((line, value)) => {
                let expected = crate::input::cell::decimals::readings(&value).join(", ");
                column(Problem { line: Some(line), value, expected, ..of_file(self.file, "decimal_doubtful") }, problems);
                Sign::Point
            }
        }
    }
}

/// Form of the times of a column; a doubt about the order of its dates is asked by the example of one.
pub(super) fn form_of(
    evidence: &super::moment_evidence::Evidence,
    shape: Shape,
    ask: impl Fn(&'static str, &(usize, String), String, &mut Problems),
    problems: &mut Problems,
) -> Option<Form> {
    let read = |text: &str| {
        let mut read: Vec<String> = crate::time::DateOrder::readings(text).iter().map(|(_, date)| date.to_string()).collect();
        read.dedup();
        read.join(", ")
    };
    if let Some(torn) = &evidence.torn {
        ask("date_orders_mixed", torn, read(&torn.1), problems);
        return None;
    }
    match (evidence.dates(), &evidence.doubtful) {
        (Ok(dates), _) => Some(Form { shape, dates }),
        (Err(_), Some(doubtful)) => {
            ask("date_order_doubtful", doubtful, read(&doubtful.1), problems);
            None
        }
        (Err(_), None) => None,
    }
}
