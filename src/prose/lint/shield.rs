//! What rules about single marks leave to others.

use super::document::mentions;
use super::heading::Mark;
use super::line::Line;

/// For each character of a line, whether it belongs to an address, a live figure, the year of a document's number
/// or the number of a heading.
pub(super) fn shielded(line: &Line) -> Vec<bool> {
    let mut shielded: Vec<bool> = line.glyphs.iter().map(|glyph| glyph.kept).collect();
    let mut shield = |glyphs: std::ops::Range<usize>| {
        if let Some(some) = shielded.get_mut(glyphs) {
            some.fill(true);
        }
    };
    for mention in mentions(line) {
        shield(mention.brackets);
    }
    if let Some(mark) = Mark::of(line) {
        let first = line.glyphs.partition_point(|glyph| glyph.at < mark.range.start);
        let end = line.glyphs.partition_point(|glyph| glyph.at < mark.range.end);
        shield(first..end);
    }
    shielded
}
