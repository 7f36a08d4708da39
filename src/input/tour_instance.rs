//! A published call-centre tour instance (JSON).

use super::folder::read_text;
use super::problem::{Problem, Problems};
use crate::roster::published::{TourInstance, TourShift};
use std::path::Path;

/// Reads an instance.
///
/// # Errors
/// Every problem of the file.
pub fn read_tour_instance(path: &Path) -> Result<TourInstance, Problems> {
    let mut problems = Problems::default();
    let file = path.to_string_lossy().into_owned();
    let Some(text) = read_text(Path::new(""), &file, &mut problems) else { return Err(problems) };
    let mut note = |line: Option<usize>, column: String, value: String, expected: String| {
        problems.push(Problem { code: "bad_instance", is_warning: false, file: file.clone(), line, column, value, expected });
    };
    let instance: TourInstance = match serde_json::from_str(&text) {
        Ok(instance) => instance,
        Err(error) => {
            note(Some(error.line()), String::new(), error.to_string(), "JSON with the fields of a tour instance".into());
            return Err(problems);
        }
    };
    misfits(&instance).into_iter().for_each(|(column, value, expected)| note(None, column, value, expected));
    if problems.has_errors() { Err(problems) } else { Ok(instance) }
}

/// What does not fit together: (field, value, what was expected).
fn misfits(instance: &TourInstance) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut expect = |holds: bool, field: String, value: String, expected: &str| {
        if !holds {
            found.push((field, value, expected.to_owned()));
        }
    };
    expect(matches!(instance.step_min, 15 | 30), "step_min".into(), instance.step_min.to_string(), "15 or 30");
    let weeks = instance.days > 0 && instance.days.is_multiple_of(7) && instance.days <= 371;
    expect(weeks, "days".into(), instance.days.to_string(), "whole weeks, at most 53");
    expect(!instance.agents.is_empty(), "agents".into(), "0".into(), "at least one");
    expect(!instance.shifts.is_empty() && instance.shifts.len() < 10_000, "shifts".into(), instance.shifts.len().to_string(), "1 to 9999");
    expect((1..=16).contains(&instance.required.len()), "required".into(), instance.required.len().to_string(), "1 to 16 skills");
    let slots = instance.days * 24 * 60 / instance.step_min.max(1) as usize;
    for (skill, required) in instance.required.iter().enumerate() {
        let field = format!("required[{skill}]");
        expect(required.len() == slots, field.clone(), required.len().to_string(), "a number for each slot of the horizon");
        let bad = required.iter().find(|agents| !agents.is_finite() || **agents < 0.0);
        expect(bad.is_none(), field, bad.map(f64::to_string).unwrap_or_default(), "numbers of agents");
    }
    let per_hour = 60 / instance.step_min.max(1) as usize;
    for (number, shift) in instance.shifts.iter().enumerate() {
        let fits = (1..=24).contains(&shift.span) && shift.start < 24 && shift.paid <= shift.span && shift.band < 4 && shift.night <= 1;
        expect(
            fits,
            format!("shifts[{number}]"),
            format!("{shift:?}"),
            "start 0 to 23, span 1 to 24, paid within the span, band 0 to 3, night 0 or 1",
        );
        expect(
            windows_fit(shift, per_hour),
            format!("shifts[{number}]"),
            format!("{shift:?}"),
            "break windows within the shift, none over another",
        );
    }
    for agent in &instance.agents {
        let field = format!("agents[{}]", agent.id);
        let known = agent.skills.iter().all(|&skill| skill < instance.required.len());
        expect(known, field.clone(), format!("{:?}", agent.skills), "numbers of skills");
        expect(
            agent.hmin <= agent.hmax && agent.hmax <= 168,
            field,
            format!("{} to {}", agent.hmin, agent.hmax),
            "hours of a week, least first",
        );
    }
    let prices = &instance.rules.shortage_weights_per_agent_hour;
    expect(prices.is_sorted() && prices[0] >= 0.0, "rules".into(), format!("{prices:?}"), "prices of missing people, cheapest first");
    let shares = &instance.rules.shortage_segments;
    let within = shares.iter().all(|share| *share >= 0.0) && shares.iter().sum::<f64>() <= 1.0;
    expect(within, "rules".into(), format!("{shares:?}"), "shares that add up to at most 1");
    found
}

fn windows_fit(shift: &TourShift, per_hour: usize) -> bool {
    let span = shift.span as usize * per_hour;
    let meal = shift.meal_win.filter(|_| shift.meal > 0).map(|[first, last]| (first, last, last + shift.meal as usize * per_hour));
    let rests = shift.rests.iter().map(|&[first, last]| (first, last, last + 1));
    let mut windows: Vec<(usize, usize, usize)> = meal.into_iter().chain(rests).collect();
    windows.sort_unstable();
    (shift.meal == 0) == shift.meal_win.is_none()
        && windows.iter().all(|&(first, last, end)| first <= last && end <= span)
        && windows.windows(2).all(|pair| pair[0].2 <= pair[1].0)
}
