//! Work of libraries that may panic on a file that is made to harm.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may panic; none if it did. What it works on must not be used again after that.
pub(super) fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = INSIDE.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    INSIDE.set(before);
    done
}

/// Whether a panic on this thread would only mean that a file can not be read. A hook that hears of panics has
/// nothing to save or to say then.
pub fn is_contained() -> bool {
    INSIDE.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_at_the_border() {
        assert!(!is_contained());
        assert_eq!(contained(is_contained), Some(true));
        let broken = contained(|| -> u8 { std::panic::resume_unwind(Box::new("broken")) });
        assert_eq!(broken, None);
        assert!(!is_contained());
    }
}
