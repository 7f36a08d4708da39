//! What the whole numbers of a column of times count, by its header.

use crate::input::import::headers::words::Words;

/// What whole numbers count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::input) enum Numbers {
    Hours,
    /// Minutes of the day, or of the hour beside another column.
    Minutes,
    /// Seconds of the day.
    Seconds,
    /// Days of the month.
    Days,
    /// Hours, or intervals by their numbers: both are called so.
    Slots,
    /// Intervals by their numbers.
    Ordinals,
    #[default]
    Unknown,
}

const MINUTES: [&str; 7] = ["minute", "startminute", "minuteofday", "minutesofday", "minuteofhour", "当日分钟", "起始分钟"];
const SECONDS: [&str; 4] = ["second", "secondofday", "secondsofday", "当日秒数"];
const HOURS: [&str; 9] = ["hour", "hours", "hr", "小时", "时点", "stunde", "hora", "heure", "時"];
const SLOTS: [&str; 6] = ["interval", "period", "slot", "时段", "时间段", "时间区间"];
/// Words that a number of an interval has beside one of them.
const NUMBERED: [&str; 10] = ["no", "number", "nr", "num", "index", "idx", "id", "seq", "序号", "编号"];

/// What whole numbers below a header count.
pub(in crate::input) fn numbers_of(header: &str) -> Numbers {
    let words = Words::of(header);
    let is_since_midnight = words.have(&["midnight"]);
    match () {
        () if words.are(&MINUTES) || is_since_midnight && words.have(&["minute", "minutes", "mins"]) => Numbers::Minutes,
        () if words.are(&SECONDS) || is_since_midnight && words.have(&["second", "seconds", "secs"]) => Numbers::Seconds,
        () if words.are(&["day", "日", "dayofmonth", "号"]) => Numbers::Days,
        () if words.have(&["half", "quarter", "半小时", "刻"]) && !words.have(&["start", "begin"]) => Numbers::Ordinals,
        () if words.have(&HOURS) => Numbers::Hours,
        () if !words.have(&SLOTS) || words.have(&["start", "begin", "end", "from", "to", "开始", "起始", "结束"]) => Numbers::Unknown,
        () if words.have(&["slot"]) || words.have(&NUMBERED) => Numbers::Ordinals,
        () => Numbers::Slots,
    }
}

/// Whether a header names minutes or seconds of the day.
pub(in crate::input) fn counts_within_day(header: &str) -> bool {
    matches!(numbers_of(header), Numbers::Minutes | Numbers::Seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_say_what_numbers_count() {
        for (header, numbers) in [
            ("Minute", Numbers::Minutes),
            ("Minute of day", Numbers::Minutes),
            ("minutes_since_midnight", Numbers::Minutes),
            ("Second of Day", Numbers::Seconds),
            ("Hour", Numbers::Hours),
            ("小时", Numbers::Hours),
            ("Half Hour", Numbers::Ordinals),
            ("半小时序号", Numbers::Ordinals),
            ("Day", Numbers::Days),
            ("Interval", Numbers::Slots),
            ("时段", Numbers::Slots),
            ("时段序号", Numbers::Ordinals),
            ("Period No.", Numbers::Ordinals),
            ("Slot", Numbers::Ordinals),
            ("Interval Start", Numbers::Unknown),
            ("Time", Numbers::Unknown),
            ("Minutes", Numbers::Unknown),
            ("Avg Handle Time (min)", Numbers::Unknown),
        ] {
            assert_eq!(numbers_of(header), numbers, "{header}");
        }
    }
}
