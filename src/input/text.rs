//! Bytes to text: UTF-8 with or without a byte-order mark, UTF-16 with one, or GBK; and which separator a table uses.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How a file's text is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Saved {
    encoding: &'static Encoding,
    has_mark: bool,
}

/// Text of a file as a spreadsheet saved it; `None` if it is text in none of the encodings.
pub(super) fn decode(bytes: Vec<u8>) -> Option<String> {
    decode_saved(bytes).map(|(text, _)| text)
}

/// The same, and how it was saved.
pub(super) fn decode_saved(mut bytes: Vec<u8>) -> Option<(String, Saved)> {
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

/// A word of a file that says one thing in GBK and another in Windows-1252, in both readings, where the second is the likelier: a letter
/// such as the ü of Müller takes the one after it for a part of itself in GBK. Chinese comes in words of several signs.
pub(super) fn two_readings(bytes: &[u8]) -> Option<(String, String)> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let is_high = |place: usize| bytes.get(place + 1).is_some_and(|byte| *byte >= 0xa1);
    // a sign of GBK and its place; of four bytes are none that a Western word could hold
    let mut signs: Vec<usize> = Vec::new();
    let mut place = 0;
    while place < bytes.len() {
        match bytes[place] {
            0x81..=0xfe => {
                let last = signs.last().filter(|last| **last + 2 == place);
                if last.is_some_and(|last| is_high(*last) && is_high(place)) {
                    return None;
                }
                signs.push(place);
                place += 2;
            }
            _ => place += 1,
        }
    }
    let is_letter = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_alphabetic);
    let is_western = |&place: &usize| is_letter(place + 1) || place > 0 && is_letter(place - 1) && is_letter(place + 2);
    let is_alone = |at: &usize| {
        let (before, after) = (at.checked_sub(1).map(|at| signs[at] + 2), signs.get(at + 1));
        before != Some(signs[*at]) && after != Some(&(signs[*at] + 2))
    };
    let place = (0..signs.len()).filter(is_alone).map(|at| signs[at]).find(is_western)?;
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let from = bytes[..place].iter().rposition(|byte| !is_word(byte)).map_or(0, |before| before + 1);
    let to = bytes[place..].iter().position(|byte| !is_word(byte)).map_or(bytes.len(), |after| place + after);
    let read = |encoding: &'static Encoding| encoding.decode_without_bom_handling(&bytes[from..to]).0.into_owned();
    Some((read(GB18030), read(WINDOWS_1252)))
}

/// A text saved in the same way; `None` where the way has no place for a character.
pub(super) fn encode(text: &str, saved: Saved) -> Option<Vec<u8>> {
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

/// The separator that the header line uses most outside quotes: comma, semicolon or tab.
pub(super) fn separator(text: &str) -> u8 {
    let header = text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |separator: u8| {
        let mut quoted = false;
        let mut outside = |byte: &u8| {
            quoted ^= *byte == b'"';
            *byte == separator && !quoted
        };
        header.as_bytes().iter().filter(|byte| outside(byte)).count()
    };
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&separator| count(separator)).unwrap_or(b',')
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
        for word in ["Müller", "señor", "Größe", "São Paulo", "naïve", "Über", "Ärzte", "it’s", "François", "Zoë", "Zürich,Genève"]
        {
            let (bytes, _, _) = WINDOWS_1252.encode(word);
            let is_read = decode(bytes.to_vec()).is_some();
            assert!(two_readings(&bytes).is_some_and(|(_, western)| word.contains(&western)) || !is_read, "{word}");
            assert_eq!(two_readings(word.as_bytes()), None, "{word} in UTF-8");
        }
        for word in ["工号,组别", "早,中,晚", "D,早班,休", "VIP客户", "B班,A班", "朱镕基", "A,休", "陶喆", "朱镕基,Tom"]
        {
            let (bytes, _, _) = GB18030.encode(word);
            assert_eq!(two_readings(&bytes), None, "{word}");
        }
    }

    #[test]
    fn pictures_are_no_text() {
        assert_eq!(decode(vec![0x89, b'P', b'N', b'G', 0, 0, 0, 13]), None);
    }
}
