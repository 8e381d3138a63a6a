//! Small signs at the upper edge of a line: the marks of notes.
//!
//! Beside a figure such a mark would make another figure of it, or stand on a line of its own as a figure. It is given
//! in square brackets behind the figure, as other programs write notes.

use super::page::Glyph;

/// Parts of the size of a sign: how large a mark beside it may be at most, how far it is raised at least, and how far
/// from it, or over it, it may begin.
pub(super) const LARGEST: f64 = 0.87;
const RAISED: f64 = 0.12;
const NEAR: f64 = 0.35;
/// Where the middle of a sign is, in parts of its size above the line that it stands on.
const MIDDLE: f64 = 0.35;
/// How far below the line it may be.
const LOWEST: f64 = 0.25;
/// Signs that a mark may have.
const LONGEST: usize = 8;

/// Puts small signs that stand right beside those of a neighbouring line, within its height, into that line. All lines
/// are sorted from the left.
pub(super) fn join(lines: &mut Vec<Vec<Glyph>>) {
    for index in 0..lines.len() {
        for other in [Some(index + 1), index.checked_sub(1)].into_iter().flatten() {
            let Ok([line, other]) = lines.get_disjoint_mut([index, other]) else { continue };
            // Whole lines of small print are not looked at sign by sign.
            let beside: Vec<bool> = runs(line).flat_map(|run| vec![belongs(run, other); run.len()]).collect();
            if !beside.contains(&true) {
                continue;
            }
            let mut beside = beside.into_iter();
            other.extend(line.extract_if(.., |_| beside.next() == Some(true)));
            other.sort_by(|one, other| one.x.total_cmp(&other.x));
        }
    }
    lines.retain(|line| !line.is_empty());
}

/// Which signs of a line are the mark of a note at a figure.
pub(super) fn of(line: &[Glyph]) -> Vec<bool> {
    let mut marks = vec![false; line.len()];
    let mut begin = 0;
    for run in runs(line) {
        let end = begin + run.len();
        let before = begin.checked_sub(1).and_then(|index| line.get(index));
        let at_figure = |sign: Option<&Glyph>| {
            sign.is_some_and(|sign| is_figure(sign) && is_beside(run, sign) && is_raised(run, sign))
        };
        if run.iter().all(is_mark) && (at_figure(before) || at_figure(line.get(end))) {
            marks.get_mut(begin..end).into_iter().flatten().for_each(|mark| *mark = true);
        }
        begin = end;
    }
    marks
}

/// Signs of the same size at the same height, one right behind the other.
fn runs(line: &[Glyph]) -> impl Iterator<Item = &[Glyph]> {
    line.chunk_by(|one, other| {
        let size = one.size.min(other.size);
        (one.size - other.size).abs() < 0.05 * size
            && (one.y - other.y).abs() < 0.05 * size
            && (other.x - one.end).abs() < NEAR * size
    })
}

/// Whether a run stands right before or behind a larger sign of a line, within its height.
fn belongs(run: &[Glyph], line: &[Glyph]) -> bool {
    let Some(begin) = run.first() else { return false };
    if run.len() > LONGEST {
        return false;
    }
    let next = line.partition_point(|sign| sign.x <= begin.x);
    [next.checked_sub(1), Some(next)].into_iter().flatten().filter_map(|index| line.get(index)).any(|sign| {
        let middle = begin.y + MIDDLE * begin.size - sign.y;
        begin.size <= LARGEST * sign.size
            && (-LOWEST * sign.size..sign.size).contains(&middle)
            && is_beside(run, sign)
    })
}

fn is_beside(run: &[Glyph], sign: &Glyph) -> bool {
    let (Some(begin), Some(end)) = (run.first(), run.last()) else { return false };
    let near = NEAR * sign.size;
    (begin.x - sign.end).abs() < near || (sign.x - end.end).abs() < near
}

fn is_raised(run: &[Glyph], sign: &Glyph) -> bool {
    run.first()
        .is_some_and(|first| first.size <= LARGEST * sign.size && first.y - sign.y >= RAISED * sign.size)
}

fn is_mark(sign: &Glyph) -> bool {
    sign.text
        .chars()
        .all(|c| c.is_numeric() || matches!(c, '*' | '＊' | '†' | '注' | '(' | ')' | '[' | ']' | ','))
}

fn is_figure(sign: &Glyph) -> bool {
    sign.text.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

#[cfg(test)]
mod tests {
    use crate::exchange::pdf::layout::lines;

    use super::*;

    /// Signs of this size, half as wide as high.
    fn print(x: f64, y: f64, size: f64, text: &str) -> Vec<Glyph> {
        (0..)
            .zip(text.chars())
            .map(|(nth, c)| {
                let x = x + f64::from(nth) * size / 2.0;
                Glyph { x, end: x + size / 2.0, y, size, text: c.to_string() }
            })
            .collect()
    }

    #[test]
    fn a_raised_mark_is_not_part_of_the_figure() {
        // As browsers, Word and LibreOffice print them; the last one is low enough to stand on the same line.
        for (size, raised) in [(8.3, 3.3), (6.5, 3.3), (5.8, 3.3), (6.5, 1.5)] {
            let row = [
                print(0.0, 100.0, 10.0, "a"),
                print(50.0, 100.0, 10.0, "82"),
                print(60.2, 100.0 + raised, size, "1"),
                print(100.0, 100.0, 10.0, "7"),
                print(150.0, 100.0, 10.0, "12"),
                print(160.2, 100.0 + raised, size, "13"),
                print(0.0, 80.0, 10.0, "b"),
            ];
            let text = lines(row.concat());
            let words: Vec<Vec<&str>> = text.iter().map(|line| line.split_whitespace().collect()).collect();
            assert_eq!(words, [vec!["a", "82[1]", "7", "12[13]"], vec!["b"]], "{size} {raised}");
        }
        // As Chromium prints a row whose figure is moved down to make room for its mark.
        let row = [
            print(0.0, 100.2, 10.0, "a"),
            print(50.0, 98.5, 10.0, "82"),
            print(60.0, 102.0, 8.3, "1"),
            print(100.0, 100.0, 10.0, "7"),
        ];
        assert_eq!(lines(row.concat()).len(), 1);
        let ahead = [print(45.8, 103.3, 8.3, "1"), print(50.0, 100.0, 10.0, "82")].concat();
        assert_eq!(lines(ahead), ["[1]82"]);
    }

    #[test]
    fn small_print_beside_or_above_stays_where_it_is() {
        let square = [print(0.0, 0.0, 10.0, "m"), print(5.1, 3.3, 6.0, "2")].concat();
        assert_eq!(lines(square), ["m2"], "words have such signs too");
        let low = [print(0.0, 0.0, 10.0, "CO"), print(10.1, -3.6, 6.0, "2")].concat();
        assert_eq!(lines(low), ["CO2"]);
        // Two small lines in a cell beside one large line.
        let cells =
            [print(0.0, 0.0, 12.0, "18"), print(30.0, 5.0, 8.0, "21"), print(30.0, -5.0, 8.0, "43")].concat();
        assert_eq!(lines(cells).len(), 3);
        let rows = [print(0.0, 10.0, 6.0, "21"), print(0.0, 0.0, 10.0, "43")].concat();
        assert_eq!(lines(rows), ["21", "43"]);
        let same = [print(0.0, 0.0, 10.0, "21"), print(10.0, 0.0, 6.0, "43")].concat();
        assert_eq!(lines(same), ["2143"], "smaller, but on the line");
    }
}
