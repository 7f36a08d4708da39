//! Words that are Chinese in GBK and Western in Windows-1252, and which of the two is likely.

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};
use std::ops::Range;

/// A word in both readings, GBK and Windows-1252, where the latter is plausible: in GBK a letter such as the ü of Müller absorbs the letter
/// after it. It is plausible only where every non-ASCII byte is such a letter in a Western word: with one `°` or `É` in the wrong place,
/// the file is Chinese.
pub(super) fn two_readings(bytes: &[u8]) -> Option<(String, String)> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let mut speaks = None;
    let mut place = 0;
    while let Some(found) = bytes[place..].iter().position(|byte| !byte.is_ascii()) {
        let start = place + found;
        place = start + bytes[start..].iter().take_while(|byte| !byte.is_ascii()).count();
        match Western::of(bytes, start..place) {
            Western::No => return None,
            Western::May => {}
            Western::Yes => speaks = speaks.or(Some(start)),
        }
    }
    let word = word_around(bytes, speaks?);
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling(&bytes[word.clone()]).0.into_owned();
    Some((read(GB18030), read(WINDOWS_1252)))
}

/// Plausibility of non-ASCII letters in a Western word.
enum Western {
    No,
    May,
    Yes,
}

/// Pairs of such letters in Western words: größer, süß, gemäß, coração, relações, créée. In GBK each pair is one character.
const WESTERN_PAIRS: [[u8; 2]; 8] =
    [*b"\xe4\xdf", *b"\xf6\xdf", *b"\xfc\xdf", *b"\xe7\xe3", *b"\xe7\xf5", *b"\xe9\xe9", *b"\xc7\xc3", *b"\xc7\xd5"];

/// The typographic apostrophe, as in it’s.
const APOSTROPHE: u8 = 0x92;

impl Western {
    /// Judges a run of non-ASCII bytes. A letter at the end of a word is none of GBK; a word of two letters is too short for a judgement.
    fn of(bytes: &[u8], run: Range<usize>) -> Self {
        let before = run.start.checked_sub(1).map(|place| bytes[place]).filter(u8::is_ascii_alphabetic);
        let after = bytes.get(run.end).copied().filter(u8::is_ascii_alphabetic);
        let is_small = bytes[run.start] >= 0xdf;
        let breaks_case = before.is_some_and(|before| before.is_ascii_lowercase() && !is_small)
            || after.is_some_and(|after| after.is_ascii_uppercase() && is_small);
        match bytes[run.clone()] {
            [APOSTROPHE] if before.is_some() && after.is_some() => Self::Yes,
            _ if breaks_case => Self::No,
            [letter] if letter >= 0xc0 && !matches!(letter, 0xd7 | 0xf7) => {
                if after.is_some() && word_around(bytes, run.start).len() > 2 {
                    Self::Yes
                } else {
                    Self::May
                }
            }
            [first, second] if WESTERN_PAIRS.contains(&[first, second]) => {
                if before.is_some() || after.is_some() {
                    Self::Yes
                } else {
                    Self::May
                }
            }
            _ => Self::No,
        }
    }
}

/// The word around a byte.
fn word_around(bytes: &[u8], place: usize) -> Range<usize> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let start = bytes[..place].iter().rposition(|byte| !is_word(byte)).map_or(0, |before| before + 1);
    let end = bytes[place..].iter().position(|byte| !is_word(byte)).map_or(bytes.len(), |after| place + after);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::text::decode::decode;

    #[test]
    fn western_words_are_not_read_as_chinese_and_chinese_ones_are() {
        for word in [
            "Müller",
            "señor",
            "Größe",
            "São Paulo",
            "naïve",
            "Über",
            "Ärzte",
            "it’s",
            "François",
            "Zoë",
            "Zürich,Genève",
            "Café",
            "Señor",
            "süß",
            "coração",
            "ÄRZTE",
        ] {
            let (bytes, _, _) = WINDOWS_1252.encode(word);
            let is_read = decode(bytes.to_vec()).is_some();
            assert!(two_readings(&bytes).is_some_and(|(_, western)| word.contains(&western)) || !is_read, "{word}");
            assert_eq!(two_readings(word.as_bytes()), None, "{word} in UTF-8");
        }
        for word in [
            "工号,组别",
            "早,中,晚",
            "D,早班,休",
            "VIP客户",
            "B班,A班",
            "朱镕基",
            "A,休",
            "陶喆",
            "朱镕基,Tom",
            "玥",
            "珺",
            "瑄",
            "镕",
            "昇",
            "璟",
            "祎",
            "赟",
            "Amy玥",
            "VIP玥",
            "Pro版Max",
            "A类B类",
            "K歌K",
            "U盘U",
            "玥,Café班",
        ] {
            let (bytes, _, _) = GB18030.encode(word);
            assert_eq!(two_readings(&bytes), None, "{word}");
        }
    }

    /// Of the 6,763 characters of GB2312, in every form in which a name contains them, only the five remain ambiguous that are also a pair
    /// of Western letters, and only within or after a Latin word.
    #[test]
    fn signs_of_gb2312_are_read_as_chinese_but_for_five_beside_letters() {
        let signs: Vec<String> = (0xb0..=0xf7_u8)
            .flat_map(|lead| (0xa1..=0xfe_u8).map(move |trail| [lead, trail]))
            .filter(|sign| sign[0] != 0xd7 || sign[1] < 0xfa)
            .map(|sign| GB18030.decode_without_bom_handling(&sign).0.into_owned())
            .collect();
        assert_eq!(signs.len(), 6763);
        let doubtful = |form: &dyn Fn(&str) -> String| -> String {
            let is_doubtful = |sign: &&String| two_readings(&GB18030.encode(&form(sign)).0).is_some();
            signs.iter().filter(is_doubtful).map(String::as_str).collect()
        };
        for after in ["工", "类", "镕", "玥", "鲞"] {
            assert_eq!(doubtful(&|sign| format!("{sign}{after}")), "", "before {after}");
        }
        assert_eq!(doubtful(&|sign| sign.to_owned()), "");
        assert_eq!(doubtful(&|sign| format!("{sign},2026-11-30,1.5")), "");
        for form in [&(|sign: &str| format!("Amy{sign}")) as &dyn Fn(&str) -> String, &|sign| format!("a{sign}b")] {
            let found = doubtful(form);
            assert_eq!(found, "溥玢珲殚鲞");
        }
    }
}
