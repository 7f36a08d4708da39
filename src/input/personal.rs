//! Personal data, which is refused wherever it stands: columns of it, and values that show it. The agents' own numbers are pseudonyms.

/// What a column's table is about: decides what an ambiguous header means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// People: a column `name` is theirs.
    People,
    /// Anything else: a column `name` is that of a shift, a holiday, a promotion.
    Things,
    /// The columns' names are data (curves, drivers): `phone` may be a channel.
    OwnColumns,
}

/// What is personal whatever stands around it: any header that holds one of these.
const HELD: [&str; 18] = [
    "姓名",
    "身份证",
    "护照",
    "手机号",
    "电话号",
    "联系电话",
    "联系方式",
    "微信号",
    "银行卡",
    "银行账",
    "住址",
    "家庭地址",
    "家庭住址",
    "出生日期",
    "出生年月",
    "社保号",
    "驾驶证",
    "通行证",
];

/// What is personal alone, or with no more than words for whose it is and what form it has.
const CORES_ZH: [&str; 36] = [
    "姓",
    "手机",
    "移动电话",
    "电话",
    "座机",
    "固话",
    "传真",
    "微信",
    "qq",
    "邮箱",
    "邮件",
    "电邮",
    "邮件地址",
    "电子邮件",
    "电子邮箱",
    "地址",
    "居住地",
    "户籍",
    "户口",
    "籍贯",
    "生日",
    "证件",
    "身份",
    "网名",
    "昵称",
    "花名",
    "曾用名",
    "名字",
    "护照",
    "银行账户",
    "支付宝",
    "钉钉",
    "飞书",
    "企业微信",
    "车牌",
    "工资卡",
];
/// What names a person as a whole header; with a word for a number after it, it is a pseudonym.
const WHOLE_ZH: [&str; 8] = ["员工", "员工名", "员工名字", "客服名", "客服名称", "坐席名", "坐席名称", "联系人"];
/// Whose it is.
const OWNERS_ZH: [&str; 25] = [
    "员工",
    "坐席",
    "座席",
    "客服",
    "人员",
    "本人",
    "个人",
    "家庭",
    "紧急联系人",
    "紧急",
    "联系人",
    "联系",
    "办公",
    "工作",
    "公司",
    "私人",
    "常用",
    "组长",
    "导师",
    "主管",
    "经理",
    "客户",
    "备用",
    "家属",
    "真实",
];
/// What form it has.
const FORMS_ZH: [&str; 9] = ["号码", "账号", "帐号", "号", "id", "地址", "信息", "1", "2"];

/// Single words of a header that are personal unless words beside them say otherwise.
const CORES: [&str; 55] = [
    "agentname",
    "employeename",
    "staffname",
    "customername",
    "firstname",
    "lastname",
    "surname",
    "forename",
    "fullname",
    "realname",
    "givenname",
    "familyname",
    "middlename",
    "nickname",
    "username",
    "displayname",
    "email",
    "emails",
    "mail",
    "phone",
    "phones",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "cellphone",
    "mobilephone",
    "telephone",
    "landline",
    "fax",
    "whatsapp",
    "wechat",
    "weixin",
    "qq",
    "skype",
    "telegram",
    "passport",
    "ssn",
    "iban",
    "address",
    "birthday",
    "birthdate",
    "dob",
    "birth",
    "idcard",
    "idno",
    "idnumber",
    "nationalid",
    "socialsecurity",
    "bankaccount",
    "bankcard",
    "xingming",
    "shouji",
    "dianhua",
    "shenfenzheng",
];
/// Words that may stand beside a core without making it something else: whose it is and what form it has.
const QUALIFIERS: [&str; 58] = [
    "agent",
    "agents",
    "employee",
    "employees",
    "staff",
    "worker",
    "person",
    "people",
    "personal",
    "private",
    "home",
    "work",
    "office",
    "business",
    "company",
    "contact",
    "emergency",
    "main",
    "primary",
    "secondary",
    "alternate",
    "other",
    "my",
    "user",
    "member",
    "operator",
    "advisor",
    "adviser",
    "representative",
    "rep",
    "associate",
    "consultant",
    "colleague",
    "manager",
    "supervisor",
    "leader",
    "mentor",
    "customer",
    "client",
    "id",
    "number",
    "numbers",
    "no",
    "nr",
    "num",
    "code",
    "account",
    "address",
    "date",
    "of",
    "line",
    "1",
    "2",
    "s",
    "the",
    "place",
    "card",
    "e",
];
/// Words that make a `name` that of a person.
const NAMED: [&str; 42] = [
    "first",
    "last",
    "given",
    "family",
    "middle",
    "full",
    "real",
    "legal",
    "preferred",
    "display",
    "nick",
    "maiden",
    "chinese",
    "english",
    "agent",
    "agents",
    "employee",
    "employees",
    "staff",
    "worker",
    "person",
    "people",
    "user",
    "contact",
    "emergency",
    "manager",
    "supervisor",
    "leader",
    "mentor",
    "advisor",
    "adviser",
    "operator",
    "representative",
    "rep",
    "associate",
    "consultant",
    "colleague",
    "member",
    "customer",
    "client",
    "own",
    "login",
];
/// What is a channel or a count where columns are named by their data.
const CHANNELS: [&str; 9] = ["phone", "mail", "email", "telephone", "cell", "fax", "电话", "邮件", "微信"];

/// Full-width signs as ordinary ones, small letters.
fn folded(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' => '-',
        c => c,
    };
    text.chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}'))
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The words of a header, split at signs.
fn words(header: &str) -> Vec<String> {
    folded(header).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A header with a space where a small letter meets a capital one.
fn uncamelled(header: &str) -> String {
    let mut spaced = String::new();
    let mut before = ' ';
    for c in header.chars() {
        if before.is_ascii_lowercase() && c.is_ascii_uppercase() {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    spaced
}

/// Whether a header names personal data in a table of that kind.
pub(super) fn is_personal(header: &str, about: About) -> bool {
    let squeezed: String = folded(header).chars().filter(|c| c.is_alphanumeric()).collect();
    if about == About::OwnColumns && CHANNELS.contains(&squeezed.as_str()) {
        return false;
    }
    if HELD.iter().any(|held| squeezed.contains(held)) || WHOLE_ZH.contains(&squeezed.as_str()) {
        return true;
    }
    // what stands in brackets explains: a unit, or whose it is
    let outer = header.split(['(', '（', '[', '【']).next().unwrap_or(header);
    let ways = [words(header), words(outer), words(&uncamelled(outer))];
    ways.iter().any(|words| is_personal_in_english(words, about) || is_personal_in_chinese(&words.concat()))
}

fn is_personal_in_english(words: &[String], about: About) -> bool {
    let is = |list: &[&str], word: &str| list.contains(&word);
    if words.is_empty() {
        return false;
    }
    let squeezed = words.concat();
    if is(&CORES, &squeezed) || words == ["name"] && about == About::People {
        return true;
    }
    let others = || words.iter().filter(|word| *word != "name" && *word != "names");
    if others().count() < words.len() {
        return others().count() > 0 && others().all(|word| is(&NAMED, word));
    }
    let ids =
        [["id", "number"], ["id", "card"], ["id", "no"], ["national", "id"], ["social", "security"], ["tax", "id"], ["bank", "account"]];
    if ids.iter().any(|pair| words.windows(2).any(|two| two == pair)) {
        return true;
    }
    // at least two letters of a core and nothing but qualifiers around it
    let cores = words.iter().filter(|word| is(&CORES, word)).count();
    let joined = words.windows(2).any(|two| is(&CORES, &two.concat()));
    (cores > 0 || joined) && words.iter().all(|word| is(&CORES, word) || is(&QUALIFIERS, word) || joined && is(&NAMED, word))
}

fn is_personal_in_chinese(header: &str) -> bool {
    let mut core = header;
    loop {
        if CORES_ZH.contains(&core) {
            return true;
        }
        let less = OWNERS_ZH
            .iter()
            .find_map(|owner| core.strip_prefix(owner))
            .or_else(|| FORMS_ZH.iter().find_map(|form| core.strip_suffix(form)));
        match less {
            Some(less) => core = less,
            None => return false,
        }
    }
}

/// Whether a text holds a telephone number, an identity number or an e-mail address, however it is spaced.
pub(super) fn looks_personal(value: &str) -> bool {
    // cheap: most cells are short
    if value.len() < 6 {
        return false;
    }
    let at = value.contains(['@', '＠']) || value.contains("at]") || value.contains("at)");
    if !at && value.is_ascii() && most_digits_running(value.as_bytes()) < LEAST_DIGITS {
        return false;
    }
    let text = folded(value);
    // as one word it is never a count
    let whole = text.trim();
    if whole.len() == 18
        && whole.bytes().take(17).all(|byte| byte.is_ascii_digit())
        && whole.ends_with(|c: char| c.is_ascii_digit() || c == 'x')
    {
        return true;
    }
    (at && holds_mail_address(&text)) || numbers(&text).any(|(run, before)| is_personal_number(run, before))
}

/// No number of the kinds that are looked for has fewer digits.
const LEAST_DIGITS: usize = 10;

/// The most digits in a stretch of digits and what people put between them, a date at the beginning apart.
fn most_digits_running(value: &[u8]) -> usize {
    let is_date =
        value.len() > 10 && [4, 7].iter().all(|&place| matches!(value[place], b'-' | b'/')) && value[..4].iter().all(u8::is_ascii_digit);
    let (mut most, mut running) = (0, 0);
    for &byte in &value[if is_date { 10 } else { 0 }..] {
        running = match byte {
            b'0'..=b'9' => running + 1,
            _ if belongs(char::from(byte)) => running,
            _ => 0,
        };
        most = most.max(running);
    }
    most
}

/// What stands between the digits of a number.
fn belongs(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '+' | '/' | '·' | '~')
}

/// `ann@example.com`, also with spaces around the sign or with the sign in words.
fn holds_mail_address(text: &str) -> bool {
    let text = text.replace("[at]", "@").replace("(at)", "@").replace("[dot]", ".").replace("(dot)", ".");
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    text.match_indices('@').any(|(at, _)| {
        let name = text[..at].trim_end().chars().next_back().is_some_and(is_name);
        let domain: String = text[at + 1..].trim_start().chars().take_while(|&c| is_name(c)).collect();
        name && domain
            .trim_end_matches('.')
            .rsplit_once('.')
            .is_some_and(|(host, top)| !host.is_empty() && top.len() >= 2 && !top.contains(|c: char| c.is_ascii_digit()))
    })
}

/// Runs of digits with what people put between and before them, each with the character before it.
fn numbers(text: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    text.split(|c: char| !belongs(c)).filter(|run| run.len() >= LEAST_DIGITS).map(move |run| {
        let place = run.as_ptr() as usize - text.as_ptr() as usize;
        (run, text[..place].chars().next_back().filter(|_| !run.starts_with([' ', '-', '(', '/'])))
    })
}

/// Whether a run is a telephone or identity number and not a date, a decimal number, a code or a list.
fn is_personal_number(run: &str, before: Option<char>) -> bool {
    // A13800138000 is a code
    if before.is_some_and(|c| c.is_ascii_alphabetic()) {
        return false;
    }
    let run = run.trim_matches([' ', '-', '.', '/', '·', '~']);
    let groups: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    is_number_of(run, &groups) || holds_number(&groups)
}

/// How mobile numbers are grouped.
const GROUPINGS: [&[usize]; 6] = [&[11], &[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[3, 3, 5]];

/// A number among other things in one run: after a date, before an extension.
fn holds_number(groups: &[&str]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_there =
        |from: usize, grouping: &[usize]| lengths[from..].starts_with(grouping) && is_mobile(&groups[from..from + grouping.len()].concat());
    groups.len() > 1
        && (0..groups.len()).any(|from| {
            // a single point makes a decimal number of two groups
            let here = |grouping: &&[usize]| (groups.len() > 2 || grouping.len() == 1) && is_there(from, grouping);
            GROUPINGS.iter().any(here) || lengths[from] == 18 && is_identity(groups[from])
        })
}

fn is_number_of(run: &str, groups: &[&str]) -> bool {
    if groups.is_empty() {
        return false;
    }
    let digits: String = groups.concat();
    let is_decimal = groups.len() == 2 && run.contains('.') && !run.contains([' ', '-', '(', '+', '/', '·']);
    let is_year = groups[0].len() == 4 && (groups[0].starts_with("19") || groups[0].starts_with("20"));
    let begins_with_date = groups.len() >= 3 && is_year && groups[1].len() <= 2 && groups[2].len() <= 2;
    if is_decimal || begins_with_date {
        return false;
    }
    let national = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86").filter(|rest| rest.len() >= 10)).unwrap_or(&digits);
    if is_mobile(national) || is_identity(&digits) {
        return true;
    }
    let abroad = run.starts_with('+') || run.starts_with("(+") || run.starts_with("00");
    let is_grouped = groups.len() > 1;
    abroad && (10..=15).contains(&digits.len()) && (is_grouped || run.contains('+'))
        || is_grouped && (is_landline(groups) || is_american(run, groups))
}

/// A Chinese mobile number: 11 digits from 13 to 19.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// The first 17 or all 18 digits of a Chinese identity number (GB 11643): region, date of birth, serial number.
fn is_identity(digits: &str) -> bool {
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    matches!(digits.len(), 17 | 18)
        && (11..=91).contains(&number(0, 2))
        && (1900..=2099).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14))
}

/// A Chinese landline number with its area code set apart: `010-12345678`, `(0571) 8888 8888`.
fn is_landline(groups: &[&str]) -> bool {
    let groups = match groups {
        ["0086" | "86", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let area = groups[0].strip_prefix('0').unwrap_or(groups[0]);
    let with_zero = groups[0].starts_with('0') || groups.len() > 2;
    let is_area = area == "10" || area.len() == 2 && area.starts_with('2') || area.len() == 3 && matches!(area.as_bytes()[0], b'3'..=b'9');
    let rest: usize = groups[1..].iter().map(|group| group.len()).sum();
    groups[0].starts_with('0') && with_zero && is_area && matches!(rest, 7 | 8) && groups[1..].iter().all(|group| group.len() >= 3)
}

/// A North American number: `(415) 555-0123`, `415-555-0123`.
fn is_american(run: &str, groups: &[&str]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [3, 3, 4] && run.contains(['-', '(']) && groups[0].as_bytes()[0] >= b'2'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_personal_data_are_known_in_every_form() {
        let headers = [
            "姓名",
            "员工",
            "员工姓名",
            "员 工 姓 名",
            "真实姓名",
            "中文姓名",
            "手机号",
            "手机",
            "电话",
            "联系电话",
            "办公电话",
            "紧急联系人电话",
            "移动电话",
            "家庭地址",
            "地址",
            "住址",
            "身份证号",
            "证件号码",
            "护照",
            "护照号",
            "微信号",
            "微信",
            "QQ",
            "QQ号",
            "ＱＱ",
            "邮箱",
            "电子邮箱",
            "工作邮箱",
            "生日",
            "出生日期",
            "银行卡号",
            "first name",
            "First_Name",
            "FirstName",
            "last-name",
            "given name",
            "family name",
            "surname",
            "Full Name",
            "agent name",
            "AgentName",
            "employee_name",
            "mail",
            "E-Mail",
            "e mail",
            "email address",
            "work email",
            "telephone",
            "Tel.",
            "tel",
            "phone",
            "phone number",
            "Phone No.",
            "Mobile",
            "mobile phone",
            "MobilePhone",
            "cell",
            "cell phone",
            "passport",
            "passport no",
            "PASSPORT NUMBER",
            "WeChat",
            "wechat id",
            "home address",
            "address",
            "date of birth",
            "DOB",
            "birthday",
            "ID number",
            "id card",
            "national id",
            "name",
            "Name",
            "ＮＡＭＥ",
            "agent name (full)",
            "bank account",
            "social security number",
        ];
        for header in headers {
            for about in [About::People, About::Things] {
                let is_of_things = about == About::Things && ["name", "Name", "ＮＡＭＥ"].contains(&header);
                assert_eq!(is_personal(header, about), !is_of_things, "{header}");
            }
            for other in
                [header.to_uppercase(), format!(" {header} "), header.replace(' ', "_"), header.replace(' ', "-"), format!("{header}（x）")]
            {
                assert!(is_personal(&other, About::People), "{other}");
            }
        }
    }

    #[test]
    fn headers_of_ordinary_columns_are_not_taken_for_personal() {
        let headers = [
            "agent_id",
            "工号",
            "员工号",
            "员工编号",
            "员工工号",
            "坐席",
            "team",
            "组别",
            "技能组",
            "skills",
            "level",
            "speed",
            "mentor_id",
            "导师",
            "导师工号",
            "leader",
            "hire_date",
            "入职日期",
            "preferred_shift",
            "day_off_request",
            "protected",
            "volunteers",
            "site",
            "职场",
            "呼入量",
            "电话量",
            "电话接起量",
            "平均通话时长",
            "咨询人数",
            "queue name",
            "shift name",
            "team name",
            "employee id",
            "agent",
            "contacts",
            "calls",
            "mail_volume",
            "phone calls",
            "calls by phone",
            "mobile share",
            "cells",
            "active users",
            "card payments",
            "账号数",
            "微信咨询量",
            "手机端咨询量",
            "date",
            "日期",
            "number",
            "no",
            "id",
            "ID",
            "order number",
            "account",
            "12-01 周二",
            "telephone calls",
            "birth rate",
            "address changes",
            "fax calls",
        ];
        for header in headers {
            assert!(!is_personal(header, About::People), "{header}");
        }
        for header in ["name", "名称", "name zh", "班次名称"] {
            assert!(!is_personal(header, About::Things), "{header}");
        }
        for header in ["phone", "mail", "电话", "name"] {
            assert!(!is_personal(header, About::OwnColumns), "{header}");
        }
    }

    /// Every way to write a mobile number with a sign between the groups, a country code before it and a wide or narrow form.
    fn spellings(digits: &str, groupings: &[&[usize]]) -> Vec<String> {
        let mut all = Vec::new();
        for grouping in groupings {
            let mut rest = digits;
            let mut groups = Vec::new();
            for &length in *grouping {
                let (group, after) = rest.split_at(length);
                groups.push(group);
                rest = after;
            }
            for sign in ["", " ", "-", ".", " - ", "\u{a0}", "‑", "–", "·", "/"] {
                // one point alone makes a decimal number
                if sign == "." && groups.len() == 2 {
                    continue;
                }
                all.push(groups.join(sign));
            }
        }
        all
    }

    #[test]
    fn mobile_numbers_are_known_in_every_spelling() {
        for digits in ["13800138000", "15912345678", "19999999999", "17612340000"] {
            for written in
                spellings(digits, &[&[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[3, 3, 5], &[1, 10], &[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]])
            {
                for before in ["", "+86", "+86 ", "+86-", "(+86)", "(+86) ", "0086", "0086 ", "86-", "手机", "Tel: ", "tel:", "Ann, "] {
                    for after in ["", " (Ann)", "，谢谢"] {
                        let text = format!("{before}{written}{after}");
                        assert!(looks_personal(&text), "{text}");
                    }
                }
                let wide: String = written
                    .chars()
                    .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xfee0).unwrap() } else { c })
                    .collect();
                assert!(looks_personal(&wide), "{wide}");
            }
        }
    }

    #[test]
    fn identity_numbers_are_known_in_every_spelling() {
        for digits in ["110105194912310021", "44030619900101123X", "33010620011130123x"] {
            for written in spellings(digits, &[&[6, 8, 4], &[6, 4, 4, 4], &[3, 3, 4, 2, 2, 4], &[17, 1]]) {
                for text in [written.clone(), format!("身份证{written}"), format!("id: {written}, lost")] {
                    assert!(looks_personal(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn landlines_foreign_numbers_and_mail_addresses_are_known() {
        let values = [
            "010-12345678",
            "(010) 1234 5678",
            "021 6123 4567",
            "0571-88888888",
            "(0571)8888888",
            "+86 21 6123 4567",
            "+86-10-12345678",
            "+1 415 555 0123",
            "+442079460958",
            "0048 601 234 567",
            "(415) 555-0123",
            "415-555-0123",
            "ann@example.com",
            "Ann.Lee+x@mail.example.co.uk",
            "ann @ example.com",
            "ann＠example.com",
            "ann[at]example.com",
            "write to ann@example.cn, please",
            "<ann@example.com>",
            "2026-11-30 138 0013 8000",
            "13800138000-12",
            "138-0013-8000 2026-11-30",
        ];
        for value in values {
            assert!(looks_personal(value), "{value}");
        }
    }

    #[test]
    fn ordinary_values_are_not_taken_for_personal() {
        let values = [
            "2026-11-30",
            "2026-11-30 09:30",
            "20261130 0930",
            "20261130 093000",
            "2026-11-30T09:30:00",
            "2026/11/30 9:30",
            "1999-12-31 1200",
            "30.11.2026 09:30:15",
            "2026-11-30..2026-12-06",
            "2026-11-30 2026-12-06",
            "100000000",
            "99999999",
            "12345678.25",
            "13800.138000",
            "15000.123456",
            "1,234,567,890",
            "-13.5",
            "0.123456789012",
            "A001",
            "KF20230115001",
            "K13800138000",
            "20230115001",
            "2026113000123",
            "123456789",
            "000123456789",
            "11:00|12:00|13:00",
            "12:00+17:00",
            "12:00/60;15:00/15",
            "no_late;no_night",
            "8 9 10 11 12 13 14 15",
            "52 weeks, 2080 hours",
            "@home",
            "a@b",
            "3@5",
            "1e8",
            "1700000000.123",
            "5 x 12345",
            "order 4012345678901",
        ];
        for value in values {
            assert!(!looks_personal(value), "{value}");
        }
        for count in (0..=100_000_000_u64).step_by(99_991) {
            assert!(!looks_personal(&count.to_string()), "{count}");
            assert!(!looks_personal(&format!("{}.{:06}", count, count % 999_983)), "{count}");
        }
    }
}
