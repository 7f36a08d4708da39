//! The `peakshift` command.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::parsed();
    let lang = cli.lang();
    match cli::run(cli) {
        Ok(code) => code,
        Err(failure) => {
            failure.print(lang);
            ExitCode::from(2)
        }
    }
}
