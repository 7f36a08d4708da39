//! Opening hours that counts show: by weekday, in parts of a day, past midnight.

use crate::history::RawCount;
use crate::service::{OpenSpan, OpeningHours};
use crate::time::{ClockTime, DAY_MINUTES, Interval};
use chrono::{Datelike, Timelike};

/// Share of the mean interval, or of the mean weekday, below which contacts are strays: calls that came in although nobody was there.
const STRAYS: f64 = 0.02;
/// The same of a weekday's interval, as a share of what the other weekdays let expect.
const WEEKDAY_STRAYS: f64 = 0.1;
/// Contacts that are strays where far more were expected: small numbers exceed a share by chance.
const FEW: f64 = 5.0;
/// Expected contacts whose absence is no accident: for a random count it has a chance of 1 in 3,000.
const CONVINCING: f64 = 8.0;
/// What opens at midnight and closes by then is the end of the evening before.
const END_OF_NIGHT_MINUTES: u32 = 12 * 60;

/// Contacts of each weekday, Monday to Sunday, by interval of the day.
type Week = [Vec<f64>; 7];

/// Hours in which there were contacts, to the interval. Hours without any are closed only where the other hours and weekdays would let
/// expect some.
pub(super) fn learned_hours(rows: &[RawCount], every: Interval) -> OpeningHours {
    let mut week: Week = std::array::from_fn(|_| vec![0.0; every.per_day()]);
    for row in rows {
        let slot = (row.start.hour() * 60 + row.start.minute()) / every.minutes();
        week[row.start.weekday().num_days_from_monday() as usize][slot as usize] += row.contacts;
    }
    let open = open_slots(&week);
    let mut spans = open.map(|slots| spans(&slots, every));
    join_nights(&mut spans);
    OpeningHours { week: spans, special: Vec::new() }
}

/// Weekdays with contacts, Monday to Sunday.
pub(super) fn learned_weekdays(rows: &[RawCount]) -> [bool; 7] {
    let mut by_weekday = [0.0; 7];
    rows.iter().for_each(|row| by_weekday[row.start.weekday().num_days_from_monday() as usize] += row.contacts);
    let strays = STRAYS * by_weekday.iter().sum::<f64>() / 7.0;
    by_weekday.map(|contacts| contacts > strays)
}

fn open_slots(week: &Week) -> [Vec<bool>; 7] {
    let totals: Vec<f64> = week.iter().map(|slots| slots.iter().sum()).collect();
    let all = totals.iter().sum::<f64>();
    let profile: Vec<f64> = (0..week[0].len()).map(|slot| week.iter().map(|slots| slots[slot]).sum()).collect();
    let strays = strays(&profile);
    let busy = profile.iter().map(|contacts| *contacts > strays).collect();
    let usual = open_in(busy, &smoothed(&profile, strays));
    std::array::from_fn(|weekday| {
        if totals[weekday] <= STRAYS * all / 7.0 {
            return vec![false; profile.len()];
        }
        // the weekday's own hours among the usual ones; it may be closed while others are open
        let level = level(&week[weekday], &profile);
        let expected: Vec<f64> = profile.iter().map(|contacts| contacts / 7.0 * level).collect();
        let busy = week[weekday].iter().zip(&expected).map(|(contacts, due)| *contacts > most_strays(*due, WEEKDAY_STRAYS)).collect();
        let own = open_in(busy, &expected);
        own.into_iter().zip(&usual).map(|(own, usual)| own && *usual).collect()
    })
}

/// Level of a weekday over the mean one, by its busiest interval, so that it does not sink with each hour that stays closed; at most 1.
fn level(contacts: &[f64], profile: &[f64]) -> f64 {
    let busiest = contacts.iter().zip(profile).max_by(|a, b| a.0.total_cmp(b.0));
    busiest.map_or(0.0, |(contacts, of_week)| (contacts / (of_week / 7.0)).min(1.0))
}

/// Expected contacts of each interval if all were open: the mean of the nearest busy intervals on either side.
fn smoothed(profile: &[f64], strays: f64) -> Vec<f64> {
    let (slots, busy) = (profile.len(), |slot: &usize| profile[*slot] > strays);
    let nearest = |mut places: Box<dyn Iterator<Item = usize>>| places.find(busy).map_or(0.0, |slot| profile[slot]);
    (0..slots)
        .map(|slot| {
            let after = nearest(Box::new((slot..slot + slots).map(move |place| place % slots)));
            let before = nearest(Box::new((slot + 1..=slot + slots).rev().map(move |place| place % slots)));
            f64::midpoint(before, after)
        })
        .collect()
}

/// Contacts of an interval below which they are strays.
fn strays(profile: &[f64]) -> f64 {
    let busy = profile.iter().filter(|contacts| **contacts > 0.0).count().max(1);
    most_strays(profile.iter().sum::<f64>() / busy as f64, STRAYS)
}

fn most_strays(due: f64, share: f64) -> f64 {
    (share * due).max(FEW.min(2.0 * share * due))
}

/// Intervals that are open: all but runs of quiet ones in which enough contacts were expected.
fn open_in(busy: Vec<bool>, expected: &[f64]) -> Vec<bool> {
    let mut open = busy;
    for run in quiet_runs(&open) {
        let is_closed = run.iter().map(|&slot| expected[slot]).sum::<f64>() >= CONVINCING;
        run.iter().for_each(|&slot| open[slot] = !is_closed);
    }
    open
}

/// Runs of intervals without contacts; one over midnight is a single run.
fn quiet_runs(busy: &[bool]) -> Vec<Vec<usize>> {
    let slots = busy.len();
    let Some(first) = busy.iter().position(|busy| *busy) else { return Vec::new() };
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for place in (first..first + slots).map(|place| place % slots).filter(|place| !busy[*place]) {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| (last + 1) % slots == place) => run.push(place),
            _ => runs.push(vec![place]),
        }
    }
    runs
}

fn spans(open: &[bool], every: Interval) -> Vec<OpenSpan> {
    let clock = |slot: usize| ClockTime::from_minutes((slot as u32 * every.minutes()).min(DAY_MINUTES)).expect("a slot of a day");
    let mut spans: Vec<OpenSpan> = Vec::new();
    for slot in (0..open.len()).filter(|slot| open[*slot]) {
        match spans.last_mut().filter(|span| span.close == clock(slot)) {
            Some(span) => span.close = clock(slot + 1),
            None => spans.push(OpenSpan { open: clock(slot), close: clock(slot + 1) }),
        }
    }
    spans
}

/// Gives what opens at midnight to the evening before, where that was open until midnight.
fn join_nights(week: &mut [Vec<OpenSpan>; 7]) {
    let is_night = |span: &OpenSpan| span.open == ClockTime::MIDNIGHT && span.close.minutes() <= END_OF_NIGHT_MINUTES;
    let is_evening = |span: &OpenSpan| span.close == ClockTime::DAY_END && span.open != ClockTime::MIDNIGHT;
    let nights: [Option<OpenSpan>; 7] = std::array::from_fn(|day| week[day].first().copied().filter(is_night));
    let joins: Vec<usize> = (0..7)
        .filter(|day| {
            let night = nights[(day + 1) % 7];
            night.zip(week[*day].last().copied().filter(is_evening)).is_some_and(|(night, evening)| night.close < evening.open)
        })
        .collect();
    for day in &joins {
        week[(day + 1) % 7].remove(0);
    }
    for day in joins {
        let night = nights[(day + 1) % 7].expect("joined with a night");
        week[day].last_mut().expect("joined with an evening").close = night.close;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    const EVERY: Interval = Interval::HALF_HOUR;

    fn span(open: u32, close: u32) -> OpenSpan {
        let clock = |half: u32| ClockTime::from_minutes(half * 30).expect("a half-hour of a day");
        OpenSpan { open: clock(open), close: clock(close) }
    }

    /// Parts of a day: one, two around a break, an evening past midnight with or without a morning, round the clock.
    fn parts() -> impl Strategy<Value = Vec<OpenSpan>> {
        prop_oneof![
            (12_u32..22, 30_u32..=48).prop_map(|(open, close)| vec![span(open, close)]),
            (14_u32..20, 22_u32..26, 1_u32..6, 32_u32..=48)
                .prop_map(|(open, noon, rest, close)| vec![span(open, noon), span(noon + rest, close)]),
            (30_u32..44, 1_u32..10).prop_map(|(open, close)| vec![span(open, close)]),
            (14_u32..20, 22_u32..26, 30_u32..44, 1_u32..10).prop_map(|(a, b, open, close)| vec![span(a, b), span(open, close)]),
            Just(vec![OpenSpan::ALL_DAY]),
        ]
    }

    /// Hours of a desk: the same every day, others at the weekend, other ones on one day, days without any.
    fn weeks() -> impl Strategy<Value = [Vec<OpenSpan>; 7]> {
        (parts(), parts(), 0_usize..5, 0_usize..7).prop_map(|(usual, other, kind, day)| {
            let mut week: [Vec<OpenSpan>; 7] = std::array::from_fn(|_| usual.clone());
            match kind {
                0 => {}
                1 => week[5..].fill(other),
                2 => week[day] = other,
                3 => week[5..].fill(Vec::new()),
                _ => (week[5], week[6]) = (other, Vec::new()),
            }
            week
        })
    }

    /// Eight weeks of counts: a day's curve, noise from the seed, no contact where nobody answers but a stray in a hundred.
    fn counts(hours: &OpeningHours, mean: f64, seed: u64) -> Vec<RawCount> {
        let first = NaiveDate::from_ymd_opt(2026, 9, 7).expect("a Monday");
        let mut state = seed;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        (0..56 * 48)
            .map(|slot| {
                let start = ClockTime::MIDNIGHT.on(first + Days::new(slot / 48)) + chrono::TimeDelta::minutes(slot as i64 % 48 * 30);
                let curve = 1.0 + 0.7 * (std::f64::consts::TAU * (slot % 48) as f64 / 48.0).sin();
                let contacts = if hours.is_open(start) {
                    (mean * curve * (0.6 + 0.8 * random())).round()
                } else if random() < 0.01 {
                    1.0
                } else {
                    0.0
                };
                RawCount::of(start, contacts)
            })
            .collect()
    }

    fn said(hours: &OpeningHours) -> String {
        let day = |spans: &Vec<OpenSpan>| spans.iter().map(|span| format!("{}-{}", span.open, span.close)).collect::<Vec<_>>().join(",");
        hours.week.iter().map(day).collect::<Vec<_>>().join("; ")
    }

    /// The half-hours of a week that are open, so that two ways of writing the same hours are equal.
    fn half_hours(hours: &OpeningHours) -> Vec<bool> {
        let monday = NaiveDate::from_ymd_opt(2026, 9, 7).expect("a Monday");
        (0..7 * 48).map(|half| hours.is_open(ClockTime::MIDNIGHT.on(monday) + chrono::TimeDelta::minutes(half * 30))).collect()
    }

    proptest! {
        #[test]
        fn hours_are_learned_as_a_desk_has_them(week in weeks(), mean in 25.0..500.0_f64, seed in any::<u64>()) {
            let hours = OpeningHours { week, special: Vec::new() };
            let learned = learned_hours(&counts(&hours, mean, seed), EVERY);
            prop_assert!(half_hours(&learned) == half_hours(&hours), "{} for {}", said(&learned), said(&hours));
        }

        /// With fewer contacts a stray may open an hour too many, but none is lost.
        #[test]
        fn no_hour_is_lost_by_few_contacts(week in weeks(), mean in 4.0..25.0_f64, seed in any::<u64>()) {
            let hours = OpeningHours { week, special: Vec::new() };
            let learned = learned_hours(&counts(&hours, mean, seed), EVERY);
            let is_kept = half_hours(&learned).into_iter().zip(half_hours(&hours)).all(|(learned, open)| learned || !open);
            prop_assert!(is_kept, "{} for {}", said(&learned), said(&hours));
        }

        /// A small desk has hours without a contact by chance: they are not closed for it.
        #[test]
        fn few_contacts_close_no_hour_between_others(mean in 0.05..0.5_f64, seed in any::<u64>()) {
            let hours = OpeningHours { week: std::array::from_fn(|_| vec![span(16, 40)]), special: Vec::new() };
            let rows: Vec<RawCount> = counts(&hours, mean * 2.0, seed).into_iter().take(7 * 48).filter(|row| row.contacts > 0.0).collect();
            prop_assume!(!rows.is_empty());
            let learned = learned_hours(&rows, EVERY);
            let outside = rows.iter().filter(|row| hours.is_open(row.start) && !learned.is_open(row.start)).count();
            prop_assert_eq!(outside, 0, "{}", said(&learned));
        }
    }
}
