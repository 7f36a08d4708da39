//! Section of `plan.toml` on rules, and the rule packs that provide defaults.

use crate::input::problem::collected::Problems;
use crate::input::settings::document::Document;
use crate::input::settings::section::Section;
use crate::input::settings::values::{ANY, SHARE};
use crate::roster::{NO_LIMIT, Rules};
use crate::time::ClockTime;
use crate::units::{Factor, Hours, Share};
use chrono::NaiveDate;

/// Longest notice of a changed shift, in hours: two weeks.
const MOST_NOTICE: f64 = 336.0;
/// Rule packs: data, one file for each law.
const PACKS: [(&str, &str); 1] = [("cn", include_str!("packs/cn.toml"))];

/// Month in which a year's holidays are published, by the plan's own rules or their pack.
pub(super) fn published_month(section: &Section, problems: &mut Problems) -> Option<u32> {
    const KEY: &str = "holidays_published_month";
    const MONTHS: std::ops::RangeInclusive<f64> = 1.0..=12.0;
    let pack_name = section.text("pack", &mut Problems::default()).unwrap_or(PACKS[0].0);
    let pack = PACKS.iter().find(|(name, _)| *name == pack_name).map_or("", |(_, text)| *text);
    let of_pack = || Document::parse("rule pack", pack, &mut Problems::default()).root().number(KEY, MONTHS, &mut Problems::default());
    section.number(KEY, MONTHS, problems).or_else(of_pack).map(|month| month as u32)
}

pub(super) fn rules(section: &Section, problems: &mut Problems) -> (Rules, Factor, Factor, Vec<NaiveDate>) {
    let pack_name = section.text("pack", problems).unwrap_or("cn");
    let pack_text = PACKS.iter().find(|(name, _)| *name == pack_name).map(|(_, text)| *text);
    if pack_text.is_none() {
        section.note(problems, "unknown_pack", "pack", pack_name, PACKS.map(|(name, _)| name).join(", "));
    }
    let pack_document = Document::parse("rule pack", pack_text.unwrap_or(PACKS[0].1), problems);
    let pack = pack_document.root();
    let mut number =
        |key, most| section.number(key, 0.0..=most, problems).or_else(|| pack.number(key, ANY, &mut Problems::default())).unwrap_or(most);
    let (rest, regular_day) = (number("rest_hours", 24.0), number("regular_hours_day", 24.0));
    let (overtime, rest_day) = (number("overtime_rate", 10.0), number("rest_day_rate", 10.0));
    let mut whole = |key, range: std::ops::RangeInclusive<f64>| {
        let most = *range.end();
        section.whole(key, range, problems).or_else(|| pack.whole(key, ANY, &mut Problems::default())).map_or(most, |number| number as f64)
    };
    // with seven rest days a week, or no consecutive working days, nobody could ever work
    let (running, lates, rest_days) =
        (whole("most_days_running", 1.0..=31.0), whole("most_late_shifts_week", 0.0..=7.0), whole("rest_days_week", 0.0..=6.0));
    let late_after = section.clock("late_after", problems).or_else(|| pack.clock("late_after", problems)).unwrap_or(ClockTime::DAY_END);
    let weekend = section.yes("weekend_day_off_in_two_weeks", problems).or_else(|| pack.yes("weekend_day_off_in_two_weeks", problems));
    let nights = section.whole("most_nights_week", 0.0..=7.0, problems).unwrap_or(u64::from(NO_LIMIT));
    let free_weekends = section.whole("free_weekends_in_four", 0.0..=3.0, problems).unwrap_or(0);
    let overtime_month = section.number("most_overtime_month", 0.0..=744.0, problems);
    let overtime_month = overtime_month.or_else(|| pack.number("most_overtime_month", ANY, &mut Problems::default()));
    let start_change = section.number("most_start_change_hours", 0.0..=24.0, problems);
    let forbidden_successions = successions(section, problems);
    let two_days_off = section.yes("two_days_off_running", problems);
    let mut share =
        |key| section.number(key, SHARE, problems).map(|share| Share::new(share).expect("its range was checked when it was read"));
    let (mentor_share, leader_share) = (share("mentor_share"), share("leader_share"));
    let promotion_days = section.dates("promotion_days", problems);
    let notice = section.number("notice_hours", 0.0..=MOST_NOTICE, problems);
    let leave_freeze = section.dates("leave_freeze", problems);
    section.finish(problems);
    let factor = |value: f64| Factor::new(value).unwrap_or(Factor::ONE);
    let hours = |value: f64| Hours::new(value).expect("its range was checked when it was read");
    let rules = Rules {
        rest: hours(rest),
        most_days_running: running as u32,
        most_late_shifts_week: lates as u32,
        late_after,
        rest_days_week: rest_days as u32,
        weekend_day_off_in_two_weeks: weekend.unwrap_or(false),
        free_weekends_in_four: free_weekends as u32,
        regular_hours_day: hours(regular_day),
        most_nights_week: nights as u32,
        most_overtime_month: overtime_month.map(hours),
        most_start_change: start_change.map(hours),
        forbidden_successions,
        two_days_off_running: two_days_off.unwrap_or(false),
        mentor_share,
        leader_share,
        promotion_days,
        notice: notice.map(hours).unwrap_or_default(),
    };
    (rules, factor(overtime), factor(rest_day), leave_freeze)
}

/// Pairs such as `L>E`.
fn successions(section: &Section, problems: &mut Problems) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for text in section.texts("forbidden_successions", problems) {
        match text.split_once('>').map(|(first, second)| (first.trim(), second.trim())) {
            Some((first, second)) if !first.is_empty() && !second.is_empty() => pairs.push((first.to_owned(), second.to_owned())),
            _ => section.note(problems, "not_a_succession", "forbidden_successions", text, "L>E"),
        }
    }
    pairs
}
