//! One change of a text, and which changes are undone together.

/// A change of the whole text, its paragraphs joined by `\n`: at byte `at`, `removed` gave way to `inserted`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// Byte offset in the whole text.
    pub at: usize,
    /// What stood there before.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
}

impl Splice {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { at: self.at, removed: self.inserted.clone(), inserted: self.removed.clone() }
    }

    /// The text after the change, or `None` when `text` is not the one that the change was made for.
    pub fn applied_to(&self, text: &str) -> Option<String> {
        let (before, rest) = text.split_at_checked(self.at)?;
        let after = rest.strip_prefix(self.removed.as_str())?;
        Some([before, &self.inserted, after].concat())
    }
}

/// How a change came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// By a key, or by the input method, which may bring several characters at once.
    Typed,
    /// By paste, cut, repair or anything else that the user thinks of as one act.
    Whole,
}

/// Whether `next` is undone together with `previous`.
///
/// Typing goes on as one step as long as each insertion follows the one before, until a sentence ends (`。！？；` or a
/// new paragraph); deleting likewise, a sentence at a time. A change that is not typed is a step of its own. The
/// caller starts a new step itself when the caret was moved away and back.
pub fn continues(previous: (&Splice, Origin), next: (&Splice, Origin)) -> bool {
    let ((previous, Origin::Typed), (next, Origin::Typed)) = (previous, next) else { return false };
    let inserts = |splice: &Splice| splice.removed.is_empty() && !splice.inserted.is_empty();
    let deletes = |splice: &Splice| splice.inserted.is_empty() && !splice.removed.is_empty();
    if inserts(previous) && inserts(next) {
        next.at == previous.at + previous.inserted.len() && !previous.inserted.ends_with(ends_sentence)
    } else if deletes(previous) && deletes(next) {
        let backwards = next.at + next.removed.len() == previous.at && !next.removed.ends_with(ends_sentence);
        let forwards = next.at == previous.at && !previous.removed.ends_with(ends_sentence);
        backwards || forwards
    } else {
        false
    }
}

fn ends_sentence(character: char) -> bool {
    matches!(character, '。' | '！' | '？' | '；' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insertion(at: usize, text: &str) -> Splice {
        Splice { at, removed: String::new(), inserted: text.into() }
    }

    fn joined(previous: &Splice, next: &Splice) -> bool {
        continues((previous, Origin::Typed), (next, Origin::Typed))
    }

    #[test]
    fn typing_goes_on_until_the_sentence_ends_or_the_caret_jumps() {
        assert!(joined(&insertion(0, "公开"), &insertion(6, "，")));
        assert!(joined(&insertion(6, "，"), &insertion(9, "共")));
        assert!(joined(&insertion(6, "共"), &insertion(9, "。")));
        assert!(!joined(&insertion(6, "。"), &insertion(9, "共")));
        assert!(!joined(&insertion(6, "\n"), &insertion(7, "共")));
        assert!(!joined(&insertion(6, "共"), &insertion(30, "共")));
    }

    #[test]
    fn deleting_goes_on_a_sentence_at_a_time_and_never_joins_typing() {
        let (first, second) = (insertion(6, "甲").inverse(), insertion(3, "乙").inverse());
        assert!(joined(&first, &second), "backspace");
        assert!(joined(&first, &insertion(6, "丙").inverse()), "delete");
        assert!(!joined(&first, &insertion(3, "。").inverse()));
        assert!(joined(&insertion(3, "。").inverse(), &insertion(0, "乙").inverse()));
        assert!(!joined(&insertion(3, "甲"), &first));
        assert!(!joined(&first, &insertion(6, "甲")));
    }

    #[test]
    fn a_paste_stands_alone() {
        let (typed, pasted) = (insertion(0, "甲"), insertion(3, "乙丙"));
        assert!(!continues((&typed, Origin::Typed), (&pasted, Origin::Whole)));
        assert!(!continues((&pasted, Origin::Whole), (&insertion(9, "丁"), Origin::Typed)));
    }

    #[test]
    fn a_change_fits_only_its_own_text() {
        let change = Splice { at: 3, removed: "乙".into(), inserted: "新\n".into() };
        assert_eq!(change.applied_to("甲乙丙").as_deref(), Some("甲新\n丙"));
        assert_eq!(change.inverse().applied_to("甲新\n丙").as_deref(), Some("甲乙丙"));
        assert_eq!(change.applied_to("甲丙"), None);
        assert_eq!(change.applied_to("a"), None);
        assert_eq!(Splice { at: 1, ..change }.applied_to("甲乙丙"), None);
    }
}
