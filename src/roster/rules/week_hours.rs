//! Hours and pay of a week, Monday to Sunday.
//!
//! For the paid hours h of each shift: Σh ≤ most hours of the contract's week, h ≤ most hours of its day. Each hour is paid at its rate
//! (see `pay`). At the end of the week the contract's paid hours not worked are paid too, and paid leave.
//!
//! With an averaging period of a month or quarter, the regular hours cover that period, and hours not worked are paid only when they
//! can no longer be made up.
//!
//! State: paid minutes of the week so far in the low 16 bits, minutes that count towards the regular hours of the averaging period in
//! the high 16 (0 where a long period cannot bind).

use super::rule::{Day, Rule, pack, unpack};
use super::terms::Terms;
use crate::roster::count::averaging_period::{ends_period, is_long, worked_before};
use crate::roster::count::regular_hours::{ROUNDING, counted, weighted_hours};
use crate::roster::model::choice::Choice;
use crate::roster::model::problem::{Person, RosterProblem};
use crate::units::Hours;
use chrono::{Datelike, Weekday};

pub(in crate::roster) struct WeekHours;

impl Rule for WeekHours {
    fn enters(&self, state: u32, problem: &RosterProblem, person: &Person, terms: &Terms) -> u32 {
        match (is_long(&terms.contract), terms.balance_counts) {
            (false, _) => state,
            (true, false) => pack(unpack(state).0, 0),
            (true, true) => pack(unpack(state).0, worked_before(problem, person).minutes()),
        }
    }

    fn allows(&self, state: u32, terms: &Terms, day: &Day, choice: &Choice) -> bool {
        let contract = &terms.contract;
        let most = |regular: Hours, most: Hours| if terms.no_overtime { regular.min(most) } else { most };
        let most_day = most(day.rules.regular_hours_day, contract.most_hours_day);
        let most_week = most(contract.regular_hours_week, contract.most_hours_week);
        let of_week = Hours::from_minutes(unpack(state).0 + choice.paid.minutes());
        choice.paid <= most_day + ROUNDING && of_week <= most_week + ROUNDING
    }

    fn next(&self, state: u32, terms: &Terms, day: &Day, choice: Option<&Choice>) -> (u32, Hours) {
        let contract = &terms.contract;
        let (mut all, mut regular) = unpack(state);
        let mut weighted = Hours::ZERO;
        if let Some(choice) = choice {
            weighted += weighted_hours(choice, Hours::from_minutes(regular), contract, day.rules, day.prices, day.calendar);
            all += choice.paid.minutes();
            if terms.balance_counts {
                regular += counted(contract, day.rules, choice.paid).minutes();
            }
        }
        let ends = ends_period(contract, day.date);
        if (ends || day.is_last) && terms.balance_counts {
            weighted += terms.guarantee.idle_hours_on(contract, day.date, day.first, Hours::from_minutes(regular));
        }
        let all = if day.date.weekday() == Weekday::Sun { 0 } else { all };
        (pack(all, if ends { 0 } else { regular }), weighted)
    }
}
