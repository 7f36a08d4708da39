//! Names that may be referenced, including those of refused rows and sections.

use std::collections::BTreeSet;

/// Names of a file or a list of sections. Where a name is unreadable or ambiguous, no name can be called missing: the unreadable one is
/// reported where it stands, and a reference is no second problem.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Names {
    known: BTreeSet<String>,
    /// Whether all names are readable and distinct.
    whole: bool,
}

impl Names {
    /// No names, all of them readable.
    pub(in crate::input) fn none() -> Self {
        Self { known: BTreeSet::new(), whole: true }
    }

    /// Exactly these names.
    pub(in crate::input) fn of(names: impl IntoIterator<Item = impl ToString>) -> Self {
        Self { known: names.into_iter().map(|name| name.to_string()).collect(), whole: true }
    }

    /// Adds a name; an unreadable or duplicate one makes the names incomplete.
    pub(in crate::input) fn add(&mut self, name: Option<&str>) {
        self.whole &= name.is_some_and(|name| self.known.insert(name.to_owned()));
    }

    /// Adds another name of an existing entry.
    pub(in crate::input) fn add_alias(&mut self, name: &str) {
        self.known.insert(name.to_owned());
    }

    /// The readable names.
    pub(in crate::input) fn iter(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// The readable names, as a list of alternatives.
    pub(in crate::input) fn listed(&self) -> String {
        self.iter().collect::<Vec<_>>().join(", ")
    }

    /// Whether nothing has this name, including anything unreadable.
    pub(in crate::input) fn lack(&self, name: &str) -> bool {
        self.whole && !self.known.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_of_names_read_to_the_end_one_can_be_missing() {
        let mut names = Names::of(["phone", "chat"]);
        assert!(names.lack("fax") && !names.lack("chat"));
        names.add(None);
        assert!(!names.lack("fax"), "what could not be read may be it");
        let mut names = Names::none();
        ["phone", "phone"].iter().for_each(|name| names.add(Some(name)));
        assert!(!names.lack("chat"), "one of the two may have been meant for it");
        assert!(!Names::default().lack("fax"), "a file that could not be read may hold anything");
    }
}
