//! Finished roster: assignments with meals, rests and paid hours.

use super::activity::OfflineActivity;
use super::breaks::Break;
use super::choice::Choice;
use crate::service::QueueId;
use crate::units::Hours;
use crate::workforce::AgentId;
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::BTreeMap;

/// A period of a shift in which the agent serves the same queues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stint {
    /// Start, by the agent's clocks.
    pub start: NaiveDateTime,
    /// End, by the agent's clocks.
    pub end: NaiveDateTime,
    /// Queues the agent serves, in routing order; where a file names none, all that the agent can serve.
    pub queues: Vec<QueueId>,
}

/// One agent's shift on a date.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// let shift = ShiftTemplate::new("D", "09:00".parse()?, 9 * 60).with_meal(60, &[180]); // a meal at noon
/// let duty = with_shift(&problem, &problem.people[0], &shift, first);
/// let noon = duty.meals[0].start;
/// assert!(duty.at_desk(duty.start) && !duty.at_desk(noon) && !duty.at_desk(duty.end)); // ends are exclusive
/// assert_eq!(duty.desk_stretches(), [(duty.start, noon), (duty.meals[0].end(), duty.end)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// Date on which the shift starts.
    pub date: NaiveDate,
    /// The agent.
    pub agent: AgentId,
    /// Code of the shift.
    pub shift: String,
    /// Start, by the agent's clocks.
    pub start: NaiveDateTime,
    /// End, by the agent's clocks.
    pub end: NaiveDateTime,
    /// Unpaid meals, in order.
    pub meals: Vec<Break>,
    /// Paid rests, in order.
    pub rests: Vec<Break>,
    /// Offline activities within the shift, in order.
    pub offline_activities: Vec<OfflineActivity>,
    /// Periods of the shift and what the agent serves in each, without gaps, from start to end.
    pub stints: Vec<Stint>,
    /// Paid hours, meals excluded.
    pub paid: Hours,
    /// Whether a planner pinned it.
    pub pinned: bool,
}

impl Assignment {
    /// The shift as the rules see it.
    pub(in crate::roster) fn choice(&self) -> Choice {
        Choice {
            shift: self.shift.clone(),
            start: self.start,
            end: self.end,
            paid: self.paid,
            paid_first_day: [self.paid; 2],
            next_day_off: false,
        }
    }

    /// Queues that the agent serves in any part of the shift, in order of first appearance.
    #[must_use]
    pub fn queues(&self) -> Vec<&QueueId> {
        let mut queues: Vec<&QueueId> = Vec::new();
        for queue in self.stints.iter().flat_map(|stint| &stint.queues) {
            if !queues.contains(&queue) {
                queues.push(queue);
            }
        }
        queues
    }

    /// Queues that the agent serves at a time of the shift, in routing order.
    #[must_use]
    pub fn queues_at(&self, time: NaiveDateTime) -> &[QueueId] {
        self.stints.iter().find(|stint| stint.start <= time && time < stint.end).map_or(&[], |stint| &stint.queues)
    }

    /// Time spans of the shift in which the agent is on the desk, with the queues that they serve.
    #[must_use]
    pub fn served_stretches(&self) -> Vec<(NaiveDateTime, NaiveDateTime, &[QueueId])> {
        let of_stint = |(from, to): (NaiveDateTime, NaiveDateTime)| {
            let cut = move |stint: &'_ Stint| (from.max(stint.start), to.min(stint.end));
            self.stints.iter().map(move |stint| (cut(stint), stint.queues.as_slice())).filter(|((from, to), _)| from < to)
        };
        self.desk_stretches().into_iter().flat_map(of_stint).map(|((from, to), queues)| (from, to, queues)).collect()
    }

    /// Whether the agent is on the desk at a time.
    #[must_use]
    pub fn at_desk(&self, time: NaiveDateTime) -> bool {
        let away = |pause: &Break| pause.start <= time && time < pause.end();
        let is_offline = |offline: &OfflineActivity| offline.start <= time && time < offline.end;
        let is_away = self.meals.iter().chain(&self.rests).any(away) || self.offline_activities.iter().any(is_offline);
        self.start <= time && time < self.end && !is_away
    }

    /// Time spans of the shift in which the agent is on the desk.
    #[must_use]
    pub fn desk_stretches(&self) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let pauses = self.meals.iter().chain(&self.rests).map(|pause| (pause.start, pause.end()));
        let offline = self.offline_activities.iter().map(|offline| (offline.start, offline.end));
        let mut away: Vec<(NaiveDateTime, NaiveDateTime)> = pauses.chain(offline).collect();
        away.sort_unstable();
        let mut from = self.start;
        let mut stretches = Vec::new();
        for (start, end) in away {
            if from < start.min(self.end) {
                stretches.push((from, start.min(self.end)));
            }
            from = from.max(end);
        }
        if from < self.end {
            stretches.push((from, self.end));
        }
        stretches
    }
}

/// All assignments of a plan, by date and agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roster {
    /// Assignments in order of date, then agent.
    pub assignments: Vec<Assignment>,
}

impl Roster {
    /// Assignments by agent, in roster order; agents without any are absent.
    #[must_use]
    pub fn by_agent(&self) -> BTreeMap<&AgentId, Vec<&Assignment>> {
        let mut by_agent: BTreeMap<&AgentId, Vec<&Assignment>> = BTreeMap::new();
        self.assignments.iter().for_each(|assignment| by_agent.entry(&assignment.agent).or_default().push(assignment));
        by_agent
    }

    /// Takes over the stints of shifts that were the same before, breaks and activities included, where they name queues that the agent
    /// still serves.
    pub(in crate::roster) fn take_stints_of(&mut self, before: &Self) {
        let is_same = |a: &Assignment, b: &Assignment| {
            (a.start, a.end, &a.meals, &a.rests, &a.offline_activities) == (b.start, b.end, &b.meals, &b.rests, &b.offline_activities)
        };
        let known: BTreeMap<(NaiveDate, &AgentId), &Assignment> =
            before.assignments.iter().map(|assignment| ((assignment.date, &assignment.agent), assignment)).collect();
        for assignment in &mut self.assignments {
            let Some(old) = known.get(&(assignment.date, &assignment.agent)).filter(|old| is_same(old, assignment)) else {
                continue;
            };
            let queues = assignment.queues();
            let serves = |stint: &Stint| !stint.queues.is_empty() && stint.queues.iter().all(|queue| queues.contains(&queue));
            if old.stints.iter().all(serves) {
                assignment.stints.clone_from(&old.stints);
            }
        }
    }

    /// Assignments of one agent, in order of date.
    pub fn of_agent<'a>(&'a self, agent: &'a AgentId) -> impl Iterator<Item = &'a Assignment> {
        self.assignments.iter().filter(move |assignment| &assignment.agent == agent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::read_stamp;

    #[test]
    fn rests_after_the_end_of_a_shift_are_no_time_at_the_desk() {
        let at = |time: &str| read_stamp(&format!("2026-11-30T{time}")).unwrap();
        let rest = |time: &str| Break { start: at(time), minutes: 15 };
        let assignment = Assignment {
            date: at("09:00").date(),
            agent: AgentId::new("E1"),
            shift: "S".into(),
            start: at("09:00"),
            end: at("13:00"),
            meals: vec![],
            rests: vec![rest("10:00"), rest("14:00"), rest("15:00")],
            offline_activities: vec![],
            stints: vec![],
            paid: Hours::default(),
            pinned: false,
        };
        assert_eq!(assignment.desk_stretches(), [(at("09:00"), at("10:00")), (at("10:15"), at("13:00"))]);
    }
}
