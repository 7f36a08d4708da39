//! Exports of one invented truth, composed of independent choices: how systems write dates, zones, queues, counts, durations and files.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use super::truth::{Count, Truth, pick};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::fmt::Write;

/// How a date is written.
pub(crate) const DATES: [&str; 13] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y/%-m/%-d",
    "%m/%d/%Y",
    "%-m/%-d/%y",
    "%d/%m/%Y",
    "%d/%m/%y",
    "%d.%m.%Y",
    "%d-%b-%y",
    "%-d %b %Y",
    "%B %-d, %Y",
    "%Y年%-m月%-d日",
    "%Y%m%d",
];
/// How a time is written.
pub(crate) const TIMES: [&str; 8] = ["%H:%M", "%-H:%M", "%H:%M:%S", "%-I:%M %p", "%I:%M:%S %p", "%-I:%M%p", "%H%M", "%-I:%M"];

/// Where and how a row says when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Date and time in one cell.
    Stamp,
    DateAndTime,
    DateAndRange,
    /// Interval of an hour by its number.
    DateAndHour,
    /// The end of the interval, so named.
    End,
    Utc,
    UtcInHeader,
    Offset,
    Epoch,
    EpochMillis,
    Serial,
}

/// Which counts a row has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counts {
    Offered,
    OfferedHandled,
    All,
    HandledAbandoned,
    HandledOnly,
}

/// How a row gives handling time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Handling {
    None,
    Seconds,
    Clock,
    ShortClock,
    NamedMillis,
    Millis,
    NamedMinutes,
    Minutes,
    Chinese,
    Letters,
    Total,
    /// A sum under a name that may be a mean's too.
    UnnamedTotal,
    Parts,
}

/// What stands around the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Around {
    Nothing,
    Title,
    Total,
    DayTotals,
    BlankColumns,
    Trailing,
    Footer,
    Quoted,
    SepLine,
    HeaderAgain,
    EmptyRows,
    CutOff,
    /// The whole export a second time below the first.
    Twice,
}

/// All choices of one export.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choices {
    pub(crate) date: &'static str,
    pub(crate) time: &'static str,
    pub(crate) when: When,
    pub(crate) queue: &'static str,
    pub(crate) counts: Counts,
    pub(crate) handling: Handling,
    pub(crate) separator: char,
    pub(crate) encoding: &'static str,
    pub(crate) around: Around,
    pub(crate) order: &'static str,
}

const QUEUES: [&str; 9] = ["Queue", "Queue Name", "Skill", "CSQ Name", "队列", "技能组", "SPLIT", "queue_name", "Campaign"];

impl Choices {
    pub(crate) fn new(random: &mut ChaCha8Rng, truth: &Truth) -> Self {
        use Around::{BlankColumns, CutOff, DayTotals, EmptyRows, Footer, HeaderAgain, Nothing, Quoted, SepLine, Title, Trailing, Twice};
        use When::{DateAndHour, DateAndRange, DateAndTime, End, Epoch, EpochMillis, Offset, Serial, Stamp, Utc, UtcInHeader};
        let ways = [Stamp, Stamp, DateAndTime, DateAndTime, DateAndRange, End, Utc, UtcInHeader, Offset, Epoch, EpochMillis, Serial];
        let hours = [Stamp, DateAndTime, DateAndHour, DateAndHour, DateAndRange, Serial];
        let handling = [
            Handling::None,
            Handling::Seconds,
            Handling::Clock,
            Handling::ShortClock,
            Handling::NamedMillis,
            Handling::Millis,
            Handling::NamedMinutes,
            Handling::Minutes,
            Handling::Chinese,
            Handling::Letters,
            Handling::Total,
            Handling::UnnamedTotal,
            Handling::Parts,
        ];
        let around = [
            Nothing,
            Title,
            Around::Total,
            DayTotals,
            BlankColumns,
            Trailing,
            Footer,
            Quoted,
            SepLine,
            HeaderAgain,
            EmptyRows,
            CutOff,
            Twice,
        ];
        let counts = [Counts::Offered, Counts::OfferedHandled, Counts::All, Counts::All, Counts::HandledAbandoned, Counts::HandledOnly];
        Self {
            date: pick(random, &DATES),
            time: pick(random, &TIMES),
            when: pick(random, if truth.minutes == 60 { &hours } else { &ways }),
            queue: if truth.queues.len() == 1 { "" } else { pick(random, &QUEUES) },
            counts: pick(random, &counts),
            handling: pick(random, &handling),
            separator: pick(random, &[',', ',', ';', '\t', '|']),
            encoding: pick(random, &["utf-8", "utf-8", "bom", "utf-16", "gbk"]),
            around: pick(random, &around),
            order: pick(random, &["time", "time", "back", "queue", "mixed"]),
        }
    }

    fn time_names(&self, is_of_days: bool) -> Vec<&'static str> {
        match self.when {
            _ if is_of_days => vec!["Date"],
            When::DateAndTime => vec!["Date", "Time"],
            When::DateAndRange => vec!["日期", "时段"],
            When::DateAndHour => vec!["Date", "Hour"],
            When::End => vec!["Interval End"],
            When::UtcInHeader => vec!["Interval Start (UTC)"],
            When::Epoch | When::EpochMillis => vec!["timestamp"],
            _ => vec!["Interval Start"],
        }
    }

    fn time_cells(&self, truth: &Truth, start: NaiveDateTime) -> Vec<String> {
        let end = start + TimeDelta::minutes(truth.minutes.into());
        let utc = truth.zone.utc_at(start);
        let write = |of: NaiveDateTime, form: &str| of.format(form).to_string();
        let stamp = |of: NaiveDateTime| write(of, &format!("{} {}", self.date, self.time));
        match self.when {
            _ if truth.minutes == 1440 => vec![write(start, self.date)],
            When::Stamp => vec![stamp(start)],
            When::End => vec![stamp(end)],
            When::UtcInHeader => vec![stamp(utc)],
            When::DateAndTime => vec![write(start, self.date), write(start, self.time)],
            When::DateAndRange => vec![write(start, self.date), format!("{}-{}", write(start, "%H:%M"), write(end, "%H:%M"))],
            When::DateAndHour => vec![write(start, self.date), start.hour().to_string()],
            When::Utc => vec![write(utc, "%Y-%m-%dT%H:%M:%SZ")],
            When::Offset => {
                let ahead = (start - utc).num_minutes();
                let sign = if ahead < 0 { '-' } else { '+' };
                vec![format!("{}{sign}{:02}:{:02}", write(start, "%Y-%m-%dT%H:%M:%S"), ahead.abs() / 60, ahead.abs() % 60)]
            }
            When::Epoch => vec![utc.and_utc().timestamp().to_string()],
            When::EpochMillis => vec![utc.and_utc().timestamp_millis().to_string()],
            When::Serial => {
                let days = (start - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap().and_hms_opt(0, 0, 0).unwrap()).num_minutes();
                vec![format!("{:.6}", days as f64 / 1440.0)]
            }
        }
    }

    fn count_names(&self) -> Vec<&'static str> {
        match self.counts {
            Counts::Offered => vec!["Contacts"],
            Counts::OfferedHandled => vec!["Calls Offered", "Calls Handled"],
            Counts::All => vec!["Offered", "Answered", "Abandoned"],
            Counts::HandledAbandoned => vec!["接起量", "放弃量"],
            Counts::HandledOnly => vec!["Interactions Handled"],
        }
    }

    fn count_cells(&self, count: &Count) -> Vec<String> {
        let cells = match self.counts {
            Counts::Offered => vec![count.offered],
            Counts::OfferedHandled => vec![count.offered, count.handled()],
            Counts::All => vec![count.offered, count.handled(), count.abandoned],
            Counts::HandledAbandoned => vec![count.handled(), count.abandoned],
            Counts::HandledOnly => vec![count.handled()],
        };
        cells.iter().map(u32::to_string).collect()
    }

    fn handling_names(&self) -> Vec<&'static str> {
        match self.handling {
            Handling::None => vec![],
            Handling::Seconds | Handling::Minutes => vec!["AHT"],
            Handling::Clock | Handling::ShortClock => vec!["Avg Handle Time"],
            Handling::NamedMillis => vec!["AHT (ms)"],
            Handling::Millis => vec!["Avg Handle"],
            Handling::NamedMinutes => vec!["平均处理时长（分钟）"],
            Handling::Chinese | Handling::Letters => vec!["平均会话时长"],
            Handling::Total => vec!["Total Handle Time (Seconds)"],
            Handling::UnnamedTotal => vec!["Handle Time"],
            Handling::Parts => vec!["Avg Talk Time", "Avg Hold Time", "Avg ACW Time"],
        }
    }

    fn handling_cells(&self, count: &Count) -> Vec<String> {
        let s = count.seconds;
        let decimal = |text: String| if self.separator == ';' { text.replace('.', ",") } else { text };
        match self.handling {
            Handling::None => vec![],
            Handling::Seconds => vec![s.to_string()],
            Handling::Clock => vec![format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)],
            Handling::ShortClock => vec![format!("{}:{:02}", s / 60, s % 60)],
            Handling::NamedMillis | Handling::Millis => vec![(s * 1000).to_string()],
            Handling::NamedMinutes | Handling::Minutes => vec![decimal(format!("{:.2}", f64::from(s) / 60.0))],
            Handling::Chinese => vec![format!("{}分{}秒", s / 60, s % 60)],
            Handling::Letters => vec![format!("{}m {}s", s / 60, s % 60)],
            Handling::Total | Handling::UnnamedTotal => vec![(s * count.handled()).to_string()],
            Handling::Parts => vec![(s - 30).to_string(), "10".to_owned(), "20".to_owned()],
        }
    }

    /// Brings counts into the order of the file; without abandoned ones where no column could tell.
    pub(crate) fn order(&self, truth: &mut Truth, random: &mut ChaCha8Rng) {
        let counts = &mut truth.counts;
        match self.order {
            "back" => counts.reverse(),
            "queue" => counts.sort_by_key(|count| count.queue),
            "mixed" if self.around != Around::DayTotals => {
                for place in (1..counts.len()).rev() {
                    counts.swap(place, random.random_range(0..=place));
                }
            }
            _ => {}
        }
        if self.counts == Counts::Offered {
            counts.iter_mut().for_each(|count| count.abandoned = 0);
        }
    }

    /// The header and the rows, each as cells.
    fn table(&self, truth: &Truth) -> Vec<Vec<String>> {
        let queue_name: &[&str] = if self.queue.is_empty() { &[] } else { &[self.queue] };
        let times = self.time_names(truth.minutes == 1440);
        let header = [&times[..], queue_name, &self.count_names(), &self.handling_names()].concat();
        let mut rows = vec![header.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()];
        let counts = &truth.counts;
        for (place, count) in counts.iter().enumerate() {
            let queue: Vec<String> = queue_name.iter().map(|_| truth.queues[count.queue].to_owned()).collect();
            rows.push([self.time_cells(truth, count.start), queue, self.count_cells(count), self.handling_cells(count)].concat());
            let ends_day = counts.get(place + 1).is_none_or(|next| next.start.date() != count.start.date());
            if self.around == Around::DayTotals && ends_day && self.order == "time" && truth.minutes < 1440 {
                let mut row = vec![String::new(); header.len()];
                row[0] = format!("{} Total", count.start.format("%Y-%m-%d"));
                (times.len() + queue_name.len()..header.len()).for_each(|place| "777".clone_into(&mut row[place]));
                rows.push(row);
            }
        }
        rows
    }

    /// The bytes of the file.
    pub(crate) fn written(&self, truth: &Truth) -> Vec<u8> {
        let mut rows = self.table(truth);
        let width = rows[0].len();
        match self.around {
            Around::Total => rows.push([vec!["Total".to_owned()], vec![String::new(); width - 2], vec!["99999".to_owned()]].concat()),
            Around::BlankColumns => rows.iter_mut().for_each(|row| row.insert(1, String::new())),
            Around::Trailing => rows.iter_mut().for_each(|row| row.extend([String::new(), String::new()])),
            Around::HeaderAgain => rows.insert(rows.len() / 2, rows[0].clone()),
            Around::EmptyRows => rows.extend(vec![vec![String::new(); width]; 20]),
            Around::CutOff => drop(rows.last_mut().unwrap().pop()),
            Around::Twice => rows.extend(rows[1..].to_vec()),
            _ => {}
        }
        let mut text = match self.around {
            Around::Title => "Interval report\nFrom 1 Jan to 31 Dec, all queues\n\n".to_owned(),
            Around::SepLine => format!("sep={}\n", self.separator),
            _ => String::new(),
        };
        let cell = |cell: &String| match self.around {
            Around::Quoted => format!("\"{cell}\""),
            _ if cell.contains(self.separator) => format!("\"{cell}\""),
            _ => cell.clone(),
        };
        let lines: Vec<String> =
            rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(&self.separator.to_string())).collect();
        text += &lines.join("\r\n");
        if self.around != Around::CutOff {
            text += "\r\n";
        }
        if self.around == Around::Footer {
            let _ = write!(text, "\r\n# Report run on 2026-12-31 08:00\r\nFilters: Division = Home, Media = Voice\r\n");
        }
        encoded(&text, self.encoding)
    }
}

/// A text in an encoding.
pub(crate) fn encoded(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "bom" => format!("\u{feff}{text}").into_bytes(),
        "utf-16" => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "gbk" => encoding_rs::GBK.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    }
}
