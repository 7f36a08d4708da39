//! What columns are called: our names, and what exports of chat workbenches, phone systems and spreadsheets call them.

use super::settings::distance;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Tables that may be taken for one another, the more columns the later: what we call such a file, and the columns that show it.
const KINDS: [(&str, &[&str]); 11] = [
    ("calendar.csv", &["date", "kind"]),
    ("promotions.csv", &["event", "start", "end"]),
    ("absences.csv", &["agent_id", "start", "end"]),
    ("agents.csv", &["agent_id", "contract", "skills"]),
    ("overrides.csv", &["when", "author", "reason"]),
    ("pins.csv", &["date", "agent_id", "shift"]),
    ("requests.csv", &["agent_id", "date", "wish"]),
    ("history.csv", &["start", "queue", "offered"]),
    ("requirement.csv", &["start", "queue", "required"]),
    ("shifts.csv", &["shift", "start", "end", "paid_hours"]),
    ("roster.csv", &["date", "agent_id", "shift", "start", "end", "paid_hours"]),
];

/// What a table with these headers looks like: of the kinds that have all their columns in it, the one with the most.
pub(super) fn kind_of(headers: &[String]) -> Option<&'static str> {
    let has = |columns: &[&str]| columns.iter().all(|column| headers.iter().any(|header| canonical(header, columns) == *column));
    let has_days = headers.iter().filter(|header| is_day(header)).count() > 1;
    let table = KINDS.iter().rev().find(|(_, columns)| has(columns)).map(|(kind, _)| *kind);
    table.or_else(|| (has_days && has(&["agent_id"])).then_some("roster_matrix.csv"))
}

/// Whether a header begins like a day: `12-01 周二`, `2026/12/1`.
fn is_day(header: &str) -> bool {
    let day = header.split_whitespace().next().unwrap_or("");
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    (2..=3).contains(&parts.len()) && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a header is a longer name, or a synonym of it, with a single slip: nobody calls another column so.
pub(super) fn is_slip_of(header: &str, own: &str) -> bool {
    let found = plain(header);
    found.chars().count() >= LONG && names_of(own).any(|name| distance(&name, &found) == 1)
}

/// A name of fewer letters differs from another word by one easily: team, term.
const LONG: usize = 5;

/// Which of the columns that are not there a header may have been meant for: one whose name, or a synonym of it, differs by a third of its
/// letters at most.
pub(super) fn meant<'c>(header: &str, absent: &[&'c str]) -> Option<&'c str> {
    let found = plain(header);
    let length = found.chars().count();
    let letters = |name: Cow<str>| Some(distance(&name, &found)).filter(|letters| *letters <= (length / 3).max(1) && length > 1);
    let of_column = |own: &str| names_of(own).filter_map(letters).min();
    absent.iter().filter_map(|own| Some((of_column(own)?, *own))).min().map(|(_, own)| own)
}

/// Our name for each header that people use. Compared without case, spaces, underscores and brackets.
const SYNONYMS: [(&str, &[&str]); 67] = [
    (
        "start",
        &["日期", "统计时间", "时段", "开始", "开始时间", "interval start", "interval start utc date", "datetime", "timestamp", "ds"],
    ),
    ("end", &["结束", "结束时间"]),
    ("when", &["start", "date", "日期", "时间", "开始"]),
    ("factor", &["系数", "倍数", "multiplier"]),
    ("value", &["数值", "人工值", "contacts", "volume"]),
    ("author", &["修改人", "作者", "by"]),
    ("reason", &["原因", "备注", "why"]),
    ("date", &["日期", "day"]),
    (
        "queue",
        &[
            "店铺",
            "渠道",
            "技能组",
            "分流组",
            "队列",
            "渠道队列",
            "业务线",
            "队列名称",
            "技能组名称",
            "skill",
            "queue name",
            "queue id",
            "lob",
            "line of business",
            "split",
            "split skill",
            "acd queue",
            "skill group",
        ],
    ),
    ("offered", &["咨询人数", "呼入量", "进线量", "volume", "contacts", "calls", "y"]),
    ("handled", &["接待人数", "接起量", "interactions handled"]),
    ("abandoned", &["放弃量"]),
    ("rounds", &["会话量", "对话轮次"]),
    ("to_human", &["转人工数"]),
    ("bot_handled", &["机器人接待量"]),
    ("handling_seconds", &["平均会话时长", "平均通话时长", "平均处理时长", "aht", "aht seconds"]),
    ("after_contact_seconds", &["话后处理时长", "after call work", "acw"]),
    ("total_handling_seconds", &["total handle time", "总处理时长"]),
    ("answered_in_time", &["及时应答量", "answered within", "in time"]),
    ("mean_wait_seconds", &["平均等待时长", "平均等待秒数", "asa", "asa seconds"]),
    ("replies", &["回复轮次", "人工回复轮次"]),
    ("replies_in_time", &["及时回复轮次", "三分钟回复轮次"]),
    ("waiting", &["排队量", "当前排队", "backlog"]),
    ("agent_id", &["工号", "坐席", "agent", "employee id"]),
    ("team", &["组别", "班组", "group"]),
    ("contract", &["合同", "合同类型"]),
    ("skills", &["技能"]),
    ("level", &["级别", "等级"]),
    ("speed", &["效率系数", "speed factor"]),
    ("mentor_id", &["导师", "导师工号", "mentor"]),
    ("hire_date", &["入职日期"]),
    ("preferred_shift", &["偏好班次"]),
    ("day_off_request", &["休息申请", "day off requests"]),
    ("protected", &["特殊保护"]),
    ("volunteers", &["自愿", "自愿夜班", "volunteer"]),
    ("kind", &["类型"]),
    ("status", &["状态"]),
    ("event", &["活动"]),
    ("phase", &["阶段"]),
    ("family", &["活动类别", "类别"]),
    ("size", &["规模"]),
    ("volume_multiplier", &["预计倍数"]),
    ("handle_time_multiplier", &["处理时长倍数"]),
    ("bot_deflection", &["机器人分流率"]),
    ("day_curve", &["日内曲线", "intraday profile"]),
    ("shift", &["班次", "班次代码"]),
    ("name", &["名称", "name zh", "班次名称"]),
    ("paid_hours", &["计薪时数", "paid h"]),
    ("meal_windows", &["用餐时段"]),
    ("meal_minutes", &["用餐分钟"]),
    ("rests", &["小休次数", "breaks 15min"]),
    ("contracts", &["适用合同"]),
    ("queues", &["适用队列"]),
    ("promotion_only", &["仅大促"]),
    ("volunteers_only", &["仅自愿"]),
    ("overtime_rate", &["加班倍率"]),
    ("month", &["月份"]),
    ("overtime_hours", &["加班小时", "加班时数"]),
    ("late_shifts", &["晚班数", "晚班"]),
    ("night_shifts", &["夜班数", "夜班"]),
    ("weekend_days", &["周末天数", "周末班"]),
    ("promotion_nights", &["大促夜班"]),
    ("wish", &["申请", "意愿", "希望", "期望", "希望班次", "request"]),
    ("weight", &["权重"]),
    ("reserve", &["备班", "替补"]),
    ("leader", &["组长", "是否组长"]),
    ("site", &["站点", "职场", "场地", "location"]),
];

/// The same as headers are compared.
static PLAIN: LazyLock<Vec<(&str, Vec<String>)>> =
    LazyLock::new(|| SYNONYMS.iter().map(|(own, names)| (*own, names.iter().map(|name| plain(name)).collect())).collect());

/// What a column of ours may be called, as headers are compared.
fn names_of(own: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let synonyms = PLAIN.iter().filter(move |(name, _)| *name == own).flat_map(|(_, names)| names);
    synonyms.map(|name| Cow::Borrowed(name.as_str())).chain([Cow::Owned(plain(own))])
}

/// A header without what people write differently.
fn plain(header: &str) -> String {
    let header = header.split(['(', '（', '[']).next().unwrap_or(header);
    header.trim().to_lowercase().chars().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '/')).collect()
}

/// Our name of a header among those that a file can have; the header itself if none of them is meant.
pub(super) fn canonical(header: &str, expected: &[&str]) -> String {
    let found = plain(header);
    if let Some(own) = expected.iter().find(|own| own.chars().filter(|letter| *letter != '_').eq(found.chars())) {
        return (*own).to_owned();
    }
    let meant = PLAIN.iter().find(|(own, names)| names.contains(&found) && expected.contains(own));
    meant.map_or_else(|| header.trim().to_owned(), |(own, _)| (*own).to_owned())
}
