//! Signs at positions to lines of text.

use unicode_width::UnicodeWidthStr;

use super::notes;
use super::page::Glyph;

/// Parts of the font size: how far below its neighbours a sign may stand on the same line, from which gap on there is
/// a blank between two signs, from which gap on they stand in two columns, from which gap on they do so in a line that
/// has columns, and how far off a second print of the same sign may lie that only makes it bold.
const SAME_LINE: f64 = 0.35;
const BLANK: f64 = 0.2;
const COLUMN: f64 = 0.9;
const NARROW_COLUMN: f64 = 0.4;
const SAME_PLACE: f64 = 0.15;
/// Blanks that one gap may become.
const WIDEST: usize = 400;

/// The lines of a page from top to bottom. A gap between columns becomes at least two blanks, and as many as bring what
/// follows to its place from the left.
pub(super) fn lines(mut glyphs: Vec<Glyph>) -> Vec<String> {
    glyphs.sort_by(|one, other| other.y.total_cmp(&one.y));
    let left = glyphs.iter().map(|glyph| glyph.x).fold(f64::INFINITY, f64::min);
    let unit = unit(&glyphs);
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    // Where the current line is: where the highest of its largest signs stands, as a mark may stand above.
    let mut level = (f64::INFINITY, 0.0);
    for glyph in glyphs {
        let (y, size) = level;
        match lines.last_mut() {
            Some(line) if y - glyph.y <= SAME_LINE * glyph.size.min(size) => {
                if size <= notes::LARGEST * glyph.size {
                    level = (glyph.y, glyph.size);
                }
                line.push(glyph);
            }
            _ => {
                level = (glyph.y, glyph.size);
                lines.push(vec![glyph]);
            }
        }
    }
    for line in &mut lines {
        line.sort_by(|one, other| one.x.total_cmp(&other.x));
    }
    notes::join(&mut lines);
    lines.into_iter().map(|line| set(line, left, unit)).collect()
}

/// One line.
fn set(mut line: Vec<Glyph>, left: f64, unit: f64) -> String {
    line.dedup_by(|next, glyph| next.text == glyph.text && next.x - glyph.x < SAME_PLACE * glyph.size);
    let gap_over = |bound: f64, before: &Glyph, glyph: &Glyph| {
        glyph.x - before.end > bound * before.size.min(glyph.size)
    };
    // A line of prose that is stretched to its margins has wide gaps, but none as wide as between columns.
    let pairs = || line.iter().zip(line.iter().skip(1));
    let bound =
        if pairs().any(|(before, glyph)| gap_over(COLUMN, before, glyph)) { NARROW_COLUMN } else { COLUMN };
    let mut text = String::new();
    let mut column = 0;
    let mut before: Option<&Glyph> = None;
    let mut is_note = false;
    for (glyph, raised) in line.iter().zip(notes::of(&line)) {
        let place = ((glyph.x - left) / unit).round().max(0.0) as usize;
        let blanks = match before {
            None => place,
            Some(before) if gap_over(bound, before, glyph) => place.saturating_sub(column).max(2),
            Some(before) => {
                let both_wide = before.text.width() > 1 && glyph.text.width() > 1;
                usize::from(gap_over(BLANK, before, glyph) && !both_wide)
            }
        };
        let blanks = blanks.min(WIDEST);
        if is_note && (!raised || blanks > 0) {
            text.push(']');
            column += 1;
            is_note = false;
        }
        text.extend(std::iter::repeat_n(' ', blanks));
        if raised && !is_note {
            text.push('[');
            column += 1;
            is_note = true;
        }
        text.push_str(&glyph.text);
        column += blanks + glyph.text.width();
        before = Some(glyph);
    }
    if is_note {
        text.push(']');
    }
    text
}

/// The width of a column: half a sign of the smaller print on the page, so that nothing has to give way.
fn unit(glyphs: &[Glyph]) -> f64 {
    let mut sizes: Vec<f64> = glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f64::total_cmp);
    (sizes.get(sizes.len() / 10).copied().unwrap_or(10.0) / 2.0).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(x: f64, y: f64, text: &str) -> Vec<Glyph> {
        let mut at = x;
        text.chars()
            .map(|c| {
                let text = c.to_string();
                let (x, end) = (at, at + if text.width() == 2 { 10.0 } else { 5.0 });
                at = end;
                Glyph { x, end, y, size: 10.0, text }
            })
            .collect()
    }

    #[test]
    fn columns_stand_below_one_another() {
        let glyphs = [
            word(100.0, 700.0, "自然人"),
            word(150.0, 701.0, "总计"),
            word(20.0, 680.0, "一、新收"),
            word(100.0, 680.0, "21"),
            word(150.0, 680.5, "21"),
            word(150.0, 660.0, "7"),
        ]
        .concat();
        assert_eq!(
            lines(glyphs),
            ["                自然人    总计", "一、新收        21        21", "                          7"]
        );
    }

    #[test]
    fn small_gaps_are_blanks_only_beside_latin() {
        let mut glyphs = word(0.0, 0.0, "2023");
        glyphs.extend(word(23.0, 0.0, "年"));
        glyphs.extend(word(37.0, 0.0, "度"));
        assert_eq!(lines(glyphs), ["2023 年度"]);
        let bold = [word(0.0, 0.0, "1"), word(0.5, 0.0, "1"), word(5.0, 0.0, "1")].concat();
        assert_eq!(lines(bold), ["11"]);
        assert!(lines(Vec::new()).is_empty());
    }
}
