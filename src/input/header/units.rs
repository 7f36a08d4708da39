//! Units named in headers: `平均处理时长(分钟)`, `AHT [min]`, `aht_min`, `咨询量（万）`. Cells are converted from them.

use super::plain::plain;
use crate::input::cell::decimals::{Decimals, read_number};
use crate::input::cell::durations::base;

/// Units of time, in seconds.
const TIMES: [(f64, &[&str]); 5] = [
    (0.001, &["ms", "毫秒", "millisecond", "milliseconds", "msec"]),
    (1.0, &["s", "sec", "secs", "second", "seconds", "秒", "秒钟", "sek", "sek.", "sekunden", "seg", "segundos", "secondes"]),
    (60.0, &["min", "mins", "minute", "minutes", "分钟", "分", "min.", "minuten", "minutos"]),
    (3600.0, &["h", "hr", "hrs", "hour", "hours", "小时", "时", "工时", "stunden", "std", "std.", "horas", "heures", "時間"]),
    (86400.0, &["d", "day", "days", "天", "日"]),
];
/// Multiples in which counts may be given.
const SCALES: [(f64, &[&str]); 4] = [
    (100.0, &["百"]),
    (1000.0, &["千", "k", "thousand", "thousands", "'000", "000s"]),
    (10_000.0, &["万", "w"]),
    (1e6, &["百万", "million", "millions", "mio"]),
];
/// Largest offset ahead of UTC, in minutes.
const MOST_AHEAD: i32 = 14 * 60;
const PERCENT: [&str; 4] = ["%", "percent", "pct", "百分比"];
/// Columns of shares and factors.
const SHARES: [&str; 7] = ["bot_deflection", "volume_multiplier", "handle_time_multiplier", "factor", "speed", "overtime_rate", "pay_rate"];
/// Columns of contacts.
const COUNTS: [&str; 11] = [
    "offered",
    "value",
    "handled",
    "abandoned",
    "rounds",
    "to_human",
    "bot_handled",
    "answered_in_time",
    "replies",
    "replies_in_time",
    "waiting",
];
/// Words for the interval of the table, of any length.
const INTERVALS: [&str; 8] = ["interval", "slot", "period", "bucket", "row", "间隔", "时段", "区间"];

/// Size of a cell's unit in units of the column, by the header.
///
/// # Errors
/// Key of the problem with a header that names two units, or one that does not fit its column.
pub(in crate::input) fn unit(header: &str, column: &str) -> Result<f64, &'static str> {
    let (name, bracket) = bracketed(header);
    let find = |units: &[(f64, &[&str])], word: &str| units.iter().find(|(_, words)| words.contains(&word)).map(|(size, _)| *size);
    let Some((_, own)) = base(column) else {
        let word = bracket.unwrap_or_default();
        let is_percent = PERCENT.contains(&word.as_str());
        let scale = find(&SCALES, &word).or_else(|| times(&word)).filter(|_| COUNTS.contains(&column));
        return match scale {
            _ if (is_percent || is_rate(&word)) && COUNTS.contains(&column) => Err("unit_unfit"),
            _ if is_percent && SHARES.contains(&column) => Ok(0.01),
            scale => Ok(scale.unwrap_or(1.0)),
        };
    };
    if bracket.as_deref().is_some_and(|word| PERCENT.contains(&word)) {
        return Err("unit_unfit");
    }
    let of_name = trailing(&name).and_then(|(_, word)| find(&TIMES, &word));
    let of_bracket = bracket.and_then(|word| find(&TIMES, &word));
    match (of_name, of_bracket) {
        (Some(one), Some(other)) if one != other => Err("units_differ"),
        (one, other) => Ok(other.or(one).map_or(1.0, |seconds| seconds / own)),
    }
}

/// The number in `x100` or `× 1,000`.
fn times(word: &str) -> Option<f64> {
    let number = read_number(word.strip_prefix(['x', '×', '*', '✕'])?, Decimals::Point)?;
    (number > 0.0 && number.is_finite()).then_some(number)
}

/// Whether contacts are given as a rate over something other than the table's interval.
fn is_rate(word: &str) -> bool {
    let of = ["per ", "/", "每"].iter().find_map(|sign| word.strip_prefix(sign)).map(str::trim);
    of.is_some_and(|of| !of.starts_with(|sign: char| sign.is_ascii_digit()) && !INTERVALS.contains(&of))
}

/// Whether a percent sign is meaningful in a column: for contacts and durations its base is unknown.
pub(in crate::input) fn takes_percent(column: &str) -> bool {
    !COUNTS.contains(&column) && base(column).is_none()
}

/// Minutes by which a header says its times are ahead of UTC: `start (UTC)`, `统计时间(GMT+8)`, `Time UTC-03:30`.
pub(in crate::input) fn ahead_of_utc(header: &str) -> Option<i32> {
    let header = header.to_ascii_uppercase();
    let (before, after) = ["UTC", "GMT"].iter().find_map(|name| header.split_once(name))?;
    let is_part_of_a_word =
        before.ends_with(|sign: char| sign.is_ascii_alphanumeric()) || after.starts_with(|sign: char| sign.is_ascii_alphanumeric());
    if is_part_of_a_word {
        return None;
    }
    let offset: String = after.chars().take_while(|sign| sign.is_ascii_digit() || "+-−:".contains(*sign)).collect();
    let (sign, digits) = (if offset.starts_with(['-', '−']) { -1 } else { 1 }, offset.trim_start_matches(['+', '-', '−']));
    let (hours, minutes) = digits.split_once(':').unwrap_or((digits, "0"));
    let [hours, minutes] = [hours, minutes].map(|number| number.parse::<i32>().unwrap_or(0));
    Some(sign * (hours * 60 + minutes)).filter(|minutes| minutes.abs() <= MOST_AHEAD)
}

/// Seconds of a unit of time.
pub(in crate::input) fn seconds_of_word(word: &str) -> Option<f64> {
    TIMES.iter().find(|(_, words)| words.contains(&word)).map(|(size, _)| *size)
}

/// Seconds of the unit that the header of a duration names: in brackets, or as its last word.
pub(in crate::input) fn seconds_of_header(header: &str) -> Option<f64> {
    let (name, bracket) = bracketed(header);
    bracket.and_then(|word| seconds_of_word(&word)).or_else(|| seconds_of_word(&trailing(&name)?.1))
}

/// Seconds of the units that a header names in its last word and in brackets, where they differ.
pub(in crate::input) fn units_in_header(header: &str) -> Vec<f64> {
    let (name, bracket) = bracketed(header);
    let words = [trailing(&name).map(|(_, word)| word), bracket];
    let mut found: Vec<f64> = words.into_iter().flatten().filter_map(|word| seconds_of_word(&word)).collect();
    found.dedup();
    if found.len() == 2 { found } else { Vec::new() }
}

/// Normalised header of a duration without its trailing unit: `aht` of `AHT_min`.
pub(super) fn without_unit(header: &str) -> Option<String> {
    let (name, _) = bracketed(header);
    let (rest, word) = trailing(&name)?;
    TIMES.iter().any(|(_, words)| words.contains(&word.as_str())).then(|| plain(rest))
}

/// The part of a header before its first bracket, and the text in the bracket.
fn bracketed(header: &str) -> (String, Option<String>) {
    let header: String = header.chars().map(|sign| if sign == '（' || sign == '［' || sign == '【' { '(' } else { sign }).collect();
    match header.split_once(['(', '[']) {
        Some((name, rest)) => {
            let within = rest.split([')', ']', '）', '］', '】']).next().unwrap_or("");
            let word = within.trim().to_lowercase().replace('％', "%");
            (name.trim().to_owned(), Some(word.trim_start_matches("单位").trim_start_matches(['：', ':']).trim().to_owned()))
        }
        None => (header.trim().to_owned(), None),
    }
}

/// The last word of a header, in lower case, and the part before it.
fn trailing(name: &str) -> Option<(&str, String)> {
    let (rest, word) = name.rsplit_once([' ', '_', '-', '/'])?;
    Some((rest, word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::header::synonyms::canonical;

    #[test]
    fn headers_say_in_which_units_their_cells_are() {
        let known = ["handling_seconds", "total_handling_seconds", "offered", "bot_deflection", "meal_minutes", "paid_hours"];
        for (header, column, size) in [
            ("平均处理时长(分钟)", "handling_seconds", 60.0),
            ("平均处理时长（单位：分）", "handling_seconds", 60.0),
            ("AHT [min]", "handling_seconds", 60.0),
            ("aht_ms", "handling_seconds", 0.001),
            ("AHT seconds", "handling_seconds", 1.0),
            ("AHT", "handling_seconds", 1.0),
            ("平均通话时长/小时", "handling_seconds", 3600.0),
            ("Total handle time (hours)", "total_handling_seconds", 3600.0),
            ("total_handling_minutes", "total_handling_seconds", 60.0),
            ("咨询量（万）", "offered", 10_000.0),
            ("Calls offered (k)", "offered", 1000.0),
            ("offered (min)", "offered", 1.0),
            ("offered (x100)", "offered", 100.0),
            ("Calls offered [× 1,000]", "offered", 1000.0),
            ("offered (per interval)", "offered", 1.0),
            ("offered (per 30 min)", "offered", 1.0),
            ("机器人分流率(%)", "bot_deflection", 0.01),
            ("用餐时长(小时)", "meal_minutes", 60.0),
            ("用餐时长(秒)", "meal_minutes", 1.0 / 60.0),
            ("paid_hours", "paid_hours", 1.0),
            ("计薪工时(分钟)", "paid_hours", 1.0 / 60.0),
        ] {
            assert_eq!((canonical(header, &known).as_str(), unit(header, column)), (column, Ok(size)), "{header}");
        }
        assert_eq!(unit("aht_seconds (min)", "handling_seconds"), Err("units_differ"));
        for rate in ["offered (per min)", "offered (/h)", "咨询量（每分钟）", "Calls offered [per agent]"] {
            assert_eq!(unit(rate, "offered"), Err("unit_unfit"), "{rate}");
        }
        assert_eq!([unit("AHT (%)", "handling_seconds"), unit("bot_handled (%)", "bot_handled")], [Err("unit_unfit"); 2]);
        for (header, minutes) in [
            ("start (UTC)", Some(0)),
            ("start_utc", Some(0)),
            ("Time UTC", Some(0)),
            ("统计时间(GMT+8)", Some(480)),
            ("Start [UTC-03:30]", Some(-210)),
            ("开始时间（utc+08:00）", Some(480)),
            ("start", None),
            ("utcome", None),
            ("UTC+99", None),
        ] {
            assert_eq!(ahead_of_utc(header), minutes, "{header}");
        }
        // the longest wait is not the mean one
        assert_eq!(canonical("max wait min", &known), "max wait min");
    }
}
