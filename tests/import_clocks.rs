//! Clocks of twelve hours without AM and PM: read where the order of a table shows them, else refused with both readings, one of which is what
//! happened; never the night for the afternoon.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/truth.rs"]
mod truth;

use desk::{
    Desk, HALVES, LAYOUTS, ONLY, became, became_of, clock, codes, difference, fault_of_folder, found, read, seeds, tried, with_map, written,
};
use peakshift::input::Folder;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fs;
use truth::pick;

/// Whether an evening is written like a morning: nothing in a file could tell.
fn looks_like_a_morning(desk: &Desk) -> bool {
    let hours = || desk.minutes.iter().map(|minute| minute / 60);
    let shown = || hours().map(|hour| if hour % 12 == 0 { 12 } else { hour % 12 });
    let falls = desk.minutes.windows(2).any(|pair| pair[1] % 720 < pair[0] % 720);
    hours().any(|hour| hour > 12 || hour == 0) && !falls && shown().all(|hour| (5..13).contains(&hour))
}

#[test]
fn clocks_of_twelve_hours_without_marks_are_read_by_their_order_or_asked_about() {
    let (right, refused) = tried(seeds(300), |random, folder| {
        let desk = Desk::new(random, &[ONLY]);
        let (layout, form) = (pick(random, &LAYOUTS), pick(random, &["%-I:%M", "%I:%M", "%-I:%M:%S"]));
        if looks_like_a_morning(&desk) {
            return None;
        }
        let rows = desk.table(layout, "Time", &|minute| clock(minute, form));
        let file = written(folder, &rows, false);
        Some((format!("{layout} {form} {:?}", desk.minutes), became_of(&file, &desk.counts, &HALVES, desk.is_of_half())))
    });
    assert!(right > 30 && refused > 30, "{right} right, {refused} refused");
}

#[test]
fn work_over_noon_is_read_from_heads_of_twelve_hours_without_a_question() {
    let (right, refused) = tried(seeds(60), |random, folder| {
        let open = random.random_range(6..12) * 60;
        let all = random.random_range(14 * 60..(open + 719).min(23 * 60)) / 60 * 60 - open;
        let length = pick(random, &[30, 60]);
        let desk = Desk::of(random, (open, all, length), &[ONLY]);
        let layout = pick(random, &LAYOUTS[1..]);
        let file = written(folder, &desk.table(layout, "Time", &|minute| clock(minute, "%-I:%M")), false);
        Some((format!("{layout} {:?}", desk.minutes), became(&file, &desk.counts, &[])))
    });
    assert!(right > 0 && refused == 0, "{right} right, {refused} refused");
}

#[test]
fn clocks_of_24_hours_are_asked_about_by_night_alone() {
    let (right, refused) = tried(seeds(200), |random, folder| {
        let desk = Desk::new(random, &[ONLY]);
        let (layout, form) = (pick(random, &LAYOUTS), pick(random, &["%H:%M", "%-H:%M", "%-I:%M %p", "%I:%M%p"]));
        let is_early = desk.minutes.iter().all(|minute| (60..780).contains(minute)) && !form.contains("%p");
        let file = written(folder, &desk.table(layout, "Time", &|minute| clock(minute, form)), false);
        Some((format!("{layout} {form} {:?}", desk.minutes), became(&file, &desk.counts, if is_early { &HALVES } else { &[] })))
    });
    assert!(right > refused, "{right} right, {refused} refused");
}

#[test]
fn a_clock_of_the_map_holds_for_heads_and_rows() {
    for seed in seeds(120) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let open = random.random_range(0..24) * 60;
        let length = pick(&mut random, &[15, 30, 60]);
        let all = random.random_range(3..=12) * 60;
        let desk = Desk::of(&mut random, (open, all, length), &[ONLY]);
        let layout = pick(&mut random, &LAYOUTS);
        let folder = tempfile::tempdir().unwrap();
        let file = written(folder.path(), &desk.table(layout, "Time", &|minute| clock(minute, "%-I:%M")), false);
        let (imported, problems) = read(&file, &with_map(&file, &format!("clock = \"12h_from_{:02}:00\"", open / 60)));
        assert_eq!(codes(&problems), [""; 0], "seed {seed} {layout} {:?}", desk.minutes);
        assert_eq!(difference(&found(&imported), &desk.counts), None, "seed {seed} {layout} {:?}", desk.minutes);
        assert_eq!(fault_of_folder(&imported), None, "seed {seed} {layout} {:?}", desk.minutes);
    }
}

#[test]
fn a_history_of_the_afternoon_is_asked_about_where_opening_hours_do_not_decide() {
    let plan = |open: &str, close: &str| {
        format!(
            "[plan]\nfirst_day = 2026-11-30\ndays = 7\n\n[files]\nhistory = [\"history.csv\"]\nagents = \"agents.csv\"\nshifts = \"shifts.csv\"\n\n[[queue]]\nid = \"q\"\nchannel = \"voice\"\nopen = \"{open}\"\nclose = \"{close}\"\n\n[queue.targets]\nservice_level = 0.8\nanswer_within_seconds = 20\n"
        )
    };
    let mut text = "start,offered\n".to_owned();
    for day in 2..16 {
        let rows = (2..11).map(|slot| format!("2026-11-{day:02} {:02}:{:02},{}\n", slot / 2, slot % 2 * 30, day + slot));
        text += &rows.collect::<String>();
    }
    for (open, close, is_asked) in [("01:00", "06:00", false), ("13:00", "18:00", true), ("00:00", "24:00", true)] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("history.csv"), &text).unwrap();
        fs::write(folder.path().join("plan.toml"), plan(open, close)).unwrap();
        let reading = Folder::named(folder.path()).read();
        let asked: Vec<_> = reading.problems.iter().filter(|problem| problem.code == "night_or_afternoon").collect();
        assert_eq!(asked.len(), usize::from(is_asked), "{open}: {:?}", reading.problems);
        assert!(asked.iter().all(|problem| problem.readings.len() == 2 && problem.file == "history.csv"));
    }
}
