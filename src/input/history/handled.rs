//! Handled contacts and handling times of an interval.

use crate::history::Handled;
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::meaning::meaning_of;
use crate::input::problem::collected::Problems;
use crate::input::table::row::Row;
use crate::units::Seconds;

/// Longest plausible handling time of a contact, in seconds.
pub(super) const MOST_HANDLING: f64 = 1e5;

/// Contacts fully contained by bots: those that reached a bot less those handed over to people.
pub(super) fn by_bots(row: &Row, offered: f64, most: f64, problems: &mut Problems) -> Option<f64> {
    let mut number = |column| row.number(column, 0.0..=most, problems);
    let (reached, passed_on) = (number("bot_handled"), number("to_human"));
    if reached.is_none() && passed_on.is_none() {
        return None;
    }
    if reached.is_some_and(|reached| reached > offered) {
        row.note_as(problems, "part_beyond_whole", "bot_handled", format!("offered {offered}"), true);
    }
    Some((reached.unwrap_or(offered) - passed_on.unwrap_or(0.0)).clamp(0.0, offered))
}

/// Checks counts that cannot exceed another one of their row. A contact answered late in one interval may be handled to the end in the
/// next, so more answers in time than handled contacts are only a warning.
pub(super) fn parts_of_wholes(row: &Row, most: f64, problems: &mut Problems) {
    let parts = [("answered_in_time", "offered", false), ("answered_in_time", "handled", true), ("replies_in_time", "replies", false)];
    let mut noted = "";
    for (part, whole, is_warning) in parts {
        let mut number = |column| row.number(column, 0.0..=most, problems);
        let (Some(of_part), Some(of_whole)) = (number(part), number(whole)) else { continue };
        if of_part > of_whole && noted != part {
            row.note_as(problems, "part_beyond_whole", part, format!("{whole} {of_whole}"), is_warning);
            noted = part;
        }
    }
}

/// Whether the handling time of a table is called talk time: a handling time includes after-contact work.
fn is_talk_time(row: &Row) -> bool {
    row.form.header_of("handling_seconds").is_some_and(|header| meaning_of(header) == Meaning::Talk)
}

/// Contacts handled by people and their handling time: a mean including after-contact work, or a total. Without a count of handled
/// contacts, it is the offered ones that neither abandoned nor were answered by bots.
pub(super) fn handled(row: &Row, offered: f64, by_bots: Option<f64>, most: f64, problems: &mut Problems) -> Option<Handled> {
    let abandoned = row.number("abandoned", 0.0..=most, problems);
    let counted = row.number("handled", 0.0..=most, problems);
    if abandoned.is_some_and(|abandoned| abandoned > offered) {
        row.note_as(problems, "abandoned_beyond_offered", "abandoned", offered, true);
    }
    let left = (offered - abandoned.unwrap_or(0.0) - by_bots.unwrap_or(0.0)).max(0.0);
    let contacts = counted.unwrap_or(left);
    let mean = row.number("handling_seconds", 0.0..=MOST_HANDLING, problems);
    let after = row.number("after_contact_seconds", 0.0..=MOST_HANDLING, problems).filter(|_| is_talk_time(row)).unwrap_or(0.0);
    let total = row.number("total_handling_seconds", 0.0..=MOST_HANDLING * most, problems);
    let mean = mean.map(|mean| mean + after).or_else(|| total.filter(|_| contacts > 0.0).map(|total| total / contacts));
    let mean = Seconds::new(mean.filter(|mean| *mean > 0.0)?).ok()?;
    (contacts > 0.0).then_some(Handled { contacts, mean })
}
