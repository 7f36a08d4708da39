//! Bytes to text: UTF-8 with or without a byte-order mark, UTF-16 with one, or GBK; and which separator a table uses.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// Text of a file as a spreadsheet saved it; `None` if it is text in none of the encodings.
pub(super) fn decode(mut bytes: Vec<u8>) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            bytes.drain(..mark);
            return String::from_utf8(bytes).ok();
        }
        let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!errors).then(|| text.into_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    // a large file is not copied
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Some(text),
        Err(error) => error.into_bytes(),
    };
    let (text, errors) = GB18030.decode_without_bom_handling(&bytes);
    (!errors).then(|| text.into_owned())
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
    fn pictures_are_no_text() {
        assert_eq!(decode(vec![0x89, b'P', b'N', b'G', 0, 0, 0, 13]), None);
    }
}
