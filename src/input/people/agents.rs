//! The agents file: people with skills and contracts.

use super::mentors::note_mentor_circles;
use crate::identifier::folded;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::levels::{LEVELS, level_of};
use crate::input::naming::names::Names;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::shifts::wish::{Shifts, Wish, wished};
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::plan::Inputs;
use crate::service::QueueId;
use crate::time::read_date;
use crate::units::Factor;
use crate::workforce::{AgentId, Contract, Employee, Level, Protection, Request, Site};
use std::collections::BTreeMap;
use std::path::Path;

const AGENTS: Shape = Shape {
    required: &["agent_id", "contract", "skills"],
    optional: &[
        "team",
        "level",
        "speed",
        "leader",
        "mentor_id",
        "hire_date",
        "preferred_shift",
        "day_off_request",
        "protected",
        "volunteers",
        "site",
    ],
    numbers: Numbers::Of(&["speed"]),
    closed: true,
};

/// The people, and the numbers of all, including those with refused rows.
pub(in crate::input) fn read(folder: &Path, plan: &PlanFile, shifts: Shifts, problems: &mut Problems) -> (Vec<Employee>, Names) {
    let table = plan.files.agents.as_ref().and_then(|file| Table::read(folder, file, AGENTS, problems));
    let Some(table) = table else { return Default::default() };
    let names = table.names("agent_id", |text| AgentId::parse(text).is_ok());
    let mut lines: BTreeMap<AgentId, usize> = BTreeMap::new();
    let mut folded_lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut employees = Vec::new();
    for row in table.rows() {
        let Some(id) = row.agent("agent_id", problems) else { continue };
        if let Some(line) = lines.get(&id) {
            row.note(problems, "twice", "agent_id", line);
            continue;
        }
        if let Some(line) = folded_lines.insert(folded(id.as_str()), row.line) {
            // each person has a file, and some file systems ignore case and width
            row.note(problems, "identifier_clash", "agent_id", line);
        }
        lines.insert(id.clone(), row.line);
        employees.extend(employee(&row, id, plan, shifts, problems));
    }
    let mut mentors: BTreeMap<AgentId, AgentId> = BTreeMap::new();
    for row in table.rows() {
        let (Some(id), Some(mentor)) = (row.get("agent_id"), row.get("mentor_id")) else { continue };
        if id == mentor {
            row.note(problems, "own_mentor", "mentor_id", "");
        } else if names.lack(mentor) {
            row.note(problems, "unknown_agent", "mentor_id", "");
        } else {
            mentors.entry(AgentId::new(id)).or_insert_with(|| AgentId::new(mentor));
        }
    }
    note_mentor_circles(&table, &mentors, problems);
    if table.is_empty() {
        problems.push(Problem { is_warning: true, ..of_file(&table.form.file, "nobody_yet") });
        // people referenced elsewhere may be missing here
        return Default::default();
    }
    (employees, names)
}

fn employee(row: &Row, id: AgentId, plan: &PlanFile, shifts: Shifts, problems: &mut Problems) -> Option<Employee> {
    let contract = contract(row, plan, problems);
    let skills = skills(row, plan, problems);
    let level = level(row, problems);
    let speed = row.factor("speed", 0.05..=5.0, problems).unwrap_or(Factor::ONE);
    let preferred_shift = preferred_shift(row, shifts, problems);
    let mut requests = Vec::new();
    for text in row.list("day_off_request") {
        let Some(text) = row.year_first(text) else { continue };
        match read_date(&text) {
            Some(date) if plan.leave_freeze.contains(&date) => row.note_as(problems, "request_in_freeze", "day_off_request", date, true),
            Some(date) => requests.push(Request::day_off(date)),
            None => row.note(problems, "not_a_date", "day_off_request", ""),
        }
    }
    Some(Employee {
        team: row.identifier("team", problems).unwrap_or("").to_owned(),
        level,
        speed,
        pay: plan.pay.of(level),
        leads: row.yes("leader", problems),
        mentor: row.get("mentor_id").and_then(|_| row.agent("mentor_id", problems)),
        hired: row.date("hire_date", problems),
        preferred_shift,
        requests,
        protection: protection(row, problems),
        volunteers: row.yes("volunteers", problems),
        site: site(row, plan, problems),
        contract: contract?,
        skills: skills?,
        id,
    })
}

/// Code of the preferred shift.
fn preferred_shift(row: &Row, shifts: Shifts, problems: &mut Problems) -> Option<String> {
    let text = row.get("preferred_shift")?;
    let wished = wished(row, "preferred_shift", text, shifts, problems);
    if wished == Wish::Off {
        row.note(problems, "unknown_shift", "preferred_shift", "");
    }
    wished.code()
}

fn contract(row: &Row, plan: &PlanFile, problems: &mut Problems) -> Option<Contract> {
    let name = row.text("contract", problems)?;
    let found = plan.contracts.iter().find(|contract| contract.id == name).cloned();
    if plan.names.contracts.lack(name) {
        row.note(problems, "unknown_contract", "contract", plan.names.contracts.listed());
    }
    found
}

fn site(row: &Row, plan: &PlanFile, problems: &mut Problems) -> Option<Site> {
    let name = row.get("site")?;
    let found = plan.sites.iter().find(|site| site.id == name).cloned();
    if plan.names.sites.lack(name) {
        row.note(problems, "unknown_site", "site", plan.names.sites.listed());
    }
    found
}

fn skills(row: &Row, plan: &PlanFile, problems: &mut Problems) -> Option<Vec<QueueId>> {
    row.text("skills", problems)?;
    let (queues, mut skills) = (plan.queue_names(), Vec::new());
    let named = row.list("skills");
    if named.is_empty() {
        row.note(problems, "list_empty", "skills", "");
    }
    for name in named {
        let queue = queues.get(name).cloned().unwrap_or_else(|| QueueId::new(name));
        if skills.contains(&queue) {
            row.note(problems, "listed_twice", "skills", name);
        } else if plan.queues.iter().any(|known| known.id == queue) {
            skills.push(queue);
        } else if plan.names.queues.lack(name) {
            row.note(problems, "unknown_queue", "skills", plan.names.queues.listed());
        }
    }
    Some(skills)
}

fn level(row: &Row, problems: &mut Problems) -> Level {
    level_of(row.get("level").unwrap_or("regular")).unwrap_or_else(|| {
        row.note(problems, "unknown_word", "level", LEVELS);
        Level::Regular
    })
}

fn protection(row: &Row, problems: &mut Problems) -> Protection {
    let mut protection = Protection::default();
    for word in row.list("protected") {
        match word.to_lowercase().as_str() {
            "no_late" => protection.no_late = true,
            "no_night" => protection.no_night = true,
            "no_overtime" => protection.no_overtime = true,
            _ => row.note(problems, "unknown_word", "protected", "no_late, no_night, no_overtime"),
        }
    }
    // a person exempt from late work is exempt from night work too
    protection.no_night |= protection.no_late;
    protection
}

/// Numbers of people that are all readable.
pub(in crate::input) fn numbers_of(inputs: &Inputs) -> Names {
    Names::of(inputs.employees.iter().map(|employee| &employee.id))
}
