//! A published roster as read by commands: no row is lost silently, and reports to one repair are known to the next.

#[path = "support/example.rs"]
mod example;

use assert_cmd::Command;
use example::copy_tiny;
use std::fs;
use std::path::PathBuf;

/// The smallest example with five people for a week, and its published roster.
struct Week(tempfile::TempDir);

impl Week {
    fn planned() -> Self {
        let week = Self(tempfile::tempdir().unwrap());
        copy_tiny(week.0.path());
        week.edit("plan.toml", "days = 1\n", "days = 7\n");
        let agents = "agent_id,contract,skills\nA1,full,phone\nA2,full,phone\nA3,full,phone\nA4,full,phone\nA5,full,phone\n";
        fs::write(week.path("agents.csv"), agents).unwrap();
        fs::write(week.path("absences.csv"), "agent_id,start,end\n").unwrap();
        assert_eq!(week.run("plan", &["--effort", "1"]).0, 0);
        week
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let before = self.read(file);
        assert!(before.contains(from), "{from} in {file}");
        fs::write(self.path(file), before.replacen(from, to, 1)).unwrap();
    }

    /// Exit code and output.
    fn run(&self, command: &str, more: &[&str]) -> (i32, String) {
        let output = Command::cargo_bin("peakshift")
            .unwrap()
            .current_dir(self.0.path())
            .args(["--lang", "en", command, "."])
            .args(more)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&said).into_owned())
    }

    /// Repairs one folder's roster into another folder.
    fn repair(&self, from: &str, into: &str, more: &[&str]) {
        let roster = format!("{from}/roster.csv");
        let arguments = [&["--roster", &roster, "--out", into, "--effort", "1"], more].concat();
        let (code, said) = self.run("repair", &arguments);
        assert_eq!(code, 0, "{said}");
        let (code, said) = self.run("verify", &["--roster", &format!("{into}/roster.csv")]);
        assert_eq!(code, 0, "{said}");
    }

    /// Days and people of a roster with their shifts: `2026-11-30,A1,D`.
    fn duties(&self, folder: &str) -> Vec<String> {
        let text = self.read(&format!("{folder}/roster.csv"));
        text.lines().skip(1).map(|line| line.splitn(4, ',').take(3).collect::<Vec<_>>().join(",")).collect()
    }

    /// A day off: date and person.
    fn day_off(&self) -> (String, String) {
        let duties = self.duties("out");
        let days = (1..=4).flat_map(|day| (1..=5).map(move |person| (format!("2026-12-0{day}"), format!("A{person}"))));
        days.into_iter().find(|(date, agent)| !duties.iter().any(|duty| duty.starts_with(&format!("{date},{agent},")))).unwrap()
    }
}

/// Commands that read a published roster, with their further arguments.
const READERS: [(&str, &[&str]); 6] = [
    ("repair", &["--effort", "1", "--out", "new"]),
    ("simulate", &["--out", "new"]),
    ("drill", &["--surprise", "surprise.toml", "--out", "new"]),
    ("why", &["--agent", "A1", "--date", "2026-11-30"]),
    ("review", &["--out", "new"]),
    ("reforecast", &["--actuals", "none.csv", "--at", "2026-11-30T11:00"]),
];

#[test]
fn a_row_of_no_shift_or_nobody_is_refused_where_it_stands_by_whatever_reads_the_roster() {
    let week = Week::planned();
    let published = week.read("out/roster.csv");
    fs::write(week.path("none.csv"), "start,queue,offered\n2026-11-30T09:00,phone,5\n2026-11-30T10:00,phone,5\n").unwrap();
    let cases = [
        (",D,", ",QQ,", "unknown_shift"),
        (",D,", ",d,", "unknown_shift"),
        (",D,", ",Day,", "unknown_shift"),
        (",D,", ",off,", "off_in_roster"),
        (",D,", ",休,", "off_in_roster"),
        (",A1,", ",A9,", "unknown_agent"),
    ];
    for (from, to, problem) in cases {
        let edited = published.replacen(from, to, 1);
        let line = 1 + edited.lines().position(|line| line.contains(to)).unwrap();
        fs::write(week.path("edited.csv"), edited).unwrap();
        for (command, more) in READERS {
            let (code, said) = week.run(command, &[&["--roster", "edited.csv"], more].concat());
            let place = format!("edited.csv:{line} ");
            let told: Vec<&str> = said.lines().filter(|said| said.starts_with("error: ")).collect();
            assert!(code == 2 && told.len() == 1 && told[0].contains(&place) && told[0].contains(problem), "{command} {to}: {said}");
            assert!(!week.path("new").exists(), "{command}");
        }
        let (code, said) = week.run("verify", &["--roster", "edited.csv"]);
        let rule = if problem == "unknown_agent" { problem } else { "unknown_shift" };
        assert!(code == 1 && said.contains(rule), "verify judges, {to}: {said}");
    }
}

#[test]
fn a_shift_in_a_roster_may_stand_by_its_name() {
    let week = Week::planned();
    let named = week.read("out/roster.csv").replacen(",D,", ",day,", 2).replacen(",V,", ",evening,", 1);
    fs::create_dir(week.path("named")).unwrap();
    fs::write(week.path("named/roster.csv"), named).unwrap();
    assert_eq!(week.run("verify", &["--roster", "named/roster.csv"]).0, 0);
    week.repair("named", "new", &[]);
    assert_eq!(week.duties("new"), week.duties("out"));
    assert_eq!(week.read("new/changes.csv").lines().count(), 1);
    let simulated = |roster: &str, out: &str| {
        let (code, said) = week.run("simulate", &["--roster", roster, "--out", out]);
        assert_eq!(code, 0, "{said}");
        week.read(&format!("{out}/service.csv"))
    };
    fs::copy(week.path("out/requirement.csv"), week.path("named/requirement.csv")).unwrap();
    assert_eq!(simulated("named/roster.csv", "one"), simulated("out/roster.csv", "other"));
}

#[test]
fn a_day_off_that_a_planner_gave_is_kept_by_every_later_repair() {
    let week = Week::planned();
    let duties = week.duties("out");
    for place in [0, duties.len() / 2, duties.len() - 1] {
        let [date, agent, _] = duties[place].split(',').collect::<Vec<_>>()[..] else { panic!() };
        let column = 1 + (0..7).position(|day| date_of(day) == date).unwrap();
        let mut matrix = format!("agent_id,{}\n", (0..7).map(date_of).collect::<Vec<_>>().join(","));
        for person in 1..=5 {
            let person = format!("A{person}");
            let shift = |day: usize| {
                let of_day = format!("{},{person},", date_of(day));
                duties.iter().find_map(|duty| duty.strip_prefix(&of_day)).unwrap_or("off")
            };
            let cells = (0..7).map(|day| if person == agent && day + 1 == column { "off" } else { shift(day) });
            let row = std::iter::once(person.as_str()).chain(cells).collect::<Vec<_>>().join(",");
            matrix.push_str(&row);
            matrix.push('\n');
        }
        fs::write(week.path("matrix.csv"), matrix).unwrap();
        let folder = |number: usize| format!("{place}-{number}");
        week.repair("out", &folder(1), &["--matrix", "matrix.csv"]);
        for number in 2..=3 {
            // any worthwhile change is permitted
            week.repair(&folder(number - 1), &folder(number), &["--improve"]);
            let again = week.duties(&folder(number));
            assert!(!again.iter().any(|duty| duty.starts_with(&format!("{date},{agent},"))), "{date} {agent}: {again:?}");
            assert!(week.read(&format!("{}/pins.csv", folder(number))).contains(&format!("{date},{agent},off")));
        }
    }
}

/// The date of a day of the week.
fn date_of(day: usize) -> String {
    (chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap() + chrono::Days::new(day as u64)).to_string()
}

#[test]
fn whoever_was_called_in_sick_on_a_day_off_is_away_for_every_later_repair() {
    let week = Week::planned();
    let (date, agent) = week.day_off();
    let duty = week.duties("out").into_iter().find(|duty| duty.starts_with("2026-12-0") && !duty.contains(&agent)).unwrap();
    let [worked, other, _] = duty.split(',').collect::<Vec<_>>()[..] else { panic!() };
    let sick = |name: &str, agent: &str, from: &str, to: &str| {
        fs::write(week.path(name), format!("agent_id,start,end,kind\n{agent},{from},{to},sick\n")).unwrap();
    };
    sick("first.csv", &agent, &date, &date);
    sick("second.csv", other, worked, worked);
    // the first is sick for longer than reported
    sick("third.csv", &agent, &date, "2026-12-05");
    week.repair("out", "1", &["--absences", "first.csv"]);
    week.repair("1", "2", &["--absences", "second.csv", "--improve"]);
    week.repair("2", "3", &["--absences", "third.csv", "--improve"]);
    week.repair("3", "4", &["--improve"]);
    for folder in ["1", "2", "3", "4"] {
        assert!(!week.duties(folder).iter().any(|duty| duty.starts_with(&format!("{date},{agent},"))), "{folder}");
    }
    assert!(!week.duties("4").iter().any(|duty| duty.starts_with(&format!("2026-12-05,{agent},"))));
    assert_eq!(week.read("4/absences.csv").lines().count(), 3, "each is told once: {}", week.read("4/absences.csv"));
    // a shift on that day breaks a rule
    let row = format!("{date},{agent},D,{date}T09:00,{date}T17:00,7\n");
    let file = "date,agent_id,shift,start,end,paid_hours\n".to_owned() + &row;
    fs::write(week.path("4/by_hand.csv"), file).unwrap();
    let (code, said) = week.run("verify", &["--roster", "4/by_hand.csv"]);
    assert!(code == 1 && said.contains("absent"), "{said}");
}

#[test]
fn a_row_moved_to_another_date_without_its_times_is_told() {
    let week = Week::planned();
    let rows: Vec<String> = week.read("out/roster.csv").lines().skip(1).map(str::to_owned).collect();
    let header = week.read("out/roster.csv").lines().next().unwrap().to_owned();
    for (row, days) in [(0, 1), (0, -1), (1, 2), (2, 30)] {
        let (date, rest) = rows[row].split_once(',').unwrap();
        let other: chrono::NaiveDate = date.parse::<chrono::NaiveDate>().unwrap() + chrono::TimeDelta::days(days);
        fs::create_dir_all(week.path("edited")).unwrap();
        fs::write(week.path("edited/roster.csv"), format!("{header}\n{other},{rest}\n")).unwrap();
        for command in ["simulate", "repair", "why"] {
            let more: &[&str] = match command {
                "why" => &["--agent", "A1", "--date", "2026-12-01"],
                "repair" => &["--out", "nowhere"],
                _ => &[],
            };
            let (code, said) = week.run(command, &[&["--roster", "edited/roster.csv"], more].concat());
            let is_told = said.contains("edited/roster.csv:2") && (said.contains("not_its_hours") || said.contains("roster_other_week"));
            assert!(code == 2 && is_told, "{command} {days}: {code} {said}");
        }
    }
}
