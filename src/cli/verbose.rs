//! `--verbose`: what each stage took, and why each search and simulation ended, on standard error as it happens.

use super::printing::eprintln;
use std::fmt::{Debug, Write};
use std::time::Instant;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

/// From here on every stage of the library is told of.
pub(crate) fn listen() {
    // nobody else in the program listens
    let _ = tracing_subscriber::registry().with(Told).try_init();
}

/// Whether stages are told of: a progress line would lie across them.
pub(crate) fn is_on() -> bool {
    tracing::enabled!(Level::INFO)
}

/// Prints a line when a stage ends, with its seconds, and one for each event within it.
struct Told;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Told {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target().starts_with("peakshift")
    }

    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Instant::now());
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let depth = context.event_scope(event).map_or(0, Iterator::count);
        let mut line = Line::default();
        event.record(&mut line);
        eprintln!("{:>9}  {:indent$}{}{}", "", "", line.message, line.fields, indent = 2 * depth);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let seconds = span.extensions().get::<Instant>().map_or(0.0, |begun| begun.elapsed().as_secs_f64());
        let depth = span.scope().skip(1).count();
        eprintln!("{seconds:>7.2} s  {:indent$}{}", "", span.name(), indent = 2 * depth);
    }
}

/// What an event says: its sentence, then `name=value` for each of its figures.
#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Visit for Line {
    fn record_f64(&mut self, field: &Field, value: f64) {
        let _ = write!(self.fields, " {field}={value:.2}");
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.fields, " {field}=\"{value}\"");
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = if field.name() == "message" { write!(self.message, "{value:?}:") } else { write!(self.fields, " {field}={value:?}") };
    }
}
