//! A form as written to a form ready for use, with all its mistakes at once.

mod balances;
mod claims;
mod rules;
mod sameness;
mod structure;
mod totals;
mod unroll;

use std::ops::Range;

use serde::de::IgnoredAny;

use super::Form;
use super::caret::{self, Source};
use super::error::{FormError, FormErrors, MAX_MISTAKES, Spot};
use super::outline::Outline;
use super::ron_error::Explanation;
use super::shape::{self, Lost};
use super::source::FormSource;

/// Reads and compiles a form file.
///
/// # Errors
/// All mistakes; if the text is not RON at all, that one.
pub fn read(name: &str, text: &str) -> Result<Form, FormErrors> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let known = match options.from_str::<FormSource>(text) {
        Ok(source) => {
            return compile(&source).map_err(|errors| {
                let outline = Outline::scan(text);
                FormErrors::render(name, text, errors.iter().map(|error| error.placed(&outline)).collect())
            });
        }
        Err(error) => error,
    };
    if let Err(error) = options.from_str::<IgnoredAny>(text) {
        // Who knows what should stand there says better what is wrong, but may have stopped earlier.
        let error = if known.span.end == error.span.end { known } else { error };
        return Err(explained(name, text, &error));
    }
    let outline = Outline::scan(text);
    let checked = shape::check(&outline);
    if checked.mistakes.is_empty() {
        return Err(explained(name, text, &known));
    }
    let mut mistakes = checked.mistakes;
    if mistakes.len() < MAX_MISTAKES
        && let Ok(source) = options.from_str::<FormSource>(&checked.readable)
        && let Err(errors) = compile_with(&source, &checked.lost)
    {
        let outline = outline.with_root(checked.root);
        let untouched = errors.iter().filter(|error| !checked.lost.touches(&error.spot));
        mistakes.extend(untouched.map(|error| error.placed(&outline)));
    }
    Err(FormErrors::render(name, text, mistakes))
}

/// Compiles a form.
///
/// # Errors
/// All mistakes, in no particular order; at least one.
pub fn compile(source: &FormSource) -> Result<Form, Vec<FormError>> {
    compile_with(source, &Lost::default())
}

/// Compiles what could be read of a form. Nothing is said of what refers to names that were lost.
fn compile_with(source: &FormSource, lost: &Lost) -> Result<Form, Vec<FormError>> {
    let mut errors = Errors::default();
    if !structure::fits(source, &mut errors) {
        return Err(errors.found);
    }
    let mut form = structure::build(source, lost, &mut errors);
    rules::build(source, &mut form, lost, &mut errors);
    claims::build(source, &mut form, lost, &mut errors);
    if errors.found.is_empty() { Ok(form) } else { Err(errors.found) }
}

fn explained(name: &str, text: &str, error: &ron::error::SpannedError) -> FormErrors {
    let block = Explanation::new(text, error).render(&Source { name: name.to_owned(), text });
    FormErrors { name: name.to_owned(), blocks: vec![block], more: false }
}

/// Mistakes found so far, at most [`MAX_MISTAKES`]. One that shows in every instance of a `for each` is kept once.
#[derive(Default)]
struct Errors {
    found: Vec<FormError>,
    /// How often something was wrong since the present rule began, whether or not it was new.
    tried: usize,
}

impl Errors {
    /// Says that another rule begins.
    fn start(&mut self) {
        self.tried = 0;
    }

    /// Whether so many instances of the present rule are wrong that the others need no look.
    fn is_hopeless(&self) -> bool {
        self.tried > MAX_MISTAKES
    }

    fn push(&mut self, spot: Spot, message: impl Into<String>, hint: impl Into<String>) {
        self.tried += 1;
        let error = FormError { message: message.into(), hint: hint.into(), spot };
        if self.found.len() < MAX_MISTAKES && !self.found.contains(&error) {
            self.found.push(error);
        }
    }

    /// Something that is not there under this name; suggests the closest one that is.
    fn unknown<'a>(
        &mut self,
        spot: &Spot,
        within: Option<Range<usize>>,
        what: &str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) {
        // Where so much is wrong, no more is listed, and looking for something close takes time.
        let close = if self.found.len() < MAX_MISTAKES { caret::closest(name, known) } else { None };
        let hint = close.map_or(String::new(), |close| format!("是否为“{close}”？"));
        let spot = within.map_or_else(|| spot.clone(), |bytes| spot.bytes(bytes));
        self.push(spot, format!("没有名为“{name}”的{what}"), hint);
    }
}

#[cfg(test)]
mod tests;
