//! Contribution of each site to every queue.

use crate::plan::QueueRequirement;
use crate::report::tables::cells::stamp;
use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{QueueCoverage, Roster, RosterProblem, site_shares};

/// `start,queue,site,agents,share,contacts`: standard-speed agents of each site, their share of the queue's agents and the expected
/// contacts to route there; `start` is in the plan's time, an empty site is the place where the plan is made.
pub(in crate::report) fn sites(
    requirements: &[QueueRequirement],
    problem: &RosterProblem,
    roster: &Roster,
    coverage: &[QueueCoverage],
) -> Sheet {
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
