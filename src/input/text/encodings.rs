//! Detection of bytes that are text in no supported encoding, or that are valid GBK only by chance.

use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, SHIFT_JIS};
use std::collections::BTreeSet;

/// The first invalid byte: its line, the character of the line before which it stands, both counted from 1, and the byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadByte {
    pub(super) line: usize,
    pub(super) character: usize,
    pub(super) byte: u8,
}

/// Ratio of valid to invalid UTF-8 sequences from which a text counts as intended for UTF-8.
const SOUND_TO_BROKEN: usize = 3;

/// The byte for which bytes are no text. UTF-8 with an invalid byte might decode as GBK with every character wrong, so it is refused too.
/// Pictures and workbooks are no text with an invalid byte.
pub(super) fn bad_byte(bytes: &[u8]) -> Option<BadByte> {
    if Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != encoding_rs::UTF_8) {
        return None;
    }
    if let Some(place) = bytes.iter().position(|byte| *byte == 0) {
        let zeros = bytes.split(|byte| *byte == 0).count() - 1;
        let is_text = zeros * 50 < bytes.len() && bytes.get(..place).is_some_and(|before| before.contains(&b'\n'));
        return is_text.then(|| at(bytes, place, 0));
    }
    let broken = std::str::from_utf8(bytes).err()?.valid_up_to();
    let is_utf8 = bytes.starts_with(b"\xef\xbb\xbf") || is_mostly_utf8(bytes);
    let place = if is_utf8 { broken } else { broken_in_gbk(bytes)? };
    bytes.get(place).map(|byte| at(bytes, place, *byte))
}

fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound >= SOUND_TO_BROKEN && sound > SOUND_TO_BROKEN * broken
}

fn broken_in_gbk(bytes: &[u8]) -> Option<usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let (mut read, mut text) = (0, [0; 8192]);
    loop {
        let (result, more, _) = decoder.decode_to_utf8_without_replacement(bytes.get(read..)?, &mut text, true);
        read += more;
        match result {
            DecoderResult::Malformed(length, after) => return read.checked_sub(usize::from(length) + usize::from(after)),
            DecoderResult::InputEmpty => return None,
            DecoderResult::OutputFull => {}
        }
    }
}

/// Line of the first occurrence of a word in Windows-1252.
pub(super) fn line_of_western(bytes: &[u8], word: &str) -> Option<usize> {
    let (word, _, _) = encoding_rs::WINDOWS_1252.encode(word);
    let place = bytes.windows(word.len().max(1)).position(|window| window == &*word)?;
    Some(at(bytes, place, 0).line)
}

fn at(bytes: &[u8], place: usize, byte: u8) -> BadByte {
    let before = bytes.get(..place).unwrap_or_default();
    let ends = before.iter().enumerate().filter(|(at, end)| **end == b'\n' || **end == b'\r' && before.get(at + 1) != Some(&b'\n'));
    let line = ends.count() + 1;
    let start = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1);
    let of_line = before.get(start..).unwrap_or_default();
    let encoding = if std::str::from_utf8(of_line).is_ok() { encoding_rs::UTF_8 } else { GB18030 };
    BadByte { line, character: encoding.decode_without_bom_handling(of_line).0.chars().count() + 1, byte }
}

/// Bytes of a large file that are examined, from its beginning.
const SEEN: usize = 1 << 20;
/// Fewest different characters for a judgement.
const LEAST_SIGNS: usize = 4;
/// Nearly all characters of simplified Chinese are in GB2312; with a smaller share, another encoding is considered.
const LIKELY_CHINESE: f64 = 0.7;
/// Share of ordinary characters from which an encoding is likely.
const LIKELY_OTHER: f64 = 0.95;

/// A likelier encoding where a file that is not UTF-8 is unlikely text in GBK: its name, and a word of the file in GBK and in it.
pub(super) fn likelier(bytes: &[u8]) -> Option<(&'static str, String, String)> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let whole = bytes.len() <= SEEN;
    let bytes = bytes.get(..bytes.len().min(SEEN))?;
    let likelihood = |sign| likelihood(bytes, whole, sign);
    if likelihood(of_gbk)? >= LIKELY_CHINESE {
        return None;
    }
    let others = [("Big5", BIG5, likelihood(of_big5)), ("Shift-JIS", SHIFT_JIS, likelihood(of_shift_jis))];
    let likely = others.into_iter().filter_map(|(name, encoding, likelihood)| Some((likelihood?, name, encoding)));
    let (_, name, encoding) = likely.filter(|(likelihood, ..)| *likelihood >= LIKELY_OTHER).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let start = bytes.iter().position(|byte| !byte.is_ascii())?;
    let rest = bytes.get(start..)?;
    let word = &rest[..rest.iter().position(|byte| matches!(byte, b',' | b';' | b'\t' | b'\r' | b'\n')).unwrap_or(rest.len()).min(60)];
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling(word).0.into_owned();
    Some((name, read(GB18030), read(encoding)))
}

/// Decoder of one character: its length, and whether it is an ordinary one; `None` if the bytes are no character.
type SignAt = fn(&[u8]) -> Option<(usize, bool)>;

/// Share of ordinary characters among the different ones of a text; `None` where any is invalid or there are too few.
fn likelihood(bytes: &[u8], whole: bool, sign: SignAt) -> Option<f64> {
    let (mut ordinary, mut all): (BTreeSet<&[u8]>, BTreeSet<&[u8]>) = Default::default();
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        if first.is_ascii() {
            rest = &rest[1..];
            continue;
        }
        let Some((length, is_ordinary)) = sign(rest) else {
            // the last character of the examined beginning may be cut
            if !whole && rest.len() < 4 {
                break;
            }
            return None;
        };
        let (written, after) = rest.split_at_checked(length)?;
        all.insert(written);
        if is_ordinary {
            ordinary.insert(written);
        }
        rest = after;
    }
    (all.len() >= LEAST_SIGNS).then(|| ordinary.len() as f64 / all.len() as f64)
}

fn of_gbk(bytes: &[u8]) -> Option<(usize, bool)> {
    match *bytes {
        [0x81..=0xfe, 0x30..=0x39, ..] => Some((4, false)),
        [lead @ 0x81..=0xfe, trail @ (0x40..=0x7e | 0x80..=0xfe), ..] => {
            Some((2, matches!(lead, 0xa1..=0xa3 | 0xb0..=0xf7) && trail >= 0xa1))
        }
        [0x80, ..] => Some((1, false)),
        _ => None,
    }
}

/// Level-1 characters and punctuation count as ordinary.
fn of_big5(bytes: &[u8]) -> Option<(usize, bool)> {
    match *bytes {
        [lead @ 0xa1..=0xf9, 0x40..=0x7e | 0xa1..=0xfe, ..] => Some((2, lead <= 0xc6)),
        _ => None,
    }
}

/// Kana, level-1 characters and punctuation count as ordinary.
fn of_shift_jis(bytes: &[u8]) -> Option<(usize, bool)> {
    match *bytes {
        [lead @ (0x81..=0x9f | 0xe0..=0xfc), trail @ (0x40..=0x7e | 0x80..=0xfc), ..] => {
            let is_kana = lead == 0x82 && trail >= 0x4f || lead == 0x83 && trail <= 0x96;
            Some((2, lead == 0x81 || is_kana || matches!(lead, 0x88..=0x98)))
        }
        [0xa1..=0xdf, ..] => Some((1, false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;
    use proptest::prelude::*;

    #[test]
    fn texts_of_taiwan_hong_kong_and_japan_are_told_apart_from_gbk() {
        let of = |encoding: &'static Encoding, text: &str| likelier(&encoding.encode(text).0).map(|(name, ..)| name);
        for text in [
            "日期,佇列,進線量,接聽量\n2026-11-30,電話,5,5\n",
            "員工編號,組別,技能,等級\nA1,客服一組,電話;線上,資深\n",
            "班次,開始,結束,名稱\nD,09:00,18:00,早班\nN,13:00,22:00,晚班\n",
            "工號,11-30 週一,12-01 週二\nA1,早班,休假\nA2,晚班,病假\n",
        ] {
            assert_eq!(of(BIG5, text), Some("Big5"), "{text}");
            assert_eq!(of(GBK, text), None, "{text} in GBK");
        }
        for text in [
            "日付,キュー,入電数,応答数\n2026-11-30,電話,5,5\n",
            "社員番号,チーム,スキル,契約\nA1,第一,電話,正社員\n",
            "シフト,開始,終了,名前\nD,09:00,18:00,早番\nN,13:00,22:00,遅番\n",
        ] {
            assert_eq!(of(SHIFT_JIS, text), Some("Shift-JIS"), "{text}");
            assert_eq!(of(GBK, text), None, "{text} in GBK");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// All texts of the 6,763 characters of GB2312 are read as Chinese, as are names with a rare character among ordinary ones.
        #[test]
        fn no_text_of_gb2312_is_doubted(signs in prop::collection::vec((0xb0..=0xf7_u8, 0xa1..=0xfe_u8), 1..60), rare in 0..3_usize) {
            let mut bytes: Vec<u8> = signs.iter().filter(|(lead, trail)| *lead != 0xd7 || *trail < 0xfa).flat_map(|(lead, trail)| [*lead, *trail]).collect();
            prop_assert_eq!(likelier(&bytes), None);
            bytes.extend_from_slice(b",\xb9\xa4\xba\xc5,\xd7\xe9\xb1\xf0,\xbc\xbc\xc4\xdc,\xb0\xe0\xb4\xce,");
            bytes.extend_from_slice(&GBK.encode(&"玥喆璟".chars().take(rare).collect::<String>()).0);
            prop_assert_eq!(likelier(&bytes), None);
        }

        /// An invalid byte anywhere in UTF-8 text is located exactly.
        #[test]
        fn a_byte_that_is_no_text_is_found_where_it_stands(
            lines in prop::collection::vec("[a-z0-9,]{0,6}(工号|电话|客服|排班|日期){1,4}[a-z,]{0,6}", 2..12),
            byte in prop::sample::select(vec![0xff_u8, 0xc0, 0xf8, 0x80, 0xa0]),
            choice in any::<prop::sample::Index>(),
            end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        ) {
            let text = lines.join(end);
            let places: Vec<usize> = text.char_indices().map(|(place, _)| place).filter(|place| !text[..*place].ends_with('\r')).collect();
            let place = places[choice.index(places.len())];
            let mut bytes = text.as_bytes().to_vec();
            bytes.insert(place, byte);
            let before: Vec<&str> = text[..place].split(end).collect();
            let expected = BadByte { line: before.len(), character: before[before.len() - 1].chars().count() + 1, byte };
            prop_assert_eq!(bad_byte(&bytes), Some(expected), "{:?}", text);
        }

        /// The first byte in GBK text that begins no character is reported on its line.
        #[test]
        fn a_byte_that_is_no_text_in_gbk_is_found_on_its_line(before in 0..6_usize, after in 0..6_usize) {
            let line = "2026-11-30,电话客服排班,5\n";
            let mut bytes = GBK.encode(&line.repeat(before)).0.into_owned();
            bytes.extend_from_slice(b"2026-11-30,\xff,5\n");
            bytes.extend_from_slice(&GBK.encode(&line.repeat(after)).0);
            if before + after > 0 {
                prop_assert_eq!(bad_byte(&bytes), Some(BadByte { line: before + 1, character: 12, byte: 0xff }));
            }
        }
    }

    #[test]
    fn what_is_text_has_no_bad_byte_and_what_is_a_picture_has_none_to_tell() {
        for text in ["", "a,b\n", "工号,电话\n", "Müller"] {
            assert_eq!(bad_byte(text.as_bytes()), None, "{text}");
            assert_eq!(bad_byte(&GBK.encode(text).0).filter(|_| text != "Müller"), None, "{text} in GBK");
        }
        assert_eq!(bad_byte(&[0x89, b'P', b'N', b'G', 0, 0, 0, 13]), None);
        let mut with_zero = "a,b\n1,2\n".repeat(20).into_bytes();
        with_zero.insert(10, 0);
        assert_eq!(bad_byte(&with_zero), Some(BadByte { line: 3, character: 3, byte: 0 }));
    }
}
