//! Columns of personal data, which are refused. Agents' numbers are pseudonyms.

use super::words::{CHANNELS, CORES, CORES_ZH, FORMS_ZH, HELD, NAMED, OWNERS_ZH, PEOPLE, QUALIFIERS, WHOLE_ZH};
use crate::input::cell::spelling::folded;

/// Subject of a table, which decides the meaning of an ambiguous header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum About {
    /// People: a column `name` is a person's.
    People,
    /// Anything else: a column `name` is that of a shift, a holiday, a promotion.
    Things,
    /// Column names are data (curves, drivers): `phone` may be a channel.
    OwnColumns,
}

/// Words of a header, split at punctuation.
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

/// Whether a header names personal data in a table of that subject.
pub(in crate::input) fn is_personal(header: &str, about: About) -> bool {
    let squeezed: String = folded(header).chars().filter(|c| c.is_alphanumeric()).collect();
    if about == About::OwnColumns && CHANNELS.contains(&squeezed.as_str()) {
        return false;
    }
    if HELD.iter().any(|held| squeezed.contains(held)) {
        return true;
    }
    // text in brackets explains: a unit, or an owner
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
        return others().count() > 0 && others().all(|word| is(&PEOPLE, word) || is(&NAMED, word));
    }
    let ids =
        [["id", "number"], ["id", "card"], ["id", "no"], ["national", "id"], ["social", "security"], ["tax", "id"], ["bank", "account"]];
    if ids.iter().any(|pair| words.windows(2).any(|two| two == pair)) {
        return true;
    }
    // at least two letters of a core, with nothing but qualifiers around it
    let cores = words.iter().filter(|word| is(&CORES, word)).count();
    let joined = words.windows(2).any(|two| is(&CORES, &two.concat()));
    (cores > 0 || joined)
        && words.iter().all(|word| [&CORES[..], &PEOPLE, &QUALIFIERS].iter().any(|list| is(list, word)) || joined && is(&NAMED, word))
}

fn is_personal_in_chinese(header: &str) -> bool {
    if WHOLE_ZH.contains(&header) {
        return true;
    }
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
}
