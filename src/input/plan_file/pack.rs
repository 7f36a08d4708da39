//! Rule packs: data, one file a law. What a plan does not say is as its pack says, and what that does not say as in the pack without a law.

use crate::input::problem::collected::Problems;
use crate::input::settings::document::Document;
use crate::input::settings::section::Section;
use crate::input::settings::values::ANY;
use crate::law::{Bilingual, Law, Source};
use crate::time::ClockTime;
use crate::units::Hours;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// Rule packs by name. The first is the one of a plan that names none.
const PACKS: [(&str, &str); 5] = [
    ("none", include_str!("packs/none.toml")),
    ("cn", include_str!("packs/cn.toml")),
    ("uk", include_str!("packs/uk.toml")),
    ("eu", include_str!("packs/eu.toml")),
    ("us", include_str!("packs/us.toml")),
];
/// Hours of a day for which working days of a year are counted.
const HOURS_OF_DAY: f64 = 8.0;

/// The pack of a plan.
#[derive(Debug)]
pub(super) struct Pack {
    name: &'static str,
    is_named: bool,
    own: Document<'static>,
    /// The pack without a law.
    neutral: Document<'static>,
}

/// A pack's file, parsed.
fn parsed(name: &str) -> Document<'static> {
    let text = PACKS.iter().find(|(of, _)| *of == name).map_or("", |(_, text)| *text);
    Document::parse("rule pack", text, &mut Problems::default())
}

impl Pack {
    /// The pack that the section on rules names; one without a law where it names none, or one that is unknown.
    pub(super) fn of(section: &Section, problems: &mut Problems) -> Self {
        let named = section.text("pack", problems);
        let known = named.and_then(|named| PACKS.iter().map(|(name, _)| *name).find(|name| *name == named));
        if let (Some(named), None) = (named, known) {
            section.note(problems, "unknown_pack", "pack", named, PACKS.map(|(name, _)| name).join(", "));
        }
        let name = known.unwrap_or(PACKS[0].0);
        Self { name, is_named: section.has("pack"), own: parsed(name), neutral: parsed(PACKS[0].0) }
    }

    /// What it says of a key, by how such a key is read.
    fn read<T>(&self, read: impl Fn(&Section, &mut Problems) -> Option<T>) -> Option<T> {
        [&self.own, &self.neutral].into_iter().find_map(|document| read(&document.root(), &mut Problems::default()))
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.read(|root, problems| root.number(key, ANY, problems))
    }

    /// What money is in, unless the plan says.
    pub(super) fn currency(&self) -> String {
        self.read(|root, problems| root.text("currency", problems).map(str::to_owned)).unwrap_or_default()
    }

    /// Hours a day of a contract that does not say how many, at most.
    pub(super) fn most_hours_day(&self) -> f64 {
        self.number("most_hours_day").unwrap_or(24.0)
    }

    /// Regular hours a year of a contract of 40 hours a week.
    pub(super) fn regular_hours_year(&self) -> f64 {
        self.number("working_days_year").unwrap_or_default() * HOURS_OF_DAY
    }

    /// Where each setting comes from: `of_plan` are those that the plan sets otherwise.
    pub(super) fn law(&self, of_plan: &BTreeSet<&'static str>, (currency, zone): (Option<&str>, Option<&str>)) -> Law {
        let none = &mut Problems::default();
        let root = self.own.root();
        let articles = root.section("article", none);
        let mut law = Law { pack: self.name.to_owned(), title: bilingual(&root, "title"), is_named: self.is_named, ..Law::default() };
        law.sources.extend(articles.keys().into_iter().map(|key| (key.to_owned(), Source::Article(bilingual(&articles, key)))));
        law.sources.extend(root.texts("custom", none).into_iter().map(|key| (key.to_owned(), Source::Custom)));
        law.sources.extend(of_plan.iter().map(|key| ((*key).to_owned(), Source::Plan)));
        law.most_hours_day = root.number("most_hours_day", ANY, none).and_then(|hours| Hours::new(hours).ok());
        law.suggested = if self.is_named { None } else { suggested(currency, zone).map(str::to_owned) };
        law
    }
}

/// The pack of a currency or, where that says nothing, a time zone.
fn suggested(currency: Option<&str>, zone: Option<&str>) -> Option<&'static str> {
    let none = &mut Problems::default();
    let documents = PACKS[1..].iter().map(|(name, _)| (*name, parsed(name))).collect::<Vec<_>>();
    let of_zone = |root: &Section, none: &mut Problems| zone.is_some_and(|zone| root.texts("zones", none).contains(&zone));
    let by_zone = documents.iter().find(|(_, document)| of_zone(&document.root(), none)).map(|(name, _)| *name);
    let of_currency = |document: &Document| currency.is_some() && document.root().text("currency", &mut Problems::default()) == currency;
    by_zone.or_else(|| documents.iter().find(|(_, document)| of_currency(document)).map(|(name, _)| *name))
}

fn bilingual(section: &Section, key: &str) -> Bilingual {
    let none = &mut Problems::default();
    let of_key = section.section(key, none);
    let mut text = |lang| of_key.text(lang, none).unwrap_or_default().to_owned();
    Bilingual { en: text("en"), zh: text("zh") }
}

/// The settings of a plan beside those of its pack, and which of them the plan sets otherwise.
pub(super) struct Settings<'s, 'd> {
    plan: &'s Section<'d>,
    pack: &'s Pack,
    pub(super) of_plan: BTreeSet<&'static str>,
}

impl<'s, 'd> Settings<'s, 'd> {
    pub(super) fn of(plan: &'s Section<'d>, pack: &'s Pack) -> Self {
        Self { plan, pack, of_plan: BTreeSet::new() }
    }

    fn chosen<T: PartialEq>(&mut self, key: &'static str, of_plan: Option<T>, of_pack: Option<T>) -> Option<T> {
        if of_plan.is_some() && of_plan != of_pack {
            self.of_plan.insert(key);
        }
        of_plan.or(of_pack)
    }

    pub(super) fn number(&mut self, key: &'static str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<f64> {
        let of_plan = self.plan.number(key, range, problems);
        self.chosen(key, of_plan, self.pack.number(key))
    }

    pub(super) fn whole(&mut self, key: &'static str, range: RangeInclusive<f64>, problems: &mut Problems) -> Option<u32> {
        let of_plan = self.plan.whole(key, range, problems);
        let of_pack = self.pack.read(|root, problems| root.whole(key, ANY, problems));
        self.chosen(key, of_plan, of_pack).map(|number| number as u32)
    }

    pub(super) fn clock(&mut self, key: &'static str, problems: &mut Problems) -> Option<ClockTime> {
        let of_plan = self.plan.clock(key, problems);
        let of_pack = self.pack.read(|root, problems| root.clock(key, problems));
        self.chosen(key, of_plan, of_pack)
    }

    pub(super) fn yes(&mut self, key: &'static str, problems: &mut Problems) -> Option<bool> {
        let of_plan = self.plan.yes(key, problems);
        let of_pack = self.pack.read(|root, problems| root.yes(key, problems));
        self.chosen(key, of_plan, of_pack)
    }

    /// A list that no pack has.
    pub(super) fn texts(&mut self, key: &'static str, problems: &mut Problems) -> Vec<&'d str> {
        if self.plan.has(key) {
            self.of_plan.insert(key);
        }
        self.plan.texts(key, problems)
    }
}
