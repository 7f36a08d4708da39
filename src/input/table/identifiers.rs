//! Identifiers and names in cells and keys: one check for every reader, each refusal with its place.

use super::row::Row;
use crate::identifier::{IdentifierError, file_identifier, identifier, name};
use crate::input::naming::queue_names::QueueNames;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::service::QueueId;
use crate::workforce::AgentId;

/// The most characters of a refused text that are shown.
const SHOWN: usize = 80;

impl Row<'_> {
    /// The number of a person; the cell must not be empty.
    pub(in crate::input) fn agent(&self, column: &str, problems: &mut Problems) -> Option<AgentId> {
        let text = self.text(column, problems)?;
        self.taken(AgentId::parse(text), column, problems)
    }

    /// A queue; empty gives `None` without a problem.
    pub(in crate::input) fn queue(&self, column: &str, problems: &mut Problems) -> Option<QueueId> {
        self.taken(QueueId::parse(self.get(column)?), column, problems)
    }

    /// The same by its identifier or by the name that people see.
    pub(in crate::input) fn queue_of(&self, column: &str, known: &QueueNames, problems: &mut Problems) -> Option<QueueId> {
        self.get(column).and_then(|text| known.get(text)).cloned().or_else(|| self.queue(column, problems))
    }

    /// An identifier of another kind; empty gives `None` without a problem.
    pub(in crate::input) fn identifier(&self, column: &str, problems: &mut Problems) -> Option<&str> {
        self.taken(identifier(self.get(column)?), column, problems)
    }

    /// Every queue of a list in one cell.
    pub(in crate::input) fn queues(&self, column: &str, problems: &mut Problems) -> Vec<QueueId> {
        self.list(column).into_iter().filter_map(|text| self.taken(QueueId::parse(text), column, problems)).collect()
    }

    /// A name that people see; empty gives `None` without a problem.
    pub(in crate::input) fn name(&self, column: &str, problems: &mut Problems) -> Option<&str> {
        self.taken(name(self.get(column)?), column, problems)
    }

    fn taken<T>(&self, parsed: Result<T, IdentifierError>, column: &str, problems: &mut Problems) -> Option<T> {
        parsed.map_err(|error| self.note(problems, error.code(), column, error.detail())).ok()
    }
}

impl<'a> Section<'a> {
    /// An identifier.
    pub(in crate::input) fn identifier(&self, key: &str, problems: &mut Problems) -> Option<&str> {
        let text = self.text(key, problems)?;
        self.taken(identifier(text), key, text, problems)
    }

    /// The number of a person.
    pub(in crate::input) fn agent(&self, key: &str, problems: &mut Problems) -> Option<AgentId> {
        let text = self.text(key, problems)?;
        self.taken(AgentId::parse(text), key, text, problems)
    }

    /// The numbers of people.
    pub(in crate::input) fn agents(&self, key: &str, problems: &mut Problems) -> Vec<AgentId> {
        self.texts(key, problems).into_iter().filter_map(|text| self.taken(AgentId::parse(text), key, text, problems)).collect()
    }

    /// A name that people see, such as a plan's or a scenario's.
    pub(in crate::input) fn name(&self, key: &str, problems: &mut Problems) -> Option<&str> {
        let text = self.text(key, problems)?;
        self.taken(name(text), key, text, problems)
    }

    /// What one parser of another module takes for an identifier.
    pub(in crate::input) fn file_identifier(&self, key: &str, text: &'a str, problems: &mut Problems) -> Option<&str> {
        self.taken(file_identifier(text), key, text, problems)
    }

    fn taken<T>(&self, parsed: Result<T, IdentifierError>, key: &str, text: &str, problems: &mut Problems) -> Option<T> {
        let shown: String = text.chars().take(SHOWN).collect();
        parsed.map_err(|error| self.note(problems, error.code(), key, shown.escape_debug(), error.detail())).ok()
    }
}
