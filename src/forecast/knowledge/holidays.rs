//! Calendar holidays as recurring events on whatever date they fall: the Spring Festival keeps its eve, days and tail although it moves
//! by weeks in the solar calendar.

use super::days::{LEAD_DAYS, TAIL_DAYS};
use super::facts::Facts;
use crate::calendar::{Calendar, DayKind};
use crate::event::{Event, Expectation, Family};
use crate::time::Horizon;
use crate::units::Factor;
use chrono::{Days, NaiveDate, NaiveTime};

/// Prefix of holiday family names.
pub(in crate::forecast) const HOLIDAY: &str = "holiday ";
/// Maximum distance of days off within one holiday: a weekend may lie between.
const SAME_HOLIDAY_DAYS: i64 = 3;

/// The given events, with the calendar holidays, past and future, of those families that affect a horizon.
pub(in crate::forecast) fn with_holidays(facts: &Facts, horizon: Horizon) -> Vec<Event> {
    let all = holidays(facts.calendar);
    let felt = |event: &Event| {
        event.start.date() <= horizon.end() + Days::new(LEAD_DAYS as u64)
            && event.last_date() + Days::new(TAIL_DAYS as u64) >= horizon.first
    };
    let names: Vec<Family> = all.iter().filter(|event| felt(event)).map(|event| event.family.clone()).collect();
    let mut events = facts.events.to_vec();
    events.extend(all.into_iter().filter(|event| names.contains(&event.family)));
    events
}

/// Each run of days off as one event of its public holiday's family.
fn holidays(calendar: &Calendar) -> Vec<Event> {
    let off: Vec<(NaiveDate, DayKind, &str)> =
        calendar.iter().filter(|(_, day)| day.kind != DayKind::MakeupWork).map(|(date, day)| (date, day.kind, day.name.as_str())).collect();
    let runs = off.chunk_by(|day, next| (next.0 - day.0).num_days() <= SAME_HOLIDAY_DAYS);
    runs.filter_map(|run| {
        let (_, _, name) = run.iter().find(|(_, kind, _)| *kind == DayKind::Statutory)?;
        let (first, last) = (run.first()?.0, run.last()?.0);
        Some(Event {
            name: format!("{name} {first}"),
            family: Family::Lift(format!("{HOLIDAY}{name}")),
            start: first.and_time(NaiveTime::MIN),
            end: (last + Days::new(1)).and_time(NaiveTime::MIN),
            queue: None,
            size: Factor::ONE,
            expected: Expectation::default(),
        })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::SpecialDay;

    #[test]
    fn the_spring_festival_is_one_family_on_two_dates() {
        let mut calendar = Calendar::default();
        for (first, days) in [("2025-01-28", 8), ("2026-02-16", 7)] {
            let first: NaiveDate = first.parse().unwrap();
            for date in first.iter_days().take(days) {
                let day = SpecialDay { kind: DayKind::Statutory, name: "春节".into(), overtime_rate: Factor::ONE };
                calendar.enter(date, day).unwrap();
            }
        }
        let facts = Facts { calendar: &calendar, events: &[], drivers: &[] };
        let week = Horizon { first: "2026-02-09".parse().unwrap(), days: 7 };
        let felt = with_holidays(&facts, week);
        assert_eq!(felt.iter().map(|event| event.start.date().to_string()).collect::<Vec<_>>(), ["2025-01-28", "2026-02-16"]);
        assert_eq!(felt[0].family, felt[1].family);
        assert!(with_holidays(&facts, Horizon { first: "2026-07-06".parse().unwrap(), days: 7 }).is_empty());
    }
}
