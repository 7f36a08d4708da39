//! `peakshift init`: a new plan folder from an embedded example.

use crate::cli::failure::Failure;
use crate::cli::printing::{note, println};
use clap::{Args, ValueEnum};
use peakshift::messages::{Lang, Part, say};
use peakshift::report::Output;
use std::path::PathBuf;
use std::process::ExitCode;

/// Create a plan folder from an example; existing files are never overwritten.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift init my-team --example qinghe")]
pub(crate) struct Init {
    /// Folder to create; it must not exist, or be empty.
    dir: PathBuf,
    /// Example to start from.
    #[arg(long, value_enum, default_value_t = Example::Tiny)]
    example: Example,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Example {
    /// 58 agents, four queues, two years of history.
    Qinghe,
    /// Three agents, one queue, one day, small enough to check by hand.
    Tiny,
}

macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../../data/", $folder, "/", $name)))),+]
    };
}

const QINGHE: &[(&str, &[u8])] = files!("qinghe":
    "plan.toml", "double11.toml", "scenarios.toml", "double11_scenarios.toml", "surprise.toml", "history_chat.csv", "history_phone.csv", "history_tickets.csv", "agents.csv",
    "absences.csv", "shifts.csv", "promotions.csv", "day_curves.csv", "calendar_cn_2025.csv", "calendar_cn_2026.csv");
const TINY: &[(&str, &[u8])] = files!("tiny":
    "plan.toml", "scenarios.toml", "surprise.toml", "history.csv", "agents.csv", "absences.csv", "shifts.csv", "promotions.csv", "day_curves.csv", "calendar.csv",
    "previous_roster.csv");

impl Init {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let taken = std::fs::read_dir(&self.dir).is_ok_and(|mut entries| entries.next().is_some());
        if taken || self.dir.is_file() {
            return Err(Failure::said("folder_in_use", &[&self.dir.display().to_string()], lang));
        }
        let files = match self.example {
            Example::Qinghe => QINGHE,
            Example::Tiny => TINY,
        };
        let mut output = Output::into_folder(&self.dir).for_the_user();
        files.iter().for_each(|(name, bytes)| output.add(*name, *bytes));
        output.write().map_err(Failure::unwritten_folder(lang))?;
        println!("{}", self.dir.join("plan.toml").display());
        note("hint", &say(lang, Part::Text, "next_steps", &[&self.dir.display().to_string()]), lang);
        Ok(ExitCode::SUCCESS)
    }
}
