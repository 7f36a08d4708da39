//! Section of `plan.toml` on rules, and the rule packs that provide defaults.

use super::pack::{Pack, Settings};
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::input::settings::values::SHARE;
use crate::roster::{NO_LIMIT, Rules};
use crate::time::{ClockTime, DAY_MINUTES};
use crate::units::{Factor, Hours, Share};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Longest notice of a changed shift, in hours: two weeks.
const MOST_NOTICE: f64 = 336.0;
/// Kinds of absence that are training unless the plan says which are.
const TRAINING: [&str; 2] = ["training", "培训"];

/// The section on rules, what its pack says where it says nothing included.
pub(super) struct RulesSection {
    pub(super) rules: Rules,
    /// What hours beyond the regular ones of a day, and of a week, are paid, and those of public holidays.
    pub(super) overtime: Factor,
    pub(super) rest_day: Factor,
    pub(super) holiday: Factor,
    /// The month of the year before in which a year's holidays are published.
    pub(super) published_month: Option<u32>,
    /// Days on which nobody takes leave.
    pub(super) leave_freeze: Vec<NaiveDate>,
    /// What the plan sets otherwise than its pack.
    pub(super) of_plan: BTreeSet<&'static str>,
}

pub(super) fn rules(section: &Section, pack: &Pack, problems: &mut Problems) -> RulesSection {
    section.pass_over("pack");
    let mut settings = Settings::of(section, pack);
    let (overtime, rest_day) = (rate(&mut settings, "overtime_rate", problems), rate(&mut settings, "rest_day_rate", problems));
    let holiday = rate(&mut settings, "holiday_rate", problems);
    let published_month = settings.whole("holidays_published_month", 1.0..=12.0, problems);
    let (night_from, night_until) = night(section, &mut settings, problems);
    // with seven rest days a week, or no consecutive working days, nobody could ever work
    let rules = Rules {
        rest: hours(&mut settings, "rest_hours", 24.0, problems).unwrap_or_default(),
        most_days_running: settings.whole("most_days_running", 1.0..=31.0, problems).unwrap_or(31),
        most_late_shifts_week: settings.whole("most_late_shifts_week", 0.0..=7.0, problems).unwrap_or(NO_LIMIT),
        late_after: settings.clock("late_after", problems).unwrap_or(ClockTime::DAY_END),
        rest_days_week: settings.whole("rest_days_week", 0.0..=6.0, problems).unwrap_or(0),
        weekend_day_off_in_two_weeks: settings.yes("weekend_day_off_in_two_weeks", problems).unwrap_or(false),
        free_weekends_in_four: settings.whole("free_weekends_in_four", 0.0..=3.0, problems).unwrap_or(0),
        regular_hours_day: hours(&mut settings, "regular_hours_day", 24.0, problems).unwrap_or(Hours::from_minutes(DAY_MINUTES)),
        most_nights_week: settings.whole("most_nights_week", 0.0..=7.0, problems).unwrap_or(NO_LIMIT),
        night_from,
        night_until,
        night: hours(&mut settings, "night_hours", 12.0, problems).unwrap_or_default(),
        most_overtime_month: hours(&mut settings, "most_overtime_month", 744.0, problems),
        most_start_change: hours(&mut settings, "most_start_change_hours", 24.0, problems),
        forbidden_successions: successions(section, &mut settings, problems),
        two_days_off_running: settings.yes("two_days_off_running", problems).unwrap_or(false),
        mentor_share: share(section, "mentor_share", problems),
        leader_share: share(section, "leader_share", problems),
        promotion_days: section.dates("promotion_days", problems),
        notice: hours(&mut settings, "notice_hours", MOST_NOTICE, problems).unwrap_or_default(),
        training_absences: training(section, problems),
    };
    let leave_freeze = section.dates("leave_freeze", problems);
    section.finish(problems);
    RulesSection { rules, overtime, rest_day, holiday, published_month, leave_freeze, of_plan: settings.of_plan }
}

/// What an hour is paid, as a multiple of the base pay.
fn rate(settings: &mut Settings, key: &'static str, problems: &mut Problems) -> Factor {
    settings.number(key, 0.0..=10.0, problems).and_then(|rate| Factor::new(rate).ok()).unwrap_or(Factor::ONE)
}

fn hours(settings: &mut Settings, key: &'static str, most: f64, problems: &mut Problems) -> Option<Hours> {
    settings.number(key, 0.0..=most, problems).and_then(|hours| Hours::new(hours).ok())
}

fn share(section: &Section, key: &str, problems: &mut Problems) -> Option<Share> {
    section.number(key, SHARE, problems).map(|share| Share::new(share).expect("its range was checked when it was read"))
}

/// When a night begins and ends; one of no length, or of a whole day, is none.
fn night(section: &Section, settings: &mut Settings, problems: &mut Problems) -> (ClockTime, ClockTime) {
    let from = settings.clock("night_from", problems).unwrap_or(ClockTime::DAY_END);
    let until = settings.clock("night_until", problems).unwrap_or(ClockTime::MIDNIGHT);
    if from.minutes() % DAY_MINUTES == until.minutes() % DAY_MINUTES {
        let key = if section.has("night_until") { "night_until" } else { "night_from" };
        section.note(problems, "night_without_length", key, until, from);
    }
    (from, until)
}

/// Kinds of absence that are training.
fn training(section: &Section, problems: &mut Problems) -> Vec<String> {
    let kinds = section.texts("training_absences", problems);
    let kinds = if section.has("training_absences") { kinds } else { TRAINING.to_vec() };
    kinds.into_iter().map(str::to_owned).collect()
}

/// Pairs such as `L>E`.
fn successions(section: &Section, settings: &mut Settings, problems: &mut Problems) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for text in settings.texts("forbidden_successions", problems) {
        match text.split_once('>').map(|(first, second)| (first.trim(), second.trim())) {
            Some((first, second)) if !first.is_empty() && !second.is_empty() => pairs.push((first.to_owned(), second.to_owned())),
            _ => section.note(problems, "not_a_succession", "forbidden_successions", text, "L>E"),
        }
    }
    pairs
}
