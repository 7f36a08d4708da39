//! Section of `plan.toml` on costs: pay, and the prices of understaffing and refusals.

use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::input::settings::values::{ANY, SHARE};
use crate::roster::Prices;
use crate::units::{HourlyPrice, Money, Share};
use crate::workforce::Level;

/// Hourly base pay by level.
#[derive(Clone, Copy, Debug)]
pub(in crate::input) struct Pay {
    new: HourlyPrice,
    regular: HourlyPrice,
    senior: HourlyPrice,
}

impl Pay {
    pub(in crate::input) fn of(self, level: Level) -> HourlyPrice {
        match level {
            Level::New => self.new,
            Level::Regular => self.regular,
            Level::Senior => self.senior,
        }
    }
}

/// Base pay where the plan states none: money then counts hours of it.
const PAY: f64 = 1.0;
/// Kinds of absence that are unpaid by default, beside those of [`Prices::of_pay`].
const UNPAID_ZH: [&str; 2] = ["事假", "无薪假"];

/// Section on costs. The rates of overtime and rest days are the rules'.
pub(super) struct Costs {
    pub(super) pay: Pay,
    pub(super) prices: Prices,
}

pub(super) fn costs(section: &Section, problems: &mut Problems) -> Costs {
    let an_hour = |price: f64| HourlyPrice::new(price).expect("its range was checked when it was read");
    let regular = section.number("pay_per_hour", ANY, problems).unwrap_or(PAY);
    let senior = section.number("senior_pay_per_hour", ANY, problems).unwrap_or(regular);
    let new = section.number("new_pay_per_hour", ANY, problems).unwrap_or(regular);
    let usual = Prices::of_pay(an_hour(regular));
    let shortage = shortage(section, &usual, problems);
    let apart_hour = section.number("apart_per_hour", ANY, problems).map_or(usual.apart_hour, an_hour);
    let money = |amount: f64| Money::new(amount).expect("its range was checked when it was read");
    let mut price = |key, usual: Money| section.number(key, ANY, problems).map_or(usual, money);
    let prices = Prices {
        shortage,
        refused_day_off: price("refused_day_off", usual.refused_day_off),
        refused_shift: price("refused_shift", usual.refused_shift),
        apart_hour,
        changed_day: price("changed_day", usual.changed_day),
        other_shift: price("other_shift", usual.other_shift),
        unfair_shift: price("unfair_shift", usual.unfair_shift),
        unpaid_absences: unpaid_absences(section, usual.unpaid_absences, problems),
        ..usual
    };
    section.finish(problems);
    Costs { pay: Pay { new: an_hour(new), regular: an_hour(regular), senior: an_hour(senior) }, prices }
}

/// Understaffing penalty by depth of the shortage.
fn shortage(section: &Section, usual: &Prices, problems: &mut Problems) -> Vec<(Share, HourlyPrice)> {
    let before = problems.len();
    let (usual_steps, usual_prices): (Vec<f64>, Vec<f64>) = usual.shortage.iter().map(|(share, price)| (share.get(), price.get())).unzip();
    let prices = section.numbers("shortage_per_hour", ANY, problems).unwrap_or(usual_prices);
    let steps = section.numbers("shortage_steps", SHARE, problems).unwrap_or_else(|| usual_steps[..usual_steps.len() - 1].to_vec());
    if problems.len() == before && prices.len() != steps.len() + 1 {
        section.note(problems, "target_count", "shortage_per_hour", steps.len() + 1, prices.len());
    }
    if prices.windows(2).any(|pair| pair[1] < pair[0]) {
        section.note(problems, "out_of_range", "shortage_per_hour", format!("{prices:?}"), "rising prices");
    }
    let rest = (1.0 - steps.iter().sum::<f64>()).max(0.0);
    let shares = steps.into_iter().chain([rest]).map(|share| Share::new(share).expect("shares of the required agents are between 0 and 1"));
    shares.zip(prices.into_iter().map(|price| HourlyPrice::new(price).expect("its range was checked when it was read"))).collect()
}

fn unpaid_absences(section: &Section, usual: Vec<String>, problems: &mut Problems) -> Vec<String> {
    let is_stated = section.keys().contains(&"unpaid_absences");
    let stated: Vec<String> = section.texts("unpaid_absences", problems).into_iter().map(str::to_owned).collect();
    if is_stated { stated } else { usual.into_iter().chain(UNPAID_ZH.map(str::to_owned)).collect() }
}
