//! A site's section of `plan.toml`: a place with people, clocks and hours of its own.

use super::hours_section::opening_hours;
use super::problem::Problems;
use super::settings::Section;
use crate::workforce::Site;
use crate::zone::{Clocks, Zone};

/// Reads a site beside a plan in the time of `desk`; `None` if none can be made of what is there.
pub(super) fn site(section: &Section, desk: Option<&Zone>, problems: &mut Problems) -> Option<Site> {
    section.require("id", problems);
    let id = section.identifier("id", problems);
    let name = section.name("name", problems);
    let here = zone(section, problems);
    if let (Some(here), None) = (&here, desk) {
        section.note(problems, "plan_without_zone", "zone", here.name(), "");
    }
    let states_hours = ["open", "close", "weekdays", "special_hours"].iter().any(|key| section.has(key));
    if states_hours {
        ["open", "close"].iter().for_each(|key| section.require(key, problems));
    }
    Some(Site {
        name: name.or(id)?.to_owned(),
        id: id?.to_owned(),
        clocks: here.zip(desk).filter(|(here, desk)| here != *desk).map(|(here, desk)| Clocks::of(here, desk.clone())),
        hours: if states_hours { opening_hours(section, problems) } else { None },
    })
}

/// The time zone a section names.
pub(super) fn zone(section: &Section, problems: &mut Problems) -> Option<Zone> {
    let text = section.text("zone", problems)?;
    let zone = text.parse().ok();
    if zone.is_none() {
        section.note(problems, "unknown_zone", "zone", text, "");
    }
    zone
}
