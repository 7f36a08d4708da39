//! Decoding and encoding of files: UTF-8 with or without a byte-order mark, UTF-16 with one, or GBK.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Encoding of a file's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) struct Saved {
    encoding: &'static Encoding,
    has_mark: bool,
}

/// Text of a file as saved by a spreadsheet; `None` if it is in none of the encodings.
pub(in crate::input) fn decode(bytes: Vec<u8>) -> Option<String> {
    decode_saved(bytes).map(|(text, _)| text)
}

/// Text of a file, with its encoding.
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

/// Encodes a text in the same way; `None` where a character cannot be represented.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_header_in_gbk_and_utf8_reads_alike() {
        let (gbk, _, _) = GB18030.encode("工号;组别");
        assert_eq!(decode(gbk.to_vec()).as_deref(), Some("工号;组别"));
        assert_eq!(decode("\u{feff}工号;组别".as_bytes().to_vec()).as_deref(), Some("工号;组别"));
    }

    #[test]
    fn pictures_are_no_text() {
        assert_eq!(decode(vec![0x89, b'P', b'N', b'G', 0, 0, 0, 13]), None);
    }
}
