//! Overtime and voluntary-time-off offers.

use super::cells::stamp;
use super::sheet::{Cell, Sheet};
use crate::roster::{Offer, OfferKind};

/// A table of offers.
pub(in crate::report) fn offers_sheet<'a>(name: &'static str, offers: impl Iterator<Item = &'a Offer>) -> Sheet {
    let columns = ["turn", "agent_id", "ask", "shift", "from", "until", "hours", "pay", "relieved_hours", "saved"];
    let mut sheet = Sheet::new(name, &columns);
    sheet.rows = offers
        .map(|offer| {
            let mut row = vec![offer.turn.map_or(Cell::Empty, |turn| Cell::number(turn as f64, 0)), Cell::text(&offer.agent)];
            row.extend([Cell::text(offer_key(offer.kind)), Cell::text(&offer.shift), stamp(offer.from), stamp(offer.until)]);
            row.extend([offer.hours, offer.pay.get(), offer.relieved_hours, offer.saved.get()].map(|figure| Cell::number(figure, 2)));
            row
        })
        .collect();
    sheet
}

pub(in crate::report) fn offer_key(kind: OfferKind) -> &'static str {
    match kind {
        OfferKind::ExtraShift => "come_in",
        OfferKind::Overtime => "stay_on",
        OfferKind::VoluntaryTimeOff => "go_home",
    }
}
