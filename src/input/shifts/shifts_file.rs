//! The shifts file.

use super::wish::refuse_taken_words;
use crate::identifier::identifier;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::roster::{MealWindow, ShiftTemplate};
use crate::service::QueueId;
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::Hours;
use std::path::Path;

const SHIFTS: Shape = Shape {
    required: &["shift", "start", "end", "paid_hours"],
    optional: &["name", "meal_windows", "meal_minutes", "rests", "contracts", "queues", "promotion_only", "volunteers_only", "reserve"],
    numbers: Numbers::Of(&["paid_hours", "meal_minutes", "rests"]),
    closed: true,
};

/// How names of shifts end in Chinese, where matrices leave it out.
const ENDING: char = '班';

/// A shift's name without its usual ending.
fn short_of(name: &str) -> &str {
    name.trim_end_matches(ENDING)
}

/// The shifts, and the names of all, including refused ones.
pub(in crate::input) fn read(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> (Vec<ShiftTemplate>, Names) {
    let table = plan.files.shifts.as_ref().and_then(|file| Table::read(folder, file, SHIFTS, problems));
    let Some(table) = table else { return Default::default() };
    let mut names = table.names("shift", |text| identifier(text).is_ok());
    for name in table.names("name", |_| true).iter() {
        names.add_alias(name);
        names.add_alias(short_of(name));
    }
    let mut shifts: Vec<(usize, ShiftTemplate)> = Vec::new();
    for row in table.rows() {
        refuse_taken_words(&row, problems);
        let Some(shift) = shift(&row, plan, problems) else { continue };
        match shifts.iter().find(|(_, known)| known.id == shift.id) {
            Some((line, _)) => row.note(problems, "twice", "shift", line),
            None => shifts.push((row.line, shift)),
        }
    }
    if table.is_empty() {
        problems.push(Problem { is_warning: true, ..of_file(&table.form.file, "no_shifts_yet") });
        // a shift referenced elsewhere may be missing here
        return Default::default();
    }
    (shifts.into_iter().map(|(_, shift)| shift).collect(), names)
}

fn shift(row: &Row, plan: &PlanFile, problems: &mut Problems) -> Option<ShiftTemplate> {
    let before = problems.len();
    row.text("shift", problems);
    let id = row.identifier("shift", problems);
    let (start, end) = (row.clock("start", problems), row.clock("end", problems));
    let paid = row.required_number("paid_hours", 0.25..=24.0, problems);
    let meal_minutes = row.whole("meal_minutes", 5.0..=180.0, problems).unwrap_or(60);
    let rests = row.whole("rests", 0.0..=4.0, problems).unwrap_or(0) as usize;
    let mut queues = Vec::new();
    for name in row.list("queues") {
        let queue = QueueId::new(name);
        if plan.names.queues.lack(name) {
            row.note(problems, "unknown_queue", "queues", plan.names.queues.listed());
        }
        queues.push(queue);
    }
    for name in row.list("contracts") {
        if plan.names.contracts.lack(name) {
            row.note(problems, "unknown_contract", "contracts", plan.names.contracts.listed());
        }
    }
    let is_reserve = row.yes("reserve", problems);
    let (promotion_only, volunteers_only) = (row.yes("promotion_only", problems), row.yes("volunteers_only", problems));
    let (id, start, end, paid) = (id?, start?, end?, paid?);
    // refused values cannot be compared
    if problems.len() > before {
        return None;
    }
    let span_minutes = span(start, end);
    let meals = meals(row, start, span_minutes, meal_minutes, problems)?;
    let work = f64::from(span_minutes - meals.iter().map(|meal| meal.minutes).sum::<u32>().min(span_minutes)) / 60.0;
    if if is_reserve { paid > work + 0.01 } else { (work - paid).abs() > 0.01 } {
        row.note(problems, "paid_hours_unfit", "paid_hours", format!("{work}"));
    }
    // time in whole minutes, however the hours are rounded
    let paid = if is_reserve { (paid * 60.0).round() / 60.0 } else { work };
    let name = row.name("name", problems).unwrap_or(id);
    let shift = ShiftTemplate {
        id: id.to_owned(),
        name: name.to_owned(),
        short_name: short_of(name).to_owned(),
        start,
        ahead: 0,
        span_minutes,
        paid: Hours::new(paid).expect("its range was checked when it was read"),
        meals,
        rests,
        contracts: row.list("contracts").into_iter().map(str::to_owned).collect(),
        queues,
        promotion_only,
        volunteers_only,
        is_reserve,
    };
    if shift.placed_rests() < rests {
        row.note(problems, "rests_unfit", "rests", shift.placed_rests());
    }
    Some(shift)
}

/// Span in minutes; an end that is not after the start lies on the next day.
fn span(start: ClockTime, end: ClockTime) -> u32 {
    if end > start { end.minutes() - start.minutes() } else { end.minutes() + DAY_MINUTES - start.minutes() }
}

/// `11:00|12:00|13:00` is one meal in one of three hours, `12:00+17:00` is two meals.
fn meals(row: &Row, start: ClockTime, span: u32, minutes: u32, problems: &mut Problems) -> Option<Vec<MealWindow>> {
    let Some(text) = row.get("meal_windows") else { return Some(Vec::new()) };
    let mut meals = Vec::new();
    for meal in text.split('+') {
        let mut offsets = Vec::new();
        for time in meal.split('|') {
            let Ok(time) = time.trim().parse::<ClockTime>() else {
                row.note(problems, "meal_list_unclear", "meal_windows", time.trim());
                return None;
            };
            let offset = (time.minutes() + DAY_MINUTES - start.minutes()) % DAY_MINUTES;
            if offset + minutes > span {
                row.note(problems, "meal_outside_shift", "meal_windows", row.get("shift").unwrap_or(""));
                return None;
            }
            offsets.push(offset);
        }
        offsets.sort_unstable();
        offsets.dedup();
        meals.push(MealWindow { minutes, offsets });
    }
    meals.sort_by_key(|meal| meal.offsets.first().copied());
    let ends = |meal: &MealWindow| meal.offsets.last().map_or(0, |last| last + meal.minutes);
    if meals.windows(2).any(|pair| pair[1].offsets.first().is_some_and(|start| *start < ends(&pair[0]))) {
        row.note(problems, "meals_overlap", "meal_windows", "");
    }
    Some(meals)
}
