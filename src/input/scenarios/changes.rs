//! Changes of a scenario, by key.

use super::numbers::{FACTORS, NUMBERS, absence, number_change};
use super::reader::Reader;
use crate::input::known_ahead::plan_intervals::starts_beside;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::input::settings::values::MOST_FACTOR;
use crate::scenario::{Change, Recruits, When};
use crate::service::QueueId;
use crate::time::{ClockTime, read_date};
use crate::units::Share;
use crate::workforce::AgentId;
use chrono::{NaiveDateTime, TimeDelta};

/// Largest displacement of an event, in days.
pub(super) const MOST_DAYS: f64 = 60.0;

/// Start and end; a date alone as an end includes that day.
pub(super) fn stretch(section: &Section, problems: &mut Problems) -> (Option<NaiveDateTime>, Option<NaiveDateTime>) {
    let (from, until) = (section.moment("from", problems), section.moment("until", problems));
    let until = read_date(&section.written("until")).map(|date| ClockTime::DAY_END.on(date)).or(until);
    if let (Some(from), Some(until)) = (from, until)
        && from >= until
    {
        section.note(problems, "end_before_start", "until", until, from);
    }
    (from, until)
}

impl Reader<'_> {
    pub(super) fn changes(&self, section: &Section, problems: &mut Problems) -> Vec<Change> {
        let mut changes = Vec::new();
        for (key, most) in NUMBERS {
            if FACTORS.contains(&key) && section.refuses_changes(key, problems) {
                continue;
            }
            let pairs = section.numbers_by_name(key, 0.0..=most, problems);
            for (name, value) in pairs {
                let queue = name.map(|name| self.queue(section, key, name, problems));
                let change = if queue == Some(None) { None } else { number_change(key, queue.flatten(), value) };
                // the scenario's own settings may be what it changes
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
        // any other problem may be the reason
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

    /// A share of people who are sick.
    fn sick(&self, section: &Section, problems: &mut Problems) -> Option<Change> {
        section.require("share", problems);
        let share = section.number("share", 0.0..=1.0, problems);
        let (from, until) = stretch(section, problems);
        self.note_other_days(section, (from, until), problems);
        section.finish(problems);
        Some(Change::Sick { share: Share::new(share?).expect("its range was checked when it was read"), from, until })
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
}
