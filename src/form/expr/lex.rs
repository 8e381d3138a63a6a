//! Text of a rule to tokens.

use std::ops::Range;

use super::SyntaxError;

/// One token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Name(String),
    Variable(String),
    Number(String),
    Sign(&'static str),
}

/// The signs, longer ones first so that `<=` is not read as `<`.
const SIGNS: [&str; 15] = ["..", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "(", ")", ",", ":", "."];

/// All tokens with their bytes.
///
/// # Errors
/// At the first character that belongs to no token.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, SyntaxError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (token, length) = token(&text[at..], c).ok_or_else(|| SyntaxError {
            message: format!("规则中不能有“{}”", c.escape_debug()),
            span: at..at + c.len_utf8(),
        })?;
        tokens.push((token, at..at + length));
        at += length;
    }
    Ok(tokens)
}

fn token(rest: &str, first: char) -> Option<(Token, usize)> {
    if first == '$' {
        let name = run(&rest[1..], is_name);
        return (!name.is_empty()).then(|| (Token::Variable(name.to_owned()), 1 + name.len()));
    }
    if first.is_ascii_digit() {
        let digits = number(rest);
        return Some((Token::Number(digits.to_owned()), digits.len()));
    }
    if is_name(first) {
        let name = run(rest, is_name);
        return Some((Token::Name(name.to_owned()), name.len()));
    }
    SIGNS.iter().find(|sign| rest.starts_with(**sign)).map(|sign| (Token::Sign(sign), sign.len()))
}

/// Digits, and a point only where digits follow it.
fn number(rest: &str) -> &str {
    let whole = run(rest, |c| c.is_ascii_digit());
    let fraction =
        rest[whole.len()..].strip_prefix('.').map_or("", |after| run(after, |c| c.is_ascii_digit()));
    if fraction.is_empty() { whole } else { &rest[..whole.len() + 1 + fraction.len()] }
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    &text[..end]
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
