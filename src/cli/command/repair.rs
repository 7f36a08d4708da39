//! `peakshift repair`: repair of a published roster with the fewest changes.

use super::forecast::parse_date;
use super::reforecast::{counted, warn_of_uncounted};
use crate::cli::failure::{Failure, warn_of_all, write_set};
use crate::cli::options::{Out, PlanDir, Work, any_number, parse_time};
use crate::cli::printing::{eprintln, note, println};
use crate::cli::terminal::list;
use crate::cli::watch::Clock;
use chrono::{NaiveDate, NaiveDateTime};
use clap::Args;
use peakshift::input::{Folder, read_diaries};
use peakshift::intraday::{reforecast, required_now};
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{Asked, Limits, forecast, repair, require};
use peakshift::report::{self, ResultSet};
use peakshift::time::ClockTime;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Repair a published roster after absences, manual edits or a new forecast, with as few changes as possible.
#[derive(Args, Debug)]
#[command(
    after_help = "Writes the repaired roster, changes.csv (every change with its reason and value), asks.csv (agents who could be asked) and explain.md.\n\nExamples:\n  peakshift repair data/qinghe --roster data/qinghe/out/roster.csv --absences sick.csv --max-changes 20\n  peakshift repair data/qinghe --roster data/qinghe/out/roster.csv --actuals today.csv --at 2026-11-30T11:00"
)]
pub(crate) struct Repair {
    #[command(flatten)]
    plan: PlanDir,
    /// Published roster file.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    /// Additional absences, in the format of the plan folder's absences file.
    #[arg(long, value_name = "A.csv")]
    absences: Option<PathBuf>,
    /// Manually edited roster matrix (CSV or XLSX); its edits are kept regardless of the limits.
    #[arg(long, value_name = "M.csv|xlsx")]
    matrix: Option<PathBuf>,
    /// Most person-days to change, absences included, edits and pins excluded; exceeded only where a rule requires it [default: unlimited].
    #[arg(long, value_name = "K", value_parser = any_number::<usize>)]
    max_changes: Option<usize>,
    /// Most agents whose days may change, absent ones included, edits and pins excluded [default: unlimited].
    #[arg(long, value_name = "K", value_parser = any_number::<usize>)]
    max_people: Option<usize>,
    /// Make every change that pays off, not only those required by edits or to cover absences and additional requirement.
    #[arg(long)]
    improve: bool,
    /// First day that may change, such as 2026-12-02; edits of earlier days are kept too [default: the plan's first day].
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    from: Option<NaiveDate>,
    /// Counts of today so far and of the days since the end of the history; the rest of the day is reforecast. Requires --at.
    #[arg(long, value_name = "A.csv", requires = "at")]
    actuals: Option<PathBuf>,
    /// Current time, such as 2026-11-30T11:00; shifts that have started stay, and none is added before it.
    #[arg(long, value_name = "TIME", value_parser = parse_time, conflicts_with = "from")]
    at: Option<NaiveDateTime>,
    #[command(flatten)]
    out: Out,
    #[command(flatten)]
    work: Work,
}

impl Repair {
    /// Purpose of the repair. Counts of today and `--improve` permit any change; so do limits without new absences, because an edit alone
    /// changes nothing else that could be limited.
    fn asked(&self) -> Asked {
        let may_change_more = [self.max_changes, self.max_people].iter().any(|most| most.is_some_and(|most| most > 0));
        match () {
            () if self.improve || self.actuals.is_some() || may_change_more && self.absences.is_none() => Asked::Anything,
            () if self.matrix.is_some() => Asked::Edits,
            () => Asked::Holes,
        }
    }

    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, mut inputs) = self.plan.load(lang)?;
        self.work.seed(&mut inputs);
        let also = [self.absences.as_deref(), self.matrix.as_deref(), self.actuals.as_deref()];
        let output = self.out.claim(ResultSet::Repair, (&folder, &inputs), Some(&self.roster), &also, lang)?;
        let (published, mut problems) = Folder::read_mending(&self.roster, self.absences.as_deref(), self.matrix.as_deref(), &mut inputs);
        let actuals = self.actuals.as_ref().map(|actuals| {
            let (actuals, of_actuals) = folder.read_today(actuals, &inputs);
            problems.extend(of_actuals);
            actuals
        });
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        let first = self.at.map(|at| at.date()).or(self.from);
        if let Some(day) = first.filter(|day| inputs.horizon.day_of(*day).is_none()) {
            return Err(Failure::no_day(day, inputs.horizon, lang));
        }
        let asked = self.asked();
        let clock = self.work.clock(lang);
        let requirements = match (self.at, &actuals) {
            (Some(at), Some(actuals)) => {
                counted(self.actuals.as_deref().unwrap_or(Path::new("-")), actuals.counts.values(), at, lang)?;
                let intraday = reforecast(&inputs, &actuals.counts, at).map_err(Failure::unplanned)?;
                warn_of_uncounted(&intraday, &actuals.counts, at, lang);
                required_now(&inputs, &intraday, at)
            }
            _ => forecast(&inputs).map(|forecasts| require(&inputs, &forecasts)),
        };
        let requirements = requirements.map_err(Failure::unplanned)?;
        let from = self.at.unwrap_or_else(|| ClockTime::MIDNIGHT.on(self.from.unwrap_or(inputs.horizon.first)));
        let limits = Limits { asked, from, most_changes: self.max_changes, most_people: self.max_people };
        let mended = repair(&inputs, &requirements, &published, &limits, &clock.budget());
        let lines = [report::unkept_lines(&mended, lang), report::undone_lines(&mended, lang)];
        lines.iter().flatten().for_each(|line| note("warning", line, lang));
        // the published calendars lie beside the roster
        let beside = self.roster.parent().filter(|_| self.roster != Path::new("-"));
        let beside = beside.map(|folder| if folder == Path::new("") { Path::new(".") } else { folder });
        let earlier = read_diaries(beside.into_iter().chain([output.folder()]));
        let files = report::mended_files(&inputs, &requirements, &mended, lang).following(earlier);
        let written = write_set(files, output, lang)?;
        let seconds = clock.finish();
        mended.interrupted.into_iter().for_each(|why| println!("{}", report::interrupted_text(why, lang)));
        println!("{}", report::mended_text(&mended, &inputs.currency, lang));
        list(&written);
        eprintln!("{}", say(lang, Part::Text, "repaired_in", &[&format!("{seconds:.1}")]));
        Ok(Clock::exit_code())
    }
}
