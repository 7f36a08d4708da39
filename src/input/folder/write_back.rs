//! The plan's promotions file as it will be, checked by its own reader before anybody writes it.

use super::place::Folder;
use crate::input::known_ahead::lifts_file::with_lifts;
use crate::input::known_ahead::{day_curves, promotions};
use crate::input::plan_file::plan::PlanFile;
use crate::input::plan_file::sections;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::text::decode::{decode, decode_saved, encode};
use crate::review::Lift;
use std::path::{Component, Path, PathBuf};

impl Folder {
    /// Where the plan's promotions file is, and its bytes with lifts in it and, if asked for, the phases of their events a year later; `None`
    /// if it has none. Encoding, line ends, separator and every other cell are as they were.
    ///
    /// # Errors
    /// What `check` would say of the file as it would be.
    pub fn promotions_with(&self, lifts: &[Lift], next_year: bool) -> Result<Option<(PathBuf, Vec<u8>)>, Problems> {
        let Some((plan, file)) = self.promotions_file() else { return Ok(None) };
        let path = self.path().join(&file);
        let Some(before) = std::fs::read(&path).ok() else { return Ok(None) };
        let Some((text, saved)) = decode_saved(before.clone()) else { return Ok(None) };
        let Some(after) = with_lifts(&text, plan.queue_names(), lifts, next_year) else { return Ok(None) };
        let mut problems = Problems::default();
        // what cannot be written as it stands would change more than it should
        let bytes = encode(&after, saved).filter(|_| encode(&text, saved).as_ref() == Some(&before));
        let Some(bytes) = bytes else {
            problems.push(problem("write_back_encoding", &file, "", ""));
            return Err(problems);
        };
        let curves = day_curves::read(self.path(), &plan, &mut Problems::default());
        let read_back = decode(bytes.clone()).unwrap_or_default();
        promotions::promotions_in(&read_back, &file, &plan, &curves, &mut problems);
        if problems.has_errors() { Err(problems) } else { Ok(Some((path, bytes))) }
    }

    /// Whether the promotions file may be written: it lies in the plan folder.
    ///
    /// # Errors
    /// The key that names another place.
    pub fn check_write_back(&self) -> Result<(), Problems> {
        let Some((_, file)) = self.promotions_file() else { return Ok(()) };
        let is_below = Path::new(&file).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        // a link may lead elsewhere
        let real = |path: &Path| path.canonicalize().ok();
        let leads_out = real(&self.path().join(&file)).zip(real(self.path())).is_some_and(|(file, folder)| !file.starts_with(folder));
        if is_below && !leads_out {
            return Ok(());
        }
        let mut problems = Problems::default();
        problems.push(problem("write_back_outside", self.plan_name(), "files.promotions", &file));
        Err(problems)
    }

    fn promotions_file(&self) -> Option<(PlanFile, String)> {
        let text = self.text(self.plan_name(), &mut Problems::default())?;
        let plan = sections::read(self.plan_name(), &text, &mut Problems::default())?;
        let file = plan.files.promotions.clone()?;
        Some((plan, file))
    }
}

fn problem(code: &'static str, file: &str, column: &str, value: &str) -> Problem {
    let (column, value, expected) = (column.to_owned(), value.to_owned(), String::new());
    Problem { code, is_warning: false, file: file.to_owned(), line: None, column, value, expected }
}
