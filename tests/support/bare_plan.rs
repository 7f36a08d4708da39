//! Plans of queues alone, to read an export with a map.

use super::truth::Truth;
use chrono::{TimeDelta, Timelike};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// A plan for the queues of a truth, without people.
pub(crate) fn plan(truth: &Truth, file: &str, map: &str) -> String {
    let last = truth.counts.iter().map(|count| count.start.date()).max().unwrap();
    let hours = || truth.counts.iter().map(|count| count.start.hour());
    let (open, close) = if truth.minutes == 1440 { (9, 18) } else { (hours().min().unwrap(), hours().max().unwrap() + 1) };
    let mut plan = format!(
        "[plan]\nname = \"\"\nfirst_day = {}\ndays = 7\ninterval_minutes = {}\nzone = \"{}\"\n[files]\nhistory = [\"{file}\"]\n\
         agents = \"agents.csv\"\nshifts = \"shifts.csv\"\n",
        last + TimeDelta::days(1),
        truth.minutes.min(60),
        truth.zone.name()
    );
    for (queue, name) in truth.queues.iter().enumerate() {
        write!(
            plan,
            "[[queue]]\nid = \"q{queue}\"\nname = \"{name}\"\nchannel = \"voice\"\nopen = \"{open:02}:00\"\nclose = \"{close:02}:00\"\n\
             handling_seconds = 300\ntargets = {{ answer_within_seconds = 20, answer_share = 0.8 }}\n"
        )
        .unwrap();
    }
    plan + "[[contract]]\nid = \"full_time\"\nregular_hours_week = 40\n[rules]\npack = \"none\"\n" + map
}

pub(crate) fn write_plan(folder: &Path, plan: &str) {
    fs::write(folder.join("plan.toml"), plan).unwrap();
    fs::write(folder.join("agents.csv"), "agent_id,team,contract,skills,level\n").unwrap();
    fs::write(folder.join("shifts.csv"), "shift,name,start,end,paid_hours,contracts,queues\n").unwrap();
}
