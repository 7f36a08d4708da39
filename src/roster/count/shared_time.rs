//! Shared hours: a new hire with their mentor, a team with its leader, for a share of their hours.

use crate::roster::model::assignment::{Assignment, Roster};
use crate::roster::model::problem::RosterProblem;
use crate::units::{Hours, Money, Share};
use crate::workforce::{AgentId, Level};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Hours that followers shared with their leader.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedTime {
    /// The mentor or leader.
    pub leader: AgentId,
    /// The new hire, or the leader's team.
    pub followers: Vec<AgentId>,
    /// Hours of the followers at work.
    pub hours: Hours,
    /// Part of these with the leader at work.
    pub shared: Hours,
    /// Required share.
    pub asked: Share,
    /// Penalty of the hours missing to it.
    pub price: Money,
}

/// Leader, followers (by index) and required share of each such relation.
pub(in crate::roster) fn ties(problem: &RosterProblem) -> Vec<(usize, Vec<usize>, Share)> {
    let numbers: BTreeMap<&AgentId, usize> = problem.people.iter().enumerate().map(|(number, of)| (&of.employee.id, number)).collect();
    let mut ties = Vec::new();
    if let Some(share) = problem.rules.mentor_share {
        let new = problem.people.iter().enumerate().filter(|(_, person)| person.employee.level == Level::New);
        let mentored = new.filter_map(|(number, person)| Some((*numbers.get(person.employee.mentor.as_ref()?)?, number)));
        ties.extend(mentored.map(|(mentor, new)| (mentor, vec![new], share)));
    }
    if let Some(share) = problem.rules.leader_share {
        for (leader, person) in problem.people.iter().enumerate().filter(|(_, person)| person.employee.leads) {
            let in_group = |other: &usize| *other != leader && problem.people[*other].employee.team == person.employee.team;
            let group: Vec<usize> = (0..problem.people.len()).filter(in_group).collect();
            if !group.is_empty() {
                ties.push((leader, group, share));
            }
        }
    }
    ties
}

/// Shared hours of every relation, counted between shifts that start on the same day.
///
/// ```
/// # use peakshift::{roster::*, time::{Horizon, Interval}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
/// # let (first, hourly, contract) = ("2026-11-30".parse()?, HourlyPrice::new(30.0)?, Contract::full_time(Hours::new(40.0)?));
/// # let (week, hour) = (Horizon { first, days: 7 }, Interval::from_minutes(60)?);
/// # let mut problem = RosterProblem::new(week, hour, Rules::default(), Prices::of_pay(hourly));
/// # problem.people = ["A", "B", "C"].map(|id| Person::new(Employee::new(id, contract.clone(), hourly, &["phone"]))).into();
/// # problem.shifts = vec![ShiftTemplate::new("D", "09:00".parse()?, 8 * 60)];
/// use peakshift::{units::Share, workforce::{AgentId, Level}};
/// // a new hire should work three quarters of their hours beside their mentor, who comes at 13:00
/// (problem.people[1].employee.level, problem.people[1].employee.mentor) = (Level::New, Some(AgentId::new("A")));
/// problem.rules.mentor_share = Some(Share::new(0.75)?);
/// let late = ShiftTemplate::new("L", "13:00".parse()?, 8 * 60);
/// let duty = |of: usize, shift| with_shift(&problem, &problem.people[of], shift, first);
/// let time = &shared_time(&problem, &Roster { assignments: vec![duty(0, &late), duty(1, &problem.shifts[0])] })[0];
/// assert_eq!((time.hours, time.shared), (Hours::new(8.0)?, Hours::new(4.0)?));
/// assert_eq!(time.price, Hours::new(2.0)? * problem.prices.apart_hour); // two hours short of six
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn shared_time(problem: &RosterProblem, roster: &Roster) -> Vec<SharedTime> {
    let of_agent = roster.by_agent();
    let of = |(leader, followers, asked): (usize, Vec<usize>, Share)| {
        let id = |person: usize| problem.people[person].employee.id.clone();
        let duties = |person: usize| of_agent.get(&problem.people[person].employee.id).map_or(&[][..], Vec::as_slice);
        let times = |person: usize, duty: &Assignment| {
            let by_desk = |time| problem.people[person].employee.desk_time(duty.date, time);
            (by_desk(duty.start), by_desk(duty.end))
        };
        let led: BTreeMap<NaiveDate, &Assignment> = duties(leader).iter().map(|duty| (duty.date, *duty)).collect();
        let (mut worked, mut shared) = (Hours::ZERO, Hours::ZERO);
        for (follower, duty) in followers.iter().flat_map(|&follower| duties(follower).iter().map(move |duty| (follower, *duty))) {
            worked += Hours::from_minutes((duty.end - duty.start).num_minutes() as u32);
            let both = led.get(&duty.date).map(|other| {
                let (own, leaders) = (times(follower, duty), times(leader, other));
                (own.1.min(leaders.1) - own.0.max(leaders.0)).num_minutes().max(0)
            });
            shared += Hours::from_minutes(both.unwrap_or(0) as u32);
        }
        SharedTime {
            leader: id(leader),
            followers: followers.into_iter().map(id).collect(),
            hours: worked,
            shared,
            asked,
            price: (worked * asked).beyond(shared) * problem.prices.apart_hour,
        }
    };
    ties(problem).into_iter().map(of).collect()
}
