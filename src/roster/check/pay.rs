//! Pay of each minute of work, counted minute by minute.

use super::clock::{monday, passing};
use crate::calendar::DayKind;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::units::{Factor, Hours};
use crate::workforce::{AveragingPeriod, Contract};
use crate::zone::Zone;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// Tolerance of comparisons.
pub(super) const SAME: Hours = Hours::constant(1e-6);

/// Regular hours worked so far in each week, or longer averaging period, of a person.
pub(super) struct Balances<'a> {
    problem: &'a RosterProblem,
    contract: &'a Contract,
    worked: BTreeMap<NaiveDate, Hours>,
}

impl<'a> Balances<'a> {
    /// Balances before any day is counted; a month or quarter in progress starts from the account.
    pub(super) fn before(problem: &'a RosterProblem, person: &'a Person) -> Self {
        let contract = &person.employee.contract;
        let mut balances = Self { problem, contract, worked: BTreeMap::new() };
        if balances.is_long() {
            let (begin, end) = bounds(contract, problem.horizon.first);
            let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days() as u32;
            let paid = contract.paid_hours_week / 7 * days(begin, end);
            let in_proportion = paid.min(contract.regular_hours_balance) * days(begin, problem.horizon.first) / days(begin, end);
            let account = Some(person.account).filter(|account| account.balance == Some(begin));
            let hours = account.map_or(in_proportion, |account| account.balance_hours);
            balances.worked.insert(begin, whole_minutes(hours));
        }
        balances
    }

    /// Balances with every day before the horizon counted.
    pub(super) fn at_horizon(problem: &'a RosterProblem, person: &'a Person) -> Self {
        let mut balances = Self::before(problem, person);
        let mut of_day: BTreeMap<NaiveDate, Hours> = BTreeMap::new();
        person.past.iter().for_each(|duty| *of_day.entry(duty.date).or_default() += duty.paid);
        for (date, paid) in of_day {
            balances.beyond_in_past(date, paid);
        }
        balances
    }

    fn is_long(&self) -> bool {
        self.contract.balance != AveragingPeriod::Week
    }

    fn regular(&self) -> Hours {
        if self.is_long() { self.contract.regular_hours_balance } else { self.contract.regular_hours_week }
    }

    /// Regular hours left in the averaging period of a date.
    fn left(&self, date: NaiveDate) -> Hours {
        let worked = self.worked.get(&bounds(self.contract, date).0).copied().unwrap_or(Hours::ZERO);
        self.regular().beyond(worked)
    }

    /// Counts a day before the horizon and returns its overtime; `None` for a long averaging period, of which only the total is known.
    pub(super) fn beyond_in_past(&mut self, date: NaiveDate, paid: Hours) -> Option<Hours> {
        (!self.is_long()).then(|| self.work(date, paid))
    }

    /// Counts a day's paid hours and returns those beyond the regular hours of the day and the averaging period.
    pub(super) fn work(&mut self, date: NaiveDate, paid: Hours) -> Hours {
        let of_day = self.problem.rules.regular_hours_day;
        let counted = if self.is_long() { paid } else { paid.min(of_day) };
        let beyond = paid.beyond(counted.min(self.left(date)));
        *self.worked.entry(bounds(self.contract, date).0).or_default() += whole_minutes(counted);
        beyond
    }

    /// Paid minutes of a shift that starts on a date, meals excluded; then counts the shift as worked.
    pub(super) fn walk(&mut self, date: NaiveDate, shift: &Shift) -> Vec<Minute> {
        let (problem, left) = (self.problem, self.left(date));
        let of_day = problem.rules.regular_hours_day;
        // a meal in a repeated hour is taken once, one in a skipped hour after it
        let mut to_eat: Vec<u32> = shift.meals.iter().map(|(_, minutes)| *minutes).collect();
        let mut paid = Hours::ZERO;
        let of_minute = Hours::from_minutes(60) * shift.pace / 60;
        let mut walked = Vec::new();
        for minute in passing(shift.zone.as_ref(), shift.start, shift.end) {
            let meal = (0..to_eat.len()).find(|&meal| shift.meals[meal].0 <= minute && to_eat[meal] > 0);
            if let Some(meal) = meal {
                to_eat[meal] -= 1;
                continue;
            }
            let beyond_day = !self.is_long() && paid + SAME >= of_day;
            // the week's regular hours end before the day's
            let beyond_week = !self.is_long() && left + SAME < of_day && paid + SAME >= left;
            let beyond_balance = self.is_long() && paid + SAME >= left;
            let mut rate = holiday_rate(problem, minute.date());
            if beyond_day || beyond_balance {
                rate = rate.max(problem.prices.overtime);
            }
            if beyond_week {
                rate = rate.max(problem.prices.rest_day);
            }
            walked.push(Minute { at: minute, paid: of_minute, rate, is_overtime: beyond_day || beyond_week || beyond_balance });
            paid += of_minute;
        }
        self.work(date, paid);
        walked
    }
}

/// Facts of a shift on which its pay depends.
pub(super) struct Shift {
    pub(super) start: NaiveDateTime,
    pub(super) end: NaiveDateTime,
    /// Unpaid meals: start and minutes.
    pub(super) meals: Vec<(NaiveDateTime, u32)>,
    /// Paid hours per hour outside meals: 1, or less for reserve shifts.
    pub(super) pace: Factor,
    /// Time zone of the workplace.
    pub(super) zone: Option<Zone>,
}

/// A paid minute.
pub(super) struct Minute {
    pub(super) at: NaiveDateTime,
    pub(super) paid: Hours,
    pub(super) rate: Factor,
    pub(super) is_overtime: bool,
}

/// Paid hours of a shift per hour outside meals: 1, or less for a partly paid reserve.
pub(super) fn pace_of(template: &ShiftTemplate) -> Factor {
    let pace = template.paid.get() * 60.0 / f64::from(template.span_minutes.max(1));
    if template.is_reserve { Factor::new(pace).expect("a span has a minute at least") } else { Factor::ONE }
}

fn whole_minutes(hours: Hours) -> Hours {
    Hours::from_minutes(hours.minutes())
}

/// Rate of a public holiday; 1 on any other day.
fn holiday_rate(problem: &RosterProblem, date: NaiveDate) -> Factor {
    let holiday = problem.calendar.special(date).filter(|day| day.kind == DayKind::Statutory);
    holiday.map_or(Factor::ONE, |day| day.overtime_rate).max(Factor::ONE)
}

/// First day of the week, month or quarter of a date, and the first day after it.
fn bounds(contract: &Contract, date: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first_of_month = date - Days::new(u64::from(date.day0()));
    match contract.balance {
        AveragingPeriod::Week => (monday(date), monday(date) + Days::new(7)),
        AveragingPeriod::Month => (first_of_month, first_of_month + Months::new(1)),
        AveragingPeriod::Quarter => {
            let first = first_of_month - Months::new(date.month0() % 3);
            (first, first + Months::new(3))
        }
    }
}
