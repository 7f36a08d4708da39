//! Words of a header, in whatever style it is written: `Avg Handle Time (ms)`, `IncomingContactVolume`, `calls_offered`,
//! `平均会话时长（分钟）`.

use crate::input::header::plain::narrow;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// A header split into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::input) struct Words {
    /// Latin words in lower case, in their order; of `actConRcvd` they are `act`, `con` and `rcvd`.
    latin: Vec<String>,
    /// All letters in lower case, without spaces, brackets and what stands in them.
    joined: String,
    /// The whole text in lower case.
    whole: String,
}

/// Words that some systems write together: `CALLSOFFERED`, `acdtime`.
const TOGETHER: [&str; 38] = [
    "calls",
    "call",
    "contacts",
    "offered",
    "answered",
    "abandoned",
    "abandons",
    "abn",
    "acd",
    "acw",
    "hold",
    "handle",
    "handled",
    "talk",
    "wait",
    "time",
    "queue",
    "skill",
    "split",
    "start",
    "end",
    "date",
    "hour",
    "interval",
    "avg",
    "average",
    "total",
    "received",
    "incoming",
    "inbound",
    "outbound",
    "volume",
    "presented",
    "duration",
    "name",
    "group",
    "wrap",
    "count",
];

/// A word as the words of the field that it is put together from; itself where it is not.
fn apart(word: &str) -> Vec<String> {
    let mut ends: Vec<Option<usize>> = vec![None; word.len() + 1];
    ends[0] = Some(0);
    for end in 1..=word.len() {
        let begins = TOGETHER.iter().filter_map(|known| end.checked_sub(known.len()).filter(|begin| word.get(*begin..end) == Some(known)));
        ends[end] = begins.filter(|begin| ends[*begin].is_some()).min();
    }
    let (mut end, mut words) = (word.len(), Vec::new());
    while end > 0 {
        let Some(begin) = ends[end] else { return vec![word.to_owned()] };
        words.insert(0, word[begin..end].to_owned());
        end = begin;
    }
    words
}

/// A letter of usual width without its accent; Chinese brackets as Latin ones.
fn plain(letter: char) -> char {
    match letter {
        '【' => '[',
        '】' => ']',
        '\u{c0}'..='\u{24f}' => std::iter::once(letter).nfd().next().unwrap_or(letter),
        letter => narrow(letter),
    }
}

impl Words {
    pub(in crate::input) fn of(header: &str) -> Self {
        let header = header.trim();
        // the sign of a mean in front
        let spelt = header.strip_prefix(['Ø', '⌀']).map_or(Cow::Borrowed(header), |rest| Cow::Owned(format!("avg {rest}")));
        let whole: String = spelt.nfc().map(plain).collect();
        let before_brackets = whole.split(['(', '[']).next().unwrap_or("");
        let mut latin: Vec<String> = Vec::new();
        let (mut before, mut goes_on) = (' ', false);
        for letter in before_brackets.chars() {
            let begins = !goes_on || letter.is_ascii_uppercase() && before.is_ascii_lowercase();
            match letter {
                _ if !letter.is_ascii_alphanumeric() => goes_on = false,
                _ if begins => {
                    latin.push(letter.to_ascii_lowercase().to_string());
                    goes_on = true;
                }
                _ => latin.last_mut().expect("a word has begun").push(letter.to_ascii_lowercase()),
            }
            before = letter;
        }
        let latin = latin.iter().flat_map(|word| apart(word)).collect();
        let joined = before_brackets.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
        Self { latin, joined, whole: whole.to_lowercase() }
    }

    /// Whether one of these stands in the header: a Latin one as a word of its own, a Chinese one anywhere.
    pub(in crate::input) fn have(&self, words: &[&str]) -> bool {
        let is_latin = self.joined.is_ascii();
        let has =
            |word: &str| if word.is_ascii() { self.latin.iter().any(|own| own == word) } else { !is_latin && self.joined.contains(word) };
        words.iter().any(|word| has(word))
    }

    /// Whether the header is one of these, written without spaces.
    pub(in crate::input) fn are(&self, names: &[&str]) -> bool {
        names.contains(&self.joined.as_str())
    }

    /// Whether each of its words is one of these Latin ones.
    pub(in crate::input) fn are_all_of(&self, words: &[&str]) -> bool {
        self.joined.is_ascii() && !self.latin.is_empty() && self.latin.iter().all(|own| words.contains(&own.as_str()))
    }

    /// Whether one of these texts stands anywhere in the header, brackets included.
    pub(in crate::input) fn hold(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.whole.contains(text))
    }

    pub(in crate::input) fn is_empty(&self) -> bool {
        self.joined.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_falls_into_its_words_however_it_is_written() {
        for (header, latin) in [
            ("Avg Handle Time (ms)", vec!["avg", "handle", "time"]),
            ("IncomingContactVolume", vec!["incoming", "contact", "volume"]),
            ("calls_offered", vec!["calls", "offered"]),
            ("actConRcvd", vec!["act", "con", "rcvd"]),
            ("CALL ID", vec!["call", "id"]),
            ("Ticket created - Hour", vec!["ticket", "created", "hour"]),
            ("ＡＨＴ", vec!["aht"]),
            ("CALLSOFFERED", vec!["calls", "offered"]),
            ("acdtime", vec!["acd", "time"]),
            ("timestamp", vec!["timestamp"]),
            ("callback", vec!["callback"]),
            ("", vec![]),
        ] {
            assert_eq!(Words::of(header).latin, latin, "{header}");
        }
        assert!(Words::of("平均会话时长（分钟）").have(&["会话"]) && !Words::of("平均会话时长（分钟）").have(&["分钟"]));
        assert!(Words::of("Handled").have(&["handled"]) && !Words::of("Unhandled").have(&["handled"]));
    }
}
