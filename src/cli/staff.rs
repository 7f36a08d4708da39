//! `peakshift staff`: the agents each interval needs.

use super::failure::Failure;
use super::options::{Out, PlanDir};
use clap::Args;
use peakshift::plan::{forecast, require};
use peakshift::report::{self, Output};
use peakshift::words::Lang;
use std::process::ExitCode;

/// The agents each interval needs.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  peakshift staff data/qinghe")]
pub(crate) struct Staff {
    #[command(flatten)]
    plan: PlanDir,
    #[command(flatten)]
    out: Out,
}

impl Staff {
    pub(crate) fn run(self, lang: Lang) -> Result<ExitCode, Failure> {
        let (folder, inputs) = self.plan.load(lang)?;
        let forecasts = forecast(&inputs).map_err(|error| Failure::usage(error, "run 'peakshift check' on the folder"))?;
        let requirements = require(&inputs, &forecasts);
        let out = self.out.out.unwrap_or_else(|| folder.default_output());
        let mut output = Output::into_folder(&out);
        output.add("requirement.csv", report::requirement(&inputs, &requirements).csv());
        for path in output.write().map_err(|error| Failure::unwritable(&out, &error))? {
            println!("{}", path.display());
        }
        Ok(ExitCode::SUCCESS)
    }
}
