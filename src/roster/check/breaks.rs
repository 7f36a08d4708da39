//! Check of meals and rests from the shift's own row: each meal once at one of its times, each rest in its segment of work.

use super::clock::skipped;
use super::examination::Examination;
use crate::roster::model::assignment::Assignment;
use crate::roster::model::breaks::{Break, MealWindow, REST_MINUTES};
use crate::roster::model::shift::ShiftTemplate;

/// Minutes of work before the first rest and after the last.
const FROM_ENDS: i64 = 60;
/// Minutes of work between two rests of one segment.
const APART: i64 = 30;

impl Examination<'_> {
    pub(super) fn breaks(&mut self, assignment: &Assignment) {
        let Some(shift) = self.template(assignment).cloned() else { return };
        let after_start = |pause: &Break| (pause.start - assignment.start).num_minutes();
        let meals: Vec<(i64, i64)> = assignment.meals.iter().map(|meal| (after_start(meal), i64::from(meal.minutes))).collect();
        let rests: Vec<(i64, i64)> = assignment.rests.iter().map(|rest| (after_start(rest), i64::from(rest.minutes))).collect();
        let found = |pauses: &[Break]| {
            let text = |pause: &Break| format!("{}/{}", pause.start.format("%H:%M"), pause.minutes);
            pauses.iter().map(text).collect::<Vec<_>>().join(";")
        };
        let is_off_desk = shift.is_reserve;
        let night = Night { shift: &shift, skipped: skipped(self.person.zone.as_ref(), assignment.start, assignment.end) };
        let eaten = night.eaten(&meals);
        if is_off_desk && !meals.is_empty() || !is_off_desk && eaten.is_none() {
            let expected = if is_off_desk { 0 } else { shift.meals.len() };
            self.report("meals", assignment.date, found(&assignment.meals), expected);
        }
        let eaten = eaten.unwrap_or_else(|| shift.meals.iter().map(|meal| widest(meal, &meal.offsets)).collect());
        if is_off_desk && !rests.is_empty() || !is_off_desk && !night.rests_stand(&eaten, &rests) {
            let expected = if is_off_desk { 0 } else { shift.rests };
            self.report("rests", assignment.date, found(&assignment.rests), expected);
        }
    }
}

/// First start of a meal and its last end.
fn widest(meal: &MealWindow, offsets: &[u32]) -> (i64, i64) {
    let first = offsets.iter().min().map_or(0, |first| i64::from(*first));
    (first, offsets.iter().max().map_or(0, |last| i64::from(*last + meal.minutes)))
}

/// A shift with its minutes that no clock shows, on nearly every day none.
struct Night<'a> {
    shift: &'a ShiftTemplate,
    skipped: Vec<i64>,
}

impl Night<'_> {
    fn never_shows(&self, offset: i64, length: i64) -> bool {
        self.skipped.iter().any(|minute| (offset..offset + length).contains(minute))
    }

    /// Window of each meal, from-to. `None` unless each has its length and starts at one of its times that clocks show, or at any other if
    /// they show none of them, and the number of meals is right.
    fn eaten(&self, given: &[(i64, i64)]) -> Option<Vec<(i64, i64)>> {
        let mut left: Vec<(i64, i64)> = given.iter().copied().filter(|(offset, length)| !self.never_shows(*offset, *length)).collect();
        let shown = |meal: &MealWindow| -> Vec<u32> {
            meal.offsets.iter().copied().filter(|&offset| !self.never_shows(i64::from(offset), i64::from(meal.minutes))).collect()
        };
        let mut take = |meal: &MealWindow, is_its_time: &dyn Fn(i64) -> bool| {
            let place = left.iter().position(|(offset, length)| i64::from(meal.minutes) == *length && is_its_time(*offset))?;
            Some(left.remove(place))
        };
        let mut eaten = Vec::new();
        for meal in self.shift.meals.iter().filter(|meal| !shown(meal).is_empty()) {
            let times = shown(meal);
            take(meal, &|offset| times.iter().any(|known| i64::from(*known) == offset))?;
            eaten.push(widest(meal, &times));
        }
        for meal in self.shift.meals.iter().filter(|meal| shown(meal).is_empty()) {
            let (offset, length) = take(meal, &|_| true)?;
            eaten.push((offset, offset + length));
        }
        (given.len() == self.shift.meals.len()).then_some(eaten)
    }

    /// Whether the shift has all its rests (or as many as a night that is cut short can take), each where rests may lie, and as many in
    /// each segment as are due there.
    fn rests_stand(&self, eaten: &[(i64, i64)], given: &[(i64, i64)]) -> bool {
        let stretches = self.stretches(eaten);
        let wanted = due_in_each(&stretches, self.shift.rests);
        let mut found = vec![0; stretches.len()];
        let mut last: Option<(usize, i64)> = None;
        let mut given = given.to_vec();
        given.sort_unstable();
        for (offset, length) in &given {
            let end = offset + length;
            let place = stretches.iter().position(|stretch| stretch.from <= *offset && end <= stretch.to);
            let Some(place) = place.filter(|_| *length == i64::from(REST_MINUTES)) else { return false };
            if last.is_some_and(|(before, ended)| *offset < ended + if before == place { APART } else { 0 }) {
                return false;
            }
            found[place] += 1;
            last = Some((place, end));
        }
        found == wanted && (given.len() == self.shift.rests || !self.skipped.is_empty())
    }

    fn stretches(&self, eaten: &[(i64, i64)]) -> Vec<Stretch> {
        let (span, rests) = (i64::from(self.shift.span_minutes), self.shift.rests);
        let closed = |minute: i64| eaten.iter().any(|(from, to)| (*from..*to).contains(&minute)) || self.skipped.contains(&minute);
        // two rests of a shift without meals take half a shift each
        let halves = self.shift.meals.is_empty() && self.skipped.is_empty() && rests == 2;
        let half = halves.then(|| span / 2 / i64::from(REST_MINUTES) * i64::from(REST_MINUTES));
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut from = 0;
        for minute in 0..=span {
            if minute == span || closed(minute) || half == Some(minute) {
                if minute > from {
                    stretches.push(Stretch { from: from.max(FROM_ENDS), to: minute.min(span - FROM_ENDS), whole: minute - from });
                }
                from = if minute < span && half != Some(minute) { minute + 1 } else { minute };
            }
        }
        stretches
    }
}

/// A segment for rests, between the first and last hour of the shift and around the meal windows.
struct Stretch {
    from: i64,
    to: i64,
    /// Length including the hours at the ends of the shift.
    whole: i64,
}

impl Stretch {
    /// Minutes available for rests.
    fn open(&self) -> i64 {
        (self.to - self.from).max(0)
    }

    /// Maximum number of rests, with work between them.
    fn holds(&self) -> usize {
        let rest = i64::from(REST_MINUTES);
        let (mut rests, mut used) = (0, rest);
        while used <= self.open() {
            (rests, used) = (rests + 1, used + APART + rest);
        }
        rests
    }
}

/// Number of rests due in each segment: one in each of the longest, then one by one where the room per rest is largest.
fn due_in_each(stretches: &[Stretch], rests: usize) -> Vec<usize> {
    let mut due = vec![0_usize; stretches.len()];
    for _ in 0..rests {
        let open: Vec<usize> = (0..stretches.len()).filter(|&place| due[place] < stretches[place].holds()).collect();
        let longest_without = open.iter().copied().filter(|&place| due[place] == 0).rev().max_by_key(|&place| stretches[place].whole);
        // compares the room per rest in exact integers
        let roomier = |a: usize, b: usize| {
            let (of_a, of_b) = (stretches[a].open() * (due[b] as i64 + 1), stretches[b].open() * (due[a] as i64 + 1));
            if of_b > of_a { b } else { a }
        };
        match longest_without.or_else(|| open.iter().copied().reduce(roomier)) {
            Some(place) => due[place] += 1,
            None => break,
        }
    }
    due
}
