//! The absences file.

use crate::input::cell::from_utc::FromUtc;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::problem::collected::Problems;
use crate::input::table::file::Table;
use crate::input::table::row::Row;
use crate::time::ClockTime;
use crate::workforce::{Absence, AgentId};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;
use std::path::Path;

const ABSENCES: Shape =
    Shape { required: &["agent_id", "start", "end"], optional: &["kind", "status"], numbers: Numbers::Of(&[]), closed: true };

/// Reads absences; no leave may be taken on days in `freeze`.
pub(in crate::input) fn read(
    (folder, file): (&Path, &str),
    clocks: FromUtc,
    agents: &Names,
    freeze: &[NaiveDate],
    problems: &mut Problems,
) -> Vec<Absence> {
    let Some(table) = Table::read(folder, file, ABSENCES, problems) else { return Vec::new() };
    let table = table.in_clocks(clocks);
    let mut absences = Vec::new();
    // each person's absences so far by start, without overlaps, each with its end, line and position
    let mut taken: BTreeMap<AgentId, BTreeMap<NaiveDateTime, (NaiveDateTime, usize, usize)>> = BTreeMap::new();
    for row in table.rows() {
        let agent = row.agent("agent_id", problems);
        let (start, end) = (row.stamp("start", problems), row.end_stamp("end", problems));
        let refused = is_refused(&row, problems);
        let (Some(agent), Some(start), Some(end), Some(refused)) = (agent, start, end, refused) else { continue };
        if agents.lack(agent.as_str()) {
            row.note(problems, "unknown_agent", "agent_id", "");
        }
        if end <= start {
            row.note(problems, "end_before_start", "end", start.format("%Y-%m-%dT%H:%M"));
        } else if !refused {
            row.at_most_days(start, end, MOST_DAYS_AWAY, problems);
            let absence = Absence { agent, start, end, kind: row.get("kind").unwrap_or("absence").to_owned() };
            let of_agent = taken.entry(absence.agent.clone()).or_default();
            match of_agent.range(..end).next_back().filter(|(_, (until, ..))| *until > start) {
                Some((_, (_, line, place))) if absences.get(*place) == Some(&absence) => {
                    row.note_as(problems, "absence_twice", "start", line, true);
                    continue;
                }
                Some((_, (_, line, _))) => row.note(problems, "overlapping_absence", "start", line),
                None => drop(of_agent.insert(start, (end, row.line, absences.len()))),
            }
            let frozen = freeze.iter().find(|day| absence.overlaps(ClockTime::MIDNIGHT.on(**day), ClockTime::DAY_END.on(**day)));
            if let Some(day) = frozen.filter(|_| !SICK.contains(&absence.kind.to_lowercase().as_str())) {
                row.note_as(problems, "leave_in_freeze", "start", day, true);
            }
            absences.push(absence);
        }
    }
    absences
}

/// Longest plausible leave of somebody in an agents file: three years.
const MOST_DAYS_AWAY: i64 = 1098;
/// Involuntary kinds of absence.
const SICK: [&str; 3] = ["sick", "sickness", "病假"];

/// Words of leave systems for an absence that frees the agent from work: granted, or not yet decided.
const HOLDS: [&str; 22] = [
    "granted",
    "approved",
    "accepted",
    "confirmed",
    "authorised",
    "authorized",
    "taken",
    "pending",
    "requested",
    "submitted",
    "in review",
    "批准",
    "通过",
    "同意",
    "审批通过",
    "审核通过",
    "生效",
    "待审批",
    "审批中",
    "待审核",
    "审核中",
    "提交",
];
/// Words for one that does not.
const IS_DECLINED: [&str; 24] = [
    "refused",
    "rejected",
    "declined",
    "denied",
    "cancelled",
    "canceled",
    "withdrawn",
    "revoked",
    "expired",
    "not approved",
    "拒绝",
    "驳回",
    "取消",
    "撤销",
    "撤回",
    "作废",
    "失效",
    "未通过",
    "不通过",
    "不同意",
    "审批拒绝",
    "审批未通过",
    "审核未通过",
    "未批准",
];

/// Whether an absence was declined, if readable; without a status it counts as granted, and a pending one frees the agent from work too.
fn is_refused(row: &Row, problems: &mut Problems) -> Option<bool> {
    let status = row.get("status").unwrap_or("granted").to_lowercase();
    let word = status.strip_prefix('已').unwrap_or(&status);
    let is_declined = IS_DECLINED.contains(&word);
    if !is_declined && !HOLDS.contains(&word) {
        row.note(problems, "unknown_word", "status", "granted, pending, refused, cancelled");
        return None;
    }
    Some(is_declined)
}
