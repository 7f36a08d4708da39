//! Where the rules of a roster come from: an article of the rule pack in force, what shops commonly agree, or the plan itself.
//!
//! Sentences of broken rules are the same everywhere; the article beside one is that of the pack which the plan names. A rule that the plan sets
//! otherwise is the plan's own, and a pack without an article for a rule cites none.

use crate::messages::{Lang, Part, say};
use crate::units::Hours;
use crate::workforce::Contract;
use std::collections::BTreeMap;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Bilingual {
    /// The text in a language.
    #[must_use]
    pub fn in_language(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// Where the value of a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An article of the pack's law.
    Article(Bilingual),
    /// The pack, which takes it from what shops commonly agree, not from any law.
    Custom,
    /// The plan, which says otherwise than the pack.
    Plan,
}

/// The rule pack in force and where each setting comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Law {
    /// The pack's name in plan files.
    pub pack: String,
    /// Whose law it is.
    pub title: Bilingual,
    /// Whether the plan names the pack itself.
    pub is_named: bool,
    /// The pack that the plan's currency or time zone suggests, where it names none.
    pub suggested: Option<String>,
    /// Where each setting comes from, by its key in plan files.
    pub sources: BTreeMap<String, Source>,
    /// The hours of a day that the pack allows a contract.
    pub most_hours_day: Option<Hours>,
}

/// The rules whose value is a setting, and the settings that may break them.
const SETTINGS_OF_RULES: [(&str, &[&str]); 17] = [
    ("rest", &["rest_hours"]),
    ("days_running", &["most_days_running"]),
    ("late_shifts", &["most_late_shifts_week"]),
    ("rest_days", &["rest_days_week"]),
    ("month_overtime", &["most_overtime_month"]),
    ("nights", &["most_nights_week"]),
    ("start_change", &["most_start_change_hours"]),
    ("successions", &["forbidden_successions"]),
    ("days_off_running", &["two_days_off_running"]),
    ("weekends", &["weekend_day_off_in_two_weeks"]),
    ("free_weekends", &["free_weekends_in_four"]),
    ("week_hours", &["most_hours_week"]),
    (DAY_HOURS, &["most_hours_day"]),
    ("protected_late", &["protected_late"]),
    ("protected_night", &["protected_night"]),
    ("protected_overtime", &["protected_overtime"]),
    ("pay_rate", &["overtime_rate", "rest_day_rate", "holiday_rate"]),
];
/// The rule on a contract's hours of a day.
const DAY_HOURS: &str = "day_hours";

impl Law {
    /// What a rule says, with the article it comes from. Whoever breaks it has a contract, where it is known whose day it is.
    #[must_use]
    pub fn sentence(&self, rule: &str, contract: Option<&Contract>, lang: Lang) -> String {
        let sentence = say(lang, Part::Rule, rule, &[]);
        // a contract that allows other hours than the law's is broken, and not the law
        if rule == DAY_HOURS && contract.map(|contract| contract.most_hours_day) != self.most_hours_day {
            return sentence;
        }
        match self.origin(rule, lang) {
            Some(origin) => say(lang, Part::Text, "rule_with_origin", &[&sentence, &origin]),
            None => sentence,
        }
    }

    /// Where a rule comes from, in words: articles before what is no law.
    fn origin(&self, rule: &str, lang: Lang) -> Option<String> {
        let settings = SETTINGS_OF_RULES.iter().find(|(of, _)| *of == rule)?.1;
        let sources: Vec<&Source> = settings.iter().filter_map(|setting| self.sources.get(*setting)).collect();
        let mut articles: Vec<&str> = Vec::new();
        for source in &sources {
            if let Source::Article(article) = source {
                let article = article.in_language(lang);
                articles.extend((!articles.contains(&article)).then_some(article));
            }
        }
        if !articles.is_empty() {
            return Some(articles.join(&say(lang, Part::Text, "list_separator", &[])));
        }
        let key = if sources.contains(&&Source::Plan) { "rule_of_plan" } else { "rule_of_shops" };
        (!sources.is_empty()).then(|| say(lang, Part::Text, key, &[]))
    }
}
