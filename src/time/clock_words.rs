//! Clock times with words: `9:00 AM`, `下午3:30`, `9时30分`.

use super::clock::{ClockTime, TimeError, clock_of_digits};
use std::str::FromStr;

/// First and last hour that a word allows, and the hours to add to them.
type Hours = (u32, u32, u32);

/// Words for a part of the day, before or after the time, with the hours they allow and the hours to add to them.
const PARTS: [(&str, &[Hours]); 14] = [
    ("am", &[(0, 11, 0)]),
    ("pm", &[(1, 11, 12), (12, 23, 0)]),
    // 12 o'clock in the 上午 is midnight to a program and noon to a person
    ("上午", &[(0, 11, 0)]),
    ("下午", &[(1, 11, 12), (12, 23, 0)]),
    ("早上", &[(5, 11, 0)]),
    ("早晨", &[(5, 11, 0)]),
    ("清晨", &[(4, 8, 0)]),
    ("凌晨", &[(0, 6, 0)]),
    ("中午", &[(11, 13, 0), (1, 2, 12)]),
    ("晚上", &[(5, 11, 12), (17, 23, 0)]),
    ("傍晚", &[(4, 8, 12), (16, 20, 0)]),
    ("noon", &[(12, 12, 0)]),
    ("a.m.", &[(0, 11, 0)]),
    ("p.m.", &[(1, 11, 12), (12, 23, 0)]),
];

impl ClockTime {
    /// Whether a text names a part of the day in another script than Latin, whose letters stand in other words too.
    pub(crate) fn has_part_of_day(text: &str) -> bool {
        PARTS.iter().any(|(word, _)| !word.is_ascii() && text.contains(word))
    }
}

/// Reads a clock time that names the part of the day or its hour; `None` where the words are ambiguous.
fn clock(text: &str) -> Option<ClockTime> {
    let text = text.trim().to_lowercase();
    let part = PARTS.iter().find_map(|(word, hours)| {
        let rest = text.strip_prefix(word).or_else(|| text.strip_suffix(word))?;
        Some((*word, *hours, rest.trim().to_owned()))
    });
    let Some((word, hours, rest)) = part else { return in_hours(&text) };
    let time = in_hours(&rest).or_else(|| clock_of_digits(&rest)).or_else(|| of_hour(&rest, "0"))?;
    let (hour, minute) = (time.minutes() / 60, time.minutes() % 60);
    if hour == 12 && ["am", "a.m."].contains(&word) {
        return ClockTime::from_minutes(minute);
    }
    let (_, _, later) = hours.iter().find(|(from, to, _)| (*from..=*to).contains(&hour))?;
    ClockTime::from_minutes((hour + later) * 60 + minute)
}

/// `9时`, `9点`, `9时30分`, `9点半`.
fn in_hours(text: &str) -> Option<ClockTime> {
    let (hour, rest) = text.split_once(['时', '点', '時', '點'])?;
    match rest.trim().trim_end_matches('分') {
        "" | "整" => of_hour(hour, "0"),
        "半" => of_hour(hour, "30"),
        minute => of_hour(hour, minute),
    }
}

fn of_hour(hour: &str, minute: &str) -> Option<ClockTime> {
    let number = |text: &str, most: u32| {
        let text = text.trim();
        let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|number| is_short && *number <= most)
    };
    ClockTime::from_minutes(number(hour, 24)? * 60 + number(minute, 59)?)
}

impl FromStr for ClockTime {
    type Err = TimeError;
    /// `9:00`, `09:00:00`, `0900`, `900`, `9.00`, `9:00 AM`, `上午9:00` or `9时`.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let time = clock_of_digits(text.trim()).or_else(|| clock(text));
        time.ok_or_else(|| TimeError::Clock(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_minute_is_read_with_the_words_for_its_half_of_the_day() {
        for minutes in 0..24 * 60 {
            let (hour, minute) = (minutes / 60, minutes % 60);
            let (short, is_morning) = (if hour % 12 == 0 { 12 } else { hour % 12 }, hour < 12);
            let (latin, chinese) = if is_morning { ("AM", "上午") } else { ("PM", "下午") };
            let (small, dotted) = (latin.to_lowercase(), if is_morning { "a.m." } else { "p.m." });
            let mut written: Vec<String> = [latin, &small, dotted]
                .iter()
                .flat_map(|half| [format!("{short}:{minute:02} {half}"), format!("{short:02}:{minute:02}{half}")])
                .collect();
            written.extend([format!("{hour}时{minute}分"), format!("{hour}点{minute:02}分"), format!("{hour}:{minute:02}")]);
            if hour > 0 {
                written.push(format!("{chinese}{}:{minute:02}", if hour == 12 { 12 } else { short }));
            }
            for text in written.iter().filter(|text| *text != "上午12:00") {
                assert_eq!(text.parse::<ClockTime>().ok(), ClockTime::from_minutes(minutes), "{text}");
            }
        }
    }

    #[test]
    fn words_on_end_are_no_time_however_many_there_are() {
        for (word, _) in PARTS {
            for number in [2, 3, 100_000] {
                for text in [format!("{}9:00", word.repeat(number)), format!("9:00{}", word.repeat(number)), word.repeat(number)] {
                    assert!(text.parse::<ClockTime>().is_err(), "{number} × {word}");
                }
            }
        }
    }

    #[test]
    fn what_leaves_a_doubt_is_not_read() {
        for text in
            ["上午12:00", "13:00 am", "0:30 pm", "am", "下午", "9", "25时", "9点60分", "晚上12:00", "9:00 xm", "上午", "24:30", "3 pm 4"]
        {
            assert!(text.parse::<ClockTime>().is_err(), "{text}");
        }
        for (text, minutes) in [("9 am", 540), ("9点半", 570), ("13:00 PM", 780), ("晚上8点", 1200), ("24时", 1440), ("中午12:00", 720)]
        {
            assert_eq!(text.parse::<ClockTime>().ok(), ClockTime::from_minutes(minutes), "{text}");
        }
    }
}
