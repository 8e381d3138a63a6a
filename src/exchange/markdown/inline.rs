//! The marks inside a line: taken off when reading, set when writing.

/// The words of a line or a cell as they show. Line breaks (`<br>`) are `\n`. Pictures are put into `pictures`.
pub(super) fn shown(text: &str, pictures: &mut Vec<String>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((words, after)) = mark(rest, pictures) {
            shown.push_str(&words);
            rest = after;
        } else {
            shown.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    shown
}

/// The line with marks in front of everything that would be taken for one. It begins a line of its own if `begins`.
pub(super) fn marked(text: &str, begins: bool) -> String {
    let mut marked = String::with_capacity(text.len() + 8);
    let trimmed = text.trim_start_matches(' ');
    let blanks = text.len() - trimmed.len();
    marked.push_str(&"&nbsp;".repeat(blanks));
    let body = trimmed.trim_end_matches(' ');
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in body.char_indices() {
        let at_start = begins && blanks == 0;
        let is_mark = match c {
            '\\' | '`' | '*' | '_' | '<' | '[' | ']' | '|' | '~' => true,
            '#' | '>' | '+' | '-' | '=' => at_start && at == 0,
            '.' | ')' => {
                at_start
                    && at > 0
                    && at == digits
                    && body.get(at + 1..).is_some_and(|rest| rest.starts_with(' '))
            }
            _ => false,
        };
        match c {
            '\n' => marked.push_str("<br>"),
            '&' => marked.push_str("&amp;"),
            '\t' | '\u{a0}' => marked.push_str("&nbsp;"),
            c if c.is_control() => marked.push(char::REPLACEMENT_CHARACTER),
            c => {
                if is_mark {
                    marked.push('\\');
                }
                marked.push(c);
            }
        }
    }
    marked.push_str(&"&nbsp;".repeat(trimmed.len() - body.len()));
    marked
}

/// What a mark at the beginning of `rest` shows, and what follows it.
fn mark<'a>(rest: &'a str, pictures: &mut Vec<String>) -> Option<(String, &'a str)> {
    const ENTITIES: [(&str, &str); 6] =
        [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'")];
    const BREAKS: [&str; 3] = ["<br>", "<br/>", "<br />"];
    let first = *rest.as_bytes().first()?;
    match first {
        b'\\' => {
            let after = rest.get(1..)?;
            let c = after.chars().next().filter(char::is_ascii_punctuation)?;
            Some((c.to_string(), after.get(1..)?))
        }
        b'&' => ENTITIES
            .iter()
            .find_map(|(entity, shown)| Some(((*shown).to_owned(), rest.strip_prefix(entity)?))),
        b'<' => {
            let length = BREAKS
                .iter()
                .find(|mark| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)));
            Some(("\n".to_owned(), rest.get(length?.len()..)?))
        }
        b'*' => rest.strip_prefix("**").map(|after| (String::new(), after)),
        b'!' => {
            let (words, after) = link(rest.get(1..)?)?;
            pictures.push(words.to_owned());
            Some((String::new(), after))
        }
        b'[' => link(rest).map(|(words, after)| (words.to_owned(), after)),
        _ => None,
    }
}

/// The words of a link `[words](address)` and what follows it.
fn link(rest: &str) -> Option<(&str, &str)> {
    /// Longer ones are no links; this bounds how far is looked for the end.
    const LONGEST: usize = 2000;
    let near =
        |text: &str, end: char| text.char_indices().take(LONGEST).find(|(_, c)| *c == end).map(|(at, _)| at);
    let inside = rest.strip_prefix('[')?;
    let end = near(inside, ']')?;
    let address = inside.get(end + 1..)?.strip_prefix('(')?;
    let close = near(address, ')')?;
    Some((inside.get(..end)?, address.get(close + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_marked_shows_as_it_was() {
        for text in [
            "1.属于国家秘密",
            "# 号",
            "> 大于",
            "- 减",
            "+4",
            "22（其中修订16件）",
            "a|b\\|c",
            "*重点* **全部** _x_",
            "  前后有空 ",
            "<br> &amp; <b>",
            "商业\n企业",
            "[链接](地址)",
            "![图](x)",
            "===",
            "12) 甲",
            "{{a.b_c}}",
        ] {
            for begins in [true, false] {
                let mut pictures = Vec::new();
                assert_eq!(shown(&marked(text, begins), &mut pictures), text);
                assert!(pictures.is_empty());
            }
        }
    }

    #[test]
    fn marks_are_taken_off() {
        let mut pictures = Vec::new();
        assert_eq!(
            shown("**一、总体** 见[网站](http://a/)<BR/>![表](b.png)3 * 4 [略]", &mut pictures),
            "一、总体 见网站\n3 * 4 [略]"
        );
        assert_eq!(pictures, ["表"]);
    }
}
