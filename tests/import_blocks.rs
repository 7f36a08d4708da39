//! Tables below one another in one sheet: of the queues that lines above them state, pages of one table, or refused.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/truth.rs"]
mod truth;

use desk::{Desk, ONLY, at, became, clock, codes, found, read, seeds, tried, with_map, written};
use peakshift::input::ImportOptions;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use truth::pick;

/// Tables below one another, each of a queue, with titles as `title` writes them.
fn blocks(desk: &Desk, queues: &[&str], has_more: bool, title: &dyn Fn(&str) -> Vec<String>) -> Vec<Vec<String>> {
    let text = |text: &str| text.to_owned();
    let mut rows = Vec::new();
    for queue in queues {
        rows.extend(Some(title(queue)).filter(|row| !row.is_empty()));
        let more = if has_more { vec![text("Answered"), text("AHT")] } else { Vec::new() };
        rows.push([vec![text("Interval Start"), text("Offered")], more].concat());
        for day in &desk.days {
            for minute in &desk.minutes {
                let count = desk.count(queue, *day, *minute);
                let more = if has_more { vec![count.clone(), text("300")] } else { Vec::new() };
                rows.push([vec![at(*day, *minute).format("%Y-%m-%d %H:%M").to_string(), count], more].concat());
            }
        }
        rows.push(vec![String::new()]);
    }
    rows
}

/// A desk by day.
fn by_day(random: &mut ChaCha8Rng, queues: &[&str]) -> Desk {
    let (open, length) = (random.random_range(8..11) * 60, pick(random, &[15, 30, 60]));
    let all = random.random_range(5..9) * 60;
    Desk::of(random, (open, all, length), queues)
}

const QUEUES: [&str; 3] = ["Sales", "Support EU", "投诉"];

#[test]
fn tables_below_one_another_are_of_the_queues_that_lines_above_them_state() {
    let (right, refused) = tried(seeds(60), |random, folder| {
        let queues = &QUEUES[..random.random_range(2..=3)];
        let desk = by_day(random, queues);
        let word = pick(random, &["Queue: ", "Skill: ", "技能组：", "Queue Name:", "Split/Skill: "]);
        let rows = blocks(&desk, queues, random.random_bool(0.5), &|queue| vec![format!("{word}{queue}")]);
        let file = written(folder, &rows, random.random_bool(0.5));
        Some((format!("{word} {}", queues.len()), became(&file, &desk.counts, &[])))
    });
    assert!(right > 0 && refused == 0, "{right} right, {refused} refused");
}

#[test]
fn tables_below_one_another_that_nothing_tells_apart_are_refused_unless_the_map_names_their_queue() {
    let (right, refused) = tried(seeds(60), |random, folder| {
        let queues = &QUEUES[..random.random_range(2..=3)];
        let desk = by_day(random, queues);
        let form = pick(random, &["", "plain", "first", "second"]);
        let title = |queue: &str| match form {
            "plain" => vec![queue.to_owned()],
            "first" if queue == queues[0] => vec![format!("Queue: {queue}")],
            "second" if queue == queues[1] => vec![format!("Queue: {queue}")],
            _ => Vec::new(),
        };
        let file = written(folder, &blocks(&desk, queues, random.random_bool(0.5), &title), random.random_bool(0.5));
        let became = became(&file, &desk.counts, &["blocks_unnamed", "blocks_half_named"]);
        if form.is_empty() {
            let (imported, problems) = read(&file, &with_map(&file, "queue_id = \"all\""));
            let sum: u32 = found(&imported).values().sum();
            assert_eq!((codes(&problems), sum), (vec![], desk.counts.values().sum()));
        }
        Some((form.to_owned(), became))
    });
    assert!(right == 0 && refused > 0, "{right} right, {refused} refused");
}

#[test]
fn a_table_of_other_columns_below_another_is_refused_with_its_line() {
    for seed in seeds(40) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let desk = by_day(&mut random, &QUEUES[..2]);
        let mut rows = blocks(&desk, &QUEUES[..2], true, &|queue| vec![format!("Queue: {queue}")]);
        let header = rows.iter().rposition(|row| row[0] == "Interval Start").unwrap();
        let (one, other) = pick(&mut random, &[(0, 1), (1, 2), (2, 3), (1, 3)]);
        rows[header..].iter_mut().filter(|row| row.len() > 3).for_each(|row| row.swap(one, other));
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), &rows, random.random_bool(0.5));
        let (_, problems) = read(&file, &ImportOptions::default());
        let told: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
        assert_eq!(told, [("header_changes", Some(header + 1))], "seed {seed}");
    }
}

#[test]
fn a_header_on_each_page_of_one_table_is_no_other_table() {
    let (right, refused) = tried(seeds(60), |random, folder| {
        let desk = by_day(random, &[ONLY]);
        let mut rows = desk.table("long", "Time", &|minute| clock(minute, "%H:%M"));
        let header = rows[0].clone();
        let page = random.random_range(20..60);
        let mut place = page;
        while place < rows.len() {
            rows.insert(place, header.clone());
            place += page;
        }
        Some((format!("{page} a page"), became(&written(folder, &rows, random.random_bool(0.5)), &desk.counts, &[])))
    });
    assert!(right > 0 && refused == 0, "{right} right, {refused} refused");
}
