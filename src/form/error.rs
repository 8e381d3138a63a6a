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

/// One mistake with the bytes of the file that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Bytes of the file.
    pub(super) span: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do about it; may be empty.
    pub(super) hint: String,
}

/// All mistakes of one form file, ready to be shown. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("表式文件{name}有{}处错误：\n{}{}", blocks.len(), blocks.concat(), if *more { MORE } else { "" })]
pub struct FormErrors {
    /// The file, as the user named it.
    pub name: String,
    /// One block of lines for each mistake: file, line, column, the line itself with a caret, a hint.
    pub blocks: Vec<String>,
    /// Whether there were more mistakes than are listed; see [`MAX_MISTAKES`].
    pub more: bool,
}

/// The most mistakes that are gathered and listed. People mend a few at a time, and a file made to have
/// millions must not take hours.
pub const MAX_MISTAKES: usize = 500;

const MORE: &str = "错误过多，以上只列出一部分；请改正后再检查。\n";

impl FormError {
    /// The mistake with its bytes in the file.
    pub(super) fn placed(&self, outline: &Outline) -> Mistake {
        Mistake { span: self.spot.span(outline), message: self.message.clone(), hint: self.hint.clone() }
    }
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
    fn span(&self, outline: &Outline) -> Range<usize> {
        let text = outline.text();
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
    pub(super) fn render(name: &str, text: &str, mut mistakes: Vec<Mistake>) -> Self {
        let source = Source { name: name.to_owned(), text };
        mistakes.sort_by_key(|mistake| mistake.span.start);
        let more = mistakes.len() >= MAX_MISTAKES;
        mistakes.truncate(MAX_MISTAKES);
        let blocks = mistakes
            .into_iter()
            .map(|Mistake { span, message, hint }| {
                source.render(span, &message, (!hint.is_empty()).then_some(hint.as_str()))
            })
            .collect();
        Self { name: name.to_owned(), blocks, more }
    }
}
