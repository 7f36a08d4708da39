//! A plan folder: `plan.toml` and the tables it names, read whole, every problem at once.

use crate::calendar::Calendar;
use crate::event::{DayCurve, Event};
use crate::history::{RawCount, interval_of, usual_handling};
use crate::input::cell::from_utc::FromUtc;
use crate::input::history::counts;
use crate::input::known_ahead::day_curves as facts;
use crate::input::known_ahead::{overrides, promotions};
use crate::input::naming::names::Names;
use crate::input::naming::queue_names::QueueNames;
use crate::input::people::agents as people;
use crate::input::people::{accounts, requests};
use crate::input::plan_file::resettings::{Setting, with_settings};
use crate::input::plan_file::sections as plan_file;
use crate::input::plan_file::sections::{Files, PlanFile, QueueSection};
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::roster::file as roster_file;
use crate::input::roster::file::Codes;
use crate::input::roster::pins::Shifts;
use crate::input::roster::requirement as requirement_file;
use crate::input::roster::slips::note_away;
use crate::input::roster::written_with::WrittenWith;
use crate::input::roster::{beside, matrix, pins};
use crate::input::scenarios::file as scenarios;
use crate::input::shifts::file as shifts;
use crate::input::text::bytes::is_there;
use crate::input::text::file::read_text;
use crate::plan::{Inputs, Published, QueueInputs};
use crate::roster::{Activity, Attendance, Roster, RosterFile};
use crate::scenario::{Scenario, Scenarios};
use crate::service::{Channel, Queue};
use crate::time::ClockTime;
use crate::today::Actuals;
use crate::workforce::{Absence, Employee, Pin, Site};
use crate::zone::{Clocks, database_version, is_over_a_year_ahead};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A plan folder, or another plan file of one.
#[derive(Clone, Debug)]
pub struct Folder {
    folder: PathBuf,
    plan: String,
}

/// What was read and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The inputs, if planning can go on.
    pub inputs: Option<Inputs>,
    /// Everything that is wrong or suspicious.
    pub problems: Problems,
}

/// What a plan folder says of the world, without the past and the team.
#[derive(Clone, Debug, Default)]
pub struct KnownAhead {
    /// The queues.
    pub queues: Vec<Queue>,
    /// Holidays.
    pub calendar: Calendar,
    /// Promotions.
    pub events: Vec<Event>,
    /// How a day's contacts spread over its hours, ordinarily and in promotions.
    pub curves: Vec<DayCurve>,
}

/// A stated handling time this share off the history's deserves a word.
const HANDLING_MAY_DIFFER: f64 = 0.15;
/// Nobody answers anything in fewer seconds.
const LEAST_HANDLING: f64 = 10.0;

impl Folder {
    /// From what a user names: a folder (its `plan.toml` counts), or a plan file.
    ///
    /// ```
    /// use peakshift::input::Folder;
    /// let double_eleven = Folder::named("data/qinghe/double11.toml".as_ref());
    /// assert!(double_eleven.default_output().ends_with("out-double11"));
    /// ```
    #[must_use]
    pub fn named(path: &Path) -> Self {
        let is_file = path.extension().is_some_and(|extension| extension == "toml");
        match (is_file, path.file_name()) {
            (true, Some(name)) => {
                Self { folder: path.parent().unwrap_or(Path::new("")).to_owned(), plan: name.to_string_lossy().into_owned() }
            }
            _ => Self { folder: path.to_owned(), plan: "plan.toml".into() },
        }
    }

    /// The folder itself.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Where its results go unless told otherwise: `out` for `plan.toml`, `out-NAME` for `NAME.toml`.
    #[must_use]
    pub fn default_output(&self) -> PathBuf {
        match self.plan.trim_end_matches(".toml") {
            "plan" => self.folder.join("out"),
            name => self.folder.join(format!("out-{name}")),
        }
    }

    /// Reads everything.
    #[must_use]
    pub fn read(&self) -> Reading {
        self.read_with(&[])
    }

    /// Reads everything, with some settings of the plan file changed.
    pub(in crate::input) fn read_with(&self, settings: &[Setting]) -> Reading {
        let mut problems = Problems::default();
        let inputs = self.read_inputs(settings, &mut problems).filter(|_| !problems.has_errors());
        Reading { inputs, problems }
    }

    fn read_inputs(&self, settings: &[Setting], problems: &mut Problems) -> Option<Inputs> {
        let text = self.plan_text(problems)?;
        let text = if settings.is_empty() { text } else { with_settings(&text, settings) };
        let plan = plan_file::read(&self.plan, &text, problems)?;
        if plan.is_whole {
            return Some(self.read_tables(plan, problems));
        }
        // files whose names are torn are missing, and queues have no counts, for no reason of their own
        let mut found = problems.clone();
        let inputs = self.read_tables(plan, &mut found);
        let follows = |problem: &&Problem| problem.file == self.plan || problem.code == "file_missing";
        found.iter().filter(|problem| !follows(problem)).for_each(|problem| problems.push(problem.clone()));
        Some(inputs)
    }

    fn read_tables(&self, plan: PlanFile, problems: &mut Problems) -> Inputs {
        let folder = self.place();
        let mut counts = counts::read(folder, &plan, problems);
        let calendar = facts::calendar(folder, &plan, problems);
        let curves = facts::day_curves(folder, &plan, problems);
        let events = promotions::promotions(folder, &plan, &curves, problems);
        if let Some(first) = counts.values().flatten().map(|count| count.start).min() {
            promotions::note_idle(folder, &plan, first, problems);
        }
        let (shifts, shift_names) = shifts::shifts(folder, &plan, problems);
        let (mut employees, numbers) = people::agents(folder, &plan, (&shifts, &shift_names), problems);
        self.requests(&plan, (&shifts, &shift_names), (&mut employees, &numbers), problems);
        let absences = plan.files.absences.as_ref();
        let absences =
            absences.map_or_else(Vec::new, |file| people::absences((folder, file), plan.clocks(), &numbers, &plan.leave_freeze, problems));
        let past = self.named_or_usual(plan.files.previous_roster.as_deref(), "previous_roster.csv");
        let past = past.map_or_else(BTreeMap::new, |file| roster_file::past(folder, file, plan.horizon, &numbers, problems));
        let accounts = self.named_or_usual(plan.files.accounts.as_deref(), "accounts.csv").or(self.usual("fairness.csv"));
        let accounts = accounts.map_or_else(BTreeMap::new, |file| accounts::read(folder, file, (&numbers, plan.horizon.first), problems));
        let drivers =
            plan.files.drivers.as_ref().and_then(|file| Some(facts::drivers(&self.text(file, problems)?, file, plan.clocks(), problems)));
        let overrides = self.overrides(&plan, problems);
        let is_whole = !plan.files.history.is_empty() && !plan.files.history.iter().any(|file| problems.refuse(file));
        let queues = plan
            .queues
            .iter()
            .zip(&plan.queue_sections)
            .filter_map(|(queue, &section)| {
                let counts = counts.remove(&queue.id).unwrap_or_default();
                if !is_whole {
                    return None;
                }
                let overrides = overrides::of_queue(&overrides, &queue.id);
                Some(QueueInputs { overrides, ..self.queue(&plan, queue, section, counts, problems)? })
            })
            .collect();
        let mut inputs = Inputs {
            name: plan.name,
            horizon: plan.horizon,
            history_until: plan.history_until,
            zone: plan.zone,
            interval: plan.interval,
            queues,
            calendar,
            holidays_published_month: plan.holidays_published_month,
            events,
            drivers: drivers.unwrap_or_default(),
            employees,
            absences,
            pins: Vec::new(),
            excused: Vec::new(),
            accounts,
            past,
            shifts,
            activities: plan.activities,
            presences: plan.presences,
            rules: plan.rules,
            prices: plan.prices,
            currency: plan.currency,
            terms: plan.terms,
            shrinkage: plan.shrinkage,
            replications: plan.replications,
            seed: plan.seed,
        };
        if let Some(file) = self.named_or_usual(plan.files.pins.as_deref(), "pins.csv") {
            inputs.pins = pins::read(folder, file, &inputs, (&numbers, &shift_names), problems);
        }
        self.examine_whole(&inputs, &plan.sites, &plan.files, problems);
        problems.complete(|problem| {
            if let Some(line) = plan.files.lines.get(&problem.file).filter(|_| problem.code == "file_missing") {
                problem.expected = format!("{}:{line}", self.plan);
            }
        });
        inputs
    }

    /// The file that the plan names, or the one of the usual name where there is one.
    fn named_or_usual<'b>(&self, named: Option<&'b str>, usual: &'b str) -> Option<&'b str> {
        named.or_else(|| self.usual(usual))
    }

    /// A file of the usual name, where there is one.
    fn usual<'b>(&self, name: &'b str) -> Option<&'b str> {
        // a folder, a pipe or a link to nowhere of that name is a mistake, not nothing
        is_there(&self.folder.join(name)).then_some(name)
    }

    /// Adds what people ask for to what the agents file says.
    fn requests(&self, plan: &PlanFile, shifts: Shifts, people: (&mut [Employee], &Names), problems: &mut Problems) {
        if let Some(file) = self.named_or_usual(plan.files.requests.as_deref(), "requests.csv") {
            requests::read(self.place(), file, shifts, (plan.horizon, &plan.leave_freeze), people, problems);
        }
    }

    /// Planners' corrections.
    fn overrides(&self, plan: &PlanFile, problems: &mut Problems) -> Vec<overrides::Row> {
        let file = self.named_or_usual(plan.files.overrides.as_deref(), "overrides.csv");
        let text = file.and_then(|file| Some((file, self.text(file, problems)?)));
        text.map_or_else(Vec::new, |(file, text)| overrides::parse(&text, file, plan, problems))
    }

    /// Reads counts of today and the days since the history ends, in the form of a history file.
    #[must_use]
    pub fn read_actuals(path: &Path, inputs: &Inputs) -> (Actuals, Problems) {
        let mut problems = Problems::default();
        let known = QueueNames::of(inputs.queues.iter().map(|of| (&of.queue.id, of.queue.name.as_str())));
        let actuals = counts::read_today(Path::new(""), &path.to_string_lossy(), &known, FromUtc::of_inputs(inputs), &mut problems);
        (actuals, problems)
    }

    /// Reads what is known ahead, without histories or people; whatever has a problem is left out.
    #[must_use]
    pub fn read_facts(&self) -> KnownAhead {
        let mut problems = Problems::default();
        let plan = self.plan_text(&mut problems).and_then(|text| plan_file::read(&self.plan, &text, &mut problems));
        let Some(plan) = plan else { return KnownAhead::default() };
        let curves = facts::day_curves(self.place(), &plan, &mut problems);
        KnownAhead {
            events: promotions::promotions(self.place(), &plan, &curves, &mut problems),
            calendar: facts::calendar(self.place(), &plan, &mut problems),
            queues: plan.queues,
            curves: curves.0,
        }
    }

    fn queue(
        &self,
        plan: &PlanFile,
        queue: &Queue,
        section: QueueSection,
        counts: Vec<RawCount>,
        problems: &mut Problems,
    ) -> Option<QueueInputs> {
        let mut note = |code, is_warning, value: String, expected: String| {
            problems.push(Problem {
                code,
                is_warning,
                file: self.plan.clone(),
                line: Some(section.line),
                column: queue.id.to_string(),
                value,
                expected,
            });
        };
        let usable: Vec<_> = counts.iter().filter(|count| count.start.date() < plan.history_until).collect();
        if usable.is_empty() {
            note("queue_without_history", false, String::new(), plan.history_until.to_string());
            return None;
        }
        let Some(counted_every) = interval_of(&counts) else {
            note("interval_mixed", false, queue.id.to_string(), String::new());
            return None;
        };
        let mut dates: Vec<_> = usable.iter().map(|count| count.start.date()).collect();
        dates.sort_unstable();
        dates.dedup();
        if dates.len() < 21 {
            note("short_history", true, dates.len().to_string(), String::new());
        }
        let known = usual_handling(&counts, plan.history_until);
        if let Some(known) = known.filter(|known| known.get() < LEAST_HANDLING) {
            note("handling_implausible", true, format!("{:.1}", known.get()), String::new());
        }
        let handling = match (section.states_handling, known) {
            (true, Some(known)) if matches!(queue.channel, Channel::Voice | Channel::Deferred) => {
                let (stated, known) = (queue.handling.get(), known.get());
                if !(1.0 - HANDLING_MAY_DIFFER..=1.0 + HANDLING_MAY_DIFFER).contains(&(known / stated)) {
                    note("handling_differs", true, format!("{stated:.0}"), format!("{known:.0}"));
                }
                queue.handling
            }
            (true, _) => queue.handling,
            (false, Some(known)) => known,
            (false, None) => {
                note("handling_unknown", false, String::new(), "handling_seconds".into());
                return None;
            }
        };
        let queue = Queue { handling, ..queue.clone() };
        Some(QueueInputs { queue, counts, counted_every, overrides: Vec::new(), bots_down: Vec::new() })
    }

    /// What no single file can show, once all of the plan, the people and the shifts can be read: what is refused serves nobody.
    fn examine_whole(&self, inputs: &Inputs, sites: &[Site], files: &Files, problems: &mut Problems) {
        let is_whole = |file: &Option<String>| file.as_ref().is_some_and(|file| !problems.refuse(file));
        if problems.refuse(&self.plan) || !is_whole(&files.agents) || !is_whole(&files.shifts) {
            return;
        }
        if !files.calendar.iter().any(|file| problems.refuse(file)) {
            self.examine_calendar(inputs, problems);
        }
        let mut warn = |code, value: String| {
            problems.push(Problem {
                code,
                is_warning: true,
                file: self.plan.clone(),
                line: None,
                column: String::new(),
                value,
                expected: String::new(),
            });
        };
        for of in &inputs.queues {
            if !inputs.employees.iter().any(|employee| employee.serves(&of.queue.id)) {
                warn("nobody_serves", of.queue.id.to_string());
            }
        }
        let mut contracts: Vec<_> = inputs.employees.iter().map(|employee| &employee.contract).collect();
        contracts.dedup_by_key(|contract| &contract.id);
        for contract in contracts {
            let fits = |shift: &crate::roster::ShiftTemplate| {
                if shift.contracts.is_empty() { !contract.part_time } else { shift.contracts.contains(&contract.id) }
            };
            if !inputs.shifts.iter().any(fits) {
                warn("no_shift_fits", contract.id.clone());
            }
        }
        for activity in inputs.activities.iter().filter(|activity| activity.attendance == Attendance::WithLeader) {
            let mut led: Vec<&str> = inputs.employees.iter().filter(|employee| employee.leads).map(|leader| leader.team.as_str()).collect();
            led.dedup();
            let mut teams: Vec<&str> = inputs.employees.iter().map(|employee| employee.team.as_str()).collect();
            teams.sort_unstable();
            teams.dedup();
            for team in teams.into_iter().filter(|team| !led.contains(team)) {
                warn("group_without_leader", format!("{team}, {}", activity.id));
            }
        }
        examine_sites(inputs, sites, &mut warn);
        examine_presences(inputs, &mut warn);
        let successions = inputs.rules.forbidden_successions.iter().flat_map(|(first, second)| [first, second]);
        for code in successions.filter(|code| !inputs.shifts.iter().any(|shift| shift.id == **code)) {
            warn("unknown_shift", code.clone());
        }
        let is_zone_used = inputs.zone.is_some() || inputs.employees.iter().any(|employee| employee.clocks().is_some());
        if is_zone_used && is_over_a_year_ahead(inputs.horizon.date(inputs.horizon.days - 1)) {
            warn("zone_database_old", database_version().to_owned());
        }
    }

    /// What the calendar does not say though it should.
    fn examine_calendar(&self, inputs: &Inputs, problems: &mut Problems) {
        for doubt in inputs.calendar_doubts() {
            let (code, value, expected) = doubt.words();
            let (file, column) = (self.plan.clone(), String::new());
            problems.push(Problem { code, is_warning: true, file, line: None, column, value, expected });
        }
    }

    /// Reads a roster file of this plan's days, people and shifts, whoever is away then noted; `path` is as the user gave it.
    #[must_use]
    pub fn read_roster(path: &Path, inputs: &Inputs) -> (Roster, Problems) {
        let mut problems = Problems::default();
        let known = (&numbers_of(inputs), Codes::Known(inputs));
        let name = path.to_string_lossy();
        let (file, roster) = roster_file::read_rows(Path::new(""), &name, Some(inputs.horizon), known, &mut problems);
        note_away(&name, &file.rows, &inputs.absences, &mut problems);
        (roster, problems)
    }

    /// The same with what its plan required (`requirement.csv` beside it, or `coverage.csv`), if that is known.
    #[must_use]
    pub fn read_published(path: &Path, inputs: &Inputs) -> (Published, Problems) {
        let (roster, mut problems) = Self::read_roster(path, inputs);
        (published(&WrittenWith::of(path), roster, inputs, &mut problems), problems)
    }

    /// The roster with its rows as they stand; what repairs have noted beside it becomes part of the inputs: what a roster is verified
    /// against.
    #[must_use]
    pub fn read_roster_file(path: &Path, inputs: &mut Inputs) -> (RosterFile, Roster, Problems) {
        let mut problems = Problems::default();
        let judged = (&Names::default(), Codes::Judged(&inputs.shifts));
        let (file, roster) = roster_file::read_rows(Path::new(""), &path.to_string_lossy(), Some(inputs.horizon), judged, &mut problems);
        beside::read(&WrittenWith::of(path), &roster, None, inputs, &mut problems);
        (file, roster, problems)
    }

    /// Reads a published roster of this plan's days and people, what its plan required (`requirement.csv`) and repairs have noted beside it,
    /// absences beside those known and a matrix edited by hand: all become part of the inputs, and what the roster's file says is pinned stays
    /// so. Where the folder tells how the roster was written, what was edited in it by hand is known too. Paths are as the user gave them.
    #[must_use]
    pub fn read_mending(path: &Path, absences: Option<&Path>, matrix: Option<&Path>, inputs: &mut Inputs) -> (Published, Problems) {
        let mut problems = Problems::default();
        let here = Path::new("");
        let known = numbers_of(inputs);
        let of = WrittenWith::of(path);
        let roster = roster_file::read(here, &path.to_string_lossy(), Some(inputs.horizon), (&known, Codes::Known(inputs)), &mut problems);
        let mut told = beside::read(&of, &roster, absences, inputs, &mut problems);
        let mut called_in = BTreeSet::new();
        if let Some(file) = absences {
            let now = people::absences((here, &file.to_string_lossy()), FromUtc::of_inputs(inputs), &known, &[], &mut problems);
            if !now.is_empty() && !now.iter().any(|absence| is_ahead(absence, inputs)) {
                let expected = inputs.horizon.to_string();
                problems.push(Problem { is_warning: true, expected, ..of_file(&file.to_string_lossy(), "absences_other_days") });
            }
            called_in.extend(now.iter().filter(|absence| is_news(absence, inputs)).map(|absence| absence.agent.clone()));
            inputs.absences.extend(now.iter().cloned());
            told = beside::together(told, now);
        }
        let mut by_hand = of.by_hand(inputs, &roster);
        let is_of = |pin: &Pin, other: &Pin| (pin.date, &pin.agent) == (other.date, &other.agent);
        // a cell of the matrix that says what the roster said before it was edited was not touched
        let is_older = |pin: &Pin| by_hand.iter().any(|hand| is_of(hand, pin)) && of.said(pin);
        let edited = matrix.map_or_else(Vec::new, |path| matrix::read(path, inputs, &roster, &is_older, &mut problems));
        by_hand.retain(|hand| !edited.iter().any(|pin| is_of(pin, hand)));
        let pinned = roster.assignments.iter().filter(|assignment| assignment.pinned);
        let pinned = pinned.map(|duty| Pin { agent: duty.agent.clone(), date: duty.date, shift: Some(duty.shift.clone()) });
        let known = std::mem::take(&mut inputs.pins);
        // the latest word counts
        for pin in edited.into_iter().chain(pinned).chain(known) {
            if !inputs.pins.iter().any(|later| (later.date, &later.agent) == (pin.date, &pin.agent)) {
                inputs.pins.push(pin);
            }
        }
        (Published { called_in, told, by_hand, ..published(&of, roster, inputs, &mut problems) }, problems)
    }

    /// Reads scenarios for the plan of this folder; `path` is as the user gave it.
    #[must_use]
    pub fn read_scenarios(&self, path: &Path, inputs: &Inputs) -> (Scenarios, Problems) {
        let mut problems = Problems::default();
        let name = path.to_string_lossy();
        let text = read_text(Path::new(""), &name, &mut problems);
        let scenarios = text.map(|text| scenarios::read(self, &name, &text, inputs, &mut problems));
        (scenarios.unwrap_or_default(), problems)
    }

    /// Reads surprises that a roster of this folder's plan is to be tried with; `path` is as the user gave it.
    #[must_use]
    pub fn read_surprises(&self, path: &Path, inputs: &Inputs) -> (Vec<Scenario>, Problems) {
        let mut problems = Problems::default();
        let name = path.to_string_lossy();
        let text = read_text(Path::new(""), &name, &mut problems);
        let surprises = text.map(|text| scenarios::read_surprises(self, &name, &text, inputs, &mut problems));
        (surprises.unwrap_or_default(), problems)
    }

    /// The plan file's name in its folder.
    pub(in crate::input) fn plan_name(&self) -> &str {
        &self.plan
    }

    pub(in crate::input) fn text(&self, file: &str, problems: &mut Problems) -> Option<String> {
        read_text(self.place(), file, problems)
    }

    /// The plan file's text.
    fn plan_text(&self, problems: &mut Problems) -> Option<String> {
        let path = self.place().join(&self.plan);
        if self.folder.is_file() {
            let beside = self.folder.parent().map_or_else(String::new, |folder| folder.display().to_string());
            let value = self.folder.display().to_string();
            let expected = if beside.is_empty() { ".".to_owned() } else { beside };
            problems.push(Problem { value: value.clone(), expected, ..of_file(&value, "plan_is_a_file") });
            return None;
        }
        if path.is_symlink() || is_there(&path) {
            return self.text(&self.plan, problems);
        }
        problems.push(of_file(&self.folder.join(&self.plan).to_string_lossy(), "plan_missing"));
        None
    }

    /// Where its files are looked for.
    fn place(&self) -> &Path {
        if self.folder == Path::new("") { Path::new(".") } else { &self.folder }
    }
}

/// A roster with what its plan required beside it.
fn published(of: &WrittenWith, roster: Roster, inputs: &Inputs, problems: &mut Problems) -> Published {
    Published { required: requirement_file::beside(of, inputs, problems), roster, ..Published::default() }
}

/// The numbers of people who could all be read.
pub(in crate::input) fn numbers_of(inputs: &Inputs) -> Names {
    Names::of(inputs.employees.iter().map(|employee| &employee.id))
}

/// Whether an absence touches the plan's days.
fn is_ahead(absence: &Absence, inputs: &Inputs) -> bool {
    absence.overlaps(ClockTime::MIDNIGHT.on(inputs.horizon.first), ClockTime::MIDNIGHT.on(inputs.horizon.end()))
}

/// The same of one that is not wholly known already.
fn is_news(absence: &Absence, inputs: &Inputs) -> bool {
    is_ahead(absence, inputs) && !inputs.absences.iter().any(|known| known.holds(absence))
}

/// Sites at which nobody works, and groups that should meet across time zones.
fn examine_sites(inputs: &Inputs, sites: &[Site], warn: &mut impl FnMut(&'static str, String)) {
    let is_of = |employee: &Employee, site: &Site| employee.site.as_ref().is_some_and(|of| of.id == site.id);
    for site in sites.iter().filter(|site| !inputs.employees.iter().any(|employee| is_of(employee, site))) {
        warn("site_without_people", site.id.clone());
    }
    let meets = |activity: &Activity| activity.attendance != Attendance::Alone;
    if !inputs.activities.iter().any(meets) {
        return;
    }
    let mut clocks: BTreeMap<&str, Option<&Clocks>> = BTreeMap::new();
    let mut scattered: BTreeSet<&str> = BTreeSet::new();
    for employee in &inputs.employees {
        if *clocks.entry(&employee.team).or_insert(employee.clocks()) != employee.clocks() {
            scattered.insert(&employee.team);
        }
    }
    scattered.into_iter().for_each(|team| warn("group_on_two_sites", team.to_owned()));
}

/// Demands for people at work whom nobody can meet.
fn examine_presences(inputs: &Inputs, warn: &mut impl FnMut(&'static str, String)) {
    for presence in &inputs.presences {
        for shift in presence.shifts.iter().filter(|code| !inputs.shifts.iter().any(|shift| shift.id == **code)) {
            warn("unknown_shift", shift.clone());
        }
        if !inputs.employees.iter().any(|employee| presence.counts(employee)) {
            warn("nobody_counts", presence.id.clone());
        }
    }
}
