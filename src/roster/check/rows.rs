//! Check of the rows of a roster file from themselves: contiguous times, breaks inside, queues, paid hours, overtime, pay rate, pins.

use super::check;
use super::clock::from_to;
use super::examination::Violation;
use super::pay::{Balances, Minute, Shift, pace_of};
use crate::roster::model::assignment::Roster;
use crate::roster::model::breaks::Break;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::roster::model::shift::ShiftTemplate;
use crate::service::QueueId;
use crate::units::Hours;
use crate::workforce::AgentId;
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// A number as written in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Written {
    /// Value.
    pub value: f64,
    /// Digits after the decimal point.
    pub decimals: usize,
}

/// Decimals assumed at least, as trailing zeros may be left out.
const LEAST_DECIMALS: usize = 2;

impl Written {
    /// Whether it equals a number up to rounding to its decimals and some slack.
    fn is(self, number: f64, slack: f64) -> bool {
        let unit = 0.1_f64.powi(self.decimals.max(LEAST_DECIMALS) as i32);
        (self.value - number).abs() <= unit / 2.0 + slack + 1e-9
    }
}

/// A row of a roster file: one stretch of an agent's shift.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterRow {
    /// Line in the file.
    pub line: usize,
    /// Date on which the shift starts.
    pub date: NaiveDate,
    /// The agent.
    pub agent: AgentId,
    /// Code of the shift.
    pub shift: String,
    /// Start of the stretch.
    pub start: NaiveDateTime,
    /// End of the stretch.
    pub end: NaiveDateTime,
    /// Unpaid meals in it.
    pub meals: Vec<Break>,
    /// Paid rests in it.
    pub rests: Vec<Break>,
    /// Queues the agent may serve, in routing order.
    pub queues: Vec<QueueId>,
    /// Paid hours.
    pub paid: Written,
    /// Overtime among the paid hours, if given.
    pub overtime: Option<Written>,
    /// Multiple of the base rate, if given.
    pub rate: Option<Written>,
    /// Whether a planner pinned the shift.
    pub pinned: bool,
    /// Site, if given.
    pub site: Option<String>,
}

/// A roster file as read.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// use peakshift::{roster::{check_file, check_rows}, time::read_stamp, workforce::AgentId};
/// // eight hours from 09:00 to 17:00, written as nine
/// let (start, end, paid) = (read_stamp("2026-11-30T09:00")?, read_stamp("2026-11-30T17:00")?, Written { value: 9.0, decimals: 0 });
/// let (agent, shift, queues) = (AgentId::new("A"), "D".to_owned(), problem.people[0].employee.skills.clone());
/// let (meals, rests, overtime, rate, site) = (vec![], vec![], None, None, None);
/// let row = RosterRow { line: 2, date: first, agent, shift, start, end, meals, rests, queues, paid, overtime, rate, pinned: false, site };
/// let file = RosterFile { rows: vec![row], columns: ["queue", "meal_start"].map(str::to_owned).into() };
/// let found = check_rows(&problem, &file);
/// assert_eq!((found[0].rule, found[0].found.as_str(), found[0].allowed.as_str()), ("row_hours", "9", "8"));
/// let roster = Roster { assignments: vec![with_shift(&problem, &problem.people[0], &problem.shifts[0], first)] };
/// assert_eq!(check_file(&problem, &file, &roster), found); // the shift itself breaks no rule
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterFile {
    /// Rows of the file.
    pub rows: Vec<RosterRow>,
    /// Columns of the file; what is missing cannot be checked.
    pub columns: Vec<String>,
}

impl RosterFile {
    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Columns left unchecked: missing ones, and overtime and rates where meal times are missing.
    #[must_use]
    pub fn unchecked(&self) -> Vec<&'static str> {
        let of_money = ["overtime_hours", "pay_rate"];
        let is_unchecked = |column: &&str| !self.has(column) || (of_money.contains(column) && !self.has("meal_start"));
        OPTIONAL.into_iter().filter(is_unchecked).collect()
    }
}

/// Rules that cannot be checked without a column: without meals it is unknown which minutes are paid.
const WITHOUT: [(&str, &[&str]); 3] =
    [("meal_start", &["meals", "row_hours", "overtime_hours", "pay_rate"]), ("breaks", &["rests"]), ("activity", &["reserve"])];
/// Columns that a file may lack.
const OPTIONAL: [&str; 7] = ["meal_start", "breaks", "activity", "queue", "overtime_hours", "pay_rate", "pinned"];

/// All broken rules of a roster file: those of [`check`] on its shifts, and those of its rows. Missing columns are not reported as
/// violations.
#[must_use]
pub fn check_file(problem: &RosterProblem, file: &RosterFile, roster: &Roster) -> Vec<Violation> {
    let mut violations = check(problem, roster);
    violations.extend(check_rows(problem, file));
    for violation in violations.iter_mut().filter(|violation| violation.rule == "two_shifts") {
        let is_of = |row: &&RosterRow| (&row.agent, row.date) == (&violation.agent, violation.date);
        let lines: Vec<String> = file.rows.iter().filter(is_of).map(|row| row.line.to_string()).collect();
        violation.found = format!("{}, lines {}", violation.found, lines.join(" "));
    }
    let untold: Vec<&str> = WITHOUT.iter().filter(|(column, _)| !file.has(column)).flat_map(|(_, rules)| *rules).copied().collect();
    violations.retain(|violation| !untold.contains(&violation.rule));
    violations.sort_by(|a, b| (&a.agent, a.date).cmp(&(&b.agent, b.date)));
    violations
}

/// Rows of a roster file that contradict themselves or the plan, or break the law on working hours: what `check` cannot see in joined
/// shifts. Unknown people and shifts are left to `check`.
#[must_use]
pub fn check_rows(problem: &RosterProblem, file: &RosterFile) -> Vec<Violation> {
    let mut of_agent: BTreeMap<&AgentId, Vec<&RosterRow>> = BTreeMap::new();
    file.rows.iter().for_each(|row| of_agent.entry(&row.agent).or_default().push(row));
    let mut violations = Vec::new();
    for person in &problem.people {
        if let Some(rows) = of_agent.remove(&person.employee.id) {
            let mut reading = Reading { problem, person, file, violations: &mut violations };
            reading.rows(rows);
        }
    }
    violations
}

/// Check of one person's rows.
struct Reading<'a> {
    problem: &'a RosterProblem,
    person: &'a Person,
    file: &'a RosterFile,
    violations: &'a mut Vec<Violation>,
}

impl Reading<'_> {
    fn rows(&mut self, rows: Vec<&RosterRow>) {
        let mut shifts: BTreeMap<(NaiveDate, &str), Vec<&RosterRow>> = BTreeMap::new();
        for row in rows {
            self.row(row);
            shifts.entry((row.date, &row.shift)).or_default().push(row);
        }
        let mut balances = Balances::at_horizon(self.problem, self.person);
        let mut excused = self.person.excused.iter().peekable();
        for ((date, code), mut rows) in shifts {
            // a shift prevented by an absence counts as worked
            while let Some(duty) = excused.next_if(|duty| duty.date < date) {
                balances.work(duty.date, duty.paid);
            }
            rows.sort_by_key(|row| (row.start, row.end));
            self.joined(&rows);
            if let Some(template) = self.problem.shifts.iter().find(|shift| shift.id == code) {
                // a minute on reserve counts in part, so rates may change within one
                let slack = if template.is_reserve { Hours::from_minutes(1) } else { Hours::ZERO };
                let minutes = balances.walk(date, &whole(template, &rows, self.person.zone.as_ref()));
                let mut left = &minutes[..];
                for (place, row) in rows.iter().enumerate() {
                    let (of_row, after) = left.split_at(if place + 1 == rows.len() { left.len() } else { minutes_of(row, left) });
                    self.money(row, of_row, slack);
                    left = after;
                }
            }
        }
    }

    fn report(&mut self, rule: &'static str, row: &RosterRow, found: impl ToString, allowed: impl ToString) {
        let (agent, date) = (row.agent.clone(), row.date);
        self.violations.push(Violation { rule, agent, date, found: found.to_string(), allowed: allowed.to_string() });
    }

    /// Checks a row by itself.
    fn row(&mut self, row: &RosterRow) {
        let employee = &self.person.employee;
        let named = |queues: &[QueueId]| queues.iter().map(ToString::to_string).collect::<Vec<_>>().join(";");
        let is_served_once = |(place, queue): (usize, &QueueId)| employee.skills.contains(queue) && !row.queues[..place].contains(queue);
        if self.file.has("queue") && (row.queues.is_empty() || !row.queues.iter().enumerate().all(is_served_once)) {
            self.report("queue", row, named(&row.queues), named(&employee.skills));
        }
        let site = employee.site.as_ref().map(|site| site.id.as_str());
        if self.file.has("site") && row.site.as_deref() != site {
            self.report("site", row, row.site.as_deref().unwrap_or(""), site.unwrap_or(""));
        }
        let is_fixed = self.person.pins.iter().any(|pin| pin.date == row.date && pin.shift.as_deref() == Some(&row.shift));
        if self.file.has("pinned") && row.pinned != is_fixed {
            let word = |yes: bool| if yes { "yes" } else { "no" };
            self.report("pinned", row, word(row.pinned), word(is_fixed));
        }
        let pauses = row.meals.iter().chain(&row.rests);
        let outside = |pause: &&Break| pause.start < row.start || pause.start >= row.end || row.end < row.start + length(pause);
        if let Some(pause) = pauses.clone().find(outside) {
            self.report("break_outside", row, format!("{}/{}", pause.start.format("%H:%M"), pause.minutes), from_to(row.start, row.end));
        }
    }

    /// Checks that a shift's rows are contiguous and its breaks do not overlap.
    fn joined(&mut self, rows: &[&RosterRow]) {
        for pair in rows.windows(2).filter(|pair| pair[0].end != pair[1].start) {
            let (line, other) = (pair[0].line.min(pair[1].line), pair[0].line.max(pair[1].line));
            let found = format!("{}, lines {line} {other}", pair[1].start.format("%H:%M"));
            self.report("rows_apart", pair[1], found, pair[0].end.format("%H:%M"));
        }
        let mut pauses: Vec<&Break> = rows.iter().flat_map(|row| row.meals.iter().chain(&row.rests)).collect();
        pauses.sort();
        for pair in pauses.windows(2).filter(|pair| pair[1].start < pair[0].start + length(pair[0])) {
            let found = format!("{}/{}", pair[1].start.format("%H:%M"), pair[1].minutes);
            self.report("breaks_meet", rows[0], found, (pair[0].start + length(pair[0])).format("%H:%M"));
        }
    }

    /// Checks paid hours, overtime and pay rate of a row against the minutes of its shift.
    fn money(&mut self, row: &RosterRow, minutes: &[Minute], slack: Hours) {
        let shown = |written: Option<Written>| written.map(|of| format!("{:.1$}", of.value, of.decimals)).unwrap_or_default();
        let hours =
            |is_meant: fn(&Minute) -> bool| minutes.iter().filter(|minute| is_meant(minute)).map(|minute| minute.paid).sum::<Hours>();
        let paid = hours(|_| true);
        if !row.paid.is(paid.get(), slack.get()) {
            self.report("row_hours", row, shown(Some(row.paid)), hours_text(paid));
        }
        let overtime = hours(|minute| minute.is_overtime);
        if self.file.has("overtime_hours") && !row.overtime.is_some_and(|said| said.is(overtime.get(), slack.get())) {
            self.report("overtime_hours", row, shown(row.overtime), hours_text(overtime));
        }
        let differs = |minute: &&Minute| !row.rate.is_some_and(|said| said.is(minute.rate.get(), 0.0));
        // the minute in which a rate changes may lie on either side
        if self.file.has("pay_rate") && minutes.iter().filter(differs).count() > 1 {
            let mut rates: Vec<String> = minutes.iter().map(|minute| format!("{:.2}", minute.rate.get())).collect();
            rates.dedup();
            self.report("pay_rate", row, shown(row.rate), rates.join(";"));
        }
    }
}

/// Hours as written in roster files.
fn hours_text(hours: Hours) -> String {
    format!("{:.4}", hours.get()).trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn length(pause: &Break) -> TimeDelta {
    TimeDelta::minutes(i64::from(pause.minutes))
}

/// The whole shift that a set of rows makes up.
fn whole(template: &ShiftTemplate, rows: &[&RosterRow], zone: Option<&Zone>) -> Shift {
    let of_meal = |meal: &Break| (meal.start, meal.minutes);
    Shift {
        start: rows.iter().map(|row| row.start).min().unwrap_or_default(),
        end: rows.iter().map(|row| row.end).max().unwrap_or_default(),
        meals: rows.iter().flat_map(|row| &row.meals).map(of_meal).collect(),
        pace: pace_of(template),
        zone: zone.cloned(),
    }
}

/// Number of the remaining minutes of a shift that belong to a row: those up to its end or, where that time repeats, up to the occurrence
/// that matches its paid hours.
fn minutes_of(row: &RosterRow, left: &[Minute]) -> usize {
    let ends: Vec<usize> =
        (0..left.len()).filter(|&place| left[place].at >= row.end && (place == 0 || left[place - 1].at < row.end)).collect();
    let paid = |minutes: usize| left[..minutes].iter().map(|minute| minute.paid).sum::<Hours>();
    let off = |minutes: &usize| (paid(*minutes).get() - row.paid.value).abs();
    ends.into_iter().min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(left.len())
}
