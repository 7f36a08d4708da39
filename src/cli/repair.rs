//! `peakshift repair`: a published roster mended with the fewest changes.

use super::failure::Failure;
use super::options::{Out, PlanDir, Work};
use super::terminal::list;
use super::watch::Clock;
use anstream::{eprintln, println};
use chrono::NaiveDate;
use clap::Args;
use peakshift::input::Folder;
use peakshift::plan::{forecast, repair, require};
use peakshift::report;
use peakshift::roster::Restraint;
use peakshift::words::Lang;
use std::path::PathBuf;
use std::process::ExitCode;

/// Mend a roster after sick calls, hand edits or a new forecast, with the fewest changes.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift repair data/qinghe --roster data/qinghe/out/roster.csv --absences sick.csv --max-changes 20")]
pub(crate) struct Repair {
    #[command(flatten)]
    plan: PlanDir,
    /// The published roster.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    /// Absences beside those of the plan folder, in the same form.
    #[arg(long, value_name = "A.csv")]
    absences: Option<PathBuf>,
    /// The matrix of the roster, edited by hand: what differs is kept.
    #[arg(long, value_name = "M.csv|xlsx")]
    matrix: Option<PathBuf>,
    /// Person-days that may change, those of the absences among them.
    #[arg(long, value_name = "K")]
    max_changes: Option<usize>,
    /// People whose days may change, the absent among them.
    #[arg(long, value_name = "K")]
    max_people: Option<usize>,
    /// The first day that may change; all of them where it is not given.
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl Repair {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let (published, problems) = Folder::read_mending(&self.roster, self.absences.as_deref(), self.matrix.as_deref(), &mut inputs);
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        problems.iter().for_each(|problem| eprintln!("warning: {}", problem.describe(lang)));
        let clock = self.work.clock();
        let forecasts = forecast(&inputs).map_err(Failure::unplanned)?;
        let restraint = Restraint {
            price: inputs.prices.changed_day,
            from: self.from.unwrap_or(inputs.horizon.first),
            most_changes: self.max_changes,
            most_people: self.max_people,
        };
        let requirements = require(&inputs, &forecasts);
        let mended = repair(&inputs, &requirements, &published, &restraint, &clock.budget());
        let out = self.out.out.unwrap_or_else(|| folder.default_output().join("repair"));
        let written = report::mended_files(&inputs, &requirements, &mended, lang)
            .into_output(&out)
            .write()
            .map_err(|error| Failure::unwritable(&out, &error))?;
        let seconds = clock.finish();
        println!("{}", report::mended_text(&mended, &inputs.currency, lang));
        list(&written);
        eprintln!("mended in {seconds:.1} s");
        Ok(Clock::exit_code())
    }
}
