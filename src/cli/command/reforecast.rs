//! `peakshift reforecast`: the rest of today from the counts so far.

use super::forecast::{FlatOptions, interval_before, write};
use crate::cli::failure::{Failure, warn_of_all, write_set};
use crate::cli::health::warn_of;
use crate::cli::options::{Out, PlanDir, Replacing, parse_time};
use crate::cli::printing::{print, println};
use crate::cli::terminal::list;
use chrono::NaiveDateTime;
use clap::Args;
use peakshift::calendar::Calendar;
use peakshift::forecast::Facts;
use peakshift::history::RawCount;
use peakshift::input::{Flat, Folder};
use peakshift::intraday::{Counts, IntradayForecast, alarms_of, intraday_of, is_counted, reforecast, rest_of, uncounted};
use peakshift::messages::{Lang, Part, say};
use peakshift::report::{self, ResultSet, SingleTable};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reforecast the rest of the day from the counts so far, with an alert level from 0 to 3.
#[derive(Args, Debug)]
#[command(
    after_help = "Writes forecast.csv, summary.json and, with --roster, asks.csv (agents who could be asked).\n\nExamples:\n  peakshift reforecast data/qinghe --actuals today.csv --at 2026-11-30T15:00\n  peakshift reforecast --history calls.csv --at 2026-11-30T11:00 --output -"
)]
pub(crate) struct Reforecast {
    /// Plan folder, or a plan file in one; alternatively a history file with --history.
    #[arg(value_name = "DIR", required_unless_present = "history")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    flat: FlatOptions,
    /// Counts of today so far and of the days since the end of the history, in the format of a history file.
    #[arg(long, value_name = "A.csv", required_unless_present = "history", conflicts_with = "history")]
    actuals: Option<PathBuf>,
    /// Today's roster, to find agents who could come in, stay longer or leave early.
    #[arg(long, value_name = "R.csv", conflicts_with = "history")]
    roster: Option<PathBuf>,
    /// Current time, such as 2026-11-30T15:00; counts of intervals that have ended are used.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: NaiveDateTime,
    /// CSV file for the forecast from --history (recorded in peakshift.json beside it); - for standard output.
    #[arg(long, value_name = "O.csv", default_value = "-", requires = "history", conflicts_with = "dir")]
    output: PathBuf,
    #[command(flatten)]
    replacing: Replacing,
    #[command(flatten)]
    out: Out,
}

/// Fails if nothing has been counted yet on the day.
pub(crate) fn counted<'a>(
    file: &Path,
    counts: impl Iterator<Item = &'a Vec<RawCount>>,
    at: NaiveDateTime,
    lang: Lang,
) -> Result<(), Failure> {
    if is_counted(counts, at) {
        return Ok(());
    }
    let (day, time) = (at.date().to_string(), at.format("%H:%M").to_string());
    Err(Failure::said("not_counted_today", &[&day, &time, &file.to_string_lossy()], lang))
}

/// Warns of each queue without a count though contacts were expected.
pub(crate) fn warn_of_uncounted(intraday: &[IntradayForecast], counts: &Counts, at: NaiveDateTime, lang: Lang) {
    uncounted(intraday, counts, at).for_each(|queue| warn_of(queue, &say(lang, Part::Text, "queue_not_counted_today", &[]), lang));
}

impl Reforecast {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        self.replacing.claim(&self.output, SingleTable::Forecast, &self.flat.inputs(), lang)?;
        if let Some(flat) = self.flat.read(lang)? {
            return self.flat_reforecast(&flat, lang);
        }
        let (folder, mut inputs) = PlanDir { dir: self.dir.unwrap_or_default() }.load(lang)?;
        let roster = self.roster.as_deref();
        let output = self.out.claim(ResultSet::Reforecast, (&folder, &inputs), roster, &[self.actuals.as_deref()], lang)?;
        if inputs.horizon.day_of(self.at.date()).is_none() {
            return Err(Failure::no_day(self.at.date(), inputs.horizon, lang));
        }
        let file = self.actuals.unwrap_or_default();
        let (actuals, mut problems) = folder.read_today(&file, &inputs);
        let published = self.roster.map(|roster| {
            let (published, of_roster) = Folder::read_mending(&roster, None, None, &mut inputs);
            problems.extend(of_roster);
            published
        });
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        counted(&file, actuals.counts.values(), self.at, lang)?;
        let intraday = reforecast(&inputs, &actuals.counts, self.at).map_err(Failure::unplanned)?;
        warn_of_uncounted(&intraday, &actuals.counts, self.at, lang);
        let rest = published
            .map(|published| rest_of(&inputs, &intraday, &actuals, &published, self.at))
            .transpose()
            .map_err(Failure::unplanned)?;
        let rest = rest.flatten();
        let alarms = rest.as_ref().map_or_else(|| alarms_of(&inputs, &intraday, &actuals, self.at), |rest| rest.alarms.clone());
        let files = report::intraday_files(self.at, &intraday, &alarms, rest.as_ref());
        let written = write_set(files, output, lang)?;
        println!("{}", report::intraday_line(&inputs, self.at, &intraday, &alarms, lang));
        if let Some(rest) = &rest {
            print!("{}", report::asks_text(rest, &inputs.currency, lang));
        }
        list(&written);
        Ok(ExitCode::SUCCESS)
    }

    fn flat_reforecast(&self, flat: &Flat, lang: Lang) -> Result<ExitCode, Failure> {
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &flat.events, drivers: &flat.drivers };
        let history = self.flat.history.as_deref().unwrap_or(Path::new("-"));
        counted(history, flat.counts.iter().map(|(_, counts)| counts), self.at, lang)?;
        let mut intraday = Vec::new();
        for (queue, counts) in &flat.counts {
            let known: Vec<_> = counts.iter().copied().filter(|count| count.start < self.at).collect();
            let interval = interval_before(queue, &known, self.at.date(), lang)?;
            let unusable = || Failure::said("no_counts_before", &[queue.as_str(), &self.at.date().to_string()], lang);
            intraday.push(intraday_of(queue, None, &known, interval, &facts, self.at).map_err(|_| unusable())?);
        }
        write(&self.output, SingleTable::Forecast, &self.out.mark.of(report::intraday_forecast(&intraday).csv()), lang)
    }
}
