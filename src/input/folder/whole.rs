//! Reading a whole plan folder: `plan.toml` and the tables it names, with all problems at once.

use super::place::Folder;
use crate::input::history::counts;
use crate::input::known_ahead::idle_promotions::note_idle;
use crate::input::known_ahead::{calendar, day_curves, drivers, overrides, promotions};
use crate::input::naming::names::Names;
use crate::input::people::{absences, accounts, agents, requests};
use crate::input::plan_file::plan::PlanFile;
use crate::input::plan_file::resettings::{Setting, with_settings};
use crate::input::plan_file::sections;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::roster::{pins, roster_file};
use crate::input::shifts::shifts_file;
use crate::input::shifts::wish::Shifts;
use crate::intraday::Counts;
use crate::plan::{Inputs, QueueInputs};
use crate::roster::{PastDuty, TimeAccount};
use crate::workforce::{Absence, AgentId, Employee};
use std::collections::BTreeMap;

/// Result of reading, with all problems.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The inputs, if planning can go on.
    pub inputs: Option<Inputs>,
    /// All errors and warnings.
    pub problems: Problems,
}

/// Data on people.
struct Team {
    employees: Vec<Employee>,
    /// Numbers of all people, including those with refused rows.
    numbers: Names,
    absences: Vec<Absence>,
    past: BTreeMap<AgentId, Vec<PastDuty>>,
    accounts: BTreeMap<AgentId, TimeAccount>,
}

impl Folder {
    /// Reads the whole folder.
    #[must_use]
    pub fn read(&self) -> Reading {
        self.read_with(&[])
    }

    /// Reads the whole folder, with some settings of the plan file changed.
    pub(in crate::input) fn read_with(&self, settings: &[Setting]) -> Reading {
        let mut problems = Problems::default();
        let inputs = self.read_inputs(settings, &mut problems).filter(|_| !problems.has_errors());
        Reading { inputs, problems }
    }

    fn read_inputs(&self, settings: &[Setting], problems: &mut Problems) -> Option<Inputs> {
        let text = self.plan_text(problems)?;
        let text = if settings.is_empty() { text } else { with_settings(&text, settings) };
        let plan = sections::read(&self.plan, &text, problems)?;
        if plan.is_whole {
            return Some(self.read_tables(plan, problems));
        }
        // follow-up problems of a malformed plan file: files with unreadable names are missing, and queues have no counts
        let mut found = problems.clone();
        let inputs = self.read_tables(plan, &mut found);
        let follows = |problem: &&Problem| problem.file == self.plan || problem.code == "file_missing";
        found.iter().filter(|problem| !follows(problem)).for_each(|problem| problems.push(problem.clone()));
        Some(inputs)
    }

    fn read_tables(&self, plan: PlanFile, problems: &mut Problems) -> Inputs {
        let folder = self.place();
        let counts = counts::read(folder, &plan, problems);
        let calendar = calendar::read(folder, &plan, problems);
        let curves = day_curves::read(folder, &plan, problems);
        let events = promotions::read(folder, &plan, &curves, problems);
        if let Some(first) = counts.values().flatten().map(|count| count.start).min() {
            note_idle(folder, &plan, first, problems);
        }
        let (shifts, shift_names) = shifts_file::read(folder, &plan, problems);
        let team = self.team(&plan, (&shifts, &shift_names), problems);
        let drivers =
            plan.files.drivers.as_ref().and_then(|file| Some(drivers::read(&self.text(file, problems)?, file, plan.clocks(), problems)));
        let queues = self.queues(&plan, counts, problems);
        let mut inputs = Inputs {
            name: plan.name,
            horizon: plan.horizon,
            history_until: plan.history_until,
            zone: plan.zone,
            interval: plan.interval,
            queues,
            calendar,
            holidays_published_month: plan.holidays_published_month,
            events,
            drivers: drivers.unwrap_or_default(),
            employees: team.employees,
            absences: team.absences,
            pins: Vec::new(),
            excused: Vec::new(),
            accounts: team.accounts,
            past: team.past,
            shifts,
            activities: plan.activities,
            minimum_staffing: plan.minimum_staffing,
            rules: plan.rules,
            law: plan.law,
            prices: plan.prices,
            currency: plan.currency,
            terms: plan.terms,
            shrinkage: plan.shrinkage,
            replications: plan.replications,
            seed: plan.seed,
        };
        if let Some(file) = self.named_or_usual(plan.files.pins.as_deref(), "pins.csv") {
            inputs.pins = pins::read(folder, file, &inputs, (&team.numbers, &shift_names), problems);
        }
        self.examine_whole(&inputs, &plan.sites, &plan.files, problems);
        problems.complete(|problem| {
            if let Some(line) = plan.files.lines.get(&problem.file).filter(|_| problem.code == "file_missing") {
                problem.expected = format!("{}:{line}", self.plan);
            }
        });
        inputs
    }

    /// The people, from the agents file and the tables beside it.
    fn team(&self, plan: &PlanFile, shifts: Shifts, problems: &mut Problems) -> Team {
        let folder = self.place();
        let (mut employees, numbers) = agents::read(folder, plan, shifts, problems);
        self.requests(plan, shifts, (&mut employees, &numbers), problems);
        let absences = plan.files.absences.as_ref();
        let absences =
            absences.map_or_else(Vec::new, |file| absences::read((folder, file), plan.clocks(), &numbers, &plan.leave_freeze, problems));
        let past = self.named_or_usual(plan.files.previous_roster.as_deref(), "previous_roster.csv");
        let past = past.map_or_else(BTreeMap::new, |file| roster_file::past(folder, file, plan.horizon, &numbers, problems));
        let accounts = self.named_or_usual(plan.files.accounts.as_deref(), "accounts.csv").or(self.usual("fairness.csv"));
        let accounts = accounts.map_or_else(BTreeMap::new, |file| accounts::read(folder, file, (&numbers, plan.horizon.first), problems));
        Team { employees, numbers, absences, past, accounts }
    }

    /// Queues with enough data to be planned; none where a part of the history is refused.
    fn queues(&self, plan: &PlanFile, mut counts: Counts, problems: &mut Problems) -> Vec<QueueInputs> {
        let overrides = self.overrides(plan, problems);
        let is_whole = !plan.files.history.is_empty() && !plan.files.history.iter().any(|file| problems.refuse(file));
        plan.queues
            .iter()
            .zip(&plan.queue_sections)
            .filter_map(|(queue, &section)| {
                let counts = counts.remove(&queue.id).unwrap_or_default();
                if !is_whole {
                    return None;
                }
                let overrides = overrides::of_queue(&overrides, &queue.id);
                Some(QueueInputs { overrides, ..self.queue(plan, queue, section, counts, problems)? })
            })
            .collect()
    }

    /// Adds requests to those of the agents file.
    fn requests(&self, plan: &PlanFile, shifts: Shifts, people: (&mut [Employee], &Names), problems: &mut Problems) {
        if let Some(file) = self.named_or_usual(plan.files.requests.as_deref(), "requests.csv") {
            requests::read(self.place(), file, shifts, (plan.horizon, &plan.leave_freeze), people, problems);
        }
    }

    /// Planners' corrections of the forecast.
    fn overrides(&self, plan: &PlanFile, problems: &mut Problems) -> Vec<overrides::Row> {
        let file = self.named_or_usual(plan.files.overrides.as_deref(), "overrides.csv");
        let text = file.and_then(|file| Some((file, self.text(file, problems)?)));
        text.map_or_else(Vec::new, |(file, text)| overrides::parse(&text, file, plan, problems))
    }
}
