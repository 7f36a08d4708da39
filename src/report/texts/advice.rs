//! Reliefs and explanations of assignments, in words.

use super::rules::rule_text;
use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Why};
use crate::report::figures::days::day_text;
use crate::roster::{Assignment, Relaxation, Relief, Reliefs, Shortage, Whereabouts};
use crate::units::Money;
use chrono::NaiveDate;

/// Maximum number of names in a sentence, and of swaps.
const SHOWN: usize = 5;

/// Whereabouts of a queue's people during its shortage.
pub(super) fn whereabouts_text(inputs: &Inputs, shortage: &Shortage, lang: Lang) -> String {
    let able: usize = shortage.whereabouts.values().sum();
    let part = |(place, people): (&Whereabouts, &usize)| {
        let (key, rule) = match place {
            Whereabouts::AtDesk => ("where_at_desk", None),
            Whereabouts::OnBreak => ("where_on_break", None),
            Whereabouts::Away => ("where_away", None),
            Whereabouts::KeptAway(rule) => ("where_kept_away", Some(rule)),
            Whereabouts::WorthMoreElsewhere => ("where_elsewhere", None),
        };
        let rule = rule.map_or_else(String::new, |rule| rule_text(inputs, rule, None, lang));
        say(lang, Part::Text, key, &[&people.to_string(), &rule])
    };
    let parts: Vec<String> = shortage.whereabouts.iter().map(part).collect();
    let separator = say(lang, Part::Text, "list_separator", &[]);
    say(lang, Part::Text, "where_line", &[&shortage.worst.format("%H:%M").to_string(), &able.to_string(), &parts.join(&separator)])
}

/// Reliefs, best first, then their combination.
pub(in crate::report) fn relief_lines(inputs: &Inputs, reliefs: &Reliefs, lang: Lang) -> Vec<String> {
    let line = |relief: &Relief| {
        let what: Vec<String> = relief.relaxations.iter().map(|relaxation| relaxation_text(inputs, relaxation, lang)).collect();
        let mut who: Vec<&str> =
            relief.changes.iter().map(|change| change.agent.as_str()).filter(|agent| !agent.starts_with('+')).collect();
        who.sort_unstable();
        who.dedup();
        let mut fill = vec![what.join(" + ")];
        fill.extend([reliefs.short.get(), relief.short.get()].map(|hours| format!("{hours:.1}")));
        fill.extend([relief.saved, relief.pay].map(|amount| format!("{amount:.0}")));
        fill.push(inputs.currency.clone());
        let line = say(lang, Part::Text, "relief_line", &fill.iter().map(String::as_str).collect::<Vec<_>>());
        if who.is_empty() {
            return line;
        }
        line + &say(lang, Part::Text, "relief_who", &[&relief.changes.len().to_string(), &who.len().to_string(), &names(&who)])
    };
    if reliefs.alone.is_empty() {
        return vec![say(lang, Part::Text, "relief_none", &[])];
    }
    reliefs.alone.iter().chain(&reliefs.together).map(line).collect()
}

/// A list of some names with the number of the others.
fn names(who: &[&str]) -> String {
    let shown = who.iter().take(SHOWN).copied().collect::<Vec<_>>().join(" ");
    if who.len() > SHOWN { format!("{shown} …") } else { shown }
}

fn relaxation_text(inputs: &Inputs, relaxation: &Relaxation, lang: Lang) -> String {
    let of = |key: &str, fill: &[&str]| say(lang, Part::Text, key, fill);
    match relaxation {
        Relaxation::LateShift => of("relax_late_shift", &[]),
        Relaxation::DayRunning => of("relax_day_running", &[]),
        Relaxation::Rest(hours) => of("relax_rest", &[&format!("{:.1}", hours.get()), &format!("{:.1}", inputs.rules.rest.get())]),
        Relaxation::Weekend => of("relax_weekend", &[]),
        Relaxation::FreeWeekend => of("relax_free_weekend", &[]),
        Relaxation::Training => of("relax_training", &[]),
        Relaxation::Hire { contract, queues, people } => {
            let queues: Vec<&str> = queues.iter().map(|id| inputs.queue_name(id)).collect();
            of("relax_hire", &[&people.to_string(), contract, &queues.join(" + ")])
        }
        Relaxation::CrossTraining { queue, agents } => {
            let agents: Vec<String> = agents.iter().map(ToString::to_string).collect();
            of("relax_training_for", &[&agents.join(" "), inputs.queue_name(queue)])
        }
    }
}

/// Explanation of an agent's assignment on a day, with their next-best week and possible swaps.
#[must_use]
pub fn why_text(inputs: &Inputs, why: &Why, lang: Lang) -> String {
    let of = |key: &str, fill: &[&str]| say(lang, Part::Text, key, fill);
    let day = day_text(why.date, lang);
    let off = of("code_off", &[]);
    let agent = why.agent.as_str();
    let currency = inputs.currency.as_str();
    let money = |amount: Money| format!("{amount:.0}");
    let does = why.now.iter().find(|assignment| assignment.date == why.date);
    let mut lines = vec![match does {
        Some(assignment) => of("why_works", &[agent, &day, &shift_text(assignment), &money(why.worth), currency]),
        None => of("why_off", &[agent, &day]),
    }];
    lines.push(match &why.next_best {
        Some(other) => {
            let week = week_text(inputs, &other.assignments, &off, lang);
            of("why_next_best", &[&week, &money(other.price), &money(other.pay), currency])
        }
        None => of("why_no_other", &[]),
    });
    lines.push(of("why_now", &[&week_text(inputs, &why.now, &off, lang)]));
    lines.push(if why.swaps.is_empty() { of("why_no_swap", &[]) } else { of("why_swaps", &[&why.swaps.len().to_string()]) });
    lines.extend(why.swaps.iter().take(SHOWN).map(|swap| {
        let shift = swap.shift.as_ref().unwrap_or(&off);
        of("why_swap", &[swap.with.as_str(), shift, &format!("{:+.0}", swap.price), currency])
    }));
    lines.join("\n")
}

fn shift_text(assignment: &Assignment) -> String {
    format!("{} {}–{}", assignment.shift, assignment.start.format("%H:%M"), assignment.end.format("%H:%M"))
}

/// The shift on each day of the plan.
fn week_text(inputs: &Inputs, assignments: &[Assignment], off: &str, lang: Lang) -> String {
    let of_day = |date: NaiveDate| {
        let shift = assignments.iter().find(|assignment| assignment.date == date).map_or(off, |assignment| &assignment.shift);
        format!("{} {shift}", day_text(date, lang))
    };
    inputs.horizon.dates().map(of_day).collect::<Vec<_>>().join(&say(lang, Part::Text, "list_separator", &[]))
}
