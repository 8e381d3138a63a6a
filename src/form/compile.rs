//! A form as written to a form ready for use, with all its mistakes at once.

mod rules;
mod structure;
mod totals;
mod unroll;

use std::ops::Range;

use super::Form;
use super::caret::{self, Source};
use super::error::{FormError, FormErrors, Spot};
use super::ron_error::Explanation;
use super::source::FormSource;

/// Reads and compiles a form file.
///
/// # Errors
/// All mistakes; if the text is not RON at all, that one.
pub fn read(name: &str, text: &str) -> Result<Form, FormErrors> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let source: FormSource = options.from_str(text).map_err(|error| FormErrors {
        name: name.to_owned(),
        blocks: vec![Explanation::new(text, &error).render(&Source { name: name.to_owned(), text })],
    })?;
    compile(&source).map_err(|errors| FormErrors::render(name, text, &errors))
}

/// Compiles a form.
///
/// # Errors
/// All mistakes, in no particular order; at least one.
pub fn compile(source: &FormSource) -> Result<Form, Vec<FormError>> {
    let mut errors = Errors::default();
    let mut form = structure::build(source, &mut errors);
    rules::build(source, &mut form, &mut errors);
    if errors.0.is_empty() { Ok(form) } else { Err(errors.0) }
}

/// Mistakes found so far. One that shows in every instance of a `for each` is kept once.
#[derive(Default)]
struct Errors(Vec<FormError>);

impl Errors {
    fn push(&mut self, spot: Spot, message: impl Into<String>, hint: impl Into<String>) {
        let error = FormError { message: message.into(), hint: hint.into(), spot };
        if !self.0.contains(&error) {
            self.0.push(error);
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
        let hint = caret::closest(name, known).map_or(String::new(), |close| format!("是否为“{close}”？"));
        let spot = within.map_or_else(|| spot.clone(), |bytes| spot.bytes(bytes));
        self.push(spot, format!("没有名为“{name}”的{what}"), hint);
    }
}

#[cfg(test)]
mod tests;
