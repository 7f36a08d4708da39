//! Whole numbers of a column of times: minutes or seconds since midnight, or numbers of intervals.

use crate::input::import::cells::moments::Shape;
use crate::input::import::headers::numbered::Numbers;
use crate::time::{ClockTime, DAY_MINUTES};

/// Intervals of one length by their numbers, of which one begins at a known time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) struct Slots {
    /// Length of each, in minutes.
    pub(in crate::input) minutes: u32,
    /// A number, and when the interval of it begins.
    pub(in crate::input) number: u32,
    pub(in crate::input) at: ClockTime,
}

impl Slots {
    /// Intervals as a map names them: `30min_1_at_09:00`.
    pub(in crate::input) fn of(word: &str) -> Option<Self> {
        let (minutes, rest) = word.split_once("min_")?;
        let (number, at) = rest.split_once("_at_")?;
        let minutes = minutes.parse().ok().filter(|minutes| (5..=60).contains(minutes) && DAY_MINUTES.is_multiple_of(*minutes))?;
        let number = number.parse().ok().filter(|number| *number <= MOST_SLOTS)?;
        let at = at.parse().ok().filter(|at: &ClockTime| at.minutes() < DAY_MINUTES)?;
        Some(Self { minutes, number, at })
    }

    /// Their name in a map.
    pub(in crate::input) fn name(self) -> String {
        format!("{}min_{}_at_{}", self.minutes, self.number, self.at)
    }

    /// Minutes from the beginning of the day to an interval; after midnight those of the next day follow.
    pub(in crate::input) fn begin(self, number: u32) -> Option<u32> {
        let since = number.checked_sub(self.number)? * self.minutes;
        (since < DAY_MINUTES).then_some(self.at.minutes() + since)
    }
}

/// What the whole numbers of a column count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Numbering {
    Minutes,
    Seconds,
    Slots(Slots),
}

impl Numbering {
    /// Minutes from the beginning of the day to the time of a cell.
    pub(in crate::input) fn minutes(self, cell: &str) -> Option<u32> {
        let number = whole(cell)?;
        match self {
            Self::Minutes => Some(number).filter(|minutes| *minutes < DAY_MINUTES),
            Self::Seconds => Some(number / 60).filter(|minutes| *minutes < DAY_MINUTES),
            Self::Slots(slots) => slots.begin(number),
        }
    }
}

/// Largest number of an interval: of a day five minutes each.
pub(in crate::input) const MOST_SLOTS: u32 = 288;

/// A whole number, as spreadsheets may write it: `9`, `09`, `9.0`.
pub(in crate::input) fn whole(cell: &str) -> Option<u32> {
    let digits = cell.strip_suffix(".0").unwrap_or(cell);
    digits.parse().ok().filter(|_| !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whole numbers of a column.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Seen {
    numbers: usize,
    /// Whether a cell is no whole number, or begins with a zero as times of four digits do.
    has_others: bool,
    has_zeros: bool,
    least: Option<u32>,
    most: u32,
    /// Whether one lies between the multiples of five, and of three hundred.
    between: (bool, bool),
    /// Numbers that are no time of day when the last two digits are minutes: `570`.
    no_clocks: usize,
    /// A bit for each number of an interval that occurs.
    slots: [u64; 5],
}

/// Cells that show what a column of numbers counts.
const TELLING: usize = 10;

impl Seen {
    /// Whether nothing more can be learned: a cell is no number.
    pub(in crate::input) fn is_over(&self) -> bool {
        self.has_others
    }

    pub(in crate::input) fn see(&mut self, text: &str) {
        let Some(number) = whole(text).filter(|number| *number < 86_400) else {
            self.has_others = true;
            return;
        };
        self.numbers += 1;
        self.has_zeros |= text.len() > 1 && text.starts_with('0');
        self.least = Some(self.least.map_or(number, |least| least.min(number)));
        self.most = self.most.max(number);
        self.between.0 |= !number.is_multiple_of(5);
        self.between.1 |= !number.is_multiple_of(300);
        self.no_clocks += usize::from(number % 100 >= 60);
        if number <= MOST_SLOTS {
            self.slots[number as usize / 64] |= 1 << (number % 64);
        }
    }

    fn different(&self) -> u32 {
        self.slots.iter().map(|bits| bits.count_ones()).sum()
    }

    /// What all numbers count, where the header or the numbers leave nothing else: each is on the grid of a clock, and some are no hours
    /// with minutes; or some are more than a day has hours, and all of them numbers of intervals.
    pub(in crate::input) fn shape(&self, named: Numbers) -> Option<Shape> {
        if self.has_others || self.numbers == 0 {
            return None;
        }
        match (named, self.most) {
            (Numbers::Minutes, ..DAY_MINUTES) => return Some(Shape::MinuteOfDay),
            (Numbers::Seconds, _) => return Some(Shape::SecondOfDay),
            _ => {}
        }
        let is_told = self.numbers >= TELLING && !self.has_zeros;
        match self.most {
            24..1440 if is_told && !self.between.0 && self.no_clocks > 0 => Some(Shape::MinuteOfDay),
            1440.. if is_told && !self.between.1 && (self.no_clocks > 0 || self.most >= 2400) => Some(Shape::SecondOfDay),
            25..=MOST_SLOTS if self.different() > 2 && self.most < 100 + 3 * self.different() => Some(Shape::Slot),
            _ => None,
        }
    }

    /// The least and the greatest of whole numbers that may count intervals, and whether all between them occur.
    pub(in crate::input) fn range(&self) -> Option<(u32, u32, bool)> {
        let least = self.least.filter(|_| !self.has_others && self.most <= MOST_SLOTS && self.different() > 2)?;
        Some((least, self.most, self.different() == self.most - least + 1))
    }

    /// Whether all are minutes of an hour.
    pub(in crate::input) fn is_within_hour(&self) -> bool {
        !self.has_others && self.numbers > 0 && self.most < 60
    }
}

/// Intervals of a whole day, numbered from 0 or 1, where the numbers are all of them.
pub(in crate::input) fn of_whole_day(least: u32, most: u32) -> Option<Slots> {
    let minutes = DAY_MINUTES.checked_div(most + 1 - least).filter(|minutes| minutes * (most + 1 - least) == DAY_MINUTES)?;
    let is_known = least < 2 && [30, 15, 10, 5].contains(&minutes);
    is_known.then_some(Slots { minutes, number: least, at: ClockTime::MIDNIGHT })
}
