//! A map: what the columns of an export mean, as its planner says it. What a map leaves open is guessed and told.

use crate::input::header::units::seconds_of_word;
use crate::input::import::cells::durations::TwoParts;
use crate::input::import::cells::numbered::Slots;
use crate::input::import::headers::kinds::Meaning;
use crate::input::problem::way::quoted;
use crate::time::{ClockTime, DAY_MINUTES, DateOrder};
use encoding_rs::Encoding;
use std::collections::BTreeMap;

/// Where a row says when it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) enum StartColumns {
    One(String),
    DateAndTime(String, String),
}

/// Hours of a file's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Clock {
    Hours24,
    /// Twelve hours without a mark, so that opening hours decide.
    ByOpeningHours,
    /// Twelve hours without a mark, of which the first is this.
    From(ClockTime),
}

/// Values by column.
pub(in crate::input) type Values = BTreeMap<String, Vec<String>>;

/// A map of one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::input) struct Map {
    pub(in crate::input) file: String,
    /// Whether the file holds counts of today, which the plan need not name.
    pub(in crate::input) is_of_today: bool,
    pub(in crate::input) start: Option<StartColumns>,
    /// Form of the start, in the signs of `strftime`.
    pub(in crate::input) format: Option<String>,
    /// Order of day, month and year.
    pub(in crate::input) dates: Option<DateOrder>,
    /// Zone of its times.
    pub(in crate::input) zone: Option<String>,
    /// Whether a stamp is the end of its interval.
    pub(in crate::input) stamps_are_ends: Option<bool>,
    pub(in crate::input) queue: Option<String>,
    /// The queue of every row.
    pub(in crate::input) fixed_queue: Option<String>,
    /// Our names of the file's queues.
    pub(in crate::input) queues: BTreeMap<String, String>,
    pub(in crate::input) offered: Option<String>,
    pub(in crate::input) handled: Option<String>,
    pub(in crate::input) abandoned: Option<String>,
    pub(in crate::input) handling: Option<String>,
    /// Seconds of a unit of the handling time.
    pub(in crate::input) unit: Option<f64>,
    /// Whether figures of handling time are sums over the contacts of a row.
    pub(in crate::input) are_sums: Option<bool>,
    /// Meaning of durations of two parts.
    pub(in crate::input) durations: Option<TwoParts>,
    /// Whether the handling time includes after-contact work.
    pub(in crate::input) includes_wrap: Option<bool>,
    /// Rows that count: the permitted values by column.
    pub(in crate::input) filter: Values,
    /// Rows that do not count: the values left out by column.
    pub(in crate::input) except: Values,
    pub(in crate::input) skip_rows: usize,
    pub(in crate::input) sheet: Option<String>,
    pub(in crate::input) encoding: Option<&'static Encoding>,
    pub(in crate::input) decimal: Option<char>,
    pub(in crate::input) clock: Option<Clock>,
    /// What numbers of intervals stand for.
    pub(in crate::input) slots: Option<Slots>,
}

/// Keys whose values are texts.
pub(in crate::input) const TEXTS: [&str; 19] = [
    "format",
    "dates",
    "zone",
    "stamp",
    "queue",
    "queue_id",
    "offered",
    "handled",
    "abandoned",
    "handling",
    "unit",
    "figures",
    "durations",
    "sheet",
    "encoding",
    "decimal",
    "clock",
    "slots",
    "file",
];

const DATES: [(&str, DateOrder); 3] =
    [("day_first", DateOrder::DayFirst), ("month_first", DateOrder::MonthFirst), ("year_first", DateOrder::YearFirst)];
const STAMPS: [(&str, bool); 2] = [("start", false), ("end", true)];
const FIGURES: [(&str, bool); 2] = [("mean", false), ("sum", true)];
const DURATIONS: [(&str, TwoParts); 2] = [("m:s", TwoParts::MinutesSeconds), ("h:m", TwoParts::HoursMinutes)];
const DECIMALS: [(&str, char); 2] = [(".", '.'), (",", ',')];
const UNITS: [(&str, f64); 5] = [("ms", 0.001), ("s", 1.0), ("min", 60.0), ("h", 3600.0), ("d", 86_400.0)];

/// Name of the clock whose opening hours say which half of the day is meant.
const BY_OPENING_HOURS: &str = "12h_by_opening_hours";
/// Beginning of the name of a clock whose first hour is known.
const FROM: &str = "12h_from_";

/// The meaning of a word, or all words that are known.
fn one_of<T: Copy>(word: &str, known: &[(&str, T)]) -> Result<Option<T>, String> {
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, meaning)| Some(*meaning));
    found.ok_or_else(|| known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "))
}

/// The word for a meaning.
pub(in crate::input) fn word_of<T: Copy + PartialEq>(meaning: T, known: &[(&'static str, T)]) -> &'static str {
    known.iter().find(|(_, own)| *own == meaning).map_or("", |(word, _)| word)
}

impl Clock {
    fn of(word: &str) -> Result<Option<Self>, String> {
        let from = |clock: &str| clock.parse().ok().filter(|clock: &ClockTime| clock.minutes() < DAY_MINUTES).map(Self::From);
        let found = match word {
            "24h" => Some(Self::Hours24),
            BY_OPENING_HOURS => Some(Self::ByOpeningHours),
            _ => word.strip_prefix(FROM).and_then(from),
        };
        found.map(Some).ok_or_else(|| format!("24h, {BY_OPENING_HOURS}, {FROM}09:00"))
    }

    /// Its name in a map.
    pub(in crate::input) fn name(self) -> String {
        match self {
            Self::Hours24 => "24h".to_owned(),
            Self::ByOpeningHours => BY_OPENING_HOURS.to_owned(),
            Self::From(first) => format!("{FROM}{first}"),
        }
    }
}

/// Word of a map for an order of dates.
pub(in crate::input) fn word_of_order(order: DateOrder) -> &'static str {
    word_of(order, &DATES)
}

/// Word of a map for a unit of so many seconds.
pub(in crate::input) fn word_of_unit(seconds: f64) -> &'static str {
    word_of(seconds, &UNITS)
}

/// Word of a map for figures that are means, or sums.
pub(in crate::input) fn word_of_figures(are_sums: bool) -> &'static str {
    word_of(are_sums, &FIGURES)
}

impl Map {
    /// Takes over what a key says.
    ///
    /// # Errors
    /// What the key may say.
    pub(in crate::input) fn say(&mut self, key: &str, text: &str) -> Result<(), String> {
        let owned = || Some(text.to_owned());
        match key {
            "file" => text.clone_into(&mut self.file),
            "format" => self.format = owned(),
            "dates" => self.dates = one_of(text, &DATES)?,
            "zone" => self.zone = owned(),
            "stamp" => self.stamps_are_ends = one_of(text, &STAMPS)?,
            "queue" => self.queue = owned(),
            "queue_id" => self.fixed_queue = owned(),
            "offered" => self.offered = owned(),
            "handled" => self.handled = owned(),
            "abandoned" => self.abandoned = owned(),
            "handling" => self.handling = owned(),
            "unit" => self.unit = Some(seconds_of_word(text).ok_or("ms, s, min, h")?),
            "figures" => self.are_sums = one_of(text, &FIGURES)?,
            "durations" => self.durations = one_of(text, &DURATIONS)?,
            "sheet" => self.sheet = owned(),
            "encoding" => {
                let known = Encoding::for_label(text.as_bytes());
                self.encoding = Some(known.ok_or("utf-8, utf-16le, gbk, big5, shift_jis, euc-kr, windows-1252")?);
            }
            "decimal" => self.decimal = one_of(text, &DECIMALS)?,
            "clock" => self.clock = Clock::of(text)?,
            "slots" => self.slots = Some(Slots::of(text).ok_or("30min_1_at_09:00, 15min_0_at_00:00, 60min_0_at_00:00")?),
            _ => {}
        }
        Ok(())
    }

    /// Its keys but the file's, with their values as TOML writes them.
    pub(in crate::input) fn lines(&self) -> Vec<(&'static str, String)> {
        let text = |of: &Option<String>| of.as_deref().map(quoted);
        let word = |word: &str| Some(quoted(word));
        let start = self.start.as_ref().map(|start| match start {
            StartColumns::One(name) => quoted(name),
            StartColumns::DateAndTime(date, time) => format!("{{ date = {}, time = {} }}", quoted(date), quoted(time)),
        });
        let queues: Values = self.queues.iter().map(|(name, id)| (name.clone(), vec![id.clone()])).collect();
        let lines = [
            ("actuals", self.is_of_today.then(|| "true".to_owned())),
            ("start", start),
            ("format", text(&self.format)),
            ("dates", self.dates.and_then(|order| word(word_of_order(order)))),
            ("zone", text(&self.zone)),
            ("stamp", self.stamps_are_ends.and_then(|are_ends| word(word_of(are_ends, &STAMPS)))),
            ("clock", self.clock.and_then(|clock| word(&clock.name()))),
            ("slots", self.slots.and_then(|slots| word(&slots.name()))),
            ("queue", text(&self.queue)),
            ("queue_id", text(&self.fixed_queue)),
            ("queues", table(&queues, |of| of.first().map_or_else(String::new, |id| quoted(id)))),
            ("offered", text(&self.offered)),
            ("handled", text(&self.handled)),
            ("abandoned", text(&self.abandoned)),
            ("handling", text(&self.handling)),
            ("unit", self.unit.and_then(|unit| word(word_of_unit(unit)))),
            ("figures", self.are_sums.and_then(|are_sums| word(word_of_figures(are_sums)))),
            ("durations", self.durations.and_then(|parts| word(word_of(parts, &DURATIONS)))),
            ("includes_wrap", self.includes_wrap.map(|includes| includes.to_string())),
            ("where", table(&self.filter, list)),
            ("except", table(&self.except, list)),
            ("skip_rows", Some(self.skip_rows).filter(|rows| *rows > 0).map(|rows| rows.to_string())),
            ("sheet", text(&self.sheet)),
            ("encoding", self.encoding.and_then(|encoding| word(&encoding.name().to_lowercase()))),
            ("decimal", self.decimal.and_then(|sign| word(&sign.to_string()))),
        ];
        lines.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
    }
}

fn list(values: &[String]) -> String {
    format!("[{}]", values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", "))
}

/// Values by name as an inline table; `None` for an empty one.
fn table(of: &Values, value: impl Fn(&[String]) -> String) -> Option<String> {
    let parts: Vec<String> = of.iter().map(|(name, values)| format!("{} = {}", quoted(name), value(values))).collect();
    (!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", ")))
}

impl Map {
    /// Columns that it names for a meaning.
    pub(in crate::input) fn named(&self) -> Vec<(&str, Meaning)> {
        let starts: Vec<&str> = match &self.start {
            Some(StartColumns::One(start)) => vec![start],
            Some(StartColumns::DateAndTime(date, time)) => vec![date, time],
            None => Vec::new(),
        };
        let others = [
            (&self.queue, Meaning::Queue),
            (&self.offered, Meaning::Offered),
            (&self.handled, Meaning::Handled),
            (&self.abandoned, Meaning::Abandoned),
            (&self.handling, Meaning::Handling),
        ];
        let others = others.into_iter().filter_map(|(name, meaning)| Some((name.as_deref()?, meaning)));
        starts.into_iter().map(|name| (name, Meaning::Begins)).chain(others).collect()
    }
}
