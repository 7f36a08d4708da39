//! Random damage to one file of a valid folder: the folder is read to inputs, or to problems of one line each, without a panic. Ten million
//! damaged files for each single reader are tested beside the readers (`src/input/damaged_files.rs`).

#[path = "support/damage.rs"]
mod damage;
#[path = "support/valid_folder.rs"]
mod valid_folder;

use damage::{Damage, damaged};
use peakshift::input::Folder;
use peakshift::messages::Lang;
use std::fs;
use std::panic::AssertUnwindSafe;
use valid_folder::{TABLES, valid_folder};

/// Readings of the folder in the ordinary tests; `BOLERO_RANDOM_ITERATIONS` sets another number.
const READINGS: usize = 2_000;

#[test]
fn a_folder_with_a_damaged_file_is_read_or_refused() {
    let folder = AssertUnwindSafe(valid_folder());
    let files: Vec<&str> = TABLES.into_iter().chain(["plan.toml"]).collect();
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(folder.path().join(file)).unwrap()).collect();
    bolero::check!().with_iterations(READINGS).with_max_len(64).with_type::<(u8, Vec<Damage>)>().for_each(|(which, damage)| {
        let which = usize::from(*which) % files.len();
        let path = folder.path().join(files[which]);
        fs::write(&path, damaged(&texts[which], &damage[..damage.len().min(12)])).unwrap();
        let reading = Folder::named(folder.path()).read();
        assert!(reading.inputs.is_some() != reading.problems.has_errors());
        reading.problems.iter().for_each(|problem| assert!(!problem.describe(Lang::En).contains('\n'), "{problem:?}"));
        fs::write(&path, &texts[which]).unwrap();
    });
}
