//! A stopped search reports it, claims no more than it has proven, and leaves a valid plan: for months and for a week, by a clock and on
//! request. The clocks are simulated, so that the tests are the same on any machine.

use peakshift::budget::{Budget, Interruption, Unwatched, Watch};
use peakshift::capacity::{
    Broken, CapacityPlan, CapacityProblem, HoursCurve, Overtime, Pool, Recruit, Tangent, Temp, solve, without_hiring,
};
use peakshift::input::Folder;
use peakshift::messages::Lang;
use peakshift::outcome::Outcome;
use peakshift::plan::{Inputs, hiring, plan};
use peakshift::report::{Summary, capacity_text, explain, summary_text};
use peakshift::roster::check;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

fn inputs(name: &str) -> Inputs {
    Folder::named(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)).read().inputs.unwrap()
}

/// A clock with a fixed number of seconds left whenever it is queried, and none from a certain query on.
struct Clock {
    seconds: f64,
    questions: u64,
    asked: AtomicU64,
}

impl Clock {
    fn of(seconds: f64, questions: u64) -> Self {
        Self { seconds, questions, asked: AtomicU64::new(0) }
    }
}

impl Watch for Clock {
    fn time_left(&self) -> Option<Duration> {
        let is_left = self.asked.fetch_add(1, Ordering::Relaxed) < self.questions;
        Some(Duration::from_secs_f64(if is_left { self.seconds } else { 0.0 }))
    }
}

/// A stop flag that is never set.
static ON: AtomicBool = AtomicBool::new(false);

/// A user who asks to stop when the clock is queried for a given time.
struct Impatient<'a> {
    stop: &'a AtomicBool,
    clock: Clock,
}

impl Watch for Impatient<'_> {
    fn time_left(&self) -> Option<Duration> {
        if self.clock.time_left()?.is_zero() {
            self.stop.store(true, Ordering::Relaxed);
        }
        None
    }
}

/// A curve of three tangents below a number of hours, steeper the more are missing.
fn curve(random: &mut ChaCha8Rng) -> HoursCurve {
    let most = random.random_range(10.0..80.0);
    let (mut at, mut cost, mut price) = (most, 0.0, 0.0);
    let mut tangents = Vec::new();
    for _ in 0..3 {
        let less = at * random.random_range(0.1..0.6);
        cost += price * less;
        (at, price) = (at - less, price + random.random_range(1.0..6.0));
        tangents.push(Tangent { price, hours: at, short_hours: most - at, short_cost: cost });
    }
    HoursCurve(tangents)
}

/// Several queues over several weeks, people of one and of two skills, hires, temps and overtime.
fn problem(seed: u64) -> CapacityProblem {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (queues, weeks) = (random.random_range(1..4_usize), random.random_range(3..9_usize));
    let hours = |random: &mut ChaCha8Rng| -> Vec<f64> { (0..weeks).map(|_| random.random_range(0.0..30.0)).collect() };
    let mut pools: Vec<Pool> = (0..queues).map(|queue| Pool { queues: vec![queue], hours: hours(&mut random) }).collect();
    pools.push(Pool { queues: (0..queues).collect(), hours: hours(&mut random) });
    let recruit = |random: &mut ChaCha8Rng| Recruit {
        first_week: random.random_range(0..weeks),
        hours: (0..weeks).map(|week| if week == 0 { 2.0 } else { 9.5 }).collect(),
        pay: vec![random.random_range(4.0..20.0); weeks],
        once: random.random_range(0.0..40.0),
        most: random.random_range(0..6),
    };
    CapacityProblem {
        needs: (0..queues).map(|_| (0..weeks).map(|_| curve(&mut random)).collect()).collect(),
        recruits: (0..queues).map(|_| recruit(&mut random)).collect(),
        pools,
        temp: Temp { weeks: random.random_range(1..4), hours: 7.0, pay: random.random_range(5.0..25.0), most: random.random_range(0..4) },
        overtime: Overtime { share: random.random_range(0.0..0.3), pay: random.random_range(1.0..4.0) },
    }
}

#[test]
fn months_stopped_at_any_stage_have_no_bound_above_the_optimum_and_a_plan_that_holds() {
    let (mut with_plan, mut proven, mut unproven) = (0, 0, 0);
    for seed in 0..20 {
        let problem = problem(seed);
        let all = solve(&problem, &Budget::of_effort(1000));
        let (least, best) = (all.bound().unwrap(), all.found().unwrap().cost(&problem).unwrap());
        assert!(least <= best && best - least <= 0.0051 * best, "{least} {best}");
        for (seconds, questions) in [1e-9, 1e-3, 0.01].into_iter().flat_map(|seconds| [0, 1, 2, 3, 5].map(|questions| (seconds, questions)))
        {
            for asks in [false, true] {
                let (stop, clock) = (AtomicBool::new(asks && questions == 0), Clock::of(seconds, questions));
                let impatient = Impatient { stop: &stop, clock: Clock::of(seconds, questions) };
                let watch: &dyn Watch = if asks { &impatient } else { &clock };
                let outcome = solve(&problem, &Budget::watched(2, &stop, watch));
                // the optimum lies between the bound and the cost of the whole search
                assert!(outcome.bound().is_none_or(|bound| bound >= 0.0 && bound <= best * (1.0 + 1e-6)), "{outcome:?} above {best}");
                proven += usize::from(outcome.bound().is_some());
                unproven += usize::from(outcome.bound().is_none());
                assert!(!matches!(outcome, Outcome::Infeasible | Outcome::Failed(_)), "{outcome:?}");
                if let Some(plan) = outcome.found() {
                    with_plan += 1;
                    assert!(plan.cost(&problem).unwrap() >= least * (1.0 - 1e-6), "cheaper than any plan can be");
                }
            }
        }
    }
    assert!(with_plan > 100 && proven > 100 && unproven >= 40, "{with_plan} {proven} {unproven}: every stage is met");
}

#[test]
fn a_plan_of_months_that_breaks_a_condition_is_not_counted() {
    let problem = problem(3);
    let good = without_hiring(&problem).found().unwrap();
    assert!(good.cost(&problem).is_ok());
    let broken = |change: &dyn Fn(&mut CapacityPlan)| {
        let mut plan = good.clone();
        change(&mut plan);
        plan.cost(&problem)
    };
    let (last, most) = (problem.needs[0].len() - 1, problem.recruits[0].most);
    assert_eq!(
        broken(&|plan| plan.newcomers.hires[0][last] = most + 1),
        Err(Broken::Hires { queue: 0, week: last, people: most + 1 }),
        "more than may start"
    );
    let temps = problem.temp.most + 1;
    assert_eq!(broken(&|plan| plan.newcomers.temps[0][0] = temps), Err(Broken::Temps { queue: 0, week: 0, people: temps }));
    assert_eq!(broken(&|plan| plan.by_pool[0][0][last] += 40.0), Err(Broken::Pool { pool: 0, week: last }));
    assert_eq!(broken(&|plan| plan.overtime[0][last] += 40.0), Err(Broken::Overtime { queue: 0, week: last }));
}

#[test]
fn numbers_beyond_reckoning_fail_and_are_no_plan() {
    for (price, once) in [(1e300, 1.0), (f64::INFINITY, 1.0), (2.0, f64::NAN), (2.0, f64::INFINITY)] {
        let mut problem = problem(1);
        problem.recruits[0].once = once;
        problem.needs[0][0].0[0].price = price;
        let outcome = solve(&problem, &Budget::of_effort(1));
        assert!(outcome.bound().is_none_or(f64::is_finite), "{price} {once}: {outcome:?}");
        assert!(outcome.found().is_none_or(|plan| plan.cost(&problem).is_ok_and(f64::is_finite)), "{price} {once}");
    }
}

/// Cost of three months of the smallest example: within 0.06 % of the optimum.
const TINY: f64 = 66_461.0;

#[test]
fn thirty_clocks_of_three_months_never_panic_nor_prove_too_much() {
    let inputs = inputs("tiny");
    let whole = hiring(&inputs, 3, &Budget::of_effort(100)).unwrap();
    assert!(whole.cost <= TINY + 0.5 && whole.bound.unwrap() >= TINY * 0.99 && whole.interrupted.is_none());
    let mut interrupted = 0;
    for number in 0..30 {
        let clock = Clock::of(0.01 * 100_f64.powf(f64::from(number) / 29.0), [1, 2, 4, 10, 1000][number as usize % 5]);
        let months = hiring(&inputs, 3, &Budget::watched(100, &ON, &clock)).unwrap();
        assert!(months.bound.is_none_or(|bound| bound > 0.0 && bound <= TINY), "{:?}", months.bound);
        assert!(months.cost >= TINY / 1.0006 && months.cost <= months.cost_without + 1e-6);
        let told: f64 = months.weeks.iter().map(|week| week.staff_cost + week.short_cost).sum();
        assert!((told - months.cost).abs() < 0.01, "what is told week by week costs what is said: {told} {}", months.cost);
        let text = capacity_text(&inputs, &months, Lang::En);
        assert_eq!(text.contains("no proven bound"), months.bound.is_none(), "{text}");
        assert_eq!(text.contains("interrupted"), months.interrupted.is_some(), "{text}");
        interrupted += usize::from(months.interrupted.is_some());
    }
    assert!((1..30).contains(&interrupted), "{interrupted}");
}

#[test]
fn months_that_nobody_waits_for_are_those_in_which_nobody_is_hired_and_it_is_said() {
    let inputs = inputs("tiny");
    let stop = AtomicBool::new(true);
    let months = hiring(&inputs, 3, &Budget::watched(100, &stop, &Unwatched)).unwrap();
    assert_eq!((months.bound, months.gap(), months.interrupted), (None, None, Some(Interruption::Asked)));
    assert!(months.weeks.iter().all(|week| week.hires == 0 && week.temps == 0) && months.cost == months.cost_without);
    for (lang, words) in
        [(Lang::En, ["interrupted", "no proven bound", "not proven that"]), (Lang::Zh, ["已中断", "无已证明下界", "未能证明"])]
    {
        let text = capacity_text(&inputs, &months, lang);
        assert!(words.iter().all(|word| text.contains(word)) && !text.contains("0.00 %"), "{text}");
    }
}

#[test]
fn months_without_any_time_have_a_bound_all_the_same_and_a_plan_near_it() {
    let inputs = inputs("tiny");
    let months = hiring(&inputs, 3, &Budget::watched(100, &ON, &Clock::of(0.0, 0))).unwrap();
    assert_eq!(months.interrupted, Some(Interruption::TimeLimit));
    assert!(months.bound.is_some_and(|bound| bound <= TINY) && months.gap().is_some_and(|gap| gap <= 0.1), "{:?}", months.gap());
}

#[test]
fn a_week_cut_short_says_so_everywhere_and_has_a_gap_worth_its_name_or_none() {
    let inputs = inputs("qinghe");
    let stop = AtomicBool::new(true);
    let clock = Clock::of(0.0, 0);
    let cases = [
        (Budget::watched(20, &ON, &clock), Interruption::TimeLimit, "time_limit"),
        (Budget::watched(20, &stop, &Unwatched), Interruption::Asked, "request"),
    ];
    for (budget, why, name) in cases {
        let planned = plan(&inputs, &budget).unwrap();
        assert_eq!(check(&planned.problem, &planned.solved.roster), []);
        assert_eq!(planned.interrupted, Some(why));
        // the whole search proves 67,923
        assert!(planned.solved.bound.is_none_or(|bound| (66_000.0..68_200.0).contains(&bound.get())), "{:?}", planned.solved.bound);
        assert_eq!(planned.solved.bound.is_some(), why == Interruption::TimeLimit, "on request there is no time for a bound");
        let summary = Summary::of(&inputs, &planned);
        let json = serde_json::to_value(&summary).unwrap();
        assert_eq!((&json["interrupted"], &json["interrupted_by"]), (&true.into(), &name.into()));
        assert_eq!(json["gap"].is_null(), json["bound"].is_null(), "no gap without a bound");
        let page = peakshift::report::html(&inputs, &planned, &summary, Lang::En).unwrap();
        for text in [summary_text(&inputs, &planned, &summary, Lang::En), explain(&inputs, &planned, &summary, Lang::En), page] {
            assert!(text.contains("interrupted:"), "{text}");
            assert_eq!(text.contains("no proven bound"), planned.solved.bound.is_none());
        }
    }
}

#[test]
fn a_week_that_came_to_its_end_is_not_called_interrupted() {
    let inputs = inputs("tiny");
    let clock = Clock::of(3600.0, u64::MAX);
    let planned = plan(&inputs, &Budget::watched(2, &ON, &clock)).unwrap();
    assert_eq!(planned.interrupted, None);
    assert!(!explain(&inputs, &planned, &Summary::of(&inputs, &planned), Lang::En).contains("interrupted"));
}
