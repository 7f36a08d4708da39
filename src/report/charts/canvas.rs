//! Common basis of the charts: axes over the horizon, colours and a font with Chinese, rendered as SVG for browsers and as PNG.

use crate::messages::Lang;
use crate::report::figures::days::day_text;
use crate::time::Horizon;
use plotters::chart::MeshStyle;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use std::sync::OnceLock;

/// A chart that could not be drawn.
#[derive(Clone, Debug, thiserror::Error)]
#[error("a chart could not be drawn: {0}")]
pub struct DrawError(String);

impl DrawError {
    /// The reason alone.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0
    }
}

/// A drawable picture.
pub(in crate::report) trait Picture {
    /// Width and height in pixels.
    fn size(&self) -> (u32, u32);

    /// Draws on a white background.
    fn draw<B: DrawingBackend>(&self, root: &DrawingArea<B, Shift>) -> Result<(), DrawError>;

    fn svg(&self) -> Result<String, DrawError> {
        let mut text = String::new();
        draw_all(self, SVGBackend::with_string(&mut text, self.size()))?;
        Ok(text.replace(
            "font-family=\"sans-serif\"",
            "font-family=\"sans-serif, 'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Micro Hei'\"",
        ))
    }

    fn png(&self) -> Result<Vec<u8>, DrawError> {
        let (width, height) = self.size();
        let mut pixels = vec![0; (width * height * 3) as usize];
        draw_all(self, BitMapBackend::with_buffer(&mut pixels, (width, height)))?;
        encode(width, height, &pixels)
    }
}

fn draw_all<B: DrawingBackend>(picture: &(impl Picture + ?Sized), backend: B) -> Result<(), DrawError> {
    register_font();
    let root = backend.into_drawing_area();
    root.fill(&WHITE).map_err(failed)?;
    picture.draw(&root)?;
    root.present().map_err(failed)
}

pub(super) const WIDTH: u32 = 1200;

pub(super) const BLUE: RGBColor = RGBColor(38, 98, 168);

pub(super) const PALE_BLUE: RGBColor = RGBColor(176, 203, 232);

pub(super) const ORANGE: RGBColor = RGBColor(214, 96, 30);

pub(super) const GREY: RGBColor = RGBColor(120, 120, 120);

pub(super) fn failed(error: impl std::fmt::Display) -> DrawError {
    DrawError(error.to_string())
}

/// `WenQuanYi` Micro Hei (Apache-2.0), subset to GB 2312: Latin, digits and the common Chinese characters.
fn register_font() {
    static REGISTERED: OnceLock<()> = OnceLock::new();
    REGISTERED.get_or_init(|| {
        // an unreadable font is reported when the first text is drawn
        let _ = plotters::style::register_font("sans-serif", FontStyle::Normal, include_bytes!("fonts/WenQuanYiMicroHei-GB2312.ttf"));
    });
}

fn encode(width: u32, height: u32, pixels: &[u8]) -> Result<Vec<u8>, DrawError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

pub(super) type Panel<'a, B> = ChartContext<'a, B, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Axes and grid lines common to all charts; each chart sets its own labels.
pub(super) fn mesh<'a, 'b, B: DrawingBackend>(chart: &'b mut Panel<'a, B>) -> MeshStyle<'a, 'b, RangedCoordf64, RangedCoordf64, B> {
    let mut mesh = chart.configure_mesh();
    mesh.y_labels(5)
        .label_style(("sans-serif", 12))
        .light_line_style(TRANSPARENT)
        .bold_line_style(RGBColor(225, 225, 225))
        .axis_style(GREY);
    mesh
}

/// Axes of one queue over the horizon: days on the x axis, up to `most` on the y axis.
pub(super) fn panel<'a, B: DrawingBackend>(
    area: &'a DrawingArea<B, Shift>,
    horizon: Horizon,
    caption: &str,
    most: f64,
    lang: Lang,
) -> Result<Panel<'a, B>, DrawError> {
    let days = horizon.days as f64;
    let mut chart = ChartBuilder::on(area)
        .caption(caption, ("sans-serif", 14))
        .margin(6)
        .x_label_area_size(22)
        .y_label_area_size(48)
        .build_cartesian_2d(0.0..days, 0.0..most.max(1e-9))
        .map_err(failed)?;
    let label = |day: &f64| if (day.fract()).abs() < 1e-6 && *day < days { day_label(horizon, *day as usize, lang) } else { String::new() };
    mesh(&mut chart).x_labels(horizon.days + 1).x_label_formatter(&label).draw().map_err(failed)?;
    Ok(chart)
}

pub(super) fn day_label(horizon: Horizon, day: usize, lang: Lang) -> String {
    day_text(horizon.date(day), lang)
}

/// A step line, constant within each interval.
pub(super) fn steps(values: &[f64], per_day: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
    values.iter().enumerate().flat_map(move |(slot, &value)| [(slot as f64 / per_day, value), ((slot + 1) as f64 / per_day, value)])
}
