//! A table under examination: its columns by their headers and cells, and what a map says of them.

use crate::input::cell::date_form::DateForm;
use crate::input::import::cells::moments::{Form, Shape};
use crate::input::import::cells::numbers::{Decided, Sign};
use crate::input::import::columns::evidence::Evidence;
use crate::input::import::columns::map::{Map, Values, word_of_order};
use crate::input::import::grid::layout::Layout;
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::meaning::doubt_of;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::problem::way::Way;
use crate::time::{ClockTime, DateOrder};
use chrono::NaiveDate;

/// A table under examination.
pub(in crate::input) struct Examined<'a> {
    pub(in crate::input) file: &'a str,
    pub(in crate::input) layout: &'a Layout,
    pub(in crate::input) evidence: &'a Evidence,
    pub(in crate::input) map: Option<&'a Map>,
    pub(in crate::input) has_commas_between: bool,
    /// Whether the table is a sheet of a workbook.
    pub(in crate::input) is_sheet: bool,
    /// When the first queue opens, where that is known.
    pub(in crate::input) opens: Option<ClockTime>,
    /// Names by which queues may be called.
    pub(in crate::input) known_queues: &'a [String],
}

impl Examined<'_> {
    /// Reports a problem with a column, by the example of a cell.
    pub(in crate::input) fn ask(
        &self,
        code: &'static str,
        place: usize,
        (line, value): &(usize, String),
        readings: Vec<Way>,
        problems: &mut Problems,
    ) {
        problems.push(self.of_column(place, Problem { line: Some(*line), value: value.clone(), readings, ..of_file(self.file, code) }));
    }

    /// A problem of a column.
    pub(in crate::input) fn of_column(&self, place: usize, problem: Problem) -> Problem {
        Problem { file: self.file.to_owned(), column: self.layout.names[place].clone(), ..problem }
    }

    /// The column that a map names.
    pub(in crate::input) fn place(&self, name: &str, problems: &mut Problems) -> Option<usize> {
        let place = self.layout.names.iter().position(|own| own.trim() == name.trim());
        if place.is_none() {
            let (line, expected) = (Some(self.layout.header_line), self.layout.names.join(", "));
            problems.push(Problem { line, value: name.to_owned(), expected, ..of_file(self.file, "map_column_missing") });
        }
        place
    }

    /// Columns with the values that a map permits, or leaves out.
    pub(in crate::input) fn filters(&self, of: fn(&Map) -> &Values, problems: &mut Problems) -> Vec<(usize, Vec<String>)> {
        let filters = self.map.into_iter().flat_map(of);
        filters.filter_map(|(name, values)| Some((self.place(name, problems)?, values.clone()))).collect()
    }

    /// The column of one of these meanings that says it most surely and has cells; of equals the first.
    pub(in crate::input) fn best(&self, meanings: &[Meaning]) -> Option<usize> {
        self.best_of(meanings, &|_| true)
    }

    /// The same of some columns.
    pub(in crate::input) fn best_of(&self, meanings: &[Meaning], is_own: &dyn Fn(usize) -> bool) -> Option<usize> {
        let is_meant =
            |place: &usize| meanings.contains(&self.layout.meanings[*place]) && self.evidence.columns[*place].filled > 0 && is_own(*place);
        let places = (0..self.layout.names.len()).filter(is_meant);
        places.min_by_key(|place| (doubt_of(&self.layout.names[*place], self.layout.meanings[*place]), *place))
    }

    /// A column of counts.
    pub(in crate::input) fn count(&self, named: Option<&str>, meaning: Meaning, problems: &mut Problems) -> Option<usize> {
        if let Some(name) = named {
            return self.place(name, problems);
        }
        let is_count = |place: &usize| self.layout.meanings[*place] == meaning && self.evidence.columns[*place].is_numeric();
        (0..self.layout.names.len()).filter(is_count).min_by_key(|place| (doubt_of(&self.layout.names[*place], meaning), *place))
    }

    pub(in crate::input) fn form(&self, place: usize, shape: Shape, problems: &mut Problems) -> Option<Form> {
        form_of(&self.evidence.columns[place].moments, shape, (self.map, &|problem| self.of_column(place, problem)), problems)
    }

    /// Reports that no column says when, or what.
    pub(in crate::input) fn lacks(&self, code: &'static str, problems: &mut Problems) {
        let seen: Vec<&str> = self.layout.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        problems.push(Problem { line: Some(self.layout.header_line), value: seen.join(", "), ..of_file(self.file, code) });
    }

    /// Decimal sign of the numbers, by the map or from all of them.
    pub(in crate::input) fn sign(&self, problems: &mut Problems) -> Sign {
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
                let read = crate::input::cell::decimals::readings(&value);
                let sign = |number: &str| if number.contains('.') == value.contains('.') { "." } else { "," };
                let readings = read.iter().map(|number| Way::of(number.clone(), "decimal", sign(number))).collect();
                let expected = read.join(", ");
                column(Problem { line: Some(line), value, expected, readings, ..of_file(self.file, "decimal_doubtful") }, problems);
                Sign::Point
            }
        }
    }
}

/// Form of the times of a column, whose dates a map may order; a doubt about their order is asked by the example of one.
pub(in crate::input) fn form_of(
    evidence: &crate::input::import::cells::moment_evidence::Evidence,
    shape: Shape,
    (map, told): (Option<&Map>, &dyn Fn(Problem) -> Problem),
    problems: &mut Problems,
) -> Option<Form> {
    if let Some(order) = map.and_then(|map| map.dates) {
        return Some(Form { shape, dates: DateForm::In(order) });
    }
    // a map that names the signs of the dates needs no order
    if map.is_some_and(|map| map.format.is_some()) {
        return Some(Form { shape, dates: DateForm::Plain });
    }
    let mut ask = |code, (line, value): &(usize, String), orders: &[DateOrder], is_doubt: bool| {
        let mut read: Vec<(DateOrder, NaiveDate)> = DateOrder::readings(value);
        read.retain(|(order, _)| orders.contains(order));
        read.dedup_by_key(|(_, date)| *date);
        let expected = read.iter().map(|(_, date)| date.to_string()).collect::<Vec<_>>().join(", ");
        let way = |(order, date): &(DateOrder, NaiveDate)| Way::of(date.to_string(), "dates", word_of_order(*order));
        let readings = if is_doubt { read.iter().map(way).collect() } else { Vec::new() };
        problems.push(told(Problem { line: Some(*line), value: value.clone(), expected, readings, ..of_file("", code) }));
    };
    if let Some(torn) = &evidence.torn {
        ask("date_orders_mixed", torn, &DateOrder::ALL, false);
        return None;
    }
    match (evidence.dates(), &evidence.doubtful) {
        (Ok(dates), _) => Some(Form { shape, dates }),
        (Err(orders), Some(doubtful)) => {
            ask("date_order_doubtful", doubtful, &orders, true);
            None
        }
        (Err(_), None) => None,
    }
}
