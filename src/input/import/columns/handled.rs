//! Where the rows of a table say how long contacts were handled.

use crate::input::header::units::{seconds_of_header, unit, units_in_header};
use crate::input::import::cells::durations;
use crate::input::import::cells::numbers::Sign;
use crate::input::import::columns::examined::Examined;
use crate::input::import::columns::map::word_of_unit;
use crate::input::import::columns::said::{Duration, Handling};
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::meaning::names_measure;
use crate::input::problem::collected::Problems;
use crate::input::problem::way::Way;

impl Examined<'_> {
    /// Meaning of two parts in a column of durations, which have one form: that of the longest, because a hold of ten seconds looks like one
    /// of ten minutes.
    pub(in crate::input) fn two_parts(&self, place: usize) -> durations::TwoParts {
        let is_long = |place: &usize| matches!(self.layout.meanings[*place], Meaning::Handling | Meaning::Talk);
        let own = &self.evidence.columns[place].durations;
        if let Some(said) = self.map.and_then(|map| map.durations) {
            return said;
        }
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

    pub(in crate::input) fn duration(&self, place: usize, sign: Sign, problems: &mut Problems) -> Duration {
        let (column, name) = (&self.evidence.columns[place], &self.layout.names[place]);
        let two_parts = self.two_parts(place);
        if let (durations::TwoParts::Doubtful, Some(example)) = (two_parts, column.durations.example()) {
            let way = |text, two_parts| {
                let form = durations::Form { unit: 1.0, two_parts, sign };
                let seconds = if let durations::Read::Seconds(seconds) = form.seconds(&example.1) { seconds } else { 0.0 };
                Way::of(format!("{seconds} s"), "durations", text)
            };
            let readings = vec![way("m:s", durations::TwoParts::MinutesSeconds), way("h:m", durations::TwoParts::HoursMinutes)];
            self.ask("duration_doubtful", place, example, readings, problems);
        }
        // without a column of its own, a map's unit is that of every column whose header names none
        let of_map = self.map.and_then(|map| map.unit.filter(|_| map.handling.as_deref().is_none_or(|handling| handling == name)));
        let is_of_handling = self.map.is_some_and(|map| map.handling.is_some()) || self.layout.meanings[place] != Meaning::Wait;
        if let (Err(code), None) = (unit(name, "handling_seconds"), of_map) {
            let readings =
                units_in_header(name).into_iter().map(|seconds| Way::of(format!("1 = {seconds} s"), "unit", word_of_unit(seconds)));
            self.ask(code, place, &(self.layout.header_line, name.clone()), readings.collect(), problems);
        }
        let seconds = match of_map.filter(|_| is_of_handling) {
            Some(said) if unit(name, "handling_seconds").is_err() || self.map.is_some_and(|map| map.handling.is_some()) => Some(said),
            said => seconds_of_header(name).or(said),
        };
        let form = durations::Form { unit: seconds.unwrap_or(1.0), two_parts, sign };
        // a colon or a word in the cells shows the unit
        Duration { place, form, has_unit: seconds.is_some() || !column.is_numeric() }
    }

    /// Handling time by the map, else by the names of all columns.
    pub(in crate::input) fn handling(&self, sign: Sign, is_log: bool, problems: &mut Problems) -> Handling {
        use Meaning::{TotalHandling, TotalTalk, Wrap};
        let Some(map) = self.map.filter(|map| map.handling.is_some()) else { return self.handling_of(sign, is_log, &|_| true, problems) };
        let Some(place) = self.place(map.handling.as_deref().unwrap_or(""), problems) else { return Handling::default() };
        let mut parts = vec![self.duration(place, sign, problems)];
        if map.includes_wrap == Some(false) {
            parts.extend(self.best(&[Wrap]).map(|place| self.duration(place, sign, problems)));
        }
        let is_total = matches!(self.layout.meanings[place], TotalHandling | TotalTalk);
        Handling { parts, is_total, is_named: true }
    }

    /// Handling time of some columns: as one column, else as talk, hold and wrap-up together; means before totals. A mean handling time
    /// includes after-contact work, so a column of it is not added.
    pub(in crate::input) fn handling_of(
        &self,
        sign: Sign,
        is_log: bool,
        is_own: &dyn Fn(usize) -> bool,
        problems: &mut Problems,
    ) -> Handling {
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
}
