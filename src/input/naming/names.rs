//! The names that others may refer to, those of refused rows and sections included.

use std::collections::BTreeSet;

/// What a file or a list of sections calls its things. Where a name could not be read, or one stands for two, nobody can say that a name
/// is missing: whatever keeps it from being read is told where it stands, and no reference to it is a second problem.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Names {
    known: BTreeSet<String>,
    /// Whether all of them could be read.
    whole: bool,
}

impl Names {
    /// Nothing yet, and nothing missing.
    pub(in crate::input) fn none() -> Self {
        Self { known: BTreeSet::new(), whole: true }
    }

    /// Exactly these.
    pub(in crate::input) fn of(names: impl IntoIterator<Item = impl ToString>) -> Self {
        Self { known: names.into_iter().map(|name| name.to_string()).collect(), whole: true }
    }

    /// Adds what is a name of its own, or notes that one could not be read.
    pub(in crate::input) fn add(&mut self, name: Option<&str>) {
        self.whole &= name.is_some_and(|name| self.known.insert(name.to_owned()));
    }

    /// Adds another name of a thing that is there already.
    pub(in crate::input) fn add_alias(&mut self, name: &str) {
        self.known.insert(name.to_owned());
    }

    /// Those that could be read.
    pub(in crate::input) fn iter(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// Those that could be read, as a list to choose from.
    pub(in crate::input) fn listed(&self) -> String {
        self.iter().collect::<Vec<_>>().join(", ")
    }

    /// Whether nothing is called so, and nothing unread can be.
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
