//! Taking over the terminal and giving it back.

mod probe;
mod refusal;
#[cfg(unix)]
mod suspend;

use std::io::{self, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{Command, QueueableCommand, cursor, style};
use thiserror::Error;

use crate::exchange::is_contained;
use crate::tui::event::Reader;

pub use probe::{WidthChoice, WidthChoiceError};

/// The terminal while it is ours: raw mode, alternate screen, bracketed paste.
///
/// Dropping it gives the terminal back; so does a panic, before its message is printed.
#[derive(Debug)]
pub struct Terminal {
    mouse: bool,
}

/// Why the screen cannot be opened, or not be left for a while.
#[derive(Debug, Error)]
pub enum TerminalError {
    /// Standard input or output is a file or a pipe.
    #[error(
        "这里不是可以填报的终端窗口（输入或输出接到了文件或管道）。请在终端窗口里直接运行，或用命令行 gouji check 检查文件"
    )]
    NotATerminal,
    /// The terminal has no Chinese characters, or no way to place them.
    #[error(
        "这个终端（TERM={term}）不能显示汉字界面。请在图形桌面的终端窗口里运行，或用命令行 gouji check 检查文件"
    )]
    NoChinese {
        /// The value of `TERM`.
        term: String,
    },
    /// The system refused to switch the terminal over.
    #[error("终端不接受全屏输入方式。请换一个终端窗口再试，或用命令行 gouji check 检查文件")]
    Refused(#[source] io::Error),
    /// No shell would continue the program after a stop.
    #[error("本窗口是直接打开的，没有可以回去的命令行，不能挂起")]
    NoShell,
}

impl Terminal {
    /// Takes the terminal over. The mouse is left to the terminal unless `mouse` is set, so that its own
    /// copying works.
    ///
    /// # Errors
    /// If standard input or output is no terminal, if the terminal cannot show Chinese, or if the system
    /// refuses raw mode. The terminal is then as before.
    pub fn enter(mouse: bool) -> Result<Self, TerminalError> {
        refusal::check()?;
        restore_before_a_panic_speaks();
        let terminal = Self { mouse };
        terminal.take_over()?;
        Ok(terminal)
    }

    /// Sends bytes to the terminal in one write. Once the terminal was given back nothing is drawn: after a panic on
    /// another thread the message has to stay in sight.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Whoever gives the terminal back needs the lock for it, so there is no moment between look and write.
        let mut out = io::stdout().lock();
        if !TAKEN.load(Ordering::SeqCst) {
            return Ok(());
        }
        out.write_all(bytes)?;
        out.flush()
    }

    /// Columns and rows of the window.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        crossterm::terminal::size()
    }

    /// Whether the terminal understands escape sequences. Only consoles before Windows 10 do not; there the
    /// screen has to be drawn through the system's own calls.
    pub fn understands_escapes(&self) -> bool {
        #[cfg(windows)]
        let understands = crossterm::ansi_support::supports_ansi();
        #[cfg(not(windows))]
        let understands = true;
        understands
    }

    /// Whether pastes are marked, so that a burst of keys is never one.
    pub const fn marks_pastes(&self) -> bool {
        !cfg!(windows)
    }

    /// Whether characters of ambiguous width take two columns on this terminal.
    ///
    /// Draws `“` at the top left, asks where the cursor is, and erases it again; so it belongs before the
    /// first frame. `reader` gives later what is typed meanwhile. A mute terminal costs 0.3 seconds and counts
    /// as wide, because a wide layout stays right on a narrow terminal, but not the other way round.
    pub fn probe_width(&mut self, reader: &mut Reader) -> bool {
        probe::probe_width(reader)
    }

    /// Gives the terminal back, stops the program until the shell continues it, and takes the terminal over
    /// again. All of the screen has to be painted afterwards.
    ///
    /// # Errors
    /// If no shell would continue the program, or the terminal cannot be taken over again.
    #[cfg(unix)]
    pub fn suspend(&mut self) -> Result<(), TerminalError> {
        if !suspend::a_shell_can_continue_us() {
            return Err(TerminalError::NoShell);
        }
        restore();
        let stopped = suspend::stop();
        self.take_over()?;
        stopped.map_err(TerminalError::Refused)
    }

    /// There is nothing to go back to on this system.
    ///
    /// # Errors
    /// Always [`TerminalError::NoShell`].
    #[cfg(not(unix))]
    pub fn suspend(&mut self) -> Result<(), TerminalError> {
        Err(TerminalError::NoShell)
    }

    /// Takes the terminal over once more after somebody else stopped and continued the program. All of the
    /// screen has to be painted afterwards.
    ///
    /// # Errors
    /// If the terminal cannot be taken over again.
    pub fn resume(&mut self) -> Result<(), TerminalError> {
        // The shell has set its own mode meanwhile, so ours must be set anew even if we never gave it up.
        restore();
        self.take_over()
    }

    fn take_over(&self) -> Result<(), TerminalError> {
        crossterm::terminal::enable_raw_mode().map_err(TerminalError::Refused)?;
        TAKEN.store(true, Ordering::SeqCst);
        MOUSE.store(self.mouse, Ordering::SeqCst);
        send(EnterAlternateScreen);
        if self.marks_pastes() {
            send(EnableBracketedPaste);
        }
        if self.mouse {
            send(EnableMouseCapture);
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Whether the terminal is ours. The panic hook and `Drop` both restore, and doing so twice would clear what
/// the panic has printed.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Whether the mouse has to be given back too.
static MOUSE: AtomicBool = AtomicBool::new(false);

fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if MOUSE.load(Ordering::SeqCst) {
        send(DisableMouseCapture);
    }
    if !cfg!(windows) {
        send(DisableBracketedPaste);
    }
    send(style::ResetColor);
    send(LeaveAlternateScreen);
    send(cursor::Show);
    // There is nobody left to tell: the terminal is gone or keeps its mode.
    let _ = crossterm::terminal::disable_raw_mode();
}

/// Old consoles refuse some of the commands; the program works without them.
fn send(command: impl Command) {
    let mut out = io::stdout().lock();
    let _ = out.queue(command).and_then(Write::flush);
}

/// The hook builds nothing and enters nothing: whatever broke may be part of it.
fn restore_before_a_panic_speaks() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let speak = panic::take_hook();
        panic::set_hook(Box::new(move |what| {
            if is_contained() {
                return;
            }
            restore();
            speak(what);
        }));
    });
}

#[cfg(unix)]
#[cfg(test)]
mod tests;
