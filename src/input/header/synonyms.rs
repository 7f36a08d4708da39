//! Names of columns: ours, and those of exports from chat workbenches, phone systems and spreadsheets.

use super::plain::plain;
use super::units::without_unit;
use crate::input::cell::durations::base;
use crate::input::cell::spelling::distance;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Tables that can be confused, those with more columns later: our name of the file, and its characteristic columns.
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

/// The likely kind of a table with these headers: of the kinds whose columns are all present, the one with the most.
pub(in crate::input) fn kind_of(headers: &[String]) -> Option<&'static str> {
    let found: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let is_named = |column: &str, columns: &[&str]| {
        headers.iter().zip(&found).any(|(header, found)| meant_by((header, found), columns).is_some_and(|own| own == column))
    };
    let has = |columns: &[&str]| columns.iter().all(|column| is_named(column, columns));
    let has_days = headers.iter().filter(|header| is_day(header)).count() > 1;
    let table = KINDS.iter().rev().find(|(_, columns)| has(columns)).map(|(kind, _)| *kind);
    table.or_else(|| (has_days && has(&["agent_id"])).then_some("roster_matrix.csv"))
}

/// Whether a header begins with a day: `12-01 周二`, `2026/12/1`.
fn is_day(header: &str) -> bool {
    let day = header.split_whitespace().next().unwrap_or("");
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    (2..=3).contains(&parts.len()) && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a header is a longer name, or a synonym of it, with a single typing error: no other column is called so.
pub(in crate::input) fn is_slip_of(header: &str, own: &str) -> bool {
    let found = plain(header);
    found.chars().count() >= LONG && names_of(own).any(|name| distance(&name, &found) == 1)
}

/// Shorter names easily differ from another word by one letter: team, term.
const LONG: usize = 5;

/// The absent column that a header may stand for: its name, or a synonym of it, differs by at most a third of its letters.
pub(in crate::input) fn meant<'c>(header: &str, absent: &[&'c str]) -> Option<&'c str> {
    let found = plain(header);
    let length = found.chars().count();
    let most = (length / 3).max(1);
    let is_near = |name: &Cow<str>| length > 1 && name.chars().count().abs_diff(length) <= most;
    let of_column = |own: &str| names_of(own).filter(is_near).map(|name| distance(&name, &found)).filter(|letters| *letters <= most).min();
    absent.iter().filter_map(|own| Some((of_column(own)?, *own))).min().map(|(_, own)| own)
}

/// Our name for each header in use. Compared without case, spaces, underscores and brackets.
const SYNONYMS: &[(&str, &[&str])] = &[
    // in a table with a date and a start, the date comes first
    ("date", &["日期", "day", "排班日期", "班次日期", "上班日期", "申请日期", "shift date"]),
    (
        "start",
        &[
            "日期",
            "统计时间",
            "时段",
            "开始",
            "开始时间",
            "interval start",
            "interval start utc date",
            "datetime",
            "timestamp",
            "ds",
            "开始日期",
            "起始日期",
            "起始时间",
            "统计日期",
            "时间",
            "时间段",
            "统计时段",
            "日期时间",
            "上班时间",
            "start date",
            "start time",
            "start interval",
            "interval start time",
            "call time",
        ],
    ),
    ("end", &["结束", "结束时间", "结束日期", "截止日期", "截止时间", "下班时间", "end date", "end time"]),
    ("when", &["start", "date", "日期", "时间", "开始", "日期时间", "开始时间", "开始日期", "datetime"]),
    ("factor", &["系数", "倍数", "multiplier", "倍率", "调整系数", "调整倍数", "系数倍数"]),
    ("value", &["数值", "人工值", "contacts", "volume", "值", "咨询量", "进线量", "设定值"]),
    ("author", &["修改人", "作者", "by", "修改者", "调整人", "填写人", "操作人"]),
    ("reason", &["原因", "备注", "why", "说明", "理由", "调整原因", "修改原因"]),
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
            "队列id",
            "队列编号",
            "技能组id",
            "店铺名称",
            "渠道名称",
            "客服组",
            "csq",
            "csq name",
            "skill name",
        ],
    ),
    (
        "offered",
        &[
            "咨询人数",
            "呼入量",
            "进线量",
            "volume",
            "contacts",
            "calls",
            "y",
            "咨询量",
            "进线数",
            "来电量",
            "呼入数",
            "接入量",
            "话务量",
            "contacts queued",
            "contacts offered",
            "calls offered",
            "calls presented",
            "incoming contact volume",
            "offered contacts",
            "offered calls",
        ],
    ),
    (
        "handled",
        &[
            "接待人数",
            "接起量",
            "interactions handled",
            "接通量",
            "接听量",
            "接待量",
            "contacts handled",
            "contacts handled incoming",
            "calls handled",
        ],
    ),
    ("abandoned", &["放弃量", "放弃数", "放弃人数", "排队放弃量", "abandons", "calls abandoned", "contacts abandoned"]),
    ("rounds", &["会话量", "对话轮次"]),
    ("to_human", &["转人工数", "转人工量", "转人工人数"]),
    ("bot_handled", &["机器人接待量", "机器人接待数", "机器人接待人数"]),
    (
        "handling_seconds",
        &[
            "平均会话时长",
            "平均通话时长",
            "平均处理时长",
            "aht",
            "aht seconds",
            "平均处理时间",
            "平均通话时间",
            "平均接待时长",
            "average handle time",
            "average handling time",
            "avg handle time",
        ],
    ),
    ("after_contact_seconds", &["话后处理时长", "after call work", "acw", "话后时长", "事后处理时长", "后处理时长"]),
    ("total_handling_seconds", &["total handle time", "总处理时长", "总处理时间", "处理总时长", "total handling time"]),
    ("answered_in_time", &["及时应答量", "answered within", "in time", "及时应答数", "及时接起量"]),
    (
        "mean_wait_seconds",
        &[
            "平均等待时长",
            "平均等待秒数",
            "asa",
            "asa seconds",
            "平均等待时间",
            "平均排队时长",
            "average queue answer time",
            "average speed of answer",
        ],
    ),
    ("replies", &["回复轮次", "人工回复轮次"]),
    ("replies_in_time", &["及时回复轮次", "三分钟回复轮次"]),
    ("waiting", &["排队量", "当前排队", "backlog", "排队人数", "当前排队人数"]),
    (
        "agent_id",
        &[
            "工号",
            "坐席",
            "agent",
            "employee id",
            "坐席工号",
            "员工工号",
            "客服工号",
            "员工编号",
            "坐席编号",
            "agent no",
            "agent number",
            "staff id",
            "employee no",
            "employee number",
        ],
    ),
    ("team", &["组别", "班组", "group", "小组", "团队", "所属组", "组"]),
    ("contract", &["合同", "合同类型", "用工类型", "用工形式", "contract type"]),
    ("skills", &["技能", "技能组", "技能队列", "队列", "可服务队列", "skill", "queues"]),
    ("level", &["级别", "等级", "职级", "资历", "seniority"]),
    ("speed", &["效率系数", "speed factor", "效率", "速度", "速度系数", "熟练度"]),
    ("mentor_id", &["导师", "导师工号", "mentor", "师傅", "师傅工号", "带教", "带教人", "带教工号"]),
    ("hire_date", &["入职日期", "入职时间", "入职日", "hired", "hired on", "date hired"]),
    ("preferred_shift", &["偏好班次", "偏好", "意向班次", "首选班次"]),
    ("day_off_request", &["休息申请", "day off requests", "休息请求", "申请休息", "希望休息", "day off"]),
    ("protected", &["特殊保护", "保护", "班次限制", "特殊保护类型"]),
    ("volunteers", &["自愿", "自愿夜班", "volunteer", "自愿者", "夜班自愿"]),
    ("kind", &["类型", "请假类型", "假别", "假期类型", "日期类型", "节日类型", "type", "leave type", "absence type"]),
    ("status", &["状态", "审批状态", "审批结果", "申请状态", "approval", "approval status"]),
    ("event", &["活动", "活动名称", "大促", "大促名称", "event name", "promotion", "campaign"]),
    ("phase", &["阶段", "活动阶段", "stage"]),
    ("family", &["活动类别", "类别", "活动类型", "活动种类"]),
    ("size", &["规模", "活动规模"]),
    ("volume_multiplier", &["预计倍数", "咨询倍数", "倍数", "进线倍数", "预计咨询倍数", "咨询量倍数", "multiplier", "volume factor"]),
    ("handle_time_multiplier", &["处理时长倍数", "时长倍数", "处理时长系数", "aht multiplier"]),
    ("bot_deflection", &["机器人分流率", "机器人拦截率", "机器人解决率", "机器人占比", "bot share", "bot rate"]),
    ("day_curve", &["日内曲线", "intraday profile", "日曲线", "曲线", "分时曲线"]),
    ("shift", &["班次", "班次代码", "班次编码", "班次编号", "班次代号", "班别", "代码", "shift code", "code"]),
    ("name", &["名称", "name zh", "班次名称", "节日", "节日名称", "节假日", "shift name"]),
    ("paid_hours", &["计薪时数", "paid h", "计薪小时", "计薪工时", "带薪工时"]),
    ("meal_windows", &["用餐时段", "用餐时间", "用餐窗口", "餐段"]),
    ("meal_minutes", &["用餐分钟", "用餐时长", "meal length"]),
    ("rests", &["小休次数", "breaks 15min", "小休", "休息次数"]),
    ("contracts", &["适用合同", "合同", "合同类型", "适用合同类型", "contract"]),
    ("queues", &["适用队列", "队列", "适用技能组", "技能组", "queue"]),
    ("promotion_only", &["仅大促", "仅限大促", "大促专用"]),
    ("volunteers_only", &["仅自愿", "仅限自愿", "自愿专用"]),
    ("overtime_rate", &["加班倍率", "加班倍数", "倍率", "薪资倍数", "工资倍数"]),
    ("month", &["月份", "统计月份"]),
    ("overtime_hours", &["加班小时", "加班时数", "加班工时", "加班时长"]),
    ("late_shifts", &["晚班数", "晚班", "晚班次数"]),
    ("night_shifts", &["夜班数", "夜班", "夜班次数"]),
    ("weekend_days", &["周末天数", "周末班", "周末班数"]),
    ("promotion_nights", &["大促夜班"]),
    ("wish", &["申请", "意愿", "希望", "期望", "希望班次", "request", "申请班次", "申请内容"]),
    ("weight", &["权重"]),
    ("reserve", &["备班", "替补", "备勤", "备班标识"]),
    ("leader", &["组长", "是否组长", "组长标识"]),
    ("site", &["站点", "职场", "场地", "location", "地点", "办公地点"]),
    ("hour", &["小时", "时", "时点", "钟点"]),
    ("required", &["需求人数", "需求坐席"]),
    ("balance_from", &["结算期起", "结算起始"]),
    ("balance_hours", &["结算期工时"]),
    ("holiday_hours", &["节假日工时", "假日工时"]),
    ("meal_start", &["用餐开始"]),
    ("breaks", &["小休安排", "休息安排"]),
    ("activity", &["工作内容"]),
    ("pay_rate", &["倍率", "计薪倍率"]),
    ("pinned", &["固定", "已固定"]),
    ("shifts", &["班次数"]),
];

/// The synonyms in normalised form.
static PLAIN: LazyLock<Vec<(&str, Vec<String>)>> =
    LazyLock::new(|| SYNONYMS.iter().map(|(own, names)| (*own, names.iter().map(|name| plain(name)).collect())).collect());

/// Our columns that each synonym may stand for, in order of preference.
static MEANINGS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut meanings: HashMap<&str, Vec<&str>> = HashMap::new();
    PLAIN.iter().flat_map(|(own, names)| names.iter().map(move |name| (name, own))).for_each(|(name, own)| {
        meanings.entry(name).or_default().push(own);
    });
    meanings
});

/// Normalised names of one of our columns.
fn names_of(own: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let synonyms = PLAIN.iter().filter(move |(name, _)| *name == own).flat_map(|(_, names)| names);
    synonyms.map(|name| Cow::Borrowed(name.as_str())).chain([Cow::Owned(plain(own))])
}

/// Our name of a header among the possible columns of a file; the header itself if it matches none.
pub(in crate::input) fn canonical(header: &str, expected: &[&str]) -> String {
    meant_by((header, &plain(header)), expected).map_or_else(|| header.trim().to_owned(), str::to_owned)
}

/// The possible column of a file that a header, as written and normalised, stands for.
fn meant_by<'c>((header, found): (&str, &str), expected: &[&'c str]) -> Option<&'c str> {
    let expects = |own: &&str| expected.iter().copied().find(|column| column == own);
    let by_name = || expected.iter().copied().find(|own| own.chars().filter(|letter| *letter != '_').eq(found.chars()));
    let by_synonym = || MEANINGS.get(found)?.iter().find_map(expects);
    by_name().or_else(by_synonym).or_else(|| in_another_unit(header, expected))
}

/// The possible duration column of a file that a header names with a unit: `aht_min`.
fn in_another_unit<'c>(header: &str, expected: &[&'c str]) -> Option<&'c str> {
    let found = without_unit(header)?;
    let is_meant = |own: &&&str| base(own).is_some_and(|(base, _)| plain(base) == found || names_of(own).any(|name| name == found));
    expected.iter().find(is_meant).copied()
}
