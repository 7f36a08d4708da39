//! Section of `plan.toml` on costs: pay, and the prices of understaffing and refusals.

use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::input::settings::values::{ANY, SHARE};
use crate::roster::Prices;
use crate::units::{Factor, Money, Share};
use crate::workforce::Level;

/// Hourly base pay by level.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Pay {
    new: Money,
    regular: Money,
    senior: Money,
}

impl Pay {
    pub(in crate::input) fn of(self, level: Level) -> Money {
        match level {
            Level::New => self.new,
            Level::Regular => self.regular,
            Level::Senior => self.senior,
        }
    }
}

/// Prices that the plan does not state, as minutes of base pay, whatever the currency. An hour missing at the desk costs two hours' pay at first, so
/// that overtime at one and a half times the pay fills it and a holiday's triple pay does not; five and twelve where more is missing.
const SHORTAGE: [f64; 3] = [120.0, 300.0, 720.0];
/// Shares of the requirement up to which the first prices hold.
const SHORTAGE_STEPS: [f64; 2] = [0.10, 0.15];
/// A day off that was asked for and not granted: dearer than one hour missing at the first price, cheaper than one at the second.
const REFUSED_DAY_OFF: f64 = 200.0;
/// A shift that was asked for and not granted, and a person-day that a repair changes.
const HOUR: f64 = 60.0;
/// An hour that somebody is not at work with whom she should be.
const APART_HOUR: f64 = 20.0;
/// One more burden for somebody who has had one more of its kind than others.
const UNFAIR_SHIFT: f64 = 10.0;
/// A shift that is not the one somebody likes best: what decides between equals and no more.
const OTHER_SHIFT: f64 = 2.0;
/// An activity that somebody misses, and an hour in which somebody is missing who should be at work: as the first missing hour at the desk.
pub(super) const MISSING: f64 = 120.0;
/// The base pay where the plan states none: money counts in hours of it.
const PAY: f64 = 1.0;

/// So many minutes' pay.
pub(super) fn pay_of(pay: f64, minutes: f64) -> f64 {
    pay * minutes / 60.0
}

/// The section on costs.
pub(super) struct Costs {
    pub(super) pay: Pay,
    shortage: Vec<(Share, Money)>,
    refused_day_off: Money,
    refused_shift: Money,
    apart_hour: Money,
    changed_day: Money,
    other_shift: Money,
    unfair_shift: Money,
    unpaid_absences: Vec<String>,
}

impl Costs {
    /// Prices of the roster objective, with the rates stated by the rules.
    pub(super) fn prices(self, overtime: Factor, rest_day: Factor) -> Prices {
        Prices {
            overtime,
            rest_day,
            shortage: self.shortage,
            refused_day_off: self.refused_day_off,
            refused_shift: self.refused_shift,
            apart_hour: self.apart_hour,
            changed_day: self.changed_day,
            other_shift: self.other_shift,
            unfair_shift: self.unfair_shift,
            unpaid_absences: self.unpaid_absences,
        }
    }
}

pub(super) fn costs(section: &Section, problems: &mut Problems) -> Costs {
    let money = |amount: f64| Money::new(amount).expect("its range was checked when it was read");
    let regular = section.number("pay_per_hour", ANY, problems).unwrap_or(PAY);
    let senior = section.number("senior_pay_per_hour", ANY, problems).unwrap_or(regular);
    let new = section.number("new_pay_per_hour", ANY, problems).unwrap_or(regular);
    let before = problems.len();
    let prices =
        section.numbers("shortage_per_hour", ANY, problems).unwrap_or_else(|| SHORTAGE.map(|minutes| pay_of(regular, minutes)).to_vec());
    let steps = section.numbers("shortage_steps", SHARE, problems).unwrap_or_else(|| SHORTAGE_STEPS.to_vec());
    if problems.len() == before && prices.len() != steps.len() + 1 {
        section.note(problems, "target_count", "shortage_per_hour", steps.len() + 1, prices.len());
    }
    if prices.windows(2).any(|pair| pair[1] < pair[0]) {
        section.note(problems, "out_of_range", "shortage_per_hour", format!("{prices:?}"), "rising prices");
    }
    let mut price = |key, minutes| money(section.number(key, ANY, problems).unwrap_or(pay_of(regular, minutes)));
    let (refused_day_off, refused_shift) = (price("refused_day_off", REFUSED_DAY_OFF), price("refused_shift", HOUR));
    let (apart_hour, changed_day) = (price("apart_per_hour", APART_HOUR), price("changed_day", HOUR));
    let (other_shift, unfair_shift) = (price("other_shift", OTHER_SHIFT), price("unfair_shift", UNFAIR_SHIFT));
    let states_unpaid = section.keys().contains(&"unpaid_absences");
    let unpaid: Vec<String> = section.texts("unpaid_absences", problems).into_iter().map(str::to_owned).collect();
    section.finish(problems);
    let rest = (1.0 - steps.iter().sum::<f64>()).max(0.0);
    let shares = steps.into_iter().chain([rest]).map(|share| Share::new(share).expect("shares of the required agents are between 0 and 1"));
    let pay = Pay { new: money(new), regular: money(regular), senior: money(senior) };
    let shortage = shares.zip(prices.into_iter().map(money)).collect();
    Costs {
        pay,
        shortage,
        refused_day_off,
        refused_shift,
        apart_hour,
        changed_day,
        other_shift,
        unfair_shift,
        unpaid_absences: if states_unpaid { unpaid } else { UNPAID.map(str::to_owned).to_vec() },
    }
}

/// Kinds of absence that are unpaid by default.
const UNPAID: [&str; 5] = ["unpaid", "unpaid leave", "unpaid_leave", "事假", "无薪假"];
