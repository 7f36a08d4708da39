//! Doubts about exports, put to whoever sits at the terminal.

use crate::cli::printing::{eprintln, tell};
use peakshift::input::{ImportOptions, Imported, Problem, Problems, Way, read_exports};
use peakshift::messages::{Lang, Part, say};
use std::io::{IsTerminal, stderr, stdin};
use std::path::PathBuf;

/// Reads exports. What may be read in several ways is asked about, each thing once, where somebody can answer; without an answer it stays
/// a problem.
pub(super) fn settled(files: &[PathBuf], mut options: ImportOptions, lang: Lang) -> (Imported, Problems) {
    let can_ask = stdin().is_terminal() && stderr().is_terminal();
    let mut asked: Vec<Problem> = Vec::new();
    loop {
        let (imported, problems) = read_exports(files, &options);
        let doubt = problems.iter().find(|problem| !problem.is_warning && !problem.readings.is_empty()).cloned();
        // a question whose answer changed nothing is not put again
        let Some(doubt) = doubt.filter(|doubt| can_ask && !asked.contains(doubt)) else { return (imported, problems) };
        let file = files.iter().find(|file| file.to_string_lossy() == doubt.file);
        let (Some(file), Some(reading)) = (file, answer(&doubt, lang)) else { return (imported, problems) };
        options.maps.choose(file, reading);
        asked.push(doubt);
    }
}

/// The reading that somebody chooses by its number; `None` for an empty line or the end of the input.
fn answer(doubt: &Problem, lang: Lang) -> Option<&Way> {
    let word = |key: &str, fill: &[&str]| say(lang, Part::Text, key, fill);
    eprintln!("{}", doubt.stated(lang));
    for (place, reading) in doubt.readings.iter().enumerate() {
        eprintln!("  {}  {}", place + 1, word("reading", &[&reading.example, &reading.line()]));
    }
    loop {
        tell(format_args!("{} ", word("which_reading", &[&doubt.readings.len().to_string()])));
        let mut line = String::new();
        if !stdin().read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
            // the end of the input leaves the cursor behind the question
            eprintln!("");
            return None;
        }
        if line.trim().is_empty() {
            return None;
        }
        let number: Option<usize> = line.trim().parse().ok();
        if let Some(reading) = number.and_then(|number| doubt.readings.get(number.checked_sub(1)?)) {
            return Some(reading);
        }
    }
}
