//! What a mended roster changes.

use super::markdown::escaped;
use super::offers::offer_line;
use super::sheet::{Cell, Sheet};
use super::tables::{date, stamp};
use crate::plan::{Inputs, Mended};
use crate::roster::{Assignment, Break, Change, QueueCoverage, Reason, RosterProblem, missing};
use crate::service::QueueId;
use crate::words::{Lang, Part, say};
use crate::workforce::{Absence, Pin};
use std::fmt::Write;

/// `date,agent_id,before,after,reason,why,worth,pay_change`: person-days that differ. `before` and `after` are shifts, empty for a day
/// off; `worth` is what the roster would cost more with all days of the person as before (empty where they cannot be); `pay_change` is
/// what she is paid more than before over the plan's days, on her first row.
pub(super) fn changes(changes: &[Change], lang: Lang) -> Sheet {
    let mut sheet = Sheet::new("changes", &["date", "agent_id", "before", "after", "reason", "why", "worth", "pay_change"]);
    for change in changes {
        let shift = |shift: &Option<String>| Cell::text(shift.as_deref().unwrap_or(""));
        let money = |amount: Option<f64>| amount.map_or(Cell::Empty, |amount| Cell::number(amount, 2));
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

/// `date,agent_id,shift`: what is fixed in a mended roster, by the plan's pins, the roster before and hand edits. As `pins.csv` of the plan
/// it keeps them at the next plan; beside the roster it tells `verify` why its rows are pinned.
pub(super) fn pins(mended: &Mended) -> Sheet {
    let mut sheet = Sheet::new("pins", &["date", "agent_id", "shift"]);
    let mut pins: Vec<_> = mended.problem.people.iter().flat_map(|person| &person.pins).collect();
    pins.sort_by(|a, b| (a.date, &a.agent).cmp(&(b.date, &b.agent)));
    for pin in pins {
        sheet.rows.push(vec![date(pin.date), Cell::text(&pin.agent), Cell::text(pin.shift.as_deref().unwrap_or("off"))]);
    }
    sheet
}

/// `agent_id,start,end,kind`: absences that this repair and earlier ones were told of beside those of the plan. Later repairs read them beside
/// the roster: whoever had no shift on such a day is not given one either.
pub(super) fn absences(mended: &Mended) -> Sheet {
    let mut sheet = Sheet::new("absences", &["agent_id", "start", "end", "kind"]);
    let mut told: Vec<_> = mended.told.iter().collect();
    told.sort_by(|a, b| (a.start, &a.agent).cmp(&(b.start, &b.agent)));
    let row = |absence: &Absence| vec![Cell::text(&absence.agent), stamp(absence.start), stamp(absence.end), Cell::text(&absence.kind)];
    sheet.rows = told.into_iter().map(row).collect();
    sheet
}

fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Away => "away",
        Reason::Pinned => "pinned",
        Reason::Forced => "forced",
        Reason::Covers => "covers",
        Reason::GivesWay => "gives_way",
    }
}

/// How much is changed for how many people, what of the missing hours is recovered, and who could be asked where more is missing than before.
#[must_use]
pub fn mended_text(mended: &Mended, currency: &str, lang: Lang) -> String {
    let changes = &mended.repaired.changes;
    let mut people: Vec<_> = changes.iter().map(|change| &change.agent).collect();
    people.sort_unstable();
    people.dedup();
    let of = |coverage: &[QueueCoverage]| missing(coverage, mended.problem.grid.interval().hours());
    let ((short_before, price_before), (short_after, price_after)) = (of(&mended.before), of(&mended.after));
    let fill = [
        changes.len().to_string(),
        people.len().to_string(),
        format!("{short_before:.1}"),
        format!("{short_after:.1}"),
        format!("{price_before:.0}"),
        format!("{price_after:.0}"),
        currency.to_owned(),
    ];
    let mut summary = say(lang, Part::Text, "mended_summary", &fill.each_ref().map(String::as_str));
    let (short_published, _) = of(&mended.published);
    if short_before > short_published + 0.05 {
        let lost = [format!("{short_published:.1}"), format!("{short_before:.1}")];
        summary = format!("{}\n{summary}", say(lang, Part::Text, "mended_away", &lost.each_ref().map(String::as_str)));
    }
    if !mended.by_hand.is_empty() {
        summary = format!("{summary}\n{}", say(lang, Part::Text, "mended_by_hand", &[&mended.by_hand.len().to_string()]));
    }
    match (short_after > short_before + 0.05, mended.asks.is_empty()) {
        (_, false) => {
            let lines = mended.asks.iter().map(|offer| format!("\n    {}", offer_line(offer, currency, lang)));
            format!("{summary}\n{}{}", say(lang, Part::Text, "mended_asks", &[]), lines.collect::<String>())
        }
        (true, true) => format!("{summary}\n{}", say(lang, Part::Text, "mended_nobody", &[])),
        (false, true) => summary,
    }
}

/// A person-day that differs, in words of a key.
fn change_line(key: &str, change: &Change, lang: Lang) -> String {
    let off = say(lang, Part::Text, "code_off", &[]);
    let shift = |shift: &Option<String>| shift.clone().unwrap_or_else(|| off.clone());
    let why = say(lang, Part::Text, &format!("change_{}", reason_key(change.reason)), &[]);
    let fill = [change.date.to_string(), change.agent.to_string(), shift(&change.before), shift(&change.after), why];
    say(lang, Part::Text, key, &fill.each_ref().map(String::as_str))
}

/// Edits by hand that are undone, a line each.
#[must_use]
pub fn undone_lines(mended: &Mended, lang: Lang) -> Vec<String> {
    mended.undone.iter().map(|change| change_line("mended_undone", change, lang)).collect()
}

/// What a repair did, as people read it: the figures, edits that are undone, what could not be kept, every change.
pub(super) fn explained(inputs: &Inputs, mended: &Mended, lang: Lang) -> String {
    let text = |key: &str, fill: &[&str]| escaped(&say(lang, Part::Text, key, fill));
    let mut page = format!("# {}\n", text("mended_title", &[&inputs.name]));
    for line in mended_text(mended, &inputs.currency, lang).lines() {
        // offers are a list
        let (before, mark) = if line.starts_with(' ') { ("", "- ") } else { ("\n", "") };
        let _ = writeln!(page, "{before}{mark}{}", escaped(line));
    }
    let changes = mended.repaired.changes.iter().map(|change| change_line("mended_change", change, lang)).collect();
    let parts = [
        ("mended_undone_title", undone_lines(mended, lang)),
        ("mended_unkept_title", unkept_lines(mended, lang)),
        ("mended_changes_title", changes),
    ];
    for (title, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = write!(page, "\n## {}\n\n", text(title, &[]));
        for line in lines {
            let _ = writeln!(page, "- {}", escaped(&line));
        }
    }
    page
}

/// What a planner has fixed and cannot be kept, a line each.
#[must_use]
pub fn unkept_lines(mended: &Mended, lang: Lang) -> Vec<String> {
    let off = say(lang, Part::Text, "code_off", &[]);
    let line = |pin: &Pin| {
        let fill = [pin.date.to_string(), pin.agent.to_string(), pin.shift.clone().unwrap_or_else(|| off.clone())];
        say(lang, Part::Text, "mended_unkept", &fill.each_ref().map(String::as_str))
    };
    mended.unkept.iter().map(line).collect()
}

/// `date,agent_id,shift,start,end,meal_start,breaks,queue,paid_hours`: published shifts that absences keep people from; their hours count
/// as done. Whoever reads the roster beside it reads this too.
pub(super) fn excused(problem: &RosterProblem) -> Sheet {
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
            let queues: Vec<&str> = duty.queues.iter().map(QueueId::as_str).collect();
            let mut row = vec![date(duty.date), Cell::text(&duty.agent), Cell::text(&duty.shift), stamp(duty.start), stamp(duty.end)];
            row.extend([pauses(&duty.meals), pauses(&duty.rests), Cell::text(queues.join(";")), Cell::number(duty.paid.get(), 4)]);
            row
        })
        .collect();
    sheet
}
