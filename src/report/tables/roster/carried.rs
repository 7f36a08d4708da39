//! State carried from plan to plan: recent shifts, and time accounts over months with their burdens.

use crate::report::tables::cells::{date, stamp};
use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{Assignment, BURDENS, Roster, RosterProblem, TimeAccount};

/// Days before the next plan that rules over days and weeks depend on.
const DAYS_KEPT: i64 = 28;

/// Overtime of the month, and the distribution of burdens: late and night shifts, weekend days, nights of promotions, holiday hours, each
/// in this plan and in total (with the balance carried over); refused requests, preferred shifts. Without an `accounts.csv`, the next plan
/// reads this.
pub(in crate::report) fn fairness(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let totals = BURDENS.map(|burden| format!("{burden}_so_far"));
    let mut columns = vec!["agent_id", "team", "month", "overtime_hours", "balance_from", "balance_hours", "shifts", "hours"];
    columns.extend(BURDENS);
    columns.extend(totals.iter().map(String::as_str));
    columns.extend(["requests", "refused_requests", "preferred_shifts"]);
    let mut sheet = Sheet::new("fairness", &columns);
    let of_agent = roster.by_agent();
    for person in &problem.people {
        let employee = &person.employee;
        let assignments = of_agent.get(&employee.id).map_or(&[][..], Vec::as_slice);
        let account = TimeAccount::after(problem, person, assignments);
        let so_far = account.burdens.0;
        let asked = || employee.requests.iter().filter(|request| problem.horizon.day_of(request.date).is_some());
        let count = |holds: &dyn Fn(&Assignment) -> bool| assignments.iter().filter(|assignment| holds(assignment)).count() as f64;
        let mut numbers = vec![assignments.len() as f64, assignments.iter().map(|assignment| assignment.paid.get()).sum()];
        numbers.extend(so_far.iter().zip(person.account.burdens.0).map(|(so_far, before)| so_far - before));
        numbers.extend(so_far);
        let on = |date| assignments.iter().find(|assignment| assignment.date == date).map(|assignment| assignment.shift.as_str());
        numbers.push(asked().count() as f64);
        numbers.push(asked().filter(|request| !request.is_granted_by(on(request.date))).count() as f64);
        numbers.push(count(&|assignment| employee.preferred_shift.as_ref() == Some(&assignment.shift)));
        let mut row = vec![Cell::text(&employee.id), Cell::text(&employee.team)];
        row.extend(hours_so_far(&account));
        row.extend(numbers.into_iter().map(|number| Cell::number(number, 2)));
        sheet.rows.push(row);
    }
    sheet
}

/// Month of an account with its overtime, and first day of a long averaging period with its hours.
fn hours_so_far(account: &TimeAccount) -> [Cell; 4] {
    let month = account.month.map_or(Cell::Empty, |month| Cell::text(month.format("%Y-%m")));
    let balance = account.balance.map_or([Cell::Empty, Cell::Empty], |first| [date(first), Cell::number(account.balance_hours.get(), 2)]);
    let [first, hours] = balance;
    [month, Cell::number(account.overtime.get(), 2), first, hours]
}

/// `agent_id,month,overtime_hours,balance_from,balance_hours` and the burdens so far, at the end of the plan: the next plan's
/// `accounts.csv`.
pub(in crate::report) fn accounts(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let mut columns = vec!["agent_id", "month", "overtime_hours", "balance_from", "balance_hours"];
    columns.extend(BURDENS);
    let mut sheet = Sheet::new("accounts", &columns);
    let of_agent = roster.by_agent();
    for person in &problem.people {
        let assignments = of_agent.get(&person.employee.id).map_or(&[][..], Vec::as_slice);
        let account = TimeAccount::after(problem, person, assignments);
        let mut row = vec![Cell::text(&person.employee.id)];
        row.extend(hours_so_far(&account));
        row.extend(account.burdens.0.map(|burden| Cell::number(burden, 2)));
        sheet.rows.push(row);
    }
    sheet
}

/// `date,agent_id,shift,start,end,paid_hours` of the last four weeks: the next plan's `previous_roster.csv`.
pub(in crate::report) fn previous_roster(problem: &RosterProblem, roster: &Roster) -> Sheet {
    let mut sheet = Sheet::new("previous_roster", &["date", "agent_id", "shift", "start", "end", "paid_hours"]);
    let of_agent = roster.by_agent();
    let recent = |day: chrono::NaiveDate| (problem.horizon.end() - day).num_days() <= DAYS_KEPT;
    for person in &problem.people {
        let past = person.past.iter().map(|duty| (duty.date, duty.shift.as_str(), duty.start, duty.end, duty.paid));
        let assignments = of_agent.get(&person.employee.id).into_iter().flatten().copied();
        // hours lost to an absence count as worked in the next plan's first week too
        let mut done: Vec<&Assignment> = assignments.chain(&person.excused).collect();
        done.sort_by_key(|of| of.start);
        let now = done.iter().map(|of: &&Assignment| (of.date, of.shift.as_str(), of.start, of.end, of.paid));
        for (day, shift, start, end, paid) in past.chain(now).filter(|duty| recent(duty.0)) {
            let agent = Cell::text(&person.employee.id);
            sheet.rows.push(vec![date(day), agent, Cell::text(shift), stamp(start), stamp(end), Cell::number(paid.get(), 4)]);
        }
    }
    sheet
}
