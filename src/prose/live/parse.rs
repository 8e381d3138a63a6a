//! Reading what stands between the braces.

use super::super::Form;
use super::formula::{Formula, LiveError, Node, Shape, Sign};
use crate::model::{Place, half_width};

/// Brackets inside brackets, at most.
const DEEPEST: usize = 16;
/// Decimals of a percentage, if nothing else is written.
const USUAL_DECIMALS: u32 = 1;
/// Decimals that a percentage may be asked to have, at most.
const MOST_DECIMALS: u32 = 6;
/// In front of the path of a cell of last year's report.
const LAST_YEAR: &str = "last_year.";
const GROWTH: &str = "growth";

/// Reads what stands between the braces, which begins at byte `at` of the text.
pub(super) fn parse(form: &Form, content: &str, at: usize) -> Result<Formula, LiveError> {
    let mut parser = Parser { form, content, at: 0, offset: at };
    let word = parser.peek_word();
    let after = parser.rest_after(word.len());
    let grows = word == GROWTH && after.trim_start().chars().next().map(fold) == Some('(');
    if grows {
        parser.word();
    }
    let body = parser.sum(0)?;
    if grows && body.has_last_year() {
        return Err(LiveError::LastYearTwice);
    }
    let percent = parser.percent()?;
    parser.blanks();
    if !parser.rest().is_empty() {
        return Err(match parser.peek() {
            Some(')') => LiveError::Bracket,
            _ => LiveError::Unexpected { rest: parser.rest().trim_end().to_owned() },
        });
    }
    let shape = match (grows, percent) {
        (true, decimals) => Shape::Growth(decimals.unwrap_or(USUAL_DECIMALS)),
        (false, Some(decimals)) => Shape::Percent(decimals),
        (false, None) => Shape::Plain,
    };
    Ok(Formula { body, shape })
}

struct Parser<'a> {
    form: &'a Form,
    content: &'a str,
    /// How much has been read, in bytes.
    at: usize,
    /// Where the content begins in the text.
    offset: usize,
}

impl<'a> Parser<'a> {
    fn sum(&mut self, depth: usize) -> Result<Node, LiveError> {
        let mut sum = self.product(depth)?;
        loop {
            let sign = match self.peek() {
                Some('+') => Sign::Plus,
                Some('-') => Sign::Minus,
                _ => return Ok(sum),
            };
            self.skip();
            sum = Node::Join(sign, Box::new(sum), Box::new(self.product(depth)?));
        }
    }

    fn product(&mut self, depth: usize) -> Result<Node, LiveError> {
        let mut product = self.term(depth)?;
        while self.peek() == Some('/') {
            self.skip();
            product = Node::Join(Sign::Over, Box::new(product), Box::new(self.term(depth)?));
        }
        Ok(product)
    }

    fn term(&mut self, depth: usize) -> Result<Node, LiveError> {
        if self.peek() == Some('(') {
            if depth >= DEEPEST {
                return Err(LiveError::TooDeep);
            }
            self.skip();
            let inside = self.sum(depth + 1)?;
            if self.peek() != Some(')') {
                return Err(LiveError::Bracket);
            }
            self.skip();
            return Ok(inside);
        }
        let (word, at) = self.word();
        if word.is_empty() {
            return Err(LiveError::Missing { next: self.rest().trim_end().to_owned() });
        }
        let (path, last_year) = match word.strip_prefix(LAST_YEAR) {
            Some(path) => (path, true),
            None => (word, false),
        };
        match self.form.place(path) {
            Some(Place::Cell(cell)) => {
                let decimals = self.form.slot(cell).map_or(0, |slot| slot.kind.precision().decimals());
                Ok(Node::Cell { cell, decimals, last_year })
            }
            Some(_) => Err(LiveError::NotAFigure { path: path.to_owned() }),
            None => {
                let end = at + word.len();
                Err(LiveError::Unknown { path: path.to_owned(), range: end - path.len()..end })
            }
        }
    }

    /// The decimals of a percentage; none if there is no sign of one.
    fn percent(&mut self) -> Result<Option<u32>, LiveError> {
        if self.peek() != Some('%') {
            return Ok(None);
        }
        self.skip();
        if self.peek() != Some('.') {
            return Ok(Some(USUAL_DECIMALS));
        }
        let rest = self.rest().to_owned();
        self.skip();
        let decimals = self.peek().and_then(|c| c.to_digit(10)).filter(|decimals| *decimals <= MOST_DECIMALS);
        self.skip();
        decimals.map(Some).ok_or(LiveError::Unexpected { rest })
    }

    /// The next character behind blanks, in its half-width form.
    fn peek(&mut self) -> Option<char> {
        self.blanks();
        self.rest().chars().next().map(fold)
    }

    fn skip(&mut self) {
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    fn blanks(&mut self) {
        self.at = self.content.len() - self.rest().trim_start().len();
    }

    fn rest(&self) -> &'a str {
        self.rest_after(0)
    }

    fn rest_after(&self, bytes: usize) -> &'a str {
        self.content.get(self.at + bytes..).unwrap_or_default()
    }

    fn peek_word(&mut self) -> &'a str {
        self.blanks();
        let rest = self.rest();
        let tail =
            rest.trim_start_matches(|c: char| c == '.' || c == '_' || (c.is_alphanumeric() && fold(c) == c));
        rest.get(..rest.len() - tail.len()).unwrap_or_default()
    }

    /// A path, and where it stands in the text.
    fn word(&mut self) -> (&'a str, usize) {
        let word = self.peek_word();
        let at = self.offset + self.at;
        self.at += word.len();
        (word, at)
    }
}

/// The half-width form of a sign, as input methods may give it in full width.
fn fold(c: char) -> char {
    match half_width(c) {
        '−' => '-',
        '÷' => '/',
        c => c,
    }
}
