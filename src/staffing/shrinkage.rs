//! Paid time that is not desk time, by cause.

use crate::units::{Agents, Share};

/// One cause of paid time away from the desk.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// What people call it: sickness, training, in-shift loss.
    pub name: String,
    /// The share of paid time it takes.
    pub share: Share,
}

/// Causes that act one after the other: what is left after all is the product of what each leaves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shrinkage(pub Vec<Cause>);

impl Shrinkage {
    /// The share of paid time that is left at the desk.
    #[must_use]
    pub fn left(&self) -> Share {
        Share::new(self.0.iter().map(|cause| cause.share.rest().get()).product()).expect("a product of shares is a share")
    }

    /// How many must be paid so that `at_desk` are at the desk; infinite loss gives `None`.
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
