//! Grids of values: scenarios by their axes.

use super::numbers::{FACTORS, NUMBERS, absence, number, number_change, number_in, shown, shown_on};
use super::reader::Reader;
use crate::input::cell::percent::is_change;
use crate::input::plan_file::resettings::Setting;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::input::settings::values::MOST_FACTOR;
use crate::scenario::{Axis, Change, Recruits, Sweep};
use crate::workforce::AgentId;

impl Reader<'_> {
    pub(super) fn sweep(&self, section: &Section, settings: Vec<Setting>, problems: &mut Problems) -> Option<Sweep> {
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

    /// A number of additional people like one of the team.
    fn swept_people(&self, vary: &Section, path: &str, like: &str, value: &toml::Value, problems: &mut Problems) -> Option<Change> {
        let count = value.as_integer().and_then(|count| usize::try_from(count).ok()).filter(|count| *count <= 1000);
        if count.is_none() {
            vary.note(problems, "out_of_range", path, shown(value), "0–1000");
        }
        let like = AgentId::new(vary.file_identifier(path, like, problems)?);
        self.agent(vary, path, &like, problems);
        Some(Change::ExtraPeople(Recruits { like, count: count?, skills: None, speed: None, from: None, until: None }))
    }
}
