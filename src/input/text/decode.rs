//! Bytes to text: UTF-8 with or without a byte-order mark, UTF-16 with one, or GBK; and which separator a table uses.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::ops::Range;

/// How a file's text is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) struct Saved {
    encoding: &'static Encoding,
    has_mark: bool,
}

/// Text of a file as a spreadsheet saved it; `None` if it is text in none of the encodings.
pub(in crate::input) fn decode(bytes: Vec<u8>) -> Option<String> {
    decode_saved(bytes).map(|(text, _)| text)
}

/// The same, and how it was saved.
pub(in crate::input) fn decode_saved(mut bytes: Vec<u8>) -> Option<(String, Saved)> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let saved = Saved { encoding, has_mark: true };
        if encoding == UTF_8 {
            bytes.drain(..mark);
            return Some((String::from_utf8(bytes).ok()?, saved));
        }
        let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!errors).then(|| (text.into_owned(), saved));
    }
    if bytes.contains(&0) {
        return None;
    }
    let unmarked = |encoding| Saved { encoding, has_mark: false };
    // a large file is not copied
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Some((text, unmarked(UTF_8))),
        Err(error) => error.into_bytes(),
    };
    let (text, errors) = GB18030.decode_without_bom_handling(&bytes);
    (!errors).then(|| (text.into_owned(), unmarked(GB18030)))
}

/// A word of a file that says one thing in GBK and another in Windows-1252, in both readings, where the second may well be meant: a letter
/// such as the ü of Müller takes the one after it for a part of itself in GBK. It is meant only where every byte beyond ASCII is such a
/// letter in a Western word: one `°` or `É` in the wrong place, and the file is Chinese.
pub(in crate::input) fn two_readings(bytes: &[u8]) -> Option<(String, String)> {
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

/// Whether letters beyond ASCII stand where a Western word has them.
enum Western {
    No,
    May,
    Yes,
}

/// Two of them beside one another in Western words: größer, süß, gemäß, coração, relações, créée. In GBK each is one sign.
const WESTERN_PAIRS: [[u8; 2]; 8] =
    [*b"\xe4\xdf", *b"\xf6\xdf", *b"\xfc\xdf", *b"\xe7\xe3", *b"\xe7\xf5", *b"\xe9\xe9", *b"\xc7\xc3", *b"\xc7\xd5"];
/// The typographer's apostrophe, as in it’s.
const APOSTROPHE: u8 = 0x92;

impl Western {
    /// Of a run of bytes beyond ASCII. A letter at the end of a word is none of GBK; a word of two letters is too short to tell.
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

/// The word that a byte is of.
fn word_around(bytes: &[u8], place: usize) -> Range<usize> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let start = bytes[..place].iter().rposition(|byte| !is_word(byte)).map_or(0, |before| before + 1);
    let end = bytes[place..].iter().position(|byte| !is_word(byte)).map_or(bytes.len(), |after| place + after);
    start..end
}

/// A text saved in the same way; `None` where the way has no place for a character.
pub(in crate::input) fn encode(text: &str, saved: Saved) -> Option<Vec<u8>> {
    let marked = || saved.has_mark.then_some('\u{feff}').into_iter().chain(text.chars());
    // the crate decodes UTF-16 but does not encode it
    if saved.encoding == UTF_16LE || saved.encoding == UTF_16BE {
        let bytes = |unit: u16| if saved.encoding == UTF_16LE { unit.to_le_bytes() } else { unit.to_be_bytes() };
        return Some(marked().collect::<String>().encode_utf16().flat_map(bytes).collect());
    }
    let text: String = marked().collect();
    let (bytes, _, unmappable) = saved.encoding.encode(&text);
    (!unmappable).then(|| bytes.into_owned())
}

/// Marks that may separate cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The first line that holds something.
fn first_line(text: &str) -> &str {
    text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("")
}

/// What a first line `sep=;` says, as spreadsheets write and read it.
fn declared(text: &str) -> Option<u8> {
    let line = first_line(text).trim_matches(['"', ' ']);
    let mark = line.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and(line.get(4..))?;
    let mark = if mark == "\\t" { "\t" } else { mark };
    SEPARATORS.into_iter().find(|separator| mark.as_bytes() == [*separator])
}

/// Whether the first line says which separator the others use, and is no header.
pub(in crate::input) fn declares_separator(text: &str) -> bool {
    declared(text).is_some()
}

/// A title, a filter and the like may stand above a header in so many lines.
pub(in crate::input) const MOST_ABOVE: usize = 10;

/// The separator that the first line names, or that the first line with any uses most outside quotes: comma, semicolon, tab or bar.
pub(in crate::input) fn separator(text: &str) -> u8 {
    let has_any = |line: &&str| line.bytes().any(|byte| SEPARATORS.contains(&byte));
    // a title may stand above the header
    let header = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(1 + MOST_ABOVE).find(has_any).unwrap_or("");
    let count = |separator: u8| {
        let mut quoted = false;
        let mut outside = |byte: &u8| {
            quoted ^= *byte == b'"';
            *byte == separator && !quoted
        };
        header.as_bytes().iter().filter(|byte| outside(byte)).count()
    };
    declared(text).or_else(|| SEPARATORS.into_iter().rev().max_by_key(|&separator| count(separator))).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_header_in_gbk_and_utf8_reads_alike() {
        let (gbk, _, _) = GB18030.encode("工号;组别");
        assert_eq!(decode(gbk.to_vec()).as_deref(), Some("工号;组别"));
        assert_eq!(decode("\u{feff}工号;组别".as_bytes().to_vec()).as_deref(), Some("工号;组别"));
        assert_eq!(separator("工号;组别,x;y"), b';');
    }

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

    /// Of the 6,763 signs of GB2312, in every form in which a name has them, only the five remain doubtful that are also a pair of Western
    /// letters, and only within or after a Latin word.
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

    #[test]
    fn pictures_are_no_text() {
        assert_eq!(decode(vec![0x89, b'P', b'N', b'G', 0, 0, 0, 13]), None);
    }
}
