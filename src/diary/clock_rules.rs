//! Rules of a zone's clocks (`VTIMEZONE`, RFC 5545, 3.6.5), from the zone database.

use crate::zone::{ClockChange, Zone};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};

/// Years before and after the entries whose clock changes are looked at: a rule that holds over all of them is written as a rule.
const YEARS: i32 = 3;

/// A change of clocks as iCalendar states it.
struct Onset {
    /// When it takes place, by the clocks before it.
    at: NaiveDateTime,
    /// Minutes ahead of UTC before and after.
    from: i32,
    to: i32,
}

/// Lines of a zone's rules for entries from `first` to `last`: as yearly rules where the changes around them follow one, else each change
/// by itself.
pub(super) fn clock_rules(zone: &Zone, first: NaiveDate, last: NaiveDate) -> Vec<String> {
    let new_year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(first);
    let (start, end) = (new_year(first.year() - YEARS), new_year(last.year() + YEARS + 1));
    let onsets: Vec<Onset> = zone.clock_changes(start, end).iter().map(|change| onset(zone, change)).collect();
    let years = (start.year()..end.year()).len();
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{}", zone.name())];
    let (forward, back): (Vec<&Onset>, Vec<&Onset>) = onsets.iter().partition(|onset| onset.to > onset.from);
    if let (Some(summer), Some(winter)) = (yearly(&forward, years), yearly(&back, years)) {
        lines.extend(period(forward[0], Some(&summer)));
        lines.extend(period(back[0], Some(&winter)));
    } else {
        let before = onsets.first().map_or_else(|| zone.offset_minutes(first.and_hms_opt(12, 0, 0).unwrap_or_default()), |of| of.from);
        lines.extend(period(&Onset { at: new_year(1970).into(), from: before, to: before }, None));
        lines.extend(onsets.iter().flat_map(|onset| period(onset, None)));
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

fn onset(zone: &Zone, change: &ClockChange) -> Onset {
    // before the change, whatever it skips or repeats
    let from = zone.offset_minutes(change.from - TimeDelta::minutes(1));
    let to = from + i32::try_from(change.minutes).unwrap_or_default();
    Onset { at: if to > from { change.from } else { change.to }, from, to }
}

/// The rule that every year's change follows, if there is one change a year and they follow one.
fn yearly(onsets: &[&Onset], years: usize) -> Option<String> {
    let first = onsets.first().filter(|_| onsets.len() == years)?;
    let alike = |onset: &&Onset| {
        let of = |onset: &Onset| (onset.at.month(), onset.at.weekday(), onset.at.time(), onset.from, onset.to);
        of(onset) == of(first)
    };
    let is_last = |onset: &&Onset| (onset.at.date() + Days::new(7)).month() != onset.at.month();
    let week = |onset: &Onset| onset.at.day().div_ceil(7);
    let place = match () {
        () if !onsets.iter().all(alike) => return None,
        () if onsets.iter().all(is_last) => "-1".to_owned(),
        () if onsets.iter().all(|onset| week(onset) == week(first)) => week(first).to_string(),
        () => return None,
    };
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={place}{}", first.at.month(), day(first.at.weekday())))
}

/// Lines of the time from a change on.
fn period(onset: &Onset, rule: Option<&str>) -> Vec<String> {
    let kind = if onset.to > onset.from { "DAYLIGHT" } else { "STANDARD" };
    let mut lines = vec![
        format!("BEGIN:{kind}"),
        format!("DTSTART:{}", onset.at.format("%Y%m%dT%H%M%S")),
        format!("TZOFFSETFROM:{}", ahead(onset.from)),
        format!("TZOFFSETTO:{}", ahead(onset.to)),
    ];
    lines.extend(rule.map(|rule| format!("RRULE:{rule}")));
    lines.push(format!("END:{kind}"));
    lines
}

fn ahead(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

fn day(weekday: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][weekday.num_days_from_monday() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Months;

    fn rules(zone: &str) -> String {
        let day = NaiveDate::from_ymd_opt(2026, 10, 20).unwrap();
        clock_rules(&zone.parse().unwrap(), day, day + Days::new(14)).join("\n")
    }

    #[test]
    fn zones_with_a_yearly_rule_state_it_and_others_each_change() {
        let berlin = rules("Europe/Berlin");
        assert!(berlin.contains("TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"), "{berlin}");
        assert!(berlin.contains("DTSTART:20231029T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"));
        let york = rules("America/New_York");
        assert!(york.contains("BYMONTH=3;BYDAY=2SU") && york.contains("BYMONTH=11;BYDAY=1SU"), "{york}");
        let shanghai = rules("Asia/Shanghai");
        assert!(shanghai.contains("TZOFFSETTO:+0800") && !shanghai.contains("RRULE") && shanghai.matches("DTSTART").count() == 1);
        // clocks follow the moon there
        let casablanca = rules("Africa/Casablanca");
        assert!(!casablanca.contains("RRULE") && casablanca.matches("DTSTART").count() > 6, "{casablanca}");
    }

    /// Minutes ahead of UTC by the lines, at a local time that occurs once: those of the latest onset before it.
    fn by_lines(lines: &[String], time: NaiveDateTime) -> String {
        let mut periods: Vec<(NaiveDateTime, String)> = Vec::new();
        for part in lines.split(|line| line.starts_with("BEGIN:")).filter(|part| part.len() > 2 && part[0].starts_with("DTSTART:")) {
            let start = NaiveDateTime::parse_from_str(&part[0]["DTSTART:".len()..], "%Y%m%dT%H%M%S").unwrap();
            let offset = part[2]["TZOFFSETTO:".len()..].to_owned();
            let rule = part.iter().find_map(|line| line.strip_prefix("RRULE:FREQ=YEARLY;BYMONTH="));
            let Some((_, weeks)) = rule.and_then(|rule| rule.split_once(";BYDAY=")) else {
                periods.push((start, offset));
                continue;
            };
            for year in 0..10 {
                let month = start.date().with_day(1).unwrap() + Months::new(12 * year);
                let days: Vec<NaiveDate> = month
                    .iter_days()
                    .take_while(|day| day.month() == month.month())
                    .filter(|day| day.weekday() == start.weekday())
                    .collect();
                let place: i32 = weeks[..weeks.len() - 2].parse().unwrap();
                let day = if place < 0 { *days.last().unwrap() } else { days[place as usize - 1] };
                periods.push((day.and_time(start.time()), offset.clone()));
            }
        }
        periods.sort();
        periods.iter().rev().find(|(start, _)| *start <= time).unwrap().1.clone()
    }

    #[test]
    fn clocks_by_the_lines_are_those_of_the_database() {
        for name in [
            "Europe/Berlin",
            "America/New_York",
            "Asia/Shanghai",
            "Africa/Casablanca",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Asia/Kathmandu",
        ] {
            let zone: Zone = name.parse().unwrap();
            let (first, last) = (NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(), NaiveDate::from_ymd_opt(2027, 6, 1).unwrap());
            let lines = clock_rules(&zone, first, last);
            for hour in 0..(last - first).num_hours() {
                let time = first.and_hms_opt(0, 30, 0).unwrap() + TimeDelta::hours(hour);
                if zone.local_time(time) == crate::zone::LocalTime::Once {
                    assert_eq!(by_lines(&lines, time), ahead(zone.offset_minutes(time)), "{name} {time}");
                }
            }
        }
    }
}
