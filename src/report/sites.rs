//! What each site does: its people, their hours and its part of every queue.

use super::sheet::{Cell, Sheet};
use super::tables::stamp;
use crate::plan::{Inputs, QueueRequirement};
use crate::roster::{QueueCoverage, Roster, RosterProblem, SiteShare, site_shares};
use crate::words::{Lang, Part, say};

/// `start,queue,site,agents,share,contacts`: standard-speed agents of each site, their part of the queue's and the expected contacts that a
/// router should send there; `start` by the plan's clocks, no site is where the plan is made.
pub(super) fn sites(requirements: &[QueueRequirement], problem: &RosterProblem, roster: &Roster, coverage: &[QueueCoverage]) -> Sheet {
    let mut sheet = Sheet::new("sites", &["start", "queue", "site", "agents", "share", "contacts"]);
    let shares = site_shares(problem, roster, coverage);
    for (queue, (of, requirement)) in coverage.iter().zip(requirements).enumerate() {
        for slot in (0..problem.grid.len()).filter(|&slot| of.rostered[slot] > 0.0) {
            for part in shares.iter().filter(|part| part.agents[queue][slot] > 0.0) {
                let (agents, share) = (part.agents[queue][slot], part.agents[queue][slot] / of.rostered[slot]);
                let mut row = vec![stamp(problem.grid.start(slot)), Cell::text(&of.queue)];
                row.push(part.site.map_or(Cell::Empty, |site| Cell::text(&site.id)));
                let contacts = requirement.need[slot].contacts.get() * share;
                row.extend([agents, share, contacts].map(|number| Cell::number(number, 4)));
                sheet.rows.push(row);
            }
        }
    }
    sheet
}

/// Each site with its people, their paid hours and its part of every queue that it serves.
pub(super) fn site_lines(inputs: &Inputs, problem: &RosterProblem, roster: &Roster, coverage: &[QueueCoverage], lang: Lang) -> Vec<String> {
    let line = |part: &SiteShare| {
        let name = part.site.map_or_else(|| say(lang, Part::Text, "site_here", &[]), |site| site.name.clone());
        let zone = part.site.and_then(|site| site.clocks.as_ref()).map(|clocks| format!(" ({})", clocks.zone().name()));
        let of_queue = |(queue, cover): (usize, &QueueCoverage)| {
            let all: f64 = cover.rostered.iter().sum();
            let percent = 100.0 * part.agents[queue].iter().sum::<f64>() / all.max(1e-9);
            let name = &inputs.queues[queue].queue.name;
            (percent > 0.0).then(|| say(lang, Part::Text, "site_part", &[name, &format!("{percent:.0}")]))
        };
        let parts: Vec<String> = coverage.iter().enumerate().filter_map(of_queue).collect();
        let fill = [
            name + &zone.unwrap_or_default(),
            part.people.to_string(),
            format!("{:.1}", part.paid.get()),
            parts.join(&say(lang, Part::Text, "list_separator", &[])),
        ];
        say(lang, Part::Text, "site_line", &fill.each_ref().map(String::as_str))
    };
    site_shares(problem, roster, coverage).iter().map(line).collect()
}
