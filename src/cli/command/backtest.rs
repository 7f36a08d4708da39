//! `peakshift backtest`: all methods from rolling origins.

use super::forecast::{FlatOptions, write};
use crate::cli::failure::Failure;
use crate::cli::options::{Mark, PlanDir, Replacing, whole_number};
use crate::cli::printing::println;
use crate::cli::terminal::show;
use clap::Args;
use peakshift::calendar::Calendar;
use peakshift::event::Event;
use peakshift::forecast::{
    Accuracy, BacktestRow, Compared, Driver, Facts, Method, WeightedMean, accuracy, backtest, methods, spreadsheet_methods,
};
use peakshift::history::{ContactHistory, RawCount, interval_of};
use peakshift::messages::Lang;
use peakshift::report::{BACKTEST, Cell, Sheet, SingleTable};
use peakshift::time::Interval;
use peakshift::zone::Zone;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compare all forecasting methods on the past, with rolling origins.
#[derive(Args, Debug)]
#[command(
    after_help = "Prints error and bias in percent for every queue and method.\n\nExample:\n  peakshift backtest --history calls.csv --origins 8 --every-days 7 --days 14"
)]
pub(crate) struct Backtest {
    /// Plan folder, or a plan file in one; alternatively a history file with --history.
    #[arg(value_name = "DIR", required_unless_present = "history")]
    dir: Option<PathBuf>,
    #[command(flatten)]
    flat: FlatOptions,
    /// Number of origins, 1 to 10000; the last horizon ends with the history.
    #[arg(long, default_value_t = 8, value_parser = |text: &str| whole_number::<u16>(text, 1..=10_000))]
    origins: u16,
    /// Days from one origin to the next, 1 to 10000.
    #[arg(long, default_value_t = 7, value_parser = |text: &str| whole_number::<u16>(text, 1..=10_000))]
    every_days: u16,
    /// CSV file for the errors of every origin and method (recorded in peakshift.json beside it); - for standard output.
    #[arg(long, value_name = "O.csv")]
    output: Option<PathBuf>,
    #[command(flatten)]
    replacing: Replacing,
    #[command(flatten)]
    mark: Mark,
}

/// Columns shown on the terminal, shares in percent.
const SUMMARY: [&str; 10] = [
    "queue",
    "method",
    "origins",
    "wape_percent",
    "bias_percent",
    "wape_of_days_percent",
    "event_days",
    "event_wape_of_days_percent",
    "event_bias_percent",
    "other_wape_of_days_percent",
];

/// Number of event days compared, WAPE and bias of their totals, and WAPE of the totals of all other days.
fn of_events(rows: &[&BacktestRow], events: &[Event], scale: f64, digits: usize) -> [Cell; 4] {
    let (mut days, mut others) = (Vec::new(), Vec::new());
    for [of_events, ordinary] in rows.iter().map(|row| row.split(events)) {
        days.extend(of_events);
        others.extend(ordinary);
    }
    let share = |days: &[Vec<Compared>], of: fn(&Accuracy) -> f64| {
        if days.is_empty() { Cell::text("") } else { Cell::number(of(&accuracy(days)) * scale, digits) }
    };
    [
        Cell::number(days.len() as f64, 0),
        share(&days, |errors| errors.wape_of_days),
        share(&days, |errors| errors.bias),
        share(&others, |errors| errors.wape_of_days),
    ]
}

/// A series to forecast.
struct Series {
    queue: String,
    zone: Option<Zone>,
    counts: Vec<RawCount>,
    interval: Interval,
    events: Vec<Event>,
    drivers: Vec<Driver>,
}

impl Backtest {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        if let Some(output) = &self.output {
            let of_folder = |dir: &PathBuf| PlanDir { dir: dir.clone() }.folder().inputs(None, &[]);
            let inputs = [self.flat.inputs(), self.dir.as_ref().map(of_folder).unwrap_or_default()].concat();
            self.replacing.claim(output, SingleTable::Backtest, &inputs, lang)?;
        }
        let (all, calendar) = self.series(lang)?;
        let mut summary = Sheet::new("backtest", &SUMMARY);
        let mut detail = Sheet::new("backtest", &BACKTEST);
        for series in &all {
            let end = series.counts.iter().map(|count| count.start.date()).max().and_then(|last| last.succ_opt()).unwrap_or_default();
            let history = ContactHistory::from_counts_by(series.zone.as_ref(), &series.counts, series.interval, &series.events, end);
            let (history, _) = history.ok_or_else(|| Failure::said("no_counts", &[&series.queue], lang))?;
            let facts = Facts { calendar: &calendar, events: &series.events, drivers: &series.drivers };
            let days = usize::from(self.flat.days);
            let back =
                |number: usize| history.days().checked_sub(days + number * usize::from(self.every_days)).filter(|&origin| origin > 0);
            let origins: Vec<usize> = (0..usize::from(self.origins)).filter_map(back).collect();
            if origins.is_empty() {
                return Err(Failure::said("no_origin", &[&series.queue, &history.days().to_string()], lang));
            }
            let has_events = series.events.iter().any(Event::is_lift);
            let peers = if has_events { spreadsheet_methods().to_vec() } else { Vec::new() };
            let of_all: &'static dyn Method = &WeightedMean;
            let tried = [peers, methods().to_vec(), vec![of_all]].concat();
            let rows = backtest(&history, &facts, &tried, &origins, days);
            for method in tried {
                let of_method: Vec<_> = rows.iter().filter(|row| row.method == method.name()).collect();
                for row in of_method.iter().rev() {
                    let errors = row.accuracy();
                    let mut cells = vec![Cell::text(&series.queue), Cell::text(row.method), Cell::text(row.origin)];
                    cells.extend([errors.wape, errors.bias, errors.wape_of_days].map(|share| Cell::number(share, 6)));
                    cells.push(Cell::number(errors.intervals as f64, 0));
                    cells.extend(of_events(&[row], &series.events, 1.0, 6));
                    detail.rows.push(cells);
                }
                if of_method.is_empty() {
                    // too little history for this method
                    continue;
                }
                let pooled: Vec<_> = of_method.iter().flat_map(|row| row.days.clone()).collect();
                let errors = accuracy(&pooled);
                let mut cells = vec![Cell::text(&series.queue), Cell::text(method.name()), Cell::number(of_method.len() as f64, 0)];
                cells.extend([errors.wape, errors.bias, errors.wape_of_days].map(|share| Cell::number(share * 100.0, 2)));
                cells.extend(of_events(&of_method, &series.events, 100.0, 2));
                summary.rows.push(cells);
            }
        }
        if let Some(output) = &self.output {
            if output.as_os_str() != "-" {
                println!("{}", show(&summary, lang));
            }
            write(output, SingleTable::Backtest, &self.mark.of(detail.csv()), lang)
        } else {
            println!("{}", show(&summary, lang));
            Ok(ExitCode::SUCCESS)
        }
    }

    fn series(&self, lang: Lang) -> Result<(Vec<Series>, Calendar), Failure> {
        if let Some(flat) = self.flat.read(lang)? {
            let of = |(queue, counts): (peakshift::service::QueueId, Vec<RawCount>)| {
                let interval = interval_of(&counts).unwrap_or(Interval::DAY);
                Series {
                    queue: queue.to_string(),
                    zone: None,
                    counts,
                    interval,
                    events: flat.events.clone(),
                    drivers: flat.drivers.clone(),
                }
            };
            return Ok((flat.counts.into_iter().map(of).collect(), Calendar::default()));
        }
        let plan = PlanDir { dir: self.dir.clone().unwrap_or_default() };
        let (_, inputs) = plan.load(lang)?;
        let of = |queue: &peakshift::plan::QueueInputs| Series {
            queue: queue.queue.id.to_string(),
            zone: inputs.zone.clone(),
            counts: queue.counts.iter().copied().filter(|count| count.start.date() < inputs.history_until).collect(),
            interval: queue.counted_every,
            events: peakshift::plan::events_of(&inputs, &queue.queue.id),
            drivers: inputs.drivers.clone(),
        };
        Ok((inputs.queues.iter().map(of).collect(), inputs.calendar.clone()))
    }
}
