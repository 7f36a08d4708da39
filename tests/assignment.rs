//! Queues by period: over random teams of several skills, whatever `assign` chooses is legal, keeps shifts, breaks and pay, is read back as
//! it was written, and serves no worse in simulation than the roster as it was or anybody's dedication to one queue.

use chrono::{NaiveDate, TimeDelta};
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::plan::{
    Asked, Inputs, Limits, QueueRequirement, assign, expected_arrivals, forecast, repair, require, roster as rostered, roster_problem,
    simulate, simulate_arrivals,
};
use peakshift::report;
use peakshift::roster::{Roster, RosterProblem, Stint, check, check_file, draft, missing, pay};
use peakshift::service::ServiceTarget;
use peakshift::simulate::Attained;
use peakshift::time::{ClockTime, read_date};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write;
use std::fs;

/// A random team with chats, calls and at times tickets, of whom some serve several.
struct Team {
    folder: tempfile::TempDir,
    inputs: Inputs,
    requirements: Vec<QueueRequirement>,
    problem: RosterProblem,
    roster: Roster,
}

fn first() -> NaiveDate {
    read_date("2026-11-30").unwrap()
}

impl Team {
    fn new(seed: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let folder = tempfile::tempdir().unwrap();
        let kinds = [&["chat", "voice"][..], &["chat", "voice", "voice"], &["voice", "voice"], &["chat", "voice", "deferred"]];
        let kinds = kinds[random.random_range(0..kinds.len())];
        let mut plan = "[plan]\nname = \"T\"\nfirst_day = 2026-11-30\ndays = 2\ninterval_minutes = 30\nsimulated_repetitions = 40\n[files]\n\
            history = [\"history.csv\"]\nagents = \"agents.csv\"\nshifts = \"shifts.csv\"\n[[contract]]\nid = \"full\"\nregular_hours_week = 40\n\
            [costs]\npay_per_hour = 30\n[rules]\npack = \"none\"\n"
            .to_owned();
        let mut history = "start,queue,offered\n".to_owned();
        let over = if random.random_bool(0.5) { ", over = \"week\"" } else { "" };
        for (queue, kind) in kinds.iter().enumerate() {
            let form = match *kind {
                "chat" => "windows = 3\nslowdown_per_window = 0.12\npatience_seconds = 120\n",
                "voice" => "patience_seconds = 90\n",
                _ => "",
            };
            let target = match *kind {
                "deferred" => "done_within_hours = 24, done_share = 0.9".to_owned(),
                _ => format!("answer_within_seconds = 20, answer_share = 0.8{over}"),
            };
            let _ = write!(
                plan,
                "[[queue]]\nid = \"q{queue}\"\nchannel = \"{kind}\"\nopen = \"09:00\"\nclose = \"21:00\"\nhandling_seconds = 300\n{form}\
                 targets = {{ {target} }}\n"
            );
            let usual = random.random_range(6.0..20.0) * if *kind == "chat" { 2.0 } else { 1.0 };
            for date in (1..=28).map(|days| first() - chrono::Days::new(days)) {
                for half in 18..42 {
                    let came = usual * random.random_range(0.7..1.3);
                    let _ = writeln!(history, "{date}T{:02}:{:02},q{queue},{came:.0}", half / 2, half % 2 * 30);
                }
            }
        }
        let mut agents = "agent_id,contract,skills\n".to_owned();
        for person in 0..random.random_range(8..=16) {
            let own = person % kinds.len();
            let others = (0..kinds.len()).filter(|queue| *queue != own && random.random_bool(0.4)).map(|queue| format!(";q{queue}"));
            let others: String = others.collect();
            let _ = writeln!(agents, "A{person:02},full,q{own}{others}");
        }
        let shifts = "shift,start,end,paid_hours,meal_windows,meal_minutes,rests\nE,09:00,18:00,8,12:00|13:00,60,1\nL,12:00,20:45,8,16:15|17:15,45,0\n\
            M,10:00,18:00,8,,,2\n";
        let files = [("plan.toml", plan.as_str()), ("history.csv", &history), ("agents.csv", &agents), ("shifts.csv", shifts)];
        files.into_iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
        let reading = Folder::named(folder.path()).read();
        let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
        let requirements = require(&inputs, &forecast(&inputs).unwrap());
        let problem = roster_problem(&inputs, &requirements);
        let roster = draft(&problem, seed, &Budget::of_effort(1)).roster;
        Self { folder, inputs, requirements, problem, roster }
    }

    fn served(&self, roster: &Roster) -> Vec<Attained> {
        simulate_arrivals(&self.inputs, &self.requirements, &self.problem, roster, expected_arrivals, &Budget::of_effort(1))
    }

    /// Queues that hold their share over the whole horizon, and the largest shortfall.
    fn judged(&self, attained: &[Attained]) -> (usize, f64) {
        let short = self.inputs.queues.iter().zip(attained).map(|(of, attained)| {
            let (ServiceTarget::AnsweredWithin { share, .. } | ServiceTarget::DoneWithin { share, .. }) = of.queue.targets[0] else {
                panic!("a share")
            };
            (share.get() - attained.service_level(0..self.problem.grid.len()).value).max(0.0)
        });
        let short: Vec<f64> = short.collect();
        (short.iter().filter(|short| **short == 0.0).count(), short.into_iter().fold(0.0, f64::max))
    }

    /// The roster read back from its file.
    fn read_back(&self, roster: &Roster) -> Roster {
        let path = self.folder.path().join("assigned.csv");
        fs::write(&path, report::roster(&self.problem, roster).csv()).unwrap();
        let mut inputs = self.inputs.clone();
        let (file, read, problems) = Folder::read_roster_file(&path, &mut inputs);
        assert!(!problems.has_errors(), "{problems:?}");
        assert_eq!(check_file(&self.problem, &file, &read), []);
        read
    }
}

fn seeds() -> std::ops::Range<u64> {
    let more: u64 = std::env::var("ASSIGNMENT_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(12);
    0..more
}

#[test]
fn queues_by_period_are_legal_change_nothing_else_and_are_read_back() {
    for seed in seeds() {
        let team = Team::new(seed);
        let assigned = assign(&team.inputs, &team.requirements, &team.problem, &team.roster, &Budget::of_effort(1)).roster;
        assert_eq!(check(&team.problem, &assigned), [], "{seed}");
        assert_eq!(team.read_back(&assigned), assigned, "{seed}");
        let mut stripped = assigned.clone();
        for (assignment, before) in stripped.assignments.iter_mut().zip(&team.roster.assignments) {
            let ends: Vec<_> = assignment.stints.windows(2).map(|pair| (pair[0].end, pair[1].start)).collect();
            assert!(ends.iter().all(|(end, start)| end == start), "{seed}: without gaps");
            assert_eq!((assignment.stints[0].start, assignment.stints.last().unwrap().end), (assignment.start, assignment.end), "{seed}");
            let is_long = |stint: &peakshift::roster::Stint| stint.end - stint.start >= TimeDelta::minutes(60);
            assert!(assignment.stints.iter().all(is_long), "{seed}: {:?}", assignment.stints);
            let pauses: Vec<_> = assignment.meals.iter().chain(&assignment.rests).map(|pause| (pause.start, pause.end())).collect();
            assert!(
                !ends.iter().any(|(end, _)| pauses.iter().any(|(from, to)| from < end && end < to)),
                "{seed}: no change within a break"
            );
            assignment.stints.clone_from(&before.stints);
        }
        assert_eq!(stripped, team.roster, "{seed}");
        for person in &team.problem.people {
            let of = |roster: &Roster| pay(&team.problem, person, &roster.of_agent(&person.employee.id).collect::<Vec<_>>());
            assert_eq!(of(&assigned), of(&team.roster), "{seed}");
        }
    }
}

#[test]
fn no_queue_fares_worse_than_as_given_or_with_everybody_on_one_queue() {
    for seed in seeds() {
        let team = Team::new(seed);
        let assigned = assign(&team.inputs, &team.requirements, &team.problem, &team.roster, &Budget::of_effort(1));
        let (held, shortfall) = team.judged(&team.served(&assigned.roster));
        let mut others = vec![team.roster.clone()];
        for of in &team.inputs.queues {
            let mut dedicated = team.roster.clone();
            for assignment in &mut dedicated.assignments {
                let person = team.problem.people.iter().find(|person| person.employee.id == assignment.agent).unwrap();
                if person.employee.serves(&of.queue.id) {
                    assignment.stints[0].queues = vec![of.queue.id.clone()];
                }
            }
            others.push(dedicated);
        }
        for other in others {
            let (of_other, least) = team.judged(&team.served(&other));
            assert!(held > of_other || held == of_other && shortfall <= least, "{seed}: {held} {shortfall} {of_other} {least}");
        }
    }
}

#[test]
fn a_plan_serves_no_worse_than_its_shifts_with_all_skills_at_once_and_its_cost_and_bound_hold() {
    let (mut by_period, mut more_held) = (0, 0);
    for seed in seeds().take(8) {
        let team = Team::new(seed);
        let planned = rostered(&team.inputs, &team.requirements, &Budget::of_effort(1));
        let roster = &planned.solved.roster;
        assert_eq!(check(&planned.problem, roster), [], "{seed}");
        assert_eq!(team.read_back(roster), *roster, "{seed}");
        let (_, penalty) = missing(&planned.coverage, planned.problem.grid.interval());
        assert!(
            (penalty.get() - planned.solved.parts.understaffing.get()).abs() < 1e-6,
            "{seed}: the penalty is that of the coverage shown"
        );
        assert!(planned.solved.bound.is_none_or(|bound| bound <= planned.solved.cost), "{seed}");
        let mut pooled = roster.clone();
        for assignment in &mut pooled.assignments {
            let person = planned.problem.people.iter().find(|person| person.employee.id == assignment.agent).unwrap();
            let skills = person.employee.skills.clone();
            assignment.stints = vec![Stint { start: assignment.start, end: assignment.end, queues: skills }];
        }
        let [own, other] = [roster, &pooled].map(|roster| team.judged(&team.served(roster)));
        assert!(own.0 > other.0 || own.0 == other.0 && own.1 <= other.1 + 0.005, "{seed}: {own:?} {other:?}");
        by_period += usize::from(*roster != pooled);
        more_held += usize::from(own.0 > other.0);
    }
    assert!(by_period > 0 && more_held > 0, "some of these teams gain");
}

#[test]
fn a_repair_keeps_the_queues_of_shifts_that_it_does_not_touch() {
    for seed in seeds() {
        let team = Team::new(seed);
        let assigned = assign(&team.inputs, &team.requirements, &team.problem, &team.roster, &Budget::of_effort(1)).roster;
        let (path, sick) = (team.folder.path().join("assigned.csv"), team.folder.path().join("sick.csv"));
        fs::write(&path, report::roster(&team.problem, &assigned).csv()).unwrap();
        let away = &assigned.assignments[0].agent;
        fs::write(&sick, format!("agent_id,start,end,kind\n{away},2026-11-30,2026-11-30,sick\n")).unwrap();
        let mut inputs = team.inputs.clone();
        let (published, problems) = Folder::read_mending(&path, Some(&sick), None, &mut inputs);
        assert!(!problems.has_errors(), "{problems:?}");
        let limits = Limits { asked: Asked::Holes, from: ClockTime::MIDNIGHT.on(first()), most_changes: None, most_people: None };
        let mended = repair(&inputs, &team.requirements, &published, &limits, &Budget::of_effort(1)).repaired;
        for assignment in &mended.solved.roster.assignments {
            let is_changed = mended.changes.iter().any(|change| (change.date, &change.agent) == (assignment.date, &assignment.agent));
            let before = assigned.assignments.iter().find(|of| (of.date, &of.agent) == (assignment.date, &assignment.agent));
            assert!(is_changed || before.unwrap().stints == assignment.stints, "{seed}: {assignment:?}");
        }
    }
}

#[test]
fn the_queue_of_one_row_changes_what_is_simulated() {
    let team = (0..100)
        .map(Team::new)
        .find(|team| team.inputs.queues.len() == 2 && team.roster.assignments.iter().any(|of| of.queues().len() == 2));
    let team = team.unwrap();
    let path = team.folder.path().join("roster.csv");
    let text = String::from_utf8(report::roster(&team.problem, &team.roster).csv()).unwrap();
    let service = |text: &str| {
        fs::write(&path, text).unwrap();
        let (published, problems) = Folder::read_published(&path, &team.inputs);
        assert!(!problems.has_errors(), "{problems:?}");
        let attained = simulate(&team.inputs, &team.requirements, &team.problem, &published.roster, &Budget::of_effort(1));
        attained.iter().map(|of| of.service_level(0..team.problem.grid.len()).value).collect::<Vec<f64>>()
    };
    let row = text.lines().find(|line| line.contains(";q")).unwrap();
    let both = if row.contains("q0;q1") { "q0;q1" } else { "q1;q0" };
    let of = |queue: &str| service(&text.replacen(row, &row.replace(both, queue), 1));
    let (blended, chats, calls) = (service(&text), of("q0"), of("q1"));
    assert!(calls[1] > chats[1] && chats[0] > calls[0], "{chats:?} {calls:?}");
    assert!(blended != chats && blended != calls);
    assert_eq!(service(&text.replacen(row, &row.replace(both, ""), 1)), blended, "an empty cell leaves all skills");
}
