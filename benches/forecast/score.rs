//! Scores of forecasts: errors and prediction intervals, pooled over origins.

use peakshift::forecast::LEVELS;

/// One interval: the actual count, and a method's forecast.
#[derive(Clone, Copy)]
pub(crate) struct Point {
    pub(crate) count: f64,
    pub(crate) mean: f64,
    pub(crate) quantiles: Option<[f64; LEVELS.len()]>,
    pub(crate) on_event: bool,
}

/// Pooled figures in percent.
pub(crate) struct Score {
    pub(crate) wape: f64,
    pub(crate) event_wape: f64,
    pub(crate) weighted_quantile_loss: Option<f64>,
    pub(crate) cover: Option<[f64; 2]>,
}

pub(crate) fn score(points: &[Point]) -> Score {
    let total = |points: &mut dyn Iterator<Item = &Point>| points.map(|point| point.count).sum::<f64>();
    let off = |points: &mut dyn Iterator<Item = &Point>| points.map(|point| (point.count - point.mean).abs()).sum::<f64>();
    let on_event = || points.iter().filter(|point| point.on_event);
    let banded: Option<Vec<(f64, [f64; LEVELS.len()])>> = points.iter().map(|point| Some((point.count, point.quantiles?))).collect();
    let loss = |banded: &Vec<(f64, [f64; LEVELS.len()])>| {
        let pinball = |count: f64, quantile: f64, level: f64| ((count - quantile) * level).max((count - quantile) * (level - 1.0));
        let sum: f64 =
            banded.iter().map(|(count, said)| (0..LEVELS.len()).map(|at| pinball(*count, said[at], LEVELS[at])).sum::<f64>()).sum();
        100.0 * 2.0 * sum / LEVELS.len() as f64 / total(&mut points.iter())
    };
    let inside = |banded: &Vec<(f64, [f64; LEVELS.len()])>, low: usize, high: usize| {
        let hits = banded.iter().filter(|(count, said)| (said[low]..=said[high]).contains(count)).count();
        100.0 * hits as f64 / banded.len() as f64
    };
    Score {
        wape: 100.0 * off(&mut points.iter()) / total(&mut points.iter()),
        event_wape: 100.0 * off(&mut on_event()) / total(&mut on_event()),
        weighted_quantile_loss: banded.as_ref().map(loss),
        cover: banded.as_ref().map(|banded| [inside(banded, 1, 5), inside(banded, 0, 6)]),
    }
}
