//! Conversion of an export's UTC to the plan's local time.

use crate::plan::Inputs;
use crate::zone::{LocalTime, Zone};
use chrono::{NaiveDateTime, TimeDelta};

/// The plan's statement on its clocks.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) enum FromUtc<'a> {
    /// A zone, with its clock changes.
    Zone(&'a Zone),
    /// A fixed offset in hours ahead of UTC.
    Offset(f64),
    /// None.
    Unknown,
    /// Not applicable: the table's times are local.
    Local,
    /// An unreadable statement, reported where it stands.
    Refused,
}

impl<'a> FromUtc<'a> {
    /// The clocks of a loaded plan, which does not retain a fixed offset.
    pub(in crate::input) fn of_inputs(inputs: &'a Inputs) -> Self {
        Self::of(inputs.zone.as_ref(), None)
    }

    /// The zone where one is named, else the offset.
    pub(in crate::input) fn of(zone: Option<&'a Zone>, offset_hours: Option<f64>) -> Self {
        match (zone, offset_hours) {
            (Some(zone), _) => Self::Zone(zone),
            (None, Some(hours)) => Self::Offset(hours),
            (None, None) => Self::Unknown,
        }
    }

    pub(in crate::input) fn is_unknown(self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether a local time occurs twice because clocks are put back.
    pub(in crate::input) fn repeats(self, local: NaiveDateTime) -> bool {
        matches!(self, Self::Zone(zone) if zone.local_time(local) == LocalTime::Repeated)
    }

    /// The local time at a time of UTC; unchanged where nothing is known.
    pub(in crate::input) fn local(self, utc: NaiveDateTime) -> NaiveDateTime {
        match self {
            Self::Zone(zone) => zone.local_at(utc),
            Self::Offset(hours) => utc + TimeDelta::minutes((hours * 60.0).round() as i64),
            Self::Unknown | Self::Local | Self::Refused => utc,
        }
    }
}
