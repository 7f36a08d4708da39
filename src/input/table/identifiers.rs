//! Identifiers and names in cells: one check for all readers of tables, reporting each refusal with its location.

use super::row::Row;
use crate::identifier::{IdentifierError, identifier, name};
use crate::input::naming::queue_names::QueueNames;
use crate::input::problem::collected::Problems;
use crate::service::QueueId;
use crate::workforce::AgentId;

impl Row<'_> {
    /// Number of a person; the cell must not be empty.
    pub(in crate::input) fn agent(&self, column: &str, problems: &mut Problems) -> Option<AgentId> {
        let text = self.text(column, problems)?;
        self.taken(AgentId::parse(text), column, problems)
    }

    /// A queue; empty gives `None` without a problem.
    pub(in crate::input) fn queue(&self, column: &str, problems: &mut Problems) -> Option<QueueId> {
        self.taken(QueueId::parse(self.get(column)?), column, problems)
    }

    /// A queue by its identifier or display name.
    pub(in crate::input) fn queue_of(&self, column: &str, known: &QueueNames, problems: &mut Problems) -> Option<QueueId> {
        self.get(column).and_then(|text| known.get(text)).cloned().or_else(|| self.queue(column, problems))
    }

    /// An identifier of another kind; empty gives `None` without a problem.
    pub(in crate::input) fn identifier(&self, column: &str, problems: &mut Problems) -> Option<&str> {
        self.taken(identifier(self.get(column)?), column, problems)
    }

    /// All queues of a list in one cell.
    pub(in crate::input) fn queues(&self, column: &str, problems: &mut Problems) -> Vec<QueueId> {
        self.list(column).into_iter().filter_map(|text| self.taken(QueueId::parse(text), column, problems)).collect()
    }

    /// A display name; empty gives `None` without a problem.
    pub(in crate::input) fn name(&self, column: &str, problems: &mut Problems) -> Option<&str> {
        self.taken(name(self.get(column)?), column, problems)
    }

    fn taken<T>(&self, parsed: Result<T, IdentifierError>, column: &str, problems: &mut Problems) -> Option<T> {
        parsed.map_err(|error| self.note(problems, error.code(), column, error.detail())).ok()
    }
}
