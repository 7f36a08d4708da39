//! Quantities with their unit in the type: validated on construction, plain numbers only inside formulas.

mod arithmetic;

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// Reason for which a number is no valid quantity.
///
/// ```
/// use peakshift::units::Share;
/// let refused = Share::new(1.2).unwrap_err();
/// assert_eq!(refused.to_string(), "1.2 is not a valid Share: it must be from 0 to 1");
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{value} is not a valid {quantity}: it must be {must_be}")]
pub struct UnitError {
    quantity: &'static str,
    value: f64,
    must_be: &'static str,
}

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $unit:literal, |$value:ident| $valid:expr, $must_be:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $name(f64);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0.0);

            /// Validates and wraps a number.
            ///
            /// # Errors
            #[doc = concat!("[`UnitError`] unless it is ", $must_be, ".")]
            pub fn new(value: f64) -> Result<Self, UnitError> {
                if Self::is_valid(value) {
                    Ok(Self(value))
                } else {
                    Err(UnitError { quantity: stringify!($name), value, must_be: $must_be })
                }
            }

            /// Quantity of a constant.
            ///
            /// # Panics
            #[doc = concat!("Unless it is ", $must_be, "; as a `const` it then does not compile.")]
            #[must_use]
            pub const fn constant(value: f64) -> Self {
                assert!(Self::is_valid(value), concat!(stringify!($name), " must be ", $must_be));
                Self(value)
            }

            const fn is_valid($value: f64) -> bool {
                $valid
            }

            /// The bare number, for a formula.
            #[must_use]
            pub const fn get(self) -> f64 {
                self.0
            }

            /// Smaller of the two.
            #[must_use]
            pub const fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }

            /// Larger of the two.
            #[must_use]
            pub const fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }

            /// Order of the two, for sorting.
            #[must_use]
            pub fn total_cmp(&self, other: &Self) -> Ordering {
                self.0.total_cmp(&other.0)
            }
        }

        impl TryFrom<f64> for $name {
            type Error = UnitError;
            fn try_from(value: f64) -> Result<Self, UnitError> {
                Self::new(value)
            }
        }

        impl From<$name> for f64 {
            fn from(quantity: $name) -> f64 {
                quantity.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)?;
                f.write_str($unit)
            }
        }
    };
}

quantity!(
    /// A duration in seconds.
    ///
    /// ```
    /// use peakshift::units::{Hours, Seconds};
    /// assert_eq!(Seconds::new(5400.0)?.hours(), Hours::new(1.5)?);
    /// assert!(Seconds::new(-1.0).is_err());
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Seconds, " s", |value| value.is_finite() && value >= 0.0, "finite and not negative"
);
quantity!(
    /// A duration in hours, for paid and working time.
    ///
    /// ```
    /// use peakshift::units::{Hours, Seconds};
    /// let meal = Hours::from_minutes(30);
    /// assert_eq!((meal.to_string(), meal.seconds()), ("0.5 h".to_owned(), Seconds::new(1800.0)?));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Hours, " h", |value| value.is_finite() && value >= 0.0, "finite and not negative"
);
quantity!(
    /// A number of contacts: calls, chats or tickets. A forecast mean need not be whole.
    ///
    /// ```
    /// use peakshift::units::{Contacts, Factor};
    /// let calls: Contacts = [20.0, 30.0].into_iter().map(Contacts::new).sum::<Result<_, _>>()?;
    /// assert_eq!(calls * Factor::new(1.5)?, Contacts::new(75.0)?);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Contacts, "", |value| value.is_finite() && value >= 0.0, "finite and not negative"
);
quantity!(
    /// Offered load: arrival rate × mean handling time (A. K. Erlang's unit).
    ///
    /// ```
    /// use peakshift::units::{Contacts, Seconds};
    /// let load = Contacts::new(100.0)?.load(Seconds::new(180.0)?, Seconds::new(1800.0)?); // 100 calls of 3 minutes in half an hour
    /// assert_eq!(load.to_string(), "10 erl");
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Erlangs, " erl", |value| value.is_finite() && value >= 0.0, "finite and not negative"
);
quantity!(
    /// Standard-speed agents at the desk. It need not be whole.
    ///
    /// ```
    /// use peakshift::units::Agents;
    /// assert_eq!(Agents::whole(13) + Agents::new(0.5)?, Agents::new(13.5)?);
    /// assert!(Agents::new(f64::NAN).is_err());
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Agents, "", |value| value.is_finite() && value >= 0.0, "finite and not negative"
);
quantity!(
    /// A share of a whole, from 0 to 1.
    ///
    /// ```
    /// use peakshift::units::{Contacts, Share};
    /// let by_bots = Share::new(0.25)?;
    /// assert_eq!(Contacts::new(200.0)? * by_bots.rest().factor(), Contacts::new(150.0)?); // people answer the rest
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Share, "", |value| 0.0 <= value && value <= 1.0, "from 0 to 1"
);
quantity!(
    /// A dimensionless factor: a volume multiplier, a speed, a pay rate.
    ///
    /// ```
    /// use peakshift::units::{Factor, Money};
    /// let night_rate = Factor::new(1.5)?;
    /// assert_eq!((Money::new(30.0)? * night_rate, Money::new(30.0)? * Factor::ONE), (Money::new(45.0)?, Money::new(30.0)?));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Factor, "×", |value| value.is_finite() && value >= 0.0, "finite and not negative"
);
quantity!(
    /// An amount of money in the plan's currency. It may be negative (a saving).
    ///
    /// ```
    /// use peakshift::units::Money;
    /// let saving = Money::new(900.0)? - Money::new(1000.0)?;
    /// assert_eq!(saving.get(), -100.0);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    Money, "", |value| value.is_finite(), "finite"
);
quantity!(
    /// Price of an hour in the plan's currency: base pay, or the penalty of an hour in which somebody is missing.
    ///
    /// ```
    /// use peakshift::units::{Factor, Hours, HourlyPrice, Money};
    /// let pay = HourlyPrice::new(30.0)?;
    /// assert_eq!((Hours::new(8.0)? * pay, pay * Factor::new(1.5)?), (Money::new(240.0)?, HourlyPrice::new(45.0)?));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    HourlyPrice, "/h", |value| value.is_finite() && value >= 0.0, "finite and not negative"
);

impl Factor {
    /// The neutral factor.
    pub const ONE: Self = Self(1.0);
}

impl Share {
    /// The whole.
    pub const ONE: Self = Self(1.0);

    /// Complement of the share.
    #[must_use]
    pub fn rest(self) -> Self {
        Self(1.0 - self.0)
    }

    /// The share as a factor.
    #[must_use]
    pub fn factor(self) -> Factor {
        Factor(self.0)
    }
}

impl Seconds {
    /// Seconds of whole minutes.
    #[must_use]
    pub fn from_minutes(minutes: u32) -> Self {
        Self(f64::from(minutes) * 60.0)
    }

    /// The duration in hours.
    #[must_use]
    pub fn hours(self) -> Hours {
        Hours(self.0 / 3600.0)
    }
}

impl Hours {
    /// Hours from whole minutes.
    #[must_use]
    pub fn from_minutes(minutes: u32) -> Self {
        Self(f64::from(minutes) / 60.0)
    }

    /// The duration in minutes, rounded to a whole number.
    ///
    /// ```
    /// use peakshift::units::Hours;
    /// assert_eq!(Hours::new(1.009)?.minutes(), 61); // 60.54 minutes
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn minutes(self) -> u32 {
        (self.0 * 60.0).round() as u32
    }

    /// The duration in seconds.
    #[must_use]
    pub fn seconds(self) -> Seconds {
        Seconds(self.0 * 3600.0)
    }
}

impl Contacts {
    /// Offered load of these contacts when they arrive evenly during `interval` and each takes `handling`.
    ///
    /// ```
    /// use peakshift::units::{Contacts, Seconds};
    /// let load = Contacts::new(60.0)?.load(Seconds::new(300.0)?, Seconds::new(1800.0)?);
    /// assert!((load.get() - 10.0).abs() < 1e-12);
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn load(self, handling: Seconds, interval: Seconds) -> Erlangs {
        if interval.0 > 0.0 { Erlangs(self.0 * handling.0 / interval.0) } else { Erlangs(0.0) }
    }
}

impl Agents {
    /// A whole number of agents.
    #[must_use]
    pub fn whole(agents: u32) -> Self {
        Self(f64::from(agents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_above_one_is_refused_with_its_value() {
        let refusal = Share::new(1.2).unwrap_err().to_string();
        assert_eq!(refusal, "1.2 is not a valid Share: it must be from 0 to 1");
    }

    #[test]
    fn not_a_number_is_no_quantity() {
        assert!(Seconds::new(f64::NAN).is_err());
        assert!(Money::new(f64::INFINITY).is_err());
        assert!(Contacts::new(-1.0).is_err());
    }

    #[test]
    fn hours_and_seconds_convert_both_ways() {
        let shift = Hours::from_minutes(450);
        assert_eq!(shift.seconds().hours(), shift);
        assert_eq!(shift.get(), 7.5);
    }
}
