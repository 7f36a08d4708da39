//! Generates the worked example's two years of history: a seeded generator on the shop's published figures.
//!
//! `cargo run --release --example qinghe_history -- FOLDER` writes `history_chat.csv`, `history_phone.csv` and `history_tickets.csv` into
//! FOLDER (default `data/qinghe`, whose promotions, calendar and day curves it reads).
//!
//! Contacts of an interval are Poisson with mean: a Wednesday's contacts × weekday factor × 1.2 % growth a month × holiday factor × a
//! lognormal day effect (4 %) × the day curve × every active promotion (its multiplier off by a lognormal 8 %).

use chrono::{Datelike, Days, NaiveDate, Timelike};
use peakshift::calendar::DayKind;
use peakshift::event::{DayCurve, Event};
use peakshift::input::Folder;
use peakshift::service::Queue;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Poisson};
use std::fmt::Write as _;
use std::path::Path;

/// Ordinary week of a queue.
struct Ordinary {
    file: &'static str,
    /// Contacts of a Wednesday, before bots, in November 2026.
    wednesday: f64,
    /// Weekday factors, Monday to Sunday.
    weekdays: [f64; 7],
    /// Name of its day curve.
    curve: &'static str,
}

const QUEUES: [(&str, Ordinary); 4] = [
    (
        "presale_chat",
        Ordinary { file: "history_chat.csv", wednesday: 3429.0, weekdays: [1.04, 1.01, 1.00, 0.99, 0.98, 0.98, 1.00], curve: "chat" },
    ),
    (
        "aftersale_chat",
        Ordinary { file: "history_chat.csv", wednesday: 1173.0, weekdays: [1.18, 1.06, 1.00, 0.98, 0.95, 0.90, 0.93], curve: "aftersale" },
    ),
    (
        "phone",
        Ordinary { file: "history_phone.csv", wednesday: 210.0, weekdays: [1.25, 1.08, 1.00, 0.98, 0.95, 0.86, 0.88], curve: "phone" },
    ),
    (
        "ticket_email",
        Ordinary { file: "history_tickets.csv", wednesday: 100.0, weekdays: [1.18, 1.06, 1.00, 0.98, 0.95, 0.90, 0.93], curve: "phone" },
    ),
];

const FIRST: (i32, u32, u32) = (2024, 12, 2);
const DAYS: u64 = 728;
const GROWTH_A_MONTH: f64 = 0.012;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "data/qinghe".into());
    std::fs::create_dir_all(&folder)?;
    let inputs = Folder::named(Path::new("data/qinghe")).read_facts();
    let mut random = ChaCha8Rng::seed_from_u64(20_261_111);
    let mut files: Vec<(&str, String)> = vec![
        ("history_chat.csv", "统计时间,技能组,咨询人数\n".into()),
        ("history_phone.csv", "时段,技能组,呼入量\n".into()),
        ("history_tickets.csv", "start,queue,offered\n".into()),
    ];
    let (year, month, day) = FIRST;
    let first = NaiveDate::from_ymd_opt(year, month, day).ok_or("no such date")?;
    for date in (0..DAYS).map(|day| first + Days::new(day)) {
        for (id, ordinary) in &QUEUES {
            let queue = inputs.queues.iter().find(|queue| queue.id.as_str() == *id).ok_or("no such queue")?;
            let curve = inputs.curves.iter().find(|curve| curve.name == ordinary.curve).ok_or("no such curve")?;
            let events: Vec<&Event> = inputs.events.iter().filter(|event| event.touches(&queue.id) && event.is_on_date(date)).collect();
            let level = level(date, ordinary, &inputs.calendar) * LogNormal::new(-0.0008, 0.04)?.sample(&mut random);
            let surprise = LogNormal::new(0.0, 0.08)?.sample(&mut random);
            let text = &mut files.iter_mut().find(|(file, _)| *file == ordinary.file).ok_or("no such file")?.1;
            for (half_hour, mean) in means(date, queue, curve, level, &events, surprise).into_iter().enumerate() {
                if let Some(mean) = mean {
                    let count: f64 = if mean > 0.0 { Poisson::new(mean)?.sample(&mut random) } else { 0.0 };
                    writeln!(text, "{date}T{:02}:{:02},{id},{count:.0}", half_hour / 2, half_hour % 2 * 30)?;
                }
            }
        }
    }
    for (file, text) in files {
        std::fs::write(Path::new(&folder).join(file), text)?;
    }
    println!("history of {DAYS} days written to {folder}");
    Ok(())
}

fn level(date: NaiveDate, ordinary: &Ordinary, calendar: &peakshift::calendar::Calendar) -> f64 {
    let months = f64::from((date.year() - 2026) * 12 + date.month() as i32 - 11) + f64::from(date.day()) / 30.0;
    let holiday = match calendar.special(date).map(|day| day.kind) {
        Some(DayKind::Statutory) => 0.80,
        Some(DayKind::BridgeOff) => 0.92,
        Some(DayKind::MakeupWork) => 1.08,
        None => 1.0,
    };
    ordinary.wednesday * ordinary.weekdays[date.weekday().num_days_from_monday() as usize] * (1.0 + GROWTH_A_MONTH).powf(months) * holiday
}

/// Mean contacts of each half-hour; `None` where the desk is closed. The desk is open round the clock on 10 to 12 November.
fn means(date: NaiveDate, queue: &Queue, ordinary: &DayCurve, level: f64, events: &[&Event], surprise: f64) -> Vec<Option<f64>> {
    let half_hour = |index: usize| date.and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::minutes(30 * index as i64);
    let usual: Vec<bool> = (0..48).map(|index| queue.hours.is_open(half_hour(index))).collect();
    let all_night = ordinary.name == "chat" && date.month() == 11 && (10..=12).contains(&date.day());
    let curve = |index: usize| ordinary.hours[half_hour(index).hour() as usize];
    let open_share: f64 = (0..48).filter(|&index| usual[index]).map(curve).sum();
    let mut means: Vec<f64> = (0..48).map(|index| level * curve(index) / open_share).collect();
    for event in events {
        let on: Vec<usize> = (0..48).filter(|&index| event.is_on(half_hour(index))).collect();
        let multiplier = event.expected.volume.map_or(1.0, |factor| 1.0 + (factor.get() - 1.0) * surprise);
        if let Some(own) = &event.expected.curve {
            let own_share = |index: usize| own.hours[half_hour(index).hour() as usize];
            let usual_on: Vec<usize> = on.iter().copied().filter(|&index| usual[index]).collect();
            let contacts: f64 = usual_on.iter().map(|&index| means[index]).sum();
            let weight: f64 = usual_on.iter().map(|&index| own_share(index)).sum();
            on.iter().for_each(|&index| means[index] = multiplier * contacts * own_share(index) / weight);
        } else {
            on.iter().for_each(|&index| means[index] *= multiplier);
        }
    }
    (0..48).map(|index| (usual[index] || all_night).then_some(means[index])).collect()
}
