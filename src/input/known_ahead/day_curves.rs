//! Intraday profiles: distribution of a day's contacts over its hours.

use crate::event::DayCurve;
use crate::input::header::shape::{Numbers, Shape};
use crate::input::naming::names::Names;
use crate::input::plan_file::plan::PlanFile;
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::table::file::Table;
use std::collections::BTreeSet;
use std::path::Path;

const CURVES: Shape = Shape { required: &["hour"], optional: &[], numbers: Numbers::Unnamed, closed: false };

/// The profiles, and the names of all, including refused ones.
pub(in crate::input) fn read(folder: &Path, plan: &PlanFile, problems: &mut Problems) -> (Vec<DayCurve>, Names) {
    let Some(file) = &plan.files.day_curves else {
        // a malformed plan file may have lost the key for the file
        return (Vec::new(), if problems.has_errors() { Names::default() } else { Names::none() });
    };
    let Some(table) = Table::read(folder, file, CURVES, problems) else { return Default::default() };
    let names: Vec<String> = table.form.columns.iter().filter(|name| *name != "hour").cloned().collect();
    let mut curves: Vec<DayCurve> = names.into_iter().map(|name| DayCurve { name, hours: [0.0; 24] }).collect();
    table.form.refuse_twins(problems);
    let mut lines = [None; 24];
    // a sum of weights cannot be judged if some of them are refused
    let mut refused: BTreeSet<String> = BTreeSet::new();
    let mut all_hours = table.is_whole();
    for row in table.rows() {
        row.text("hour", problems);
        let Some(hour) = row.whole("hour", 0.0..=23.0, problems) else {
            all_hours = false;
            continue;
        };
        if let Some(line) = lines[hour as usize].replace(row.line) {
            row.note(problems, "twice", "hour", line);
            all_hours = false;
        }
        for curve in &mut curves {
            let weight = row.number(&curve.name, 0.0..=1.0, problems);
            if weight.is_none() && row.get(&curve.name).is_some() {
                refused.insert(curve.name.clone());
            }
            curve.hours[hour as usize] = weight.unwrap_or(0.0);
        }
    }
    for curve in curves.iter().filter(|curve| all_hours && !refused.contains(&curve.name)) {
        let sum: f64 = curve.hours.iter().sum();
        if (sum - 1.0).abs() > 0.01 {
            let (value, expected) = (curve.name.clone(), format!("{sum:.4}"));
            let (file, column) = (file.clone(), curve.name.clone());
            problems.push(Problem {
                code: "curve_weights",
                is_warning: false,
                file,
                line: Some(table.form.header_line),
                column,
                value,
                expected,
                readings: Vec::new(),
            });
        }
    }
    let names = Names::of(curves.iter().map(|curve| &curve.name));
    (curves, names)
}
