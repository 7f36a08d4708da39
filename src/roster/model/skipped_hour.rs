//! Breaks on the night on which clocks go forward: no break may lie in the hour that no clock shows.
//!
//! A meal keeps its starts outside the skipped hour. A meal left without any begins as soon after that hour as the shift and its other
//! meals allow, or else as late before it. Rests keep to what is left of the shift, and are fewer if it holds fewer.

use super::breaks::MealWindow;
use crate::zone::Zone;
use chrono::{Days, NaiveDateTime, TimeDelta};

/// Grid in minutes on which a moved meal is tried.
const STEP: usize = 5;

/// Whether clocks skip a part of a time span.
pub(in crate::roster) fn touched_by(start: NaiveDateTime, end: NaiveDateTime, zone: Option<&Zone>) -> bool {
    !within(start, (end - start).num_minutes().clamp(0, i64::from(u32::MAX)) as u32, zone).is_empty()
}

/// Spans that clocks skip within `span` minutes of a start, from-to in minutes after the start.
pub(in crate::roster) fn within(start: NaiveDateTime, span: u32, zone: Option<&Zone>) -> Vec<(u32, u32)> {
    let Some(zone) = zone else { return Vec::new() };
    let after_start = |time: NaiveDateTime| (time - start).num_minutes().clamp(0, i64::from(span)) as u32;
    let end = start + TimeDelta::minutes(i64::from(span));
    let changes = zone.clock_changes(start.date(), end.date() + Days::new(1)).into_iter().filter(|change| change.minutes > 0);
    changes.map(|change| (after_start(change.from), after_start(change.to))).filter(|(from, to)| from < to).collect()
}

/// Meals of a shift of `span` minutes around the `skipped` spans; a meal without any place is left out.
pub(in crate::roster) fn meals_beside(meals: &[MealWindow], skipped: &[(u32, u32)], span: u32) -> Vec<MealWindow> {
    let mut kept: Vec<MealWindow> = Vec::new();
    for (number, meal) in meals.iter().enumerate() {
        let others: Vec<&MealWindow> = kept.iter().chain(&meals[number + 1..]).collect();
        let offsets = beside(meal, skipped).or_else(|| moved(meal, &others, skipped, span));
        kept.extend(offsets.map(|offsets| MealWindow { minutes: meal.minutes, offsets }));
    }
    kept
}

fn beside(meal: &MealWindow, skipped: &[(u32, u32)]) -> Option<Vec<u32>> {
    let offsets: Vec<u32> = meal.offsets.iter().copied().filter(|&offset| !touches(offset, meal.minutes, skipped)).collect();
    (!offsets.is_empty()).then_some(offsets)
}

/// New start of a meal whose starts all touch the `skipped` spans.
fn moved(meal: &MealWindow, others: &[&MealWindow], skipped: &[(u32, u32)], span: u32) -> Option<Vec<u32>> {
    let (from, to) = (skipped.first()?.0, skipped.last()?.1);
    let widest = |other: &&MealWindow| Some((*other.offsets.first()?, other.offsets.last()? + other.minutes));
    let taken: Vec<(u32, u32)> = others.iter().filter_map(widest).collect();
    let after = (to..=span.saturating_sub(meal.minutes)).step_by(STEP);
    let before = (0..=from.saturating_sub(meal.minutes)).rev().step_by(STEP).filter(|offset| offset + meal.minutes <= from);
    after.chain(before).find(|&offset| !touches(offset, meal.minutes, &taken)).map(|offset| vec![offset])
}

fn touches(offset: u32, minutes: u32, stretches: &[(u32, u32)]) -> bool {
    stretches.iter().any(|&(from, to)| offset < to && from < offset + minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::read_stamp;
    use proptest::prelude::*;

    fn meal(minutes: u32, offsets: &[u32]) -> MealWindow {
        MealWindow { minutes, offsets: offsets.to_vec() }
    }

    /// Meals of a shift from 22:00 to 06:00 on a night without the hour from 02:00 to 03:00.
    fn of_the_night(meals: &[MealWindow]) -> Vec<MealWindow> {
        meals_beside(meals, &[(240, 300)], 480)
    }

    #[test]
    fn clocks_skip_an_hour_of_one_night() {
        let berlin: Zone = "Europe/Berlin".parse().unwrap();
        let night = |from: &str| within(read_stamp(from).unwrap(), 480, Some(&berlin));
        assert_eq!(night("2027-03-27T22:00"), [(240, 300)]);
        assert_eq!(night("2027-03-28T02:30"), [(0, 30)], "a shift that starts in it");
        assert_eq!(
            [night("2027-03-26T22:00"), night("2027-03-28T22:00"), night("2027-03-28T03:00"), night("2026-10-24T22:00")],
            [const { vec![] }; 4]
        );
        assert_eq!(within(read_stamp("2027-03-27T22:00").unwrap(), 480, None), []);
    }

    #[test]
    fn a_meal_keeps_its_times_beside_the_skipped_hour() {
        assert_eq!(of_the_night(&[meal(60, &[180, 240, 300])]), [meal(60, &[180, 300])]);
        assert_eq!(of_the_night(&[meal(30, &[180, 210, 225, 240, 270])]), [meal(30, &[180, 210])]);
    }

    #[test]
    fn a_meal_without_another_time_follows_the_skipped_hour_or_comes_before_it() {
        assert_eq!(of_the_night(&[meal(60, &[240])]), [meal(60, &[300])]);
        assert_eq!(of_the_night(&[meal(60, &[210, 255])]), [meal(60, &[300])]);
        assert_eq!(of_the_night(&[meal(60, &[240]), meal(30, &[360])]), [meal(60, &[300]), meal(30, &[360])]);
        assert_eq!(of_the_night(&[meal(60, &[240]), meal(30, &[330, 360])]), [meal(60, &[390]), meal(30, &[330, 360])]);
        assert_eq!(of_the_night(&[meal(60, &[240]), meal(30, &[330, 450])]), [meal(60, &[180]), meal(30, &[330, 450])]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// For a skipped span of half an hour to two hours anywhere in a shift, each meal keeps its length and lies in the shift, clear of
        /// that span and of the other meals. It keeps its own starts where one of them is left.
        #[test]
        fn every_meal_finds_a_place_that_clocks_show(
            span in 300_u32..900, from in 0_u32..900, length in 30_u32..120, minutes in prop::collection::vec(15_u32..60, 1..3), step in 0_u32..60,
        ) {
            let skipped = vec![(from.min(span), (from + length).min(span))];
            let places = span / minutes.len() as u32;
            let wanted = minutes.iter().enumerate().map(|(number, &minutes)| {
                let first = places * number as u32 + 60.min(places - 2 * minutes);
                let last = places * (number as u32 + 1) - minutes;
                meal(minutes, &[first, (first + step).min(last)])
            });
            let wanted: Vec<MealWindow> = wanted.collect();
            let made = meals_beside(&wanted, &skipped, span);
            prop_assert_eq!(made.len(), wanted.len());
            for (made, wanted) in made.iter().zip(&wanted) {
                prop_assert_eq!(made.minutes, wanted.minutes);
                let is_shown = |offset: &u32| !touches(*offset, wanted.minutes, &skipped);
                prop_assert!(!made.offsets.is_empty() && made.offsets.iter().all(|offset| is_shown(offset) && offset + made.minutes <= span));
                let own: Vec<u32> = wanted.offsets.iter().copied().filter(is_shown).collect();
                prop_assert!(own.is_empty() || own == made.offsets, "{:?} of {:?}", made, wanted);
            }
            for pair in made.iter().flat_map(|one| made.iter().map(move |other| (one, other))).filter(|(one, other)| one != other) {
                let widest = |of: &MealWindow| vec![(of.offsets[0], of.offsets[of.offsets.len() - 1] + of.minutes)];
                let clash = pair.0.offsets.iter().any(|&offset| touches(offset, pair.0.minutes, &widest(pair.1)));
                prop_assert!(!clash, "{:?}", made);
            }
        }
    }
}
