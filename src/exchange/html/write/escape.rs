//! The one way by which text gets into a page.

use std::fmt::Write;

/// Writes text between tags: line breaks as `<br>`, and blanks that a browser would collapse so that it shows them.
pub(super) fn text(page: &mut String, text: &str) {
    let mut line_begins = true;
    let mut blank_before = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => page.push_str("<br>"),
            '\t' | '\u{a0}' => page.push_str("&nbsp;"),
            ' ' if line_begins || blank_before || matches!(chars.peek(), None | Some('\n')) => {
                page.push_str("&nbsp;");
            }
            c => escape(page, c),
        }
        line_begins = c == '\n';
        blank_before = c == ' ';
    }
}

/// Writes text where no element may stand, such as the title.
pub(super) fn plain(page: &mut String, text: &str) {
    text.chars().for_each(|c| escape(page, if c.is_whitespace() { ' ' } else { c }));
}

/// Writes an attribute with a blank in front. `name` is one of ours.
pub(super) fn attribute(page: &mut String, name: &str, value: &str) {
    page.push(' ');
    page.push_str(name);
    page.push_str("=\"");
    value.chars().for_each(|c| escape(page, c));
    page.push('"');
}

/// Writes one character so that it can not be taken for markup. Control characters have no place in a page; marks that
/// turn or hide text are written by their number, so that they can be seen in the source.
fn escape(page: &mut String, c: char) {
    match c {
        '&' => page.push_str("&amp;"),
        '<' => page.push_str("&lt;"),
        '>' => page.push_str("&gt;"),
        '"' => page.push_str("&quot;"),
        '\'' => page.push_str("&#39;"),
        '\n' | '\t' => page.push_str(if c == '\n' { "&#10;" } else { "&#9;" }),
        c if c.is_control() => page.push(char::REPLACEMENT_CHARACTER),
        c if crate::model::visible::is_hidden(c) => {
            // Writing to a string can not fail.
            let _ = write!(page, "&#x{:X};", u32::from(c));
        }
        c => page.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let mut page = String::new();
        text(&mut page, " <script>a  && 'b'</script>\n\u{0}\u{202e} ");
        assert_eq!(
            page,
            "&nbsp;&lt;script&gt;a &nbsp;&amp;&amp; &#39;b&#39;&lt;/script&gt;<br>\u{fffd}&#x202E;&nbsp;"
        );
        let mut page = String::new();
        attribute(&mut page, "content", "\" onload=\"x\n");
        assert_eq!(page, " content=\"&quot; onload=&quot;x&#10;\"");
    }
}
