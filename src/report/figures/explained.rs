//! Decomposition of a day's forecast, in contacts, for the table and the chart.

use crate::forecast::{Part, Statement};
use crate::plan::QueueForecast;
use chrono::NaiveDate;

/// Components of a day's contacts; all before the last add up to the last, the forecast itself.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct ExplainedDay {
    pub(in crate::report) date: NaiveDate,
    pub(in crate::report) parts: [f64; 9],
    /// Stated and learned multiplier of the active events together, where both are known.
    pub(in crate::report) multipliers: Option<(f64, f64)>,
}

/// Columns of the components and their names in the catalogue, in order.
pub(in crate::report) fn explained_parts() -> [(&'static str, &'static str); 9] {
    [
        ("level", "part_level"),
        ("weekday", "part_weekday"),
        ("calendar", "part_calendar"),
        ("season", "part_season"),
        ("events", "part_events"),
        ("drivers", "part_drivers"),
        ("other_methods", "part_other"),
        ("override", "part_override"),
        ("volume", "part_volume"),
    ]
}

/// Column position of a component of the structured model.
fn place(part: &Part) -> usize {
    match part {
        Part::Weekday => 1,
        Part::Calendar => 2,
        Part::Season => 3,
        Part::Event(_) => 4,
        Part::Driver(_) => 5,
    }
}

/// All days with expected contacts whose method provides a decomposition.
pub(in crate::report) fn explained_days(forecast: &QueueForecast) -> Vec<ExplainedDay> {
    let grid = forecast.offered.mean.grid();
    let of_day = |date: NaiveDate, series: &crate::time::Series<crate::units::Contacts>| -> f64 {
        (0..grid.len()).filter(|&index| grid.date_of(index) == date).map(|index| series[index].get()).sum()
    };
    let explain = |shares: &crate::forecast::DayShares| {
        let (modelled, total) = (of_day(shares.date, &forecast.modelled.mean), of_day(shares.date, &forecast.offered.mean));
        let mut factors = [1.0; 6];
        shares.factors.iter().for_each(|(part, factor)| factors[place(part)] *= factor);
        let mut parts = [0.0; 9];
        parts[0] = shares.level;
        let mut so_far = parts[0];
        for column in 1..6 {
            parts[column] = so_far * (factors[column] - 1.0);
            so_far += parts[column];
        }
        parts[6] = modelled - so_far;
        parts[7] = total - modelled;
        parts[8] = total;
        let product = |of: fn(&Statement) -> f64| shares.statements.iter().map(of).product::<f64>();
        let multipliers = (!shares.statements.is_empty()).then(|| (product(|of| of.stated), product(|of| of.learned)));
        ExplainedDay { date: shares.date, parts, multipliers }
    };
    forecast.offered.explained.iter().filter(|shares| shares.open).map(explain).collect()
}
