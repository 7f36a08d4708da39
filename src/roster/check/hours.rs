//! Check of weekly hours, late shifts and rest days, and of monthly overtime.

use super::clock::{ends_late, is_of_the_night, is_planned, monday};
use super::examination::{Examination, Worked};
use super::pay::{Balances, SAME};
use crate::units::Hours;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Hours below which there is no overtime but by rounding.
pub(super) const NOTHING: Hours = Hours::constant(1e-9);

impl Examination<'_> {
    /// Checks hours, late shifts, night shifts and rest days of each week, Monday to Sunday.
    pub(super) fn weeks(&mut self) {
        let (problem, employee) = (self.problem, &self.person.employee);
        let (rules, contract) = (&problem.rules, &employee.contract);
        let most = contract.most_hours_week;
        let most = if employee.protection.no_overtime { most.min(contract.regular_hours_week) } else { most };
        let mut weeks: BTreeMap<NaiveDate, Vec<Worked>> = BTreeMap::new();
        self.worked().into_iter().for_each(|worked| weeks.entry(monday(worked.date)).or_default().push(worked));
        // weeks broken by past days alone are not reported
        let now = |worked: &&Worked| is_planned(problem, worked.date);
        for (week, shifts) in weeks.iter().filter(|(_, shifts)| shifts.iter().any(|worked| now(&worked))) {
            let hours: Hours = shifts.iter().map(|worked| worked.paid).sum();
            if hours > most + SAME {
                self.report("week_hours", *week, format!("{hours:.2}"), most);
            }
            let lates: Vec<&Worked> = shifts.iter().filter(|worked| ends_late(rules, worked.date, worked.end)).collect();
            if !contract.part_time && lates.iter().any(now) && lates.len() > rules.most_late_shifts_week as usize {
                self.report("late_shifts", *week, lates.len(), rules.most_late_shifts_week);
            }
            let nights: Vec<&Worked> = shifts.iter().filter(|worked| is_of_the_night(rules, worked.start, worked.end)).collect();
            if nights.iter().any(now) && nights.len() > rules.most_nights_week as usize {
                self.report("nights", *week, nights.len(), rules.most_nights_week);
            }
            let days: BTreeSet<NaiveDate> = shifts.iter().map(|worked| worked.date).collect();
            let free = 7_u32.saturating_sub(days.len() as u32);
            if free < rules.rest_days_week {
                self.report("rest_days", *week, free, rules.rest_days_week);
            }
        }
    }

    /// Checks overtime by calendar month, including the account of the month before the horizon.
    pub(super) fn month_overtime(&mut self) {
        let Some(most) = self.problem.rules.most_overtime_month else { return };
        let first = self.problem.horizon.first;
        let month = |date: NaiveDate| (date.year(), date.month());
        // an account of any month but that of the first day does not apply
        let account = Some(self.person.account).filter(|account| account.month.is_some_and(|of| month(of) == month(first)));
        let mut months: BTreeMap<(i32, u32), Hours> = BTreeMap::new();
        if let Some(account) = account {
            months.insert(month(first), account.overtime);
        }
        let mut of_day: BTreeMap<NaiveDate, Hours> = BTreeMap::new();
        self.worked().iter().for_each(|worked| *of_day.entry(worked.date).or_default() += worked.paid);
        let mut balances = Balances::before(self.problem, self.person);
        for (date, paid) in of_day {
            if date < first {
                if let Some(beyond) = balances.beyond_in_past(date, paid).filter(|_| account.is_none() || month(date) != month(first)) {
                    *months.entry(month(date)).or_default() += beyond;
                }
                continue;
            }
            let beyond = balances.work(date, paid);
            let of_month = months.entry(month(date)).or_default();
            *of_month += beyond;
            let of_month = *of_month;
            if beyond > NOTHING && of_month > most + SAME {
                self.report("month_overtime", date, format!("{of_month:.2}"), most);
            }
        }
    }
}
