//! The files that each command writes, in memory.

use super::charts::canvas::{DrawError, Picture};
use super::charts::capacity::CapacityChart;
use super::charts::curves::CurveChart;
use super::charts::decision::{DecisionChart, TornadoChart};
use super::charts::drill::DrillChart;
use super::charts::plan::Chart;
use super::figures::intraday::intraday_summary;
use super::figures::summary::Summary;
use super::names::kept_name;
use super::output::Output;
use super::pages::diary::diaries;
use super::pages::explain::explain;
use super::pages::html::{comparison_html, html};
use super::pages::mended::explained;
use super::tables::capacity::capacity;
use super::tables::comparison::{comparison_days, comparison_queues, comparison_totals};
use super::tables::curves::curve_table;
use super::tables::drill::{recovery, reserve, service_beside};
use super::tables::forecast::{forecast, forecast_explained, intraday_forecast};
use super::tables::offers::offers_sheet;
use super::tables::requirement::{coverage, requirement};
use super::tables::roster::activities::activities;
use super::tables::roster::carried::{accounts, fairness, previous_roster};
use super::tables::roster::matrix::matrix;
use super::tables::roster::mended::{absences, changes, excused, pins};
use super::tables::roster::payroll::payroll;
use super::tables::roster::shifts::roster;
use super::tables::roster::sites::sites;
use super::tables::roster::workbook::roster_workbook;
use super::tables::service::service;
use super::tables::sheet::Sheet;
use super::tables::workbook::workbook;
use crate::intraday::{Alarm, IntradayForecast, Rest};
use crate::manifest::{CALENDARS, WrittenShifts};
use crate::messages::{Lang, Part, say};
use crate::plan::{Hiring, Inputs, Mended, Planned, QueueRequirement};
use crate::roster::{QueueCoverage, Roster, RosterProblem};
use crate::scenario::{Curve, Drill, Outcome};
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::XlsxError;
use std::fmt::Write;
use std::path::Path;

/// Every file of a plan, in memory.
#[derive(Clone, Debug, Default)]
pub struct Files {
    files: Vec<(String, Vec<u8>)>,
    shifts: Option<WrittenShifts>,
}

impl Files {
    /// The files for a folder.
    #[must_use]
    pub fn into_output(self, folder: &Path) -> Output {
        self.fill(Output::into_folder(folder))
    }

    /// The same beside what an output has.
    #[must_use]
    pub fn fill(self, mut output: Output) -> Output {
        self.files.into_iter().for_each(|(name, bytes)| output.add(name, bytes));
        self.shifts.into_iter().for_each(|shifts| output.note_shifts(shifts));
        output
    }

    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.push((name.into(), bytes.into()));
    }
}

/// Whether a file is a person's calendar: there are too many of these to list.
#[must_use]
pub fn is_diary(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with(CALENDARS.trim_end_matches('/')))
}

/// All that `plan` writes. A chart that cannot be drawn is left out.
#[must_use]
pub fn plan_files(inputs: &Inputs, planned: &Planned, lang: Lang) -> Files {
    let summary = Summary::of(inputs, planned);
    let (problem, made) = (&planned.problem, &planned.solved.roster);
    let mut files = roster_files(inputs, &planned.requirements, problem, made, &planned.coverage, lang);
    let service_sheet = service(inputs, &planned.requirements, &planned.coverage, &planned.promised, &planned.attained);
    let sheets = [forecast(inputs, &planned.forecasts), forecast_explained(&planned.forecasts), service_sheet, payroll(problem, made)];
    files.add(kept_name(inputs), sheets[0].csv());
    for sheet in sheets {
        files.add(format!("{}.csv", sheet.name), sheet.csv());
    }
    files.add("explain.md", explain(inputs, planned, &summary, lang));
    files.add("summary.json", serde_json::to_vec_pretty(&summary).unwrap_or_default());
    for chart in Chart::ALL {
        if let (Ok(svg), Ok(png)) = (chart.svg(inputs, planned, lang), chart.png(inputs, planned, lang)) {
            files.add(format!("{}.svg", chart.name()), svg);
            files.add(format!("{}.png", chart.name()), png);
        }
    }
    if let Ok(page) = html(inputs, planned, &summary, lang) {
        files.add("report.html", page);
    }
    files
}

/// A roster as people read it, what it was asked for, what it covers and what it leaves for the next plan.
#[must_use]
pub fn roster_files(
    inputs: &Inputs,
    requirements: &[QueueRequirement],
    problem: &RosterProblem,
    made: &Roster,
    covered: &[QueueCoverage],
    lang: Lang,
) -> Files {
    let mut files = Files::default();
    files.add("requirement.csv", requirement(inputs, requirements, Some(problem)).csv());
    files.add("roster.csv", roster(problem, made).csv());
    files.add("roster_matrix.csv", matrix(problem, made, lang).csv_for_excel());
    files.shifts = Some(shifts_of(made));
    files.add("coverage.csv", coverage(requirements, problem, covered).csv());
    if !problem.activities.is_empty() {
        files.add("activities.csv", activities(problem, made).csv());
    }
    if problem.people.iter().any(|person| person.employee.site.is_some()) {
        files.add("sites.csv", sites(requirements, problem, made, covered).csv());
    }
    let fairness = fairness(problem, made);
    // a workbook or a calendar that cannot be written is left out: the tables say the same
    if let Ok(bytes) = roster_workbook(problem, made, &[payroll(problem, made), fairness.clone()], lang) {
        files.add("roster_matrix.xlsx", bytes);
    }
    for sheet in [fairness, accounts(problem, made), previous_roster(problem, made)] {
        files.add(format!("{}.csv", sheet.name), sheet.csv());
    }
    for (agent, diary) in diaries(problem, made, lang) {
        files.add(format!("{CALENDARS}{agent}.ics"), diary);
    }
    files
}

/// Who works when, as the folder notes it.
fn shifts_of(made: &Roster) -> WrittenShifts {
    let mut shifts = WrittenShifts::new();
    for duty in &made.assignments {
        let days = shifts.entry(duty.agent.to_string()).or_default();
        let separator = if days.is_empty() { "" } else { ";" };
        let _ = write!(days, "{separator}{} {}", duty.date, duty.shift);
    }
    shifts
}

/// A mended roster and what differs.
#[must_use]
pub fn mended_files(inputs: &Inputs, requirements: &[QueueRequirement], mended: &Mended, lang: Lang) -> Files {
    let mut files = roster_files(inputs, requirements, &mended.problem, &mended.repaired.solved.roster, &mended.after, lang);
    files.add("explain.md", explained(inputs, mended, lang));
    files.add("changes.csv", changes(&mended.repaired.changes, lang).csv());
    files.add("excused.csv", excused(&mended.problem).csv());
    files.add("asks.csv", offers_sheet("asks", mended.asks.iter()).csv());
    for noted in [pins(mended), absences(mended)].iter().filter(|sheet| !sheet.rows.is_empty()) {
        files.add(format!("{}.csv", noted.name), noted.csv());
    }
    files
}

/// What is said of today: the rest of the day forecast anew, a summary for other programs, and who could be asked.
#[must_use]
pub fn intraday_files(at: NaiveDateTime, intraday: &[IntradayForecast], alarms: &[Vec<Alarm>], rest: Option<&Rest>) -> Files {
    let mut files = Files::default();
    files.add("forecast.csv", intraday_forecast(intraday).csv());
    files.add("summary.json", intraday_summary(at, intraday, alarms, rest));
    if let Some(rest) = rest {
        files.add("asks.csv", offers_sheet("asks", rest.asks.iter()).csv());
    }
    files
}

/// What a plan of months writes: a table and a chart.
///
/// # Errors
/// [`DrawError`] if the chart cannot be drawn.
pub fn capacity_files(inputs: &Inputs, hiring: &Hiring, lang: Lang) -> Result<Files, DrawError> {
    let chart = CapacityChart { inputs, hiring, lang };
    let mut files = Files::default();
    files.add("capacity.csv", capacity(hiring).csv());
    files.add("chart_capacity.svg", chart.svg()?);
    files.add("chart_capacity.png", chart.png()?);
    Ok(files)
}

/// What a drill writes: service with each surprise and without it, when it is back, who could be asked, and a chart.
///
/// # Errors
/// [`DrawError`] if the chart cannot be drawn.
pub fn drill_files(drills: &[Drill], lang: Lang) -> Result<Files, DrawError> {
    let chart = DrillChart { drills, lang };
    let mut files = Files::default();
    for sheet in [service_beside(drills), recovery(drills), reserve(drills)] {
        files.add(format!("{}.csv", sheet.name), sheet.csv());
    }
    files.add("chart_drill.svg", chart.svg()?);
    files.add("chart_drill.png", chart.png()?);
    Ok(files)
}

/// What a comparison of scenarios writes: the table (as of `comparison`) in CSV and XLSX, a page, two charts, and the curves
/// of sweeps over one number.
///
/// # Errors
/// [`DrawError`] if a chart cannot be drawn.
pub fn comparison_files(inputs: &Inputs, outcomes: &[Outcome], curves: &[Curve], sheet: &Sheet, lang: Lang) -> Result<Files, DrawError> {
    let (name, currency, first) = (&inputs.name, &inputs.currency, inputs.horizon.first);
    let (decision, tornado) = (DecisionChart { outcomes, currency, lang }, TornadoChart { outcomes, currency, lang });
    let (decision_svg, tornado_svg) = (decision.svg()?, tornado.svg()?);
    let mut files = Files::default();
    files.add("scenario_compare.csv", sheet.csv());
    if let Ok(bytes) = comparison_workbook(first, sheet, lang) {
        files.add("scenario_compare.xlsx", bytes);
    }
    files.add("scenario_compare.html", comparison_html(name, [&decision_svg, &tornado_svg], sheet, lang));
    files.add("scenario_decision.svg", decision_svg);
    files.add("scenario_decision.png", decision.png()?);
    files.add("scenario_tornado.svg", tornado_svg);
    files.add("scenario_tornado.png", tornado.png()?);
    if !curves.is_empty() {
        let chart = CurveChart { curves, currency, lang };
        files.add("scenario_curve.csv", curve_table(curves).csv());
        files.add("scenario_curve.svg", chart.svg()?);
        files.add("scenario_curve.png", chart.png()?);
    }
    Ok(files)
}

/// A comparison on three sheets: of all, by queue, by queue and day.
fn comparison_workbook(first: NaiveDate, sheet: &Sheet, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let named = |key: &str, table: Sheet| (say(lang, Part::Text, key, &[]), table);
    workbook(
        first,
        &[
            named("sheet_totals", comparison_totals(sheet)),
            named("sheet_queues", comparison_queues(sheet)),
            named("sheet_days", comparison_days(sheet)),
        ],
        lang,
    )
}
