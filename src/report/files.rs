//! Output files of each command, in memory.

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
use crate::diary::{Diary, Earlier};
use crate::intraday::{Alarm, IntradayForecast, Rest};
use crate::manifest::{CALENDARS, WrittenShifts};
use crate::messages::{Lang, Part, say};
use crate::plan::{Hiring, Inputs, Mended, Planned, QueueRequirement};
use crate::roster::{QueueCoverage, Roster, RosterProblem};
use crate::scenario::{Curve, Drill, Outcome};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_xlsxwriter::XlsxError;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Range;
use std::path::Path;

/// Output files of a plan, in memory.
#[derive(Clone, Debug, Default)]
pub struct Files {
    made: Vec<(String, Vec<u8>)>,
    diaries: Diaries,
    shifts: Option<WrittenShifts>,
    left_out: Vec<LeftOut>,
}

/// Calendars of people, by the person's number, and what the next version of each needs to know.
#[derive(Clone, Debug, Default)]
struct Diaries {
    of_agents: BTreeMap<String, Diary>,
    /// The plan's days, and the stamp of its entries.
    made_for: Option<(Range<NaiveDate>, NaiveDateTime)>,
}

/// A file that could not be made; the tables of its set hold the same figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The file's name.
    pub name: String,
    /// Why it could not be made, as the library that draws or packs it says.
    pub cause: String,
}

impl Files {
    /// The files as an output into a folder.
    #[must_use]
    pub fn into_output(self, folder: &Path) -> Output {
        self.fill(Output::into_folder(folder))
    }

    /// Adds the files to an output.
    #[must_use]
    pub fn fill(self, mut output: Output) -> Output {
        self.made.into_iter().for_each(|(name, bytes)| output.add(name, bytes));
        self.diaries.of_agents.iter().for_each(|(agent, diary)| output.add(format!("{CALENDARS}{agent}.ics"), diary.text(agent)));
        self.shifts.into_iter().for_each(|shifts| output.note_shifts(shifts));
        output
    }

    /// The files with calendars that follow those published earlier, also of agents who have no shift any more.
    #[must_use]
    pub fn following(mut self, mut earlier: Earlier) -> Self {
        let Some((days, stamp)) = self.diaries.made_for.clone() else { return self };
        let published = earlier.keys().chain(self.diaries.of_agents.keys()).cloned().collect::<BTreeSet<String>>();
        let mut before = std::mem::take(&mut self.diaries.of_agents);
        for agent in published {
            let diary = before.remove(&agent).unwrap_or_default();
            let next = diary.following(&earlier.remove(&agent).unwrap_or_default(), days.clone(), stamp);
            if !next.is_empty() {
                self.diaries.of_agents.insert(agent, next);
            }
        }
        self
    }

    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.made.push((name.into(), bytes.into()));
    }

    /// Adds a picture, page or workbook; one that could not be made is noted instead.
    fn add_if_made(&mut self, name: impl Into<String>, made: Result<impl Into<Vec<u8>>, impl ToString>) {
        match made {
            Ok(bytes) => self.add(name, bytes),
            Err(error) => self.left_out.push(LeftOut { name: name.into(), cause: error.to_string() }),
        }
    }

    /// A warning for each file that could not be made.
    #[must_use]
    pub fn warnings(&self, lang: Lang) -> Vec<String> {
        self.left_out.iter().map(|file| say(lang, Part::Text, "file_left_out", &[&file.name, &file.cause])).collect()
    }
}

/// Whether a file is a person's calendar: there are too many of these to list.
#[must_use]
pub fn is_diary(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with(CALENDARS.trim_end_matches('/')))
}

/// Output files of `plan`. A chart or page that cannot be drawn is among the [`warnings`](Files::warnings).
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
    files.add("summary.json", serde_json::to_vec_pretty(&summary).expect("a summary holds numbers and texts"));
    for chart in Chart::ALL {
        files.add_if_made(format!("{}.svg", chart.name()), chart.svg(inputs, planned, lang));
        files.add_if_made(format!("{}.png", chart.name()), chart.png(inputs, planned, lang));
    }
    files.add_if_made("report.html", html(inputs, planned, &summary, lang));
    files
}

/// The roster in readable form, its requirement and coverage, and the state for the next plan.
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
    files.add("roster_matrix.csv", matrix(problem, made, lang).csv());
    files.shifts = Some(shifts_of(made));
    files.add("coverage.csv", coverage(requirements, problem, covered).csv());
    if !problem.activities.is_empty() {
        files.add("activities.csv", activities(problem, made).csv());
    }
    if problem.people.iter().any(|person| person.employee.site.is_some()) {
        files.add("sites.csv", sites(requirements, problem, made, covered).csv());
    }
    let fairness = fairness(problem, made);
    files.add_if_made("roster_matrix.xlsx", roster_workbook(problem, made, covered, &[payroll(problem, made), fairness.clone()], lang));
    for sheet in [fairness, accounts(problem, made), previous_roster(problem, made)] {
        files.add(format!("{}.csv", sheet.name), sheet.csv());
    }
    // nothing that came later is in the plan
    let stamp = inputs.history_until.and_time(NaiveTime::MIN);
    let days = inputs.horizon.first..inputs.horizon.end();
    files.diaries = Diaries { of_agents: diaries(problem, made, stamp, lang), made_for: Some((days, stamp)) };
    files
}

/// Shifts of a roster, as recorded in the folder's manifest.
fn shifts_of(made: &Roster) -> WrittenShifts {
    let mut shifts = WrittenShifts::new();
    for duty in &made.assignments {
        let days = shifts.entry(duty.agent.to_string()).or_default();
        let separator = if days.is_empty() { "" } else { ";" };
        let _ = write!(days, "{separator}{} {}", duty.date, duty.shift);
    }
    shifts
}

/// A repaired roster and its changes.
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

/// Intraday results: the new forecast for the rest of the day, a machine-readable summary, and offers.
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

/// Output files of a capacity plan: a table and a chart.
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

/// Output files of a drill: service with each surprise and without it, recovery, offers, and a chart.
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

/// Output files of a scenario comparison: the table (that of `comparison`) as CSV and XLSX, a page, two charts, and the curves of sweeps
/// over one number.
///
/// # Errors
/// [`DrawError`] if a chart cannot be drawn.
pub fn comparison_files(inputs: &Inputs, outcomes: &[Outcome], curves: &[Curve], sheet: &Sheet, lang: Lang) -> Result<Files, DrawError> {
    let (name, currency, first) = (&inputs.name, &inputs.currency, inputs.horizon.first);
    let (decision, tornado) = (DecisionChart { outcomes, currency, lang }, TornadoChart { outcomes, currency, lang });
    let (decision_svg, tornado_svg) = (decision.svg()?, tornado.svg()?);
    let mut files = Files::default();
    files.add("scenario_compare.csv", sheet.csv());
    files.add_if_made("scenario_compare.xlsx", comparison_workbook(first, sheet, lang));
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

/// A comparison on three sheets: totals, by queue, by queue and day.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_made_is_told_and_not_written() {
        let mut files = Files::default();
        files.add_if_made("chart.svg", Ok::<_, DrawError>("<svg/>"));
        files.add_if_made("chart.png", Err::<Vec<u8>, _>("no room for the axes"));
        assert_eq!(files.made.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["chart.svg"]);
        let warnings = files.warnings(Lang::En);
        assert!(warnings.len() == 1 && warnings[0].contains("chart.png") && warnings[0].contains("no room for the axes"), "{warnings:?}");
    }
}
