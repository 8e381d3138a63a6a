//! Brackets and quotation marks: those without a partner, and pairs of two widths.

use super::chinese::{digit, is_han, is_numeral};
use super::edit::{Edit, applied};
use super::line::{Glyph, Line};
use super::shield::shielded;
use super::{Piece, remark, replace};
use crate::prose::{Fix, Remark, Topic};

/// A bracket or quotation mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    family: Family,
    side: Side,
    /// Itself, with its place in the paragraph.
    glyph: Glyph,
    /// Whether it closes a number like 1） and needs no partner.
    is_list_number: bool,
}

/// The brackets and quotation marks of a line.
pub(super) fn read(line: &Line) -> Vec<Mark> {
    let shielded = shielded(line);
    let mark = |(index, glyph): (usize, &Glyph)| {
        let (family, side) = kind(glyph.c)?;
        let is_apostrophe = glyph.c == '’' && line.before(index).is_some_and(|c| c.is_ascii_alphanumeric());
        if is_apostrophe || shielded.get(index).copied().unwrap_or(false) {
            return None;
        }
        let is_list_number = side != Side::Open && is_list_number(line, index);
        Some(Mark { family, side, glyph: *glyph, is_list_number })
    };
    line.glyphs.iter().enumerate().filter_map(mark).collect()
}

/// Whether what is open in a line must be closed by its end.
pub(super) fn is_ended(line: &Line) -> bool {
    line.text.trim_end().ends_with(['。', '！', '？'])
}

pub(super) fn check(text: &str, paragraphs: &[Piece], remarks: &mut Vec<Remark>) {
    let mut walk = Walk::default();
    let next = paragraphs.iter().skip(1).map(|(_, next)| Some(next)).chain([None]);
    for ((start, paragraph), next) in paragraphs.iter().zip(next) {
        for mark in &paragraph.marks {
            walk.take(*start, mark, remarks);
        }
        // Lines and pages cut by another program go on in the next line.
        if paragraph.is_ended || next.is_none_or(|next| next.opening.mark().is_some()) {
            walk.finish(text, remarks);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Round,
    Square,
    Tortoise,
    Lens,
    Book,
    Angle,
    Corner,
    WhiteCorner,
    Double,
    Single,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// A straight quotation mark is either.
    Either,
}

fn kind(c: char) -> Option<(Family, Side)> {
    use Family::{Angle, Book, Corner, Double, Lens, Round, Single, Square, Tortoise, WhiteCorner};
    use Side::{Close, Either, Open};
    Some(match c {
        '（' | '(' => (Round, Open),
        '）' | ')' => (Round, Close),
        '［' | '[' => (Square, Open),
        '］' | ']' => (Square, Close),
        '〔' => (Tortoise, Open),
        '〕' => (Tortoise, Close),
        '【' => (Lens, Open),
        '】' => (Lens, Close),
        '《' => (Book, Open),
        '》' => (Book, Close),
        '〈' => (Angle, Open),
        '〉' => (Angle, Close),
        '「' => (Corner, Open),
        '」' => (Corner, Close),
        '『' => (WhiteCorner, Open),
        '』' => (WhiteCorner, Close),
        '“' => (Double, Open),
        '”' => (Double, Close),
        '"' => (Double, Either),
        '‘' => (Single, Open),
        '’' => (Single, Close),
        _ => return None,
    })
}

/// The full-width mark of a half-width bracket.
fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        '[' => '［',
        ']' => '］',
        other => other,
    }
}

/// How deep brackets may be nested; beyond that the outermost count as never closed.
const DEEPEST: usize = 32;

/// On the way from one mark to the next; places count from the start of the text.
#[derive(Default)]
struct Walk {
    open: Vec<(Family, Glyph)>,
    /// Marks that close nothing.
    lone: Vec<(Family, Glyph)>,
    /// Straight quotation marks and what they should be.
    straight: Vec<Edit>,
    /// Whether the straight ones pair among themselves and with others.
    is_doubtful: bool,
}

impl Walk {
    /// Takes the next mark, of a paragraph that begins at byte `start`.
    fn take(&mut self, start: usize, mark: &Mark, remarks: &mut Vec<Remark>) {
        let Mark { family, side, is_list_number, .. } = *mark;
        let glyph = Glyph { at: mark.glyph.at + start, ..mark.glyph };
        let is_inside = self.open.last().is_some_and(|(open, _)| *open == family);
        match side {
            Side::Open => self.open.push((family, glyph)),
            Side::Either if !is_inside => {
                self.straight.push(Edit { range: glyph.at..glyph.end(), with: "“".to_owned() });
                self.open.push((family, glyph));
            }
            Side::Close | Side::Either => {
                if side == Side::Either {
                    self.straight.push(Edit { range: glyph.at..glyph.end(), with: "”".to_owned() });
                }
                self.close(family, glyph, is_list_number, remarks);
            }
        }
        if self.open.len() > DEEPEST {
            let (family, outermost) = self.open.remove(0);
            self.report(family, outermost, "后", remarks);
        }
    }

    fn close(&mut self, family: Family, glyph: Glyph, is_list_number: bool, remarks: &mut Vec<Remark>) {
        let Some(at) = self.open.iter().rposition(|(open, _)| *open == family) else {
            if !is_list_number {
                self.lone.push((family, glyph));
            }
            return;
        };
        // What was opened inside and is not closed has no partner: it must not be paired with anything behind.
        for (family, inner) in self.open.drain(at + 1..).collect::<Vec<_>>() {
            self.report(family, inner, "后", remarks);
        }
        let Some((_, open)) = self.open.pop() else { return };
        let widths = (open.c.is_ascii(), glyph.c.is_ascii());
        if family != Family::Double && widths.0 != widths.1 {
            let half = if widths.0 { open } else { glyph };
            let right = wide(half.c).to_string();
            let message = format!("“{}”与“{}”一半角一全角。", open.c, glyph.c);
            let range = half.at..half.end();
            let fix = replace(range.clone(), &right);
            remarks.push(remark(Topic::Pairs, range, message, "中文里的括号用全角。", Some(fix)));
        }
    }

    fn report(&mut self, family: Family, glyph: Glyph, side: &str, remarks: &mut Vec<Remark>) {
        let range = glyph.at..glyph.end();
        self.is_doubtful |= family == Family::Double;
        if glyph.c == '"' {
            return;
        }
        let message = format!("“{}”{side}面没有与它配对的“{}”。", glyph.c, partner(family, side));
        let hint = "请补上缺少的一半，或删去多余的。";
        remarks.push(remark(Topic::Pairs, range, message, hint, None));
    }

    fn finish(&mut self, text: &str, remarks: &mut Vec<Remark>) {
        let (open, lone) = (std::mem::take(&mut self.open), std::mem::take(&mut self.lone));
        if let Some(turned) = turned(text, &open, &lone) {
            remarks.push(turned);
        } else {
            for (family, glyph) in open {
                self.report(family, glyph, "后", remarks);
            }
            for (family, glyph) in lone {
                self.report(family, glyph, "前", remarks);
            }
        }
        self.finish_straight(text, remarks);
    }

    fn finish_straight(&mut self, text: &str, remarks: &mut Vec<Remark>) {
        let straight = std::mem::take(&mut self.straight);
        let is_doubtful = std::mem::take(&mut self.is_doubtful);
        let (Some(first), Some(last)) = (straight.first(), straight.last()) else { return };
        let range = first.range.start..last.range.end;
        let piece = text.get(range.clone()).unwrap_or_default();
        if !piece.chars().any(is_han) {
            return;
        }
        let inner: Vec<_> = straight
            .iter()
            .map(|edit| Edit {
                range: edit.range.start - range.start..edit.range.end - range.start,
                with: edit.with.clone(),
            })
            .collect();
        let fix = (!is_doubtful).then(|| Fix {
            range: range.clone(),
            with: applied(piece, &inner),
            name: "改为“”".to_owned(),
        });
        let message = format!("引号用了半角的直引号，共 {} 个。", straight.len());
        let hint = "中文用弯引号“”，前后成对。";
        remarks.push(remark(Topic::Pairs, first.range.clone(), message, hint, fix));
    }
}

/// Two openings or two closings around a short piece: one of them is turned the wrong way.
fn turned(text: &str, open: &[(Family, Glyph)], lone: &[(Family, Glyph)]) -> Option<Remark> {
    let (first, second, is_open) = match (open, lone) {
        ([first, second], []) => (first, second, true),
        ([], [first, second]) => (first, second, false),
        _ => return None,
    };
    let is_curly = |glyph: &Glyph| matches!(glyph.c, '“' | '”');
    let between = text.get(first.1.end()..second.1.at)?;
    let is_short =
        between.chars().count() <= 30 && !between.contains(['。', '；', '\n']) && !between.is_empty();
    if !is_curly(&first.1) || !is_curly(&second.1) || !is_short {
        return None;
    }
    let (glyph, right) = if is_open { (second.1, "”") } else { (first.1, "“") };
    let range = glyph.at..glyph.end();
    let message = format!("这里的引号“{}”方向反了，应为“{right}”。", glyph.c);
    let fix = replace(range.clone(), right);
    Some(remark(Topic::Pairs, range, message, "引号前后成对：前用“，后用”。", Some(fix)))
}

/// What is missing.
fn partner(family: Family, side: &str) -> char {
    let (open, close) = match family {
        Family::Round => ('（', '）'),
        Family::Square => ('［', '］'),
        Family::Tortoise => ('〔', '〕'),
        Family::Lens => ('【', '】'),
        Family::Book => ('《', '》'),
        Family::Angle => ('〈', '〉'),
        Family::Corner => ('「', '」'),
        Family::WhiteCorner => ('『', '』'),
        Family::Double => ('“', '”'),
        Family::Single => ('‘', '’'),
    };
    if side == "后" { close } else { open }
}

/// Whether a closing bracket belongs to a number like 1） or 二）.
fn is_list_number(line: &Line, index: usize) -> bool {
    let number = (0..index).rev().take_while(|index| {
        line.get(*index).is_some_and(|c| digit(c).is_some() || is_numeral(c) || c.is_ascii_alphabetic())
    });
    let length = number.count();
    let before = line.before(index - length);
    (1..=2).contains(&length)
        && before
            .is_none_or(|c| c.is_whitespace() || matches!(c, '。' | '；' | '：' | '，' | ';' | ':' | ','))
}
