//! Time of one full recompute, of one keystroke and of one frame at 120×40, on the bundled example.
//!
//! Run with `cargo bench`. Read the figures as ratios within one run: machines are noisy.

#![allow(clippy::unwrap_used)] // a benchmark that can not be set up has nothing to measure

mod support;

use divan::{Bencher, black_box};
use gouji::check::Evaluation;
use gouji::form::Catalogue;
use gouji::store::draft;
use gouji::tui::app::App;
use gouji::tui::event::Event;
use gouji::tui::key::Key;
use gouji::tui::painter::Painter;
use gouji::tui::workbench::Workbench;

use support::{example, painter, program};

fn main() {
    divan::main();
}

/// Totals and all rules of the report.
#[divan::bench]
fn recompute(bencher: Bencher<'_, '_>) {
    let session = example();
    let mut evaluation = Evaluation::default();
    bencher.bench_local(|| evaluation.refresh(black_box(session.form()), black_box(session.report())));
}

/// A digit from key to bytes: edit, recheck, layout, regions, damage, escapes.
#[divan::bench]
fn digit(bencher: Bencher<'_, '_>) {
    let (mut app, mut painter) = on_requests();
    let keys = ["8", "3", "esc"].map(|key| key.parse::<Key>().unwrap());
    let mut next = keys.iter().cycle();
    bencher.bench_local(|| {
        app.update(Event::Key(*next.next().unwrap()));
        painter.frame(&app).len()
    });
}

/// The whole screen, as after a change of its size.
#[divan::bench]
fn full_frame(bencher: Bencher<'_, '_>) {
    let (app, mut painter) = on_requests();
    bencher.bench_local(|| {
        painter.invalidate();
        painter.frame(&app).len()
    });
}

/// A frame in which nothing has changed.
#[divan::bench]
fn unchanged_frame(bencher: Bencher<'_, '_>) {
    let (app, mut painter) = on_requests();
    painter.frame(&app);
    bencher.bench_local(|| painter.frame(&app).len());
}

/// Reading a draft.
#[divan::bench]
fn read_draft(bencher: Bencher<'_, '_>) {
    let catalogue = Catalogue::default();
    let (name, text) = gouji::assets::SAMPLE;
    bencher.bench_local(|| draft::read(name, black_box(text), &catalogue).unwrap().1.len());
}

/// The program with section 三 shown.
fn on_requests() -> (App, Painter) {
    let mut app = program();
    app.show_report(Workbench::new(example(), None, draft::Unknown::default()));
    app.update(Event::Key("alt-3".parse().unwrap()));
    let painter = painter(&app);
    (app, painter)
}
