//! `peakshift import`: exports of other systems, read, explained, and made a new plan folder.

use super::doubts::settled;
use crate::cli::command::check::figures_line;
use crate::cli::command::forecast::ForecastCommand;
use crate::cli::failure::{Failure, warn_of_all};
use crate::cli::options::{Out, PlanDir, whole_number};
use crate::cli::printing::{note, println};
use crate::cli::terminal::columns;
use clap::Args;
use peakshift::input::{ImportOptions, Imported, Understood, map_text, new_plan_folder, read_maps};
use peakshift::messages::{Lang, Part, say};
use peakshift::report::Output;
use peakshift::time::Interval;
use peakshift::zone::Zone;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Read exports of another system, show what was understood, and start a plan folder from them.
#[derive(Args, Debug)]
#[command(
    after_help = "Reads CSV in any separator and encoding, XLSX, XLS and web pages called .xls: counts by interval, day or hour, tables of days by hours, logs with a row for each contact, and Asterisk's queue_log. Prints the meaning of each column and the [[import]] section that says so. What may be read in two ways is asked about on a terminal, else refused with both. With --into it writes a new plan folder and its first forecast; personal data is dropped unread.\n\nExamples:\n  peakshift import export.xlsx --explain\n  peakshift import calls_2025.csv calls_2026.csv --into my-team --zone Europe/London"
)]
pub(crate) struct Import {
    /// Exports of one kind; of an interval in several of them the last counts.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Plan folder to create with what was learned; it must not exist, or be empty.
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Show the columns that are not read too.
    #[arg(long)]
    explain: bool,
    /// Time zone of the team, such as Asia/Shanghai [default: that of the environment variable TZ].
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<Zone>,
    /// Sheet of the workbook, where several hold tables.
    #[arg(long)]
    sheet: Option<String>,
    /// File with [[import]] sections, such as a plan.toml, that say what columns mean.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Name of the queue, where the file names none.
    #[arg(long)]
    queue: Option<String>,
    /// Interval, in minutes, to which single contacts are added up.
    #[arg(long, default_value = "30", value_name = "MINUTES", value_parser = minutes)]
    interval: Interval,
}

fn zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|_| "use a name of the time zone database, such as Asia/Shanghai".into())
}

fn minutes(text: &str) -> Result<Interval, String> {
    let minutes = whole_number::<u32>(text, 5..=60)?;
    Interval::from_minutes(minutes).map_err(|_| "use 5, 10, 15, 30 or 60".into())
}

impl Import {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        if let Some(dir) = &self.into {
            let taken = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
            if taken || dir.is_file() {
                return Err(Failure::said("folder_in_use", &[&dir.display().to_string()], lang));
            }
        }
        let zone = self.zone.clone().or_else(|| std::env::var("TZ").ok()?.trim_start_matches(':').parse().ok());
        let (maps, of_maps) = self.map.as_deref().map(read_maps).unwrap_or_default();
        if of_maps.has_errors() {
            return Err(Failure::Input(Box::new(of_maps), lang));
        }
        let options =
            ImportOptions { zone: zone.clone(), sheet: self.sheet.clone(), interval: Some(self.interval), queue: self.queue.clone(), maps };
        let (imported, problems) = settled(&self.files, options, lang);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        self.tell(&imported, lang);
        if imported.queues.is_empty() {
            return Err(Failure::said("nothing_imported", &[], lang));
        }
        match &self.into {
            None => Ok(ExitCode::SUCCESS),
            Some(dir) => write_folder(dir.clone(), &imported, zone.as_ref(), lang),
        }
    }

    /// Prints what was understood of each file, the figures of each queue, and the maps.
    fn tell(&self, imported: &Imported, lang: Lang) {
        for (file, understood) in &imported.understood {
            println!("{}", file.display());
            println!("{}", columns(&explained(understood, self.explain, lang)));
        }
        for queue in &imported.queues {
            println!("{}", say(lang, Part::Text, "notice", &[&queue.name, &figures_line(&queue.figures, lang)]));
            if let Some((patience, given_up)) = queue.patience {
                println!("  {}", say(lang, Part::Text, "patience_learned", &[&format!("{patience:.0}"), &given_up.to_string()]));
            }
        }
        println!();
        for (file, understood) in &imported.understood {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            println!("{}", map_text(&name, understood, &BTreeMap::new()));
        }
    }
}

/// Columns of a file with their meanings and examples, and, where that is asked, those that are not read.
fn explained(understood: &Understood, with_others: bool, lang: Lang) -> Vec<Vec<String>> {
    let word = |says: &str| say(lang, Part::Text, &format!("says_{says}"), &[]);
    let head = ["import_column", "import_meaning", "import_example"].map(|key| say(lang, Part::Text, key, &[])).to_vec();
    let read = understood.columns.iter().map(|column| vec![column.name.clone(), word(column.says), column.example.clone()]);
    let unread = understood.unread.iter().map(|name| vec![name.clone(), word("unread"), String::new()]);
    let dropped = understood.dropped.iter().map(|name| vec![name.clone(), word("dropped"), String::new()]);
    std::iter::once(head).chain(read).chain(unread.chain(dropped).filter(|_| with_others)).collect()
}

/// Writes the new folder, and its first forecast.
fn write_folder(dir: PathBuf, imported: &Imported, zone: Option<&Zone>, lang: Lang) -> Result<ExitCode, Failure> {
    let files = new_plan_folder(imported, zone, lang).ok_or_else(|| Failure::said("nothing_imported", &[], lang))?;
    let mut output = Output::into_folder(&dir).for_the_user();
    files.into_iter().for_each(|(name, text)| output.add(name, text.into_bytes()));
    output.write().map_err(Failure::unwritten_folder(lang))?;
    println!("{}", dir.join("plan.toml").display());
    note("hint", &say(lang, Part::Text, "next_steps_imported", &[&dir.display().to_string()]), lang);
    ForecastCommand::of_folder(PlanDir { dir }, &Out::default(), lang)
}
