use super::*;
use crate::tui::width::Policy;
use ratatui::layout::Size;
use std::cell::Cell;
use std::rc::Rc;

/// A text that counts how often it was painted.
#[derive(Clone)]
struct Note(&'static str, Rc<Cell<usize>>);

impl PartialEq for Note {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Show for Note {
    fn paint(&self, canvas: &mut Canvas<'_>, _: &Theme) {
        canvas.put(0, 0, self.0, Style::new());
        self.1.set(self.1.get() + 1);
    }
}

struct Bench {
    screen: Screen,
    stage: Stage<Note>,
    painted: Rc<Cell<usize>>,
}

impl Bench {
    fn new() -> Self {
        let screen = Screen::new(Size::new(10, 2), Policy::Narrow);
        Self { screen, stage: Stage::new(), painted: Rc::new(Cell::new(0)) }
    }

    /// Shows texts at (x, y, width) and gives how many of them were painted.
    fn show(&mut self, notes: &[(Layer, (u16, u16, u16), &'static str)]) -> usize {
        self.painted.set(0);
        let region = |&(layer, (x, y, width), text)| Region {
            area: Rect::new(x, y, width, 1),
            layer,
            shown: Note(text, Rc::clone(&self.painted)),
        };
        let regions = notes.iter().map(region).collect();
        let spare = self.stage.present(&mut self.screen, &Theme::plain(), regions);
        assert!(spare.is_empty());
        self.painted.get()
    }

    fn rows(&self) -> Vec<String> {
        self.screen.lines()
    }
}

use Layer::{Base, Overlay};

#[test]
fn only_what_changed_is_painted() {
    let mut bench = Bench::new();
    assert_eq!(bench.show(&[(Base, (0, 0, 5), "一"), (Base, (5, 0, 5), "二")]), 2);
    assert_eq!(bench.show(&[(Base, (0, 0, 5), "一"), (Base, (5, 0, 5), "二")]), 0);
    assert_eq!(bench.show(&[(Base, (0, 0, 5), "一"), (Base, (5, 0, 5), "三")]), 1);
    assert_eq!(bench.rows(), ["一   三", ""]);
}

#[test]
fn an_area_is_blank_before_it_is_painted() {
    let mut bench = Bench::new();
    bench.show(&[(Base, (0, 0, 6), "abcdef")]);
    bench.show(&[(Base, (0, 0, 6), "x")]);
    assert_eq!(bench.rows(), ["x", ""]);
}

#[test]
fn another_shape_is_painted_whole() {
    let mut bench = Bench::new();
    bench.show(&[(Base, (0, 0, 5), "a"), (Base, (5, 0, 5), "b")]);
    assert_eq!(bench.show(&[(Base, (0, 0, 5), "a")]), 1);
    assert_eq!(bench.rows(), ["a", ""]);
    assert_eq!(bench.show(&[(Base, (1, 1, 5), "a")]), 1);
    assert_eq!(bench.rows(), ["", " a"]);
    assert_eq!(bench.show(&[(Overlay, (1, 1, 5), "a")]), 1);
}

#[test]
fn overlays_stay_on_top_and_give_back_what_they_cover() {
    let mut bench = Bench::new();
    let under = (Base, (0, 0, 10), "一二三四五");
    let over = (Overlay, (3, 0, 4), "....");
    let beside = (Overlay, (0, 1, 4), "-");
    // The overlay comes first in the list and is on top nevertheless.
    assert_eq!(bench.show(&[over, under, beside]), 3);
    assert_eq!(bench.rows(), ["一 .... 五", "-"]);
    assert_eq!(bench.show(&[over, (Base, (0, 0, 10), "甲乙丙丁戊"), beside]), 2);
    assert_eq!(bench.rows(), ["甲 .... 戊", "-"]);
    assert_eq!(bench.show(&[(Base, (0, 0, 10), "甲乙丙丁戊")]), 1);
    assert_eq!(bench.rows(), ["甲乙丙丁戊", ""]);
}

#[test]
fn what_lies_on_a_repainted_region_is_repainted_in_turn() {
    let mut bench = Bench::new();
    let middle = (Overlay, (2, 0, 4), "bbbb");
    let top = (Overlay, (5, 0, 3), "ccc");
    bench.show(&[(Base, (0, 0, 3), "aaa"), middle, top]);
    assert_eq!(bench.show(&[(Base, (0, 0, 3), "xxx"), middle, top]), 3);
    assert_eq!(bench.rows(), ["xxbbbccc", ""]);
}

#[test]
fn a_resized_screen_and_forget_paint_all() {
    let mut bench = Bench::new();
    let notes = [(Base, (0, 0, 5), "a")];
    bench.show(&notes);
    bench.screen.resize(Size::new(20, 2));
    assert_eq!(bench.show(&notes), 1);
    assert_eq!(bench.show(&notes), 0);
    bench.screen.set_policy(Policy::Wide);
    assert_eq!(bench.show(&notes), 1);
    bench.stage.forget();
    assert_eq!(bench.show(&notes), 1);
    bench.screen.invalidate();
    assert_eq!(bench.show(&notes), 0);
}

#[test]
fn the_list_is_handed_back_for_reuse() {
    let mut bench = Bench::new();
    bench.show(&[(Base, (0, 0, 5), "a"), (Base, (5, 0, 5), "b")]);
    let spare = bench.stage.present(&mut bench.screen, &Theme::plain(), Vec::new());
    assert!(spare.capacity() >= 2);
}
