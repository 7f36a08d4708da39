//! Offers in order of preference, in words.

use crate::messages::{Lang, Part, say};
use crate::report::tables::offers::offer_key;
use crate::roster::Offer;
use std::fmt::Write;

/// Maximum number of people named on the terminal; the table has all.
const NAMED: usize = 5;

/// Offers in order of preference with effect and price, one line each.
pub(super) fn offers_text(offers: &[Offer], currency: &str, lang: Lang) -> String {
    let asked: Vec<&Offer> = offers.iter().filter(|offer| offer.turn.is_some()).collect();
    let mut text = String::new();
    for offer in asked.iter().take(NAMED) {
        let _ = writeln!(text, "    {}", offer_line(offer, currency, lang));
    }
    if asked.len() > NAMED {
        let _ = writeln!(text, "    {}", say(lang, Part::Text, "ask_more", &[&(asked.len() - NAMED).to_string()]));
    }
    text
}

/// One offer with effect and price.
pub(super) fn offer_line(offer: &Offer, currency: &str, lang: Lang) -> String {
    let what = say(lang, Part::Text, &format!("ask_{}", offer_key(offer.kind)), &[]);
    let (from, until) = (offer.from.format("%m-%d %H:%M").to_string(), offer.until.format("%H:%M").to_string());
    let figures = [format!("{:.1}", offer.relieved_hours), format!("{:.0}", offer.saved), format!("{:+.0}", offer.pay)];
    let fill = [offer.agent.as_str(), &what, &offer.shift, &from, &until, &figures[0], &figures[1], &figures[2], currency];
    say(lang, Part::Text, "ask_line", &fill)
}
