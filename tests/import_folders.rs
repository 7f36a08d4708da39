//! Folders that are written from exports, and exports whose periods overlap: no contact is lost on the way or counted twice.

#[path = "support/other_systems.rs"]
mod other_systems;
#[path = "support/truth.rs"]
mod truth;

use chrono::{NaiveDateTime, TimeDelta};
use other_systems::Choices;
use peakshift::input::{Folder, ImportOptions, Imported, new_plan_folder, read_exports};
use peakshift::messages::Lang;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use truth::{Truth, new_seeds, pick};

fn seeds(number: u64) -> std::ops::Range<u64> {
    new_seeds(std::env::var("EXPORT_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(number))
}

/// Names of queues that no identifier may have, or that two queues share but for a sign.
const NAMES: [&str; 12] = [
    "Support (EU)",
    "Support [EU]",
    "support",
    "Support",
    "客服一组",
    "在线/售前",
    "con",
    "a.b",
    "\"VIP\" = all",
    "Ünïcode & Co",
    "# 1",
    "a name that is much longer than any identifier of a queue may ever be, as some campaigns have",
];

/// Contacts, and those handled with their mean, by queue and start.
type Counts = BTreeMap<(String, NaiveDateTime), Vec<(String, String)>>;

fn entered<'a>(rows: impl Iterator<Item = (String, &'a peakshift::history::RawCount)>) -> Counts {
    let mut counts = Counts::new();
    for (queue, row) in rows {
        let handled = row.handled.map_or(String::new(), |of| format!("{} of {:.6} s", of.contacts, of.mean.get()));
        counts.entry((queue, row.start)).or_default().push((row.contacts.to_string(), handled));
    }
    counts.values_mut().for_each(|rows| rows.sort());
    counts
}

/// What is wrong with the folder that is written from an export.
fn fault(imported: &Imported, truth: &Truth) -> Option<String> {
    let files = new_plan_folder(imported, Some(&truth.zone), Lang::En)?;
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(file, text)| fs::write(folder.path().join(file), text).unwrap());
    let reading = Folder::named(folder.path()).read();
    let Some(inputs) = reading.inputs else {
        let told: Vec<String> =
            reading.problems.iter().map(|problem| format!("{} {} {:?}", problem.code, problem.value, problem.line)).collect();
        return Some(format!("{told:?}\n{}", files[0].1));
    };
    let name = |of: &peakshift::plan::QueueInputs| of.queue.name.clone();
    let found = entered(inputs.queues.iter().flat_map(|of| of.counts.iter().map(|row| (name(of), row))));
    let known: Vec<String> = imported.queues.iter().map(|queue| queue.name.clone()).collect();
    let expected = imported.counts.iter().filter(|(queue, _)| known.contains(queue));
    let expected = entered(expected.flat_map(|(queue, rows)| rows.iter().map(|row| (queue.clone(), row))));
    let differs = expected.iter().find(|(key, rows)| found.get(*key) != Some(*rows));
    if let Some((key, rows)) = differs {
        return Some(format!("{key:?}: {:?} for {rows:?}", found.get(key)));
    }
    (found.len() != expected.len()).then(|| format!("{} counts for {}", found.len(), expected.len()))
}

#[test]
fn a_folder_written_from_any_export_is_accepted_with_the_counts_of_the_export() {
    let (mut wrong, mut written) = (Vec::new(), 0);
    for seed in seeds(150) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut truth = Truth::new(&mut random);
        let mut choices = Choices::new(&mut random, &truth);
        if random.random_bool(0.5) && choices.encoding != "gbk" && !choices.queue.is_empty() {
            let first = random.random_range(0..NAMES.len());
            let names = (0..truth.queues.len()).map(|place| NAMES[(first + place) % NAMES.len()]);
            truth.queues = names.filter(|name| !name.contains(['"', choices.separator])).collect();
            let queues = truth.queues.len();
            truth.counts.retain(|count| count.queue < queues);
        }
        if truth.counts.is_empty() {
            continue;
        }
        choices.queue = if truth.queues.len() == 1 { "" } else { choices.queue };
        choices.order(&mut truth, &mut random);
        let folder = tempfile::tempdir().unwrap();
        let file: PathBuf = folder.path().join("export.csv");
        fs::write(&file, choices.written(&truth)).unwrap();
        let (imported, problems) = read_exports(&[file], &ImportOptions { zone: Some(truth.zone.clone()), ..ImportOptions::default() });
        if problems.has_errors() {
            continue;
        }
        written += 1;
        wrong.extend(fault(&imported, &truth).map(|what| format!("seed {seed}: {what}\n{choices:?} {:?}", truth.queues)));
    }
    assert!(wrong.is_empty(), "{} of {written} wrong:\n{}", wrong.len(), wrong.iter().take(8).cloned().collect::<Vec<_>>().join("\n"));
    assert!(written > 20, "{written} written");
}

/// Rows of a truth by intervals of so many minutes, in a form of the field.
fn export(truth: &Truth, minutes: u32, random: &mut ChaCha8Rng) -> String {
    let mut sums: BTreeMap<(NaiveDateTime, usize), (u32, u32)> = BTreeMap::new();
    for count in &truth.counts {
        let since = (count.start - count.start.date().and_time(chrono::NaiveTime::MIN)).num_minutes() % i64::from(minutes);
        let of = sums.entry((count.start - TimeDelta::minutes(since), count.queue)).or_default();
        *of = (of.0 + count.offered, of.1 + count.abandoned);
    }
    let (separator, format) = pick(random, &[(",", "%Y-%m-%d %H:%M"), (";", "%d-%b-%y %H:%M"), ("\t", "%Y-%m-%dT%H:%M:%S")]);
    let mut text = ["Interval Start", "Queue", "Offered", "Abandoned"].join(separator) + "\n";
    for ((start, queue), (offered, abandoned)) in sums {
        let cells = [start.format(format).to_string(), truth.queues[queue].to_owned(), offered.to_string(), abandoned.to_string()];
        text += &(cells.join(separator) + "\n");
    }
    text
}

#[test]
fn of_an_interval_in_several_exports_the_last_counts_and_nothing_is_added_up() {
    for seed in seeds(120) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let whole = Truth::new(&mut random);
        if whole.minutes == 1440 {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let (first, last) = (whole.counts[0].start.date(), whole.counts[whole.counts.len() - 1].start.date());
        let days = (last - first).num_days();
        let (mut files, mut expected) = (Vec::new(), BTreeMap::new());
        for number in 0..random.random_range(2..5) {
            let from = first + TimeDelta::days(random.random_range(0..=days - 7));
            let until = from + TimeDelta::days(random.random_range(6..=days));
            let mut part = whole.clone();
            part.counts.retain(|count| (from..=until).contains(&count.start.date()));
            // a later run of a report knows some intervals better
            part.counts.iter_mut().filter(|_| random.random_bool(0.05)).for_each(|count| count.offered += number);
            // some systems sum whole hours up
            let minutes = pick(&mut random, &[whole.minutes, whole.minutes, 60]);
            let file = folder.path().join(format!("{number}.csv"));
            fs::write(&file, export(&part, minutes, &mut random)).unwrap();
            files.push(file);
            // every file has all queues and hours of its days
            for date in part.counts.iter().map(|count| count.start.date()).collect::<std::collections::BTreeSet<_>>() {
                for queue in 0..whole.queues.len() {
                    let of = part.counts.iter().filter(|count| count.queue == queue && count.start.date() == date);
                    expected.insert((whole.queues[queue].to_owned(), date), of.map(|count| count.offered).sum::<u32>());
                }
            }
        }
        let (imported, problems) = read_exports(&files, &ImportOptions::default());
        assert!(!problems.has_errors(), "seed {seed}: {problems:?}");
        let mut found: BTreeMap<_, u32> = BTreeMap::new();
        for (queue, rows) in &imported.counts {
            rows.iter().for_each(|row| *found.entry((queue.clone(), row.start.date())).or_default() += row.contacts as u32);
        }
        assert_eq!(found, expected, "seed {seed}");
    }
}

/// A long log of contacts with lines of every kind among its rows.
fn long_log(random: &mut ChaCha8Rng) -> String {
    let others = [
        "\"open\n",
        "Total,,,9,\n",
        "Queue: night\n",
        "\n",
        "start,queue,answered,wait,talk\n",
        "# a remark: none\n",
        "2026-02-31 9:00,phone,yes,1,2\n",
        "2026-03-01 09:00:01,phone,yes,x,2\n",
        "a \"quote\",b\n",
        "03/01/2026 9:00 PM,phone,no,5,\n",
        "2026-03-01 09:00:01,phone,yes,1,2,3,4\n",
    ];
    let mut text = "start,queue,answered,wait,talk\n".to_owned();
    let is_damaged = random.random_bool(0.7);
    for row in 0..12_000 {
        let start = NaiveDateTime::default() + TimeDelta::seconds(1_770_000_000 + row * 61 + random.random_range(0..40));
        let queue = pick(random, &["phone", "chat", ""]);
        let (wait, talk) = (random.random_range(0..90), random.random_range(0..600));
        let end = pick(random, &["\n", "\r\n"]);
        write!(text, "{},{queue},yes,{wait},{talk}{end}", start.format("%Y-%m-%d %H:%M:%S")).unwrap();
        if is_damaged && random.random_bool(0.002) {
            text += pick(random, &others);
        }
    }
    text
}

#[test]
fn a_long_log_is_read_alike_at_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.csv");
    for seed in seeds(12) {
        let text = long_log(&mut ChaCha8Rng::seed_from_u64(seed));
        assert!(text.len() > 300_000, "a short text is read by one thread");
        fs::write(&file, text).unwrap();
        let read = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let (imported, problems) = read_exports(std::slice::from_ref(&file), &ImportOptions::default());
                let told: Vec<String> = problems.iter().map(|problem| problem.describe(Lang::En)).collect();
                format!("{imported:?} {told:?}")
            })
        };
        let expected = read(1);
        [2, 3, 8].iter().for_each(|threads| assert_eq!(read(*threads), expected, "seed {seed}, {threads} threads"));
    }
}

#[test]
fn files_of_one_time_with_other_counts_throughout_are_asked_about() {
    for seed in seeds(40) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, usual: u32, random: &mut ChaCha8Rng| {
            let mut text = "start,offered\n".to_owned();
            for half in 18..34 {
                for day in 2..=8 {
                    let offered = random.random_range(usual..usual + 20);
                    let _ = writeln!(text, "2026-03-{day:02} {:02}:{:02},{offered}", half / 2, half % 2 * 30);
                }
            }
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let files = [file("sales.csv", 20, &mut random), file("support.csv", 30, &mut random)];
        let codes = |files: &[PathBuf]| {
            let (_, problems) = read_exports(files, &ImportOptions::default());
            problems.iter().map(|problem| problem.code).collect::<Vec<_>>()
        };
        assert!(codes(&files).contains(&"counted_otherwise_in_earlier_file"), "{seed}: two queues are no newer run");
        assert_eq!(codes(&[files[0].clone(), files[0].clone()]), ["counted_in_earlier_file"], "{seed}: the same again is told");
    }
}
