//! Names of the output files of each command, known before it starts work.

use super::charts::plan::Chart;
use crate::manifest::{CALENDARS, KEPT_FORECASTS};
use crate::plan::Inputs;

/// Results of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResultSet {
    /// Results of `accuracy`.
    Accuracy,
    /// Results of `capacity`.
    Capacity,
    /// Results of `compare`.
    Compare,
    /// Results of `drill`.
    Drill,
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
    pub const ALL: [Self; 12] = [
        Self::Accuracy,
        Self::Capacity,
        Self::Compare,
        Self::Drill,
        Self::Forecast,
        Self::Plan,
        Self::Reforecast,
        Self::Repair,
        Self::Review,
        Self::Roster,
        Self::Simulate,
        Self::Staff,
    ];

    /// Name of the command.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Self::Accuracy => "accuracy",
            Self::Capacity => "capacity",
            Self::Compare => "compare",
            Self::Drill => "drill",
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

    /// Whether it has its own folder below the plan's results by default.
    #[must_use]
    pub fn has_own_folder(self) -> bool {
        matches!(self, Self::Drill | Self::Reforecast | Self::Repair | Self::Review | Self::Simulate)
    }

    /// All file names that may be written for some inputs, except those of kept forecasts.
    #[must_use]
    pub fn names(self, inputs: &Inputs) -> Vec<String> {
        let owned = |names: &[&str]| -> Vec<String> { names.iter().map(ToString::to_string).collect() };
        match self {
            Self::Accuracy => owned(&["accuracy.csv", "override_scores.csv"]),
            Self::Capacity => owned(&["capacity.csv", "chart_capacity.svg", "chart_capacity.png"]),
            Self::Compare => owned(&COMPARE),
            Self::Drill => owned(&DRILL),
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
