//! `peakshift forecast`: forecast for a plan folder or a flat history.

use crate::cli::failure::Failure;
use crate::cli::health::{warn, warn_of};
use crate::cli::options::{Out, PlanDir, Replacing, whole_number};
use crate::cli::printing::println;
use chrono::NaiveDate;
use clap::Args;
use peakshift::calendar::Calendar;
use peakshift::forecast::{Facts, caveats, forecast};
use peakshift::history::{ContactHistory, RawCount, interval_of};
use peakshift::input::{Flat, read_flat};
use peakshift::messages::{Lang, Part, say};
use peakshift::report::{self, ResultSet, SingleTable, write_table};
use peakshift::service::QueueId;
use peakshift::time::{Horizon, Interval, read_date};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Forecast contacts from a plan folder or from a history file.
#[derive(Args, Debug)]
#[command(
    after_help = "From a plan folder: writes forecast.csv (mean and quantiles) and forecast_explained.csv. From a history file: writes the table of --output.\n\nExamples:\n  peakshift forecast data/qinghe\n  peakshift forecast --history calls.csv --events events.csv --from 2026-11-30 --days 14 --output -"
)]
pub(crate) struct ForecastCommand {
    /// Plan folder, or a plan file in one; alternatively a history file with --history.
    #[arg(value_name = "DIR", required_unless_present = "history")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) flat: FlatOptions,
    /// First day to forecast, such as 2026-11-30; only history before it is used.
    #[arg(long, value_parser = parse_date, requires = "history", conflicts_with = "dir")]
    from: Option<NaiveDate>,
    /// CSV file for the forecast from --history (recorded in peakshift.json beside it); - for standard output.
    #[arg(long, value_name = "O.csv", default_value = "-", conflicts_with = "dir")]
    output: PathBuf,
    #[command(flatten)]
    replacing: Replacing,
    #[command(flatten)]
    out: Out,
}

/// A history without a plan folder.
#[derive(Args, Debug)]
pub(crate) struct FlatOptions {
    /// History file with the columns start,volume[,queue].
    #[arg(long, value_name = "F.csv", conflicts_with = "dir")]
    pub(crate) history: Option<PathBuf>,
    /// Events file with the columns event,family,start,end,size.
    #[arg(long, value_name = "E.csv", requires = "history")]
    events: Option<PathBuf>,
    /// Drivers file with the columns start,NAME...: figures known ahead, such as planned orders.
    #[arg(long, value_name = "D.csv", requires = "history")]
    drivers: Option<PathBuf>,
    /// Number of days to forecast, 1 to 400.
    #[arg(long, default_value_t = 14, value_parser = |text: &str| whole_number::<u16>(text, 1..=400))]
    pub(crate) days: u16,
}

pub(crate) fn parse_date(text: &str) -> Result<NaiveDate, String> {
    read_date(text).ok_or_else(|| "use a date such as 2026-11-30".into())
}

impl FlatOptions {
    /// The flat files, if named.
    pub(crate) fn read(&self, lang: Lang) -> Result<Option<Flat>, Failure> {
        let Some(history) = &self.history else { return Ok(None) };
        let flat = read_flat(history, self.events.as_deref(), self.drivers.as_deref())
            .map_err(|problems| Failure::Input(Box::new(problems), lang))?;
        Ok(Some(flat))
    }

    /// All named files.
    pub(crate) fn inputs(&self) -> Vec<PathBuf> {
        [&self.history, &self.events, &self.drivers].into_iter().flatten().cloned().collect()
    }
}

/// Interval of a queue's counts before a day.
pub(crate) fn interval_before(queue: &QueueId, past: &[RawCount], day: NaiveDate, lang: Lang) -> Result<Interval, Failure> {
    if past.is_empty() {
        return Err(Failure::said("no_counts_before", &[queue.as_str(), &day.to_string()], lang));
    }
    interval_of(past).ok_or_else(|| Failure::said("counts_off_grid", &[queue.as_str()], lang))
}

impl ForecastCommand {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        self.replacing.claim(&self.output, SingleTable::Forecast, &self.flat.inputs(), lang)?;
        if let Some(flat) = self.flat.read(lang)? {
            return self.flat_forecast(&flat, lang);
        }
        Self::of_folder(PlanDir { dir: self.dir.unwrap_or_default() }, &self.out, lang)
    }

    /// Forecasts a plan folder.
    pub(crate) fn of_folder(plan: PlanDir, out: &Out, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, inputs) = plan.load(lang)?;
        let mut output = out.claim(ResultSet::Forecast, (&folder, &inputs), None, &[], lang)?;
        let forecasts = peakshift::plan::forecast(&inputs).map_err(Failure::unplanned)?;
        forecasts.iter().for_each(|of| warn(&of.queue, &of.findings, &of.caveats, lang));
        let made = report::forecast(&inputs, &forecasts);
        output.add(report::kept_name(&inputs), made.csv());
        for sheet in [made, report::forecast_explained(&forecasts)] {
            output.add(format!("{}.csv", sheet.name), sheet.csv());
        }
        for path in output.write().map_err(Failure::unwritten(lang))? {
            println!("{}", path.display());
        }
        Ok(ExitCode::SUCCESS)
    }

    fn flat_forecast(&self, flat: &Flat, lang: Lang) -> Result<ExitCode, Failure> {
        let from = self.from.ok_or_else(|| Failure::said("from_missing", &[], lang))?;
        let horizon = Horizon { first: from, days: usize::from(self.flat.days) };
        let calendar = Calendar::default();
        let facts = Facts { calendar: &calendar, events: &flat.events, drivers: &flat.drivers };
        let mut forecasts = Vec::new();
        for (queue, counts) in &flat.counts {
            let past: Vec<_> = counts.iter().copied().filter(|count| count.start.date() < from).collect();
            if past.is_empty() && flat.counts.len() > 1 {
                warn_of(queue, &say(lang, Part::Text, "queue_without_past", &[&from.to_string()]), lang);
                continue;
            }
            let interval = interval_before(queue, &past, from, lang)?;
            let unusable = || Failure::said("no_usable_counts", &[queue.as_str(), &from.to_string()], lang);
            let (history, findings) = ContactHistory::from_counts(&past, interval, &flat.events, from).ok_or_else(unusable)?;
            warn(queue, &findings, &caveats(&history, &facts, horizon), lang);
            forecasts.push((queue.to_string(), forecast(&history, &facts, horizon).map_err(|_| unusable())?));
        }
        if forecasts.is_empty() {
            return Err(Failure::said("nothing_counted_before", &[&from.to_string()], lang));
        }
        write(&self.output, SingleTable::Forecast, &self.out.mark.of(report::flat_forecast(&forecasts).csv()), lang)
    }
}

/// Writes a table to the requested place and reports where.
pub(crate) fn write(output: &Path, table: SingleTable, bytes: &[u8], lang: Lang) -> Result<ExitCode, Failure> {
    write_table(output, table.writer(), bytes).map_err(Failure::unwritten_table(lang))?;
    if output != Path::new("-") {
        println!("{}", output.display());
    }
    Ok(ExitCode::SUCCESS)
}
