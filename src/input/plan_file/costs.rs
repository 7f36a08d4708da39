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

/// A mere tie-breaker: the price of a shift other than the preferred one.
const OTHER_SHIFT: f64 = 1.0;
/// Default price of an hour that somebody works apart from those they should work with.
const APART_HOUR: f64 = 10.0;
/// Default price of a further burden for somebody with one more of its kind than others.
const UNFAIR_SHIFT: f64 = 5.0;

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
    let regular = section.number("pay_per_hour", ANY, problems).unwrap_or(30.0);
    let senior = section.number("senior_pay_per_hour", ANY, problems).unwrap_or(regular);
    let new = section.number("new_pay_per_hour", ANY, problems).unwrap_or(regular);
    let before = problems.len();
    let prices = section.numbers("shortage_per_hour", ANY, problems).unwrap_or_else(|| vec![60.0, 150.0, 360.0]);
    let steps = section.numbers("shortage_steps", SHARE, problems).unwrap_or_else(|| vec![0.10, 0.15]);
    if problems.len() == before && prices.len() != steps.len() + 1 {
        section.note(problems, "target_count", "shortage_per_hour", steps.len() + 1, prices.len());
    }
    if prices.windows(2).any(|pair| pair[1] < pair[0]) {
        section.note(problems, "out_of_range", "shortage_per_hour", format!("{prices:?}"), "rising prices");
    }
    let refused = section.number("refused_day_off", ANY, problems).unwrap_or(100.0);
    let refused_shift = section.number("refused_shift", ANY, problems).unwrap_or(regular);
    let apart = section.number("apart_per_hour", ANY, problems).unwrap_or(APART_HOUR);
    let changed = section.number("changed_day", ANY, problems).unwrap_or(regular);
    let other = section.number("other_shift", ANY, problems).unwrap_or(OTHER_SHIFT);
    let unfair = section.number("unfair_shift", ANY, problems).unwrap_or(UNFAIR_SHIFT);
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
        refused_day_off: money(refused),
        refused_shift: money(refused_shift),
        apart_hour: money(apart),
        changed_day: money(changed),
        other_shift: money(other),
        unfair_shift: money(unfair),
        unpaid_absences: if states_unpaid { unpaid } else { UNPAID.map(str::to_owned).to_vec() },
    }
}

/// Kinds of absence that are unpaid by default.
const UNPAID: [&str; 5] = ["unpaid", "unpaid leave", "unpaid_leave", "事假", "无薪假"];
