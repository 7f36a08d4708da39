//! Pay: each hour at the highest of its rates.
//!
//! An hour beyond the regular hours of a day has the overtime rate, one beyond those of a week (work on a rest day) the rest-day rate, one
//! on a public holiday (by clock) the holiday rate. Where several apply, the highest counts; rates do not add up. Hours beyond a day's
//! limit use up none of the week's, so on the day on which the week's regular hours end they are overtime only.
//!
//! A contract's paid hours are paid whether worked or not, in proportion to the planned days of the week; days away are paid as in `leave`.
//! Under comprehensive hours, a month or quarter has regular hours instead, with the overtime rate beyond them.

use super::averaging_period::period_of;
use super::guarantee::idle_hours;
use super::regular_hours::{Limits, counted, reaches, regular_hours};
use crate::calendar::Calendar;
use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::breaks::Break;
use crate::roster::model::prices::Prices;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::units::{Factor, Hours, Money};
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

/// A span of an assignment with one activity, the same queues and one pay rate.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// use peakshift::{roster::{excused_stretches, paid_stretches}, units::Factor};
/// (problem.rules.regular_hours_day, problem.prices.overtime) = (Hours::new(8.0)?, Factor::new(1.5)?);
/// let long = ShiftTemplate::new("L", "09:00".parse()?, 10 * 60);
/// let duty = with_shift(&problem, &problem.people[0], &long, first);
/// let paid = paid_stretches(&problem, &problem.people[0], &[&duty]);
/// assert_eq!((paid[0][0].paid, paid[0][0].rate), (Hours::new(8.0)?, Factor::ONE));
/// assert_eq!((paid[0][1].paid, paid[0][1].rate), (Hours::new(2.0)?, Factor::new(1.5)?)); // from 17:00 on
/// // called in sick, the agent is paid as if they had worked
/// problem.people[0].excused = vec![duty];
/// assert_eq!(excused_stretches(&problem, &problem.people[0], &[]), paid);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PaidStretch {
    /// Start.
    pub start: NaiveDateTime,
    /// End.
    pub end: NaiveDateTime,
    /// Paid hours.
    pub paid: Hours,
    /// Overtime among the paid hours.
    pub overtime: Hours,
    /// Multiple of the base rate.
    pub rate: Factor,
    /// Offline activity, `None` for desk work.
    pub activity: Option<String>,
}

/// Paid stretches of a person's assignments: public holidays by clock hour, hours beyond the regular ones of a day at the overtime rate,
/// beyond those of a week at the rest-day rate. One list per assignment, in their order.
#[must_use]
pub fn paid_stretches(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Vec<PaidStretch>> {
    let contract = &person.employee.contract;
    let mut regular = regular_hours(problem, person, &[]);
    assignments
        .iter()
        .map(|assignment| {
            let worked = regular.entry(period_of(contract, assignment.date)).or_default();
            let limits = Limits::of(*worked + excused_before(problem, person, assignment.date), contract, &problem.rules);
            *worked += counted(contract, &problem.rules, assignment.paid);
            split(assignment, &limits, &problem.calendar, &problem.prices, person.zone.as_ref())
        })
        .collect()
}

/// Paid stretches of the shifts from which a person is excused, as if worked beside their assignments. One list per shift, in order.
#[must_use]
pub fn excused_stretches(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Vec<PaidStretch>> {
    let contract = &person.employee.contract;
    let past = regular_hours(problem, person, &[]);
    let stretches = person.excused.iter().map(|excused| {
        let balance = period_of(contract, excused.date);
        let before = |of: &&&Assignment| of.date < excused.date && period_of(contract, of.date) == balance;
        let worked: Hours = assignments.iter().filter(before).map(|of| counted(contract, &problem.rules, of.paid)).sum();
        let worked = worked + past.get(&balance).copied().unwrap_or(Hours::ZERO) + excused_before(problem, person, excused.date);
        split(excused, &Limits::of(worked, contract, &problem.rules), &problem.calendar, &problem.prices, person.zone.as_ref())
    });
    stretches.collect()
}

/// Hours of excused shifts before a date that count towards the regular hours of its averaging period.
fn excused_before(problem: &RosterProblem, person: &Person, date: NaiveDate) -> Hours {
    let contract = &person.employee.contract;
    let balance = period_of(contract, date);
    let before = person.excused.iter().filter(|excused| excused.date < date && period_of(contract, excused.date) == balance);
    before.map(|excused| counted(contract, &problem.rules, excused.paid)).sum()
}

/// Overtime hours of a person in a roster.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// // six shifts of eight hours where the contract has forty regular hours
/// let person = &problem.people[0];
/// let week = problem.horizon.dates().take(6).map(|date| with_shift(&problem, person, &problem.shifts[0], date)).collect();
/// assert_eq!(overtime_hours(&problem, person, &Roster { assignments: week }), Hours::new(8.0)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn overtime_hours(problem: &RosterProblem, person: &Person, roster: &Roster) -> Hours {
    let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
    paid_stretches(problem, person, &assignments).into_iter().flatten().map(|stretch| stretch.overtime).sum()
}

/// Pay of a person for assignments and for paid hours not worked, in the plan's currency.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// let person = &problem.people[0]; // forty hours a week are paid whether worked or not
/// let pay_for = |days| {
///     let week: Vec<_> = problem.horizon.dates().take(days).map(|date| with_shift(&problem, person, &problem.shifts[0], date)).collect();
///     pay(&problem, person, &week.iter().collect::<Vec<_>>())
/// };
/// assert_eq!(pay_for(3), pay_for(5));
/// assert!(pay_for(6) > pay_for(5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn pay(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Money {
    let excused = excused_stretches(problem, person, assignments);
    let stretches = paid_stretches(problem, person, assignments).into_iter().chain(excused).flatten();
    let rated: Hours = stretches.map(|stretch| stretch.paid * stretch.rate).sum();
    (rated + idle_hours(problem, person, assignments)) * person.employee.pay
}

/// Splits a shift where its pay rate changes: at its limits, at midnight before or after a holiday, and around offline activities.
fn split(assignment: &Assignment, limits: &Limits, calendar: &Calendar, prices: &Prices, zone: Option<&Zone>) -> Vec<PaidStretch> {
    let timed = Timed { assignment, zone };
    let (start, end) = (assignment.start, assignment.end);
    let mut cuts = vec![start, end];
    cuts.extend(start.date().iter_days().skip(1).take(2).map(|date| date.and_time(chrono::NaiveTime::MIN)));
    let within = [limits.day, limits.balance].into_iter().flatten().filter(|limit| *limit < assignment.paid);
    let at_limits: Vec<(NaiveDateTime, Hours)> = within.map(|limit| (timed.moment_after(limit), limit)).collect();
    cuts.extend(at_limits.iter().map(|(moment, _)| *moment));
    cuts.extend(assignment.offline_activities.iter().flat_map(|offline| [offline.start, offline.end]));
    cuts.extend(assignment.stints.iter().map(|stint| stint.end));
    cuts.retain(|cut| (start..=end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    // exact hours, as the moment of a limit is rounded to a minute
    let paid_until = |cut: NaiveDateTime| {
        let limit = at_limits.iter().find(|(moment, _)| *moment == cut).map(|(_, limit)| *limit);
        limit.unwrap_or_else(|| timed.paid_until(cut))
    };
    let mut stretches: Vec<PaidStretch> = Vec::new();
    let mut paid_before = Hours::ZERO;
    for pair in cuts.windows(2) {
        let paid = paid_until(pair[1]).beyond(paid_before);
        let rate = calendar.pay_rate(pair[0].date()).max(limits.rate(paid_before, prices));
        let overtime = if limits.first().is_some_and(|limit| reaches(paid_before, limit)) { paid } else { Hours::ZERO };
        let now = assignment.offline_activities.iter().find(|offline| offline.overlaps(pair[0], pair[1]));
        let activity = now.map(|offline| offline.activity.clone());
        paid_before += paid;
        match stretches.last_mut() {
            Some(last)
                if last.rate == rate
                    && !begins_or_ends(assignment, pair[0])
                    && (last.overtime > Hours::ZERO) == (overtime > Hours::ZERO) =>
            {
                last.end = pair[1];
                last.paid += paid;
                last.overtime += overtime;
            }
            _ => stretches.push(PaidStretch { start: pair[0], end: pair[1], paid, overtime, rate, activity }),
        }
    }
    stretches
}

/// Whether an offline activity begins or ends at a moment, or the queues change.
fn begins_or_ends(assignment: &Assignment, moment: NaiveDateTime) -> bool {
    assignment.stints.iter().any(|stint| stint.start == moment)
        || assignment.offline_activities.iter().any(|offline| offline.start == moment || offline.end == moment)
}

/// A shift in the elapsed time of its zone.
#[derive(Clone, Copy)]
struct Timed<'a> {
    assignment: &'a Assignment,
    zone: Option<&'a Zone>,
}

impl Timed<'_> {
    /// Elapsed minutes between two local times.
    fn minutes(self, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
        self.zone.map_or_else(|| (to - from).num_minutes(), |zone| zone.elapsed_minutes(from, to))
    }

    /// Paid hours until a moment of the shift, meals excluded.
    fn paid_until(self, moment: NaiveDateTime) -> Hours {
        let eaten = |meal: &Break| (meal.end().min(moment) - meal.start).num_minutes().max(0);
        let meals: i64 = self.assignment.meals.iter().map(eaten).sum();
        let minutes = (self.minutes(self.assignment.start, moment) - meals).max(0);
        Hours::new(self.pace() * minutes as f64 / 60.0).expect("minutes at a pace are hours")
    }

    /// Paid hours per hour outside meals: 1, or less for partly paid reserve shifts.
    fn pace(self) -> f64 {
        let meals: i64 = self.assignment.meals.iter().map(|meal| i64::from(meal.minutes)).sum();
        let minutes = (self.minutes(self.assignment.start, self.assignment.end) - meals).max(1);
        self.assignment.paid / Hours::from_minutes(minutes as u32)
    }

    /// Moment at which `hours` paid hours of the shift are done.
    fn moment_after(self, hours: Hours) -> NaiveDateTime {
        let mut minutes = (hours.get() / self.pace().max(1e-3) * 60.0).round() as i64;
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
    use crate::roster::count::regular_hours::weighted_hours;
    use crate::roster::model::breaks::MealWindow;
    use crate::roster::model::rules::Rules;
    use crate::roster::model::shift::ShiftTemplate;
    use crate::time::ClockTime;
    use crate::units::HourlyPrice;
    use crate::workforce::Contract;
    use crate::workforce::{AgentId, AveragingPeriod};
    use proptest::prelude::*;

    fn hours(value: f64) -> Hours {
        Hours::new(value).unwrap()
    }

    fn factor(value: f64) -> Factor {
        Factor::new(value).unwrap()
    }

    fn rules(day: f64) -> Rules {
        Rules { regular_hours_day: hours(day), ..Rules::default() }
    }

    fn contract(balance: AveragingPeriod) -> Contract {
        Contract { most_hours_week: hours(60.0), balance, regular_hours_balance: hours(166.0), ..Contract::full_time(hours(40.0)) }
    }

    fn prices(overtime: f64, rest_day: f64) -> Prices {
        Prices { overtime: factor(overtime), rest_day: factor(rest_day), ..Prices::of_pay(HourlyPrice::ZERO) }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// With rates in any order, midnights before and after holidays and any meal windows, the price at which the search values a shift
        /// is the pay of the shift with its meals where that is cheapest.
        #[test]
        fn the_search_pays_a_shift_as_its_roster_is_paid(
            start in 0_u32..96, span in 8_u32..96, meal in 1_u32..80, options in 1_u32..4, with_meal: bool, worked in 0_u32..200,
            day in 12_u32..48, overtime in 10_u32..40, rest_day in 10_u32..40, holidays in (0_u32..5, 0_u32..5), long: bool, reserve: bool,
        ) {
            let meals = || (0..options).map(|option| (meal + option) * 15).filter(|offset| offset + 30 <= span * 15).collect::<Vec<_>>();
            let meals: Vec<MealWindow> = with_meal.then(meals).filter(|offsets| !offsets.is_empty()).map(|offsets| MealWindow { minutes: 30, offsets }).into_iter().collect();
            let work = span * 15 - if meals.is_empty() { 0 } else { 30 };
            let paid = hours(f64::from(work) / 60.0 * if reserve { 0.5 } else { 1.0 });
            let plain = ShiftTemplate::new("S", ClockTime::from_minutes(start * 15).unwrap(), span * 15);
            let shift = ShiftTemplate { paid, meals: meals.clone(), is_reserve: reserve, ..plain };
            let date = NaiveDate::from_ymd_opt(2026, 5, 1).unwrap();
            let mut calendar = Calendar::default();
            for (after, rate) in [(0, holidays.0), (1, holidays.1)].into_iter().filter(|(_, rate)| *rate > 0) {
                let day = SpecialDay { kind: DayKind::Statutory, name: String::new(), overtime_rate: factor(f64::from(rate)) };
                calendar.enter(date + chrono::Days::new(after), day).unwrap();
            }
            let contract = contract(if long { AveragingPeriod::Month } else { AveragingPeriod::Week });
            let (rules, prices) = (rules(f64::from(day) / 4.0), prices(f64::from(overtime) / 10.0, f64::from(rest_day) / 10.0));
            let worked = hours(f64::from(worked) / 4.0 + if long { 130.0 } else { 0.0 });
            let sought = weighted_hours(&shift.choice_on(date, None), worked, &contract, &rules, &prices, &calendar);
            let limits = Limits::of(worked, &contract, &rules);
            let places: Vec<Vec<Break>> = match meals.first().filter(|_| !reserve) {
                Some(meal) => meal.offsets.iter().map(|offset| vec![Break { start: shift.start_on(date) + TimeDelta::minutes((*offset).into()), minutes: 30 }]).collect(),
                None => vec![vec![]],
            };
            let paid_with = |meals: Vec<Break>| {
                let assignment = Assignment {
                    date, agent: AgentId::new("A"), shift: "S".into(), start: shift.start_on(date), end: shift.end_on(date), meals, rests: vec![],
                    offline_activities: vec![], stints: vec![], paid: shift.paid, pinned: false,
                };
                let stretches = split(&assignment, &limits, &calendar, &prices, None);
                assert!((stretches.iter().map(|of| of.paid.get()).sum::<f64>() - shift.paid.get()).abs() < 1e-9, "every hour is paid");
                stretches.iter().map(|of| of.paid * of.rate).sum::<Hours>()
            };
            let cheapest = places.into_iter().map(paid_with).reduce(Hours::min).unwrap();
            prop_assert!((sought.get() - cheapest.get()).abs() < 1e-6, "{sought} {cheapest}");
        }
    }
}
