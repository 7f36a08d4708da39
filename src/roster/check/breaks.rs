//! Meals and rests, counted from the shift's own row: each meal once at one of its times, each rest in its stretch of work.

use super::Examination;
use crate::roster::pattern::{Break, MealWindow, REST_MINUTES, ShiftTemplate};
use crate::roster::result::Assignment;

/// Minutes of work before the first rest and after the last.
const FROM_ENDS: i64 = 60;
/// Minutes of work between two rests of one stretch.
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
        if is_off_desk && !meals.is_empty() || !is_off_desk && !meals_stand(&shift, &meals) {
            let expected = if is_off_desk { 0 } else { shift.meals.len() };
            self.report("meals", assignment.date, found(&assignment.meals), expected);
        }
        if is_off_desk && !rests.is_empty() || !is_off_desk && !rests_stand(&shift, &rests) {
            let expected = if is_off_desk { 0 } else { shift.rests };
            self.report("rests", assignment.date, found(&assignment.rests), expected);
        }
    }
}

/// Each meal has its length and begins at one of its times, none is missing, none is one too many.
fn meals_stand(shift: &ShiftTemplate, given: &[(i64, i64)]) -> bool {
    let mut wanted: Vec<_> = shift.meals.iter().collect();
    wanted.sort_by_key(|meal| meal.offsets.iter().min().copied());
    let mut given = given.to_vec();
    given.sort_unstable();
    let stands = |(meal, (offset, length)): (&&MealWindow, &(i64, i64))| {
        i64::from(meal.minutes) == *length && meal.offsets.iter().any(|known| i64::from(*known) == *offset)
    };
    given.len() == wanted.len() && wanted.iter().zip(&given).all(stands)
}

/// As many rests as the shift has, all of them where they may be, as many in each stretch of work as fall to it.
fn rests_stand(shift: &ShiftTemplate, given: &[(i64, i64)]) -> bool {
    let stretches = stretches(shift);
    let wanted = due_in_each(&stretches, shift.rests);
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
    given.len() == shift.rests && found == wanted
}

/// Where rests may be, between the hours at the shift's ends and the meals wherever they lie.
struct Stretch {
    from: i64,
    to: i64,
    /// Its length with the hours at the ends.
    whole: i64,
}

impl Stretch {
    /// Minutes in which rests may be.
    fn open(&self) -> i64 {
        (self.to - self.from).max(0)
    }

    /// Rests that it holds at most: one after the other with work between them as long as there is room.
    fn holds(&self) -> usize {
        let rest = i64::from(REST_MINUTES);
        let (mut rests, mut used) = (0, rest);
        while used <= self.open() {
            (rests, used) = (rests + 1, used + APART + rest);
        }
        rests
    }
}

fn stretches(shift: &ShiftTemplate) -> Vec<Stretch> {
    let span = i64::from(shift.span_minutes);
    let may_eat = |minute: i64| {
        shift.meals.iter().any(|meal| {
            let first = meal.offsets.iter().min().map_or(0, |first| i64::from(*first));
            let last = meal.offsets.iter().max().map_or(0, |last| i64::from(*last + meal.minutes));
            (first..last).contains(&minute)
        })
    };
    // half a shift each for two rests of a shift without meals
    let half = (shift.meals.is_empty() && shift.rests == 2).then(|| span / 2 / i64::from(REST_MINUTES) * i64::from(REST_MINUTES));
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut from = 0;
    for minute in 0..=span {
        if minute == span || may_eat(minute) || half == Some(minute) {
            if minute > from {
                stretches.push(Stretch { from: from.max(FROM_ENDS), to: minute.min(span - FROM_ENDS), whole: minute - from });
            }
            from = if minute < span && half != Some(minute) { minute + 1 } else { minute };
        }
    }
    stretches
}

/// How many of so many rests fall to each stretch: one to each of the longest, then one after another to where there is most room for each.
fn due_in_each(stretches: &[Stretch], rests: usize) -> Vec<usize> {
    let mut due = vec![0_usize; stretches.len()];
    for _ in 0..rests {
        let open: Vec<usize> = (0..stretches.len()).filter(|&place| due[place] < stretches[place].holds()).collect();
        let longest_without = open.iter().copied().filter(|&place| due[place] == 0).rev().max_by_key(|&place| stretches[place].whole);
        // a share of the room each rest would have, in exact numbers
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
