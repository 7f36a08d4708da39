//! The queue log of Asterisk: a line for each event of a call, `epoch|call|queue|agent|event|data…`. Calls are put together from
//! their events.

use crate::input::import::rows::counted::Counted;
use crate::input::import::rows::tally::{Start, Tally, on_grid};
use crate::time::Interval;
use chrono::{DateTime, NaiveDateTime};
use std::collections::HashMap;

/// Events that begin, answer or end a call.
const EVENTS: [&str; 12] = [
    "ENTERQUEUE",
    "CONNECT",
    "COMPLETECALLER",
    "COMPLETEAGENT",
    "ABANDON",
    "EXITWITHTIMEOUT",
    "EXITWITHKEY",
    "EXITEMPTY",
    "TRANSFER",
    "BLINDTRANSFER",
    "ATTENDEDTRANSFER",
    "RINGNOANSWER",
];
/// Lines that may precede the first event of a call: a restart, changes of configuration and of agents.
const MOST_OTHERS: usize = 100;

/// Longest call or wait that a log may show: a week.
const MOST_SECONDS: i64 = 7 * 86_400;

/// A call in the queue.
struct Call {
    queue: String,
    entered: i64,
    answered: Option<i64>,
}

/// Parts of a line.
fn parts(line: &str) -> Option<(i64, &str, &str, &str, Vec<&str>)> {
    let mut parts = line.trim_end().split('|');
    let (epoch, call, queue, _agent, event) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let epoch = epoch.split('.').next()?.parse().ok().filter(|epoch| (600_000_000..8_000_000_000).contains(epoch))?;
    Some((epoch, call, queue, event, parts.collect()))
}

/// Whether a text is such a log.
pub(in crate::input) fn is_queue_log(text: &str) -> bool {
    let mut lines = text.lines().take(MOST_OTHERS).filter_map(parts);
    lines.any(|(_, _, _, event, _)| EVENTS.contains(&event))
}

/// Calls by queue and interval; `local` gives the local time of a UTC. Calls that have not ended in the log are left out as `filtered`.
pub(in crate::input) fn counted(text: &str, interval: Interval, local: impl Fn(NaiveDateTime) -> Option<Start>) -> Option<Counted> {
    let mut counted = Counted::default();
    let mut calls: HashMap<&str, Call> = HashMap::new();
    for (epoch, key, queue, event, data) in text.lines().filter_map(parts) {
        match event {
            "ENTERQUEUE" => drop(calls.insert(key, Call { queue: queue.to_owned(), entered: epoch, answered: None })),
            "CONNECT" => {
                if let Some(call) = calls.get_mut(key) {
                    call.answered = Some(epoch);
                }
            }
            "COMPLETECALLER" | "COMPLETEAGENT" | "TRANSFER" | "BLINDTRANSFER" | "ATTENDEDTRANSFER" => {
                let Some(call) = calls.remove(key) else { continue };
                let stated = data
                    .get(1)
                    .and_then(|seconds| seconds.parse::<f64>().ok())
                    .filter(|seconds| event.starts_with("COMPLETE") && (0.0..=MOST_SECONDS as f64).contains(seconds));
                let talk = stated.or_else(|| call.answered.map(|answered| (epoch - answered).clamp(0, MOST_SECONDS) as f64)).unwrap_or(0.0);
                end(&call, Ended::Answered { seconds: talk }, call.answered.unwrap_or(epoch), (interval, &local), &mut counted)?;
            }
            "ABANDON" | "EXITWITHTIMEOUT" | "EXITWITHKEY" | "EXITEMPTY" => {
                let Some(call) = calls.remove(key) else { continue };
                // whom the queue sends away would have waited longer
                let how = if event == "ABANDON" { Ended::GivenUp } else { Ended::SentAway };
                end(&call, how, epoch, (interval, &local), &mut counted)?;
            }
            _ => {}
        }
    }
    counted.filtered = calls.len();
    Some(counted)
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Ended {
    Answered {
        /// Of the talk.
        seconds: f64,
    },
    GivenUp,
    /// By the queue: after its longest wait, by a key, because nobody was logged in.
    SentAway,
}

/// Enters a call.
fn end(
    call: &Call,
    how: Ended,
    until: i64,
    (interval, local): (Interval, &impl Fn(NaiveDateTime) -> Option<Start>),
    counted: &mut Counted,
) -> Option<()> {
    let start = local(DateTime::from_timestamp(call.entered, 0)?.naive_utc())?;
    let start = Start { local: on_grid(start.local, interval), ..start };
    let (handled, talk) = if let Ended::Answered { seconds } = how { (1.0, seconds) } else { (0.0, 0.0) };
    let tally = Tally { offered: 1.0, handled, abandoned: 1.0 - handled, timed: handled, as_mean: talk, as_total: talk, rows: 1 };
    counted.tallies.entry(call.queue.clone()).or_default().entry(start).or_default().add(tally);
    let wait = (until - call.entered).clamp(0, MOST_SECONDS) as f64;
    counted.waits.entry(call.queue.clone()).or_default().see(wait, how == Ended::GivenUp);
    counted.rows += 1;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Distribution, Exp};
    use std::fmt::Write;

    /// A log of callers with a mean patience, answered after waits of a mean length, of whom the queue sends away who waits for `most`.
    fn log(patience: f64, wait: f64, most: f64, random: &mut ChaCha8Rng) -> String {
        let (patient, waits) = (Exp::new(1.0 / patience).unwrap(), Exp::new(1.0 / wait).unwrap());
        let (mut text, mut epoch) = (String::new(), 1_790_000_000.0);
        for call in 0..20_000 {
            epoch += random.random_range(1.0..20.0);
            let (willing, offered) = (patient.sample(random), waits.sample(random));
            let line = |text: &mut String, after: f64, event: &str| {
                writeln!(text, "{:.0}|{call}|support|NONE|{event}", (epoch + after).floor()).unwrap();
            };
            line(&mut text, 0.0, "ENTERQUEUE||13800");
            match willing.min(offered).min(most) {
                ended if ended == willing => line(&mut text, ended, "ABANDON|1|1|9"),
                ended if ended == most => line(&mut text, ended, ["EXITWITHTIMEOUT|1", "EXITEMPTY|1|1|9", "EXITWITHKEY|1|1"][call % 3]),
                ended => {
                    line(&mut text, ended, "CONNECT|9");
                    line(&mut text, ended + 60.0, "COMPLETECALLER|9|60|1");
                }
            }
        }
        text
    }

    #[test]
    fn whom_the_queue_sends_away_does_not_shorten_the_patience_of_the_others() {
        let mut random = ChaCha8Rng::seed_from_u64(26);
        for (patience, wait, most) in [(120.0, 60.0, 45.0), (60.0, 200.0, 90.0), (300.0, 60.0, 30.0), (90.0, 40.0, 600.0)] {
            let text = log(patience, wait, most, &mut random);
            let counted = counted(&text, Interval::HALF_HOUR, |utc| Some(Start::of(utc))).unwrap();
            let found = counted.waits["support"].mean_patience().unwrap();
            assert!((found / patience - 1.0).abs() < 0.05, "{found} for {patience}, sent away after {most}");
            assert_eq!(counted.rows, 20_000);
        }
    }
}
