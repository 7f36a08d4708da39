//! What happened in invented contact centres, before any system wrote it down.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use peakshift::zone::Zone;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// Counts of one queue and interval.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    pub(crate) start: NaiveDateTime,
    pub(crate) queue: usize,
    pub(crate) offered: u32,
    pub(crate) abandoned: u32,
    pub(crate) seconds: u32,
}

impl Count {
    pub(crate) fn handled(&self) -> u32 {
        self.offered - self.abandoned
    }
}

/// What happened, before any system wrote it down.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    pub(crate) queues: Vec<&'static str>,
    pub(crate) counts: Vec<Count>,
    /// Minutes of an interval; 1440 for days.
    pub(crate) minutes: u32,
    pub(crate) zone: Zone,
}

const NAMES: [&str; 8] = ["Support", "Billing", "Sales EU", "Retention", "VIP-Line", "Orders_2", "Techniker", "Claims"];
const ZONES: [&str; 4] = ["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Europe/London"];

pub(crate) fn pick<T: Copy>(random: &mut ChaCha8Rng, of: &[T]) -> T {
    of[random.random_range(0..of.len())]
}

impl Truth {
    pub(crate) fn new(random: &mut ChaCha8Rng) -> Self {
        let minutes = pick(random, &[15, 30, 30, 60, 60, 1440]);
        let queues = NAMES[..].iter().copied().skip(random.random_range(0..4)).take(random.random_range(1..=4)).collect::<Vec<_>>();
        let first =
            NaiveDate::from_ymd_opt(2026, pick(random, &[2, 3, 9, 10, 12]), 1).unwrap() + TimeDelta::days(random.random_range(0..28));
        let (open, close) = (random.random_range(6..11), random.random_range(15..23));
        let mut counts = Vec::new();
        let shapes: Vec<(f64, u32, f64)> =
            queues.iter().map(|_| (random.random_range(3.0..40.0), random.random_range(60..700), random.random_range(0.0..6.3))).collect();
        for day in 0..random.random_range(3..=8) * 7 {
            let date = first + TimeDelta::days(day);
            let slots = if minutes == 1440 { 0..1 } else { open * 60 / minutes..close * 60 / minutes };
            for slot in slots {
                for (queue, (volume, seconds, phase)) in shapes.iter().enumerate() {
                    let of_day = if date.weekday().num_days_from_monday() > 4 { 0.5 } else { 1.0 };
                    let mean = volume * of_day * (1.3 + (f64::from(slot * minutes) / 229.0 + phase).sin());
                    let offered = (mean * random.random_range(0.7..1.3)).round() as u32 * if minutes == 1440 { 20 } else { 1 };
                    let abandoned = if random.random_bool(0.4) { offered / 12 } else { 0 };
                    let seconds = seconds + random.random_range(0..seconds / 6);
                    let start = date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes((slot * minutes).into());
                    counts.push(Count { start, queue, offered, abandoned, seconds });
                }
            }
        }
        Self { queues, counts, minutes, zone: pick(random, &ZONES).parse().unwrap() }
    }

    /// Contacts of seven days, contacts by hour and mean handling time of a queue.
    pub(crate) fn figures(&self, queue: usize) -> (f64, [f64; 24], f64) {
        let of = || self.counts.iter().filter(|count| count.queue == queue && count.offered > 0);
        let (first, last) = (of().map(|count| count.start.date()).min().unwrap(), of().map(|count| count.start.date()).max().unwrap());
        let mut hours = [0.0; 24];
        of().for_each(|count| hours[count.start.hour() as usize] += f64::from(count.offered));
        let handled: f64 = of().map(|count| f64::from(count.handled())).sum();
        let seconds: f64 = of().map(|count| f64::from(count.handled() * count.seconds)).sum();
        (hours.iter().sum::<f64>() * 7.0 / ((last - first).num_days() + 1) as f64, hours, seconds / handled)
    }
}

/// Seeds that no run before had, unless `EXPORT_SEED` names the first: a failure tells it.
pub(crate) fn new_seeds(number: u64) -> std::ops::Range<u64> {
    let named = std::env::var("EXPORT_SEED").ok().and_then(|seed| seed.parse().ok());
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let first = named.unwrap_or(since_1970.as_millis() as u64);
    first..first + number
}
