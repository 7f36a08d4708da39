//! Many runs, and what they say with which certainty.

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

/// The service that one queue attained.
#[derive(Clone, Debug)]
pub struct Attained {
    runs: Vec<Vec<Tally>>,
    replied: Vec<Vec<Replied>>,
    /// One tally a run, as if of a single interval.
    vips: Vec<Vec<Tally>>,
    left_over: Vec<f64>,
}

/// Plays the desk `replications` times from a seed, or fewer if the budget is spent (never fewer than two). The same desk,
/// seed and number give the same result at any number of threads.
///
/// ```
/// use peakshift::{budget::Budget, simulate::{Arrivals, SimModel, SimAgent, SimQueue, Work, simulate}};
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
/// let agent = SimAgent { at_desk: vec![(0.0, 86_400.0)], queues: vec![0], effectiveness: 1.0 };
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

/// Plays the desk at least and at most so many `times` (never fewer than two), twice as often again until `enough` says so of what was
/// attained: that its confidence intervals are narrow enough. What the first runs of this very desk and seed attained need not be played
/// again: it may be handed over as `begun`.
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
        let is_enough = enough(&attained);
        if goal >= most || done < goal || is_enough {
            let done_because = if is_enough { "every verdict is certain enough" } else { "most runs made" };
            info!(runs = done, ended = budget.ended(done_because), "replications");
            return attained;
        }
        goal = (2 * goal).min(most);
    }
}

/// So many runs, or as many as have so many contacts but a few in any case, are played between two looks at the clock, on however many cores.
const RUNS_AT_A_TIME: usize = 16;
const FEWEST_AT_A_TIME: usize = 4;
const CONTACTS_AT_A_TIME: f64 = 2e6;
/// More intervals of runs and queues than memory holds are not kept: fewer runs are made.
const MOST_TALLIES: usize = 20_000_000;

/// More contacts in one run than memory holds: such a desk is not simulated, every figure is not a number.
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
    /// How often the desk was played.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.runs.len()
    }

    /// Share answered within the queue's time over offered, of the contacts that arrived in these intervals.
    #[must_use]
    pub fn service_level(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::ServiceLevel, slots)
    }

    /// Mean wait of the answered in seconds (ASA); for deferred work the mean time to completion.
    #[must_use]
    pub fn asa(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::MeanWait, slots)
    }

    /// Share of the offered that gave up.
    #[must_use]
    pub fn abandonment(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::Abandonment, slots)
    }

    /// Mean number offered.
    #[must_use]
    pub fn offered(&self, slots: Range<usize>) -> Estimate {
        let pairs: Vec<(f64, f64)> =
            self.runs.iter().map(|run| (run[slots.clone()].iter().map(|tally| tally.offered).sum(), 1.0)).collect();
        ratio_of_sums(&pairs)
    }

    /// Share of desk time with a call or a chat in hand, of all who serve the queue: where people serve several queues, the contacts of all of
    /// them. Not a number where nobody is at the desk.
    #[must_use]
    pub fn occupancy(&self, slots: Range<usize>) -> Estimate {
        self.over(Figure::Occupancy, slots)
    }

    /// A figure over the intervals for which `counts` holds.
    #[must_use]
    pub fn figure(&self, figure: Figure, counts: impl Fn(usize) -> bool) -> Estimate {
        self.over(figure, self.slots().filter(|slot| counts(*slot)))
    }

    fn over(&self, figure: Figure, slots: impl Iterator<Item = usize> + Clone) -> Estimate {
        ratio_of_sums(&self.pairs(figure, slots))
    }

    fn slots(&self) -> Range<usize> {
        0..self.runs.first().map_or(0, Vec::len)
    }

    /// By how much a figure is above that of another desk played from the same seed, over the intervals for which `counts` holds. Both met
    /// the same contacts run by run, so most of what chance does to both is not in the difference (common random numbers).
    #[must_use]
    pub fn difference(&self, other: &Self, figure: Figure, counts: impl Fn(usize) -> bool) -> Estimate {
        let runs = self.runs().min(other.runs());
        let slots = self.slots().filter(|slot| counts(*slot));
        let (here, there) = (self.pairs(figure, slots.clone()), other.pairs(figure, slots));
        let (here, there) = (Deviations::of(&here[..runs]), Deviations::of(&there[..runs]));
        let squares = here.of_runs.iter().zip(&there.of_runs).map(|(here, there)| (here - there).powi(2)).sum::<f64>();
        Estimate { value: here.ratio - there.ratio, half_width: 1.96 * (squares / (runs as f64 * (runs as f64 - 1.0))).sqrt() }
    }

    /// What stands above and below the line of a figure, run by run.
    fn pairs(&self, figure: Figure, slots: impl Iterator<Item = usize> + Clone) -> Vec<(f64, f64)> {
        let (above, below) = figure.sums();
        let sum = |run: &[Tally], count: Count| slots.clone().map(|slot| count(&run[slot])).sum();
        self.runs.iter().map(|run| (sum(run, above), sum(run, below))).collect()
    }

    /// Whether a target is met over the intervals for which `counts` holds; a desk that was not played meets none.
    #[must_use]
    pub fn verdict_where(&self, target: &ServiceTarget, counts: impl Fn(usize) -> bool) -> Verdict {
        self.projected(self.runs()).verdict_where(target, counts)
    }

    /// The same of one interval.
    #[must_use]
    pub fn verdict(&self, target: &ServiceTarget, slot: usize) -> Verdict {
        self.projected(self.runs()).verdict(target, slot)
    }

    /// The verdicts that may be hoped for after so many runs in all: better ones have a chance of less than one in five.
    #[must_use]
    pub fn projected(&self, runs: usize) -> ProjectedVerdict<'_> {
        let done = (self.runs() as f64 / runs.max(1) as f64).min(1.0);
        ProjectedVerdict { attained: self, narrower: done.sqrt() - LUCK * (1.0 - done).sqrt() }
    }

    /// Mean number of late contacts of an interval, or seconds waited in it, as the target has it.
    #[must_use]
    pub fn burden(&self, target: &ServiceTarget, slot: usize) -> f64 {
        let of = |tally: &Tally| match target {
            ServiceTarget::MeanWait(_) => tally.waited,
            _ => tally.offered - tally.in_time,
        };
        self.runs.iter().map(|run| of(&run[slot])).sum::<f64>() / self.runs.len().max(1) as f64
    }

    /// Share of the replies given in time that a platform counts, the figure's number in its queue; ± of one horizon's mean.
    #[must_use]
    pub fn replies_in_time(&self, figure: usize) -> Estimate {
        ratio_of_sums(&self.reply_pairs(figure))
    }

    /// The probability that a platform's figure over a period falls below a share: a period is as many independent horizons as fit, which
    /// vary as the runs do. Not a number where no reply was awaited in any run.
    #[must_use]
    pub fn chance_to_miss(&self, figure: usize, share: f64, horizons: f64) -> f64 {
        chance_below(&self.reply_pairs(figure), share, horizons)
    }

    fn reply_pairs(&self, figure: usize) -> Vec<(f64, f64)> {
        self.replied.iter().map(|of_run| (of_run[figure].in_time, of_run[figure].awaited)).collect()
    }

    /// The service of the contacts that go first, by their own answer-within time, over all intervals as if they were one.
    #[must_use]
    pub fn of_vips(&self) -> Self {
        Self { runs: self.vips.clone(), replied: Vec::new(), vips: Vec::new(), left_over: Vec::new() }
    }

    /// The share of the runs that met all targets over their whole horizon.
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

/// By how much the means of further runs may turn out better, in half widths of a confidence interval: more has a chance of one in five.
const LUCK: f64 = 0.842 / 1.96;

/// What more runs may say if they are lucky: the mean a little better, the confidence interval narrower.
#[derive(Clone, Copy, Debug)]
pub struct ProjectedVerdict<'a> {
    attained: &'a Attained,
    /// The width of a confidence interval less the luck, against its width now.
    narrower: f64,
}

impl ProjectedVerdict<'_> {
    /// Whether a target would be met over the intervals for which `counts` holds.
    #[must_use]
    pub fn verdict_where(&self, target: &ServiceTarget, counts: impl Fn(usize) -> bool) -> Verdict {
        self.judged(target, |figure| self.attained.figure(figure, &counts))
    }

    /// The same of one interval.
    #[must_use]
    pub fn verdict(&self, target: &ServiceTarget, slot: usize) -> Verdict {
        self.judged(target, |figure| self.attained.over(figure, slot..=slot))
    }

    fn narrowed(&self, known: Estimate) -> Estimate {
        Estimate { half_width: known.half_width * self.narrower, ..known }
    }

    /// A target by the figures of some intervals.
    fn judged(&self, target: &ServiceTarget, known: impl Fn(Figure) -> Estimate) -> Verdict {
        let figure = |figure| self.narrowed(known(figure));
        match *target {
            _ if self.attained.runs.is_empty() => Verdict::Missed,
            ServiceTarget::MeanWait(wait) => {
                let asa = figure(Figure::MeanWait);
                // where contacts came and nobody was answered, their wait has no end
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
