//! The language of page contents and of maps: operands, and behind them a word that says what to do with them.
//!
//! The parser of the file has a reader for contents too. It ends at the first byte that it does not understand, without
//! saying where, and keeps every operand in as many bytes as an object of the file takes. This one goes on behind such a
//! place and counts it, as a page with a damaged place is printed by every other program too.

/// Something that a word works on.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Number(f64),
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<Operand>),
    /// What no text needs: dictionaries, and words inside of lists.
    Other,
}

/// A word with its operands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Operation<'a> {
    pub(super) word: &'a [u8],
    pub(super) operands: Vec<Operand>,
    /// How much work it was to read it.
    pub(super) cost: usize,
}

/// Reads a content word by word.
pub(super) struct Words<'a> {
    rest: &'a [u8],
    /// Places that could not be read.
    pub(super) damaged: usize,
}

/// Operands that one word may have, those in lists counted too; a section of a map has some hundred of them.
const MOST_OPERANDS: usize = 200_000;
/// How deep lists may lie in one another.
const DEEPEST: usize = 16;
/// How far behind a picture within a content its text must be text, so that it is the end of the picture.
const LOOK_AHEAD: usize = 16;

impl Operand {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }
}

/// A part of a content.
enum Token<'a> {
    Operand(Operand),
    Word(&'a [u8]),
    Nothing,
}

/// A list or a dictionary that is not closed yet.
enum Open {
    List(Vec<Operand>),
    Dictionary,
}

impl<'a> Words<'a> {
    pub(super) fn new(content: &'a [u8]) -> Self {
        Self { rest: content, damaged: 0 }
    }

    /// The bytes up to the first one that does not belong.
    fn take_while(&mut self, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().position(|byte| !belongs(*byte)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn skip(&mut self, length: usize) {
        self.rest = self.rest.get(length..).unwrap_or_default();
    }

    /// A text in brackets, behind the first one.
    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(byte) = self.rest.get(at).copied() {
            at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => {
                    self.skip(at);
                    return text;
                }
                b')' => depth -= 1,
                b'\\' => {
                    let (meant, length) = escaped(self.rest.get(at..).unwrap_or_default());
                    text.extend(meant);
                    at += length;
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        self.damaged += 1;
        self.rest = &[];
        text
    }

    /// A text of hexadecimal digits, behind the first bracket.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let digits = self.take_while(|byte| byte != b'>');
        if self.rest.is_empty() {
            self.damaged += 1;
        }
        self.skip(1);
        let digits = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16));
        let mut text = Vec::new();
        let mut high = None;
        for digit in digits {
            let digit = digit as u8;
            match high.take() {
                None => high = Some(digit << 4),
                Some(high) => text.push(high | digit),
            }
        }
        text.extend(high);
        text
    }

    fn name(&mut self) -> Vec<u8> {
        let written = self.take_while(is_regular);
        let mut name = Vec::with_capacity(written.len());
        let mut rest = written;
        while let [byte, after @ ..] = rest {
            rest = after;
            let code = match (byte, after) {
                (b'#', [high, low, ..]) => char::from(*high).to_digit(16).zip(char::from(*low).to_digit(16)),
                _ => None,
            };
            match code {
                Some((high, low)) => {
                    name.push((high << 4 | low) as u8);
                    rest = after.get(2..).unwrap_or_default();
                }
                None => name.push(*byte),
            }
        }
        name
    }

    /// A number, in whatever way it is written; what directly follows is something else.
    fn number(&mut self) -> f64 {
        let sign = self.take_while(|byte| matches!(byte, b'+' | b'-'));
        // Some programs write a sign inside of a number, which means nothing.
        let whole = self.take_while(|byte| byte.is_ascii_digit() || byte == b'-');
        let mut written = String::new();
        written.extend(whole.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)));
        if self.rest.first() == Some(&b'.') {
            self.skip(1);
            written.push('.');
            let part = self.take_while(|byte| byte.is_ascii_digit() || byte == b'-');
            written.extend(part.iter().filter(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)));
        }
        let number: f64 = written.parse().unwrap_or_default();
        if sign.contains(&b'-') { -number } else { number }
    }

    /// Goes behind a picture that is written within a content. Its operands say how long it is if it is not packed.
    fn picture(&mut self, operands: &[Operand]) {
        self.skip(1);
        let ends = |data: &[u8], at: usize| {
            let rest = data.get(at..)?;
            let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let rest = rest.get(blanks..)?.strip_prefix(b"EI")?;
            let text = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r' | 0);
            let closed = rest.first().is_none_or(|byte| !is_regular(*byte));
            (closed && rest.iter().take(LOOK_AHEAD).all(text)).then_some(at + blanks + 2)
        };
        let data = self.rest;
        let known = picture_length(operands).and_then(|length| ends(data, length));
        let searched = || {
            let breaks = data.iter().enumerate().filter(|(_, byte)| byte.is_ascii_whitespace());
            std::iter::once(0)
                .chain(breaks.map(|(at, _)| at + 1))
                .filter(|at| data.get(*at..).is_some_and(|rest| rest.starts_with(b"EI")))
                .find_map(|at| ends(data, at))
        };
        if let Some(end) = known.or_else(searched) {
            self.skip(end);
        } else {
            self.damaged += 1;
            self.rest = &[];
        }
    }
}

impl<'a> Words<'a> {
    /// The next part of a content; none at its end.
    fn token(&mut self, open: &mut Vec<Open>) -> Option<Token<'a>> {
        self.take_while(is_blank);
        let begin = self.rest;
        let first = *begin.first()?;
        let is_double = begin.starts_with(b"<<") || begin.starts_with(b">>");
        let bracket = match first {
            b'<' | b'>' if is_double => 2,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' => 1,
            _ => 0,
        };
        self.skip(bracket);
        let operand = match first {
            b'%' => {
                self.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
                return Some(Token::Nothing);
            }
            b'(' => Operand::Text(self.literal()),
            b'<' if !is_double => Operand::Text(self.hexadecimal()),
            b'/' => Operand::Name(self.name()),
            b'[' | b'<' => {
                let list = if first == b'[' { Open::List(Vec::new()) } else { Open::Dictionary };
                if open.len() < DEEPEST {
                    open.push(list);
                } else {
                    self.damaged += 1;
                }
                return Some(Token::Nothing);
            }
            b']' | b'>' => match (first, is_double, open.pop()) {
                (b']', _, Some(Open::List(list))) => Operand::List(list),
                (b'>', true, Some(Open::Dictionary)) => Operand::Other,
                (_, _, other) => {
                    open.extend(other);
                    self.damaged += 1;
                    return Some(Token::Nothing);
                }
            },
            b'+' | b'-' | b'.' | b'0'..=b'9' => Operand::Number(self.number()),
            b')' => {
                self.damaged += 1;
                return Some(Token::Nothing);
            }
            // The language of maps has such brackets.
            b'{' | b'}' => return Some(Token::Nothing),
            _ => match self.take_while(is_regular) {
                b"true" | b"false" | b"null" => Operand::Other,
                word => return Some(Token::Word(word)),
            },
        };
        Some(Token::Operand(operand))
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Operation<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut operands = Vec::new();
        let mut open: Vec<Open> = Vec::new();
        let mut cost = 1;
        loop {
            let Some(token) = self.token(&mut open) else {
                self.damaged += usize::from(!open.is_empty());
                return None;
            };
            cost += 1;
            match token {
                Token::Nothing => {}
                Token::Operand(operand) => match open.last_mut() {
                    _ if cost > MOST_OPERANDS => {}
                    Some(Open::List(list)) => list.push(operand),
                    Some(Open::Dictionary) => {}
                    None => operands.push(operand),
                },
                Token::Word(word) => {
                    // Something was not closed, and nobody knows where it should have been; or not all was kept.
                    self.damaged += usize::from(!open.is_empty() || cost > MOST_OPERANDS);
                    if !open.is_empty() || word == b"BI" {
                        operands.clear();
                        open.clear();
                    }
                    if word == b"ID" {
                        self.picture(&operands);
                        return Some(Operation { word: b"BI", operands: Vec::new(), cost });
                    } else if word != b"BI" {
                        return Some(Operation { word, operands, cost });
                    }
                }
            }
        }
    }
}

/// What a stroke in a text stands for, and how many bytes behind it belong to it.
fn escaped(rest: &[u8]) -> (Option<u8>, usize) {
    match rest {
        [b'n', ..] => (Some(b'\n'), 1),
        [b'r', ..] => (Some(b'\r'), 1),
        [b't', ..] => (Some(b'\t'), 1),
        [b'b', ..] => (Some(8), 1),
        [b'f', ..] => (Some(12), 1),
        [b'\r', b'\n', ..] => (None, 2),
        [b'\r' | b'\n', ..] => (None, 1),
        [b'0'..=b'7', ..] => {
            let digits = rest.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
            let (code, length) = digits
                .fold((0_u32, 0), |(code, length), digit| (code << 3 | u32::from(digit - b'0'), length + 1));
            (Some(code as u8), length)
        }
        [other, ..] => (Some(*other), 1),
        [] => (None, 0),
    }
}

/// The bytes of a picture that is not packed.
fn picture_length(operands: &[Operand]) -> Option<usize> {
    let value = |short: &[u8], long: &[u8]| {
        operands.chunks_exact(2).find_map(|pair| match pair {
            [Operand::Name(name), value] if name == short || name == long => Some(value),
            _ => None,
        })
    };
    if value(b"F", b"Filter").is_some() {
        return None;
    }
    let number = |short: &[u8], long: &[u8]| {
        let number = value(short, long)?.number()?;
        (number.abs() < 1e6).then_some(number as usize)
    };
    let colours = match value(b"CS", b"ColorSpace").and_then(Operand::name) {
        Some(b"RGB" | b"DeviceRGB") => 3,
        Some(b"CMYK" | b"DeviceCMYK") => 4,
        _ => 1,
    };
    let bits = number(b"BPC", b"BitsPerComponent").unwrap_or(1);
    Some((number(b"W", b"Width")? * colours * bits).div_ceil(8) * number(b"H", b"Height")?)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 12 | 0)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(content: &[u8]) -> (Vec<(String, Vec<Operand>)>, usize) {
        let mut words = Words::new(content);
        let all = words
            .by_ref()
            .map(|one| (String::from_utf8_lossy(one.word).into_owned(), one.operands))
            .collect();
        (all, words.damaged)
    }

    fn text(text: &[u8]) -> Operand {
        Operand::Text(text.to_vec())
    }

    #[test]
    fn operands_stand_in_front_of_their_word() {
        let content = b"q 1 0 0 -1 .5 +10.25cm/F#31 12 Tf[(a\\)(b)\\101\\\n)-3<4 1 5>]TJ T* % (no\n(x) ' /P<</L[1]>>BDC";
        let (all, damaged) = words(content);
        let numbers = [1.0, 0.0, 0.0, -1.0, 0.5, 10.25].map(Operand::Number).to_vec();
        let list = vec![text(b"a)(b)A"), Operand::Number(-3.0), text(b"AP")];
        let expected = [
            ("q", Vec::new()),
            ("cm", numbers),
            ("Tf", vec![Operand::Name(b"F1".to_vec()), Operand::Number(12.0)]),
            ("TJ", vec![Operand::List(list)]),
            ("T*", Vec::new()),
            ("'", vec![text(b"x")]),
            ("BDC", vec![Operand::Name(b"P".to_vec()), Operand::Other]),
        ];
        assert_eq!(all, expected.map(|(word, operands)| (word.to_owned(), operands)));
        assert_eq!(damaged, 0);
    }

    #[test]
    fn what_follows_a_damaged_place_is_read() {
        for place in [&b">> ] "[..], b") ", b"[ 1 2 ", b"<< /A ", b"]]]"] {
            let (all, damaged) = words(&[place, b"BT (x) Tj"].concat());
            assert_eq!(all.last().unwrap(), &("Tj".to_owned(), vec![text(b"x")]), "{place:?}");
            assert!(damaged > 0, "{place:?}");
        }
        for place in [&b"(x"[..], b"<41", b"[[[", b"BI /W 1 ID abc"] {
            assert_eq!(words(place).1, 1, "{place:?}");
        }
    }

    #[test]
    fn pictures_are_passed_by() {
        for picture in [
            &b"BI /W 4 /H 2 /BPC 8 /CS /G ID \x01(EI [<\xff\x02\nEI"[..],
            b"BI /W 2 /H 2 /IM true ID \xf0\x90\nEI",
            b"BI /W 4 /H 4 /F [/A85 /Fl] ID Gar8^~> EI",
            b"BI /W 4 /H 4 /F /DCT ID \xff\xd8 EI \xff(<[\x01\xff\xd9\nEI",
        ] {
            let (all, damaged) = words(&[b"q ", picture, b" Q (x) Tj"].concat());
            let said: Vec<_> = all.iter().map(|(word, _)| word.as_str()).collect();
            assert_eq!((said, damaged), (vec!["q", "BI", "Q", "Tj"], 0), "{picture:?}");
        }
    }

    #[test]
    fn a_word_with_too_many_operands_keeps_the_first_ones() {
        let content = [b"[".to_vec(), b"1 ".repeat(MOST_OPERANDS * 2), b"] TJ (x) Tj".to_vec()].concat();
        let mut words = Words::new(&content);
        let first = words.next().unwrap();
        assert!(first.cost > MOST_OPERANDS * 2);
        assert_eq!((first.operands.len(), words.damaged), (0, 1));
        assert_eq!(words.next().unwrap().operands, [text(b"x")]);
        assert_eq!(words.next(), None);
    }
}
