//! `peakshift benchmark`: published instances, solved by the same search.

use crate::cli::failure::Failure;
use crate::cli::options::{self, Replacing};
use crate::cli::printing::println;
use crate::cli::watch::Clock;
use clap::{Args, Subcommand};
use peakshift::budget::Budget;
use peakshift::input::{read_nrp_instance, read_tour_instance};
use peakshift::messages::Lang;
use peakshift::report::{Sheet, SingleTable, nrp_solution, tour_solution, write_table};
use peakshift::roster::published::Answer;
use std::path::PathBuf;
use std::process::ExitCode;

/// Solve a published benchmark instance.
#[derive(Debug, Subcommand)]
pub(crate) enum Benchmark {
    /// Solve a shift-scheduling instance (Curtois & Qu 2014).
    Nrp(Instance),
    /// Solve a call-centre tour instance (JSON).
    Tour(Instance),
}

#[derive(Args, Debug)]
#[command(
    after_help = "The last line of standard output is JSON with cost, bound, status and seconds.\n\nExample:\n  peakshift benchmark tour n50_d7_s1_m30.json --time-limit 60 --output solution.csv"
)]
pub(crate) struct Instance {
    /// Instance file.
    #[arg(value_name = "INSTANCE")]
    file: PathBuf,
    /// Time limit in seconds, 0.001 to 10 million; the best solution found so far is taken.
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = options::positive_seconds)]
    time_limit: f64,
    /// Seed of all random numbers.
    #[arg(long, default_value_t = 1, value_parser = options::any_number::<u64>)]
    seed: u64,
    /// CSV file for the solution (recorded in peakshift.json beside it); - for standard output.
    #[arg(long, value_name = "SOL.csv", default_value = "-")]
    output: PathBuf,
    #[command(flatten)]
    replacing: Replacing,
}

impl Benchmark {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (asked, table) = match &self {
            Self::Nrp(asked) => (asked, SingleTable::NrpSolution),
            Self::Tour(asked) => (asked, SingleTable::TourSolution),
        };
        asked.replacing.claim(&asked.output, table, std::slice::from_ref(&asked.file), lang)?;
        let bad = |problems| Failure::Input(Box::new(problems), lang);
        match self {
            Self::Nrp(asked) => {
                let instance = read_nrp_instance(&asked.file).map_err(bad)?;
                asked.answer(|budget| instance.solve(asked.seed, budget), |answer| nrp_solution(&instance, answer), table, lang)
            }
            Self::Tour(asked) => {
                let instance = read_tour_instance(&asked.file).map_err(bad)?;
                asked.answer(|budget| instance.solve(asked.seed, budget), |answer| tour_solution(&instance, answer), table, lang)
            }
        }
    }
}

impl Instance {
    /// Solves and writes the solution; the last line gives its cost and the proven bound.
    fn answer(
        &self,
        solve: impl FnOnce(&Budget) -> Answer,
        solution: impl FnOnce(&Answer) -> Sheet,
        table: SingleTable,
        lang: Lang,
    ) -> Result<ExitCode, Failure> {
        let clock = Clock::start(u64::MAX, Some(self.time_limit), lang);
        let answer = solve(&clock.budget());
        let seconds = clock.finish();
        write_table(&self.output, table.writer(), &solution(&answer).csv()).map_err(Failure::unwritten_table(lang))?;
        let status = if answer.cost <= answer.bound + 1e-6 * answer.cost.abs().max(1.0) { "optimal" } else { "feasible" };
        println!(r#"{{"cost":{:.4},"bound":{:.4},"status":"{status}","seconds":{seconds:.2}}}"#, answer.cost, answer.bound);
        Ok(Clock::exit_code())
    }
}
