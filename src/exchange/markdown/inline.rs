//! The marks inside a line: taken off when reading, set when writing.

use std::collections::BTreeMap;
use std::ops::Range;

/// What a line or a cell shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// The words. Line breaks (`<br>`) are `\n`.
    pub(super) words: String,
    /// What stands for its pictures.
    pub(super) pictures: Vec<String>,
    /// Words that are struck out, which are not among the words.
    pub(super) struck: Vec<String>,
}

/// The words of a line or a cell as they show.
pub(super) fn shown(text: &str) -> Shown {
    let mut scanner = Scanner { text, ..Scanner::default() };
    while let Some(c) = scanner.rest().chars().next() {
        if !scanner.mark(c) {
            scanner.shown.words.push(c);
            scanner.at += c.len_utf8();
        }
    }
    scanner.finish()
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

/// Goes through a text once, whatever it is.
#[derive(Default)]
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    shown: Shown,
    /// Runs of marks that may begin something, by the mark and how many there are: where they stand in the words.
    open: BTreeMap<(char, usize), usize>,
    /// What turned out to be marks, or struck out.
    dropped: Vec<Range<usize>>,
    brackets: Ahead,
    parentheses: Ahead,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes in the mark that begins with the character at hand; whether it is one.
    fn mark(&mut self, c: char) -> bool {
        let taken = match c {
            '\\' => self.rest().chars().nth(1).filter(char::is_ascii_punctuation).map(|c| (c.to_string(), 2)),
            '&' => entity(self.rest()),
            '<' => line_break(self.rest()),
            '*' | '_' | '~' | '`' => {
                self.run(c);
                return true;
            }
            '!' => self.link(self.at + 1).map(|(words, end)| {
                self.shown.pictures.push(words.to_owned());
                (String::new(), end - self.at)
            }),
            '[' => self.link(self.at).map(|(words, end)| (words.to_owned(), end - self.at)),
            _ => None,
        };
        let Some((words, length)) = taken else { return false };
        self.shown.words.push_str(&words);
        self.at += length;
        true
    }

    /// A run of the same mark, which may begin or end something.
    fn run(&mut self, mark: char) {
        let mut count = self.rest().chars().take_while(|c| *c == mark).count();
        let before = self.text.get(..self.at).and_then(|text| text.chars().next_back());
        self.at += count;
        let after = self.rest().chars().next();
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        // What would make one number of two is a sign.
        let is_sign = mark != '~' && is_digit(before) && is_digit(after);
        if mark == '*' && count < 4 && !is_sign {
            // Programs that take text out of printed pages leave pairs without an end.
            count %= 2;
        }
        let (begins, ends) = sides(mark, before, after);
        let can_mark = match mark {
            '*' => count == 1,
            '_' => count < 4,
            '~' => count == 2,
            _ => true,
        };
        let place = self.shown.words.len();
        if can_mark && !is_sign && count > 0 {
            let open = if ends { self.open.remove(&(mark, count)) } else { None };
            if let Some(start) = open {
                if mark == '~' {
                    let struck = self.shown.words.get(start + count..).unwrap_or_default();
                    // Marks in it may still stand there.
                    self.shown.struck.push(struck.replace('*', ""));
                    self.dropped.push(start..place);
                } else {
                    self.dropped.push(start..start + count);
                }
                return;
            }
            if begins {
                self.open.entry((mark, count)).or_insert(place);
            }
        }
        self.shown.words.extend(std::iter::repeat_n(mark, count));
    }

    /// The words of a link `[words](address)` that begins at a place, and where it ends.
    fn link(&mut self, begin: usize) -> Option<(&'a str, usize)> {
        /// Longer ones are no links.
        const LONGEST: usize = 6000;
        let start = begin + self.text.get(begin..)?.strip_prefix('[').map(|_| 1)?;
        let end = self.brackets.next(self.text, ']', start).filter(|end| end - start < LONGEST)?;
        let address = end + 1 + self.text.get(end + 1..)?.strip_prefix('(').map(|_| 1)?;
        let close = self.parentheses.next(self.text, ')', address).filter(|end| end - address < LONGEST)?;
        Some((self.text.get(start..end)?, close + 1))
    }

    /// What shows when everything that turned out to be a mark is taken off.
    fn finish(mut self) -> Shown {
        if self.dropped.is_empty() {
            return self.shown;
        }
        self.dropped.sort_by_key(|range| range.start);
        let mut kept = String::with_capacity(self.shown.words.len());
        let mut at = 0;
        for Range { start, end } in self.dropped {
            kept.push_str(self.shown.words.get(at..start).unwrap_or_default());
            at = at.max(end);
        }
        kept.push_str(self.shown.words.get(at..).unwrap_or_default());
        self.shown.words = kept;
        self.shown
    }
}

/// Where a character comes next, so that nothing is looked through twice.
#[derive(Default)]
struct Ahead(Option<usize>);

impl Ahead {
    /// The first one from a place on; places never go back.
    fn next(&mut self, text: &str, c: char, from: usize) -> Option<usize> {
        if self.0.is_none_or(|at| at < from) {
            self.0 = Some(text.get(from..)?.find(c).map_or(usize::MAX, |at| from + at));
        }
        self.0.filter(|at| *at < text.len())
    }
}

/// Whether a run of marks between two characters may begin something, and whether it may end something.
fn sides(mark: char, before: Option<char>, after: Option<char>) -> (bool, bool) {
    let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let leans = |to: Option<char>, from| !is_blank(to) && (!is_sign(to) || is_blank(from) || is_sign(from));
    let (left, right) = (leans(after, before), leans(before, after));
    match mark {
        '_' => (left && (!right || is_sign(before)), right && (!left || is_sign(after))),
        '`' => (true, true),
        _ => (left, right),
    }
}

fn line_break(rest: &str) -> Option<(String, usize)> {
    const BREAKS: [&str; 3] = ["<br>", "<br/>", "<br />"];
    let is_begin =
        |mark: &&&str| rest.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    BREAKS.iter().find(is_begin).map(|mark| ("\n".to_owned(), mark.len()))
}

/// The character that an entity names, and how long the entity is.
fn entity(rest: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 12;
    const NAMED: [(&str, char); 21] = [
        ("nbsp", ' '),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("lt", '<'),
        ("gt", '>'),
        ("amp", '&'),
        ("quot", '"'),
        ("apos", '\''),
        ("mdash", '—'),
        ("ndash", '–'),
        ("hellip", '…'),
        ("middot", '·'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("times", '×'),
        ("divide", '÷'),
        ("deg", '°'),
        ("bull", '•'),
    ];
    let end = rest.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = rest.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            let c = char::from_u32(code.ok()?).filter(|c| !c.is_control())?;
            if c == '\u{a0}' { ' ' } else { c }
        }
        None => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((c.to_string(), end + 1))
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
                let expected = Shown { words: text.to_owned(), ..Shown::default() };
                assert_eq!(shown(&marked(text, begins)), expected);
            }
        }
    }

    #[test]
    fn marks_are_taken_off() {
        let shown = shown("**一、总体** 见[网站](http://a/)<BR/>![表](b.png)3 * 4 [略]");
        assert_eq!(shown.words, "一、总体 见网站\n3 * 4 [略]");
        assert_eq!(shown.pictures, ["表"]);
    }

    #[test]
    fn only_marks_are_taken_off() {
        for (text, words) in [
            ("全年*重点*、_斜_、`码`、全_年_", "全年重点、斜、码、全_年_"),
            ("*82*", "82"),
            ("***82***", "82"),
            ("（_重点_）__粗__", "（重点）粗"),
            ("年__月__日", "年__月__日"),
            ("82*", "82*"),
            ("甲*、乙*", "甲*、乙*"),
            ("3*4*5", "3*4*5"),
            ("8**2", "8**2"),
            ("**未完", "未完"),
            ("a_b_c 3~5 * 四 *", "a_b_c 3~5 * 四 *"),
            ("____年", "____年"),
            ("``a`b``", "a`b"),
            ("&#56;2&emsp;&#x4e00;&#1;&copy;", "82 一&#1;&copy;"),
        ] {
            assert_eq!(shown(text).words, words, "{text}");
        }
        let struck = shown("~~12~~82 ~~*删*13件~~ ~3~");
        assert_eq!((struck.words.as_str(), struck.struck.join("/").as_str()), ("82  ~3~", "12/删13件"));
    }

    /// A walk that looks through the rest at each mark would not end before everybody gives up.
    #[test]
    fn no_text_is_looked_through_again_and_again() {
        for piece in ["[", "![", "[](", "[x](y", "*a ", "_a ", "~~a ", "`a ``b ", "&", "<"] {
            let text = piece.repeat(2_000_000 / piece.len());
            assert!(shown(&text).words.len() <= text.len());
        }
        assert!(shown(&("[".repeat(1990) + "](").repeat(1000)).words.len() > 1_000_000);
    }
}
