//! The clock, Ctrl-C and the progress line.

use super::verbose::is_on;
use indicatif::{ProgressBar, ProgressStyle};
use peakshift::budget::{Budget, Progress, Watch};
use peakshift::messages::{Lang, Part, say};
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

static STOP: AtomicBool = AtomicBool::new(false);

/// Clock of a command, from its start.
pub(crate) struct Clock {
    started: Instant,
    limit: Option<Duration>,
    effort: u64,
    line: ProgressBar,
    lang: Lang,
}

impl Clock {
    /// Starts the clock. The first Ctrl-C asks the work to stop, the second ends the program.
    pub(crate) fn start(effort: u64, limit_seconds: Option<f64>, lang: Lang) -> Self {
        static HANDLER: OnceLock<()> = OnceLock::new();
        HANDLER.get_or_init(|| {
            // without a handler Ctrl-C simply ends the program
            let _ = ctrlc::set_handler(|| {
                if STOP.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
            });
        });
        let line = if std::io::stderr().is_terminal() && !is_on() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        line.set_style(ProgressStyle::default_spinner());
        line.enable_steady_tick(Duration::from_millis(200));
        Self { started: Instant::now(), limit: limit_seconds.map(Duration::from_secs_f64), effort, line, lang }
    }

    pub(crate) fn budget(&self) -> Budget<'_> {
        Budget::watched(self.effort, &STOP, self)
    }

    pub(crate) fn was_stopped() -> bool {
        STOP.load(Ordering::Relaxed)
    }

    /// Exit code of completed or stopped work.
    pub(crate) fn exit_code() -> ExitCode {
        if Self::was_stopped() { ExitCode::from(130) } else { ExitCode::SUCCESS }
    }

    /// Removes the progress line and returns the seconds since the start.
    pub(crate) fn finish(&self) -> f64 {
        self.line.finish_and_clear();
        self.started.elapsed().as_secs_f64()
    }
}

impl Watch for Clock {
    fn time_left(&self) -> Option<Duration> {
        self.limit.map(|limit| limit.saturating_sub(self.started.elapsed()))
    }

    fn progress(&self, progress: Progress) {
        let (key, mut fill) = match progress {
            Progress::Roster { cost, bound } if bound > 0.0 => {
                let gap = (cost / bound - 1.0) * 100.0;
                ("progress_roster", vec![format!("{cost:.0}"), format!("{bound:.0}"), format!("{gap:.2}")])
            }
            Progress::Roster { cost, .. } => ("progress_roster_unproven", vec![format!("{cost:.0}")]),
            Progress::Scenario { done, of } => ("progress_scenarios", vec![done.to_string(), of.to_string()]),
            Progress::Simulation { done, of } => ("progress_simulation", vec![done.to_string(), of.to_string()]),
        };
        fill.push(self.started.elapsed().as_secs().to_string());
        self.line.set_message(say(self.lang, Part::Text, key, &fill.iter().map(String::as_str).collect::<Vec<_>>()));
    }
}
