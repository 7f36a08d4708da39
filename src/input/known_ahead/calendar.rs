//! The calendar: holidays, bridge days and make-up working days.

use crate::calendar::{Calendar, DayKind, SpecialDay};
use crate::input::header::shape::{Numbers, Shape};
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::units::Factor;
use std::collections::BTreeMap;
use std::path::Path;

const CALENDAR: Shape =
    Shape { required: &["date", "kind"], optional: &["name", "overtime_rate"], numbers: Numbers::Of(&["overtime_rate"]), closed: true };

pub(in crate::input) fn read(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> Calendar {
    let mut calendar = Calendar::default();
    let mut lines: BTreeMap<chrono::NaiveDate, usize> = BTreeMap::new();
    for file in &plan.files.calendar {
        let Some(table) = Table::read(folder, file, CALENDAR, problems) else { continue };
        for row in table.rows() {
            row.text("date", problems);
            let date = row.date("date", problems);
            let kind = day_kind(&row, problems);
            let standard = if kind == Some(DayKind::Statutory) { plan.holiday_rate } else { Factor::ONE };
            let rate = row.factor("overtime_rate", 0.0..=10.0, problems);
            let (Some(date), Some(kind)) = (date, kind) else { continue };
            let overtime_rate = rate.unwrap_or(standard);
            let day = SpecialDay { kind, name: row.name("name", problems).unwrap_or("").to_owned(), overtime_rate };
            if calendar.enter(date, day).is_err() {
                row.note(problems, "twice", "date", lines.get(&date).copied().unwrap_or(0));
            } else {
                lines.insert(date, row.line);
            }
        }
    }
    calendar
}

fn day_kind(row: &Row, problems: &mut Problems) -> Option<DayKind> {
    match row.text("kind", problems)?.to_lowercase().as_str() {
        "statutory" | "法定" | "法定节假日" | "法定假日" => Some(DayKind::Statutory),
        "bridge_off" | "调休" | "调休放假" => Some(DayKind::BridgeOff),
        "makeup_work" | "补班" | "调休上班" | "调休补班" => Some(DayKind::MakeupWork),
        _ => {
            row.note(problems, "unknown_word", "kind", "statutory, bridge_off, makeup_work");
            None
        }
    }
}
