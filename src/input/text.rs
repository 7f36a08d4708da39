//! Bytes to text: UTF-8 with or without a byte-order mark, UTF-16 with one, or GBK; and which separator a table uses.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// Text of a file as a spreadsheet saved it; `None` if it is text in none of the encodings.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (!errors).then(|| text.into_owned());
    }
    for encoding in [UTF_8, GB18030] {
        let (text, errors) = encoding.decode_without_bom_handling(bytes);
        if !errors && !text.contains('\0') {
            return Some(text.into_owned());
        }
    }
    None
}

/// The separator that the header line uses most: comma, semicolon or tab.
pub(super) fn separator(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |separator: u8| header.bytes().filter(|&byte| byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&separator| count(separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_header_in_gbk_and_utf8_reads_alike() {
        let (gbk, _, _) = GB18030.encode("工号;组别");
        assert_eq!(decode(&gbk).as_deref(), Some("工号;组别"));
        assert_eq!(decode("\u{feff}工号;组别".as_bytes()).as_deref(), Some("工号;组别"));
        assert_eq!(separator("工号;组别,x;y"), b';');
    }

    #[test]
    fn pictures_are_no_text() {
        assert_eq!(decode(&[0x89, b'P', b'N', b'G', 0, 0, 0, 13]), None);
    }
}
