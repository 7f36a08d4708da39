//! The schedule of a roster: what every shift consists of, from its start to its end.

use crate::messages::{Lang, Part, say};
use crate::report::tables::cells::{date, stamp};
use crate::report::tables::sheet::{Cell, Sheet};
use crate::roster::{Assignment, Person, Roster, RosterProblem};
use crate::service::QueueId;
use crate::workforce::AgentId;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Work on the queues.
    Work,
    /// An unpaid meal.
    Meal,
    /// A paid rest.
    Break,
    /// An offline activity, by its code.
    Offline(String),
}

/// A part of a shift with one activity.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Start, by the agent's clocks.
    pub start: NaiveDateTime,
    /// End, by the agent's clocks.
    pub end: NaiveDateTime,
    /// The activity.
    pub doing: Doing,
    /// Paid hours in it.
    pub paid_hours: f64,
}

/// A shift with its parts in order: without gaps or overlaps from its start to its end.
#[derive(Clone, Debug)]
pub struct Shift<'p> {
    /// The agent.
    pub person: &'p Person,
    /// The shift.
    pub assignment: &'p Assignment,
    /// Its display name.
    pub name: &'p str,
    /// Its parts.
    pub parts: Vec<Stretch>,
}

/// All shifts of a roster, by date and agent.
#[derive(Clone, Debug)]
pub struct Schedule<'p> {
    /// The shifts.
    pub shifts: Vec<Shift<'p>>,
}

impl<'p> Schedule<'p> {
    /// The schedule of a roster.
    #[must_use]
    pub fn of(problem: &'p RosterProblem, roster: &'p Roster) -> Self {
        let people: BTreeMap<&AgentId, &Person> = problem.people.iter().map(|person| (&person.employee.id, person)).collect();
        let shift = |assignment: &'p Assignment| {
            let person = people.get(&assignment.agent)?;
            let template = problem.shifts.iter().find(|shift| shift.id == assignment.shift);
            let name = template.map_or(assignment.shift.as_str(), |shift| shift.name.as_str());
            Some(Shift { person, assignment, name, parts: parts(person, assignment) })
        };
        let mut shifts: Vec<Shift> = roster.assignments.iter().filter_map(shift).collect();
        shifts.sort_by(|a, b| (a.assignment.date, &a.assignment.agent).cmp(&(b.assignment.date, &b.assignment.agent)));
        Self { shifts }
    }

    /// Agents with a shift, each once, in order of their numbers.
    #[must_use]
    pub fn agents(&self) -> Vec<&'p AgentId> {
        let mut agents: Vec<&AgentId> = self.shifts.iter().map(|shift| &shift.assignment.agent).collect();
        agents.sort();
        agents.dedup();
        agents
    }

    /// The table of activities: `agent_id,date,start,end,activity,paid,paid_hours,shift,queue`, a row for each part of each shift; `activity`
    /// is `work`, `meal`, `break` or the code of an offline activity.
    #[must_use]
    pub fn tidy(&self) -> Sheet {
        let mut sheet = Sheet::new("tidy", &["agent_id", "date", "start", "end", "activity", "paid", "paid_hours", "shift", "queue"]);
        for shift in &self.shifts {
            let of = shift.assignment;
            let queues = |at| of.queues_at(at).iter().map(QueueId::as_str).collect::<Vec<_>>().join(";");
            sheet.rows.extend(shift.parts.iter().map(|part| {
                let (activity, is_work) = match &part.doing {
                    Doing::Work => ("work", true),
                    Doing::Meal => ("meal", false),
                    Doing::Break => ("break", false),
                    Doing::Offline(code) => (code.as_str(), false),
                };
                vec![
                    Cell::text(&of.agent),
                    date(of.date),
                    stamp(part.start),
                    stamp(part.end),
                    Cell::text(activity),
                    Cell::text(if part.doing == Doing::Meal { "no" } else { "yes" }),
                    Cell::number(part.paid_hours, 4),
                    Cell::text(&of.shift),
                    if is_work { Cell::text(queues(part.start)) } else { Cell::Empty },
                ]
            }));
        }
        sheet
    }
}

impl Shift<'_> {
    /// Minutes of unpaid meals.
    pub(super) fn meal_minutes(&self) -> i64 {
        let meals = self.parts.iter().filter(|part| part.doing == Doing::Meal);
        meals.map(|part| elapsed(self.person, part.start, part.end)).sum()
    }

    /// Parts other than work, in words: `meal 12:00–13:00; break 15:00–15:15`.
    pub(super) fn notes(&self, lang: Lang) -> String {
        let away = self.parts.iter().filter(|part| part.doing != Doing::Work);
        let note = |part: &Stretch| format!("{} {}–{}", part.doing.name(lang), part.start.format("%H:%M"), part.end.format("%H:%M"));
        away.map(note).collect::<Vec<_>>().join("; ")
    }
}

impl Doing {
    /// Its name for people.
    pub(super) fn name(&self, lang: Lang) -> String {
        match self {
            Self::Work => say(lang, Part::Text, "doing_work", &[]),
            Self::Meal => say(lang, Part::Text, "doing_meal", &[]),
            Self::Break => say(lang, Part::Text, "doing_break", &[]),
            Self::Offline(code) => code.clone(),
        }
    }
}

/// Minutes that pass between two times of a person's clocks.
fn elapsed(person: &Person, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
    person.zone.as_ref().map_or_else(|| (to - from).num_minutes(), |zone| zone.elapsed_minutes(from, to))
}

/// Parts of a shift. Where a hand-edited roster lets pauses overlap, meals go before activities and these before rests.
fn parts(person: &Person, of: &Assignment) -> Vec<Stretch> {
    let meals = of.meals.iter().map(|pause| (pause.start, pause.end(), Doing::Meal));
    let offline = of.offline_activities.iter().map(|offline| (offline.start, offline.end, Doing::Offline(offline.activity.clone())));
    let rests = of.rests.iter().map(|pause| (pause.start, pause.end(), Doing::Break));
    let away: Vec<(NaiveDateTime, NaiveDateTime, Doing)> = meals.chain(offline).chain(rests).collect();
    let mut cuts: Vec<NaiveDateTime> = away.iter().flat_map(|(start, end, _)| [*start, *end]).chain([of.start, of.end]).collect();
    cuts.extend(of.stints.iter().map(|stint| stint.end));
    cuts.retain(|cut| (of.start..=of.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts: Vec<Stretch> = Vec::new();
    for pair in cuts.windows(2) {
        let doing = away.iter().find(|(start, end, _)| *start <= pair[0] && pair[0] < *end).map_or(Doing::Work, |found| found.2.clone());
        match parts.last_mut() {
            Some(last) if last.doing == doing && of.queues_at(last.start) == of.queues_at(pair[0]) => last.end = pair[1],
            _ => parts.push(Stretch { start: pair[0], end: pair[1], doing, paid_hours: 0.0 }),
        }
    }
    // a shift's hours are spread over what is no meal; a reserve shift is paid for a part of its time
    let minutes = |part: &Stretch| if part.doing == Doing::Meal { 0 } else { elapsed(person, part.start, part.end) };
    let all: i64 = parts.iter().map(minutes).sum();
    for part in &mut parts {
        part.paid_hours = of.paid.get() * minutes(part) as f64 / all.max(1) as f64;
    }
    parts
}
