//! The tables of a plan: every file of columns that planners get.

use super::explained::{explained_days, explained_parts};
use super::sheet::{Cell, Sheet};
use crate::forecast::{LEVELS, Override};
use crate::plan::{Inputs, QueueForecast, QueueRequirement, promised};
use crate::risk::StaffingRisk;
use crate::roster::{Assignment, PaidStretch, Person, QueueCoverage, Roster, RosterProblem, excused_stretches, idle_hours, paid_stretches};
use crate::service::{Channel, Queue};
use crate::simulate::{Attained, Estimate};
use crate::staffing::{IntervalNeed, Promise};
use crate::units::Hours;
use crate::words::{Lang, Part, say};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

pub(super) fn stamp(time: NaiveDateTime) -> Cell {
    Cell::text(time.format("%Y-%m-%dT%H:%M"))
}

pub(super) fn date(date: NaiveDate) -> Cell {
    Cell::text(date)
}

/// `start,queue,volume,q0.025…q0.975,to_people,handling_seconds,event,before_override,override_author,override_reason`: offered
/// contacts, their quantiles, what reaches people, the events that are on, and what planners corrected.
#[must_use]
pub fn forecast(inputs: &Inputs, forecasts: &[QueueForecast]) -> Sheet {
    let mut sheet = Sheet::new("forecast", &["start", "queue", "volume"]);
    sheet.columns.extend(LEVELS.map(|level| format!("q{level}")));
    let columns = ["to_people", "handling_seconds", "event", "before_override", "override_author", "override_reason"];
    sheet.columns.extend(columns.map(String::from));
    for (of, forecast) in inputs.queues.iter().zip(forecasts) {
        let offered = &forecast.offered;
        for index in (0..offered.mean.grid().len()).filter(|&index| offered.expected[index]) {
            let mut row =
                vec![stamp(offered.mean.grid().start(index)), Cell::text(&forecast.queue), Cell::number(offered.mean[index].get(), 4)];
            row.extend(offered.quantiles[index].map(|count| Cell::number(count.get(), 4)));
            let slot = forecast.demand[index];
            row.extend([Cell::number(slot.contacts.get(), 4), Cell::number(of.queue.handling.get() * slot.handling.get(), 1)]);
            let start = offered.mean.grid().start(index);
            let end = offered.mean.grid().end(index);
            let on = inputs.events.iter().filter(|event| event.touches(&forecast.queue) && event.share_of(start, end) > 0.0);
            row.push(joined(on.map(|event| event.name.as_str())));
            let changes: Vec<&Override> = of.overrides.iter().filter(|change| change.covers(start)).collect();
            row.push(if changes.is_empty() { Cell::Empty } else { Cell::number(forecast.modelled.mean[index].get(), 4) });
            row.push(joined(changes.iter().map(|change| change.author.as_str())));
            row.push(joined(changes.iter().map(|change| change.reason.as_str())));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// `staff_to,agent_hours,expected_short_hours,shortage_cost,expected_idle_hours,idle_cost,cost`: what staffing to each level costs.
#[must_use]
pub fn staffing_risk(risks: &[StaffingRisk]) -> Sheet {
    let columns = ["staff_to", "agent_hours", "expected_short_hours", "shortage_cost", "expected_idle_hours", "idle_cost", "cost"];
    let mut sheet = Sheet::new("staffing_risk", &columns);
    for risk in risks {
        let mut row = vec![Cell::text(risk.level.map_or_else(|| "mean".to_owned(), |level| format!("q{level}")))];
        let of = risk.mismatch;
        let figures = [risk.agent_hours, of.short_hours, of.short_cost, of.idle_hours, of.idle_cost, of.cost()];
        row.extend(figures.map(|figure| Cell::number(figure, 1)));
        sheet.rows.push(row);
    }
    sheet
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Cell {
    let texts: Vec<&str> = texts.collect();
    if texts.is_empty() { Cell::Empty } else { Cell::text(texts.join(";")) }
}

/// `date,queue,level,weekday,calendar,season,events,drivers,other_methods,override,volume,stated_multiplier,learned_multiplier`: what each
/// day's forecast is made of, in contacts. The level is a mean day's; each column after it is what its part adds or takes, one after the
/// other, so that a row adds up to its volume. Where planners state what an event multiplies its hours by and past events say so, too,
/// both factors stand behind it; the forecast uses their mean by how sure each is.
#[must_use]
pub fn forecast_explained(forecasts: &[QueueForecast]) -> Sheet {
    let columns = explained_parts().map(|(column, _)| column);
    let mut sheet = Sheet::new("forecast_explained", &["date", "queue"]);
    sheet.columns.extend(columns.map(String::from));
    sheet.columns.extend(["stated_multiplier", "learned_multiplier"].map(String::from));
    for forecast in forecasts {
        for day in explained_days(forecast) {
            let mut row = vec![date(day.date), Cell::text(&forecast.queue)];
            row.extend(day.parts.map(|contacts| Cell::number(contacts, 2)));
            let multipliers = day.multipliers.map(|(stated, learned)| [stated, learned].map(|factor| Cell::number(factor, 2)));
            row.extend(multipliers.unwrap_or([Cell::Empty, Cell::Empty]));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// The flat form: `start,queue,volume,q0.025…q0.975`.
#[must_use]
pub fn flat_forecast(forecasts: &[(String, crate::forecast::Forecast)]) -> Sheet {
    let mut sheet = Sheet::new("forecast", &["start", "queue", "volume"]);
    sheet.columns.extend(LEVELS.map(|level| format!("q{level}")));
    for (queue, forecast) in forecasts {
        for index in (0..forecast.mean.grid().len()).filter(|&index| forecast.expected[index]) {
            let mut row = vec![stamp(forecast.mean.grid().start(index)), Cell::text(queue), Cell::number(forecast.mean[index].get(), 4)];
            row.extend(forecast.quantiles[index].map(|count| Cell::number(count.get(), 4)));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// `start,queue,load_erlangs,required,required_stationary,service_level,asa_seconds,abandonment,occupancy,added_by_simulation,
/// changing_load_erlangs,asked_for`: what is needed, what the formula promises with it (service level: answered within the queue's time over
/// offered) by the load that asks for them, and for whom people are asked. `asked` is the question put to the roster room where simulation has
/// added to the formulas' need.
#[must_use]
pub fn requirement(inputs: &Inputs, requirements: &[QueueRequirement], asked: Option<&RosterProblem>) -> Sheet {
    let columns = [
        "start",
        "queue",
        "load_erlangs",
        "required",
        "required_stationary",
        "service_level",
        "asa_seconds",
        "abandonment",
        "occupancy",
        "added_by_simulation",
        "changing_load_erlangs",
        "asked_for",
    ];
    let mut sheet = Sheet::new("requirement", &columns);
    for (place, (of, requirement)) in inputs.queues.iter().zip(requirements).enumerate() {
        for (slot, need) in requirement.need.values().iter().enumerate() {
            let start = requirement.need.grid().start(slot);
            let is_open = of.queue.hours.is_open(start);
            if !is_open && need.contacts.get() == 0.0 {
                continue;
            }
            let required = asked.map_or(need.required.get(), |problem| problem.demand[place].required[slot]);
            let mut row = vec![stamp(start), Cell::text(&requirement.queue), Cell::number(need.load.get(), 6)];
            row.extend([required, need.required_stationary.get()].map(|agents| Cell::number(agents, 4)));
            row.extend(figures_with(&of.queue, need, if is_open { required } else { 0.0 }));
            // a requirement without a roster does not say what simulation would add
            row.push(asked.map_or(Cell::Empty, |_| Cell::number(required - need.required.get(), 4)));
            row.push(Cell::number(need.changing_load.get(), 4));
            row.push(Cell::text(asked_for(&of.queue, need, required)));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// What the formula promises with the required agents. Empty where it says nothing: of deferred work, where nobody is asked for those who
/// come, where only contacts in hand are asked for, and where the queue's own agents would not keep up without the other queues' people.
fn figures_with(queue: &Queue, need: &IntervalNeed, required: f64) -> [Cell; 4] {
    let nobody_comes = need.contacts.get() == 0.0;
    if nobody_comes && required == 0.0 && queue.channel != Channel::Deferred {
        return promise_cells(Promise { service_level: 1.0, asa: 0.0, abandonment: 0.0, occupancy: 0.0 });
    }
    let has_formula = queue.channel != Channel::Deferred && required > 0.0 && !nobody_comes;
    let promise = has_formula.then(|| promised(queue, need, required)).filter(|promise| promise.asa.is_finite());
    promise.map_or([const { Cell::Empty }; 4], promise_cells)
}

/// For whom people are asked in an interval.
fn asked_for(queue: &Queue, need: &IntervalNeed, required: f64) -> &'static str {
    match (&queue.channel, need.contacts.get() > 0.0) {
        _ if required == 0.0 => "",
        _ if need.required.get() == 0.0 => "simulation",
        (Channel::Deferred, _) => "waiting_work",
        (_, true) => "contacts",
        (_, false) => "in_hand",
    }
}

/// Service level, ASA, abandonment and occupancy.
pub(super) fn promise_cells(promise: Promise) -> [Cell; 4] {
    [promise.service_level, promise.asa, promise.abandonment, promise.occupancy].map(|figure| Cell::number(figure, 4))
}

/// The roster in the long form: a row per stretch of one activity at one pay rate, by the clocks where it is worked; the site last, where
/// there are sites. It can be read back without loss.
#[must_use]
pub fn roster(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let with_sites = problem.people.iter().any(|person| person.employee.site.is_some());
    let mut columns = vec![
        "date",
        "agent_id",
        "shift",
        "start",
        "end",
        "meal_start",
        "breaks",
        "activity",
        "queue",
        "paid_hours",
        "overtime_hours",
        "pay_rate",
        "pinned",
    ];
    columns.extend(with_sites.then_some("site"));
    let mut sheet = Sheet::new("roster", &columns);
    let mut rows: Vec<(NaiveDate, String, Vec<Cell>)> = Vec::new();
    for person in &problem.people {
        let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
        for (assignment, stretches) in assignments.iter().zip(paid_stretches(problem, person, &assignments)) {
            rows.extend(stretches.iter().map(|stretch| {
                let mut row = roster_row(assignment, stretch);
                row.extend(with_sites.then(|| person.employee.site.as_ref().map_or(Cell::Empty, |site| Cell::text(&site.id))));
                (assignment.date, assignment.agent.to_string(), row)
            }));
        }
    }
    rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    sheet.rows = rows.into_iter().map(|(_, _, row)| row).collect();
    sheet
}

fn roster_row(assignment: &Assignment, stretch: &PaidStretch) -> Vec<Cell> {
    let inside = |pauses: &[crate::roster::Break]| {
        let pauses = pauses.iter().filter(|pause| stretch.start <= pause.start && pause.start < stretch.end);
        pauses.map(|pause| format!("{}/{}", pause.start.format("%H:%M"), pause.minutes)).collect::<Vec<_>>().join(";")
    };
    let queues: Vec<&str> = assignment.queues.iter().map(crate::service::QueueId::as_str).collect();
    vec![
        date(assignment.date),
        Cell::text(&assignment.agent),
        Cell::text(&assignment.shift),
        stamp(stretch.start),
        stamp(stretch.end),
        Cell::text(inside(&assignment.meals)),
        Cell::text(inside(&assignment.rests)),
        Cell::text(stretch.activity.as_deref().unwrap_or("work")),
        Cell::text(queues.join(";")),
        Cell::number(stretch.paid.get(), 4),
        Cell::number(stretch.overtime.get(), 4),
        Cell::number(stretch.rate.get(), 2),
        Cell::text(if assignment.pinned { "yes" } else { "no" }),
    ]
}

/// One row a person, one column a day: the shift, a day off, leave or training; with hours at the end.
#[must_use]
pub fn matrix(problem: &RosterProblem, roster: &Roster, lang: Lang) -> Sheet {
    let word = |key: &str| say(lang, Part::Text, key, &[]);
    let mut sheet = Sheet::new("roster_matrix", &[]);
    sheet.columns = vec![word("agent"), word("team")];
    sheet.columns.extend(problem.horizon.dates().map(|date| format!("{} {}", date.format("%m-%d"), word(weekday_key(date.weekday())))));
    sheet.columns.extend([word("shifts"), word("paid_hours_total"), word("days_off")]);
    for person in &problem.people {
        let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
        let mut row = vec![Cell::text(&person.employee.id), Cell::text(&person.employee.team)];
        row.extend(problem.horizon.dates().map(|date| Cell::text(day_code(problem, person, &assignments, date, lang))));
        let hours: Hours = assignments.iter().map(|assignment| assignment.paid).sum();
        let days_off = problem.horizon.days - assignments.len().min(problem.horizon.days);
        row.extend([Cell::number(assignments.len() as f64, 0), Cell::number(hours.get(), 2), Cell::number(days_off as f64, 0)]);
        sheet.rows.push(row);
    }
    sheet
}

pub(super) fn weekday_key(weekday: Weekday) -> &'static str {
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][weekday.num_days_from_monday() as usize]
}

fn day_code(problem: &RosterProblem, person: &Person, assignments: &[&Assignment], date: NaiveDate, lang: Lang) -> String {
    if let Some(assignment) = assignments.iter().find(|assignment| assignment.date == date) {
        return shift_code(problem, &assignment.shift, lang);
    }
    let (start, end) = (crate::time::ClockTime::MIDNIGHT.on(date), crate::time::ClockTime::DAY_END.on(date));
    let absence = person.absences.iter().find(|absence| absence.overlaps(start, end));
    let key = match absence {
        Some(absence) if absence.is_training() => "code_training",
        Some(_) => "code_leave",
        None => "code_off",
    };
    say(lang, Part::Text, key, &[])
}

/// The shift's name without 班 in Chinese, its code in English.
pub(super) fn shift_code(problem: &RosterProblem, id: &str, lang: Lang) -> String {
    let shift = problem.shifts.iter().find(|shift| shift.id == id);
    match (lang, shift) {
        (Lang::Zh, Some(shift)) => shift.short_name().to_owned(),
        _ => id.to_owned(),
    }
}

/// Agents that are none with four decimals.
const ROUNDED_AWAY: f64 = 0.00005;

/// `start,queue,required,served,able,short_agents,added_by_simulation`: standard-speed agents at the desk, and what of those required
/// simulation added to the queue's own need, by which the roster can be measured when `requirement.csv` is another command's by then.
#[must_use]
pub fn coverage(requirements: &[QueueRequirement], problem: &RosterProblem, coverage: &[QueueCoverage]) -> Sheet {
    let columns = ["start", "queue", "required", "served", "able", "short_agents", "added_by_simulation"];
    let mut sheet = Sheet::new("coverage", &columns);
    for (of, requirement) in coverage.iter().zip(requirements) {
        for (slot, need) in requirement.need.values().iter().enumerate() {
            let added = of.required[slot] - need.required.get();
            if of.required[slot] <= 0.0 && of.able[slot] <= 0.0 && added.abs() < ROUNDED_AWAY {
                continue;
            }
            let mut row = vec![stamp(problem.grid.start(slot)), Cell::text(&of.queue)];
            row.extend([of.required[slot], of.served[slot], of.able[slot], of.short(slot)].map(|agents| Cell::number(agents, 4)));
            row.push(Cell::number(added, 4));
            sheet.rows.push(row);
        }
    }
    sheet
}

/// The chain through time (`formula_…`) and the simulation side by side, per interval of arrival and per day (`start` a date) and over all (`start` empty). Service
/// level: answered within the queue's time over offered; for deferred work finished within its window. ± is half the 95 %
/// confidence interval.
#[must_use]
pub fn service(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    coverage: &[QueueCoverage],
    promised: &[Vec<Promise>],
    attained: &[Attained],
) -> Sheet {
    let columns = [
        "start",
        "queue",
        "contacts",
        "required",
        "rostered",
        "short_agents",
        "formula_service_level",
        "formula_asa_seconds",
        "formula_abandonment",
        "formula_occupancy",
        "service_level",
        "service_level_pm",
        "asa_seconds",
        "asa_pm",
        "abandonment",
        "abandonment_pm",
        "occupancy",
        "occupancy_pm",
    ];
    let mut sheet = Sheet::new("service", &columns);
    for (queue, requirement) in requirements.iter().enumerate().take(inputs.queues.len()) {
        let (cover, attained) = (&coverage[queue], &attained[queue]);
        let grid = requirement.need.grid();
        for (slot, need) in requirement.need.values().iter().enumerate().filter(|(_, need)| need.contacts.get() > 0.0) {
            let mut row = vec![stamp(grid.start(slot)), Cell::text(&requirement.queue), Cell::number(need.contacts.get(), 4)];
            row.extend([cover.required[slot], cover.rostered[slot], cover.short(slot)].map(|agents| Cell::number(agents, 4)));
            row.extend(promise_cells(promised[queue][slot]));
            row.extend(simulated_cells(attained, slot..slot + 1));
            sheet.rows.push(row);
        }
        let per_day = grid.interval().per_day();
        let days = (0..grid.horizon().days).map(|day| (date(grid.horizon().date(day)), day * per_day..(day + 1) * per_day));
        for (label, slots) in days.chain([(Cell::Empty, 0..grid.len())]) {
            let contacts: f64 = slots.clone().map(|slot| requirement.need[slot].contacts.get()).sum();
            if contacts > 0.0 {
                let hours = |of: &dyn Fn(usize) -> f64| slots.clone().map(of).sum::<f64>() * grid.interval().hours();
                let sums = [hours(&|slot| cover.required[slot]), hours(&|slot| cover.rostered[slot]), hours(&|slot| cover.short(slot))];
                let mut row = vec![label, Cell::text(&requirement.queue), Cell::number(contacts, 4)];
                row.extend(sums.map(|hours| Cell::number(hours, 4)));
                row.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
                row.extend(simulated_cells(attained, slots));
                sheet.rows.push(row);
            }
        }
    }
    sheet
}

fn simulated_cells(attained: &Attained, slots: std::ops::Range<usize>) -> [Cell; 8] {
    let pair = |estimate: Estimate, decimals| [Cell::number(estimate.value, decimals), Cell::number(estimate.half_width, decimals)];
    let [level, level_pm] = pair(attained.service_level(slots.clone()), 4);
    let [asa, asa_pm] = pair(attained.asa(slots.clone()), 2);
    let [gone, gone_pm] = pair(attained.abandonment(slots.clone()), 4);
    let [busy, busy_pm] = pair(attained.occupancy(slots), 4);
    [level, level_pm, asa, asa_pm, gone, gone_pm, busy, busy_pm]
}

/// Paid hours by rate: base, 150, 200 and 300 %, in all, overtime, and hours paid but not worked.
#[must_use]
pub fn payroll(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let columns = [
        "agent_id",
        "contract",
        "hours_100",
        "hours_150",
        "hours_200",
        "hours_300",
        "hours_worked",
        "overtime_hours",
        "hours_paid_not_worked",
        "base_pay_per_hour",
        "pay",
    ];
    let mut sheet = Sheet::new("payroll_hours", &columns);
    for person in &problem.people {
        let assignments: Vec<&Assignment> = roster.of_agent(&person.employee.id).collect();
        let stretches: Vec<PaidStretch> = paid_stretches(problem, person, &assignments).into_iter().flatten().collect();
        let at = |rates: std::ops::Range<f64>| {
            stretches.iter().filter(|stretch| rates.contains(&stretch.rate.get())).map(|stretch| stretch.paid.get()).sum::<f64>()
        };
        let (base, plus50, plus100, plus200) = (at(0.0..1.25), at(1.25..1.75), at(1.75..2.5), at(2.5..99.0));
        let worked: f64 = stretches.iter().map(|stretch| stretch.paid.get()).sum();
        let overtime: f64 = stretches.iter().map(|stretch| stretch.overtime.get()).sum();
        let excused: Vec<PaidStretch> = excused_stretches(problem, person, &assignments).into_iter().flatten().collect();
        let idle = idle_hours(problem, person, &assignments) + excused.iter().map(|stretch| stretch.paid.get()).sum::<f64>();
        // hours of an absence are paid at the rates they would have had
        let raised: f64 = excused.iter().map(|stretch| stretch.paid.get() * (stretch.rate.get() - 1.0)).sum();
        let rated: f64 = raised + stretches.iter().map(|stretch| stretch.paid.get() * stretch.rate.get()).sum::<f64>();
        let rate = person.employee.pay.get();
        let mut row = vec![Cell::text(&person.employee.id), Cell::text(&person.employee.contract.id)];
        row.extend(
            [base, plus50, plus100, plus200, worked, overtime, idle, rate, (rated + idle) * rate].map(|hours| Cell::number(hours, 2)),
        );
        sheet.rows.push(row);
    }
    sheet
}
