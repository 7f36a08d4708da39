//! `verify` against rosters with one wrong cell or row: each column, broken in several ways, is caught; mere differences are not.

use assert_cmd::Command;
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::plan::roster_problem;
use peakshift::report;
use peakshift::roster::{QueueDemand, check_file, refit, schedule_activities, solve};
use std::fs;
use std::path::Path;

const PLAN: &str = r#"[plan]
first_day = 2026-11-30
days = 7
interval_minutes = 60
zone = "Asia/Shanghai"
[files]
history = ["history.csv"]
agents = "agents.csv"
shifts = "shifts.csv"
calendar = ["calendar.csv"]
pins = "pins.csv"
[[queue]]
id = "phone"
channel = "voice"
open = "06:00"
close = "24:00"
handling_seconds = 300
targets = { mean_wait_seconds = 60 }
[[queue]]
id = "chat"
channel = "voice"
open = "06:00"
close = "24:00"
handling_seconds = 300
targets = { mean_wait_seconds = 60 }
[[site]]
id = "north"
zone = "Asia/Tokyo"
[[contract]]
id = "full"
regular_hours_week = 40
most_hours_week = 60
[[activity]]
id = "talk"
attend = "alone"
minutes = 60
[[activity]]
id = "course"
attend = "alone"
minutes = 90
contracts = ["nobody"]
[[contract]]
id = "nobody"
[costs]
pay_per_hour = 30
[rules]
pack = "cn"
"#;
const AGENTS: &str = "agent_id,contract,skills,site\nA1,full,phone;chat,\nA2,full,phone;chat,north\nA3,full,phone,\n";
const SHIFTS: &str = "shift,start,end,paid_hours,meal_windows,meal_minutes,rests\n\
    E,08:00,19:00,10,12:00|13:00,60,2\nL,15:00,24:00,8,18:00|19:00,60,2\nN,22:00,06:30,8,02:00,30,1\n";
const CALENDAR: &str = "date,kind,name,overtime_rate\n2026-12-03,statutory,day,3\n2026-01-01,statutory,new year,3\n";
const PINS: &str = "date,agent_id,shift\n2026-12-02,A1,N\n2026-12-04,A3,E\n2026-12-05,A3,E\n2026-11-30,A3,E\n2026-12-01,A3,E\n2026-12-02,A3,E\n\
    2026-12-01,A2,E\n2026-12-02,A2,L\n";

/// A plan folder and a legal roster of it.
fn published() -> (tempfile::TempDir, Vec<Vec<String>>) {
    let folder = tempfile::tempdir().unwrap();
    let history: String = (0..48)
        .flat_map(|hour| ["phone", "chat"].map(|queue| format!("2026-11-{:02}T{:02}:00,{queue},9\n", 27 + hour / 24, hour % 24)))
        .collect();
    let history = format!("start,queue,offered\n{history}");
    for (name, text) in [
        ("plan.toml", PLAN),
        ("agents.csv", AGENTS),
        ("shifts.csv", SHIFTS),
        ("calendar.csv", CALENDAR),
        ("pins.csv", PINS),
        ("history.csv", &history),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let inputs = Folder::named(folder.path()).read();
    let inputs = inputs.inputs.unwrap_or_else(|| panic!("{:?}", inputs.problems));
    let mut problem = roster_problem(&inputs, &[]);
    for queue in ["phone", "chat"] {
        let required = vec![0.8; problem.grid.len()];
        problem.demand.push(QueueDemand::new(queue, required));
    }
    let solved = solve(&problem, 1, &Budget::of_effort(1));
    schedule_activities(&mut problem, &solved.roster);
    let solved = refit(&problem, &solved.roster, 1, &Budget::of_effort(1));
    let text = String::from_utf8(report::roster(&problem, &solved.roster).csv()).unwrap();
    (folder, text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect())
}

fn write(folder: &Path, rows: &[Vec<String>]) -> std::path::PathBuf {
    let file = folder.join("out-roster.csv");
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    file
}

/// Findings of `verify`: problems of reading, then broken rules.
fn findings(folder: &Path, rows: &[Vec<String>]) -> Vec<String> {
    let file = write(folder, rows);
    let mut inputs = Folder::named(folder).read().inputs.unwrap();
    let (file, roster, problems) = Folder::read_roster_file(&file, &mut inputs);
    let problem = roster_problem(&inputs, &[]);
    let unreadable = problems.iter().filter(|problem| !problem.is_warning).map(|problem| problem.code.to_owned());
    let broken = check_file(&problem, &file, &roster);
    unreadable.chain(broken.into_iter().map(|violation| violation.rule.to_owned())).collect()
}

/// A way to break a cell: the new cell, or `None` where it does not apply.
type Break = fn(&str, &[String]) -> Option<String>;

fn moved(stamp: &str, minutes: i64) -> Option<String> {
    let time = chrono::NaiveDateTime::parse_from_str(stamp, "%Y-%m-%dT%H:%M").ok()?;
    Some((time + chrono::TimeDelta::minutes(minutes)).format("%Y-%m-%dT%H:%M").to_string())
}

/// The first break of a cell moved by some minutes.
fn moved_break(cell: &str, minutes: i64) -> Option<String> {
    let (first, rest) = cell.split_once(';').map_or((cell, None), |(first, rest)| (first, Some(rest)));
    let (time, length) = first.split_once('/')?;
    let moved = moved(&format!("2026-01-05T{time}"), minutes)?;
    let moved = format!("{}/{length}", &moved[11..]);
    Some(rest.map_or(moved.clone(), |rest| format!("{moved};{rest}")))
}

fn plus(cell: &str, by: f64) -> Option<String> {
    Some((cell.parse::<f64>().ok()? + by).to_string())
}

const BREAKS: [(&str, &[Break]); 14] = [
    (
        "date",
        &[
            |cell, _| Some(cell.replace("2026-1", "2026-0")),
            |cell, _| Some(cell[..8].to_owned() + if &cell[8..] == "04" { "05" } else { "04" }),
            |_, _| Some("2026-13-45".into()),
            |_, _| Some(String::new()),
        ],
    ),
    ("agent_id", &[|_, _| Some("Z9".into()), |_, _| Some(String::new()), |cell, _| Some(format!("{cell}x"))]),
    (
        "shift",
        &[
            |_, _| Some("?".into()),
            |cell, _| Some(if cell == "E" { "L" } else { "E" }.into()),
            |cell, _| Some(if cell == "N" { "L" } else { "N" }.into()),
            |_, _| Some(String::new()),
        ],
    ),
    (
        "start",
        &[
            |cell, _| moved(cell, 60),
            |cell, _| moved(cell, -30),
            |cell, _| moved(cell, 2880),
            |cell, _| Some(format!("{cell}:20")),
            |_, _| Some("8".into()),
            |_, _| Some(String::new()),
        ],
    ),
    (
        "end",
        &[
            |cell, _| moved(cell, 60),
            |cell, _| moved(cell, -15),
            |_, row| Some(row[3].clone()),
            |cell, _| Some(format!("{cell}:01")),
            |_, _| Some("17h".into()),
            |cell, _| moved(cell, 1440),
        ],
    ),
    (
        "meal_start",
        &[
            |cell, _| (!cell.is_empty()).then(String::new),
            |cell, _| moved_break(cell, 30),
            |cell, _| moved_break(cell, -180),
            |cell, _| (!cell.is_empty()).then(|| cell.replace("/60", "/45").replace("/30", "/60")),
            |cell, _| (!cell.is_empty()).then(|| format!("{cell};{cell}")),
            |cell, _| (!cell.is_empty()).then(|| cell.replace('/', "-")),
            |cell, _| (!cell.is_empty()).then(|| cell.replacen('/', ":30/", 1)),
            |cell, _| cell.is_empty().then(|| "16:00/60".into()),
        ],
    ),
    (
        "breaks",
        &[
            |cell, _| (!cell.is_empty()).then(String::new),
            |cell, _| cell.split_once(';').map(|(first, _)| first.to_owned()),
            |cell, _| (!cell.is_empty()).then(|| format!("{cell};{cell}")),
            |cell, _| (!cell.is_empty()).then(|| cell.replacen("/15", "/20", 1)),
            |cell, row| (!cell.is_empty() && !row[5].is_empty()).then(|| format!("{}/15", &row[5][..5])),
            |cell, row| (!cell.is_empty()).then(|| format!("{}/15", &row[3][11..])),
            |cell, row| (!cell.is_empty()).then(|| format!("{cell};{}/15", &row[4][11..])),
        ],
    ),
    (
        "activity",
        &[
            |_, _| Some("sleep".into()),
            |cell, _| (cell == "work").then(|| "course".into()),
            |cell, _| (cell == "work").then(|| "reserve".into()),
            |cell, _| (cell == "talk").then(|| "course".into()),
        ],
    ),
    (
        "queue",
        &[
            |_, _| Some(String::new()),
            |_, _| Some("fax".into()),
            |cell, _| Some(format!("{cell};fax")),
            |cell, _| Some(format!("{cell};{cell}")),
            |cell, _| cell.split_once(';').map(|(first, second)| format!("{second};{first};{second}")),
            |cell, _| (cell == "phone").then(|| "phone;chat".into()),
        ],
    ),
    (
        "paid_hours",
        &[
            |cell, _| plus(cell, 1.0),
            |cell, _| plus(cell, 0.01),
            |cell, _| plus(cell, -0.005),
            |cell, _| plus(cell, 0.0002),
            |cell, _| plus(cell, -0.25),
            |cell, _| (cell != "0").then(|| "0".into()),
            |_, _| Some("-1".into()),
            |_, _| Some("eight".into()),
            |_, _| Some(String::new()),
        ],
    ),
    (
        "overtime_hours",
        &[
            |cell, _| plus(cell, 1.0),
            |cell, _| (cell != "0").then(|| "0".into()),
            |cell, _| plus(cell, 0.25),
            |cell, _| plus(cell, 0.01),
            |cell, _| plus(cell, 0.001),
            |_, _| Some("-1".into()),
            |_, _| Some(String::new()),
        ],
    ),
    (
        "pay_rate",
        &[
            |cell, _| plus(cell, 0.5),
            |cell, _| plus(cell, 0.01),
            |cell, _| plus(cell, -0.001),
            |cell, _| (cell != "1").then(|| "1".into()),
            |cell, _| (cell != "2").then(|| "2".into()),
            |_, _| Some("0".into()),
            |_, _| Some("x".into()),
            |_, _| Some(String::new()),
        ],
    ),
    ("pinned", &[|cell, _| Some(if cell == "yes" { "no" } else { "yes" }.into()), |_, _| Some("perhaps".into())]),
    ("site", &[|cell, _| Some(if cell == "north" { "" } else { "north" }.into()), |_, _| Some("south".into())]),
];

#[test]
fn every_column_broken_in_any_way_is_caught() {
    let (folder, rows) = published();
    assert_eq!(findings(folder.path(), &rows), [""; 0], "the roster itself breaks nothing");
    assert_eq!(rows[0].len(), BREAKS.len(), "{:?}", rows[0]);
    let rates: Vec<&str> = rows[1..].iter().map(|row| row[11].as_str()).collect();
    assert!(["1", "1.5", "3"].iter().all(|rate| rates.contains(rate)) && rows.iter().any(|row| row[7] == "talk"), "{rates:?}");
    let mut broken = 0;
    for (place, (column, ways)) in BREAKS.iter().enumerate() {
        assert_eq!(rows[0][place], *column);
        for (number, way) in ways.iter().enumerate() {
            // in the first, a middle and the last row where it applies
            let breakable = |line: &usize| way(&rows[*line][place], &rows[*line]).is_some_and(|cell| cell != rows[*line][place]);
            let lines: Vec<usize> = (1..rows.len()).filter(breakable).collect();
            assert!(!lines.is_empty(), "no row can be broken so: {column} {number}");
            for line in [lines[0], lines[lines.len() / 2], lines[lines.len() - 1]] {
                let mut rows = rows.clone();
                rows[line][place] = way(&rows[line][place], &rows[line]).unwrap();
                assert_ne!(findings(folder.path(), &rows), [""; 0], "{column}, way {number}, line {}: {}", line + 1, rows[line].join(","));
                broken += 1;
            }
        }
    }
    assert!(broken >= 100, "{broken}");
}

#[test]
fn any_skills_in_any_order_may_be_served_in_a_part_of_a_shift() {
    let (folder, rows) = published();
    let of_several = rows.iter().position(|row| row[8].contains(';')).unwrap();
    let (first, second) = rows[of_several][8].split_once(';').unwrap();
    for queues in [first.to_owned(), second.to_owned(), format!("{second};{first}")] {
        let mut rows = rows.clone();
        rows[of_several][8] = queues;
        assert_eq!(findings(folder.path(), &rows), [""; 0], "{}", rows[of_several].join(","));
    }
}

#[test]
fn rows_that_are_missing_doubled_or_in_anothers_place_are_caught() {
    let (folder, rows) = published();
    let of_two_rows = (1..rows.len() - 1).find(|&line| rows[line][..3] == rows[line + 1][..3]).unwrap();
    let without = |line: usize| [&rows[..line], &rows[line + 1..]].concat();
    let pinned = rows.iter().position(|row| row[12] == "yes").unwrap();
    let mut exchanged = rows.clone();
    (exchanged[of_two_rows][9], exchanged[of_two_rows + 1][9]) = (rows[of_two_rows + 1][9].clone(), rows[of_two_rows][9].clone());
    let mut overlapping = rows.clone();
    overlapping[of_two_rows + 1][3] = moved(&rows[of_two_rows + 1][3], -60).unwrap();
    let doubled = [&rows[..], &rows[1..2]].concat();
    let alone: Vec<Vec<String>> = rows.iter().filter(|row| row[..2] != rows[pinned][..2]).cloned().collect();
    for (what, rows) in [
        ("first row of two", without(of_two_rows)),
        ("second row of two", without(of_two_rows + 1)),
        ("hours exchanged", exchanged),
        ("rows overlap", overlapping),
        ("a row twice", doubled),
        ("a pinned shift", alone),
    ] {
        assert_ne!(findings(folder.path(), &rows), [""; 0], "{what}");
    }
    let mut turned = rows.clone();
    turned[1..].reverse();
    assert_eq!(findings(folder.path(), &turned), [""; 0], "the order of rows means nothing");
}

fn verify(folder: &Path, roster: &Path) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("peakshift").unwrap();
    let output = command.args(["--lang", "en", "verify"]).arg(folder).arg("--roster").arg(roster).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn verify_says_what_it_checks_and_what_it_cannot() {
    let (folder, mut rows) = published();
    let (code, said) = verify(folder.path(), &write(folder.path(), &rows));
    assert_eq!(code, Some(0), "{said}");
    assert!(["pay rate", "overtime", "queues", "pinned", "rests"].iter().all(|word| said.contains(word)), "{said}");
    assert!(!said.contains("not checked"));
    for row in &mut rows {
        row.remove(11);
    }
    let (code, said) = verify(folder.path(), &write(folder.path(), &rows));
    assert!(code == Some(0) && said.contains("not checked: pay_rate"), "{said}");
    assert!(
        !said.lines().find(|line| line.contains("for each of")).unwrap().contains("pay rate"),
        "what is not checked is not listed: {said}"
    );
    rows[1][9] = "3".into();
    let (code, said) = verify(folder.path(), &write(folder.path(), &rows));
    assert!(code == Some(1) && said.contains("row_hours"), "{said}");
}

#[test]
fn a_roster_without_rows_is_one_on_which_nobody_works() {
    let (folder, rows) = published();
    let (code, said) = verify(folder.path(), &write(folder.path(), &rows[..1]));
    assert!(code == Some(1) && said.contains("pin"), "somebody is pinned to a shift: {said}");
    fs::write(folder.path().join("pins.csv"), "date,agent_id,shift\n2026-12-02,A1,off\n").unwrap();
    let (code, said) = verify(folder.path(), &write(folder.path(), &rows[..1]));
    assert!(code == Some(0) && said.contains("0 shifts checked"), "{said}");
}

#[test]
fn a_shift_whose_rests_find_no_place_is_refused_by_name() {
    let (folder, _) = published();
    for (shift, found) in [
        ("E,08:00,19:00,10,12:00|13:00,60,2\nX,09:00,11:00,2,,,1", 0),
        ("X,09:00,13:00,4,,,4", 3),
        ("X,09:00,14:00,4,10:00|11:00|12:00,60,2", 0),
        ("X,23:00,03:30,3.5,01:00,60,4", 3),
    ] {
        fs::write(folder.path().join("shifts.csv"), format!("shift,start,end,paid_hours,meal_windows,meal_minutes,rests\n{shift}\n"))
            .unwrap();
        let problems = Folder::named(folder.path()).read().problems;
        let problem = problems.iter().find(|problem| problem.code == "rests_unfit").unwrap_or_else(|| panic!("{shift}: {problems:?}"));
        assert_eq!((problem.column.as_str(), problem.expected.as_str()), ("rests", found.to_string().as_str()), "{shift}");
    }
}

/// The rows without a column.
fn without(rows: &[Vec<String>], column: &str) -> Vec<Vec<String>> {
    let place = rows[0].iter().position(|name| name == column).unwrap();
    rows.iter().map(|row| [&row[..place], &row[place + 1..]].concat()).collect()
}

#[test]
fn a_column_that_is_not_there_is_held_against_nobody() {
    let (folder, rows) = published();
    for column in ["meal_start", "breaks", "activity", "queue", "overtime_hours", "pay_rate", "pinned", "site"] {
        assert_eq!(findings(folder.path(), &without(&rows, column)), [""; 0], "{column}");
    }
    let told = "date,agent_id,shift,start,end,paid_hours";
    let bare =
        rows[0].iter().filter(|column| !told.split(',').any(|name| name == *column)).fold(rows.clone(), |rows, name| without(&rows, name));
    assert_eq!(bare[0].join(","), told);
    assert_eq!(findings(folder.path(), &bare), [""; 0]);
    let (_, said) = verify(folder.path(), &write(folder.path(), &bare));
    assert!(said.contains("not checked: meal_start, breaks, activity, queue, overtime_hours, pay_rate, pinned"), "{said}");
    // stated values are still checked
    let mut late = without(&rows, "meal_start");
    late[1][4] = moved(&late[1][4], 60).unwrap();
    assert_ne!(findings(folder.path(), &late), [""; 0]);
}

#[test]
fn hours_are_shown_as_they_are_and_days_as_the_plan_has_them() {
    let (folder, mut rows) = published();
    let line = rows.iter().position(|row| row[10] == "0").unwrap();
    rows[line][10] = "1".into();
    let (_, said) = verify(folder.path(), &write(folder.path(), &rows));
    assert!(said.contains("overtime_hours") && said.contains("(found 1, rule 0)") && !said.contains("-0"), "{said}");
    rows[line][0] = "2026-12-07".into();
    let mut command = Command::cargo_bin("peakshift").unwrap();
    let refused =
        command.args(["--lang", "en", "verify"]).arg(folder.path()).arg("--roster").arg(write(folder.path(), &rows)).output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.code() == Some(2) && said.contains("2026-11-30..2026-12-06"), "the last day, and not the one after: {said}");
}

#[test]
fn a_number_with_fewer_decimals_is_held_to_those() {
    // three hours and twenty minutes
    let is_broken = |cell: &str| {
        let (folder, _) = published();
        fs::write(folder.path().join("shifts.csv"), "shift,start,end,paid_hours\nX,09:00,12:20,3.33\n").unwrap();
        fs::write(folder.path().join("pins.csv"), "date,agent_id,shift\n").unwrap();
        let row =
            format!("date,agent_id,shift,start,end,meal_start,paid_hours\n2026-12-01,A1,X,2026-12-01T09:00,2026-12-01T12:20,,{cell}\n");
        let rows: Vec<Vec<String>> = row.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
        findings(folder.path(), &rows).contains(&"row_hours".to_owned())
    };
    for (cell, expected) in
        [("3.33", false), ("3.3333", false), ("3.333", false), ("3.34", true), ("3.3334", true), ("3.3", true), ("3", true)]
    {
        assert_eq!(is_broken(cell), expected, "{cell}");
    }
}
