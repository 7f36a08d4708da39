//! `pins.csv`: shifts and days off that planners have fixed.

use crate::input::cell::spelling::folded;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::plan::{Inputs, roster_problem};
use crate::roster::{Roster, RosterProblem, ShiftTemplate, check, with_shift};
use crate::workforce::{AgentId, Pin};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const PINS: Shape =
    Shape { required: &["date", "agent_id", "shift"], optional: &["reason", "author"], numbers: Numbers::Of(&[]), closed: true };
/// Words for a day off and for a day that is free for a reason of its own, in small letters.
const OFF: [&str; 37] = [
    "off",
    "-",
    "–",
    "—",
    "－",
    "day off",
    "rest",
    "休",
    "休息",
    "休假",
    "轮休",
    "调休", // free
    "假",
    "leave",
    "annual leave",
    "vacation",
    "holiday",
    "sick",
    "sick leave",
    "ill",
    "unpaid leave",
    "maternity leave",
    "请假",
    "年假",
    "年休假",
    "病假",
    "事假",
    "产假",
    "陪产假",
    "婚假",
    "丧假",
    "探亲假",
    "工伤", // away
    "训",
    "training",
    "培训",
    "外训", // elsewhere
];

/// More such words, in small letters and without spaces and signs. A shift may be called so; then they mean it.
const AWAY: [&str; 83] = [
    // free
    "rdo",
    "restday",
    "dayoff",
    "offday",
    "compoff",
    "toil",
    "lieu",
    "dayinlieu",
    "wo",
    "weeklyoff",
    "weekoff",
    "公休",
    "补休",
    "倒休",
    "换休",
    "串休",
    "存休",
    "例休",
    "例假",
    "月休",
    "周休",
    "双休",
    "特休",
    // away
    "pto",
    "al",
    "sl",
    "ul",
    "lwop",
    "lwp",
    "cl",
    "pl",
    "ml",
    "el",
    "vac",
    "vl",
    "hol",
    "paidtimeoff",
    "paidleave",
    "personalleave",
    "personalday",
    "sickday",
    "annual",
    "medicalleave",
    "casualleave",
    "emergencyleave",
    "familyleave",
    "leavewithoutpay",
    "bereavement",
    "bereavementleave",
    "compassionateleave",
    "paternityleave",
    "parentalleave",
    "marriageleave",
    "studyleave",
    "carersleave",
    "fmla",
    "juryduty",
    "absent",
    "absence",
    "年休",
    "特休假",
    "补休假",
    "调休假",
    "公假",
    "病休",
    "工伤假",
    "护理假",
    "陪护假",
    "陪产",
    "育儿假",
    "哺乳假",
    "产检假",
    "产检",
    "丧假日",
    "生育假",
    "探亲",
    "无薪假",
    "停薪",
    "带薪假",
    "福利假",
    "生日假",
    "缺勤",
    "旷工",
];

/// The shifts that a cell may mean, and what all are called, those included that are refused.
pub(in crate::input) type Shifts<'s> = (&'s [ShiftTemplate], &'s Names);

/// What a cell says of a day.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::input) enum Wish<'s> {
    Off,
    Shift(&'s ShiftTemplate),
    /// The name of several shifts, whose codes these are.
    Doubtful(Vec<&'s str>),
    Unknown,
}

impl Wish<'_> {
    /// Whether it is a shift or none.
    pub(in crate::input) fn is_clear(&self) -> bool {
        matches!(self, Self::Off | Self::Shift(_))
    }

    /// The shift's code, if it is one.
    pub(in crate::input) fn code(&self) -> Option<String> {
        if let Self::Shift(shift) = self { Some(shift.id.clone()) } else { None }
    }
}

/// What a text means: a word for a day off, a shift's code, else a shift's name, or its short form, if only one is called so.
pub(in crate::input) fn wish<'s>(text: &str, shifts: &'s [ShiftTemplate]) -> Wish<'s> {
    if is_taken(text) {
        return Wish::Off;
    }
    if let Some(coded) = shifts.iter().find(|shift| shift.id == text) {
        return Wish::Shift(coded);
    }
    let mut named: Vec<&ShiftTemplate> = shifts.iter().filter(|shift| shift.name == text).collect();
    if named.is_empty() {
        // as matrices call them
        named = shifts.iter().filter(|shift| shift.short_name() == text).collect();
    }
    match named.as_slice() {
        [] if is_away(text, shifts) => Wish::Off,
        [] => Wish::Unknown,
        [only] => Wish::Shift(only),
        several => Wish::Doubtful(several.iter().map(|shift| shift.id.as_str()).collect()),
    }
}

/// Whether a word means a day without a shift, in whatever letters.
fn is_taken(word: &str) -> bool {
    OFF.contains(&word.trim().to_lowercase().as_str())
}

/// Whether a word says that somebody is away, and no shift is called so in other letters.
fn is_away(word: &str, shifts: &[ShiftTemplate]) -> bool {
    let squeezed = |text: &str| folded(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let word = squeezed(word);
    let is_off = || OFF.iter().any(|off| !word.is_empty() && squeezed(off) == word);
    (AWAY.contains(&word.as_str()) || is_off())
        && !shifts.iter().any(|shift| [&shift.id, &shift.name].iter().any(|name| squeezed(name) == word))
}

/// Notes a shift's code or name that means a day off wherever shifts are named.
pub(in crate::input) fn refuse_taken_words(row: &Row, problems: &mut Problems) {
    for column in ["shift", "name"] {
        if row.get(column).is_some_and(is_taken) {
            row.note(problems, "shift_word_taken", column, "");
        }
    }
}

/// Reads `date,agent_id,shift`; the shift is a code, a name, or a word for a day off. Pins that cannot be kept, or not beside earlier
/// ones, are noted and left out: the rest is planned. Nobody and no shift is unknown that `agents` or `shifts` may hold.
pub(in crate::input) fn read(folder: &Path, file: &str, inputs: &Inputs, names: (&Names, &Names), problems: &mut Problems) -> Vec<Pin> {
    let Some(table) = Table::read(folder, file, PINS, problems) else { return Vec::new() };
    let problem = roster_problem(inputs, &[]);
    let known: BTreeSet<&AgentId> = inputs.employees.iter().map(|employee| &employee.id).collect();
    let mut pins: Vec<Pin> = Vec::new();
    let mut lines: BTreeMap<(NaiveDate, AgentId), usize> = BTreeMap::new();
    // rules, people or shifts that are refused judge nothing
    let is_judged = !problems.has_errors();
    for row in table.rows() {
        let Some(pin) = pin(&row, inputs, &known, names, problems) else { continue };
        let day = (pin.date, pin.agent.clone());
        if let Some(line) = lines.get(&day) {
            row.note_as(problems, "pin_contradicts", "shift", line, true);
        } else if let Some(reason) = broken(&problem, pins.iter(), &pin).filter(|_| is_judged) {
            row.note_as(problems, "pin_illegal", "shift", reason, true);
        } else {
            lines.insert(day, row.line);
            pins.push(pin);
        }
    }
    pins
}

fn pin(row: &Row, inputs: &Inputs, known: &BTreeSet<&AgentId>, (agents, shifts): (&Names, &Names), problems: &mut Problems) -> Option<Pin> {
    row.text("date", problems);
    let (date, agent) = (row.date("date", problems), row.agent("agent_id", problems));
    let text = row.text("shift", problems)?;
    let (date, agent) = (date?, agent?);
    if inputs.horizon.day_of(date).is_none() {
        row.note_as(problems, "pin_other_days", "date", inputs.horizon, true);
        return None;
    }
    if agents.lack(agent.as_str()) {
        row.note(problems, "unknown_agent", "agent_id", "");
    }
    let wish = wished(row, "shift", text, (&inputs.shifts, shifts), problems);
    if !known.contains(&agent) {
        return None;
    }
    wish.is_clear().then(|| Pin { agent, date, shift: wish.code() })
}

/// What a cell wishes for, noted if that is not clear.
pub(in crate::input) fn wished<'s>(
    row: &Row,
    column: &str,
    text: &str,
    (shifts, names): (&'s [ShiftTemplate], &Names),
    problems: &mut Problems,
) -> Wish<'s> {
    let wish = wish(text, shifts);
    match &wish {
        Wish::Doubtful(codes) => row.note(problems, "shift_doubtful", column, codes.join(", ")),
        Wish::Unknown if names.lack(text) => row.note(problems, "unknown_shift", column, ""),
        Wish::Off | Wish::Shift(_) | Wish::Unknown => {}
    }
    wish
}

/// The rule that a pin breaks by itself or beside earlier ones. All rules are kept by working less, so pins that break none together
/// can be kept together.
pub(in crate::input) fn broken<'a>(problem: &RosterProblem, earlier: impl Iterator<Item = &'a Pin>, pin: &'a Pin) -> Option<&'static str> {
    let person = problem.people.iter().find(|person| person.employee.id == pin.agent)?;
    let template = |pin: &Pin| problem.shift_of(person, pin.date, pin.shift.as_deref()?);
    let together = earlier.filter(|other| other.agent == pin.agent).chain([pin]);
    let assignments = together.filter_map(|pin| Some(with_shift(problem, person, template(pin)?, pin.date))).collect();
    check(problem, &Roster { assignments }).first().map(|violation| violation.rule)
}
