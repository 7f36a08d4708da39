//! Printing on standard output and error. A write error, such as a full disk, is reported and ends the command: the results are written by
//! then. A closed pipe is ignored, and the command goes on.

use peakshift::messages::{Lang, Part, say};
use std::fmt::Arguments;
use std::io::{ErrorKind, Write};
use std::sync::OnceLock;

/// The language of what is printed.
static LANG: OnceLock<Lang> = OnceLock::new();

/// Sets the language of what is printed.
pub(crate) fn speak(lang: Lang) {
    let _ = LANG.set(lang);
}

macro_rules! print {
    ($($text:tt)*) => { $crate::cli::printing::show(format_args!($($text)*)) };
}
macro_rules! println {
    () => { $crate::cli::printing::show(format_args!("\n")) };
    ($($text:tt)*) => { $crate::cli::printing::show(format_args!("{}\n", format_args!($($text)*))) };
}
macro_rules! eprintln {
    ($($text:tt)*) => { $crate::cli::printing::tell(format_args!("{}\n", format_args!($($text)*))) };
}
pub(crate) use {eprintln, print, println};

/// Exit code of bad input or usage.
const FAILED: i32 = 2;

/// Prints on standard output.
pub(crate) fn show(text: Arguments) {
    match anstream::stdout().write_fmt(text) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            let (lang, code) = (LANG.get().copied().unwrap_or_default(), "stdout_unwritable");
            tell(format_args!("{}\n", labelled("error", &say(lang, Part::Cause, code, &[&error.to_string()]), lang)));
            tell(format_args!("{}\n", labelled("hint", &say(lang, Part::Cure, code, &[]), lang)));
            std::process::exit(FAILED);
        }
        _ => {}
    }
}

/// A sentence after its label: `error`, `warning` or `hint`.
pub(crate) fn labelled(label: &str, text: &str, lang: Lang) -> String {
    say(lang, Part::Text, "notice", &[&say(lang, Part::Text, label, &[]), text])
}

/// A labelled sentence on standard error.
pub(crate) fn note(label: &str, text: &str, lang: Lang) {
    tell(format_args!("{}\n", labelled(label, text, lang)));
}

/// Prints on standard error; errors there are ignored.
pub(crate) fn tell(text: Arguments) {
    let _ = anstream::stderr().write_fmt(text);
}
