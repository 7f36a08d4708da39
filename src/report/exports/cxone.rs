//! NICE CXone WFM's import of schedules: a line for each activity that lies over a shift, or one for a shift without any.

use super::schedule::{Doing, Schedule, Shift, Stretch};
use crate::messages::Lang;
use crate::outside::OutsideIds;
use crate::report::tables::sheet::{Cell, Sheet};
use chrono::{NaiveDateTime, TimeDelta};

/// Characters of notes that it takes.
const MOST_NOTES: usize = 500;

/// Shifts by user name, with activities. All times of a line are at its UTC offset, that of the shift's start: where clocks change during a
/// shift, its end is by the clocks before. Shifts of agents without a user name or a known zone are left out; see
/// [`Schedule::agents`](super::schedule::Schedule::agents).
#[must_use]
pub fn cxone_schedule(schedule: &Schedule, ids: &OutsideIds, lang: Lang) -> Sheet {
    let columns = [
        "Username*",
        "Shift Start Date and Time*",
        "Shift End Date and Time*",
        "Local Time Zone*",
        "Base Activity Name*",
        "Shift Notes",
        "Activity Start Date and Time",
        "Activity End Date and Time",
        "Activity Name",
    ];
    let mut sheet = Sheet::new("cxone", &columns);
    for shift in &schedule.shifts {
        let (Some(outside), Some(clock)) = (ids.get(&shift.assignment.agent), Clock::of(shift)) else { continue };
        let queues: Vec<&str> = shift.assignment.queues().into_iter().map(crate::service::QueueId::as_str).collect();
        let whole = [
            plain(&outside.id.to_lowercase()),
            clock.show(shift.assignment.start),
            clock.show(shift.assignment.end),
            clock.name(),
            plain(shift.name),
            plain(&queues.join("; ")).chars().take(MOST_NOTES).collect(),
        ]
        .map(Cell::text);
        let line = |activity: [String; 3]| whole.iter().cloned().chain(activity.map(Cell::text)).collect::<Vec<Cell>>();
        let over: Vec<&Stretch> = shift.parts.iter().filter(|part| part.doing != Doing::Work).collect();
        if over.is_empty() {
            sheet.rows.push(line([String::new(), String::new(), String::new()]));
        }
        sheet.rows.extend(over.iter().map(|part| line([clock.show(part.start), clock.show(part.end), plain(&part.doing.name(lang))])));
    }
    sheet
}

/// The clock of a line: a fixed distance from UTC.
struct Clock<'z> {
    zone: &'z crate::zone::Zone,
    ahead: i32,
}

impl<'z> Clock<'z> {
    fn of(shift: &Shift<'z>) -> Option<Self> {
        let zone = shift.person.zone.as_ref()?;
        Some(Self { zone, ahead: zone.offset_minutes(shift.assignment.start) })
    }

    fn show(&self, local: NaiveDateTime) -> String {
        let time = self.zone.utc_at(local) + TimeDelta::minutes(i64::from(self.ahead));
        time.format("%m/%d/%Y %H:%M:%S").to_string()
    }

    fn name(&self) -> String {
        let sign = if self.ahead < 0 { '-' } else { '+' };
        format!("UTC{sign}{:02}:{:02}", self.ahead.abs() / 60, self.ahead.abs() % 60)
    }
}

/// A text without what breaks a line of it: a comma in any cell makes it leave out the shift.
fn plain(text: &str) -> String {
    text.replace(',', ";").replace(['"', '\n', '\r'], " ")
}
