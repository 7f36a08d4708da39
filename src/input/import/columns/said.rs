//! Columns of an export by what they say.

use crate::input::cell::date_form::DateForm;
use crate::input::import::cells::durations;
use crate::input::import::cells::moments::Form;
use crate::input::import::cells::numbered::Numbering;
use crate::input::import::cells::numbers::Sign;
use crate::time::{ClockTime, DateOrder};
use chrono::NaiveDate;

/// Where a row says when it begins.
#[derive(Clone, Debug)]
pub(in crate::input) enum When {
    Stamp(usize, Form),
    DateAndTime((usize, Form), usize),
    /// A date alone: a whole day.
    Day(usize, Form),
    /// A time of day below a date that is stated above the rows.
    BelowDate(Form, usize),
    /// A time of day alone, where each column is a day.
    Clock(usize),
    /// Nowhere: each column is a day.
    Across,
}

impl When {
    /// Order of day, month and year, where the dates need one.
    pub(in crate::input) fn date_order(&self) -> Option<DateOrder> {
        let form = match self {
            Self::Stamp(_, form) | Self::DateAndTime((_, form), _) | Self::Day(_, form) | Self::BelowDate(form, _) => form,
            Self::Clock(_) | Self::Across => return None,
        };
        if let DateForm::In(order) = form.dates { Some(order) } else { None }
    }
}

/// A column of durations.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Duration {
    pub(in crate::input) place: usize,
    pub(in crate::input) form: durations::Form,
    /// Whether the header names the unit, or the cells show it.
    pub(in crate::input) has_unit: bool,
}

/// Where a row says how long its contacts were handled.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Handling {
    /// Columns that add up to the handling time.
    pub(in crate::input) parts: Vec<Duration>,
    /// Whether they are sums over the contacts of a row.
    pub(in crate::input) is_total: bool,
    /// Whether the headers say so, or that they are means.
    pub(in crate::input) is_named: bool,
}

/// Columns by what they say.
#[derive(Clone, Debug)]
pub(in crate::input) struct Roles {
    pub(in crate::input) when: When,
    /// Form of the start by the map, in the signs of `strftime`.
    pub(in crate::input) format: Option<String>,
    /// Whether a date without a time is a midnight, as in workbooks, which do not write it.
    pub(in crate::input) dates_are_midnights: bool,
    pub(in crate::input) queue: Option<usize>,
    /// Figures of rows with one count.
    pub(in crate::input) measures: Measures,
    pub(in crate::input) wait: Option<Duration>,
    pub(in crate::input) key: Option<usize>,
    pub(in crate::input) direction: Option<usize>,
    pub(in crate::input) outcome: Option<usize>,
    /// What times of day count, where they are whole numbers other than hours.
    pub(in crate::input) numbering: Option<Numbering>,
    /// Minutes of the hour beside a column of hours.
    pub(in crate::input) minute: Option<usize>,
    /// Columns that a map filters, with their permitted values.
    pub(in crate::input) filters: Vec<(usize, Vec<String>)>,
    /// Columns with values that a map leaves out.
    pub(in crate::input) exceptions: Vec<(usize, Vec<String>)>,
    pub(in crate::input) sign: Sign,
    pub(in crate::input) wide: Wide,
    /// Whether each row is a contact.
    pub(in crate::input) is_log: bool,
    /// Whether its times are the ends of intervals.
    pub(in crate::input) are_ends: bool,
}

/// Columns with the figures of one queue.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Measures {
    pub(in crate::input) offered: Option<usize>,
    pub(in crate::input) handled: Option<usize>,
    pub(in crate::input) abandoned: Option<usize>,
    pub(in crate::input) handling: Handling,
}

/// Columns of counts beside one another.
#[derive(Clone, Debug, Default)]
pub(in crate::input) enum Wide {
    /// None: a row has one count.
    #[default]
    No,
    /// A column for each part of the day.
    Hours(Vec<(usize, ClockTime)>),
    /// A column for each day.
    Days(Vec<(usize, NaiveDate)>),
    /// Columns for each queue, with its name.
    Queues(Vec<(String, Measures)>),
}
