//! A new plan folder from exports: counts in our own form, a plan that says what was learned, and empty tables of agents and shifts.

use crate::history::RawCount;
use crate::identifier::identifier;
use crate::input::import::files::Imported;
use crate::input::import::folder::learned::LearnedQueue;
use crate::input::import::folder::map_text::map_text;
use crate::input::problem::way::quoted;
use crate::messages::{Lang, Part, say};
use crate::service::{OpenSpan, OpeningHours};
use crate::time::{Interval, week_of};
use crate::zone::Zone;
use chrono::Days;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Header of the table of agents.
const AGENTS: &str = "agent_id,team,contract,skills,level,speed,mentor_id,hire_date,preferred_shift,day_off_request\n";
/// Header of the table of shifts.
const SHIFTS: &str = "shift,name,start,end,paid_hours,meal_windows,meal_minutes,rests,contracts,queues\n";
/// Weekdays in a plan.
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Words in the name of a queue that tell its channel.
const CHATS: [&str; 10] = ["chat", "web", "旺旺", "咚咚", "飞鸽", "在线", "im", "whatsapp", "wechat", "微信"];
const TICKETS: [&str; 8] = ["ticket", "mail", "case", "工单", "邮件", "back office", "backoffice", "letter"];

/// Files of the folder with their texts; `None` if no queue has a contact.
#[must_use]
pub fn new_plan_folder(imported: &Imported, zone: Option<&Zone>, lang: Lang) -> Option<Vec<(&'static str, String)>> {
    let last = imported.queues.iter().map(|queue| queue.last).max()?;
    let ids = identifiers(&imported.queues);
    let mut plan = String::new();
    let comment = |key: &str, fill: &[&str]| say(lang, Part::Text, key, fill);
    let first_day = week_of(last) + Days::new(7);
    let minutes = imported.queues.iter().map(|queue| queue.every).filter(|every| *every != Interval::DAY).map(Interval::minutes).min();
    let _ = write!(
        plan,
        "# {}\n\n[plan]\nname = \"\"\nfirst_day = {first_day}\ndays = 7\ninterval_minutes = {}\n",
        comment("new_plan_head", &[]),
        minutes.unwrap_or(30).clamp(5, 60)
    );
    if let Some(zone) = zone {
        let _ = writeln!(plan, "zone = {}", quoted(zone.name()));
    }
    let _ = write!(
        plan,
        "\n[files]\nhistory = [\"history.csv\"]\nagents = \"agents.csv\" # {}\nshifts = \"shifts.csv\" # {}\n",
        comment("new_plan_agents", &[]),
        comment("new_plan_shifts", &[])
    );
    imported.queues.iter().for_each(|queue| plan += &section(queue, &ids[&queue.name], &comment));
    let _ = write!(
        plan,
        "\n[[contract]]\nid = \"full_time\"\nregular_hours_week = 40\n\n[rules]\npack = \"none\" # {}\n",
        comment("new_plan_pack", &[])
    );
    let _ = write!(plan, "\n# {}\n", comment("new_plan_map", &[]));
    for (file, understood) in &imported.understood {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        map_text(&name, understood, &ids).lines().for_each(|line| {
            let _ = writeln!(plan, "# {line}");
        });
    }
    Some(vec![
        ("plan.toml", plan),
        ("history.csv", history(&imported.counts, &ids)),
        ("agents.csv", AGENTS.to_owned()),
        ("shifts.csv", SHIFTS.to_owned()),
    ])
}

/// An identifier for each queue: its name where that is one, else its name without what an identifier may not hold.
fn identifiers(queues: &[LearnedQueue]) -> BTreeMap<String, String> {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for queue in queues {
        let plain: String =
            queue.name.chars().map(|sign| if sign.is_alphanumeric() || "_-".contains(sign) { sign } else { '_' }).take(40).collect();
        let base = if identifier(&queue.name).is_ok() { queue.name.clone() } else { plain };
        let mut id = base.clone();
        let mut number = 2;
        while ids.values().any(|known| crate::identifier::folded(known) == crate::identifier::folded(&id)) {
            id = format!("{base}_{number}");
            number += 1;
        }
        ids.insert(queue.name.clone(), id);
    }
    ids
}

/// Section of a queue.
fn section(queue: &LearnedQueue, id: &str, comment: &impl Fn(&str, &[&str]) -> String) -> String {
    let name = queue.name.to_lowercase();
    let is_of = |words: &[&str]| {
        words
            .iter()
            .any(|word| name.split(|sign: char| !sign.is_alphanumeric()).any(|own| own == *word) || !word.is_ascii() && name.contains(word))
    };
    let channel = if is_of(&CHATS) {
        "chat"
    } else if is_of(&TICKETS) {
        "deferred"
    } else {
        "voice"
    };
    let figures =
        [format!("{:.0}", queue.figures.a_day.get()), queue.figures.busiest_hour.map_or_else(String::new, |hour| hour.to_string())];
    let mut text = format!(
        "\n# {}\n[[queue]]\nid = {}\nname = {}\n",
        comment("new_plan_queue", &[&figures[0], &figures[1]]),
        quoted(id),
        quoted(&queue.name)
    );
    let _ = writeln!(text, "channel = \"{channel}\" # {}", comment("new_plan_channel", &[]));
    let told = if queue.every == Interval::DAY { "new_plan_no_hours" } else { "new_plan_hours" };
    text += &hours(&queue.hours, &comment(told, &[]));
    if channel == "chat" {
        text += "windows = 3\n";
    }
    match queue.figures.handling {
        Some(handling) if channel == "chat" => drop(writeln!(text, "handling_seconds = {:.0}", handling.get())),
        Some(_) => {}
        None => drop(writeln!(text, "handling_seconds = 300 # {}", comment("new_plan_handling", &[]))),
    }
    if let Some((patience, given_up)) = queue.patience.filter(|_| channel != "deferred") {
        let _ = writeln!(text, "patience_seconds = {patience:.0} # {}", comment("new_plan_patience", &[&given_up.to_string()]));
    }
    text += match channel {
        "deferred" => "targets = { done_within_hours = 24, done_share = 0.9 }\n",
        "chat" => "targets = { answer_within_seconds = 30, answer_share = 0.8 }\n",
        _ => "targets = { answer_within_seconds = 20, answer_share = 0.8 }\n",
    };
    text
}

/// Opening hours: one part of the day as such, several as a list with their weekdays.
fn hours(hours: &OpeningHours, comment: &str) -> String {
    let mut parts: Vec<(OpenSpan, Vec<&str>)> = Vec::new();
    for (day, spans) in WEEKDAYS.iter().zip(&hours.week) {
        for span in spans {
            match parts.iter_mut().find(|(known, _)| known == span) {
                Some((_, days)) => days.push(day),
                None => parts.push((*span, vec![day])),
            }
        }
    }
    let days = |days: &[&str]| format!("weekdays = [{}]", days.iter().map(|day| quoted(day)).collect::<Vec<_>>().join(", "));
    match parts.as_slice() {
        [(span, open)] => {
            let weekdays = if open.len() < 7 { days(open) + "\n" } else { String::new() };
            format!("open = \"{}\" # {comment}\nclose = \"{}\"\n{weekdays}", span.open, span.close)
        }
        parts => {
            let part = |(span, open): &(OpenSpan, Vec<&str>)| {
                let weekdays = if open.len() < 7 { days(open) + ", " } else { String::new() };
                format!("    {{ {weekdays}open = \"{}\", close = \"{}\" }},\n", span.open, span.close)
            };
            format!("hours = [ # {comment}\n{}]\n", parts.iter().map(part).collect::<String>())
        }
    }
}

/// Counts in our own form.
fn history(counts: &BTreeMap<String, Vec<RawCount>>, ids: &BTreeMap<String, String>) -> String {
    let has_handling = counts.values().flatten().any(|row| row.handled.is_some());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["start", "queue", "offered", "handled", "handling_seconds"];
    let columns = if has_handling { 5 } else { 3 };
    writer.write_record(&header[..columns]).expect("memory takes every record");
    for (queue, rows) in counts {
        let Some(id) = ids.get(queue) else { continue };
        for row in rows {
            let [handled, mean] =
                row.handled.map_or([String::new(), String::new()], |of| [of.contacts.to_string(), of.mean.get().to_string()]);
            let cells = [row.start.format("%Y-%m-%dT%H:%M").to_string(), id.clone(), row.contacts.to_string(), handled, mean];
            writer.write_record(&cells[..columns]).expect("memory takes every record");
        }
    }
    String::from_utf8(writer.into_inner().expect("memory is flushed")).expect("cells are text")
}
