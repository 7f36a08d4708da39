//! Ways in which something doubtful may be read, and what a map says for each.

/// A way in which something doubtful may be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Way {
    /// The doubtful value as it would be read.
    pub example: String,
    /// Keys of `[[import]]` that choose this way, with their texts.
    pub said: Vec<(&'static str, String)>,
}

impl Way {
    /// A way that one key chooses.
    pub(in crate::input) fn of(example: impl Into<String>, key: &'static str, text: impl Into<String>) -> Self {
        Self { example: example.into(), said: vec![(key, text.into())] }
    }

    /// What a map says to choose it: `dates = "day_first"`.
    #[must_use]
    pub fn line(&self) -> String {
        let lines: Vec<String> = self.said.iter().map(|(key, text)| format!("{key} = {}", quoted(text))).collect();
        lines.join(", ")
    }
}

/// A text as TOML writes it.
pub(in crate::input) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
