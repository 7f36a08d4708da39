//! Summary of each site, in words.

use crate::messages::{Lang, Part, say};
use crate::plan::Inputs;
use crate::roster::{QueueCoverage, Roster, RosterProblem, SiteShare, site_shares};

/// Each site with its people, their paid hours and its share of every queue that it serves.
pub(in crate::report) fn site_lines(
    inputs: &Inputs,
    problem: &RosterProblem,
    roster: &Roster,
    coverage: &[QueueCoverage],
    lang: Lang,
) -> Vec<String> {
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
