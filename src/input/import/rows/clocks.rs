//! Local time of the stamps of an export: by a zone, an offset that all of them carry, or as they are written.

use crate::input::header::units::ahead_of_utc;
use crate::input::import::cells::zone_names::{ZoneStated, names_zone, zone_of};
use crate::input::import::columns::evidence::Evidence;
use crate::input::import::columns::map::Map;
use crate::input::import::grid::layout::Layout;
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::rows::tally::Start;
use crate::time::Written;
use crate::zone::{LocalTime, Zone};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// Zone in which an export's local times are written.
#[derive(Clone, Debug)]
pub(in crate::input) enum Source {
    /// The plan's own, or unknown.
    Local,
    /// Minutes ahead of UTC.
    Ahead(i64),
    Zone(Zone),
}

/// How stamps become local times of the plan.
#[derive(Clone, Debug)]
pub(in crate::input) struct Clocks {
    pub(in crate::input) source: Source,
    /// Zone of the plan.
    pub(in crate::input) target: Option<Zone>,
    /// Minutes ahead of UTC of the plan, where it names no zone.
    pub(in crate::input) ahead: Option<i64>,
}

/// The zone that a header names in brackets: `Conversation started at (America/New_York)`.
fn zone_in(header: &str) -> Option<Zone> {
    let within = header.rsplit_once(['(', '[', '（'])?.1.trim_end_matches([')', ']', '）']);
    within.trim().parse().ok().filter(|_| within.contains('/'))
}

/// Zone of the times by the map, else by the headers of the time columns, by a line above the table, or by a column of zones.
pub(in crate::input) fn source(layout: &Layout, evidence: &Evidence, places: &[usize], map: Option<&Map>) -> Option<Source> {
    if let Some(name) = map.and_then(|map| map.zone.as_deref()) {
        return match ahead_of_utc(name) {
            Some(minutes) => Some(Source::Ahead(minutes.into())),
            None => name.parse().ok().map(Source::Zone),
        };
    }
    let by_name = zone_stated(layout, evidence).and_then(zone_of);
    let stated = by_name.or_else(|| layout.zone_of_all.clone()).or_else(|| evidence.zone_of_all.clone()).map(Source::from);
    let names = || places.iter().map(|place| layout.names[*place].as_str());
    let of_zone = names().find_map(zone_in).map(Source::Zone);
    let of_header = of_zone.or_else(|| names().find_map(ahead_of_utc).map(|ahead| Source::Ahead(ahead.into())));
    Some(of_header.or(stated).unwrap_or(Source::Local))
}

/// The zone that every row names.
fn zone_column<'e>(layout: &Layout, evidence: &'e Evidence) -> Option<&'e str> {
    let place = layout.names.iter().position(|name| names_zone(name))?;
    let column = &evidence.columns[place];
    (column.is_constant && column.filled == evidence.rows).then_some(column.example.as_str())
}

/// The zone that a line above the table or a column names, in whatever words.
pub(in crate::input) fn zone_stated<'a>(layout: &'a Layout, evidence: &'a Evidence) -> Option<&'a str> {
    layout.zone.as_deref().or_else(|| zone_column(layout, evidence))
}

impl From<ZoneStated> for Source {
    fn from(stated: ZoneStated) -> Self {
        match stated {
            ZoneStated::Ahead(minutes) => Self::Ahead(minutes),
            ZoneStated::Zone(zone) => Self::Zone(zone),
        }
    }
}

/// Minutes ahead of UTC that all stamps of a table carry; `None` where they differ, are missing, or are UTC itself.
pub(in crate::input) fn common_offset(evidence: &Evidence, layout: &Layout) -> Option<i64> {
    let begins = (0..layout.names.len()).filter(|place| layout.meanings[*place] == Meaning::Begins);
    begins.filter_map(|place| evidence.columns[place].moments.offset()).find(|minutes| *minutes != 0)
}

/// A stamp of a table whose stamps are at several distances from UTC, as before and after a clock change.
pub(in crate::input) fn of_several_offsets<'e>(evidence: &'e Evidence, layout: &Layout) -> Option<&'e str> {
    let begins = (0..layout.names.len()).filter(|place| layout.meanings[*place] == Meaning::Begins);
    begins.map(|place| &evidence.columns[place]).find(|column| column.moments.has_several_offsets()).map(|column| column.example.as_str())
}

impl Clocks {
    /// Whether days of the file begin at another time than those of the plan, at some time of the year.
    pub(in crate::input) fn moves_days(&self) -> bool {
        let days = [1, 7].into_iter().filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 15));
        let mut midnights = days.map(|date| date.and_time(NaiveTime::MIN));
        midnights.any(|midnight| self.local(Written::Local(midnight)).is_some_and(|start| start.local != midnight))
    }

    /// Local time of a stamp; `None` where it is of UTC and nothing says how far the plan is from it.
    pub(in crate::input) fn local(&self, written: Written) -> Option<Start> {
        let utc = match (written, &self.source) {
            (Written::Local(stamp), Source::Local) => return Some(Start::of(stamp)),
            // the zone of the file is the plan's where it names none
            (Written::Local(stamp), Source::Zone(_)) if self.target.is_none() && self.ahead.is_none() => return Some(Start::of(stamp)),
            (Written::Local(stamp), Source::Zone(zone)) => zone.utc_at(stamp),
            (Written::Local(stamp), Source::Ahead(minutes)) => stamp - TimeDelta::minutes(*minutes),
            (Written::Utc(utc), _) => utc,
        };
        match (&self.target, self.ahead) {
            (Some(zone), _) => {
                let local = zone.local_at(utc);
                Some(Start { local, is_again: zone.local_time(local) == LocalTime::Repeated && zone.utc_at(local) != utc })
            }
            (None, Some(minutes)) => Some(Start::of(utc + TimeDelta::minutes(minutes))),
            (None, None) => None,
        }
    }
}
