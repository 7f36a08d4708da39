//! Review of events, in words.

use crate::messages::{Lang, Part, say};
use crate::plan::Inputs;
use crate::review::{Lift, Missed, Why};
use crate::units::Money;
use std::fmt::Write;

/// Key results: effect of each phase against the expected one, and understaffing by cause.
#[must_use]
pub fn review_text(inputs: &Inputs, lifts: &[Lift], missed: &[Missed], lang: Lang) -> String {
    let mut text = String::new();
    let mut tell = |key: &str, fill: &[&str]| {
        let _ = writeln!(text, "{}", say(lang, Part::Text, key, fill));
    };
    for lift in lifts {
        let expected = lift.event.expected.volume.map_or_else(|| "–".to_owned(), |factor| format!("{:.2}", factor.get()));
        let learned = format!("{:.2}", if lift.alone { lift.multiplier() } else { lift.over_ordinary() });
        let (queue, came, ordinary) = (inputs.queue_name(&lift.queue), format!("{:.0}", lift.came), format!("{:.0}", lift.ordinary));
        let key = match (lift.alone, lift.whole) {
            (true, true) => "review_lift",
            (true, false) => "review_lift_of_part",
            (false, _) => "review_lift_together",
        };
        tell(key, &[&lift.event.name, queue, &learned, &expected, &came, &ordinary]);
    }
    let total = |wanted: &dyn Fn(&Missed) -> bool| {
        missed.iter().filter(|of| wanted(of)).fold((0.0, Money::ZERO), |(hours, price), of| (hours + of.hours, price + of.price))
    };
    let (hours, price) = total(&|_| true);
    tell("review_missed", &[&format!("{hours:.1}"), &format!("{price:.0}"), &inputs.currency]);
    for why in Why::ALL {
        let (hours, price) = total(&|of| of.why == why);
        let cause = say(lang, Part::Text, &format!("missed_{}", why.name()), &[]);
        tell("review_cause", &[&cause, &format!("{hours:+.1}"), &format!("{price:+.0}"), &inputs.currency]);
    }
    text
}
