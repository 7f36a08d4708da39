//! Flat form of drivers: leading indicators, one column each.

use crate::forecast::Driver;
use crate::input::cell::from_utc::FromUtc;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use std::collections::BTreeMap;

const DRIVERS: Shape = Shape { required: &["start"], optional: &[], numbers: Numbers::Unnamed, closed: false };

/// Reads the flat form of drivers: `start` and a column for each; rows of one day add up.
pub(in crate::input) fn read(text: &str, file: &str, clocks: FromUtc, problems: &mut Problems) -> Vec<Driver> {
    let Some(table) = Table::parse(file, text, DRIVERS, problems) else { return Vec::new() };
    let table = table.in_clocks(clocks);
    table.form.refuse_twins(problems);
    let names = table.form.columns.iter().filter(|name| *name != "start");
    let mut drivers: Vec<Driver> = names.map(|name| Driver { name: name.clone(), days: BTreeMap::new() }).collect();
    for row in table.rows() {
        let Some(start) = row.stamp("start", problems) else { continue };
        for driver in &mut drivers {
            if let Some(value) = row.number(&driver.name, -1e12..=1e12, problems) {
                *driver.days.entry(start.date()).or_default() += value;
            }
        }
    }
    drivers
}
