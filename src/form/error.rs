//! What can be wrong with a form, with the place in its file.

use std::ops::Range;

use super::caret::Source;
use super::outline::{Outline, Step};

/// One mistake in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormError {
    /// What is wrong.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    /// Where it stands in the file.
    pub spot: Spot,
}

/// A place in a form file: the way down to a value and, in a rule, the bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spot {
    /// Fields and list positions from the top.
    pub steps: Vec<Step<'static>>,
    /// Bytes within the text at the end of the way.
    pub within: Option<Range<usize>>,
}

/// All mistakes of one form file, ready to be shown. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("表式文件{name}有{}处错误：\n{}", blocks.len(), blocks.concat())]
pub struct FormErrors {
    /// The file, as the user named it.
    pub name: String,
    /// One block of lines for each mistake: file, line, column, the line itself with a caret, a hint.
    pub blocks: Vec<String>,
}

impl Spot {
    /// The place one step further down.
    #[must_use]
    pub fn field(&self, name: &'static str) -> Self {
        self.step(Step::Field(name.into()))
    }

    /// The place of one item of a list.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// The same place, narrowed to some bytes of its text.
    #[must_use]
    pub fn bytes(&self, within: Range<usize>) -> Self {
        Self { steps: self.steps.clone(), within: Some(within) }
    }

    fn step(&self, step: Step<'static>) -> Self {
        let mut steps = self.steps.clone();
        steps.push(step);
        Self { steps, within: None }
    }

    /// The bytes of the file that the place stands for. A place that the file does not spell out, such as a
    /// field left to its default, is shown at what would hold it.
    fn span(&self, outline: &Outline, text: &str) -> Range<usize> {
        let mut steps = self.steps.as_slice();
        let mut narrowed = self.within.clone();
        loop {
            if let Some(node) = outline.find(steps) {
                return match narrowed {
                    Some(within) => node.file_offset(text, within.start)..node.file_offset(text, within.end),
                    None => node.span.clone(),
                };
            }
            narrowed = None;
            match steps.split_last() {
                Some((_, rest)) => steps = rest,
                None => return 0..0,
            }
        }
    }
}

impl FormErrors {
    /// Renders mistakes against the text they were found in, in the order of the file.
    pub fn render(name: &str, text: &str, errors: &[FormError]) -> Self {
        let outline = Outline::scan(text);
        let source = Source { name: name.to_owned(), text };
        let mut placed: Vec<_> =
            errors.iter().map(|error| (error.spot.span(&outline, text), error)).collect();
        placed.sort_by_key(|(span, _)| span.start);
        let blocks = placed
            .into_iter()
            .map(|(span, error)| {
                source.render(span, &error.message, (!error.hint.is_empty()).then_some(error.hint.as_str()))
            })
            .collect();
        Self { name: name.to_owned(), blocks }
    }
}
