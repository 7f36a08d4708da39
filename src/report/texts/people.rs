//! Minimum staffing, shared hours and BPO blocks, in words.

use crate::messages::{Lang, Part, say};
use crate::plan::{Inputs, Planned};
use crate::report::figures::days::day_text;
use crate::roster::{MinimumStaffing, SharedTime, SmallBlock, Understaffing, shared_time, small_blocks, understaffing};
use crate::workforce::AgentId;

/// Maximum number of understaffed periods named for each minimum.
const NAMED: usize = 8;

/// Periods below minimum staffing.
pub(in crate::report) fn minimum_staffing_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let understaffing = understaffing(&planned.problem, &planned.solved.roster);
    let line = |(number, minimum): (usize, &MinimumStaffing)| {
        let of: Vec<&Understaffing> = understaffing.iter().filter(|of| of.minimum == number).collect();
        if of.is_empty() {
            return say(lang, Part::Text, "presence_met", &[&minimum.name]);
        }
        let stretch = |of: &&Understaffing| {
            let times = [of.start, of.end].map(|time| time.format("%H:%M").to_string());
            let fill =
                [day_text(of.start.date(), lang), times[0].clone(), times[1].clone(), of.there.to_string(), minimum.least.to_string()];
            say(lang, Part::Text, "presence_stretch", &fill.each_ref().map(String::as_str))
        };
        let mut stretches: Vec<String> = of.iter().take(NAMED).map(stretch).collect();
        if of.len() > NAMED {
            stretches.push("…".to_owned());
        }
        let (hours, price) = of.iter().fold((0.0, 0.0), |(hours, price), of| (hours + of.missing.get(), price + of.price.get()));
        let fill = [
            minimum.name.clone(),
            format!("{hours:.1}"),
            format!("{price:.0}"),
            inputs.currency.clone(),
            stretches.join(&say(lang, Part::Text, "list_separator", &[])),
        ];
        say(lang, Part::Text, "presence_line", &fill.each_ref().map(String::as_str))
    };
    planned.problem.minimum_staffing.iter().enumerate().map(line).collect()
}

/// Agents and their shared hours with those they should work with, as a share of their hours.
pub(in crate::report) fn shared_time_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    let line = |of: &SharedTime| {
        let followers: Vec<&str> = of.followers.iter().map(AgentId::as_str).collect();
        let (hours, shared) = (of.hours.get(), of.shared.get());
        let share = if hours > 0.0 { shared / hours } else { 1.0 };
        let fill = [
            of.leader.to_string(),
            followers.join(&say(lang, Part::Text, "list_separator", &[])),
            format!("{shared:.1}"),
            format!("{hours:.1}"),
            percent(share),
            percent(of.asked.get()),
        ];
        let line = say(lang, Part::Text, "company_line", &fill.each_ref().map(String::as_str));
        let price = of.price.get();
        line + &if price > 0.0 {
            say(lang, Part::Text, "company_price", &[&format!("{price:.0}"), &inputs.currency])
        } else {
            String::new()
        }
    };
    shared_time(&planned.problem, &planned.solved.roster).iter().map(line).collect()
}

/// Shifts in which a BPO contract has fewer people than are billed.
pub(in crate::report) fn block_lines(inputs: &Inputs, planned: &Planned, lang: Lang) -> Vec<String> {
    let line = |block: &SmallBlock| {
        let shift = format!("{} {}", block.date, block.shift);
        let fill = [
            block.contract.clone(),
            block.people.to_string(),
            shift,
            block.least.to_string(),
            format!("{:.0}", block.price.get()),
            inputs.currency.clone(),
        ];
        say(lang, Part::Text, "block_line", &fill.each_ref().map(String::as_str))
    };
    small_blocks(&planned.problem, &planned.solved.roster).iter().map(line).collect()
}
