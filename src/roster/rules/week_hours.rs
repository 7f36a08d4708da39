//! Hours and pay of a week, Monday to Sunday.
//!
//! For the paid hours h of each shift: Σh ≤ most hours of the contract's week, h ≤ most hours of its day. Each hour is paid at
//! its rate (see `pay`); at the week's end the contract's paid hours that were not worked are paid too.
//!
//! State: paid minutes of the week so far in the low 16 bits, the regular ones among them in the high 16.

use super::{Choice, Day, Rule, Terms, minutes, pack, unpack};
use crate::roster::pay::{guaranteed_hours, weighted_hours};
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(super) struct WeekHours;

fn hours(minutes: u32) -> f64 {
    f64::from(minutes) / 60.0
}

impl Rule for WeekHours {
    fn allows(&self, state: u32, terms: &Terms, day: &Day, choice: &Choice) -> bool {
        let contract = &terms.contract;
        let most = |regular: Hours, most: Hours| if terms.no_overtime && regular < most { regular } else { most };
        let most_day = most(day.rules.regular_hours_day, contract.most_hours_day);
        let most_week = most(contract.regular_hours_week, contract.most_hours_week);
        choice.paid_hours <= most_day.get() + 1e-9 && hours(unpack(state).0 + minutes(choice.paid_hours)) <= most_week.get() + 1e-9
    }

    fn next(&self, state: u32, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, f64) {
        let (mut all, mut regular) = unpack(state);
        let mut weighted = 0.0;
        if let Some(choice) = choice {
            weighted += weighted_hours(choice, hours(regular), &terms.contract, day.rules, day.prices, day.calendar);
            all += minutes(choice.paid_hours);
            regular += minutes(choice.paid_hours.min(day.rules.regular_hours_day.get()));
        }
        if day.settles {
            let worked = hours(regular).min(terms.contract.regular_hours_week.get());
            weighted += (guaranteed_hours(terms, day.date, day.first) - worked).max(0.0);
        }
        let after = if day.date.weekday() == Weekday::Sun { 0 } else { pack(all, regular) };
        (after, weighted)
    }
}
