//! Updated text of the plan's promotions file, validated by its own reader before it is written.

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
    /// Path and updated bytes of the plan's promotions file, with measured lifts and, on request, the phases of their events a year later;
    /// `None` if the plan has no such file. Encoding, line ends, separator and all other cells are unchanged.
    ///
    /// # Errors
    /// Problems that `check` would report for the updated file.
    pub fn promotions_with(&self, lifts: &[Lift], next_year: bool) -> Result<Option<(PathBuf, Vec<u8>)>, Problems> {
        let Some((plan, file)) = self.promotions_file() else { return Ok(None) };
        let path = self.path().join(&file);
        let Some(before) = std::fs::read(&path).ok() else { return Ok(None) };
        let Some((text, saved)) = decode_saved(before.clone()) else { return Ok(None) };
        let Some(after) = with_lifts(&text, plan.queue_names(), lifts, next_year) else { return Ok(None) };
        let mut problems = Problems::default();
        // a file that does not round-trip would change beyond the lifts
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

    /// Checks whether the promotions file may be written: it must lie in the plan folder.
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
    Problem { code, is_warning: false, file: file.to_owned(), line: None, column, value, expected, readings: Vec::new() }
}
