//! Calendars of people that earlier runs have written.

use super::problem::collected::Problems;
use super::text::bytes::bytes_of;
use crate::diary::{Diary, Earlier};
use crate::manifest::CALENDARS;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// Maximum size of a calendar, in bytes.
const MOST_BYTES: u64 = 16 << 20;
/// Folders of repaired rosters begin so.
const REPAIRS: &str = "repair";

/// Calendars in folders of results and in the folders of repairs below them, by agent. What is no calendar of a person's shifts counts for
/// nothing: the run writes all of them anew.
#[must_use]
pub fn read_diaries<'p>(folders: impl IntoIterator<Item = &'p Path>) -> Earlier {
    let mut earlier = Earlier::new();
    for folder in folders {
        read_folder(folder, &mut earlier);
        let is_repair = |path: &Path| path.file_name().and_then(OsStr::to_str).is_some_and(|name| name.starts_with(REPAIRS));
        let mut below: Vec<_> = fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
        below.retain(|path| is_repair(path) && path.is_dir());
        below.sort();
        below.iter().for_each(|folder| read_folder(folder, &mut earlier));
    }
    earlier
}

fn read_folder(folder: &Path, earlier: &mut Earlier) {
    let folder = folder.join(CALENDARS);
    for entry in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok) {
        let path = entry.path();
        let agent = path.file_stem().and_then(OsStr::to_str).filter(|_| path.extension().is_some_and(|ending| ending == "ics"));
        let bytes = bytes_of(&folder, &entry.file_name().to_string_lossy(), MOST_BYTES, &mut Problems::default());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let (Some(agent), Some(text)) = (agent, text) else { continue };
        let diary = Diary::read(agent, &text);
        if !diary.is_empty() {
            earlier.entry(agent.to_owned()).or_default().push(diary);
        }
    }
}
