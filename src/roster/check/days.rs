//! Check of days and the shifts on them: rest between shifts, consecutive days, weekends.

use super::clock::{gained, is_planned, monday};
use super::examination::Examination;
use super::pay::SAME;
use crate::units::Hours;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeSet;

impl Examination<'_> {
    /// Dates of the horizon.
    fn planned(&self) -> impl Iterator<Item = NaiveDate> {
        self.problem.horizon.first.iter_days().take(self.problem.horizon.days)
    }

    pub(super) fn rest(&mut self) {
        let least = self.problem.rules.rest.get();
        for pair in self.worked().windows(2) {
            let (before, then) = (&pair[0], &pair[1]);
            let passed = (then.start - before.end).num_minutes() + gained(self.person.zone.as_ref(), before.end, then.start);
            let hours = passed as f64 / 60.0;
            if !self.is_planned(then.date) {
                continue;
            }
            if before.date == then.date {
                self.report("two_shifts", then.date, 2, 1);
            } else if hours < least - 1e-9 {
                self.report("rest", then.date, format!("{hours:.1} h"), format!("{least} h"));
            }
            if before.next_off && then.date == before.date + Days::new(1) {
                self.report("day_off_after_night", then.date, then.date, "");
            }
        }
    }

    pub(super) fn worked_dates(&self) -> BTreeSet<NaiveDate> {
        self.worked().into_iter().map(|worked| worked.date).collect()
    }

    pub(super) fn days_running(&mut self) {
        let most = self.problem.rules.most_days_running;
        let mut running = 0;
        let mut before: Option<NaiveDate> = None;
        for date in self.worked_dates() {
            running = if before.is_some_and(|before| before + Days::new(1) == date) { running + 1 } else { 1 };
            if running > most && self.is_planned(date) {
                self.report("days_running", date, running, most);
            }
            before = Some(date);
        }
    }

    /// Checks each shift against that of the day before: forbidden successions and changes of the start.
    pub(super) fn following_days(&mut self) {
        let rules = &self.problem.rules;
        for pair in self.worked().windows(2) {
            let (before, then) = (&pair[0], &pair[1]);
            if then.date != before.date + Days::new(1) || !self.is_planned(then.date) {
                continue;
            }
            if rules.forbidden_successions.iter().any(|(first, second)| (first, second) == (&before.shift, &then.shift)) {
                self.report("successions", then.date, format!("{}>{}", before.shift, then.shift), "");
            }
            let moved = Hours::from_minutes(((then.start - before.start).num_minutes() - 24 * 60).unsigned_abs() as u32);
            if let Some(most) = rules.most_start_change.filter(|most| moved > *most + SAME) {
                self.report("start_change", then.date, format!("{moved:.1}"), most);
            }
        }
    }

    /// Checks that every week has two consecutive days off.
    pub(super) fn days_off_running(&mut self) {
        if !self.problem.rules.two_days_off_running {
            return;
        }
        let worked = self.worked_dates();
        let weeks: BTreeSet<NaiveDate> = self.planned().map(monday).collect();
        for monday in weeks {
            let free = |day: u64| !worked.contains(&(monday + Days::new(day)));
            // a week without two consecutive days off has work on its Saturday or Sunday; past ones are not reported
            let now = |day: u64| !free(day) && self.is_planned(monday + Days::new(day));
            if (now(5) || now(6)) && !(0..6).any(|day| free(day) && free(day + 1)) {
                self.report("days_off_running", monday, 1, 2);
            }
        }
    }

    pub(super) fn weekends(&mut self) {
        if !self.problem.rules.weekend_day_off_in_two_weeks {
            return;
        }
        let worked = self.worked_dates();
        let full = |saturday: NaiveDate| worked.contains(&saturday) && worked.contains(&(saturday + Days::new(1)));
        let saturdays: Vec<NaiveDate> = worked.iter().copied().filter(|date| date.weekday() == Weekday::Sat).collect();
        for saturday in saturdays {
            let next = saturday + Days::new(7);
            if full(saturday) && full(next) && self.is_planned(next + Days::new(1)) {
                self.report("weekends", next, 0, 1);
            }
        }
    }

    /// Checks the free weekends among any four consecutive ones; those lost before the horizon are not reported.
    pub(super) fn free_weekends(&mut self) {
        let wanted = self.problem.rules.free_weekends_in_four;
        let worked = self.worked_dates();
        let sunday = |saturday: NaiveDate| saturday + Days::new(1);
        let is_lost = |saturday: NaiveDate| worked.contains(&saturday) || worked.contains(&sunday(saturday));
        let problem = self.problem;
        let falls_in = |date: NaiveDate| worked.contains(&date) && is_planned(problem, date);
        let weekends: BTreeSet<NaiveDate> = self.planned().map(|date| monday(date) + Days::new(5)).collect();
        for saturday in weekends {
            let is_lost_now = falls_in(saturday) || !worked.contains(&saturday) && falls_in(sunday(saturday));
            let free = (0..4).filter(|back| !is_lost(saturday - Days::new(7 * back))).count();
            if is_lost_now && free < wanted as usize {
                self.report("free_weekends", saturday, free, wanted);
            }
        }
    }
}
