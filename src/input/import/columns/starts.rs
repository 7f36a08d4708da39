//! Where the rows of a table say when they begin.

use crate::input::cell::date_form::DateForm;
use crate::input::import::cells::moments::{Form, Shape, by_format};
use crate::input::import::columns::examined::{Examined, form_of};
use crate::input::import::columns::map::StartColumns;
use crate::input::import::columns::said::When;
use crate::input::import::grid::layout::is_end_of_interval;
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::meaning::doubt_of;
use crate::input::import::headers::numbered::Numbers;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::problem::way::Way;

impl Examined<'_> {
    /// Whether times are the ends of intervals: by the name of their column, or because one is at 24:00, where nothing begins, and none at
    /// 0:00.
    pub(in crate::input) fn are_ends(&self, when: &When, problems: &mut Problems) -> bool {
        let place = match when {
            When::Stamp(place, _) | When::DateAndTime(_, place) | When::BelowDate(_, place) | When::Clock(place) => *place,
            When::Day(..) | When::Across => return false,
        };
        match self.map.map(|map| (map.stamps_are_ends, &map.start)) {
            Some((Some(are_ends), _)) => return are_ends,
            Some((None, Some(_))) => return false,
            _ => {}
        }
        let moments = &self.evidence.columns[place].moments;
        if let Some(cell) = moments.day_end.as_ref().filter(|_| moments.has_midnight) {
            let readings = vec![Way::of("24:00 → 00:00 +1", "stamp", "start"), Way::of("… – 24:00", "stamp", "end")];
            self.ask("ends_for_starts", place, cell, readings, problems);
        }
        self.layout.meanings[place] == Meaning::Later || moments.day_end.is_some()
    }

    /// Columns of times, with their most frequent form.
    pub(in crate::input) fn times(&self, wanted: &[Shape]) -> Vec<(usize, Shape)> {
        let has_starts = (0..self.layout.names.len())
            .any(|place| self.layout.meanings[place] == Meaning::Begins && self.evidence.columns[place].moments.has_clock);
        // ends are read where there are no starts
        let is_end = !has_starts;
        let of = |place: usize| {
            let (shape, _) = self.evidence.columns[place].moments.most()?;
            // the day of the month, or a minute of an hour that another column names
            let moments = &self.evidence.columns[place].moments;
            if moments.named == Numbers::Days || moments.named == Numbers::Minutes && moments.numbers.is_within_hour() {
                return None;
            }
            // a constant number tells how long intervals are
            if shape == Shape::Hour && self.evidence.columns[place].is_constant && self.evidence.rows > 1 {
                return None;
            }
            let is_meant = self.layout.meanings[place] == Meaning::Begins || is_end && is_end_of_interval(&self.layout.names[place]);
            let is_usual = self.evidence.columns[place].moments.share(wanted) > 0.5;
            (is_meant && is_usual && wanted.contains(&shape)).then_some((place, shape))
        };
        let mut places: Vec<(usize, Shape)> = (0..self.layout.names.len()).filter_map(of).collect();
        // of two starts the local one counts, and the better named
        let is_utc = |place: usize| self.layout.names[place].to_lowercase().contains("utc");
        let is_bare = |shape: Shape| !matches!(shape, Shape::MinuteOfDay | Shape::SecondOfDay);
        places
            .sort_by_key(|(place, shape)| (is_utc(*place), is_bare(*shape), doubt_of(&self.layout.names[*place], Meaning::Begins), *place));
        places
    }

    pub(in crate::input) fn when(&self, problems: &mut Problems) -> Option<When> {
        if let Some(start) = self.map.and_then(|map| map.start.as_ref()) {
            return self.when_named(start, problems);
        }
        let (stamps, dates, clocks) = (
            self.times(&[Shape::Stamp, Shape::Epoch, Shape::EpochMillis, Shape::Serial]),
            self.times(&[Shape::Date, Shape::DigitsYearLast]),
            self.times(&[Shape::Clock, Shape::Hour, Shape::Fraction, Shape::MinuteOfDay, Shape::SecondOfDay, Shape::Slot]),
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
                let told: &dyn Fn(Problem) -> Problem = &|problem| self.of_column(clock, problem);
                Some(When::BelowDate(form_of(&self.evidence.stated, Shape::Date, (self.map, told), problems)?, clock))
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
    pub(in crate::input) fn lacks_no_time(&self, date: usize, problems: &mut Problems) {
        let others = (0..self.layout.names.len()).filter(|place| *place != date && self.layout.meanings[*place] == Meaning::Begins);
        for place in others {
            let column = &self.evidence.columns[place];
            if column.moments.named == Numbers::Minutes && column.moments.numbers.is_within_hour() && !column.is_constant {
                self.ask("minutes_without_hour", place, &(self.layout.header_line + 1, column.example.clone()), Vec::new(), problems);
                continue;
            }
            if column.moments.named == Numbers::Days {
                continue;
            }
            let is_date = column.moments.share(&[Shape::Date, Shape::DigitsYearLast, Shape::Stamp]) > 0.5;
            let number = || column.moments.most().filter(|(shape, _)| *shape == Shape::Serial && !column.is_constant);
            let strange =
                column.moments.strange.clone().or_else(|| number().map(|_| (self.layout.header_line + 1, column.example.clone())));
            if let Some(strange) = strange.filter(|_| !is_date) {
                self.ask("not_a_time", place, &strange, Vec::new(), problems);
            }
        }
    }

    /// Form of a start in these columns by the map, unless they hold dates of a workbook, which have no form of their own.
    pub(in crate::input) fn format(&self, places: &[usize]) -> Option<&str> {
        let format = self.map?.format.as_deref()?;
        let example = places.iter().map(|place| self.evidence.columns[*place].example.as_str()).collect::<Vec<_>>().join(" ");
        (!self.is_sheet || by_format(&example, format).is_some()).then_some(format)
    }

    /// Form of the times of a column. Where the map names it, its dates leave no doubt.
    fn form_by_map(&self, place: usize, has_format: bool, problems: &mut Problems) -> Option<Form> {
        let shape = self.evidence.columns[place].moments.most().map_or(Shape::Other, |(shape, _)| shape);
        if has_format { Some(Form { shape, dates: DateForm::Plain }) } else { self.form(place, shape, problems) }
    }

    pub(in crate::input) fn when_named(&self, start: &StartColumns, problems: &mut Problems) -> Option<When> {
        match start {
            StartColumns::One(name) => {
                let place = self.place(name, problems)?;
                let has_format = self.format(&[place]).is_some();
                let form = self.form_by_map(place, has_format, problems)?;
                let is_day = !self.evidence.columns[place].moments.has_clock && !has_format;
                Some(if is_day { When::Day(place, form) } else { When::Stamp(place, form) })
            }
            StartColumns::DateAndTime(date, time) => {
                let (date, time) = (self.place(date, problems), self.place(time, problems));
                let (date, time) = (date?, time?);
                let has_format = self.format(&[date, time]).is_some();
                Some(When::DateAndTime((date, self.form_by_map(date, has_format, problems)?), time))
            }
        }
    }
}
