//! `plan.toml`: what is planned, for which queues, under which contracts, rules and prices.

use super::problem::Problems;
use super::settings::{Document, Section};
use crate::roster::{Prices, Rules};
use crate::service::{Channel, Concurrency, OpeningHours, Over, Queue, QueueId, ReplyFigure, ServiceTarget, SpecialHours, Vip, Windows};
use crate::staffing::{Cause, Shrinkage};
use crate::time::{ClockTime, Horizon, Interval};
use crate::units::{Factor, Hours, Money, Seconds, Share};
use crate::workforce::{Contract, Level};
use chrono::NaiveDate;

/// What `plan.toml` says, checked.
#[derive(Clone, Debug)]
pub(super) struct PlanFile {
    pub(super) name: String,
    pub(super) horizon: Horizon,
    pub(super) history_until: NaiveDate,
    pub(super) interval: Interval,
    pub(super) currency: String,
    pub(super) seed: u64,
    pub(super) replications: usize,
    /// Hours local time is ahead of UTC, for exports that give UTC.
    pub(super) utc_offset: Option<f64>,
    pub(super) files: Files,
    pub(super) queues: Vec<Queue>,
    /// Where each queue's section is, and what it leaves to the history.
    pub(super) queue_sections: Vec<QueueSection>,
    pub(super) contracts: Vec<Contract>,
    pub(super) pay: Pay,
    pub(super) prices: Prices,
    pub(super) rules: Rules,
    pub(super) shrinkage: Shrinkage,
}

/// A queue's section of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct QueueSection {
    pub(super) line: usize,
    /// Whether it states the handling time.
    pub(super) states_handling: bool,
}

/// The tables beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    pub(super) history: Vec<String>,
    pub(super) agents: String,
    pub(super) absences: Option<String>,
    pub(super) shifts: String,
    pub(super) promotions: Option<String>,
    pub(super) day_curves: Option<String>,
    pub(super) calendar: Vec<String>,
    pub(super) previous_roster: Option<String>,
    pub(super) drivers: Option<String>,
    pub(super) overrides: Option<String>,
}

/// Base pay an hour by level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pay {
    new: Money,
    regular: Money,
    senior: Money,
}

impl Pay {
    pub(super) fn of(self, level: Level) -> Money {
        match level {
            Level::New => self.new,
            Level::Regular => self.regular,
            Level::Senior => self.senior,
        }
    }
}

/// The longest horizon this version plans.
const MOST_DAYS: f64 = 56.0;
/// The most queues this version rosters together.
const MOST_QUEUES: usize = 12;
const ANY: std::ops::RangeInclusive<f64> = 0.0..=1e9;
const SHARE: std::ops::RangeInclusive<f64> = 0.0..=1.0;

/// Reads a plan file. Whatever is missing or wrong is noted; `None` if no plan can be made of the rest.
pub(super) fn read(file: &str, text: &str, problems: &mut Problems) -> Option<PlanFile> {
    let document = Document::parse(file, text, problems);
    let root = document.root();
    let plan = root.section("plan", problems);
    for key in ["first_day", "days"] {
        plan.require(key, problems);
    }
    let first = plan.date("first_day", problems);
    let days = plan.whole("days", 1.0..=MOST_DAYS, problems);
    let minutes = plan.whole("interval_minutes", 5.0..=60.0, problems).unwrap_or(30);
    let interval = Interval::from_minutes(minutes as u32);
    if interval.is_err() {
        plan.note(problems, "interval_invalid", "interval_minutes", minutes, "");
    }
    let name = plan.text("name", problems).unwrap_or("").to_owned();
    let currency = plan.text("currency", problems).unwrap_or("CNY").to_owned();
    let seed = plan.whole("seed", ANY, problems).unwrap_or(1);
    let replications = plan.whole("simulated_repetitions", 2.0..=10_000.0, problems).unwrap_or(100) as usize;
    let until = plan.date("history_until", problems);
    let utc_offset = plan.number("utc_offset_hours", -14.0..=14.0, problems);
    plan.finish(problems);
    let files = files(&root.section("files", problems), problems);
    let sections = root.sections("queue", problems);
    if sections.is_empty() {
        root.note(problems, "key_missing", "queue", "", "[[queue]]");
    }
    if sections.len() > MOST_QUEUES {
        root.note(problems, "too_many", "queue", sections.len(), MOST_QUEUES);
    }
    let mut queues: Vec<Queue> = Vec::new();
    let mut queue_sections: Vec<QueueSection> = Vec::new();
    for section in &sections {
        if let Some(queue) = queue(section, problems) {
            if let Some(known) = queues.iter().position(|known| known.id == queue.id) {
                section.note(problems, "twice", "id", &queue.id, queue_sections[known].line);
            } else {
                queues.push(queue);
                queue_sections.push(QueueSection {
                    line: section.line,
                    states_handling: ["handling_seconds", "chat_seconds"].iter().any(|key| section.has(key)),
                });
            }
        }
        section.finish(problems);
    }
    let contracts = contracts(&root.sections("contract", problems), problems);
    let (pay, shortage, refused_day_off) = costs(&root.section("costs", problems), problems);
    let (rules, overtime, rest_day) = rules(&root.section("rules", problems), problems);
    let shrinkage = shrinkage(&root.section("shrinkage", problems), problems);
    root.finish(problems);
    let horizon = Horizon { first: first?, days: days? as usize };
    Some(PlanFile {
        name,
        horizon,
        history_until: until.map_or(horizon.first, |until| until.min(horizon.first)),
        interval: interval.ok()?,
        currency,
        seed,
        replications,
        utc_offset,
        files,
        queues,
        queue_sections,
        contracts,
        pay,
        prices: Prices { overtime, rest_day, shortage, refused_day_off },
        rules,
        shrinkage,
    })
}

fn files(section: &Section, problems: &mut Problems) -> Files {
    for key in ["history", "agents", "shifts"] {
        section.require(key, problems);
    }
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    let files = Files {
        history: owned(section.texts("history", problems)),
        agents: section.text("agents", problems).unwrap_or("").to_owned(),
        absences: section.text("absences", problems).map(str::to_owned),
        shifts: section.text("shifts", problems).unwrap_or("").to_owned(),
        promotions: section.text("promotions", problems).map(str::to_owned),
        day_curves: section.text("day_curves", problems).map(str::to_owned),
        calendar: owned(section.texts("calendar", problems)),
        previous_roster: section.text("previous_roster", problems).map(str::to_owned),
        drivers: section.text("drivers", problems).map(str::to_owned),
        overrides: section.text("overrides", problems).map(str::to_owned),
    };
    section.finish(problems);
    files
}

fn queue(section: &Section, problems: &mut Problems) -> Option<Queue> {
    for key in ["id", "channel", "open", "close"] {
        section.require(key, problems);
    }
    let id = section.text("id", problems);
    let name = section.text("name", problems);
    let channel = section.text("channel", problems);
    let handling = section.number("handling_seconds", 1.0..=1e6, problems);
    let patience = section.number("patience_seconds", 0.0..=1e7, problems);
    let bot_share = section.number("bot_share", SHARE, problems);
    let rank = section.whole("rank", 1.0..=9.0, problems).unwrap_or(1);
    let backlog = section.whole("backlog", 0.0..=1e6, problems).unwrap_or(0);
    let hours = opening_hours(section, problems);
    let windows = section.whole("windows", 1.0..=20.0, problems);
    let slowdown = section.number("slowdown_per_window", 0.0..=10.0, problems).unwrap_or(0.0);
    let times = section.numbers("chat_seconds", 1.0..=1e6, problems);
    let seconds = |value: f64| Seconds::new(value).unwrap_or_default();
    let channel_text = channel?;
    let most_windows = section.whole("most_windows", 1.0..=20.0, problems);
    let choose = section.yes("choose_windows", problems).unwrap_or(false);
    let mut wider = None;
    let (channel, handling) = match channel_text {
        "voice" | "deferred" => {
            let channel = if channel_text == "voice" { Channel::Voice } else { Channel::Deferred };
            (channel, seconds(handling.unwrap_or(0.0)))
        }
        "chat" => {
            let windows = windows.map(|windows| windows as usize);
            let most = most_windows.map(|most| most as usize);
            let concurrency = match (times, handling) {
                (Some(times), _) => Concurrency::new(times.into_iter().map(seconds).collect()),
                (None, Some(single)) => {
                    let most = most.max(windows).unwrap_or(1);
                    Concurrency::with_slowdown(seconds(single), most, Factor::new(slowdown).unwrap_or(Factor::ONE))
                }
                (None, None) => {
                    section.require("handling_seconds", problems);
                    return None;
                }
            };
            let Some(concurrency) = concurrency else {
                section.note(problems, "concurrency_falls", if section.has("chat_seconds") { "chat_seconds" } else { "windows" }, "", "");
                return None;
            };
            let single = concurrency.chat_time(1);
            let known = concurrency.windows();
            if let Some(most) = most.filter(|most| *most > known || windows.is_some_and(|windows| *most < windows)) {
                section.note(problems, "out_of_range", "most_windows", most, format!("{}–{known}", windows.unwrap_or(1)));
            }
            let planned = windows.unwrap_or(known);
            wider = most.filter(|most| *most > planned).map(|most| concurrency.up_to(most));
            (Channel::Chat(concurrency.up_to(planned)), single)
        }
        other => {
            section.note(problems, "unknown_word", "channel", other, "voice, chat, deferred");
            return None;
        }
    };
    let promises = section.section("targets", problems);
    let (over, floor_share, floor_wait) = (
        promises.text("over", problems),
        promises.number("floor_share", SHARE, problems),
        promises.number("floor_mean_wait_seconds", 0.0..=1e6, problems),
    );
    let targets = targets(&promises, &channel, channel_text, problems);
    let over = match over {
        None | Some("interval") => Over::Interval,
        Some("day") => Over::Day,
        Some("week") => Over::Week,
        Some(other) => {
            promises.note(problems, "unknown_word", "over", other, "interval, day, week");
            Over::Interval
        }
    };
    for key in ["over", "floor_share", "floor_mean_wait_seconds"] {
        if promises.has(key) && (channel == Channel::Deferred || (over == Over::Interval && key != "over")) {
            promises.note(problems, "key_unfit", key, channel_text, "over = \"day\"");
        }
    }
    if targets.is_empty() {
        section.note(problems, "target_missing", "targets", "", "");
    }
    if patience.is_some() && channel == Channel::Deferred {
        section.note(problems, "key_unfit", "patience_seconds", channel_text, "");
    }
    let figures = section.sections("replies", problems);
    if !figures.is_empty() && !matches!(channel, Channel::Chat(_)) {
        section.note(problems, "key_unfit", "replies", channel_text, "");
    }
    let replies = figures.iter().filter_map(|figure| reply_figure(figure, problems)).collect();
    let vip = vip(section, &channel, channel_text, problems);
    let variation = section.number("handling_variation", 0.0..=10.0, problems).unwrap_or(1.0);
    let handover = section.number("handover_seconds", 0.0..=3600.0, problems).unwrap_or(0.0);
    for key in ["most_windows", "choose_windows"].into_iter().filter(|key| section.has(key) && !matches!(channel, Channel::Chat(_))) {
        section.note(problems, "key_unfit", key, channel_text, "");
    }
    let id = id.filter(|id| !id.trim().is_empty())?;
    Some(Queue {
        name: name.unwrap_or(id).to_owned(),
        id: QueueId::new(id),
        channel,
        hours: hours?,
        handling,
        patience: patience.map(seconds),
        bot_share: bot_share.and_then(|share| Share::new(share).ok()),
        floor: floor(&targets, floor_share, floor_wait),
        targets,
        rank: rank as u8,
        backlog: backlog as u32,
        replies,
        handling_variation: variation,
        handover: seconds(handover),
        vip,
        wider,
        windows: if choose { Windows::Best } else { Windows::Given },
        over,
    })
}

/// Contacts that go first, with what they are promised.
fn vip(queue: &Section, channel: &Channel, channel_text: &str, problems: &mut Problems) -> Option<Vip> {
    if !queue.has("vip") {
        return None;
    }
    let section = queue.section("vip", problems);
    section.require("share", problems);
    let share = section.number("share", SHARE, problems);
    let targets = targets(&section, channel, channel_text, problems);
    if *channel == Channel::Deferred {
        queue.note(problems, "key_unfit", "vip", channel_text, "");
    }
    if let Some(target) = targets.iter().find(|target| !matches!(target, ServiceTarget::MeanWait(_) | ServiceTarget::AnsweredWithin { .. })) {
        let key = if matches!(target, ServiceTarget::Occupancy(_)) { "occupancy_share" } else { "abandonment_share" };
        section.note(problems, "target_unfit", key, key, "mean_wait_seconds, answer_within_seconds");
    }
    Some(Vip { share: Share::new(share?).ok()?, targets })
}

/// What each interval keeps of a promise over a day or a week: as stated, else twice as many late contacts or four times the wait.
fn floor(targets: &[ServiceTarget], share: Option<f64>, wait: Option<f64>) -> Option<ServiceTarget> {
    let wait_floor = targets.iter().find_map(|target| match *target {
        ServiceTarget::MeanWait(promised) => Some(ServiceTarget::MeanWait(Seconds::new(wait.unwrap_or(4.0 * promised.get())).ok()?)),
        _ => None,
    });
    let share_floor = || {
        targets.iter().find_map(|target| match *target {
            ServiceTarget::AnsweredWithin { within, share: promised } => {
                let least = share.unwrap_or((1.0 - 2.0 * promised.rest().get()).max(0.0));
                Some(ServiceTarget::AnsweredWithin { within, share: Share::new(least).ok()? })
            }
            _ => None,
        })
    };
    wait_floor.or_else(share_floor)
}

/// A platform's figure; what it leaves out is the usual 3-minute rate of first replies over 30 days.
fn reply_figure(section: &Section, problems: &mut Problems) -> Option<ReplyFigure> {
    section.require("share", problems);
    let within = section.number("within_seconds", 1.0..=86_400.0, problems).unwrap_or(180.0);
    let share = section.number("share", SHARE, problems);
    let rounds = section.number("rounds", 1.0..=100.0, problems).unwrap_or(1.0);
    let reply = section.number("reply_seconds", 0.0..=3600.0, problems).unwrap_or(0.0);
    let window = [section.clock("from", problems), section.clock("to", problems)];
    let period = section.whole("period_days", 1.0..=366.0, problems).unwrap_or(30);
    section.finish(problems);
    Some(ReplyFigure {
        within: Seconds::new(within).ok()?,
        share: Share::new(share?).ok()?,
        rounds,
        reply: Seconds::new(reply).ok()?,
        window: (window[0].unwrap_or(ClockTime::MIDNIGHT), window[1].unwrap_or(ClockTime::DAY_END)),
        period_days: period as u32,
    })
}

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn opening_hours(section: &Section, problems: &mut Problems) -> Option<OpeningHours> {
    let (open, close) = (section.clock("open", problems), section.clock("close", problems));
    let mut weekdays = [true; 7];
    if section.has("weekdays") {
        weekdays = [false; 7];
        for day in section.texts("weekdays", problems) {
            match WEEKDAYS.iter().position(|known| *known == day) {
                Some(place) => weekdays[place] = true,
                None => section.note(problems, "unknown_word", "weekdays", day, WEEKDAYS.join(", ")),
            }
        }
    }
    let special = section.sections("special_hours", problems);
    let special = special.iter().filter_map(|section| special_hours(section, problems)).collect();
    let (open, close) = (open?, close?);
    if close <= open {
        section.note(problems, "opening_hours_empty", "close", close, open);
    }
    Some(OpeningHours { open, close, weekdays, special })
}

fn special_hours(section: &Section, problems: &mut Problems) -> Option<SpecialHours> {
    for key in ["first", "last", "open", "close"] {
        section.require(key, problems);
    }
    let (first, last) = (section.date("first", problems), section.date("last", problems));
    let (open, close): (Option<ClockTime>, Option<ClockTime>) = (section.clock("open", problems), section.clock("close", problems));
    section.finish(problems);
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        section.note(problems, "end_before_start", "last", last, first);
    }
    Some(SpecialHours { first: first?, last: last?, open: open?, close: close? })
}

fn targets(section: &Section, channel: &Channel, channel_text: &str, problems: &mut Problems) -> Vec<ServiceTarget> {
    let mut targets = Vec::new();
    let seconds = |value: f64| Seconds::new(value).unwrap_or_default();
    let share = |value: f64| Share::new(value).unwrap_or_default();
    targets.extend(section.number("mean_wait_seconds", 0.0..=1e6, problems).map(|wait| ServiceTarget::MeanWait(seconds(wait))));
    let within = section.number("answer_within_seconds", 0.0..=1e6, problems);
    let answered = section.number("answer_share", SHARE, problems);
    for (this, other) in [
        ("answer_within_seconds", "answer_share"),
        ("answer_share", "answer_within_seconds"),
        ("done_within_hours", "done_share"),
        ("done_share", "done_within_hours"),
    ] {
        if section.has(this) {
            section.require(other, problems);
        }
    }
    if let (Some(within), Some(answered)) = (within, answered) {
        targets.push(ServiceTarget::AnsweredWithin { within: seconds(within), share: share(answered) });
    }
    targets.extend(section.number("abandonment_share", SHARE, problems).map(|most| ServiceTarget::Abandonment(share(most))));
    targets.extend(section.number("occupancy_share", 0.05..=1.0, problems).map(|most| ServiceTarget::Occupancy(share(most))));
    let done_within = section.number("done_within_hours", 0.0..=1e4, problems);
    let done = section.number("done_share", SHARE, problems);
    if let (Some(within), Some(done)) = (done_within, done) {
        targets.push(ServiceTarget::DoneWithin { within: seconds(within * 3600.0), share: share(done) });
    }
    let deferred = *channel == Channel::Deferred;
    let unfit: &[&str] = if deferred {
        &["mean_wait_seconds", "answer_within_seconds", "abandonment_share", "occupancy_share"]
    } else {
        &["done_within_hours"]
    };
    for key in unfit.iter().filter(|key| section.has(key)) {
        let instead = if deferred { "done_within_hours" } else { "answer_within_seconds, mean_wait_seconds" };
        section.note(problems, "target_unfit", key, *key, format!("{channel_text}: {instead}"));
    }
    section.finish(problems);
    targets
}

fn contracts(sections: &[Section], problems: &mut Problems) -> Vec<Contract> {
    let mut contracts: Vec<Contract> = Vec::new();
    for section in sections {
        section.require("id", problems);
        let id = section.text("id", problems).unwrap_or("").to_owned();
        let mut hours = |key, standard: f64, most: f64| {
            let hours = section.number(key, 0.0..=most, problems).unwrap_or(standard);
            Hours::new(hours).unwrap_or_default()
        };
        let regular = hours("regular_hours_week", 40.0, 168.0);
        let contract = Contract {
            paid_hours_week: hours("paid_hours_week", regular.get(), 168.0),
            most_hours_week: hours("most_hours_week", regular.get(), 168.0),
            most_hours_day: hours("most_hours_day", 11.0, 24.0),
            regular_hours_week: regular,
            part_time: section.yes("part_time", problems).unwrap_or(false),
            id,
        };
        section.finish(problems);
        if contracts.iter().any(|known| known.id == contract.id) {
            section.note(problems, "twice", "id", &contract.id, section.line);
        } else {
            contracts.push(contract);
        }
    }
    contracts
}

fn costs(section: &Section, problems: &mut Problems) -> (Pay, Vec<(Share, Money)>, Money) {
    let money = |amount: f64| Money::new(amount).unwrap_or_default();
    let regular = section.number("pay_per_hour", ANY, problems).unwrap_or(30.0);
    let senior = section.number("senior_pay_per_hour", ANY, problems).unwrap_or(regular);
    let new = section.number("new_pay_per_hour", ANY, problems).unwrap_or(regular);
    let prices = section.numbers("shortage_per_hour", ANY, problems).unwrap_or_else(|| vec![60.0, 150.0, 360.0]);
    let steps = section.numbers("shortage_steps", SHARE, problems).unwrap_or_else(|| vec![0.10, 0.15]);
    if prices.len() != steps.len() + 1 {
        section.note(problems, "target_count", "shortage_per_hour", steps.len() + 1, prices.len());
    }
    if prices.windows(2).any(|pair| pair[1] < pair[0]) {
        section.note(problems, "out_of_range", "shortage_per_hour", format!("{prices:?}"), "rising prices");
    }
    let refused = section.number("refused_day_off", ANY, problems).unwrap_or(100.0);
    section.finish(problems);
    let rest = (1.0 - steps.iter().sum::<f64>()).max(0.0);
    let shares = steps.into_iter().chain([rest]).map(|share| Share::new(share).unwrap_or_default());
    let pay = Pay { new: money(new), regular: money(regular), senior: money(senior) };
    (pay, shares.zip(prices.into_iter().map(money)).collect(), money(refused))
}

/// Rule packs: data, one file a law.
const PACKS: [(&str, &str); 1] = [("cn", include_str!("packs/cn.toml"))];

fn rules(section: &Section, problems: &mut Problems) -> (Rules, Factor, Factor) {
    let pack_name = section.text("pack", problems).unwrap_or("cn");
    let pack_text = PACKS.iter().find(|(name, _)| *name == pack_name).map(|(_, text)| *text);
    if pack_text.is_none() {
        section.note(problems, "unknown_pack", "pack", pack_name, PACKS.map(|(name, _)| name).join(", "));
    }
    let pack_document = Document::parse("rule pack", pack_text.unwrap_or(PACKS[0].1), problems);
    let pack = pack_document.root();
    let mut number =
        |key, most| section.number(key, 0.0..=most, problems).or_else(|| pack.number(key, ANY, &mut Problems::default())).unwrap_or(most);
    let (rest, running, lates) = (number("rest_hours", 24.0), number("most_days_running", 31.0), number("most_late_shifts_week", 7.0));
    let (rest_days, regular_day) = (number("rest_days_week", 7.0), number("regular_hours_day", 24.0));
    let (overtime, rest_day) = (number("overtime_rate", 10.0), number("rest_day_rate", 10.0));
    let late_after = section.clock("late_after", problems).or_else(|| pack.clock("late_after", problems)).unwrap_or(ClockTime::DAY_END);
    let weekend = section.yes("weekend_day_off_in_two_weeks", problems).or_else(|| pack.yes("weekend_day_off_in_two_weeks", problems));
    let promotion_days = section.dates("promotion_days", problems);
    section.finish(problems);
    let factor = |value: f64| Factor::new(value).unwrap_or(Factor::ONE);
    let hours = |value: f64| Hours::new(value).unwrap_or_default();
    let rules = Rules {
        rest: hours(rest),
        most_days_running: running as u32,
        most_late_shifts_week: lates as u32,
        late_after,
        rest_days_week: rest_days as u32,
        weekend_day_off_in_two_weeks: weekend.unwrap_or(false),
        regular_hours_day: hours(regular_day),
        promotion_days,
    };
    (rules, factor(overtime), factor(rest_day))
}

fn shrinkage(section: &Section, problems: &mut Problems) -> Shrinkage {
    let causes = section.keys().into_iter().filter_map(|name| {
        let share = section.number(name, 0.0..=0.95, problems)?;
        Some(Cause { name: name.to_owned(), share: Share::new(share).unwrap_or_default() })
    });
    Shrinkage(causes.collect())
}
