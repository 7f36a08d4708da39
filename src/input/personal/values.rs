//! Detection of personal data in cells and names, in any notation.

use super::telephone::is_personal_number;
use crate::input::cell::spelling::folded;
use crate::input::cell::time_range::span;

/// Whether a text holds a telephone number, an identity number or an e-mail address, however it is spaced.
pub(in crate::input) fn looks_personal(value: &str) -> bool {
    // cheap exit: most cells are short
    if value.len() < 6 {
        return false;
    }
    let at = value.contains(['@', '＠']) || value.contains("at]") || value.contains("at)");
    if !at && value.is_ascii() && most_digits_running(value.as_bytes()) < LEAST_DIGITS {
        return false;
    }
    if span(value).is_some() {
        return false;
    }
    let text = folded(value);
    // a single word is never a count
    let whole = text.trim();
    if whole.len() == 18
        && whole.bytes().take(17).all(|byte| byte.is_ascii_digit())
        && whole.ends_with(|c: char| c.is_ascii_digit() || c == 'x')
    {
        return true;
    }
    (at && holds_mail_address(&text)) || numbers(&text).any(|(run, before)| is_personal_number(run, before))
}

/// Fewest digits of any number searched for.
const LEAST_DIGITS: usize = 10;

/// Longest run of digits with the usual separators between them, apart from a date at the beginning.
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

/// Whether a character may stand between the digits of a number.
fn belongs(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '+' | '/' | '·' | '~')
}

/// `ann@example.com`, also with spaces around the sign or with the sign spelled out.
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

/// Runs of digits with the usual separators and prefixes, each with the character before it.
fn numbers(text: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    text.split(|c: char| !belongs(c)).filter(|run| run.len() >= LEAST_DIGITS).map(move |run| {
        let place = run.as_ptr() as usize - text.as_ptr() as usize;
        (run, text[..place].chars().next_back().filter(|_| !run.starts_with([' ', '-', '(', '/'])))
    })
}

#[cfg(test)]
mod tests {
    use super::super::telephone::{FREE_800, FREE_AMERICAN};
    use super::*;
    use proptest::prelude::*;

    /// All notations of a mobile number: separators between the groups, a country code, full or half width.
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
                // a single point makes a decimal number
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
    fn numbers_of_hotlines_are_nobodys_own() {
        for hotline in [
            "400-820-8820",
            "(400) 820-8820",
            "400 820 8820",
            "4008208820",
            "800-810-8888",
            "+86 400 820 8820",
            "+86-800-810-8888",
            "95588",
            "10086",
            "+86 95588",
            "1-800-555-0199",
            "+1-800-555-0199",
            "+1 (888) 555-0199",
            "877-555-0199",
            "0800 123 4567",
            "+44 800 123 4567",
            "+49 800 1234567",
            "00800 1234 5678",
            "+800 1234 5678",
        ] {
            assert!(!looks_personal(hotline), "{hotline}");
        }
        // a personal number is found beside a hotline, or if it resembles one
        for own in [
            "400-820-8820 / 13800138000",
            "400-820-8820 / 130 0000 0086",
            "+44 7800 123456",
            "+86 180 0013 8000",
            "+1 480 555 0199",
            "0801 123 4567",
            "+1 415 800 0199",
        ] {
            assert!(looks_personal(own), "{own}");
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

    /// Digits in groups of these lengths.
    fn grouped(digits: &str, lengths: &[usize], sign: &str) -> String {
        let mut groups = Vec::new();
        let mut rest = digits;
        for &length in lengths {
            let (group, after) = rest.split_at(length);
            groups.push(group);
            rest = after;
        }
        groups.join(sign)
    }

    /// Separators between the groups of a number.
    fn sign() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec!["", " ", "-", "\u{a0}", "‑", "–", "·"])
    }

    /// Last 7 digits of a hotline.
    fn end_of_hotline() -> impl Strategy<Value = String> {
        "[0-9]{7}"
    }

    #[test]
    fn a_hotline_in_one_word_behind_a_country_code_is_nobodys_own() {
        assert!(!looks_personal("hotline: +86 4000000000 (24h)"));
    }

    #[test]
    fn a_mobile_number_that_touches_its_country_code_is_known_beside_a_hotline() {
        for own in ["400-820-8820 / +8613000000000", "400-820-8820 / +86130 0000 0000"] {
            assert!(looks_personal(own), "{own}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// 400 and 800 numbers in Chinese grouping, with or without country code, alone or among words.
        #[test]
        fn chinese_hotlines_are_nobodys_own(
            head in prop::sample::select(vec!["400", "800"]),
            end in end_of_hotline(),
            lengths in prop::sample::select(vec![vec![10], vec![3, 3, 4], vec![3, 4, 3], vec![3, 7], vec![4, 3, 3]]),
            sign in sign(),
            code in prop::sample::select(vec!["", "+86 ", "+86-", "86-", "0086 "]),
            around in prop::sample::select(vec![("", ""), ("客服热线 ", ""), ("hotline: ", " (24h)"), ("电话", "，谢谢")]),
        ) {
            let text = format!("{}{code}{}{}", around.0, grouped(&format!("{head}{end}"), &lengths, sign), around.1);
            prop_assert!(!looks_personal(&text), "{text}");
        }

        /// Short numbers of banks, carriers and authorities.
        #[test]
        fn short_numbers_are_nobodys_own(
            head in prop::sample::select(vec!["95", "96", "12", "10", "11"]),
            end in "[0-9]{1,4}",
            before in prop::sample::select(vec!["", "+86 ", "010-", "热线 "]),
        ) {
            let text = format!("{before}{head}{end}");
            prop_assert!(before == "010-" || !looks_personal(&text), "{text}");
        }

        /// Toll-free numbers of North America and of other countries.
        #[test]
        fn free_numbers_are_nobodys_own(
            head in prop::sample::select(FREE_AMERICAN.to_vec()),
            country in prop::sample::select(FREE_800.to_vec()),
            end in "[2-9][0-9]{6}",
            sign in prop::sample::select(vec!["-", " ", "."]),
        ) {
            let american = grouped(&format!("{head}{end}"), &[3, 3, 4], sign);
            for text in [american.clone(), format!("1-{american}"), format!("+1 {american}"), format!("+1-{american}")] {
                prop_assert!(!looks_personal(&text), "{text}");
            }
            for text in [format!("+{country} 800 {end}"), format!("+{country}800{end}"), format!("00{country} 800 {end}")] {
                prop_assert!(!looks_personal(&text), "{text}");
            }
        }

        /// Mobile numbers are personal, also beside a hotline.
        #[test]
        fn mobile_numbers_are_somebodys_own(
            second in 3..=9_u32,
            end in "[0-9]{9}",
            lengths in prop::sample::select(vec![vec![11], vec![3, 4, 4], vec![3, 8], vec![7, 4], vec![4, 4, 3], vec![3, 3, 5]]),
            sign in sign(),
            code in prop::sample::select(vec!["", "+86 ", "+86-", "+86", "0086 ", "86-"]),
            around in prop::sample::select(vec![("", ""), ("Ann ", ""), ("400-820-8820 / ", ""), ("95588, ", " Ann"), ("手机：", "（夜间）")]),
        ) {
            let text = format!("{}{code}{}{}", around.0, grouped(&format!("1{second}{end}"), &lengths, sign), around.1);
            prop_assert!(looks_personal(&text), "{text}");
        }
    }
}
