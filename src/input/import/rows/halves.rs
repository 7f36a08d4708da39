//! Halves of the day of a clock with twelve hours and no mark: by the map, by the order of heads, else asked about.

use crate::input::cell::marks::has_mark;
use crate::input::cell::twelve_hours::{HALF, TwelveHours, afternoon_by_order, doubt_of_half, half_within};
use crate::input::import::columns::evidence::Evidence;
use crate::input::import::columns::map::{Clock, Map};
use crate::input::import::columns::said::{Roles, When, Wide};
use crate::input::import::grid::layout::Layout;
use crate::input::import::rows::clocks::{Clocks, Source};
use crate::input::import::rows::counted::Counted;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::service::OpenSpan;
use crate::time::{ClockTime, DAY_MINUTES};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// Bits of the hours after noon.
const AFTER_NOON: u32 = !0b1_1111_1111_1111;

/// How the halves of the day are told apart.
#[derive(Debug, Default)]
pub(in crate::input) struct Halves {
    /// Parts of the day in which all times lie.
    pub(in crate::input) spans: Option<Vec<OpenSpan>>,
    /// Whether the order of heads tells.
    pub(in crate::input) is_by_order: bool,
    /// Whether something shows that the clock has 24 hours, or marks.
    is_plain: bool,
    /// Times of the heads, whose half is open.
    heads: Vec<ClockTime>,
}

/// The twelve hours from a time on.
fn from(open: ClockTime) -> Option<Vec<OpenSpan>> {
    let end = open.minutes() + HALF;
    let close = ClockTime::from_minutes(if end > DAY_MINUTES { end - DAY_MINUTES } else { end })?;
    Some(vec![OpenSpan { open, close }])
}

impl Halves {
    /// The halves of a table's times. Heads are brought into theirs; one that lies in no part of the day that a map allows is reported.
    pub(in crate::input) fn of(
        file: &str,
        (layout, evidence): (&Layout, &Evidence),
        roles: &mut Roles,
        (map, hours): (Option<&Map>, Option<&[OpenSpan]>),
        problems: &mut Problems,
    ) -> Option<Self> {
        let clock = map.and_then(|map| map.clock);
        let spans = match clock {
            Some(Clock::ByOpeningHours) => hours.map(<[OpenSpan]>::to_vec),
            Some(Clock::From(open)) => from(open),
            _ => None,
        };
        let has_numbers = roles.numbering.is_some();
        let columns = || evidence.columns.iter().map(|column| &column.moments).filter(|moments| moments.has_clock);
        let mut halves = Self { spans, is_plain: clock.is_some() || has_numbers, ..Self::default() };
        halves.is_plain |=
            roles.format.is_some() || columns().any(|moments| moments.of_day.has_mark || moments.of_day.hours & AFTER_NOON != 0);
        if let (When::Clock(place), false) = (&roles.when, halves.is_plain) {
            let in_order = &evidence.columns[*place].moments.of_day.in_order;
            let first = in_order.first().copied().unwrap_or(0);
            let mut tables = in_order.split(|minutes| *minutes == first).skip(1);
            // each queue has the same heads
            let alike = tables.next().filter(|one| tables.all(|other| other == *one));
            let whole: Vec<u32> = std::iter::once(first).chain(alike.unwrap_or(&[]).iter().copied()).collect();
            let meant = afternoon_by_order(&whole).unwrap_or_default();
            let spans = meant.first().and_then(|first| from(ClockTime::from_minutes(*first)?));
            // each row is read by itself
            let is_told = |spans: &Vec<OpenSpan>| meant.iter().all(|time| half_within(spans, *time).map(ClockTime::minutes) == Some(*time));
            halves.spans = spans.filter(is_told);
            halves.is_by_order = halves.spans.is_some();
        }
        if let (Wide::Hours(places), false) = (&mut roles.wide, has_numbers) {
            halves.heads_of(file, layout, places, problems)?;
        }
        Some(halves)
    }

    /// Brings heads into the half of the day that their order or a map tells.
    fn heads_of(&mut self, file: &str, layout: &Layout, places: &mut [(usize, ClockTime)], problems: &mut Problems) -> Option<()> {
        if let Some(spans) = &self.spans {
            for (place, time) in places {
                let Some(meant) = half_within(spans, time.minutes()) else {
                    let (line, value) = (Some(layout.header_line), layout.names[*place].clone());
                    problems.push(Problem { line, value, ..of_file(file, "half_of_day_doubtful") });
                    return None;
                };
                *time = meant;
            }
            return Some(());
        }
        let is_marked = places.iter().any(|(place, _)| has_mark(&layout.names[*place]));
        let minutes: Vec<u32> = places.iter().map(|(_, time)| time.minutes()).collect();
        match afternoon_by_order(&minutes).filter(|_| !is_marked && !self.is_plain) {
            Some(meant) => {
                self.is_by_order = true;
                let times = meant.into_iter().filter_map(ClockTime::from_minutes);
                places.iter_mut().zip(times).for_each(|((_, time), meant)| *time = meant);
            }
            None if !is_marked => self.heads = places.iter().map(|(_, time)| *time).collect(),
            None => {}
        }
        Some(())
    }

    /// Asks which half of the day is meant, where the times do not say.
    pub(in crate::input) fn ask(
        &self,
        file: &str,
        counted: &mut Counted,
        (clocks, hours): (&Clocks, Option<&[OpenSpan]>),
        problems: &mut Problems,
    ) {
        if self.is_plain || self.is_by_order {
            return;
        }
        let midnight = NaiveDate::default().and_time(NaiveTime::MIN);
        let heads = self.heads.iter().map(|time| midnight + TimeDelta::minutes(time.minutes().into()));
        let evidence: &mut TwelveHours = &mut counted.twelve_hours;
        heads.for_each(|time| evidence.see(time));
        let is_local = matches!(clocks.source, Source::Local);
        if let Some(problem) = doubt_of_half(file, std::slice::from_ref(evidence), (hours, is_local)) {
            problems.push(problem);
        }
    }
}
