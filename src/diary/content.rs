//! Content lines of iCalendar: escaping of texts, folding and unfolding.

use chrono::NaiveDateTime;

/// Maximum length of a line in octets (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;
/// Form of local times.
const LOCAL: &str = "%Y%m%dT%H%M%S";

/// Content lines of an entry, unfolded, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content(Vec<String>);

impl Content {
    /// Adds a text property; control characters other than line feeds become spaces.
    ///
    /// ```
    /// use peakshift::diary::Content;
    /// let mut content = Content::default();
    /// content.text("SUMMARY", "Early; phone, chat\nmeal 12:00");
    /// assert_eq!(content.lines(), [r"SUMMARY:Early\; phone\, chat\nmeal 12:00"]);
    /// ```
    pub fn text(&mut self, name: &str, text: &str) {
        self.0.push(format!("{name}:{}", escaped(text)));
    }

    /// Adds a local time, in a zone of the time zone database where one is named, else by whatever clocks its reader has.
    pub fn time(&mut self, name: &str, time: NaiveDateTime, zone: Option<&str>) {
        let parameter = zone.map_or_else(String::new, |zone| format!(";TZID={zone}"));
        self.0.push(format!("{name}{parameter}:{}", time.format(LOCAL)));
    }

    /// Adds a line as it stands.
    pub(super) fn line(&mut self, line: &str) {
        self.0.push(line.to_owned());
    }

    /// The lines.
    #[must_use]
    pub fn lines(&self) -> &[String] {
        &self.0
    }

    /// The same content with another value of a property, added where it has none.
    pub(super) fn with(&self, name: &str, value: &str) -> Self {
        let others = self.0.iter().filter(|line| named(line).0 != name).cloned();
        Self(others.chain([format!("{name}:{value}")]).collect())
    }

    /// Whether a property has a value.
    pub(super) fn says(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|line| named(line) == (name, value))
    }

    /// Zones that its times name.
    pub(super) fn zones(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|line| line.split_once(";TZID=")?.1.split_once(':')).map(|(zone, _)| zone)
    }
}

/// Name and value of a line without parameters.
pub(super) fn named(line: &str) -> (&str, &str) {
    line.split_once(':').unwrap_or((line, ""))
}

/// A text value (RFC 5545, 3.3.11).
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => safe.extend(['\\', letter]),
            '\n' => safe += "\\n",
            // a carriage return would end the line
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

/// A line in parts of at most 75 octets, none of which splits a character.
pub(super) fn folded(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 2);
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > MOST_OCTETS {
            text += "\r\n ";
            octets = 1;
        }
        text.push(letter);
        octets += letter.len_utf8();
    }
    text + "\r\n"
}

/// The lines of a text, unfolded.
pub(super) fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_folded_unfolds_to_itself_and_no_line_is_too_long(text in "[ -~早中晚班，；\\n\\r\\t]{0,200}") {
            let line = format!("SUMMARY:{}", escaped(&text));
            let folded = folded(&line);
            prop_assert!(folded.split("\r\n").all(|part| part.len() <= MOST_OCTETS));
            prop_assert_eq!(&unfolded(&folded)[0], &line);
        }
    }
}
