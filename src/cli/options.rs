//! Options shared by several commands.

use super::failure::{Failure, warn_of_all};
use super::watch::Clock;
use chrono::NaiveDateTime;
use clap::Args;
use peakshift::budget::Budget;
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::plan::{Inputs, with_windows_chosen};
use peakshift::report::{Output, ResultSet, SingleTable, check_replace, finish_set_beside, input_behind, marked};
use peakshift::time::{Written, read_written};
use peakshift::workforce::AgentId;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

pub(crate) fn parse_lang(text: &str) -> Result<Lang, String> {
    match text {
        "en" => Ok(Lang::En),
        "zh" => Ok(Lang::Zh),
        _ => Err("use en or zh".into()),
    }
}

/// Language of the locale.
pub(crate) fn locale_lang() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    set.map_or(Lang::En, |locale| Lang::of_locale(&locale))
}

/// The plan folder.
#[derive(Args, Debug)]
pub(crate) struct PlanDir {
    /// Plan folder, or a plan file in one.
    #[arg(value_name = "DIR")]
    pub(crate) dir: PathBuf,
}

impl PlanDir {
    pub(crate) fn folder(&self) -> Folder {
        Folder::named(&self.dir)
    }

    /// The plan folder and its inputs; warnings are printed.
    pub(crate) fn load(&self, lang: Lang) -> Result<(Folder, Inputs), Failure> {
        let folder = self.folder();
        let reading = folder.read();
        match reading.inputs {
            Some(inputs) => {
                warn_of_all(&reading.problems, lang);
                let chosen = with_windows_chosen(inputs).map_err(Failure::unplanned)?;
                Ok((folder, chosen))
            }
            None => Err(Failure::Input(Box::new(reading.problems), lang)),
        }
    }
}

/// How hard and how long to work.
#[derive(Args, Debug)]
pub(crate) struct Work {
    /// Seed of all random numbers [default: the plan's].
    #[arg(long, value_parser = any_number::<u64>)]
    seed: Option<u64>,
    /// Search effort, 1 to 1000000; run time grows in proportion, results do not depend on the machine.
    #[arg(long, default_value_t = Budget::DEFAULT_EFFORT, value_parser = effort)]
    effort: u64,
    /// Time limit in seconds, 0.001 to 10 million; the best result found so far is taken [default: none].
    #[arg(long, value_name = "SECONDS", value_parser = positive_seconds)]
    time_limit: Option<f64>,
}

/// Effort 0 would search nothing; ten thousand times the default takes days.
const EFFORTS: RangeInclusive<u64> = 1..=10_000 * Budget::DEFAULT_EFFORT;

fn effort(text: &str) -> Result<u64, String> {
    whole_number(text, EFFORTS)
}

pub(crate) fn positive_seconds(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|seconds: &f64| (0.001..=1e7).contains(seconds))
        .ok_or_else(|| "use a number of seconds from 0.001 to 10 million".into())
}

/// A whole number in a range.
pub(crate) fn whole_number<T: TryFrom<u64>>(text: &str, range: RangeInclusive<u64>) -> Result<T, String> {
    let number = text.trim().parse().ok().filter(|number| range.contains(number));
    let sentence = || format!("use a whole number from {} to {}", range.start(), range.end());
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(sentence)
}

/// A whole number of any size.
pub(crate) fn any_number<T: TryFrom<u64>>(text: &str) -> Result<T, String> {
    whole_number(text, 0..=u64::MAX).map_err(|_| "use a whole number, 0 or more".into())
}

impl Work {
    /// A clock that stops the work at the time limit or on Ctrl-C.
    pub(crate) fn clock(&self, lang: Lang) -> Clock {
        Clock::start(self.effort, self.time_limit, lang)
    }

    /// Applies the requested seed, if any, to the plan.
    pub(crate) fn seed(&self, inputs: &mut Inputs) {
        inputs.seed = self.seed.unwrap_or(inputs.seed);
    }
}

pub(crate) fn parse_agent(text: &str) -> Result<AgentId, String> {
    AgentId::parse(text).map_err(|error| format!("{error}; use a number from the agents file"))
}

pub(crate) fn parse_time(text: &str) -> Result<NaiveDateTime, String> {
    match read_written(text) {
        Ok(Written::Local(time)) => Ok(time),
        Ok(Written::Utc(_)) => Err("use the plan's local time without an offset, such as 2026-11-30T15:00".into()),
        Err(_) => Err("use a time such as 2026-11-30T15:00".into()),
    }
}

/// Where results go.
#[derive(Args, Debug, Default)]
pub(crate) struct Out {
    /// Folder for the results [default: out in the plan folder, for some commands a subfolder of it].
    #[arg(long = "out", value_name = "OUT")]
    pub(crate) given: Option<PathBuf>,
    /// Also replace results that were edited after they were written.
    #[arg(long)]
    replace_edited: bool,
    #[command(flatten)]
    pub(crate) mark: Mark,
}

/// How CSV files begin.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    /// Begin CSV files with a byte-order mark, so that Excel reads Chinese in them when they are opened by a double click.
    #[arg(long)]
    bom: bool,
}

impl Mark {
    /// A table as it is to be written.
    pub(crate) fn of(self, csv: Vec<u8>) -> Vec<u8> {
        if self.bom { marked(csv) } else { csv }
    }
}

impl Out {
    /// Folder for a command's results. Files that a run reads from the command's own folder are preserved: `repair` of
    /// `out/repair/roster.csv` writes to `out/repair-2`, and the repair of that roster to `out/repair-3`.
    pub(crate) fn folder(&self, set: ResultSet, folder: &Folder, also: &[&Path]) -> PathBuf {
        let usual = folder.default_output();
        match (&self.given, set.own_folder()) {
            (Some(out), _) => out.clone(),
            (None, Some(own)) => {
                let earlier = also.iter().filter_map(|path| number_of(path, &usual, own)).max();
                earlier.map_or_else(|| usual.join(own), |number| usual.join(format!("{own}-{}", number + 1)))
            }
            (None, None) => usual,
        }
    }

    /// Output for a command's results, checked before any work: nothing is written over the files that the run reads (the plan folder, a
    /// roster, `also`) or over files that peakshift did not write.
    pub(crate) fn claim(
        &self,
        set: ResultSet,
        (folder, inputs): (&Folder, &Inputs),
        roster: Option<&Path>,
        also: &[Option<&Path>],
        lang: Lang,
    ) -> Result<Output, Failure> {
        let is_file = |path: &&Path| *path != Path::new("-");
        let (roster, others) = (roster.filter(is_file), also.iter().copied().flatten().filter(is_file).collect::<Vec<_>>());
        let also: Vec<&Path> = roster.into_iter().chain(others.iter().copied()).collect();
        also.iter().try_for_each(|path| whole(path, lang))?;
        let output = Output::into_folder(&self.folder(set, folder, &also)).of_command(set.command()).replacing_edited(self.replace_edited);
        let output =
            output.with_mark(self.mark.bom && !set.is_for_importers()).beside_inputs(Some(folder.path()), folder.inputs(roster, &others));
        output.check(set.names(inputs).iter().map(String::as_str)).map_err(Failure::unwritten(lang))?;
        Ok(output)
    }
}

/// Number of the command's folder that contains a file: 1 for `repair`, 2 for `repair-2`.
fn number_of(file: &Path, usual: &Path, command: &str) -> Option<usize> {
    let folder = file.parent()?.canonicalize().ok()?;
    if folder.parent()? != usual.canonicalize().ok()? {
        return None;
    }
    let suffix = folder.file_name()?.to_str()?.strip_prefix(command)?;
    if suffix.is_empty() { Some(1) } else { suffix.strip_prefix('-')?.parse().ok() }
}

/// Ensures that a file to be read belongs to a complete set of results.
pub(crate) fn whole(path: &Path, lang: Lang) -> Result<(), Failure> {
    finish_set_beside(path).map_err(Failure::unwritten(lang))
}

/// What a table may replace.
#[derive(Args, Debug)]
pub(crate) struct Replacing {
    /// Replace the file of --output even if this command did not write it or it was edited afterwards.
    #[arg(long, requires = "output")]
    replace: bool,
}

impl Replacing {
    /// Refuses, before any work, to write a table over an input of the run, or over a file that is not an unedited table of this command.
    pub(crate) fn claim(&self, output: &Path, table: SingleTable, inputs: &[PathBuf], lang: Lang) -> Result<(), Failure> {
        match input_behind(output, inputs).filter(|_| output != Path::new("-")) {
            Some(input) => Err(Failure::said("argument_is_input", &[&output.display().to_string(), &input.display().to_string()], lang)),
            None if self.replace => Ok(()),
            None => check_replace(output, table.writer()).map_err(Failure::unwritten_table(lang)),
        }
    }
}
