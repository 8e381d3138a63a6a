//! What it costs to read and write a report in each format, on the sample with the largest figures.
//!
//! Run with `cargo bench --bench exchange`. Read the figures as ratios within one run: machines are noisy. `draft` is
//! the program's own format, read and written, to hold the others against. `recognise` is the part of every import
//! that comes after reading.

#![allow(clippy::unwrap_used)] // a benchmark that can not be set up has nothing to measure

mod support;

use divan::{Bencher, black_box};
use gouji::exchange::compose::Purpose;
use gouji::exchange::export::export;
use gouji::exchange::import::import;
use gouji::exchange::{Format, Limits, recognise, sniff};
use gouji::form::Catalogue;
use gouji::store::draft::{self, Unknown};

use support::sample;

const SAMPLE: &str = "sample-data/hangzhou-type-2025.ron";
const WRITTEN: [Format; 6] =
    [Format::Docx, Format::Xlsx, Format::Html, Format::Markdown, Format::Csv, Format::Json];

fn main() {
    divan::main();
}

#[divan::bench(args = WRITTEN.map(Format::extension))]
fn writing(bencher: Bencher<'_, '_>, ending: &str) {
    let (session, format) = (sample(SAMPLE), format(ending));
    bencher.bench(|| export(black_box(&session), format, &Purpose::Final).unwrap());
}

#[divan::bench(args = WRITTEN.map(Format::extension))]
fn reading(bencher: Bencher<'_, '_>, ending: &str) {
    let format = format(ending);
    let bytes = export(&sample(SAMPLE), format, &Purpose::Final).unwrap();
    bencher.bench(|| sniff::read(black_box(&bytes), format, &Limits::default()).unwrap());
}

#[divan::bench(args = WRITTEN.map(Format::extension))]
fn importing(bencher: Bencher<'_, '_>, ending: &str) {
    let bytes = export(&sample(SAMPLE), format(ending), &Purpose::Final).unwrap();
    let (catalogue, name) = (Catalogue::default(), format!("a.{ending}"));
    bencher.bench(|| import(black_box(&bytes), Some(&name), &catalogue, None, &Limits::default()).unwrap());
}

#[divan::bench(args = WRITTEN.map(Format::extension))]
fn recognising(bencher: Bencher<'_, '_>, ending: &str) {
    let format = format(ending);
    let bytes = export(&sample(SAMPLE), format, &Purpose::Final).unwrap();
    let document = sniff::read(&bytes, format, &Limits::default()).unwrap();
    let catalogue = Catalogue::default();
    bencher.bench(|| recognise(black_box(&document), &catalogue, None).unwrap());
}

#[divan::bench]
fn draft_written(bencher: Bencher<'_, '_>) {
    let session = sample(SAMPLE);
    bencher.bench(|| draft::write(session.form(), black_box(session.report()), &Unknown::default()));
}

#[divan::bench]
fn draft_read(bencher: Bencher<'_, '_>) {
    let (text, catalogue) = (std::fs::read_to_string(SAMPLE).unwrap(), Catalogue::default());
    bencher.bench(|| draft::read(SAMPLE, black_box(&text), &catalogue).unwrap());
}

fn format(ending: &str) -> Format {
    WRITTEN.into_iter().find(|format| format.extension() == ending).unwrap()
}
