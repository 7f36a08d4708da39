//! The `peakshift` command.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(cli::parsed()) {
        Ok(code) => code,
        Err(failure) => {
            failure.print();
            ExitCode::from(2)
        }
    }
}
