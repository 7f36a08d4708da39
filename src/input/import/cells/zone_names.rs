//! Time zones as exports state them: `Timezone: Europe/Berlin`, `All times in UTC`, `(UTC+00:00) London`, 北京时间.

use crate::input::header::units::ahead_of_utc;
use crate::zone::Zone;
use chrono::{NaiveDate, NaiveTime};

/// A zone that a file states.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::input) enum ZoneStated {
    /// Minutes ahead of UTC.
    Ahead(i64),
    Zone(Zone),
}

/// Names in words, in lower case, with the zone that each means wherever it is used.
const IN_WORDS: [(&str, &str); 13] = [
    ("coordinated universal time", "UTC"),
    ("universal time", "UTC"),
    ("greenwich mean time", "UTC"),
    ("协调世界时", "UTC"),
    ("世界时", "UTC"),
    ("世界標準時", "UTC"),
    ("weltzeit", "UTC"),
    ("北京时间", "Asia/Shanghai"),
    ("beijing time", "Asia/Shanghai"),
    ("china standard time", "Asia/Shanghai"),
    ("japan standard time", "Asia/Tokyo"),
    ("日本時間", "Asia/Tokyo"),
    ("central european time", "Europe/Brussels"),
];

/// Zones that Windows shows by an offset, which holds in winter alone, and by these words.
const OF_WINDOWS: [(&str, &str); 8] = [
    ("eastern time", "America/New_York"),
    ("central time", "America/Chicago"),
    ("mountain time", "America/Denver"),
    ("pacific time", "America/Los_Angeles"),
    ("atlantic time", "America/Halifax"),
    ("stockholm", "Europe/Stockholm"),
    ("jerusalem", "Asia/Jerusalem"),
    ("canberra", "Australia/Sydney"),
];

/// Whether a name is that of a time zone: of a column, or before a colon above the table.
pub(in crate::input) fn names_zone(name: &str) -> bool {
    let plain: String = name.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).collect();
    ["tz", "timezone", "zone", "时区", "zeitzone", "zonahoraria", "fuseauhoraire", "タイムゾーン"].contains(&plain.as_str())
}

/// A zone by its name in the database, as an offset, or in words; `None` where it is not known, as `EST`, which several countries use.
pub(in crate::input) fn zone_of(text: &str) -> Option<ZoneStated> {
    let is_part = |sign: char| sign.is_ascii_alphanumeric() || "/_+-".contains(sign);
    let by_name = text.split(|sign| !is_part(sign)).filter(|word| word.contains('/')).find_map(|word| word.parse().ok());
    if let Some(zone) = by_name {
        return Some(ZoneStated::Zone(zone));
    }
    let lower = text.to_lowercase();
    let in_words = || IN_WORDS.iter().find(|(words, _)| lower.contains(words)).and_then(|(_, name)| of_database(name));
    let Some(ahead) = ahead_of_utc(text).map(i64::from) else { return in_words() };
    Some(of_windows(&lower, ahead).map_or(ZoneStated::Ahead(ahead), ZoneStated::Zone))
}

/// A zone of the database; UTC itself is an offset, which needs no zone of the plan to be compared with.
fn of_database(name: &str) -> Option<ZoneStated> {
    if name == "UTC" { Some(ZoneStated::Ahead(0)) } else { name.parse().ok().map(ZoneStated::Zone) }
}

/// The zone that Windows calls by an offset and cities, `(UTC+01:00) Amsterdam, Berlin, Rome`: its clocks change though the offset does not.
fn of_windows(lower: &str, ahead: i64) -> Option<Zone> {
    let places = lower.split_once(')')?.1;
    let named = OF_WINDOWS.iter().filter(|(words, _)| places.contains(words)).filter_map(|(_, name)| name.parse::<Zone>().ok());
    let cities = places.split(',').map(|city| city.trim().replace(' ', "_")).filter(|city| !city.is_empty());
    let regions = ["Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic"];
    let of_city = cities.flat_map(|city| regions.map(|region| format!("{region}/{city}"))).filter_map(|name| name.parse::<Zone>().ok());
    let winter = |zone: &Zone| {
        let days = [1, 7].into_iter().filter_map(|month| NaiveDate::from_ymd_opt(2026, month, 15));
        days.map(|day| i64::from(zone.offset_minutes(day.and_time(NaiveTime::MIN)))).min()
    };
    named.chain(of_city).find(|zone| winter(zone) == Some(ahead))
}

/// The zone that a line above or below a table states for all its times: `All times in UTC`. A line with a year says when the report ran,
/// which need not be the clock of its rows.
pub(in crate::input) fn zone_in_sentence(line: &str) -> Option<ZoneStated> {
    let lower = line.to_lowercase();
    let is_of_times = ["time", "zone", "时间", "时区", "zeit", "hora", "heure", "時刻", "時間"].iter().any(|word| lower.contains(word));
    let is_dated = line.split(|sign: char| !sign.is_ascii_digit()).any(|digits| digits.len() >= 4);
    if is_of_times && !is_dated { zone_of(line) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(zone: Option<ZoneStated>) -> String {
        match zone {
            Some(ZoneStated::Ahead(minutes)) => format!("{minutes:+}"),
            Some(ZoneStated::Zone(zone)) => zone.name().to_owned(),
            None => String::new(),
        }
    }

    #[test]
    fn zones_are_known_by_name_offset_and_words() {
        for (text, zone) in [
            ("America/New_York", "America/New_York"),
            ("UTC+8", "+480"),
            ("GMT", "+0"),
            ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"),
            ("(UTC+00:00) Coordinated Universal Time", "+0"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Stockholm"),
            ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
            ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "Asia/Chongqing"),
            ("(UTC+10:00) Canberra, Melbourne, Sydney", "Australia/Sydney"),
            ("(UTC-03:00) Wherever", "-180"),
            ("EST", ""),
        ] {
            assert_eq!(shown(zone_of(text)), zone, "{text}");
        }
    }

    #[test]
    fn sentences_state_zones_of_times_alone() {
        for (line, zone) in [
            ("All times in UTC", "+0"),
            ("* Times are shown in America/New_York.", "America/New_York"),
            ("所有时间均为北京时间", "Asia/Shanghai"),
            ("统计时区：UTC+8", "+480"),
            ("Alle Zeiten in UTC+01:00", "+60"),
            ("All times in seconds", ""),
            ("Report run time: 2026-10-12 09:00 UTC", ""),
            ("Queue: UTC support", ""),
        ] {
            assert_eq!(shown(zone_in_sentence(line)), zone, "{line}");
        }
    }
}
