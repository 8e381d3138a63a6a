//! The scanner behind the outline: a reader of RON that accepts everything and always moves on.

use std::ops::Range;

use super::{Field, Kind, Node, decode_literal};

/// As deep as `ron` goes before it refuses a text. It bounds the recursion here.
const MAX_DEPTH: usize = 128;

/// The root value of `text`, after the `#![...]` lines.
pub(super) fn document(text: &str) -> Node {
    let mut scanner = Scanner::new(text);
    scanner.attributes();
    scanner.value(0)
}

/// Where in a string literal the byte `offset` of its content is written, counted from the start of the literal.
pub(super) fn literal_offset(literal: &str, offset: usize) -> usize {
    let opening = literal.find('"').map_or(0, |quote| quote + 1);
    let closing = literal.rfind('"').unwrap_or(opening).max(opening);
    if !literal.starts_with('"') {
        // Raw strings have no escapes.
        return super::floor_boundary(literal, (opening + offset).min(closing));
    }
    let mut scanner = Scanner { text: literal, at: opening };
    let mut produced = 0;
    while scanner.at < closing {
        let start = scanner.at;
        produced += scanner.string_part();
        if produced > offset {
            return start;
        }
    }
    closing
}

/// A cursor over RON text.
pub(in crate::form) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(in crate::form) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The brackets that stand outside strings and comments, with their places.
    pub(in crate::form) fn brackets(mut self) -> Vec<(usize, char)> {
        let mut found = Vec::new();
        loop {
            self.blank();
            let at = self.at;
            match self.peek() {
                None => return found,
                Some(bracket @ ('(' | '[' | '{' | ')' | ']' | '}')) => {
                    found.push((at, bracket));
                    self.bump();
                }
                Some(_) => self.token(),
            }
        }
    }

    /// The string literals, with their places.
    pub(in crate::form) fn strings(mut self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        loop {
            self.blank();
            let start = self.at;
            if self.peek().is_none() {
                return found;
            } else if self.string() {
                found.push(start..self.at);
            } else {
                self.token();
            }
        }
    }

    fn attributes(&mut self) {
        self.blank();
        while self.eat("#") {
            self.blank();
            self.eat("!");
            self.blank();
            if self.eat("[") {
                // A comma inside the brackets stops the skipping as well.
                loop {
                    self.rest_of_item();
                    if !self.eat(",") {
                        break;
                    }
                }
                self.bump();
            }
            self.blank();
        }
    }

    fn value(&mut self, depth: usize) -> Node {
        self.blank();
        let start = self.at;
        if depth > MAX_DEPTH {
            self.rest_of_item();
            let length = self.text.get(start..self.at).map_or(0, |skipped| skipped.trim_end().len());
            return Node { span: start..start + length, kind: Kind::Scalar };
        }
        let kind = match self.peek() {
            Some('(') => match self.parentheses(depth) {
                Kind::Fields(fields) if fields.is_empty() => Kind::Scalar,
                kind => kind,
            },
            Some('[') => Kind::List(self.brackets_list(depth)),
            Some('{') => Kind::Fields(self.braces(depth)),
            _ if self.string() => Kind::Text,
            _ if self.bytes_or_char() => Kind::Scalar,
            _ => match self.named(depth) {
                Named::Kind(kind) => kind,
                Named::Some(inner) => return inner,
            },
        };
        Node { span: start..self.at, kind }
    }

    /// A value that begins with a name, or the scalar that remains.
    fn named(&mut self, depth: usize) -> Named {
        let Some(name) = self.identifier() else {
            self.take_while(|c| !is_blank(c) && !matches!(c, ',' | ':' | '/' | '"') && !is_bracket(c));
            return Named::Kind(Kind::Scalar);
        };
        let end = self.at;
        self.blank();
        if self.peek() != Some('(') {
            self.at = end;
            return Named::Kind(Kind::Scalar);
        }
        match self.parentheses(depth) {
            Kind::List(mut items) if name == "Some" && items.len() == 1 => {
                items.pop().map_or(Named::Kind(Kind::Scalar), Named::Some)
            }
            kind => Named::Kind(kind),
        }
    }

    /// A struct, a tuple or a unit. Nothing inside gives no fields.
    fn parentheses(&mut self, depth: usize) -> Kind {
        let mut fields = Vec::new();
        let mut items = Vec::new();
        self.bump();
        while self.next_item() {
            match self.field_name() {
                Some((name, name_span)) => {
                    fields.push(Field { name, name_span, value: self.value(depth + 1) });
                }
                None => items.push(self.value(depth + 1)),
            }
            self.rest_of_item();
        }
        if fields.is_empty() && !items.is_empty() { Kind::List(items) } else { Kind::Fields(fields) }
    }

    fn brackets_list(&mut self, depth: usize) -> Vec<Node> {
        let mut items = Vec::new();
        self.bump();
        while self.next_item() {
            items.push(self.value(depth + 1));
            self.rest_of_item();
        }
        items
    }

    fn braces(&mut self, depth: usize) -> Vec<Field> {
        let mut fields = Vec::new();
        self.bump();
        while self.next_item() {
            let key = self.value(depth + 1);
            let written = key.slice(self.text);
            let name = match key.kind {
                Kind::Text => decode_literal(written).unwrap_or_else(|| written.to_owned()),
                _ => written.strip_prefix("r#").unwrap_or(written).to_owned(),
            };
            self.blank();
            if self.eat(":") {
                fields.push(Field { name, name_span: key.span, value: self.value(depth + 1) });
            }
            self.rest_of_item();
        }
        fields
    }

    /// Moves to the start of the next item. At the closing bracket, which it passes, or at the end of the
    /// text there is none.
    fn next_item(&mut self) -> bool {
        loop {
            self.blank();
            match self.peek() {
                None => return false,
                Some(')' | ']' | '}') => {
                    self.bump();
                    return false;
                }
                Some(',') => {
                    self.bump();
                }
                Some(_) => return true,
            }
        }
    }

    fn field_name(&mut self) -> Option<(String, Range<usize>)> {
        let start = self.at;
        if let Some(name) = self.identifier() {
            let end = self.at;
            self.blank();
            if self.eat(":") {
                return Some((name.to_owned(), start..end));
            }
        }
        self.at = start;
        None
    }

    /// Moves to the comma or the closing bracket that ends the present item.
    fn rest_of_item(&mut self) {
        let mut open = 0_usize;
        loop {
            self.blank();
            match self.peek() {
                None => return,
                Some(',' | ')' | ']' | '}') if open == 0 => return,
                Some(')' | ']' | '}') => {
                    open -= 1;
                    self.bump();
                }
                Some('(' | '[' | '{') => {
                    open += 1;
                    self.bump();
                }
                Some(_) => self.token(),
            }
        }
    }

    /// Passes one string, character, name or else one character: always forward.
    fn token(&mut self) {
        if !self.string() && !self.bytes_or_char() && self.identifier().is_none() {
            self.bump();
        }
    }

    fn string(&mut self) -> bool {
        if self.eat("\"") {
            self.escaped_content();
            return true;
        }
        self.rest().starts_with('r') && self.raw_string(1)
    }

    fn bytes_or_char(&mut self) -> bool {
        if self.eat("b\"") {
            self.escaped_content();
            return true;
        }
        if self.rest().starts_with("br") && self.raw_string(2) {
            return true;
        }
        let quote = usize::from(self.rest().starts_with("b'"));
        let Some(content) = self.rest().get(quote..).and_then(|rest| rest.strip_prefix('\'')) else {
            return false;
        };
        // `'\u{10ffff}'` is the longest character that can be written.
        let closing = match content.strip_prefix('\\') {
            Some(_) => content.char_indices().skip(2).take(9).find(|(_, c)| *c == '\'').map(|(at, _)| at),
            None => content.char_indices().nth(1).filter(|(_, c)| *c == '\'').map(|(at, _)| at),
        };
        let Some(closing) = closing else { return false };
        self.at += quote + 1 + closing + 1;
        true
    }

    /// Passes the content of a string and its closing quote.
    fn escaped_content(&mut self) {
        loop {
            self.take_while(|c| !matches!(c, '"' | '\\'));
            match self.bump() {
                Some('\\') => {
                    self.bump();
                }
                _ => return,
            }
        }
    }

    /// Passes `#"..."#` after a prefix of this many bytes; if it is none, the cursor stays.
    fn raw_string(&mut self, prefix: usize) -> bool {
        let rest = self.rest().get(prefix..).unwrap_or_default();
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let Some(content) = rest.get(hashes..).and_then(|rest| rest.strip_prefix('"')) else {
            return false;
        };
        let ending = format!("\"{}", "#".repeat(hashes));
        let length = content.find(&ending).map_or(content.len(), |end| end + ending.len());
        self.at += prefix + hashes + 1 + length;
        true
    }

    /// Passes one character or escape inside a string and gives the number of bytes that it stands for.
    fn string_part(&mut self) -> usize {
        match self.bump() {
            Some('\\') => match self.bump() {
                Some('x') => {
                    self.bump();
                    self.bump();
                    1
                }
                Some('u') => {
                    let digits = self.rest().trim_start_matches('{').split('}').next().unwrap_or_default();
                    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                    self.take_while(|c| c != '}' && c != '"');
                    self.eat("}");
                    c.map_or(0, char::len_utf8)
                }
                // A line that goes on: neither the line end nor the indentation belong to the string.
                Some('\n' | '\r') => {
                    self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
                    0
                }
                _ => 1,
            },
            c => c.map_or(0, char::len_utf8),
        }
    }

    fn identifier(&mut self) -> Option<&'t str> {
        let raw = self.rest().starts_with("r#");
        let rest = if raw { self.rest().get(2..)? } else { self.rest() };
        if !raw && rest.starts_with(|c: char| !is_word(c) || c.is_ascii_digit()) {
            return None;
        }
        let belongs = |c: char| is_word(c) || (raw && matches!(c, '.' | '+' | '-'));
        let name = rest.get(..rest.find(|c: char| !belongs(c)).unwrap_or(rest.len()))?;
        if name.is_empty() {
            return None;
        }
        self.at += name.len() + if raw { 2 } else { 0 };
        Some(name)
    }

    /// Passes white space and comments.
    fn blank(&mut self) {
        loop {
            self.take_while(is_blank);
            if self.rest().starts_with("//") {
                self.take_while(|c| c != '\n');
            } else if self.eat("/*") {
                let mut level = 1;
                while level > 0 {
                    if self.eat("/*") {
                        level += 1;
                    } else if self.eat("*/") {
                        level -= 1;
                    } else if self.bump().is_none() {
                        return;
                    }
                }
            } else {
                return;
            }
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, expected: &str) -> bool {
        let found = self.rest().starts_with(expected);
        if found {
            self.at += expected.len();
        }
        found
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    }
}

/// What a name begins.
enum Named {
    Kind(Kind),
    /// The value inside `Some(...)`, which stands for the whole.
    Some(Node),
}

/// White space of RON, which is not that of `char::is_whitespace`.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\x0B'
            | '\x0C'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | ')' | ']' | '}')
}

/// Part of a name. Outside ASCII this takes more than RON does; in a text that RON accepted, what it takes more
/// does not occur.
fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_blank(c))
}
