//! The rows of a roster file, each re-counted from itself: times that join, breaks inside, queues, paid hours, overtime, pay rate, pins.

use super::clock::from_to;
use super::pay::{Balances, Minute, Shift};
use super::{ShiftTemplate, Violation};
use crate::roster::pattern::Break;
use crate::roster::problem::{Person, RosterProblem};
use crate::service::QueueId;
use crate::workforce::AgentId;
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::collections::BTreeMap;

/// A row of a roster file: a stretch of somebody's shift.
#[derive(Clone, Debug, PartialEq)]
pub struct RosterRow {
    /// Its line in the file.
    pub line: usize,
    /// The day the shift starts.
    pub date: NaiveDate,
    /// Who.
    pub agent: AgentId,
    /// The code of the shift.
    pub shift: String,
    /// When the stretch starts.
    pub start: NaiveDateTime,
    /// When it ends.
    pub end: NaiveDateTime,
    /// Unpaid meals in it.
    pub meals: Vec<Break>,
    /// Paid rests in it.
    pub rests: Vec<Break>,
    /// The queues she may serve, in routing order.
    pub queues: Vec<QueueId>,
    /// Paid hours in it.
    pub paid: f64,
    /// Hours of these beyond the regular ones, if the row says.
    pub overtime: Option<f64>,
    /// The multiple of the base rate, if the row says.
    pub rate: Option<f64>,
    /// Whether a planner fixed the shift.
    pub pinned: bool,
    /// Where she works, if the row says.
    pub site: Option<String>,
}

/// A roster file as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterFile {
    /// Its rows.
    pub rows: Vec<RosterRow>,
    /// Its columns: what it does not have cannot be checked.
    pub columns: Vec<String>,
}

impl RosterFile {
    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }
}

/// Hours that differ by less than about a minute are the same but for rounding.
const HOURS: f64 = 0.02;
/// Rates that differ by less are the same but for rounding.
const RATE: f64 = 0.006;

/// Whatever in the rows of a roster file does not agree with itself, the plan or the law of its hours: what `check` cannot see in joined
/// shifts. People and shifts that are not known are left to `check`.
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

/// One person's rows.
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
            // a shift that an absence kept her from counts as done
            while let Some(duty) = excused.next_if(|duty| duty.date < date) {
                balances.work(duty.date, duty.paid.get());
            }
            rows.sort_by_key(|row| (row.start, row.end));
            self.joined(&rows);
            if let Some(template) = self.problem.shifts.iter().find(|shift| shift.id == code) {
                let minutes = balances.walk(date, &whole(template, &rows, self.person.zone.as_ref()));
                let mut left = &minutes[..];
                for (place, row) in rows.iter().enumerate() {
                    let (of_row, after) = left.split_at(if place + 1 == rows.len() { left.len() } else { minutes_of(row, left) });
                    self.money(row, of_row);
                    left = after;
                }
            }
        }
    }

    fn report(&mut self, rule: &'static str, row: &RosterRow, found: impl ToString, allowed: impl ToString) {
        let (agent, date) = (row.agent.clone(), row.date);
        self.violations.push(Violation { rule, agent, date, found: found.to_string(), allowed: allowed.to_string() });
    }

    /// Each row alone.
    fn row(&mut self, row: &RosterRow) {
        let employee = &self.person.employee;
        let named = |queues: &[QueueId]| queues.iter().map(ToString::to_string).collect::<Vec<_>>().join(";");
        if self.file.has("queue") && row.queues != employee.skills {
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

    /// A shift's rows follow one another without a gap, and no two breaks meet.
    fn joined(&mut self, rows: &[&RosterRow]) {
        for pair in rows.windows(2).filter(|pair| pair[0].end != pair[1].start) {
            self.report("rows_apart", pair[1], pair[1].start.format("%H:%M"), pair[0].end.format("%H:%M"));
        }
        let mut pauses: Vec<&Break> = rows.iter().flat_map(|row| row.meals.iter().chain(&row.rests)).collect();
        pauses.sort();
        for pair in pauses.windows(2).filter(|pair| pair[1].start < pair[0].start + length(pair[0])) {
            let found = format!("{}/{}", pair[1].start.format("%H:%M"), pair[1].minutes);
            self.report("breaks_meet", rows[0], found, (pair[0].start + length(pair[0])).format("%H:%M"));
        }
    }

    /// Paid hours, overtime and pay rate of a row against the minutes of its shift.
    fn money(&mut self, row: &RosterRow, minutes: &[Minute]) {
        let inside = || minutes.iter();
        let paid: f64 = inside().map(|minute| minute.paid).sum();
        if (paid - row.paid).abs() > HOURS {
            self.report("row_hours", row, row.paid, format!("{paid:.2}"));
        }
        let overtime: f64 = inside().filter(|minute| minute.is_overtime).map(|minute| minute.paid).sum();
        if self.file.has("overtime_hours") && row.overtime.is_none_or(|said| (said - overtime).abs() > HOURS) {
            self.report("overtime_hours", row, row.overtime.map(|said| said.to_string()).unwrap_or_default(), format!("{overtime:.2}"));
        }
        let differs = |minute: &&Minute| row.rate.is_none_or(|said| (said - minute.rate).abs() > RATE);
        // the minute in which a rate changes may lie on either side
        if self.file.has("pay_rate") && inside().filter(differs).count() > 1 {
            let mut rates: Vec<String> = inside().map(|minute| format!("{:.2}", minute.rate)).collect();
            rates.dedup();
            self.report("pay_rate", row, row.rate.map(|said| format!("{said:.2}")).unwrap_or_default(), rates.join(";"));
        }
    }
}

fn length(pause: &Break) -> TimeDelta {
    TimeDelta::minutes(i64::from(pause.minutes))
}

/// The whole of a shift of which these are the rows.
fn whole(template: &ShiftTemplate, rows: &[&RosterRow], zone: Option<&Zone>) -> Shift {
    let of_meal = |meal: &Break| (meal.start, meal.minutes);
    Shift {
        start: rows.iter().map(|row| row.start).min().unwrap_or_default(),
        end: rows.iter().map(|row| row.end).max().unwrap_or_default(),
        meals: rows.iter().flat_map(|row| &row.meals).map(of_meal).collect(),
        pace: if template.is_reserve { template.paid.get() * 60.0 / f64::from(template.span_minutes.max(1)) } else { 1.0 },
        zone: zone.cloned(),
    }
}

/// How many of a shift's minutes that are left are a row's: those up to the time of its end. Where that comes twice, the time at which its paid
/// hours are done.
fn minutes_of(row: &RosterRow, left: &[Minute]) -> usize {
    let ends: Vec<usize> =
        (0..left.len()).filter(|&place| left[place].at >= row.end && (place == 0 || left[place - 1].at < row.end)).collect();
    let paid = |minutes: usize| left[..minutes].iter().map(|minute| minute.paid).sum::<f64>();
    let off = |minutes: &usize| (paid(*minutes) - row.paid).abs();
    ends.into_iter().min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(left.len())
}
