//! Replications of the simulation, and estimates from them.

use super::SimModel;
use super::chance::chance_below;
use super::deviations::Deviations;
use super::engine::run;
use super::estimate::{Count, Estimate, Figure, Verdict, ratio_of_sums};
use super::tally::{Replied, Run, Tally};
use crate::budget::{Budget, Progress};
use crate::service::ServiceTarget;
use rayon::prelude::*;
use std::ops::{Range, RangeInclusive};
use tracing::{info, info_span};

/// Service attained by one queue.
///
/// ```
/// # use peakshift::{budget::Budget, service::ServiceTarget, simulate::*};
/// # use peakshift::{time::{Horizon, Interval, read_date}, units::{Seconds, Share}};
/// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// # let calls = SimQueue {
/// #     arrivals: Arrivals::Counts(vec![3; grid.len()]),
/// #     open: vec![true; grid.len()],
/// #     handling_factor: vec![1.0; grid.len()],
/// #     work: Work::Call(Seconds::new(120.0)?),
/// #     patience: None,
/// #     within: Seconds::new(20.0)?,
/// #     rank: 0,
/// #     backlog: 0,
/// #     replies: vec![Replies { within: Seconds::new(60.0)?, rounds: 1.0, reply: Seconds::new(30.0)?, counts: vec![true; grid.len()] }],
/// #     variation: 1.0,
/// #     vips: Some(Vips { share: 0.25, within: Seconds::new(60.0)? }),
/// # };
/// # let agent = SimAgent { periods: vec![DeskPeriod { from: 0.0, to: 86_400.0, queues: vec![0] }], effectiveness: 1.0 };
/// # let model = SimModel { grid, queues: vec![calls], agents: vec![agent.clone(), agent] };
/// // a day with 3 calls of 120 s in each half hour and two agents, 20 times
/// let calls = &simulate(&model, 20, 1, &Budget::of_effort(1))[0];
/// let occupancy = calls.occupancy(0..48); // 144 calls · 120 s / (2 · 86 400 s)
/// assert!((occupancy.value - 0.1).abs() < 2.0 * occupancy.half_width && calls.left_over() < 1.0);
/// assert_eq!((calls.runs(), calls.abandonment(0..48).value), (20, 0.0)); // nobody's patience ends
/// assert_eq!(calls.figure(Figure::MeanWait, |_| true), calls.asa(0..48));
/// let within_a_minute = ServiceTarget::MeanWait(Seconds::new(60.0)?);
/// assert_eq!((calls.verdict_where(&within_a_minute, |_| true), calls.share_of_runs_that_meet(&[within_a_minute])), (Verdict::Met, 1.0));
/// assert!(calls.projected(80).verdict(&within_a_minute, 24) <= calls.verdict(&within_a_minute, 24)); // better with more runs
/// assert!(calls.burden(&within_a_minute, 24) < 3.0 * 60.0); // seconds waited by three callers
/// assert!(!calls.difference(calls, Figure::MeanWait, |_| true).is_significant());
/// // a platform counts first replies within a minute; VIPs, a quarter of the calls, are to be answered in as much
/// assert!(calls.replies_in_time(0).value > 0.9 && calls.chance_to_miss(0, 0.5, 30.0) < 0.01);
/// assert!(calls.of_vips().service_level(0..1).value > 0.9);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Attained {
    runs: Vec<Vec<Tally>>,
    replied: Vec<Vec<Replied>>,
    /// One tally per run, as if of a single interval.
    vips: Vec<Vec<Tally>>,
    left_over: Vec<f64>,
}

/// Service attained in `replications` runs from a seed, or in fewer if the budget is spent (never fewer than two). The model, seed and
/// number determine the result, at any number of threads.
///
/// ```
/// use peakshift::{budget::Budget, simulate::{Arrivals, DeskPeriod, SimModel, SimAgent, SimQueue, Work, simulate}};
/// use peakshift::{time::{Horizon, Interval, read_date}, units::Seconds};
/// let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// let calls = SimQueue {
///     arrivals: Arrivals::Counts(vec![3; grid.len()]),
///     open: vec![true; grid.len()],
///     handling_factor: vec![1.0; grid.len()],
///     work: Work::Call(Seconds::new(120.0)?),
///     patience: None,
///     within: Seconds::new(20.0)?,
///     rank: 0,
///     backlog: 0,
///     replies: vec![],
///     variation: 1.0,
///     vips: None,
/// };
/// let agent = SimAgent { periods: vec![DeskPeriod { from: 0.0, to: 86_400.0, queues: vec![0] }], effectiveness: 1.0 };
/// let model = SimModel { grid, queues: vec![calls], agents: vec![agent.clone(), agent] };
/// let attained = simulate(&model, 20, 1, &Budget::of_effort(1));
/// assert_eq!(attained[0].offered(0..48).value, 144.0);
/// assert!(attained[0].service_level(0..48).value > 0.9);
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn simulate(model: &SimModel, replications: usize, seed: u64, budget: &Budget) -> Vec<Attained> {
    simulate_until(model, None, replications..=replications, seed, budget, |_| true)
}

/// Service attained in a number of runs within `times` (never fewer than two). The number of runs doubles until `enough` holds:
/// the confidence intervals are narrow enough. Results of the first runs of this model and seed may be passed as `begun` and are not
/// repeated.
///
/// ```
/// # use peakshift::{budget::Budget, service::ServiceTarget, simulate::*};
/// # use peakshift::{time::{Horizon, Interval, read_date}, units::{Seconds, Share}};
/// # let grid = Horizon { first: read_date("2026-11-30").unwrap(), days: 1 }.grid(Interval::HALF_HOUR);
/// # let calls = SimQueue {
/// #     arrivals: Arrivals::Counts(vec![3; grid.len()]),
/// #     open: vec![true; grid.len()],
/// #     handling_factor: vec![1.0; grid.len()],
/// #     work: Work::Call(Seconds::new(120.0)?),
/// #     patience: None,
/// #     within: Seconds::new(20.0)?,
/// #     rank: 0,
/// #     backlog: 0,
/// #     replies: vec![Replies { within: Seconds::new(60.0)?, rounds: 1.0, reply: Seconds::new(30.0)?, counts: vec![true; grid.len()] }],
/// #     variation: 1.0,
/// #     vips: Some(Vips { share: 0.25, within: Seconds::new(60.0)? }),
/// # };
/// # let agent = SimAgent { periods: vec![DeskPeriod { from: 0.0, to: 86_400.0, queues: vec![0] }], effectiveness: 1.0 };
/// # let model = SimModel { grid, queues: vec![calls], agents: vec![agent.clone(), agent] };
/// let budget = Budget::of_effort(1);
/// let is_sure = |calls: &[Attained]| calls[0].service_level(0..48).half_width < 0.005; // to half a point
/// let sure = simulate_until(&model, None, 2..=400, 1, &budget, is_sure);
/// assert!(is_sure(&sure) && sure[0].runs() < 400);
/// let goes_on = simulate_until(&model, Some(simulate(&model, 10, 1, &budget)), 20..=20, 1, &budget, |_| true);
/// assert_eq!(goes_on[0].asa(0..48), simulate(&model, 20, 1, &budget)[0].asa(0..48)); // the first ten are not made again
/// # Ok::<(), peakshift::units::UnitError>(())
/// ```
#[must_use]
pub fn simulate_until(
    model: &SimModel,
    begun: Option<Vec<Attained>>,
    times: RangeInclusive<usize>,
    seed: u64,
    budget: &Budget,
    enough: impl Fn(&[Attained]) -> bool,
) -> Vec<Attained> {
    let _stage = info_span!("simulate").entered();
    let nothing = || vec![Attained { runs: Vec::new(), replied: Vec::new(), vips: Vec::new(), left_over: Vec::new() }; model.queues.len()];
    let mut attained = begun.unwrap_or_else(nothing);
    if expected_contacts(model) > MOST_CONTACTS {
        return attained;
    }
    let (least, most) = times.into_inner();
    let most = most.min(MOST_TALLIES / (model.grid.len() * model.queues.len()).max(1)).max(2);
    let (mut done, mut goal) = (attained.first().map_or(0, Attained::runs), least.clamp(2, most));
    let at_a_time = (CONTACTS_AT_A_TIME / expected_contacts(model).max(1.0)) as usize;
    let at_a_time = at_a_time.clamp(FEWEST_AT_A_TIME, RUNS_AT_A_TIME);
    loop {
        while done < goal && (done < 2 || !budget.is_spent()) {
            let batch = done..(done + at_a_time).min(goal);
            done = batch.end;
            for run in batch.into_par_iter().map(|number| run(model, seed, number)).collect::<Vec<Run>>() {
                let of_queues = attained.iter_mut().zip(run.tallies).zip(run.replied).zip(run.vips).zip(run.left_over);
                for ((((attained, tallies), replied), vips), left_over) in of_queues {
                    attained.runs.push(tallies);
                    attained.replied.push(replied);
                    attained.vips.push(vec![vips]);
                    attained.left_over.push(left_over);
                }
            }
            budget.report(Progress::Simulation { done, of: goal });
        }
        if goal >= most || done < goal || enough(&attained) {
            let done_because = if goal >= most { "all runs made" } else { "every verdict is certain enough" };
            info!(runs = done, ended = budget.ended(done_because), "replications");
            return attained;
        }
        goal = (2 * goal).min(most);
    }
}

/// Runs between two checks of the time limit, on any number of cores: the maximum, the minimum, and the total contacts that limit them.
const RUNS_AT_A_TIME: usize = 16;
const FEWEST_AT_A_TIME: usize = 4;
const CONTACTS_AT_A_TIME: f64 = 2e6;
/// Maximum number of tallies kept (intervals × runs × queues): beyond it, fewer runs are made.
const MOST_TALLIES: usize = 20_000_000;

/// Maximum number of contacts per run: with more, the model is not simulated and every estimate is NaN.
const MOST_CONTACTS: f64 = 2e7;

fn expected_contacts(model: &SimModel) -> f64 {
    let of = |queue: &super::SimQueue| match &queue.arrivals {
        super::Arrivals::Means(means) => means.iter().sum::<f64>(),
        super::Arrivals::SamplePaths(paths) => paths.iter().map(|means| means.iter().sum()).fold(0.0, f64::max),
        super::Arrivals::Counts(counts) => counts.iter().map(|count| f64::from(*count)).sum(),
    };
    model.queues.iter().map(|queue| of(queue) + f64::from(queue.backlog)).sum()
}

impl Attained {
    /// Number of runs.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// Share answered within the queue's time over offered, for contacts arriving in these intervals.
    #[must_use]
    pub fn service_level(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::ServiceLevel, slots)
    }

    /// Mean wait of the answered contacts in seconds (ASA); for deferred work the mean time to completion.
    #[must_use]
    pub fn asa(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::MeanWait, slots)
    }

    /// Share of the offered contacts that abandoned.
    #[must_use]
    pub fn abandonment(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::Abandonment, slots)
    }

    /// Mean number of offered contacts.
    #[must_use]
    pub fn offered(&self, slots: Range<usize>) -> Estimate {
        let pairs: Vec<(f64, f64)> =
            self.runs.iter().map(|run| (run[slots.clone()].iter().map(|tally| tally.offered).sum(), 1.0)).collect();
        ratio_of_sums(&pairs)
    }

    /// Share of desk time with a call or a chat in hand, over all agents who serve the queue, contacts of their other queues included.
    /// NaN if nobody is on the desk.
    #[must_use]
    pub fn occupancy(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::Occupancy, slots)
    }

    /// A performance measure over the intervals for which `counts` holds.
    #[must_use]
    pub fn figure(&self, figure: Figure, counts: impl Fn(usize) -> bool) -> Estimate {
        self.over(figure, self.slots().filter(|slot| counts(*slot)))
    }

    /// A performance measure over successive intervals.
    #[must_use]
    pub(crate) fn figure_in(&self, figure: Figure, slots: Range<usize>) -> Estimate {
        self.over(figure, slots)
    }

    fn over(&self, figure: Figure, slots: impl Iterator<Item = usize> + Clone) -> Estimate {
        ratio_of_sums(&self.pairs(figure, slots))
    }

    fn slots(&self) -> Range<usize> {
        0..self.runs.first().map_or(0, Vec::len)
    }

    /// Difference of a measure from that of another model with the same seed, over the intervals for which `counts` holds. Both models
    /// meet the same contacts run by run, so most of the common noise cancels (common random numbers).
    #[must_use]
    pub fn difference(&self, other: &Self, figure: Figure, counts: impl Fn(usize) -> bool) -> Estimate {
        let runs = self.runs().min(other.runs());
        let slots = self.slots().filter(|slot| counts(*slot));
        let (here, there) = (self.pairs(figure, slots.clone()), other.pairs(figure, slots));
        let (here, there) = (Deviations::of(&here[..runs]), Deviations::of(&there[..runs]));
        let squares = here.of_runs.iter().zip(&there.of_runs).map(|(here, there)| (here - there).powi(2)).sum::<f64>();
        Estimate { value: here.ratio - there.ratio, half_width: 1.96 * (squares / (runs as f64 * (runs as f64 - 1.0))).sqrt() }
    }

    /// Numerator and denominator of a measure, by run.
    fn pairs(&self, figure: Figure, slots: impl Iterator<Item = usize> + Clone) -> Vec<(f64, f64)> {
        let (above, below) = figure.sums();
        let sum = |run: &[Tally], count: Count| slots.clone().map(|slot| count(&run[slot])).sum();
        self.runs.iter().map(|run| (sum(run, above), sum(run, below))).collect()
    }

    /// Verdict on a target over the intervals for which `counts` holds; a model without runs misses every target.
    #[must_use]
    pub fn verdict_where(&self, target: &ServiceTarget, counts: impl Fn(usize) -> bool) -> Verdict {
        self.projected(self.runs()).verdict_where(target, counts)
    }

    /// Verdict on a target in one interval.
    #[must_use]
    pub fn verdict(&self, target: &ServiceTarget, slot: usize) -> Verdict {
        self.projected(self.runs()).verdict(target, slot)
    }

    /// Projected verdicts after `runs` runs in all: better ones have a probability of less than one in five.
    #[must_use]
    pub fn projected(&self, runs: usize) -> ProjectedVerdict<'_> {
        let done = (self.runs() as f64 / runs.max(1) as f64).min(1.0);
        ProjectedVerdict { attained: self, narrower: done.sqrt() - LUCK * (1.0 - done).sqrt() }
    }

    /// Mean number of contacts outside the service-level threshold in an interval, or mean seconds waited in it, depending on the target.
    #[must_use]
    pub fn burden(&self, target: &ServiceTarget, slot: usize) -> f64 {
        let of = |tally: &Tally| match target {
            ServiceTarget::MeanWait(_) => tally.waited,
            _ => tally.offered - tally.in_time,
        };
        self.runs.iter().map(|run| of(&run[slot])).sum::<f64>() / self.runs.len().max(1) as f64
    }

    /// Share of replies in time by a platform's count, with `figure` its number within the queue; the half width is that of one horizon's
    /// mean.
    #[must_use]
    pub fn replies_in_time(&self, figure: usize) -> Estimate {
        ratio_of_sums(&self.reply_pairs(figure))
    }

    /// Probability that a platform's figure falls below a share over a period of `horizons` independent horizons, which vary as the runs
    /// do. NaN if no reply was awaited in any run.
    #[must_use]
    pub fn chance_to_miss(&self, figure: usize, share: f64, horizons: f64) -> f64 {
        chance_below(&self.reply_pairs(figure), share, horizons)
    }

    fn reply_pairs(&self, figure: usize) -> Vec<(f64, f64)> {
        self.replied.iter().map(|of_run| (of_run[figure].in_time, of_run[figure].awaited)).collect()
    }

    /// Service of the VIPs, by their own answer-within time, over all intervals as one.
    #[must_use]
    pub fn of_vips(&self) -> Self {
        Self { runs: self.vips.clone(), replied: Vec::new(), vips: Vec::new(), left_over: Vec::new() }
    }

    /// Share of the runs that met all targets over their whole horizon.
    #[must_use]
    pub fn share_of_runs_that_meet(&self, targets: &[ServiceTarget]) -> f64 {
        let met = |run: &&Vec<Tally>| {
            let sum = |of: fn(&Tally) -> f64| run.iter().map(of).sum::<f64>();
            let (offered, answered) = (sum(|tally| tally.offered), sum(|tally| tally.answered));
            targets.iter().all(|target| match *target {
                ServiceTarget::MeanWait(wait) => (answered > 0.0 || offered == 0.0) && sum(|tally| tally.waited) <= wait.get() * answered,
                ServiceTarget::Abandonment(most) => sum(|tally| tally.abandoned) <= most.get() * offered,
                ServiceTarget::AnsweredWithin { share, .. } | ServiceTarget::DoneWithin { share, .. } => {
                    sum(|tally| tally.in_time) >= share.get() * offered
                }
                ServiceTarget::Occupancy(most) => sum(|tally| tally.busy) <= most.get() * sum(|tally| tally.at_desk),
            })
        };
        self.runs.iter().filter(met).count() as f64 / self.runs.len().max(1) as f64
    }

    /// Mean number of contacts still waiting at the end of the horizon.
    #[must_use]
    pub fn left_over(&self) -> f64 {
        self.left_over.iter().fold(0.0, |sum, left| sum + left) / self.left_over.len().max(1) as f64
    }
}

/// Improvement of the mean by further runs, in half widths of a confidence interval, that is exceeded with a probability of one in five.
const LUCK: f64 = 0.842 / 1.96;

/// Best plausible verdicts after more runs: with a slightly better mean and narrower confidence intervals.
#[derive(Clone, Copy, Debug)]
pub struct ProjectedVerdict<'a> {
    attained: &'a Attained,
    /// Width of the projected confidence interval, less the improvement of the mean, relative to the present width.
    narrower: f64,
}

impl ProjectedVerdict<'_> {
    /// Projected verdict on a target over the intervals for which `counts` holds.
    #[must_use]
    pub fn verdict_where(&self, target: &ServiceTarget, counts: impl Fn(usize) -> bool) -> Verdict {
        self.judged(target, |figure| self.attained.figure(figure, &counts))
    }

    /// Projected verdict on a target in one interval.
    #[must_use]
    pub fn verdict(&self, target: &ServiceTarget, slot: usize) -> Verdict {
        self.judged(target, |figure| self.attained.over(figure, slot..=slot))
    }

    fn narrowed(&self, known: Estimate) -> Estimate {
        Estimate { half_width: known.half_width * self.narrower, ..known }
    }

    /// Verdict on a target from its measures over some intervals.
    fn judged(&self, target: &ServiceTarget, known: impl Fn(Figure) -> Estimate) -> Verdict {
        let figure = |figure| self.narrowed(known(figure));
        match *target {
            _ if self.attained.runs.is_empty() => Verdict::Missed,
            ServiceTarget::MeanWait(wait) => {
                let asa = figure(Figure::MeanWait);
                // if there were contacts and none were answered, their wait is infinite
                let nobody_answered = asa.value.is_nan() && !figure(Figure::Abandonment).value.is_nan();
                if nobody_answered { Verdict::Missed } else { asa.at_most(wait.get()) }
            }
            ServiceTarget::Abandonment(most) => figure(Figure::Abandonment).at_most(most.get()),
            ServiceTarget::AnsweredWithin { share, .. } | ServiceTarget::DoneWithin { share, .. } => {
                figure(Figure::ServiceLevel).at_least(share.get())
            }
            ServiceTarget::Occupancy(most) => figure(Figure::Occupancy).at_most(most.get()),
        }
    }
}
