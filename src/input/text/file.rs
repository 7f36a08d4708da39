//! Text of a file, or a report of the reason there is none.

use super::bytes::bytes_of;
use super::decode::decode;
use super::encodings::{BadByte, bad_byte, likelier, line_of_western};
use super::western::two_readings;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use std::path::Path;

/// Signatures of workbooks, new and old.
pub(in crate::input) const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];
/// Maximum size of a table or plan, in bytes.
pub(in crate::input) const MOST_BYTES: u64 = 2 << 30;

/// Text of a file (`-` is standard input); otherwise the reason is reported.
pub(in crate::input) fn read_text(folder: &Path, file: &str, problems: &mut Problems) -> Option<String> {
    let bytes = bytes_of(folder, file, MOST_BYTES, problems)?;
    if WORKBOOKS.iter().any(|beginning| bytes.starts_with(beginning)) {
        problems.push(of_file(file, "workbook_for_text"));
        return None;
    }
    text_of(file, bytes, problems)
}

/// Text of a file's bytes; otherwise the reason is reported.
pub(in crate::input) fn text_of(file: &str, bytes: Vec<u8>, problems: &mut Problems) -> Option<String> {
    let bytes = match String::from_utf8(bytes) {
        // nothing is doubtful; a large file is looked through once
        Ok(text) if !text.starts_with('\u{feff}') && !text.as_bytes().contains(&0) => return Some(text),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    if let Some((value, expected)) = two_readings(&bytes) {
        let line = line_of_western(&bytes, &expected);
        problems.push(Problem { line, value, expected, ..of_file(file, "encoding_doubtful") });
        return None;
    }
    if let Some(BadByte { line, character, byte }) = bad_byte(&bytes) {
        let (value, expected) = (format!("0x{byte:02X}"), character.to_string());
        problems.push(Problem { line: Some(line), value, expected, ..of_file(file, "byte_unreadable") });
        return None;
    }
    if let Some((encoding, value, other)) = likelier(&bytes) {
        problems.push(Problem { value, expected: format!("{encoding}: {other}"), ..of_file(file, "encoding_other") });
        return None;
    }
    let text = decode(bytes);
    if text.is_none() {
        problems.push(Problem { expected: "it is not text in UTF-8 or GBK".into(), ..of_file(file, "file_unreadable") });
    }
    text
}
