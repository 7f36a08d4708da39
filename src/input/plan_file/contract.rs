//! Sections of `plan.toml` on contracts.

use super::pack::Pack;
use crate::input::problem::collected::Problems;
use crate::input::settings::section::Section;
use crate::units::Hours;
use crate::workforce::{AveragingPeriod, Contract};

pub(super) fn contracts(sections: &[Section], pack: &Pack, problems: &mut Problems) -> Vec<Contract> {
    let mut contracts: Vec<Contract> = Vec::new();
    for section in sections {
        let before = problems.len();
        section.require("id", problems);
        let id = section.identifier("id", problems).map(str::to_owned);
        let (balance, standard) = balance(section, pack, problems);
        let least_on_shift = section.whole("least_on_shift", 1.0..=1e4, problems).unwrap_or(1) as u32;
        let mut hours = |key, standard: f64, most: f64| {
            let hours = section.number(key, 0.0..=most, problems).unwrap_or(standard);
            Hours::new(hours).expect("its range was checked when it was read")
        };
        let regular = hours("regular_hours_week", 40.0, 168.0);
        let contract = Contract {
            paid_hours_week: hours("paid_hours_week", regular.get(), 168.0),
            most_hours_week: hours("most_hours_week", regular.get(), 168.0),
            most_hours_day: hours("most_hours_day", pack.most_hours_day(), 24.0),
            regular_hours_balance: hours("regular_hours_balance", standard * regular.get() / 40.0, 2300.0),
            balance,
            least_on_shift,
            regular_hours_week: regular,
            part_time: section.yes("part_time", problems).unwrap_or(false),
            id: id.clone().unwrap_or_default(),
        };
        let is_sound = problems.len() == before;
        if is_sound && contract.paid_hours_week > contract.most_hours_week {
            let (paid, most) = (contract.paid_hours_week, contract.most_hours_week);
            section.note(problems, "contract_impossible", "paid_hours_week", paid, most);
        }
        section.finish(problems);
        if id.is_none() {
            continue;
        }
        if contracts.iter().any(|known| known.id == contract.id) {
            section.note(problems, "twice", "id", &contract.id, section.line);
        } else {
            contracts.push(contract);
        }
    }
    contracts
}

/// Over what hours balance, and the hours of it that a contract of 40 hours a week has by the pack's count of working days.
fn balance(section: &Section, pack: &Pack, problems: &mut Problems) -> (AveragingPeriod, f64) {
    match section.text("balance", problems).unwrap_or("week") {
        "week" => (AveragingPeriod::Week, 40.0),
        "month" => (AveragingPeriod::Month, pack.regular_hours_year() / 12.0),
        "quarter" => (AveragingPeriod::Quarter, pack.regular_hours_year() / 4.0),
        word => {
            section.note(problems, "unknown_word", "balance", word, "week, month, quarter");
            (AveragingPeriod::Week, 40.0)
        }
    }
}
