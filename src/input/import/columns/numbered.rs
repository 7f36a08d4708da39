//! Whole numbers that say when: minutes or seconds of the day, or numbers of intervals, which may be hours too.

use crate::input::import::cells::moments::Shape;
use crate::input::import::cells::numbered::{Numbering, Slots, of_whole_day, whole};
use crate::input::import::columns::examined::Examined;
use crate::input::import::columns::said::{When, Wide};
use crate::input::import::headers::numbered::Numbers;
use crate::input::problem::collected::Problems;
use crate::input::problem::way::Way;
use crate::time::{ClockTime, DAY_MINUTES};

/// Hours of the day by their numbers.
const HOURS: Slots = Slots { minutes: 60, number: 0, at: ClockTime::MIDNIGHT };
/// When work begins where nothing says so: an example for the one who knows.
const MORNING: u32 = 9 * 60;

impl Examined<'_> {
    /// What the times of day of a table count, where they are whole numbers other than hours; a doubt is asked.
    pub(in crate::input) fn numbering(&self, when: &When, wide: &Wide, problems: &mut Problems) -> Option<Numbering> {
        let said = self.map.and_then(|map| map.slots).map(Numbering::Slots);
        let place = match when {
            When::DateAndTime(_, place) | When::BelowDate(_, place) | When::Clock(place) => *place,
            _ if matches!(wide, Wide::Hours(_)) => return said,
            _ => return None,
        };
        let moments = &self.evidence.columns[place].moments;
        let range = moments.numbers.range();
        if said.is_some() && range.is_some() {
            return said;
        }
        match moments.counted() {
            Some(Shape::MinuteOfDay) => return Some(Numbering::Minutes),
            Some(Shape::SecondOfDay) => return Some(Numbering::Seconds),
            _ => {}
        }
        let (least, most, is_whole) = range?;
        let whole_day = of_whole_day(least, most).filter(|_| is_whole && most > 24 && moments.named != Numbers::Hours);
        if whole_day.is_some() || !may_be_slots(least, most, moments.named) {
            return whole_day.map(Numbering::Slots);
        }
        let first = (self.layout.header_line + 1, format!("{least} … {most}"));
        let code = if most > 24 { "slots_without_start" } else { "slots_doubtful" };
        self.ask(code, place, &first, self.ways_of_slots(least, most), problems);
        None
    }

    /// Beginnings of the intervals that heads number; `None` where they are hours. A doubt is asked.
    pub(in crate::input) fn numbered_heads(&self, places: &[usize], problems: &mut Problems) -> Option<Vec<(usize, ClockTime)>> {
        let numbers: Vec<(usize, u32)> = places.iter().filter_map(|place| Some((*place, whole(&self.layout.names[*place])?))).collect();
        let is_rising = numbers.windows(2).all(|pair| pair[0].1 < pair[1].1);
        let (least, most) = (numbers.first()?.1, numbers.last()?.1);
        if numbers.len() < 3 || !is_rising || numbers.len() * 2 < (most - least) as usize {
            return None;
        }
        let is_whole = numbers.len() == (most - least) as usize + 1;
        let slots = match (self.map.and_then(|map| map.slots), of_whole_day(least, most)) {
            (Some(slots), _) => slots,
            (None, Some(slots)) if is_whole && most > 24 => slots,
            // no header says that hours from five on are intervals
            _ if most <= 24 && (least > 4 || (least, most) == (0, 23)) => return None,
            _ => {
                let code = if most > 24 { "slots_without_start" } else { "slots_doubtful" };
                let first = (self.layout.header_line, format!("{least} … {most}"));
                self.ask(code, numbers[0].0, &first, self.ways_of_slots(least, most), problems);
                return None;
            }
        };
        let begin = |(place, number): (usize, u32)| Some((place, ClockTime::from_minutes(slots.begin(number)?)?));
        Some(numbers.into_iter().filter_map(begin).collect())
    }

    /// Ways to read numbers of intervals: as hours, from the beginning of work, or from midnight.
    fn ways_of_slots(&self, least: u32, most: u32) -> Vec<Way> {
        let mut ways = Vec::new();
        match most {
            24 => ways.push(Slots { number: 1, ..HOURS }),
            ..24 => ways.push(HOURS),
            _ => {}
        }
        for minutes in [30, 15] {
            let length = (most + 1 - least) * minutes;
            let opens = self.opens.map_or(MORNING, ClockTime::minutes);
            if least < 2 && length <= DAY_MINUTES {
                let at = ClockTime::from_minutes(if opens + length > DAY_MINUTES { 0 } else { opens });
                ways.extend(at.map(|at| Slots { minutes, number: least, at }));
            } else {
                let of_midnight = [1, 0].map(|number| Slots { minutes, number, at: ClockTime::MIDNIGHT });
                ways.extend(of_midnight.into_iter().filter(|slots| slots.begin(most).is_some()));
            }
        }
        let shown = |slots: Slots| {
            let time = |number: u32| slots.begin(number).and_then(|minutes| ClockTime::from_minutes(minutes % DAY_MINUTES));
            Some(Way::of(format!("{least} = {}, {most} = {}", time(least)?, time(most)?), "slots", slots.name()))
        };
        ways.into_iter().filter_map(shown).collect()
    }

    /// The column of minutes beside hours, where the times are full hours.
    pub(in crate::input) fn minute_beside(&self, when: &When) -> Option<usize> {
        let (When::DateAndTime(_, clock) | When::BelowDate(_, clock) | When::Clock(clock)) = when else { return None };
        let of = |place: usize| &self.evidence.columns[place].moments;
        let is_minute = |place: &usize| place != clock && of(*place).named == Numbers::Minutes && of(*place).numbers.is_within_hour();
        (0..self.layout.names.len()).find(is_minute).filter(|_| !of(*clock).of_day.has_minutes && of(*clock).counted().is_none())
    }
}

/// Whether numbers up to 24 below a header that names intervals may be theirs, or greater ones must be. Numbers of intervals begin with
/// the day or with work; half-hours of a day before six are nobody's whole work.
fn may_be_slots(least: u32, most: u32, named: Numbers) -> bool {
    match named {
        _ if most > 24 => true,
        Numbers::Ordinals => true,
        Numbers::Slots => (least, most) != (0, 23) && !(5..12).contains(&least),
        _ => false,
    }
}
