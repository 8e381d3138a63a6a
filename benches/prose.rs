//! Time from a key to the bytes of the screen in a section of 1,000 and of 20,000 characters, at 120×40.
//!
//! Run with `cargo bench --bench prose`. What counts is the ratio of the long section to the short one: it is meant to
//! stay below 2 where the text has paragraphs, as a report has.

#![allow(clippy::unwrap_used)] // a benchmark that can not be set up has nothing to measure
#![allow(clippy::print_stdout)] // the percentiles are its result

mod support;

use std::time::Instant;

use divan::{Bencher, black_box};
use gouji::store::draft;
use gouji::tui::app::App;
use gouji::tui::event::Event;
use gouji::tui::key::Key;
use gouji::tui::painter::Painter;
use gouji::tui::workbench::Workbench;

use support::{example, painter, program};

/// How long the section is.
#[derive(Debug, Clone, Copy)]
enum Section {
    /// 1,000 characters in paragraphs of 250.
    Short,
    /// 20,000 characters in paragraphs of 250.
    Long,
    /// 20,000 characters without a line end, which no report has and a careless paste may bring.
    OneParagraph,
}

const SECTIONS: [Section; 3] = [Section::Short, Section::Long, Section::OneParagraph];

/// Keys for the percentiles, in each of the two sections.
const KEYS: usize = 2000;

fn main() {
    divan::main();
    percentiles();
}

/// Single keys in the short and in the long section in turn, so that both meet the same noise.
fn percentiles() {
    let mut stages = [on_prose(Section::Short), on_prose(Section::Long)];
    let keys: [Key; 2] = ["字", "backspace"].map(|key| key.parse().unwrap());
    let mut times = [Vec::with_capacity(KEYS), Vec::with_capacity(KEYS)];
    for key in keys.iter().cycle().take(KEYS) {
        for ((app, painter), times) in stages.iter_mut().zip(&mut times) {
            let begun = Instant::now();
            app.update(Event::Key(*key));
            black_box(painter.frame(app).len());
            times.push(begun.elapsed());
        }
    }
    for percent in [50, 95, 99] {
        let [short, long] = times.each_mut().map(|times| {
            times.sort_unstable();
            times[(times.len() - 1) * percent / 100]
        });
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        println!("character p{percent}: Short {short:?}, Long {long:?}, ratio {ratio:.2}");
    }
}

/// A character typed in the middle and deleted again.
#[divan::bench(args = SECTIONS)]
fn character(bencher: Bencher<'_, '_>, section: Section) {
    keys(bencher, section, &["字", "backspace"]);
}

/// The caret one row up and down.
#[divan::bench(args = SECTIONS)]
fn row(bencher: Bencher<'_, '_>, section: Section) {
    keys(bencher, section, &["up", "down"]);
}

/// The caret by words.
#[divan::bench(args = SECTIONS)]
fn word(bencher: Bencher<'_, '_>, section: Section) {
    keys(bencher, section, &["ctrl-left", "ctrl-right"]);
}

/// The next place of a search and the one before, all places marked.
#[divan::bench(args = SECTIONS)]
fn search(bencher: Bencher<'_, '_>, section: Section) {
    let (mut app, mut painter) = on_prose(section);
    press(&mut app, &["ctrl-f", "公", "开"]);
    bencher.bench_local(|| {
        press(&mut app, &["down", "up"]);
        painter.frame(&app).len()
    });
}

/// All of the text pasted at once.
#[divan::bench(args = SECTIONS)]
fn paste(bencher: Bencher<'_, '_>, section: Section) {
    let (mut app, mut painter) = on_prose(section);
    let text = text(section);
    bencher.bench_local(|| {
        press(&mut app, &["ctrl-a", "delete"]);
        app.update(Event::Paste(black_box(&text).clone()));
        painter.frame(&app).len()
    });
}

fn keys(bencher: Bencher<'_, '_>, section: Section, keys: &[&str]) {
    let (mut app, mut painter) = on_prose(section);
    let keys: Vec<Key> = keys.iter().map(|key| key.parse().unwrap()).collect();
    let mut next = keys.iter().cycle();
    bencher.bench_local(|| {
        app.update(Event::Key(*next.next().unwrap()));
        painter.frame(&app).len()
    });
}

fn press(app: &mut App, keys: &[&str]) {
    for key in keys {
        app.update(Event::Key(key.parse().unwrap()));
    }
}

fn text(section: Section) -> String {
    let sentence = "全年主动公开政府信息1,234条，其中规范性文件12件（含修订3件）；同比增长33.9%。";
    let characters = sentence.chars().cycle();
    let (length, paragraph) = match section {
        Section::Short => (1000, 250),
        Section::Long => (20_000, 250),
        Section::OneParagraph => (20_000, usize::MAX),
    };
    let mut text = String::new();
    for (index, character) in characters.take(length).enumerate() {
        if index > 0 && index.is_multiple_of(paragraph) {
            text.push('\n');
        }
        text.push(character);
    }
    text
}

/// The program with the caret in the middle of a section of this length.
fn on_prose(section: Section) -> (App, Painter) {
    let mut app = program();
    app.show_report(Workbench::new(example(), None, draft::Unknown::default()));
    press(&mut app, &["alt-1", "ctrl-a", "delete"]);
    app.update(Event::Paste(text(section)));
    for _ in 0..400 {
        if app.has_something_to_say() {
            press(&mut app, &["esc"]);
        }
        press(&mut app, &["up"]);
    }
    let down = if matches!(section, Section::Short) { 8 } else { 300 };
    for _ in 0..down {
        press(&mut app, &["down"]);
    }
    let painter = painter(&app);
    (app, painter)
}
