//! What work is paid: each hour at the highest of its rates.
//!
//! An hour beyond the regular ones of a day has the overtime rate, one beyond the regular ones of a week (work on a rest day) the
//! rest-day rate, one on a public holiday (by clock) the holiday's rate. Where several hold the highest counts; rates do not add up. Hours
//! beyond a day's limit use up nothing of the week's, so those of the day on which the week's regular hours end are overtime alone.
//!
//! A contract's paid hours are paid whether worked or not, in proportion to the days of the week that are planned, and days away as
//! `leave` says. Under comprehensive hours there are regular hours of a month or a quarter instead, and beyond them the overtime rate.

use super::balance::{balance_of, due_hours, ends_balance, is_long, regular_hours_of, worked_before};
use super::leave::{Leave, leave};
use super::pattern::Break;
use super::problem::{Person, Prices, RosterProblem};
use super::result::{Assignment, Roster};
use super::rules::{Choice, Rules, Terms};
use crate::calendar::Calendar;
use crate::time::week_of;
use crate::units::{Factor, Hours};
use crate::workforce::Contract;
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// Paid hours of a shift, each weighted with its rate, after `worked` regular hours of the week. Where a meal may lie before or after a
/// midnight between different rates, as the cheaper has it: the search may not know more than no roster can undercut.
pub(super) fn weighted_hours(
    choice: &Choice,
    worked: f64,
    contract: &Contract,
    rules: &Rules,
    prices: &Prices,
    calendar: &Calendar,
) -> f64 {
    let limits = Limits::of(worked, contract, rules);
    let first_day = choice.start.date();
    let [date, next] = [first_day, first_day + chrono::Days::new(1)].map(|date| calendar.pay_rate(date));
    let paid = choice.paid_hours;
    // of the hours on each side of the midnight all are dearer at the dearer date, so one of the ends is cheapest
    let weighted = |before: f64| {
        let mut cuts = [0.0, before, limits.day, limits.balance, paid].map(|cut| cut.clamp(0.0, paid));
        cuts.sort_by(f64::total_cmp);
        let rate = |from: f64| highest(if from + 1e-9 < before { date } else { next }, limits.rate(from, prices)).get();
        cuts.windows(2).filter(|pair| pair[1] > pair[0]).map(|pair| (pair[1] - pair[0]) * rate(pair[0])).sum::<f64>()
    };
    let [least, most] = choice.paid_first_day.map(weighted);
    least.min(most)
}

/// Paid hours of a shift after which others are beyond the regular ones; infinite where that is not within the shift.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Beyond those of the day.
    day: f64,
    /// Beyond those of the week, or of a longer balance.
    balance: f64,
    /// Whether hours balance over longer than a week.
    is_long: bool,
}

impl Limits {
    /// Of a shift after `worked` regular hours of its balance.
    fn of(worked: f64, contract: &Contract, rules: &Rules) -> Self {
        let left = (regular_hours_of(contract) - worked).max(0.0);
        if is_long(contract) {
            return Self { day: f64::INFINITY, balance: left, is_long: true };
        }
        let day = rules.regular_hours_day.get();
        Self { day, balance: if left + 1e-9 < day { left } else { f64::INFINITY }, is_long: false }
    }

    /// After how many paid hours overtime begins.
    fn first(&self) -> f64 {
        self.day.min(self.balance)
    }

    /// The rate of an hour after so many paid hours of its shift, holidays aside.
    fn rate(&self, paid_before: f64, prices: &Prices) -> Factor {
        let beyond = |limit: f64| paid_before + 1e-9 >= limit;
        let of_day = if beyond(self.day) { prices.overtime } else { Factor::ONE };
        let of_balance = match (beyond(self.balance), self.is_long) {
            (false, _) => Factor::ONE,
            (true, true) => prices.overtime,
            (true, false) => prices.rest_day,
        };
        highest(of_day, of_balance)
    }
}

fn highest(a: Factor, b: Factor) -> Factor {
    if a > b { a } else { b }
}

/// Hours that are paid though not worked when a balance is settled on a day, `worked` being those worked of it that count against its
/// regular ones: what the contract guarantees for its days from Monday (or the horizon's first day, if nothing is known of the days
/// before; where hours balance over a month or quarter, what must have been worked by then), and paid leave.
pub(super) fn idle_hours_on(terms: &Terms, last: NaiveDate, horizon_first: NaiveDate, worked: f64) -> f64 {
    let (contract, leave) = (&terms.contract, terms.leave_until(last));
    let regular = regular_hours_of(contract);
    let worked = worked.min(regular);
    let guaranteed = if is_long(contract) {
        due_hours(contract, last)
    } else {
        let days = (last - first_counted(terms.known_before, last, horizon_first)).num_days() + 1;
        contract.paid_hours_week.get() * days as f64 / 7.0
    };
    let due = (guaranteed - leave.unpaid_hours).max((worked + leave.paid_hours).min(regular));
    (due - worked).max(0.0)
}

/// The first day of a week for which its contract's hours are counted.
fn first_counted(known_before: bool, last: NaiveDate, horizon_first: NaiveDate) -> NaiveDate {
    if known_before { week_of(last) } else { week_of(last).max(horizon_first) }
}

/// A person's leave by the day on which the balance that it belongs to is settled; none where it changes nothing that is paid.
pub(super) fn leaves(problem: &RosterProblem, person: &Person, known_before: bool) -> Vec<(NaiveDate, Leave)> {
    let contract = &person.employee.contract;
    let of = |last: NaiveDate| {
        let first = problem.horizon.first;
        let from = if is_long(contract) { balance_of(contract, last).max(first) } else { first_counted(known_before, last, first) };
        let mut leave = leave(problem, person, from, last);
        // a whole week's guarantee covers it
        let is_covered = contract.paid_hours_week >= contract.regular_hours_week && (last - from).num_days() == 6;
        if !is_long(contract) && is_covered && leave.unpaid_hours == 0.0 {
            leave.paid_hours = 0.0;
        }
        (last, leave)
    };
    settlements(problem, contract).map(of).filter(|(_, leave)| *leave != Leave::default()).collect()
}

/// Each day on which a balance is settled: its last, and the horizon's last.
fn settlements<'a>(problem: &'a RosterProblem, contract: &'a Contract) -> impl Iterator<Item = NaiveDate> + 'a {
    let last = problem.horizon.days.checked_sub(1).map(|day| problem.horizon.date(day));
    problem.horizon.dates().filter(move |date| ends_balance(contract, *date) || Some(*date) == last)
}

/// Hours that are paid to a person over the horizon whatever the roster.
pub(super) fn guaranteed_total(problem: &RosterProblem, person: &Person) -> f64 {
    idle_hours(problem, person, &[])
}

/// Hours that are paid to a person though nothing was worked for them: guaranteed by her contract, or leave.
#[must_use]
pub fn idle_hours(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> f64 {
    let done: Vec<&Assignment> = assignments.iter().copied().chain(&person.excused).collect();
    let (worked, terms) = (regular_hours(problem, person, &done), Terms::of(problem, person));
    let contract = &person.employee.contract;
    let idle = |last: NaiveDate| {
        let worked = worked.get(&balance_of(contract, last)).copied().unwrap_or(0.0);
        idle_hours_on(&terms, last, problem.horizon.first, worked)
    };
    settlements(problem, contract).map(idle).sum()
}

/// Hours of each balance that count against its regular ones, by its first day: those of the past and of the assignments.
fn regular_hours(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> BTreeMap<NaiveDate, f64> {
    let contract = &person.employee.contract;
    let mut balances = BTreeMap::new();
    if is_long(contract) {
        balances.insert(balance_of(contract, problem.horizon.first), worked_before(problem, person));
    } else {
        let past = past_days(person).into_iter();
        past.for_each(|(date, paid)| *balances.entry(week_of(date)).or_default() += counted(contract, &problem.rules, paid));
    }
    for assignment in assignments {
        *balances.entry(balance_of(contract, assignment.date)).or_default() += counted(contract, &problem.rules, assignment.paid.get());
    }
    balances
}

/// Paid hours of each day before the horizon.
fn past_days(person: &Person) -> BTreeMap<NaiveDate, f64> {
    let mut days = BTreeMap::new();
    person.past.iter().for_each(|duty| *days.entry(duty.date).or_default() += duty.paid_hours);
    days
}

/// The paid hours of a shift that count against the regular ones of its balance, in whole minutes as the search counts them.
pub(super) fn counted(contract: &Contract, rules: &Rules, paid: f64) -> f64 {
    let regular = if is_long(contract) { paid } else { paid.min(rules.regular_hours_day.get()) };
    (regular * 60.0).round() / 60.0
}

/// Hours beyond the regular ones of the days known before the horizon, from a date on.
pub(super) fn overtime_of_past(problem: &RosterProblem, person: &Person, from: NaiveDate) -> f64 {
    // of a long balance nothing but its sum is known
    if is_long(&person.employee.contract) {
        return 0.0;
    }
    let mut regular_of_week: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    let mut overtime = 0.0;
    let contract = &person.employee.contract;
    for (date, paid) in past_days(person) {
        let worked = regular_of_week.entry(week_of(date)).or_default();
        let beyond = (paid - Limits::of(*worked, contract, &problem.rules).first()).max(0.0);
        *worked += counted(contract, &problem.rules, paid);
        overtime += if date >= from { beyond } else { 0.0 };
    }
    overtime
}

/// A stretch of an assignment in which one thing is done at one pay rate.
#[derive(Clone, Debug, PartialEq)]
pub struct PaidStretch {
    /// When it starts.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Paid hours in it.
    pub paid: Hours,
    /// Of these, hours beyond the regular ones.
    pub overtime: Hours,
    /// The multiple of the base rate.
    pub rate: Factor,
    /// What is done in it away from the desk.
    pub activity: Option<String>,
}

/// What a person's assignments are paid, stretch by stretch: public holidays by clock hour, beyond the regular hours of a day
/// at the overtime rate, beyond those of a week at the rest-day rate. One list for each assignment, in their order.
#[must_use]
pub fn paid_stretches(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Vec<PaidStretch>> {
    let contract = &person.employee.contract;
    let mut regular = regular_hours(problem, person, &[]);
    assignments
        .iter()
        .map(|assignment| {
            let worked = regular.entry(balance_of(contract, assignment.date)).or_default();
            let limits = Limits::of(*worked + excused_before(problem, person, assignment.date), contract, &problem.rules);
            *worked += counted(contract, &problem.rules, assignment.paid.get());
            split(assignment, &limits, &problem.calendar, &problem.prices, person.zone.as_ref())
        })
        .collect()
}

/// What the shifts are paid that a person is excused from, as though she had worked them beside her assignments.
/// One list for each, in their order.
#[must_use]
pub fn excused_stretches(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Vec<PaidStretch>> {
    let contract = &person.employee.contract;
    let past = regular_hours(problem, person, &[]);
    let stretches = person.excused.iter().map(|excused| {
        let balance = balance_of(contract, excused.date);
        let before = |of: &&&Assignment| of.date < excused.date && balance_of(contract, of.date) == balance;
        let worked: f64 = assignments.iter().filter(before).map(|of| counted(contract, &problem.rules, of.paid.get())).sum();
        let worked = worked + past.get(&balance).copied().unwrap_or(0.0) + excused_before(problem, person, excused.date);
        split(excused, &Limits::of(worked, contract, &problem.rules), &problem.calendar, &problem.prices, person.zone.as_ref())
    });
    stretches.collect()
}

/// Hours of shifts a person is excused from that count against the regular ones of a date's balance before that date.
fn excused_before(problem: &RosterProblem, person: &Person, date: NaiveDate) -> f64 {
    let contract = &person.employee.contract;
    let balance = balance_of(contract, date);
    let before = person.excused.iter().filter(|excused| excused.date < date && balance_of(contract, excused.date) == balance);
    before.map(|excused| counted(contract, &problem.rules, excused.paid.get())).sum()
}

/// Hours of a person in a roster beyond the regular ones.
#[must_use]
pub fn overtime_hours(problem: &RosterProblem, person: &Person, roster: &Roster) -> f64 {
    let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
    paid_stretches(problem, person, &assignments).into_iter().flatten().map(|stretch| stretch.overtime.get()).sum()
}

/// What a person is paid for her assignments and for guaranteed hours that are not worked, in the plan's currency.
#[must_use]
pub fn pay(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> f64 {
    let excused = excused_stretches(problem, person, assignments);
    let stretches = paid_stretches(problem, person, assignments).into_iter().chain(excused).flatten();
    let rated: f64 = stretches.map(|stretch| stretch.paid.get() * stretch.rate.get()).sum();
    (rated + idle_hours(problem, person, assignments)) * person.employee.pay.get()
}

/// Cuts a shift where its pay rate changes, at its limits and at midnight before or after a holiday, and where something else is done.
fn split(assignment: &Assignment, limits: &Limits, calendar: &Calendar, prices: &Prices, zone: Option<&Zone>) -> Vec<PaidStretch> {
    let timed = Timed { assignment, zone };
    let (start, end) = (assignment.start, assignment.end);
    let mut cuts = vec![start, end];
    cuts.extend(start.date().iter_days().skip(1).take(2).map(|date| date.and_time(chrono::NaiveTime::MIN)));
    let within = [limits.day, limits.balance].into_iter().filter(|limit| *limit < assignment.paid.get());
    let at_limits: Vec<(NaiveDateTime, f64)> = within.map(|limit| (timed.moment_after(limit), limit)).collect();
    cuts.extend(at_limits.iter().map(|(moment, _)| *moment));
    cuts.extend(assignment.occupations.iter().flat_map(|occupation| [occupation.start, occupation.end]));
    cuts.retain(|cut| (start..=end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    // the hours themselves, where a limit's moment is rounded to a minute
    let paid_until = |cut: NaiveDateTime| {
        let limit = at_limits.iter().find(|(moment, _)| *moment == cut).map(|(_, limit)| *limit);
        limit.unwrap_or_else(|| timed.paid_until(cut))
    };
    let mut stretches: Vec<PaidStretch> = Vec::new();
    let mut paid_before = 0.0;
    for pair in cuts.windows(2) {
        let paid = (paid_until(pair[1]) - paid_before).max(0.0);
        let rate = highest(calendar.pay_rate(pair[0].date()), limits.rate(paid_before, prices));
        let overtime = if paid_before + 1e-9 >= limits.first() { paid } else { 0.0 };
        let now = assignment.occupations.iter().find(|occupation| occupation.overlaps(pair[0], pair[1]));
        let activity = now.map(|occupation| occupation.activity.clone());
        paid_before += paid;
        match stretches.last_mut() {
            Some(last) if last.rate == rate && !begins_or_ends(assignment, pair[0]) && (last.overtime.get() > 0.0) == (overtime > 0.0) => {
                last.end = pair[1];
                last.paid += hours(paid);
                last.overtime += hours(overtime);
            }
            _ => {
                stretches.push(PaidStretch { start: pair[0], end: pair[1], paid: hours(paid), overtime: hours(overtime), rate, activity });
            }
        }
    }
    stretches
}

/// Whether something that is not done at the desk begins or ends at a moment.
fn begins_or_ends(assignment: &Assignment, moment: NaiveDateTime) -> bool {
    assignment.occupations.iter().any(|occupation| occupation.start == moment || occupation.end == moment)
}

fn hours(hours: f64) -> Hours {
    Hours::new(hours.max(0.0)).unwrap_or_default()
}

/// A shift as time passes in its zone.
#[derive(Clone, Copy)]
struct Timed<'a> {
    assignment: &'a Assignment,
    zone: Option<&'a Zone>,
}

impl Timed<'_> {
    /// Minutes that pass between two times of its clocks.
    fn minutes(self, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
        self.zone.map_or_else(|| (to - from).num_minutes(), |zone| zone.elapsed_minutes(from, to))
    }

    /// Paid hours until a moment of the shift: all but its meals.
    fn paid_until(self, moment: NaiveDateTime) -> f64 {
        let eaten = |meal: &Break| (meal.end().min(moment) - meal.start).num_minutes().max(0);
        let meals: i64 = self.assignment.meals.iter().map(eaten).sum();
        self.pace() * (self.minutes(self.assignment.start, moment) - meals) as f64 / 60.0
    }

    /// Paid hours for an hour that is no meal: 1, but for shifts of a reserve that are paid in part.
    fn pace(self) -> f64 {
        let meals: i64 = self.assignment.meals.iter().map(|meal| i64::from(meal.minutes)).sum();
        let hours = (self.minutes(self.assignment.start, self.assignment.end) - meals).max(1) as f64 / 60.0;
        self.assignment.paid.get() / hours
    }

    /// The moment at which so many paid hours of the shift are done.
    fn moment_after(self, hours: f64) -> NaiveDateTime {
        let mut minutes = (hours / self.pace().max(1e-3) * 60.0).round() as i64;
        for meal in &self.assignment.meals {
            if self.minutes(self.assignment.start, meal.start) < minutes {
                minutes += i64::from(meal.minutes);
            }
        }
        let start = self.assignment.start;
        self.zone.map_or(start + TimeDelta::minutes(minutes), |zone| zone.local_at(zone.utc_at(start) + TimeDelta::minutes(minutes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{DayKind, SpecialDay};
    use crate::roster::pattern::{MealWindow, ShiftTemplate};
    use crate::time::ClockTime;
    use crate::units::{Money, Share};
    use crate::workforce::{AgentId, Balance};
    use proptest::prelude::*;

    fn factor(value: f64) -> Factor {
        Factor::new(value).unwrap()
    }

    fn rules(day: f64) -> Rules {
        Rules {
            rest: hours(11.0),
            most_days_running: 6,
            most_late_shifts_week: 7,
            late_after: ClockTime::DAY_END,
            rest_days_week: 0,
            weekend_day_off_in_two_weeks: false,
            free_weekends_in_four: 0,
            regular_hours_day: hours(day),
            most_nights_week: 7,
            most_overtime_month: None,
            most_start_change: None,
            forbidden_successions: Vec::new(),
            two_days_off_running: false,
            mentor_share: None,
            leader_share: None,
            promotion_days: Vec::new(),
            notice: hours(0.0),
        }
    }

    fn contract(balance: Balance) -> Contract {
        Contract {
            id: "c".into(),
            paid_hours_week: hours(40.0),
            regular_hours_week: hours(40.0),
            most_hours_week: hours(60.0),
            most_hours_day: hours(24.0),
            part_time: false,
            balance,
            regular_hours_balance: hours(166.0),
            least_on_shift: 1,
        }
    }

    fn prices(overtime: f64, rest_day: f64) -> Prices {
        Prices {
            overtime: factor(overtime),
            rest_day: factor(rest_day),
            shortage: vec![(Share::ONE, Money::default())],
            refused_day_off: Money::default(),
            refused_shift: Money::default(),
            apart_hour: Money::default(),
            changed_day: Money::default(),
            other_shift: Money::default(),
            unfair_shift: Money::default(),
            unpaid_absences: Vec::new(),
        }
    }

    proptest! {
        /// With rates in any order of size, over midnights before and after holidays, wherever meals may lie: the price by which the
        /// search finds a shift is what the shift is paid with its meals where that is cheapest.
        #[test]
        fn the_search_pays_a_shift_as_its_roster_is_paid(
            start in 0_u32..96, span in 8_u32..96, meal in 1_u32..80, options in 1_u32..4, with_meal: bool, worked in 0_u32..200,
            day in 12_u32..48, overtime in 10_u32..40, rest_day in 10_u32..40, holidays in (0_u32..5, 0_u32..5), long: bool, reserve: bool,
        ) {
            let meals = || (0..options).map(|option| (meal + option) * 15).filter(|offset| offset + 30 <= span * 15).collect::<Vec<_>>();
            let meals: Vec<MealWindow> = with_meal.then(meals).filter(|offsets| !offsets.is_empty()).map(|offsets| MealWindow { minutes: 30, offsets }).into_iter().collect();
            let work = span * 15 - if meals.is_empty() { 0 } else { 30 };
            let paid = hours(f64::from(work) / 60.0 * if reserve { 0.5 } else { 1.0 });
            let shift = ShiftTemplate {
                id: "S".into(), name: "S".into(), start: ClockTime::from_minutes(start * 15).unwrap(), ahead: 0, span_minutes: span * 15, paid,
                meals: meals.clone(), rests: 0, contracts: vec![], queues: vec![], promotion_only: false, is_reserve: reserve, volunteers_only: false,
            };
            let date = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
            let mut calendar = Calendar::default();
            for (after, rate) in [(0, holidays.0), (1, holidays.1)].into_iter().filter(|(_, rate)| *rate > 0) {
                let day = SpecialDay { kind: DayKind::Statutory, name: String::new(), overtime_rate: factor(f64::from(rate)) };
                calendar.enter(date + chrono::Days::new(after), day).unwrap();
            }
            let contract = contract(if long { Balance::Month } else { Balance::Week });
            let (rules, prices) = (rules(f64::from(day) / 4.0), prices(f64::from(overtime) / 10.0, f64::from(rest_day) / 10.0));
            let worked = f64::from(worked) / 4.0 + if long { 130.0 } else { 0.0 };
            let sought = weighted_hours(&shift.choice_on(date, None), worked, &contract, &rules, &prices, &calendar);
            let limits = Limits::of(worked, &contract, &rules);
            let places: Vec<Vec<Break>> = match meals.first().filter(|_| !reserve) {
                Some(meal) => meal.offsets.iter().map(|offset| vec![Break { start: shift.start_on(date) + TimeDelta::minutes((*offset).into()), minutes: 30 }]).collect(),
                None => vec![vec![]],
            };
            let paid_with = |meals: Vec<Break>| {
                let assignment = Assignment {
                    date, agent: AgentId::new("A"), shift: "S".into(), start: shift.start_on(date), end: shift.end_on(date), meals, rests: vec![],
                    occupations: vec![], queues: vec![], paid: shift.paid, pinned: false,
                };
                let stretches = split(&assignment, &limits, &calendar, &prices, None);
                assert!((stretches.iter().map(|of| of.paid.get()).sum::<f64>() - shift.paid.get()).abs() < 1e-9, "every hour is paid");
                stretches.iter().map(|of| of.paid.get() * of.rate.get()).sum::<f64>()
            };
            let cheapest = places.into_iter().map(paid_with).fold(f64::INFINITY, f64::min);
            prop_assert!((sought - cheapest).abs() < 1e-6, "{sought} {cheapest}");
        }
    }
}
