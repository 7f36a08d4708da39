//! Words for a day off, and for other days without a shift.

use crate::input::cell::spelling::folded;
use crate::roster::ShiftTemplate;

/// Words for a day off, and for other days without a shift, in lower case.
const OFF: [&str; 37] = [
    "off",
    "-",
    "–",
    "—",
    "－",
    "day off",
    "rest",
    "休",
    "休息",
    "休假",
    "轮休",
    "调休", // free
    "假",
    "leave",
    "annual leave",
    "vacation",
    "holiday",
    "sick",
    "sick leave",
    "ill",
    "unpaid leave",
    "maternity leave",
    "请假",
    "年假",
    "年休假",
    "病假",
    "事假",
    "产假",
    "陪产假",
    "婚假",
    "丧假",
    "探亲假",
    "工伤", // away
    "训",
    "training",
    "培训",
    "外训", // elsewhere
];

/// Further words, in lower case and without spaces and punctuation. A shift of that name takes precedence.
const AWAY: [&str; 83] = [
    // free
    "rdo",
    "restday",
    "dayoff",
    "offday",
    "compoff",
    "toil",
    "lieu",
    "dayinlieu",
    "wo",
    "weeklyoff",
    "weekoff",
    "公休",
    "补休",
    "倒休",
    "换休",
    "串休",
    "存休",
    "例休",
    "例假",
    "月休",
    "周休",
    "双休",
    "特休",
    // away
    "pto",
    "al",
    "sl",
    "ul",
    "lwop",
    "lwp",
    "cl",
    "pl",
    "ml",
    "el",
    "vac",
    "vl",
    "hol",
    "paidtimeoff",
    "paidleave",
    "personalleave",
    "personalday",
    "sickday",
    "annual",
    "medicalleave",
    "casualleave",
    "emergencyleave",
    "familyleave",
    "leavewithoutpay",
    "bereavement",
    "bereavementleave",
    "compassionateleave",
    "paternityleave",
    "parentalleave",
    "marriageleave",
    "studyleave",
    "carersleave",
    "fmla",
    "juryduty",
    "absent",
    "absence",
    "年休",
    "特休假",
    "补休假",
    "调休假",
    "公假",
    "病休",
    "工伤假",
    "护理假",
    "陪护假",
    "陪产",
    "育儿假",
    "哺乳假",
    "产检假",
    "产检",
    "丧假日",
    "生育假",
    "探亲",
    "无薪假",
    "停薪",
    "带薪假",
    "福利假",
    "生日假",
    "缺勤",
    "旷工",
];

/// Whether a word stands for a day without a shift, in any spelling.
pub(super) fn is_taken(word: &str) -> bool {
    OFF.contains(&word.trim().to_lowercase().as_str())
}

/// Whether a word stands for an absence, and no shift has that name in another spelling.
pub(super) fn is_away(word: &str, shifts: &[ShiftTemplate]) -> bool {
    let squeezed = |text: &str| folded(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let word = squeezed(word);
    let is_off = || OFF.iter().any(|off| !word.is_empty() && squeezed(off) == word);
    (AWAY.contains(&word.as_str()) || is_off())
        && !shifts.iter().any(|shift| [&shift.id, &shift.name].iter().any(|name| squeezed(name) == word))
}
