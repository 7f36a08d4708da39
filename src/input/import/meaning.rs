//! What a column of an export holds, by the words of its header. The words are those of contact centres, not of one system: a header that
//! no list knows is still read where its words are the field's own.

use super::words::Words;

/// Meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::input) enum Meaning {
    /// A time, a date or both, at which something began.
    Begins,
    /// A time that ends an interval or a contact, or of something that happened later.
    Later,
    Queue,
    /// A number or code of the queue, read where its name is not given.
    QueueCode,
    /// The medium of the contacts, read as their queue where nothing else names one.
    Channel,
    Offered,
    Handled,
    Abandoned,
    /// Handling time with after-contact work, of a contact or a mean.
    Handling,
    /// Talk time, without hold and wrap-up.
    Talk,
    Hold,
    Wrap,
    /// The same as sums over the interval.
    TotalHandling,
    TotalTalk,
    TotalHold,
    TotalWrap,
    /// Wait in the queue, of one contact.
    Wait,
    /// Key of a contact.
    ContactKey,
    /// Whether it came in or went out.
    Direction,
    /// What became of a contact.
    Outcome,
    Unread,
}

const QUEUES: [&str; 26] = [
    "queue",
    "skill",
    "split",
    "csq",
    "lob",
    "campaign",
    "line",
    "queues",
    "技能组",
    "队列",
    "店铺",
    "渠道",
    "分流组",
    "业务线",
    "客服组",
    "呼入组",
    "业务组",
    "专线",
    "flow",
    "group",
    "groups",
    "department",
    "hunt",
    "vdn",
    "team",
    "teams",
];
/// A queue's word in these headers tells about it: no name.
const NO_QUEUES: [&str; 20] = [
    "in", "out", "time", "wait", "avg", "average", "mean", "max", "queued", "answer", "size", "length", "position", "set", "type", "depth",
    "时长", "量", "数", "人",
];
const CODES: [&str; 6] = ["id", "code", "no", "number", "编号", "id号"];

/// Counts of contacts, those that mean the offered ones without doubt first.
const OFFERED: [&str; 19] = [
    "offered",
    "offer",
    "offers",
    "presented",
    "queued",
    "received",
    "rcvd",
    "arrived",
    "arrivals",
    "entered",
    "incoming",
    "inbound",
    "咨询",
    "进线",
    "呼入",
    "来电",
    "接入",
    "话务",
    "求助",
];
const CONTACTS: [&str; 26] = [
    "volume",
    "contacts",
    "contact",
    "calls",
    "call",
    "tickets",
    "ticket",
    "chats",
    "chat",
    "conversations",
    "conversation",
    "interactions",
    "interaction",
    "cases",
    "emails",
    "messages",
    "sessions",
    "requests",
    "count",
    "会话量",
    "会话数",
    "工单",
    "通话量",
    "通话数",
    "y",
    "total",
];
const HANDLED: [&str; 19] = [
    "handled",
    "hndld",
    "answered",
    "answer",
    "answers",
    "handle",
    "accepted",
    "acd",
    "served",
    "completed",
    "接待",
    "接起",
    "接通",
    "接听",
    "应答",
    "人工会话",
    "受理",
    "connected",
    "responded",
];
const ABANDONED: [&str; 17] = [
    "abandoned",
    "abandon",
    "abandons",
    "aban",
    "abnd",
    "abn",
    "abns",
    "abandonment",
    "lost",
    "unanswered",
    "missed",
    "放弃",
    "呼损",
    "未接",
    "未接起",
    "流失",
    "漏接",
];
const MEANS: [&str; 8] = ["avg", "average", "mean", "aht", "acht", "att", "平均", "均"];
const TOTALS: [&str; 5] = ["total", "sum", "总", "合计", "累计"];
const DURATIONS: [&str; 15] =
    ["time", "duration", "aht", "acht", "acw", "seconds", "secs", "minutes", "billsec", "talking", "时长", "时间", "秒数", "length", "att"];
/// Shares, extremes, other people's times and what lies ahead.
const NEVER: [&str; 54] = [
    "rate",
    "level",
    "percent",
    "pct",
    "ratio",
    "max",
    "maximum",
    "longest",
    "min",
    "minimum",
    "sla",
    "target",
    "forecast",
    "forecasted",
    "expected",
    "planned",
    "budget",
    "deviation",
    "variance",
    "计划",
    "预计",
    "predicted",
    "occupancy",
    "staffed",
    "scheduled",
    "cost",
    "price",
    "outbound",
    "transferred",
    "transfer",
    "transfers",
    "voicemail",
    "callback",
    "fcr",
    "csat",
    "nps",
    "score",
    "reply",
    "response",
    "resolution",
    "within",
    "率",
    "占比",
    "最长",
    "最大",
    "最短",
    "满意",
    "响应",
    "回复",
    "金额",
    "预测",
    "呼出",
    "转出",
    "三分钟",
];

/// What a header says its column holds.
pub(in crate::input) fn meaning_of(header: &str) -> Meaning {
    let words = Words::of(header);
    if words.is_empty() || words.hold(&["%", "％"]) {
        return Meaning::Unread;
    }
    if words.have(&NEVER) && !words.have(&["in", "first"]) || words.hold(&["(in hrs)"]) {
        return if of_time(&words) == Some(Meaning::Later) { Meaning::Later } else { Meaning::Unread };
    }
    of_duration(&words)
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
            || words.have(&["at"]) && words.have(&["started", "created", "ended", "closed"]);
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
pub(super) fn names_measure(header: &str) -> bool {
    let words = Words::of(header);
    words.have(&MEANS) || words.have(&TOTALS) || words.have(&["per"])
}

/// Words that say of contacts what they are, not whose: a column of them is no queue's.
const STATES: [&str; 74] = [
    "new",
    "repeat",
    "repeated",
    "unique",
    "reopened",
    "created",
    "solved",
    "closed",
    "open",
    "backlog",
    "net",
    "gross",
    "valid",
    "invalid",
    "internal",
    "external",
    "human",
    "agent",
    "agents",
    "bot",
    "ai",
    "self",
    "actual",
    "previous",
    "last",
    "prior",
    "year",
    "week",
    "month",
    "today",
    "yesterday",
    "ly",
    "short",
    "long",
    "within",
    "staff",
    "fte",
    "value",
    "values",
    "index",
    "id",
    "no",
    "weekday",
    "holiday",
    "time",
    "rate",
    "level",
    "score",
    "code",
    "zip",
    "temperature",
    "flag",
    "人工",
    "有效",
    "无效",
    "新",
    "老",
    "上周",
    "去年",
    "同期",
    "昨日",
    "今日",
    "机器人",
    "周",
    "星期",
    "序号",
    "率",
    "比",
    "坐席",
    "客服数",
    "值",
    "温度",
    "编号",
    "节假日",
];
/// Words of counts and durations that name no queue.
const FIELD: [&str; 46] = [
    "contacts",
    "contact",
    "interactions",
    "interaction",
    "volume",
    "count",
    "number",
    "of",
    "total",
    "nr",
    "the",
    "avg",
    "average",
    "mean",
    "aht",
    "acht",
    "att",
    "acw",
    "time",
    "handle",
    "handling",
    "handled",
    "talk",
    "hold",
    "wrap",
    "wrapup",
    "after",
    "work",
    "duration",
    "seconds",
    "sec",
    "secs",
    "minutes",
    "min",
    "s",
    "offered",
    "offer",
    "offers",
    "presented",
    "queued",
    "received",
    "rcvd",
    "answered",
    "answer",
    "abandoned",
    "sum",
];
const FIELD_ZH: [&str; 16] =
    ["咨询", "进线", "呼入", "来电", "接入", "话务", "求助", "会话", "人数", "人次", "量", "数", "接待", "接起", "接通", "应答"];

/// Words of a header that are not the field's own, in their spelling: of `Support Offered` the first.
pub(super) fn other_words(header: &str) -> Vec<String> {
    let outer = header.split(['(', '（', '[', '【']).next().unwrap_or(header);
    let left = |word: &str| FIELD_ZH.iter().fold(word.to_owned(), |left, known| left.replace(known, ""));
    let is_field = |word: &&str| {
        let word = word.to_lowercase();
        let of_counts = [&HANDLED[..], &ABANDONED, &OFFERED].iter().any(|list| list.contains(&word.as_str()));
        of_counts || FIELD.contains(&word.as_str())
    };
    let other = |token: &str| {
        let parts: Vec<&str> = token.split(['_', '-']).filter(|part| !part.is_empty()).collect();
        let others: Vec<&str> = parts.iter().copied().filter(|part| !is_field(part)).collect();
        if others.len() == parts.len() { left(token) } else { left(&others.join("_")) }
    };
    let tokens = outer.split(|sign: char| sign.is_whitespace() || "/:|".contains(sign));
    tokens.map(other).filter(|word| word.contains(char::is_alphanumeric)).collect()
}

/// Whether a column names the figure that each row holds, so that rows are not counts alone.
pub(super) fn names_figure(header: &str) -> bool {
    Words::of(header).are(&[
        "metric",
        "metrics",
        "metricname",
        "measure",
        "measures",
        "measurenames",
        "kpi",
        "figure",
        "indicator",
        "指标",
        "指标名称",
        "度量",
    ])
}

/// A name that may be a queue's: not a figure's, a state's or a number.
pub(super) fn queue_in(name: &str) -> Option<&str> {
    let words = Words::of(name);
    let is_other = words.have(&STATES) || words.have(&NEVER) || words.hold(&["%", "％"]) || meaning_of(name) == Meaning::Begins;
    (!words.is_empty() && !is_other && name.contains(char::is_alphabetic)).then_some(name)
}

/// How surely a header of this meaning names it, 0 for the surest: the offered contacts are called so before they are called calls.
pub(super) fn doubt_of(header: &str, meaning: Meaning) -> usize {
    let words = Words::of(header);
    match meaning {
        Meaning::Offered if words.have(&["人次"]) => 6,
        Meaning::Offered => {
            let levels: [&[&str]; 7] =
                [&OFFERED[..3], &OFFERED[3..4], &OFFERED[4..5], &OFFERED[5..7], &OFFERED[7..9], &OFFERED[9..], &["volume"]];
            levels.iter().position(|level| words.have(level)).unwrap_or(levels.len())
        }
        Meaning::Queue => QUEUES.iter().position(|word| words.have(&[word])).unwrap_or(QUEUES.len()),
        Meaning::Talk => usize::from(words.have(&["duration", "call"])) + usize::from(words.hold(&["(total"])),
        Meaning::Begins if words.have(&["start", "begin", "started", "created", "开始", "interval", "timestamp", "统计"]) => 0,
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
