//! Shift templates and the windows of their breaks.

use super::activity::OfflineActivity;
use super::breaks::{BreakWindow, MealWindow};
use super::choice::Choice;
use super::rests::rest_windows;
use super::skipped_hour;
use crate::service::QueueId;
use crate::time::{ClockTime, DAY_MINUTES, Horizon, TimeGrid};
use crate::units::{Hours, Share};
use crate::workforce::Employee;
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// A shift as listed in the shifts file.
///
/// ```
/// use peakshift::{roster::ShiftTemplate, time::{read_date, read_stamp}, units::Hours};
/// let monday = read_date("2026-11-30").unwrap();
/// let late = ShiftTemplate::new("L", "15:00".parse()?, 9 * 60).with_meal(60, &[180, 240]);
/// assert_eq!((late.start_on(monday), late.end_on(monday)), (read_stamp("2026-11-30T15:00")?, read_stamp("2026-12-01T00:00")?));
/// assert_eq!((late.paid, late.break_windows()[0].offsets.as_slice()), (Hours::new(8.0)?, &[180, 240][..])); // meals are unpaid
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ShiftTemplate {
    /// Code used in rosters, such as `E`.
    pub id: String,
    /// Display name, such as `Early`.
    pub name: String,
    /// The name without its usual ending, as it stands in a matrix.
    pub short_name: String,
    /// Start, by the clocks where it is worked.
    pub start: ClockTime,
    /// Minutes by which these clocks are ahead of the desk's.
    pub ahead: i32,
    /// Minutes from start to end, breaks included; may cross midnight.
    pub span_minutes: u32,
    /// Paid hours, meals excluded.
    pub paid: Hours,
    /// Unpaid meals.
    pub meals: Vec<MealWindow>,
    /// Number of paid rests of [`REST_MINUTES`](super::breaks::REST_MINUTES) each.
    pub rests: usize,
    /// Eligible contracts; empty means every full-time contract.
    pub contracts: Vec<String>,
    /// Queues of which an agent must serve one to work it; empty means all.
    pub queues: Vec<QueueId>,
    /// Whether it may be worked on the rules' promotion days only.
    pub promotion_only: bool,
    /// Whether it is a reserve shift: paid standby off the desk, to be called in.
    pub is_reserve: bool,
    /// Whether it is for volunteers only, who have the next day off.
    pub volunteers_only: bool,
}

/// Activity code of reserve shifts in roster files.
pub const RESERVE: &str = "reserve";

/// One copy of each shift per UTC offset at which anybody works on the days of a horizon, the desk's first.
///
/// ```
/// use peakshift::{roster::{ShiftTemplate, at_all_clocks}, time::{Horizon, read_date}, units::{HourlyPrice, Hours}};
/// use peakshift::{workforce::{Contract, Employee, Site}, zone::Clocks};
/// let ann = Employee::new("7", Contract::full_time(Hours::new(40.0)?), HourlyPrice::new(30.0)?, &["phone"]);
/// let clocks = Some(Clocks::of("Europe/Warsaw".parse()?, "Asia/Shanghai".parse()?));
/// let warsaw = Some(Site { id: "waw".into(), name: "Warsaw".into(), clocks, hours: None });
/// let mut jan = Employee::new("8", ann.contract.clone(), ann.pay, &["phone"]);
/// jan.site = warsaw;
/// let (day, horizon) = (ShiftTemplate::new("D", "09:00".parse()?, 8 * 60), Horizon { first: read_date("2026-11-30").unwrap(), days: 7 });
/// let ahead: Vec<_> = at_all_clocks(&[day], &[ann, jan], horizon).iter().map(|shift| shift.ahead).collect();
/// assert_eq!(ahead, [0, -7 * 60]); // 09:00 in Warsaw is 16:00 at the desk
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn at_all_clocks(shifts: &[ShiftTemplate], employees: &[Employee], horizon: Horizon) -> Vec<ShiftTemplate> {
    let mut clocks: Vec<_> = employees.iter().map(Employee::clocks).collect();
    clocks.sort_unstable_by_key(|clocks| clocks.map(|clocks| clocks.zone().name()));
    clocks.dedup();
    let ahead = |date: NaiveDate| clocks.iter().map(move |of| of.map_or(0, |clocks| clocks.ahead_on(date)));
    let mut all: Vec<i32> = horizon.dates().flat_map(ahead).collect();
    all.sort_unstable_by_key(|ahead| (ahead.abs(), *ahead));
    all.dedup();
    all.into_iter().flat_map(|ahead| shifts.iter().map(move |shift| ShiftTemplate { ahead, ..shift.clone() })).collect()
}

impl ShiftTemplate {
    /// A shift for every full-time contract and queue, paid from start to end, without breaks.
    #[must_use]
    pub fn new(id: &str, start: ClockTime, span_minutes: u32) -> Self {
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            short_name: id.to_owned(),
            start,
            ahead: 0,
            span_minutes,
            paid: Hours::from_minutes(span_minutes),
            meals: Vec::new(),
            rests: 0,
            contracts: Vec::new(),
            queues: Vec::new(),
            promotion_only: false,
            is_reserve: false,
            volunteers_only: false,
        }
    }

    /// The shift with an unpaid meal of `minutes`, which may begin at any of `offsets` (minutes after the start).
    #[must_use]
    pub fn with_meal(mut self, minutes: u32, offsets: &[u32]) -> Self {
        self.paid = self.paid.beyond(Hours::from_minutes(minutes));
        self.meals.push(MealWindow { minutes, offsets: offsets.to_vec() });
        self
    }

    /// Whether a planner's `text` denotes the shift.
    #[must_use]
    pub fn goes_by(&self, text: &str) -> bool {
        [&self.id, &self.name, &self.short_name].map(String::as_str).contains(&text)
    }

    /// Start if worked on a date.
    #[must_use]
    pub fn start_on(&self, date: NaiveDate) -> NaiveDateTime {
        self.start.on(date)
    }

    /// End if it starts on a date.
    #[must_use]
    pub fn end_on(&self, date: NaiveDate) -> NaiveDateTime {
        self.start_on(date) + TimeDelta::minutes(i64::from(self.span_minutes))
    }

    /// Start and end in minutes after midnight of its day, by the desk's clocks.
    pub(in crate::roster) fn by_desk(&self) -> (i32, i32) {
        let start = self.start.minutes() as i32 - self.ahead;
        (start, start + self.span_minutes as i32)
    }

    /// Offline activity that fills a reserve shift starting on a date; `None` for other shifts.
    pub(in crate::roster) fn reserve_on(&self, date: NaiveDate) -> Option<OfflineActivity> {
        self.is_reserve.then(|| OfflineActivity { start: self.start_on(date), end: self.end_on(date), activity: RESERVE.to_owned() })
    }

    /// The shift as the rules see it if it starts on a date.
    pub(in crate::roster) fn choice_on(&self, date: NaiveDate, zone: Option<&Zone>) -> Choice {
        let (start, end) = (self.start_on(date), self.end_on(date));
        Choice {
            shift: self.id.clone(),
            start,
            end,
            paid: self.paid_on(date, zone),
            paid_first_day: self.paid_first_day(date, zone),
            next_day_off: self.volunteers_only,
        }
    }

    /// Paid hours if it starts on a date in a zone: an hour more if clocks go back during it, an hour less if they go forward.
    #[must_use]
    pub fn paid_on(&self, date: NaiveDate, zone: Option<&Zone>) -> Hours {
        let span = i64::from(self.span_minutes);
        let more = zone.map_or(0, |zone| zone.elapsed_minutes(self.start_on(date), self.end_on(date)) - span);
        if more == 0 {
            return self.paid;
        }
        let pace = if self.is_reserve { self.paid.get() * 60.0 / span.max(1) as f64 } else { 1.0 };
        Hours::new((self.paid.get() + pace * more as f64 / 60.0).max(0.0)).expect("a shift has no less than no hours")
    }

    /// Paid hours before the first midnight, at least and at most: meals that may lie on either side leave more or fewer.
    fn paid_first_day(&self, date: NaiveDate, zone: Option<&Zone>) -> [Hours; 2] {
        let (midnight, paid) = (DAY_MINUTES - self.start.minutes().min(DAY_MINUTES), self.paid_on(date, zone));
        if midnight >= self.span_minutes {
            return [paid; 2];
        }
        let (start, next) = (self.start_on(date), ClockTime::DAY_END.on(date));
        let more = |from, to| zone.map_or(0, |zone: &Zone| zone.elapsed_minutes(from, to) - (to - from).num_minutes());
        let (until_midnight, in_all) = (more(start, next), more(start, self.end_on(date)));
        // a reserve takes meals at any time
        let meals = if self.is_reserve { &[][..] } else { &self.meals };
        let before = |meal: &MealWindow, offset: u32| midnight.saturating_sub(offset).min(meal.minutes);
        let eaten = |meal: &MealWindow| meal.offsets.iter().map(|&offset| before(meal, offset)).collect::<Vec<u32>>();
        let most: u32 = meals.iter().filter_map(|meal| eaten(meal).into_iter().max()).sum();
        let least: u32 = meals.iter().filter_map(|meal| eaten(meal).into_iter().min()).sum();
        let work = i64::from(self.span_minutes) + in_all - meals.iter().map(|meal| i64::from(meal.minutes)).sum::<i64>();
        let before = |eaten: u32| (i64::from(midnight) + until_midnight - i64::from(eaten)).max(0);
        [most, least].map(|eaten| paid * before(eaten) as u32 / work.max(1) as u32)
    }

    /// Windows of all breaks in order: meals, and the rests between them (see `rests`). A reserve shift has none.
    #[must_use]
    pub fn break_windows(&self) -> Vec<BreakWindow> {
        self.windows_of(&self.meals, &[])
    }

    /// Windows of all breaks if it starts on a date in a zone: no break lies in an hour that clocks skip (see `skipped_hour`).
    #[must_use]
    pub fn break_windows_on(&self, date: NaiveDate, zone: Option<&Zone>) -> Vec<BreakWindow> {
        let skipped = skipped_hour::within(self.start_on(date), self.span_minutes, zone);
        if skipped.is_empty() {
            return self.break_windows();
        }
        self.windows_of(&skipped_hour::meals_beside(&self.meals, &skipped, self.span_minutes), &skipped)
    }

    fn windows_of(&self, meals: &[MealWindow], skipped: &[(u32, u32)]) -> Vec<BreakWindow> {
        if self.is_reserve {
            return Vec::new();
        }
        let rests = self.rest_windows(meals, skipped);
        let meals = meals.iter().map(|meal| BreakWindow { minutes: meal.minutes, is_meal: true, offsets: meal.offsets.clone() });
        let mut windows: Vec<BreakWindow> = meals.chain(rests).collect();
        windows.sort_by_key(|window| window.offsets.first().copied());
        windows
    }

    /// Number of rests that find a place; a shift with fewer than `rests` is refused on input.
    #[must_use]
    pub fn placed_rests(&self) -> usize {
        if self.is_reserve { self.rests } else { self.rest_windows(&self.meals, &[]).len() }
    }

    /// Windows of the rests around the meals and the `skipped` spans, given as from-to in minutes after the start.
    fn rest_windows(&self, meals: &[MealWindow], skipped: &[(u32, u32)]) -> Vec<BreakWindow> {
        let widest = |meal: &MealWindow| Some((*meal.offsets.first()?, meal.offsets.last()? + meal.minutes));
        let closed: Vec<(u32, u32)> = meals.iter().filter_map(widest).chain(skipped.iter().copied()).collect();
        rest_windows(self.span_minutes, &closed, self.rests)
    }

    /// Windows of all breaks around offline activities, if it starts on a date. `None` if a break finds no place, or for a reserve
    /// shift, which nobody can leave.
    pub(in crate::roster) fn break_windows_beside(
        &self,
        (date, zone): (NaiveDate, Option<&Zone>),
        offline_activities: &[OfflineActivity],
    ) -> Option<Vec<BreakWindow>> {
        let start = self.start_on(date);
        let free = |offset: u32, minutes: u32| {
            let from = start + TimeDelta::minutes(i64::from(offset));
            !offline_activities.iter().any(|offline| offline.overlaps(from, from + TimeDelta::minutes(i64::from(minutes))))
        };
        let mut windows = self.break_windows_on(date, zone);
        windows.iter_mut().for_each(|window| window.offsets.retain(|&offset| free(offset, window.minutes)));
        (!self.is_reserve && windows.iter().all(|window| !window.offsets.is_empty())).then_some(windows)
    }
}

/// Intervals of a grid that a time span touches, with the share of each that it fills.
pub(in crate::roster) fn overlap(grid: TimeGrid, start: NaiveDateTime, end: NaiveDateTime) -> impl Iterator<Item = (usize, Share)> {
    let minutes = grid.interval().minutes();
    let from = (start - grid.start(0)).num_minutes();
    let to = (end - grid.start(0)).num_minutes();
    let step = i64::from(minutes);
    (from.div_euclid(step).max(0)..=(to - 1).div_euclid(step)).filter_map(move |index| {
        let inside = to.min((index + 1) * step) - from.max(index * step);
        let index = usize::try_from(index).ok().filter(|&index| index < grid.len())?;
        (inside > 0).then(|| (index, Share::new(inside as f64 / f64::from(minutes)).expect("a part of an interval is a share of it")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn early() -> ShiftTemplate {
        let shift = ShiftTemplate::new("E", "08:00".parse().unwrap(), 540).with_meal(60, &[180, 240, 300]);
        ShiftTemplate { name: "early shift".into(), short_name: "early".into(), rests: 2, ..shift }
    }

    #[test]
    fn break_windows_never_overlap() {
        let windows = early().break_windows();
        assert_eq!(windows.len(), 3);
        for pair in windows.windows(2) {
            let latest_end = pair[0].offsets.last().unwrap() + pair[0].minutes;
            assert!(latest_end <= pair[1].offsets[0]);
        }
    }
}
