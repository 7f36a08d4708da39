//! Section of `plan.toml` on hiring and attrition.

use crate::capacity::HiringTerms;
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::service::Queue;
use crate::units::{Factor, HourlyPrice, Money, Share};
use std::collections::BTreeMap;

/// Longest period of a term, in days.
const MOST_DAYS: f64 = 365.0;

/// Reads the terms; omitted ones have the usual values for this hourly pay.
pub(super) fn terms(section: &Section, pay: HourlyPrice, queues: &[Queue], names: &Names, problems: &mut Problems) -> HiringTerms {
    let usual = HiringTerms::usual(pay);
    let mut share = |key, usual: Share| section.number(key, 0.0..=0.9, problems).and_then(|value| Share::new(value).ok()).unwrap_or(usual);
    let (attrition, leave) = (share("attrition_per_month", usual.attrition), share("leave_share", usual.leave));
    let (sick, overtime) = (share("sick_share", usual.sick), share("overtime_share", usual.overtime));
    let mut whole = |key, least, usual: u32| section.whole(key, least..=MOST_DAYS, problems).map_or(usual, |value| value as u32);
    let (hiring_days, training_days) = (whole("hiring_days", 0.0, usual.hiring_days), whole("training_days", 0.0, usual.training_days));
    let (most_hires, most_temps) = (whole("most_hires_week", 0.0, usual.most_hires), whole("most_temps", 0.0, usual.most_temps));
    let temp_weeks = whole("temp_weeks", 1.0, usual.temp_weeks);
    let mut price = |key| section.number(key, 0.0..=1e9, problems);
    let cost_per_hire = price("cost_per_hire").and_then(|value| Money::new(value).ok()).unwrap_or(usual.cost_per_hire);
    let temp_pay = price("temp_pay_per_hour").and_then(|value| HourlyPrice::new(value).ok()).unwrap_or(usual.temp_pay);
    let temp_speed = section.number("temp_speed", 0.1..=3.0, problems).and_then(|value| Factor::new(value).ok());
    let ramp = ramp(section, problems).unwrap_or(usual.ramp);
    let required = required(section, queues, names, problems);
    section.finish(problems);
    HiringTerms {
        required,
        attrition,
        hiring_days,
        training_days,
        ramp,
        leave,
        sick,
        cost_per_hire,
        most_hires,
        temp_weeks,
        temp_pay,
        temp_speed: temp_speed.unwrap_or(usual.temp_speed),
        most_temps,
        overtime,
    }
}

/// Ratio of the weekly plans' requirement to that of the formulas, for all queues or by queue.
fn required(section: &Section, queues: &[Queue], names: &Names, problems: &mut Problems) -> BTreeMap<String, Factor> {
    let mut all = BTreeMap::new();
    for (name, value) in section.numbers_by_name("required_share", 0.1..=3.0, problems) {
        let factor = Factor::new(value).expect("its range was checked when it was read");
        let meant = queues.iter().map(|queue| queue.id.as_str()).filter(|id| name.is_none_or(|name| name == *id));
        all.extend(meant.map(|id| (id.to_owned(), factor)));
        if let Some(name) = name.filter(|name| names.lack(name)) {
            section.note(problems, "unknown_queue", "required_share", name, names.listed());
        }
    }
    all
}

/// Ramp of new hires: periods in weeks, and the speed in each.
fn ramp(section: &Section, problems: &mut Problems) -> Option<Vec<(u32, Factor)>> {
    let before = problems.len();
    let speeds = section.numbers("new_hire_speed", 0.0..=3.0, problems);
    let weeks = section.numbers("new_hire_weeks", 0.0..=104.0, problems);
    let (speeds, weeks) = match (speeds, weeks) {
        (None, None) => return None,
        (speeds, weeks) => (speeds.unwrap_or_default(), weeks.unwrap_or_default()),
    };
    if problems.len() == before && speeds.len() != weeks.len() {
        section.note(problems, "target_count", "new_hire_weeks", speeds.len(), weeks.len());
    }
    Some(
        weeks
            .into_iter()
            .zip(speeds)
            .map(|(weeks, speed)| (weeks as u32, Factor::new(speed).expect("its range was checked when it was read")))
            .collect(),
    )
}
