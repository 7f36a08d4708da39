//! `peakshift erlang`: the queueing calculator.

use super::forecast::write;
use crate::cli::failure::Failure;
use crate::cli::options::{Mark, Replacing, whole_number};
use crate::cli::printing::{eprintln, println};
use crate::cli::terminal::show;
use clap::Args;
use peakshift::input::{ErlangRow, Problem, Problems, at_desk, at_desk_of, ranges, read_erlang_batch, read_share, share_meant};
use peakshift::messages::{Lang, Part, form, say};
use peakshift::report::{Cell, Sheet, SingleTable, erlang_answers};
use peakshift::service::Concurrency;
use peakshift::staffing::{Question, QueueingModel, Requirement, ServiceLevelDefinition, met_by_loss};
use peakshift::units::{Agents, Erlangs, Factor, Seconds};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Calculate with queueing formulas: the agents that targets require, or the service that agents attain.
#[derive(Args, Debug)]
#[command(after_help = "Shares are written 0.85 or 85%. The model follows from the options: Erlang C, Erlang A with --patience-seconds,
a waiting room with --waiting-places, chat with --windows above 1.

Examples:
  peakshift erlang --calls-per-hour 210 --handling-seconds 260 --patience-seconds 75 --asa 15
  peakshift erlang --calls-per-hour 300 --handling-seconds 300 --answer-within-seconds 20 --answer-share 80% --occupancy 85% --shrinkage 30%
  peakshift erlang --calls-per-hour 300 --handling-seconds 300 --scheduled 42 --shrinkage 30%
  peakshift erlang --calls-per-hour 300 --handling-seconds 300 --windows 4 --slowdown 0.12 --answer-within-seconds 30 --answer-share 0.9
  peakshift erlang --calls-per-hour 300 --handling-seconds 300 --waiting-places 10 --asa 20 --blocking 1%
  peakshift erlang --batch in.csv --output out.csv")]
pub(crate) struct Erlang {
    /// CSV file of questions; its columns are described in the documentation of file formats.
    #[arg(long, value_name = "IN.csv", conflicts_with_all = QUESTION)]
    batch: Option<PathBuf>,
    /// CSV file for the answers to a batch (recorded in peakshift.json beside it); - for standard output.
    #[arg(long, value_name = "OUT.csv", default_value = "-", conflicts_with_all = QUESTION)]
    output: PathBuf,
    #[command(flatten)]
    replacing: Replacing,
    #[command(flatten)]
    mark: Mark,
    /// Contacts per hour, up to a billion.
    #[arg(long, required_unless_present = "batch", value_parser = |text: &str| within(text, ranges::CONTACTS))]
    calls_per_hour: Option<f64>,
    /// Mean handling time in seconds, 0.001 to a million; for chats that of a single chat.
    #[arg(long, required_unless_present = "batch", value_parser = |text: &str| within(text, ranges::HANDLING))]
    handling_seconds: Option<f64>,
    /// Agents on duty, up to a million, whose service is calculated; without it the targets' least number of agents is found.
    #[arg(long, conflicts_with = "scheduled", conflicts_with_all = TARGETS, value_parser = |text: &str| within(text, ranges::PEOPLE))]
    agents: Option<f64>,
    /// Agents scheduled, up to a million, whose service is calculated after shrinkage.
    #[arg(long, conflicts_with_all = TARGETS, value_parser = |text: &str| within(text, ranges::PEOPLE))]
    scheduled: Option<f64>,
    /// Shrinkage, 0 to 0.99: scheduled agents = agents on duty / (1 - shrinkage).
    #[arg(long, allow_hyphen_values = true, value_parser = |text: &str| share(text, ranges::SHRINKAGE))]
    shrinkage: Option<f64>,
    /// Mean patience in seconds, up to a billion [default: no contact abandons].
    #[arg(long, value_parser = |text: &str| within(text, ranges::SECONDS))]
    patience_seconds: Option<f64>,
    /// Concurrent chats per agent, 1 to 20.
    #[arg(long, default_value_t = 1, value_parser = |text: &str| whole_number::<u8>(text, 1..=20))]
    windows: u8,
    /// Slowdown of every chat by each further concurrent chat, as a share of the single-chat time, 0 to 100.
    #[arg(long, default_value_t = 0.0, requires = "windows", value_parser = |text: &str| within(text, 0.0..=100.0))]
    slowdown: f64,
    /// Waiting places, up to a million [default: unlimited].
    #[arg(long, value_parser = |text: &str| whole_number::<u32>(text, 0..=1_000_000))]
    waiting_places: Option<u32>,
    /// Service-level threshold in seconds, up to a billion.
    #[arg(long, default_value_t = 20.0, value_parser = |text: &str| within(text, ranges::SECONDS))]
    answer_within_seconds: f64,
    /// Target: least service level, the share of offered contacts answered within the threshold.
    #[arg(long, allow_hyphen_values = true, value_parser = |text: &str| share(text, ranges::SHARE))]
    answer_share: Option<f64>,
    /// Target: highest mean wait of answered contacts (ASA), in seconds.
    #[arg(long, value_parser = |text: &str| within(text, ranges::SECONDS))]
    asa: Option<f64>,
    /// Target: highest occupancy, the busy share of time on duty.
    #[arg(long, allow_hyphen_values = true, value_parser = |text: &str| share(text, ranges::SHARE))]
    occupancy: Option<f64>,
    /// Target: highest abandonment, the share of contacts that abandon.
    #[arg(long, allow_hyphen_values = true, value_parser = |text: &str| share(text, ranges::SHARE))]
    abandonment: Option<f64>,
    /// Target: highest blocking, the share of contacts that find no waiting place.
    #[arg(long, requires = "waiting_places", allow_hyphen_values = true, value_parser = |text: &str| share(text, ranges::SHARE))]
    blocking: Option<f64>,
}

/// Targets, which do not apply where the agents are given.
const TARGETS: [&str; 5] = ["answer_share", "asa", "occupancy", "abandonment", "blocking"];
/// Parts of a question, which a batch states itself.
const QUESTION: [&str; 15] = [
    "calls_per_hour",
    "handling_seconds",
    "agents",
    "scheduled",
    "shrinkage",
    "patience_seconds",
    "windows",
    "slowdown",
    "waiting_places",
    "answer_within_seconds",
    "answer_share",
    "asa",
    "occupancy",
    "abandonment",
    "blocking",
];

/// A number in a range.
fn within(text: &str, range: RangeInclusive<f64>) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| range.contains(number));
    number.ok_or_else(|| format!("use a number from {} to {}", range.start(), range.end()))
}

/// A share in a range, also in percent.
fn share(text: &str, range: RangeInclusive<f64>) -> Result<f64, String> {
    match read_share(text) {
        Some(share) if range.contains(&share) => Ok(share),
        Some(share) if ranges::SHARE.contains(&share) => Err(format!("use a share from {} to {}", range.start(), range.end())),
        Some(_) => Err(format!("a share is from 0 to 1: write {}", share_meant(text))),
        None => Err("use a share such as 0.85 or 85%".into()),
    }
}

/// Numbers rounded to four decimals for display.
fn rounded(mut sheet: Sheet) -> Sheet {
    for cell in sheet.rows.iter_mut().flatten() {
        if let Ok(number) = cell.show().parse::<f64>() {
            *cell = Cell::number(number, 4);
        }
    }
    sheet
}

/// Upper limit of the search for agents.
const MOST_AGENTS: &str = "1048576";

impl Erlang {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        if let Some(batch) = &self.batch {
            self.replacing.claim(&self.output, SingleTable::Erlang, std::slice::from_ref(batch), lang)?;
            let (columns, rows) = read_erlang_batch(batch).map_err(|problems| Failure::Input(Box::new(problems), lang))?;
            let asked: Vec<_> = rows.iter().map(ErlangRow::asked).collect();
            let answers = erlang_answers(&columns, &asked).map_err(|unmet| out_of_reach(batch, &rows, &unmet, lang))?;
            return write(&self.output, SingleTable::Erlang, &self.mark.of(answers.csv()), lang);
        }
        let row = self.question(lang)?;
        if let Some((agents, lost)) = met_by_loss(&row.question) {
            let fill = [format!("{:.0} %", 100.0 * lost), agents.get().to_string()];
            return Err(Failure::said("target_met_by_loss", &[&fill[0], &fill[1]], lang));
        }
        let columns = ["load_erlangs".into(), "agents".into()];
        let answers =
            erlang_answers(&columns, &[row.asked()]).map_err(|_| Failure::said("target_out_of_reach", &["", MOST_AGENTS], lang))?;
        println!("{}", show(&rounded(answers), lang));
        eprintln!("{}", say(lang, Part::Text, "calculator_note", &[&self.answer_within_seconds.to_string()]));
        Ok(ExitCode::SUCCESS)
    }

    /// The flags as a row of a batch.
    fn question(&self, lang: Lang) -> Result<ErlangRow, Failure> {
        let seconds = |value: f64| Seconds::new(value).expect("its range was checked when it was typed");
        let handling = seconds(self.handling_seconds.unwrap_or_default());
        let load = self.calls_per_hour.unwrap_or_default() * handling.get() / 3600.0;
        let targets = self.targets();
        if targets.is_empty() && self.agents.is_none() && self.scheduled.is_none() {
            return Err(Failure::said("no_question", &[], lang));
        }
        let model = self.model(handling, lang)?;
        let shrinkage = self.shrinkage.unwrap_or(0.0);
        let agents = self.agents.or(self.scheduled.map(|scheduled| at_desk_of(scheduled, shrinkage)));
        let agents = agents.map(|agents| at_desk(agents, &model)).and_then(|agents| Agents::new(agents).ok());
        let cells = vec![format!("{load:.4}"), agents.map(|agents| agents.get().to_string()).unwrap_or_default()];
        let question = Question {
            model,
            load: Erlangs::new(load).expect("its range was checked when it was typed"),
            handling,
            agents,
            shrinkage,
            patience: self.patience_seconds.map(seconds),
            within: seconds(self.answer_within_seconds),
            targets,
        };
        let row = ErlangRow { line: 1, cells, question };
        match row.objection() {
            Some(of) => Err(Failure::said(of.code, &[&of.value, &form(lang, &of.expected)], lang)),
            None => Ok(row),
        }
    }

    fn targets(&self) -> Vec<Requirement> {
        let within = Seconds::new(self.answer_within_seconds).expect("its range was checked when it was typed");
        let share = self.answer_share.map(|share| Requirement::ServiceLevel { within, share, definition: ServiceLevelDefinition::Offered });
        let others = [
            self.asa.map(Requirement::Asa),
            self.occupancy.map(Requirement::Occupancy),
            self.abandonment.map(Requirement::Abandonment),
            self.blocking.map(Requirement::Blocking),
        ];
        others.into_iter().chain([share]).flatten().collect()
    }

    fn model(&self, handling: Seconds, lang: Lang) -> Result<QueueingModel, Failure> {
        if self.windows > 1 {
            if self.waiting_places.is_some() {
                return Err(Failure::said("chat_waiting_places", &[], lang));
            }
            let slowdown = Factor::new(self.slowdown).expect("its range was checked when it was read");
            let concurrency = Concurrency::with_slowdown(handling, usize::from(self.windows), slowdown);
            let too_slow = || Failure::said("chat_too_slow", &[], lang);
            return concurrency.map(QueueingModel::Chat).ok_or_else(too_slow);
        }
        Ok(match (self.waiting_places, self.patience_seconds) {
            (Some(places), _) => QueueingModel::WaitingRoom(places),
            (None, Some(_)) => QueueingModel::ErlangA,
            (None, None) => QueueingModel::ErlangC,
        })
    }
}

/// Failure for the rows of a batch whose targets no number of agents attains.
fn out_of_reach(batch: &Path, rows: &[ErlangRow], unmet: &[usize], lang: Lang) -> Failure {
    let mut problems = Problems::default();
    for &row in unmet {
        problems.push(Problem {
            code: "target_out_of_reach",
            is_warning: false,
            file: batch.to_string_lossy().into_owned(),
            line: Some(rows[row].line),
            column: "target_value".into(),
            value: String::new(),
            expected: MOST_AGENTS.into(),
            readings: Vec::new(),
        });
    }
    Failure::Input(Box::new(problems), lang)
}
