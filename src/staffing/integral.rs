//! Sums and integrals for the waiting-time formulas.

use gauss_quad::GaussLegendre;
use std::num::NonZeroUsize;
use std::sync::OnceLock;

/// `Σ_{k<terms} x^k/k!`.
pub(super) fn truncated_exponential(x: f64, terms: u32) -> f64 {
    let mut term = 1.0;
    let mut sum = 0.0;
    for k in 0..terms {
        sum += term;
        term *= x / f64::from(k + 1);
    }
    sum
}

/// ∫₀ᵀ of a smooth positive function that changes by about e per 1/`rate` seconds, by panels of 20 Gauss–Legendre nodes.
pub(super) fn integrate(density: impl Fn(f64) -> f64, until: f64, rate: f64) -> f64 {
    static RULE: OnceLock<GaussLegendre> = OnceLock::new();
    const MOST_PANELS: f64 = 20_000.0;
    if until <= 0.0 {
        return 0.0;
    }
    let rule = RULE.get_or_init(|| GaussLegendre::new(NonZeroUsize::new(20).unwrap_or(NonZeroUsize::MIN)));
    let panels = (until * rate).ceil().clamp(1.0, MOST_PANELS);
    let width = until / panels;
    (0..panels as usize).map(|panel| rule.integrate(width * panel as f64, width * (panel + 1) as f64, &density)).sum()
}
