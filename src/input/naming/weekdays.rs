//! Days of the week, in English and Chinese.

use chrono::Weekday;

/// Spellings of weekdays; full forms such as `Monday` and `周一` are also read.
pub(in crate::input) const WEEKDAYS: &str = "mon, tue, wed, thu, fri, sat, sun";

/// The weekday that a word stands for.
pub(in crate::input) fn weekday(word: &str) -> Option<Weekday> {
    let chinese = || {
        let number = ["周", "星期", "礼拜"].iter().find_map(|week| word.strip_prefix(week))?.replace('天', "日");
        let place = ["一", "二", "三", "四", "五", "六", "日"].iter().position(|known| *known == number)?;
        Weekday::try_from(place as u8).ok()
    };
    word.parse().ok().or_else(chinese)
}
