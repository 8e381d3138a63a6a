//! What is chosen of a list, and which part of it is seen.

use std::ops::Range;

use crate::tui::action::Action;

/// The chosen item of a list and the first one seen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pick {
    at: usize,
    scroll: Scroll,
}

impl Pick {
    /// A list with this item chosen.
    pub(crate) fn new(at: usize) -> Self {
        Self { at, scroll: Scroll::default() }
    }

    /// The chosen item.
    pub(crate) fn at(self) -> usize {
        self.at
    }

    /// Keeps the choice inside a list of `len` items, and inside the `height` rows that are seen.
    pub(crate) fn settle(&mut self, len: usize, height: u16) {
        self.at = self.at.min(len.saturating_sub(1));
        self.scroll.settle(len, height);
        self.scroll.reveal(self.at);
    }

    /// The items that are seen.
    pub(crate) fn seen(self, len: usize) -> Range<usize> {
        self.scroll.seen(len)
    }

    /// Carries out an action that moves in a list. False if it is none.
    pub(crate) fn on(&mut self, action: Action, len: usize) -> bool {
        let last = len.saturating_sub(1);
        let page = self.scroll.page.max(1);
        self.at = match action {
            Action::ListUp => self.at.saturating_sub(1),
            Action::ListDown => self.at.saturating_add(1).min(last),
            Action::ListPageUp => self.at.saturating_sub(page),
            Action::ListPageDown => self.at.saturating_add(page).min(last),
            Action::ListFirst => 0,
            Action::ListLast => last,
            _ => return false,
        };
        true
    }
}

/// Which rows of something long are seen.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scroll {
    top: usize,
    page: usize,
}

impl Scroll {
    /// Takes the number of rows there are and of those that can be seen.
    pub(crate) fn settle(&mut self, len: usize, height: u16) {
        self.page = usize::from(height);
        self.top = self.top.min(len.saturating_sub(self.page));
    }

    /// Moves as little as needed for a row to be seen.
    pub(crate) fn reveal(&mut self, row: usize) {
        let lowest = row.saturating_add(1).saturating_sub(self.page.max(1));
        self.top = self.top.clamp(lowest, row);
    }

    /// The rows that are seen.
    pub(crate) fn seen(self, len: usize) -> Range<usize> {
        let top = self.top.min(len);
        top..top.saturating_add(self.page).min(len)
    }

    /// Carries out an action that scrolls. False if it is none.
    pub(crate) fn on(&mut self, action: Action, len: usize) -> bool {
        let last = len.saturating_sub(self.page);
        // One row of what was seen stays, to read on from.
        let page = self.page.saturating_sub(1).max(1);
        self.top = match action {
            Action::ListUp => self.top.saturating_sub(1),
            Action::ListDown => self.top.saturating_add(1).min(last),
            Action::ListPageUp => self.top.saturating_sub(page),
            Action::ListPageDown => self.top.saturating_add(page).min(last),
            Action::ListFirst => 0,
            Action::ListLast => last,
            _ => return false,
        };
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_choice_is_always_seen() {
        let mut pick = Pick::default();
        pick.settle(10, 3);
        for (action, at, seen) in [
            (Action::ListPageDown, 3, 1..4),
            (Action::ListLast, 9, 7..10),
            (Action::ListUp, 8, 7..10),
            (Action::ListPageUp, 5, 5..8),
            (Action::ListFirst, 0, 0..3),
        ] {
            assert!(pick.on(action, 10));
            pick.settle(10, 3);
            assert_eq!((pick.at(), pick.seen(10)), (at, seen), "{action:?}");
        }
        assert!(!pick.on(Action::Help, 10));
    }

    #[test]
    fn a_list_that_shrinks_keeps_a_choice() {
        let mut pick = Pick::new(7);
        pick.settle(2, 5);
        assert_eq!((pick.at(), pick.seen(2)), (1, 0..2));
        pick.settle(0, 0);
        assert_eq!((pick.at(), pick.seen(0)), (0, 0..0));
    }
}
