//! Identifiers of people, queues, shifts, contracts and sites in files: short, on one line, and free of separators, because they stand in
//! lists within one cell, in tables and, for people, in file names.

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

/// Maximum length of an identifier in characters.
pub const MOST_CHARACTERS: usize = 64;
/// Maximum length of an identifier in UTF-8 bytes: with an extension it still fits the 255 bytes of a file name.
pub const MOST_BYTES: usize = 200;
/// Maximum length of a display name in characters.
pub const MOST_NAME_CHARACTERS: usize = 200;

/// Separators of folders, and of the parts of a list in one cell.
const SEPARATORS: [char; 5] = ['/', '\\', ';', '；', '、'];
/// Characters that Windows forbids in file names, beside the separators of folders.
const NOT_IN_FILE_NAMES: [char; 7] = [':', '*', '?', '"', '<', '>', '|'];
/// Device names, which Windows does not accept as files, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Reason for which a text is no identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum IdentifierError {
    /// Empty text.
    #[error("it is empty")]
    Empty,
    /// Longer than [`MOST_CHARACTERS`] or [`MOST_BYTES`].
    #[error("it is longer than {MOST_CHARACTERS} characters or {MOST_BYTES} bytes")]
    TooLong,
    /// A control character, a line break, or an invisible character.
    #[error("it holds the character U+{:04X}", u32::from(*.0))]
    Unprintable(char),
    /// A separator of folders or of list parts.
    #[error("it holds the separator {0}")]
    Separator(char),
    /// `.` or `..`, or a dot at the end, which Windows drops.
    #[error("it is made of dots, or ends in one")]
    Dots,
    /// A character that file names cannot hold.
    #[error("it holds {0}, which no file's name can hold")]
    NotInFileNames(char),
    /// A Windows device name.
    #[error("it is the name of a device on Windows")]
    Device,
}

impl IdentifierError {
    /// Key of the kind in the message catalogue.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "cell_empty",
            Self::TooLong => "identifier_long",
            Self::Unprintable(_) => "identifier_unprintable",
            Self::Separator(_) => "identifier_separator",
            Self::Dots => "identifier_dots",
            Self::NotInFileNames(_) => "identifier_not_in_file_names",
            Self::Device => "identifier_device",
        }
    }

    /// Value that fills the kind's message: the unwanted character.
    #[must_use]
    pub fn detail(self) -> String {
        match self {
            Self::Unprintable(letter) => format!("U+{:04X}", u32::from(letter)),
            Self::Separator(letter) | Self::NotInFileNames(letter) => letter.to_string(),
            Self::TooLong => format!("{MOST_CHARACTERS}"),
            Self::Empty | Self::Dots | Self::Device => String::new(),
        }
    }
}

/// The text without surrounding spaces, if it is an identifier.
///
/// ```
/// use peakshift::identifier::{IdentifierError, identifier};
/// assert_eq!(identifier(" 晚班 2 "), Ok("晚班 2"));
/// assert_eq!(identifier("../evil"), Err(IdentifierError::Separator('/')));
/// ```
///
/// # Errors
/// [`IdentifierError`], the first that applies.
pub fn identifier(text: &str) -> Result<&str, IdentifierError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(IdentifierError::Empty);
    }
    if let Some(letter) = text.chars().find(|letter| is_unprintable(*letter) || is_invisible(*letter)) {
        return Err(IdentifierError::Unprintable(letter));
    }
    if let Some(letter) = text.chars().find(|letter| SEPARATORS.contains(letter)) {
        return Err(IdentifierError::Separator(letter));
    }
    if text.chars().all(|letter| letter == '.') {
        return Err(IdentifierError::Dots);
    }
    if text.len() > MOST_BYTES || text.chars().count() > MOST_CHARACTERS {
        return Err(IdentifierError::TooLong);
    }
    Ok(text)
}

/// An identifier that can also name a file, on any operating system.
///
/// # Errors
/// [`IdentifierError`], the first that applies.
pub fn file_identifier(text: &str) -> Result<&str, IdentifierError> {
    let text = identifier(text)?;
    if let Some(letter) = text.chars().find(|letter| NOT_IN_FILE_NAMES.contains(letter)) {
        return Err(IdentifierError::NotInFileNames(letter));
    }
    if text.ends_with('.') {
        return Err(IdentifierError::Dots);
    }
    // Windows treats superscript digits as digits here, as compatibility folding does
    let stem = folded(text.split('.').next().unwrap_or(text));
    let (name, number) = stem.trim_end().split_at_checked(3).unwrap_or((&stem, ""));
    let numbered = ["com", "lpt"].contains(&name);
    let is_device =
        DEVICES.contains(&name) && if numbered { number.len() == 1 && number.as_bytes()[0].is_ascii_digit() } else { number.is_empty() };
    if is_device { Err(IdentifierError::Device) } else { Ok(text) }
}

/// A display name without surrounding spaces: any text on one line, up to [`MOST_NAME_CHARACTERS`].
///
/// # Errors
/// [`IdentifierError`], the first that applies; [`IdentifierError::TooLong`] refers to the limit for names.
pub fn name(text: &str) -> Result<&str, IdentifierError> {
    let text = text.trim();
    if let Some(letter) = text.chars().find(|letter| is_unprintable(*letter)) {
        return Err(IdentifierError::Unprintable(letter));
    }
    if text.chars().count() > MOST_NAME_CHARACTERS { Err(IdentifierError::TooLong) } else { Ok(text) }
}

/// Key that two identifiers share if some file system takes them for one name: case, width and form of accents are folded.
#[must_use]
pub fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// Whether it is a control character, a line break of any kind, or a mark that changes the writing direction.
fn is_unprintable(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether it has no width: two identifiers that differ only in it look identical.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_identifiers_of_every_language_are_taken_as_they_are() {
        for text in
            ["CS017", "A-1", "A.1", "白班", "after sales", "Zoë", "x+1", "=1", "@home", "早班(8h)", "con1", "company", "com10", "nul2"]
        {
            assert_eq!(file_identifier(text), Ok(text), "{text}");
        }
    }

    #[test]
    fn whatever_could_leave_its_folder_its_line_or_its_cell_is_refused() {
        for text in [
            "../x",
            "a/b",
            "a\\b",
            "/etc",
            ".",
            "..",
            "...",
            "a;b",
            "a；b",
            "a、b",
            "a\nb",
            "a\rb",
            "a\tb",
            "a\u{0}b",
            "a\u{202e}b",
            "a\u{200b}b",
        ] {
            assert!(identifier(text).is_err(), "{text:?}");
        }
        for text in ["a:b", "a*", "CON", "con", "Nul.txt", "COM1", "lpt9.x", "COM¹", "ＣＯＮ", "a.", "a|b", "\"a\""] {
            assert!(file_identifier(text).is_err(), "{text:?}");
        }
        assert!(identifier(&"x".repeat(64)).is_ok() && identifier(&"x".repeat(65)).is_err());
        assert!(identifier(&"界".repeat(64)).is_ok() && identifier(&"\u{1f600}".repeat(51)).is_err(), "51 × 4 bytes");
    }

    #[test]
    fn what_one_file_system_takes_for_one_name_folds_together() {
        for (one, other) in [("A1", "a1"), ("Ａ１", "a1"), ("Zoe\u{308}", "Zoë"), ("ÅSA", "åsa")] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        assert_ne!(folded("A1"), folded("A2"));
    }
}
