//! Work of libraries that may panic on a file that is made to harm.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Does something that may panic; none if it did. What it works on must not be used again after that.
pub(crate) fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = INSIDE.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    INSIDE.set(before);
    done
}

/// From now on nothing is said of panics on files that can not be read; the hook that is set hears of all others.
pub fn hush_contained() {
    static HUSHED: Once = Once::new();
    HUSHED.call_once(|| {
        let speak = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            if !is_contained() {
                speak(what);
            }
        }));
    });
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
