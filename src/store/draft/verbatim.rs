//! A field of a RON text as it was written.

use crate::form::outline::Field;

/// The field from its name to the end of its value. The outline leaves out the `Some( )` around a value; here it
/// is part of what was written.
pub(super) fn source<'t>(text: &'t str, field: &Field) -> &'t str {
    let start = field.name_span.start;
    let before = text.get(field.name_span.end..field.value.span.start).unwrap_or_default();
    let wrappers = Gap(before).filter(|(_, c)| *c == '(').count();
    let end = field.value.span.end;
    let after = text.get(end..).unwrap_or_default();
    let closing = match wrappers.checked_sub(1) {
        None => 0,
        Some(skipped) => {
            let last = Gap(after).filter(|(_, c)| *c == ')').nth(skipped);
            last.map_or(0, |(rest, _)| after.len() - rest)
        }
    };
    text.get(start..end + closing).unwrap_or_default()
}

/// The characters outside comments, each with the number of bytes that come after it.
struct Gap<'t>(&'t str);

impl Iterator for Gap<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.0.starts_with("//") {
                self.0 = self.0.find('\n').and_then(|end| self.0.get(end..)).unwrap_or_default();
            } else if let Some(comment) = self.0.strip_prefix("/*") {
                self.0 = after_comment(comment);
            } else {
                let c = self.0.chars().next()?;
                self.0 = self.0.get(c.len_utf8()..).unwrap_or_default();
                return Some((self.0.len(), c));
            }
        }
    }
}

/// What follows a block comment whose opening is already passed; such comments nest.
fn after_comment(mut text: &str) -> &str {
    let mut level = 1_usize;
    while level > 0 {
        let Some(at) = text.find(['/', '*']) else { return "" };
        let rest = text.get(at..).unwrap_or_default();
        let (step, passed) = match rest.get(..2) {
            Some("/*") => (level + 1, 2),
            Some("*/") => (level - 1, 2),
            _ => (level, 1),
        };
        level = step;
        text = rest.get(passed..).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::outline::Outline;

    fn field(text: &str) -> &str {
        let outline = Outline::scan(text);
        source(text, &outline.root().fields()[0])
    }

    #[test]
    fn a_field_is_given_as_written() {
        for written in [
            "note: 1",
            "r#type : \"a)\"",
            "note: /* ( */ [1, // )\n 2]",
            "note: Some(5)",
            "note: Some ( Some(\"x\" /* ) */ , ) // )\n )",
            "note: Note(a: (), b: None)",
            "note: /* a /* ( */ */ Some(())",
        ] {
            assert_eq!(field(&format!("Draft(\n {written} , b: 2)")), written);
        }
    }
}
