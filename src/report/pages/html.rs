//! The report as one self-contained page: inline charts, no scripts, no external resources.

use crate::messages::{Lang, Part, say, texts};
use crate::plan::{Inputs, Planned};
use crate::report::charts::canvas::DrawError;
use crate::report::charts::plan::Chart;
use crate::report::figures::colours::shift_colours;
use crate::report::figures::summary::Summary;
use crate::report::tables::comparison::{comparison_queues, comparison_totals};
use crate::report::tables::roster::matrix::matrix;
use crate::report::tables::sheet::{Cell, Sheet};
use crate::report::texts::cost::solved_lines;
use crate::report::texts::summary::{attainment_text, target_text};
use crate::report::texts::warnings::{method_lines, shortage_lines, warning_lines};
use minijinja::{AutoEscape, Environment, context};

const PAGE: &str = include_str!("report.html.jinja");
const COMPARE: &str = include_str!("compare.html.jinja");

fn render(template: &str, values: minijinja::Value) -> String {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    // the templates are part of the program: an error in one shows in the page and in the tests
    environment.render_named_str("page.html", template, values).unwrap_or_else(|error| format!("<pre>{error}</pre>"))
}

/// Page of a plan.
///
/// # Errors
/// [`DrawError`] if a chart cannot be drawn.
pub fn html(inputs: &Inputs, planned: &Planned, summary: &Summary, lang: Lang) -> Result<String, DrawError> {
    let charts: Vec<String> = Chart::ALL.iter().map(|chart| chart.svg(inputs, planned, lang)).collect::<Result<_, _>>()?;
    let queues: Vec<_> = inputs
        .queues
        .iter()
        .zip(&summary.queues)
        .map(|(of, queue)| {
            context! {
                name => queue.service.name.clone(),
                target => target_text(&of.queue, lang),
                contacts => format!("{:.0}", queue.contacts),
                required => format!("{:.1}", queue.service.required_hours),
                short => format!("{:.1}", queue.service.short_hours),
                simulated => attainment_text(&of.queue, &queue.service.simulated, lang),
                covered => attainment_text(&of.queue, &queue.service.simulated_without_shortage, lang),
                met => queue.service.target_met,
            }
        })
        .collect();
    let (people, days) = (summary.people.to_string(), summary.days.to_string());
    Ok(render(
        PAGE,
        context! {
            lang => if lang == Lang::Zh { "zh-CN" } else { "en" },
            t => texts(lang),
            name => summary.name.clone(),
            subtitle => say(lang, Part::Text, "people_line", &[&summary.name, &people, &days, &summary.first_day]),
            costs => solved_lines(&planned.solved, planned.interrupted, &inputs.currency, lang),
            queues,
            charts,
            shifts => shift_colours(&planned.problem),
            shortages => shortage_lines(inputs, &planned.advice.shortages, lang),
            warnings => warning_lines(inputs, planned, lang),
            methods => method_lines(summary, lang),
            matrix => grid(&matrix(&planned.problem, &planned.solved.roster, lang), lang),
        },
    ))
}

/// Page of a comparison, with its charts as SVG.
pub(in crate::report) fn comparison_html(name: &str, [decision, tornado]: [&str; 2], sheet: &Sheet, lang: Lang) -> String {
    let values = context! {
        lang => if lang == Lang::Zh { "zh-CN" } else { "en" },
        t => texts(lang),
        name,
        decision,
        tornado,
        totals => grid(&comparison_totals(sheet), lang),
        queues => grid(&comparison_queues(sheet), lang),
    };
    render(COMPARE, values)
}

/// A sheet for use in a template.
fn grid(sheet: &Sheet, lang: Lang) -> minijinja::Value {
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| row.iter().map(Cell::show).collect()).collect();
    context! { columns => sheet.titles(lang), rows }
}
