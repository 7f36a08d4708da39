//! Location of a plan folder, and the text of its files.

use crate::input::problem::collected::Problems;
use crate::input::problem::single::{Problem, of_file};
use crate::input::text::bytes::is_there;
use crate::input::text::file::read_text;
use std::path::{Path, PathBuf};

/// A plan folder with its plan file.
#[derive(Clone, Debug)]
pub struct Folder {
    folder: PathBuf,
    pub(super) plan: String,
}

impl Folder {
    /// A path given by the user: a folder (its `plan.toml` applies), or a plan file.
    ///
    /// ```
    /// use peakshift::input::Folder;
    /// let double_eleven = Folder::named("data/qinghe/double11.toml".as_ref());
    /// assert!(double_eleven.default_output().ends_with("out-double11"));
    /// ```
    #[must_use]
    pub fn named(path: &Path) -> Self {
        let is_file = path.extension().is_some_and(|extension| extension == "toml");
        match (is_file, path.file_name()) {
            (true, Some(name)) => {
                Self { folder: path.parent().unwrap_or(Path::new("")).to_owned(), plan: name.to_string_lossy().into_owned() }
            }
            _ => Self { folder: path.to_owned(), plan: "plan.toml".into() },
        }
    }

    /// Path of the folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Default folder for its results: `out` for `plan.toml`, `out-NAME` for `NAME.toml`.
    #[must_use]
    pub fn default_output(&self) -> PathBuf {
        match self.plan.trim_end_matches(".toml") {
            "plan" => self.folder.join("out"),
            name => self.folder.join(format!("out-{name}")),
        }
    }

    /// Name of the plan file in its folder.
    pub(in crate::input) fn plan_name(&self) -> &str {
        &self.plan
    }

    pub(in crate::input) fn text(&self, file: &str, problems: &mut Problems) -> Option<String> {
        read_text(self.place(), file, problems)
    }

    /// Text of the plan file.
    pub(super) fn plan_text(&self, problems: &mut Problems) -> Option<String> {
        let path = self.place().join(&self.plan);
        if self.folder.is_file() {
            let beside = self.folder.parent().map_or_else(String::new, |folder| folder.display().to_string());
            let value = self.folder.display().to_string();
            let expected = if beside.is_empty() { ".".to_owned() } else { beside };
            problems.push(Problem { value: value.clone(), expected, ..of_file(&value, "plan_is_a_file") });
            return None;
        }
        if path.is_symlink() || is_there(&path) {
            return self.text(&self.plan, problems);
        }
        problems.push(of_file(&self.folder.join(&self.plan).to_string_lossy(), "plan_missing"));
        None
    }

    /// Folder of its files.
    pub(super) fn place(&self) -> &Path {
        if self.folder == Path::new("") { Path::new(".") } else { &self.folder }
    }

    /// The file named by the plan, or the one of the usual name if it exists.
    pub(super) fn named_or_usual<'b>(&self, named: Option<&'b str>, usual: &'b str) -> Option<&'b str> {
        named.or_else(|| self.usual(usual))
    }

    /// The file of the usual name, if it exists.
    pub(super) fn usual<'b>(&self, name: &'b str) -> Option<&'b str> {
        // a folder, a pipe or a dangling link of that name is an error, not an absent file
        is_there(&self.folder.join(name)).then_some(name)
    }
}
