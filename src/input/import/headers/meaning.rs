//! What a column of an export holds, by the words of its header. The words are those of contact centres, not of one system: a header that
//! no list knows is still read where its words are the field's own.

use crate::input::import::headers::foreign;
use crate::input::import::headers::kinds::Meaning;
use crate::input::import::headers::lists::{
    ABANDONED, CODES, CONTACTS, DURATIONS, HANDLED, MEANS, NEVER, NO_QUEUES, OFFERED, QUEUES, TOTALS,
};
use crate::input::import::headers::numbered::counts_within_day;
use crate::input::import::headers::words::Words;

/// What a header says its column holds.
pub(in crate::input) fn meaning_of(header: &str) -> Meaning {
    let words = Words::of(header);
    if words.is_empty() || words.hold(&["%", "％"]) {
        return Meaning::Unread;
    }
    if words.have(&NEVER) && !words.have(&["in", "first"]) || words.hold(&["(in hrs)"]) {
        return if of_time(&words) == Some(Meaning::Later) { Meaning::Later } else { Meaning::Unread };
    }
    if counts_within_day(header) {
        return Meaning::Begins;
    }
    foreign::meaning(&words)
        .or_else(|| of_duration(&words))
        .or_else(|| of_contact(&words))
        .or_else(|| of_time(&words))
        .or_else(|| of_queue(&words))
        .or_else(|| of_count(&words))
        .unwrap_or(Meaning::Unread)
}

/// Handling time and its parts.
fn of_duration(words: &Words) -> Option<Meaning> {
    let (is_mean, is_total) = (words.have(&MEANS), words.have(&TOTALS));
    let is_part = words.are(&["acw", "hold", "talk", "wrap", "wrapup", "handle", "ringing", "wait"]);
    if !(is_mean || is_part || words.have(&DURATIONS)) || words.have(&["start", "end", "stop", "created", "interval", "开始", "结束"]) {
        return None;
    }
    if words.have(&ABANDONED) {
        return Some(Meaning::Unread);
    }
    let either = |mean, total| Some(if is_total && !is_mean { total } else { mean });
    if words.have(&["wait", "queue", "asa", "delay", "speed", "ringing", "ring", "等待", "排队", "振铃"]) {
        return Some(if is_mean { Meaning::Unread } else { Meaning::Wait });
    }
    if words.have(&["acw", "wrap", "wrapup", "after", "话后", "事后", "后处理", "整理"]) && !words.have(&["includes", "incl"]) {
        return either(Meaning::Wrap, Meaning::TotalWrap);
    }
    if words.have(&["hold", "保持", "静音"]) {
        return either(Meaning::Hold, Meaning::TotalHold);
    }
    if words.have(&["aht", "acht", "handle", "handling", "处理", "会话", "接待", "服务", "handled"]) && !words.are(&["handle", "handled"])
    {
        return either(Meaning::Handling, Meaning::TotalHandling);
    }
    if words.have(&["talk", "talking", "acd", "att", "billsec", "conversation", "call", "通话", "duration"]) && !words.are(&["calltime"])
    {
        return either(Meaning::Talk, Meaning::TotalTalk);
    }
    let is_known = is_part || words.are(&["handle", "talk", "hold"]);
    (is_known && is_mean).then_some(Meaning::Handling)
}

/// Columns of contact logs.
fn of_contact(words: &Words) -> Option<Meaning> {
    let is_contact =
        words.have(&["call", "contact", "interaction", "ticket", "conversation", "chat", "case", "session", "unique", "master"])
            || words.have(&["会话", "工单", "通话", "流水"]);
    if is_contact && words.have(&CODES) && !words.have(&["type", "caller"])
        || words.are(&["uniqueid", "id", "linkedid", "callid", "contactid"])
    {
        return Some(Meaning::ContactKey);
    }
    if words.have(&["direction", "方向"]) || words.are(&["calltype", "type", "呼叫类型", "通话类型"]) {
        return Some(Meaning::Direction);
    }
    let is_outcome = words.are(&[
        "disposition",
        "status",
        "outcome",
        "result",
        "calldisposition",
        "callstatus",
        "通话状态",
        "接听状态",
        "状态",
        "是否接通",
        "是否接听",
    ]);
    is_outcome.then_some(Meaning::Outcome)
}

/// Words of which the names of beginnings and ends consist, `Call Start`, `start_utc`; the first eight say that it is one.
const EDGES: [&str; 17] = [
    "start",
    "started",
    "begin",
    "began",
    "end",
    "ended",
    "stop",
    "stopped",
    "utc",
    "gmt",
    "local",
    "call",
    "contact",
    "chat",
    "conversation",
    "session",
    "ticket",
];

/// Times of day, dates and both.
fn of_time(words: &Words) -> Option<Meaning> {
    let is_time =
        words.have(&["date", "time", "timestamp", "datetime", "hour", "interval", "period", "day", "ds", "calldate", "slot", "stamp"])
            || words.have(&["日期", "时间", "时段", "小时", "时点", "日"])
            || words.are(&[
                "start",
                "end",
                "stop",
                "begin",
                "from",
                "开始",
                "结束",
                "timestamp",
                "startedat",
                "conversationstartedat",
                "createdat",
            ])
            || words.have(&["at"]) && words.have(&["started", "created", "ended", "closed"])
            || words.are_all_of(&EDGES) && words.have(&EDGES[..8]);
    if !is_time || words.have(&["duration", "length", "complete", "type", "时长", "day of week"]) || words.are(&["intervalduration"]) {
        return None;
    }
    let is_later = words.have(&[
        "end", "ended", "stop", "closed", "resolved", "due", "updated", "update", "last", "until", "to", "answered", "assigned", "结束",
        "截止", "更新", "关闭", "完成", "解决",
    ]);
    Some(if is_later { Meaning::Later } else { Meaning::Begins })
}

fn of_queue(words: &Words) -> Option<Meaning> {
    if words.are(&["channel", "channels", "media", "channeltype", "mediatype", "medium"]) {
        return Some(Meaning::Channel);
    }
    // VIP-Line Offered counts
    let counts = words.have(&["offered", "presented", "handled", "answered", "abandoned", "received"]);
    if !(words.have(&QUEUES) || words.are(&["ctname"])) || counts || words.have(&NO_QUEUES) || words.have(&["agent", "坐席", "旺旺"]) {
        return None;
    }
    Some(if words.have(&CODES) { Meaning::QueueCode } else { Meaning::Queue })
}

fn of_count(words: &Words) -> Option<Meaning> {
    if words.have(&["agent", "agents", "坐席", "customer", "first", "flow", "轮", "机器人", "bot", "转人工", "及时"]) {
        return None;
    }
    let rules: [(&[&str], Meaning); 4] =
        [(&ABANDONED, Meaning::Abandoned), (&HANDLED, Meaning::Handled), (&OFFERED, Meaning::Offered), (&CONTACTS, Meaning::Offered)];
    rules.into_iter().find(|(known, _)| words.have(known)).map(|(_, meaning)| meaning)
}

/// Whether the header of a duration says that it is a mean or a sum.
pub(in crate::input) fn names_measure(header: &str) -> bool {
    let words = Words::of(header);
    foreign::names_mean(&words) || foreign::names_total(&words) || words.have(&["per"])
}

/// How surely a header of this meaning names it, 0 for the surest: the offered contacts are called so before they are called calls.
pub(in crate::input) fn doubt_of(header: &str, meaning: Meaning) -> usize {
    let words = Words::of(header);
    match meaning {
        Meaning::Offered if words.have(&["人次"]) => 6,
        Meaning::Offered if foreign::names_offered(&words) => 0,
        Meaning::Offered => {
            let levels: [&[&str]; 7] =
                [&OFFERED[..3], &OFFERED[3..4], &OFFERED[4..5], &OFFERED[5..7], &OFFERED[7..9], &OFFERED[9..], &["volume"]];
            levels.iter().position(|level| words.have(level)).unwrap_or(levels.len())
        }
        Meaning::Queue => QUEUES.iter().position(|word| words.have(&[word])).unwrap_or(QUEUES.len()),
        Meaning::Talk => usize::from(words.have(&["duration", "call"])) + usize::from(words.hold(&["(total"])),
        Meaning::Begins if words.have(&["start", "begin", "started", "created", "开始", "interval", "timestamp", "统计"]) => 0,
        Meaning::Begins if words.have(&["beginn", "intervallbeginn", "inicio", "debut", "開始"]) => 0,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::Meaning::*;
    use super::*;

    #[test]
    fn headers_of_the_field_mean_what_the_field_says() {
        for (header, meaning) in [
            ("StartInterval", Begins),
            ("EndInterval", Later),
            ("Contacts queued", Offered),
            ("Contacts handled incoming", Handled),
            ("Contacts abandoned", Abandoned),
            ("Average handle time", Handling),
            ("Average queue answer time", Unread),
            ("Service level 60 seconds", Unread),
            ("QueueName", Queue),
            ("QueueId", QueueCode),
            ("ChannelType", Channel),
            ("TimeStamp", Begins),
            ("IntervalDuration", Unread),
            ("IncomingContactVolume", Offered),
            ("Interval Start", Begins),
            ("Interval Complete", Unread),
            ("Offer", Offered),
            ("Answer", Handled),
            ("Abandon", Abandoned),
            ("ASA", Unread),
            ("Handle", Handled),
            ("Avg Handle", Handling),
            ("Avg Talk", Talk),
            ("Avg Hold", Hold),
            ("Avg ACW", Wrap),
            ("Total Handle Time (Seconds)", TotalHandling),
            ("Interval Start UTC Date", Begins),
            ("Interactions Handled", Handled),
            ("Skill Set", Unread),
            ("actConRcvd", Offered),
            ("actConHndld", Handled),
            ("actAHT", Handling),
            ("actASA", Unread),
            ("ctName", Queue),
            ("Time", Begins),
            ("Avg Speed Ans", Unread),
            ("Avg Aban Time", Unread),
            ("ACD Calls", Handled),
            ("Avg ACD Time", Talk),
            ("Avg ACW Time", Wrap),
            ("Aban Calls", Abandoned),
            ("Max Delay", Unread),
            ("Flow In", Unread),
            ("CALL ID", ContactKey),
            ("TIMESTAMP", Begins),
            ("CALL TYPE", Direction),
            ("SKILL", Queue),
            ("DISPOSITION", Outcome),
            ("HANDLE TIME", Handling),
            ("QUEUE WAIT TIME", Wait),
            ("Ticket created - Date", Begins),
            ("Ticket created - Hour", Begins),
            ("Tickets", Offered),
            ("Created time", Begins),
            ("Closed time", Later),
            ("First response time (in hrs)", Unread),
            ("Agent interactions", Unread),
            ("Talk Time", Talk),
            ("Wait Time", Wait),
            ("Ring Groups", Queue),
            ("calldate", Begins),
            ("billsec", Talk),
            ("disposition", Outcome),
            ("日期", Begins),
            ("咨询人数", Offered),
            ("接待人数", Handled),
            ("首次响应时长（秒)", Unread),
            ("平均会话时长（分钟）", Handling),
            ("人工会话量", Handled),
            ("人工平均回复时长", Unread),
            ("小时", Begins),
            ("时段", Begins),
            ("呼入量", Offered),
            ("Skill", Queue),
            ("Start Date", Begins),
            ("Abandons", Abandoned),
            ("CSQ Name", Queue),
            ("Calls Presented", Offered),
            ("Conversation started at (America/New_York)", Begins),
            ("等待时长（秒）", Wait),
            ("通话时长", Talk),
            ("Total", Offered),
            ("CALLSOFFERED", Offered),
            ("ACDCALLS", Handled),
            ("ABNCALLS", Abandoned),
            ("ACDTIME", Talk),
            ("Media Type", Channel),
            ("Team currently assigned", Queue),
            ("Planned calls", Unread),
        ] {
            assert_eq!(meaning_of(header), meaning, "{header}");
        }
    }
}
