//! What a report says beside its figures: the zone of all times, blanks and dashes, sums of dates, a date that stands once for its rows.

#[path = "support/exported.rs"]
mod exported;
#[path = "support/truth.rs"]
mod truth;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use exported::{HEADER, cells, errors, fault, of_intervals, read, read_in, stamp, warnings};
use peakshift::input::{ImportOptions, read_exports};
use peakshift::zone::{LocalTime, Zone};
use rand::RngExt;
use rust_xlsxwriter::{Format, Workbook};
use std::fmt::Write;
use std::fs;
use truth::pick;

/// Number of reports of each kind.
const SEEDS: u64 = 40;

fn text_of(header: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = header.join(",") + "\n";
    rows.iter().for_each(|row| writeln!(text, "{}", row.join(",")).unwrap());
    text
}

#[test]
fn a_sentence_says_in_which_zone_all_times_are() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let zones = [("UTC", "UTC"), ("America/New_York", "America/New_York"), ("UTC+8", "Asia/Shanghai"), ("(GMT+05:30)", "Asia/Kolkata")];
        let (name, of_file) = pick(&mut random, &zones);
        let of_file: Zone = of_file.parse().unwrap();
        let local = |start: NaiveDateTime| of_file.local_at(truth.zone.utc_at(start));
        // an hour that its clocks repeat has each time twice, and no stamp tells which
        if truth.counts.iter().any(|count| of_file.local_time(local(count.start)) == LocalTime::Repeated) {
            continue;
        }
        let moved = |start: NaiveDateTime| stamp(local(start));
        let sentence = pick(&mut random, &["All times in {}", "* Times are shown in {}.", "Time zone: {}", "所有时间均为 {}"]);
        let sentence = sentence.replace("{}", name);
        let table = text_of(&HEADER, &cells(&truth, moved));
        let text = if random.random_bool(0.5) { format!("{sentence}\n\n{table}") } else { format!("{table}\n{sentence}\n") };
        let (imported, problems) = read_in(Some(&truth.zone), &text);
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}: {sentence}");
    }
}

#[test]
fn a_blank_count_is_told_or_refused_and_a_dash_is_none() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let mut rows = cells(&truth, stamp);
        let blank = pick(&mut random, &["", "N/A", "#N/A", "-", "--", "—"]);
        let (is_dash, counts_else) = (blank.starts_with(['-', '—']), random.random_bool(0.4));
        // blanks beside nothing; or one beside contacts that were handled
        for row in &mut rows {
            if row[2] == "0" {
                row[2..].iter_mut().for_each(|cell| blank.clone_into(cell));
            }
        }
        let busy = rows.iter().position(|row| row[2] != blank && row[3].parse::<u32>().is_ok_and(|handled| handled > 0)).unwrap();
        if counts_else && !is_dash {
            blank.clone_into(&mut rows[busy][2]);
        }
        let has_blanks = rows.iter().any(|row| row[2] == blank);
        let (imported, problems) = read("report.csv", text_of(&HEADER, &rows).as_bytes(), None);
        if counts_else && !is_dash {
            let found = errors(&problems);
            assert!(found.len() == 1 && found[0].starts_with(&format!("count_missing Some({})", busy + 2)), "seed {seed}: {found:?}");
        } else {
            assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}");
            assert_eq!(warnings(&problems).contains(&"counts_blank"), has_blanks && !is_dash, "seed {seed}");
        }
    }
}

/// Contacts of a queue on a date, or of all queues.
fn of_day(truth: &truth::Truth, date: NaiveDate) -> u32 {
    truth.counts.iter().filter(|count| count.start.date() == date).map(|count| count.offered).sum()
}

#[test]
fn sums_of_dates_are_left_out_however_they_are_written() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let (word, form) =
            (pick(&mut random, &["Total", "Summe", "小计", "Subtotal:"]), pick(&mut random, &["%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d"]));
        let in_time = random.random_bool(0.5) && truth.queues.len() == 1;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut last = None;
        let sum = |date: NaiveDate| {
            let begin =
                if in_time { vec![date.to_string(), String::new()] } else { vec![format!("{word} {}", date.format(form)), String::new()] };
            let queue = if in_time { truth.queues[0] } else { "" };
            [begin, vec![queue.to_owned(), of_day(&truth, date).to_string(), String::new(), String::new(), String::new()]].concat()
        };
        for row in cells(&truth, |start| vec![start.format("%Y-%m-%d").to_string(), start.format("%H:%M").to_string()]) {
            let date: NaiveDate = row[0].parse().unwrap();
            if let Some(before) = last.filter(|before| *before != date) {
                rows.push(sum(before));
            }
            last = Some(date);
            rows.push(row);
        }
        rows.push(sum(last.unwrap()));
        let header = ["Date", "Time", "Queue", "Offered", "Handled", "Abandoned", "AHT"];
        let (imported, problems) = read("report.csv", text_of(&header, &rows).as_bytes(), None);
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}: {word} {form} {in_time}");
        assert!(warnings(&problems).contains(&"summaries_left_out"), "seed {seed}");
    }
}

#[test]
fn a_date_or_queue_that_stands_once_is_that_of_all_its_rows_and_a_count_is_not() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let rows = cells(&truth, |start| vec![start.format("%Y-%m-%d").to_string(), start.format("%H:%M").to_string()]);
        // queue by queue, so that a queue's name can be merged too
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|place| (&rows[*place][2], *place));
        let merges_count = random.random_bool(0.25);
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let header = ["Date", "Time", "Queue", "Offered", "Handled", "Abandoned", "AHT"];
        for (column, name) in header.iter().enumerate() {
            sheet.write(0, column as u16, *name).unwrap();
        }
        for (line, place) in order.iter().enumerate() {
            for (column, cell) in rows[*place].iter().enumerate() {
                match cell.parse::<f64>() {
                    Ok(number) if column > 2 => sheet.write(line as u32 + 1, column as u16, number),
                    _ => sheet.write(line as u32 + 1, column as u16, cell),
                }
                .unwrap();
            }
        }
        let plain = Format::new();
        let columns: &[usize] = if random.random_bool(0.5) { &[0] } else { &[0, 2] };
        for column in columns {
            let mut from = 0;
            while from < order.len() {
                let text = &rows[order[from]][*column];
                let like = order[from..].iter().take_while(|place| rows[**place][*column] == *text).count();
                if like > 1 {
                    let place = (from as u32 + 1, *column as u16);
                    sheet.merge_range(place.0, place.1, place.0 + like as u32 - 1, place.1, text, &plain).unwrap();
                }
                from += like;
            }
        }
        if merges_count {
            sheet.merge_range(1, 3, 2, 3, "40", &plain).unwrap();
        }
        let (imported, problems) = read("report.xlsx", &book.save_to_buffer().unwrap(), None);
        if merges_count {
            assert!(
                errors(&problems).iter().any(|error| error.starts_with("merged_cells Some(2)")),
                "seed {seed}: {:?}",
                errors(&problems)
            );
        } else {
            assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}");
        }
    }
}

#[test]
fn starts_are_known_by_every_name_of_a_beginning() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let names = ["start_utc", "Start UTC", "Start (UTC)", "interval_start_utc", "UTC Start"];
        let name = pick(&mut random, &names);
        let has_local = random.random_bool(0.5);
        let of_utc = |start: NaiveDateTime| stamp(truth.zone.utc_at(start));
        let both = |start: NaiveDateTime| [of_utc(start), stamp(start)].concat();
        let header = [name, "Start Local", "Queue", "Offered", "Handled", "Abandoned", "AHT"];
        let (header, rows) =
            if has_local { (header.to_vec(), cells(&truth, both)) } else { ([&header[..1], &header[2..]].concat(), cells(&truth, of_utc)) };
        let (imported, problems) = read_in(Some(&truth.zone), &text_of(&header, &rows));
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}: {header:?}");
    }
    for form in ["%Y%m%d%H%M", "%Y%m%d%H%M%S", "%Y%m%d %H%M", "%Y%m%d %H:%M", "%Y%m%dT%H%M%S"] {
        let (_, truth) = of_intervals(1);
        for name in ["Interval", "Start", "时段", "Interval Start"] {
            let header = [&[name], &HEADER[1..]].concat();
            let rows = cells(&truth, |start| vec![start.format(form).to_string()]);
            let (imported, problems) = read("report.csv", text_of(&header, &rows).as_bytes(), None);
            assert_eq!(fault(&imported, &problems, &truth, true), None, "{name} {form}");
        }
    }
}

#[test]
fn numbers_that_no_count_can_be_are_named_in_a_table_of_any_size() {
    for bad in ["-5", "NaN", "inf", "-inf", "1e400"] {
        let text = format!("start,queue,offered calls\n2026-10-12 09:00,Support,{bad}\n2026-10-12 09:30,Support,{bad}\n");
        let (_, problems) = read("report.csv", text.as_bytes(), None);
        let found = errors(&problems);
        assert!(found.iter().all(|error| error.starts_with("not_a_number") || error.starts_with("count_")), "{bad}: {found:?}");
        assert!(!found.is_empty(), "{bad}");
    }
}

#[test]
fn offsets_on_both_sides_of_a_clock_change_need_a_zone() {
    for seed in 0..SEEDS {
        let (_, truth) = of_intervals(seed);
        let offset = |start: NaiveDateTime| {
            let minutes = truth.zone.offset_minutes(start);
            format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60)
        };
        let rows = cells(&truth, |start| vec![format!("{}{}", start.format("%Y-%m-%dT%H:%M:%S"), offset(start))]);
        let changes = truth.counts.iter().any(|count| offset(count.start) != offset(truth.counts[0].start));
        let text = text_of(&HEADER, &rows);
        let (imported, problems) = read_in(Some(&truth.zone), &text);
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}");
        let (imported, problems) = read_in(None, &text);
        if changes {
            let found = errors(&problems);
            assert!(found.len() == 1 && found[0].starts_with("several_offsets"), "seed {seed}: {found:?}");
        } else if offset(truth.counts[0].start) == "+00:00" {
            // London in winter or UTC: nobody knows
            assert!(errors(&problems)[0].starts_with("utc_times"), "seed {seed}");
        } else {
            assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}");
        }
    }
}

#[test]
fn files_of_one_system_share_the_order_of_their_dates() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let form = pick(&mut random, &["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%-d.%-m.%y %H:%M"]);
        // the first twelve days of a month alone, and all others
        let is_open = |count: &truth::Count| count.start.day() <= 12;
        let rows = cells(&truth, |start| vec![start.format(form).to_string()]);
        let of = |is_early: bool| {
            let all = rows.iter().zip(&truth.counts).filter(|(_, count)| is_open(count) == is_early);
            text_of(&HEADER, &all.map(|(row, _)| row.clone()).collect::<Vec<_>>())
        };
        if !(truth.counts.iter().any(is_open) && truth.counts.iter().any(|count| !is_open(count))) {
            continue;
        }
        let folder = tempfile::tempdir().unwrap();
        let files = ["a.csv", "b.csv"].map(|name| folder.path().join(name));
        let is_first = random.random_bool(0.5);
        fs::write(&files[0], of(is_first)).unwrap();
        fs::write(&files[1], of(!is_first)).unwrap();
        let (imported, problems) = read_exports(&files, &ImportOptions::default());
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}: {form}");
        // some of the first days leave no doubt: 10/10, 11/10
        let early = std::slice::from_ref(&files[usize::from(!is_first)]);
        let alone = errors(&read_exports(early, &ImportOptions::default()).1);
        let is_doubtful = alone.first().is_some_and(|error| error.starts_with("date_order_doubtful"));
        let followed = problems.iter().filter(|problem| problem.code == "date_order_of_other_file").count();
        assert_eq!(followed, usize::from(is_doubtful), "seed {seed}: {alone:?}");
        // another system's dates say nothing about this one's
        let other = of(false).replacen("Offered", "Calls Offered", 1);
        fs::write(&files[1], other).unwrap();
        fs::write(&files[0], of(true)).unwrap();
        assert_eq!(errors(&read_exports(&files, &ImportOptions::default()).1).first(), alone.first(), "seed {seed}");
    }
}

#[test]
fn days_without_a_year_are_no_other_lack() {
    for heads in [["03/02", "03/03", "03/04"], ["3月2日", "3月3日", "3月4日"], ["2.3.", "3.3.", "4.3."]] {
        for first in ["Time", "时段", ""] {
            let text = format!("{first},{}\n9:00,1,2,3\n10:00,4,5,6\n", heads.join(","));
            let found = errors(&read("report.csv", text.as_bytes(), None).1);
            assert!(found.len() == 1 && found[0].starts_with("days_without_year Some(1)"), "{text}: {found:?}");
        }
    }
}
