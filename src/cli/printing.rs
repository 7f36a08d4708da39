//! Printing on standard output and error. A write error, such as a full disk, is reported and ends the command: the results are written by
//! then. A closed pipe is ignored, and the command goes on.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

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
            tell(format_args!("error: standard output cannot be written: {error}\nhint: free space, or send it elsewhere\n"));
            std::process::exit(FAILED);
        }
        _ => {}
    }
}

/// Prints on standard error; errors there are ignored.
pub(crate) fn tell(text: Arguments) {
    let _ = anstream::stderr().write_fmt(text);
}
