//! Synthetic histories with known truth: level shifts and recurring peaks. The forecast is compared with the true mean, over shifts of both
//! directions and several sizes and ages, promotions of several effects, lengths, weekdays and numbers of past ones, and coincidences of
//! these.

use chrono::{Datelike, Days, NaiveDate, Timelike};
use peakshift::calendar::Calendar;
use peakshift::event::{Event, Expectation, Family};
use peakshift::forecast::{
    Facts, Forecast, LastYearsEvent, MeanOfFourWeeks, Method, PastRatios, Structured, WeightedMean, accuracy, backtest, forecast,
};
use peakshift::history::{ContactHistory, Finding, FindingKind, RawCount};
use peakshift::time::{Horizon, Interval, read_date};
use peakshift::units::{Contacts, Factor};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Poisson};

const WEEKDAYS: [f64; 7] = [1.2, 1.05, 1.0, 1.0, 0.95, 0.5, 0.35];
const HOURS: [f64; 24] =
    [0.3, 0.2, 0.15, 0.1, 0.1, 0.2, 0.4, 0.8, 1.5, 2.0, 2.2, 2.0, 1.7, 1.6, 1.7, 1.7, 1.6, 1.4, 1.1, 0.9, 0.8, 0.7, 0.6, 0.4];
/// First day of the forecast, a Monday.
const START: &str = "2026-11-30";
const AHEAD: usize = 10;

/// A series of days before and after the start: counts vary around the truth by chance and by a day factor.
struct World {
    days: u64,
    minutes: u32,
    mean: f64,
    day_noise: f64,
    /// Multiplier of a day by its distance before the start (negative: after it).
    effect: Box<dyn Fn(i64) -> f64>,
    /// Promotions: days before the start on which they begin, and length in days.
    promotions: Vec<(i64, u64)>,
    /// Their declared sizes, in any unit; 1 where none is listed.
    sizes: Vec<f64>,
}

impl World {
    fn quiet(days: u64, minutes: u32, effect: impl Fn(i64) -> f64 + 'static) -> Self {
        Self { days, minutes, mean: 500.0, day_noise: 0.02, effect: Box::new(effect), promotions: Vec::new(), sizes: Vec::new() }
    }

    fn truth(&self, date: NaiveDate) -> f64 {
        let back = (read_date(START).unwrap() - date).num_days();
        self.mean * WEEKDAYS[date.weekday().num_days_from_monday() as usize] * (self.effect)(back)
    }

    fn counts(&self, random: &mut ChaCha8Rng) -> Vec<RawCount> {
        let start = read_date(START).unwrap();
        let factor = LogNormal::new(-self.day_noise.powi(2) / 2.0, self.day_noise.max(1e-9)).unwrap();
        let mut rows = Vec::new();
        for date in (start - Days::new(self.days)).iter_days().take(self.days as usize) {
            let day = self.truth(date) * factor.sample(random);
            for minute in (0..1440).step_by(self.minutes as usize) {
                let share = if self.minutes == 1440 {
                    1.0
                } else {
                    HOURS[minute / 60..(minute + self.minutes as usize) / 60].iter().sum::<f64>() / HOURS.iter().sum::<f64>()
                };
                let begin = date.and_hms_opt(0, 0, 0).unwrap() + chrono::TimeDelta::minutes(minute as i64);
                rows.push(RawCount::of(begin, Poisson::new(day * share).unwrap().sample(random)));
            }
        }
        rows
    }

    fn events(&self) -> Vec<Event> {
        let event = |(number, &(back, days)): (usize, &(i64, u64))| {
            let date = read_date(START).unwrap() - chrono::TimeDelta::days(back);
            Event {
                name: format!("sale {date}"),
                family: Family::Lift("sale".into()),
                start: date.and_hms_opt(0, 0, 0).unwrap(),
                end: (date + Days::new(days)).and_hms_opt(0, 0, 0).unwrap(),
                queue: None,
                size: Factor::new(self.sizes.get(number).copied().unwrap_or(1.0)).unwrap(),
                expected: Expectation::default(),
            }
        };
        self.promotions.iter().enumerate().map(event).collect()
    }

    /// A sample of the history, and its anomalies.
    fn history(&self, seed: u64) -> (ContactHistory, Vec<Finding>) {
        let counts = self.counts(&mut ChaCha8Rng::seed_from_u64(seed));
        let interval = Interval::from_minutes(self.minutes).unwrap();
        ContactHistory::from_counts(&counts, interval, &self.events(), read_date(START).unwrap()).unwrap()
    }

    /// Its forecast.
    fn forecast(&self, seed: u64) -> (Forecast, Vec<Finding>) {
        let (history, findings) = self.history(seed);
        let events = self.events();
        let facts = Facts { events: &events, calendar: &Calendar::default(), drivers: &[] };
        (forecast(&history, &facts, Horizon { first: read_date(START).unwrap(), days: AHEAD }).unwrap(), findings)
    }

    /// Pooled scores of several seeds, on days of promotions and on others.
    fn scores(&self, seeds: u64) -> Scores {
        let start = read_date(START).unwrap();
        let events = self.events();
        let mut scores = Scores::default();
        for seed in 0..seeds {
            let (forecast, _) = self.forecast(seed);
            for date in start.iter_days().take(AHEAD) {
                let said: f64 = forecast.mean.iter().filter(|(at, _)| at.date() == date).map(|(_, mean)| mean.get()).sum();
                let of = if events.iter().any(|event| event.is_on_date(date)) { &mut scores.promotions } else { &mut scores.others };
                *of = Score { off: of.off + (said - self.truth(date)).abs(), said: of.said + said, truth: of.truth + self.truth(date) };
            }
        }
        scores
    }
}

#[derive(Debug, Default)]
struct Scores {
    promotions: Score,
    others: Score,
}

#[derive(Debug, Default)]
struct Score {
    off: f64,
    said: f64,
    truth: f64,
}

impl Score {
    /// Sum of absolute errors over the truth.
    fn error(&self) -> f64 {
        self.off / self.truth
    }

    /// Forecast over the truth.
    fn bias(&self) -> f64 {
        self.said / self.truth
    }
}

#[test]
fn a_level_that_shifted_is_learned_at_once_wherever_it_shifted_to() {
    for (minutes, days, since, times) in [
        (1440, 120, 14, 2.0),
        (60, 120, 14, 0.4),
        (60, 90, 10, 1.5),
        (1440, 365, 21, 0.4),
        (1440, 150, 30, 3.0),
        (120, 200, 24, 0.7),
        (1440, 120, 8, 5.0),
    ] {
        let world = World::quiet(days, minutes, move |back| if back <= since { times } else { 1.0 });
        let others = world.scores(3).others;
        assert!(others.error() < 0.06, "{minutes} min, {times} for {since} days: {others:?}");
        let (_, findings) = world.forecast(1);
        let shift = findings.iter().find(|finding| finding.kind == FindingKind::LevelShift).expect("a shift");
        let found = (read_date(START).unwrap() - shift.start.date()).num_days();
        assert!((found - since).abs() <= 1 && (shift.count / times).ln().abs() < 0.1, "{times} for {since} days: {shift:?}");
    }
}

#[test]
fn an_event_among_a_few_days_is_learned_and_is_no_ordinary_day() {
    for days in 4..=20_u64 {
        let event = i64::try_from(days).unwrap() / 2;
        let times = |back: i64, event: i64| if back == event || back == -3 { 4.0 } else { 1.0 };
        let world = World { promotions: vec![(event, 1), (-3, 1)], ..World::quiet(days, 60, move |back| times(back, event)) };
        let Scores { promotions, others } = world.scores(3);
        // one week cannot identify the weekday's part of it
        let least = if days < 8 { 0.0 } else { 0.55 };
        assert!((least..1.2).contains(&promotions.bias()), "{days} days: {promotions:?}");
        assert!(others.error() < 0.25, "{days} days: {others:?}");
    }
}

#[test]
fn two_shifts_a_ramp_a_slow_fall_and_a_dip_are_followed_and_no_slope_is_called_a_shift() {
    let two = World::quiet(120, 60, |back| {
        if back > 42 {
            1.0
        } else if back > 16 {
            1.8
        } else {
            0.7
        }
    });
    let dip = World::quiet(120, 1440, |back| if (21..=48).contains(&back) { 0.3 } else { 1.0 });
    // a trend is continued with damping: repeating the last week is off by 9 %
    let ramp = World::quiet(120, 1440, |back| 1.01_f64.powi(30 - i32::try_from(back.min(30)).unwrap()));
    let fall = World::quiet(220, 60, |back| (0.33 + 0.67 * back as f64 / 200.0).min(1.0));
    for (world, most) in [(&two, 0.06), (&dip, 0.06), (&ramp, 0.11), (&fall, 0.08)] {
        let others = world.scores(3).others;
        assert!(others.error() < most, "{others:?}");
    }
    for slope in [ramp, fall] {
        let (_, findings) = slope.forecast(2);
        assert!(findings.iter().all(|finding| finding.kind != FindingKind::LevelShift), "{findings:?}");
    }
}

#[test]
fn a_series_that_only_scatters_has_no_shift_and_no_suspect() {
    for (minutes, mean, day_noise) in [(1440, 500.0, 0.05), (60, 500.0, 0.15), (1440, 3.0, 0.0), (60, 40.0, 0.1), (1440, 20_000.0, 0.01)] {
        let world = World { mean, day_noise, ..World::quiet(150, minutes, |_| 1.0) };
        for seed in 0..10 {
            let (_, findings) = world.forecast(seed);
            let odd = |kind: FindingKind| matches!(kind, FindingKind::LevelShift | FindingKind::Outlier);
            assert!(findings.iter().all(|finding| !odd(finding.kind)), "{minutes} min, {mean} a day, seed {seed}: {findings:?}");
        }
    }
}

/// Days before the start on which suspected unrecorded events begin.
fn suspects(world: &World, seed: u64) -> Vec<i64> {
    let is_odd = |finding: &Finding| matches!(finding.kind, FindingKind::Outlier | FindingKind::Peak);
    let back = |finding: Finding| (read_date(START).unwrap() - finding.start.date()).num_days();
    world.history(seed).1.into_iter().filter(is_odd).map(back).collect()
}

#[test]
fn ordinary_days_beside_events_are_no_suspects_and_a_day_among_them_three_times_as_busy_is() {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    for case in 0..160 {
        let lift: f64 = (0.4_f64.ln() + 20.0_f64.ln() * random.random::<f64>()).exp();
        let days = random.random_range(1..=20);
        let mut promotions = Vec::new();
        let mut back = random.random_range(0..60);
        while back < 150 {
            back += days;
            promotions.push((back, days as u64));
            back += random.random_range(3..60);
        }
        let of = promotions.clone();
        let is_on = move |back: i64| of.iter().any(|(from, days)| (from - *days as i64 + 1..=*from).contains(&back));
        let is_quiet = |back: &i64| (back - 2..=back + 2).all(|near| !is_on(near));
        let quiet: Vec<i64> = (30..120).filter(is_quiet).collect();
        let odd = (!quiet.is_empty()).then(|| quiet[random.random_range(0..quiet.len())]);
        for odd in [None, odd] {
            let is_on = is_on.clone();
            let effect = move |back: i64| if is_on(back) { lift } else { 1.0 } * if Some(back) == odd { 3.0 } else { 1.0 };
            let world = World { promotions: promotions.clone(), day_noise: 0.05, ..World::quiet(150, [1440, 60][case % 2], effect) };
            assert_eq!(suspects(&world, case as u64), Vec::from_iter(odd), "case {case}: × {lift}, {promotions:?}");
        }
    }
}

#[test]
fn few_contacts_a_day_are_forecast_near_their_mean() {
    for (minutes, mean) in [(1440, 3.0), (60, 3.0), (1440, 1.0), (1440, 12.0)] {
        let world = World { mean, day_noise: 0.0, ..World::quiet(150, minutes, |_| 1.0) };
        let bias = world.scores(12).others.bias();
        assert!((bias - 1.0).abs() < 0.1, "{minutes} min, {mean} a day: {bias:.3} of the truth");
    }
}

#[test]
fn a_peak_seen_before_comes_again_as_high() {
    // days of each promotion before the start, days of the next, lift, largest error
    let cases: [(&[i64], u64, f64, f64); 7] = [
        (&[250, 180, 110, 40], 2, 3.0, 0.06),
        (&[251, 181, 111, 41], 1, 8.0, 0.07),
        (&[40], 2, 3.0, 0.08),
        (&[361], 2, 4.0, 0.08),
        (&[200, 150, 100, 60, 20], 3, 1.5, 0.05),
        (&[300, 40], 1, 0.5, 0.06),
        (&[250, 180, 110, 40], 3, 12.0, 0.08),
    ];
    for (past, days, lift, most) in cases {
        let mut promotions: Vec<(i64, u64)> = past.iter().map(|back| (*back, days)).collect();
        promotions.push((-3, days));
        let of = promotions.clone();
        let effect =
            move |back: i64| if of.iter().any(|(from, days)| (from - *days as i64 + 1..=*from).contains(&back)) { lift } else { 1.0 };
        let world = World { promotions, day_noise: 0.04, ..World::quiet(420, 180, effect) };
        let Scores { promotions, others } = world.scores(if past.len() > 2 { 3 } else { 8 });
        let is_right = promotions.error() < most && (promotions.bias() - 1.0).abs() < 0.06 && others.error() < 0.045;
        assert!(is_right, "{past:?} × {lift}: {promotions:?}, {others:?}");
    }
}

/// Promotions of two days whose lift over 1 is proportional to their declared sizes, in a unit.
fn sized(sizes: &[f64; 5], unit: f64) -> World {
    let promotions: Vec<(i64, u64)> = [250, 180, 110, 40, -3].map(|back| (back, 2)).into();
    let (of, lifts) = (promotions.clone(), sizes.map(|size| 1.0 + size));
    let effect = move |back: i64| of.iter().position(|(from, _)| (from - 1..=*from).contains(&back)).map_or(1.0, |at| lifts[at]);
    World { promotions, sizes: sizes.map(|size| size * unit).into(), ..World::quiet(300, 1440, effect) }
}

#[test]
fn sizes_are_declared_in_any_unit() {
    for sizes in [[1.0, 2.0, 3.0, 2.0, 2.0], [0.5, 1.0, 1.5, 0.8, 2.0], [4.0, 2.0, 3.0, 1.5, 1.0]] {
        let promotions = sized(&sizes, 1.0).scores(3).promotions;
        assert!(promotions.error() < 0.08, "{sizes:?}: {promotions:?}");
        let plain = sized(&sizes, 1.0).forecast(1).0;
        for unit in [0.001, 0.1, 7.3, 1000.0] {
            let in_unit = sized(&sizes, unit).forecast(1).0;
            let numbers = |forecast: &Forecast| {
                let rows = forecast.mean.iter().zip(forecast.quantiles.iter());
                rows.flat_map(|((_, mean), (_, levels))| [mean.get()].into_iter().chain(levels.map(Contacts::get))).collect::<Vec<f64>>()
            };
            let near = |(plain, other): (&f64, &f64)| (plain - other).abs() < 1e-6 * (1.0 + plain);
            assert!(numbers(&plain).iter().zip(&numbers(&in_unit)).all(near), "{sizes:?} × {unit}");
        }
    }
}

#[test]
fn a_longer_one_goes_on_as_the_last_day_did_and_a_doubled_level_doubles_the_peak() {
    let past = [(250, 2), (180, 2), (110, 2), (40, 2)];
    let is_on = |back: i64, of: &[(i64, u64)]| of.iter().any(|(from, days)| (from - *days as i64 + 1..=*from).contains(&back));
    let longer: Vec<(i64, u64)> = past.into_iter().chain([(-3, 5)]).collect();
    let of = longer.clone();
    let world = World { promotions: longer, ..World::quiet(420, 180, move |back| if is_on(back, &of) { 3.0 } else { 1.0 }) };
    let promotions = world.scores(3).promotions;
    assert!(promotions.error() < 0.06, "{promotions:?}");
    let next: Vec<(i64, u64)> = past.into_iter().chain([(-3, 2)]).collect();
    let of = next.clone();
    let level = |back: i64| if back <= 28 { 2.0 } else { 1.0 };
    let world = World { promotions: next, ..World::quiet(420, 180, move |back| level(back) * if is_on(back, &of) { 3.0 } else { 1.0 }) };
    let promotions = world.scores(3).promotions;
    assert!(promotions.error() < 0.06, "{promotions:?}");
}

#[test]
fn a_back_test_sets_days_of_promotions_apart_beside_what_a_spreadsheet_says_of_them() {
    let promotions: Vec<(i64, u64)> = [(370, 2), (250, 2), (180, 2), (110, 2), (40, 2), (6, 2)].into();
    let of = promotions.clone();
    let effect = move |back: i64| if of.iter().any(|(from, days)| (from - *days as i64 + 1..=*from).contains(&back)) { 4.0 } else { 1.0 };
    let world = World { promotions, ..World::quiet(420, 1440, effect) };
    let (events, first) = (world.events(), read_date(START).unwrap());
    let counts = world.counts(&mut ChaCha8Rng::seed_from_u64(5));
    let (history, _) = ContactHistory::from_counts(&counts, Interval::DAY, &events, first).unwrap();
    let facts = Facts { events: &events, calendar: &Calendar::default(), drivers: &[] };
    let methods: [&'static dyn Method; 5] = [&MeanOfFourWeeks, &PastRatios, &LastYearsEvent, &Structured, &WeightedMean];
    let rows = backtest(&history, &facts, &methods, &[history.days() - 7], 7);
    let bias = |name: &str, number: usize| {
        let row = rows.iter().find(|row| row.method == name).unwrap();
        accuracy(&row.split(&events)[number]).bias
    };
    assert_eq!(rows[0].split(&events).map(|days| days.len()), [2, 5]);
    assert!(bias("mean_of_4_weeks", 0) < -0.7, "knows no promotion");
    for name in ["past_ratios", "last_years_event", "structured", "weighted_mean"] {
        assert!(bias(name, 0).abs() < 0.08, "{name}: {}", bias(name, 0));
    }
    assert!(["past_ratios", "last_years_event", "structured"].iter().all(|name| bias(name, 1).abs() < 0.06));
    let past = history.before(history.days() - 7).unwrap();
    let given = forecast(&past, &facts, Horizon { first: history.date(history.days() - 7), days: 7 }).unwrap();
    let row = rows.iter().find(|row| row.method == "weighted_mean").unwrap();
    let said: Vec<f64> = row.days.iter().flatten().map(|one| one.forecast).collect();
    assert_eq!(said, given.mean.iter().map(|(_, mean)| mean.get()).collect::<Vec<_>>(), "what people are given");
}

/// Forecast multiplier of the next promotion, and the learned one, where past ones had `lifts` and planners state one.
fn weighed(lifts: [f64; 4], stated: f64) -> (f64, f64) {
    let past = [(250, 2), (180, 2), (110, 2), (40, 2)];
    let on = move |back: i64| past.iter().position(|(from, days)| (from - days + 1..=*from).contains(&back)).map_or(1.0, |at| lifts[at]);
    let promotions = past.iter().map(|(from, days)| (*from, *days as u64)).chain([(-3, 2)]).collect();
    let world = World { promotions, ..World::quiet(420, 180, on) };
    let mut events = world.events();
    events[4].expected.volume = Some(Factor::new(stated).unwrap());
    let (first, interval) = (read_date(START).unwrap(), Interval::from_minutes(180).unwrap());
    let counts = world.counts(&mut ChaCha8Rng::seed_from_u64(3));
    let (history, _) = ContactHistory::from_counts(&counts, interval, &events, first).unwrap();
    let facts = Facts { events: &events, calendar: &Calendar::default(), drivers: &[] };
    let forecast = forecast(&history, &facts, Horizon { first, days: AHEAD }).unwrap();
    let is_on = |date: NaiveDate| events[4].is_on_date(date);
    let said: f64 = forecast.mean.iter().filter(|(at, _)| is_on(at.date())).map(|(_, mean)| mean.get()).sum();
    let ordinary: f64 = first.iter_days().take(AHEAD).filter(|date| is_on(*date)).map(|date| world.truth(date)).sum();
    let explained = forecast.explained.iter().find(|day| is_on(day.date)).unwrap();
    assert_eq!(explained.statements[0].stated, stated);
    (said / ordinary, explained.statements[0].learned)
}

#[test]
fn what_planners_state_is_weighed_against_what_past_promotions_did() {
    let alike = [3.0, 3.0, 3.0, 3.0];
    for stated in [1.5, 3.0, 6.0] {
        let (used, learned) = weighed(alike, stated);
        assert!((learned / 3.0).ln().abs() < 0.06, "{learned}");
        let (low, high) = (stated.min(3.0) * 0.95, stated.max(3.0) * 1.05);
        assert!((low..high).contains(&used) && (used / 3.0).ln().abs() < 0.6 * (stated / 3.0).ln().abs() + 0.05, "{stated}: {used}");
    }
    // promotions with varying effects are less informative on the next
    let (of_alike, of_varied) = (weighed(alike, 8.0).0, weighed([1.5, 6.0, 2.0, 4.5], 8.0).0);
    assert!(of_varied > 1.2 * of_alike, "{of_alike} {of_varied}");
}

#[test]
fn what_planners_state_multiplies_a_history_too_short_or_too_plain_to_learn_from() {
    for (days, plain) in [(10, false), (12, true), (28, true), (28, false), (90, true)] {
        let mut world = World { promotions: vec![(-3, 2)], ..World::quiet(days, 60, |_| 1.0) };
        world.day_noise = if plain { 0.0 } else { 0.1 };
        let first = read_date(START).unwrap();
        let mut counts = world.counts(&mut ChaCha8Rng::seed_from_u64(9));
        if plain {
            counts.iter_mut().for_each(|row| row.contacts = 6.0);
        }
        let mean_with = |stated: f64| {
            let mut events = world.events();
            events[0].expected.volume = Some(Factor::new(stated).unwrap());
            let (history, _) = ContactHistory::from_counts(&counts, Interval::from_minutes(60).unwrap(), &events, first).unwrap();
            let facts = Facts { events: &events, calendar: &Calendar::default(), drivers: &[] };
            let forecast = forecast(&history, &facts, Horizon { first, days: AHEAD }).unwrap();
            let is_on = |date: NaiveDate| events[0].is_on_date(date);
            forecast.mean.iter().filter(|(at, _)| is_on(at.date())).map(|(_, mean)| mean.get()).sum::<f64>()
        };
        let (ordinary, stated) = (mean_with(1.0), mean_with(2.5));
        assert!((stated / ordinary - 2.5).abs() < 0.05, "{days} days, plain {plain}: {stated} of {ordinary}");
    }
}

#[test]
fn few_contacts_with_promotions_stay_few() {
    for (mean, minutes) in [(0.3, 60), (0.5, 60), (1.0, 180), (2.0, 120), (0.5, 1440)] {
        let promotions: Vec<(i64, u64)> = [(330, 2), (250, 2), (180, 2), (110, 2), (40, 2), (-3, 2)].into();
        let of = promotions.clone();
        let effect =
            move |back: i64| if of.iter().any(|(from, days)| (from - *days as i64 + 1..=*from).contains(&back)) { 4.0 } else { 1.0 };
        let world = World { promotions, mean, day_noise: 0.0, ..World::quiet(400, minutes, effect) };
        let Scores { promotions, others } = world.scores(5);
        assert!((0.6..1.5).contains(&others.bias()), "{mean} a day in {minutes} minutes: {others:?}");
        assert!((0.3..2.5).contains(&promotions.bias()), "{mean} a day in {minutes} minutes: {promotions:?}");
    }
}

#[test]
fn a_promotion_entered_twice_or_in_two_parts_is_the_same_promotion() {
    let total = |promotions: Vec<(i64, u64)>| {
        let effect = |back: i64| if [40, 39, 110, 109, 180, 179].contains(&back) { 3.0 } else { 1.0 };
        let world = World { promotions, ..World::quiet(300, 180, effect) };
        let (forecast, _) = world.forecast(4);
        forecast.mean.iter().map(|(_, mean)| mean.get()).sum::<f64>()
    };
    let past = [(180, 2), (110, 2), (40, 2)];
    let with = |next: &[(i64, u64)]| total(past.iter().chain(next).copied().collect());
    let once = with(&[(-3, 2)]);
    for next in [[(-3, 2), (-3, 2)], [(-3, 2), (-4, 1)]] {
        assert!((with(&next) / once - 1.0).abs() < 0.03, "{next:?}: {} instead of {once}", with(&next));
    }
}

#[test]
fn a_weekday_that_is_worked_no_more_is_closed_and_weeks_without_counts_close_none() {
    let forecast_without = |missing: &dyn Fn(NaiveDate, i64) -> bool| {
        let world = World::quiet(120, 60, |_| 1.0);
        let first = read_date(START).unwrap();
        let mut counts = world.counts(&mut ChaCha8Rng::seed_from_u64(2));
        counts.retain(|row| !missing(row.start.date(), (first - row.start.date()).num_days()));
        let (history, _) = ContactHistory::from_counts(&counts, Interval::from_minutes(60).unwrap(), &[], first).unwrap();
        let facts = Facts { events: &[], calendar: &Calendar::default(), drivers: &[] };
        let forecast = forecast(&history, &facts, Horizon { first, days: 7 }).unwrap();
        std::array::from_fn::<f64, 7, _>(|day| {
            let date = first + Days::new(day as u64);
            forecast.mean.iter().filter(|(at, _)| at.date() == date).map(|(_, mean)| mean.get()).sum()
        })
    };
    let (whole, closed) = (forecast_without(&|_, _| false), chrono::Weekday::Wed);
    let without = forecast_without(&|date, back| date.weekday() == closed && back <= 24);
    assert!(without[2] == 0.0 && (without[1] / whole[1] - 1.0).abs() < 0.1, "{without:?} {whole:?}");
    let gap = forecast_without(&|_, back| (3..=24).contains(&back));
    assert!((0..7).all(|day| (gap[day] / whole[day] - 1.0).abs() < 0.2), "{gap:?} {whole:?}");
}

#[test]
fn hours_that_came_on_two_days_of_a_weekday_or_more_are_open_and_those_missing_on_three_are_closed() {
    for (seed, weeks) in [(1, 2), (2, 3), (3, 5), (4, 8), (5, 10)] {
        for (usual, now) in [(9..18, 9..20), (9..18, 7..18), (9..18, 9..16), (8..20, 10..16)] {
            let is_new = !usual.contains(&now.start) || !usual.contains(&(now.end - 1));
            if !is_new && weeks < 3 {
                continue;
            }
            let (world, first) = (World::quiet(140, 60, |_| 1.0), read_date(START).unwrap());
            let mut counts = world.counts(&mut ChaCha8Rng::seed_from_u64(seed));
            counts.retain(|row| {
                let back = (first - row.start.date()).num_days();
                let open = if back <= 7 * weeks { &now } else { &usual };
                open.contains(&row.start.hour())
            });
            let (history, _) = ContactHistory::from_counts(&counts, Interval::from_minutes(60).unwrap(), &[], first).unwrap();
            let facts = Facts { events: &[], calendar: &Calendar::default(), drivers: &[] };
            let forecast = forecast(&history, &facts, Horizon { first, days: 7 }).unwrap();
            let all: f64 = HOURS.iter().sum();
            for hour in 0..24 {
                let said: f64 = forecast.mean.iter().filter(|(at, _)| at.hour() == hour).map(|(_, mean)| mean.get()).sum();
                let truth: f64 = WEEKDAYS.iter().sum::<f64>() * world.mean * HOURS[hour as usize] / all;
                let is_right = if now.contains(&hour) { (said / truth - 1.0).abs() < 0.2 } else { said == 0.0 };
                assert!(is_right, "{usual:?}, {weeks} weeks {now:?}: {said} of {truth} at {hour}");
            }
        }
    }
}
