//! People as given: who they are, what they can do, when they may work. Never what they were assigned.

use crate::identifier::{IdentifierError, file_identifier, folded};
use crate::service::{OpeningHours, QueueId};
use crate::units::{Factor, Hours, Money};
use crate::zone::Clocks;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::fmt;

/// The pseudonymous number of a person (工号).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentId(String);

impl AgentId {
    /// The number that a file writes, which a file may be called after.
    ///
    /// # Errors
    /// [`IdentifierError`] if it is no identifier.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        file_identifier(text).map(|id| Self(id.to_owned()))
    }

    /// Wraps a number that the program makes or knows; what files write goes through [`AgentId::parse`].
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.trim().to_owned())
    }

    /// The number as files write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AgentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// How experienced a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// In the first weeks; works under a mentor.
    New,
    /// Fully trained.
    Regular,
    /// May lead a shift.
    Senior,
}

/// What a kind of contract allows and pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// The name files use.
    pub id: String,
    /// Hours a week that are paid whether worked or not.
    pub paid_hours_week: Hours,
    /// Hours a week paid at the base rate; what is beyond is overtime.
    pub regular_hours_week: Hours,
    /// Hours a week never exceeded.
    pub most_hours_week: Hours,
    /// Paid hours a day never exceeded.
    pub most_hours_day: Hours,
    /// Whether it is part-time (非全日制).
    pub part_time: bool,
    /// Over what its hours balance.
    pub balance: AveragingPeriod,
    /// Hours of a month or quarter paid at the base rate, where hours balance over it.
    pub regular_hours_balance: Hours,
    /// An outsourcer's block: if any of the contract's people have a shift, at least so many, or so many are billed.
    pub least_on_shift: u32,
}

/// Over what the hours of a contract balance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AveragingPeriod {
    /// A week, Monday to Sunday.
    #[default]
    Week,
    /// A calendar month, under comprehensive hours (综合计算工时).
    Month,
    /// A quarter of the year, under comprehensive hours.
    Quarter,
}

/// What a protected person (pregnant, nursing, …) must not be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protection {
    /// No shift that ends late.
    pub no_late: bool,
    /// No shift through the night.
    pub no_night: bool,
    /// No hour beyond the regular ones.
    pub no_overtime: bool,
}

/// A place where people work. What concerns them is told in its own time: shifts, absences, pay, nights.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The name files use.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// Its clocks, if they are not the desk's.
    pub clocks: Option<Clocks>,
    /// When people can be there; always if it says nothing.
    pub hours: Option<OpeningHours>,
}

impl Site {
    /// Whether people can be there from one time to another, by its own clocks.
    #[must_use]
    pub fn is_open(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        let Some(hours) = &self.hours else { return true };
        let times = (0..).map(|minutes| start + TimeDelta::minutes(minutes * 5)).take_while(|time| *time < end);
        times.chain([end - TimeDelta::minutes(1)]).all(|time| hours.is_open(time))
    }
}

/// A person of the team.
#[derive(Clone, Debug, PartialEq)]
pub struct Employee {
    /// Who.
    pub id: AgentId,
    /// The group as people call it.
    pub team: String,
    /// Where she works, if not where the plan is made.
    pub site: Option<Site>,
    /// The terms of work.
    pub contract: Contract,
    /// The queues she can serve, the one she should serve first in front.
    pub skills: Vec<QueueId>,
    /// How experienced.
    pub level: Level,
    /// Work done against a standard agent.
    pub speed: Factor,
    /// Base pay an hour.
    pub pay: Money,
    /// Whether she leads her group.
    pub leads: bool,
    /// Who looks after her.
    pub mentor: Option<AgentId>,
    /// The first day at work.
    pub hired: Option<NaiveDate>,
    /// The shift she likes best.
    pub preferred_shift: Option<String>,
    /// What she has asked for.
    pub requests: Vec<Request>,
    /// What must not be asked of her.
    pub protection: Protection,
    /// Whether she volunteered for promotion nights.
    pub volunteers: bool,
}

impl Contract {
    /// A full-time contract of so many paid hours a week, with no overtime and no limit on a day.
    #[must_use]
    pub fn full_time(week: Hours) -> Self {
        Self {
            id: "full".to_owned(),
            paid_hours_week: week,
            regular_hours_week: week,
            most_hours_week: week,
            most_hours_day: Hours::from_minutes(24 * 60),
            part_time: false,
            balance: AveragingPeriod::Week,
            regular_hours_balance: week,
            least_on_shift: 1,
        }
    }
}

impl Employee {
    /// A fully trained agent of standard speed, at an hourly base pay, who serves `skills` in routing order and has asked for nothing.
    #[must_use]
    pub fn new(id: &str, contract: Contract, pay: Money, skills: &[&str]) -> Self {
        Self {
            id: AgentId::new(id),
            team: String::new(),
            site: None,
            contract,
            skills: skills.iter().map(|queue| QueueId::new(queue)).collect(),
            level: Level::Regular,
            speed: Factor::ONE,
            pay,
            leads: false,
            mentor: None,
            hired: None,
            preferred_shift: None,
            requests: Vec::new(),
            protection: Protection::default(),
            volunteers: false,
        }
    }

    /// Minutes by which her clocks are ahead of the desk's on a date.
    #[must_use]
    pub fn ahead_on(&self, date: NaiveDate) -> i32 {
        self.clocks().map_or(0, |clocks| clocks.ahead_on(date))
    }

    /// Her clocks, if they are not the desk's.
    #[must_use]
    pub fn clocks(&self) -> Option<&Clocks> {
        self.site.as_ref()?.clocks.as_ref()
    }

    /// A time of a shift of hers that starts on a date, by the desk's clocks.
    #[must_use]
    pub fn desk_time(&self, date: NaiveDate, time: NaiveDateTime) -> NaiveDateTime {
        time - TimeDelta::minutes(i64::from(self.ahead_on(date)))
    }

    /// Whether she can serve a queue.
    #[must_use]
    pub fn serves(&self, queue: &QueueId) -> bool {
        self.skills.contains(queue)
    }
}

/// What a person asks for on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The day.
    pub date: NaiveDate,
    /// The code of the shift she would like; `None` for a day off.
    pub shift: Option<String>,
    /// How much it means, against an ordinary request.
    pub weight: Factor,
}

impl Request {
    /// An ordinary request for a day off.
    #[must_use]
    pub fn day_off(date: NaiveDate) -> Self {
        Self { date, shift: None, weight: Factor::ONE }
    }

    /// Whether it is granted by what she does on its day.
    #[must_use]
    pub fn is_granted_by(&self, shift: Option<&str>) -> bool {
        self.shift.as_deref() == shift
    }
}

/// A stretch of time in which a person cannot work.
#[derive(Clone, Debug, PartialEq)]
pub struct Absence {
    /// Who.
    pub agent: AgentId,
    /// From when.
    pub start: NaiveDateTime,
    /// Until when (the first moment she is back).
    pub end: NaiveDateTime,
    /// Leave, sickness, training, as files call it.
    pub kind: String,
}

impl Absence {
    /// The kind of days on which somebody does not belong to the team yet, or any more: never paid.
    pub const NOT_EMPLOYED: &str = "not_employed";

    /// The kind of days on which an earlier repair has noted that somebody was kept from a published shift.
    pub const EXCUSED: &str = "excused";

    /// Whether it is of a kind, however that is spelt: `Unpaid Leave` is `unpaid_leave`.
    #[must_use]
    pub fn is_of(&self, kind: &str) -> bool {
        let plain = |text: &str| folded(text).chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
        plain(&self.kind) == plain(kind)
    }

    /// Whether it is training, which could be at another time.
    #[must_use]
    pub fn is_training(&self) -> bool {
        ["培训", "training"].iter().any(|kind| self.is_of(kind))
    }

    /// Whether it takes any part of a stretch of time.
    #[must_use]
    pub fn overlaps(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        self.start < end && start < self.end
    }

    /// Whether the same person is away for all of another absence.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.agent == other.agent && self.start <= other.start && other.end <= self.end
    }

    /// What is left of it before and after another absence of the same person.
    pub fn outside(self, other: &Self) -> impl Iterator<Item = Self> {
        let parts = if self.agent == other.agent {
            vec![(self.start, self.end.min(other.start)), (self.start.max(other.end), self.end)]
        } else {
            vec![(self.start, self.end)]
        };
        parts.into_iter().filter(|(start, end)| start < end).map(move |(start, end)| Self { start, end, ..self.clone() })
    }
}

/// What a planner has fixed for a person on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Who.
    pub agent: AgentId,
    /// On which day.
    pub date: NaiveDate,
    /// The shift's code; `None` for a day off.
    pub shift: Option<String>,
}
