//! Values for ranges of codes, of which a later one takes the place of what it covers.

use std::collections::BTreeMap;

/// Ranges of codes with a value each. A range of all codes takes as much room as one of a single code.
#[derive(Debug)]
pub(super) struct Spans<T> {
    /// By first code, the last one and the value.
    spans: BTreeMap<u32, (u32, T)>,
}

impl<T> Default for Spans<T> {
    fn default() -> Self {
        Self { spans: BTreeMap::new() }
    }
}

impl<T: Clone> Spans<T> {
    pub(super) fn get(&self, code: u32) -> Option<&T> {
        let (_, (last, value)) = self.spans.range(..=code).next_back()?;
        (code <= *last).then_some(value)
    }

    /// Gives all codes from the first to the last this value.
    pub(super) fn set(&mut self, first: u32, last: u32, value: T) {
        if first > last {
            return;
        }
        if let Some((_, (end, before))) = self.spans.range_mut(..first).next_back()
            && *end >= first
        {
            let rest = (*end, before.clone());
            *end = first - 1;
            if rest.0 > last {
                self.spans.insert(last + 1, rest);
            }
        }
        // Every range that goes was set once, so that this takes no longer than setting them did.
        while let Some((&covered, _)) = self.spans.range(first..=last).next() {
            let Some((end, value)) = self.spans.remove(&covered) else { break };
            if end > last {
                self.spans.insert(last + 1, (end, value));
            }
        }
        self.spans.insert(first, (last, value));
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_last_value_of_a_code_counts(all in prop::collection::vec((0_u32..40, 0_u32..40), 0..30)) {
            let mut spans = Spans::default();
            let mut codes = [None; 40];
            for (value, (first, last)) in all.into_iter().enumerate() {
                spans.set(first, last, value);
                for (_, code) in (0..).zip(&mut codes).filter(|(code, _)| (first..=last).contains(code)) {
                    *code = Some(value);
                }
            }
            for (code, value) in (0..).zip(&codes) {
                prop_assert_eq!(spans.get(code), value.as_ref());
            }
            prop_assert!(spans.len() <= 40);
        }
    }

    #[test]
    fn the_ends_of_all_codes() {
        let mut spans = Spans::default();
        spans.set(0, u32::MAX, 'a');
        spans.set(u32::MAX, u32::MAX, 'b');
        spans.set(0, 0, 'c');
        assert_eq!(
            [0, 1, u32::MAX - 1, u32::MAX].map(|code| spans.get(code).copied()),
            [Some('c'), Some('a'), Some('a'), Some('b')]
        );
    }
}
