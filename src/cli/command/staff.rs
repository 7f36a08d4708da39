//! `peakshift staff`: agents required in each interval.

use crate::cli::failure::Failure;
use crate::cli::options::{Out, PlanDir};
use crate::cli::printing::println;
use crate::cli::terminal::show;
use clap::Args;
use peakshift::forecast::LEVELS;
use peakshift::messages::{Lang, Part, say};
use peakshift::plan::{forecast, require, require_at_level};
use peakshift::report::{self, ResultSet, StaffingChart};
use peakshift::risk::staffing_risks;
use std::process::ExitCode;

/// Calculate the agents required in each interval: on duty, at standard speed, net of breaks.
#[derive(Args, Debug)]
#[command(
    after_help = "Writes requirement.csv and staffing_curve.csv; with --staff-to also staffing_risk.csv, with --chart a chart.\n\nExamples:\n  peakshift staff data/qinghe --chart\n  peakshift staff data/qinghe --staff-to q0.8"
)]
pub(crate) struct Staff {
    #[command(flatten)]
    plan: PlanDir,
    /// Staff for this quantile of the volume instead of the mean, q0.025 to q0.975, and compare the cost of several levels.
    #[arg(long = "staff-to", value_name = "qLEVEL", value_parser = parse_level)]
    level: Option<f64>,
    /// Draw the requirement and the effect of one agent more or fewer.
    #[arg(long)]
    chart: bool,
    #[command(flatten)]
    out: Out,
}

fn parse_level(text: &str) -> Result<f64, String> {
    let level = text.strip_prefix('q').and_then(|level| level.parse().ok());
    level.filter(|level| LEVEL_RANGE.contains(level)).ok_or_else(|| "use a level from q0.025 to q0.975, such as q0.8".into())
}

/// Range of the forecast's quantiles.
const LEVEL_RANGE: std::ops::RangeInclusive<f64> = LEVELS[0]..=LEVELS[LEVELS.len() - 1];
/// Levels shown beside the requested one; `None` is the mean.
const BESIDE: [Option<f64>; 6] = [None, Some(0.5), Some(0.6), Some(0.7), Some(0.8), Some(0.9)];

impl Staff {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, inputs) = self.plan.load(lang)?;
        let mut output = self.out.claim(ResultSet::Staff, (&folder, &inputs), None, &[], lang)?;
        let forecasts = forecast(&inputs).map_err(Failure::unplanned)?;
        let outside = |level: f64| Failure::said("no_quantile", &[&level.to_string()], lang);
        let requirements = match self.level {
            None => require(&inputs, &forecasts),
            Some(level) => require_at_level(&inputs, &forecasts, level).map_err(outside)?,
        };
        output.add("requirement.csv", report::requirement(&inputs, &requirements, None).csv());
        output.add("staffing_curve.csv", report::staffing_curve(&inputs, &requirements).csv());
        if self.chart {
            let chart = StaffingChart::new(&inputs, &requirements, lang);
            let undrawn = Failure::undrawn("chart_of_staffing", lang);
            output.add("chart_staffing.svg", chart.svg().map_err(&undrawn)?);
            output.add("chart_staffing.png", chart.png().map_err(&undrawn)?);
        }
        if let Some(level) = self.level {
            let mut levels = BESIDE.to_vec();
            if !levels.contains(&Some(level)) {
                levels.push(Some(level));
                levels.sort_by(|a, b| a.unwrap_or(0.0).total_cmp(&b.unwrap_or(0.0)));
            }
            let sheet = report::staffing_risk(&staffing_risks(&inputs, &forecasts, &levels).map_err(outside)?);
            println!("{}\n{} ({})", show(&sheet, lang), say(lang, Part::Text, "risk_note", &[]), inputs.currency);
            output.add("staffing_risk.csv", sheet.csv());
        }
        for path in output.write().map_err(Failure::unwritten(lang))? {
            println!("{}", path.display());
        }
        Ok(ExitCode::SUCCESS)
    }
}
