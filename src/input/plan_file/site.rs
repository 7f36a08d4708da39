//! Sections of `plan.toml` on sites, with their own clocks and opening hours.

use super::hours::opening_hours;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::service::OpenSpan;
use crate::workforce::Site;
use crate::zone::{Clocks, Zone};

/// Reads a site. `desk` is the plan's zone, or without one, whether a stated zone was refused. `None` if no site can be made of the
/// section.
pub(super) fn site(section: &Section, desk: Result<&Zone, bool>, problems: &mut Problems) -> Option<Site> {
    section.require("id", problems);
    let id = section.identifier("id", problems);
    let name = section.name("name", problems);
    let here = zone(section, problems);
    if let (Some(here), Err(false)) = (&here, desk) {
        section.note(problems, "plan_without_zone", "zone", here.name(), "");
    }
    let states_hours = ["open", "close", "weekdays", "hours", "special_hours"].iter().any(|key| section.has(key));
    // a site with weekdays only is open all day on them
    let states_clock = ["open", "close"].iter().any(|key| section.has(key));
    if states_clock && !section.has("hours") {
        ["open", "close"].iter().for_each(|key| section.require(key, problems));
    }
    let unsaid = (!states_clock).then_some(OpenSpan::ALL_DAY);
    let hours = if states_hours { opening_hours(section, unsaid, problems) } else { None };
    Some(Site {
        name: name.or(id)?.to_owned(),
        id: id?.to_owned(),
        clocks: here.zip(desk.ok()).filter(|(here, desk)| here != *desk).map(|(here, desk)| Clocks::of(here, desk.clone())),
        hours,
    })
}

/// The time zone named by a section.
pub(super) fn zone(section: &Section, problems: &mut Problems) -> Option<Zone> {
    let text = section.text("zone", problems)?;
    let zone = text.parse().ok();
    if zone.is_none() {
        section.note(problems, "unknown_zone", "zone", text, "");
    }
    zone
}

pub(super) fn sites(sections: &[Section], desk: Result<&Zone, bool>, problems: &mut Problems) -> Vec<Site> {
    let mut sites: Vec<(usize, Site)> = Vec::new();
    for section in sections {
        let site = site(section, desk, problems);
        section.finish(problems);
        let Some(site) = site else { continue };
        match sites.iter().find(|(_, known)| known.id == site.id) {
            Some((line, _)) => section.note(problems, "twice", "id", &site.id, line),
            None => sites.push((section.line, site)),
        }
    }
    sites.into_iter().map(|(_, site)| site).collect()
}
