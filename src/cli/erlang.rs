//! `peakshift erlang`: the queueing calculator.

use super::failure::Failure;
use super::forecast::write;
use super::options::spare;
use super::terminal::show;
use anstream::{eprintln, println};
use clap::Args;
use peakshift::input::{ErlangRow, Model, read_erlang_batch};
use peakshift::report::{Cell, Sheet, erlang_answers};
use peakshift::service::Concurrency;
use peakshift::staffing::{Requirement, ServiceLevelDefinition};
use peakshift::units::{Agents, Erlangs, Factor, Seconds};
use peakshift::words::Lang;
use std::path::PathBuf;
use std::process::ExitCode;

/// The queueing calculator.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  peakshift erlang --calls-per-hour 210 --handling-seconds 260 --patience-seconds 75 --asa 15
  peakshift erlang --calls-per-hour 300 --handling-seconds 300 --windows 4 --slowdown 0.12 --answer-within-seconds 30 --answer-share 0.9
  peakshift erlang --batch in.csv --output out.csv")]
pub(crate) struct Erlang {
    /// A table of questions (see the file formats in the documentation).
    #[arg(long, value_name = "IN.csv")]
    batch: Option<PathBuf>,
    /// Where the answers to a batch go; - is standard output.
    #[arg(long, value_name = "OUT.csv", default_value = "-")]
    output: PathBuf,
    /// Contacts an hour.
    #[arg(long, required_unless_present = "batch", value_parser = not_negative)]
    calls_per_hour: Option<f64>,
    /// Mean handling time; of a single chat for chats.
    #[arg(long, required_unless_present = "batch", value_parser = not_negative)]
    handling_seconds: Option<f64>,
    /// Agents; left out, the least number for the targets is found.
    #[arg(long, value_parser = not_negative)]
    agents: Option<f64>,
    /// Mean patience; left out, nobody gives up.
    #[arg(long, value_parser = not_negative)]
    patience_seconds: Option<f64>,
    /// Chats at a time.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=20))]
    windows: u8,
    /// By which share of the single-chat time each further window slows every chat.
    #[arg(long, default_value_t = 0.0, value_parser = not_negative)]
    slowdown: f64,
    /// Places to wait; left out, any number may wait.
    #[arg(long)]
    waiting_places: Option<u32>,
    /// The answer-within time of the service level.
    #[arg(long, default_value_t = 20.0, value_parser = not_negative)]
    answer_within_seconds: f64,
    /// Target: share of the offered contacts answered within that time.
    #[arg(long, value_parser = not_negative)]
    answer_share: Option<f64>,
    /// Target: mean wait of the answered contacts in seconds.
    #[arg(long, value_parser = not_negative)]
    asa: Option<f64>,
    /// Target: busy share of desk time, at most.
    #[arg(long, value_parser = not_negative)]
    occupancy: Option<f64>,
    /// Target: share that gives up, at most.
    #[arg(long, value_parser = not_negative)]
    abandonment: Option<f64>,
}

fn not_negative(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0).ok_or_else(|| "use a number that is not negative".into())
}

/// Four decimals are enough for the eye.
fn rounded(mut sheet: Sheet) -> Sheet {
    for cell in sheet.rows.iter_mut().flatten() {
        if let Ok(number) = cell.show().parse::<f64>() {
            *cell = Cell::number(number, 4);
        }
    }
    sheet
}

impl Erlang {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        if let Some(batch) = &self.batch {
            spare(&self.output, std::slice::from_ref(batch))?;
            let (columns, rows) = read_erlang_batch(batch).map_err(|problems| Failure::Input(Box::new(problems), lang))?;
            return write(&self.output, &erlang_answers(&columns, &rows).csv(), lang);
        }
        let row = self.question()?;
        println!("{}", show(&rounded(erlang_answers(&["load_erlangs".into(), "agents".into()], std::slice::from_ref(&row)))));
        eprintln!(
            "service_level: share of the offered contacts answered within {} s; asa_seconds: mean wait of the answered",
            self.answer_within_seconds
        );
        Ok(ExitCode::SUCCESS)
    }

    /// The flags as one row of a batch.
    fn question(&self) -> Result<ErlangRow, Failure> {
        let seconds = |value: f64| Seconds::new(value).unwrap_or_default();
        let handling = seconds(self.handling_seconds.unwrap_or_default());
        let load = self.calls_per_hour.unwrap_or_default() * handling.get() / 3600.0;
        let within = seconds(self.answer_within_seconds);
        let share = self.answer_share.map(|share| Requirement::ServiceLevel { within, share, definition: ServiceLevelDefinition::Offered });
        let others =
            [self.asa.map(Requirement::Asa), self.occupancy.map(Requirement::Occupancy), self.abandonment.map(Requirement::Abandonment)];
        let targets: Vec<Requirement> = others.into_iter().chain([share]).flatten().collect();
        if targets.is_empty() && self.agents.is_none() {
            return Err(Failure::usage(
                "neither agents nor a target was given",
                "add --agents, or --asa, --answer-share, --occupancy or --abandonment",
            ));
        }
        let model =
            match (self.windows, self.waiting_places, self.patience_seconds) {
                (2.., ..) => {
                    let slowdown = Factor::new(self.slowdown).unwrap_or(Factor::ONE);
                    let concurrency = Concurrency::with_slowdown(handling, usize::from(self.windows), slowdown);
                    Model::Chat(concurrency.ok_or_else(|| {
                        Failure::usage("with one more window an agent finishes fewer chats", "lower --windows or --slowdown")
                    })?)
                }
                (_, Some(places), _) => Model::WaitingRoom(places),
                (_, None, Some(_)) => Model::ErlangA,
                (_, None, None) => Model::ErlangC,
            };
        Ok(ErlangRow {
            cells: vec![format!("{load:.4}"), self.agents.map(|agents| agents.to_string()).unwrap_or_default()],
            model,
            load: Erlangs::new(load).unwrap_or_default(),
            handling,
            agents: self.agents.and_then(|agents| Agents::new(agents).ok()),
            patience: self.patience_seconds.map(seconds),
            within,
            targets,
        })
    }
}
