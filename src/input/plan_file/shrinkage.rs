//! Section of `plan.toml` on shrinkage: shares of paid time by cause.

use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::staffing::{Cause, Shrinkage};
use crate::units::Share;

pub(super) fn shrinkage(section: &Section, problems: &mut Problems) -> Shrinkage {
    let causes = section.keys().into_iter().filter_map(|name| {
        let share = section.number(name, 0.0..=0.95, problems)?;
        Some(Cause { name: name.to_owned(), share: Share::new(share).expect("its range was checked when it was read") })
    });
    Shrinkage(causes.collect())
}
