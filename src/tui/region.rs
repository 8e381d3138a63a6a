//! Rectangles of the screen that show a comparable value.
//!
//! A view says what is to be seen as a list of regions, each with a small value. The [`Stage`] remembers the list
//! it painted last and paints only those regions whose value is a different one now. What keeps this right is one
//! property, which the tests check: the screen is always the same as if all had been painted anew.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::screen::Screen;
use super::theme::Theme;

/// What a region can show.
///
/// Equal values must paint the same cells: all that `paint` draws comes from the value and the theme.
pub trait Show: PartialEq {
    /// Draws the value. The canvas is clipped to the region's area and holds blanks in the default style, unless
    /// the value [covers](Show::covers) it.
    fn paint(&self, canvas: &mut Canvas<'_>, theme: &Theme);

    /// Whether `paint` draws every cell of the area by itself, so that it need not be blanked first.
    fn covers(&self) -> bool {
        false
    }
}

/// Which regions cover which where they overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The screen itself.
    Base,
    /// What stands on top of it for a while.
    Overlay,
}

/// A rectangle and what is to be seen in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Region<V> {
    /// Where, in screen coordinates. Parts outside the screen are cut off.
    pub area: Rect,
    /// Overlays cover all of the base; within a layer, later regions cover earlier ones.
    pub layer: Layer,
    /// What.
    pub shown: V,
}

/// Memo of what each region showed last.
#[derive(Debug)]
pub struct Stage<V> {
    shown: Vec<Region<V>>,
    /// Areas painted in the frame at hand; kept for its memory.
    painted: Vec<Rect>,
    /// The screen's generation that was painted on; `None` if nothing is remembered.
    generation: Option<u64>,
}

impl<V> Default for Stage<V> {
    fn default() -> Self {
        Self { shown: Vec::new(), painted: Vec::new(), generation: None }
    }
}

impl<V: Show> Stage<V> {
    /// A stage that remembers nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Brings the screen's buffer to what `regions` show, painting only what differs from the last time.
    ///
    /// A region is compared with the one at the same place in the list. A list with other areas or layers, or of
    /// another length, is painted whole on a blank screen. Gives back a list to build the next frame in, empty
    /// but with its memory.
    pub fn present(&mut self, screen: &mut Screen, theme: &Theme, regions: Vec<Region<V>>) -> Vec<Region<V>> {
        let before = std::mem::replace(&mut self.shown, regions);
        let known = self.generation.replace(screen.generation()) == Some(screen.generation());
        let comparable = known && same_shape(&before, &self.shown);
        if !comparable {
            let area = screen.area();
            screen.canvas(area).fill(area, Style::new());
        }
        self.painted.clear();
        for layer in [Layer::Base, Layer::Overlay] {
            for (index, region) in self.shown.iter().enumerate().filter(|(_, region)| region.layer == layer) {
                let old = if comparable { before.get(index) } else { None };
                let differs = old.is_none_or(|old| old.shown != region.shown);
                // A region that something was painted under must be painted on top again.
                if differs || self.painted.iter().any(|area| area.intersects(region.area)) {
                    paint(region, screen, theme);
                    self.painted.push(region.area);
                }
            }
        }
        let mut spare = before;
        spare.clear();
        spare
    }

    /// Forgets everything, so that the next list is painted whole: after a change of theme, for example.
    /// (A resized screen is noticed without it.)
    pub fn forget(&mut self) {
        self.shown.clear();
        self.generation = None;
    }
}

fn same_shape<V>(old: &[Region<V>], new: &[Region<V>]) -> bool {
    old.len() == new.len()
        && old.iter().zip(new).all(|(old, new)| old.area == new.area && old.layer == new.layer)
}

fn paint<V: Show>(region: &Region<V>, screen: &mut Screen, theme: &Theme) {
    let mut canvas = screen.canvas(region.area);
    let size = canvas.size();
    if !region.shown.covers() {
        canvas.fill(Rect::new(0, 0, size.width, size.height), Style::new());
    }
    region.shown.paint(&mut canvas, theme);
}

#[cfg(test)]
mod tests;
