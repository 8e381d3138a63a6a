//! Reasons why something that looks wrong is right (审核说明).

/// What a reason answers: one sentence about one place. A figure that changes changes the sentence, and the reason
/// then answers nothing any more: it has lapsed.
///
/// Place and code are kept as written, so that a reason outlives a form that renames its rules.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Question {
    /// Stable path of the place.
    pub path: String,
    /// Code of the rule or kind of remark.
    pub code: String,
    /// The sentence, with its figures.
    pub message: String,
}
