//! People as given: identity, skills and availability. Assignments are not kept here.

use crate::identifier::{IdentifierError, file_identifier, folded};
use crate::service::{OpeningHours, QueueId};
use crate::units::{Factor, HourlyPrice, Hours};
use crate::zone::Clocks;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use std::fmt;

/// Pseudonymous number of a person.
///
/// ```
/// use peakshift::{identifier::IdentifierError, workforce::AgentId};
/// assert_eq!(AgentId::parse(" 10234 "), Ok(AgentId::new("10234")));
/// assert_eq!(AgentId::parse("a:b"), Err(IdentifierError::NotInFileNames(':'))); // people have files of their own
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentId(String);

impl AgentId {
    /// Parses a number from a file; it may be part of a file name.
    ///
    /// # Errors
    /// [`IdentifierError`] if the text is no identifier.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        file_identifier(text).map(|id| Self(id.to_owned()))
    }

    /// Wraps a number that the program makes or knows; numbers from files go through [`AgentId::parse`].
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.trim().to_owned())
    }

    /// The number as written in files.
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

/// Level of experience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// In the first weeks; works under a mentor.
    New,
    /// Fully trained.
    Regular,
    /// May lead a shift.
    Senior,
}

/// Working-time limits and pay of a kind of contract.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Contract {
    /// Identifier in files.
    pub id: String,
    /// Weekly hours that are paid whether worked or not.
    pub paid_hours_week: Hours,
    /// Weekly hours paid at the base rate; hours beyond are overtime.
    pub regular_hours_week: Hours,
    /// Hard limit on weekly hours.
    pub most_hours_week: Hours,
    /// Hard limit on paid hours a day.
    pub most_hours_day: Hours,
    /// Whether it is part-time.
    pub part_time: bool,
    /// Averaging period of the hours.
    pub balance: AveragingPeriod,
    /// Hours of a month or quarter paid at the base rate, with an averaging period of that length.
    pub regular_hours_balance: Hours,
    /// Minimum block of a BPO contract: if any of its people have a shift, at least this many do, or this many are billed.
    pub least_on_shift: u32,
}

/// Averaging period of a contract's hours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AveragingPeriod {
    /// A week, Monday to Sunday.
    #[default]
    Week,
    /// A calendar month, under comprehensive hours.
    Month,
    /// A quarter of the year, under comprehensive hours.
    Quarter,
}

/// Exemptions of a protected person (pregnant, nursing, …).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Protection {
    /// No shift that ends late.
    pub no_late: bool,
    /// No shift through the night.
    pub no_night: bool,
    /// No hours beyond the regular ones.
    pub no_overtime: bool,
}

/// A work site. Its people's shifts, absences, pay and nights are given in its local time.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Identifier in files.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Its clocks, if they differ from the desk's.
    pub clocks: Option<Clocks>,
    /// Opening hours; `None` if always open.
    pub hours: Option<OpeningHours>,
}

impl Site {
    /// Whether it is open from `start` to `end`, in its local time.
    ///
    /// ```
    /// use peakshift::{service::OpeningHours, time::read_stamp, workforce::Site};
    /// let hours = Some(OpeningHours::daily("08:00".parse()?, "20:00".parse()?));
    /// let hall = Site { id: "hall".into(), name: "Hall".into(), clocks: None, hours };
    /// assert!(hall.is_open(read_stamp("2026-11-30T12:00")?, read_stamp("2026-11-30T20:00")?));
    /// assert!(!hall.is_open(read_stamp("2026-11-30T12:00")?, read_stamp("2026-11-30T21:00")?));
    /// # Ok::<(), peakshift::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn is_open(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        let Some(hours) = &self.hours else { return true };
        let times = (0..).map(|minutes| start + TimeDelta::minutes(minutes * 5)).take_while(|time| *time < end);
        times.chain([end - TimeDelta::minutes(1)]).all(|time| hours.is_open(time))
    }
}

/// A person of the team.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Employee {
    /// Number of the person.
    pub id: AgentId,
    /// Display name of the team.
    pub team: String,
    /// Work site, if not where the plan is made.
    pub site: Option<Site>,
    /// Contract.
    pub contract: Contract,
    /// Queues that the agent can serve, the preferred one first.
    pub skills: Vec<QueueId>,
    /// Level of experience.
    pub level: Level,
    /// Speed relative to a standard agent.
    pub speed: Factor,
    /// Base pay an hour.
    pub pay: HourlyPrice,
    /// Whether the agent leads their team.
    pub leads: bool,
    /// Mentor.
    pub mentor: Option<AgentId>,
    /// First day of employment.
    pub hired: Option<NaiveDate>,
    /// Preferred shift.
    pub preferred_shift: Option<String>,
    /// Requests.
    pub requests: Vec<Request>,
    /// Exemptions.
    pub protection: Protection,
    /// Whether the agent volunteered for promotion nights.
    pub volunteers: bool,
}

impl Contract {
    /// A full-time contract of so many paid hours a week, with no overtime and no limit on a day.
    ///
    /// ```
    /// use peakshift::{units::Hours, workforce::Contract};
    /// let mut contract = Contract::full_time(Hours::new(40.0)?);
    /// contract.most_hours_week = Hours::new(48.0)?;
    /// assert_eq!((contract.regular_hours_week, contract.part_time), (Hours::new(40.0)?, false)); // up to 8 h of overtime
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
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
    ///
    /// ```
    /// use peakshift::{service::QueueId, units::{HourlyPrice, Hours}, workforce::{Contract, Employee}};
    /// let ann = Employee::new("10234", Contract::full_time(Hours::new(40.0)?), HourlyPrice::new(30.0)?, &["phone", "chat"]);
    /// assert!(ann.serves(&QueueId::new("chat")) && !ann.serves(&QueueId::new("mail")));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn new(id: &str, contract: Contract, pay: HourlyPrice, skills: &[&str]) -> Self {
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

    /// Minutes by which the agent's clocks are ahead of the desk's on a date.
    #[must_use]
    pub fn ahead_on(&self, date: NaiveDate) -> i32 {
        self.clocks().map_or(0, |clocks| clocks.ahead_on(date))
    }

    /// The agent's clocks, if they differ from the desk's.
    #[must_use]
    pub fn clocks(&self) -> Option<&Clocks> {
        self.site.as_ref()?.clocks.as_ref()
    }

    /// A time of the agent's shift that starts on a date, by the desk's clocks.
    ///
    /// ```
    /// use peakshift::{time::{read_date, read_stamp}, units::{HourlyPrice, Hours}, workforce::{Contract, Employee, Site}, zone::Clocks};
    /// let clocks = Some(Clocks::of("Europe/Warsaw".parse()?, "Asia/Shanghai".parse()?));
    /// let site = Some(Site { id: "waw".into(), name: "Warsaw".into(), clocks, hours: None });
    /// let mut jan = Employee::new("7", Contract::full_time(Hours::new(40.0)?), HourlyPrice::new(30.0)?, &["phone"]);
    /// jan.site = site;
    /// let (date, start) = (read_date("2026-11-30").unwrap(), read_stamp("2026-11-30T08:00")?);
    /// assert_eq!((jan.ahead_on(date), jan.desk_time(date, start)), (-7 * 60, read_stamp("2026-11-30T15:00")?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn desk_time(&self, date: NaiveDate, time: NaiveDateTime) -> NaiveDateTime {
        time - TimeDelta::minutes(i64::from(self.ahead_on(date)))
    }

    /// Whether the agent can serve a queue.
    #[must_use]
    pub fn serves(&self, queue: &QueueId) -> bool {
        self.skills.contains(queue)
    }
}

/// A person's request for a day.
///
/// ```
/// use peakshift::{time::read_date, workforce::Request};
/// let free = Request::day_off(read_date("2026-12-05").unwrap());
/// assert!(free.is_granted_by(None) && !free.is_granted_by(Some("early")));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The day.
    pub date: NaiveDate,
    /// Code of the requested shift; `None` for a day off.
    pub shift: Option<String>,
    /// Weight against an ordinary request.
    pub weight: Factor,
}

impl Request {
    /// An ordinary request for a day off.
    #[must_use]
    pub fn day_off(date: NaiveDate) -> Self {
        Self { date, shift: None, weight: Factor::ONE }
    }

    /// Whether the agent's assignment of that day grants it.
    #[must_use]
    pub fn is_granted_by(&self, shift: Option<&str>) -> bool {
        self.shift.as_deref() == shift
    }
}

/// A period in which a person cannot work.
///
/// ```
/// use peakshift::{time::read_stamp, workforce::{Absence, AgentId}};
/// let [nine, ten, eleven, noon] = ["09:00", "10:00", "11:00", "12:00"].map(|clock| read_stamp(&format!("2026-11-30T{clock}")).unwrap());
/// let leave = Absence { agent: AgentId::new("7"), start: nine, end: noon, kind: "Unpaid Leave".into() };
/// let course = Absence { start: ten, end: eleven, kind: "training".into(), ..leave.clone() };
/// assert!(leave.is_of("unpaid_leave") && course.is_of("Training"));
/// assert!(leave.holds(&course) && course.overlaps(nine, noon) && !course.overlaps(eleven, noon)); // ends are exclusive
/// let rest: Vec<_> = leave.outside(&course).map(|part| (part.start, part.end)).collect();
/// assert_eq!(rest, [(nine, ten), (eleven, noon)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Absence {
    /// Number of the person.
    pub agent: AgentId,
    /// Start.
    pub start: NaiveDateTime,
    /// End, exclusive.
    pub end: NaiveDateTime,
    /// Leave, sickness, training, as named in files.
    pub kind: String,
}

impl Absence {
    /// Kind of the days before somebody joins the team or after they leave: never paid.
    pub const NOT_EMPLOYED: &str = "not_employed";

    /// Kind of the days on which an earlier repair recorded that somebody was kept from a published shift.
    pub const EXCUSED: &str = "excused";

    /// Whether it is of a kind, in any spelling: `Unpaid Leave` is `unpaid_leave`.
    #[must_use]
    pub fn is_of(&self, kind: &str) -> bool {
        let plain = |text: &str| folded(text).chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
        plain(&self.kind) == plain(kind)
    }

    /// Whether it overlaps a period.
    #[must_use]
    pub fn overlaps(&self, start: NaiveDateTime, end: NaiveDateTime) -> bool {
        self.start < end && start < self.end
    }

    /// Whether it covers all of another absence of the same person.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        self.agent == other.agent && self.start <= other.start && other.end <= self.end
    }

    /// Remainders of it before and after another absence of the same person.
    pub fn outside(self, other: &Self) -> impl Iterator<Item = Self> {
        let parts = if self.agent == other.agent {
            vec![(self.start, self.end.min(other.start)), (self.start.max(other.end), self.end)]
        } else {
            vec![(self.start, self.end)]
        };
        parts.into_iter().filter(|(start, end)| start < end).map(move |(start, end)| Self { start, end, ..self.clone() })
    }
}

/// A planner's fixed assignment of a person on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Number of the person.
    pub agent: AgentId,
    /// Date.
    pub date: NaiveDate,
    /// Code of the shift; `None` for a day off.
    pub shift: Option<String>,
}
