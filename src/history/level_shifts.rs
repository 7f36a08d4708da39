//! Level shifts: found by binary segmentation of the logs of day totals, weekday effects removed.
//!
//! A shift is the day at which the medians of the two weeks before and after differ most, in units of their chance variation. If that is
//! beyond doubt, the parts before and after are searched in turn (Scott & Knott 1974; Fryzlewicz 2014, *Wild binary segmentation for
//! multiple change-point detection*, § 1). Medians are robust to single events, and two weeks to a season. Levels that alternate are a
//! rhythm, not shifts.

use super::health::median;
use super::levels::event_days;
use super::{ContactHistory, shift_starts};
use crate::event::Event;
use chrono::Datelike;

/// Maximum and minimum number of days compared on either side.
const MOST_DAYS: usize = 14;
const LEAST_DAYS: usize = 5;
/// Minimum difference of the medians in standard errors, and minimum ratio of the levels.
const STANDARD_ERRORS: f64 = 6.0;
const LEAST_RATIO: f64 = 1.15;
/// Minimum ratio of the difference to the usual one between levels of successive fortnights.
const TIMES_USUAL: f64 = 5.0;
/// Standard deviations within which a third of a normal distribution lies.
const THIRD_OF_NORMAL: f64 = 0.4307;
/// Standard error of a median over that of a mean (the square root of π / 2).
const MEDIAN_OVER_MEAN: f64 = 1.2533;
/// Minimum standard deviation of log totals beyond chance.
const LEAST_NOISE: f64 = 0.01;
/// Number of shifts within a number of counted days that counts as a rhythm.
const RHYTHM: (usize, usize) = (4, 35);

/// A shift to a new level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LevelShift {
    /// First day of the new level.
    pub(crate) day: usize,
    /// New level over the previous one.
    pub(crate) ratio: f64,
}

/// Level shifts of a history, in order of days.
pub(crate) fn level_shifts(history: &ContactHistory, events: &[Event]) -> Vec<LevelShift> {
    let log = |day: usize| Some((day, history.day_total(day).filter(|total| *total > 0.0)?.ln()));
    let is_event = event_days(history, events);
    let logs: Vec<(usize, f64)> = (0..history.days()).filter(|&day| !is_event[day]).filter_map(log).collect();
    let levels = without_weekdays(&logs, history);
    let excess = excess_variance(&levels);
    let least = LEAST_RATIO.ln().max(TIMES_USUAL * usual_difference(&levels));
    let mut starts = Vec::new();
    segment(&levels, (0, levels.len()), (excess, least), &mut starts);
    starts.sort_unstable();
    drop_rhythms(&mut starts);
    let shown: Vec<(usize, f64)> = starts.iter().map(|&start| (logs[start].0, rise(&levels, (0, levels.len()), start))).collect();
    let days = shift_starts::with_events(history, events, &shown);
    days.into_iter().zip(shown).map(|(day, (_, rise))| LevelShift { day, ratio: rise.exp() }).collect()
}

/// Log totals less the usual deviation of their weekday from the other days of its week.
fn without_weekdays(logs: &[(usize, f64)], history: &ContactHistory) -> Vec<f64> {
    let weekday = |day: usize| history.date(day).weekday().num_days_from_monday() as usize;
    let over_week = |at: usize| {
        let (day, log) = logs[at];
        let near = logs[at.saturating_sub(3)..(at + 4).min(logs.len())].iter().filter(|(other, _)| other.abs_diff(day) <= 3);
        log - median(near.map(|(_, log)| *log))
    };
    let mut of_weekday: [Vec<f64>; 7] = std::array::from_fn(|_| Vec::new());
    (0..logs.len()).for_each(|at| of_weekday[weekday(logs[at].0)].push(over_week(at)));
    let usual = of_weekday.map(|over| median(over.into_iter()));
    logs.iter().map(|(day, log)| log - usual[weekday(*day)]).collect()
}

/// Variance of a day's log around neighbouring days beyond the chance variation of counts.
fn excess_variance(levels: &[f64]) -> f64 {
    let near = |at: usize| median(levels[at.saturating_sub(3)..(at + 4).min(levels.len())].iter().copied());
    let typical = 1.4826 * median((0..levels.len()).map(|at| (levels[at] - near(at)).abs()));
    // the median of seven days absorbs a little of their own noise
    let variance = (1.1 * typical).powi(2) - chance_variance(median(levels.iter().copied()));
    variance.max(LEAST_NOISE.powi(2))
}

/// Variance of the log of a count around a level.
fn chance_variance(level: f64) -> f64 {
    (-level).exp()
}

/// Usual difference of the level between successive fortnights, as a standard deviation. It is taken from the lowest third of the
/// differences, which one or two shifts do not affect even in a short history.
fn usual_difference(levels: &[f64]) -> f64 {
    let starts = LEAST_DAYS..(levels.len() + 1).saturating_sub(LEAST_DAYS);
    let mut sizes: Vec<f64> = starts.map(|start| rise(levels, (0, levels.len()), start).abs()).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.get(sizes.len() / 3).map_or(0.0, |third| third / THIRD_OF_NORMAL)
}

/// Median of the days from a start on, less that of the days before.
fn rise(levels: &[f64], part: (usize, usize), start: usize) -> f64 {
    let (before, after) = sides(levels, part, start);
    median(after.iter().copied()) - median(before.iter().copied())
}

/// Days compared before and after a start.
fn sides(levels: &[f64], (from, to): (usize, usize), start: usize) -> (&[f64], &[f64]) {
    (&levels[from.max(start.saturating_sub(MOST_DAYS))..start], &levels[start..to.min(start + MOST_DAYS)])
}

/// Collects the starts of levels within a part, most significant first.
fn segment(levels: &[f64], part: (usize, usize), (excess, least): (f64, f64), starts: &mut Vec<usize>) {
    let (from, to) = part;
    if to < from + 2 * LEAST_DAYS {
        return;
    }
    let clearness = |start: usize| {
        let (before, after) = sides(levels, part, start);
        let difference = rise(levels, part, start).abs();
        let variance = |side: &[f64]| (excess + chance_variance(median(side.iter().copied()))) / side.len() as f64;
        let error = MEDIAN_OVER_MEAN * (variance(before) + variance(after)).sqrt();
        (difference >= least).then_some(difference / error)
    };
    let candidates = (from + LEAST_DAYS..=to - LEAST_DAYS).filter_map(|start| Some((clearness(start)?, start)));
    let best = candidates.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((_, about)) = best.filter(|(clear, _)| *clear >= STANDARD_ERRORS) else { return };
    let start = exactly(levels, part, about);
    let is_long = start >= from + LEAST_DAYS && start + LEAST_DAYS <= to;
    if is_long && is_step(levels, part, start) {
        starts.push(start);
    }
    // a few days at an end are not conclusive yet
    let start = if is_long { start } else { about };
    segment(levels, (from, start), (excess, least), starts);
    segment(levels, (start, to), (excess, least), starts);
}

/// The start near `about` with which two levels leave the smallest residuals on the days around it.
fn exactly(levels: &[f64], (from, to): (usize, usize), about: usize) -> usize {
    let around = (from.max(about.saturating_sub(MOST_DAYS)), to.min(about + MOST_DAYS));
    let unexplained = |days: &[f64]| {
        let level = median(days.iter().copied());
        days.iter().map(|log| (log - level).abs()).sum::<f64>()
    };
    let left = |start: usize| unexplained(&levels[around.0..start]) + unexplained(&levels[start..around.1]);
    // half of the days compared may lie on the other level without moving the medians
    let off = MOST_DAYS / 2;
    let near = (about.saturating_sub(off).max(around.0 + 1))..=(about + off).min(around.1 - 1);
    near.min_by(|a, b| left(*a).total_cmp(&left(*b))).unwrap_or(about)
}

/// Whether two levels leave smaller residuals than a slope, which smoothing follows by itself.
fn is_step(levels: &[f64], part: (usize, usize), start: usize) -> bool {
    let (before, after) = sides(levels, part, start);
    let unexplained = |days: &mut dyn Iterator<Item = f64>| {
        let days: Vec<f64> = days.collect();
        let level = median(days.iter().copied());
        days.iter().map(|log| (log - level).abs()).sum::<f64>()
    };
    let of_levels = unexplained(&mut before.iter().copied()) + unexplained(&mut after.iter().copied());
    // from the middle of one side to the middle of the other
    let slope = 2.0 * rise(levels, part, start) / (before.len() + after.len()) as f64;
    let around = before.iter().chain(after).enumerate();
    of_levels < unexplained(&mut around.map(|(day, log)| log - slope * day as f64))
}

/// Removes shifts that follow one another too fast.
fn drop_rhythms(starts: &mut Vec<usize>) {
    let (several, within) = RHYTHM;
    let all = starts.clone();
    let is_rhythm = |start: usize| all.windows(several).any(|run| run[several - 1] - run[0] <= within && run.contains(&start));
    starts.retain(|&start| !is_rhythm(start));
}
