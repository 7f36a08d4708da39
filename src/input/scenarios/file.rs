//! `scenarios.toml`: named changes to a plan, alone, together and over grids.

use super::file as scenarios;
use crate::event::Event;
use crate::input::cell::percent::{in_percent, is_change};
use crate::input::folder::place::Folder;
use crate::input::known_ahead::plan_intervals::starts_beside;
use crate::input::naming::names::Names;
use crate::input::plan_file::resettings::{Setting, settings_of};
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::settings::section::{Document, MOST_FACTOR, Section};
use crate::input::text::file::read_text;
use crate::plan::Inputs;
use crate::scenario::{Axis, BASE, Change, Idle, Recruits, Scenario, Scenarios, Sweep, When};
use crate::service::QueueId;
use crate::time::{ClockTime, read_date};
use crate::units::{Factor, Seconds, Share};
use crate::workforce::AgentId;
use chrono::{NaiveDateTime, TimeDelta};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// Changes that are one number, for all queues or by queue, with the largest that makes sense.
const NUMBERS: [(&str, f64); 6] = [
    ("volume", MOST_FACTOR),
    ("handling", MOST_FACTOR),
    ("bot_share", 1.0),
    ("mean_wait_seconds", 1e5),
    ("answer_within_seconds", 1e5),
    ("answer_share", 1.0),
];
/// Those of them that others are multiplied by.
const FACTORS: [&str; 2] = ["volume", "handling"];
/// An event is moved by at most so many days.
const MOST_DAYS: f64 = 60.0;

/// A scenario as its section says it, its settings not yet read.
struct Stated {
    line: usize,
    name: String,
    changes: Vec<Change>,
    settings: Vec<Setting>,
}

/// A file of scenarios being read.
struct Reader<'a> {
    folder: &'a Folder,
    file: &'a str,
    inputs: &'a Inputs,
}

/// Reads the scenarios of a file; names in them are checked against the plan.
pub(in crate::input) fn read(folder: &Folder, file: &str, text: &str, inputs: &Inputs, problems: &mut Problems) -> Scenarios {
    let reader = Reader { folder, file, inputs };
    let (document, table) = parsed(file, text, problems);
    if !document.is_whole {
        return Scenarios::default();
    }
    let root = document.root();
    let (named, sweeps) = (root.sections("scenario", problems), root.sections("sweep", problems));
    root.finish_list("scenario", named.is_empty() && sweeps.is_empty(), problems);
    let stated = reader.stated(&named, &table, "scenario", problems);
    let mut all = Scenarios { sweeps: Vec::new(), named: Vec::new() };
    for (number, section) in sweeps.iter().enumerate() {
        all.sweeps.extend(reader.sweep(section, settings_of(&table, section, ("sweep", number), "vary"), problems));
    }
    all.named = reader.whole(stated, problems);
    all
}

/// Reads surprises that a roster is to be tried with: scenarios by another name, of what can change while a roster stands.
pub(in crate::input) fn read_surprises(folder: &Folder, file: &str, text: &str, inputs: &Inputs, problems: &mut Problems) -> Vec<Scenario> {
    let reader = Reader { folder, file, inputs };
    let (document, table) = parsed(file, text, problems);
    if !document.is_whole {
        return Vec::new();
    }
    let root = document.root();
    let named = root.sections("surprise", problems);
    root.finish_list("surprise", named.is_empty(), problems);
    let stated = reader.stated(&named, &table, "surprise", problems);
    reader.whole(stated, problems)
}

/// The file with the places of its keys, and its values. What cannot be parsed is told by the first.
fn parsed<'a>(file: &'a str, text: &'a str, problems: &mut Problems) -> (Document<'a>, toml::Table) {
    (Document::parse(file, text, problems), toml::from_str(text).unwrap_or_default())
}

impl Reader<'_> {
    /// Every section of a kind, the later ones with what they combine of those above.
    fn stated(&self, sections: &[Section], table: &toml::Table, kind: &str, problems: &mut Problems) -> Vec<Stated> {
        let mut stated: Vec<Stated> = Vec::new();
        for (number, section) in sections.iter().enumerate() {
            let settings = settings_of(table, section, (kind, number), "set");
            let scenario = self.scenario(section, settings, &stated, problems);
            stated.push(scenario);
        }
        stated
    }

    /// The scenarios with their settings; none if anything is wrong before.
    fn whole(&self, stated: Vec<Stated>, problems: &mut Problems) -> Vec<Scenario> {
        let stated = if problems.has_errors() { Vec::new() } else { stated };
        stated.into_iter().map(|scenario| self.with_settings(scenario, problems)).collect()
    }

    fn scenario(&self, section: &Section, mut settings: Vec<Setting>, above: &[Stated], problems: &mut Problems) -> Stated {
        section.require("name", problems);
        let name = section.name("name", problems).unwrap_or("").to_owned();
        let mut changes = Vec::new();
        for other in section.texts("combine", problems) {
            let Some(known) = above.iter().find(|known| known.name == other) else {
                let names: Vec<&str> = above.iter().map(|known| known.name.as_str()).filter(|name| !name.is_empty()).collect();
                let code = match names.as_slice() {
                    _ if other == name => "combines_itself",
                    [] => "nothing_to_combine",
                    _ => "unknown_word",
                };
                section.note(problems, code, "combine", other, names.join(", "));
                continue;
            };
            changes.extend(known.changes.iter().cloned());
            settings.extend(known.settings.iter().cloned());
        }
        // what stands in `set` is read as a plan file is
        section.section("set", problems);
        changes.extend(self.changes(section, problems));
        section.finish(problems);
        if let Some(known) = above.iter().find(|known| known.name == name).filter(|_| !name.is_empty()) {
            section.note(problems, "twice", "name", &name, known.line);
        } else if name == BASE {
            section.note(problems, "twice", "name", &name, "—");
        }
        for (subject, what) in contradictions(&changes, &settings) {
            section.note(problems, "contradiction", &subject, what, "");
        }
        Stated { line: section.line, name, changes, settings }
    }

    /// The scenario with its settings read, whose problems are told where each stands.
    fn with_settings(&self, stated: Stated, problems: &mut Problems) -> Scenario {
        let Stated { line, name, mut changes, settings } = stated;
        changes.extend(self.settings(&settings, line, problems));
        Scenario { name, changes }
    }

    fn settings(&self, settings: &[Setting], line: usize, problems: &mut Problems) -> Option<Change> {
        if settings.is_empty() {
            return None;
        }
        let reading = self.folder.read_with(settings);
        for problem in reading.problems.iter().filter(|problem| !problem.is_warning) {
            let of_plan = problem.file == self.folder.plan_name() || problem.file.is_empty();
            let setting = settings.iter().rfind(|setting| setting.sets(&problem.column));
            let line = setting.or(settings.first().filter(|_| settings.len() == 1)).map_or(line, |setting| setting.line);
            let here = Problem { file: self.file.to_owned(), line: Some(line), ..problem.clone() };
            problems.push(if of_plan { here } else { problem.clone() });
        }
        if let Some(inputs) = reading.inputs.as_ref().filter(|inputs| !inputs.asks_as(self.inputs)) {
            let (days, queues) = (inputs.horizon.days, inputs.queues.len());
            let (file, column, value) = (self.file.to_owned(), "set".to_owned(), format!("{} × {days}, {queues}", inputs.horizon.first));
            let (code, expected) = ("another_plan", String::new());
            let line = settings.first().map_or(line, |setting| setting.line);
            problems.push(Problem { code, is_warning: false, file, line: Some(line), column, value, expected });
        }
        reading.inputs.map(|inputs| Change::Settings(Arc::new(Inputs { seed: self.inputs.seed, ..inputs })))
    }

    fn changes(&self, section: &Section, problems: &mut Problems) -> Vec<Change> {
        let mut changes = Vec::new();
        for (key, most) in NUMBERS {
            if FACTORS.contains(&key) && section.refuses_changes(key, problems) {
                continue;
            }
            let pairs = section.numbers_by_name(key, 0.0..=most, problems);
            for (name, value) in pairs {
                let queue = name.map(|name| self.queue(section, key, name, problems));
                let change = if queue == Some(None) { None } else { number_change(key, queue.flatten(), value) };
                // what a scenario sets beside it may be what it changes
                let may_be_idle = change.as_ref().filter(|_| !section.has("set"));
                may_be_idle.into_iter().for_each(|change| self.note_idle(section, key, change, problems));
                changes.extend(change);
            }
        }
        changes.extend(section.number("absence_share", 0.0..=0.9, problems).map(absence));
        for name in section.texts("without_events", problems) {
            self.event(section, "without_events", name, problems);
            changes.push(Change::WithoutEvent { name: name.to_owned() });
        }
        section.sections("surge", problems).iter().for_each(|surge| changes.extend(self.surge(surge, problems)));
        section.sections("bots_down", problems).iter().for_each(|down| changes.push(self.bots_down(down, problems)));
        section.sections("sick", problems).iter().for_each(|of| changes.extend(self.sick(of, problems)));
        section.sections("event", problems).iter().for_each(|event| changes.extend(self.event_change(event, problems)));
        section.sections("extra_people", problems).iter().for_each(|extra| changes.extend(self.extra_people(extra, problems)));
        section.sections("cross_train", problems).iter().for_each(|trained| changes.extend(self.cross_train(trained, problems)));
        section.sections("extra_shift", problems).iter().for_each(|extra| changes.extend(self.extra_shift(extra, problems)));
        let agents: Vec<AgentId> = section.agents("without_people", problems);
        if !agents.is_empty() {
            agents.iter().for_each(|agent| self.agent(section, "without_people", agent, problems));
            changes.push(Change::WithoutPeople { agents });
        }
        let codes: Vec<String> = section.texts("without_shifts", problems).into_iter().map(str::to_owned).collect();
        if !codes.is_empty() {
            codes.iter().for_each(|code| self.shift(section, "without_shifts", code, problems));
            changes.push(Change::WithoutShifts { codes });
        }
        changes
    }

    fn surge(&self, section: &Section, problems: &mut Problems) -> Option<Change> {
        let before = problems.iter().count();
        section.require("factor", problems);
        let queue = self.named_queue(section, problems);
        let when = self.when(section, problems);
        let factor = section.factor("factor", 0.0..=MOST_FACTOR, problems);
        section.finish(problems);
        let change = Change::Volume { queue, when, factor: factor? };
        // whatever else is wrong with it may be why
        if problems.iter().count() == before {
            self.note_idle(section, "factor", &change, problems);
        }
        Some(change)
    }

    fn bots_down(&self, section: &Section, problems: &mut Problems) -> Change {
        let before = problems.iter().count();
        let queue = self.named_queue(section, problems);
        let when = self.when(section, problems);
        section.finish(problems);
        let change = Change::BotsDown { queue, when };
        if problems.iter().count() == before {
            self.note_idle(section, "queue", &change, problems);
        }
        change
    }

    /// A share of people who are away.
    fn sick(&self, section: &Section, problems: &mut Problems) -> Option<Change> {
        section.require("share", problems);
        let share = section.number("share", 0.0..=1.0, problems);
        let (from, until) = stretch(section, problems);
        self.note_other_days(section, (from, until), problems);
        section.finish(problems);
        Some(Change::Sick { share: Share::new(share?).unwrap_or_default(), from, until })
    }

    /// Notes a change that changes nothing of the plan.
    fn note_idle(&self, section: &Section, key: &str, change: &Change, problems: &mut Problems) {
        let code = change.idle(self.inputs).map(|idle| match idle {
            Idle::Closed => "change_closed",
            Idle::NoBots => "change_without_bots",
            Idle::NoPromise => "change_without_promise",
        });
        code.into_iter().for_each(|code| section.warn(problems, code, key, ""));
    }

    fn event_change(&self, section: &Section, problems: &mut Problems) -> Vec<Change> {
        section.require("name", problems);
        let name = section.text("name", problems).unwrap_or("").to_owned();
        self.event(section, "name", &name, problems);
        let size = section.factor("size", 0.0..=MOST_FACTOR, problems).map(|factor| Change::ResizedEvent { name: name.clone(), factor });
        let later = section.number("later_days", -MOST_DAYS..=MOST_DAYS, problems);
        let says_something = ["size", "later_days"].iter().any(|key| section.has(key));
        let later = later.map(|days| Change::MovedEvent { name, by: TimeDelta::minutes((days * 1440.0).round() as i64) });
        if !says_something {
            section.note(problems, "key_missing", "size", "", "size, later_days");
        }
        section.finish(problems);
        size.into_iter().chain(later).collect()
    }

    fn extra_people(&self, section: &Section, problems: &mut Problems) -> Option<Change> {
        section.require("like", problems);
        let count = section.whole("count", 1.0..=1000.0, problems).unwrap_or(1) as usize;
        let skills = section.texts("skills", problems);
        let skills: Vec<QueueId> = skills.into_iter().filter_map(|name| self.queue(section, "skills", name, problems)).collect();
        let speed = section.factor("speed", 0.1..=3.0, problems);
        let (from, until) = stretch(section, problems);
        self.note_other_days(section, (from, until), problems);
        let like = section.agent("like", problems);
        section.finish(problems);
        let like = like?;
        self.agent(section, "like", &like, problems);
        Some(Change::ExtraPeople(Recruits { like, count, skills: Some(skills).filter(|skills| !skills.is_empty()), speed, from, until }))
    }

    fn cross_train(&self, section: &Section, problems: &mut Problems) -> Option<Change> {
        section.require("agents", problems);
        section.require("queue", problems);
        let agents: Vec<AgentId> = section.agents("agents", problems);
        agents.iter().for_each(|agent| self.agent(section, "agents", agent, problems));
        let queue = self.named_queue(section, problems);
        section.finish(problems);
        Some(Change::CrossTrained { agents, queue: queue? })
    }

    fn extra_shift(&self, section: &Section, problems: &mut Problems) -> Option<Change> {
        for key in ["like", "id", "start"] {
            section.require(key, problems);
        }
        let (like, id) = (section.text("like", problems), section.identifier("id", problems));
        let start = section.clock("start", problems);
        section.finish(problems);
        let (like, id) = (like?, id?);
        self.shift(section, "like", like, problems);
        if self.inputs.shifts.iter().any(|shift| shift.goes_by(id)) {
            section.note(problems, "twice", "id", id, "—");
        }
        Some(Change::ExtraShift { like: like.to_owned(), id: id.to_owned(), start: start? })
    }

    /// Notes a stretch that no moment of the plan lies in: it changes nothing.
    fn note_other_days(&self, section: &Section, (from, until): (Option<NaiveDateTime>, Option<NaiveDateTime>), problems: &mut Problems) {
        let horizon = self.inputs.horizon;
        let (first, after) = (ClockTime::MIDNIGHT.on(horizon.first), ClockTime::MIDNIGHT.on(horizon.end()));
        if from.is_some_and(|from| from >= after) {
            section.warn(problems, "change_other_days", "from", horizon);
        } else if until.is_some_and(|until| until <= first) {
            section.warn(problems, "change_other_days", "until", horizon);
        }
    }

    fn when(&self, section: &Section, problems: &mut Problems) -> When {
        let (from, until) = stretch(section, problems);
        self.note_other_days(section, (from, until), problems);
        for (key, time) in [("from", from), ("until", until)] {
            if let Some(starts) = time.and_then(|time| starts_beside(time, self.inputs.interval)) {
                section.note(problems, "not_interval_start", key, section.written(key), starts);
            }
        }
        let hours: (Option<ClockTime>, Option<ClockTime>) = (section.clock("daily_from", problems), section.clock("daily_until", problems));
        for (key, time) in [("daily_from", hours.0), ("daily_until", hours.1)] {
            let first = self.inputs.horizon.first;
            if let Some(starts) = time.and_then(|time| starts_beside(time.on(first), self.inputs.interval)) {
                let starts = starts.replace(&format!("{first}T"), "");
                section.note(problems, "not_interval_start", key, section.written(key), starts);
            }
        }
        let event = section.text("event", problems);
        event.into_iter().for_each(|name| self.event(section, "event", name, problems));
        let hours = (hours.0.is_some() || hours.1.is_some())
            .then(|| (hours.0.unwrap_or(ClockTime::MIDNIGHT), hours.1.unwrap_or(ClockTime::DAY_END)));
        if let Some((first, last)) = hours.filter(|(first, last)| first >= last) {
            section.note(problems, "end_before_start", "daily_until", last, first);
        }
        When { from, until, hours, event: event.map(str::to_owned) }
    }

    fn sweep(&self, section: &Section, settings: Vec<Setting>, problems: &mut Problems) -> Option<Sweep> {
        section.require("name", problems);
        let name = section.name("name", problems).unwrap_or("").to_owned();
        let vary = section.section("vary", problems);
        section.finish(problems);
        let is_number = |key: &str| ["absence_share", "extra_people"].contains(&key) || NUMBERS.iter().any(|(known, _)| *known == key);
        let mut axes = Vec::new();
        let mut of_settings = 0;
        let varies = !settings.is_empty();
        for Setting { path, value, line } in settings {
            let toml::Value::Array(values) = value else {
                vary.note(problems, "key_type", &path, value, "a list of values");
                continue;
            };
            if values.is_empty() {
                vary.note(problems, "empty_grid", &path, "", "");
            }
            let (key, queue) = path.split_once('.').map_or((path.as_str(), None), |(key, queue)| (key, Some(queue)));
            let change = |value: &toml::Value, problems: &mut Problems| {
                if is_number(key) {
                    return self.swept_number(&vary, &path, (key, queue), value, problems);
                }
                let setting = Setting { path: path.clone(), value: value.clone(), line };
                self.settings(&[setting], line, problems)
            };
            of_settings += usize::from(!is_number(key));
            let shown: Vec<String> = values.iter().map(|value| shown_on(value, is_number(key))).collect();
            let is_same = |one: usize, other: usize| {
                shown[one] == shown[other] || number(&values[one]).is_some_and(|of| Some(of) == number(&values[other]))
            };
            if let Some(place) = (0..shown.len()).find(|place| (0..*place).any(|before| is_same(before, *place))) {
                vary.note(problems, "listed_twice", &path, place + 1, &shown[place]);
            }
            let values = values.iter().filter_map(|value| Some((shown_on(value, is_number(key)), change(value, problems)?))).collect();
            axes.push(Axis { name: path.clone(), values });
        }
        if of_settings > 1 {
            section.note(problems, "sweep_settings", "vary", of_settings, "");
        }
        if !varies {
            section.note(problems, "empty_grid", "vary", "", "");
        }
        (!axes.is_empty() && axes.iter().all(|axis: &Axis| !axis.values.is_empty())).then_some(Sweep { name, axes })
    }

    fn swept_number(
        &self,
        vary: &Section,
        path: &str,
        (key, queue): (&str, Option<&str>),
        value: &toml::Value,
        problems: &mut Problems,
    ) -> Option<Change> {
        if key == "extra_people" {
            return self.swept_people(vary, path, queue.unwrap_or(""), value, problems);
        }
        if FACTORS.contains(&key) && value.as_str().is_some_and(is_change) {
            vary.note(problems, "change_not_factor", path, shown(value), "");
            return None;
        }
        let most = NUMBERS.iter().find(|(known, _)| *known == key).map_or(0.9, |(_, most)| *most);
        let number = number_in(value).filter(|_| !value.is_str() || most <= MOST_FACTOR);
        let Some(number) = number.filter(|number| (0.0..=most).contains(number)) else {
            vary.note(problems, "out_of_range", path, shown(value), format!("0–{most}"));
            return None;
        };
        let queue = match queue {
            Some(name) => Some(self.queue(vary, path, name, problems)?),
            None => None,
        };
        let change = if key == "absence_share" { Some(absence(number)) } else { number_change(key, queue, number) };
        change.inspect(|change| self.note_idle(vary, path, change, problems))
    }

    /// So many more people like one.
    fn swept_people(&self, vary: &Section, path: &str, like: &str, value: &toml::Value, problems: &mut Problems) -> Option<Change> {
        let count = value.as_integer().and_then(|count| usize::try_from(count).ok()).filter(|count| *count <= 1000);
        if count.is_none() {
            vary.note(problems, "out_of_range", path, shown(value), "0–1000");
        }
        let like = AgentId::new(vary.file_identifier(path, like, problems)?);
        self.agent(vary, path, &like, problems);
        Some(Change::ExtraPeople(Recruits { like, count: count?, skills: None, speed: None, from: None, until: None }))
    }

    fn named_queue(&self, section: &Section, problems: &mut Problems) -> Option<QueueId> {
        let name = section.text("queue", problems)?;
        self.queue(section, "queue", name, problems)
    }

    fn queue(&self, section: &Section, key: &str, name: &str, problems: &mut Problems) -> Option<QueueId> {
        let known = self.inputs.queues.iter().any(|of| of.queue.id.as_str() == name);
        if !known {
            let queues = Names::of(self.inputs.queues.iter().map(|of| &of.queue.id));
            section.note(problems, "unknown_queue", key, name, queues.listed());
        }
        known.then(|| QueueId::new(name))
    }

    fn agent(&self, section: &Section, key: &str, agent: &AgentId, problems: &mut Problems) {
        if !self.inputs.employees.iter().any(|employee| &employee.id == agent) {
            section.note(problems, "unknown_agent", key, agent, "");
        }
    }

    fn shift(&self, section: &Section, key: &str, code: &str, problems: &mut Problems) {
        if !self.inputs.shifts.iter().any(|shift| shift.id == code) {
            section.note(problems, "unknown_shift", key, code, "");
        }
    }

    /// Notes a name with which no event of the planned days or after them begins.
    fn event(&self, section: &Section, key: &str, name: &str, problems: &mut Problems) {
        let ahead = || self.inputs.events.iter().filter(|event| event.last_date() >= self.inputs.horizon.first);
        if !ahead().any(|event: &Event| event.name.starts_with(name)) {
            let mut names: Vec<&str> = ahead().filter_map(|event| event.name.split(' ').next()).collect();
            names.dedup();
            let code = if names.is_empty() { "no_event_ahead" } else { "unknown_word" };
            section.note(problems, code, key, name, names.join(", "));
        }
    }
}

fn number(value: &toml::Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
}

/// From when to when; a date alone as an end means that whole day.
fn stretch(section: &Section, problems: &mut Problems) -> (Option<NaiveDateTime>, Option<NaiveDateTime>) {
    let (from, until) = (section.moment("from", problems), section.moment("until", problems));
    let until = read_date(&section.written("until")).map(|date| ClockTime::DAY_END.on(date)).or(until);
    if let (Some(from), Some(until)) = (from, until)
        && from >= until
    {
        section.note(problems, "end_before_start", "until", until, from);
    }
    (from, until)
}

fn as_factor(value: f64) -> Factor {
    Factor::new(value).unwrap_or(Factor::ONE)
}

fn absence(value: f64) -> Change {
    Change::Absence { share: Share::new(value).unwrap_or_default() }
}

/// The change that a key with a number means.
fn number_change(key: &str, queue: Option<QueueId>, value: f64) -> Option<Change> {
    let share = || Share::new(value).unwrap_or_default();
    let seconds = || Seconds::new(value).unwrap_or_default();
    Some(match key {
        "volume" => Change::Volume { queue, when: When::default(), factor: as_factor(value) },
        "handling" => Change::Handling { queue, factor: as_factor(value) },
        "bot_share" => Change::BotShare { queue, share: share() },
        "mean_wait_seconds" => Change::MeanWait { queue, wait: seconds() },
        "answer_within_seconds" => Change::AnswerWithin { queue, within: seconds() },
        "answer_share" => Change::AnswerShare { queue, share: share() },
        _ => return None,
    })
}

/// A value as a scenario's name shows it.
fn shown(value: &toml::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A value of an axis as its scenarios' names show it: percents of a number as that number, so that it makes a curve.
fn shown_on(value: &toml::Value, is_number: bool) -> String {
    match number_in(value).filter(|_| is_number && value.is_str()) {
        Some(number) => number.to_string(),
        None => shown(value),
    }
}

/// A number, or a text in percent.
fn number_in(value: &toml::Value) -> Option<f64> {
    value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64)).or_else(|| in_percent(value.as_str()?))
}

/// What is set twice, to different values: its key, and the values.
fn contradictions(changes: &[Change], settings: &[Setting]) -> Vec<(String, String)> {
    let mut set: Vec<(String, String)> = changes.iter().filter_map(subject).collect();
    set.extend(settings.iter().map(|setting| (format!("set.{}", setting.path), shown(&setting.value))));
    let mut found = Vec::new();
    for (place, (subject, value)) in set.iter().enumerate() {
        if let Some((_, other)) = set[..place].iter().find(|(known, other)| known == subject && other != value) {
            found.push((subject.clone(), format!("{other}, {value}")));
        }
    }
    let away = |agent: &AgentId| changes.iter().any(|change| matches!(change, Change::WithoutPeople { agents } if agents.contains(agent)));
    let needed = changes.iter().flat_map(|change| match change {
        Change::ExtraPeople(recruits) => vec![&recruits.like],
        Change::CrossTrained { agents, .. } => agents.iter().collect(),
        _ => Vec::new(),
    });
    found.extend(needed.filter(|agent| away(agent)).map(|agent| ("without_people".to_owned(), agent.to_string())));
    let dropped = |name: &String| {
        changes.iter().any(|change| matches!(change, Change::WithoutEvent { name: other } if name.starts_with(other.as_str())))
    };
    let kept = changes.iter().filter_map(|change| match change {
        Change::ResizedEvent { name, .. } | Change::MovedEvent { name, .. } => Some(name),
        _ => None,
    });
    found.extend(kept.filter(|name| dropped(name)).map(|name| ("without_events".to_owned(), name.clone())));
    found
}

/// What a change sets, and to what, if it is one that holds only once; factors multiply.
fn subject(change: &Change) -> Option<(String, String)> {
    let of = |key: &str, queue: &Option<QueueId>, value: &dyn std::fmt::Display| {
        let name = queue.as_ref().map_or_else(String::new, |queue| format!(".{queue}"));
        Some((format!("{key}{name}"), value.to_string()))
    };
    match change {
        Change::BotShare { queue, share } => of("bot_share", queue, share),
        Change::MeanWait { queue, wait } => of("mean_wait_seconds", queue, wait),
        Change::AnswerWithin { queue, within } => of("answer_within_seconds", queue, within),
        Change::AnswerShare { queue, share } => of("answer_share", queue, share),
        _ => None,
    }
}

impl Folder {
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
}
