//! Hours of the week never counted.

/// Intervals never counted, by weekday from Monday to Sunday; none by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Opened {
    pub(super) weekdays: [Vec<bool>; 7],
}

impl Opened {
    pub(super) fn has(&self, weekday: usize, slot: usize) -> bool {
        self.weekdays[weekday].get(slot).copied().unwrap_or(false)
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.weekdays.iter().flatten().any(|opened| *opened)
    }
}
