//! Arithmetic of quantities: what the result's unit permits, and nothing else.

use super::{Agents, Contacts, Erlangs, Factor, HourlyPrice, Hours, Money, Seconds, Share};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// Sums of amounts, their products with numbers that are not negative, and the ratio of two.
macro_rules! additive {
    ($($name:ident),*) => {$(
        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self { Self(self.0 + other.0) }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) { self.0 += other.0; }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self { amounts.fold(Self::ZERO, Add::add) }
        }
        impl Mul<Factor> for $name {
            type Output = Self;
            fn mul(self, factor: Factor) -> Self { Self(self.0 * factor.0) }
        }
        impl Mul<Share> for $name {
            type Output = Self;
            fn mul(self, share: Share) -> Self { Self(self.0 * share.0) }
        }
        impl Mul<u32> for $name {
            type Output = Self;
            fn mul(self, times: u32) -> Self { Self(self.0 * f64::from(times)) }
        }
        impl Div<u32> for $name {
            type Output = Self;
            /// One of so many equal parts; at least one.
            fn div(self, parts: u32) -> Self {
                assert!(parts > 0, "an amount has one part at least");
                Self(self.0 / f64::from(parts))
            }
        }
        impl Div for $name {
            type Output = f64;
            /// Ratio of two amounts; not a number or infinite where the second is zero.
            fn div(self, other: Self) -> f64 { self.0 / other.0 }
        }
    )*};
}

additive!(Seconds, Hours, Contacts, Erlangs, Agents, Money);

/// Differences of amounts that cannot be negative.
macro_rules! beyond {
    ($($name:ident),*) => {$(
        impl $name {
            /// Part beyond a limit; zero where the limit is not exceeded.
            ///
            /// ```
            #[doc = concat!("use peakshift::units::", stringify!($name), ";")]
            #[doc = concat!("let (less, more) = (", stringify!($name), "::new(3.0)?, ", stringify!($name), "::new(5.0)?);")]
            #[doc = concat!("assert_eq!((more.beyond(less), less.beyond(more)), (", stringify!($name), "::new(2.0)?, ", stringify!($name), "::ZERO));")]
            /// # Ok::<(), peakshift::units::UnitError>(())
            /// ```
            #[must_use]
            pub fn beyond(self, limit: Self) -> Self {
                Self((self.0 - limit.0).max(0.0))
            }
        }
    )*};
}

beyond!(Hours, Agents);

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul for Factor {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Mul<Share> for Factor {
    type Output = Self;
    fn mul(self, share: Share) -> Self {
        Self(self.0 * share.0)
    }
}

impl Mul<Factor> for HourlyPrice {
    type Output = Self;
    fn mul(self, factor: Factor) -> Self {
        Self(self.0 * factor.0)
    }
}

impl Mul<HourlyPrice> for Hours {
    type Output = Money;
    fn mul(self, price: HourlyPrice) -> Money {
        Money(self.0 * price.0)
    }
}

impl Mul<Hours> for Agents {
    type Output = Hours;
    /// Agent-hours.
    fn mul(self, hours: Hours) -> Hours {
        Hours(self.0 * hours.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_week_of_forty_hours_has_eight_on_each_of_five_days() {
        let week = Hours::constant(40.0);
        assert_eq!((week / 5, week / 5 * 2, week / Hours::constant(8.0)), (Hours::constant(8.0), Hours::constant(16.0), 5.0));
    }

    #[test]
    fn two_agents_for_half_an_hour_at_thirty_an_hour_cost_thirty() {
        let agent_hours = Agents::whole(2) * Hours::from_minutes(30);
        assert_eq!(agent_hours * HourlyPrice::constant(30.0), Money::constant(30.0));
        assert_eq!(-Money::constant(30.0) * Share::constant(0.5), Money::constant(-15.0));
    }

    #[test]
    #[should_panic(expected = "an amount has one part at least")]
    fn an_amount_has_no_zeroth_part() {
        let _ = Hours::constant(40.0) / 0;
    }

    #[test]
    #[should_panic(expected = "Share must be from 0 to 1")]
    fn a_constant_is_validated() {
        let _ = Share::constant(1.2);
    }

    proptest! {
        #[test]
        fn what_lies_beyond_a_limit_and_what_does_not_make_up_the_whole(hours in 0.0_f64..1e4, limit in 0.0_f64..1e4) {
            let (hours, limit) = (Hours::new(hours).unwrap(), Hours::new(limit).unwrap());
            let whole = hours.min(limit) + hours.beyond(limit);
            prop_assert!((whole.get() - hours.get()).abs() < 1e-9);
            prop_assert!(Hours::new(hours.beyond(limit).get()).is_ok() && hours.beyond(hours.max(limit)) == Hours::ZERO);
        }

        #[test]
        fn whole_minutes_stay_as_they_are(minutes in 0_u32..1_000_000) {
            prop_assert_eq!(Hours::from_minutes(minutes).minutes(), minutes);
        }

        #[test]
        fn amounts_are_sorted_as_numbers(amounts in prop::collection::vec(-1e6_f64..1e6, 0..20)) {
            let mut money: Vec<Money> = amounts.iter().map(|amount| Money::new(*amount).unwrap()).collect();
            money.sort_by(Money::total_cmp);
            prop_assert!(money.windows(2).all(|pair| pair[0] <= pair[1] && pair[0].min(pair[1]) == pair[0] && pair[0].max(pair[1]) == pair[1]));
        }
    }
}
