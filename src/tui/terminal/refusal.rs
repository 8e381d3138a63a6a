//! Terminals on which the screen would be of no use.

use std::io::{self, IsTerminal};

use crate::tui::terminal::TerminalError;

pub(super) fn check() -> Result<(), TerminalError> {
    let interactive = io::stdin().is_terminal() && io::stdout().is_terminal();
    judge(interactive, std::env::var("TERM").ok().as_deref())
}

/// The text console of Linux has no Chinese characters, a dumb terminal no cursor.
fn judge(interactive: bool, term: Option<&str>) -> Result<(), TerminalError> {
    match term {
        _ if !interactive => Err(TerminalError::NotATerminal),
        Some(term @ ("dumb" | "linux")) => Err(TerminalError::NoChinese { term: term.to_owned() }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::judge;
    use crate::tui::terminal::TerminalError;

    #[test]
    fn only_terminals_that_can_show_chinese_are_taken() {
        assert!(judge(true, Some("xterm-256color")).is_ok());
        assert!(judge(true, None).is_ok());
        for term in ["dumb", "linux"] {
            let refused = judge(true, Some(term)).unwrap_err();
            assert!(matches!(&refused, TerminalError::NoChinese { term: t } if t == term));
            assert!(refused.to_string().contains("gouji check"));
        }
        assert!(matches!(judge(false, Some("xterm")), Err(TerminalError::NotATerminal)));
        assert!(matches!(judge(false, Some("dumb")), Err(TerminalError::NotATerminal)));
    }
}
