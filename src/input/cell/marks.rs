//! Marks of the halves of the day beside a time.

use crate::time::ClockTime;

/// Marks that no clock time is read with, but that show one with halves.
const UNREAD: [&str; 2] = ["午前", "午後"];

/// Whether a time is marked as one of the morning or the afternoon: `8:30 AM`, `8:30pm`, `8:30 a.m.`, `上午8:30`.
pub(in crate::input) fn has_mark(text: &str) -> bool {
    if !text.is_ascii() && (ClockTime::has_part_of_day(text) || UNREAD.iter().any(|mark| text.contains(mark))) {
        return true;
    }
    let bytes = text.as_bytes();
    let is_letter = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_alphabetic);
    let is_mark = |place: usize| {
        let behind = if bytes.get(place + 1) == Some(&b'.') { place + 2 } else { place + 1 };
        matches!(bytes[place].to_ascii_lowercase(), b'a' | b'p')
            && bytes.get(behind).is_some_and(|letter| letter.eq_ignore_ascii_case(&b'm'))
            && !is_letter(behind + 1)
            && !place.checked_sub(1).is_some_and(is_letter)
    };
    (0..bytes.len()).any(is_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_half_days_are_told_from_other_letters() {
        for (text, is_marked) in [
            ("8:30 AM", true),
            ("8:30pm", true),
            ("8:30 a.m.", true),
            ("上午8:30", true),
            ("早晨8:30", true),
            ("午後8:30", true),
            ("Jan 2, 2026 8:30", false),
            ("2026-10-12 08:30 America/Panama", false),
            ("2026-10-12T08:30", false),
            ("8:30", false),
        ] {
            assert_eq!(has_mark(text), is_marked, "{text}");
        }
    }
}
