//! A hand edit in a roster file changes only itself: repairs keep it while it is legal, the first and all later ones, wherever the roster
//! lies by then.

#[path = "support/published_team.rs"]
mod published_team;

use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{Asked, Inputs, Limits, Mended, Published, QueueRequirement, repair};
use peakshift::report::{mended_files, mended_text, roster, undone_lines};
use peakshift::roster::{Reason, Roster, RosterProblem, check, check_file, with_shift};
use peakshift::workforce::{AgentId, Pin};
use published_team::{Team, WEEK, differing, shift_on, start};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The roster with a person's assignment of a day replaced.
fn with_day(problem: &RosterProblem, before: &Roster, pin: &Pin) -> Option<Roster> {
    let person = problem.people.iter().find(|person| person.employee.id == pin.agent)?;
    let others = before.assignments.iter().filter(|duty| (&duty.agent, duty.date) != (&pin.agent, pin.date)).cloned();
    let duty = match &pin.shift {
        Some(code) => Some(with_shift(problem, person, problem.shift_of(person, pin.date, code)?, pin.date)),
        None => None,
    };
    let mut assignments: Vec<_> = others.chain(duty).collect();
    assignments.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
    Some(Roster { assignments })
}

/// A random edit that leaves the roster legal: another shift, a day off, or a swap of two people's shifts on a day.
fn edited(problem: &RosterProblem, before: &Roster, random: &mut ChaCha8Rng) -> Option<Roster> {
    let any = |random: &mut ChaCha8Rng| problem.people[random.random_range(0..problem.people.len())].employee.id.clone();
    let date = WEEK[random.random_range(0..7)].parse().unwrap();
    let agent = any(random);
    let on = |agent: &AgentId| shift_on(before, agent, date).map(str::to_owned);
    let pin = |agent: &AgentId, shift: Option<String>| Pin { agent: agent.clone(), date, shift };
    let edits = match random.random_range(0..3) {
        0 => vec![pin(&agent, Some(["E", "L", "M", "N"][random.random_range(0..4)].to_owned()))],
        1 => vec![pin(&agent, None)],
        _ => {
            let other = any(random);
            vec![pin(&agent, on(&other)), pin(&other, on(&agent))]
        }
    };
    let mut made = before.clone();
    for edit in &edits {
        made = with_day(problem, &made, edit)?;
    }
    (check(problem, &made).is_empty() && !differing(before, &made).is_empty()).then_some(made)
}

fn day_of(day: usize) -> chrono::NaiveDate {
    WEEK[day].parse().unwrap()
}

/// The problem of a team, including its absences and the pins of earlier repairs.
fn problem_of(inputs: &Inputs) -> RosterProblem {
    peakshift::plan::roster_problem(inputs, &[])
}

/// A roster file as saved by spreadsheets.
fn saved(csv: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    match random.random_range(0..3) {
        0 => csv.to_vec(),
        1 => String::from_utf8_lossy(csv).replace('\n', "\r\n").into_bytes(),
        _ => [b"\xef\xbb\xbf", csv].concat(),
    }
}

/// Reads the roster of a folder and repairs it after sick calls.
fn mended(inputs: &mut Inputs, requirements: &[QueueRequirement], folder: &Path, sick: &str, asked: Asked) -> (Published, Mended) {
    let away = folder.with_extension("sick.csv");
    fs::write(&away, sick).unwrap();
    let (published, problems) = Folder::read_mending(&folder.join("roster.csv"), Some(&away), None, inputs);
    assert!(!problems.has_errors(), "{problems:?}");
    let limits = Limits { asked, from: start(), most_changes: None, most_people: None };
    let mended = repair(inputs, requirements, &published, &limits, &peakshift::budget::Budget::of_effort(2));
    assert_eq!(check(&mended.problem, &mended.repaired.solved.roster), [], "a mended roster is legal");
    (published, mended)
}

#[test]
fn every_legal_edit_stays_through_three_repairs_while_its_person_is_there() {
    let (mut kept, mut undone, mut moved) = (0, 0, 0);
    for seed in 0..20 {
        let mut team = Team::new(seed, "");
        let mut folder = team.path("out");
        let mut standing = team.made.clone();
        // hand edits by day and person
        let mut hands: BTreeSet<(chrono::NaiveDate, AgentId)> = BTreeSet::new();
        let mut told = team.inputs.clone();
        for round in 0..3 {
            let mut now = standing.clone();
            let problem = problem_of(&told);
            for _ in 0..8 {
                now = edited(&problem, &now, &mut team.random).unwrap_or(now);
            }
            let new = differing(&standing, &now);
            hands.extend(new.iter().cloned());
            let csv = roster(&problem, &now).csv();
            fs::write(folder.join("roster.csv"), saved(&csv, &mut team.random)).unwrap();
            let Some(duty) = now.assignments.get(team.random.random_range(0..now.assignments.len().max(1))).cloned() else { break };
            let sick = format!("agent_id,start,end,kind\n{},{},{},sick\n", duty.agent, duty.date, duty.date);
            let asked = [Asked::Holes, Asked::Anything, Asked::Edits][team.random.random_range(0..3)];
            let mut inputs = team.inputs.clone();
            let (published, mended) = mended(&mut inputs, &team.requirements, &folder, &sick, asked);
            let of_hand: BTreeSet<_> = published.by_hand.iter().map(|pin| (pin.date, pin.agent.clone())).collect();
            assert_eq!(of_hand, new, "seed {seed}, round {round}: what was edited is known, and nothing else");
            let after = &mended.repaired.solved.roster;
            let missed = |date, agent: &AgentId| now.of_agent(agent).any(|duty| duty.date == date && inputs.is_away(duty));
            for (date, agent) in &hands {
                if missed(*date, agent) {
                    undone += 1;
                } else {
                    assert_eq!(
                        shift_on(after, agent, *date),
                        shift_on(&now, agent, *date),
                        "seed {seed}, round {round}: {agent} on {date}"
                    );
                    kept += 1;
                }
            }
            let lost: BTreeSet<_> = new.iter().filter(|(date, agent)| missed(*date, agent)).cloned().collect();
            assert_eq!(mended.undone.iter().map(|change| (change.date, change.agent.clone())).collect::<BTreeSet<_>>(), lost);
            assert!(mended.undone.iter().all(|change| change.reason == Reason::Away));
            assert_eq!(undone_lines(&mended, Lang::En).len(), lost.len());
            let says_so = mended_text(&mended, "CNY", Lang::En).contains("manual edits of the roster kept");
            assert_eq!(says_so, new.len() > lost.len());
            moved += mended.repaired.changes.iter().filter(|change| change.agent != duty.agent).count();
            hands.retain(|(date, agent)| !missed(*date, agent));
            folder = team.path(&format!("again-{round}"));
            mended_files(&inputs, &team.requirements, &mended, Lang::En).into_output(&folder).write().unwrap();
            let page = fs::read_to_string(folder.join("explain.md")).unwrap();
            assert_eq!(page.matches("is undone").count(), lost.len(), "{page}");
            let mut anew = team.inputs.clone();
            let (file, read, problems) = Folder::read_roster_file(&folder.join("roster.csv"), &mut anew);
            assert_eq!(check_file(&problem_of(&anew), &file, &read), [], "seed {seed}, round {round}: {problems:?}");
            standing = after.clone();
            told = inputs;
        }
    }
    assert!(kept > 100 && undone > 3 && moved > 10, "{kept} {undone} {moved}");
}

#[test]
fn an_edit_that_breaks_a_rule_gives_way_and_is_told() {
    let (mut broken, mut stood) = (0, 0);
    for seed in 40..56 {
        let mut team = Team::new(seed, "");
        let agent = team.problem.people[team.random.random_range(0..team.problem.people.len())].employee.id.clone();
        // a morning after a night is too little rest
        let day = team.random.random_range(0..6);
        let pins = [(day, "N"), (day + 1, "E")].map(|(day, shift): (usize, &str)| Pin {
            agent: agent.clone(),
            date: WEEK[day].parse().unwrap(),
            shift: Some(shift.to_owned()),
        });
        let now = pins.iter().fold(team.made.clone(), |made, pin| with_day(&team.problem, &made, pin).unwrap());
        fs::write(team.path("out/roster.csv"), roster(&team.problem, &now).csv()).unwrap();
        let edits = differing(&team.made, &now);
        let mut inputs = team.inputs.clone();
        let (published, mended) = mended(&mut inputs, &team.requirements, &team.path("out"), "agent_id,start,end,kind\n", Asked::Holes);
        assert_eq!(published.by_hand.len(), edits.len());
        let after = &mended.repaired.solved.roster;
        let changed: BTreeSet<_> =
            edits.iter().filter(|(date, agent)| shift_on(after, agent, *date) != shift_on(&now, agent, *date)).cloned().collect();
        let told: BTreeSet<_> = mended.undone.iter().map(|change| (change.date, change.agent.clone())).collect();
        assert_eq!(told, changed, "seed {seed}: whatever hands made that does not stand is told");
        assert!(mended.undone.iter().all(|change| change.reason == Reason::Forced), "{:?}", mended.undone);
        let lines = undone_lines(&mended, Lang::En);
        assert!(mended.undone.iter().all(|change| lines.iter().any(|line| line.contains(&change.date.to_string()))), "{lines:?}");
        broken += changed.len();
        stood += edits.len() - changed.len();
    }
    assert!(broken > 8 && stood > 2, "{broken} {stood}");
}

#[test]
fn whoever_misses_a_night_for_the_day_after_it_keeps_the_night_before_it() {
    let team = Team::new(3, "");
    let person = &team.problem.people[0];
    let agent = person.employee.id.clone();
    let nights = (0..2).map(|day| with_shift(&team.problem, person, team.problem.shift_of(person, day_of(day), "N").unwrap(), day_of(day)));
    let made = Roster { assignments: nights.collect() };
    let out = team.path("nights");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("roster.csv"), roster(&team.problem, &made).csv()).unwrap();
    // sick on the third day: the night that extends into it is removed, and that of the first day stays, in every repair
    let sick = format!("agent_id,start,end,kind\n{agent},{0},{0},sick\n", day_of(2));
    let mut folder = out;
    for round in 0..3 {
        let mut inputs = team.inputs.clone();
        let told = if round == 0 { sick.as_str() } else { "agent_id,start,end,kind\n" };
        let (_, mended) = mended(&mut inputs, &team.requirements, &folder, told, Asked::Holes);
        let after = &mended.repaired.solved.roster;
        assert_eq!([0, 1].map(|day| shift_on(after, &agent, day_of(day))), [Some("N"), None], "round {round}");
        folder = team.path(&format!("nights-{round}"));
        mended_files(&inputs, &team.requirements, &mended, Lang::En).into_output(&folder).write().unwrap();
        let (file, read, _) = Folder::read_roster_file(&folder.join("roster.csv"), &mut inputs);
        let hers = |violation: &peakshift::roster::Violation| violation.agent == agent;
        assert!(!check_file(&problem_of(&inputs), &file, &read).iter().any(hers), "round {round}");
    }
}

#[test]
fn times_that_are_not_the_shifts_are_told() {
    for seed in 30..36 {
        let mut team = Team::new(seed, "");
        let duty = team.any_duty();
        let file = team.path("out/roster.csv");
        let made = fs::read_to_string(&file).unwrap();
        let row = made.lines().find(|row| row.starts_with(&format!("{},{},", duty.date, duty.agent))).unwrap();
        let time = |time: chrono::NaiveDateTime| time.format("%Y-%m-%dT%H:%M").to_string();
        let later = duty.start + chrono::TimeDelta::minutes(30);
        fs::write(&file, made.replace(row, &row.replacen(&time(duty.start), &time(later), 1))).unwrap();
        let problems = Folder::read_mending(&file, None, None, &mut team.inputs.clone()).1;
        let line = made.lines().position(|line| line == row).map(|place| place + 1);
        let told: Vec<_> = problems.iter().map(|problem| (problem.code, problem.line)).collect();
        assert!(told == [("not_its_hours", line)] || told == [("hours_of_other_shift", line)], "{told:?}");
    }
}

#[test]
fn an_absence_told_now_is_news_though_its_file_lies_beside_the_roster() {
    let team = Team::new(8, "");
    let duty = &team.made.assignments[0];
    let sick = team.path("absences.csv");
    fs::write(&sick, format!("agent_id,start,end,kind\n{},{},{},sick\n", duty.agent, duty.date, duty.date)).unwrap();
    fs::copy(team.path("out/roster.csv"), team.path("roster.csv")).unwrap();
    let read = |now: Option<&Path>| Folder::read_mending(&team.path("roster.csv"), now, None, &mut team.inputs.clone()).0;
    assert_eq!(read(Some(&sick)).called_in, BTreeSet::from([duty.agent.clone()]));
    assert_eq!((read(None).called_in.len(), read(None).told.len(), read(Some(&sick)).told.len()), (0, 1, 1));
}

#[test]
fn a_matrix_that_was_not_touched_where_the_roster_was_takes_no_edit_back() {
    for seed in 60..70 {
        let mut team = Team::new(seed, "");
        let Some(now) = (0..20).find_map(|_| edited(&team.problem, &team.made, &mut team.random)) else { continue };
        fs::write(team.path("out/roster.csv"), roster(&team.problem, &now).csv()).unwrap();
        // the matrix as written by the plan, except for one cell elsewhere
        let edits = differing(&team.made, &now);
        let duty = team.made.assignments.iter().find(|duty| !edits.contains(&(duty.date, duty.agent.clone()))).unwrap();
        let cell = Pin { agent: duty.agent.clone(), date: duty.date, shift: None };
        let (_, mended) = team.mended(None, Some(&team.matrix(std::slice::from_ref(&cell))), Asked::Edits, start());
        let after = &mended.repaired.solved.roster;
        assert_eq!(shift_on(after, &cell.agent, cell.date), None, "seed {seed}");
        for (date, agent) in &edits {
            assert_eq!(shift_on(after, agent, *date), shift_on(&now, agent, *date), "seed {seed}: {agent} on {date}");
        }
    }
}

/// Spreadsheet formats of days in a header.
const DAYS_OF_HEADERS: [&str; 9] =
    ["%F", "%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%-d.%-m.%Y", "%-m/%-d/%y", "%d-%m-%y", "%Y/%-m/%-d", "%-m月%-d日"];

#[test]
fn the_days_of_a_matrix_are_read_in_whatever_order_they_are_written() {
    let team = Team::new(70, "");
    let duty = &team.made.assignments[0];
    let cell = Pin { agent: duty.agent.clone(), date: duty.date, shift: None };
    let text = team.matrix(std::slice::from_ref(&cell));
    let (header, rows) = text.split_once('\n').unwrap();
    let dates: Vec<chrono::NaiveDate> = WEEK.iter().map(|day| day.parse().unwrap()).collect();
    let read = |header: String| {
        let path = team.path("other_header.csv");
        fs::write(&path, format!("{header}\n{rows}")).unwrap();
        let mut inputs = team.inputs.clone();
        let (_, problems) = Folder::read_mending(&team.path("out/roster.csv"), None, Some(&path), &mut inputs);
        assert!(!problems.has_errors(), "{header}: {problems:?}");
        inputs.pins
    };
    let expected = read(header.to_owned());
    assert!(expected.contains(&cell));
    for form in DAYS_OF_HEADERS {
        let days = dates.iter().map(|date| date.format(form).to_string());
        let header = std::iter::once("agent_id".to_owned()).chain(days).collect::<Vec<_>>().join(",");
        assert_eq!(read(header), expected, "{form}");
    }
}

/// Files that belong to a roster.
const OF_A_ROSTER: [&str; 6] = ["roster.csv", "requirement.csv", "coverage.csv", "pins.csv", "absences.csv", "excused.csv"];

/// Copies a roster with its files, and optionally the manifest.
fn copied(from: &Path, to: &Path, with_manifest: bool) {
    fs::create_dir_all(to).unwrap();
    let manifest = with_manifest.then_some("peakshift.json");
    for name in OF_A_ROSTER.into_iter().chain(manifest).filter(|name| from.join(name).is_file()) {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
}

#[test]
fn a_second_repair_is_the_same_wherever_the_roster_of_the_first_lies() {
    let mut differs = 0;
    for seed in 80..92 {
        let mut team = Team::new(seed, "");
        let mut now = team.made.clone();
        for _ in 0..6 {
            now = edited(&team.problem, &now, &mut team.random).unwrap_or(now);
        }
        fs::write(team.path("out/roster.csv"), roster(&team.problem, &now).csv()).unwrap();
        let mut sick = |of: &Roster| {
            let duty = &of.assignments[team.random.random_range(0..of.assignments.len())];
            format!("agent_id,start,end,kind\n{},{},{},sick\n", duty.agent, duty.date, duty.date)
        };
        let (first, second) = (sick(&now), sick(&now));
        let mut inputs = team.inputs.clone();
        let (_, once) = mended(&mut inputs, &team.requirements, &team.path("out"), &first, Asked::Holes);
        let files = mended_files(&inputs, &team.requirements, &once, Lang::En);
        files.into_output(&team.path("out/repair")).write().unwrap();
        let again = |folder: &Path, mut inputs: Inputs| {
            let (published, twice) = mended(&mut inputs, &team.requirements, folder, &second, Asked::Holes);
            assert_eq!(published.by_hand, [], "seed {seed}: nobody has edited it since");
            (twice.repaired.solved.roster, twice.repaired.changes)
        };
        let beside = again(&team.path("out/repair"), team.inputs.clone());
        for with_manifest in [false, true] {
            let elsewhere = team.path(&format!("published-{with_manifest}"));
            copied(&team.path("out/repair"), &elsewhere, with_manifest);
            assert!(again(&elsewhere, team.inputs.clone()) == beside, "seed {seed}: in a folder of its own");
        }
        // in the plan folder its pins are the plan's
        copied(&team.path("out/repair"), team.folder.path(), false);
        let reading = Folder::named(team.folder.path()).read();
        let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
        let mut none = inputs.clone();
        let (_, problems) = Folder::read_mending(&team.path("roster.csv"), None, None, &mut none);
        assert_eq!((problems.len(), none.pins.len()), (0, inputs.pins.len()), "{problems:?}");
        assert!(again(team.folder.path(), inputs) == beside, "seed {seed}: in the plan folder");
        differs += usize::from(!beside.1.is_empty());
    }
    assert!(differs > 6, "{differs}");
}
