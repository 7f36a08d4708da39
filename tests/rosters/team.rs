//! Random teams, as plan folders.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use peakshift::input::Folder;
use peakshift::plan::{Inputs, roster_problem};
use peakshift::roster::{QueueDemand, RosterProblem};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// First days near clock changes in Europe, America and Australia, and others.
const FIRST_DAYS: [(i32, u32, u32); 7] =
    [(2026, 3, 26), (2026, 10, 22), (2026, 10, 29), (2026, 3, 6), (2026, 11, 30), (2026, 12, 29), (2026, 10, 1)];
const ZONES: [&str; 6] = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Sydney", "Asia/Kolkata", "America/Los_Angeles"];

struct Draw {
    rng: ChaCha8Rng,
    first: NaiveDate,
    days: u64,
    queues: usize,
    sites: usize,
    people: usize,
    /// Codes with start, minutes.
    shifts: Vec<(String, u32, u32)>,
}

impl Draw {
    fn chance(&mut self, share: f64) -> bool {
        self.rng.random_bool(share)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        *of.choose(&mut self.rng).unwrap()
    }

    fn date(&mut self) -> NaiveDate {
        self.first + Days::new(self.rng.random_range(0..self.days))
    }
}

fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

/// Writes the plan folder of a seed and returns its inputs and its problem, with a random demand. Rests without a place are reported, and
/// removed.
pub(crate) fn random_team(seed: u64, folder: &Path) -> (Inputs, RosterProblem) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (year, month, day) = *FIRST_DAYS.choose(&mut rng).unwrap();
    let first = NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let (days, queues, people) = (rng.random_range(3..=9), rng.random_range(1..=3), rng.random_range(2..=5));
    let mut draw = Draw { rng, first, days, queues, sites: 0, people, shifts: Vec::new() };
    draw.sites = draw.one(&[0, 0, 1, 2]);
    fs::write(folder.join("plan.toml"), plan_file(&mut draw)).unwrap();
    fs::write(folder.join("history.csv"), history(&draw)).unwrap();
    let shifts = shifts(&mut draw);
    fs::write(folder.join("shifts.csv"), &shifts).unwrap();
    fs::write(folder.join("agents.csv"), agents(&mut draw)).unwrap();
    fs::write(folder.join("absences.csv"), absences(&mut draw)).unwrap();
    fs::write(folder.join("calendar.csv"), calendar(&mut draw)).unwrap();
    fs::write(folder.join("previous_roster.csv"), previous(&mut draw)).unwrap();
    fs::write(folder.join("pins.csv"), pins(&mut draw)).unwrap();
    let inputs = read_with_rests_that_fit(folder, shifts);
    let mut problem = roster_problem(&inputs, &[]);
    for of in &inputs.queues {
        let base: f64 = draw.rng.random_range(0.0..1.5);
        let required = (0..problem.grid.len()).map(|slot| {
            let hour = slot * 24 / problem.grid.interval().per_day() % 24;
            if (8..22).contains(&hour) || hour.is_multiple_of(5) { base + (slot % 3) as f64 * 0.5 } else { 0.0 }
        });
        problem.demand.push(QueueDemand::new(of.queue.id.as_str(), required.collect()));
    }
    (inputs, problem)
}

fn read_with_rests_that_fit(folder: &Path, mut shifts: String) -> Inputs {
    for _ in 0..2 {
        let reading = Folder::named(folder).read();
        if let Some(inputs) = reading.inputs {
            return inputs;
        }
        let mut lines: Vec<String> = shifts.lines().map(str::to_owned).collect();
        for problem in reading.problems.iter().filter(|problem| !problem.is_warning) {
            assert_eq!(problem.code, "rests_unfit", "{problem:?}");
            let line = &mut lines[problem.line.unwrap() - 1];
            let mut cells: Vec<&str> = line.split(',').collect();
            cells[6] = &problem.expected;
            *line = cells.join(",");
        }
        shifts = lines.join("\n") + "\n";
        fs::write(folder.join("shifts.csv"), &shifts).unwrap();
    }
    panic!("rests do not fit though as many were taken as fit");
}

fn plan_file(draw: &mut Draw) -> String {
    let interval = draw.one(&[30, 60]);
    let mut text = format!("[plan]\nfirst_day = {}\ndays = {}\ninterval_minutes = {interval}\n", draw.first, draw.days);
    if draw.sites > 0 || draw.chance(0.5) {
        writeln!(text, "zone = \"{}\"", draw.one(&ZONES)).unwrap();
    }
    text += "[files]\nhistory = [\"history.csv\"]\nagents = \"agents.csv\"\nshifts = \"shifts.csv\"\nabsences = \"absences.csv\"\n";
    text += "calendar = [\"calendar.csv\"]\nprevious_roster = \"previous_roster.csv\"\n";
    for queue in 0..draw.queues {
        write!(text, "[[queue]]\nid = \"q{queue}\"\nchannel = \"voice\"\nopen = \"00:00\"\nclose = \"24:00\"\nhandling_seconds = 300\n")
            .unwrap();
        text += "targets = { mean_wait_seconds = 60 }\n";
    }
    for site in 0..draw.sites {
        write!(text, "[[site]]\nid = \"s{site}\"\nzone = \"{}\"\n", draw.one(&ZONES)).unwrap();
        if draw.chance(0.4) {
            text += "open = \"06:00\"\nclose = \"23:00\"\n";
        }
    }
    let balance = draw.one(&["week", "week", "month", "quarter"]);
    write!(
        text,
        "[[contract]]\nid = \"full\"\nregular_hours_week = {}\nmost_hours_week = 56\nbalance = \"{balance}\"\n",
        draw.one(&[36, 40])
    )
    .unwrap();
    let paid = draw.one(&[0, 10, 20]);
    write!(text, "[[contract]]\nid = \"part\"\npart_time = true\nregular_hours_week = 20\npaid_hours_week = {paid}\nmost_hours_day = 6\n")
        .unwrap();
    write!(text, "[costs]\nother_shift = 0\nunfair_shift = 0\n[rules]\npack = \"cn\"\nrest_hours = {}\n", draw.one(&[10, 11, 12])).unwrap();
    let night = draw.one(&[("22:00", "06:00", 2.0), ("23:00", "06:00", 3.0), ("00:00", "05:00", 0.5)]);
    writeln!(text, "night_from = \"{}\"\nnight_until = \"{}\"\nnight_hours = {}", night.0, night.1, night.2).unwrap();
    writeln!(text, "overtime_rate = {}\nrest_day_rate = {}", draw.one(&[1.25, 1.5, 2.5]), draw.one(&[1.1, 1.5, 2.0])).unwrap();
    writeln!(text, "rest_days_week = {}\nregular_hours_day = {}", draw.one(&[0, 1, 2]), draw.one(&[6.0, 7.5, 8.0])).unwrap();
    if draw.chance(0.3) {
        writeln!(text, "most_nights_week = 2\ntwo_days_off_running = true\nfree_weekends_in_four = 1").unwrap();
    }
    if draw.chance(0.3) {
        let attend = draw.one(&["alone", "group"]);
        write!(text, "[[activity]]\nid = \"talk\"\nattend = \"{attend}\"\nminutes = 60\nfrom = \"08:00\"\nto = \"20:00\"\n").unwrap();
    }
    text
}

fn history(draw: &Draw) -> String {
    let start = draw.first.and_hms_opt(0, 0, 0).unwrap() - TimeDelta::days(2);
    let row = |hour: i64, queue: usize| format!("{},q{queue},10\n", (start + TimeDelta::hours(hour)).format("%Y-%m-%dT%H:%M"));
    let rows = (0..48).flat_map(|hour| (0..draw.queues).map(move |queue| row(hour, queue)));
    "start,queue,offered\n".to_owned() + &rows.collect::<String>()
}

fn shifts(draw: &mut Draw) -> String {
    let mut text = "shift,start,end,paid_hours,meal_windows,meal_minutes,rests,contracts,volunteers_only,reserve\n".to_owned();
    for number in 0..draw.rng.random_range(3..=6) {
        let part = number == 0 || draw.chance(0.2);
        let (start, span) = (
            draw.one(&[0, 360, 420, 540, 735, 960, 1200, 1320, 1410]),
            if part { draw.one(&[180, 240, 345]) } else { draw.one(&[420, 480, 540, 630, 720]) },
        );
        let meal = draw.one(&[0, 30, 45, 60]) * u32::from(!part);
        let count = if meal == 0 { 0 } else { draw.rng.random_range(1..=3) };
        let windows: Vec<String> = (0..count).map(|option| clock(start + 150 + option * 45)).collect();
        let reserve = draw.chance(0.1);
        let work = f64::from(span - if count == 0 { 0 } else { meal }) / 60.0;
        let paid = if reserve { (work / 2.0).floor() } else { work };
        let rests = if reserve { 0 } else { draw.rng.random_range(0..=4) };
        let (contracts, volunteers) = (if part { "part;full" } else { "" }, if draw.chance(0.15) { "yes" } else { "" });
        let (code, minutes) = (format!("S{number}"), if meal == 0 { 60 } else { meal });
        let (from, to, reserve) = (clock(start), clock(start + span), if reserve { "yes" } else { "" });
        writeln!(text, "{code},{from},{to},{paid},{},{minutes},{rests},{contracts},{volunteers},{reserve}", windows.join("|")).unwrap();
        draw.shifts.push((code, start, span));
    }
    text
}

fn agents(draw: &mut Draw) -> String {
    let mut text = "agent_id,team,contract,skills,speed,hire_date,protected,volunteers,site\n".to_owned();
    for number in 0..draw.people {
        let mut skills: Vec<usize> = (0..draw.queues).filter(|_| draw.rng.random_bool(0.6)).collect();
        if skills.is_empty() {
            skills.push(draw.rng.random_range(0..draw.queues));
        }
        if draw.chance(0.5) {
            skills.reverse();
        }
        let skills: Vec<String> = skills.iter().map(|queue| format!("q{queue}")).collect();
        let site = if draw.sites > 0 && draw.chance(0.6) { format!("s{}", draw.rng.random_range(0..draw.sites)) } else { String::new() };
        let hired = if draw.chance(0.1) { draw.date().to_string() } else { String::new() };
        let protected = draw.one(&["", "", "", "no_late", "no_night;no_overtime"]);
        let volunteers = draw.one(&["", "yes"]);
        let (contract, speed, team) = (draw.one(&["full", "full", "part"]), draw.one(&[0.8, 1.0]), number % 2);
        writeln!(text, "A{number},t{team},{contract},{},{speed},{hired},{protected},{volunteers},{site}", skills.join(";")).unwrap();
    }
    text
}

fn absences(draw: &mut Draw) -> String {
    let mut text = "agent_id,start,end,kind\n".to_owned();
    for number in 0..draw.people {
        if draw.chance(0.4) {
            let (date, kind) = (draw.date(), draw.one(&["sick", "leave", "training", "事假"]));
            let hours = draw.one(&[(0, 24), (0, 48), (9, 12), (22, 30)]);
            let at = |hours: i64| (date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::hours(hours)).format("%Y-%m-%dT%H:%M");
            writeln!(text, "A{number},{},{},{kind}", at(hours.0), at(hours.1)).unwrap();
        }
    }
    text
}

fn calendar(draw: &mut Draw) -> String {
    let mut text = "date,kind,name,overtime_rate\n".to_owned();
    if draw.chance(0.5) {
        let date = draw.date();
        writeln!(text, "{date},statutory,holiday,{}", draw.one(&[2.0, 3.0])).unwrap();
        if draw.chance(0.3) {
            writeln!(text, "{},statutory,second,2.5", date + Days::new(1)).unwrap();
        }
    } else {
        writeln!(text, "{},makeup_work,,1.5", draw.first - Days::new(20)).unwrap();
    }
    text
}

fn previous(draw: &mut Draw) -> String {
    let mut text = "date,agent_id,shift,start,end,paid_hours\n".to_owned();
    for number in 0..draw.people {
        for back in 1..=draw.rng.random_range(0..=4) {
            let (code, start, span) = draw.shifts.choose(&mut draw.rng).unwrap().clone();
            let date = draw.first - Days::new(back);
            let from: NaiveDateTime = date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::minutes(start.into());
            let to = from + TimeDelta::minutes(span.into());
            let stamp = |time: NaiveDateTime| time.format("%Y-%m-%dT%H:%M").to_string();
            writeln!(text, "{date},A{number},{code},{},{},{}", stamp(from), stamp(to), f64::from(span) / 60.0).unwrap();
        }
    }
    if text.lines().count() == 1 {
        writeln!(text, "{},A0,S0,{}T08:00,{}T12:00,4", draw.first - Days::new(9), draw.first - Days::new(9), draw.first - Days::new(9))
            .unwrap();
    }
    text
}

fn pins(draw: &mut Draw) -> String {
    let mut text = "date,agent_id,shift\n".to_owned();
    for number in 0..draw.people {
        if draw.chance(0.4) {
            let code = if draw.chance(0.3) { "off".to_owned() } else { draw.shifts.choose(&mut draw.rng).unwrap().0.clone() };
            let date = draw.date();
            writeln!(text, "{date},A{number},{code}").unwrap();
        }
    }
    text
}
