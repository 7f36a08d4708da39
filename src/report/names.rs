//! Names of the output files of each command, known before it starts work.

use super::charts::plan::Chart;
use crate::manifest::{CALENDARS, KEPT_FORECASTS};
use crate::plan::Inputs;

/// Form of an exported schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportForm {
    /// The table of activities.
    Tidy,
    /// Microsoft Teams Shifts.
    Teams,
    /// NICE CXone WFM.
    Cxone,
    /// Google Calendar.
    Google,
    /// A grid of agents by days given by the planner.
    Grid,
}

impl ExportForm {
    /// All forms.
    pub const ALL: [Self; 5] = [Self::Tidy, Self::Teams, Self::Cxone, Self::Google, Self::Grid];

    /// Its word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Tidy => "tidy",
            Self::Teams => "teams",
            Self::Cxone => "cxone",
            Self::Google => "google",
            Self::Grid => "grid",
        }
    }

    /// Name of its file.
    #[must_use]
    pub fn file(self) -> String {
        let ending = if matches!(self, Self::Teams | Self::Grid) { "xlsx" } else { "csv" };
        format!("{}.{ending}", self.word())
    }
}

/// Results of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultSet {
    /// Results of `accuracy`.
    Accuracy,
    /// Results of `assign`.
    Assign,
    /// Results of `capacity`.
    Capacity,
    /// Results of `compare`.
    Compare,
    /// Results of `drill`.
    Drill,
    /// Results of `export` in one form: each form is replaced by itself.
    Export(ExportForm),
    /// Results of `forecast`.
    Forecast,
    /// Results of `plan`.
    Plan,
    /// Results of `reforecast`.
    Reforecast,
    /// Results of `repair`.
    Repair,
    /// Results of `review`.
    Review,
    /// Results of `roster`.
    Roster,
    /// Results of `simulate`.
    Simulate,
    /// Results of `staff`.
    Staff,
}

/// A table written to a file of the user's choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SingleTable {
    /// Table of `backtest`.
    Backtest,
    /// Table of `erlang --batch`.
    Erlang,
    /// Table of `forecast` and `reforecast` without a plan folder.
    Forecast,
    /// Table of `benchmark nrp`.
    NrpSolution,
    /// Table of `benchmark tour`.
    TourSolution,
}

impl SingleTable {
    /// All such tables.
    pub const ALL: [Self; 5] = [Self::Backtest, Self::Erlang, Self::Forecast, Self::NrpSolution, Self::TourSolution];

    /// Writer recorded in a folder's manifest: a table of one writer is not replaced by a table of another.
    #[must_use]
    pub fn writer(self) -> &'static str {
        match self {
            Self::Backtest => "backtest --output",
            Self::Erlang => "erlang --output",
            Self::Forecast => "forecast --output",
            Self::NrpSolution => "benchmark nrp --output",
            Self::TourSolution => "benchmark tour --output",
        }
    }
}

/// Columns of a table over all origins and methods.
pub const BACKTEST: [&str; 11] = [
    "queue",
    "method",
    "origin",
    "wape",
    "bias",
    "wape_of_days",
    "intervals",
    "event_days",
    "event_wape_of_days",
    "event_bias",
    "other_wape_of_days",
];

const FORECAST: [&str; 2] = ["forecast.csv", "forecast_explained.csv"];
const ROSTER: [&str; 8] = [
    "requirement.csv",
    "roster.csv",
    "roster_matrix.csv",
    "roster_matrix.xlsx",
    "coverage.csv",
    "fairness.csv",
    "accounts.csv",
    "previous_roster.csv",
];
const PLAN: [&str; 5] = ["service.csv", "payroll_hours.csv", "explain.md", "summary.json", "report.html"];
const COMPARE: [&str; 10] = [
    "scenario_compare.csv",
    "scenario_compare.xlsx",
    "scenario_compare.html",
    "scenario_decision.svg",
    "scenario_decision.png",
    "scenario_tornado.svg",
    "scenario_tornado.png",
    "scenario_curve.csv",
    "scenario_curve.svg",
    "scenario_curve.png",
];
const REPAIR: [&str; 6] = ["explain.md", "changes.csv", "excused.csv", "asks.csv", "pins.csv", "absences.csv"];
const DRILL: [&str; 5] = ["service.csv", "recovery.csv", "reserve.csv", "chart_drill.svg", "chart_drill.png"];
const STAFF: [&str; 5] = ["requirement.csv", "staffing_curve.csv", "chart_staffing.svg", "chart_staffing.png", "staffing_risk.csv"];

impl ResultSet {
    /// All sets.
    pub const ALL: [Self; 18] = [
        Self::Accuracy,
        Self::Assign,
        Self::Capacity,
        Self::Compare,
        Self::Drill,
        Self::Export(ExportForm::Tidy),
        Self::Export(ExportForm::Teams),
        Self::Export(ExportForm::Cxone),
        Self::Export(ExportForm::Google),
        Self::Export(ExportForm::Grid),
        Self::Forecast,
        Self::Plan,
        Self::Reforecast,
        Self::Repair,
        Self::Review,
        Self::Roster,
        Self::Simulate,
        Self::Staff,
    ];

    /// Name of the command, with the form of an export: the owner of the set.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::Assign => "assign",
            Self::Capacity => "capacity",
            Self::Compare => "compare",
            Self::Drill => "drill",
            Self::Export(ExportForm::Tidy) => "export tidy",
            Self::Export(ExportForm::Teams) => "export teams",
            Self::Export(ExportForm::Cxone) => "export cxone",
            Self::Export(ExportForm::Google) => "export google",
            Self::Export(ExportForm::Grid) => "export grid",
            Self::Forecast => "forecast",
            Self::Plan => "plan",
            Self::Reforecast => "reforecast",
            Self::Repair => "repair",
            Self::Review => "review",
            Self::Roster => "roster",
            Self::Simulate => "simulate",
            Self::Staff => "staff",
        }
    }

    /// Its own folder below the plan's results by default, if it has one.
    #[must_use]
    pub fn own_folder(self) -> Option<&'static str> {
        match self {
            Self::Export(_) => Some("export"),
            Self::Assign | Self::Drill | Self::Reforecast | Self::Repair | Self::Review | Self::Simulate => Some(self.command()),
            _ => None,
        }
    }

    /// Whether its tables are for a program that takes no byte-order mark.
    #[must_use]
    pub fn is_for_importers(self) -> bool {
        matches!(self, Self::Export(form) if form != ExportForm::Tidy)
    }

    /// All file names that may be written for some inputs, except those of kept forecasts.
    #[must_use]
    pub fn names(self, inputs: &Inputs) -> Vec<String> {
        let owned = |names: &[&str]| -> Vec<String> { names.iter().map(ToString::to_string).collect() };
        match self {
            Self::Accuracy => owned(&["accuracy.csv", "override_scores.csv"]),
            Self::Assign => owned(&["roster.csv", "service.csv"]),
            Self::Capacity => owned(&["capacity.csv", "chart_capacity.svg", "chart_capacity.png"]),
            Self::Compare => owned(&COMPARE),
            Self::Drill => owned(&DRILL),
            Self::Export(form) => vec![form.file()],
            Self::Forecast => owned(&FORECAST),
            Self::Plan => {
                let charts = Chart::ALL.iter().flat_map(|chart| ["svg", "png"].map(|ending| format!("{}.{ending}", chart.name())));
                [owned(&FORECAST), roster_names(inputs), owned(&PLAN), charts.collect()].concat()
            }
            Self::Reforecast => owned(&["forecast.csv", "summary.json", "asks.csv"]),
            Self::Repair => [roster_names(inputs), owned(&REPAIR)].concat(),
            Self::Review => owned(&["lifts.csv", "missed.csv", "promotions.csv"]),
            Self::Roster => roster_names(inputs),
            Self::Simulate => owned(&["service.csv"]),
            Self::Staff => owned(&STAFF),
        }
    }
}

fn roster_names(inputs: &Inputs) -> Vec<String> {
    let mut names: Vec<String> = ROSTER.iter().map(ToString::to_string).collect();
    if !inputs.activities.is_empty() {
        names.push("activities.csv".into());
    }
    if inputs.employees.iter().any(|employee| employee.site.is_some()) {
        names.push("sites.csv".into());
    }
    names.extend(inputs.employees.iter().map(|employee| format!("{CALENDARS}{}.ics", employee.id)));
    names
}

/// Path of a kept forecast below the folder of results. It contains the days and the date of the last known counts, so that a later
/// forecast of the same days is kept beside it. A different forecast with the same path (one override more, say) is kept under a number, an
/// identical one only once.
#[must_use]
pub fn kept_name(inputs: &Inputs) -> String {
    format!("{KEPT_FORECASTS}{}_{}_days_known_before_{}.csv", inputs.horizon.first, inputs.horizon.days, inputs.history_until)
}
