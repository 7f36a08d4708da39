//! The command line, one command in each file. Nothing else prints.

mod command;
mod failure;
mod health;
mod options;
mod printing;
mod terminal;
mod verbose;
mod watch;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// Forecasts a service team's contacts, rosters the people to answer them, and simulates the roster to prove it.
#[derive(Debug, Parser)]
#[command(version, about, propagate_version = true)]
pub(crate) struct Cli {
    /// Language of what you see: en or zh; the locale decides where it is not given.
    #[arg(long, global = true, value_parser = options::parse_lang)]
    lang: Option<peakshift::messages::Lang>,
    /// Threads to use; all cores where it is not given.
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
    /// Start a plan folder from an example.
    Init(command::init::Init),
    /// List every problem of every input file, and what is odd in the history.
    Check(command::check::Check),
    /// History in, verified roster and report out.
    Plan(command::plan::Plan),
    /// Forecast contacts, of a plan folder or of a flat history.
    Forecast(command::forecast::ForecastCommand),
    /// Forecast the past from rolling origins and compare every method.
    Backtest(command::backtest::Backtest),
    /// Forecast the rest of today from today so far, with an alert level.
    Reforecast(command::reforecast::Reforecast),
    /// Score kept forecasts, and planners' corrections, against what came.
    Accuracy(command::accuracy::AccuracyCommand),
    /// After an event: what its phases did, and what the plan missed and why.
    Review(command::review::Review),
    /// The agents each interval needs.
    Staff(command::staff::Staff),
    /// Roster named people.
    Roster(command::roster::RosterCommand),
    /// Mend a published roster with the fewest changes.
    Repair(command::repair::Repair),
    /// Why somebody works when she does, and what else could be.
    Why(command::why::WhyCommand),
    /// Simulate the service a roster attains.
    Simulate(command::simulate::Simulate),
    /// Re-check a roster file against every rule, without the solver.
    Verify(command::verify::Verify),
    /// Run named scenarios through the whole pipeline and compare them.
    Compare(command::compare::Compare),
    /// Play a roster with surprises: what happens to service, when it is back, whom to call.
    Drill(command::drill::DrillCommand),
    /// Whom to hire and when, months ahead.
    Capacity(command::capacity::Capacity),
    /// The queueing calculator: Erlang B, C, A, waiting rooms, chats.
    Erlang(command::erlang::Erlang),
    /// Solve a published benchmark instance.
    #[command(subcommand)]
    Benchmark(command::benchmark::Benchmark),
}

/// The parsed command line; invalid arguments end the program with the reason.
pub(crate) fn parsed() -> Cli {
    Cli::from_arg_matches(&with_numbers_below_zero(Cli::command()).get_matches()).unwrap_or_else(|error| error.exit())
}

/// Treats negative numbers as values, out of range or not, instead of flags.
fn with_numbers_below_zero(command: clap::Command) -> clap::Command {
    let takes_value = |arg: &clap::Arg| arg.get_action().takes_values() && !arg.is_positional();
    let command = command.mut_args(|arg| if takes_value(&arg) { arg.allow_negative_numbers(true) } else { arg });
    command.mut_subcommands(with_numbers_below_zero)
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
    let lang = cli.lang.unwrap_or_else(options::locale_lang);
    match cli.command {
        Command::Init(command) => command.run(lang),
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
        Command::Simulate(command) => command.run(lang),
        Command::Verify(command) => command.run(lang),
        Command::Compare(command) => command.run(lang),
        Command::Drill(command) => command.run(lang),
        Command::Capacity(command) => command.run(lang),
        Command::Erlang(command) => command.run(lang),
        Command::Benchmark(command) => command.run(lang),
    }
}
