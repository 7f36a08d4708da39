//! Is a roster legal? Counted on dates and clock times, from the roster alone; nothing of the search is used.

use super::activity::Attendance;
use super::balance::{balance_of, worked_before};
use super::pattern::{Break, RESERVE, ShiftTemplate};
use super::problem::{Person, RosterProblem};
use super::result::{Assignment, Roster};
use super::rules::{is_late, is_night};
use crate::service::QueueId;
use crate::time::{ClockTime, week_of};
use crate::workforce::{AgentId, Balance};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};
use std::collections::{BTreeMap, BTreeSet};

/// A broken rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Which rule, as the catalogue of words names it.
    pub rule: &'static str,
    /// Who.
    pub agent: AgentId,
    /// The date at which it breaks.
    pub date: NaiveDate,
    /// What was found and what is allowed, as numbers or names.
    pub found: String,
    /// What the rule allows.
    pub allowed: String,
}

/// Every broken rule of a roster, in order of person and date.
#[must_use]
pub fn check(problem: &RosterProblem, roster: &Roster) -> Vec<Violation> {
    let mut violations = Vec::new();
    let of_agent = roster.by_agent();
    problem.people.iter().for_each(|person| pins(person, of_agent.get(&person.employee.id).map_or(&[], Vec::as_slice), &mut violations));
    for (agent, mut assignments) in of_agent {
        assignments.sort_by_key(|assignment| assignment.start);
        match problem.people.iter().find(|person| &person.employee.id == agent) {
            Some(person) => violations.extend(check_person(problem, person, &assignments)),
            None => violations.push(Violation {
                rule: "unknown_agent",
                agent: agent.clone(),
                date: assignments[0].date,
                found: agent.to_string(),
                allowed: String::new(),
            }),
        }
    }
    violations.extend(groups_away(problem, roster));
    violations
}

/// Groups of a queue that are away from the desk at once: one of each pair, by whoever is first in it.
fn groups_away(problem: &RosterProblem, roster: &Roster) -> Vec<Violation> {
    let of_groups = |id: &String| problem.activities.iter().any(|known| known.id == *id && known.attendance == Attendance::Group);
    let people: BTreeMap<&AgentId, &Person> = problem.people.iter().map(|person| (&person.employee.id, person)).collect();
    // (queue, from, to, group): who is first
    let mut away: BTreeMap<(&QueueId, NaiveDateTime, NaiveDateTime, &str), &AgentId> = BTreeMap::new();
    for assignment in &roster.assignments {
        let Some(person) = people.get(&assignment.agent) else { continue };
        let Some(queue) = person.employee.skills.first() else { continue };
        for occupation in assignment.occupations.iter().filter(|occupation| of_groups(&occupation.activity)) {
            away.entry((queue, occupation.start, occupation.end, &person.employee.team)).or_insert(&assignment.agent);
        }
    }
    let mut violations = Vec::new();
    for (place, ((queue, start, end, group), agent)) in away.iter().enumerate() {
        let before = away.keys().take(place).filter(|(of, ..)| of == queue);
        for (.., others) in before.filter(|(_, from, to, other)| other != group && start < to && from < end) {
            violations.push(Violation {
                rule: "groups_away",
                agent: (*agent).clone(),
                date: start.date(),
                found: format!("{group}, {others}, {queue}"),
                allowed: String::new(),
            });
        }
    }
    violations
}

/// Every rule that a person's assignments, in order of start, break; her pins aside.
pub(super) fn check_person(problem: &RosterProblem, person: &Person, assignments: &[&Assignment]) -> Vec<Violation> {
    let mut violations = Vec::new();
    Examination { problem, person, assignments, violations: &mut violations }.run();
    violations
}

/// What a planner has fixed stands in the roster, unless she is away by now.
fn pins(person: &Person, assignments: &[&Assignment], violations: &mut Vec<Violation>) {
    for pin in &person.pins {
        let (midnight, next) = (ClockTime::MIDNIGHT.on(pin.date), ClockTime::DAY_END.on(pin.date));
        let found = assignments.iter().find(|assignment| assignment.date == pin.date).map(|assignment| assignment.shift.clone());
        if found != pin.shift && !person.absences.iter().any(|absence| absence.overlaps(midnight, next)) {
            violations.push(Violation {
                rule: "pin",
                agent: person.employee.id.clone(),
                date: pin.date,
                found: found.unwrap_or_default(),
                allowed: pin.shift.clone().unwrap_or_default(),
            });
        }
    }
}

struct Examination<'a> {
    problem: &'a RosterProblem,
    person: &'a Person,
    assignments: &'a [&'a Assignment],
    violations: &'a mut Vec<Violation>,
}

/// A shift that was or will be worked.
struct Worked {
    date: NaiveDate,
    start: NaiveDateTime,
    end: NaiveDateTime,
    paid: f64,
    shift: String,
    /// Whether the day after must be free.
    next_off: bool,
}

impl Examination<'_> {
    fn run(&mut self) {
        for assignment in self.assignments {
            self.shift(assignment);
            self.breaks(assignment);
            self.occupations(assignment);
            self.fit(assignment);
        }
        self.rest();
        self.days_running();
        self.weeks();
        self.weekends();
        self.free_weekends();
        self.days_off_running();
        self.month_overtime();
        self.following_days();
    }

    fn report(&mut self, rule: &'static str, date: NaiveDate, found: impl ToString, allowed: impl ToString) {
        let agent = self.person.employee.id.clone();
        self.violations.push(Violation { rule, agent, date, found: found.to_string(), allowed: allowed.to_string() });
    }

    fn template(&self, assignment: &Assignment) -> Option<&ShiftTemplate> {
        self.problem.shifts.iter().find(|shift| shift.id == assignment.shift)
    }

    fn shift(&mut self, assignment: &Assignment) {
        if self.problem.horizon.day_of(assignment.date).is_none() {
            self.report(
                "outside_horizon",
                assignment.date,
                assignment.date,
                format!("{}..{}", self.problem.horizon.first, self.problem.horizon.end()),
            );
        }
        let Some(shift) = self.template(assignment).cloned() else {
            return self.report("unknown_shift", assignment.date, &assignment.shift, "");
        };
        if (assignment.start, assignment.end) != (shift.start_on(assignment.date), shift.end_on(assignment.date)) {
            let times = |start: NaiveDateTime, end: NaiveDateTime| format!("{}–{}", start.format("%H:%M"), end.format("%H:%M"));
            let allowed = times(shift.start_on(assignment.date), shift.end_on(assignment.date));
            self.report("shift_times", assignment.date, times(assignment.start, assignment.end), allowed);
        }
        if (assignment.paid.get() - shift.paid.get()).abs() > 0.01 {
            self.report("paid_hours", assignment.date, assignment.paid.get(), shift.paid.get());
        }
    }

    /// Each break of the template once, in its window, none beside.
    fn breaks(&mut self, assignment: &Assignment) {
        let Some(shift) = self.template(assignment) else { return };
        let windows = shift.break_windows();
        for (meals, given) in [(true, &assignment.meals), (false, &assignment.rests)] {
            let expected: Vec<_> = windows.iter().filter(|window| window.is_meal == meals).collect();
            let inside = |(pause, window): (&Break, &&super::pattern::BreakWindow)| {
                let offset = (pause.start - assignment.start).num_minutes();
                let (first, last) = (window.offsets.first().copied().unwrap_or(0), window.offsets.last().copied().unwrap_or(0));
                pause.minutes == window.minutes && (i64::from(first)..=i64::from(last)).contains(&offset)
            };
            if given.len() != expected.len() || !given.iter().zip(&expected).all(inside) {
                let found: Vec<String> = given.iter().map(|pause| format!("{}/{}", pause.start.format("%H:%M"), pause.minutes)).collect();
                self.violations.push(Violation {
                    rule: if meals { "meals" } else { "rests" },
                    agent: self.person.employee.id.clone(),
                    date: assignment.date,
                    found: found.join(";"),
                    allowed: expected.len().to_string(),
                });
            }
        }
    }

    /// What is done in a shift away from the desk: known, as long and at such times as the plan says, beside breaks and one another.
    fn occupations(&mut self, assignment: &Assignment) {
        let template_is_reserve = self.template(assignment).is_some_and(|shift| shift.is_reserve);
        let whole =
            assignment.occupations.iter().any(|of| of.activity == RESERVE && (of.start, of.end) == (assignment.start, assignment.end));
        if template_is_reserve && !whole {
            self.report("reserve", assignment.date, &assignment.shift, "");
        }
        for (place, occupation) in assignment.occupations.iter().enumerate() {
            let date = occupation.start.date();
            let times = format!("{}–{}", occupation.start.format("%H:%M"), occupation.end.format("%H:%M"));
            if occupation.activity == RESERVE && template_is_reserve {
                continue;
            }
            let Some(activity) = self.problem.activities.iter().find(|activity| activity.id == occupation.activity) else {
                self.report("unknown_activity", date, &occupation.activity, "");
                continue;
            };
            let minutes = (occupation.end - occupation.start).num_minutes();
            let (from, to) = (activity.from.on(date), activity.to.on(date));
            let on_day = activity.weekdays.is_empty() || activity.weekdays.contains(&date.weekday());
            if !on_day || minutes != i64::from(activity.minutes) || occupation.start < from || occupation.end > to {
                let allowed = format!("{}–{}, {} min", activity.from, activity.to, activity.minutes);
                self.report("activity_times", date, &times, allowed);
            }
            let breaks = assignment.meals.iter().chain(&assignment.rests);
            let mut taken: Vec<(NaiveDateTime, NaiveDateTime)> = breaks.map(|pause| (pause.start, pause.end())).collect();
            taken.extend(assignment.occupations[..place].iter().map(|other| (other.start, other.end)));
            let clashes = taken.iter().any(|(start, end)| occupation.start < *end && *start < occupation.end);
            if clashes || occupation.start < assignment.start || occupation.end > assignment.end {
                self.report("activity_clash", date, times, "");
            }
        }
    }

    /// Contract, skills, protection, absence: everything about one shift and one person.
    fn fit(&mut self, assignment: &Assignment) {
        let (employee, rules, date) = (&self.person.employee, &self.problem.rules, assignment.date);
        let mut broken: Vec<(&'static str, String, String)> = Vec::new();
        if let Some(absence) = self.person.absences.iter().find(|absence| absence.overlaps(assignment.start, assignment.end)) {
            broken.push(("absent", absence.kind.clone(), String::new()));
        }
        if employee.hired.is_some_and(|first| date < first) {
            broken.push(("not_yet_hired", date.to_string(), employee.hired.map(|date| date.to_string()).unwrap_or_default()));
        }
        if employee.site.as_ref().is_some_and(|site| !site.is_open(assignment.start, assignment.end)) {
            broken.push(("site_closed", format!("{}–{}", assignment.start.format("%H:%M"), assignment.end.format("%H:%M")), String::new()));
        }
        for queue in assignment.queues.iter().filter(|queue| !employee.serves(queue)) {
            broken.push(("skill", queue.to_string(), employee.skills.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")));
        }
        if employee.protection.no_late && is_late(rules, date, assignment.end) {
            broken.push(("protected_late", assignment.end.to_string(), rules.late_after.to_string()));
        }
        if employee.protection.no_night && is_night(assignment.start, assignment.end) {
            broken.push(("protected_night", assignment.end.to_string(), String::new()));
        }
        if employee.protection.no_overtime && assignment.paid > rules.regular_hours_day {
            broken.push(("protected_overtime", assignment.paid.get().to_string(), rules.regular_hours_day.get().to_string()));
        }
        if assignment.paid.get() > employee.contract.most_hours_day.get() + 1e-6 {
            broken.push(("day_hours", assignment.paid.get().to_string(), employee.contract.most_hours_day.get().to_string()));
        }
        if let Some(shift) = self.template(assignment) {
            let for_contract =
                if shift.contracts.is_empty() { !employee.contract.part_time } else { shift.contracts.contains(&employee.contract.id) };
            if !for_contract {
                broken.push(("shift_contract", employee.contract.id.clone(), shift.contracts.join(";")));
            }
            if !shift.queues.is_empty() && !shift.queues.iter().any(|queue| employee.serves(queue)) {
                broken.push(("shift_skill", shift.id.clone(), shift.queues.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")));
            }
            if shift.promotion_only && !rules.promotion_days.contains(&date) {
                broken.push(("promotion_only", date.to_string(), String::new()));
            }
            if shift.volunteers_only && !employee.volunteers {
                broken.push(("volunteers_only", shift.id.clone(), String::new()));
            }
        }
        for (rule, found, allowed) in broken {
            self.report(rule, date, found, allowed);
        }
    }

    /// Each shift, those before the horizon included.
    fn worked(&self) -> Vec<Worked> {
        let past = self.person.past.iter().map(|duty| Worked {
            date: duty.date,
            start: duty.start,
            end: duty.end,
            paid: duty.paid_hours,
            shift: duty.shift.clone(),
            next_off: false,
        });
        let now = self.assignments.iter().map(|of| Worked {
            date: of.date,
            start: of.start,
            end: of.end,
            paid: of.paid.get(),
            shift: of.shift.clone(),
            next_off: self.template(of).is_some_and(|shift| shift.volunteers_only),
        });
        past.chain(now).collect()
    }

    fn rest(&mut self) {
        let least = self.problem.rules.rest.get();
        for pair in self.worked().windows(2) {
            let (before, then) = (&pair[0], &pair[1]);
            let hours = (then.start - before.end).num_minutes() as f64 / 60.0;
            if self.problem.horizon.day_of(then.date).is_none() {
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

    fn worked_dates(&self) -> BTreeSet<NaiveDate> {
        self.worked().into_iter().map(|worked| worked.date).collect()
    }

    fn days_running(&mut self) {
        let most = self.problem.rules.most_days_running;
        let mut running = 0;
        let mut before: Option<NaiveDate> = None;
        for date in self.worked_dates() {
            running = if before.is_some_and(|before| before + Days::new(1) == date) { running + 1 } else { 1 };
            if running > most && self.problem.horizon.day_of(date).is_some() {
                self.report("days_running", date, running, most);
            }
            before = Some(date);
        }
    }

    /// Hours, late shifts and rest days, Monday to Sunday.
    fn weeks(&mut self) {
        let rules = &self.problem.rules;
        let contract = self.person.employee.contract.clone();
        let protected = self.person.employee.protection.no_overtime;
        let mut weeks: BTreeMap<NaiveDate, Vec<(NaiveDate, f64, bool, bool)>> = BTreeMap::new();
        for Worked { date, start, end, paid, .. } in self.worked() {
            weeks.entry(week_of(date)).or_default().push((date, paid, is_late(rules, date, end), is_night(start, end)));
        }
        let planned = self.problem.horizon;
        for (week, shifts) in weeks {
            // what past days alone broke is nobody's fault any more
            let now = |date: &NaiveDate| planned.day_of(*date).is_some();
            if !shifts.iter().any(|(date, ..)| now(date)) {
                continue;
            }
            let hours: f64 = shifts.iter().map(|(_, paid, ..)| paid).sum();
            let most = if protected && contract.regular_hours_week < contract.most_hours_week {
                contract.regular_hours_week
            } else {
                contract.most_hours_week
            };
            if hours > most.get() + 1e-6 {
                self.report("week_hours", week, format!("{hours:.2} h"), most);
            }
            let lates = shifts.iter().filter(|(_, _, late, _)| *late).count() as u32;
            let late_now = shifts.iter().any(|(date, _, late, _)| *late && now(date));
            if !contract.part_time && late_now && lates > rules.most_late_shifts_week {
                self.report("late_shifts", week, lates, rules.most_late_shifts_week);
            }
            let nights = shifts.iter().filter(|shift| shift.3).count() as u32;
            if shifts.iter().any(|(date, _, _, night)| *night && now(date)) && nights > rules.most_nights_week {
                self.report("nights", week, nights, rules.most_nights_week);
            }
            let days: BTreeSet<NaiveDate> = shifts.iter().map(|(date, ..)| *date).collect();
            let free = 7_u32.saturating_sub(days.len() as u32);
            if free < rules.rest_days_week {
                self.report("rest_days", week, free, rules.rest_days_week);
            }
        }
    }

    /// Hours beyond the regular ones, by calendar month: with the account of the month before the horizon.
    fn month_overtime(&mut self) {
        let Some(most) = self.problem.rules.most_overtime_month else { return };
        let (regular_day, first) = (self.problem.rules.regular_hours_day.get(), self.problem.horizon.first);
        let contract = &self.person.employee.contract;
        let long = contract.balance != Balance::Week;
        let regular_balance = if long { contract.regular_hours_balance.get() } else { contract.regular_hours_week.get() };
        let same_month = |one: NaiveDate, other: NaiveDate| (one.year(), one.month()) == (other.year(), other.month());
        // an account of another month than that of the first day says nothing
        let account = Some(self.person.account).filter(|account| account.month.is_some_and(|month| same_month(month, first)));
        let mut balances: BTreeMap<NaiveDate, f64> = BTreeMap::new();
        if long {
            balances.insert(balance_of(contract, first), worked_before(self.problem, self.person));
        }
        let mut months: BTreeMap<(i32, u32), f64> = BTreeMap::new();
        if let Some(account) = account {
            months.insert((first.year(), first.month()), account.overtime.get());
        }
        for Worked { date, paid, .. } in self.worked() {
            if long && date < first {
                continue;
            }
            let worked = balances.entry(balance_of(contract, date)).or_default();
            let regular = if long { paid } else { paid.min(regular_day) };
            let beyond = paid - regular.min((regular_balance - *worked).max(0.0));
            *worked += regular;
            if date < first && account.is_some() && same_month(date, first) {
                continue;
            }
            let of_month = months.entry((date.year(), date.month())).or_default();
            *of_month += beyond;
            if date >= first && beyond > 1e-9 && *of_month > most.get() + 1e-6 {
                let found = format!("{of_month:.2} h");
                self.report("month_overtime", date, found, most);
            }
        }
    }

    /// What a shift must not follow on the next day.
    fn following_days(&mut self) {
        let rules = &self.problem.rules;
        for pair in self.worked().windows(2) {
            let (before, then) = (&pair[0], &pair[1]);
            if then.date != before.date + Days::new(1) || self.problem.horizon.day_of(then.date).is_none() {
                continue;
            }
            if rules.forbidden_successions.iter().any(|(first, second)| (first, second) == (&before.shift, &then.shift)) {
                self.report("successions", then.date, format!("{}>{}", before.shift, then.shift), "");
            }
            let moved = ((then.start - before.start).num_minutes() - 24 * 60).abs() as f64 / 60.0;
            if let Some(most) = rules.most_start_change.filter(|most| moved > most.get() + 1e-6) {
                self.report("start_change", then.date, format!("{moved:.1} h"), most);
            }
        }
    }

    /// In every week two free days that follow one another.
    fn days_off_running(&mut self) {
        if !self.problem.rules.two_days_off_running {
            return;
        }
        let worked = self.worked_dates();
        let weeks: BTreeSet<NaiveDate> = self.problem.horizon.dates().map(week_of).collect();
        for monday in weeks {
            let free = |day: u64| !worked.contains(&(monday + Days::new(day)));
            // a week without two free days running has work on its Saturday or Sunday; past ones are nobody's fault any more
            let now = |day: u64| !free(day) && self.problem.horizon.day_of(monday + Days::new(day)).is_some();
            if (now(5) || now(6)) && !(0..6).any(|day| free(day) && free(day + 1)) {
                self.report("days_off_running", monday, 1, 2);
            }
        }
    }

    fn weekends(&mut self) {
        if !self.problem.rules.weekend_day_off_in_two_weeks {
            return;
        }
        let worked = self.worked_dates();
        let full = |saturday: NaiveDate| worked.contains(&saturday) && worked.contains(&(saturday + Days::new(1)));
        let saturdays: Vec<NaiveDate> = worked.iter().copied().filter(|date| date.weekday() == Weekday::Sat).collect();
        for saturday in saturdays {
            let next = saturday + Days::new(7);
            if full(saturday) && full(next) && self.problem.horizon.day_of(next + Days::new(1)).is_some() {
                self.report("weekends", next, 0, 1);
            }
        }
    }

    /// Of any four weekends running so many wholly free; those before the horizon are nobody's fault any more.
    fn free_weekends(&mut self) {
        let (horizon, wanted) = (self.problem.horizon, self.problem.rules.free_weekends_in_four);
        let worked = self.worked_dates();
        let sunday = |saturday: NaiveDate| saturday + Days::new(1);
        let is_lost = |saturday: NaiveDate| worked.contains(&saturday) || worked.contains(&sunday(saturday));
        let falls_in = |date: NaiveDate| worked.contains(&date) && horizon.day_of(date).is_some();
        let weekends: BTreeSet<NaiveDate> = horizon.dates().map(|date| week_of(date) + Days::new(5)).collect();
        for saturday in weekends {
            let is_lost_now = falls_in(saturday) || !worked.contains(&saturday) && falls_in(sunday(saturday));
            let free = (0..4).filter(|back| !is_lost(saturday - Days::new(7 * back))).count();
            if is_lost_now && free < wanted as usize {
                self.report("free_weekends", saturday, free, wanted);
            }
        }
    }
}
