//! Tables with several counts on a row: a column for each part of the day, each day, or each queue.

use crate::input::cell::summary_words::sums_up;
use crate::input::import::cells::moment_evidence::Evidence as Moments;
use crate::input::import::cells::moments::Shape;
use crate::input::import::cells::numbers::Sign;
use crate::input::import::columns::examined::{Examined, form_of};
use crate::input::import::columns::said::{Measures, When, Wide};
use crate::input::import::grid::layout::{heading, is_day};
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::meaning::doubt_of;
use crate::input::import::headers::queue_names::{other_words as others, queue_in};
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::problem::way::Way;
use crate::time::ClockTime;

const COUNTS: [Meaning; 3] = [Meaning::Offered, Meaning::Handled, Meaning::Abandoned];

impl Examined<'_> {
    fn places(&self) -> std::ops::Range<usize> {
        0..self.layout.names.len()
    }

    fn is_counted(&self, place: usize) -> bool {
        let column = &self.evidence.columns[place];
        column.is_numeric() || column.filled == 0
    }

    /// Columns for each part of the day, or each day; what cannot be decided is reported.
    pub(in crate::input) fn times_across(&self, when: Option<&When>, problems: &mut Problems) -> Wide {
        let days: Vec<usize> = self.places().filter(|place| is_day(&self.layout.names[*place]) && self.is_counted(*place)).collect();
        if days.len() > 2 && matches!(when, Some(When::Clock(_) | When::Across)) {
            let mut moments = Moments::default();
            days.iter().for_each(|place| moments.see(self.layout.header_line, &self.layout.names[*place]));
            let told: &dyn Fn(Problem) -> Problem = &|problem| Problem { file: self.file.to_owned(), ..problem };
            let Some(form) = form_of(&moments, Shape::Date, (self.map, told), problems) else { return Wide::No };
            return Wide::Days(days.into_iter().filter_map(|place| Some((place, form.date(&self.layout.names[place])?))).collect());
        }
        let is_whole_day = match when {
            Some(When::Day(..)) => true,
            Some(When::Stamp(place, _)) => !self.evidence.columns[*place].moments.has_clock,
            _ => false,
        };
        let all: Vec<usize> = self.places().filter(|place| self.is_counted(*place)).collect();
        if let Some(slots) = is_whole_day.then(|| self.numbered_heads(&all, problems)).flatten() {
            return Wide::Hours(slots);
        }
        let hours: Vec<(usize, ClockTime)> = self
            .places()
            .filter(|place| self.is_counted(*place))
            .filter_map(|place| Some((place, heading(&self.layout.names[place])?)))
            .collect();
        if hours.len() > 2 && is_whole_day { Wide::Hours(hours) } else { Wide::No }
    }

    /// Columns for each queue, where several hold the same figure; `None` where one holds it. What cannot be decided is reported.
    pub(in crate::input) fn queues_across(&self, sign: Sign, problems: &mut Problems) -> Wide {
        let same = |meaning: Meaning| {
            let all = self.places().filter(|place| self.layout.meanings[*place] == meaning && self.evidence.columns[*place].is_numeric());
            let all: Vec<(usize, usize)> = all.map(|place| (doubt_of(&self.layout.names[place], meaning), place)).collect();
            let least = all.iter().map(|(doubt, _)| *doubt).min();
            all.into_iter().filter(|(doubt, _)| Some(*doubt) == least).map(|(_, place)| place).collect::<Vec<_>>()
        };
        let offered = same(Meaning::Offered);
        let queues = self.unnamed_queues(&offered);
        if !queues.is_empty() {
            let of = |place: &usize| Measures { offered: Some(*place), ..Measures::default() };
            return Wide::Queues(queues.iter().map(|place| (self.layout.names[*place].clone(), of(place))).collect());
        }
        let (meaning, places) =
            if offered.is_empty() { (Meaning::Handled, same(Meaning::Handled)) } else { (Meaning::Offered, offered.clone()) };
        let Some(parts) = self.apart(&places) else { return Wide::No };
        let names = self.names_of(&parts);
        let is_name =
            |place: usize| !names[place].is_empty() && !names[..place].contains(&names[place]) && queue_in(&names[place]).is_some();
        if !(0..names.len()).all(is_name) {
            let value = parts.iter().map(|place| self.layout.names[*place].clone()).collect::<Vec<_>>().join(", ");
            let key = if meaning == Meaning::Offered { "offered" } else { "handled" };
            let way = |place: &usize| {
                let (name, column) = (&self.layout.names[*place], &self.evidence.columns[*place]);
                Way::of(format!("{name}: {} …", column.example), key, name.clone())
            };
            let is_twin =
                |(place, part): (usize, &usize)| parts[..place].iter().any(|other| self.layout.names[*other] == self.layout.names[*part]);
            // a map cannot tell columns of one name apart
            let has_twins = parts.iter().enumerate().any(is_twin);
            let readings = if has_twins { Vec::new() } else { parts.iter().map(way).collect() };
            let code = if has_twins { "columns_of_one_name" } else { "several_counts" };
            problems.push(Problem { line: Some(self.layout.header_line), value, readings, ..of_file(self.file, code) });
            return Wide::No;
        }
        Wide::Queues(names.into_iter().zip(parts).map(|(name, part)| self.of_queue(name, part, meaning, sign, problems)).collect())
    }

    /// Of several columns of one meaning those that are parts of a whole: without one that adds the others up, or repeats another. `None`
    /// where one column has no other word in its name than the field's, which is the whole, or there is one.
    fn apart(&self, places: &[usize]) -> Option<Vec<usize>> {
        let sum = |place: &usize| self.evidence.columns[*place].sum;
        let mut parts: Vec<usize> = Vec::new();
        for place in places {
            if !parts.iter().any(|known| sum(known) == sum(place) && self.layout.names[*known] != self.layout.names[*place]) {
                parts.push(*place);
            }
        }
        let all: f64 = parts.iter().map(sum).sum();
        let whole = parts.iter().copied().find(|place| parts.len() > 2 && (all - 2.0 * sum(place)).abs() < 1e-6 * all.max(1.0));
        parts.retain(|place| Some(*place) != whole);
        let is_plain = |place: &usize| self.layout.groups.get(*place).is_none_or(String::is_empty) && other_words(self, *place).is_empty();
        let plain = parts.iter().filter(|place| is_plain(place)).count();
        (parts.len() > 1 && (whole.is_some() || plain != 1)).then_some(parts)
    }

    /// Names of the queues of columns: by the row above the header, else by the words that the columns do not share.
    fn names_of(&self, places: &[usize]) -> Vec<String> {
        let group = |place: &usize| self.layout.groups.get(*place).cloned().unwrap_or_else(String::new);
        let groups: Vec<String> = places.iter().map(group).collect();
        if groups.iter().enumerate().all(|(place, name)| !name.is_empty() && !groups[..place].contains(name)) {
            return groups;
        }
        let mut words: Vec<Vec<String>> = places.iter().map(|place| other_words(self, *place)).collect();
        // what all share names the contact: Support Calls, Billing Calls
        while words[0].len() > 1 && words.iter().all(|own| own.len() > 1 && own.last() == words[0].last()) {
            words.iter_mut().for_each(|own| drop(own.pop()));
        }
        words.into_iter().map(|own| own.join(" ")).collect()
    }

    /// The figures of a queue: columns of the same group, or with the same name in their headers.
    fn of_queue(&self, name: String, part: usize, meaning: Meaning, sign: Sign, problems: &mut Problems) -> (String, Measures) {
        let group = self.layout.groups.get(part).filter(|group| **group == name);
        let is_own = |place: usize| match group {
            Some(group) => self.layout.groups.get(place) == Some(group),
            None => other_words(self, place).join(" ").starts_with(&name),
        };
        let of = |wanted: Meaning| {
            let fits =
                |place: &usize| self.layout.meanings[*place] == wanted && is_own(*place) && self.evidence.columns[*place].is_numeric();
            if wanted == meaning { Some(part) } else { self.places().find(fits) }
        };
        let [offered, handled, abandoned] = COUNTS.map(of);
        let handling = self.handling_of(sign, false, &is_own, problems);
        (name, Measures { offered, handled, abandoned, handling })
    }

    /// Columns of counts that are named by their queues alone: known ones, or, where nothing else counts, all others with numbers.
    fn unnamed_queues(&self, offered: &[usize]) -> Vec<usize> {
        // a queue may be called a line or a team, with a name
        let is_name = |place: usize| match self.layout.meanings[place] {
            Meaning::Unread => true,
            Meaning::Queue => self.layout.names[place].contains([' ', '-', '_']),
            _ => false,
        };
        let own = |place: &usize| is_name(*place) && self.evidence.columns[*place].is_numeric();
        let is_known = |place: &usize| self.known_queues.iter().any(|queue| queue.trim() == self.layout.names[*place]);
        let mut others: Vec<usize> = self.places().filter(own).filter(|place| !sums_up(&self.layout.names[*place])).collect();
        let all: f64 = others.iter().map(|place| self.evidence.columns[*place].sum).sum();
        let is_sum = |place: &usize| others.len() > 2 && (all - 2.0 * self.evidence.columns[*place].sum).abs() < 1e-6 * all.max(1.0);
        if let Some(whole) = others.iter().position(is_sum) {
            others.remove(whole);
        }
        let is_counted_else = self.places().any(|place| {
            let meaning = self.layout.meanings[place];
            let is_other = !matches!(meaning, Meaning::Unread | Meaning::Begins | Meaning::Later) && !others.contains(&place);
            is_other && !offered.contains(&place) && self.evidence.columns[place].filled > 0
        });
        let sum = |places: &[usize]| places.iter().map(|place| self.evidence.columns[*place].sum).sum::<f64>();
        let is_whole = offered.len() == 1 && others.len() > 1 && (sum(&others) - sum(offered)).abs() < 1e-6 * sum(offered).max(1.0);
        if is_counted_else || !offered.is_empty() && !is_whole {
            return Vec::new();
        }
        let known: Vec<usize> = others.iter().copied().filter(is_known).collect();
        if !known.is_empty() {
            return known;
        }
        let are_named = others.iter().all(|place| queue_in(&self.layout.names[*place]).is_some());
        if others.len() > 1 && are_named { others } else { Vec::new() }
    }
}

/// Words of a header that are not the field's own, in their spelling.
fn other_words(examined: &Examined, place: usize) -> Vec<String> {
    others(&examined.layout.names[place])
}
