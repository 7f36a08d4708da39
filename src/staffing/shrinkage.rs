//! Shrinkage: paid time that is not desk time, by cause.

use crate::units::{Agents, Share};

/// A cause of paid time away from the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Name: sickness, training, in-shift loss.
    pub name: String,
    /// Share of paid time it takes.
    pub share: Share,
}

/// Causes of shrinkage that compound: the time left is the product of what each leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shrinkage(pub Vec<Cause>);

impl Shrinkage {
    /// Share of paid time left on the desk.
    ///
    /// ```
    /// use peakshift::{staffing::{Cause, Shrinkage}, units::Share};
    /// let cause = |name: &str, share| Share::new(share).map(|share| Cause { name: name.into(), share });
    /// let left = Shrinkage(vec![cause("sickness", 0.05)?, cause("breaks", 0.1)?]).left();
    /// assert!((left.get() - 0.95 * 0.9).abs() < 1e-12); // not 1 − 0.15
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn left(&self) -> Share {
        Share::new(self.0.iter().map(|cause| cause.share.rest().get()).product()).expect("a product of shares is a share")
    }

    /// Paid agents needed for `at_desk` agents on the desk; `None` if shrinkage leaves no time.
    ///
    /// ```
    /// use peakshift::{staffing::{Cause, Shrinkage}, units::{Agents, Share}};
    /// let loss = Shrinkage(vec![Cause { name: "leave".into(), share: Share::new(0.3)? }]);
    /// assert_eq!(loss.paid_for(Agents::whole(21)).map(|paid| paid.get().round()), Some(30.0));
    /// # Ok::<(), peakshift::units::UnitError>(())
    /// ```
    #[must_use]
    pub fn paid_for(&self, at_desk: Agents) -> Option<Agents> {
        Agents::new(at_desk.get() / self.left().get()).ok()
    }
}
