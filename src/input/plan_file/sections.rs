//! Reading `plan.toml`: plan, queues, contracts, rules and prices.

use super::activity::activities;
use super::capacity::terms;
use super::contract::contracts;
use super::costs::costs;
use super::files::files;
use super::heading::heading;
use super::imports::imports;
use super::pack::Pack;
use super::plan::PlanFile;
use super::presence::minimum_staffing;
use super::queue::queues;
use super::rules::rules;
use super::section_names::{PlanNames, names};
use super::shrinkage::shrinkage;
use super::site::sites;
use super::strays::{Strays, empty_plan};
use crate::input::problem::collected::Problems;
use crate::input::problem::single::Problem;
use crate::input::settings::document::{Document, KnownKeys};
use crate::roster::Prices;
use crate::time::Horizon;
use crate::workforce::Level;
use crate::zone::Zone;
use std::sync::OnceLock;

/// Reads a plan file. Missing and wrong settings are reported; `None` if no plan can be made of the rest.
pub(in crate::input) fn read(file: &str, text: &str, problems: &mut Problems) -> Option<PlanFile> {
    let document = Document::parse(file, text, problems);
    let mut found = Problems::default();
    if !document.is_whole {
        // follow-ups of a syntax error would be reported as missing
        return read_sections(&document, &Strays::default(), &mut found);
    }
    let strays = Strays::of(&document, known_keys());
    let plan = read_sections(&document, &strays, &mut found);
    strays.note(&document.root(), &found, problems);
    let is_cause = |problem: &&Problem| !strays.explain(problem) && !is_misspelt(problem, &found);
    found.iter().filter(is_cause).for_each(|problem| problems.push(problem.clone()));
    plan
}

/// Whether a key is missing only because it is misspelt, which has been reported.
fn is_misspelt(problem: &Problem, found: &Problems) -> bool {
    let Some((section, key)) = problem.column.rsplit_once('.').filter(|_| problem.code == "key_missing") else { return false };
    let stands_for = |other: &Problem| {
        other.code == "key_unknown" && other.expected == key && other.column.rsplit_once('.').is_some_and(|(of, _)| of == section)
    };
    found.iter().any(|other| stands_for(other) && other.line >= problem.line)
}

/// All keys of a plan file, by section.
fn known_keys() -> &'static KnownKeys {
    static KNOWN: OnceLock<KnownKeys> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let text = empty_plan();
        let document = Document::parse("plan.toml", &text, &mut Problems::default());
        read_sections(&document, &Strays::default(), &mut Problems::default());
        let mut asked = document.asked();
        SECTIONS.map(|section| (section.to_owned(), asked.remove(section).unwrap_or_default())).into()
    })
}

fn read_sections(document: &Document, strays: &Strays, problems: &mut Problems) -> Option<PlanFile> {
    let root = document.root();
    let heading = heading(&root, document.is_whole, problems);
    let files = files(&root.section("files", problems), problems);
    let imports = imports(&root.sections("import", problems), &files, problems);
    let sections = root.sections("queue", problems);
    let (queues, queue_sections) = queues(&root, &sections, problems);
    let (site_sections, contract_sections) = (root.sections("site", problems), root.sections("contract", problems));
    let names = PlanNames {
        queues: names(document, strays, ("queue", &sections)),
        contracts: names(document, strays, ("contract", &contract_sections)),
        sites: names(document, strays, ("site", &site_sections)),
    };
    let desk_or_not = heading.zone.as_ref().ok_or(heading.states_zone);
    let sites = sites(&site_sections, desk_or_not, problems);
    let rules_section = root.section("rules", problems);
    let pack = Pack::of(&rules_section, problems);
    let contracts = contracts(&contract_sections, &pack, problems);
    let costs = costs(&root.section("costs", problems), problems);
    let pay = costs.pay.of(Level::Regular);
    let activities = activities(&root.sections("activity", problems), &names.contracts, pay, problems);
    let minimum_staffing = minimum_staffing(&root.sections("presence", problems), &names, pay, problems);
    let of_rules = rules(&rules_section, &pack, problems);
    let law = pack.law(&of_rules.of_plan, (heading.currency.as_deref(), heading.zone.as_ref().map(Zone::name)));
    let shrinkage = shrinkage(&root.section("shrinkage", problems), problems);
    let terms = terms(&root.section("capacity", problems), costs.pay.of(Level::New), &queues, &names.queues, problems);
    root.finish(problems);
    let horizon = Horizon { first: heading.first?, days: heading.days? };
    Some(PlanFile {
        is_whole: document.is_whole,
        name: heading.name,
        horizon,
        history_until: heading.until.map_or(horizon.first, |until| until.min(horizon.first)),
        interval: heading.interval?,
        currency: heading.currency.unwrap_or_else(|| pack.currency()),
        seed: heading.seed,
        replications: heading.replications,
        zone: heading.zone,
        utc_offset: heading.utc_offset,
        states_clocks: heading.states_clocks,
        names,
        files,
        imports,
        queues,
        queue_sections,
        sites,
        contracts,
        activities,
        minimum_staffing,
        pay: costs.pay,
        prices: Prices { overtime: of_rules.overtime, rest_day: of_rules.rest_day, ..costs.prices },
        rules: of_rules.rules,
        law,
        holiday_rate: of_rules.holiday,
        holidays_published_month: of_rules.published_month,
        leave_freeze: of_rules.leave_freeze,
        shrinkage,
        terms,
    })
}

/// All sections of a plan file.
const SECTIONS: [&str; 12] =
    ["plan", "files", "import", "queue", "site", "contract", "activity", "presence", "costs", "rules", "shrinkage", "capacity"];

#[cfg(test)]
mod tests {
    use super::*;

    /// `queue.open`, `queue.close` in the documentation of file formats; later keys of a row are without their section.
    #[test]
    fn every_key_that_the_page_on_formats_names_is_known_to_its_section() {
        let page = include_str!("../../docs/file_formats.md");
        let rows = page.lines().skip_while(|line| !line.starts_with("## plan.toml")).take_while(|line| !line.starts_with("## Tables in"));
        let mut number = 0;
        for row in rows.filter(|row| row.starts_with("| `")) {
            let keys = row.split('|').nth(1).unwrap_or_default();
            let mut section = "";
            for key in keys.split('`').skip(1).step_by(2) {
                let (of, key) = key.split_once('.').unwrap_or((section, key));
                section = of;
                let key = key.split('.').next().unwrap_or_default();
                number += 1;
                let knows = known_keys()[of].contains(key);
                // the other keys of a nested key's row are nested too
                let is_nested = row.contains(".targets.");
                assert!(knows || is_nested || of == "shrinkage", "{of}.{key}");
            }
        }
        assert!(number > 100, "{number}");
    }
}
