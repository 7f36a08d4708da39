//! A random team with its published week, and views of its rosters.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{Asked, Inputs, Limits, Mended, Published, QueueRequirement, forecast, repair, require, roster_problem};
use peakshift::report::roster_files;
use peakshift::roster::{Assignment, Roster, RosterProblem, check, coverage, draft};
use peakshift::time::{ClockTime, read_date};
use peakshift::workforce::{AgentId, Pin};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// A random team of six to ten with its published week.
pub(crate) struct Team {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) inputs: Inputs,
    pub(crate) requirements: Vec<QueueRequirement>,
    pub(crate) problem: RosterProblem,
    pub(crate) made: Roster,
    pub(crate) random: ChaCha8Rng,
}

pub(crate) const WEEK: [&str; 7] = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05", "2026-12-06"];

impl Team {
    /// A team with `rules` added to the section on rules.
    pub(crate) fn new(seed: u64, rules: &str) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let queues = random.random_range(1..=2);
        let mut plan =
            "[plan]\nname = \"T\"\nfirst_day = 2026-11-30\ndays = 7\ninterval_minutes = 60\n[files]\nhistory = [\"history.csv\"]\n\
            agents = \"agents.csv\"\nshifts = \"shifts.csv\"\n"
                .to_owned();
        let mut history = "start,queue,offered\n".to_owned();
        for queue in 0..queues {
            let _ = write!(
                plan,
                "[[queue]]\nid = \"q{queue}\"\nchannel = \"voice\"\nopen = \"00:00\"\nclose = \"24:00\"\nhandling_seconds = 300\n\
                targets = {{ answer_within_seconds = 20, answer_share = 0.8 }}\n"
            );
            for day in 0..28 {
                let date = read_date("2026-11-02").unwrap() + chrono::Days::new(day);
                for hour in 0..24 {
                    let usual = if (8..22).contains(&hour) { 10.0 } else { 2.0 };
                    let came = usual * random.random_range(0.7..1.3);
                    let _ = writeln!(history, "{date}T{hour:02}:00,q{queue},{came:.0}");
                }
            }
        }
        let _ = write!(
            plan,
            "[[contract]]\nid = \"full\"\nregular_hours_week = 40\nmost_hours_week = 48\n[[contract]]\nid = \"month\"\n\
            regular_hours_week = 40\nmost_hours_week = 48\nbalance = \"month\"\n[[contract]]\nid = \"flex\"\nregular_hours_week = 40\npaid_hours_week = 0\n\
            most_hours_week = 48\n[costs]\npay_per_hour = 30\n[rules]\npack = \"cn\"\n{rules}\n"
        );
        let people = random.random_range(6..=10);
        let mut agents = "agent_id,contract,skills\n".to_owned();
        for person in 0..people {
            let skills: Vec<String> =
                (0..queues).filter(|&queue| queue == person % queues || random.random_bool(0.4)).map(|of| format!("q{of}")).collect();
            let contract = ["full", "full", "month", "flex"][random.random_range(0..4)];
            let _ = writeln!(agents, "A{person},{contract},{}", skills.join(";"));
        }
        let shifts = "shift,start,end,paid_hours,meal_windows,meal_minutes,rests\nE,08:00,17:00,8,12:00|13:00,60,1\nL,14:00,23:00,8,18:00|19:00,60,0\n\
            M,10:00,18:00,8,,,2\nN,22:00,06:00,8,,,0\n";
        let files = [("plan.toml", plan.as_str()), ("history.csv", &history), ("agents.csv", &agents), ("shifts.csv", shifts)];
        files.into_iter().for_each(|(name, text)| write(name, text));
        let reading = Folder::named(folder.path()).read();
        let inputs = reading.inputs.unwrap_or_else(|| panic!("{:?}", reading.problems));
        let requirements = require(&inputs, &forecast(&inputs).unwrap());
        let problem = roster_problem(&inputs, &requirements);
        let made = draft(&problem, seed, &Budget::of_effort(1)).roster;
        let covered = coverage(&problem, &made);
        roster_files(&inputs, &requirements, &problem, &made, &covered, Lang::En).into_output(&folder.path().join("out")).write().unwrap();
        Self { folder, inputs, requirements, problem, made, random }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Reads the published roster with absences and a matrix, and repairs it.
    pub(crate) fn mended(&self, sick: Option<&str>, matrix: Option<&str>, asked: Asked, from: NaiveDateTime) -> (Inputs, Mended) {
        let mut inputs = self.inputs.clone();
        let path = |name: &str, text: Option<&str>| {
            text.map(|text| {
                fs::write(self.path(name), text).unwrap();
                self.path(name)
            })
        };
        let (sick, matrix) = (path("sick.csv", sick), path("matrix.csv", matrix));
        let (published, problems) = Folder::read_mending(&self.path("out/roster.csv"), sick.as_deref(), matrix.as_deref(), &mut inputs);
        assert!(!problems.has_errors(), "{problems:?}");
        let mended = self.mend(&inputs, &published, asked, from);
        (inputs, mended)
    }

    pub(crate) fn mend(&self, inputs: &Inputs, published: &Published, asked: Asked, from: NaiveDateTime) -> Mended {
        self.mend_within(inputs, published, &Limits { asked, from, most_changes: None, most_people: None })
    }

    pub(crate) fn mend_within(&self, inputs: &Inputs, published: &Published, limits: &Limits) -> Mended {
        let mended = repair(inputs, &self.requirements, published, limits, &Budget::of_effort(2));
        assert_eq!(check(&mended.problem, &mended.repaired.solved.roster), [], "a mended roster is legal");
        let listed: BTreeSet<_> = mended.repaired.changes.iter().map(|change| (change.date, change.agent.clone())).collect();
        assert_eq!(listed, differing(&published.roster, &mended.repaired.solved.roster), "all that differs is listed, and nothing else");
        mended
    }

    pub(crate) fn any_duty(&mut self) -> Assignment {
        let place = self.random.random_range(0..self.made.assignments.len());
        self.made.assignments[place].clone()
    }

    pub(crate) fn any_moment(&mut self) -> NaiveDateTime {
        start() + TimeDelta::minutes(30 * self.random.random_range(0..7 * 48))
    }

    /// The matrix with a few cells changed: rows by person.
    pub(crate) fn matrix(&self, edits: &[Pin]) -> String {
        let mut text = format!("agent_id,{}\n", WEEK.join(","));
        for person in &self.problem.people {
            let agent = &person.employee.id;
            text += agent.as_str();
            for date in self.problem.horizon.dates() {
                let shift = match edits.iter().find(|pin| (&pin.agent, pin.date) == (agent, date)) {
                    Some(pin) => pin.shift.as_deref(),
                    None => shift_on(&self.made, agent, date),
                };
                let _ = write!(text, ",{}", shift.unwrap_or("off"));
            }
            text.push('\n');
        }
        text
    }
}

pub(crate) fn start() -> NaiveDateTime {
    ClockTime::MIDNIGHT.on(read_date(WEEK[0]).unwrap())
}

pub(crate) fn shift_on<'a>(roster: &'a Roster, agent: &AgentId, date: NaiveDate) -> Option<&'a str> {
    roster.assignments.iter().find(|duty| (&duty.agent, duty.date) == (agent, date)).map(|duty| duty.shift.as_str())
}

/// Person-days on which two rosters differ.
pub(crate) fn differing(one: &Roster, other: &Roster) -> BTreeSet<(NaiveDate, AgentId)> {
    let all = one.assignments.iter().chain(&other.assignments);
    let differs = |duty: &&Assignment| shift_on(one, &duty.agent, duty.date) != shift_on(other, &duty.agent, duty.date);
    all.filter(differs).map(|duty| (duty.date, duty.agent.clone())).collect()
}

pub(crate) fn of<'a>(roster: &'a Roster, agent: &'a AgentId) -> Vec<&'a Assignment> {
    roster.of_agent(agent).collect()
}
