//! Forms of exports beside plain tables: web pages, stated encodings, sheets of months, headers in other languages, times since midnight;
//! what a map leaves out; counts of today.

#[path = "support/exported.rs"]
mod exported;
#[path = "support/truth.rs"]
mod truth;

use chrono::{Datelike, NaiveDateTime, Timelike};
use exported::{HEADER, cells, errors, fault, of_intervals, read, stamp, warnings};
use peakshift::input::Folder;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rust_xlsxwriter::Workbook;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use truth::{Truth, pick};

/// Number of exports of each kind.
const SEEDS: u64 = 40;

/// A table of a web page, with the liberties that systems take.
fn page(header: &[&str], rows: &[Vec<String>], random: &mut ChaCha8Rng) -> String {
    let (closes, has_frame, upper) = (random.random_bool(0.5), random.random_bool(0.5), random.random_bool(0.5));
    let mut text = String::new();
    if has_frame {
        text += "<table width=100%><tr><td><table><tr><td colspan=3>Report&nbsp;of the week<br>all queues</table></td></tr><tr><td>";
    }
    text += "<table border=\"1\" cellpadding=0>\n<thead>";
    let mut row = |cells: &[String], tag: &str| {
        text += "<tr>";
        for cell in cells {
            let end = if closes { format!("</{tag}>") } else { String::new() };
            let _ = write!(text, "<{tag} style='mso-number-format:\"\\@\"'>\n  <font size=2>{cell}</font> &nbsp; {end}");
        }
        text += if closes { "</tr>\n" } else { "\n" };
    };
    row(&header.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), "th");
    rows.iter().for_each(|cells| row(cells, "td"));
    text += "</table>";
    if has_frame {
        text += "</td></tr></table>";
    }
    let text = if upper { text.replace("<table", "<TABLE").replace("</table", "</TABLE").replace("<td", "<TD") } else { text };
    let charset = pick(random, &["utf-8", "gb2312", "windows-1252"]);
    format!(
        "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta http-equiv=Content-Type content=\"text/html; charset={charset}\"><style>td {{ color: red }}</style></head><body>{text}</body></html>"
    )
}

#[test]
fn tables_of_web_pages_are_read() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let text = page(&HEADER, &cells(&truth, stamp), &mut random);
        let (imported, problems) = read("export.xls", text.as_bytes(), None);
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}: {}", &text[..900]);
    }
}

#[test]
fn a_page_says_in_which_encoding_its_names_are() {
    let table = "<table><tr><th>Interval Start<th>Queue<th>Offered<tr><td>2026-11-02 09:00<td>Aufträge<td>5<tr><td>2026-11-02 09:30<td>Aufträge<td>7</table>";
    let text = format!("<html><meta charset=\"iso-8859-1\">{table}");
    let (imported, problems) = read("export.xls", &encoding_rs::WINDOWS_1252.encode(&text).0, None);
    assert_eq!((errors(&problems), imported.counts.keys().map(String::as_str).collect::<Vec<_>>()), (vec![], vec!["Aufträge"]));
    // a queue that stands once is that of all its rows, a count is not
    let once = table.replace("<td>Aufträge<td>5", "<td rowspan=2>Aufträge<td>5").replace("<td>Aufträge<td>7", "<td>7");
    let (imported, problems) = read("export.xls", format!("<html>{once}").as_bytes(), None);
    let contacts: f64 = imported.counts.values().flatten().map(|row| row.contacts).sum();
    assert_eq!((errors(&problems), imported.counts.len(), contacts), (vec![], 1, 12.0));
    let merged = table.replace("<td>5", "<td rowspan=2>5").replace("<td>7", "");
    let (_, problems) = read("export.xls", format!("<html>{merged}").as_bytes(), None);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["merged_cells"]);
    for broken in [
        "<html><body>Please sign in</body></html>",
        "<html><table></table>",
        "<table",
        "<html><table><tr><td colspan=99999999 rowspan=-1>x",
    ] {
        let (_, problems) = read("export.xls", broken.as_bytes(), None);
        assert!(problems.has_errors(), "{broken}");
    }
}

#[test]
fn a_map_names_the_encoding_and_the_rows_that_count() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let (label, encoding) = pick(
            &mut random,
            &[
                ("latin1", encoding_rs::WINDOWS_1252),
                ("big5", encoding_rs::BIG5),
                ("shift_jis", encoding_rs::SHIFT_JIS),
                ("GBK", encoding_rs::GBK),
                ("utf-16le", encoding_rs::UTF_8),
            ],
        );
        let mut text = format!("Media;{}\n", HEADER.join(";"));
        for row in cells(&truth, stamp) {
            writeln!(text, "voice;{}", row.join(";")).unwrap();
            // tests of the system and sums of days count nothing
            if random.random_bool(0.1) {
                writeln!(text, "test;{}", row.join(";")).unwrap();
            }
            if random.random_bool(0.05) {
                writeln!(text, "voice;{};{};999;999;0;100", &row[0][..10], row[1]).unwrap();
            }
        }
        let bytes = if label == "utf-16le" {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else {
            encoding.encode(&text).0.into_owned()
        };
        let days: std::collections::BTreeSet<String> = truth.counts.iter().map(|count| format!("\"{}\"", count.start.date())).collect();
        let days = days.into_iter().collect::<Vec<_>>().join(", ");
        let map = format!(
            "[[import]]\nfile = \"export.csv\"\nencoding = \"{label}\"\nwhere = {{ Media = [\"voice\"] }}\nexcept = {{ \"Interval Start\" = [{days}] }}\n"
        );
        let (imported, problems) = read("export.csv", &bytes, Some(&map));
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}, {label}");
    }
    let (_, problems) = read(
        "export.csv",
        b"Start;Queue;Offered\n2026-11-02 09:00;\xff\xff;5\n",
        Some("[[import]]\nfile = \"export.csv\"\nencoding = \"utf-8\"\n"),
    );
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["encoding_unfit"]);
}

#[test]
fn sheets_of_one_header_are_one_table_where_each_has_a_time_of_its_own() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let has_title = random.random_bool(0.5);
        let mut book = Workbook::new();
        let mut sheets = Vec::new();
        for month in 1..=12 {
            let of_month = |row: &&Vec<String>| row[0][5..7].parse() == Ok(month);
            let all = cells(&truth, stamp);
            let rows: Vec<&Vec<String>> = all.iter().filter(of_month).collect();
            if rows.is_empty() {
                continue;
            }
            let sheet = book.add_worksheet();
            let first = u32::from(has_title) * 2;
            if has_title {
                sheet.write_string(0, 0, format!("Report of month {month}")).unwrap();
            }
            sheet.write_row(first, 0, HEADER).unwrap();
            for (place, row) in rows.iter().enumerate() {
                let line = first + 1 + u32::try_from(place).unwrap();
                sheet.write_row(line, 0, row[..2].iter().map(String::as_str)).unwrap();
                sheet.write_row(line, 2, row[2..].iter().map(|cell| cell.parse::<f64>().unwrap())).unwrap();
            }
            sheets.push(month);
        }
        let (imported, problems) = read("export.xlsx", &book.save_to_buffer().unwrap(), None);
        assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}, months {sheets:?}");
        assert_eq!(warnings(&problems).contains(&"sheets_joined"), sheets.len() > 1, "seed {seed}");
    }
}

/// Headers of time (one, or date and time), queue, offered, handled, abandoned and handling time in seconds.
const LANGUAGES: [(&[&str], [&str; 5]); 7] = [
    (
        &["Intervallbeginn"],
        ["Warteschlange", "Angebotene Anrufe", "Angenommene Anrufe", "Abgebrochene Anrufe", "Ø Bearbeitungszeit (Sek.)"],
    ),
    (&["Datum", "Uhrzeit"], ["Gruppe", "Anrufe", "Angenommen", "Nicht angenommen", "Durchschnittliche Bearbeitungsdauer"]),
    (&["Fecha", "Hora"], ["Cola", "Llamadas ofrecidas", "Llamadas atendidas", "Llamadas abandonadas", "TMO (seg)"]),
    (&["Fecha y hora"], ["Campaña", "Llamadas entrantes", "Contestadas", "No atendidas", "Tiempo medio de operación"]),
    (&["Date", "Heure"], ["File d'attente", "Appels présentés", "Appels traités", "Appels abandonnés", "DMT"]),
    (&["Début de l'intervalle"], ["Groupe", "Appels reçus", "Appels décrochés", "Appels perdus", "Durée moyenne de traitement"]),
    (&["日付", "開始時刻"], ["キュー", "入電数", "応答数", "放棄呼数", "平均処理時間"]),
];
/// Words for a sum below the rows.
const SUMS: [&str; 7] = ["Summe", "Gesamt", "Total general", "Totales", "Total", "Total général", "合計"];

#[test]
fn headers_of_four_languages_are_read() {
    for seed in 0..SEEDS {
        for ((times, names), sum) in LANGUAGES.into_iter().zip(SUMS) {
            let (mut random, truth) = of_intervals(seed);
            let date = pick(&mut random, &["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d"]);
            let start = |start: NaiveDateTime| {
                let (date, time) = (start.format(date).to_string(), start.format("%H:%M").to_string());
                if times.len() == 2 { vec![date, time] } else { vec![format!("{date} {time}")] }
            };
            let mut text = format!("{};{}\n", times.join(";"), names.join(";"));
            for row in cells(&truth, start) {
                writeln!(text, "{}", row.join(";")).unwrap();
            }
            if random.random_bool(0.5) {
                writeln!(text, "{sum}{};99999;99999;0;300", ";".repeat(times.len())).unwrap();
            }
            let (imported, problems) = read("export.csv", text.as_bytes(), None);
            assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}: {}", &text[..300.min(text.len())].escape_debug());
        }
    }
}

#[test]
fn minutes_and_seconds_since_midnight_are_starts() {
    for seed in 0..SEEDS {
        for (name, seconds) in [("Minute of day", 60), ("Start (seconds)", 1), ("Time", 60), ("Interval", 1)] {
            let (_, truth) = of_intervals(seed);
            let start = |start: NaiveDateTime| {
                vec![start.format("%Y-%m-%d").to_string(), (start.num_seconds_from_midnight() / seconds).to_string()]
            };
            let mut text = format!("Date,{name},Queue,Offered,Handled,Abandoned,AHT\n");
            cells(&truth, start).iter().for_each(|row| writeln!(text, "{}", row.join(",")).unwrap());
            let (imported, problems) = read("export.csv", text.as_bytes(), None);
            assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}, {name}");
        }
    }
}

#[test]
fn minutes_of_handling_without_a_unit_are_read_where_seconds_are_impossible() {
    for seed in 0..SEEDS {
        let (_, truth) = of_intervals(seed);
        let mut text = HEADER.join(",") + "\n";
        for count in &truth.counts {
            let minutes = f64::from(count.seconds) / 60.0;
            let queue = truth.queues[count.queue];
            writeln!(text, "{},{queue},{},{},{},{minutes:.2}", stamp(count.start)[0], count.offered, count.handled(), count.abandoned)
                .unwrap();
        }
        let (imported, problems) = read("export.csv", text.as_bytes(), None);
        let means: f64 = imported.counts.values().flatten().filter_map(|row| row.handled).map(|of| of.mean.get()).sum();
        if errors(&problems).is_empty() {
            assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}");
            assert!(warnings(&problems).contains(&"unit_guessed") && means > 0.0, "seed {seed}");
        } else {
            assert!(errors(&problems)[0].starts_with("handling_unit_doubtful"), "seed {seed}: {:?}", errors(&problems));
        }
    }
}

#[test]
fn rows_with_a_date_alone_are_left_out_where_they_sum_up_others_and_only_there() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let (is_sum, is_of_days) = (random.random_bool(0.7), random.random_bool(0.5));
        let mut text = HEADER.join(",") + "\n";
        cells(&truth, stamp).iter().for_each(|row| writeln!(text, "{}", row.join(",")).unwrap());
        let (first, last) = (
            truth.counts.iter().map(|count| count.start.date()).min().unwrap(),
            truth.counts.iter().map(|count| count.start.date()).max().unwrap(),
        );
        for (place, queue) in truth.queues.iter().enumerate() {
            let of = |date: chrono::NaiveDate| -> u32 {
                let of_queue = truth.counts.iter().filter(|count| count.queue == place);
                of_queue.filter(|count| !is_of_days || count.start.date() == date).map(|count| count.offered).sum()
            };
            for date in first.iter_days().take_while(|date| *date <= if is_of_days { last } else { first }) {
                // a day of no contacts is no sum, and neither is another number
                let offered = if is_sum { of(date) } else { of(date) / 2 + 1 };
                writeln!(text, "{date},{queue},{offered},{offered},0,{}", random.random_range(100..300)).unwrap();
            }
        }
        let (imported, problems) = read("export.csv", text.as_bytes(), None);
        if is_sum {
            assert_eq!(fault(&imported, &problems, &truth, true), None, "seed {seed}");
            assert!(warnings(&problems).contains(&"summaries_left_out"), "seed {seed}");
        } else {
            assert!(
                errors(&problems).iter().all(|error| error.starts_with("date_without_time") || error.starts_with("more_like_this")),
                "seed {seed}"
            );
            assert!(problems.has_errors(), "seed {seed}");
        }
    }
}

#[test]
fn no_change_of_a_page_makes_its_reader_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    for seed in 0..SEEDS {
        let (mut of, mut truth) = of_intervals(seed);
        truth.counts.truncate(8);
        let text = page(&HEADER, &cells(&truth, stamp), &mut of).into_bytes();
        for _ in 0..60 {
            let mut bytes = text.clone();
            for _ in 0..random.random_range(1..8) {
                let (place, other) = (random.random_range(0..bytes.len()), random.random_range(0..bytes.len()));
                match random.random_range(0..4) {
                    0 => bytes[place] = random.random(),
                    1 => bytes.swap(place, other),
                    2 => bytes.splice(place..place, b"<td rowspan=3 colspan=2>&nbsp;<table><tr></table>".iter().copied()).for_each(drop),
                    _ => drop(bytes.drain(place..(place + 30).min(other.max(place)))),
                }
            }
            let (imported, _) = read("export.xls", &bytes, None);
            assert!(imported.counts.values().flatten().all(|row| row.contacts.is_finite() && row.contacts >= 0.0));
        }
    }
}

/// A plan folder without people whose queues are those of a truth.
fn plan(folder: &Path, truth: &Truth, more: &str) {
    let first = truth.counts.iter().map(|count| count.start.date()).max().unwrap() + chrono::Days::new(1);
    let mut text = format!(
        "[plan]\nname = \"\"\nfirst_day = {first}\ndays = 7\ninterval_minutes = {}\nzone = \"{}\"\n\n[files]\nhistory = [\"history.csv\"]\nagents = \"agents.csv\"\nshifts = \"shifts.csv\"\n",
        truth.minutes,
        truth.zone.name()
    );
    for (place, queue) in truth.queues.iter().enumerate() {
        write!(
            text,
            "\n[[queue]]\nid = \"q{place}\"\nname = \"{queue}\"\nchannel = \"voice\"\nopen = \"00:00\"\nclose = \"24:00\"\nhandling_seconds = 300\ntargets = {{ mean_wait_seconds = 60 }}\n"
        )
        .unwrap();
    }
    write!(text, "\n[[contract]]\nid = \"full\"\nregular_hours_week = 40\n\n[rules]\npack = \"none\"\n{more}").unwrap();
    fs::write(folder.join("plan.toml"), text).unwrap();
    let mut history = "start,queue,offered\n".to_owned();
    for count in &truth.counts {
        writeln!(history, "{},q{},{}", count.start.format("%Y-%m-%dT%H:%M"), count.queue, count.offered).unwrap();
    }
    fs::write(folder.join("history.csv"), history).unwrap();
    fs::write(folder.join("agents.csv"), "agent_id,team,contract,skills\n").unwrap();
    fs::write(folder.join("shifts.csv"), "shift,name,start,end,paid_hours,meal_windows,meal_minutes,rests,contracts,queues\n").unwrap();
}

#[test]
fn counts_of_today_are_read_as_exports_too() {
    for seed in 0..SEEDS {
        let (mut random, truth) = of_intervals(seed);
        let folder = tempfile::tempdir().unwrap();
        // the day whose month may be its day is asked about, unless the plan says
        let day = truth.counts.iter().map(|count| count.start.date()).filter(|date| date.day() < 13 && date.day() != date.month()).max();
        let Some(day) = day else { continue };
        let kind = pick(&mut random, &["utc", "named", "doubtful", "days", "contacts"]);
        let mut text = match kind {
            "utc" => "Interval Start (UTC);Queue Name;Calls Offered;Avg Handle Time\n".to_owned(),
            "days" => "Date;Queue Name;Calls Offered\n".to_owned(),
            "contacts" => "Call ID;Start Time;Queue Name;Talk Time\n".to_owned(),
            _ => "Interval Start;Queue Name;Calls Offered;Avg Handle Time\n".to_owned(),
        };
        for count in truth.counts.iter().filter(|count| count.start.date() == day) {
            let (queue, offered) = (truth.queues[count.queue], count.offered);
            let start = match kind {
                "utc" => truth.zone.utc_at(count.start).format("%Y-%m-%d %H:%M").to_string(),
                "days" => count.start.format("%Y-%m-%d").to_string(),
                _ => count.start.format("%d/%m/%Y %-I:%M %p").to_string(),
            };
            if kind == "contacts" {
                let at = |contact: u32| count.start + chrono::TimeDelta::seconds((contact * 37 % (truth.minutes * 60)).into());
                (0..offered).for_each(|contact| {
                    let (key, start) = (text.len(), at(contact).format("%Y-%m-%d %H:%M:%S"));
                    writeln!(text, "c{key};{start};{queue};{}", count.seconds).unwrap();
                });
                continue;
            }
            let handling = if kind == "days" { String::new() } else { format!(";0:{:02}:{:02}", count.seconds / 60, count.seconds % 60) };
            writeln!(text, "{start};{queue};{offered}{handling}").unwrap();
        }
        let file = folder.path().join("today.csv");
        fs::write(&file, text).unwrap();
        let map = if kind == "named" { "\n[[import]]\nfile = \"today.csv\"\nactuals = true\ndates = \"day_first\"\n" } else { "" };
        plan(folder.path(), &truth, map);
        let place = Folder::named(folder.path());
        let reading = place.read();
        let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", errors(&reading.problems)));
        let (actuals, problems) = place.read_today(&file, &inputs);
        match kind {
            "doubtful" => {
                assert!(errors(&problems)[0].starts_with("date_order_doubtful"), "seed {seed}: {:?}", errors(&problems));
                assert!(problems.iter().any(|problem| problem.readings.len() == 2), "seed {seed}");
            }
            "days" => {
                let codes = errors(&problems);
                assert!(codes.iter().any(|error| error.starts_with("days_for_today")), "seed {seed}: {codes:?}");
            }
            _ => {
                assert_eq!(errors(&problems), [""; 0], "seed {seed}, {kind}");
                // our own form knows some of these headers too
                assert!(kind == "utc" || warnings(&problems).contains(&"export_read"), "seed {seed}");
                for (place, _) in truth.queues.iter().enumerate() {
                    let expected: Vec<(NaiveDateTime, f64)> = truth
                        .counts
                        .iter()
                        .filter(|count| count.queue == place && count.start.date() == day)
                        .map(|count| (count.start, f64::from(count.offered)))
                        .collect();
                    let id = inputs.queues[place].queue.id.clone();
                    let mut found: Vec<(NaiveDateTime, f64)> = actuals.counts[&id].iter().map(|row| (row.start, row.contacts)).collect();
                    found.sort_by_key(|(start, _)| *start);
                    assert_eq!(found, expected, "seed {seed}, {kind}");
                    assert_eq!(actuals.served[&id].len(), expected.len());
                }
            }
        }
    }
}
