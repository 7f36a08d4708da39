//! How an export's UTC becomes the plan's local time.

use crate::plan::Inputs;
use crate::zone::{LocalTime, Zone};
use chrono::{NaiveDateTime, TimeDelta};

/// What the plan says of its clocks.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) enum FromUtc<'a> {
    /// Clocks of a zone, put on and back as they are there.
    Zone(&'a Zone),
    /// Hours ahead of UTC, all year.
    Offset(f64),
    /// Nothing.
    Unknown,
    /// That they are not asked: the table's times are local ones.
    Local,
    /// Something that could not be read, which is told where it stands.
    Refused,
}

impl<'a> FromUtc<'a> {
    /// The clocks of a plan that was read: of an offset alone it keeps nothing.
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

    /// Whether clocks that are put back bring a local time twice.
    pub(in crate::input) fn repeats(self, local: NaiveDateTime) -> bool {
        matches!(self, Self::Zone(zone) if zone.local_time(local) == LocalTime::Repeated)
    }

    /// The local time at a time of UTC; the same where nothing is known.
    pub(in crate::input) fn local(self, utc: NaiveDateTime) -> NaiveDateTime {
        match self {
            Self::Zone(zone) => zone.local_at(utc),
            Self::Offset(hours) => utc + TimeDelta::minutes((hours * 60.0).round() as i64),
            Self::Unknown | Self::Local | Self::Refused => utc,
        }
    }
}
