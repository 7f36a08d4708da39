//! The clock, Ctrl-C and the progress line.

use super::verbose::is_on;
use indicatif::{ProgressBar, ProgressStyle};
use peakshift::budget::{Budget, Progress, Watch};
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
}

impl Clock {
    /// Starts the clock. The first Ctrl-C asks the work to stop, the second ends the program.
    pub(crate) fn start(effort: u64, limit_seconds: Option<f64>) -> Self {
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
        Self { started: Instant::now(), limit: limit_seconds.map(Duration::from_secs_f64), effort, line }
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
        let seconds = self.started.elapsed().as_secs();
        self.line.set_message(match progress {
            Progress::Roster { cost, bound } if bound > 0.0 => {
                format!("roster {cost:.0}, proven bound {bound:.0}, gap {:.2} % ({seconds} s)", (cost / bound - 1.0) * 100.0)
            }
            Progress::Roster { cost, .. } => format!("roster {cost:.0} ({seconds} s)"),
            Progress::Scenario { done, of } => format!("{done} of {of} scenarios ({seconds} s)"),
            Progress::Simulation { done, of } => format!("simulated {done} of {of} ({seconds} s)"),
        });
    }
}
