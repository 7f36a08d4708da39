//! Queues as named in exports: by identifier or by display name.

use crate::identifier::folded;
use crate::service::QueueId;
use std::collections::HashMap;

/// Queue of each text; `None` where a text names two.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct QueueNames {
    ids: Vec<QueueId>,
    by_text: HashMap<String, Option<QueueId>>,
}

/// A normalised text for comparison.
fn plain(text: &str) -> String {
    folded(text).chars().filter(|c| !c.is_whitespace()).collect()
}

impl QueueNames {
    /// Names of the given queues.
    pub(in crate::input) fn of<'q>(queues: impl Iterator<Item = (&'q QueueId, &'q str)> + Clone) -> Self {
        let ids: Vec<QueueId> = queues.clone().map(|(id, _)| id.clone()).collect();
        let mut by_text: HashMap<String, Option<QueueId>> = HashMap::new();
        let texts = queues.clone().map(|(id, _)| (id, id.as_str())).chain(queues);
        for (id, text) in texts {
            let meant = by_text.entry(plain(text)).or_insert_with(|| Some(id.clone()));
            if meant.as_ref() != Some(id) {
                *meant = None;
            }
        }
        Self { ids, by_text }
    }

    /// Identifiers of the queues.
    pub(in crate::input) fn ids(&self) -> &[QueueId] {
        &self.ids
    }

    /// The queue that a text names unambiguously.
    pub(in crate::input) fn get(&self, text: &str) -> Option<&QueueId> {
        self.ids.iter().find(|id| id.as_str() == text).or_else(|| self.by_text.get(&plain(text))?.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_goes_before_a_name_and_a_name_of_two_queues_names_neither() {
        let ids = ["phone", "chat", "Mail", "x y"].map(QueueId::new);
        let shown = ["Hotline", "hot line", "电话 热线", "phone"];
        let names = QueueNames::of(ids.iter().zip(shown));
        let meant = |text: &str| names.get(text).map(QueueId::as_str);
        for (text, id) in [
            ("phone", Some("phone")),
            ("PHONE", None),
            ("hotline", None),
            ("chat", Some("chat")),
            ("Chat ", Some("chat")),
            ("mail", Some("Mail")),
            ("电话热线", Some("Mail")),
            ("ＸＹ", Some("x y")),
            ("fax", None),
        ] {
            assert_eq!(meant(text), id, "{text}");
        }
    }
}
