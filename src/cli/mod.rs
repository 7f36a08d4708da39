//! The command line, one command in each file. Nothing else prints.

mod command;
mod failure;
mod health;
mod help;
mod options;
mod printing;
mod terminal;
mod verbose;
mod watch;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use failure::Failure;
use peakshift::messages::Lang;
use std::process::ExitCode;

/// Workforce forecasting, rostering and simulation for customer-service teams.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true)]
pub(crate) struct Cli {
    /// Output language, en or zh [default: the locale's].
    #[arg(long, global = true, value_parser = options::parse_lang)]
    lang: Option<Lang>,
    /// Number of threads, 1 to 1024 [default: one per core].
    #[arg(long, global = true, value_parser = |text: &str| options::whole_number::<u16>(text, 1..=1024))]
    threads: Option<u16>,
    /// Say on standard error how long each stage took, and why each search and simulation ended.
    #[arg(long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a plan folder from an example.
    Init(command::init::Init),
    /// Read exports of another system and start a plan folder from them.
    Import(command::exchange::import::Import),
    /// Check every input file and the quality of the history.
    Check(command::check::Check),
    /// Plan from history to verified roster and report.
    Plan(command::plan::Plan),
    /// Forecast contacts from a plan folder or from a history file.
    Forecast(command::forecast::ForecastCommand),
    /// Compare all forecasting methods on the past, with rolling origins.
    Backtest(command::backtest::Backtest),
    /// Reforecast the rest of the day from the counts so far, with an alert level.
    Reforecast(command::reforecast::Reforecast),
    /// Score stored forecasts and overrides against actual contacts.
    Accuracy(command::accuracy::AccuracyCommand),
    /// Review a past event: multipliers attained, understaffing and its causes.
    Review(command::review::Review),
    /// Calculate the agents required in each interval.
    Staff(command::staff::Staff),
    /// Roster agents: shifts, breaks and activities.
    Roster(command::roster::RosterCommand),
    /// Repair a published roster with as few changes as possible.
    Repair(command::repair::Repair),
    /// Explain an agent's shift: its value, the next-best week, possible swaps.
    Why(command::why::WhyCommand),
    /// Choose which queues agents of several skills serve in which part of a shift.
    Assign(command::finished::assign::Assign),
    /// Simulate the service that a roster attains.
    Simulate(command::finished::simulate::Simulate),
    /// Check a roster file against every rule, independently of the solver.
    Verify(command::finished::verify::Verify),
    /// Export a roster to other systems: activities, Teams, CXone, Google Calendar, a house's own grid.
    Export(command::exchange::export::Export),
    /// Compare what-if scenarios, each planned and simulated in full.
    Compare(command::compare::Compare),
    /// Test a roster against surprises: service, time to recover, whom to call in.
    Drill(command::drill::DrillCommand),
    /// Plan hiring, temps and overtime months ahead.
    Capacity(command::capacity::Capacity),
    /// Calculate with queueing formulas: Erlang B, C and A, waiting room, chat.
    Erlang(command::erlang::Erlang),
    /// Solve a published benchmark instance.
    #[command(subcommand)]
    Benchmark(command::benchmark::Benchmark),
}

/// The parsed command line; invalid arguments end the program with the reason, and help with its text.
pub(crate) fn parsed() -> Cli {
    let command = || with_numbers_below_zero(Cli::command());
    // only help is translated, so that clap's English errors keep their English usage
    let matches = command().try_get_matches().unwrap_or_else(|error| match help::lang() {
        Lang::Zh if help::is_help(&error) => help::in_chinese(command()).get_matches(),
        Lang::En | Lang::Zh => error.exit(),
    });
    Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
}

/// Treats negative numbers as values, out of range or not, instead of flags.
fn with_numbers_below_zero(command: clap::Command) -> clap::Command {
    let takes_value = |arg: &clap::Arg| arg.get_action().takes_values() && !arg.is_positional();
    let command = command.mut_args(|arg| if takes_value(&arg) { arg.allow_negative_numbers(true) } else { arg });
    command.mut_subcommands(with_numbers_below_zero)
}

impl Cli {
    /// The language asked for, or the locale's.
    pub(crate) fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(options::locale_lang)
    }
}

/// Runs the command.
pub(crate) fn run(cli: Cli) -> Result<ExitCode, Failure> {
    if let Some(threads) = cli.threads {
        // an existing pool keeps its size; results do not depend on it
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build_global();
    }
    if cli.verbose {
        verbose::listen();
    }
    let lang = cli.lang();
    printing::speak(lang);
    match cli.command {
        Command::Init(command) => command.run(lang),
        Command::Import(command) => command.run(lang),
        Command::Check(command) => Ok(command.run(lang)),
        Command::Plan(command) => command.run(lang),
        Command::Forecast(command) => command.run(lang),
        Command::Backtest(command) => command.run(lang),
        Command::Reforecast(command) => command.run(lang),
        Command::Accuracy(command) => command.run(lang),
        Command::Review(command) => command.run(lang),
        Command::Staff(command) => command.run(lang),
        Command::Roster(command) => command.run(lang),
        Command::Repair(command) => command.run(lang),
        Command::Why(command) => command.run(lang),
        Command::Assign(command) => command.run(lang),
        Command::Simulate(command) => command.run(lang),
        Command::Verify(command) => command.run(lang),
        Command::Export(command) => command.run(lang),
        Command::Compare(command) => command.run(lang),
        Command::Drill(command) => command.run(lang),
        Command::Capacity(command) => command.run(lang),
        Command::Erlang(command) => command.run(lang),
        Command::Benchmark(command) => command.run(lang),
    }
}
