//! `peakshift export`: a roster for other systems.

use crate::cli::failure::{Failure, warn_of_all};
use crate::cli::options::{Out, PlanDir};
use crate::cli::printing::println;
use crate::cli::terminal::list;
use clap::Args;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use peakshift::input::{Folder, Problems, read_grid, read_outside_ids, read_template};
use peakshift::messages::{Lang, Part, say};
use peakshift::outside::OutsideIds;
use peakshift::plan::{Inputs, roster_problem};
use peakshift::report::{
    ExportForm, Output, ResultSet, Schedule, TEAMS_FIELDS, cxone_schedule, filled_grid, google_calendar, teams_book, teams_template,
};
use peakshift::roster::RosterProblem;
use peakshift::workbook::BookFault;
use peakshift::workforce::AgentId;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Export a roster to other systems, from one table of activities.
#[derive(Args, Debug)]
#[command(after_help = "tidy    tidy.csv: a row for each activity of each shift\n\
    teams   teams.xlsx for Microsoft Teams Shifts; with --fill in the template that Shifts hands out. Its import only adds: importing twice \
    doubles shifts\n\
    cxone   cxone.csv for NICE CXone WFM\n\
    google  google.csv for Google Calendar; agents' own calendars are the .ics files in out/calendars\n\
    grid    grid.xlsx: the workbook of --fill with shifts in its cells, everything else untouched\n\n\
    The side file of --ids (agent_id,outside_id and for Teams group) is personal: keep it outside the plan folder. It is required for teams and \
    cxone.\n\n\
    Examples:\n  peakshift export data/qinghe --roster data/qinghe/out/roster.csv --as tidy --as google\n  \
    peakshift export data/qinghe --roster data/qinghe/out/roster.csv --as grid --fill our_month.xlsx")]
pub(crate) struct Export {
    #[command(flatten)]
    plan: PlanDir,
    /// Roster file.
    #[arg(long, value_name = "R.csv")]
    roster: PathBuf,
    /// Form of the export; may be given several times.
    #[arg(long = "as", value_name = "FORM", required = true, value_parser = form_parser())]
    forms: Vec<ExportForm>,
    /// What the other system calls each agent: agent_id,outside_id and, for Teams, group.
    #[arg(long, value_name = "F.csv")]
    ids: Option<PathBuf>,
    /// Workbook to fill in: the grid that was exported elsewhere, or the template of Teams. It is not changed; the filled one is a result.
    #[arg(long, value_name = "X.xlsx")]
    fill: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

fn form_parser() -> impl TypedValueParser<Value = ExportForm> {
    let words = PossibleValuesParser::new(ExportForm::ALL.map(ExportForm::word));
    words.map(|word| ExportForm::ALL.into_iter().find(|form| form.word() == word).unwrap_or(ExportForm::Tidy))
}

/// What the forms are made of.
struct Made<'a> {
    inputs: &'a Inputs,
    problem: &'a RosterProblem,
    schedule: Schedule<'a>,
    ids: OutsideIds,
    lang: Lang,
}

impl Export {
    pub(crate) fn run(mut self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, inputs) = self.plan.load(lang)?;
        self.forms.sort();
        self.forms.dedup();
        self.check_sense(lang)?;
        let also = [self.ids.as_deref(), self.fill.as_deref()];
        let claim = |form: &ExportForm| self.out.claim(ResultSet::Export(*form), (&folder, &inputs), Some(&self.roster), &also, lang);
        let outputs: Vec<Output> = self.forms.iter().map(claim).collect::<Result<_, _>>()?;
        let (roster, mut problems) = Folder::read_roster(&self.roster, &inputs);
        let ids = self.ids.as_ref().map(|path| {
            let results = outputs.first().map_or(Path::new("."), Output::folder);
            let (ids, of_ids) = read_outside_ids(path, &[folder.path(), results]);
            problems.extend(of_ids);
            ids
        });
        if problems.has_errors() {
            return Err(Failure::Input(Box::new(problems), lang));
        }
        warn_of_all(&problems, lang);
        let problem = roster_problem(&inputs, &[]);
        let made =
            Made { inputs: &inputs, problem: &problem, schedule: Schedule::of(&problem, &roster), ids: ids.unwrap_or_default(), lang };
        self.check_ids(&made)?;
        let bytes: Vec<Vec<u8>> = self.forms.iter().map(|form| self.bytes(*form, &made)).collect::<Result<_, _>>()?;
        for ((form, mut output), bytes) in self.forms.iter().zip(outputs).zip(bytes) {
            output.add(form.file(), bytes);
            list(&output.write().map_err(Failure::unwritten(lang))?);
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Refuses options that do not go together, before anything is read.
    fn check_sense(&self, lang: Lang) -> Result<(), Failure> {
        let has = |form: ExportForm| self.forms.contains(&form);
        let both = has(ExportForm::Teams) && has(ExportForm::Cxone);
        let (fills, needs_ids) = (has(ExportForm::Grid) || has(ExportForm::Teams), has(ExportForm::Teams) || has(ExportForm::Cxone));
        let code = match () {
            () if has(ExportForm::Grid) && self.fill.is_none() => "export_grid_without_fill",
            () if self.fill.is_some() && !fills => "export_fill_unused",
            () if self.fill.is_some() && has(ExportForm::Grid) && has(ExportForm::Teams) => "export_fill_twice",
            () if needs_ids && self.ids.is_none() => "export_without_ids",
            () if self.ids.is_some() && both => "export_ids_twice",
            () if self.ids.is_some() && !needs_ids && !has(ExportForm::Google) => "export_ids_unused",
            () => return Ok(()),
        };
        Err(Failure::said(code, &[], lang))
    }

    /// Names everybody whose shifts could not be told to the other system.
    fn check_ids(&self, made: &Made) -> Result<(), Failure> {
        let needs = |form: ExportForm| self.forms.contains(&form);
        let named = |agents: Vec<&str>| agents.join(&say(made.lang, Part::Text, "list_separator", &[]));
        if needs(ExportForm::Teams) || needs(ExportForm::Cxone) {
            let missing: Vec<&str> =
                made.schedule.agents().into_iter().filter(|agent| !made.ids.contains_key(*agent)).map(AgentId::as_str).collect();
            if !missing.is_empty() {
                let file = self.ids.as_ref().map_or_else(String::new, |path| path.display().to_string());
                return Err(Failure::said("export_ids_missing", &[&named(missing), &file], made.lang));
            }
        }
        let without_zone = made.schedule.shifts.iter().any(|shift| shift.person.zone.is_none());
        if needs(ExportForm::Cxone) && without_zone {
            return Err(Failure::said("export_zone_unknown", &[], made.lang));
        }
        Ok(())
    }

    fn bytes(&self, form: ExportForm, made: &Made) -> Result<Vec<u8>, Failure> {
        let Made { schedule, ids, lang, .. } = made;
        match form {
            ExportForm::Tidy => Ok(schedule.tidy().csv()),
            ExportForm::Google => Ok(google_calendar(schedule, ids, *lang).csv()),
            ExportForm::Cxone => Ok(cxone_schedule(schedule, ids, *lang).csv()),
            ExportForm::Grid => self.grid(made),
            ExportForm::Teams => match &self.fill {
                None => teams_book(schedule, ids, made.inputs.horizon.first, *lang)
                    .map_err(|error| Failure::said("export_book_unmade", &[&error.to_string()], *lang)),
                Some(path) => {
                    let template = sound(read_template(path, &TEAMS_FIELDS), *lang)?;
                    teams_template(schedule, ids, &template, *lang).map_err(unfilled(path, *lang))
                }
            },
        }
    }

    fn grid(&self, made: &Made) -> Result<Vec<u8>, Failure> {
        let path = self.fill.as_deref().unwrap_or(Path::new("-"));
        let grid = sound(read_grid(path, made.inputs), made.lang)?;
        let filled = filled_grid(made.problem, &made.schedule, &grid, made.lang).map_err(unfilled(path, made.lang))?;
        let fill = [filled.changed.to_string(), filled.kept.to_string(), grid.people.len().to_string()];
        println!("{}", say(made.lang, Part::Text, "grid_filled", &fill.each_ref().map(String::as_str)));
        Ok(filled.book)
    }
}

/// What was read from a file without errors; warnings are printed.
fn sound<T>((read, problems): (Option<T>, Problems), lang: Lang) -> Result<T, Failure> {
    match read.filter(|_| !problems.has_errors()) {
        Some(read) => {
            warn_of_all(&problems, lang);
            Ok(read)
        }
        None => Err(Failure::Input(Box::new(problems), lang)),
    }
}

fn unfilled(path: &Path, lang: Lang) -> impl Fn(BookFault) -> Failure {
    move |error| Failure::said("book_unfilled", &[&path.display().to_string(), &error.to_string()], lang)
}
