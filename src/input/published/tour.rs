//! Reader of published call-centre tour instances (JSON).

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::text::file::read_text;
use crate::roster::published::{TourInstance, TourShift};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::path::Path;

/// Reads an instance.
///
/// # Errors
/// All problems of the file.
pub fn read_tour_instance(path: &Path) -> Result<TourInstance, Problems> {
    let mut problems = Problems::default();
    let file = path.to_string_lossy().into_owned();
    let Some(text) = read_text(Path::new(""), &file, &mut problems) else { return Err(problems) };
    let mut note = |line: Option<usize>, column: String, value: String, expected: &str| {
        problems.push(Problem { line, column, value, expected: expected.to_owned(), ..of_file(&file, "bad_instance") });
    };
    let parsed = serde_json::from_str::<TourInstance>(&text).and_then(|instance| Ok((instance, serde_json::from_str::<Places>(&text)?)));
    let (instance, places) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            note(Some(error.line()), String::new(), error.to_string(), "JSON with the fields of a tour instance");
            return Err(problems);
        }
    };
    let line_of = |part: &RawValue| text[..part.get().as_ptr() as usize - text.as_ptr() as usize].matches('\n').count() + 1;
    for Misfit { part, field, value, expected } in misfits(&instance) {
        note(places.find(part).map(line_of), field, value, expected);
    }
    if problems.has_errors() { Err(problems) } else { Ok(instance) }
}

/// Positions of the parts of an instance in its text.
#[derive(Deserialize)]
struct Places<'a> {
    #[serde(borrow)]
    step_min: &'a RawValue,
    #[serde(borrow)]
    days: &'a RawValue,
    #[serde(borrow)]
    required: Vec<&'a RawValue>,
    #[serde(borrow)]
    shifts: Vec<&'a RawValue>,
    #[serde(borrow)]
    agents: Vec<&'a RawValue>,
    #[serde(borrow)]
    rules: &'a RawValue,
}

/// A part of an instance.
#[derive(Clone, Copy)]
enum Part {
    Whole,
    StepMin,
    Days,
    Required(usize),
    Shift(usize),
    Agent(usize),
    Rules,
}

impl<'a> Places<'a> {
    fn find(&self, part: Part) -> Option<&'a RawValue> {
        match part {
            Part::Whole => None,
            Part::StepMin => Some(self.step_min),
            Part::Days => Some(self.days),
            Part::Required(number) => self.required.get(number).copied(),
            Part::Shift(number) => self.shifts.get(number).copied(),
            Part::Agent(number) => self.agents.get(number).copied(),
            Part::Rules => Some(self.rules),
        }
    }
}

/// An inconsistency.
struct Misfit {
    part: Part,
    field: String,
    value: String,
    expected: &'static str,
}

/// Longest horizon of an instance, in days.
const MOST_DAYS: usize = 371;
/// Limit on days × shifts × people, more than ten times the largest published instance.
const MOST_CHOICES: usize = 50_000_000;
const MOST_PRICE: f64 = 1e9;

fn misfits(instance: &TourInstance) -> Vec<Misfit> {
    let mut found = Vec::new();
    let mut expect = |holds: bool, part: Part, field: String, value: String, expected: &'static str| {
        if !holds {
            found.push(Misfit { part, field, value, expected });
        }
    };
    let TourInstance { days, required, shifts, agents, .. } = instance;
    expect(matches!(instance.step_min, 15 | 30), Part::StepMin, "step_min".into(), instance.step_min.to_string(), "15 or 30");
    let weeks = *days > 0 && days.is_multiple_of(7) && *days <= MOST_DAYS;
    expect(weeks, Part::Days, "days".into(), days.to_string(), "whole weeks, at most 53");
    expect(!agents.is_empty(), Part::Whole, "agents".into(), "0".into(), "at least one");
    expect(!shifts.is_empty() && shifts.len() < 10_000, Part::Whole, "shifts".into(), shifts.len().to_string(), "1 to 9999");
    expect((1..=16).contains(&required.len()), Part::Whole, "required".into(), required.len().to_string(), "1 to 16 skills");
    let choices = days.saturating_mul(shifts.len()).saturating_mul(agents.len());
    expect(choices <= MOST_CHOICES, Part::Whole, "agents".into(), choices.to_string(), "at most 50,000,000 days × shifts × people");
    let per_hour = 60 / instance.step_min.max(1) as usize;
    let slots = days.saturating_mul(24 * per_hour);
    for (skill, of_skill) in required.iter().enumerate() {
        let (part, field) = (Part::Required(skill), format!("required[{skill}]"));
        expect(of_skill.len() == slots, part, field.clone(), of_skill.len().to_string(), "a number for each slot of the horizon");
        let bad = of_skill.iter().find(|number| !(0.0..=1e6).contains(*number));
        expect(bad.is_none(), part, field, bad.map(f64::to_string).unwrap_or_default(), "numbers of agents up to a million");
    }
    for (number, shift) in shifts.iter().enumerate() {
        let (part, field) = (Part::Shift(number), format!("shifts[{number}]"));
        let fits = (1..=24).contains(&shift.span) && shift.start < 24 && shift.paid <= shift.span && shift.band < 4 && shift.night <= 1;
        let expected = "start 0 to 23, span 1 to 24, paid within the span, band 0 to 3, night 0 or 1, rdy up to 48";
        expect(fits && shift.rdy <= 48, part, field.clone(), format!("{shift:?}"), expected);
        expect(windows_fit(shift, per_hour), part, field, format!("{shift:?}"), "break windows within the shift, none over another");
    }
    let mut ids = BTreeSet::new();
    for (number, agent) in agents.iter().enumerate() {
        let (part, field) = (Part::Agent(number), format!("agents[{}]", agent.id));
        expect(ids.insert(&agent.id), part, field.clone(), agent.id.clone(), "an id of its own for each agent");
        let known = agent.skills.iter().all(|&skill| skill < required.len());
        expect(known, part, field.clone(), format!("{:?}", agent.skills), "numbers of skills");
        let off = agent.days_off.iter().all(|day| day < days);
        expect(off, part, field.clone(), format!("{:?}", agent.days_off), "days of the horizon, from 0");
        let hours = agent.hmin <= agent.hmax && agent.hmax <= 168;
        expect(hours, part, field, format!("{} to {}", agent.hmin, agent.hmax), "hours of a week, least first");
    }
    let mut of_rules = |holds: bool, value: String, expected: &'static str| expect(holds, Part::Rules, "rules".into(), value, expected);
    let rules = &instance.rules;
    let is_price = |price: &f64| (0.0..=MOST_PRICE).contains(price);
    let prices = &rules.shortage_weights_per_agent_hour;
    of_rules(prices.is_sorted() && prices.iter().all(is_price), format!("{prices:?}"), "prices of missing people, cheapest first");
    let shares = &rules.shortage_segments;
    let within = shares.iter().all(|share| *share >= 0.0) && shares.iter().sum::<f64>() <= 1.0;
    of_rules(within, format!("{shares:?}"), "shares that add up to at most 1");
    of_rules(rules.max_consecutive as usize <= MOST_DAYS, rules.max_consecutive.to_string(), "at most 371 days running");
    let others = [rules.out_of_band_penalty, rules.no_two_off_penalty, rules.overtime_factor];
    of_rules(others.iter().all(is_price), format!("{others:?}"), "penalties and a factor from 0 to a thousand million");
    found
}

fn windows_fit(shift: &TourShift, per_hour: usize) -> bool {
    let span = shift.span as usize * per_hour;
    let meal =
        shift.meal_win.filter(|_| shift.meal > 0).map(|[first, last]| (first, last, last.saturating_add(shift.meal as usize * per_hour)));
    let rests = shift.rests.iter().map(|&[first, last]| (first, last, last.saturating_add(1)));
    let mut windows: Vec<(usize, usize, usize)> = meal.into_iter().chain(rests).collect();
    windows.sort_unstable();
    (shift.meal == 0) == shift.meal_win.is_none()
        && windows.iter().all(|&(first, last, end)| first <= last && end <= span)
        && windows.windows(2).all(|pair| pair[0].2 <= pair[1].0)
}
