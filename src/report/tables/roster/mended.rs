//! Changes, pins and excused shifts of a repaired roster.

use crate::messages::{Lang, Part, say};
use crate::plan::Mended;
use crate::report::tables::cells::{date, stamp};
use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{Assignment, Break, Change, Reason, RosterProblem};
use crate::service::QueueId;
use crate::units::Money;
use crate::workforce::Absence;

/// `date,agent_id,before,after,reason,why,worth,pay_change`: changed person-days. `before` and `after` are shifts, empty for a day off.
/// `worth` is the increase in cost with all days of the person as before (empty where they are impossible). `pay_change` is the person's
/// increase in pay over the plan's days, on their first row.
pub(in crate::report) fn changes(changes: &[Change], lang: Lang) -> Sheet {
    let mut sheet = Sheet::new("changes", &["date", "agent_id", "before", "after", "reason", "why", "worth", "pay_change"]);
    for change in changes {
        let shift = |shift: &Option<String>| Cell::text(shift.as_deref().unwrap_or(""));
        let money = |amount: Option<Money>| amount.map_or(Cell::Empty, |amount| Cell::number(amount.get(), 2));
        let key = reason_key(change.reason);
        sheet.rows.push(vec![
            date(change.date),
            Cell::text(&change.agent),
            shift(&change.before),
            shift(&change.after),
            Cell::text(key),
            Cell::text(say(lang, Part::Text, &format!("change_{key}"), &[])),
            money(change.worth),
            money(change.pay_change),
        ]);
    }
    sheet
}

/// `date,agent_id,shift`: pins of a repaired roster, from the plan's pins, the roster before and hand edits. As the plan's `pins.csv` it
/// preserves them in the next plan; beside the roster it tells `verify` the reason for pinned rows.
pub(in crate::report) fn pins(mended: &Mended) -> Sheet {
    let mut sheet = Sheet::new("pins", &["date", "agent_id", "shift"]);
    let mut pins: Vec<_> = mended.problem.people.iter().flat_map(|person| &person.pins).collect();
    pins.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
    for pin in pins {
        sheet.rows.push(vec![date(pin.date), Cell::text(&pin.agent), Cell::text(pin.shift.as_deref().unwrap_or("off"))]);
    }
    sheet
}

/// `agent_id,start,end,kind`: absences reported to this repair and earlier ones, beside those of the plan. Later repairs read them beside
/// the roster, so that somebody without a shift on such a day is not given one either.
pub(in crate::report) fn absences(mended: &Mended) -> Sheet {
    let mut sheet = Sheet::new("absences", &["agent_id", "start", "end", "kind"]);
    let mut told: Vec<_> = mended.told.iter().collect();
    told.sort_by(|a, b| (a.start, &a.agent).cmp(&(b.start, &b.agent)));
    let row = |absence: &Absence| vec![Cell::text(&absence.agent), stamp(absence.start), stamp(absence.end), Cell::text(&absence.kind)];
    sheet.rows = told.into_iter().map(row).collect();
    sheet
}

pub(in crate::report) fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Away => "away",
        Reason::Pinned => "pinned",
        Reason::Forced => "forced",
        Reason::Covers => "covers",
        Reason::GivesWay => "gives_way",
    }
}

/// `date,agent_id,shift,start,end,meal_start,breaks,queue,paid_hours`: published shifts prevented by absences; their hours count as worked.
/// Every reader of the roster beside it reads this too.
pub(in crate::report) fn excused(problem: &RosterProblem) -> Sheet {
    let mut sheet = Sheet::new("excused", &["date", "agent_id", "shift", "start", "end", "meal_start", "breaks", "queue", "paid_hours"]);
    let pauses = |pauses: &[Break]| {
        let each = pauses.iter().map(|pause| format!("{}/{}", pause.start.format("%H:%M"), pause.minutes));
        Cell::text(each.collect::<Vec<_>>().join(";"))
    };
    let mut duties: Vec<&Assignment> = problem.people.iter().flat_map(|person| &person.excused).collect();
    duties.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
    sheet.rows = duties
        .into_iter()
        .map(|duty| {
            let queues: Vec<&str> = duty.queues().into_iter().map(QueueId::as_str).collect();
            let mut row = vec![date(duty.date), Cell::text(&duty.agent), Cell::text(&duty.shift), stamp(duty.start), stamp(duty.end)];
            row.extend([pauses(&duty.meals), pauses(&duty.rests), Cell::text(queues.join(";")), Cell::number(duty.paid.get(), 4)]);
            row
        })
        .collect();
    sheet
}
