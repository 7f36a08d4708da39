//! Identifiers and names in keys: one check for all readers of TOML files, reporting each refusal with its location.

use super::section::Section;
use crate::identifier::{IdentifierError, file_identifier, identifier, name};
use crate::input::problem::collected::Problems;
use crate::workforce::AgentId;

/// Characters of a refused text that are shown.
const SHOWN: usize = 80;

impl<'a> Section<'a> {
    /// An identifier.
    pub(in crate::input) fn identifier(&self, key: &str, problems: &mut Problems) -> Option<&str> {
        let text = self.text(key, problems)?;
        self.taken(identifier(text), key, text, problems)
    }

    /// Number of a person.
    pub(in crate::input) fn agent(&self, key: &str, problems: &mut Problems) -> Option<AgentId> {
        let text = self.text(key, problems)?;
        self.taken(AgentId::parse(text), key, text, problems)
    }

    /// Numbers of people.
    pub(in crate::input) fn agents(&self, key: &str, problems: &mut Problems) -> Vec<AgentId> {
        self.texts(key, problems).into_iter().filter_map(|text| self.taken(AgentId::parse(text), key, text, problems)).collect()
    }

    /// A display name, such as a plan's or a scenario's.
    pub(in crate::input) fn name(&self, key: &str, problems: &mut Problems) -> Option<&str> {
        let text = self.text(key, problems)?;
        self.taken(name(text), key, text, problems)
    }

    /// An identifier that may name a file.
    pub(in crate::input) fn file_identifier(&self, key: &str, text: &'a str, problems: &mut Problems) -> Option<&str> {
        self.taken(file_identifier(text), key, text, problems)
    }

    fn taken<T>(&self, parsed: Result<T, IdentifierError>, key: &str, text: &str, problems: &mut Problems) -> Option<T> {
        let shown: String = text.chars().take(SHOWN).collect();
        parsed.map_err(|error| self.note(problems, error.code(), key, shown.escape_debug(), error.detail())).ok()
    }
}
