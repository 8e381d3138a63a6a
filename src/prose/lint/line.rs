//! A text as lines of characters with their places.

use std::ops::Range;

use super::chinese::is_han;

/// A character and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The character.
    pub c: char,
    /// Its first byte in the text.
    pub at: usize,
    /// Whether it belongs to an address or a live figure, which proof-reading leaves alone.
    pub kept: bool,
}

impl Glyph {
    /// The byte behind it.
    pub(super) fn end(self) -> usize {
        self.at + self.c.len_utf8()
    }
}

/// Characters that are looked at around a place, far more than sentences have.
const LONGEST_SENTENCE: usize = 300;

/// One line, which is one paragraph.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Its first byte in the text.
    pub start: usize,
    /// The line without its end.
    pub text: &'a str,
    /// Its characters.
    pub glyphs: Vec<Glyph>,
}

impl<'a> Line<'a> {
    /// A line that begins at this byte of its text.
    pub(super) fn new(start: usize, text: &'a str) -> Self {
        let mut glyphs: Vec<_> =
            text.char_indices().map(|(at, c)| Glyph { c, at: start + at, kept: false }).collect();
        keep_live_figures(&mut glyphs);
        keep_addresses(&mut glyphs);
        Self { start, text, glyphs }
    }

    /// The byte behind it.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// The character at an index.
    pub(super) fn get(&self, index: usize) -> Option<char> {
        self.glyphs.get(index).map(|glyph| glyph.c)
    }

    /// The character before an index.
    pub(super) fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|index| self.get(index))
    }

    /// The first index from here on that is no blank.
    pub(super) fn skip_blanks(&self, from: usize) -> usize {
        let blanks = self.glyphs.iter().skip(from).take_while(|glyph| glyph.c.is_whitespace()).count();
        from + blanks
    }

    /// The bytes of some characters; empty at the end of the line where there are none.
    pub(super) fn bytes(&self, glyphs: Range<usize>) -> Range<usize> {
        let at = |index: usize| self.glyphs.get(index).map_or(self.end(), |glyph| glyph.at);
        at(glyphs.start)..at(glyphs.end)
    }

    /// Some characters as text.
    pub(super) fn slice(&self, glyphs: Range<usize>) -> &'a str {
        let bytes = self.bytes(glyphs);
        self.text.get(bytes.start - self.start..bytes.end - self.start).unwrap_or_default()
    }

    /// The end of the text before an index, as much of it as a sentence may have.
    pub(super) fn some_before(&self, index: usize) -> &'a str {
        self.slice(index.saturating_sub(LONGEST_SENTENCE)..index)
    }

    /// The beginning of the text from an index on, as much of it as a sentence may have.
    pub(super) fn some_from(&self, index: usize) -> &'a str {
        self.slice(index..self.glyphs.len().min(index + LONGEST_SENTENCE).max(index))
    }

    /// Whether there is a Chinese character in it.
    pub(super) fn is_chinese(&self) -> bool {
        self.glyphs.iter().any(|glyph| is_han(glyph.c))
    }
}

/// Characters a live figure may have, its braces included; a lone brace must not make the rest be searched again
/// and again.
const LONGEST_PATH: usize = 200;

fn keep_live_figures(glyphs: &mut [Glyph]) {
    let is_pair = |glyphs: &[Glyph], at: usize, c: char| {
        glyphs.get(at..at + 2).is_some_and(|pair| pair.iter().all(|glyph| glyph.c == c))
    };
    let mut at = 0;
    while at < glyphs.len() {
        if is_pair(glyphs, at, '{')
            && let Some(end) =
                (at + 2..glyphs.len().min(at + LONGEST_PATH)).find(|end| is_pair(glyphs, *end, '}'))
        {
            for glyph in glyphs.iter_mut().take(end + 2).skip(at) {
                glyph.kept = true;
            }
            at = end + 2;
        } else {
            at += 1;
        }
    }
}

/// Addresses of the web and of mail are runs of ASCII; marks at their ends belong to the sentence.
fn keep_addresses(glyphs: &mut [Glyph]) {
    for run in glyphs.chunk_by_mut(|a, b| a.c.is_ascii_graphic() && b.c.is_ascii_graphic()) {
        let letters: String = run.iter().map(|glyph| glyph.c).collect();
        if letters.is_ascii() && ["://", "www.", "@"].iter().any(|sign| letters.contains(sign)) {
            let is_inner = |glyph: &Glyph| glyph.c.is_ascii_alphanumeric() || glyph.c == '/';
            let first = run.iter().position(is_inner).unwrap_or(run.len());
            let last = run.iter().rposition(is_inner).map_or(first, |last| last + 1);
            for glyph in run.iter_mut().take(last).skip(first) {
                glyph.kept = true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> String {
        Line::new(0, text).glyphs.iter().filter(|glyph| glyph.kept).map(|glyph| glyph.c).collect()
    }

    #[test]
    fn addresses_and_live_figures_are_left_alone() {
        assert_eq!(kept("网址（http://a.b/c?d=1）,可查"), "http://a.b/c?d=1");
        assert_eq!(kept("邮箱:ab@c.cn,电话"), "ab@c.cn");
        assert_eq!(kept("共{{requests.received.total}}件,{{"), "{{requests.received.total}}");
        assert_eq!(kept("8:30,甲(乙)"), "");
    }

    #[test]
    fn lines_know_their_places() {
        let line = Line::new(4, "乙丙");
        assert_eq!((line.start, line.end()), (4, 10));
        assert_eq!(line.bytes(1..2), 7..10);
        assert_eq!(line.bytes(5..9), 10..10);
        assert_eq!(line.slice(0..9), "乙丙");
    }
}
