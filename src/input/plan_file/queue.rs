//! Sections of `plan.toml` on queues.

use super::hours::opening_hours;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::input::settings::values::SHARE;
use crate::service::{Channel, Concurrency, Over, Queue, QueueId, ReplyFigure, ServiceTarget, Vip, Windows};
use crate::time::ClockTime;
use crate::units::{Factor, Seconds, Share};

/// Reads a queue; `None` if none can be made of the section.
pub(super) fn queue(section: &Section, problems: &mut Problems) -> Option<Queue> {
    let hours: &[&str] = if section.has("hours") { &[] } else { &["open", "close"] };
    ["id", "channel"].iter().chain(hours).for_each(|key| section.require(key, problems));
    let id = section.identifier("id", problems);
    let name = section.name("name", problems);
    let patience = section.number("patience_seconds", 0.0..=1e7, problems);
    let bot_share = section.number("bot_share", SHARE, problems);
    let rank = section.whole("rank", 1.0..=9.0, problems).unwrap_or(1);
    let backlog = section.whole("backlog", 0.0..=1e6, problems).unwrap_or(0);
    let variation = section.number("handling_variation", 0.0..=10.0, problems).unwrap_or(1.0);
    let handover = section.number("handover_seconds", 0.0..=3600.0, problems).unwrap_or(0.0);
    let hours = opening_hours(section, None, problems);
    let channel_text = section.text("channel", problems);
    let Some((channel_text, desk)) = channel_text.zip(channel(section, problems)) else {
        // keys that depend on the channel cannot be judged without it
        ["targets", "replies", "vip"].iter().for_each(|key| section.pass_over(key));
        return None;
    };
    let ContactHandling { channel, handling, wider, windows } = desk;
    let before = problems.len();
    let promises = section.inline("targets", TARGETS_FORM, problems);
    let (over, floors) = (over(&promises, &channel, channel_text, problems), stated_floors(&promises, problems));
    let targets = targets(&promises, &channel, channel_text, problems);
    if targets.is_empty() && problems.len() == before {
        section.note(problems, "target_missing", "targets", "", "");
    }
    let figures = section.sections("replies", problems);
    let is_chat = matches!(channel, Channel::Chat(_));
    for key in ["most_windows", "choose_windows", "replies"].into_iter().filter(|key| section.has(key) && !is_chat) {
        section.note(problems, "key_unfit", key, channel_text, "");
    }
    if patience.is_some() && channel == Channel::Deferred {
        section.note(problems, "key_unfit", "patience_seconds", channel_text, "");
    }
    let replies = figures.iter().filter_map(|figure| reply_figure(figure, problems)).collect();
    let vip = vip(section, &channel, channel_text, problems);
    let id = id?;
    Some(Queue {
        name: name.unwrap_or(id).to_owned(),
        id: QueueId::new(id),
        channel,
        hours: hours?,
        handling,
        patience: patience.map(seconds),
        bot_share: bot_share.and_then(|share| Share::new(share).ok()),
        floor: floor(&targets, floors),
        targets,
        rank: rank as u8,
        backlog: backlog as u32,
        replies,
        handling_variation: variation,
        handover: seconds(handover),
        vip,
        wider,
        windows,
        over,
    })
}

fn seconds(value: f64) -> Seconds {
    Seconds::new(value).expect("its range was checked when it was read")
}

/// Channel, and permitted concurrency.
struct ContactHandling {
    channel: Channel,
    handling: Seconds,
    wider: Option<Concurrency>,
    windows: Windows,
}

fn channel(section: &Section, problems: &mut Problems) -> Option<ContactHandling> {
    let before = problems.len();
    let handling = section.number("handling_seconds", 1.0..=1e6, problems);
    let planned = section.whole("windows", 1.0..=20.0, problems).map(|windows| windows as usize);
    let most = section.whole("most_windows", 1.0..=20.0, problems).map(|most| most as usize);
    let slowdown = section.number("slowdown_per_window", 0.0..=10.0, problems).unwrap_or(0.0);
    let times = section.numbers("chat_seconds", 1.0..=1e6, problems);
    let windows = if section.yes("choose_windows", problems).unwrap_or(false) { Windows::Best } else { Windows::Given };
    let of_calls = |channel: Channel| Some(ContactHandling { channel, handling: seconds(handling.unwrap_or(0.0)), wider: None, windows });
    match section.text("channel", problems)? {
        "voice" => of_calls(Channel::Voice),
        "deferred" => of_calls(Channel::Deferred),
        "chat" => {
            let (known, planned) = match (times, handling) {
                (Some(times), _) => {
                    let listed = times.len();
                    (Concurrency::new(times.into_iter().map(seconds).collect()), planned.unwrap_or(listed))
                }
                (None, Some(single)) => {
                    let planned = planned.unwrap_or(1);
                    let slowdown = Factor::new(slowdown).expect("its range was checked when it was read");
                    (Concurrency::with_slowdown(seconds(single), most.unwrap_or(planned).max(planned), slowdown), planned)
                }
                (None, None) => {
                    if !section.has("chat_seconds") {
                        section.require("handling_seconds", problems);
                    }
                    return None;
                }
            };
            // an unreadable concurrency fits nothing
            if problems.len() > before {
                return None;
            }
            let Some(known) = known else {
                section.note(problems, "concurrency_falls", if section.has("chat_seconds") { "chat_seconds" } else { "windows" }, "", "");
                return None;
            };
            if planned > known.windows() {
                section.note(problems, "out_of_range", "windows", planned, format!("1–{}", known.windows()));
            }
            if let Some(most) = most.filter(|most| !(planned..=known.windows()).contains(most)) {
                section.note(problems, "out_of_range", "most_windows", most, format!("{planned}–{}", known.windows()));
            }
            let wider = most.filter(|most| *most > planned).map(|most| known.up_to(most));
            Some(ContactHandling { channel: Channel::Chat(known.up_to(planned)), handling: known.chat_time(1), wider, windows })
        }
        other => {
            section.note(problems, "unknown_word", "channel", other, "voice, chat, deferred");
            None
        }
    }
}

/// Example of targets, for messages.
const TARGETS_FORM: &str = "{ answer_within_seconds = 20, answer_share = 0.8 }";

/// Period over which the wait target or service level is met.
fn over(targets: &Section, channel: &Channel, channel_text: &str, problems: &mut Problems) -> Over {
    let over = match targets.text("over", problems) {
        None | Some("interval") => Over::Interval,
        Some("day") => Over::Day,
        Some("week") => Over::Week,
        Some(other) => {
            targets.note(problems, "unknown_word", "over", other, "interval, day, week");
            return Over::Interval;
        }
    };
    for key in ["over", "floor_share", "floor_mean_wait_seconds"] {
        let is_unfit = *channel == Channel::Deferred || (over == Over::Interval && key != "over");
        if targets.has(key) && is_unfit {
            targets.note(problems, "key_unfit", key, channel_text, "over = \"day\"");
        }
    }
    over
}

/// Least floor of a service level; below it a queue without patience could grow without limit.
const LEAST_FLOOR: f64 = 0.2;

/// Stated floors: a share, a mean wait.
fn stated_floors(targets: &Section, problems: &mut Problems) -> (Option<f64>, Option<f64>) {
    (targets.number("floor_share", LEAST_FLOOR..=1.0, problems), targets.number("floor_mean_wait_seconds", 0.0..=1e6, problems))
}

/// Priority contacts, with their targets.
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
    if let Some(target) = targets.iter().find(|target| !matches!(target, ServiceTarget::MeanWait(_) | ServiceTarget::AnsweredWithin { .. }))
    {
        let key = if matches!(target, ServiceTarget::Occupancy(_)) { "occupancy_share" } else { "abandonment_share" };
        section.note(problems, "target_unfit", key, key, "mean_wait_seconds, answer_within_seconds");
    }
    Some(Vip { share: Share::new(share?).ok()?, targets })
}

/// Target of each interval under a target over a day or a week: as stated, else twice the share of contacts outside the service-level
/// threshold, or four times the wait.
fn floor(targets: &[ServiceTarget], (share, wait): (Option<f64>, Option<f64>)) -> Option<ServiceTarget> {
    let wait_floor = targets.iter().find_map(|target| match *target {
        ServiceTarget::MeanWait(promised) => Some(ServiceTarget::MeanWait(Seconds::new(wait.unwrap_or(4.0 * promised.get())).ok()?)),
        _ => None,
    });
    let share_floor = || {
        targets.iter().find_map(|target| match *target {
            ServiceTarget::AnsweredWithin { within, share: promised } => {
                let least = share.unwrap_or((1.0 - 2.0 * promised.rest().get()).max(LEAST_FLOOR));
                Some(ServiceTarget::AnsweredWithin { within, share: Share::new(least).ok()? })
            }
            _ => None,
        })
    };
    wait_floor.or_else(share_floor)
}

/// Reply figure of a platform; by default the usual 3-minute rate of first replies over 30 days.
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

fn targets(section: &Section, channel: &Channel, channel_text: &str, problems: &mut Problems) -> Vec<ServiceTarget> {
    let mut targets = Vec::new();
    let share = |value: f64| Share::new(value).expect("its range was checked when it was read");
    targets.extend(section.number("mean_wait_seconds", 0.0..=1e6, problems).map(|wait| ServiceTarget::MeanWait(seconds(wait))));
    let within = section.number("answer_within_seconds", 0.0..=1e6, problems);
    let answered = section.number("answer_share", SHARE, problems);
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
    for (value, other) in
        [(within, "answer_share"), (answered, "answer_within_seconds"), (done_within, "done_share"), (done, "done_within_hours")]
    {
        // the purpose of a refused value must be known first
        if value.is_some() {
            section.require(other, problems);
        }
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

/// Section of a queue.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct QueueSection {
    pub(in crate::input) line: usize,
    /// Whether it states the handling time.
    pub(in crate::input) states_handling: bool,
}

/// Maximum number of queues rostered together.
const MOST_QUEUES: usize = 12;

/// The queues with their locations. A queue whose name is taken is reported and left out.
pub(super) fn queues(root: &Section, sections: &[Section], problems: &mut Problems) -> (Vec<Queue>, Vec<QueueSection>) {
    if sections.is_empty() && !root.has("queue") {
        root.note(problems, "key_missing", "queue", "", "[[queue]]");
    }
    if sections.len() > MOST_QUEUES {
        root.note(problems, "too_many", "queue", sections.len(), MOST_QUEUES);
    }
    let mut queues: Vec<Queue> = Vec::new();
    let mut queue_sections: Vec<QueueSection> = Vec::new();
    for section in sections {
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
    (queues, queue_sections)
}
