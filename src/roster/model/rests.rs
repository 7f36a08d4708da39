//! Windows of the paid rests of a shift.
//!
//! Rests keep an hour's distance from the ends of the shift and never overlap a meal window. Each of the longest segments between meals
//! takes one; further rests share a segment, with at least half an hour of work between them. Each rest has its own window. Windows of a
//! shift never overlap, so each break is placed independently.

use super::breaks::{BreakWindow, REST_MINUTES};

/// Grid of possible starts, in minutes after the first possible one.
const STEP: u32 = 15;
/// Minutes of work before the first rest and after the last, at least.
const MARGIN: u32 = 60;
/// Minutes of work between two rests of one segment, at least.
const BETWEEN: u32 = 30;
/// Minutes of a rest and the work after it.
const CYCLE: u32 = REST_MINUTES + BETWEEN;

/// A segment of a shift that no meal can touch, in minutes after the start of the shift.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    /// Length of the segment.
    length: u32,
    /// Earliest start of a rest.
    earliest: u32,
    /// Minutes from there to the latest end of a rest.
    room: u32,
}

impl Stretch {
    fn new((from, to): (u32, u32), span: u32) -> Self {
        let earliest = from.max(MARGIN);
        let latest_end = to.min(span.saturating_sub(MARGIN));
        Self { length: to - from, earliest, room: latest_end.saturating_sub(earliest) }
    }

    /// Maximum number of rests.
    fn most(&self) -> usize {
        if self.room < REST_MINUTES { 0 } else { ((self.room + BETWEEN) / CYCLE) as usize }
    }

    /// Windows of `rests` rests, at most the maximum. All have the same width, the widest that leaves the work between them.
    fn windows(self, rests: usize) -> impl Iterator<Item = BreakWindow> {
        let count = rests as u32;
        let slack = (self.room + BETWEEN).saturating_sub(CYCLE * count);
        let width = slack / count.max(1) / STEP * STEP;
        let steps_left = (slack - width * count) / STEP;
        (0..count).map(move |number| {
            let moved = steps_left * number / count.saturating_sub(1).max(1) * STEP;
            let first = self.earliest + number * (CYCLE + width) + moved;
            BreakWindow { minutes: REST_MINUTES, is_meal: false, offsets: (first..=first + width).step_by(STEP as usize).collect() }
        })
    }
}

/// Windows of the rests of a shift of `span` minutes, given the widest extent of each meal; fewer than `rests` if there is no place.
pub(in crate::roster) fn rest_windows(span: u32, meals: &[(u32, u32)], rests: usize) -> Vec<BreakWindow> {
    let stretches = stretches(span, meals, rests);
    let taken = shares(&stretches, rests);
    stretches.iter().zip(taken).flat_map(|(stretch, rests)| stretch.windows(rests)).collect()
}

/// Number of rests in each segment.
fn shares(stretches: &[Stretch], rests: usize) -> Vec<usize> {
    let mut taken = vec![0; stretches.len()];
    let mut longest: Vec<usize> = (0..stretches.len()).filter(|&place| stretches[place].most() > 0).collect();
    longest.sort_by_key(|&place| std::cmp::Reverse(stretches[place].length));
    longest.iter().take(rests).for_each(|&place| taken[place] = 1);
    for _ in longest.len()..rests {
        let open = (0..stretches.len()).filter(|&place| taken[place] < stretches[place].most());
        let room_each = |place: usize| f64::from(stretches[place].room) / (taken[place] + 1) as f64;
        // the first segment with the most room
        let Some(next) = open.reduce(|best, next| if room_each(next) > room_each(best) + 1e-9 { next } else { best }) else { break };
        taken[next] += 1;
    }
    taken
}

/// Segments that no meal can touch. Two rests of a shift without meals take one half of it each.
fn stretches(span: u32, meals: &[(u32, u32)], rests: usize) -> Vec<Stretch> {
    if meals.is_empty() && rests == 2 {
        let middle = span / 2 / STEP * STEP;
        return [(0, middle), (middle, span)].map(|stretch| Stretch::new(stretch, span)).to_vec();
    }
    let mut meals = meals.to_vec();
    meals.sort_unstable();
    let mut from = 0;
    let mut between = Vec::new();
    for (meal_from, meal_to) in meals {
        if meal_from > from {
            between.push((from, meal_from));
        }
        from = from.max(meal_to);
    }
    between.push((from, span.max(from)));
    between.into_iter().map(|stretch| Stretch::new(stretch, span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn from_to(windows: &[BreakWindow]) -> Vec<(u32, u32)> {
        windows.iter().map(|window| (window.offsets[0], *window.offsets.last().unwrap())).collect()
    }

    #[test]
    fn four_rests_beside_one_meal_share_what_it_leaves() {
        // 09:00–17:00 with a meal of an hour from 11:00, 12:00 or 13:00: 10:00–11:00 is left for one rest, 14:00–16:00 for three
        let windows = rest_windows(480, &[(120, 300)], 4);
        assert_eq!(from_to(&windows), [(60, 105), (300, 300), (345, 345), (405, 405)]);
        let windows = rest_windows(540, &[(180, 360)], 4);
        assert_eq!(windows.iter().filter(|window| window.offsets[0] < 180).count(), 2, "two before and two after a meal in the middle");
    }

    #[test]
    fn a_rest_for_each_stretch_may_lie_anywhere_in_it() {
        assert_eq!(from_to(&rest_windows(540, &[(180, 360)], 2)), [(60, 165), (360, 465)]);
        assert_eq!(from_to(&rest_windows(240, &[], 1)), [(60, 165)]);
        assert_eq!(from_to(&rest_windows(480, &[], 2)), [(60, 225), (240, 405)]);
    }

    #[test]
    fn rests_without_a_place_are_fewer() {
        assert_eq!(rest_windows(120, &[], 1).len(), 0);
        assert_eq!(rest_windows(240, &[], 4).len(), 3);
        assert_eq!(rest_windows(240, &[(60, 180)], 2).len(), 0);
        assert_eq!(from_to(&rest_windows(240, &[(0, 61)], 2)), [(61, 76), (136, 151)], "beside a meal at the beginning");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rests_keep_their_distance_from_ends_meals_and_one_another(
            span in 60_u32..1440, from in 0_u32..1000, length in 0_u32..400, rests in 0_usize..=4,
        ) {
            let meals: Vec<_> = (from + length <= span && length > 0).then_some((from, from + length)).into_iter().collect();
            let windows = from_to(&rest_windows(span, &meals, rests));
            prop_assert!(windows.len() <= rests);
            for (first, last) in &windows {
                prop_assert!(*first >= 60 && last + 15 + 60 <= span);
                prop_assert!(meals.iter().all(|(from, to)| last + 15 <= *from || to <= first));
            }
            for pair in windows.windows(2) {
                let meal_between = meals.iter().any(|(from, _)| (pair[0].1..=pair[1].0).contains(from));
                let halves = meals.is_empty() && rests == 2;
                prop_assert!(pair[0].1 + 15 + if meal_between || halves { 0 } else { 30 } <= pair[1].0, "{windows:?}");
            }
        }
    }
}
